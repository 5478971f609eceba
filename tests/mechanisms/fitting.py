"""Any mechanism, made for a game from the names of its fields, so that a new one is met without being entered anywhere."""

import re
from dataclasses import MISSING, fields
from fractions import Fraction
from typing import NamedTuple

from deterrence import mechanisms
from deterrence.games.parameter import Parameter


class Words(NamedTuple):
    """What a game calls its act, its other choice, its answer, letting pass, the two sides, and an outcome."""

    act: str
    other: str
    answer: str
    passing: str
    actor: str
    victim: str
    outcome: str


# The word that a field of a mechanism asks for. A field of another name is entered here once, for all mechanisms.
ROLES = {
    "action": "act",
    "otherwise": "other",
    "answers": "answer",
    "restraint": "passing",
    "retreat": "passing",
    "by": "actor",
    "sponsor": "actor",
    "target": "actor",
    "player": "victim",
    "victim": "victim",
    "outcomes": "outcome",
}
# What a mechanism asks for that acts on one player's own action, where others would name two players.
OWN = {"player": "actor"}
NEUTRAL = re.compile(r"\*Neutral\*(?P<words>.*?)\*Left out\*", re.DOTALL)
VALUE = re.compile(r"``(?P<field>\w+)=(?P<value>[\d./]+)``")

WITHOUT_END = {"Hidden", "Shocks"}
"""They make a game with numbers without end of any game, and are tested in files of their own."""
KINDS = {name: getattr(mechanisms, name) for name in mechanisms.__all__ if name not in WITHOUT_END}


def neutral_values(kind):
    """Return the values at which a mechanism's docstring says that it changes no equilibrium."""
    return {match["field"]: Fraction(match["value"]) for match in VALUE.finditer(NEUTRAL.search(kind.__doc__)["words"])}


def fitted(kind, words, **values):
    """Return a mechanism for a game with these words, its numbers at their defaults unless they are given."""
    needed = {field.name for field in fields(kind) if field.default is MISSING and field.default_factory is MISSING}
    strange = needed - set(ROLES)
    assert not strange, f"{kind.__name__} needs {strange}; say in ROLES which word of a game that is"
    roles = ROLES | OWN if {"action", "player"} <= {field.name for field in fields(kind)} else ROLES
    given = {field.name: getattr(words, roles[field.name]) for field in fields(kind) if field.name in roles}
    return kind(**{**given, "prefix": "fitted", **values})


def neutral(kind, words):
    """Return a mechanism at its neutral values."""
    return fitted(kind, words, **neutral_values(kind))


def misspelt(mechanism):
    """Return the same mechanism with one action or outcome misspelt, and the name that it then asks for."""
    for name, role in ROLES.items():
        value = getattr(mechanism, name, None)
        if role not in ("actor", "victim") and isinstance(value, str) and value:
            return type(mechanism)(**{**vars(mechanism), name: f"{value}s"}), f"{value}s"
    raise AssertionError(f"{mechanism!r} names no action and no outcome")


def numbers(kind):
    """Return the fields of a mechanism that become parameters of the game."""
    return [field.name for field in fields(kind) if isinstance(field.default, Parameter)]
