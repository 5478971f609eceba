"""The body of a game runs once, with symbols: what it must not do with them is refused with a sentence."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from deterrence.errors import BranchingError, GameError, ValueKindError
from deterrence.games.parameter import Parameter
from deterrence.games.tree import Node

BRANCHING = (
    "The body of {name!r} branches on {what}. Parameters have no value while the tree is written: the body runs "
    "once, with symbols. For trees of different shapes write an ordinary function that returns a Game; for a "
    "payoff that switches use sympy.Piecewise, Min or Max; in where(…) write sympy.Eq(a, b) and sympy.Ne(a, b) for "
    "a == b and a != b, and two conditions, low < a and a < high, for one chain."
)
NO_NUMBER = (
    "The body of {name!r} turns a parameter into a plain number ({what}). Parameters have no value while the tree is "
    "written; for a root, logarithm or power write sympy.sqrt(x), sympy.log(x), x**2, and for a tree whose size "
    "depends on a number write an ordinary function that returns a Game."
)
TURNED = ("Cannot convert ", "as an integer", "no callable ", "must be real number", "to float")
"""What Python, SymPy and NumPy say where a symbol stands for a plain number."""


def run_body(body: Callable[..., Node], called: str, parameters: tuple[Parameter, ...]) -> Node:
    """Run the body of a game once, with symbols where it has parameters."""
    if not parameters:
        return body()
    try:
        with _no_branching(called):
            return body(**{parameter.name: parameter.expression for parameter in parameters})
    except TypeError as error:
        if "truth value of Relational" in str(error):
            raise BranchingError(BRANCHING.format(name=called, what="a comparison of parameters")) from error
        if any(told in str(error) for told in TURNED):
            raise ValueKindError(NO_NUMBER.format(name=called, what=error)) from error
        raise


def declared(body: Callable[..., Any], called: str) -> tuple[Parameter, ...]:
    """Return the parameters that the arguments of a body declare, under the arguments' names."""
    parameters = []
    for argument in inspect.signature(body).parameters.values():
        if not isinstance(argument.default, Parameter):
            raise GameError(
                f"The argument {argument.name!r} of {called!r} needs param(...) or share(...) as its default, "
                f"such as {argument.name}=param(1, 'what it means')."
            )
        parameters.append(argument.default.named(argument.name))
    return tuple(parameters)


@contextmanager
def _no_branching(called: str) -> Iterator[None]:
    """Make the truth and the equality of expressions an error in the user's own code while a body runs.

    SymPy calls any symbol true and compares by structure, so that ``if prize:`` and ``prize == 4`` would
    silently take one branch. SymPy's own code and the library's, which rely on that, are let through.
    """
    import sympy as sp

    equal, unequal = sp.Expr.__eq__, sp.Expr.__ne__

    def refuse(what: Any) -> None:
        caller = str(sys._getframe(2).f_globals.get("__name__", ""))
        if caller.partition(".")[0] not in ("sympy", "deterrence", "mpmath"):
            raise BranchingError(BRANCHING.format(name=called, what=what))

    def truth(self: Any) -> bool:
        if self.free_symbols:
            refuse(self)
        return not self.is_zero

    def equality(self: Any, other: object) -> Any:
        if self.free_symbols:
            refuse(self)
        return equal(self, other)

    def inequality(self: Any, other: object) -> Any:
        if self.free_symbols:
            refuse(self)
        return unequal(self, other)

    sp.Expr.__bool__, sp.Expr.__eq__, sp.Expr.__ne__ = truth, equality, inequality
    try:
        yield
    finally:
        del sp.Expr.__bool__, sp.Expr.__ne__
        sp.Expr.__eq__ = equal
