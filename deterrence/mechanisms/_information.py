"""Labels of information sets: shared where copies must stay one set, different where they must not."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from deterrence.games.tree import Choice, Move, Node, rewrite, walk

History = tuple[str, ...]
Place = tuple[History, str | None]
"""Where a move or a choice stands: its history, and the number that is chosen; None for a move."""


def _place(node: Move | Choice, history: History) -> Place:
    return history, node.variable if isinstance(node, Choice) else None


def _labelled(node: Move | Choice, label: str) -> Node:
    """Return a move or a choice under another label."""
    if isinstance(node, Choice):
        return replace(node, information=label)
    return Move(node.player, node.actions, node.children, label, node.table)


def share_information(tree: Node, *, unless: Collection[str] = (), after: str | None = None) -> Node:
    """Label the moves and choices that have no label, so that copies of the tree stay one information set.

    Parameters
    ----------
    tree
        The whole tree, from its root: the labels name the history.
    unless
        The players who will see which copy is played; their moves are left as they are.
    after
        Only moves whose history holds this action; by default all.

    Examples
    --------
    >>> from deterrence import end, move
    >>> from deterrence.mechanisms.algebra import share_information
    >>> tree = move("A", wait=end("peace", 0, 0), strike=move("B", answer=end("war", -1, -2)))
    >>> share_information(tree, after="strike").children[1].information
    'B after strike'
    """
    used_labels = {(node.player, node.information) for node, _ in walk(tree) if isinstance(node, (Move, Choice))}
    sets = _unlabelled(tree, unless)
    chosen_sets = {key for (history, _), key in sets.items() if after is None or after in history}
    labels = {key: _fresh(key[0], key[1], used_labels) for key in dict.fromkeys(sets.values()) if key in chosen_sets}

    def rule(node: Node, history: tuple[str, ...]) -> Node:
        if not isinstance(node, (Move, Choice)) or _place(node, history) not in sets:
            return node
        label = labels.get(sets[_place(node, history)])
        return node if label is None else _labelled(node, label)

    return rewrite(tree, rule)


def _unlabelled(tree: Node, unless: Collection[str]) -> dict[Place, tuple[str, History, str | None]]:
    """Return for each move or choice without a label, by its place, its player and where its set begins."""
    roots: dict[History, tuple[str, History]] = {}
    sets: dict[Place, tuple[str, History, str | None]] = {}
    for node, history in walk(tree):
        if not isinstance(node, (Move, Choice)):
            continue
        begin = history
        if isinstance(node, Move) and node.table is not None:
            above = (roots.get(history[:n]) for n in reversed(range(len(history))))
            begin = next((root[1] for root in above if root and root[0] == node.table), history)
            roots[history] = (node.table, begin)
        if node.information is None and node.player not in unless:
            place = _place(node, history)
            sets[place] = (node.player, begin, place[1])
    return sets


def _fresh(player: str, history: History, used_labels: set[tuple[str, str | None]]) -> str:
    stem = f"{player} after {', '.join(history)}" if history else f"{player} at the start"
    label, count = stem, 1
    while (player, label) in used_labels:
        count += 1
        label = f"{stem} ({count})"
    used_labels.add((player, label))
    return label


def split_information(tree: Node, players: Collection[str] | None, seen: str) -> Node:
    """Let players tell this part of the tree from its copies: ``seen`` is added to their labels.

    Moves and choices without a label need nothing: each is its own information set.
    """

    def rule(node: Node, _: tuple[str, ...]) -> Node:
        if not isinstance(node, (Move, Choice)) or node.information is None:
            return node
        if players is not None and node.player not in players:
            return node
        return _labelled(node, f"{node.information}, {seen}")

    return rewrite(tree, rule)


def spell_out(tree: Node, branch: str) -> Node:
    """Name a silent branch of nature in the labels of the information sets that lie wholly below it.

    What the players know stays the same; the names say more.
    """
    inside: dict[tuple[str, str | None], bool] = {}
    for node, history in walk(tree):
        if isinstance(node, (Move, Choice)):
            key = (node.player, node.information)
            inside[key] = inside.get(key, True) and branch in history

    def rule(node: Node, _: tuple[str, ...]) -> Node:
        if not isinstance(node, (Move, Choice)) or node.information is None:
            return node
        label = f"{node.information}, {branch}"
        is_named = node.information.endswith(f", {branch}") or (node.player, label) in inside
        if is_named or not inside[node.player, node.information]:
            return node
        return _labelled(node, label)

    return rewrite(tree, rule)
