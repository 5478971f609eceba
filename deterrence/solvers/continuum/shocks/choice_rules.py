"""The choice rule: from what alternatives are worth, and how shocks weigh on them, to how likely each is taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from deterrence.errors import MethodError
from deterrence.solvers.continuum.shocks.known_laws import NORMAL, Shock
from deterrence.solvers.continuum.shocks.own_shocks import by_own_integral, is_logit, logit, own_shocks, tails
from deterrence.solvers.continuum.shocks.sums import exceeds
from deterrence.solvers.continuum.shocks.two_shocks import by_one_integral

SAME = 1e-12
"""Weights that differ by less, of the greatest, are the same; so are values."""


@dataclass(frozen=True)
class Taken:
    """How alternatives are taken over the shocks.

    Attributes
    ----------
    chances
        The probability of each alternative.
    parts
        For each alternative the integral of each shock over where it is taken.
    error
        How far the probabilities may be from the exact ones.
    tie
        Whether two alternatives are worth the same whatever the shocks are, so that either may be taken.
    tails
        For each alternative the logarithm of how likely its own shock alone makes it as good as the best one without
        shocks; None where shocks fall on alternatives in another way. Of two rare shocks only one happens.
    """

    chances: Any
    parts: Any
    error: float
    tie: bool = False
    tails: Any = None


def choice(worth: Any, weights: Any, shocks: Sequence[Shock]) -> Taken:
    """Return how alternatives are taken that are worth ``worth + weights @ shocks``, the best of them each time.

    Raises
    ------
    MethodError
        If it would take an integral of three dimensions or more.
    """
    worth, weights = np.asarray(worth, dtype=float), np.asarray(weights, dtype=float).reshape(len(worth), len(shocks))
    matters = np.ptp(weights, axis=0) > SAME * max(1e-300, float(np.abs(weights).max(initial=0.0)))
    kept, tie = _kept(worth, weights[:, matters])
    mine = [shock for shock, relevant in zip(shocks, matters, strict=True) if relevant]
    chances, parts, error = _among(worth[kept], weights[kept][:, matters], mine)
    means = np.array([shock.mean for shock in shocks])
    everywhere, whole = np.zeros(len(worth)), np.zeros((len(worth), len(shocks)))
    total = float(np.sum(chances))
    everywhere[kept] = chances / total
    whole[kept] = everywhere[kept][:, None] * means
    whole[np.ix_(np.array(kept), np.flatnonzero(matters))] = parts
    rare = np.full(len(worth), -np.inf)
    told = tails(worth[kept], weights[kept][:, matters], mine)
    if told is not None:
        rare[kept] = told
    return Taken(everywhere, whole, error + abs(total - 1), tie, None if told is None else rare)


def _kept(worth: Any, weights: Any) -> tuple[list[int], bool]:
    """Return the alternatives that can be best, of those with the same weights the highest, and whether two tie."""
    kept: list[int] = []
    tie = False
    size, height = np.abs(weights).max(initial=0.0), np.abs(worth).max(initial=0.0)
    for s in np.argsort(-worth, kind="stable").tolist():
        twin = next((t for t in kept if np.abs(weights[s] - weights[t]).max(initial=0.0) <= SAME * size), None)
        if twin is None:
            kept.append(s)
        else:
            tie = tie or worth[twin] - worth[s] <= SAME * height
    return sorted(kept), tie


def _among(worth: Any, weights: Any, shocks: Sequence[Shock]) -> tuple[Any, Any, float]:
    if len(worth) == 1:
        return np.ones(1), np.array([[shock.mean for shock in shocks]]), 0.0
    own = own_shocks(weights, shocks)
    if own is not None and is_logit(own):
        pairs = [pair for pair in own if pair is not None]
        return (*_in_columns(*logit(worth, pairs), weights), 1e-15)
    if len(worth) == 2 and (len(shocks) != 2 or all(shock.kind == NORMAL for shock in shocks)):
        return exceeds(worth[1] - worth[0], weights[0] - weights[1], shocks)
    if own is not None and len(worth) > 2:
        return (*_in_columns(*by_own_integral(worth, own), weights), 1e-14)
    if len(shocks) == 2:
        return (*by_one_integral(worth, weights, (shocks[0], shocks[1])), 1e-14)
    if all(shock.kind == NORMAL for shock in shocks):
        return _normal(worth, weights, shocks)
    raise MethodError(_dimension(len(worth), min(len(worth) - 1, len(shocks)), len(shocks)))


def _in_columns(chances: Any, parts: Any, weights: Any) -> tuple[Any, Any]:
    """Return integrals by shock in place of integrals by the alternative that the shock falls on."""
    centred = weights - np.median(weights, axis=0) if len(weights) > 2 else weights
    return chances, parts[:, np.abs(centred).argmax(axis=0)]


def _normal(worth: Any, weights: Any, shocks: Sequence[Shock]) -> tuple[Any, Any, float]:
    """Return the same for many normal shocks, which weigh on the alternatives as fewer ones do."""
    from deterrence.games.continuum.families import Normal

    means, sds = np.array([s.place for s in shocks]), np.array([s.scale for s in shocks])
    spread = (weights - weights[0]) * sds
    left, sizes, right = np.linalg.svd(spread, full_matrices=False)
    rank = int(np.sum(sizes > SAME * sizes[0]))
    if rank > 2:
        raise MethodError(_dimension(len(worth), rank, len(shocks)))
    factors = left[:, :2] * sizes[:2]
    standard = Shock(Normal(0, 1))
    chances, parts = by_one_integral(worth + (weights - weights[0]) @ means, factors, (standard, standard))
    return chances, chances[:, None] * means + (parts @ right[:2]) * sds, 1e-14


def _dimension(alternatives: int, dimension: int, shocks: int) -> str:
    return (
        f"a decision among {alternatives} ways to play on which {shocks} shocks weigh together needs an integral of "
        f"dimension {dimension}; offered are two actions, one shock to each action, and whatever comes to two shocks."
    )
