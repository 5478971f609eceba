"""The cutoff that answers a cutoff of the other, and where one's action is plain whatever the other does."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from math import inf
from typing import Any

import numpy as np

from deterrence.games.continuum.families import Beta, Normal, Triangular
from deterrence.games.continuum.given import Flat
from deterrence.games.continuum.law import Law
from deterrence.games.continuum.uniform import Uniform
from deterrence.solvers.continuum.global_games.gains import at_state, gain, mean_gain
from deterrence.solvers.continuum.global_games.orientation import doubtful
from deterrence.solvers.continuum.global_games.polynomials import Poly, floats_of, value, zeros
from deterrence.solvers.continuum.global_games.posterior import nodes
from deterrence.solvers.continuum.global_games.shape import GlobalGame

Number = Any
FURTHEST = 1e9


def settles(here: GlobalGame, noise: Law) -> bool:
    """Tell whether signals far out leave no doubt that the state is at that end of what may be drawn.

    So it is with a flat prior, with bounded noise, and with normal noise, whose likelihood falls ever faster; not
    with noise whose tails fall evenly, such as the logistic law's.
    """
    return isinstance(here.prior, Flat) or isinstance(noise, (Uniform, Triangular, Beta, Normal))


def limit(here: GlobalGame, i: int, up: bool, cutoff: Number, alone: Poly, joined: Poly) -> Number:
    """Return what a mean tends to as the signal rises or falls without end."""
    if settles(here, here.sides[i].noise):
        return at_state(here, i, here.prior.ends[int(up)], cutoff, alone, joined)
    return mean_gain(here, i, far_signal(here, i, up), cutoff, alone, joined)


def far_signal(here: GlobalGame, i: int, up: bool) -> float:
    """Return a signal far out, or the end of the signals."""
    end = float(here.span(i)[int(up)])
    if abs(end) < inf:
        return end
    middle, spread = centre(here), scale(here)
    return middle + 40 * spread if up else middle - 40 * spread


def centre(here: GlobalGame) -> float:
    """Return a number about which signals lie; 0 with a flat prior."""
    return 0.0 if here.flat else float(here.prior.ppf(0.5))


def scale(here: GlobalGame) -> float:
    """Return how widely signals are spread; with a flat prior how widely the noise is."""
    laws = [side.noise for side in here.sides] + ([] if here.flat else [here.prior])
    return max(float(law.ppf(0.9)) - float(law.ppf(0.1)) for law in laws)


@lru_cache(maxsize=8192)
def best_reply(here: GlobalGame, i: int, cutoff: Number) -> float:
    """Return the cutoff below which a player takes its low action, against a cutoff of the other."""
    side = here.sides[i]
    if here.flat and abs(cutoff) == inf and len(side.joined if cutoff > 0 else side.alone) == 2:
        first, second = (gain(here, i, x, cutoff) for x in (0, 1))  # a line in the signal, which falls
        return float(first / (first - second))
    return _cutoff(here, i, cutoff, side.alone, side.joined, lambda x: gain(here, i, x, cutoff))


def _cutoff(here: GlobalGame, i: int, cutoff: Number, alone: Poly, joined: Poly, at: Callable[[Any], Any]) -> float:
    """Return the signal at which a mean turns from above zero to below; infinite where it does not."""
    sure = _sure(here, i, cutoff, alone, joined)
    return _falling_zero(here, i, at) if sure is None else sure


def sure_reply(here: GlobalGame, i: int, cutoff: Number) -> float | None:
    """Return the infinite cutoff that answers a cutoff of the other; None where a finite one does."""
    side = here.sides[i]
    return _sure(here, i, cutoff, side.alone, side.joined)


def _sure(here: GlobalGame, i: int, cutoff: Number, alone: Poly, joined: Poly) -> float | None:
    if limit(here, i, True, cutoff, alone, joined) >= 0:
        return inf
    return -inf if limit(here, i, False, cutoff, alone, joined) <= 0 else None


def _falling_zero(here: GlobalGame, i: int, at: Callable[[Any], Any]) -> float:
    from scipy import optimize

    low, high = (float(end) for end in here.span(i))
    middle, width = centre(here), scale(here)
    if low == -inf:
        low, step = min(middle, high) - width, width
        while at(low) <= 0 and step < FURTHEST:
            low, step = low - step, 2 * step
    if high == inf:
        high, step = max(middle, low) + width, width
        while at(high) >= 0 and step < FURTHEST:
            high, step = high + step, 2 * step
    if not at(low) > 0 > at(high):
        return inf if at(high) >= 0 else -inf
    return float(optimize.brentq(lambda x: float(at(x)), low, high, xtol=1e-15, rtol=1e-15, maxiter=500))


@lru_cache(maxsize=512)
def plain(here: GlobalGame, i: int, up: bool) -> float:
    """Return the signal beyond which a player's action is plain, whatever the other does; infinite where there is none.

    Below the lower one it is the low action, above the upper one the high one, even if the other knew the state.
    """
    if doubtful(here.sides[i], tuple(map(float, here.prior.ends))) == 0:
        return best_reply(here, i, inf if up else -inf)
    return _bounded_by(here, i, max if up else min)


def _bounded_by(here: GlobalGame, i: int, which: Callable[[Any, Any], Any]) -> float:
    """Return the signal at which the least, or the greatest, of the two gains is zero in the mean."""
    side = here.sides[i]
    alone, joined = floats_of(side.alone), floats_of(side.joined)
    turn = float(zeros(side.pull, *map(float, here.prior.ends))[0])

    def chosen(x: Any) -> Any:
        return (np.minimum if which is min else np.maximum)(value(alone, x), value(joined, x))

    def at(signal: Any) -> float:
        x, weights = nodes(here.prior, side.noise, float(signal), [turn])
        return float(weights @ chosen(x))

    settled = settles(here, side.noise)
    ends = [
        which(value(alone, float(here.prior.ends[up])), value(joined, float(here.prior.ends[up])))
        if settled
        else at(far_signal(here, i, bool(up)))
        for up in (0, 1)
    ]
    if ends[1] >= 0:
        return inf
    return -inf if ends[0] <= 0 else _falling_zero(here, i, at)
