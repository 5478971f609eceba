"""The one pair of cutoffs under a flat prior, where only the distance between the cutoffs matters to beliefs."""

from __future__ import annotations

from fractions import Fraction
from math import inf
from typing import Any

from deterrence.solvers.continuum.global_games.best_replies import scale
from deterrence.solvers.continuum.global_games.gains import gain, is_exact
from deterrence.solvers.continuum.global_games.polynomials import interpolated, value, zeros
from deterrence.solvers.continuum.global_games.shape import GlobalGame

Number = Any
NOTHING = 1e-13
MOST = 1e9
FURTHEST = 60


def flat_pair(here: GlobalGame) -> tuple[Number, Number] | None:
    """Return the pair of finite cutoffs that answer each other; there is one at most.

    If the second cutoff lies d above the first, the signal at which the first player is indifferent rises in d, and
    that of the second falls: their difference equals d at one d at most.
    """
    if here.symmetric:
        root = indifferent(here, 0, 0)
        return None if abs(root) == inf else (root, root)

    from scipy import optimize

    def excess(d: Number) -> Number:
        d = Fraction(d) if is_exact(here) else d
        first, second = indifferent(here, 0, d), indifferent(here, 1, -d)
        return 0 if first == second and abs(first) == inf else second - first - d

    low = high = scale(here)
    low = -low
    for _ in range(FURTHEST):
        if excess(low) < 0:
            low *= 2
        if excess(high) > 0:
            high *= 2
    if not excess(low) > 0 > excess(high):
        return None
    d = optimize.brentq(lambda x: float(min(max(excess(x), -MOST), MOST)), low, high, xtol=1e-15, rtol=1e-15)
    d = Fraction(d) if is_exact(here) else d
    pair = float(indifferent(here, 0, d)), float(indifferent(here, 1, -d))
    return None if any(abs(k) == inf for k in pair) else pair


def indifferent(here: GlobalGame, i: int, d: Number) -> Number:
    """Return the signal at which a player is indifferent, where the other's cutoff lies so far above it; or infinity.

    The gain is a polynomial in the signal, as the prior is flat; it falls.
    """
    poly = interpolated(lambda x: gain(here, i, x, x + d), range(here.degree + 1))
    while len(poly) > 1 and abs(poly[-1]) < NOTHING:
        poly = poly[:-1]
    if len(poly) == 1:
        return inf if poly[0] > 0 else -inf
    if len(poly) == 2:
        return -poly[0] / poly[1]
    found = zeros(poly, -inf, inf)
    if found:
        return found[0]
    return inf if value(poly, 0) > 0 else -inf
