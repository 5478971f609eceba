"""The unit box of a game's parameters: polynomials rewritten so that every declared range is [0, 1].

Units then do not matter: a payoff in cents and the same payoff in millions give the same polynomial, scaled so
that its largest coefficient is one. All rewriting is exact.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import numpy as np

WIDE = 10
"""A range without an end is looked at for so many times the present value."""
ROUNDING = 1e-13
"""How far a polynomial's value in floating point may be from the exact one, as a share of its coefficients' sum."""


class UnitBox:
    """The change of coordinates ``x = low + width * t``, and polynomials in ``t``.

    Attributes
    ----------
    lows, widths
        For each generator of the ring, the least value looked at and the width of the range.
    """

    def __init__(self, ring: Any, parameters: Sequence[Any], typical: Fraction) -> None:
        self.ring = ring
        ends = [_ends(parameter, typical) for parameter in parameters]
        self.lows = tuple(low for low, _ in ends)
        self.widths = tuple(high - low for low, high in ends)
        self._parts = [g * width + low for g, low, width in zip(ring.gens, self.lows, self.widths, strict=True)]
        self._unit = not any(self.lows) and all(width == 1 for width in self.widths)
        self._known: dict[Any, Any] = {}

    def of(self, polynomial: Any) -> Any:
        """Return a positive multiple of a polynomial in unit coordinates, its largest coefficient one."""
        if polynomial not in self._known:
            moved = self.moved(polynomial)
            largest = max(map(abs, moved.coeffs()), default=1)
            self._known[polynomial] = moved * (1 / largest) if largest != 1 else moved
        return self._known[polynomial]

    def moved(self, polynomial: Any) -> Any:
        """Return a polynomial in unit coordinates."""
        return polynomial if self._unit else polynomial.compose(self._parts)

    def to_unit(self, point: Sequence[Any]) -> np.ndarray:
        """Return a point's unit coordinates, rounded."""
        pairs = zip(point, self.lows, self.widths, strict=True)
        return np.array([float((Fraction(x) - low) / width) if width else 0.0 for x, low, width in pairs])

    def outward(self, points: np.ndarray) -> np.ndarray:
        """Return points given in unit coordinates, one row each, in the parameters' own units, rounded."""
        return np.array(points) * np.array(list(map(float, self.widths))) + np.array(list(map(float, self.lows)))

    def exact(self, point: Sequence[float], denominator: int) -> tuple[Fraction, ...]:
        """Return fractions near a point in unit coordinates, within [0, 1] where it is."""
        return tuple(Fraction(float(t)).limit_denominator(denominator) for t in point)


def values(polynomial: Any, points: np.ndarray) -> np.ndarray:
    """Return a polynomial's values at points, one row each, in floating point."""
    total = np.zeros(len(points))
    for monomial, c in polynomial.terms():
        term = np.full(len(points), float(c))
        for k, power in enumerate(monomial):
            if power:
                term = term * points[:, k] ** power
        total += term
    return total


def signs(polynomial: Any, points: np.ndarray) -> np.ndarray:
    """Return 1 and -1 where the sign at a point of the unit box is sure, and 0 where rounding may decide it."""
    slack = ROUNDING * (len(polynomial.terms()) + 1) * sum(abs(float(c)) for c in polynomial.coeffs())
    at = values(polynomial, points)
    return (at > slack).astype(np.int8) - (at < -slack).astype(np.int8)


def exact_value(polynomial: Any, point: Sequence[Fraction]) -> Fraction:
    """Return a polynomial's exact value at a point."""
    total = Fraction(0)
    for monomial, c in polynomial.terms():
        term = c
        for t, power in zip(point, monomial, strict=True):
            if power:
                term *= t**power
        total += term
    return total


def typical_size(numbers: Sequence[Any], values: Mapping[str, Any]) -> Fraction:
    """Return a size for parameters that have neither a range nor a value other than zero: the largest payoff's."""
    sizes = [abs(Fraction(x)) for x in (*numbers, *values.values()) if x]
    return max(sizes, default=Fraction(1))


def _ends(parameter: Any, typical: Fraction) -> tuple[Fraction, Fraction]:
    if parameter is None:
        return Fraction(0), Fraction(1)
    value = Fraction(parameter.value)
    reach = WIDE * (abs(value) or typical)
    low = value - reach if parameter.low is None else Fraction(parameter.low)
    high = value + reach if parameter.high is None else Fraction(parameter.high)
    return low, high
