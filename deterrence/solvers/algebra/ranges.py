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
from math import floor
from typing import Any

import numpy as np

from deterrence.games.expression import shortest
from deterrence.solvers.algebra import inequalities as linear
from deterrence.solvers.algebra import polynomials as poly
from deterrence.solvers.algebra import programs
from deterrence.solvers.algebra.certificates import MOST_PRODUCTS, adds_up, products_of
from deterrence.solvers.algebra.elimination import real_roots
from deterrence.solvers.algebra.polynomials import Polynomial

Row = tuple[Polynomial, bool]
Point = dict[int, Any]
Objective = tuple[Polynomial, Polynomial]
"""What is bounded: one polynomial over another, which has no zero on the set."""
CLOSE = 1e-6
"""A bound found by branch and bound is within this of the true one, as a share of the objective's size."""
SOME_BOXES, MOST_BOXES = 2_000, 50_000
ROUNDING = 1e-12
NEAR = 1e-9
CLOSE_BY = 0.01
"""Where boxes do not settle the least value, a proved bound at most so far below the best value is given."""
FEW = 3
TRIES = 4
INWARD = (0.0, 1e-12, 1e-10, 1e-8, 1e-6)
"""A point that rounding has put outside is moved inwards by such a share."""
MOST_ENDS = 64
"""A group with more corners than this is searched."""
SHORT = 10**6
"""Ends found by branch and bound that are so near to a fraction with a denominator up to this are taken for it."""


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

    def range_of(self, objective: Objective, within: tuple[float, float]) -> Range:
        """Return the least and greatest value of a ratio of polynomials over the closure of the set.

        It is known to lie ``within`` two bounds, at which the search for its ends need not go on.
        """
        objective = _cancelled(objective)
        occurring = poly.variables(objective[0]) | poly.variables(objective[1])
        used = [k for k, (group, _) in enumerate(self.groups) if occurring & set(group)]
        if not used:
            value = _value(objective, self.inner)
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

    def _ends_at_corners(self, objective: Objective, k: int) -> bool:
        """Tell whether a group is a polytope in which the objective is linear while the others stay."""
        group, rows = self.groups[k]
        linear_in = all(sum(v in group for v in monomial) <= 1 for monomial in objective[0])
        below = not poly.variables(objective[1]) & set(group)
        return linear_in and below and all(poly.is_linear(p) for p, _ in rows) and 0 < len(self.corners(k)) <= MOST_ENDS

    def _over_groups(self, objective: Objective, used: Sequence[int], within: tuple[float, float]) -> Range:
        objective = _cancelled(objective)  # values put in may have made a common factor
        unknowns = [v for k in used for v in self.groups[k][0]]
        rows = [row for k in used for row in self.groups[k][1]]
        if not poly.variables(objective[0]) | poly.variables(objective[1]):
            value = _value(objective, self.inner)
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

    def _by_program(self, objective: Objective) -> Range:
        """Return the range of a linear polynomial where all inequalities are linear: group by group."""
        low_at, high_at = dict(self.inner), dict(self.inner)
        below = Fraction(objective[1][()])
        for group, rows in self.groups:
            goal = [Fraction(objective[0].get((v,), 0)) / below for v in group]
            if any(goal):
                least, most = _ends(goal, [p for p, _ in rows], group)
                low_at |= least
                high_at |= most
        return Range(_value(objective, low_at), _value(objective, high_at), low_at, high_at)

    def corners(self, k: int) -> list[Point]:
        """Return the corners of one group's polytope; nothing where there are too many to try."""
        if k not in self._corners:
            group, rows = self.groups[k]
            box = [side for v in group for side in (poly.variable(v), {(): 1, (v,): -1})]
            sides = [linear.inequality(p, strict=False) for p in (*(p for p, _ in rows), *box)]
            self._corners[k] = linear.corners(list(dict.fromkeys(sides)), group)
        return self._corners[k]

    def _at_corners(self, objective: Objective, used: Sequence[int]) -> Range | None:
        """Return the range of a polynomial that is linear in each group, whose ends are at corners of all of them.

        Term by term of the groups it is linear in one while the others stay, so an end is reached at a corner of each.
        """
        corners = [self.corners(k) for k in used]
        if not all(corners) or np.prod([float(len(some)) for some in corners]) > MOST_BOXES:
            return None
        values = []
        for choice in itertools.product(*corners):
            at = dict(self.inner)
            for corner in choice:
                at |= corner
            values.append((_value(objective, at), at))
        low, high = min(values, key=lambda pair: pair[0]), max(values, key=lambda pair: pair[0])
        return Range(low[0], high[0], low[1], high[1])

    def _in_one_unknown(self, objective: Objective, rows: Sequence[Row], v: int) -> Range:
        """Return the range over the intervals that inequalities leave of one unknown: its ends and turning points."""
        low, high = Fraction(0), Fraction(1)
        ends = {low, high, *(root for p, _ in rows for root, _ in real_roots(p) if low <= root <= high)}
        turning = {root for root, _ in real_roots(_slope(objective, v))}
        cuts = sorted(ends)
        values = []
        for a, b in itertools.pairwise(cuts):
            if all(poly.value(p, {v: (a + b) / 2}) > 0 for p, _ in rows):
                places = [x for x in (a, b, *(t for t in turning if a < t < b)) if poly.value(objective[1], {v: x})]
                values += [(_value(objective, {v: x}), x) for x in places]
        if not values:  # a single point, where equality holds
            values = [(_value(objective, self.inner), self.inner[v])]
        least, most = min(values), max(values)
        return Range(least[0], most[0], {**self.inner, v: least[1]}, {**self.inner, v: most[1]})

    # -- by branch and bound -------------------------------------------------------------------------

    def _searched(
        self, objective: Objective, rows: Sequence[Row], unknowns: Sequence[int], within: tuple[float, float]
    ) -> Range:
        start = {v: self.inner[v] for v in unknowns}
        negated = poly.scale(objective[0], -1), objective[1]
        low, low_at, low_proved = _Minimum(objective, rows, unknowns, start).found(within[0])
        high, high_at, high_proved = _Minimum(negated, rows, unknowns, start).found(-within[1])
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


class _Minimum:
    """The search for the least value of a ratio of polynomials over a set in the unit box."""

    def __init__(self, objective: Objective, rows: Sequence[Row], unknowns: Sequence[int], start: Point) -> None:
        self.objective, self.rows, self.unknowns = objective, rows, list(unknowns)
        self.top, self.bottom = (_Bounds(p, self.unknowns) for p in objective)
        # Sums of two rows say nothing new, but where products cancel their bounds are much closer.
        sums = [p for pair in itertools.combinations([_scaled(p) for p, _ in rows], 2) if (p := _simpler_sum(*pair))]
        self.bounds = [_Bounds(p, self.unknowns) for p in (*(_scaled(p) for p, _ in rows), *sums)]
        self.at = start
        self.value = float(_value(objective, start))

    def found(self, floor: float) -> tuple[Any, Point, bool]:
        """Return the least value (at least the floor), a point near which it is reached, and whether that is proved."""
        self._descend()
        boxes = np.array([[[0.0, 1.0]] * len(self.unknowns)])
        size, seen, tried = max(self.top.size, 1e-300) * CLOSE, 0, False
        while len(boxes) and self.value > floor + size:
            seen += len(boxes)
            if seen > SOME_BOXES and not tried:
                tried, value = True, Fraction(self.value).limit_denominator(SHORT)
                if abs(float(value) - self.value) < NEAR and self._is_least(value):
                    return shortest(value), self._short()[1], True
            if seen > MOST_BOXES:
                return self._certified()
            boxes = self._kept(boxes, size)
            boxes = _halved(boxes, self._influence(boxes))
        return (*self._short(), True)

    def _is_least(self, value: Fraction) -> bool:
        """Tell whether it is proved, by a certificate in fractions, that the ratio is nowhere below a value.

        Where the least value is reached all along a row's boundary, or only approached, boxes would be many.
        """
        gap = poly.subtract(self.objective[0], poly.scale(self.objective[1], value))
        below = poly.value(self.objective[1], self.at)
        gap = gap if below > 0 else poly.scale(gap, -1)
        sides = [side for v in self.unknowns for side in (poly.variable(v), {(): 1, (v,): -1})]
        made = _ring(self.unknowns)
        rows = [_element(made, p, self.unknowns) for p in (*(_scaled(p) for p, _ in self.rows), *sides)]
        products = [made(1), *products_of(rows, 3 if len(self.unknowns) <= FEW else 2)]
        return below != 0 and adds_up(list(dict.fromkeys(products))[:MOST_PRODUCTS], _element(made, gap, self.unknowns))

    def _certified(self) -> tuple[Any, Point, bool]:
        """Return the greatest of some short fractions just below the value at hand that is proved a lower bound."""
        near = Fraction(self.value)
        tries = {Fraction(floor(near * parts), parts) for parts in (*range(1, 13), 24, 60, 100, 1000)}
        for value in sorted((c for c in tries if near - c <= CLOSE_BY * max(1.0, float(abs(near)))), reverse=True):
            if self._is_least(value):
                return shortest(value), self._short()[1], True
        return (*self._short(), False)

    def _influence(self, boxes: np.ndarray) -> np.ndarray:
        """Return how much each unknown's width matters, to rows that the box does not settle and to the objective."""
        width = boxes[:, :, 1] - boxes[:, :, 0]
        matters = self.top.slopes(boxes) / max(self.top.size, 1e-300)
        for row in self.bounds:
            matters = np.maximum(matters, row.slopes(boxes) * (row.of(boxes)[0] < 0)[:, None])
        return matters * width + width * 1e-6

    def _kept(self, boxes: np.ndarray, size: float) -> np.ndarray:
        """Return the boxes that may hold a better point than the one at hand."""
        possible = np.ones(len(boxes), dtype=bool)
        for row in self.bounds:
            possible &= row.of(boxes)[1] >= -ROUNDING
        boxes = boxes[possible]
        (low, high), (below, above) = self.top.of(boxes), self.bottom.of(boxes)
        with np.errstate(all="ignore"):
            ends = np.array([low / below, low / above, high / below, high / above])
        bounds = np.where((below > 0) | (above < 0), ends.min(axis=0), -np.inf)
        self._try(boxes.mean(axis=2))
        return np.asarray(boxes[bounds < self.value - size])

    def _try(self, points: np.ndarray) -> None:
        """Take the best of the points that lie in the set in place of the one at hand, if it is better."""
        flat = np.stack([points, points], axis=2)  # a box that is a point has its value for both bounds
        inside = np.ones(len(points), dtype=bool)
        for row in self.bounds:
            inside &= row.of(flat)[0] + row.slack >= 0
        with np.errstate(all="ignore"):
            values = self.top.of(flat)[0] / self.bottom.of(flat)[0]
        values = np.where(inside & np.isfinite(values), values, np.inf)
        for k in np.argsort(values)[:TRIES]:
            at = dict(zip(self.unknowns, map(Fraction, points[k].tolist()), strict=True))
            if values[k] < self.value and all(poly.value(p, at) >= 0 for p, _ in self.rows):
                self.value, self.at = min(self.value, _float_value(self.objective, at)), at
                self._descend()
                return

    def _descend(self) -> None:
        """Move from the point at hand to a local minimum, a little inwards where rounding has left the set."""
        from scipy.optimize import minimize

        start = np.array([float(self.at[v]) for v in self.unknowns])
        rows = [{"type": "ineq", "fun": row.at} for row in self.bounds]
        options = {"maxiter": 200, "ftol": 1e-15}

        def value(x: np.ndarray) -> float:
            below = self.bottom.at(x)
            return self.top.at(x) / below if below else np.inf

        with np.errstate(all="ignore"):
            minimum = minimize(
                value, start, method="SLSQP", bounds=[(0, 1)] * len(start), constraints=rows, options=options
            )
        if not np.all(np.isfinite(minimum.x)):
            return
        for share in INWARD:
            at = dict(
                zip(self.unknowns, map(Fraction, (minimum.x + share * (start - minimum.x)).tolist()), strict=True)
            )
            if all(0 <= x <= 1 for x in at.values()) and all(poly.value(p, at) >= 0 for p, _ in self.rows):
                better = _float_value(self.objective, at)
                if better < self.value:
                    self.value, self.at = better, at
                return

    def _short(self) -> tuple[Any, Point]:
        """Return the least value and its point, as short fractions where those near by will do."""
        short = {v: Fraction(x).limit_denominator(SHORT) for v, x in self.at.items()}
        near = all(abs(short[v] - x) < 1e-7 for v, x in self.at.items())
        if near and all(poly.value(p, short) >= 0 for p, _ in self.rows):
            value = _value(self.objective, short)
            if float(value) <= self.value + 1e-9 * (1 + abs(self.value)):
                return shortest(value), short
        return shortest(Fraction(self.value)), self.at


class _Bounds:
    """A polynomial ready to be bounded over many boxes of numbers that are not negative."""

    def __init__(self, p: Polynomial, unknowns: Sequence[int]) -> None:
        self.terms = [(float(c), [unknowns.index(v) for v in monomial]) for monomial, c in p.items()]
        self.size = sum(abs(c) for c, _ in self.terms)
        self.slack = ROUNDING * self.size
        used = sorted({k for _, places in self.terms for k in places})
        self.multilinear = len(used) <= 6 and all(len(set(places)) == len(places) for _, places in self.terms)
        self.used = used

    def of(self, boxes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return a lower and an upper bound over each box."""
        if self.multilinear:  # greatest and least at corners
            corners = itertools.product((0, 1), repeat=len(self.used))
            values = np.array([self._at_corner(boxes, corner) for corner in corners])
            return values.min(axis=0) - self.slack, values.max(axis=0) + self.slack
        low = np.full(len(boxes), -self.slack)
        high = np.full(len(boxes), self.slack)
        for c, places in self.terms:
            least, most = (np.prod(boxes[:, places, end], axis=1) * c for end in (0, 1))
            low, high = low + np.minimum(least, most), high + np.maximum(least, most)
        return low, high

    def _at_corner(self, boxes: np.ndarray, corner: tuple[int, ...]) -> np.ndarray:
        column = dict(zip(self.used, corner, strict=True))
        total = np.zeros(len(boxes))
        for c, places in self.terms:
            term = np.full(len(boxes), c)
            for k in places:
                term = term * boxes[:, k, column[k]]
            total += term
        return total

    def slopes(self, boxes: np.ndarray) -> np.ndarray:
        """Return, for each box and unknown, about how fast the polynomial changes at most."""
        slopes = np.zeros(boxes.shape[:2])
        for c, places in self.terms:
            for k in set(places):
                others = [j for j in places if j != k]
                slopes[:, k] += abs(c) * places.count(k) * np.prod(boxes[:, others, 1], axis=1)
        return slopes

    def at(self, x: np.ndarray) -> float:
        """Return the value at a point."""
        return float(sum(c * np.prod(x[places]) for c, places in self.terms))


def _halved(boxes: np.ndarray, influence: np.ndarray) -> np.ndarray:
    """Return both halves of each box, cut across the side that matters most."""
    longest, places = np.argmax(influence, axis=1), np.arange(len(boxes))
    middle = boxes[places, longest].mean(axis=1)
    lower, upper = boxes.copy(), boxes.copy()
    lower[places, longest, 1] = upper[places, longest, 0] = middle
    return np.concatenate([lower, upper])


def _simpler_sum(p: Polynomial, q: Polynomial) -> Polynomial | None:
    """Return the sum of two rows, one of them scaled, where a product of unknowns cancels and none is added."""
    products = [{m for m in side if len(m) > 1} for side in (p, q)]
    for monomial in products[0] & products[1]:
        factor = -Fraction(p[monomial]) / q[monomial]
        if factor > 0:
            total = poly.add(p, poly.scale(q, factor))
            if len([m for m in total if len(m) > 1]) < max(map(len, products)):
                return _scaled(total)
    return None


def _with_values(objective: Objective, at: Point) -> Objective:
    """Return a ratio with values put in for some unknowns."""
    top, bottom = objective
    for v, value in at.items():
        top, bottom = (poly.substitute(side, v, poly.constant(value)) for side in (top, bottom))
    return top, bottom


def _cancelled(objective: Objective) -> Objective:
    """Return a ratio in lowest terms."""
    if poly.is_constant(objective[1]):
        return objective
    unknowns = sorted(poly.variables(objective[0]) | poly.variables(objective[1]))
    made = _ring(unknowns)
    top, bottom = (_element(made, side, unknowns) for side in objective)
    top, bottom = top.cancel(bottom)
    return _polynomial(top, unknowns), _polynomial(bottom, unknowns)


def _ring(unknowns: Sequence[int]) -> Any:
    from sympy.polys.domains import QQ
    from sympy.polys.rings import ring

    return ring([f"u{v}" for v in unknowns], QQ)[0]


def _element(made: Any, p: Polynomial, unknowns: Sequence[int]) -> Any:
    """Return a polynomial as an element of a ring in the unknowns."""
    from sympy.polys.domains import QQ

    terms = {tuple(m.count(v) for v in unknowns): QQ(c.numerator, c.denominator) for m, c in p.items()}
    return made.from_dict(terms)


def _polynomial(element: Any, unknowns: Sequence[int]) -> Polynomial:
    return {
        tuple(v for v, power in zip(unknowns, powers, strict=True) for _ in range(power)): Fraction(
            int(c.numerator), int(c.denominator)
        )
        for powers, c in element.terms()
    }


def _scaled(p: Polynomial) -> Polynomial:
    """Return a polynomial divided by its largest coefficient, so that slack is a share of its size."""
    largest = max(map(abs, p.values()), default=1)
    return {monomial: c / Fraction(largest) for monomial, c in p.items()}


def _value(objective: Objective, at: Point) -> Any:
    return Fraction(poly.value(objective[0], at)) / poly.value(objective[1], at)


def _float_value(objective: Objective, at: Point) -> float:
    below = poly.value(objective[1], at)
    return float(Fraction(poly.value(objective[0], at)) / below) if below else np.inf


def _slope(objective: Objective, v: int) -> Polynomial:
    """Return a polynomial with the sign of the derivative of a ratio in one unknown."""
    top, bottom = objective
    return poly.subtract(poly.multiply(_derivative(top, v), bottom), poly.multiply(top, _derivative(bottom, v)))


def _derivative(p: Polynomial, v: int) -> Polynomial:
    return {m[:-1]: c * len(m) for m, c in p.items() if v in m}
