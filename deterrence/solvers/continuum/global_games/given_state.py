"""What an equilibrium comes to at a state that whoever asks knows, and the players do not."""

from __future__ import annotations

from math import inf
from typing import Any

from deterrence.answers.continuum.equilibrium import ContinuumEquilibrium
from deterrence.errors import MethodError, ParameterError
from deterrence.games.expression import as_value
from deterrence.solvers.continuum.global_games.happening import at_known_state
from deterrence.solvers.continuum.global_games.reading import read
from deterrence.solvers.continuum.playing import Played


def given_state(equilibrium: ContinuumEquilibrium, state: Any) -> Played:
    """Return payoffs, outcomes and actions at a state, over the signals that it gives.

    Parameters
    ----------
    equilibrium
        An equilibrium of a game with a state that nobody sees and a signal of it for each of two players.
    state
        The number that nobody sees.

    Raises
    ------
    MethodError
        If the game is of another kind.
    ParameterError
        If the state is none that may be drawn.
    """
    here = read(equilibrium.game)
    if isinstance(here, str):
        raise MethodError(f"Only in a game with signals of a state that nobody sees can a state be given; {here}")
    number = as_value(state, here.state)
    low, high = here.prior.ends
    if not low <= number <= high:
        raise ParameterError(f"The state {here.state!r} lies between {low} and {high}; got {state}.")
    rules = dict(equilibrium.strategy_list)
    pair = []
    for side in here.sides:
        rule = rules[here.game.form.set_names[side.place]]
        always = inf if rule.pieces[0].action == side.low else -inf
        pair.append(rule.cutoffs[0] if rule.cutoffs else always)
    return at_known_state(here, (pair[0], pair[1]), number)
