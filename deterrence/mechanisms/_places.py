"""The places in a tree where an action is taken, and changes of what lies below them."""

from __future__ import annotations

from collections.abc import Callable, Collection

from deterrence.games.tree import Chance, Move, Node, labels_of, rewrite, walk, with_children

Change = Callable[[Node], Node]
"""A function from the tree at some place to the tree to put there."""


def takers(tree: Node, action: str) -> tuple[str | None, ...]:
    """Return who takes an action somewhere in the tree; ``None`` stands for nature."""
    players: dict[str | None, None] = {}
    for node, _ in walk(tree):
        if action in labels_of(node):
            players[_taker(node)] = None
    return tuple(players)


def _taker(node: Node) -> str | None:
    return node.player if isinstance(node, Move) else None


def below(tree: Node, action: str, change: Change, *, by: str | None = None, unless: Collection[str] = ()) -> Node:
    """Change what lies below an action, wherever it is taken.

    A branch of nature that carries the action's name counts: an attack that no player ordered is the same
    attack. Where the action belongs to a simultaneous move, what lies below it begins after all have chosen.
    If the action is taken twice along a history, the change is made twice, the lower place first.

    Parameters
    ----------
    tree
        The tree.
    action
        The name of the action.
    change
        A function from the tree that it finds to the tree to put there.
    by
        Only where this player takes it; by default whoever does, nature included.
    unless
        Not where one of these players takes it.

    Examples
    --------
    >>> from deterrence import end, move
    >>> from deterrence.mechanisms.algebra import below
    >>> tree = move("A", wait=end("peace", 0, 0), strike=end("war", -1, -2))
    >>> below(tree, "strike", lambda war: end("talks", 0, 0)).children[1].outcome
    'talks'
    """

    def rule(node: Node, _: tuple[str, ...]) -> Node:
        names = labels_of(node)
        if not isinstance(node, (Move, Chance)) or action not in names:
            return node
        if _taker(node) in unless or by not in (None, _taker(node)):
            return node
        table = node.table if isinstance(node, Move) else None
        children = tuple(
            _beyond_table(child, table, change) if name == action else child
            for name, child in zip(names, node.children, strict=True)
        )
        return with_children(node, children)

    return rewrite(tree, rule)


def _beyond_table(node: Node, table: str | None, change: Change) -> Node:
    """Change what comes after the rest of a simultaneous move."""
    if table is None or not isinstance(node, Move) or node.table != table:
        return change(node)
    return with_children(node, tuple(_beyond_table(child, table, change) for child in node.children))
