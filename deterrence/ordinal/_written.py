"""Names, moves and rankings as they are written, checked and put in order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from deterrence.errors import GameError, unknown

Ranking = tuple[tuple[str, ...], ...]
"""States from best to worst, those of equal rank together."""


def checked_names(names: Sequence[str], kind: str) -> tuple[str, ...]:
    if isinstance(names, str):
        raise GameError(f"The {kind}s are a tuple of names, not the text {names!r}.")
    names = tuple(names)
    for name in names:
        if not isinstance(name, str) or not name.strip():
            raise GameError(f"A {kind} is named in words, not {name!r}.")
        if names.count(name) > 1:
            raise GameError(f"Two {kind}s are called {name!r}; every {kind} needs a name of its own.")
    if not names:
        raise GameError(f"A conflict needs at least one {kind}.")
    return names


def checked_moves(player: str, moves: Any, states: tuple[str, ...]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return one decision maker's moves by the state they start from, in the order of the states."""
    if isinstance(moves, Mapping):
        pairs = [(start, other) for start, others in moves.items() for other in _several(others)]
    else:
        pairs = [tuple(pair) for pair in moves]
    ends: dict[str, list[str]] = {}
    for pair in pairs:
        if len(pair) != 2:
            raise GameError(f"A move of {player!r} is a pair of states, from and to, not {pair!r}.")
        for state in pair:
            if state not in states:
                raise unknown("state", state, states)
        if pair[0] == pair[1]:
            raise GameError(f"A move of {player!r} leads from {pair[0]!r} to itself.")
        ends.setdefault(pair[0], []).append(pair[1])
    return tuple((start, tuple(s for s in states if s in ends[start])) for start in states if start in ends)


def _several(states: Any) -> tuple[str, ...]:
    return (states,) if isinstance(states, str) else tuple(states)


def checked_ranking(player: str, ranking: Sequence[Any], states: tuple[str, ...]) -> Ranking:
    if isinstance(ranking, str):
        raise GameError(f"The ranking of {player!r} is a list of states from best to worst, not the text {ranking!r}.")
    groups = tuple(_several(group) for group in ranking)
    ranked = [state for group in groups for state in group]
    for state in ranked:
        if state not in states:
            raise unknown("state", state, states)
        if ranked.count(state) > 1:
            raise GameError(f"{player} ranks {state!r} twice.")
    missing = [state for state in states if state not in ranked]
    if missing:
        raise GameError(f"{player} does not rank {missing[0]!r}; a ranking lists every state, the best first.")
    return tuple(tuple(s for s in states if s in group) for group in groups if group)
