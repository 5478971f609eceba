"""The form of a game's document, as JSON Schema: published in the documentation and held by every reader."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from deterrence.errors import FileFormatError
from deterrence.exchange.files.laws import LAWS, SCIPY

FORMAT = "deterrence-game"
VERSION = 1

VALUE = {
    "description": "A number, or an expression in the parameters as text, such as 'prize - punishment' or '1/3'.",
    "type": ["number", "string"],
}
NAME = {"type": "string", "minLength": 1, "maxLength": 1000}
TEXT = {"type": "string", "maxLength": 100_000}
REFERENCE = {"description": "The name of an entry of 'nodes'.", **NAME}


def _record(required: Sequence[str], **properties: Any) -> dict[str, Any]:
    """Return the schema of an object with some fields, of which some are required, and no others."""
    return {"type": "object", "required": list(required), "additionalProperties": False, "properties": properties}


PLAUSIBLE = {
    "description": "The least and the greatest value worth looking at, within the admissible ones.",
    "type": "array",
    "items": VALUE,
    "minItems": 2,
    "maxItems": 2,
}
PARAMETER = _record(
    ("value", "meaning"),
    value=VALUE,
    meaning=NAME,
    low=VALUE,
    high=VALUE,
    symbol=TEXT,
    plausible=PLAUSIBLE,
    why=TEXT,
)
PAYOFFS = {
    "description": "One payoff a player, in the players' order or by name.",
    "anyOf": [
        {"type": "array", "items": VALUE, "maxItems": 1000},
        {"type": "object", "additionalProperties": VALUE},
    ],
}


NUMBER_NAME = {"description": "The name that the number has in what is below.", **NAME}
PLAYERS = {"type": "array", "items": NAME, "maxItems": 1000}


def law_kinds() -> dict[str, Any]:
    """Return the schema of each kind of law."""
    kinds = {
        kind: _record(("kind", *needed), kind={"const": kind}, **dict.fromkeys((*needed, *more), VALUE))
        for kind, (_, needed, more) in LAWS.items()
    }
    numbers = {"type": "array", "items": {"type": "number"}, "maxItems": 20}
    keywords = {"type": "object", "maxProperties": 20, "additionalProperties": {"type": "number"}}
    family = {"description": "A continuous family of scipy.stats, with arguments as SciPy takes them.", **NAME}
    more = {"family": family, "arguments": numbers, "keywords": keywords}
    return kinds | {SCIPY: _record(("kind", "family"), kind={"const": SCIPY}, **more)}


def node_kinds(below: Mapping[str, Any], law: Mapping[str, Any]) -> dict[str, Any]:
    """Return the schema of each kind of node: that of children is ``below``, that of laws ``law``."""
    cell = _record(
        ("actions", "payoffs"), actions={"type": "array", "items": NAME, "minItems": 1}, outcome=NAME, payoffs=PAYOFFS
    )
    return {
        "draw": _record(
            ("draw", "law", "seen_by", "then"), draw=NUMBER_NAME, law=law, seen_by=PLAYERS, called=NAME, then=below
        ),
        "choice": _record(
            ("choose", "player", "low", "high", "then"),
            choose=NUMBER_NAME,
            player=NAME,
            low=VALUE,
            high=VALUE,
            information=NAME,
            seen_by=PLAYERS,
            called=NAME,
            then=below,
        ),
        "end": _record(("outcome", "payoffs"), outcome=NAME, payoffs=PAYOFFS),
        "move": _record(
            ("player", "actions"),
            player=NAME,
            information=NAME,
            table=TEXT,
            actions={"type": "object", "minProperties": 1, "additionalProperties": below},
        ),
        "chance": _record(
            ("chance",),
            chance={
                "type": "object",
                "minProperties": 1,
                "additionalProperties": _record(("probability", "then"), probability=VALUE, then=below),
            },
        ),
        "matrix": _record(
            ("matrix",),
            players={"type": "array", "items": NAME, "minItems": 1},
            matrix={"type": "array", "minItems": 1, "items": cell},
        ),
    }


MARKS = {"draw": "draw", "choice": "choose", "end": "outcome", "move": "player", "chance": "chance", "matrix": "matrix"}
"""The field that tells each kind of node."""


def document_schema(node: Mapping[str, Any]) -> dict[str, Any]:
    """Return the schema of a whole document whose nodes have the schema ``node``."""
    play = {"anyOf": [NAME, {"type": "array", "items": NAME, "minItems": 1}]}
    return _record(
        ("format", "version", "players", "tree"),
        format={"const": FORMAT},
        version={"const": VERSION},
        name=NAME,
        caption=TEXT,
        players={"type": "array", "items": NAME, "minItems": 1, "maxItems": 1000},
        parameters={"type": "object", "maxProperties": 1000, "additionalProperties": PARAMETER},
        assumptions={"type": "array", "items": {"type": "string"}, "maxItems": 1000},
        class_names={
            "description": "What classes of equilibria are called: name -> information set -> what is done.",
            "type": "object",
            "additionalProperties": {"type": "object", "additionalProperties": play},
        },
        nodes={
            "description": "Nodes by name, for trees that are deep or that hold a part more than once.",
            "type": "object",
            "additionalProperties": node,
        },
        tree=node,
    )


@cache
def schema() -> dict[str, Any]:
    """Return the whole JSON Schema, with the tree's nodes in each other."""
    below = {"anyOf": [REFERENCE, {"$ref": "#/$defs/node"}]}
    kinds = node_kinds(below, {"$ref": "#/$defs/law"})
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A game of the deterrence library",
        **document_schema(below),
        "$defs": {"node": {"anyOf": list(kinds.values())}, "law": {"anyOf": list(law_kinds().values())}},
    }


@cache
def _validators() -> dict[str, Any]:
    from jsonschema import Draft202012Validator

    below = {"type": ["object", "string"]}
    laws = {f"{kind} law": form for kind, form in law_kinds().items()}
    forms = {**node_kinds(below, {"type": "object"}), **laws, "document": document_schema(below)}
    return {kind: Draft202012Validator(form) for kind, form in forms.items()}


def check_document(document: Any) -> None:
    """Refuse a document whose outermost level has not the form of a game; its nodes are looked at one by one.

    Raises
    ------
    FileFormatError
        If it has not; the place is named.
    """
    _check("document", document, "")


def kind_of(node: Any, place: str) -> str:
    """Return which kind of node an object is, refused where it has the form of none.

    Raises
    ------
    FileFormatError
        If it has the form of none; the place is named.
    """
    for kind, mark in MARKS.items():
        if isinstance(node, dict) and mark in node:
            if not _usual(kind, node):
                _check(kind, node, place)
            if kind == "draw":
                _check_law(node["law"], f"{place}.law")
            return kind
    raise FileFormatError(
        "A node is an end with 'outcome' and 'payoffs', a move with 'player' and 'actions', a draw with 'chance', a "
        "'matrix', a number that nature draws, with 'draw' and 'law', or one that a player chooses, with 'choose', "
        f"'low' and 'high'; this one {_contents(node)}.",
        place=place,
    )


def _check_law(law: dict[str, Any], place: str) -> None:
    kinds = (*LAWS, SCIPY)
    if law.get("kind") not in kinds:
        given = _shortened(law["kind"]) if "kind" in law else "missing"
        raise FileFormatError(f"The 'kind' of a law must be {_listed(kinds)}; it is {given}.", place=place)
    _check(f"{law['kind']} law", law, place)


def _usual(kind: str, node: dict[str, Any]) -> bool:
    """Tell at once of a usual end that it has the right form: most nodes are ends, and the validator is slow."""
    if kind != "end" or len(node) != 2 or not isinstance(node["outcome"], str) or not 0 < len(node["outcome"]) <= 1000:
        return False
    payoffs = node.get("payoffs")
    return isinstance(payoffs, list) and len(payoffs) <= 1000 and all(type(p) in (int, str) for p in payoffs)


def _check(kind: str, value: Any, place: str) -> None:
    from jsonschema.exceptions import best_match

    error = best_match(_validators()[kind].iter_errors(value))
    if error is not None:
        where = place + "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in error.absolute_path)
        raise FileFormatError(_sentence(error), place=where.lstrip(".")[:300] or "the top level")


def _sentence(error: Any) -> str:
    """Return a validator's complaint in a sentence that does not repeat the whole document."""
    wanted, value = error.validator_value, _shortened(error.instance)
    sentences: dict[str, Callable[[], str]] = {
        "required": lambda: f"{error.message.split(' is ')[0]} is missing",
        "additionalProperties": lambda: _unknown_field(error),
        "type": lambda: f"it must be {_listed([wanted] if isinstance(wanted, str) else wanted)}, not {value}",
        "const": lambda: f"it must be {wanted!r}, not {value}",
        "minLength": lambda: "it must not be empty",
        "minItems": lambda: "it must not be empty",
        "minProperties": lambda: "it must not be empty",
    }
    other = f"{value} does not have the required form"
    sentence = sentences[error.validator]() if error.validator in sentences else other
    return sentence[0].upper() + sentence[1:] + "."


def _unknown_field(error: Any) -> str:
    allowed = error.schema.get("properties", {})
    field = next(repr(name)[:80] for name in error.instance if name not in allowed)
    return f"there is no field called {field}; allowed are {_listed(allowed)}"


def _listed(names: Any) -> str:
    return " or ".join(repr(name) for name in names)


def _contents(node: Any) -> str:
    return f"has {_listed(list(node)[:6]) or 'nothing'}" if isinstance(node, dict) else f"is {_shortened(node)}"


def _shortened(value: Any) -> str:
    if isinstance(value, (dict, list)):
        return f"{'an object' if isinstance(value, dict) else 'a list'} of {len(value)}"
    text = repr(value) if isinstance(value, (str, int, float, bool)) or value is None else str(value)
    return text if len(text) <= 80 else f"{text[:79]}…"
