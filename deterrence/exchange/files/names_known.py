"""Which drawn and chosen numbers are known at each node of a document: those that stand above it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Scope = frozenset[str]
NOTHING_KNOWN: Scope = frozenset()


def children_in(node: Any) -> dict[str, Any]:
    """Return what stands below a node, by the step that leads there; nothing where it has another form."""
    if not isinstance(node, dict):
        return {}
    if "draw" in node or "choose" in node:
        return {"then": node["then"]} if "then" in node else {}
    if isinstance(node.get("actions"), dict) and "player" in node:
        return node["actions"]
    rows = node.get("chance")
    if isinstance(rows, dict):
        return {label: row["then"] for label, row in rows.items() if isinstance(row, dict) and "then" in row}
    return {}


def known_below(node: Any, known: Scope) -> Scope:
    """Return the numbers that are known below a node at which some are."""
    names = {node[mark] for mark in ("draw", "choose") if isinstance(node.get(mark), str)}
    return known | names if names else known


def known_in_parts(tree: Any, parts: Mapping[str, Any]) -> tuple[dict[str, Scope], set[str]]:
    """Return for each named part the numbers that are known wherever it is put; and the names of all numbers.

    Parameters
    ----------
    tree
        The first node.
    parts
        The named nodes, each before those that it refers to.
    """
    scopes: dict[str, Scope] = {}
    numbers: set[str] = set()

    def look(root: Any, known: Scope) -> None:
        stack = [(root, known)]
        while stack:
            node, known = stack.pop()
            if isinstance(node, str):
                scopes[node] = scopes[node] & known if node in scopes else known
            elif isinstance(node, dict):
                below = known_below(node, known)
                numbers.update(below - known)
                stack.extend((child, below) for child in children_in(node).values())

    look(tree, NOTHING_KNOWN)
    for name, node in parts.items():
        scopes.setdefault(name, NOTHING_KNOWN)  # a part that nothing refers to
        look(node, scopes[name])
    return scopes, numbers


def symbol_named(name: str) -> Any:
    """Return the symbol that stands for a number of a name."""
    import sympy as sp

    return sp.Symbol(name, real=True)
