"""Find the equilibrium classes over many parameter points without solving at each.

Solve exactly at a sample of points, derive each class found in closed form, mark where it holds, and solve
again wherever the set of classes has not been confirmed, until every region has been.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np

from deterrence.answers.measure import Measure
from deterrence.answers.solution import Equilibrium
from deterrence.games.expression import Exact
from deterrence.games.game import Game
from deterrence.grid.formulas import Formulas
from deterrence.grid.points import COARSE, Cloud, Grid, Point, Points
from deterrence.grid.pointwise import Found, PointSolver, Solved, solved_by
from deterrence.grid.scan import Key, Scan, is_cheap, is_settled, joined, keys_of, numbers_with, scan
from deterrence.grid.table import ClassOnPoints, Table, tabulated
from deterrence.solvers.nash import Nash
from deterrence.solvers.perfect_bayesian import PerfectBayesian
from deterrence.solvers.sequential import Sequential
from deterrence.solvers.subgame_perfect import SubgamePerfect

SAMPLE = 16
MOST_EDGES = 8
"""So many points on boundaries between classes are solved exactly; at more, mixtures of classes are not listed."""
MANY = 32 * COARSE
"""Of more points a coarse part is looked at first, to learn the classes."""
FEW = 16
"""So many points off the regions are looked at to name the classes there before a grid is evaluated in chunks."""
Progress = Callable[[float], None]


def on_boundary(points: int) -> str:
    """Return the remark on points whose mixtures of classes are not listed."""
    counted = "1 grid point" if points == 1 else f"{points} grid points"
    return f"at {counted} where classes meet, mixtures of them are not listed"


@dataclass(eq=False)
class Cover:
    """Hold the search over points given parameter by parameter.

    ``points[k]`` are the exact values of the parameters ``names``. After :meth:`run`, ``table`` holds what
    was found, ``masked`` the points outside the game's assumptions, and ``complete`` whether each point was
    solved or confirmed to lie in a region where the same classes exist as at a solved point.
    """

    game: Game
    method: Any
    names: tuple[str, ...]
    points: Any
    measures: tuple[Measure, ...]
    progress: Progress | None = None
    executor: Executor | None = None
    solved: dict[int, list[Found]] = field(default_factory=dict)
    examples: dict[Any, Equilibrium] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    confirmed: frozenset[frozenset[Any]] = frozenset()
    keep: bool = True

    def __post_init__(self) -> None:
        if not isinstance(self.points, (Grid, Cloud)):
            self.points = Cloud.of(self.points, self.names)
        self.masked = np.zeros(len(self.points), dtype=bool)
        self.unmixed: list[int] = []
        self._tried: dict[Key, int] = {}
        self._done = 0.0

    @property
    def complete(self) -> bool:
        """Whether no equilibrium can have been missed."""
        return not self.notes

    @cached_property
    def formulas(self) -> Formulas:
        """What is known of the classes."""
        return Formulas(self.game, self.names, self.measures)

    @cached_property
    def solver(self) -> PointSolver:
        """What solves at a point."""
        return PointSolver(self.game, self.method, self.names, self.measures)

    def run(self) -> list[ClassOnPoints]:
        """Find the classes and where they exist."""
        symbolic = self.can_derive()
        active: Iterable[int] = ()
        pieces: Sequence[Any] = ()
        if symbolic:
            if not self.formulas.known:
                self.explore()
            if len(self.points):
                found = self._settle(self.points)
                active, pieces = found.forms(), found.pieces
        else:
            self._solve_all(range(len(self.points)), 1.0)
        formulas = self.formulas if symbolic else None
        told = (self.points, pieces, self.masked)
        self.table: Table = tabulated(formulas, active, told, self.solved, self.examples, self.measures, keep=self.keep)
        self._report(1.0)
        return self.table.classes() if self.keep else []

    def can_derive(self) -> bool:
        """Tell whether the concept has closed forms and the measures are polynomials in play."""
        if any(measure.kind == "other" for measure in self.measures):
            return False
        plain = self.game.form.simultaneous and isinstance(self.method, (Nash, Sequential))
        return plain or isinstance(self.method, (PerfectBayesian, SubgamePerfect))

    # -- solving at single points -------------------------------------------------------------------

    def solved_at(self, point: Point) -> list[Equilibrium] | None:
        """Return the equilibria at a point, or None where the game's assumptions fail."""
        return self.solver.equilibria(point, self.notes)

    def _solve(self, i: int) -> None:
        """Solve at a point inside a region, and learn what is found there."""
        if i not in self.solved:
            answer = Solved([])
            self.solver.add(self._remembered(self.points[i]), answer)
            self._keep([i], answer)
            self.formulas.learn(answer.examples.values())

    def _solve_all(self, numbers: Sequence[int], step: float = 0.5) -> None:
        if len(numbers):
            for some, answer in solved_by(self.solver, numbers, self.points, self.executor, self._nearer(step)):
                self._keep(some, answer)

    def _keep(self, numbers: Sequence[int], answer: Any) -> None:
        self.notes += answer.doubts
        self.examples = {**answer.examples, **self.examples}
        for i, found in zip(numbers, answer.found, strict=True):
            self.masked[i] = found is None
            self.solved[i] = found or []

    def _admits(self, i: int) -> bool:
        """Tell whether the assumptions hold at a point, in exact arithmetic."""
        values = {**self.game.values, **dict(zip(self.names, self.points[i], strict=True))}
        return all(holds(values) for _, holds in self.game._conditions)

    def _report(self, share: float) -> None:
        """Tell how much is done, never less than before."""
        self._done = max(self._done, min(share, 1.0))
        if self.progress is not None:
            self.progress(self._done)

    def _nearer(self, step: float) -> Progress:
        """Return what tells of work that leads from where the search stands to a part of the rest."""
        start, rest = self._done, (1 - self._done) * step
        return lambda share: self._report(start + rest * share)

    # -- the first classes ---------------------------------------------------------------------------

    def explore(self) -> None:
        """Learn classes at points between the given ones, and where a coarse part of these is not confirmed."""
        between, report = self._between_points(), self._nearer(1 / 3)
        for done, point in enumerate(between):
            report(done / len(between))
            self.formulas.learn(self._remembered(point) or [])
        if len(self.points) > MANY and not is_cheap(self.formulas.program, self.points):
            self._settle(*self.points.thinned())

    def survey(self) -> None:
        """Learn and confirm classes on a coarse part of the points, and see what a few off its regions hold."""
        part, number = self.points.thinned()
        if not self.can_derive():
            self._solve_all([number(i) for i in range(0, len(part), -(-len(part) // FEW))])
            return
        self.explore()
        found = self._settle(part, number)
        self.confirmed = frozenset(self._confirmed(found))
        odd = [*joined(found.special).tolist(), *joined(found.edges).tolist()]
        self._solve_all([number(i) for i in odd[:: max(1, len(odd) // FEW)]])

    def _remembered(self, point: Point) -> list[Equilibrium] | None:
        """Return the equilibria at a point that is looked at to learn; they are kept for the next question."""
        kept: dict[Any, Any] = self.game.form.__dict__.setdefault("_looked_at", {})
        values = {**self.game.values, **dict(zip(self.names, point, strict=True))}
        key = (self.game.name, self.game.assumptions, self.method, tuple(values.items()))
        if key not in kept:
            doubts: list[str] = []
            found = self.solver.equilibria(point, doubts)
            self.notes += doubts
            if doubts:
                return found
            kept[key] = found
        return kept[key]

    def _between_points(self) -> list[Point]:
        """Return points between those of the grid and just beyond its ends, where ties are unlikely."""
        if not len(self.points):
            return []
        rng = np.random.default_rng(20200403)
        ends = self.points.ends()
        beyond = [self._beyond(name, *pair) for name, pair in zip(self.names, ends, strict=True)]
        rows = rng.integers(1, 10**6, size=(SAMPLE + 2 * len(ends), len(ends)))
        points = [
            tuple(low + (high - low) * Fraction(int(k), 10**6) for (low, high), k in zip(ends, row, strict=True))
            for row in rows
        ]
        for number in range(2 * len(ends)):
            axis, side = divmod(number, 2)
            at: tuple[Any, ...] = points[SAMPLE + number]
            points[SAMPLE + number] = (*at[:axis], beyond[axis][side], *at[axis + 1 :])
        return points

    def _beyond(self, name: str, low: Exact, high: Exact) -> tuple[Exact, Exact]:
        """Return values a little below and above the ends of an axis, within the parameter's range."""
        parameter = self.game.parameters[name]
        width = high - low if high > low else max(low, -low) + 1
        step = Fraction(width) / 1009
        under, over = low - step, high + step
        return (
            under if parameter.low is None else max(under, parameter.low),
            over if parameter.high is None else min(over, parameter.high),
        )

    # -- confirming every region ---------------------------------------------------------------------

    def _settle(self, points: Points, number: Callable[[int], int] | None = None) -> Scan:
        """Solve until each region of the points is confirmed; of a part, given with numbers, only regions."""
        whole, number = number is None, number or int
        masked = self.masked if whole else np.zeros(len(points), dtype=bool)

        def admits(i: int) -> bool:
            return self._admits(number(i))

        found = None
        while True:
            if found is None or found.program is not self.formulas.program:
                found = scan(self.formulas.program, points, masked, admits, self._nearer(1 / 3))
            if whole:
                self._solve_all([i for i in joined(found.special).tolist() if i not in self.solved])
            todo = self._unconfirmed(found, points, number, admits)
            if not todo:
                break
            for i in todo:
                self._solve(i)
        if whole:
            self._settle_edges(found)
        return found

    def _unconfirmed(self, found: Scan, points: Points, number: Any, admits: Any) -> list[int]:
        """Return points to solve: in each region that is not confirmed one, or more the longer it stays so."""
        known, todo = self._confirmed(found), []
        for key in found.open():
            if found.shown(key) in known:
                continue
            middle = number(found.inside[key][0])
            if middle in self.solved:
                inside = [number(int(i)) for i in numbers_with(found.program, points, key, admits)]
                left = [i for i in inside if i not in self.solved]
                self._tried[key] = 2 * self._tried.get(key, 1)
                todo += left[len(left) // (2 * self._tried[key]) :: max(1, len(left) // self._tried[key])]
            else:
                todo.append(middle)
        return todo

    def _confirmed(self, found: Scan) -> set[frozenset[Any]]:
        """Return the sets of patterns that formulas show, and exact solutions found, at a solved point."""
        known = set(self.confirmed)
        solved = [i for i in self.solved if not self.masked[i]]
        if solved:
            here = Cloud(self.points.floats(np.array(solved)), lambda k: self.points[solved[k]])
            for i, key in zip(solved, keys_of(found.program, here, lambda k: self._admits(solved[k])), strict=True):
                shown = found.shown(key)
                if is_settled(key) and shown == {each.pattern for each in self.solved[i]}:
                    known.add(shown)
        return known

    def _settle_edges(self, found: Scan) -> None:
        """Solve the points on boundaries if they are few; else say what is shown there."""
        edges = [i for i in joined(found.edges).tolist() if i not in self.solved]
        if len(edges) <= MOST_EDGES:
            self._solve_all(edges)
        else:
            self.unmixed = edges
            self.remarks.append(on_boundary(len(edges)))
