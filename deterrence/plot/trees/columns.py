"""In which column each node of a tree stands, and which information sets can be joined by an upright line."""

from __future__ import annotations

from collections.abc import Sequence

Set = tuple[int, ...]


def joinable(parent: Sequence[int], sets: Sequence[Set]) -> tuple[Set, ...]:
    """Return the information sets whose nodes can share a column, taken in order.

    Two sets cannot both have a column of their own where each has a node below the other.
    """
    set_of = {node: k for k, members in enumerate(sets) for node in members}
    above = {
        k: {set_of[at] for node in members for at in _path(parent, node) if at in set_of}
        for k, members in enumerate(sets)
    }
    kept: list[int] = []
    for k in range(len(sets)):
        if not _reaches({j: above[j] & {*kept, k} for j in (*kept, k)}, k):
            kept.append(k)
    return tuple(sets[k] for k in kept)


def _path(parent: Sequence[int], node: int) -> list[int]:
    """Return the nodes above a node."""
    path = []
    while node > 0:
        node = parent[node]
        path.append(node)
    return path


def _reaches(above: dict[int, set[int]], k: int) -> bool:
    """Tell whether a set stands above itself, through others or at once."""
    met: set[int] = set()
    stack = list(above[k])
    while stack:
        j = stack.pop()
        if j == k:
            return True
        if j not in met:
            met.add(j)
            stack.extend(above[j])
    return False


def columns(nodes: Sequence[int], parent: Sequence[int], joined: Sequence[Set]) -> dict[int, int]:
    """Give each node the least column right of its parent's that its whole information set can share."""
    at = _deepened(nodes, parent, ())
    while True:  # moving one set to the right may push the next ones, which come to rest since no set is above itself
        moved = _deepened(nodes, parent, [(members, max(at[node] for node in members)) for members in joined])
        if moved == at:
            return at
        at = moved


def _deepened(nodes: Sequence[int], parent: Sequence[int], least: Sequence[tuple[Set, int]]) -> dict[int, int]:
    floor = {node: column for members, column in least for node in members}
    at: dict[int, int] = {}
    for node in nodes:
        at[node] = max(at[parent[node]] + 1 if parent[node] in at else 0, floor.get(node, 0))
    return at
