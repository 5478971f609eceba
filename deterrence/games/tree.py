"""The nodes of a game tree, and the few ways of walking and rebuilding one.

Walks are iterative: a tree may be thousands of moves deep.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from deterrence.games.continuum.law import Law
from deterrence.games.expression import Value


@dataclass(frozen=True, slots=True, init=False)
class End:
    """A terminal node: an outcome with a payoff for every player, in order or by player's name."""

    outcome: str
    payoffs: tuple[Value, ...]
    named: tuple[tuple[str, Value], ...]

    # Large trees have many of these, and what a frozen dataclass does to set its fields takes twice as long.
    def __init__(
        self, outcome: str, payoffs: tuple[Value, ...] = (), named: tuple[tuple[str, Value], ...] = ()
    ) -> None:
        _set_outcome(self, outcome)
        _set_payoffs(self, payoffs)
        _set_named(self, named)


_set_outcome, _set_payoffs, _set_named = (getattr(End, name).__set__ for name in End.__slots__)


@dataclass(frozen=True, slots=True, init=False)
class Move:
    """A decision of one player; moves that share player and information are one information set.

    ``table`` is set by the library where a simultaneous game was written as a matrix: moves of one
    player in the same table are one information set without a label.
    """

    player: str
    actions: tuple[str, ...]
    children: tuple[Node, ...]
    information: str | None
    table: str | None

    def __init__(
        self,
        player: str,
        actions: tuple[str, ...],
        children: tuple[Node, ...],
        information: str | None = None,
        table: str | None = None,
    ) -> None:
        _set_player(self, player)
        _set_actions(self, actions)
        _set_children(self, children)
        _set_information(self, information)
        _set_table(self, table)


_set_player, _set_actions, _set_children, _set_information, _set_table = (
    getattr(Move, name).__set__ for name in Move.__slots__
)


@dataclass(frozen=True, slots=True)
class Chance:
    """A draw by nature, with a probability for every branch."""

    labels: tuple[str, ...]
    probabilities: tuple[Value, ...]
    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Draw:
    """A number that nature draws from a law and some players see: a private type where one does, else noise.

    The number stands in what is below under the name ``variable``.
    """

    variable: str
    law: Law
    seen_by: tuple[str, ...]
    child: Node
    called: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """A number that a player chooses between two ends; ``seen_by`` is None where everybody sees it.

    The number stands in what is below under the name ``variable``. Choices that share player and information
    are one, as moves are.
    """

    player: str
    variable: str
    low: Value
    high: Value
    child: Node
    information: str | None = None
    seen_by: tuple[str, ...] | None = None
    called: str = ""


@dataclass(frozen=True, slots=True)
class PayoffTable:
    """A simultaneous game written as a matrix; it becomes moves when a game is made of it."""

    cells: tuple[tuple[tuple[str, ...], End], ...]
    players: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Assumed:
    """A tree together with the assumptions on its parameters."""

    tree: Node
    conditions: tuple[Any, ...]


Node = End | Move | Chance | Draw | Choice | PayoffTable | Assumed
NODES = frozenset({End, Move, Chance, Draw, Choice, PayoffTable, Assumed})
"""The kinds of nodes, which a look at a value's type tells apart faster than ``isinstance``."""


def children_of(node: Node) -> tuple[Node, ...]:
    """Return the nodes directly below a node."""
    if isinstance(node, (Move, Chance)):
        return node.children
    if isinstance(node, (Draw, Choice)):
        return (node.child,)
    if isinstance(node, Assumed):
        return (node.tree,)
    return tuple(cell for _, cell in node.cells) if isinstance(node, PayoffTable) else ()


def labels_of(node: Node) -> tuple[str, ...]:
    """Return the names of a node's branches: actions of a move, labels of a chance node."""
    if isinstance(node, Move):
        return node.actions
    return node.labels if isinstance(node, Chance) else ()


def nodes(tree: Node) -> Iterator[Node]:
    """Yield every node, in no order to rely on."""
    stack = [tree]
    while stack:
        node = stack.pop()
        yield node
        stack.extend(children_of(node))


def walk(tree: Node) -> Iterator[tuple[Node, tuple[str, ...]]]:
    """Yield every node with the branch names that lead to it, parents before children."""
    stack: list[tuple[Node, tuple[str, ...]]] = [(tree, ())]
    while stack:
        node, history = stack.pop()
        yield node, history
        labels = labels_of(node) or ("",) * len(children_of(node))
        steps = zip(labels, children_of(node), strict=True)
        stack.extend(reversed([(child, (*history, label) if label else history) for label, child in steps]))


def with_children(node: Node, children: tuple[Node, ...]) -> Node:
    """Return a node with other nodes below it; the same object where nothing changes."""
    if all(old is new for old, new in zip(children_of(node), children, strict=True)):
        return node
    if isinstance(node, Move):
        return Move(node.player, node.actions, children, node.information, node.table)
    if isinstance(node, Chance):
        return Chance(node.labels, node.probabilities, children)
    if isinstance(node, (Draw, Choice)):
        return replace(node, child=children[0])
    if isinstance(node, Assumed):
        return Assumed(children[0], node.conditions)
    return node


Rule = Callable[[Node, tuple[str, ...]], Node]


def rewrite(tree: Node, rule: Rule) -> Node:
    """Return a tree in which ``rule(node, history)`` has replaced every node, leaves first.

    ``rule`` is given each node with its children already rewritten, and the branch names that led to
    it in the old tree; it returns the node to put there, or the same node to leave it.
    """
    done: list[Node] = []
    stack: list[tuple[Node, tuple[str, ...], bool]] = [(tree, (), False)]
    while stack:
        node, history, ready = stack.pop()
        below = children_of(node)
        if not ready and below and not isinstance(node, PayoffTable):
            stack.append((node, history, True))
            labels = labels_of(node)
            stack.extend(
                (below[i], (*history, labels[i]) if labels else history, False) for i in reversed(range(len(below)))
            )
            continue
        if ready:
            children = tuple(done[-len(below) :])
            del done[-len(below) :]
            node = with_children(node, children)
        done.append(rule(node, history))
    return done[0]
