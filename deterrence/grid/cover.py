"""Find the equilibrium classes over many parameter points without solving at each.

Solve exactly at a sample of points, derive each class found in closed form, mark where it holds, and solve
again wherever the set of classes has not been confirmed, until every region has been.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from deterrence.answers.measure import Measure
from deterrence.answers.solution import Equilibrium
from deterrence.games.game import Game
from deterrence.grid.between_points import Line, is_line
from deterrence.grid.branches import followed
from deterrence.grid.continuum_formulas import covered
from deterrence.grid.crew import Crew
from deterrence.grid.formulas import Formulas
from deterrence.grid.points import COARSE, Block, Cloud, Grid, Point, Points, points_between
from deterrence.grid.pointwise import PointEquilibrium, PointSolver, solved_by
from deterrence.grid.possible import Unmet, tied, unproved
from deterrence.grid.scan import EDGE, OUTSIDE, SPECIAL, Scan, scan
from deterrence.grid.table import ClassOnPoints, Table, tabulated
from deterrence.grid.values import Values
from deterrence.solvers.nash import Nash
from deterrence.solvers.perfect_bayesian import PerfectBayesian
from deterrence.solvers.sequential import Sequential
from deterrence.solvers.subgame_perfect import SubgamePerfect

MOST_EDGES = 8
"""So many points on boundaries between classes are solved exactly; at more, mixtures of classes are not listed."""
MANY = 32 * COARSE
"""Of more points a coarse part is looked at first, to learn the classes."""
ALL = 16
"""So few points are solved one by one, which is as fast as to derive formulas."""
WORTH_FORMULAS = 64
"""Of more points, in a game with numbers without end, classes are evaluated by formulas where there are some."""
FEW = 16
"""So many points off the regions are looked at to name the classes there before a grid is evaluated in chunks."""
NOT_EXCLUDED = "plays that exist only between the points that were solved are not excluded"
Progress = Callable[[float], None]
Numbers = Sequence[int]
"""The numbers that the points of a part have in the whole."""


def on_boundary(points: int) -> str:
    """Return the remark on points whose mixtures of classes are not listed."""
    counted = "1 grid point" if points == 1 else f"{points} grid points"
    return f"at {counted} where classes meet, mixtures of them are not listed"


def derivable(game: Game, method: Any, measures: Sequence[Measure]) -> bool:
    """Tell whether a concept has closed forms in a game, and measures are polynomials in play."""
    if any(measure.kind == "other" for measure in measures):
        return False
    plain = game.form.simultaneous and isinstance(method, (Nash, Sequential))
    return plain or isinstance(method, (PerfectBayesian, SubgamePerfect))


@dataclass(eq=False)
class Cover:
    """The search over points given parameter by parameter.

    ``points[k]`` are the exact values of the parameters ``names``. After :meth:`run`, ``table`` holds what
    was found, ``masked`` the points outside the game's assumptions, and ``complete`` whether each point was
    solved or confirmed to lie in a region where the same classes exist as at a solved point, and no play that bounds
    leave possible was left out. With ``by_points`` each point is solved, and nothing derived.
    """

    game: Game
    method: Any
    names: tuple[str, ...]
    points: Any
    measures: tuple[Measure, ...]
    progress: Progress | None = None
    crew: Crew | None = None
    solved: dict[int, list[PointEquilibrium]] = field(default_factory=dict)
    examples: dict[Any, Equilibrium] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    confirmed: frozenset[frozenset[Any]] = frozenset()
    keep: bool = True
    by_points: bool = False

    def __post_init__(self) -> None:
        if not isinstance(self.points, (Grid, Cloud)):
            self.points = Cloud.of(self.points, self.names)
        self.masked = np.zeros(len(self.points), dtype=bool)
        self.unmixed: list[int] = []
        self.formulas = Formulas(self.game, self.names, self.measures)
        self.solver = PointSolver(
            self.game, self.method, self.names, self.measures, self.can_derive() and not self.by_points
        )
        self.table: Table
        self._tried: dict[int, int] = {}
        self._done = 0.0

    @property
    def complete(self) -> bool:
        """Whether no equilibrium can have been missed."""
        return not self.notes

    @property
    def met(self) -> set[Any]:
        """The patterns of the equilibria that were met."""
        return {*self.formulas.known, *self.examples}

    def run(self) -> list[ClassOnPoints]:
        """Find the classes and where they exist."""
        scanned = None
        if self.game.has_continuum and not self.by_points and len(self.points) > WORTH_FORMULAS:
            table = covered(self, MOST_EDGES, on_boundary)
            if table is not None:
                self.table = table
                self._nearer(1.0)(1.0)
                return table.classes() if self.keep else []
        if self.game.has_continuum and not self.by_points and is_line(self.points):
            told = Line(self).run()
            self.notes += [told] if told else []
            self.solved = followed(self.solved, self.points.shape)
        elif self.by_points or not self.can_derive() or len(self.points) <= ALL:
            self._solve(range(len(self.points)), self.crew, 1.0)
            if self.game.has_continuum and isinstance(self.points, Grid):
                self.solved = followed(self.solved, self.points.shape)
        else:
            if not self.formulas.known:
                self.explore()
            if len(self.points):
                scanned = self._settled()
        question = scanned, self.formulas, self.points, self.solved, self.examples
        self.table = tabulated(*question, keep=self.keep)
        self._nearer(1.0)(1.0)
        return self.table.classes() if self.keep else []

    def can_derive(self) -> bool:
        """Tell whether the concept has closed forms and the measures are polynomials in play."""
        return derivable(self.game, self.method, self.measures)

    # -- solving at single points -------------------------------------------------------------------

    def solved_at(self, point: Point) -> list[Equilibrium] | None:
        """Return the equilibria at a point, or None where the game's assumptions fail."""
        return self.solver.equilibria(point, self.notes)

    def _solve(self, numbers: Numbers, crew: Crew | None, step: float = 0.5) -> None:
        """Solve at the points, given by number, at which that was not done before."""
        numbers = [i for i in numbers if i not in self.solved]
        for batch, answer in solved_by(self.solver, numbers, self.points, crew, self._nearer(step)):
            self.notes += answer.doubts
            self.examples = {**answer.examples, **self.examples}
            for i, equilibria in zip(batch, answer.equilibria, strict=True):
                self.masked[i] = equilibria is None
                self.solved[i] = equilibria or []

    def _admits(self, i: int) -> bool:
        """Tell whether the assumptions hold at a point, in exact arithmetic."""
        values = {**self.game.values, **dict(zip(self.names, self.points[i], strict=True))}
        return all(holds(values) for _, holds in self.game._conditions)

    def _nearer(self, step: float) -> Progress:
        """Return what tells of work that leads from where the search stands to a part of the rest, never back."""
        start, rest = self._done, (1 - self._done) * step

        def report(share: float) -> None:
            self._done = max(self._done, min(start + rest * share, 1.0))
            if self.progress is not None:
                self.progress(self._done)

        return report

    # -- the first classes ---------------------------------------------------------------------------

    def explore(self) -> None:
        """Learn classes at points between the given ones, and where a coarse part of these is not confirmed."""
        between, solver = points_between(self.game, self.names, self.points), replace(self.solver, measures=())
        for _, answer in solved_by(solver, range(len(between)), between, None, self._nearer(1 / 3)):
            self.notes += answer.doubts
            self.formulas.learn(answer.examples.values())
        if len(self.points) > MANY:
            part, numbers = self.points.thinned()
            self._confirm(part, numbers)
            self._look_for_unmet(part)

    def _look_for_unmet(self, points: Points) -> None:
        """Solve where a possible play that was not met exists by its formulas."""
        unmet = Unmet(self.game, self.formulas.parametric, self.formulas.known)
        with np.errstate(all="ignore"):
            first = list(unmet.first(points, self._values_in))
        for number in first:
            self.formulas.learn(self.solver([points[number]]).examples.values())
        if not unmet.decided:
            self.notes.append(NOT_EXCLUDED)

    def _values_in(self, block: Block) -> Values:
        return self.formulas.at(block.columns)

    def survey(self) -> None:
        """Learn and confirm classes on a coarse part of the points, and see what a few off its regions hold."""
        part, numbers = self.points.thinned()
        if not self.can_derive():
            self._solve(numbers[:: -(-len(part) // FEW)], self.crew)
            return
        self.explore()
        scanned = self._confirm(part, numbers)
        self.confirmed = frozenset(self._confirmed(scanned, numbers))
        off_regions = [*scanned.flagged(SPECIAL), *scanned.flagged(EDGE)]
        step = max(1, len(off_regions) // FEW)
        self._solve([numbers[i] for i in off_regions[::step]], self.crew)

    # -- confirming every region ---------------------------------------------------------------------

    def _settled(self) -> Scan:
        """Solve until each region of the points is confirmed, and the points off regions, unless they are many."""
        self._look_for_unmet(self.points)
        numbers = range(len(self.points))
        scanned = self._confirm(self.points, numbers)
        self.masked |= scanned.code == OUTSIDE
        with np.errstate(all="ignore"):
            question = self.game, self.formulas.parametric, self.points, self._values_in
            ties, others = tied(*question), unproved(*question)
        edges = sorted({*scanned.flagged(EDGE), *ties} - set(self.solved))
        if len(others) <= MOST_EDGES:
            self._solve(others, self.crew)
        if len(edges) <= MOST_EDGES:
            self._solve(edges, self.crew)
        else:
            self.unmixed = edges
            self.remarks.append(on_boundary(len(edges)))
        return scanned

    def _confirm(self, points: Points, numbers: Numbers) -> Scan:
        """Solve and learn until each region of some of the points is confirmed; of all points, special ones too."""
        while True:
            scanned = scan(self.formulas, points, lambda i: self._admits(numbers[i]), self._nearer(1 / 3))
            if points is self.points:
                self._solve(scanned.flagged(SPECIAL), self.crew)
            learned = False
            while not learned:
                todo = self._unconfirmed(scanned, numbers)
                if not todo:
                    return scanned
                self._solve(todo, None)
                learned = self.formulas.learn(self.examples[each.pattern] for i in todo for each in self.solved[i])

    def _unconfirmed(self, scanned: Scan, numbers: Numbers) -> list[int]:
        """Return points to solve: in each region that is not confirmed one, or more the longer it stays so."""
        known, todo = self._confirmed(scanned, numbers), []
        for code, middle in scanned.regions.items():
            if code & (OUTSIDE | SPECIAL | EDGE) or scanned.shown(code) in known:
                continue
            if numbers[middle] not in self.solved:
                todo.append(numbers[middle])
                continue
            inside = [numbers[i] for i in np.flatnonzero(scanned.code == code).tolist()]
            left = [i for i in inside if i not in self.solved]
            self._tried[code] = 2 * self._tried.get(code, 1)
            todo += left[len(left) // (2 * self._tried[code]) :: max(1, len(left) // self._tried[code])]
        return todo

    def _confirmed(self, scanned: Scan, numbers: Numbers) -> set[frozenset[Any]]:
        """Return the sets of patterns that formulas show, and exact solutions found, at a solved point."""
        known = set(self.confirmed)
        for i, equilibria in self.solved.items():
            code = int(scanned.code[numbers.index(i)])
            if not (self.masked[i] or code & (OUTSIDE | SPECIAL)):
                shown = scanned.shown(code)
                if shown == frozenset(equilibrium.pattern for equilibrium in equilibria):
                    known.add(shown)
        return known
