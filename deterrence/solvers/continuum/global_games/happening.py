"""What two cutoffs come to: payoffs, outcomes and actions, over all states or at one that is known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from math import inf
from typing import Any

import numpy as np

from deterrence.games.continuum.law import gauss
from deterrence.games.continuum.uniform import Uniform
from deterrence.solvers.continuum.global_games.gains import cells_integral, is_exact, low_chance
from deterrence.solvers.continuum.global_games.polynomials import Poly, floats_of, plus, product, value
from deterrence.solvers.continuum.global_games.posterior import log_density, marks_of, quantiles
from deterrence.solvers.continuum.global_games.shape import GlobalGame
from deterrence.solvers.continuum.playing import Played

Number = Any
Mean = Callable[[tuple[bool, bool], Poly], Number]
"""The mean of a polynomial in the state where the two players take given actions, low or high, else of zero."""
PAIRS = tuple((first, second) for first in (True, False) for second in (True, False))
PIECES, NODES = 96, 24
SHARES = (1e-16, 1 - 1e-16)


def over_states(here: GlobalGame, pair: tuple[Number, Number]) -> Played:
    """Return what two cutoffs come to before anything is drawn; the prior is a law."""
    return _told(here, _exact_mean(here, pair) if is_exact(here) else _mean(here, pair))


def at_known_state(here: GlobalGame, pair: tuple[Number, Number], state: Number) -> Played:
    """Return what two cutoffs come to where the state is known to whoever asks, and not to the players."""
    chances = [low_chance(side.noise, k, state) for side, k in zip(here.sides, pair, strict=True)]

    def mean(key: tuple[bool, bool], poly: Poly) -> Number:
        return _joint(chances, key) * value(poly, state)

    return _told(here, mean)


def _joint(chances: list[Any], key: tuple[bool, bool]) -> Any:
    first, second = (chance if low else 1 - chance for chance, low in zip(chances, key, strict=True))
    return first * second


def _exact_mean(here: GlobalGame, pair: tuple[Number, Number]) -> Mean:
    low, high = here.prior.ends
    cutoffs = [(side.noise, k) for side, k in zip(here.sides, pair, strict=True)]

    def mean(key: tuple[bool, bool], poly: Poly) -> Number:
        def weighed(chances: list[Poly]) -> Poly:
            first, second = (c if taken else plus((1,), c, -1) for c, taken in zip(chances, key, strict=True))
            return product(product(first, second), poly)

        return cells_integral(Fraction(low), Fraction(high), cutoffs, weighed) / (high - low)

    return mean


def _mean(here: GlobalGame, pair: tuple[Number, Number]) -> Mean:
    """Return means by nodes over the states, dense where a chance changes."""
    prior = here.prior
    low, high = (float(prior.ppf(q)) if abs(e) == inf else float(e) for q, e in zip(SHARES, prior.ends, strict=True))
    marks = [m for side, k in zip(here.sides, pair, strict=True) for m in marks_of(side.noise, float(k))]
    marks += [] if isinstance(prior, Uniform) else quantiles(prior)
    ends = np.concatenate([np.linspace(low, high, PIECES + 1), [m for m in marks if low < m < high]])
    ends.sort()
    at, share = gauss(NODES)
    width = np.diff(ends)
    x = (ends[:-1, None] + width[:, None] * at).ravel()
    levels = log_density(prior, x)
    weights = (width[:, None] * share).ravel() * np.exp(levels - levels.max())
    weights = weights / weights.sum()
    chances = [low_chance(side.noise, k, x) for side, k in zip(here.sides, pair, strict=True)]

    def mean(key: tuple[bool, bool], poly: Poly) -> Number:
        likely = _joint(chances, key)
        if isinstance(likely, int) and (likely == 0 or len(poly) == 1):  # both do the same after all signals
            return likely * poly[0]
        return float(np.sum(weights * likely * value(floats_of(poly), x)))

    return mean


def _told(here: GlobalGame, mean: Mean) -> Played:
    game = here.game
    likely = {key: mean(key, (1,)) for key in PAIRS}
    payoffs = {player: sum(mean(key, here.payoffs[key][i]) for key in PAIRS) for i, player in enumerate(game.players)}
    outcomes = {
        name: sum(mean(key, here.outcomes[key][name]) for key in PAIRS if name in here.outcomes[key])
        for name in game.outcomes
    }
    return Played(payoffs, outcomes, *_actions(here, likely), (True,) * len(game.form.set_names))


def _actions(
    here: GlobalGame, likely: Mapping[tuple[bool, bool], Number]
) -> tuple[dict[tuple[str, str], Number], tuple[tuple[Number, ...], ...]]:
    """Return the probability that each action is taken, by each player and by anybody, and by information set."""
    form = here.game.form
    taken: dict[tuple[str, str], Number] = {}
    behaviour: list[tuple[Number, ...]] = [()] * len(form.set_names)
    for i, side in enumerate(here.sides):
        row = []
        for action in form.actions_of[side.place]:
            p = sum(weight for key, weight in likely.items() if (action == side.low) == key[i])
            taken[side.player, action] = p
            row.append(p)
        behaviour[side.place] = tuple(row)
    for _, action in tuple(taken):
        taken["", action] = sum(
            weight
            for key, weight in likely.items()
            if any(action == (side.low if low else side.high) for side, low in zip(here.sides, key, strict=True))
        )
    return taken, tuple(behaviour)
