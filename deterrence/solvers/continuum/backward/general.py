"""The best number to choose where types that reply have a law that is not uniform.

What a choice is worth is smooth between the places where a cutoff passes an end of the support. There all roots of
its derivative are sought by halving: a distribution function is monotone, so that its range on an interval is known,
and the density's range is known where the law has one mode. An interval on which the derivative has one sign holds no
root; the others are halved until they are tiny, and each bunch of them counts as one candidate.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np

from deterrence.games.continuum.families import Beta, Exponential, ExtremeValue, Logistic, Normal, Triangular
from deterrence.games.continuum.law import Law
from deterrence.games.continuum.uniform import Uniform
from deterrence.solvers.continuum.backward.choosing import Best, cells_of
from deterrence.solvers.continuum.backward.reading import Ratio
from deterrence.solvers.continuum.backward.roots import near
from deterrence.solvers.continuum.backward.values import Mixed, Partial

STEPS = 34
MOST_OPEN = 4096
CLOSE = 1e-12
NARROW = 1e-7
Interval = tuple[Any, Any]


@dataclass(frozen=True)
class FloatWorth:
    """What a choice is worth, as a float."""

    value: float


def best_by_bisection(
    rows: Sequence[tuple[Sequence[Ratio], Mixed]], letter: int, low: Fraction, high: Fraction
) -> tuple[list[Best], tuple[str, ...]]:
    """Return the numbers that are best to choose, and what stayed open."""
    candidates: list[Best] = []
    gaps: list[str] = []
    for cell in cells_of([row for row, _ in rows], letter, low, high):
        function = Smooth(rows[cell.case][1], letter)
        a, b = float(near(cell.low)), float(near(cell.high))
        inner, closed = roots_of_slope(function, a, b)
        if not closed:
            gaps.append(
                "the density of a law is not known to have one peak, or the search stopped: maxima may be missing"
            )
        candidates += [Best(x, cell, function.value(x)) for x in (a, *inner, b)]
    top = max(each.worth for each in candidates)
    best: list[Best] = []
    for each in candidates:
        if each.worth >= top - CLOSE * (1 + abs(top)) and all(abs(each.x - other.x) > 1e-7 for other in best):
            best.append(each)
    return best, tuple(dict.fromkeys(gaps))


class Smooth:
    """A sum of rational functions times partial integrals, with its slope and bounds on the slope."""

    def __init__(self, mixed: Mixed, letter: int) -> None:
        self.rows = [(key, _sides(value, letter), _sides(value.diff(letter), letter)) for key, value in mixed.items()]
        partials = dict.fromkeys(p for key in mixed for p in key)
        self.cutoffs = {p: (_sides(p.cutoff, letter), _sides(p.cutoff.diff(letter), letter)) for p in partials}
        self.known = all(modes(p.law) is not None for p in partials)

    def value(self, x: float) -> float:
        """Return what the choice x is worth."""
        total = 0.0
        for key, value, _ in self.rows:
            part = float(_at(value, x))
            for p in key:
                part *= float(p.value(float(_at(self.cutoffs[p][0], x))))
            total += part
        return total

    def values(self, a: Any, b: Any) -> Interval:
        """Return bounds on the sum on intervals from a to b."""
        total: Interval = (np.zeros_like(a), np.zeros_like(a))
        for key, value, _ in self.rows:
            product = _over(value, a, b)
            for p in key:
                product = _times(product, self._ranges(p, a, b)[0])
            total = _plus(total, product)
        return total

    def slope(self, x: float) -> float:
        """Return the derivative at x."""
        low, high = self.slopes(np.array([x]), np.array([x]))
        return float(low[0] + high[0]) / 2

    def slopes(self, a: Any, b: Any) -> Interval:
        """Return bounds on the derivative on intervals from a to b."""
        ranges = {p: self._ranges(p, a, b) for p in self.cutoffs}
        total: Interval = (np.zeros_like(a), np.zeros_like(a))
        for key, value, slope in self.rows:
            product = _over(slope, a, b)
            for p in key:
                product = _times(product, ranges[p][0])
            total = _plus(total, product)
            for k, p in enumerate(key):
                product = _times(_over(value, a, b), ranges[p][1])
                for other in (*key[:k], *key[k + 1 :]):
                    product = _times(product, ranges[other][0])
                total = _plus(total, product)
        return total

    def _ranges(self, p: Partial, a: Any, b: Any) -> tuple[Interval, Interval]:
        """Return bounds on a partial integral and on its derivative."""
        cutoff, steps = self.cutoffs[p]
        c = _over(cutoff, a, b)
        least, most = map(float, p.law.ends)
        c = np.clip(c[0], least, most), np.clip(c[1], least, most)
        density = _density(p.law, *c)
        weighted = _times(density, _power(c, p.power))
        if p.power == 0:
            whole = p.law.cdf(c[0]), p.law.cdf(c[1])
        else:
            at = np.vectorize(lambda z: float(p.value(float(z))))
            ends = at(c[0]), at(c[1])
            spread = _times(weighted, (np.zeros_like(a), c[1] - c[0]))
            whole = np.minimum(ends[0], ends[0] + spread[0]), np.maximum(ends[0], ends[0] + spread[1])
        return whole, _times(weighted, _over(steps, a, b))


def roots_by_bisection(mixed: Mixed, letter: int, low: Any, high: Any) -> list[float]:
    """Return the roots of a sum of rational functions times partial integrals between two ends."""
    function = Smooth(mixed, letter)
    return _roots(function.values, function.value, float(near(low)), float(near(high)))[0]


def roots_of_slope(function: Smooth, low: float, high: float) -> tuple[list[float], bool]:
    """Return the roots of the derivative inside an interval, and whether all were found."""
    found, closed = _roots(function.slopes, function.slope, low, high)
    return found, closed and function.known


def _roots(
    bounds: Callable[[Any, Any], Interval], value: Callable[[float], float], low: float, high: float
) -> tuple[list[float], bool]:
    if not high - low > 1e-12:
        return [], True
    a, b = np.linspace(low, high, 65)[:-1], np.linspace(low, high, 65)[1:]
    for _ in range(STEPS):
        least, most = bounds(a, b)
        still = ~((least > 0) | (most < 0))
        a, b = a[still], b[still]
        if not len(a):
            return [], True
        if len(a) > MOST_OPEN or (b - a).max() < NARROW * (1 + abs(high)):
            break
        middle = (a + b) / 2
        a, b = np.concatenate([a, middle]), np.concatenate([middle, b])
    order = np.argsort(a)
    return _bunches(value, a[order], b[order]), len(a) <= MOST_OPEN


def _bunches(slope: Callable[[float], float], a: Any, b: Any) -> list[float]:
    """Return a root for each bunch of neighbouring intervals: where the sign changes, else its middle."""
    from scipy.optimize import brentq

    found = []
    starts = [0, *(np.nonzero(a[1:] > b[:-1] + 1e-13)[0] + 1), len(a)]
    for first, last in pairwise(starts):
        low, high = float(a[first]), float(b[last - 1])
        if slope(low) * slope(high) < 0:
            found.append(float(brentq(slope, low, high, xtol=1e-15)))
        else:
            found.append((low + high) / 2)
    return found


def modes(law: Law) -> float | None:
    """Return where a law's density is greatest, if it has one peak and falls on both sides; else None."""
    if isinstance(law, (Normal, Logistic)):
        return float(law.mean)
    if isinstance(law, ExtremeValue):
        return float(law.location)
    if isinstance(law, Triangular):
        return float(law.mode)
    if isinstance(law, (Exponential, Uniform)):
        return float(law.low)
    if isinstance(law, Beta) and law.first >= 1 and law.second >= 1:
        rest = law.first + law.second - 2
        share = (law.first - 1) / rest if rest else Fraction(1, 2)
        return float(law.low + (law.high - law.low) * share)
    return None


def _density(law: Law, low: Any, high: Any) -> Interval:
    """Return bounds on the density on intervals: of a law with one peak from the ends and the peak."""
    ends = np.asarray(law.pdf(low), dtype=float), np.asarray(law.pdf(high), dtype=float)
    least, most = np.minimum(*ends), np.maximum(*ends)
    mode = modes(law)
    if mode is None:
        grid = [law.pdf(low + (high - low) * k / 8) for k in range(9)]
        return np.minimum.reduce(grid), np.maximum.reduce(grid)
    peak = float(law.pdf(mode))
    return least, np.where((low <= mode) & (mode <= high), np.maximum(most, peak), most)


def _sides(ratio: Ratio, letter: int) -> tuple[Any, Any]:
    from deterrence.solvers.continuum.backward.reading import row_of

    return tuple(np.array([float(c) for c in row_of(side, letter)]) for side in (ratio.numer, ratio.denom))  # type: ignore[return-value]


def _at(sides: tuple[Any, Any], x: float) -> Any:
    return np.polynomial.polynomial.polyval(x, sides[0]) / np.polynomial.polynomial.polyval(x, sides[1])


def _over(sides: tuple[Any, Any], a: Any, b: Any) -> Interval:
    """Return bounds on a rational function on intervals, by Taylor's form at their middles."""
    if len(sides[1]) == 1:
        ends = tuple(end / sides[1][0] for end in _polynomial_over(sides[0], a, b))
        return (ends[0], ends[1]) if sides[1][0] > 0 else (ends[1], ends[0])
    top, bottom = (_polynomial_over(row, a, b) for row in sides)
    with np.errstate(divide="ignore", invalid="ignore"):
        inverse = 1 / bottom[1], 1 / bottom[0]
    crosses = (bottom[0] <= 0) & (bottom[1] >= 0)
    inverse = np.where(crosses, -np.inf, inverse[0]), np.where(crosses, np.inf, inverse[1])
    return _times(top, inverse)


def _polynomial_over(row: Any, a: Any, b: Any) -> Interval:
    if len(row) == 1:
        return np.full_like(a, row[0]), np.full_like(a, row[0])
    if len(row) == 2:
        ends = row[0] + row[1] * a, row[0] + row[1] * b
        return ends if row[1] >= 0 else (ends[1], ends[0])
    middle, half = (a + b) / 2, (b - a) / 2
    value = np.polynomial.polynomial.polyval(middle, row)
    spread, derivative, factor = np.zeros_like(a), row, 1.0
    for k in range(1, len(row)):
        derivative = np.polynomial.polynomial.polyder(derivative)
        factor *= k
        spread = spread + np.abs(np.polynomial.polynomial.polyval(middle, derivative)) * half**k / factor
    return value - spread, value + spread


def _power(c: Interval, power: int) -> Interval:
    result: Interval = (np.ones_like(c[0]), np.ones_like(c[0]))
    for _ in range(power):
        result = _times(result, c)
    return result


def _plus(p: Interval, q: Interval) -> Interval:
    return p[0] + q[0], p[1] + q[1]


def _times(p: Interval, q: Interval) -> Interval:
    with np.errstate(invalid="ignore"):
        products = np.array([x * y for x in p for y in q])
    missing = np.isnan(products)  # nothing times infinity
    if missing.any():
        products[missing] = 0.0
    return products.min(axis=0), products.max(axis=0)
