"""How often each of several lines in shocks is the highest, by plain integration: for the certificate alone.

All shocks but one are gone through by the nodes of a grid; the last one's share is cut by where lines cross. Nothing
here uses a formula of the solver: neither for sums of shocks nor for logit choice.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import product
from typing import Any

import numpy as np

from deterrence.games.continuum.law import gauss
from deterrence.solvers.continuum.shocks.known_laws import Shock

BUDGET, MOST, LEAST = 30_000, 12_000, 12
"""At most so many nodes altogether, so many for one shock; with fewer than the least for each it is drawn by lots."""
BOUND = 1e-13
LOOKS, PIECES, NODES = 401, 20, 20
LOTS = 2**14


def shares(lines: Any, shocks: Sequence[Shock]) -> tuple[Any, Any]:
    """Return how likely each line is the highest, and the integral of each shock over where it is.

    Parameters
    ----------
    lines
        For each alternative a row: its height without shocks, then the weight of each shock.
    shocks
        The shocks.
    """
    if not shocks:
        best = np.isclose(lines[:, 0], lines[:, 0].max(), rtol=0, atol=1e-12).astype(float)
        return best / best.sum(), np.zeros((len(lines), 0))
    sizes = [np.ptp(lines[:, k + 1]) * shock.scale for k, shock in enumerate(shocks)]
    inner = int(np.argmax(sizes))
    outer = [k for k in range(len(shocks)) if k != inner]

    def cut(points: Any) -> tuple[Any, Any]:
        height = lines[:, :1] + lines[:, [k + 1 for k in outer]] @ points
        return _cut(height, lines[:, inner + 1], shocks[inner])

    points, mass = _line(shocks[outer[0]], cut) if len(outer) == 1 else _grid([shocks[k] for k in outer])
    chances, parts = cut(points)
    integrals = np.zeros((len(lines), len(shocks)))
    integrals[:, inner] = parts @ mass
    for row, k in enumerate(outer):
        integrals[:, k] = chances @ (mass * points[row])
    return chances @ mass, integrals


def _line(shock: Shock, cut: Callable[[Any], tuple[Any, Any]]) -> tuple[Any, Any]:
    """Return nodes and weights for one shock, in pieces that end where another set of lines has a share."""

    def pattern(x: float) -> tuple[bool, ...]:
        return tuple((cut(np.array([[x]]))[0][:, 0] > 0).tolist())

    grid = np.linspace(*shock.span, LOOKS)
    shares_there = cut(grid[None])[0] > 0
    ends = [float(grid[0])]
    for k in np.flatnonzero((shares_there[:, 1:] != shares_there[:, :-1]).any(axis=0)):
        left, right = float(grid[k]), float(grid[k + 1])
        before = pattern(left)
        while right - left > 1e-13 * (1 + abs(left)):
            middle = (left + right) / 2
            left, right = (middle, right) if pattern(middle) == before else (left, middle)
        ends.append(left)
    cuts = np.unique(np.concatenate([ends, np.linspace(*shock.span, PIECES + 1)]))
    at, weights = gauss(NODES)
    x = (cuts[:-1, None] + np.diff(cuts)[:, None] * at).ravel()
    return x[None], (np.diff(cuts)[:, None] * weights).ravel() * shock.law.pdf(x)


def _grid(shocks: Sequence[Shock]) -> tuple[Any, Any]:
    """Return nodes, a column each, and their weights."""
    if not shocks:
        return np.zeros((0, 1)), np.ones(1)
    count = min(MOST, int(BUDGET ** (1 / len(shocks))))
    if count < LEAST:
        return _lots(shocks)
    rules = [_rule(shock, count) for shock in shocks]
    points = np.array(list(product(*(x for x, _ in rules)))).T if len(rules) > 1 else rules[0][0][None]
    mass = np.ones(1)
    for _, weights in rules:
        mass = np.outer(mass, weights).ravel()
    return points, mass


def _rule(shock: Shock, count: int) -> tuple[Any, Any]:
    """Return the middles of equal steps on a line without ends; else nodes of Gauss and Legendre in 48 pieces or one.

    Of smooth functions that fade on both sides the sum over equal steps is as precise as any.
    """
    low, high = shock.ends
    if np.isfinite(low) or np.isfinite(high):
        low, high = shock.span
        at, weights = gauss(min(count, 48))
        pieces = max(1, count // 48)
        ends = np.linspace(low, high, pieces + 1)
        x = (ends[:-1, None] + np.diff(ends)[:, None] * at).ravel()
        return x, np.tile(weights, pieces) * (high - low) / pieces * shock.law.pdf(x)
    low, high = (float(shock.law.ppf(q)) for q in (BOUND, 1 - BOUND))
    step = (high - low) / count
    x = low + step * (np.arange(count) + 0.5)
    return x, step * np.asarray(shock.law.pdf(x))


def _lots(shocks: Sequence[Shock]) -> tuple[Any, Any]:
    """Return points that fill the space evenly, where a grid would be too coarse."""
    from scipy.stats import qmc

    shares = qmc.Sobol(len(shocks), scramble=True, seed=1).random(LOTS)
    points = np.array([shock.law.ppf(column) for shock, column in zip(shocks, shares.T, strict=True)])
    return points, np.full(LOTS, 1 / LOTS)


def _cut(height: Any, slope: Any, shock: Shock) -> tuple[Any, Any]:
    """Return at each node the share of the last shock on which each line is the highest, and its integral there."""
    chances, parts = np.zeros_like(height), np.zeros_like(height)
    for s in range(len(slope)):
        low, high = np.full(height.shape[1], -1e300), np.full(height.shape[1], 1e300)
        free = np.ones(height.shape[1], dtype=bool)
        for t in range(len(slope)):
            if slope[s] == slope[t]:
                free &= (height[s] > height[t]) | ((height[s] == height[t]) & (s <= t))
            elif slope[s] > slope[t]:
                low = np.maximum(low, (height[t] - height[s]) / (slope[s] - slope[t]))
            else:
                high = np.minimum(high, (height[t] - height[s]) / (slope[s] - slope[t]))
        some = free & (low < high)
        chances[s, some] = _cdf(shock, high[some]) - _cdf(shock, low[some])
        parts[s, some] = shock.part(high[some]) - shock.part(low[some])
    return chances, parts


def _cdf(shock: Shock, x: Any) -> Any:
    low, high = shock.span
    return np.where(x <= low, 0.0, np.where(x >= high, 1.0, shock.law.cdf(np.clip(x, low, high))))
