"""Parts of payoffs that are no rational functions of the parameters, such as exp(x) or Max(x, y).

In closed forms each stands as an unknown of its own. What is known of it is told by inequalities.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Any

import numpy as np

from deterrence.games.expression import is_rounded, is_symbolic

ENCLOSURE = 20
"""A part that is a number is enclosed to so many digits."""


def is_irrational(expression: Any) -> bool:
    """Tell whether an expression is a function or a power that no rational function gives."""
    import sympy as sp

    if isinstance(expression, (sp.Function, sp.Piecewise, sp.Min, sp.Max, sp.Abs)):
        return True
    irrational_number = isinstance(expression, sp.NumberSymbol)
    return irrational_number or bool(expression.is_Pow and not expression.exp.is_Integer)


def maxima(values: Iterable[Any]) -> frozenset[Any]:
    """Return the arguments of the maxima that occur in some values, each as a set."""
    import sympy as sp

    found = {part for value in values if is_symbolic(value) for part in value.atoms(sp.Max)}
    return frozenset(frozenset(part.args) for part in found)


def with_one_form(value: Any, positive: Iterable[Any], both: frozenset[Any]) -> Any:
    """Return an expression with its functions written in one way, so that some identities are seen as such.

    The logarithm of a product of positive parameters is the sum of theirs, and exp of a sum a product; the least of
    two of which the greatest occurs too (``both``) is their sum less the greatest.
    """
    import sympy as sp

    if value.has(sp.log, sp.exp) or is_rounded(value):
        dummies = {symbol: sp.Dummy(symbol.name, positive=True) for symbol in positive}
        spread = sp.expand(value.xreplace(dummies), deep=True, mul=False, multinomial=False, basic=False)
        value = spread.xreplace({dummy: symbol for symbol, dummy in dummies.items()})
    least = {part: sum(part.args) - sp.Max(*part.args) for part in value.atoms(sp.Min) if frozenset(part.args) in both}
    least = {part: whole for part, whole in least.items() if len(part.args) == 2}
    return value.xreplace(least)


def known_gaps(part: Any) -> list[Any]:
    """Return expressions, with the part in them, that are not negative wherever the part has a real value."""
    import sympy as sp

    if not part.free_symbols:
        return _enclosure(part)
    if isinstance(part, sp.Max):
        return [part - argument for argument in part.args]
    if isinstance(part, sp.Min):
        return [argument - part for argument in part.args]
    if isinstance(part, sp.Abs):
        return [part, part - part.args[0], part + part.args[0]]
    if isinstance(part, sp.exp) or part.is_Pow:  # a real power of a real base with a broken exponent
        return [part]
    return []


def _enclosure(part: Any) -> list[Any]:
    """Return the gaps to two fractions between which a number lies."""
    import sympy as sp

    near = Fraction(str(part.evalf(2 * ENCLOSURE)))
    wide = (abs(near) or 1) * Fraction(1, 10**ENCLOSURE)
    low, high = near - wide, near + wide
    return [part - sp.Rational(low.numerator, low.denominator), sp.Rational(high.numerator, high.denominator) - part]


def expression_at(expression: Any, columns: Mapping[Any, Any]) -> Any:
    """Return what a SymPy expression is at points, given by a column of values a symbol."""
    symbols = tuple(symbol for symbol in columns if symbol in expression.free_symbols)
    spread = np.broadcast_arrays(*(columns[symbol] for symbol in symbols))  # NumPy's Min and Max want one shape
    return _lambdified(expression, symbols)(*spread)


def values_at(parts: Sequence[Any], columns: Mapping[Any, np.ndarray], size: int) -> list[np.ndarray]:
    """Return the values of parts at so many points, NaN where one has no real value."""
    rows = []
    with np.errstate(all="ignore"):
        for part in parts:
            row = np.broadcast_to(np.asarray(expression_at(part, columns)), size)
            real = np.isreal(row)
            rows.append(np.where(real, row.real, np.nan).astype(float))
    return rows


@lru_cache(maxsize=128)
def _lambdified(expression: Any, symbols: tuple[Any, ...]) -> Any:
    import sympy as sp

    return sp.lambdify(symbols, expression, modules="numpy", cse=True)
