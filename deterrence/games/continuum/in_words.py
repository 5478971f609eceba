"""Draws and choices in words: who draws or chooses which number, how, and who sees it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from deterrence.games.continuum.variables import Variable
from deterrence.games.expression import show_value
from deterrence.games.words import listed

MOST_LISTED = 6
"""Of more numbers that are drawn alike only the first ones and the last are listed."""
LISTED_FIRST = 3

Group = tuple[Variable, ...]


def groups_at(form: Any, node: int) -> Iterator[Group]:
    """Yield the numbers that are drawn or chosen directly above a node, those drawn alike in one group."""
    passed = len(form.variables_above.get(form.parent[node], ())) if node else 0
    here = [form.variables[k] for k in form.variables_above.get(node, ())[passed:]]
    for _, alike in groupby(enumerate(here), key=lambda pair: _kind(*pair)):
        yield tuple(variable for _, variable in alike)


def _kind(place: int, variable: Variable) -> Any:
    """Return what numbers share that are told in one line; a choice stands alone."""
    return (variable.in_sympy().law, variable.known_to) if variable.is_draw else place


def group_in_words(group: Group, players: Sequence[str]) -> str:
    """Return a line on numbers that are drawn alike, or on one that is chosen."""
    first = group[0]
    if not first.is_draw:
        return choice_in_words(first, players)
    each = "each " if len(group) > 1 else ""
    return f"nature draws {names_in_words(group)}, {each}{first.law}, {seen_in_words(first, players)}"


def choice_in_words(variable: Variable, players: Sequence[str]) -> str:
    """Return who chooses a number, between which ends, and who does not see it."""
    who = f"{variable.player} ({variable.information})" if variable.information else variable.player
    hidden = seen_in_words(variable, players)
    return f"{who} chooses {names_in_words((variable,))} in {span_in_words(variable)}{f', {hidden}' if hidden else ''}"


def names_in_words(group: Group) -> str:
    """Return the names of numbers, each with its words where it has some; of many the first ones and the last."""
    names = [f"{variable.name} ({variable.called})" if variable.called else variable.name for variable in group]
    if len(names) > MOST_LISTED:
        return f"{', '.join(names[:LISTED_FIRST])}, … and {names[-1]} ({len(names)} numbers)"
    return listed(names)


def span_in_words(variable: Variable) -> str:
    """Return the ends between which a number is chosen."""
    return f"[{show_value(variable.low)}, {show_value(variable.high)}]"


def seen_in_words(variable: Variable, players: Sequence[str]) -> str:
    """Return who sees a number; of a choice nothing where everybody does."""
    seers = tuple(player for player in players if player in variable.known_to and player != variable.player)
    everybody = len(seers) + (not variable.is_draw) == len(players)
    if variable.is_draw and everybody and len(players) > 1:
        return "seen by everybody"
    if everybody and not variable.is_draw:
        return ""
    if seers:
        return f"seen by {listed(seers)}"
    return "seen by nobody" if variable.is_draw else "unseen by the others"
