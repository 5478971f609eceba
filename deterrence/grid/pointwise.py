"""Exact solutions point by point, here or by any executor."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from deterrence.answers.measure import Measure
from deterrence.answers.naming import class_key
from deterrence.answers.solution import Equilibrium
from deterrence.errors import ParameterError
from deterrence.games.game import Game
from deterrence.games.remembered import Remembered
from deterrence.grid.crew import Crew
from deterrence.grid.points import Point
from deterrence.solvers.continuum.concept import at_point

BATCHES, MOST_IN_A_BATCH = 64, 256
SOLVED = Remembered(256)
"""The latest solutions at points, of all games; a question about a game looks at some twenty."""


@dataclass(frozen=True, slots=True)
class PointEquilibrium:
    """An equilibrium at a point, as far as it is kept: its class, its pattern, and the ends of each measure.

    ``spot`` has the probabilities of all actions where several of one class may exist at a point, else nothing.
    """

    key: Any
    pattern: Any
    low: tuple[float, ...]
    high: tuple[float, ...]
    spot: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Solved:
    """The equilibria at some points, ``None`` where the assumptions fail, with one of each pattern.

    ``doubts`` are the statuses of solutions that may have missed an equilibrium.
    """

    equilibria: list[list[PointEquilibrium] | None]
    examples: dict[Any, Equilibrium] = field(default_factory=dict)
    doubts: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class PointSolver:
    """What solves a game at points; it pickles where the game's method and measures do.

    With ``remember`` the latest answers at single points are kept for the next question about the same game.
    """

    game: Game
    method: Any
    names: tuple[str, ...]
    measures: tuple[Measure, ...]
    remember: bool = False

    def __call__(self, points: Sequence[Point]) -> Solved:
        """Return the equilibria at points."""
        if not self.remember or len(points) > 1:
            return self._solved(points)
        game = self.game.form, self.game.name, self.game.assumptions, self.game.parameter_list
        asked = (*game, self.method, self.names, self.measures, tuple(points))
        solved: Solved = SOLVED.of(asked, lambda: self._solved(points))
        return solved

    def _solved(self, points: Sequence[Point]) -> Solved:
        answer = Solved([])
        for point in points:
            equilibria = self.equilibria(point, answer.doubts)
            answer.equilibria.append(None if equilibria is None else [self._kept(each) for each in equilibria])
            for each in equilibria or ():
                answer.examples.setdefault(each.pattern, each)
        return answer

    def equilibria(self, point: Point, doubts: list[str]) -> list[Equilibrium] | None:
        """Return the equilibria at a point, or None where the game's assumptions fail."""
        try:
            game = self.game.at(dict(zip(self.names, point, strict=True)))
        except ParameterError:
            return None
        solution = at_point(self.method, game)
        if not solution.complete:
            doubts.append(solution.status)
        equilibria = solution.representatives
        doubts += [solution.stand_in] if solution.stand_in else []
        if not all(measure.ends_proved(each) for measure in self.measures for each in equilibria):
            doubts.append("some ends of ranges are approximate")
        return list(equilibria)

    def _kept(self, equilibrium: Equilibrium) -> PointEquilibrium:
        rows = [tuple(map(float, measure.ends(equilibrium))) for measure in self.measures]
        ends = (tuple(low for low, _ in rows), tuple(high for _, high in rows))
        continuum = self.game.has_continuum
        spot = tuple(float(p) for row in equilibrium.behaviour for p in row) if continuum else ()
        return PointEquilibrium(class_key(equilibrium), equilibrium.pattern, *ends, spot)


def solved_by(
    solver: PointSolver,
    numbers: Sequence[int],
    points: Sequence[Point],
    crew: Crew | None,
    report: Callable[[float], None],
) -> Iterator[tuple[Sequence[int], Solved]]:
    """Yield the solutions at points given by number, in order; a crew takes them in batches."""
    if crew is None:
        for done, i in enumerate(numbers):
            yield [i], solver([points[i]])
            report((done + 1) / len(numbers))
        return
    size = max(1, min(MOST_IN_A_BATCH, -(-len(numbers) // BATCHES)))
    batches = [numbers[k : k + size] for k in range(0, len(numbers), size)]
    tasks = [[points[i] for i in batch] for batch in batches]
    yield from zip(batches, crew.each(solver, tasks, report), strict=True)


def checked_executor(executor: Any) -> Any:
    """Return an executor, or refuse what is none with a sentence."""
    if executor is not None and not callable(getattr(executor, "submit", None)):
        raise ParameterError(
            f"executor={executor!r} is none. Give a concurrent.futures executor, such as ProcessPoolExecutor(), or "
            "client.get_executor() of a distributed Client."
        )
    return executor
