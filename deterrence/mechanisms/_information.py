"""Labels of information sets: shared where copies must stay one set, different where they must not."""

from __future__ import annotations

from collections.abc import Collection

from deterrence.games.tree import Move, Node, rewrite, walk

History = tuple[str, ...]


def share_information(tree: Node, *, unless: Collection[str] = (), after: str | None = None) -> Node:
    """Label the moves that have no label, so that copies of the tree stay one information set.

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
    used_labels = {(node.player, node.information) for node, _ in walk(tree) if isinstance(node, Move)}
    sets = _unlabelled(tree, unless)
    chosen_sets = {key for history, key in sets.items() if after is None or after in history}
    labels = {key: _fresh(*key, used_labels) for key in dict.fromkeys(sets.values()) if key in chosen_sets}

    def rule(node: Node, history: tuple[str, ...]) -> Node:
        label = labels.get(sets[history]) if history in sets else None
        if label is None or not isinstance(node, Move):
            return node
        return Move(node.player, node.actions, node.children, label, node.table)

    return rewrite(tree, rule)


def _unlabelled(tree: Node, unless: Collection[str]) -> dict[History, tuple[str, History]]:
    """Return for each move without a label, by its history, its player and where its set begins."""
    roots: dict[History, tuple[str, History]] = {}
    sets: dict[History, tuple[str, History]] = {}
    for node, history in walk(tree):
        if not isinstance(node, Move):
            continue
        begin = history
        if node.table is not None:
            above = (roots.get(history[:n]) for n in reversed(range(len(history))))
            begin = next((root[1] for root in above if root and root[0] == node.table), history)
            roots[history] = (node.table, begin)
        if node.information is None and node.player not in unless:
            sets[history] = (node.player, begin)
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

    Moves without a label need nothing: each is its own information set.
    """

    def rule(node: Node, _: tuple[str, ...]) -> Node:
        if not isinstance(node, Move) or node.information is None:
            return node
        if players is not None and node.player not in players:
            return node
        return Move(node.player, node.actions, node.children, f"{node.information}, {seen}", node.table)

    return rewrite(tree, rule)


def spell_out(tree: Node, branch: str) -> Node:
    """Name a silent branch of nature in the labels of the information sets that lie wholly below it.

    What the players know stays the same; the names say more.
    """
    inside: dict[tuple[str, str | None], bool] = {}
    for node, history in walk(tree):
        if isinstance(node, Move):
            key = (node.player, node.information)
            inside[key] = inside.get(key, True) and branch in history

    def rule(node: Node, _: tuple[str, ...]) -> Node:
        if not isinstance(node, Move) or node.information is None:
            return node
        label = f"{node.information}, {branch}"
        is_named = node.information.endswith(f", {branch}") or (node.player, label) in inside
        if is_named or not inside[node.player, node.information]:
            return node
        return Move(node.player, node.actions, node.children, label, node.table)

    return rewrite(tree, rule)
