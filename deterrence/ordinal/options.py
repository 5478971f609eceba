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
    listed = _options(options)
    for pattern in (*infeasible, *same):
        _check_pattern(pattern, listed)
    _check_directions(irreversible or {}, listed)
    combinations = [one for one in _combinations(listed) if not any(_fits(one, bad) for bad in infeasible)]
    combinations.sort(key=lambda one: any(_fits(one, pattern) for pattern in same))
    called = {one: _name(one, listed, same) for one in combinations}
    called = _renamed(called, names or {})
    states = tuple(dict.fromkeys(called.values()))
    moves = {player: _steps(own, combinations, called, irreversible or {}) for player, own in options.items()}
    rankings = {player: _ranking(player, given, listed, called) for player, given in preferences.items()}
    return Conflict(tuple(options), states, moves, rankings, name=name, caption=caption)


def _options(options: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    listed = tuple(option for own in options.values() for option in own)
    twice = [option for option in listed if listed.count(option) > 1]
    if twice:
        raise GameError(f"The option {twice[0]!r} is listed twice; each belongs to one decision maker.")
    if 2 ** len(listed) > MOST_COMBINATIONS:
        raise GameError(
            f"{len(listed)} options have {2 ** len(listed):,} combinations; at most 16 options are allowed."
        )
    return listed


def _combinations(listed: tuple[str, ...]) -> list[Taken]:
    """Return all combinations, counting up with the first option changing fastest."""
    rows = product((False, True), repeat=len(listed))
    return [frozenset(o for o, taken in zip(listed, reversed(row), strict=True) if taken) for row in rows]


def _fits(combination: Taken, pattern: Pattern) -> bool:
    return all((option in combination) == wanted for option, wanted in pattern.items())


def _name(combination: Taken, listed: tuple[str, ...], same: Sequence[Pattern]) -> str:
    fitting = [pattern for pattern in same if _fits(combination, pattern)]
    if len(fitting) > 1:
        raise GameError(f"A combination fits two patterns that are one state each: {fitting[0]!r} and {fitting[1]!r}.")
    shown = frozenset(o for o, wanted in fitting[0].items() if wanted) if fitting else combination
    return " + ".join(option for option in listed if option in shown) or "nothing"


def _renamed(called: dict[Taken, str], names: Mapping[str, str]) -> dict[Taken, str]:
    for old in names:
        if old not in called.values():
            raise unknown("state", old, dict.fromkeys(called.values()))
    return {one: names.get(name, name) for one, name in called.items()}


def _steps(
    own: Sequence[str],
    combinations: list[Taken],
    called: Mapping[Taken, str],
    irreversible: Mapping[str, str],
) -> list[tuple[str, str]]:
    """Return the moves of one who changes options of its own, between states, each once."""
    mine = frozenset(own)
    pairs: dict[tuple[str, str], None] = {}
    for one in combinations:
        for other in combinations:
            if one - mine == other - mine and called[one] != called[other] and _allowed(one, other, irreversible):
                pairs[called[one], called[other]] = None
    return list(pairs)


def _allowed(one: Taken, other: Taken, irreversible: Mapping[str, str]) -> bool:
    stays = {option for option, way in irreversible.items() if way == "taken"}
    lost = {option for option, way in irreversible.items() if way == "dropped"}
    return not (one - other) & stays and not (other - one) & lost


def _ranking(player: str, given: Sequence[Any], listed: tuple[str, ...], called: Mapping[Taken, str]) -> Any:
    """Return a ranking as given, or made from statements in order of priority."""
    if not any(isinstance(item, Mapping) for item in given):
        return given
    for statement in given:
        if not isinstance(statement, Mapping):
            raise GameError(f"The preferences of {player!r} mix statements and states; got {statement!r}.")
        _check_pattern(statement, listed)
    # A state made of several combinations counts as its first, in which the fewest options are taken.
    first: dict[str, Taken] = {}
    for combination, state in called.items():
        first.setdefault(state, combination)
    scores = {state: tuple(_fits(one, statement) for statement in given) for state, one in first.items()}
    levels = sorted(set(scores.values()), reverse=True)
    return [tuple(state for state in scores if scores[state] == level) for level in levels]


def _check_pattern(pattern: Pattern, listed: tuple[str, ...]) -> None:
    for option, wanted in pattern.items():
        if option not in listed:
            raise unknown("option", option, listed)
        if not isinstance(wanted, bool):
            raise GameError(f"A pattern says True or False of an option; {option!r} was given {wanted!r}.")


def _check_directions(irreversible: Mapping[str, str], listed: tuple[str, ...]) -> None:
    for option, way in irreversible.items():
        if option not in listed:
            raise unknown("option", option, listed)
        if way not in DIRECTIONS:
            raise unknown("direction", way, DIRECTIONS)
