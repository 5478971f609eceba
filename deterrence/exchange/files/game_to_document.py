"""Turn a game into a document of plain objects, lists, texts and numbers."""

from __future__ import annotations

from typing import Any

from deterrence.exchange.files.expression_text import as_text, plain_value
from deterrence.exchange.files.laws import law_to_document
from deterrence.exchange.files.schema import FORMAT, VERSION
from deterrence.games.game import Game
from deterrence.games.parameter import Parameter
from deterrence.games.tree import Chance, Choice, Draw, End, Move, Node, children_of, walk

DEEPEST = 30
"""A part of the tree with more levels stands under a name of its own in ``nodes``."""


def document_of(game: Game) -> dict[str, Any]:
    """Return a game as a document; parameters, expressions and assumptions stay what they are."""
    document: dict[str, Any] = {"format": FORMAT, "version": VERSION, "name": game.name}
    if game.caption:
        document["caption"] = game.caption
    document["players"] = list(game.players)
    if game.parameter_list:
        document["parameters"] = {p.name: _parameter(p) for p in game.parameter_list}
    if game.assumptions:
        document["assumptions"] = [as_text(condition) for condition in game.assumptions]
    if game.class_name_list:
        document["class_names"] = {
            named_class.name: {where: what[0] if len(what) == 1 else list(what) for where, what in named_class.play}
            for named_class in game.class_name_list
        }
    cells = _cells(game)
    if cells is not None:
        document["tree"] = {"matrix": cells}
        return document
    tree, named = _tree(game.tree)
    if named:
        document["nodes"] = named
    document["tree"] = tree
    return document


def _parameter(parameter: Parameter) -> dict[str, Any]:
    fields: dict[str, Any] = {"value": plain_value(parameter.value), "meaning": parameter.meaning}
    for name in ("low", "high"):
        if getattr(parameter, name) is not None:
            fields[name] = plain_value(getattr(parameter, name))
    fields["symbol"] = parameter.symbol
    if parameter.plausible is not None:
        fields["plausible"] = list(map(plain_value, parameter.plausible))
    return fields | ({"why": parameter.why} if parameter.why else {})


def _cells(game: Game) -> list[dict[str, Any]] | None:
    """Return the cells of a game that is one table over all its players in order; None where it is not."""
    written_so = all(node.table == "start" for node, _ in walk(game.tree) if isinstance(node, Move))
    if not (written_so and game.form.is_table):
        return None
    return [{"actions": list(history), **_end(node)} for node, history in walk(game.tree) if isinstance(node, End)]


def _end(node: End) -> dict[str, Any]:
    return {"outcome": node.outcome, "payoffs": [plain_value(payoff) for payoff in node.payoffs]}


def _tree(tree: Node) -> tuple[Any, dict[str, Any]]:
    """Return a tree as nested objects, and by name the deep parts that were cut out of it."""
    named: dict[str, Any] = {}
    done: list[tuple[Any, int]] = []
    stack: list[tuple[Node, bool]] = [(tree, False)]
    while stack:
        node, ready = stack.pop()
        below = children_of(node)
        if not ready and below:
            stack.append((node, True))
            stack.extend((child, False) for child in reversed(below))
            continue
        children = [_cut(child, named) for child in done[len(done) - len(below) :]]
        del done[len(done) - len(below) :]
        height = 1 + max((levels for _, levels in children), default=0)
        done.append((_node(node, [child for child, _ in children]), height))
    return done[0][0], named


def _cut(child: tuple[Any, int], named: dict[str, Any]) -> tuple[Any, int]:
    """Return a child, or its name in ``named`` where it has many levels."""
    if child[1] < DEEPEST:
        return child
    name = f"part {len(named) + 1}"
    named[name] = child[0]
    return name, 1


def _node(node: Node, children: list[Any]) -> dict[str, Any]:
    if isinstance(node, Move):
        fields: dict[str, Any] = {"player": node.player}
        if node.information is not None:
            fields["information"] = node.information
        if node.table is not None:
            fields["table"] = node.table
        return fields | {"actions": dict(zip(node.actions, children, strict=True))}
    if isinstance(node, Chance):
        rows = zip(node.labels, node.probabilities, children, strict=True)
        return {"chance": {label: {"probability": plain_value(p), "then": child} for label, p, child in rows}}
    if isinstance(node, Draw):
        return _draw(node, children[0])
    if isinstance(node, Choice):
        return _choice(node, children[0])
    assert isinstance(node, End)
    return _end(node)


def _draw(node: Draw, then: Any) -> dict[str, Any]:
    fields: dict[str, Any] = {"draw": node.variable, "law": law_to_document(node.law), "seen_by": list(node.seen_by)}
    return fields | ({"called": node.called} if node.called else {}) | {"then": then}


def _choice(node: Choice, then: Any) -> dict[str, Any]:
    fields: dict[str, Any] = {"choose": node.variable, "player": node.player}
    fields |= {"low": plain_value(node.low), "high": plain_value(node.high)}
    if node.information is not None:
        fields["information"] = node.information
    if node.seen_by is not None:
        fields["seen_by"] = list(node.seen_by)
    return fields | ({"called": node.called} if node.called else {}) | {"then": then}
