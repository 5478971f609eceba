"""The types of a player at which everything is tried: quantiles, the ends, and both sides of every cutoff."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import isfinite
from typing import Any

from deterrence.answers.continuum.strategies import Schedule
from deterrence.solvers.continuum.certificate.density import edges
from deterrence.solvers.continuum.certificate.ends import Tree
from deterrence.solvers.continuum.certificate.reading import Array, Told, cutoffs_of
from deterrence.solvers.continuum.certificate.walk import AXES

QUANTILES, FEW = 401, 9
NEAR, ASIDE = Fraction(1, 10**6), Fraction(1, 10**3)
"""So far from a cutoff types are tried: very near, and a little aside as a part of the support."""
CELLS = 40
"""A belief may weigh the types at so many quantiles, beside the ends of cells."""
WIDE = 20
"""Where nothing bounds a signal, it is tried up to so many spreads from the middle."""


@dataclass(frozen=True)
class OwnTypes:
    """A player's types: their values, where strategies are looked up for them, and which stand at a cutoff."""

    points: Mapping[str, Array]
    places: Mapping[str, Array]
    at_cutoff: Array


def own_types(tree: Tree, profile: Told, player: int, known: Mapping[str, Array], count: int = QUANTILES) -> OwnTypes:
    """Return the types of a player at which everything is tried, where some choices are known."""
    import numpy as np

    names = tree.draws_of(player)
    if not names:
        return OwnTypes({}, {}, np.zeros((1,) * AXES, dtype=bool))
    rows: list[tuple[str, Array, Array, bool]] = []
    for name in names:
        rows += [(name, *row) for row in _rows(tree, profile, name, known, count)]
    columns = {name: [_column(row, name, tree, profile, k) for k, row in enumerate(rows)] for name in names}
    points = {name: _stacked([value for value, _ in column]) for name, column in columns.items()}
    places = {name: _stacked([place for _, place in column]) for name, column in columns.items()}
    flags = np.array([at for *_, at in rows]).reshape(-1, *(1,) * (AXES - 1))
    return OwnTypes(points, places, flags)


def _column(row: tuple[str, Array, Array, bool], name: str, tree: Tree, profile: Told, k: int) -> tuple[Any, Any]:
    """Return the value of one draw in a row: its own, or another quantile each time where the row is another draw's."""
    if row[0] == name:
        return row[1], row[2]
    share = Fraction(1 + 7 * k % 16, 17)
    value = profile.arithmetic.number(tree.laws[name].ppf(share if profile.arithmetic.exact else float(share)))
    return value, value


def _stacked(values: Sequence[Array]) -> Array:
    import numpy as np

    shape = np.broadcast_shapes((1,) * AXES, *{np.shape(value) for value in values})
    exact = any(isinstance(value, Fraction) or getattr(value, "dtype", float) is np.dtype(object) for value in values)
    stacked = np.empty((len(values), *shape[1:]), dtype=object if exact else float)
    for k, value in enumerate(values):
        stacked[k] = value[0] if np.ndim(value) else value
    return stacked


def cutoffs(tree: Tree, profile: Told, name: str, known: Mapping[str, Array]) -> list[Array]:
    """Return the cutoffs in a draw, those left out that depend on choices which are not known."""
    found: list[Array] = []
    for rule in profile.rules:
        if rule.variable == name:
            try:
                found += cutoffs_of(rule, {**tree.values, **known}, profile.arithmetic)
            except KeyError:
                continue
    for rule in profile.choices.values():
        if isinstance(rule, Schedule) and rule.variable == name:
            found += map(profile.arithmetic.number, rule.cutoffs)
    return _different(found)


def _different(values: list[Array]) -> list[Array]:
    kept: list[Array] = []
    for value in values:
        if getattr(value, "ndim", 0) or not any(getattr(k, "ndim", 0) == 0 and k == value for k in kept):
            kept.append(value)
    return kept


def _rows(
    tree: Tree, profile: Told, name: str, known: Mapping[str, Array], count: int
) -> list[tuple[Array, Array, bool]]:
    cuts = cutoffs(tree, profile, name, known)
    values, low, high = _quantiles(tree, profile, name, cuts, count)
    rows = [(value, value if value < high else _left_of(high, profile.arithmetic.exact), False) for value in values]
    for k, cut in enumerate(cuts):
        if getattr(cut, "ndim", 0) or low < cut < high:
            rows += _around(cut, [*cuts[:k], *cuts[k + 1 :]], low, high, profile.arithmetic.exact)
    return rows


def _quantiles(tree: Tree, profile: Told, name: str, cuts: list[Array], count: int) -> tuple[list[Any], Any, Any]:
    """Return quantiles and finite ends of a draw, and the ends between which it lies."""
    law, number = tree.laws[name], profile.arithmetic.number
    if tree.draws[name].names & set(tree.draws):
        return _signals(tree, name, cuts)
    low, high = map(number, law.ends)
    if name in tree.strange:  # at an end a payoff may be without bounds
        low, high = map(float, law.ppf(_floats([1e-9, 1 - 1e-9])))
    count = FEW if profile.arithmetic.exact else count
    shares = [Fraction(2 * k + 1, 2 * count) for k in range(count)]
    if not profile.arithmetic.exact:
        tails = [1e-6, 1e-4, 1 - 1e-4, 1 - 1e-6]
        values = list(map(float, law.ppf(_floats([*map(float, shares), *tails]))))
    else:
        values = [number(law.ppf(share)) for share in shares]
    return [*values, *(end for end in (low, high) if isfinite(end))], low, high


def _signals(tree: Tree, name: str, cuts: list[Array]) -> tuple[list[Any], Any, Any]:
    """Return signals around the cutoffs, or around the middle of the state's law."""
    law = tree.laws[name]
    spread = float(law.ppf(0.999) - law.ppf(0.001))
    state = tree.laws[tree.states[0]]
    middle = 0.0 if not isfinite(spread) or state.ends == (-float("inf"), float("inf")) else float(state.ppf(0.5))
    centres = [float(cut) for cut in cuts if isfinite(cut)] or [middle]
    steps = [2 * k / QUANTILES - 1 for k in range(QUANTILES + 1)]
    near = [centre + 2 * spread * step for centre in centres for step in steps]
    return [*near, *(middle + WIDE * spread * step for step in steps[::10])], -float("inf"), float("inf")


def _left_of(x: Array, exact: bool) -> Array:
    """Return a place just below a number."""
    import numpy as np

    return x - Fraction(1, 10**25) if exact else np.nextafter(x, -np.inf)


def _around(cut: Array, others: list[Array], low: Any, high: Any, exact: bool) -> list[tuple[Array, Array, bool]]:
    """Return both sides of a cutoff, very near it, and a little aside."""
    import numpy as np

    near: Any
    near, aside = (NEAR, ASIDE) if exact else (float(NEAR), float(ASIDE))
    width = high - low if isfinite(high - low) else 1
    room: Array = aside * width
    for other in [*others, low, high]:
        gap = np.abs(cut - other) / 3
        room = np.where(np.asarray(gap > 0, dtype=bool), np.minimum(room, gap), room)
    room = room if getattr(room, "ndim", 0) else room.item() if hasattr(room, "item") else room
    left = _left_of(cut, exact)
    close = np.minimum(near, room)
    rows = [(cut, left, True), (cut, cut, True)]
    for step, flag in ((close, False), (room, True)):
        rows += [(cut - step, cut - step, flag), (cut + step, cut + step, flag)]
    if not getattr(cut, "ndim", 0):
        return rows
    middle = (low + high) / 2 if isfinite(high - low) else low + 1 if isfinite(low) else 0.0
    inside = np.asarray((cut > low) & (cut < high), dtype=bool)
    return [(np.where(inside, value, middle), np.where(inside, place, middle), flag) for value, place, flag in rows]


def _floats(values: Sequence[float]) -> Array:
    import numpy as np

    return np.array(values)


def cells(tree: Tree, profile: Told, name: str, known: Mapping[str, Array]) -> list[tuple[float, float]]:
    """Return extreme types of a draw, each with a place inside its cell: what a belief about it may weigh."""
    law = tree.laws[name]
    low, high = float(edges(law)[0]), float(edges(law)[-1])
    cuts = sorted({float(c) for c in cutoffs(tree, profile, name, known) if not getattr(c, "ndim", 0)})
    ends = [low, *(c for c in cuts if low < c < high), high]
    pairs = [(end, (a + b) / 2) for a, b in pairwise(ends) for end in (a, b)]
    inner = [float(law.ppf((k + 0.5) / CELLS)) for k in range(CELLS)]
    return pairs + [(x, x) for x in inner]
