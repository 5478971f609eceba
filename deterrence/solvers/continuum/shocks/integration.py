"""How often each of several lines in shocks is the highest, by plain integration: for the certificate alone.

One shock's share is cut by where lines cross; a second is gone through in pieces that end where the order of crossings
changes; all others by a grid. Nothing here uses a formula of the solver for sums of shocks or for logit choice.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Any

import numpy as np

from deterrence.games.continuum.law import gauss
from deterrence.solvers.continuum.shocks.known_laws import Shock

ROWS, MOST = 1_600, 96
"""The grid of all shocks but two has at most so many nodes, and at most so many for one shock."""
PIECES, NODES = 20, 16
FEWER = 10
"""The pieces and their nodes for the second shock; so many pieces where the grid is large."""
FEWEST = 6
"""With fewer nodes than these for each shock the others are drawn by lots, evenly over the space."""
BOUND = 1e-13
LOTS = 2**10


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
    order = sorted(range(len(shocks)), key=lambda k: -sizes[k])
    first, others = shocks[order[0]], order[1:]
    slope, flat = lines[:, order[0] + 1], lines[:, [k + 1 for k in others]]
    points, mass = _points(lines[:, 0], flat, slope, first, [shocks[k] for k in others])
    chances, parts = _cut(lines[:, :1] + flat @ points, slope, first)
    integrals = np.zeros((len(lines), len(shocks)))
    integrals[:, order[0]] = parts @ mass
    for row, k in enumerate(others):
        integrals[:, k] = chances @ (mass * points[row])
    return chances @ mass, integrals


def _points(worth: Any, flat: Any, slope: Any, first: Shock, others: Sequence[Shock]) -> tuple[Any, Any]:
    """Return points of all shocks but the first, a column each, and their weights."""
    if not others:
        return np.zeros((0, 1)), np.ones(1)
    rest, weight = _grid(others[1:])
    height = worth[:, None] + flat[:, 1:] @ rest
    ends = np.linspace(*others[0].span, (PIECES if rest.shape[1] <= MOST else FEWER) + 1)
    turns = np.array(_turns(height, flat[:, 0], slope, first)).reshape(-1, rest.shape[1])
    cuts = np.sort(np.vstack([np.tile(ends[:, None], rest.shape[1]), np.clip(turns, ends[0], ends[-1])]), axis=0)
    at, share = gauss(NODES)
    widths = np.diff(cuts, axis=0)
    y = cuts[:-1, None, :] + widths[:, None, :] * at[None, :, None]
    mass = widths[:, None, :] * share[None, :, None] * others[0].law.pdf(y) * weight
    wide = np.broadcast_to(rest[:, None, None, :], (len(rest), *y.shape)).reshape(len(rest), y.size)
    return np.vstack([y.reshape(1, -1), wide]), mass.ravel()


def _turns(height: Any, flat: Any, slope: Any, first: Shock) -> list[Any]:
    """Return where three lines meet, two parallel ones change places, or two meet at an end of the first shock."""
    found: list[Any] = []

    def add(constant: Any, rise: float) -> None:
        if abs(rise) > 1e-14:
            found.append(-constant / rise)

    for s, t in combinations(range(len(slope)), 2):
        if slope[s] == slope[t]:
            add(height[s] - height[t], flat[s] - flat[t])
        for end in (end for end in first.ends if np.isfinite(end)):
            add(height[s] - height[t] + (slope[s] - slope[t]) * end, flat[s] - flat[t])
    for s, t, u in combinations(range(len(slope)), 3):
        cycle = ((s, t, u), (t, u, s), (u, s, t))  # a determinant of three lines
        add(
            sum(height[a] * (slope[b] - slope[c]) for a, b, c in cycle),
            sum(flat[a] * (slope[b] - slope[c]) for a, b, c in cycle),
        )
    return found


def _grid(shocks: Sequence[Shock]) -> tuple[Any, Any]:
    """Return nodes, a column each, and their weights."""
    if not shocks:
        return np.zeros((0, 1)), np.ones(1)
    count = min(MOST, int(ROWS ** (1 / len(shocks))))
    if count < FEWEST:
        return _lots(shocks)
    rules = [_rule(shock, count) for shock in shocks]
    points = np.array([grid.ravel() for grid in np.meshgrid(*(x for x, _ in rules), indexing="ij")])
    mass = np.ones(1)
    for _, weights in rules:
        mass = np.outer(mass, weights).ravel()
    return points, mass


def _rule(shock: Shock, count: int) -> tuple[Any, Any]:
    """Return the middles of equal steps on a line without ends, else nodes of Gauss and Legendre, with weights.

    Of smooth functions that fade on both sides the sum over equal steps is as precise as any.
    """
    if any(map(np.isfinite, shock.ends)):
        low, high = shock.span
        at, weights = gauss(count)
        x = low + (high - low) * at
        return x, weights * (high - low) * shock.law.pdf(x)
    low, high = (float(shock.law.ppf(q)) for q in (BOUND, 1 - BOUND))
    step = (high - low) / count
    x = low + step * (np.arange(count) + 0.5)
    return x, step * np.asarray(shock.law.pdf(x))


def _lots(shocks: Sequence[Shock]) -> tuple[Any, Any]:
    """Return points that fill the space evenly, where a grid would be too coarse."""
    from scipy.stats import qmc

    lots = qmc.Sobol(len(shocks), scramble=True, seed=1).random(LOTS)
    points = np.array([shock.law.ppf(column) for shock, column in zip(shocks, lots.T, strict=True)])
    return points, np.full(LOTS, 1 / LOTS)


def _cut(height: Any, slope: Any, shock: Shock) -> tuple[Any, Any]:
    """Return at each node the share of the first shock on which each line is the highest, and its integral there."""
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
