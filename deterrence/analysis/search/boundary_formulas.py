"""Where equilibria of a class may begin or end: the polynomials that vanish there, their zeros, and formulas."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from deterrence.games.expression import exact_number, to_sympy
from deterrence.games.game import Game
from deterrence.solvers.algebra.relations import oriented_ratio
from deterrence.solvers.algebra.signs import Domain
from deterrence.solvers.supports.closed_form import Parametric

ROUNDED = 1e-9
"""At a rounded value a polynomial is taken to vanish that is this small beside its terms."""


def boundary_formula(game: Game, parameter: str, cut: Any, patterns: Sequence[Any]) -> Any:
    """Return a boundary as a formula in the other parameters, from the conditions that vanish there."""
    whole = Parametric.of(game)
    domain = Domain(game, whole)
    at = {**game.values, parameter: cut}
    for pattern in patterns:
        for polynomial in boundary_polynomials(whole, pattern):
            formula = _solved_for(polynomial, whole, domain, parameter, at)
            if formula is not None:
                return formula
    return None


def _solved_for(polynomial: Any, whole: Parametric, domain: Domain, parameter: str, at: dict[str, Any]) -> Any:
    """Return what a polynomial's vanishing factor says of the parameter, if it is linear in it."""
    import sympy as sp

    symbol = next((s for s in whole.symbols if s.name == parameter), None)
    values = {
        s: to_sympy(at[s.name]) if not isinstance(at[s.name], float) else sp.Float(at[s.name]) for s in whole.symbols
    }
    for factor, _ in polynomial.factor_list()[1]:
        expression = whole.expression(factor)
        if symbol not in expression.free_symbols or not _vanishes(expression, values):
            continue
        k = whole.symbols.index(symbol)
        if factor.degree(k) == 1:
            slope = factor.diff(k)
            rest = factor - slope * factor.ring.gens[k]
            return oriented_ratio(-whole.field.of(rest) / slope, domain)
    return None


def _vanishes(expression: Any, values: dict[Any, Any]) -> bool:
    """Tell whether an expression is zero at values; where these are rounded, up to a share of its terms' sizes."""
    import sympy as sp

    number = expression.subs(values)
    if not number.has(sp.Float) and not any(isinstance(value, sp.Float) for value in values.values()):
        return bool(number == 0)
    sizes = [abs(term.subs(values)) for term in sp.Add.make_args(sp.expand(expression))]
    return bool(abs(number) <= ROUNDED * sum(sizes))


def boundary_polynomials(parametric: Parametric, pattern: Any) -> list[Any]:
    """Return the polynomials in the parameters at whose zeros a pattern's equilibria may begin or end."""
    forms, _ = parametric.closed_forms(pattern)
    found: dict[Any, None] = {}
    for form in forms:
        elements = [c for c, _ in form.conditions]
        for group in form.groups:
            elements += [c for corner in group.corners for c, _ in corner.conditions]
        for c in elements:
            for part in (getattr(c, "numer", None), getattr(c, "denom", None)):
                if part is not None and not part.is_ground:
                    found[part] = None
        for part in form.special:
            found[part] = None
    return list(found)


@lru_cache(maxsize=1024)
def real_zeros(polynomial: Any, low: Any, high: Any) -> frozenset[Any]:
    """Return the real zeros of a polynomial in one parameter between two values; patterns share many polynomials."""
    import sympy as sp

    expression = polynomial.as_expr()
    symbols = list(expression.free_symbols)
    if len(symbols) != 1:
        return frozenset()
    zeros = set()
    for root in sp.Poly(expression, symbols[0]).real_roots(multiple=False):
        number = root[0]
        value = exact_number(number) if number.is_Rational else float(number.evalf(30))
        if low < value < high:
            zeros.add(value)
    return frozenset(zeros)


def relation_zeros(condition: Any, fixed: dict[Any, Any], low: Any, high: Any) -> set[Any]:
    """Return where the sides of an assumption meet, so that the pieces respect it."""
    import sympy as sp

    zeros: set[Any] = set()
    for relation in condition.atoms(sp.core.relational.Relational):
        gap = sp.expand((relation.lhs - relation.rhs).xreplace({k: to_sympy(v) for k, v in fixed.items()}))
        if len(gap.free_symbols) == 1 and gap.is_polynomial():
            zeros |= real_zeros(sp.Poly(gap).as_expr().as_poly(), low, high)
    return zeros
