"""A shock to each alternative: the best is found by one integral, or by the logit formula for extreme values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from deterrence.solvers.continuum.shocks.known_laws import EULER, EXTREME, NORMAL, Shock

Scaled = tuple[float, Shock]
"""A weight and the shock that it multiplies."""


def own_shocks(weights: Any, shocks: Sequence[Shock]) -> list[Scaled | None] | None:
    """Return each alternative's own shock, or None where shocks fall on alternatives in another way."""
    own: list[Scaled | None] = [None] * len(weights)
    for k, shock in enumerate(shocks):
        column = weights[:, k] - np.median(weights[:, k]) if len(weights) > 2 else weights[:, k]
        on = np.flatnonzero(np.abs(column) > 1e-12 * np.abs(column).max())
        if len(on) != 1 or own[int(on[0])] is not None:
            return None
        own[int(on[0])] = float(column[on[0]]), shock
    return own if own.count(None) <= 1 else None


def is_logit(own: Sequence[Scaled | None]) -> bool:
    """Return whether shocks are extreme values of one scale, one to each alternative: then choice is logit."""
    scales = {round(pair[0] * pair[1].scale, 13) for pair in own if pair is not None and pair[1].kind == EXTREME}
    return len(scales) == 1 and min(scales) > 0 and all(pair is not None and pair[1].kind == EXTREME for pair in own)


def logit(worth: Any, own: Sequence[Scaled]) -> tuple[Any, Any]:
    """Return how likely each alternative is best, and the integrals of all shocks, of extreme values of one scale.

    The best value is as high whichever alternative brings it, from which all conditional means follow.
    """
    from scipy import special

    spread = own[0][0] * own[0][1].scale
    places = np.array([shock.place for _, shock in own])
    weights = np.array([weight for weight, _ in own])
    index = (worth + weights * places) / spread
    chances = special.softmax(index)
    means = places + EULER * spread / weights
    chosen = places + spread / weights * (EULER - special.log_softmax(index))
    others = special.softmax(np.where(np.eye(len(worth), dtype=bool), -np.inf, index[None, :]), axis=1)
    left = means - chances * chosen  # the integral of each shock over where another alternative is best
    parts = (others * left[:, None]).T
    np.fill_diagonal(parts, chances * chosen)
    return chances, parts


def by_own_integral(worth: Any, own: Sequence[Scaled | None]) -> tuple[Any, Any]:
    """Return how likely each alternative is best, and the integral of every alternative's shock over where it is.

    An alternative may go without a shock.
    """
    count = len(worth)
    chances, parts = np.zeros(count), np.zeros((count, count))
    for s in range(count):
        value, mass, mine = _values(s, worth, own)
        below = np.array([_below(value, worth[t], own[t]) for t in range(count) if t != s])
        chances[s] = mass @ below.prod(axis=0)
        parts[s, s] = mass @ (mine * below.prod(axis=0))
        others = [t for t in range(count) if t != s]
        for k, t in enumerate(others):
            pair = own[t]
            if pair is not None:
                rest = np.delete(below, k, axis=0).prod(axis=0)
                parts[s, t] = mass @ (_part(value, worth[t], pair) * rest)
    return chances, parts


def _values(s: int, worth: Any, own: Sequence[Scaled | None]) -> tuple[Any, Any, Any]:
    """Return an alternative's values over its own shock, their weights, and the shock there."""
    pair = own[s]
    if pair is None:
        return np.array([worth[s]]), np.ones(1), np.zeros(1)
    weight, shock = pair
    breaks = [(worth[t] - worth[s]) / weight for t in range(len(worth)) if own[t] is None]
    for t, other in enumerate(own):
        if t != s and other is not None:
            ends = [end for end in other[1].ends if np.isfinite(end)]
            breaks += [(worth[t] + other[0] * end - worth[s]) / weight for end in ends]
    x, mass = shock.nodes(tuple(breaks))
    return worth[s] + weight * x, mass, x


def _below(value: Any, worth: float, pair: Scaled | None) -> Any:
    """Return how likely another alternative is worth less."""
    if pair is None:
        return (value > worth).astype(float)
    weight, shock = pair
    cut = (value - worth) / weight
    return shock.below(cut) if weight > 0 else shock.above(cut)


def _part(value: Any, worth: float, pair: Scaled) -> Any:
    weight, shock = pair
    part = shock.part((value - worth) / weight)
    return part if weight > 0 else shock.mean - part


def tails(worth: Any, weights: Any, shocks: Sequence[Shock]) -> Any:
    """Return for each alternative the logarithm of how likely its shock alone makes it as good as the best one."""
    from scipy import special

    own = own_shocks(weights, shocks) if len(worth) > 1 and len(shocks) else None
    if own is None or any(pair is not None and pair[1].kind != NORMAL for pair in own):
        return None
    found = np.zeros(len(worth))
    for s, pair in enumerate(own):
        if pair is not None:
            weight, shock = pair
            missing = (worth.max() - worth[s]) / abs(weight) - np.sign(weight) * shock.place
            found[s] = special.log_ndtr(-missing / shock.scale)
    return found
