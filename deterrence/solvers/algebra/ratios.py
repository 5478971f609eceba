"""Ratios of small polynomials: in lowest terms, their values, and polynomials as elements of a ring."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import lcm
from typing import Any

from deterrence.solvers.algebra import polynomials as poly
from deterrence.solvers.algebra.functions import PolynomialRing, RationalFunctions
from deterrence.solvers.algebra.polynomials import Polynomial

Ratio = tuple[Polynomial, Polynomial]
"""One polynomial over another."""


def cancelled(ratio: Ratio) -> Ratio:
    """Return a ratio in lowest terms."""
    if poly.is_constant(ratio[1]):
        return ratio
    unknowns = sorted(poly.variables(ratio[0]) | poly.variables(ratio[1]))
    field = RationalFunctions(unknowns)
    top, bottom = (field.of(element_of(field.ring, side, unknowns)) for side in ratio)
    lowest = top / bottom
    whole = lcm(*(c.denominator for c in (*lowest.numer.coeffs(), *lowest.denom.coeffs())))
    return _polynomial(lowest.numer * whole, unknowns), _polynomial(lowest.denom * whole, unknowns)


def ring_of(unknowns: Sequence[int]) -> Any:
    """Return the ring of polynomials with fractions in some unknowns."""
    return PolynomialRing(unknowns)


def element_of(made: Any, p: Polynomial, unknowns: Sequence[int]) -> Any:
    """Return a polynomial as an element of a ring in the unknowns."""
    return made.from_terms({tuple(m.count(v) for v in unknowns): c for m, c in p.items()})


def _polynomial(element: Any, unknowns: Sequence[int]) -> Polynomial:
    return {
        tuple(v for v, power in zip(unknowns, powers, strict=True) for _ in range(power)): c
        for powers, c in element.terms()
    }


def value(ratio: Ratio, at: Mapping[int, Any]) -> Any:
    """Return the exact value of a ratio whose denominator is not zero at a point."""
    return Fraction(poly.value(ratio[0], at)) / poly.value(ratio[1], at)


def float_value(ratio: Ratio, at: Mapping[int, Any]) -> float:
    """Return the value of a ratio, rounded; infinity where its denominator is zero."""
    below = poly.value(ratio[1], at)
    return float(Fraction(poly.value(ratio[0], at)) / below) if below else float("inf")
