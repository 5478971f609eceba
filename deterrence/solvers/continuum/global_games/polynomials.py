"""Polynomials in one number, as tuples of coefficients from the lowest power on; exact where these are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from math import inf
from typing import Any

Number = Any
Poly = tuple[Any, ...]


def plus(first: Sequence[Number], second: Sequence[Number], times: Number = 1) -> Poly:
    """Return the sum of the first and a multiple of the second."""
    size = max(len(first), len(second))
    long = [[*row, *[0] * (size - len(row))] for row in (first, second)]
    return trimmed(tuple(a + times * b for a, b in zip(*long, strict=True)))


def product(first: Sequence[Number], second: Sequence[Number]) -> Poly:
    """Return the product."""
    total = [0] * (len(first) + len(second) - 1)
    for i, a in enumerate(first):
        for j, b in enumerate(second):
            total[i + j] += a * b
    return trimmed(tuple(total))


def trimmed(poly: Poly) -> Poly:
    """Return the same without zeros at the highest powers."""
    size = len(poly)
    while size > 1 and poly[size - 1] == 0:
        size -= 1
    return poly[:size]


def value(poly: Sequence[Number], x: Any) -> Any:
    """Return the value at a number or an array; at an infinite end the limit."""
    if isinstance(x, float) and x in (inf, -inf):
        if len(poly) == 1:
            return poly[0]
        up = poly[-1] > 0
        return inf if up == (x > 0 or len(poly) % 2 == 1) else -inf
    total: Any = 0
    for coefficient in reversed(poly):
        total = total * x + coefficient
    return total


def derivative(poly: Sequence[Number]) -> Poly:
    """Return the derivative."""
    return trimmed(tuple(k * c for k, c in enumerate(poly) if k)) if len(poly) > 1 else (0,)


def integral(poly: Sequence[Number], low: Number, high: Number) -> Number:
    """Return the integral between two ends; a fraction of fractions."""
    antiderivative = (0, *(c / (k + 1) if isinstance(c, float) else c * _part(k + 1) for k, c in enumerate(poly)))
    return value(antiderivative, high) - value(antiderivative, low)


def _part(k: int) -> Number:
    from fractions import Fraction

    return Fraction(1, k)


def floats_of(poly: Sequence[Number]) -> tuple[float, ...]:
    """Return the coefficients as floats."""
    return tuple(map(float, poly))


def zeros(poly: Sequence[Number], low: float, high: float) -> list[float]:
    """Return where a polynomial is zero strictly between two ends, in rising order."""
    import sympy as sp

    poly = trimmed(tuple(poly))
    if len(poly) == 1:
        return []
    if len(poly) == 2:
        found = [-poly[0] / poly[1]]
    else:
        written = sp.Poly([sp.nsimplify(c, rational=True) for c in reversed(poly)], sp.Symbol("x"))
        found = sorted({float(root) for root in written.real_roots()})
    return [x for x in found if low < x < high]


def sign_on(poly: Sequence[Number], low: float, high: float) -> int | None:
    """Return the sign of a polynomial between two ends: 1, -1, 0 where it is zero; None where it changes."""
    inner = zeros(poly, low, high)
    cuts = [low, *inner, high]
    signs = {_sign(value(poly, _between(a, b))) for a, b in pairwise(cuts)}
    return signs.pop() if len(signs) == 1 else None


def _sign(x: Number) -> int:
    return (x > 0) - (x < 0)


def _between(low: Number, high: Number) -> Number:
    if low == -inf:
        return 0 if high == inf else high - 1
    return low + 1 if high == inf else (low + high) / 2


def interpolated(at: Callable[[Any], Any], points: Sequence[Number]) -> Poly:
    """Return the polynomial of least degree through a function's values at points, by Newton's differences."""
    table = [at(x) for x in points]
    total: Poly = (0,)
    basis: Poly = (1,)
    for k, x in enumerate(points):
        total = plus(total, basis, table[0])
        basis = product(basis, (-x, 1))
        table = [(b - a) / (points[i + k + 1] - points[i]) for i, (a, b) in enumerate(pairwise(table))]
    return total
