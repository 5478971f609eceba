"""Integrals of what is a straight line in the type between cutoffs, and the types at which they are zero."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Any

from deterrence.answers.continuum.strategies import exact_or_float
from deterrence.games.continuum.law import Law, gauss
from deterrence.games.continuum.uniform import Uniform

HALVINGS = 200
KNOTS, NODES, FEW = 257, 10, 1e-9
Line = tuple[Any, Any, Any, Any]
"""Two ends of the type, and the height and slope of what holds between them."""


@dataclass(frozen=True)
class Broken:
    """A function of the type that is a straight line on each of several intervals.

    Attributes
    ----------
    law
        How the type is drawn.
    lines
        The intervals with heights at zero and slopes, in order; they cover the support.
    """

    law: Law
    lines: tuple[Line, ...]

    def at(self, t: Any) -> Any:
        """Return the value at a type; at a break that of the line above."""
        line = next((line for line in self.lines if t < line[1]), self.lines[-1])
        return line[2] + line[3] * t

    def sides(self, t: Any) -> tuple[Any, Any]:
        """Return the least and the greatest value at a type, which differ at a break."""
        values = [a + b * t for low, high, a, b in self.lines if low <= t <= high]
        return min(values), max(values)

    def integral(self, low: Any, high: Any) -> Any:
        """Return the integral over what is drawn between two types."""
        total: Any = 0
        for first, last, a, b in self.lines:
            x, y = max(first, low), min(last, high)
            if x < y:
                total += a * (self.law.cdf(y) - self.law.cdf(x)) + (b * self.law.mean_between(x, y) if b else 0)
        return total

    @property
    def breaks(self) -> tuple[Any, ...]:
        """The ends of the intervals."""
        return (self.lines[0][0], *(line[1] for line in self.lines))


def zero_of(function: Any, points: tuple[Any, ...], law: Law) -> Any:
    """Return the greatest number below the last of some points at which a function crosses zero, from above or below.

    Between two neighbouring points it is continuous; of a uniform law a polynomial of degree two at most, so that the
    zero is exact. None where it has one sign.
    """
    values = [function(x) for x in points]
    for (a, b), (u, v) in reversed(list(zip(pairwise(points), pairwise(values), strict=True))):
        if u == 0:
            return a
        if (u < 0) != (v < 0) and v != 0:
            return _exact_zero(function, a, b) if _exact(law, a, b, u, v) else _halved(function, a, b)
    return None


def _exact(law: Law, *numbers: Any) -> bool:
    return isinstance(law, Uniform) and all(isinstance(x, (int, Fraction)) for x in numbers)


def _exact_zero(function: Any, a: Any, b: Any) -> Any:
    """Return the zero of a polynomial of degree two at most between two exact numbers."""
    import sympy as sp

    x = sp.Dummy()
    points = (a, Fraction(a + b) / 2, b)
    rows = [(sp.Rational(p), sp.Rational(function(p))) for p in points]
    roots = sp.roots(sp.interpolate(rows, x), x)
    inside = [root for root in roots if root.is_real and a <= exact_or_float(root) <= b]
    found = inside[0]
    return exact_or_float(found) if found.is_Rational else float(found)


def _halved(function: Any, a: Any, b: Any) -> float:
    """Return a zero of a continuous function that changes sign between two numbers, by halving."""
    low, high = float(a), float(b)
    sign = function(low) < 0
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (middle, high) if (function(middle) < 0) == sign else (low, middle)
    return high


@dataclass(frozen=True, eq=False)
class Means:
    """The means of types between any two ends, asked for again and again: by parts, from the distribution function.

    Attributes
    ----------
    law
        How the type is drawn; between two ends.
    """

    law: Law

    @cached_property
    def _kept(self) -> tuple[Any, Any]:
        """Points, dense at the ends, and the integral of the distribution function up to each."""
        import numpy as np

        low, high = map(float, self.law.ends)
        points = low + (high - low) * (1 - np.cos(np.linspace(0, np.pi, KNOTS))) / 2
        nodes, weights = gauss(NODES)
        widths = np.diff(points)
        rows = self.law.cdf(points[:-1, None] + widths[:, None] * nodes)
        return points, np.concatenate([[0.0], np.cumsum(widths * (rows @ weights))])

    def _up_to(self, x: float) -> tuple[float, float]:
        """Return the probability of at most a number, and the integral of the distribution function up to it."""
        import numpy as np

        points, integrals = self._kept
        k = min(max(int(np.searchsorted(points, x)) - 1, 0), len(points) - 2)
        nodes, weights = gauss(NODES)
        width = x - points[k]
        values = self.law.cdf(np.append(points[k] + width * nodes, x))
        return float(values[-1]), float(integrals[k] + width * (values[:-1] @ weights))

    def between(self, low: float, high: float) -> float:
        """Return the mean of the types between two ends; of types too few to tell the middle."""
        (first, below), (last, above) = self._up_to(low), self._up_to(high)
        if last - first < FEW:
            return (low + high) / 2
        return (high * last - low * first - (above - below)) / (last - first)


@lru_cache(maxsize=64)
def means_of(law: Law) -> Means:
    """Return the means of a law's types, kept for further questions."""
    return Means(law)
