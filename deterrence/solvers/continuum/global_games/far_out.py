"""Beyond which signals no cutoff of an equilibrium lies, where an action that is always taken is one too."""

from __future__ import annotations

from math import exp, inf, pi
from typing import NamedTuple

from deterrence.games.continuum.families import Normal
from deterrence.solvers.continuum.global_games.best_replies import best_reply, centre, scale
from deterrence.solvers.continuum.global_games.polynomials import floats_of, value
from deterrence.solvers.continuum.global_games.shape import GlobalGame

STEPS = 60
UNPROVED = 12


class End(NamedTuple):
    """How far a search must go, and whether it is proved that nothing lies beyond."""

    at: float
    proved: bool


def end_of_search(here: GlobalGame, up: bool) -> End:
    """Return a signal beyond which there are no equilibria in cutoffs but those in actions that are always taken.

    Where both cutoffs lie beyond it, each player's gain at the nearer cutoff has one sign: the other almost surely
    takes the same action.
    """
    bound = float(here.span(0)[int(up)])
    if abs(bound) < inf:
        return End(bound, True)
    middle, spread = centre(here), scale(here)
    for k in range(STEPS):
        at = middle + (1 if up else -1) * spread * 1.2**k
        if all(_one_sign_beyond(here, i, at, up) for i in (0, 1)):
            reply = at if here.symmetric else best_reply(here, 0, at)
            if abs(reply) < inf:
                return End(max(at, reply) if up else min(at, reply), True)
            break
    return End(middle + (1 if up else -1) * UNPROVED * spread, False)


def _one_sign_beyond(here: GlobalGame, i: int, at: float, up: bool) -> bool:
    """Tell whether at any common signal and cutoff beyond one, a player keeps to what both do there."""
    side, end = here.sides[i], here.prior.ends[int(up)]
    if abs(end) < inf:
        return _beyond_bounded(here, i, at, up)
    if all(isinstance(law, Normal) for law in (here.prior, *(s.noise for s in here.sides))):
        flat = len(side.joined if up else side.alone) == 1 and len(side.pull) <= 2
        return flat and _beyond_normal(here, i, at, up)
    return False


def _beyond_bounded(here: GlobalGame, i: int, at: float, up: bool) -> bool:
    """Where states end: every state leaves at most so small a chance that the other does not keep to it."""
    side, other = here.sides[i], here.sides[1 - i].noise
    low, high = map(float, here.prior.ends)
    if not (abs(low) < inf and abs(high) < inf):
        return False
    most = max(0.0, *(float(value(side.pull, x)) for x in (low, high)))
    if len(side.pull) > 2:
        return False
    if up:
        return float(value(side.joined, high)) > (1 - float(other.cdf(at - high))) * most
    return float(value(side.alone, low)) < -float(other.cdf(at - low)) * most


def _beyond_normal(here: GlobalGame, i: int, at: float, up: bool) -> bool:
    """Where all is normal: what the chance of the other's other action takes away falls faster than it can grow.

    Given a signal k the state has the mean a k + b and the other's signal lies z of its standard deviations from k,
    z growing in k. With c0 + c1 state for what the other's action changes, the loss is at most
    ``((|c0| + |c1| |b| + |c1| a |k|) / z + |c1| s^2 / t) phi(z)``, which falls in k once ``z dz/dk`` exceeds the
    relative growth of its first part.
    """
    side, other = here.sides[i], here.sides[1 - i]
    mean, sd = float(here.prior.mean), float(here.prior.sd)  # type: ignore[attr-defined]
    bias, noise = float(side.noise.mean), float(side.noise.sd)  # type: ignore[attr-defined]
    a = sd**2 / (sd**2 + noise**2)
    b = (1 - a) * mean - a * bias
    left = a * noise**2
    spread = (left + float(other.noise.sd) ** 2) ** 0.5  # type: ignore[attr-defined]
    z = (at - a * at - b - float(other.noise.mean)) / spread * (1 if up else -1)  # type: ignore[attr-defined]
    if z < 1 or (at > 0) != up:
        return False
    c0, c1 = (*map(abs, floats_of(side.pull)), 0.0)[:2]
    fixed, grows = c0 + c1 * abs(b), c1 * a
    size = fixed + grows * abs(at)
    slower = grows <= size * z * (1 - a) / spread
    loss = (size / z + c1 * left / spread) * exp(-z * z / 2) / (2 * pi) ** 0.5
    kept = float(side.joined[0]) if up else -float(side.alone[0])
    return bool(slower and loss < kept)
