"""Reading a tree as a global game, or a sentence that says why it is none."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from deterrence.games.continuum.families import Beta, Exponential, ExtremeValue, Logistic, Normal, Triangular
from deterrence.games.continuum.law import Law
from deterrence.games.continuum.uniform import Uniform
from deterrence.games.continuum.variables import Variable
from deterrence.games.expression import in_sympy, is_symbolic
from deterrence.games.game import Game
from deterrence.solvers.continuum.global_games.orientation import turned
from deterrence.solvers.continuum.global_games.outcome_pairs import Pairs, pairs_of
from deterrence.solvers.continuum.global_games.shape import GlobalGame

MOVED: dict[type[Law], tuple[int, ...]] = {
    Uniform: (0, 1),
    Normal: (0,),
    Logistic: (0,),
    ExtremeValue: (0,),
    Exponential: (1,),
    Triangular: (0, 1, 2),
    Beta: (2, 3),
}
"""For each family which of its arguments move with its location; the densities of all are log-concave, but of Beta
only where both shapes are at least 1."""


class NotGlobal(Exception):  # noqa: N818  (it says what a game is, and never leaves this folder)
    """A sentence that says why a game is not read as a global game."""


@lru_cache(maxsize=128)
def read(game: Game) -> GlobalGame | str:
    """Return the game as a global game, or a sentence that says why it is none."""
    try:
        state, signals = _draws(game)
        places = _places(game, signals)
        noises = tuple(_noise(game, state, signal) for signal in signals)
        pairs = pairs_of(game, state.name, places)
        if isinstance(pairs, str):
            return pairs
        return _made(game, state, signals, places, noises, pairs)
    except NotGlobal as why:
        return str(why)


def _made(
    game: Game,
    state: Variable,
    signals: tuple[Variable, ...],
    places: tuple[int, int],
    noises: tuple[Law, ...],
    pairs: Pairs,
) -> GlobalGame | str:
    assert state.law is not None
    prior = state.law.at(game.values)
    rows = [(signals[i].name, places[i], noises[i]) for i in (0, 1)]
    sides = turned(game, state.name, prior, rows, pairs)
    if isinstance(sides, str):
        return sides
    kept = {}
    for first in (True, False):
        for second in (True, False):
            actions = [game.form.actions_of[side.place] for side in sides]
            wanted = [side.low if low else side.high for side, low in zip(sides, (first, second), strict=True)]
            key = tuple(row.index(name) for row, name in zip(actions, wanted, strict=True))
            kept[first, second] = pairs[key[0], key[1]]
    return GlobalGame(
        game,
        state.name,
        prior,
        sides,
        {key: pair[0] for key, pair in kept.items()},
        {key: pair[1] for key, pair in kept.items()},
    )


def _draws(game: Game) -> tuple[Variable, tuple[Variable, ...]]:
    """Return the state and the signals in the order of the information sets that see them."""
    form = game.form
    draws = [v for v in form.variables if v.is_draw]
    hidden = [v for v in draws if not v.known_to]
    signals = [v for v in draws if len(v.known_to) == 1 and any(v.names & {h.name} for h in hidden)]
    if not hidden or not signals:
        raise NotGlobal("there is no state that nobody sees and of which two players have noisy signals.")
    if len(form.variables) > len(draws):
        raise NotGlobal("beside signals of a state that nobody sees no number may be chosen between two ends.")
    seers = [form.players[p] for p in form.player_of]
    if len(hidden) != 1 or len(draws) != 3 or len(form.nodes_of) != 2 or len(set(seers)) != 2:
        raise NotGlobal(
            "beside a state that nobody sees there must be exactly two signals of it, each of one of two players who "
            "move once; no other draws."
        )
    if {v.known_to[0] for v in signals} != set(seers) or len(signals) != 2:
        raise NotGlobal(f"each of {seers[0]} and {seers[1]} must have one signal of {hidden[0].name!r}, seen by it.")
    by_player = {v.known_to[0]: v for v in signals}
    return hidden[0], tuple(by_player[player] for player in seers)


def _places(game: Game, signals: tuple[Variable, ...]) -> tuple[int, int]:
    form = game.form
    for h in (0, 1):
        names = {form.variables[k].name for node in form.nodes_of[h] for k in form.variables_above[node]}
        if signals[h].name not in names:
            raise NotGlobal(f"{form.set_names[h]!r} moves before it sees {signals[h].name!r}.")
        if len(form.actions_of[h]) != 2:
            raise NotGlobal(
                f"signals of a state that nobody sees are offered for two actions a player, and {form.set_names[h]!r} "
                f"has {len(form.actions_of[h])}."
            )
    return 0, 1


def _noise(game: Game, state: Variable, signal: Variable) -> Law:
    """Return the law of a signal at the state zero, where the state moves its location and nothing else."""
    import sympy as sp

    assert signal.law is not None
    law, symbol = signal.law, sp.Symbol(state.name, real=True)
    moved = MOVED.get(type(law))
    if moved is None:
        raise NotGlobal(
            f"the law of {signal.name!r} must be of a known family, such as Uniform(state - s, state + s) or "
            f"Normal(state, s); it is {law}."
        )
    for place, argument in enumerate(law.arguments):
        written = in_sympy(argument) if is_symbolic(argument) else sp.Integer(0)
        if sp.expand(sp.diff(written, symbol)) != int(place in moved):
            raise NotGlobal(
                f"{signal.name!r} must be {state.name!r} plus noise whose law does not depend on {state.name!r}, as in "
                f"Uniform({state.name} - s, {state.name} + s); it is {law}."
            )
    if not law.names <= {state.name, *game.values}:
        raise NotGlobal(f"the law of {signal.name!r} must depend on {state.name!r} and parameters alone.")
    noise = law.at({**game.values, state.name: 0})
    if isinstance(noise, Beta) and min(noise.first, noise.second) < 1:
        raise NotGlobal(
            f"higher signals must speak for higher states, for which the noise in {signal.name!r} must have a "
            f"log-concave density: both shapes of Beta at least 1; they are {noise.first} and {noise.second}."
        )
    return noise


def read_or_none(game: Game) -> Any:
    """Return the global game that a game is, or None."""
    read_as = read(game)
    return None if isinstance(read_as, str) else read_as
