"""What a signal says of the state: nodes and weights for means over the states that it leaves possible.

Weights are made from the logarithms of densities and scaled by the greatest, so that signals far out, to which the
prior gives next to no probability, are no exception.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import inf
from typing import Any

import numpy as np

from deterrence.games.continuum.families import Normal
from deterrence.games.continuum.given import Flat, FromScipy
from deterrence.games.continuum.law import Law, gauss
from deterrence.games.continuum.uniform import Uniform

NODES = 12
PIECES = 12
FAR = 45.0
"""States whose density lies so far below the greatest, in logarithms, are left out: e^-45."""
LOOKS = 12
GRID = 129
QUANTILES = (1e-13, 1e-9, 1e-5, 1e-2, 0.2, 0.5, 0.8, 0.99, 1 - 1e-5, 1 - 1e-9, 1 - 1e-13)
"""Between these quantiles of the other's noise the chance of its low action is integrated apart."""


def log_density(law: Law, x: Any) -> Any:
    """Return the logarithm of a density, minus infinity where it is zero."""
    if isinstance(law, Flat):
        return np.zeros_like(x)
    if isinstance(law, Normal):
        return -(((x - float(law.mean)) / float(law.sd)) ** 2) / 2
    if isinstance(law, Uniform):
        return np.where((x >= float(law.low)) & (x <= float(law.high)), 0.0, -inf)
    frozen = law.distribution if isinstance(law, FromScipy) else getattr(law, "frozen", None)
    with np.errstate(divide="ignore"):
        return np.log(law.pdf(x)) if frozen is None else frozen.logpdf(x)


def possible(prior: Law, noise: Law, signal: float) -> tuple[float, float]:
    """Return the ends of the states that a signal leaves possible, as far as their densities count."""
    low, high = map(float, prior.ends)
    least, most = map(float, noise.ends)
    low, high = max(low, signal - most), min(high, signal - least)
    exact = _normal_posterior(prior, noise, signal)
    if exact is not None:
        mean, sd = exact
        reach = sd * (2 * FAR) ** 0.5
        return max(low, mean - reach), min(high, mean + reach)
    return _narrowed(prior, noise, signal, *_bounded(prior, noise, signal, low, high))


def _normal_posterior(prior: Law, noise: Law, signal: float) -> tuple[float, float] | None:
    """Return the mean and spread of the state, where prior and noise are normal, or the prior is flat or uniform."""
    if not isinstance(noise, Normal):
        return None
    mean, sd = signal - float(noise.mean), float(noise.sd)
    if isinstance(prior, Flat):
        return mean, sd
    if not isinstance(prior, Normal):
        return None
    weight = float(prior.sd) ** 2 / (float(prior.sd) ** 2 + sd**2)
    return float(prior.mean) + weight * (mean - float(prior.mean)), sd * weight**0.5


def _bounded(prior: Law, noise: Law, signal: float, low: float, high: float) -> tuple[float, float]:
    """Return finite ends, by extreme quantiles where there are none; those of prior and noise are both kept."""
    tiny = 1e-15
    if low == -inf:
        ends = [signal - float(noise.ppf(1 - tiny))]
        ends += [] if isinstance(prior, Flat) else [float(prior.ppf(tiny))]
        low = min(ends)
    if high == inf:
        ends = [signal - float(noise.ppf(tiny))]
        ends += [] if isinstance(prior, Flat) else [float(prior.ppf(1 - tiny))]
        high = max(ends)
    return low, high


def _narrowed(prior: Law, noise: Law, signal: float, low: float, high: float) -> tuple[float, float]:
    """Narrow ends to where the density of the state is not negligible beside its greatest."""
    for _ in range(LOOKS):
        x = np.linspace(low, high, GRID)
        levels = log_density(prior, x) + log_density(noise, signal - x)
        kept = np.flatnonzero(levels > levels.max() - FAR)
        if not kept.size:
            return low, high
        first, last = max(kept[0] - 1, 0), min(kept[-1] + 1, GRID - 1)
        if last - first > GRID // 2:
            return float(x[first]), float(x[last])
        low, high = float(x[first]), float(x[last])
    return low, high


def marks_of(other: Law, cutoff: float) -> list[float]:
    """Return the states about which the chance changes that the other's signal lies below a cutoff."""
    if abs(cutoff) == inf:
        return []
    marks = [cutoff - end for end in map(float, other.ends) if abs(end) < inf]
    if not isinstance(other, Uniform):
        marks += [cutoff - q for q in quantiles(other)]
    return marks


@lru_cache(maxsize=64)
def quantiles(law: Law) -> tuple[float, ...]:
    """Return a law's quantiles at which integrals are cut."""
    return tuple(map(float, law.ppf(np.array(QUANTILES))))


def nodes(prior: Law, noise: Law, signal: float, marks: Sequence[float]) -> tuple[Any, Any]:
    """Return states and weights that sum to one, given a signal; pieces of the integral end at the marks."""
    low, high = possible(prior, noise, signal)
    if not low < high:
        return np.array([low]), np.array([1.0])
    ends = np.concatenate([np.linspace(low, high, PIECES + 1), [m for m in marks if low < m < high]])
    ends.sort()
    at, share = gauss(NODES)
    width = np.diff(ends)
    x = (ends[:-1, None] + width[:, None] * at).ravel()
    levels = log_density(prior, x) + log_density(noise, signal - x)
    if levels.max() == -inf:  # at the last signal that some state allows: one state is left, but for rounding
        levels = np.zeros_like(levels)
    weights = (width[:, None] * share).ravel() * np.exp(levels - levels.max())
    return x, weights / weights.sum()
