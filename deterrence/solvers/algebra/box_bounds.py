"""Bounds of a polynomial over many boxes at once, in floating point, with slack for its rounding."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from deterrence.lazy import Deferred
from deterrence.solvers.algebra.polynomials import Polynomial

if TYPE_CHECKING:
    import numpy as np
else:
    np = Deferred("numpy")

ROUNDING = 1e-12
"""A value may be off by this share of the sum of the coefficients' sizes; rounding itself is far below."""
MOST_CORNERS = 8
"""With more unknowns than this each term is bounded by itself, although the polynomial is least at a corner."""


class BoxBounds:
    """A polynomial ready to be bounded over boxes, arrays of (box, unknown, end).

    Attributes
    ----------
    size, slack
        The sum of the coefficients' sizes, and what rounding may add to a bound.
    """

    def __init__(self, p: Polynomial, unknowns: Sequence[int]) -> None:
        self.terms = [(float(c), [unknowns.index(v) for v in monomial]) for monomial, c in p.items()]
        self.size = sum(abs(c) for c, _ in self.terms)
        self.slack = ROUNDING * self.size
        self.used = sorted({k for _, places in self.terms for k in places})
        linear = all(len(set(places)) == len(places) for _, places in self.terms)
        self.table = self._table() if linear and len(self.used) <= MOST_CORNERS else None

    def _table(self) -> np.ndarray:
        """Return the coefficients of a polynomial linear in each unknown, one axis of two an unknown."""
        table = np.zeros((2,) * len(self.used))
        for c, places in self.terms:
            table[tuple(int(k in places) for k in self.used)] += c
        return table

    def over(self, boxes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return a lower and an upper bound over each box."""
        if self.table is None:
            return self._by_terms(boxes)
        # Linear in each unknown, it is least and greatest at corners; each step turns (rest, slope) into both ends.
        values = np.broadcast_to(self.table, (len(boxes), *self.table.shape))
        for axis, k in enumerate(self.used, 1):
            rest, slope = np.take(values, 0, axis=axis), np.take(values, 1, axis=axis)
            shape = (len(boxes),) + (1,) * (rest.ndim - 1)
            values = np.stack([rest + slope * boxes[:, k, end].reshape(shape) for end in (0, 1)], axis=axis)
        flat = values.reshape(len(boxes), 2 ** len(self.used))
        return flat.min(axis=1) - self.slack, flat.max(axis=1) + self.slack

    def _by_terms(self, boxes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        low, high = np.full(len(boxes), -self.slack), np.full(len(boxes), self.slack)
        for c, places in self.terms:
            least = most = np.full(len(boxes), c)
            for k in places:
                ends = boxes[:, k, :]
                products = np.stack([least * ends[:, 0], least * ends[:, 1], most * ends[:, 0], most * ends[:, 1]])
                least, most = products.min(axis=0), products.max(axis=0)
            low, high = low + least, high + most
        return low, high

    def slopes(self, boxes: np.ndarray) -> np.ndarray:
        """Return, for each box within the unit box and each unknown, about how fast the polynomial changes at most."""
        slopes = np.zeros(boxes.shape[:2])
        for c, places in self.terms:
            for k in set(places):
                others = [j for j in places if j != k]
                slopes[:, k] += abs(c) * places.count(k) * np.prod(boxes[:, others, 1], axis=1)
        return slopes
