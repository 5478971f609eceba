"""The game's tree as a page needs it: places and texts as data, payoffs and probabilities as code."""

from __future__ import annotations

from typing import Any

from deterrence.explorer.notation import Notation
from deterrence.plot.trees.geometry import TreeGeometry, TreeNode


def tree_data(notation: Notation, places: TreeGeometry) -> dict[str, Any]:
    """Return the places of a tree and the texts in it; payoffs are numbers of formulas for reading."""
    return {
        "size": [round(places.width), round(places.height)],
        "head": round(places.head, 1),
        "fan": places.fan,
        "columns": [round(x, 1) for x in places.payoffs_x],
        "joined": [list(members) for members in places.joined],
        "nodes": [_node(notation, node) for node in places.nodes],
    }


def _node(notation: Notation, node: TreeNode) -> dict[str, Any]:
    form = notation.game.form
    row: dict[str, Any] = {
        "n": node.number,
        "at": [round(node.x, 1), round(node.y, 1)],
        "set": form.infoset_of[node.number],
    }
    if node.parent is not None:
        row |= {"up": node.parent, "branch": form.branch[node.number], "label": list(node.action)}
    if node.names:
        row |= {"names": [" ".join(lines) for lines in node.names], "names_x": round(node.names_x, 1)}
    if node.text_x is not None:
        row |= {"text": list(node.text), "text_x": round(node.text_x, 1)}
    if form.outcome[node.number] is not None:
        row["pay"] = [notation.math(value) for value in form.payoffs[node.number]]
    return row


def chances_code(notation: Notation) -> str:
    """Return functions for the probabilities of draws, by the node to which a branch leads."""
    form = notation.game.form
    drawn = [n for n in range(1, form.size) if form.infoset_of[form.parent[n]] < 0]
    codes = (notation.code(form.probabilities[form.parent[n]][form.branch[n]]) for n in drawn)
    return "{" + ",".join(f"{n}:()=>{code}" for n, code in zip(drawn, codes, strict=True)) + "}"


def payoffs_code(notation: Notation, places: TreeGeometry) -> str:
    """Return functions for the payoffs at the ends that are drawn, by node."""
    form = notation.game.form
    ends = [node.number for node in places.nodes if form.outcome[node.number] is not None]
    return "{" + ",".join(f"{n}:()=>[{','.join(map(notation.code, form.payoffs[n]))}]" for n in ends) + "}"
