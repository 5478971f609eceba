"""Write a value as text in the grammar of :mod:`deterrence.expressions`."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from deterrence.errors import FileFormatError
from deterrence.games.expression import is_symbolic

SUM, PRODUCT, SIGN, POWER, ATOM = range(5)
"""How tightly a text holds together: what is looser than its surroundings goes in brackets."""
LARGEST_INTEGER = 10**15
"""Larger whole numbers are written as text, which every reader takes exactly."""


def plain_value(value: Any) -> Any:
    """Return a whole number as one, and everything else as text."""
    if not is_symbolic(value) and Fraction(value).denominator == 1 and abs(value) < LARGEST_INTEGER:
        return int(value)
    return as_text(value)


def as_text(value: Any) -> str:
    """Return an exact number, a SymPy expression or a condition as text that :func:`parse` reads back.

    Raises
    ------
    FileFormatError
        If the expression holds something that the grammar cannot write.
    """
    if isinstance(value, (int, Fraction)) and not is_symbolic(value):
        return str(value)
    return _written(value)[0]


def _written(value: Any) -> tuple[str, int]:
    """Return an expression's text, and how tightly it holds together."""
    import sympy as sp

    if isinstance(value, sp.Symbol):
        if not value.name.isidentifier():
            raise FileFormatError(
                f"The name {value.name!r} cannot be written in a file; a name is letters, digits and _."
            )
        return value.name, ATOM
    if value.is_Rational:
        return str(value), SIGN if value < 0 else ATOM if value.is_Integer else PRODUCT
    if value.is_Add:
        return _sum(value), SUM
    if value.is_Mul:
        return _product(value), PRODUCT
    if value.is_Pow:
        return _power(value)
    if value.is_Relational or value.is_Boolean:
        return _condition(value)
    return (_piecewise(value) if isinstance(value, sp.Piecewise) else _function(value)), ATOM


def _power(value: Any) -> tuple[str, int]:
    import sympy as sp

    if value.exp == sp.Rational(1, 2):
        return f"sqrt({_written(value.base)[0]})", ATOM
    return f"{_held(value.base, ATOM)}**{_held(value.exp, ATOM)}", POWER


def _condition(value: Any) -> tuple[str, int]:
    import sympy as sp

    if value.is_Relational:
        return f"{_held(value.lhs, SUM)} {SIGNS[type(value).__name__]} {_held(value.rhs, SUM)}", SUM - 1
    if isinstance(value, sp.Not):
        return f"(not {_written(value.args[0])[0]})", ATOM
    if isinstance(value, (sp.And, sp.Or)):
        word = " and " if isinstance(value, sp.And) else " or "
        return "(" + word.join(sorted(_written(part)[0] for part in value.args)) + ")", ATOM
    raise FileFormatError(f"The condition {value} cannot be written in a file.")


SIGNS = {
    "StrictLessThan": "<",
    "LessThan": "<=",
    "StrictGreaterThan": ">",
    "GreaterThan": ">=",
    "Equality": "==",
    "Unequality": "!=",
}


def _held(value: Any, tight: int) -> str:
    """Return an expression's text, in brackets where it is looser than its surroundings."""
    text, own = _written(value)
    return text if own >= tight else f"({text})"


def _sum(value: Any) -> str:
    text = ""
    for term in value.as_ordered_terms():
        part = _held(term, PRODUCT)
        text += f" - {part[1:]}" if text and part.startswith("-") else f" + {part}" if text else part
    return text


def _product(value: Any) -> str:
    """Return a product with its number first and powers below 0 as divisions."""
    import sympy as sp

    number, rest = value.as_coeff_Mul(rational=True)
    above: list[Any] = []
    below: list[Any] = []
    for factor in sp.Mul.make_args(rest):
        divides = factor.is_Pow and factor.exp.is_Integer and factor.exp < 0
        (below if divides else above).append(1 / factor if divides else factor)
    signs = "-" if number < 0 else ""
    number = abs(number)
    texts = [_held(factor, POWER) for factor in above]
    if number.p != 1 or not texts or (signs and texts[0].startswith("(")):  # -(a + b)*c would be multiplied out
        texts.insert(0, str(number.p))
    under = [_held(factor, POWER) for factor in below] + ([str(number.q)] if number.q != 1 else [])
    return signs + "*".join(texts) + "".join(f"/{text}" for text in under)


def _piecewise(value: Any) -> str:
    import sympy as sp

    (first, condition), *rest = value.args
    if condition == sp.true:
        return f"({_written(first)[0]})"
    if not rest:
        raise FileFormatError(f"{value} has no value where its last condition fails; give it one for a file.")
    other = sp.Piecewise(*rest)
    return f"if({_written(condition)[0]}, {_written(first)[0]}, {_written(other)[0]})"


def _function(value: Any) -> str:
    names = {"Min": "min", "Max": "max", "Abs": "abs", "exp": "exp", "log": "log"}
    name = names.get(type(value).__name__, "")
    if not name or not value.args:
        raise FileFormatError(
            f"{value} cannot be written in a file, which knows + - * / ** and {', '.join(names.values())}."
        )
    return f"{name}({', '.join(_written(part)[0] for part in sorted(value.args, key=str))})"
