"""Comparisons of irrational expressions that have a truth value wherever their parameters have values.

SymPy leaves ``log(6) >= log(2) + log(3)`` open and refuses ``log(0) >= 1``. Where a condition holds such terms, these
decide: to 30 digits, and false where a side is no finite real number.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import sympy as sp

from deterrence.errors import NumberError
from deterrence.games.expression import rational_near

ROUNDED = Fraction(1, 10**25)
"""Irrational sides that are closer than this count as equal."""


class _Decided:
    """A comparison that is decided as soon as no parameter is left in it, and equal to SymPy's of the same sides."""

    def __new__(cls, left: Any, right: Any, **_: Any) -> Any:
        left, right = sp.sympify(left), sp.sympify(right)
        if left.free_symbols or right.free_symbols:
            return sp.core.relational.Relational.__new__(cls, left, right)
        return sp.true if exceeds(left, right, strict=cls.rel_op == ">") else sp.false  # type: ignore[attr-defined]

    @property
    def _plain(self) -> Any:
        """The same comparison as SymPy has it."""
        return type(self).__mro__[2](*self.args, evaluate=False)  # type: ignore[attr-defined]

    # What SymPy asks of a comparison when it puts several together.
    negated = property(lambda self: self._plain.negated)
    reversed = property(lambda self: self._plain.reversed)
    reversedsign = property(lambda self: self._plain.reversedsign)
    canonical = property(lambda self: self._plain.canonical)

    def _eval_subs(self, old: Any, new: Any) -> Any:
        new = sp.Rational(str(float(new))) if new.is_Float else new  # a decimal means what it says
        sides = [_substituted(side, old, new) for side in self.args]  # type: ignore[attr-defined]
        return sp.false if None in sides else type(self)(*sides)

    def __eq__(self, other: object) -> bool:
        mine: tuple[Any, ...] = self.args  # type: ignore[attr-defined]
        return isinstance(other, type(self).__mro__[2]) and mine == other.args  # type: ignore[attr-defined]

    __hash__ = sp.Basic.__hash__


class GreaterThan(_Decided, sp.GreaterThan):  # type: ignore[misc]  # SymPy has no types
    """SymPy's ``>=``, decided."""

    __slots__ = ()


class StrictGreaterThan(_Decided, sp.StrictGreaterThan):  # type: ignore[misc]
    """SymPy's ``>``, decided."""

    __slots__ = ()


def _substituted(side: Any, old: Any, new: Any) -> Any:
    """Return a side with a part replaced; None where SymPy cannot, as in Max(1/x, y) at x = 0."""
    try:
        return side._subs(old, new)
    except (TypeError, ValueError):
        return None


def exceeds(left: Any, right: Any, *, strict: bool) -> bool:
    """Tell whether one number is above another, or not below it; false where one is not real and finite."""
    try:
        numbers: list[Any] = [rational_near(side) for side in (left, right)]
    except (NumberError, TypeError, ValueError, ArithmeticError):
        return False
    above = numbers[0] - numbers[1]
    if left.is_Rational and right.is_Rational:
        return above > 0 if strict else above >= 0
    size = max(1, *map(abs, numbers))
    return above > ROUNDED * size if strict else above >= -ROUNDED * size
