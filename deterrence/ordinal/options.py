"""States written as options: who may take which, which combinations cannot be, and what is irreversible."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any

from deterrence.errors import GameError, unknown
from deterrence.ordinal.conflict import Conflict

Pattern = Mapping[str, bool]
"""Option -> whether it is taken; options that are not listed may be either."""
Taken = frozenset[str]

MOST_COMBINATIONS = 2**16
DIRECTIONS = ("taken", "dropped")


def conflict_from_options(
    options: Mapping[str, Sequence[str]],
    preferences: Mapping[str, Sequence[Any]],
    *,
    infeasible: Sequence[Pattern] = (),
    same: Sequence[Pattern] = (),
    irreversible: Mapping[str, str] | None = None,
    names: Mapping[str, str] | None = None,
    name: str = "conflict",
    caption: str = "",
) -> Conflict:
    """Make a conflict whose states are the feasible combinations of options.

    An option is a course of action that one decision maker controls and takes or does not take. A decision
    maker moves by changing options of its own, any number of them at once.

    Parameters
    ----------
    options
        For each decision maker its options.
    preferences
        For each decision maker either a ranking of the states by name, best first, or statements in order of
        priority: patterns such as ``{"Abandon": False}``. A state where an earlier statement is true is better
        than one where it is false, whatever the later ones say; states that satisfy the same are tied.
    infeasible
        Patterns that cannot be.
    same
        Patterns each of which is one state, whatever the other options are; these states come last.
    irreversible
        Options that cannot be changed back: ``"taken"`` for one that stays once it is taken, ``"dropped"`` for
        one that is lost once it is not taken.
    names
        Other names for states, by the names that they would have: the options taken, joined by ``" + "``,
        or ``"nothing"``; of a pattern that is one state, the pattern's.
    name, caption
        What the conflict is called, and a sentence about it.

    Raises
    ------
    GameError
        If there are more than 65,536 combinations, an option belongs to two, a direction is neither of the two,
        or a combination fits two of the patterns that are one state each.
    UnknownNameError
        If a pattern or direction names no option, or a ranking or name no state.

    References
    ----------
    Fang, Hipel and Kilgour (1993), chapter 2, for the option form.

    Examples
    --------
    >>> import deterrence as dt
    >>> strait = dt.conflict_from_options(
    ...     {"Navy": ["blockade"], "Shipper": ["turn back", "run through"]},
    ...     {
    ...         "Navy": [{"run through": False}, {"blockade": False}],
    ...         "Shipper": [{"turn back": False}, {"blockade": False}],
    ...     },
    ...     infeasible=[{"turn back": True, "run through": True}],
    ... )
    >>> strait.states
    ('nothing', 'blockade', 'turn back', 'blockade + turn back', 'run through', 'blockade + run through')
    >>> strait.preferences["Navy"][0]
    ('nothing', 'turn back')
    """
    all_options = _options(options)
    for pattern in (*infeasible, *same):
        _check_pattern(pattern, all_options)
    _check_directions(irreversible or {}, all_options)
    combinations = [c for c in _combinations(all_options) if not any(_fits(c, pattern) for pattern in infeasible)]
    combinations.sort(key=lambda combination: any(_fits(combination, pattern) for pattern in same))
    state_of = {combination: _name(combination, all_options, same) for combination in combinations}
    state_of = _renamed(state_of, names or {})
    states = tuple(dict.fromkeys(state_of.values()))
    moves = {player: _steps(group, combinations, state_of, irreversible or {}) for player, group in options.items()}
    rankings = {player: _ranking(player, items, all_options, state_of) for player, items in preferences.items()}
    return Conflict(tuple(options), states, moves, rankings, name=name, caption=caption)


def _options(options: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    all_options = tuple(option for group in options.values() for option in group)
    twice = [option for option in all_options if all_options.count(option) > 1]
    if twice:
        raise GameError(f"The option {twice[0]!r} is listed twice; each belongs to one decision maker.")
    count = len(all_options)
    if 2**count > MOST_COMBINATIONS:
        raise GameError(f"{count} options have {2**count:,} combinations; at most 16 options are allowed.")
    return all_options


def _combinations(all_options: tuple[str, ...]) -> list[Taken]:
    """Return all combinations, counting up with the first option changing fastest."""
    rows = product((False, True), repeat=len(all_options))
    return [frozenset(o for o, taken in zip(all_options, reversed(row), strict=True) if taken) for row in rows]


def _fits(combination: Taken, pattern: Pattern) -> bool:
    return all((option in combination) == value for option, value in pattern.items())


def _name(combination: Taken, all_options: tuple[str, ...], same: Sequence[Pattern]) -> str:
    fitting = [pattern for pattern in same if _fits(combination, pattern)]
    if len(fitting) > 1:
        raise GameError(f"A combination fits two patterns that are one state each: {fitting[0]!r} and {fitting[1]!r}.")
    named = frozenset(option for option, value in fitting[0].items() if value) if fitting else combination
    return " + ".join(option for option in all_options if option in named) or "nothing"


def _renamed(state_of: dict[Taken, str], names: Mapping[str, str]) -> dict[Taken, str]:
    for old in names:
        if old not in state_of.values():
            raise unknown("state", old, dict.fromkeys(state_of.values()))
    return {combination: names.get(state, state) for combination, state in state_of.items()}


def _steps(
    options: Sequence[str],
    combinations: list[Taken],
    state_of: Mapping[Taken, str],
    irreversible: Mapping[str, str],
) -> list[tuple[str, str]]:
    """Return the moves between states of one who changes these options, each move once."""
    controlled = frozenset(options)
    pairs: dict[tuple[str, str], None] = {}
    for start, end in product(combinations, repeat=2):
        differ = state_of[start] != state_of[end]
        if start - controlled == end - controlled and differ and _allowed(start, end, irreversible):
            pairs[state_of[start], state_of[end]] = None
    return list(pairs)


def _allowed(start: Taken, end: Taken, irreversible: Mapping[str, str]) -> bool:
    stays = {option for option, way in irreversible.items() if way == "taken"}
    lost = {option for option, way in irreversible.items() if way == "dropped"}
    return not (start - end) & stays and not (end - start) & lost


def _ranking(player: str, items: Sequence[Any], all_options: tuple[str, ...], state_of: Mapping[Taken, str]) -> Any:
    """Return a ranking of states as it is, or the one that statements in order of priority make."""
    if not any(isinstance(item, Mapping) for item in items):
        return items
    for statement in items:
        if not isinstance(statement, Mapping):
            raise GameError(f"The preferences of {player!r} mix statements and states; got {statement!r}.")
        _check_pattern(statement, all_options)
    # A state made of several combinations counts as its first, in which the fewest options are taken.
    first: dict[str, Taken] = {}
    for combination, state in state_of.items():
        first.setdefault(state, combination)
    scores = {state: tuple(_fits(taken, statement) for statement in items) for state, taken in first.items()}
    levels = sorted(set(scores.values()), reverse=True)
    return [tuple(state for state in scores if scores[state] == level) for level in levels]


def _check_pattern(pattern: Pattern, all_options: tuple[str, ...]) -> None:
    for option, value in pattern.items():
        if option not in all_options:
            raise unknown("option", option, all_options)
        if not isinstance(value, bool):
            raise GameError(f"A pattern says True or False of an option; {option!r} was given {value!r}.")


def _check_directions(irreversible: Mapping[str, str], all_options: tuple[str, ...]) -> None:
    for option, way in irreversible.items():
        if option not in all_options:
            raise unknown("option", option, all_options)
        if way not in DIRECTIONS:
            raise unknown("direction", way, DIRECTIONS)
