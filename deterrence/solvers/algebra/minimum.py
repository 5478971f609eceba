"""The least value of a ratio of polynomials over a set in the unit box, by a decision procedure or branch and bound.

A local search gives a value; the decision procedure tells whether the set has a point with a lower one. Where it gives
up or is not installed, boxes are halved: one is dropped where a bound shows that it holds no point of the set, or none
with a better value than the one at hand.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from fractions import Fraction
from math import floor
from typing import TYPE_CHECKING, Any

from deterrence.games.expression import shortest
from deterrence.lazy import Deferred
from deterrence.solvers.algebra import decisions, ratios
from deterrence.solvers.algebra import polynomials as poly
from deterrence.solvers.algebra.box_bounds import ROUNDING, BoxBounds
from deterrence.solvers.algebra.certificates import MOST_PRODUCTS, adds_up, products_of
from deterrence.solvers.algebra.polynomials import Polynomial
from deterrence.solvers.algebra.ratios import Ratio
from deterrence.solvers.algebra.values_at import ValuesAt

if TYPE_CHECKING:
    import numpy as np
else:
    np = Deferred("numpy")

Row = tuple[Polynomial, bool]
Point = dict[int, Any]
CLOSE = 1e-6
"""A bound found by branch and bound is within this of the true one, as a share of the objective's size."""
SOME_BOXES, MOST_BOXES = 2_000, 50_000
NEAR = 1e-9
CLOSE_BY = 0.001
"""Where boxes do not settle the least value, a proved bound at most so far below the best value is given."""
FEW = 3
MOST_DESCENTS = 8
TRIES = 4
INWARD = (0.0, 1e-12, 1e-10, 1e-8, 1e-6)
"""A point that rounding has put outside is moved inwards by such a share."""
SHORT = 10**6
"""Ends found by branch and bound that are so near to a fraction with a denominator up to this are taken for it."""


class Minimum:
    """The search for the least value of a ratio of polynomials over a set in the unit box."""

    def __init__(self, objective: Ratio, rows: Sequence[Row], unknowns: Sequence[int], start: Point) -> None:
        self.objective, self.rows, self.unknowns = objective, rows, list(unknowns)
        self.top, self.bottom = (BoxBounds(p, self.unknowns) for p in objective)
        # Sums of two rows say nothing new, but where products cancel their bounds are much closer.
        sums = [
            p for pair in itertools.combinations([poly.scaled(p) for p, _ in rows], 2) if (p := _simpler_sum(*pair))
        ]
        self.bounds = [BoxBounds(p, self.unknowns) for p in (*(poly.scaled(p) for p, _ in rows), *sums)]
        self._rows_at = ValuesAt([poly.scaled(p) for p, _ in rows], self.unknowns)
        self._ends_at = ValuesAt(objective, self.unknowns)
        self.at = start
        self.value = float(ratios.value(objective, start))

    def found(self, floor: float) -> tuple[Any, Point, bool]:
        """Return the least value (at least the floor), a point near which it is reached, and whether that is proved."""
        self._descend()
        size = max(self.top.size, 1e-300) * CLOSE
        settled = self._by_procedure(floor, size)
        if settled is not None:
            return settled
        boxes = np.array([[[0.0, 1.0]] * len(self.unknowns)])
        seen, tried = 0, False
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

    def _by_procedure(self, floor: float, size: float) -> tuple[Any, Point, bool] | None:
        """Return the least value where the decision procedure finds no point below it, and None where it gives up.

        From a point below the value at hand the descent goes on.
        """
        for _ in range(MOST_DESCENTS):
            short = shortest(self._short()[0])
            if self.value <= floor + size:
                return (*self._short(), True)
            below = self._below(Fraction(short))
            if below.verdict is not False:
                # The least value need not be a short fraction, nor be reached: then that nothing is clearly below it.
                below = self._below(Fraction(self.value) - Fraction(size))
            if below.verdict is False:
                return (*self._short(), True)
            at = dict(zip(self.unknowns, below.point, strict=False))
            if not below.exact or not at or ratios.float_value(self.objective, at) >= self.value:
                return None
            self.value, self.at = ratios.float_value(self.objective, at), at
            self._descend()
        return None

    def _below(self, value: Fraction) -> decisions.Decision:
        """Ask whether the ratio is below a value somewhere in the set."""
        top, bottom = self.objective
        gap = poly.multiply(poly.subtract(poly.scale(bottom, value), top), bottom)
        rows = [(poly.exponents(p, self.unknowns), False) for p, _ in self.rows]
        size = len(self.unknowns)
        return decisions.decide([*rows, (poly.exponents(gap, self.unknowns), True)], [0] * size, [1] * size)

    def _is_least(self, value: Fraction) -> bool:
        """Tell whether it is proved, by a certificate in fractions, that the ratio is nowhere below a value.

        Where the least value is reached all along a row's boundary, or only approached, boxes would be many.
        """
        gap = poly.subtract(self.objective[0], poly.scale(self.objective[1], value))
        below = poly.value(self.objective[1], self.at)
        gap = gap if below > 0 else poly.scale(gap, -1)
        sides = [side for v in self.unknowns for side in (poly.variable(v), {(): 1, (v,): -1})]
        made = ratios.ring_of(self.unknowns)
        rows = [ratios.element_of(made, p, self.unknowns) for p in (*(poly.scaled(p) for p, _ in self.rows), *sides)]
        products = [made.one, *products_of(rows, 3 if len(self.unknowns) <= FEW else 2)]
        target = ratios.element_of(made, gap, self.unknowns)
        return below != 0 and adds_up(list(dict.fromkeys(products))[:MOST_PRODUCTS], target)

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
            matters = np.maximum(matters, row.slopes(boxes) * (row.over(boxes)[0] < 0)[:, None])
        return matters * width + width * 1e-6

    def _kept(self, boxes: np.ndarray, size: float) -> np.ndarray:
        """Return the boxes that may hold a better point than the one at hand."""
        possible = np.ones(len(boxes), dtype=bool)
        for row in self.bounds:
            possible &= row.over(boxes)[1] >= -ROUNDING
        boxes = boxes[possible]
        (low, high), (below, above) = self.top.over(boxes), self.bottom.over(boxes)
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
            inside &= row.over(flat)[0] + row.slack >= 0
        with np.errstate(all="ignore"):
            values = self.top.over(flat)[0] / self.bottom.over(flat)[0]
        values = np.where(inside & np.isfinite(values), values, np.inf)
        for k in np.argsort(values)[:TRIES]:
            at = dict(zip(self.unknowns, map(Fraction, points[k].tolist()), strict=True))
            if values[k] < self.value and all(poly.value(p, at) >= 0 for p, _ in self.rows):
                self.value, self.at = min(self.value, ratios.float_value(self.objective, at)), at
                self._descend()
                return

    def _descend(self) -> None:
        """Move from the point at hand to a local minimum, a little inwards where rounding has left the set."""
        from scipy.optimize import minimize

        start = np.array([float(self.at[v]) for v in self.unknowns])
        rows = {"type": "ineq", "fun": self._rows_at.values, "jac": self._rows_at.slopes}
        with np.errstate(all="ignore"):
            minimum = minimize(
                self._ratio_at,
                start,
                jac=True,
                method="SLSQP",
                bounds=[(0, 1)] * len(start),
                constraints=[rows] if self.rows else [],
                options={"maxiter": 200, "ftol": 1e-15},
            )
        if not np.all(np.isfinite(minimum.x)):
            return
        for share in INWARD:
            at = dict(
                zip(self.unknowns, map(Fraction, (minimum.x + share * (start - minimum.x)).tolist()), strict=True)
            )
            if all(0 <= x <= 1 for x in at.values()) and all(poly.value(p, at) >= 0 for p, _ in self.rows):
                better = ratios.float_value(self.objective, at)
                if better < self.value:
                    self.value, self.at = better, at
                return

    def _ratio_at(self, x: np.ndarray) -> tuple[float, np.ndarray]:
        """Return the objective and its slopes at a point."""
        (above, below), (up, down) = self._ends_at.values(x), self._ends_at.slopes(x)
        return (above / below, (up * below - down * above) / below**2) if below else (np.inf, np.zeros(len(x)))

    def _short(self) -> tuple[Any, Point]:
        """Return the least value and its point, as short fractions where those near by will do."""
        short = {v: Fraction(x).limit_denominator(SHORT) for v, x in self.at.items()}
        near = all(abs(short[v] - x) < 1e-7 for v, x in self.at.items())
        inside = near and all(poly.value(p, short) >= 0 for p, _ in self.rows)
        # On the boundary, to which a short fraction may lead, the ratio may have no value.
        if inside and ratios.float_value(self.objective, short) <= self.value + 1e-9 * (1 + abs(self.value)):
            return shortest(ratios.value(self.objective, short)), short
        return shortest(Fraction(self.value)), self.at


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
                return poly.scaled(total)
    return None
