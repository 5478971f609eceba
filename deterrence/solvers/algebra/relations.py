"""Polynomials and their comparisons with zero as SymPy expressions that read well."""

from __future__ import annotations

from typing import Any

from deterrence.solvers.algebra.signs import Domain


def plain_relation(polynomial: Any, domain: Domain, *, strict: bool) -> Any:
    """Return ``polynomial >= 0`` (or ``> 0``) by its factors."""
    import sympy as sp

    constant, factors = polynomial.factor_list()
    product = sp.Mul(*(domain.parametric.expression(factor) ** power for factor, power in factors))
    sides = (product, sp.Integer(0)) if constant > 0 else (sp.Integer(0), product)
    return _compared(*sides, strict=strict)


def oriented(polynomial: Any, domain: Domain) -> tuple[int, Any]:
    """Return a polynomial as a sign and an expression whose factors are positive where their sign is known."""
    import sympy as sp

    constant, factors = polynomial.factor_list()
    number = sp.Rational(int(constant.numerator), int(constant.denominator))
    total, parts = (1 if number > 0 else -1), [abs(number)]
    for factor, power in factors:
        sign = domain.sign(factor) or (-1 if factor.as_expr().could_extract_minus_sign() else 1)
        total *= sign**power
        parts.append(domain.parametric.expression(factor * sign) ** power)
    return total, sp.Mul(*parts)


def oriented_ratio(c: Any, domain: Domain) -> Any:
    """Return a rational function as an expression with factors oriented as in :func:`oriented`."""
    import sympy as sp

    if not c:
        return sp.Integer(0)
    (sign, top), (other, bottom) = oriented(c.numer, domain), oriented(c.denom, domain)
    return top / bottom if sign == other else -top / bottom


def relation(polynomial: Any, domain: Domain, *, strict: bool) -> Any:
    """Return ``polynomial >= 0`` (or ``> 0``) with terms on the sides where they are positive.

    Of the ways to gather the terms around one parameter the shortest is taken.
    """
    import sympy as sp

    ring, terms = polynomial.ring, polynomial.terms()
    sides = ({m: c for m, c in terms if c > 0}, {m: -c for m, c in terms if c < 0})
    candidates = [tuple(_factored(ring.from_terms(side), domain) for side in sides)]
    for k in sorted(polynomial.used):
        if polynomial.degree(k) != 1:
            continue
        generator = ring.gens[k]
        slope = polynomial.diff(k)
        rest = polynomial - slope * generator
        sign, steep = oriented(slope, domain)
        other, flat = oriented(rest, domain) if rest else (1, sp.Integer(0))
        parts = [(sign, steep * domain.parametric.expression(generator)), (other, flat)]
        candidates.append(tuple(sp.Add(*(part for turn, part in parts if turn == side)) for side in (1, -1)))
    return _compared(
        *min(candidates, key=lambda pair: (pair[0].count_ops() + pair[1].count_ops(), str(pair))), strict=strict
    )


def _factored(polynomial: Any, domain: Domain) -> Any:
    """Return a polynomial as a product of factors, with its number in front."""
    import sympy as sp
    from sympy.core.mul import _keep_coeff

    constant, factors = polynomial.factor_list() if polynomial else (0, [])
    number = sp.Rational(constant.numerator, constant.denominator)
    return _keep_coeff(number, sp.Mul(*(domain.parametric.expression(factor) ** power for factor, power in factors)))


def _compared(left: Any, right: Any, *, strict: bool) -> Any:
    """Return one side at least as great as another (or greater), in a form that is decided at numbers."""
    import sympy as sp

    open_yet = left.free_symbols or right.free_symbols
    if open_yet and _is_rational(left) and _is_rational(right):
        return (sp.StrictGreaterThan if strict else sp.GreaterThan)(left, right, evaluate=False)
    from deterrence.solvers.algebra import decided

    return (decided.StrictGreaterThan if strict else decided.GreaterThan)(left, right)


def _is_rational(side: Any) -> bool:
    """Tell whether an expression is a ratio of polynomials with rational coefficients."""
    import sympy as sp

    if not side.free_symbols:
        return bool(side.is_Rational)
    irrational = any(power.is_number for power in side.atoms(sp.Pow)) or side.has(sp.NumberSymbol)
    return bool(side.is_rational_function(*side.free_symbols)) and not irrational
