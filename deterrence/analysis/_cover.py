"""Find the equilibrium classes over many parameter points without solving at each.

Solve exactly at a sample of points, derive each class found in closed form, mark where it holds, and solve
again wherever the set of classes has not been confirmed, until every region has been.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import numpy as np

from deterrence.analysis.measure import Measure
from deterrence.errors import ParameterError
from deterrence.expression import Exact
from deterrence.games import Game
from deterrence.solution import Equilibrium
from deterrence.solvers import _polynomials as poly
from deterrence.solvers._closed_form import Parametric, outcome_polynomials
from deterrence.solvers._on_grid import Compiled, OnGrid
from deterrence.solvers._polynomials import Polynomial
from deterrence.solvers.perfect_bayesian import PerfectBayesian
from deterrence.solvers.subgame_perfect import SubgamePerfect

SAMPLE = 16
MOST_EDGES = 8
"""So many points on boundaries between classes are solved exactly; of more, only the classes that meet are shown."""
Progress = Callable[[float], None]


@dataclass(eq=False)
class ClassOnPoints:
    """Hold one class of equilibria over the points: where it exists and its measures there."""

    name: str
    example: Equilibrium
    exists: np.ndarray
    low: np.ndarray
    high: np.ndarray


@dataclass(eq=False)
class Cover:
    """Hold the search over points given parameter by parameter.

    ``points[k]`` are the exact values of parameter ``names[k]``. After :meth:`run`, ``classes`` lists what
    was found, ``masked`` the points outside the game's assumptions, and ``complete`` whether each point was
    solved or confirmed to lie in a region where the same classes exist as at a solved point.
    """

    game: Game
    method: Any
    names: tuple[str, ...]
    points: list[tuple[Exact, ...]]
    measures: tuple[Measure, ...]
    progress: Progress | None = None
    solved: dict[int, list[Equilibrium]] = field(default_factory=dict)
    complete: bool = True
    notes: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def run(self) -> list[ClassOnPoints]:
        """Find the classes and where they exist."""
        self.masked = np.zeros(len(self.points), dtype=bool)
        self._compiled: dict[Any, list[tuple[Compiled, OnGrid]]] = {}
        self._known: dict[Any, Equilibrium] = {}
        symbolic = all(measure.kind != "other" for measure in self.measures) and self._can_derive()
        if symbolic:
            self._by_formulas()
        else:
            for i in range(len(self.points)):
                self._solve(i)
                self._report(i / len(self.points))
        return self._gathered()

    def _can_derive(self) -> bool:
        simultaneous = self.game.form.simultaneous
        return simultaneous or isinstance(self.method, (PerfectBayesian, SubgamePerfect))

    # -- solving at single points -------------------------------------------------------------------

    def _solve(self, i: int) -> list[Equilibrium]:
        if i not in self.solved:
            found = self._solved_at(self.points[i])
            self.masked[i] = found is None
            self.solved[i] = found or []
        return self.solved[i]

    def _solved_at(self, point: tuple[Exact, ...]) -> list[Equilibrium] | None:
        """Return the equilibria at a point, or None where the game's assumptions fail."""
        try:
            game = self.game.at(dict(zip(self.names, point, strict=True)))
        except ParameterError:
            return None
        solution = self.method.solve(game)
        if not solution.complete:
            self.complete = False
            self.notes.append(solution.status)
        return list(solution)

    def _report(self, share: float) -> None:
        if self.progress is not None:
            self.progress(share)

    # -- formulas ------------------------------------------------------------------------------------

    def _by_formulas(self) -> None:
        self.parametric = Parametric.of(self.game, self.names)
        order = [self.names.index(symbol.name) for symbol in self.parametric.symbols]
        self._columns = [np.array([float(point[k]) for point in self.points]) for k in order]
        self._mask_by_assumptions()
        if self.masked.all():
            return
        for point in self._between_points():
            self._learn(self._solved_at(point) or [])
        done = 0.0
        while True:
            signatures, special, edge = self._signatures()
            todo = self._unconfirmed(signatures, special, edge)
            if not todo:
                break
            for i in todo:
                done += (1 - done) / (len(todo) + 3)
                self._report(done)
                found = self._solve(i)
                if not special[i]:
                    self._learn(found)
        on_edge = [int(i) for i in np.flatnonzero(edge & ~special) if int(i) not in self.solved]
        if len(on_edge) <= MOST_EDGES:
            for i in on_edge:
                self._solve(i)
        ties = 0 if len(on_edge) <= MOST_EDGES else len(on_edge)
        if ties:
            self.remarks.append(f"at {ties} points on a boundary the classes that meet are shown, not their mixtures")

    def _mask_by_assumptions(self) -> None:
        if not self.game.assumptions:
            return
        for i, point in enumerate(self.points):
            values = {**self.game.values, **dict(zip(self.names, point, strict=True))}
            self.masked[i] = not all(holds(values) for _, holds in self.game._conditions)

    def _between_points(self) -> list[tuple[Exact, ...]]:
        """Return points between those of the grid and just beyond its ends, where ties are unlikely."""
        rng = np.random.default_rng(20200403)
        ends = [(min(column), max(column)) for column in zip(*self.points, strict=True)]
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

    def _learn(self, equilibria: list[Equilibrium]) -> None:
        for equilibrium in equilibria:
            pattern = equilibrium.pattern
            if pattern in self._compiled:
                continue
            forms, resolved = self.parametric.closed_forms(pattern)
            self._known[pattern] = equilibrium
            reached = outcome_polynomials(self.parametric.agent, pattern)
            polynomials = [self._polynomial(measure, pattern, reached) for measure in self.measures]
            compiled = [Compiled(self.parametric, form, polynomials) for form in forms]
            self._compiled[pattern] = [(made, made.at(self._columns)) for made in compiled] if resolved else []

    def _polynomial(self, measure: Measure, pattern: Any, reached: dict[int, Polynomial]) -> Polynomial:
        """Return a measure as a polynomial in the pattern's unknowns."""
        agent, form = self.parametric.agent, self.game.form
        total: Polynomial = {}
        if measure.kind == "payoff":
            player = form.players.index(measure.of)
            return agent.value(pattern, 0, player)
        if measure.by is None and measure.of in self.game.outcomes:
            for node, weight in reached.items():
                if form.outcome[node] == measure.of:
                    total = poly.add(total, weight)
            return total
        return self._action_polynomial(measure, pattern, reached)

    def _action_polynomial(self, measure: Measure, pattern: Any, reached: dict[int, Polynomial]) -> Polynomial:
        form = self.game.form
        total: Polynomial = {}
        sets = {
            h: actions.index(measure.of)
            for h, actions in enumerate(form.actions_of)
            if measure.of in actions and measure.by in (None, form.players[form.player_of[h]])
        }
        for node, weight in reached.items():
            h = form.infoset_of[node]
            if h in sets and not any((form.infoset_of[at], b) in sets.items() for at, b in form.path(node)):
                step = self.parametric.agent.probability(pattern, h, sets[h])
                total = poly.add(total, poly.multiply(weight, step))
        return total

    def _signatures(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return a number for each point's set of classes, where formulas do not apply, and boundaries."""
        nowhere = np.zeros(len(self.points), dtype=bool)
        special, edge, rows = nowhere.copy(), nowhere.copy(), [nowhere]
        for parts in self._compiled.values():
            exists = nowhere.copy()
            for _, on in parts:
                exists |= on.exists
                special |= on.special
                edge |= on.edge & on.exists
            rows.append(exists)
        _, numbers = np.unique(np.array(rows), axis=1, return_inverse=True)
        return numbers.reshape(-1), special & ~self.masked, edge & ~self.masked

    def _unconfirmed(self, signatures: np.ndarray, special: np.ndarray, edge: np.ndarray) -> list[int]:
        """Return points to solve: all where formulas do not apply, and one in each unconfirmed region."""
        todo = [int(i) for i in np.flatnonzero(special) if int(i) not in self.solved]
        known = {int(signatures[i]) for i in self.solved if not special[i] and self._confirmed(i)}
        open_points = ~special & ~edge & ~self.masked
        open_points[list(self.solved)] = False
        for number in np.unique(signatures[open_points]):
            if int(number) not in known:
                inside = np.flatnonzero((signatures == number) & open_points)
                todo.append(int(inside[len(inside) // 2]))
        return todo

    def _confirmed(self, i: int) -> bool:
        """Tell whether the formulas show at a solved point just the classes that were found there."""
        found = {equilibrium.pattern for equilibrium in self.solved[i]}
        shown = {pattern for pattern, parts in self._compiled.items() if any(on.exists[i] for _, on in parts)}
        return shown == found

    # -- gathering ------------------------------------------------------------------------------------

    def _gathered(self) -> list[ClassOnPoints]:
        classes: dict[Any, ClassOnPoints] = {}
        exact = np.zeros(len(self.points), dtype=bool)
        exact[list(self.solved)] = True
        for pattern, parts in self._compiled.items():
            for _, on in parts:
                self._merge(classes, self._known[pattern], on.exists & ~exact & ~self.masked, on.low, on.high)
        for i, equilibria in self.solved.items():
            for equilibrium in equilibria:
                self._merge_point(classes, equilibrium, i)
        found = [some for some in classes.values() if some.exists.any()]
        for some, name in zip(found, _short_names([some.example for some in found]), strict=True):
            some.name = name
        return found

    def _class(self, classes: dict[Any, ClassOnPoints], example: Equilibrium) -> ClassOnPoints:
        """Return the class of an equilibrium: those with its name, or with its play where it is reached."""
        key = example.name or example.path_pattern
        if key not in classes:
            shape = (len(self.measures), len(self.points))
            nothing = np.zeros(len(self.points), dtype=bool)
            classes[key] = ClassOnPoints("", example, nothing, np.full(shape, np.nan), np.full(shape, np.nan))
        return classes[key]

    def _merge(self, classes: Any, example: Equilibrium, where: np.ndarray, low: np.ndarray, high: np.ndarray) -> None:
        into = self._class(classes, example)
        into.exists = into.exists | where
        into.low[:, where] = np.fmin(into.low[:, where], low[:, where])
        into.high[:, where] = np.fmax(into.high[:, where], high[:, where])

    def _merge_point(self, classes: Any, equilibrium: Equilibrium, i: int) -> None:
        into = self._class(classes, equilibrium)
        into.exists[i] = True
        for k, measure in enumerate(self.measures):
            numbers = [float(measure(extreme)) for extreme in (equilibrium, *equilibrium.extremes)]
            into.low[k, i] = np.fmin(into.low[k, i], min(numbers))
            into.high[k, i] = np.fmax(into.high[k, i], max(numbers))


def play_in_words(equilibrium: Equilibrium, sets: Sequence[int] | None = None) -> str:
    """Name an equilibrium's play: what is done, or mixed, at each information set that is reached.

    With ``sets`` only those information sets, by number, are told.
    """
    if equilibrium.name:
        return equilibrium.name
    form, parts = equilibrium.game.form, []
    for h, support in enumerate(equilibrium.path_pattern):
        if support is None or len(form.actions_of[h]) == 1 or (sets is not None and h not in sets):
            continue
        actions = " or ".join(form.actions_of[h][a] for a in support)
        parts.append(f"{form.set_names[h]}: {actions}")
    return "; ".join(parts) or "no choice"


def _short_names(examples: Sequence[Equilibrium]) -> list[str]:
    """Name classes by as few information sets as tell them apart, earlier ones first."""
    if not examples:
        return []
    told: list[int] = []
    rows = [example.path_pattern for example in examples]
    while len({tuple(row[h] for h in told) for row in rows}) < len(set(rows)):
        gains = [len({tuple(row[h] for h in (*told, k)) for row in rows}) for k in range(len(rows[0]))]
        told.append(gains.index(max(gains)))
    return [play_in_words(example, told or None) for example in examples]
