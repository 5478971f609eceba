"""The least and greatest value of a ratio of polynomials over a set that polynomial inequalities bound.

Exact where the inequalities are linear and each term of the polynomial has at most one unknown of each group that
varies together, and exact to 40 digits in one unknown. Elsewhere branch and bound: a box is dropped when a bound
shows that it holds no point of the set, or none with a better value than one at hand.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from deterrence.lazy import Deferred
from deterrence.solvers.algebra import boxes, programs, ratios
from deterrence.solvers.algebra import inequalities as linear
from deterrence.solvers.algebra import polynomials as poly
from deterrence.solvers.algebra.elimination import real_roots
from deterrence.solvers.algebra.minimum import Minimum, Point, Row
from deterrence.solvers.algebra.polynomials import Polynomial
from deterrence.solvers.algebra.ratios import Ratio

if TYPE_CHECKING:
    import numpy as np
else:
    np = Deferred("numpy")

MOST_PROFILES = 50_000
"""Of more corners of all groups together the range is searched."""
MOST_ENDS = 64
"""A group with more corners than this is searched."""


@dataclass(frozen=True, slots=True)
class Range:
    """The least and greatest value over a set, and where they are reached or approached.

    ``proved`` is False where the search for one of them stopped before its bound was certain.
    """

    low: Any
    high: Any
    low_at: Point
    high_at: Point
    proved: bool = True

    def joined(self, other: Range) -> Range:
        """Return the range over two sets."""
        least = min((self, other), key=lambda item: item.low)
        most = max((self, other), key=lambda item: item.high)
        return Range(least.low, most.high, least.low_at, most.high_at, self.proved and other.proved)


class BoundedSet:
    """The points of the unit box at which rows, polynomials with whether they are strict, are not negative.

    ``inner`` is a point of it. Ends of ranges are over its closure.
    """

    def __init__(self, rows: Sequence[Row], unknowns: Sequence[int], inner: Point) -> None:
        self.rows, self.unknowns, self.inner = list(rows), list(unknowns), inner
        self.groups = linear.groups(
            [row for row in self.rows if poly.variables(row[0])], unknowns, lambda row: poly.variables(row[0])
        )
        self.linear = all(poly.is_linear(p) for p, _ in self.rows)
        self._corners: dict[int, list[Point]] = {}

    def range_of(self, objective: Ratio, within: tuple[float, float]) -> Range:
        """Return the least and greatest value of a ratio of polynomials over the closure of the set.

        It is known to lie ``within`` two bounds, at which the search for its ends need not go on.
        """
        objective = ratios.cancelled(objective)
        occurring = poly.variables(objective[0]) | poly.variables(objective[1])
        used = [k for k, (group, _) in enumerate(self.groups) if occurring & set(group)]
        if not used:
            value = ratios.value(objective, self.inner)
            return Range(value, value, self.inner, self.inner)
        if self.linear and poly.is_constant(objective[1]) and poly.is_linear(objective[0]):
            return self._by_program(objective)
        if self.linear and poly.is_constant(objective[1]) and self._is_linear_by_group(objective[0]):
            at_corners = self._at_corners(objective, used)
            if at_corners is not None:
                return at_corners
        settled = [k for k in used if self._ends_at_corners(objective, k)]
        found = None
        for choice in itertools.product(*(self.corners(k) for k in settled)):
            at = dict(itertools.chain.from_iterable(corner.items() for corner in choice))
            over = self._over_groups(_with_values(objective, at), [k for k in used if k not in settled], within)
            over = replace(over, low_at={**over.low_at, **at}, high_at={**over.high_at, **at})
            found = over if found is None else found.joined(over)
        assert found is not None
        return found

    def _ends_at_corners(self, objective: Ratio, k: int) -> bool:
        """Tell whether a group is a polytope in which the objective is linear while the others stay."""
        group, rows = self.groups[k]
        linear_in = all(sum(v in group for v in monomial) <= 1 for monomial in objective[0])
        below = not poly.variables(objective[1]) & set(group)
        return linear_in and below and all(poly.is_linear(p) for p, _ in rows) and 0 < len(self.corners(k)) <= MOST_ENDS

    def _over_groups(self, objective: Ratio, used: Sequence[int], within: tuple[float, float]) -> Range:
        objective = ratios.cancelled(objective)  # values put in may have made a common factor
        unknowns = [v for k in used for v in self.groups[k][0]]
        rows = [row for k in used for row in self.groups[k][1]]
        if not poly.variables(objective[0]) | poly.variables(objective[1]):
            value = ratios.value(objective, self.inner)
            return Range(value, value, self.inner, self.inner)
        if len(unknowns) == 1:
            return self._in_one_unknown(objective, rows, unknowns[0])
        return self._searched(objective, rows, unknowns, within)

    def _is_linear_by_group(self, p: Polynomial) -> bool:
        return all(sum(v in group for v in monomial) <= 1 for monomial in p for group, _ in self.groups)

    def all_corners(self, most: int) -> list[Point]:
        """Return the corners of all groups together; nothing where there are more than so many."""
        corners = [self.corners(k) for k in range(len(self.groups))]
        if np.prod([float(len(some)) for some in corners]) > most:
            return []
        return [
            {**self.inner, **dict(itertools.chain.from_iterable(corner.items() for corner in choice))}
            for choice in itertools.product(*corners)
        ]

    # -- exactly -------------------------------------------------------------------------------------

    def _by_program(self, objective: Ratio) -> Range:
        """Return the range of a linear polynomial where all inequalities are linear: group by group."""
        low_at, high_at = dict(self.inner), dict(self.inner)
        below = Fraction(objective[1][()])
        for group, rows in self.groups:
            goal = [Fraction(objective[0].get((v,), 0)) / below for v in group]
            if any(goal):
                least, most = _ends(goal, [p for p, _ in rows], group)
                low_at |= least
                high_at |= most
        return Range(ratios.value(objective, low_at), ratios.value(objective, high_at), low_at, high_at)

    def corners(self, k: int) -> list[Point]:
        """Return the corners of one group's polytope; nothing where there are too many to try."""
        if k not in self._corners:
            group, rows = self.groups[k]
            box = [side for v in group for side in (poly.variable(v), {(): 1, (v,): -1})]
            sides = [linear.inequality(p, strict=False) for p in (*(p for p, _ in rows), *box)]
            self._corners[k] = linear.corners(list(dict.fromkeys(sides)), group)
        return self._corners[k]

    def _at_corners(self, objective: Ratio, used: Sequence[int]) -> Range | None:
        """Return the range of a polynomial that is linear in each group, whose ends are at corners of all of them.

        Term by term of the groups it is linear in one while the others stay, so an end is reached at a corner of each.
        """
        corners = [self.corners(k) for k in used]
        if not all(corners) or np.prod([float(len(some)) for some in corners]) > MOST_PROFILES:
            return None
        values = []
        for choice in itertools.product(*corners):
            at = dict(self.inner)
            for corner in choice:
                at |= corner
            values.append((ratios.value(objective, at), at))
        low, high = min(values, key=lambda pair: pair[0]), max(values, key=lambda pair: pair[0])
        return Range(low[0], high[0], low[1], high[1])

    def _in_one_unknown(self, objective: Ratio, rows: Sequence[Row], v: int) -> Range:
        """Return the range over the intervals that inequalities leave of one unknown: its ends and turning points."""
        turning = {root for root, _ in real_roots(_slope(objective, v))}
        values = []
        for a, b in boxes.pieces(rows, v, Fraction(0), Fraction(1)):
            places = [x for x in (a, b, *(t for t in turning if a < t < b)) if poly.value(objective[1], {v: x})]
            values += [(ratios.value(objective, {v: x}), x) for x in places]
        if not values:  # a single point, at an irrational root
            values = [(ratios.value(objective, self.inner), self.inner[v])]
        least, most = min(values), max(values)
        return Range(least[0], most[0], {**self.inner, v: least[1]}, {**self.inner, v: most[1]})

    # -- by branch and bound -------------------------------------------------------------------------

    def _searched(
        self, objective: Ratio, rows: Sequence[Row], unknowns: Sequence[int], within: tuple[float, float]
    ) -> Range:
        start = {v: self.inner[v] for v in unknowns}
        negated = poly.scale(objective[0], -1), objective[1]
        low, low_at, low_proved = Minimum(objective, rows, unknowns, start).found(within[0])
        high, high_at, high_proved = Minimum(negated, rows, unknowns, start).found(-within[1])
        at_ends = {**self.inner, **low_at}, {**self.inner, **high_at}
        return Range(low, -high, *at_ends, low_proved and high_proved)


def _ends(goal: Sequence[Fraction], rows: Sequence[Polynomial], group: Sequence[int]) -> tuple[Point, Point]:
    """Return where a linear objective is least and greatest over a polytope in the unit box."""
    if len(group) == 1:
        (v,) = group
        low, high = Fraction(0), Fraction(1)
        for row in rows:
            slope = row.get((v,), 0)
            if slope:
                bound = -Fraction(row.get((), 0)) / slope
                low, high = (max(low, bound), high) if slope > 0 else (low, min(high, bound))
        return ({v: low}, {v: high}) if goal[0] > 0 else ({v: high}, {v: low})
    at_most = [([int(v == w) for w in group], 1) for v in group]
    at_most += [([-row.get((v,), 0) for v in group], row.get((), 0)) for row in rows]
    ends = []
    for sign in (-1, 1):
        optimum = programs.maximize([sign * c for c in goal], (), at_most)
        assert optimum is not None  # the set has a point
        ends.append(dict(zip(group, optimum.at, strict=True)))
    return ends[0], ends[1]


def _with_values(objective: Ratio, at: Point) -> Ratio:
    """Return a ratio with values put in for some unknowns."""
    top, bottom = objective
    for v, value in at.items():
        top, bottom = (poly.substitute(side, v, poly.constant(value)) for side in (top, bottom))
    return top, bottom


def _slope(objective: Ratio, v: int) -> Polynomial:
    """Return a polynomial with the sign of the derivative of a ratio in one unknown."""
    top, bottom = objective
    return poly.subtract(poly.multiply(poly.derivative(top, v), bottom), poly.multiply(top, poly.derivative(bottom, v)))
