"""Robustness: the smallest change of the parameters that overturns a prediction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from deterrence.analysis.answers.robustness import Robustness
from deterrence.analysis.questions import checked_count, checked_number
from deterrence.analysis.search.changes import exact_range, measured_over
from deterrence.analysis.search.descent import NORMS
from deterrence.analysis.search.points.play_tests import Overturned
from deterrence.analysis.search.points.searches import search_among
from deterrence.analysis.search.radii import Alone, just_beyond, nearest_alone
from deterrence.analysis.search.surroundings import widths_of
from deterrence.answers.measure import AnyMeasure, Measure, as_measure
from deterrence.answers.method import Method
from deterrence.answers.naming import class_key, class_names
from deterrence.answers.solution import Equilibrium
from deterrence.errors import unknown
from deterrence.games.expression import Exact, exact_number
from deterrence.games.game import Game
from deterrence.games.kinds import checked_game
from deterrence.grid.crew import Crew
from deterrence.progress import reporting
from deterrence.solvers.solve import chosen_method


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
    progress: Any = None,
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
        Those that may move; by default all with a finite range or plausible values.
    scales
        The change of a parameter that counts as one; by default the width of its plausible values, or of
        its declared range where none are declared. The search goes on beyond plausible values, over admissible
        ones: a range without an end is searched one such width either way.
    norm
        How changes add up: ``"max"`` (the largest), ``"euclidean"`` or ``"sum"``, of scaled changes.
    jump
        With a measure, the set of classes must change and an end of the measure's range must differ from
        its present value by more than this.
    together
        How many parameters are moved together, those that overturn the prediction most easily alone; by
        default all.
    method
        The solution concept; the game's default one otherwise.
    progress
        ``True`` for a bar on the terminal when it takes more than two seconds, or a callable that is told the
        share done, from 0 to 1.

    Raises
    ------
    ParameterError
        If a parameter is unknown or has no scale, or ``together`` is no whole number of at least 1.
    MethodError
        If the concept or the measure has no closed form.

    Notes
    -----
    Each parameter alone is searched exactly; where today's values are at a tie that any change breaks, its
    radius is 0. The smallest change of all together is never larger than that of one alone. It is sought among
    the cells into which the boundaries of the classes cut the ranges: one exact solution tells whether the
    prediction is overturned in a cell, linear programs find its nearest point, and the classes met on the way
    bring further boundaries. Up to 500 cells are looked at, and random points nearer than what was found are
    solved exactly until three rounds of 60 bring nothing new. ``proved`` says that nothing nearer overturns the
    prediction, ties included: exact programs visit every cell and face between planes. It rests on the classes
    found; one that exists only where no point was solved could lie nearer.

    With eight parameters or more, in a game of more than 256 pure plays, no boundary is written as a formula: points
    are solved in bulk in floating point, and exactly where rounding could decide. Random points nearer than what was
    found, and steps along the border of where the prediction stands, lead to a change that an exact solution confirms.
    Nothing nearer is then excluded by proof. Where it takes long, processes on all cores share the
    work; the answer is the same on however many.

    Examples
    --------
    >>> from deterrence.analysis.robustness import robustness
    >>> from deterrence.models.folklore.strike import strike as GAME
    >>> found = robustness(
    ...     GAME, "strike", scales={"prize": 20, "loss": 20, "punishment": 20, "war": 25}
    ... )
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
    here = list(chosen.solve(game).representatives)
    prediction = _Prediction(here, question, jump)
    levels = prediction.levels
    with reporting(progress, f"Robustness of {game.name}") as report, Crew() as crew:
        tell = report or (lambda _: None)
        alone = Alone(game, chosen, widths, prediction.overturned, question, levels)
        radii = list(crew.each(alone, list(widths), lambda share: tell(share / 2)))
        radii.sort(key=lambda radius: radius.distance)
        moved = radii if together is None else radii[: checked_count(together, "together", 1)]
        names = [radius.parameter for radius in moved]
        tests = prediction.overturned, Overturned.of(game, here, prediction.span, jump)
        search = search_among(game, chosen, names, widths, question, levels, tests, norm=norm, crew=crew)
        search.best = nearest_alone(search.land, moved, prediction.overturned)
        seeds = [just_beyond(search.land, radius) for radius in moved if radius.nearest is not None]
        if together == 1:  # what one parameter does alone is known by now
            joint = search.best.change if search.best else None
        else:
            joint = search.run(seeds, lambda share: tell(0.5 + share / 2))
        tell(1.0)
    told = (
        class_names(here),
        prediction.span,
        tuple(radii),
        joint,
        search.proved,
        left_out,
        search.in_words,
    )
    return Robustness(game, question, chosen, norm, *told)


class _Prediction:
    """What is predicted at the present values, and what overturns it."""

    def __init__(self, equilibria: list[Equilibrium], measure: Measure | None, jump: float) -> None:
        self.measure, self.jump = measure, jump
        # A name may cover play of several kinds, between which a measure may jump.
        self.key = class_key if measure is None else _path
        self.classes = set(map(self.key, equilibria))
        self.ends = None if measure is None else exact_range(measure, equilibria)
        self.span = None if self.ends is None else (float(self.ends[0]), float(self.ends[1]))

    def overturned(self, equilibria: list[Equilibrium] | None) -> bool:
        """Tell whether exact equilibria say otherwise."""
        if equilibria is None or set(map(self.key, equilibria)) == self.classes:
            return False
        if self.measure is None or self.span is None or not equilibria:
            return True
        there = measured_over(self.measure, equilibria)
        return max(abs(a - b) for a, b in zip(self.span, there, strict=True)) > self.jump

    @property
    def levels(self) -> tuple[Exact, ...]:
        """The values of the measure beyond which it differs by enough."""
        jump = exact_number(self.jump)
        return tuple(dict.fromkeys(exact_number(end) + way * jump for end in self.ends or () for way in (-1, 1)))


def _path(equilibrium: Equilibrium) -> Any:
    """Return what is played where play comes."""
    return equilibrium.path_pattern
