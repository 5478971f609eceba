"""Assumptions that are equations: parameters that they give in terms of others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any


def equations_in(assumptions: Iterable[Any]) -> list[Any]:
    """Return the equations among a game's assumptions."""
    import sympy as sp

    parts = (part for c in assumptions for part in (c.args if isinstance(c, sp.And) else (c,)))
    return [part for part in parts if isinstance(part, sp.Equality)]


def solved_equations(assumptions: Iterable[Any], fixed: Mapping[Any, Any] | None = None) -> dict[Any, Any]:
    """Return parameters as expressions in the others, from equations that are linear in them.

    Of each equation the last parameter, by name, whose coefficient is a number is solved for. Equations that give none
    are left alone; ``fixed`` are parameters held at values.
    """
    solved: dict[Any, Any] = {}
    for equation in equations_in(assumptions):
        found = _solved((equation.lhs - equation.rhs).xreplace(solved).xreplace(fixed or {}))
        if found is not None:
            symbol, expression = found
            solved = {other: value.xreplace({symbol: expression}) for other, value in solved.items()}
            solved[symbol] = expression
    return solved


def _solved(gap: Any) -> tuple[Any, Any] | None:
    """Return a parameter and what it equals where a difference is zero, or None."""
    import sympy as sp

    gap = sp.expand(gap)
    for symbol in sorted(gap.free_symbols, key=lambda s: s.name, reverse=True):
        slope = gap.coeff(symbol)
        rest = sp.expand(gap - slope * symbol)
        if slope.is_Rational and slope != 0 and symbol not in rest.free_symbols:
            return symbol, sp.expand(-rest / slope)
    return None
