"""What tests say throughout boxes of points, by bounds on the numbers in them.

Rounding is monotone: the rounded sum, product or ratio of numbers between bounds lies between the rounded
results at the bounds. So these bounds hold for what is computed at every point, not only for what is exact.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from deterrence.grid.steps import TRUTHS, Steps

Pair = tuple[np.ndarray, np.ndarray]
"""Of a number the least and greatest value in each box; of a test whether it holds throughout, and anywhere."""


def throughout(
    steps: Steps, wanted: Sequence[int], known: Mapping[int, np.ndarray], columns: Callable[[int], Pair]
) -> list[Pair]:
    """Return of some tests where they hold throughout a box, and where they may hold somewhere in it.

    ``known`` are tests that say the same throughout each box, and ``columns`` gives the least and greatest
    value of a parameter in each.
    """
    found: dict[int, Pair] = {place: (said, said) for place, said in known.items()}
    with np.errstate(all="ignore"):
        for place in _needed(steps, wanted, known):
            kind, *rest = steps.rows[place]
            if kind == "column":
                found[place] = columns(rest[0])
            elif kind in {"number", "truth"}:
                found[place] = (np.array([rest[0]]), np.array([rest[0]]))
            else:
                pairs = [found[i] for i in steps.inputs(place)]
                found[place] = _test(kind, pairs) if kind in TRUTHS else _number(kind, pairs)
    return [found[place] for place in wanted]


def _needed(steps: Steps, wanted: Sequence[int], known: Mapping[int, Any]) -> list[int]:
    """Return the steps to take, in order."""
    needed, left = set(), [place for place in wanted if place not in known]
    while left:
        place = left.pop()
        if place not in needed:
            needed.add(place)
            left += [i for i in steps.inputs(place) if i not in known]
    return sorted(needed)


def _test(kind: str, pairs: Sequence[Pair]) -> Pair:
    """Return where a test holds throughout, and where it may hold; bounds that are NaN settle nothing."""
    (low, high), (other_low, other_high) = pairs[0], pairs[-1]
    function = getattr(np, kind)
    if kind == "logical_not":
        return ~high, ~low
    if kind in {"greater", "greater_equal"}:
        sure, may = function(low, other_high), function(high, other_low)
    elif kind in {"less", "less_equal"}:
        sure, may = function(high, other_low), function(low, other_high)
    else:
        return function(low, other_low), function(high, other_high)
    return sure, may | np.isnan(low + high + other_low + other_high)


def _number(kind: str, pairs: Sequence[Pair]) -> Pair:
    """Return bounds of a number; NaN, which nothing later removes, where a point could give no finite number."""
    (low, high), (other_low, other_high) = pairs[0], pairs[-1]
    if kind == "negative":
        low, high = -high, -low
    elif kind == "absolute":
        across, ends = (low <= 0) & (high >= 0), (np.abs(low), np.abs(high))
        low, high = np.where(across, 0.0, np.minimum(*ends)), np.maximum(*ends)
    elif kind in {"add", "minimum", "maximum"}:
        function = getattr(np, kind)
        low, high = function(low, other_low), function(high, other_high)
    elif kind == "subtract":
        low, high = low - other_high, high - other_low
    elif kind in {"multiply", "divide"}:
        low, high = _corners(kind, *pairs)
    elif kind == "choose":
        low, high = np.minimum(pairs[1][0], other_low), np.maximum(pairs[1][1], other_high)
    else:
        low = high = np.array([np.nan])
    finite = np.isfinite(low) & np.isfinite(high)
    return np.where(finite, low, np.nan), np.where(finite, high, np.nan)


def _corners(kind: str, one: Pair, other: Pair) -> Pair:
    """Return the least and greatest product or ratio at the corners."""
    function = getattr(np, kind)
    corners = [function(a, b) for a in one for b in other]
    low, high = corners[0], corners[0]
    for corner in corners[1:]:
        low, high = np.minimum(low, corner), np.maximum(high, corner)
    if kind == "divide":
        through = (other[0] <= 0) & (other[1] >= 0)
        low, high = np.where(through, np.nan, low), np.where(through, np.nan, high)
    return low, high
