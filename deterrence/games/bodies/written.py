"""Arithmetic on parameters that is written down and not carried out.

The library's own games need SymPy only where formulas are asked for. Their parameters are :class:`Written`; what is
computed with one is kept as the operations, which are carried out in fractions where numbers are asked for, and in
SymPy where an expression is. Both do the same operations in the same order.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Any

from deterrence.errors import BranchingError

Exact = int | Fraction
PARAMETER = "parameter"
COMPARISONS: Mapping[str, Callable[[Any, Any], Any]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
OPERATIONS: Mapping[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "**": operator.pow,
    **COMPARISONS,
}


class Written:
    """An operation on two values that are numbers or written themselves; or a parameter, by its name.

    Anything that is neither arithmetic nor an inequality is asked of the SymPy expression.
    """

    __slots__ = ("_hash", "_sympy", "left", "operation", "right")

    def __init__(self, operation: str, left: Any, right: Any = None) -> None:
        self.operation, self.left, self.right = operation, left, right
        self._hash = hash((operation, left, right))
        self._sympy: Any = None

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> Any:
        """Tell whether the same is written, as SymPy tells it; in the library alone, which means it so."""
        if not isinstance(other, Written):
            return NotImplemented
        same = self.operation == other.operation and self._hash == other._hash
        return self is other or (same and (self.left, self.right) == (other.left, other.right))

    def __bool__(self) -> bool:
        raise BranchingError(f"The truth of {self} depends on parameters, which have no value while a game is written.")

    def __str__(self) -> str:
        return str(self._sympy_())

    __repr__ = __str__

    def __reduce__(self) -> tuple[Any, ...]:
        return Written, (self.operation, self.left, self.right)

    @property
    def names(self) -> frozenset[str]:
        """The names of the parameters in it."""
        return frozenset(part.left for part in self.parts() if part.operation == PARAMETER)

    @property
    def is_comparison(self) -> bool:
        """Whether it is an inequality."""
        return self.operation in COMPARISONS

    def parts(self) -> Iterator[Written]:
        """Yield it and all that it is written of."""
        stack = [self]
        while stack:
            part = stack.pop()
            yield part
            stack.extend(below for below in (part.left, part.right) if isinstance(below, Written))

    # -- the two ways to carry it out ------------------------------------------------------------------

    def compiled(self) -> Callable[[Mapping[str, Exact]], Any]:
        """Return a function from parameter values to the value there, computed in fractions.

        It raises ``ZeroDivisionError`` where a division by zero is written, though it may cancel.
        """
        if self.operation == PARAMETER:
            return operator.itemgetter(self.left)
        left, right = _compiled(self.left), _compiled(self.right)
        if self.operation == "/":
            return lambda values: Fraction(left(values)) / right(values)
        if self.operation == "**":
            return lambda values: Fraction(left(values)) ** right(values)
        carry_out = OPERATIONS[self.operation]
        return lambda values: carry_out(left(values), right(values))

    def _sympy_(self) -> Any:
        """Return the SymPy expression, made once; SymPy calls this where it meets a value of ours."""
        if self._sympy is None:
            import sympy as sp

            if self.operation == PARAMETER:
                self._sympy = sp.Symbol(self.left, real=True)
            else:
                self._sympy = OPERATIONS[self.operation](sp.sympify(self.left), sp.sympify(self.right))
        return self._sympy

    def replaced(self, by: Mapping[str, Any]) -> Any:
        """Return the same with other expressions, or fractions, in the place of some parameters, by name."""
        if self.operation == PARAMETER:
            return by.get(self.left, self)
        sides = (side.replaced(by) if isinstance(side, Written) else side for side in (self.left, self.right))
        return OPERATIONS[self.operation](*sides)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(self._sympy_(), name)

    # -- arithmetic ------------------------------------------------------------------------------------

    def __add__(self, other: Any) -> Any:
        return _operation("+", self, other)

    def __radd__(self, other: Any) -> Any:
        return _operation("+", other, self)

    def __sub__(self, other: Any) -> Any:
        return _operation("-", self, other)

    def __rsub__(self, other: Any) -> Any:
        return _operation("-", other, self)

    def __mul__(self, other: Any) -> Any:
        return _operation("*", self, other)

    def __rmul__(self, other: Any) -> Any:
        return _operation("*", other, self)

    def __truediv__(self, other: Any) -> Any:
        return _operation("/", self, other)

    def __rtruediv__(self, other: Any) -> Any:
        return _operation("/", other, self)

    def __neg__(self) -> Any:
        return _operation("*", -1, self)

    def __pos__(self) -> Any:
        return self

    def __pow__(self, other: Any) -> Any:
        return Written("**", self, other) if type(other) is int else self._sympy_() ** other

    def __rpow__(self, other: Any) -> Any:
        return other ** self._sympy_()

    def __abs__(self) -> Any:
        return abs(self._sympy_())

    def __lt__(self, other: Any) -> Any:
        return _operation("<", self, other)

    def __le__(self, other: Any) -> Any:
        return _operation("<=", self, other)

    def __gt__(self, other: Any) -> Any:
        return _operation(">", self, other)

    def __ge__(self, other: Any) -> Any:
        return _operation(">=", self, other)

    def __and__(self, other: Any) -> Any:
        return self._sympy_() & other

    def __or__(self, other: Any) -> Any:
        return self._sympy_() | other

    def __invert__(self) -> Any:
        return ~self._sympy_()


def _operation(operation: str, left: Any, right: Any) -> Any:
    """Write an operation down; with a value that is neither an exact number nor written, leave it to SymPy."""
    sides = (_exact(left), _exact(right))
    if None in sides:
        return NotImplemented
    simple = _simple(operation, *sides)
    return Written(operation, *sides) if simple is None else simple


def _exact(value: Any) -> Any:
    """Return a value that may stand in what is written, else None; a decimal means what it says."""
    if isinstance(value, (Written, Fraction)) or type(value) is int:
        return value
    return Fraction(repr(value)) if type(value) is float else None


def _simple(operation: str, left: Any, right: Any) -> Any:
    """Return the result where one side is 0 or 1 and changes nothing, or all; else None."""
    if operation == "*" and (left == 0 or right == 0):
        return 0
    if right == (1 if operation in ("*", "/") else 0) and operation in "+-*/":
        return left
    return right if left == (1 if operation == "*" else 0) and operation in "+*" else None


def _compiled(value: Any) -> Callable[[Mapping[str, Exact]], Any]:
    return value.compiled() if isinstance(value, Written) else lambda values: value
