"""What an equilibrium in cutoffs is called: by what is chosen, and by which types do what on the path of play."""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite
from typing import TYPE_CHECKING, Any

from deterrence.answers.continuum.pieces import Piece, exact_or_float, pieces_within
from deterrence.answers.continuum.strategies import Mixture, Schedule
from deterrence.answers.derived_name import NO_CHOICE
from deterrence.games.expression import show_number

if TYPE_CHECKING:
    from deterrence.answers.continuum.equilibrium import ContinuumEquilibrium

LONG = 100
"""A name has no further parts beyond so many letters."""
DIGITS = 3
MOST_PIECES = 3
"""With more intervals of the type than this their ends are not told."""


def name_by_types(answer: ContinuumEquilibrium) -> str:
    """Return what happens on the path in a few words: ``Rival: fight below 0.15``, ``Proposer: demand 0.65``."""
    players: dict[str, list[str]] = {}
    for player, words, alike in _parts(answer):
        before = "; ".join(f"{who}: {', '.join(parts)}" for who, parts in players.items())
        if players and len(before) + len(words) + len(player) > LONG:
            return f"{before}; …"
        if not (alike and player in players):
            players.setdefault(player, []).append(words)
    return "; ".join(f"{who}: {', '.join(parts)}" for who, parts in players.items()) or NO_CHOICE


def _parts(answer: ContinuumEquilibrium) -> Iterator[tuple[str, str, bool]]:
    """Yield what is chosen and done on the path, in the order of the tree.

    That is the player, the words, and whether it is one action of all who come there.
    """
    form, variables = answer.game.form, answer.game.variables
    places: list[tuple[int, int, Any]] = [
        (variables[name].node, 0, name) for name, _ in answer.choice_list if answer.reaches(variables[name].node)
    ]
    moving = (h for h, hit in enumerate(answer.reached) if hit and len(form.actions_of[h]) > 1)
    places += [(form.nodes_of[h][0], 1, h) for h in moving]
    for _, kind, what in sorted(places, key=lambda place: place[:2]):
        if kind == 0:
            yield variables[what].player or "", f"{what} {_chosen(answer, what)}", False
        else:
            alike = sum(p != 0 for p in answer.behaviour[what]) == 1
            yield form.players[form.player_of[what]], _done(answer, what), alike


def _chosen(answer: ContinuumEquilibrium, name: str) -> str:
    value = answer.choices[name]
    if isinstance(value, Mixture):
        return " or ".join(_number(x) for x, _ in value.numbers)
    if not isinstance(value, Schedule):
        return str(value) if getattr(value, "free_symbols", None) else _number(value)
    ends = [exact_or_float(end) for end in answer.span_of(value.variable)]
    if not all(map(isfinite, ends)):
        return f"by {value.variable}"
    first, last = (_number(value(end)) for end in ends)
    return f"{first} to {last} by {value.variable}" if first != last else first


def _done(answer: ContinuumEquilibrium, h: int) -> str:
    """Return what types do at an information set: the action of all, or those of the lower types with their cutoffs."""
    actions = answer.game.form.actions_of[h]
    taken = [action for action, p in zip(actions, answer.behaviour[h], strict=True) if p != 0]
    rule = answer.strategy_list[h][1]
    if len(taken) == 1:
        return taken[0]
    if rule.depends_on <= answer.certain_choices.keys():
        pieces = pieces_within(rule.after(answer.certain_choices).pieces, answer.span_of(rule.variable))
        if 1 < len(pieces) <= MOST_PIECES:
            return ", ".join(_piece(pieces, i) for i in range(len(pieces) - (len(pieces) == 2)))
    return f"mix of {', '.join(taken[:-1])} and {taken[-1]}" if rule.variable is None else " or ".join(taken)


def _piece(pieces: tuple[Piece, ...], i: int) -> str:
    if i == len(pieces) - 1:
        return f"{pieces[i].action} above"
    return f"{pieces[i].action} {'below' if i == 0 else 'to'} {_number(pieces[i].high)}"


def _number(value: Any) -> str:
    return show_number(float(exact_or_float(value)), DIGITS)
