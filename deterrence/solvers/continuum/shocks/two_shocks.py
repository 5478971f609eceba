"""Several alternatives and two shocks: one integral, over the upper envelope of lines in the other shock."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np

from deterrence.solvers.continuum.shocks.known_laws import Shock

LEVEL = 1e-13


def by_one_integral(worth: Any, weights: Any, shocks: tuple[Shock, Shock]) -> tuple[Any, Any]:
    """Return how likely each alternative is best, and the integral of each shock over where it is.

    Parameters
    ----------
    worth
        What each alternative is worth without shocks.
    weights
        For each alternative the weights of the two shocks; no two alternatives have the same.
    shocks
        The two shocks.

    Notes
    -----
    At each value of one shock the alternatives are lines in the other, of which one is best between two crossings:
    the law's distribution function gives its probability. Where three lines meet, or a crossing leaves the other
    shock's range, the integrand has a kink, and the stretches of the integral end there.
    """
    size = [np.ptp(weights[:, k]) * shocks[k].scale for k in (0, 1)]
    inner = int(size[1] > size[0])
    first, last = shocks[inner], shocks[1 - inner]
    b, c = weights[:, inner], weights[:, 1 - inner]
    y, mass = last.nodes(tuple(_kinks(worth, b, c, first)))
    height = worth[:, None] + c[:, None] * y
    chances, parts = [], np.zeros((len(worth), 2))
    for s in range(len(worth)):
        low, high, best = _stretch(s, height, b)
        p = np.where(best, first.between(low, high), 0.0)
        part = np.where(best & (low < high), first.part(high) - first.part(low), 0.0)
        chances.append(mass @ p)
        parts[s, inner], parts[s, 1 - inner] = mass @ part, mass @ (y * p)
    return np.array(chances), parts


def _stretch(s: int, height: Any, b: Any) -> tuple[Any, Any, Any]:
    """Return between which values of the inner shock a line is the highest, and where it can be at all."""
    low, high = np.full(height.shape[1], -np.inf), np.full(height.shape[1], np.inf)
    best = np.ones(height.shape[1], dtype=bool)
    for t in range(len(b)):
        if t == s:
            continue
        if abs(b[s] - b[t]) <= LEVEL:
            best &= (height[s] > height[t]) | ((height[s] == height[t]) & (s < t))
            continue
        crossing = (height[t] - height[s]) / (b[s] - b[t])
        if b[s] > b[t]:
            low = np.maximum(low, crossing)
        else:
            high = np.minimum(high, crossing)
    return low, high, best


def _kinks(worth: Any, b: Any, c: Any, first: Shock) -> list[float]:
    """Return the values of the outer shock at which three lines meet, or two at an end of the inner shock."""
    found: list[float] = []
    ends = [end for end in first.ends if np.isfinite(end)]
    for s, t in combinations(range(len(worth)), 2):
        if abs(b[s] - b[t]) <= LEVEL:
            found += _root(worth[s] - worth[t], c[s] - c[t])
            continue
        for end in ends:
            found += _root(worth[s] - worth[t] + (b[s] - b[t]) * end, c[s] - c[t])
    for s, t, u in combinations(range(len(worth)), 3):
        one, two = b[s] - b[t], b[s] - b[u]
        found += _root(
            two * (worth[s] - worth[t]) - one * (worth[s] - worth[u]), two * (c[s] - c[t]) - one * (c[s] - c[u])
        )
    return found


def _root(constant: float, slope: float) -> list[float]:
    return [-constant / slope] if abs(slope) > LEVEL else []
