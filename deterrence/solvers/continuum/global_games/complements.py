"""Whether each player's action draws on the other's at all signals that leave either in doubt."""

from __future__ import annotations

from math import inf

import numpy as np

from deterrence.solvers.continuum.global_games.best_replies import plain
from deterrence.solvers.continuum.global_games.orientation import doubtful
from deterrence.solvers.continuum.global_games.polynomials import floats_of, value
from deterrence.solvers.continuum.global_games.posterior import log_density, possible
from deterrence.solvers.continuum.global_games.shape import GlobalGame

CELLS = 4000


def draws_on(here: GlobalGame) -> bool:
    """Tell whether the other's low action at one of its signals makes one's own better at any signal left in doubt.

    At a signal x of one's own and y of the other's it does by the mean of the difference that it makes, over the
    states that both signals leave possible. Where that difference changes its sign at some state, the mean is least at
    the lowest signals in doubt, or at the highest; there it is looked at.
    """
    ends = tuple(map(float, here.prior.ends))
    for side in here.sides[: 1 if here.symmetric else 2]:
        place = doubtful(side, ends)
        if place == 0:
            continue
        corner = [plain(here, 0 if here.symmetric else i, place > 0) for i in (0, 1)]
        if any(abs(c) == inf for c in corner) or _mean_pull(here, floats_of(side.pull), corner, place) < 0:
            return False
    return True


def _mean_pull(here: GlobalGame, pull: tuple[float, ...], signals: list[float], place: int) -> float:
    """Return the mean of a polynomial given both signals; at the nearer end where they contradict each other."""
    spans = [possible(here.prior, side.noise, x) for side, x in zip(here.sides, signals, strict=True)]
    low, high = max(span[0] for span in spans), min(span[1] for span in spans)
    if not low < high:
        return float(value(pull, low if place < 0 else high))
    x = low + (high - low) * (np.arange(CELLS) + 0.5) / CELLS
    levels = log_density(here.prior, x)
    for side, signal in zip(here.sides, signals, strict=True):
        levels = levels + log_density(side.noise, signal - x)
    if levels.max() == -inf:
        return float(value(pull, low if place < 0 else high))
    weights = np.exp(levels - levels.max())
    return float(weights @ value(pull, x) / weights.sum())
