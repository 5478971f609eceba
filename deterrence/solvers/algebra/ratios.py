"""Ratios of small polynomials: in lowest terms, their values, and polynomials as elements of a ring."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from deterrence.solvers.algebra import polynomials as poly
from deterrence.solvers.algebra.polynomials import Polynomial

Ratio = tuple[Polynomial, Polynomial]
"""One polynomial over another."""


def cancelled(ratio: Ratio) -> Ratio:
    """Return a ratio in lowest terms."""
    if poly.is_constant(ratio[1]):
        return ratio
    unknowns = sorted(poly.variables(ratio[0]) | poly.variables(ratio[1]))
    made = ring_of(unknowns)
    top, bottom = (element_of(made, side, unknowns) for side in ratio)
    top, bottom = top.cancel(bottom)
    return _polynomial(top, unknowns), _polynomial(bottom, unknowns)


def ring_of(unknowns: Sequence[int]) -> Any:
    """Return the ring of polynomials with fractions in some unknowns."""
    from sympy.polys.domains import QQ
    from sympy.polys.rings import ring

    return ring([f"u{v}" for v in unknowns], QQ)[0]


def element_of(made: Any, p: Polynomial, unknowns: Sequence[int]) -> Any:
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


def value(ratio: Ratio, at: Mapping[int, Any]) -> Any:
    """Return the exact value of a ratio whose denominator is not zero at a point."""
    return Fraction(poly.value(ratio[0], at)) / poly.value(ratio[1], at)


def float_value(ratio: Ratio, at: Mapping[int, Any]) -> float:
    """Return the value of a ratio, rounded; infinity where its denominator is zero."""
    below = poly.value(ratio[1], at)
    return float(Fraction(poly.value(ratio[0], at)) / below) if below else float("inf")
