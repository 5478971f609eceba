"""Which action each player takes at low signals, and whether the players' actions draw each other on."""

from __future__ import annotations

from typing import Any

from deterrence.games.continuum.law import Law
from deterrence.games.game import Game
from deterrence.solvers.continuum.global_games.outcome_pairs import Pairs
from deterrence.solvers.continuum.global_games.polynomials import Poly, derivative, plus, sign_on, value, zeros
from deterrence.solvers.continuum.global_games.shape import Side


def turned(
    game: Game, state: str, prior: Law, rows: list[tuple[str, int, Law]], pairs: Pairs
) -> tuple[Side, Side] | str:
    """Return both players with their low actions named, or a sentence that says why the game is not of the kind.

    Parameters
    ----------
    rows
        For each player its signal, the position of its information set, and its noise.
    """
    ends = tuple(map(float, prior.ends))
    gains = [_gains(game, i, rows[i][1], pairs) for i in (0, 1)]
    first = [_low_action(gains[i], ends) for i in (0, 1)]
    for i in (0, 1):
        player = game.players[game.form.player_of[rows[i][1]]]
        if first[i] is None:
            names = " over ".join(map(repr, game.form.actions_of[rows[i][1]]))
            return f"what {player} gains by {names} must rise or fall in {state!r}, whatever the other does."
    sides = []
    for i in (0, 1):
        signal, place, noise = rows[i]
        low, other = first[i], first[1 - i]
        assert low is not None
        assert other is not None
        actions = game.form.actions_of[place]
        sign = 1 if low == 0 else -1
        alone, joined = (plus((0,), gains[i][b], sign) for b in (1 - other, other))
        player = game.players[game.form.player_of[place]]
        side = Side(player, signal, place, noise, actions[low], actions[1 - low], alone, joined)
        if not drawn_on(side, ends):
            return (
                f"what {player} gains by {side.low!r} must not fall where the other player takes its low action too "
                f"({state!r} being such that the player is in doubt): these are no strategic complements."
            )
        sides.append(side)
    return sides[0], sides[1]


def _gains(game: Game, i: int, place: int, pairs: Pairs) -> tuple[Poly, Poly]:
    """Return what a player gains by its first action over its second, for each action of the other."""
    player = game.form.player_of[place]

    def worth(own: int, other: int) -> Poly:
        key = (own, other) if i == 0 else (other, own)
        return pairs[key][0][player]

    return plus(worth(0, 0), worth(1, 0), -1), plus(worth(0, 1), worth(1, 1), -1)


def _low_action(gains: tuple[Poly, Poly], ends: tuple[Any, ...]) -> int | None:
    """Return which action becomes worse as the state rises; None where neither does throughout."""
    slopes = {sign_on(derivative(gain), *ends) for gain in gains}
    if None in slopes or slopes == {0} or {1, -1} <= slopes:
        return None
    return 1 if 1 in slopes else 0


def drawn_on(side: Side, ends: tuple[Any, ...]) -> bool:
    """Tell whether the other's low action makes one's own better, wherever known states leave one in doubt.

    Where it does not hold of all states there is one state beyond which it fails, and there the player's action must
    be the same whatever the other does.
    """
    pull = side.pull
    if sign_on(pull, *ends) in (0, 1):
        return True
    slope, change = sign_on(derivative(pull), *ends), zeros(pull, *ends)
    if slope not in (1, -1) or len(change) != 1:
        return False
    return bool(value(side.joined, change[0]) * slope >= 0)


def doubtful(side: Side, ends: tuple[Any, ...]) -> int:
    """Return where known states make the other's action matter the wrong way: -1 below a state, 1 above, 0 nowhere."""
    pull = side.pull
    if sign_on(pull, *ends) in (0, 1):
        return 0
    return -(sign_on(derivative(pull), *ends) or 0)
