"""Robustness: the smallest change of the parameters that overturns a prediction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from deterrence.analysis.answers.boundary import range_in_words
from deterrence.analysis.answers.notebook import sentences_as_html
from deterrence.analysis.questions import checked_game, checked_number
from deterrence.analysis.search.changes import Change, Radius, Span, listed, measured_over, verified
from deterrence.analysis.search.inverse import Requirement, what_would_it_take
from deterrence.analysis.search.landscape import Landscape, widths_of
from deterrence.analysis.search.nearest import NORMS, nearest_point
from deterrence.analysis.search.radii import radius_of
from deterrence.answers.measure import Measure, as_measure
from deterrence.answers.play_in_words import play_in_words
from deterrence.answers.solution import Equilibrium
from deterrence.errors import unknown
from deterrence.games.expression import show_number
from deterrence.games.game import Game
from deterrence.solvers.solve import chosen_method

__all__ = ["Change", "Radius", "Requirement", "Robustness", "robustness", "what_would_it_take"]

ATTEMPTS = 8


@dataclass(frozen=True, eq=False)
class Robustness:
    """Hold how far the parameters may move before the prediction is overturned.

    Attributes
    ----------
    game, measure, method, norm
        The question; without a measure the prediction is the set of classes of equilibria.
    classes, measured
        The prediction: the classes at the present values, and the measure's range over them.
    radii
        How far each parameter may move alone, the most sensitive first; exact.
    joint
        The nearest overturning change of all parameters together, or ``None`` if none was found.
    bound
        No boundary of a class known nearer than this, in the largest scaled change; ``None`` where that
        could not be decided.
    left_out
        Parameters without a finite range or a scale, which are held fixed.
    """

    game: Game
    measure: Measure | None
    method: Any
    norm: str
    classes: tuple[str, ...]
    measured: Span | None
    radii: tuple[Radius, ...]
    joint: Change | None
    bound: float | None = field(repr=False)
    left_out: tuple[str, ...] = ()

    @property
    def distance(self) -> float:
        """The smallest scaled change that overturns the prediction; infinite where none was found."""
        return float("inf") if self.joint is None else self.joint.distance

    @property
    def proved(self) -> bool:
        """Whether no class known so far has any boundary nearer than the change found (largest change)."""
        known = self.joint is not None and self.bound is not None and self.norm == "max"
        return known and self.distance <= float(self.bound or 0) * (1 + 1e-4)

    @property
    def data(self) -> tuple[dict[str, Any], ...]:
        """The radii as plain records."""
        keys = ("parameter", "value", "scale", "below", "above", "nearest", "distance")
        return tuple({key: getattr(radius, key) for key in keys} for radius in self.radii)

    def to_frame(self) -> Any:
        """Return a data frame with one row a parameter, the most sensitive first."""
        import pandas as pd

        rows = [{k: v if isinstance(v, str) or v is None else float(v) for k, v in row.items()} for row in self.data]
        return pd.DataFrame(rows)

    def plot(self, ax: Any = None) -> Any:
        """Draw, for each parameter, its range with the stretch in which the prediction stands."""
        from deterrence.plot.tornado import plot_radii

        return plot_radii(self, ax=ax)

    def __str__(self) -> str:
        what = "set of equilibria" if self.measure is None else self.measure.name
        now = "" if self.measured is None else f" ({range_in_words(self.measured)} today)"
        lines = [f"How robust the {what} in {self.game.name!r} is{now}; changes are in shares of the declared ranges."]
        lines += [str(radius) for radius in self.radii if radius.nearest is not None]
        steady = [radius.parameter for radius in self.radii if radius.nearest is None]
        if steady:
            lines.append(f"Alone, no value of {listed(steady)} overturns it.")
        lines.append(self._jointly())
        if self.left_out:
            lines.append(f"Held fixed, for want of a finite range or a scale: {listed(self.left_out)}.")
        return "\n".join(lines)

    def _jointly(self) -> str:
        if self.joint is None:
            return "No change of several parameters together was found to overturn it."
        size = {"max": "at most", "euclidean": "of length", "sum": "of sum"}[self.norm]
        then = "" if self.joint.measured is None else f", where it is {range_in_words(self.joint.measured)}"
        sure = (
            " No boundary of a known class lies nearer." if self.proved else " A nearer one is not excluded by proof."
        )
        change = self.joint.in_words(self.game)
        return f"Together, changes {size} {self.distance:.2%} overturn it: {change}{then}.{sure}"

    def __repr__(self) -> str:
        return f"<Robustness of {self.game.name!r}: {show_number(self.distance)}>"

    def _repr_html_(self) -> str:
        return sentences_as_html(self)


def robustness(
    game: Game,
    measure: Any = None,
    *,
    parameters: Iterable[str] | None = None,
    scales: Mapping[str, Any] | None = None,
    norm: str = "max",
    jump: float = 0.01,
    method: Any = None,
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
    method
        The solution concept; the game's default one otherwise.

    Raises
    ------
    ParameterError
        If a parameter is unknown or has no scale.
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
    land = Landscape(game, chosen, tuple(widths), widths, question)
    here = list(chosen.solve(game))
    prediction = _Prediction(here, question, jump)
    radii = [radius_of(game, chosen, name, widths[name], prediction.overturned) for name in widths]
    joint = _joint(land, prediction, norm, radii)
    bound, _ = land.bound()
    radii.sort(key=lambda radius: radius.distance)
    measured = None if question is None else prediction.measured(here)
    told = (tuple(map(play_in_words, here)), measured, tuple(radii), joint, bound, left_out)
    return Robustness(game, question, chosen, norm, *told)


class _Prediction:
    """Hold what is predicted at the present values, and tell what overturns it."""

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
