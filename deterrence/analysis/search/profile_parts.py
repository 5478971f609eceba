"""What a profile is made of: the mechanism in a game, what it deters, the values looked at, and stretches of them."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from typing import Any

import numpy as np

from deterrence.analysis.answers.statics import Statics
from deterrence.analysis.answers.sweep import Sweep
from deterrence.answers.measure import Measure
from deterrence.errors import MechanismError, ParameterError
from deterrence.games.expression import Exact, exact_number, show_number
from deterrence.games.game import Game
from deterrence.games.kinds import checked_game
from deterrence.games.parameter import Parameter

SLIGHT = 1e-6

Piece = tuple[float, float, float, float]
"""From, to, and the least and greatest value of the measure between."""


def mechanism_in(game: Any, kind: str, prefix: str | None) -> Any:
    """Return the one mechanism of a kind that a game is under, and that the prefix names."""
    checked_game(game)
    mechanisms = [mechanism for mechanism in game.mechanisms if type(mechanism).__name__ == kind]
    chosen = [mechanism for mechanism in mechanisms if prefix is None or getattr(mechanism, "prefix", "") == prefix]
    if not mechanisms:
        have = ", ".join(type(mechanism).__name__ for mechanism in game.mechanisms) or "none"
        raise MechanismError(
            f"The game {game.name!r} is not under {kind} (its mechanisms: {have}). Apply it first: "
            f"game.under({kind}(…))."
        )
    if len(chosen) != 1:
        prefixes = ", ".join(repr(getattr(mechanism, "prefix", "")) for mechanism in mechanisms)
        raise MechanismError(f"The game {game.name!r} has {kind} with the prefixes {prefixes}; say which by prefix=…")
    return chosen[0]


def parameters_of(game: Game, mechanism: Any) -> dict[str, str]:
    """Return the mechanism's numeric fields that are parameters of the game, with their names there."""
    names = {}
    for name in type(mechanism).__dataclass_fields__:
        value = getattr(mechanism, name)
        own = value.name if isinstance(value, Parameter) and value.name else name
        called = "_".join(filter(None, (mechanism.prefix, own)))
        if called in game.parameters:
            names[name] = called
    return names


def hostile_act(game: Game, target: str) -> str | None:
    """Return the first choice of a player whose outcomes are on average worst for the others; None without one."""
    form, values = game.form, game.numbers[0]
    player = game.players.index(target)
    nodes = [k for k in range(form.size) if form.infoset_of[k] >= 0 and form.player_of[form.infoset_of[k]] == player]
    if not nodes:
        return None
    harm = []
    for child in form.children[nodes[0]]:
        left = [sum(float(v) for k, v in enumerate(values[end]) if k != player) for end in _ends_below(form, child)]
        harm.append(sum(left) / len(left))
    action: str = form.actions_of[form.infoset_of[nodes[0]]][int(np.argmin(harm))]
    return action


def _ends_below(form: Any, node: int) -> list[int]:
    found, stack = [], [node]
    while stack:
        at = stack.pop()
        stack.extend(form.children[at])
        if form.outcome[at] is not None:
            found.append(at)
    return found


def looked_at(game: Game, name: str, most: Any = None) -> tuple[Exact, Exact]:
    """Return the range of a parameter to look at: to the end that is given, else its plausible or admissible values.

    Without an end it goes up to the spread of the payoffs.
    """
    parameter = game.parameters[name]
    least, greatest = parameter.span
    start: Exact = 0 if least is None else least
    if most is not None:
        end = exact_number(most, f"greatest {name}")
        parameter.at(end)
        if end <= start:
            raise ParameterError(f"most={show_number(end)} leaves nothing to look at; {name} starts at {start}.")
        return start, end
    if greatest is not None:
        return start, greatest
    return start, _as_far(game, name, start)


def further(game: Game, name: str) -> tuple[Exact, Exact]:
    """Return the admissible range of a parameter, plausible or not; without an end up to the spread of the payoffs."""
    parameter = game.parameters[name]
    start: Exact = 0 if parameter.low is None else parameter.low
    return start, _as_far(game, name, start) if parameter.high is None else parameter.high


def _as_far(game: Game, name: str, start: Exact) -> Exact:
    ends = [row for node, row in enumerate(game.numbers[0]) if game.form.outcome[node] is not None]
    spread = max(max(values) - min(values) for values in zip(*ends, strict=True))
    return max(start + spread, game.values[name], start + 1)


def stretches(found: Statics, swept: Sweep, question: Measure) -> tuple[Piece, ...]:
    """Return the stretches between changes of the set of classes, neighbours with the same values as one."""
    return _merged(_pieces(found, swept, question))


def _pieces(found: Statics, swept: Sweep, question: Measure) -> Iterable[Piece]:
    data = swept.data.sel(measure=question.name)
    at = swept.data[found.parameter].values
    low, high = found.between
    cuts = [float(low), *(float(boundary.value) for boundary in found.boundaries), float(high)]
    for index, (start, end) in enumerate(itertools.pairwise(cuts)):
        inside = (at > start) & (at < end)
        values = [*data["low"].values[inside], *data["high"].values[inside]]
        if index > 0:
            values += [float(x) for x in found.boundaries[index - 1].above]
        if index < len(cuts) - 2:
            values += [float(x) for x in found.boundaries[index].below]
        known = [value for value in values if np.isfinite(value)]
        yield (start, end, min(known), max(known)) if known else (start, end, np.nan, np.nan)


def _merged(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """Join neighbouring intervals where the measure is the same on both."""
    merged: list[Piece] = []
    for piece in pieces:
        if merged and np.allclose(merged[-1][2:], piece[2:], atol=SLIGHT, equal_nan=True):
            merged[-1] = (merged[-1][0], *piece[1:])
        else:
            merged.append(piece)
    return tuple(merged)
