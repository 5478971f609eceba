"""Robustness: the smallest change of the parameters that overturns a prediction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np

from deterrence.analysis.answers.robustness import Change, Radius, Robustness, Span
from deterrence.analysis.questions import checked_count, checked_number
from deterrence.analysis.search.changes import measured_over, verified
from deterrence.analysis.search.landscape import Landscape, widths_of
from deterrence.analysis.search.nearest import NORMS, nearest_point
from deterrence.analysis.search.radii import radius_of
from deterrence.answers.measure import AnyMeasure, Measure, as_measure
from deterrence.answers.method import Method
from deterrence.answers.play_in_words import play_in_words
from deterrence.answers.solution import Equilibrium
from deterrence.errors import unknown
from deterrence.games.game import Game
from deterrence.games.kinds import checked_game
from deterrence.solvers.solve import chosen_method

ATTEMPTS = 8


def robustness(
    game: Game,
    measure: AnyMeasure | None = None,
    *,
    parameters: Iterable[str] | None = None,
    scales: Mapping[str, Any] | None = None,
    norm: str = "max",
    jump: float = 0.01,
    together: int | None = None,
    method: Method | None = None,
) -> Robustness:
    """Find the smallest change of the parameters that overturns a prediction.

    Parameters
    ----------
    game
        The game; its present values are where the prediction is made.
    measure
        ``probability("war")``, ``payoff("Defender")`` or an outcome's or action's name. Without one any
        change of the set of equilibrium classes overturns the prediction.
    parameters
        Those that may move; by default all with a finite range.
    scales
        The change of a parameter that counts as one; by default the width of its declared range.
    norm
        How changes add up: ``"max"`` (the largest), ``"euclidean"`` or ``"sum"``, of scaled changes.
    jump
        With a measure, the set of classes must change and an end of the measure's range must differ from
        its present value by more than this.
    together
        How many parameters are moved together, those that overturn the prediction most easily alone; by
        default all. In a large game all together may be out of reach, and a few of them quick.
    method
        The solution concept; the game's default one otherwise.

    Raises
    ------
    ParameterError
        If a parameter is unknown or has no scale, or ``together`` is no whole number of at least 1.
    MethodError
        If the concept or the measure has no closed form.

    Notes
    -----
    Each parameter alone is searched exactly. Together, the nearest point is sought over formulas (rays from
    the present values, then a local search), along with the nearest point of every boundary, and is verified
    by an exact solution just beyond. ``bound`` is proved for the classes found in a sample of the ranges;
    a class that exists only in a corner that no sample met could lie nearer.

    Examples
    --------
    >>> from deterrence.analysis.robustness import robustness
    >>> from deterrence.models.folklore.strike import strike as GAME
    >>> found = robustness(GAME, "strike")
    >>> [(radius.parameter, str(radius.nearest)) for radius in found.radii]
    [('war', '6'), ('loss', '3'), ('prize', '9'), ('punishment', '4')]
    >>> round(found.distance, 6)
    0.066667
    """
    checked_game(game)
    question = None if measure is None else as_measure(measure)
    if question is not None:
        question.check(game)
    if norm not in NORMS:
        raise unknown("norm", norm, NORMS)
    jump = checked_number(jump, "jump", 0)
    widths, left_out = widths_of(game, parameters, scales)
    chosen = chosen_method(game, method)
    here = list(chosen.solve(game))
    prediction = _Prediction(here, question, jump)
    radii = [radius_of(game, chosen, name, widths[name], prediction.overturned) for name in widths]
    radii.sort(key=lambda radius: radius.distance)
    moved = radii if together is None else radii[: checked_count(together, "together", 1)]
    land = Landscape(game, chosen, tuple(radius.parameter for radius in moved), widths, question)
    joint = _joint(land, prediction, norm, moved)
    bound, _ = land.bound()
    measured = None if question is None else prediction.measured(here)
    told = (tuple(map(play_in_words, here)), measured, tuple(radii), joint, bound, left_out)
    return Robustness(game, question, chosen, norm, *told)


class _Prediction:
    """What is predicted at the present values, and what overturns it."""

    def __init__(self, equilibria: list[Equilibrium], measure: Measure | None, jump: float) -> None:
        self.measure, self.jump = measure, jump
        self.classes = {play_in_words(equilibrium) for equilibrium in equilibria}
        self.span = self.measured(equilibria) if measure is not None else None

    def measured(self, equilibria: list[Equilibrium]) -> Span:
        """Return the measure's range over equilibria."""
        return measured_over(self.measure, equilibria)

    def overturned(self, equilibria: list[Equilibrium] | None) -> bool:
        """Tell whether exact equilibria say otherwise."""
        if equilibria is None or {play_in_words(equilibrium) for equilibrium in equilibria} == self.classes:
            return False
        if self.span is None or not equilibria:
            return True
        return max(abs(a - b) for a, b in zip(self.span, self.measured(equilibria), strict=True)) > self.jump

    def test(self, land: Landscape) -> Callable[[np.ndarray], np.ndarray]:
        """Return the same test by formulas, at many points."""
        base = int(land.at(np.zeros((1, len(land.names)))).classes[0])

        def holds(points: np.ndarray) -> np.ndarray:
            at = land.at(points)
            other = at.admitted & (at.classes != base) & (at.classes != 0)
            if self.span is not None:
                away = np.maximum(abs(at.low - self.span[0]), abs(at.high - self.span[1]))
                other &= away > self.jump
            return other

        return holds


def _joint(land: Landscape, prediction: _Prediction, norm: str, radii: list[Radius]) -> Change | None:
    holds = prediction.test(land)
    alone = [_alone(land, radius) for radius in radii if radius.nearest is not None]
    for _ in range(ATTEMPTS):
        bound, corners = land.bound()
        starts = np.array([*corners, *alone]).reshape(-1, len(land.names)) * (1 + 1e-7)
        starts = np.clip(starts, land.low, land.high)
        good = starts[holds(starts)] if len(starts) else starts
        sizes = NORMS[norm](good)
        at_bound = norm == "max" and bound is not None and len(good) > 0 and sizes.min() <= bound * (1 + 1e-6)
        point = good[sizes.argmin()] if at_bound else nearest_point(holds, land.low, land.high, norm, good)
        if point is None:
            return None
        change, equilibria = verified(land, point, norm, prediction.overturned)
        if change is not None:
            return change
        if not land.learn(equilibria):
            return None
    return None


def _alone(land: Landscape, radius: Radius) -> np.ndarray:
    """Return the point at which one parameter alone overturns the prediction."""
    point = np.zeros(len(land.names))
    change = (float(radius.nearest) - float(radius.value)) / float(radius.scale)
    point[land.names.index(radius.parameter)] = change
    return point
