"""Whether a play is an equilibrium: nobody gains by deviating, and each payoff is that of the play, computed again."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from typing import Any

from deterrence.continuous.games import ContinuousGame
from deterrence.errors import GameError

TOLERANCE = 1e-6
"""What nobody may gain by deviating in an equilibrium that is returned, relative to 1 and the largest payoff."""
COARSE = 1e-4
"""How far below zero a gain may lie that was sought on a grid, in the same measure."""
CLOSE = 1e-3
"""How near a payoff must be to the one that is computed again from the play, relative to 1 and the largest payoff."""


def check_play(game: ContinuousGame, play: Any) -> None:
    """Refuse a play that is none of the model: names, probabilities, payoffs or gains that cannot be.

    Raises
    ------
    GameError
        If names are missing or strange, a probability lies outside [0, 1], those of the outcomes do not sum to
        one, a payoff is not finite, or a gain is negative.
    """
    sides = (("outcomes", game.outcomes), ("payoffs", game.players), ("actions", game.actions))
    for what, names in sides:
        _check_names(game, what, getattr(play, what), names)
        if not all(map(isfinite, getattr(play, what).values())):
            raise GameError(f"A play of {game.name!r} has {what} {getattr(play, what)}; each must be a finite number.")
    for what, certified in (("gains", play.gains), ("recomputed payoffs", play.recomputed)):
        if certified:
            _check_names(game, what, certified, game.players)
    _check_probabilities(game, play)
    least = min((play.gain, *play.gains.values()))
    if least < -COARSE * size_of(play):
        raise GameError(
            f"A play of {game.name!r} has the gain {least:.6g}; the most that anyone gains by deviating is at least 0, "
            "since whoever does not deviate gains nothing."
        )


def _check_names(game: ContinuousGame, what: str, entries: Mapping[str, Any], names: tuple[str, ...]) -> None:
    if set(entries) != set(names):
        raise GameError(
            f"A play of {game.name!r} has {what} for {', '.join(map(repr, entries)) or 'nothing'}; it needs them "
            f"for {', '.join(map(repr, names)) or 'nothing'}."
        )


def _check_probabilities(game: ContinuousGame, play: Any) -> None:
    total, every = sum(play.outcomes.values()), (*play.outcomes.values(), *play.actions.values())
    if abs(total - 1) > TOLERANCE or min(play.outcomes.values()) < -TOLERANCE:
        raise GameError(f"The outcomes' probabilities of {game.name!r} are {play.outcomes}; they must sum to 1.")
    if min(every) < -TOLERANCE or max(every) > 1 + TOLERANCE:
        raise GameError(f"A play of {game.name!r} has actions {play.actions}; each is a probability, from 0 to 1.")


def size_of(play: Any) -> float:
    """Return the scale of a play's payoffs: 1 and the largest."""
    return 1 + max(map(abs, play.payoffs.values()))


def objection(play: Any) -> str:
    """Return in words why a play is no equilibrium, or nothing: what someone would gain, or what its payoffs are.

    What is no number passes no comparison, and so is an objection.
    """
    gains = play.gains or {"someone": play.gain}
    for player, gain in gains.items():
        if not gain <= TOLERANCE * size_of(play):
            much = f"{gain:.1g}" if isfinite(gain) else "what is no finite number"
            return f"{player if player == 'someone' else f'the {player}'} would gain {much} by deviating"
    for player, payoff in play.payoffs.items():
        again = play.recomputed.get(player, payoff)
        if not abs(payoff - again) <= CLOSE * size_of(play):
            return f"the payoff of the {player} is given as {payoff:.6g}, and the play gives {again:.6g}"
    return ""
