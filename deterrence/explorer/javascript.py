"""Formulas as JavaScript, so that a page computes what the library derived."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from deterrence.errors import GameError

MOST_FACTORS = 4
"""A power up to this one is written as a product, which a browser computes faster."""


def javascript(expression: Any, names: Mapping[Any, str]) -> str:
    """Return a number or a SymPy expression as a JavaScript expression.

    Parameters
    ----------
    expression
        A number, or an expression in parameters and free values.
    names
        SymPy symbol -> the JavaScript variable that stands for it.

    Raises
    ------
    GameError
        If the expression has a symbol without a name, or a function that JavaScript does not have.

    Examples
    --------
    >>> import sympy as sp
    >>> from deterrence.explorer.javascript import javascript
    >>> a, b = sp.symbols("a b")
    >>> javascript(a**2 / (1 - b), {a: "x", b: "y"})
    '(x*x)/(1 - y)'
    """
    import sympy as sp

    expression = sp.sympify(expression)
    unnamed = sorted(str(symbol) for symbol in expression.free_symbols - set(names))
    if unnamed:
        raise GameError(f"The formula {expression} has no JavaScript: {unnamed[0]!r} is no parameter of the game.")
    printer = _printer()({"allow_unknown_functions": False, "symbol_names": dict(names)})
    try:
        return str(printer.doprint(expression))
    except (ValueError, NotImplementedError, TypeError) as error:
        raise GameError(f"The formula {expression} has no JavaScript: {str(error).splitlines()[0]}.") from error


@lru_cache(maxsize=1)
def _printer() -> Any:
    """Make the printer when first asked for, since SymPy loads slowly."""
    from sympy.printing.jscode import JavascriptCodePrinter

    class Printer(JavascriptCodePrinter):  # type: ignore[misc]  # SymPy has no types
        """SymPy's printer with names of its own for symbols, and small powers as products."""

        def __init__(self, settings: Mapping[str, Any]) -> None:
            settings = dict(settings)
            self._names = settings.pop("symbol_names")
            super().__init__({"contract": False, **settings})

        def _print_Symbol(self, expression: Any) -> str:
            return str(self._names[expression])

        def _print_Rational(self, expression: Any) -> str:
            return f"{expression.p}/{expression.q}"

        def _print_Float(self, expression: Any) -> str:
            return repr(float(expression))

        def _print_Pow(self, expression: Any) -> str:
            base, exponent = expression.as_base_exp()
            if exponent.is_Integer and 1 < int(exponent) <= MOST_FACTORS:
                written = self.parenthesize(base, 60)
                return f"({'*'.join([written] * int(exponent))})"
            return str(super()._print_Pow(expression))

    return Printer
