"""How likely a weighted sum of shocks exceeds a number: normal ones by formula, others by their waves.

The characteristic function of a sum is the product of its parts'; the inversion of Gil-Pelaez, summed at the middles
of equal steps, is precise up to what lies in the tails beyond half a period.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from deterrence.solvers.continuum.shocks.known_laws import NORMAL, Shock

MOST_WAVES = 100_000
BLOCK = 2_000
FADED = 1e-17


def exceeds(level: float, weights: Any, shocks: Sequence[Shock]) -> tuple[Any, Any, float]:
    """Return how likely the weighted sum lies above a level, or below; the shocks' integrals there; and an error.

    The integrals are rows for above and below, a column for each shock.
    """
    if all(shock.kind == NORMAL for shock in shocks):
        return (*_normal(level, weights, shocks), 1e-15)
    if len(shocks) == 1:
        return (*_single(level, float(weights[0]), shocks[0]), 1e-14)
    return _by_waves(level, weights, shocks)


def _normal(level: float, weights: Any, shocks: Sequence[Shock]) -> tuple[Any, Any]:
    from scipy import special

    means = np.array([shock.place for shock in shocks])
    variances = np.array([shock.scale**2 for shock in shocks])
    sd = np.sqrt(weights**2 @ variances)
    z = (weights @ means - level) / sd
    chances = np.array([special.ndtr(z), special.ndtr(-z)])
    lean = variances * weights * np.exp(-z * z / 2) / (sd * np.sqrt(2 * np.pi))
    return chances, np.array([means * chances[0] + lean, means * chances[1] - lean])


def _single(level: float, weight: float, shock: Shock) -> tuple[Any, Any]:
    cut = level / weight
    part = float(shock.part(cut))
    chances, parts = [float(shock.above(cut)), float(shock.below(cut))], [shock.mean - part, part]
    order = [0, 1] if weight > 0 else [1, 0]
    return np.array(chances)[order], np.array(parts)[order][:, None]


def _by_waves(level: float, weights: Any, shocks: Sequence[Shock]) -> tuple[Any, Any, float]:
    spans = np.sort(np.array([shock.span for shock in shocks]) * weights[:, None], axis=1)
    low, high = spans[:, 0].sum(), spans[:, 1].sum()
    step = np.pi / max(high - level, level - low, high - low)
    means = np.array([shock.mean for shock in shocks])
    totals = np.zeros(len(shocks) + 1)
    size = 0.0
    for start in range(0, MOST_WAVES, BLOCK):
        turns = np.arange(start, start + BLOCK) + 0.5
        rows = _waves(turns * step, weights, shocks) * np.exp(-1j * turns * step * level)
        totals += (rows.imag / turns).sum(axis=1)
        size = float(np.abs(rows[0, -1]) / turns[-1])
        if size < FADED:
            break
    above = 0.5 + totals[0] / np.pi
    chances = np.clip([above, 1 - above], 0.0, 1.0)
    part = means / 2 + totals[1:] / np.pi
    return chances, np.array([part, means - part]), 1e-13 + size


def _waves(t: Any, weights: Any, shocks: Sequence[Shock]) -> Any:
    """Return the sum's characteristic function, and beneath it the mean of each shock times the sum's wave."""
    pairs = [shock.wave(weight * t) for weight, shock in zip(weights, shocks, strict=True)]
    rows = [np.prod([phi for phi, _ in pairs], axis=0)]
    for k, (_, slope) in enumerate(pairs):
        others = [phi for j, (phi, _) in enumerate(pairs) if j != k]
        rows.append(-1j * slope * np.prod(others, axis=0))
    return np.array(rows)
