"""Search for equilibria in numbers: all roots, best choices, fixed points, and what deviating would gain."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from math import isnan
from typing import TYPE_CHECKING, Any

from deterrence.continuous.root import root_between
from deterrence.lazy import Deferred

if TYPE_CHECKING:
    import numpy as np
else:
    np = Deferred("numpy")

Numbers = Any
"""A float, or an array of floats."""

SAME = 1e-9
PRECISION = 1e-13
SMALLEST_STEP = 1e-3
ROUNDING = 1e-15
SLOPE = 1e-3
"""The step, in shares of the range, over which a slope is taken."""


def all_roots(function: Callable[[Numbers], Numbers], low: float, high: float, count: int = 400) -> tuple[float, ...]:
    """Return where a function of one number vanishes between two ends, the ends included, in rising order.

    Parameters
    ----------
    function
        Takes an array and returns one. It should be continuous: a jump across zero would pass for a root.
    low, high
        The ends.
    count
        How many equal steps are scanned. Two roots within a step, or one where the function only touches
        zero, are missed; of a stretch of zeros the two ends are returned.
    """
    grid = np.linspace(low, high, count + 1)
    values = np.asarray(function(grid), dtype=float)
    sign = np.sign(np.where(np.abs(values) <= PRECISION, 0.0, values))
    beside = np.concatenate([[1.0], sign, [1.0]])
    roots = [float(grid[k]) for k in range(count + 1) if sign[k] == 0 and (beside[k] != 0 or beside[k + 2] != 0)]
    changes = np.flatnonzero(sign[1:] * sign[:-1] < 0)
    roots += [root_between(function, grid[k], grid[k + 1], xtol=1e-14) for k in changes]
    return tuple(sorted(roots))


def best_choice(
    payoff: Callable[[Numbers], Numbers], low: float, high: float, corners: Sequence[float] = (), count: int = 1000
) -> float:
    """Return the choice between two ends that pays most, the least of several equally good ones.

    Parameters
    ----------
    payoff
        Takes an array of choices and returns their payoffs.
    low, high
        The ends.
    corners
        Choices at which the payoff may have a corner or a jump; between them it is taken for smooth.
    count
        How many steps the first grid between two corners has; a peak narrower than a step may be missed.
    """
    inner = sorted({float(corner) for corner in corners if low < corner < high})
    marks = [float(low), *inner, float(high)]
    best, most = marks[0], -np.inf
    for a, b in pairwise(marks):
        inner_best = _best_between(payoff, a, b, count)
        for choice in (a, inner_best, b):
            gets = float(payoff(choice))
            if gets > most + ROUNDING * (1 + abs(gets)):
                best, most = choice, gets
    return best


def _best_between(payoff: Callable[[Numbers], Numbers], a: float, b: float, count: int) -> float:
    """Return the best choice between two ends where the payoff is smooth: by grids, then where its slope vanishes."""
    low, high = a, b
    for steps in (count, 40, 40):
        grid = np.linspace(low, high, steps + 1)
        k = int(np.argmax(np.asarray(payoff(grid), dtype=float)))
        best, low, high = float(grid[k]), float(grid[max(0, k - 1)]), float(grid[min(steps, k + 1)])
    step = SLOPE * (b - a)
    if best - 4 * step < a or best + 4 * step > b:
        return best

    def slope(x: float) -> float:
        return float(8 * (payoff(x + step) - payoff(x - step)) - (payoff(x + 2 * step) - payoff(x - 2 * step)))

    # Near a peak payoffs differ by the square of the distance, so comparing them finds it only to the square root of
    # rounding; the slope's zero is found to its own rounding.
    before, after = best - 2 * step, best + 2 * step
    if slope(before) * slope(after) >= 0:
        return best
    peak = root_between(slope, before, after, xtol=1e-15)
    return peak if payoff(peak) >= payoff(best) - PRECISION else best


def fixed_point(
    step: Callable[[np.ndarray], np.ndarray], start: Sequence[float] | np.ndarray, most: int = 20_000
) -> tuple[np.ndarray, bool]:
    """Return where a map leaves its argument unchanged, by steps of half the way, and whether it got there.

    Parameters
    ----------
    step
        The map, from an array to one of the same length.
    start
        Where to begin.
    most
        The most steps. Whenever a step brings no progress the next are shorter, which makes steeply falling
        maps converge.
    """
    x, share, last = np.asarray(start, dtype=float), 0.5, np.inf
    for _ in range(most):
        way = step(x) - x
        size = float(np.max(np.abs(way)))
        if size < PRECISION:
            return x, True
        if size >= last:
            share = max(share / 2, SMALLEST_STEP)
        x, last = x + share * way, size
    return x, last < SAME


def largest_gain(chosen: Numbers, alternatives: Sequence[Numbers]) -> float:
    """Return the most that any type gains by another choice; infinity where that is no number.

    Parameters
    ----------
    chosen
        What each type gets by its equilibrium choice, one number a type.
    alternatives
        What each type gets otherwise: arrays whose last axis are the same types. A choice that a type does not
        have is worth minus infinity to it.
    """
    mine = np.asarray(chosen, dtype=float)
    return greatest(0.0, *(float(np.max(np.asarray(other, dtype=float) - mine)) for other in alternatives))


def greatest(*gains: float) -> float:
    """Return the greatest of some gains; infinity where one is no number, since nothing is then known of it."""
    return float("inf") if any(map(isnan, gains)) else max(gains)
