"""Classes of games with numbers without end over many points, by their formulas, checked against solutions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from deterrence.answers.measure import Measure
from deterrence.answers.naming import class_key
from deterrence.errors import MethodError
from deterrence.games.expression import to_sympy
from deterrence.games.game import Game
from deterrence.games.remembered import Remembered
from deterrence.grid.pointwise import PointEquilibrium
from deterrence.grid.table import Table

BUDGET = 10.0
"""Seconds for formulas."""
SPREAD = 6
"""Formulas are compared with solutions at about so many points spread over all."""
TIE = 1e-12
"""So near to a border of a class, by its condition, a point is solved on its own."""
CLOSE = 1e-7
"""Formulas and solutions agree where numbers differ by no more."""
KNOWN: Remembered = Remembered(32)
"""The formulas found last."""


@dataclass(frozen=True, eq=False)
class ContinuumForm:
    """One class over points: its example, its key, and what evaluates its condition and its measures.

    Attributes
    ----------
    example
        The class in formulas.
    key
        What equilibria of the class share.
    evaluate
        From columns of values to whether it exists, whether that is a near thing, and one row a measure.
    """

    example: Any
    key: Any
    evaluate: Any


def formula_classes(game: Game, method: Any, names: tuple[str, ...], measures: Sequence[Measure]) -> Any:
    """Return the classes of a game as forms in the named parameters, or None where formulas do not give them all."""
    if any(measure.kind == "other" for measure in measures):
        return None
    found = known_classes(game, method, names)
    if found is None:
        return None
    forms = []
    for kind in found.classes:
        if any(item.formula is None for item in kind.implicit):
            return None
        forms.append(ContinuumForm(kind, class_key(kind), _evaluator(game, names, kind, measures)))
    return forms


def known_classes(game: Game, method: Any, names: tuple[str, ...]) -> Any:
    """Return the characterization of a game in the named parameters, or None where it does not give all classes."""
    fixed = tuple(p.value for p in game.parameter_list if p.name not in names)
    return KNOWN.of((game.form, names, fixed, game.assumptions, method), lambda: _characterized(game, method, names))


def _characterized(game: Game, method: Any, names: tuple[str, ...]) -> Any:
    from deterrence.solvers.characterize import characterize

    try:
        found = characterize(game, method.asked, parameters=names, budget=BUDGET)
    except (MethodError, AttributeError):  # of some kinds of games there are no formulas
        return None
    return found if found.complete else None


def _evaluator(game: Game, names: tuple[str, ...], kind: Any, measures: Sequence[Measure]) -> Any:
    import sympy as sp

    held = {p.expression: to_sympy(p.value) for p in game.parameter_list if p.name not in names}
    roots = {item.symbol: item.formula for item in kind.implicit}
    condition = kind.when if kind.terms is None else kind.terms
    gaps = [relation.lhs - relation.rhs for relation in condition.atoms(sp.core.relational.Relational)]
    rows = [sp.sympify(measure(kind)) for measure in measures]
    asked = [condition, *gaps, *rows]
    parts = [sp.sympify(part).xreplace(roots).xreplace(held) for part in asked]
    symbols = [game.parameters[name].expression for name in names]
    called = sp.lambdify(symbols, parts, modules="numpy", cse=True)

    def evaluate(columns: Sequence[np.ndarray]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        with np.errstate(all="ignore"):
            values = [np.broadcast_to(np.asarray(value), columns[0].shape) for value in called(*columns)]
        exists = values[0].astype(bool)
        near = np.zeros_like(exists)
        for gap in values[1 : 1 + len(gaps)]:
            near |= np.abs(gap) <= TIE
        return exists, near, np.array(values[1 + len(gaps) :], dtype=float).reshape(len(rows), len(columns[0]))

    return evaluate


def at_points(forms: Sequence[ContinuumForm], columns: Sequence[np.ndarray]) -> tuple[dict[Any, Any], np.ndarray]:
    """Return the classes over points, as (exists, least, greatest) by key, and the points near a border.

    Forms of one class are put together where no two exist at once; else each is a class of its own.
    """
    shown: dict[Any, Any] = {}
    edges = np.zeros(len(columns[0]), dtype=bool)
    for form in forms:
        exists, near, values = form.evaluate(columns)
        edges |= near
        values = np.where(exists, values, np.nan)
        key, number = form.key, 0
        while key in shown and (shown[key][0] & exists & ~near).any():
            key, number = (form.key, number + 1), number + 1
        if key in shown:
            old, low = shown[key]
            shown[key] = old | exists, np.fmin(low, values)
        else:
            shown[key] = exists, values
    return shown, edges


def agree(shown: dict[Any, Any], place: int, solved: Sequence[PointEquilibrium]) -> bool:
    """Tell whether formulas say at a point what was solved there."""
    mine = sorted(tuple(values[:, place]) for exists, values in shown.values() if exists[place])
    theirs = sorted(each.low for each in solved)
    if len(mine) != len(theirs):
        return False
    return all(
        abs(a - b) <= CLOSE * (1 + abs(b))
        for row, other in zip(mine, theirs, strict=True)
        for a, b in zip(row, other, strict=True)
    )


def covered(cover: Any, most_edges: int, remark: Any) -> Table | None:
    """Return the classes over the points of a search by formulas, or None where formulas do not give them.

    Wherever other classes exist formulas are compared with solutions, and at points spread over all; points on borders
    between classes are solved, unless they are many.
    """
    forms = formula_classes(cover.game, cover.method, cover.names, cover.measures)
    if forms is None:
        return None
    columns = _columns(cover.points)
    shown, edges = at_points(forms, columns)
    inside = _admitted(cover.game, cover.names, columns)
    tried = _sample(shown, inside & ~edges)
    cover._solve(tried, None)
    if not all(agree(shown, i, cover.solved[i]) for i in tried):
        return None
    cover.masked |= ~inside
    on_edges = np.flatnonzero(edges & inside).tolist()
    if len(on_edges) <= most_edges:
        cover._solve(on_edges, None)
    else:
        cover.unmixed = on_edges
        cover.remarks.append(remark(len(on_edges)))
    return _table(cover, forms, shown, inside, on_edges)


def _table(cover: Any, forms: Sequence[ContinuumForm], shown: dict[Any, Any], inside: Any, edges: list[int]) -> Table:
    kinds = {form.key: form.example for form in forms}
    examples = {key: kinds[key] if key in kinds else kinds[key[0]] for key in shown}
    put = {i: cover.solved[i] for i in edges if i in cover.solved}
    for each in (each for some in put.values() for each in some):
        examples.setdefault(each.key, cover.examples[each.pattern])
    table = Table(cover.measures, examples, len(cover.points), cover.keep)
    rows = {}
    for place, (exists, values) in enumerate(shown.values()):
        there = np.where(inside, values, np.nan)
        rows[place] = exists & inside, [(row, row) for row in there]
    table._write(slice(0, len(cover.points)), rows)
    table.put(put)
    return table


def _columns(points: Any) -> list[np.ndarray]:
    """Return the values of each parameter at all points."""
    blocks = [[np.broadcast_to(c, block.shape).reshape(-1) for c in block.columns] for block in points.blocks()]
    return [np.concatenate(rows).astype(float) for rows in zip(*blocks, strict=True)]


def _admitted(game: Game, names: tuple[str, ...], columns: Sequence[np.ndarray]) -> np.ndarray:
    """Tell at which points the game's assumptions hold."""
    import sympy as sp

    good = np.ones(len(columns[0]), dtype=bool)
    held = {p.expression: to_sympy(p.value) for p in game.parameter_list if p.name not in names}
    symbols = [game.parameters[name].expression for name in names]
    for condition in game.assumptions:
        good &= np.asarray(sp.lambdify(symbols, condition.xreplace(held), modules="numpy")(*columns), dtype=bool)
    return good


def _sample(shown: dict[Any, Any], among: np.ndarray) -> list[int]:
    """Return points to solve: two for each combination of classes, and some spread over all."""
    places = np.flatnonzero(among)
    if not len(places):
        return []
    rows = np.array([exists[places] for exists, _ in shown.values()], dtype=bool).reshape(len(shown), -1)
    _, group = np.unique(rows, axis=1, return_inverse=True)
    chosen = set(places[:: max(1, len(places) // SPREAD)].tolist())
    for number in range(int(group.max()) + 1):
        members = places[group.reshape(-1) == number]
        chosen |= {int(members[len(members) // 2]), int(members[len(members) // 3])}
    return sorted(chosen)
