"""Measures between solved points of a line, by polynomials through some of them that others check.

For games with numbers without end whose classes have no formulas: a solution takes a tenth of a second, and inside a
class what follows from it changes smoothly. The line is cut where the classes change, and each piece is halved until
the polynomial through a few solved points says what is solved at others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np

from deterrence.grid.points import Grid
from deterrence.grid.pointwise import PointEquilibrium

WORTH = 256
"""On a line of more points values between solved ones are interpolated."""
NODES = 11
"""A polynomial goes through so many solved points."""
CHECKS = 3
"""So many others check it."""
SHORT = 2 * NODES
"""On a piece of fewer points all are solved."""
CLOSE = 1e-7
"""A polynomial is taken where it misses the points that check it by no more, in units of the measure's size."""


def is_line(points: Any) -> bool:
    """Tell whether points are many, of one parameter, and in rising order."""
    if not isinstance(points, Grid) or len(points.shape) != 1 or len(points) <= WORTH:
        return False
    return all(points[i][0] < points[i + 1][0] for i in range(len(points) - 1))


@dataclass
class Line:
    """The points of a search along one parameter: solved where that is needed, the others between them.

    Attributes
    ----------
    cover
        The search, which solves points by their number.
    missed
        By how much polynomials missed the points that checked them, at most.
    checks
        How many points checked them.
    """

    cover: Any
    missed: float = 0.0
    checks: int = 0
    x: np.ndarray = field(init=False)

    def __post_init__(self) -> None:
        self.x = np.array([float(self.cover.points[i][0]) for i in range(len(self.cover.points))])

    def run(self) -> str:
        """Fill in all points, and return how that was done; an empty text where each was solved."""
        pieces = [(0, len(self.x) - 1)]
        filled: dict[int, list[PointEquilibrium]] = {}
        while pieces:
            a, b = pieces.pop()
            places = range(a, b + 1) if b - a < SHORT else self._places(a, b)
            self.cover._solve([i for i in places if i not in self.cover.solved], self.cover.crew, 0.05)
            if b - a < SHORT:
                continue
            parted = self._parted(list(places))
            if parted is not None:
                cut = self._change(*parted)
                pieces += [piece for piece in ((a, cut), (cut + 1, b)) if piece[0] <= piece[1]]
            elif not self._filled(list(places), filled):
                middle = (a + b) // 2
                pieces += [(a, middle), (middle + 1, b)]
        return self._told(filled) if filled else ""

    def _told(self, filled: dict[int, list[PointEquilibrium]]) -> str:
        """Enter the points that were filled in; return in words how that was done."""
        known = len(self.cover.solved)
        self.cover.solved.update({i: each for i, each in filled.items() if i not in self.cover.solved})
        return (
            f"{known} of {len(self.x)} points were solved, and the others lie on polynomials through these that miss "
            f"{self.checks} more by {self.missed:.0e} at most"
        )

    def _places(self, a: int, b: int) -> list[int]:
        """Return the points of a piece that are solved: those for a polynomial, nearer at its ends, and its checks."""
        shares = (1 - np.cos(np.pi * np.arange(NODES) / (NODES - 1))) / 2
        nodes = sorted({a + round(float(share) * (b - a)) for share in shares})
        gaps = [len(nodes) // 2 - 1, 1, len(nodes) - 3][:CHECKS]
        return sorted({*nodes, *((nodes[k] + nodes[k + 1]) // 2 for k in gaps)})

    def _classes(self, i: int) -> Any:
        if self.cover.masked[i]:
            return None
        return sorted((str(each.key), str(each.pattern)) for each in self.cover.solved[i])

    def _parted(self, places: Sequence[int]) -> tuple[int, int] | None:
        """Return two neighbours among solved points with different classes."""
        for left, right in pairwise(places):
            if self._classes(left) != self._classes(right):
                return left, right
        return None

    def _change(self, left: int, right: int) -> int:
        """Return the last point that has the classes of the left one, by halving."""
        while right - left > 1:
            middle = (left + right) // 2
            self.cover._solve([i for i in (middle,) if i not in self.cover.solved], None, 0.05)
            left, right = (middle, right) if self._classes(middle) == self._classes(left) else (left, middle)
        return left

    def _filled(self, places: Sequence[int], filled: dict[int, list[PointEquilibrium]]) -> bool:
        """Fill in a piece by polynomials; tell whether they were near enough at the points that check them."""
        first, last = places[0], places[-1]
        if self.cover.masked[first]:
            self.cover.masked[first : last + 1] = True
            filled.update({i: [] for i in range(first, last + 1)})
            return True
        rows = [_sorted(self.cover.solved[i]) for i in places]
        numbers = np.array([[[*e.low, *e.high, *e.spot] for e in row] for row in rows], dtype=float)
        values = self._values(places, numbers.reshape(len(places), -1))
        if values is None:
            return False
        for i, row in zip(range(first, last + 1), values.reshape(-1, *numbers.shape[1:]), strict=True):
            filled[i] = [_put(each, new) for each, new in zip(rows[0], row, strict=True)]
        return True

    def _values(self, places: Sequence[int], solved: np.ndarray) -> np.ndarray | None:
        """Return all numbers of a piece by polynomials, a column each; None where they miss points that check them."""
        checks = [k for k in range(len(places)) if k % 4 == 2][:CHECKS]
        nodes = [k for k in range(len(places)) if k not in checks]
        missing = np.isnan(solved).all(axis=0)
        known, x = np.where(missing, 0.0, solved), self.x[list(places)]
        missed = np.abs(_interpolated(x[nodes], known[nodes], x[checks]) - known[checks]) / (1 + np.abs(known[checks]))
        worst = float(missed.max(initial=0.0))
        if not worst <= CLOSE:
            return None
        self.missed, self.checks = max(self.missed, worst), self.checks + len(checks)
        values = _interpolated(x, known, self.x[places[0] : places[-1] + 1])
        values[:, missing] = np.nan
        return values


def _sorted(equilibria: Sequence[PointEquilibrium]) -> list[PointEquilibrium]:
    return sorted(equilibria, key=lambda each: (str(each.key), str(each.pattern), each.spot))


def _put(each: PointEquilibrium, new: np.ndarray) -> PointEquilibrium:
    m = len(each.low)
    row = tuple(new.tolist())
    return PointEquilibrium(each.key, each.pattern, row[:m], row[m : 2 * m], row[2 * m :])


def _interpolated(nodes: np.ndarray, values: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Return the polynomial through values at nodes, a column each, at other places (barycentric form)."""
    span = nodes[-1] - nodes[0]
    apart = (nodes[:, None] - nodes[None, :]) * 4 / span
    np.fill_diagonal(apart, 1.0)
    weights = 1 / apart.prod(axis=1)
    gaps = x[:, None] - nodes[None, :]
    exact = gaps == 0
    shares = weights / np.where(exact, 1.0, gaps)
    found: np.ndarray = shares @ values / shares.sum(axis=1)[:, None]
    rows, columns = np.nonzero(exact)
    found[rows] = values[columns]
    return found
