"""Linear inequalities in a few unknowns, decided exactly by Fourier-Motzkin elimination.

Unknowns that share no inequality are treated apart, which keeps every elimination small.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import comb
from typing import Any, TypeVar

from deterrence.solvers.algebra.polynomials import Polynomial

Range = tuple[Any, Any]
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Inequality:
    """The condition ``sum of coefficients times unknowns + rest >= 0``, or ``> 0`` where strict."""

    coefficients: tuple[tuple[int, Any], ...]
    rest: Any
    strict: bool

    @property
    def unknowns(self) -> set[int]:
        """The unknowns that occur."""
        return {v for v, _ in self.coefficients}

    def of(self, v: int) -> Any:
        """Return the coefficient of an unknown."""
        return dict(self.coefficients).get(v, 0)

    def at(self, values: dict[int, Any]) -> Any:
        """Return the value of the left side."""
        return self.rest + sum(c * values[v] for v, c in self.coefficients)


def inequality(p: Polynomial, *, strict: bool) -> Inequality:
    """Return a linear polynomial as an inequality, scaled so that equal ones look the same."""
    pairs = sorted((m[0], Fraction(c)) for m, c in p.items() if m)
    size = abs(pairs[0][1]) if pairs else 1
    return Inequality(tuple((v, c / size) for v, c in pairs), Fraction(p.get((), 0)) / size, strict)


def unscaled(p: Polynomial, *, strict: bool) -> Inequality:
    """Return a linear polynomial with coefficients of any kind as an inequality, as it stands."""
    pairs = sorted(((m[0], c) for m, c in p.items() if m), key=lambda pair: pair[0])
    return Inequality(tuple(pairs), p.get((), 0), strict)


def groups(
    rows: Iterable[Row], unknowns: Iterable[int], unknowns_in: Callable[[Row], set[int]]
) -> list[tuple[list[int], list[Row]]]:
    """Split unknowns into groups that share no inequality, each with its inequalities."""
    parts: list[tuple[set[int], list[Row]]] = [({v}, []) for v in unknowns]
    for row in rows:
        members = unknowns_in(row)
        union: tuple[set[int], list[Row]] = (set(), [row])
        for part in parts:
            if part[0] & members:
                union = (union[0] | part[0], union[1] + part[1])
        parts = [*(part for part in parts if not part[0] & members), union]
    return [(sorted(group), group_rows) for group, group_rows in parts if group]


def eliminate(rows: Sequence[Inequality], v: int) -> list[Inequality]:
    """Return what the inequalities ask of the other unknowns."""
    lower = [row for row in rows if row.of(v) > 0]
    upper = [row for row in rows if row.of(v) < 0]
    remaining = {row for row in rows if row.of(v) == 0}
    # Fourier-Motzkin: a value of v between all lower and all upper bounds exists exactly if every lower bound is at
    # most every upper one (below it where either is strict). Positive factors keep the directions.
    for low, high in itertools.product(lower, upper):
        a, b = low.of(v), -high.of(v)
        terms: dict[int, Any] = {}
        for factor, row in ((b, low), (a, high)):
            for w, c in row.coefficients:
                terms[w] = terms.get(w, 0) + factor * c
        p: Polynomial = {(w,): c for w, c in terms.items() if c and w != v}
        p[()] = b * low.rest + a * high.rest
        remaining.add(inequality(p, strict=low.strict or high.strict))
    return _tightest(remaining)


def _tightest(rows: Iterable[Inequality]) -> list[Inequality]:
    """Drop inequalities that another one with the same coefficients implies."""
    best: dict[Any, Inequality] = {}
    for row in rows:
        current = best.get(row.coefficients)
        if current is None or (row.rest, not row.strict) < (current.rest, not current.strict):
            best[row.coefficients] = row
    return list(best.values())


def possible(row: Inequality) -> bool:
    """Tell whether an inequality without unknowns holds."""
    return row.rest > 0 if row.strict else row.rest >= 0


def inner_point(rows: Sequence[Inequality], unknowns: Sequence[int]) -> dict[int, Any] | None:
    """Return a point that satisfies the inequalities, off their bounds where possible; None if there is none."""
    chain = [list(rows)]
    for v in unknowns:
        chain.append(eliminate(chain[-1], v))
    if not all(possible(row) for row in chain[-1]):
        return None
    # The last system has no unknowns left: it holds exactly if the first is feasible. Going back, each unknown has a
    # non-empty interval given those already fixed, and its middle is off every strict bound.
    values: dict[int, Any] = {}
    for v, system in zip(reversed(unknowns), reversed(chain[:-1]), strict=True):
        low, high = _bounds(system, v, values)
        values[v] = (low + high) / 2
    return values


def _bounds(rows: Sequence[Inequality], v: int, values: dict[int, Any]) -> Range:
    low, high = Fraction(0), Fraction(1)
    for row in rows:
        c = row.of(v)
        if c:
            bound = -(row.rest + sum(d * values[w] for w, d in row.coefficients if w != v)) / c
            low, high = (max(low, bound), high) if c > 0 else (low, min(high, bound))
    return low, high


def span(rows: Sequence[Inequality], unknowns: Sequence[int], v: int) -> Range:
    """Return the least and greatest value of one unknown over all solutions (or their limit)."""
    system = list(rows)
    for w in unknowns:
        if w != v:
            system = eliminate(system, w)
    return _bounds(system, v, {})


def corners(rows: Sequence[Inequality], unknowns: Sequence[int], most: int = 4000) -> list[dict[int, Any]]:
    """Return the corners of the closure of the solution set, or nothing where there are too many to try.

    A corner of a bounded polyhedron in n unknowns is the one point where some n of its inequalities are equations.
    """
    points: list[dict[int, Any]] = []
    for _, point in meeting_points(rows, unknowns, lambda c: 1 / Fraction(c), most):
        if point not in points and all(row.at(point) >= 0 for row in rows):
            points.append(point)
    return points


def meeting_points(
    rows: Sequence[Inequality], unknowns: Sequence[int], inverse: Callable[[Any], Any], most: int
) -> Iterator[tuple[tuple[Inequality, ...], dict[int, Any]]]:
    """Yield each choice of as many inequalities as unknowns with the one point at which all are equations.

    Nothing is yielded where there would be more than ``most`` choices.
    """
    if comb(len(rows), len(unknowns)) > most:
        return
    for equations in itertools.combinations(rows, len(unknowns)):
        point = _meeting_point(equations, unknowns, inverse)
        if point is not None:
            yield equations, point


def _meeting_point(
    rows: Sequence[Inequality], unknowns: Sequence[int], inverse: Callable[[Any], Any]
) -> dict[int, Any] | None:
    table = [[row.of(v) for v in unknowns] + [-row.rest] for row in rows]
    n = len(unknowns)
    for k in range(n):
        pivot = next((r for r in range(k, n) if table[r][k]), None)
        if pivot is None:
            return None
        table[k], table[pivot] = table[pivot], table[k]
        unit = inverse(table[k][k])
        table[k] = [item * unit for item in table[k]]
        for r in range(n):
            if r != k and table[r][k]:
                factor = table[r][k]
                table[r] = [a - factor * b for a, b in zip(table[r], table[k], strict=True)]
    return {v: table[k][n] for k, v in enumerate(unknowns)}
