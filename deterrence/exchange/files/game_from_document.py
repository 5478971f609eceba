"""Make a game of a document, which may hold anything: every size is bounded, and every fault has its place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from deterrence.errors import DeterrenceError, FileFormatError, unknown
from deterrence.exchange.files.laws import law_from_document
from deterrence.exchange.files.names_known import (
    NOTHING_KNOWN,
    Scope,
    children_in,
    known_below,
    known_in_parts,
    symbol_named,
)
from deterrence.exchange.files.schema import check_document, kind_of
from deterrence.expressions import MOST_DIGITS, number, parse
from deterrence.games.game import Game
from deterrence.games.matrices import matrix
from deterrence.games.parameter import Parameter
from deterrence.games.tree import Assumed, Chance, Choice, Draw, End, Move, Node

NAME = re.compile(r"[^\W\d]\w*")
MOST_NODES = 300_000
"""The most nodes that the tree of a document may have, parts that stand in it more than once counted each time."""


def game_of(document: Any) -> Game:
    """Return the game that a document describes.

    Raises
    ------
    FileFormatError
        If it describes none; the place in the document is named.
    """
    check_document(document)
    parameters = tuple(_parameter(name, given) for name, given in document.get("parameters", {}).items())
    symbols = {parameter.name: parameter.expression for parameter in parameters}
    tree = _Builder(document.get("nodes", {}), symbols).tree(document["tree"])
    conditions = [
        parse(text, symbols, f"assumptions[{k}]", condition=True)
        for k, text in enumerate(document.get("assumptions", ()))
    ]
    try:
        stated = Assumed(tree, tuple(conditions)) if conditions else tree
        name, caption = document.get("name", "game"), document.get("caption", "")
        game = Game(tuple(document["players"]), stated, parameters, name, caption)
        return game.with_class_names(document.get("class_names", {})) if document.get("class_names") else game
    except DeterrenceError as error:
        raise FileFormatError(f"The document is well formed, but makes no game. {error}") from error


def _parameter(name: str, given: Mapping[str, Any]) -> Parameter:
    from deterrence.games.parameter import declared_plausible, param

    place = f"parameters.{name[:80]}"
    if not name.isidentifier():
        raise FileFormatError(
            f"The name {name[:80]!r} is not a valid parameter name; use letters, digits and _.", place=place
        )
    if "why" in given and "plausible" not in given:
        raise FileFormatError("It says 'why', and no 'plausible' values; give both, or neither.", place=place)
    plausible = [_plain(end, f"{place}.plausible[{k}]") for k, end in enumerate(given.get("plausible", ()))] or None
    ends: dict[str, Any] = {end: _plain(given[end], f"{place}.{end}") for end in ("low", "high") if end in given}
    try:
        parameter: Parameter = param(
            _plain(given["value"], f"{place}.value"), given["meaning"], symbol=given.get("symbol"), **ends
        )
        parameter = declared_plausible(parameter, plausible, given.get("why", ""), anywhere=True)
    except FileFormatError:
        raise
    except DeterrenceError as error:
        raise FileFormatError(str(error), place=place) from error
    return parameter.named(name)


def _plain(value: Any, place: str) -> int | Fraction:
    """Return a number that stands as one, or as text."""
    return number(value, place) if isinstance(value, str) else bounded(value, place)


def bounded(value: Any, place: str) -> int | Fraction:
    """Return a whole number or fraction, refused where it has too many digits or is no number."""
    if isinstance(value, bool) or not isinstance(value, (int, Fraction)):
        raise FileFormatError(f"A number is needed here, not {str(value)[:80]!r}.", place=place)
    if value.numerator.bit_length() + value.denominator.bit_length() > 4 * MOST_DIGITS:
        raise FileFormatError(f"A number has more than {MOST_DIGITS} digits.", place=place)
    return value.numerator if value.denominator == 1 else value


class _Builder:
    """A builder of trees from a document's objects: referenced nodes come first, and nothing recurses."""

    def __init__(self, named: Mapping[str, Any], symbols: Mapping[str, Any]) -> None:
        self.named, self.symbols = named, symbols
        self.made: dict[str, tuple[Node, int]] = {}
        self.scopes: dict[str, Scope] = {}
        self.numbers: set[str] = set()
        self._parsed: dict[tuple[str, Scope], Any] = {}

    def tree(self, root: Any) -> Node:
        """Return the whole tree."""
        order = self._in_order()
        self.scopes, self.numbers = known_in_parts(root, {name: self.named[name] for name in reversed(order)})
        for name in order:
            self.made[name] = self._built(self.named[name], f"nodes.{name[:80]}", self.scopes[name])
        return self._built(root, "tree", NOTHING_KNOWN)[0]

    def _in_order(self) -> list[str]:
        """Return the names so that each comes after those it refers to; a circle is refused."""
        needs = {name: self._references(name, node) for name, node in self.named.items()}
        order: list[str] = []
        state: dict[str, int] = {}
        stack: list[tuple[str, bool]] = [(name, False) for name in needs]
        while stack:
            name, ready = stack.pop()
            if ready:
                state[name] = 2
                order.append(name)
            elif name not in state:
                state[name] = 1
                stack.append((name, True))
                for other in needs[name]:
                    if state.get(other) == 1:
                        raise FileFormatError(
                            f"The node {other[:80]!r} is below itself; a tree has no cycle.",
                            place=f"nodes.{name[:80]}",
                        )
                    stack.append((other, False))
        return order

    def _references(self, name: str, node: Any) -> list[str]:
        if isinstance(node, str):
            raise FileFormatError("An entry of 'nodes' is a node, not the name of one.", place=f"nodes.{name[:80]}")
        names, stack = [], [node]
        while stack:
            for child in children_in(stack.pop()).values():
                if isinstance(child, str):
                    names.append(self._known(child, f"nodes.{name[:80]}"))
                else:
                    stack.append(child)
        return names

    def _known(self, name: str, place: str) -> str:
        if name not in self.named:
            raise FileFormatError(str(unknown("entry of 'nodes'", name[:80], self.named)), place=place)
        return name

    def _built(self, root: Any, place: str, known: Scope) -> tuple[Node, int]:
        """Return a node with all below it, and how many there are; ``known`` are the numbers above it."""
        done: list[tuple[Node, int]] = []
        stack: list[tuple[Any, str, Scope, bool]] = [(root, place, known, False)]
        while stack:
            node, at_node, known, ready = stack.pop()
            if isinstance(node, str):
                done.append(self.made[self._known(node, at_node)])
                continue
            kind = "" if ready else kind_of(node, at_node)
            below = children_in(node)
            if not ready and below:
                stack.append((node, at_node, known, True))
                steps = [(child, f"{at_node}.{step}") for step, child in below.items()]
                further = known_below(node, known)
                stack.extend((child, at, further, False) for child, at in reversed(steps))
                continue
            parts = done[len(done) - len(below) :]
            del done[len(done) - len(below) :]
            size = 1 + sum(count for _, count in parts)
            if size > MOST_NODES:
                raise FileFormatError(f"The tree has more than {MOST_NODES:,} nodes.", place=at_node)
            children = [child for child, _ in parts]
            made = self._inner(node, children, at_node, known) if below else self._leaf(kind, node, at_node, known)
            done.append((made, size))
        return done[0]

    def _inner(self, node: Any, children: list[Node], place: str, known: Scope) -> Node:
        if "then" in node:
            return self._number(node, children[0], place, known)
        if "actions" in node:
            actions = tuple(node["actions"])
            return Move(node["player"], actions, tuple(children), node.get("information"), node.get("table"))
        rows = node["chance"]
        chances = tuple(self._value(row["probability"], f"{place}.{label[:80]}", known) for label, row in rows.items())
        return Chance(tuple(rows), chances, tuple(children))

    def _number(self, node: Any, child: Node, place: str, known: Scope) -> Node:
        """Return a node at which nature draws a number or a player chooses one."""
        name, called = node["draw" if "draw" in node else "choose"], node.get("called", "")
        if not name.isidentifier():
            raise FileFormatError(
                f"The name {name[:80]!r} is not a valid name of a number; use letters, digits and _.", place=place
            )
        if "draw" in node:
            law = law_from_document(node["law"], lambda value, at: self._value(value, at, known), f"{place}.law")
            return Draw(name, law, tuple(node["seen_by"]), child, called)
        low, high = (self._value(node[end], f"{place}.{end}", known) for end in ("low", "high"))
        seen_by = tuple(node["seen_by"]) if "seen_by" in node else None
        return Choice(node["player"], name, low, high, child, node.get("information"), seen_by, called)

    def _leaf(self, kind: str, node: Any, place: str, known: Scope) -> Node:
        if kind == "end":
            return self._end(node["outcome"], node["payoffs"], place, known)
        cells: dict[tuple[str, ...], End] = {}
        for k, cell in enumerate(node["matrix"]):
            at = tuple(cell["actions"])
            if at in cells:
                raise FileFormatError(f"The cell {', '.join(at)[:80]} is defined twice.", place=f"{place}.matrix[{k}]")
            cells[at] = self._end(cell.get("outcome", ", ".join(at)), cell["payoffs"], f"{place}.matrix[{k}]", known)
        try:
            return matrix(cells, players=node.get("players"))
        except DeterrenceError as error:
            raise FileFormatError(str(error), place=place) from error

    def _end(self, outcome: str, payoffs: Any, place: str, known: Scope) -> End:
        if isinstance(payoffs, dict):
            values = ((name, self._value(v, f"{place}.payoffs.{name[:80]}", known)) for name, v in payoffs.items())
            return End(outcome, (), tuple(values))
        return End(outcome, tuple(self._value(v, f"{place}.payoffs[{k}]", known) for k, v in enumerate(payoffs)))

    def _value(self, value: Any, place: str, known: Scope) -> Any:
        if not isinstance(value, str):
            return bounded(value, place)
        if (value, known) not in self._parsed:
            names = self.symbols if not known else {**self.symbols, **{name: symbol_named(name) for name in known}}
            for name in self.numbers.intersection(NAME.findall(value)) - names.keys():
                raise FileFormatError(
                    f"The expression {value[:80]!r} uses {name[:80]!r}, which is known only below the node that draws "
                    "or chooses it.",
                    place=place,
                )
            self._parsed[value, known] = parse(value, names, place)
        return self._parsed[value, known]
