"""Polynomials and rational functions of a game's parameters, exactly, on python-flint.

This is the one module that knows FLINT. A polynomial carries what is asked of it again and again (its terms, its
hash, its factors), and a rational function is kept in lowest terms with the leading coefficient of its denominator
one, so that equal functions look alike and a zero is recognized. SymPy is met at the edge: expressions come in by
:meth:`RationalFunctions.from_expr` and go out by ``as_expr``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from math import gcd, lcm
from typing import TYPE_CHECKING, Any

from deterrence.lazy import Deferred

if TYPE_CHECKING:
    import flint
else:
    flint = Deferred("flint")

Powers = tuple[int, ...]


def _rational(number: Any) -> flint.fmpq:
    if isinstance(number, flint.fmpq):
        return number
    if isinstance(number, int):
        return flint.fmpq(number)
    return flint.fmpq(int(number.numerator), int(number.denominator))


def _fraction(number: flint.fmpq) -> Fraction:
    return Fraction(int(number.p), int(number.q))


class PolynomialRing:
    """The polynomials with rational coefficients in some symbols; see :class:`ParameterPolynomial`."""

    def __init__(self, symbols: Sequence[Any]) -> None:
        self.symbols = tuple(symbols)
        # Names by number: FLINT keeps each context for ever, and games share those of their size.
        names = [f"x{k}" for k in range(len(self.symbols))]
        self.context = flint.fmpq_mpoly_ctx.get(names, flint.Ordering.lex)
        self.gens = tuple(ParameterPolynomial(g, self) for g in self.context.gens())
        self.zero, self.one = self.constant(0), self.constant(1)

    def constant(self, number: Any) -> ParameterPolynomial:
        """Return a number as a polynomial."""
        return ParameterPolynomial(self.context.constant(_rational(number)), self)

    def from_terms(self, terms: Mapping[Powers, Any]) -> ParameterPolynomial:
        """Return the polynomial with these coefficients by powers of the symbols."""
        made = self.context.from_dict({powers: _rational(c) for powers, c in terms.items() if c})
        return ParameterPolynomial(made, self)

    def __reduce__(self) -> Any:
        return PolynomialRing, (self.symbols,)


class ParameterPolynomial:
    """A polynomial in a game's parameters, with rational coefficients."""

    def __init__(self, inner: Any, ring: PolynomialRing) -> None:
        self.inner, self.ring = inner, ring

    def _made(self, inner: Any) -> ParameterPolynomial:
        return ParameterPolynomial(inner, self.ring)

    def _other(self, other: Any) -> Any:
        """Return what FLINT takes for the other side, or None where it is a ratio."""
        if isinstance(other, ParameterPolynomial):
            return other.inner
        return None if isinstance(other, ParameterRatio) else _rational(other)

    def __add__(self, other: Any) -> Any:
        side = self._other(other)
        return NotImplemented if side is None else self._made(self.inner + side)

    __radd__ = __add__

    def __sub__(self, other: Any) -> Any:
        side = self._other(other)
        return NotImplemented if side is None else self._made(self.inner - side)

    def __rsub__(self, other: Any) -> Any:
        return self._made(-self.inner + self._other(other))

    def __mul__(self, other: Any) -> Any:
        side = self._other(other)
        return NotImplemented if side is None else self._made(self.inner * side)

    __rmul__ = __mul__

    def __truediv__(self, number: Any) -> ParameterPolynomial:
        """Return the polynomial divided by a number."""
        return self._made(self.inner * (1 / _rational(number)))

    def __neg__(self) -> ParameterPolynomial:
        return self._made(-self.inner)

    def __pow__(self, power: int) -> ParameterPolynomial:
        return self._made(self.inner**power)

    def __bool__(self) -> bool:
        return not self.inner.is_zero()

    def __len__(self) -> int:
        return len(self.inner)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, ParameterPolynomial):
            return bool(self.inner == other.inner)
        return isinstance(other, (int, Fraction)) and bool(self.inner == _rational(other))

    @cached_property
    def _hash(self) -> int:
        return hash(str(self.inner))

    def __hash__(self) -> int:
        return self._hash

    def __reduce__(self) -> Any:
        return _restored, (self.ring, dict(self.terms()))

    @property
    def is_ground(self) -> bool:
        """Whether the polynomial is a number."""
        return bool(self.inner.is_constant())

    @property
    def LC(self) -> Fraction:  # noqa: N802  (as in SymPy)
        """The leading coefficient, in lexical order."""
        return _fraction(self.inner.leading_coefficient()) if self else Fraction(0)

    @cached_property
    def _terms(self) -> list[tuple[Powers, Fraction]]:
        return [(tuple(map(int, powers)), _fraction(c)) for powers, c in self.inner.terms()]

    def terms(self) -> list[tuple[Powers, Fraction]]:
        """Return the powers of the symbols in each term with its coefficient, in lexical order."""
        return self._terms

    def coeffs(self) -> list[Fraction]:
        """Return the coefficients of the terms."""
        return [c for _, c in self._terms]

    @cached_property
    def float_terms(self) -> list[tuple[Powers, float]]:
        """The powers in each term with its coefficient, rounded."""
        return [(tuple(map(int, powers)), int(c.p) / int(c.q)) for powers, c in self.inner.terms()]

    def monoms(self) -> list[Powers]:
        """Return the powers in each term."""
        return [powers for powers, _ in self._terms]

    @cached_property
    def degrees(self) -> Powers:
        """The highest power of each symbol."""
        return tuple(map(int, self.inner.degrees()))

    @cached_property
    def used(self) -> frozenset[int]:
        """The numbers of the symbols that occur."""
        return frozenset(k for k, degree in enumerate(self.degrees) if degree > 0)

    def degree(self, k: int) -> int:
        """Return the highest power of the symbol with a number."""
        return self.degrees[k]

    @cached_property
    def total_degree(self) -> int:
        """The highest sum of powers in a term; 0 of zero."""
        return int(self.inner.total_degree()) if self else 0

    def diff(self, k: int) -> ParameterPolynomial:
        """Return the derivative with respect to the symbol with a number."""
        return self._made(self.inner.derivative(k))

    def compose(self, parts: Sequence[ParameterPolynomial]) -> ParameterPolynomial:
        """Return the polynomial with one put in for each symbol."""
        return self._made(self.inner.compose(*(part.inner for part in parts)))

    @cached_property
    def _factors(self) -> tuple[Fraction, list[tuple[ParameterPolynomial, int]]]:
        constant, factors = self.inner.factor()
        number, whole = _fraction(constant), []
        for factor, power in factors:
            # FLINT says nothing of a factor's scale: each gets coprime whole coefficients, the leading one positive.
            coefficients = list(map(_fraction, factor.coeffs()))
            scale = Fraction(lcm(*(c.denominator for c in coefficients)))
            scale /= gcd(*(int(c * scale) for c in coefficients))
            scale = scale if coefficients[0] > 0 else -scale
            number /= scale ** int(power)
            whole.append((self._made(factor * _rational(scale)), int(power)))
        return number, sorted(whole, key=lambda pair: (pair[0].total_degree, len(pair[0]), pair[1], pair[0].monoms()))

    def factor_list(self) -> tuple[Fraction, list[tuple[ParameterPolynomial, int]]]:
        """Return a number and the irreducible factors with their powers."""
        return self._factors

    def as_expr(self) -> Any:
        """Return the polynomial as a SymPy expression."""
        import sympy as sp

        return sp.Add(
            *(
                sp.Mul(
                    sp.Rational(c.numerator, c.denominator),
                    *(symbol**power for symbol, power in zip(self.ring.symbols, powers, strict=True) if power),
                )
                for powers, c in self._terms
            )
        )

    def __str__(self) -> str:
        return str(self.inner)

    __repr__ = __str__


def _restored(ring: PolynomialRing, terms: Mapping[Powers, Any]) -> ParameterPolynomial:
    return ring.from_terms(terms)


class RationalFunctions:
    """The field of rational functions of some symbols; see :class:`ParameterRatio`."""

    def __init__(self, symbols: Sequence[Any]) -> None:
        self.ring = PolynomialRing(symbols)
        self.gens = tuple(ParameterRatio(g, self.ring.one, self) for g in self.ring.gens)
        self.zero, self.one = self.of(self.ring.zero), self.of(self.ring.one)
        self._generators = dict(zip(self.ring.symbols, self.gens, strict=True))

    def of(self, value: Any) -> ParameterRatio:
        """Return a number or polynomial as a rational function."""
        polynomial = value if isinstance(value, ParameterPolynomial) else self.ring.constant(value)
        return ParameterRatio(polynomial, self.ring.one, self)

    def from_expr(self, expression: Any) -> ParameterRatio:
        """Return a SymPy expression as a rational function; raise ValueError where it is none.

        A floating-point number means the decimal that it shows.
        """
        if expression in self._generators:
            return self._generators[expression]
        if expression.is_Rational:
            return self.of(Fraction(int(expression.p), int(expression.q)))
        if expression.is_Float:
            return self.of(Fraction(str(expression)))
        if expression.is_Add or expression.is_Mul:
            parts = map(self.from_expr, expression.args)
            total = next(parts)
            for part in parts:
                total = total + part if expression.is_Add else total * part
            return total
        if expression.is_Pow and expression.exp.is_Integer:
            return self.from_expr(expression.base) ** int(expression.exp)
        raise ValueError(f"{expression} is no rational function of {', '.join(map(str, self.ring.symbols))}.")

    def __reduce__(self) -> Any:
        return RationalFunctions, (self.ring.symbols,)


class ParameterRatio:
    """A rational function of a game's parameters in lowest terms: ``numer`` over ``denom``."""

    def __init__(self, numer: ParameterPolynomial, denom: ParameterPolynomial, field: RationalFunctions) -> None:
        self.numer, self.denom, self.field = numer, denom, field

    def _lowest(self, top: Any, bottom: Any) -> ParameterRatio:
        ring = self.field.ring
        if top.is_zero():
            return self.field.zero
        if not bottom.is_constant():
            common = top.gcd(bottom)
            if not common.is_one():
                top, bottom = top / common, bottom / common
        lead = bottom.leading_coefficient()
        if lead != 1:
            top, bottom = top * (1 / lead), bottom * (1 / lead)
        return ParameterRatio(ParameterPolynomial(top, ring), ParameterPolynomial(bottom, ring), self.field)

    def _sides(self, other: Any) -> tuple[Any, Any]:
        if isinstance(other, ParameterRatio):
            return other.numer.inner, other.denom.inner
        one = self.field.ring.one.inner
        return (other.inner if isinstance(other, ParameterPolynomial) else one * _rational(other)), one

    def __add__(self, other: Any) -> ParameterRatio:
        (a, b), (c, d) = self._sides(self), self._sides(other)
        return self._lowest(a + c, b) if b == d else self._lowest(a * d + c * b, b * d)

    __radd__ = __add__

    def __sub__(self, other: Any) -> ParameterRatio:
        (a, b), (c, d) = self._sides(self), self._sides(other)
        return self._lowest(a - c, b) if b == d else self._lowest(a * d - c * b, b * d)

    def __rsub__(self, other: Any) -> ParameterRatio:
        return -self + other

    def __neg__(self) -> ParameterRatio:
        return ParameterRatio(-self.numer, self.denom, self.field)

    def __mul__(self, other: Any) -> ParameterRatio:
        (a, b), (c, d) = self._sides(self), self._sides(other)
        return self._lowest(a * c, b * d)

    __rmul__ = __mul__

    def __truediv__(self, other: Any) -> ParameterRatio:
        (a, b), (c, d) = self._sides(self), self._sides(other)
        if c.is_zero():
            raise ZeroDivisionError("A rational function was divided by zero.")
        return self._lowest(a * d, b * c)

    def __rtruediv__(self, other: Any) -> ParameterRatio:
        return self.field.of(other) / self

    def __pow__(self, power: int) -> ParameterRatio:
        base = self if power >= 0 else 1 / self
        return ParameterRatio(base.numer ** abs(power), base.denom ** abs(power), self.field)

    def __bool__(self) -> bool:
        return bool(self.numer)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, ParameterRatio):
            return self.numer == other.numer and self.denom == other.denom
        return self.denom == 1 and self.numer == other

    @cached_property
    def _hash(self) -> int:
        return hash((self.numer, self.denom))

    def __hash__(self) -> int:
        return self._hash

    def diff(self, k: int) -> ParameterRatio:
        """Return the derivative with respect to the symbol with a number."""
        (a, b) = self._sides(self)
        return self._lowest(a.derivative(k) * b - a * b.derivative(k), b * b)

    def as_expr(self) -> Any:
        """Return the function as a SymPy expression."""
        return self.numer.as_expr() / self.denom.as_expr()

    def __str__(self) -> str:
        return str(self.numer) if self.denom == 1 else f"({self.numer})/({self.denom})"

    __repr__ = __str__
