"""Numbers and expressions put in the place of names, throughout a tree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from deterrence.games.bodies.written import Written
from deterrence.games.expression import Value, as_value, is_symbolic, names_in, to_sympy
from deterrence.games.tree import Chance, Choice, Draw, End, Node, nodes, rewrite


def put_in(tree: Node, new: Mapping[str, Value]) -> Node:
    """Return a tree with values in the place of names: in payoffs, probabilities, laws and the ends of choices."""

    def rule(node: Node, _: tuple[str, ...]) -> Node:
        return with_values_in(node, new)

    return rewrite(tree, rule) if new else tree


def with_values_in(node: Node, new: Mapping[str, Value]) -> Node:
    """Return one node with values in the place of names; what is below it stays."""

    def changed(value: Value) -> Value:
        return replaced(value, new)

    if isinstance(node, End):
        return End(node.outcome, tuple(map(changed, node.payoffs)), tuple((p, changed(v)) for p, v in node.named))
    if isinstance(node, Chance):
        return Chance(node.labels, tuple(map(changed, node.probabilities)), node.children)
    if isinstance(node, Draw):
        return replace(node, law=node.law.rewritten(changed))
    if isinstance(node, Choice):
        return replace(node, low=changed(node.low), high=changed(node.high))
    return node


def replaced(value: Value, new: Mapping[str, Value]) -> Value:
    """Return a value in which numbers or expressions stand for some names.

    What is written stays written where nothing else than that comes in; anything else becomes SymPy's.
    """
    if not is_symbolic(value) or not names_in(value) & new.keys():
        return value
    if type(value) is Written and all(isinstance(item, (Written, int, Fraction)) for item in new.values()):
        plain = {name: item if isinstance(item, Written) else Fraction(item) for name, item in new.items()}
        try:
            return as_value(value.replaced(plain))
        except ZeroDivisionError:  # which may cancel
            pass
    swap: dict[Any, Any] = {s: to_sympy(new[s.name]) for s in value.free_symbols if s.name in new}
    symbolic = value._sympy_() if type(value) is Written else value
    if all(item.is_Rational for item in swap.values()):
        return as_value(symbolic.xreplace(swap))
    return as_value(symbolic.subs(swap, simultaneous=True))


def names_of(tree: Node) -> frozenset[str]:
    """Return the names of parameters and numbers that stand in a tree."""
    found: set[str] = set()
    for node in nodes(tree):
        for value in _values(node):
            if is_symbolic(value):
                found |= names_in(value)
    return frozenset(found)


def _values(node: Node) -> tuple[Value, ...]:
    if isinstance(node, End):
        return (*node.payoffs, *(value for _, value in node.named))
    if isinstance(node, Chance):
        return node.probabilities
    if isinstance(node, Draw):
        return node.law.arguments
    return (node.low, node.high) if isinstance(node, Choice) else ()
