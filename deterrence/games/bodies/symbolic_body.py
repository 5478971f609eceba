"""The body of a game runs once, with symbols: what it must not do with them is refused with a sentence.

SymPy calls any symbol true and compares by structure, so ``if prize:`` and ``prize == 4`` would silently take one
branch. Neither SymPy nor anything else that other threads see is changed to notice it.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from types import FunctionType
from typing import Any, NoReturn

from deterrence.errors import BranchingError, GameError, ValueKindError
from deterrence.games.bodies.checked_copy import Checks, checked_copy, tested_arguments
from deterrence.games.bodies.equality_watch import refusing_equality
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
    if is_ours(body):
        return body(**{parameter.name: parameter.written for parameter in parameters})
    try:
        return _run_checked(body, called, {parameter.name: parameter.expression for parameter in parameters})
    except TypeError as error:
        if "truth value of Relational" in str(error):
            refuse_branching("a comparison of parameters", called)
        if any(told in str(error) for told in TURNED):
            raise ValueKindError(NO_NUMBER.format(name=called, what=error)) from error
        raise


def refuse_branching(what: object, called: str) -> NoReturn:
    """Raise the error that a body tests the truth of something."""
    raise BranchingError(BRANCHING.format(name=called, what=what))


def is_ours(function: Any) -> bool:
    """Tell whether a function or a class is one of the library's own, which do with parameters what is written."""
    return str(getattr(function, "__module__", "")).startswith("deterrence.")


def _run_checked(body: Callable[..., Node], called: str, symbols: dict[str, Any]) -> Node:
    """Run a body that may neither compare its symbols nor ask for their truth."""

    def refuse(what: object) -> NoReturn:
        refuse_branching(what, called)

    checked = body_without_tests(body, refuse)
    with refusing_equality(refuse):
        return checked(**symbols)


def body_without_tests(body: Callable[..., Node], refuse: Callable[[object], NoReturn]) -> Callable[..., Node]:
    """Return a body that refuses to test the truth of expressions, as far as that can be seen."""
    if not isinstance(body, FunctionType):
        return body
    copy = checked_copy(body, Checks(_is_undecided, refuse))
    if copy is None:
        for name in tested_arguments(body.__code__):
            refuse(name)
    return copy or body


def _is_undecided(value: object) -> bool:
    import sympy as sp

    return isinstance(value, sp.Expr) and bool(value.free_symbols)


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
