"""Find the equilibrium classes over many parameter points without solving at each.

Solve exactly at a sample of points, derive each class found in closed form, mark where it holds, and solve
again wherever the set of classes has not been confirmed, until every region has been.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from deterrence.analysis.measure import Measure
from deterrence.errors import ParameterError
from deterrence.expression import Exact
from deterrence.games import Game
from deterrence.solution import Equilibrium
from deterrence.solvers import _polynomials as poly
from deterrence.solvers._closed_form import Compiled, OnGrid, Parametric, outcome_polynomials
from deterrence.solvers._polynomials import Polynomial

SAMPLE = 16
Progress = Callable[[float], None]


@dataclass(eq=False)
class ClassOnPoints:
    """Hold one class of equilibria over the points: where it exists and its measures there."""

    name: str
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

    def run(self) -> list[ClassOnPoints]:
        """Find the classes and where they exist."""
        self.masked = np.zeros(len(self.points), dtype=bool)
        self._compiled: dict[Any, list[tuple[Compiled, OnGrid]]] = {}
        symbolic = all(measure.kind != "other" for measure in self.measures) and self._can_derive()
        if symbolic:
            self._by_formulas()
        else:
            for i in range(len(self.points)):
                self._solve(i)
                self._report(i / len(self.points))
        return self._gathered()

    def _can_derive(self) -> bool:
        from deterrence.solvers.perfect_bayesian import PerfectBayesian
        from deterrence.solvers.subgame_perfect import SubgamePerfect

        simultaneous = self.game.form.simultaneous
        return simultaneous or isinstance(self.method, (PerfectBayesian, SubgamePerfect))

    # -- solving at single points -------------------------------------------------------------------

    def _solve(self, i: int) -> list[Equilibrium]:
        if i not in self.solved:
            self.solved[i] = []
            try:
                game = self.game.at(dict(zip(self.names, self.points[i], strict=True)))
            except ParameterError:
                self.masked[i] = True
                return []
            solution = self.method.solve(game)
            self.solved[i] = list(solution)
            if not solution.complete:
                self.complete = False
                self.notes.append(solution.status)
        return self.solved[i]

    def _report(self, share: float) -> None:
        if self.progress is not None:
            self.progress(share)

    # -- formulas ------------------------------------------------------------------------------------

    def _by_formulas(self) -> None:
        self.parametric = Parametric.of(self.game, self.names)
        order = [self.names.index(symbol.name) for symbol in self.parametric.symbols]
        self._columns = [np.array([float(point[k]) for point in self.points]) for k in order]
        self._mask_by_assumptions()
        rng = np.random.default_rng(20200403)
        open_points = np.flatnonzero(~self.masked)
        if not len(open_points):
            return
        for i in rng.choice(open_points, size=min(SAMPLE, len(open_points)), replace=False):
            self._learn(int(i))
        while True:
            signatures, special = self._signatures()
            todo = self._unconfirmed(signatures, special)
            self._report(1 - len(todo) / max(len(self.points), 1))
            if not todo:
                return
            for i in todo:
                self._learn(i)

    def _mask_by_assumptions(self) -> None:
        if not self.game.assumptions:
            return
        for i, point in enumerate(self.points):
            values = {**self.game.values, **dict(zip(self.names, point, strict=True))}
            self.masked[i] = not all(holds(values) for _, holds in self.game._conditions)

    def _learn(self, i: int) -> None:
        for equilibrium in self._solve(i):
            pattern = equilibrium.pattern
            if pattern in self._compiled:
                continue
            forms, resolved = self.parametric.closed_forms(pattern)
            polynomials = [self._polynomial(measure, pattern) for measure in self.measures]
            compiled = [Compiled(self.parametric, form, polynomials) for form in forms]
            self._compiled[pattern] = [(made, made.at(self._columns)) for made in compiled] if resolved else []

    def _polynomial(self, measure: Measure, pattern: Any) -> Polynomial:
        """Return a measure as a polynomial in the pattern's unknowns."""
        agent, form = self.parametric.agent, self.game.form
        reached = outcome_polynomials(agent, pattern)
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
        form, total = self.game.form, {}
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

    def _signatures(self) -> tuple[np.ndarray, np.ndarray]:
        """Return a number for each point's set of classes, and the points where formulas do not apply."""
        special = np.zeros(len(self.points), dtype=bool)
        rows = []
        for parts in self._compiled.values():
            exists = np.zeros(len(self.points), dtype=bool)
            for _, on in parts:
                exists |= on.exists
                special |= on.special
            rows.append(exists)
        table = np.array(rows) if rows else np.zeros((1, len(self.points)), dtype=bool)
        _, numbers = np.unique(table, axis=1, return_inverse=True)
        return numbers.reshape(-1), special & ~self.masked

    def _unconfirmed(self, signatures: np.ndarray, special: np.ndarray) -> list[int]:
        """Return points to solve: all where formulas do not apply, and one in each unconfirmed region."""
        todo = [int(i) for i in np.flatnonzero(special) if int(i) not in self.solved]
        wrong = [i for i in self.solved if not special[i] and not self._confirmed(i)]
        if wrong:
            self.complete = False
            self.notes.append("some points lie on a boundary between classes to within rounding")
        known = {int(signatures[i]) for i in self.solved}
        for number in np.unique(signatures[~special & ~self.masked]):
            if int(number) not in known:
                inside = np.flatnonzero((signatures == number) & ~special & ~self.masked)
                todo.append(int(inside[len(inside) // 2]))
        return todo

    def _confirmed(self, i: int) -> bool:
        found = {equilibrium.pattern for equilibrium in self.solved[i]}
        shown = {pattern for pattern, parts in self._compiled.items() if any(on.exists[i] for _, on in parts)}
        return shown <= found or self.masked[i]

    # -- gathering ------------------------------------------------------------------------------------

    def _gathered(self) -> list[ClassOnPoints]:
        classes: dict[str, ClassOnPoints] = {}
        exact = self._points_to_take_exactly()
        names: dict[Any, str] = {}
        for some in self.solved.values():
            for equilibrium in some:
                names.setdefault(equilibrium.pattern, play_in_words(equilibrium))
        for pattern, parts in self._compiled.items():
            for _, on in parts:
                self._merge(classes, names[pattern], on.exists & ~exact & ~self.masked, on.low, on.high)
        for i in np.flatnonzero(exact):
            for equilibrium in self.solved[int(i)]:
                self._merge_point(classes, equilibrium, int(i))
        return [some for some in classes.values() if some.exists.any()]

    def _points_to_take_exactly(self) -> np.ndarray:
        """Return the points whose exact solution stands: those where formulas do not apply."""
        exact = np.zeros(len(self.points), dtype=bool)
        formulas = {pattern for pattern, parts in self._compiled.items() if parts}
        for i, some in self.solved.items():
            exact[i] = any(equilibrium.pattern not in formulas for equilibrium in some)
        for parts in self._compiled.values():
            for _, on in parts:
                exact |= on.special
        solved = np.zeros(len(self.points), dtype=bool)
        solved[list(self.solved)] = True
        return exact & solved

    def _class(self, classes: dict[str, ClassOnPoints], name: str) -> ClassOnPoints:
        if name not in classes:
            shape = (len(self.measures), len(self.points))
            nothing = np.zeros(len(self.points), dtype=bool)
            classes[name] = ClassOnPoints(name, nothing, np.full(shape, np.nan), np.full(shape, np.nan))
        return classes[name]

    def _merge(self, classes: Any, name: str, where: np.ndarray, low: np.ndarray, high: np.ndarray) -> None:
        into = self._class(classes, name)
        into.exists = into.exists | where
        into.low[:, where] = np.fmin(into.low[:, where], low[:, where])
        into.high[:, where] = np.fmax(into.high[:, where], high[:, where])

    def _merge_point(self, classes: Any, equilibrium: Equilibrium, i: int) -> None:
        into = self._class(classes, play_in_words(equilibrium))
        into.exists[i] = True
        for k, measure in enumerate(self.measures):
            numbers = [float(measure(extreme)) for extreme in (equilibrium, *equilibrium.extremes)]
            into.low[k, i] = np.fmin(into.low[k, i], min(numbers))
            into.high[k, i] = np.fmax(into.high[k, i], max(numbers))


def play_in_words(equilibrium: Equilibrium) -> str:
    """Name an equilibrium's play: what is done, or mixed, at each information set that is reached."""
    if equilibrium.name:
        return equilibrium.name
    form, parts = equilibrium.game.form, []
    for h, support in enumerate(equilibrium.path_pattern):
        if support is None or len(form.actions_of[h]) == 1:
            continue
        actions = " or ".join(form.actions_of[h][a] for a in support)
        parts.append(f"{form.set_names[h]}: {actions}")
    return "; ".join(parts) or "no choice"


def exact_columns(points: Sequence[Sequence[Exact]]) -> list[np.ndarray]:
    """Return points as one float array a parameter."""
    return [np.array([float(value) for value in column]) for column in zip(*points, strict=True)]
