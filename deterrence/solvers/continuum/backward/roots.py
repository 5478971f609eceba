"""Real roots of polynomials in one unknown, and what rational functions are worth there, exactly.

A root is a fraction, or the one root of an irreducible polynomial in an interval. Signs at a root are decided: of a
polynomial by dividing, of a difference between values at two roots by bounds to many digits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from deterrence.lazy import Deferred

if TYPE_CHECKING:
    import flint
else:
    flint = Deferred("flint")

BITS, MOST_BITS = 128, 2048
"""Values at roots are compared with so many bits at first, and taken as equal if they agree to so many."""

Number = Any
"""A fraction, or a :class:`Root`."""


@dataclass(frozen=True)
class Root:
    """A real number that is no fraction: one of the real roots of an irreducible polynomial with whole coefficients.

    Attributes
    ----------
    coefficients
        Those of the polynomial, the constant first.
    place
        The number of the root among the polynomial's real roots, ascending.
    """

    coefficients: tuple[int, ...]
    place: int

    def ball(self, bits: int = BITS) -> Any:
        """Return bounds on the number: a ball of FLINT."""
        return _real_balls(self.coefficients, bits)[self.place]

    def near(self, bits: int = BITS) -> Fraction:
        """Return a fraction that differs by less than a part in 2 to the power of so many bits."""
        middle, exponent = self.ball(bits + 16).mid().man_exp()
        return Fraction(int(middle)) * Fraction(2) ** int(exponent)

    def as_expr(self) -> Any:
        """Return the number as SymPy's: with a square root where the polynomial is quadratic."""
        import sympy as sp

        if len(self.coefficients) == 3:
            c, b, a = self.coefficients
            signs = (-1, 1) if a > 0 else (1, -1)
            return (-b + signs[self.place] * sp.sqrt(b * b - 4 * a * c)) / (2 * sp.Integer(a))
        z = sp.Symbol("z")
        return sp.CRootOf(sp.Poly(list(reversed(self.coefficients)), z), self.place)

    def __float__(self) -> float:
        return float(self.near())


@lru_cache(maxsize=4096)
def _real_balls(coefficients: tuple[int, ...], bits: int) -> tuple[Any, ...]:
    before = flint.ctx.prec
    flint.ctx.prec = bits
    try:
        found: Any = flint.fmpz_poly(list(coefficients)).complex_roots()
        roots = [root.real for root, _ in found if root.imag == 0]
    finally:
        flint.ctx.prec = before
    return tuple(sorted(roots, key=lambda ball: ball.mid()))


def real_roots(coefficients: Sequence[Fraction]) -> list[Number]:
    """Return the real roots of a polynomial, the constant first, ascending, each once."""
    found: list[Number] = []
    for factor, _ in flint.fmpq_poly(list(map(_fmpq, coefficients))).numer().factor()[1]:
        row = tuple(int(factor[k]) for k in range(factor.degree() + 1))
        if len(row) == 2:
            found.append(Fraction(-row[0], row[1]))
        elif len(row) > 2:
            found += [Root(row, k) for k in range(len(_real_balls(row, BITS)))]
    return sorted(found, key=near)


def near(number: Number) -> Fraction:
    """Return a number as a fraction: itself, or one that is very near to it."""
    return number.near() if isinstance(number, Root) else Fraction(number)


def as_exact(number: Number) -> Any:
    """Return a number as it is told: a fraction, or SymPy's number."""
    return number.as_expr() if isinstance(number, Root) else Fraction(number)


def _fmpq(number: Any) -> Any:
    return flint.fmpq(int(number.numerator), int(number.denominator))


@dataclass(frozen=True)
class Worth:
    """What a rational function is worth at a number: a fraction, or a polynomial in a root, below its degree."""

    root: Root | None
    row: tuple[Fraction, ...]

    @classmethod
    def of(cls, top: Sequence[Fraction], bottom: Sequence[Fraction], at: Number) -> Worth:
        """Return the worth of a ratio of two polynomials, the constants first."""
        if not isinstance(at, Root):
            return cls(None, (_horner(top, Fraction(at)) / _horner(bottom, Fraction(at)),))
        modulus = flint.fmpq_poly(list(at.coefficients))
        above, below = (flint.fmpq_poly(list(map(_fmpq, row))) % modulus for row in (top, bottom))
        _, inverse, _ = below.xgcd(modulus)
        value = (above * inverse) % modulus
        row = tuple(Fraction(int(value[k].p), int(value[k].q)) for k in range(value.degree() + 1)) or (Fraction(0),)
        return cls(at if len(row) > 1 else None, row)

    def ball(self, bits: int) -> Any:
        """Return bounds on the worth."""
        before = flint.ctx.prec
        flint.ctx.prec = bits
        try:
            x = flint.arb(0) if self.root is None else self.root.ball(bits)
            total = flint.arb(0)
            for c in reversed(self.row):
                total = total * x + flint.arb(_fmpq(c))
            return total
        finally:
            flint.ctx.prec = before

    def near(self) -> Fraction:
        """Return a fraction that is very near to it."""
        if self.root is None:
            return self.row[0]
        middle, exponent = self.ball(BITS + 32).mid().man_exp()
        return Fraction(int(middle)) * Fraction(2) ** int(exponent)

    def sign_of_difference(self, other: Worth) -> int:
        """Return the sign of this less the other: 0 where they are equal, or agree to hundreds of digits."""
        if self.root == other.root:
            size = max(len(self.row), len(other.row))
            rows = [(*each.row, *(Fraction(0),) * (size - len(each.row))) for each in (self, other)]
            if rows[0] == rows[1]:
                return 0
        bits = BITS
        while bits <= MOST_BITS:
            difference = self.ball(bits) - other.ball(bits)
            if difference > 0 or difference < 0:
                return 1 if difference > 0 else -1
            bits *= 2
        return 0


def _horner(row: Sequence[Fraction], x: Fraction) -> Fraction:
    total = Fraction(0)
    for c in reversed(row):
        total = total * x + c
    return total
