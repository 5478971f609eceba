"""Names, moves and rankings as they are written, checked and put in order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from deterrence.errors import GameError, unknown

Ranking = tuple[tuple[str, ...], ...]
"""States from best to worst, those of equal rank together."""


def checked_names(given: Sequence[str], kind: str) -> tuple[str, ...]:
    if isinstance(given, str):
        raise GameError(f"The {kind}s are a tuple of names, not the text {given!r}.")
    listed = tuple(given)
    for one in listed:
        if not isinstance(one, str) or not one.strip():
            raise GameError(f"A {kind} is named in words, not {one!r}.")
        if listed.count(one) > 1:
            raise GameError(f"Two {kind}s are called {one!r}; every {kind} needs a name of its own.")
    if not listed:
        raise GameError(f"A conflict needs at least one {kind}.")
    return listed


def checked_moves(player: str, given: Any, states: tuple[str, ...]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return one decision maker's moves by the state they start from, in the order of the states."""
    if isinstance(given, Mapping):
        pairs = [(one, other) for one, others in given.items() for other in _several(others)]
    else:
        pairs = [tuple(pair) for pair in given]
    found: dict[str, list[str]] = {}
    for pair in pairs:
        if len(pair) != 2:
            raise GameError(f"A move of {player!r} is a pair of states, from and to, not {pair!r}.")
        for state in pair:
            if state not in states:
                raise unknown("state", state, states)
        if pair[0] == pair[1]:
            raise GameError(f"A move of {player!r} leads from {pair[0]!r} to itself.")
        found.setdefault(pair[0], []).append(pair[1])
    return tuple((one, tuple(s for s in states if s in found[one])) for one in states if one in found)


def _several(given: Any) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else tuple(given)


def checked_ranking(player: str, given: Sequence[Any], states: tuple[str, ...]) -> Ranking:
    if isinstance(given, str):
        raise GameError(f"The ranking of {player!r} is a list of states from best to worst, not the text {given!r}.")
    groups = tuple(_several(group) for group in given)
    listed = [state for group in groups for state in group]
    for state in listed:
        if state not in states:
            raise unknown("state", state, states)
        if listed.count(state) > 1:
            raise GameError(f"{player} ranks {state!r} twice.")
    left = [state for state in states if state not in listed]
    if left:
        raise GameError(f"{player} does not rank {left[0]!r}; a ranking lists every state, the best first.")
    return tuple(tuple(s for s in states if s in group) for group in groups if group)
