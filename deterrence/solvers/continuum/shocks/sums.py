"""How likely a weighted sum of shocks exceeds a number: normal ones by formula, others by their waves.

Of normal, logistic, extreme value and uniform shocks the characteristic function of a sum is the product of its parts';
the inversion of Gil-Pelaez, summed at the middles of equal steps, is precise up to what lies in the tails beyond half a
period. Other laws are gone through by nodes, all shocks but the one that weighs most.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from deterrence.errors import MethodError
from deterrence.games.continuum.law import gauss
from deterrence.solvers.continuum.shocks.known_laws import NORMAL, OTHER, Shock

MOST_WAVES = 100_000
BLOCK = 2_000
FADED, LAST = 1e-15, 64
FAR = 1e6
"""So many standard deviations are beyond whatever is drawn."""
MOST_NODES, MOST_BY_NODES = 40_000, 4


def exceeds(level: float, weights: Any, shocks: Sequence[Shock]) -> tuple[Any, Any, float]:
    """Return how likely the weighted sum lies above a level, or below; the shocks' integrals there; and an error.

    The integrals are rows for above and below, a column for each shock.
    """
    if all(shock.kind == NORMAL for shock in shocks):
        return (*_normal(level, weights, shocks), 1e-15)
    if len(shocks) == 1:
        return (*_single(level, float(weights[0]), shocks[0]), 1e-14)
    if any(shock.kind == OTHER for shock in shocks):
        return _by_nodes(level, weights, shocks)
    return _by_waves(level, weights, shocks)


def _normal(level: float, weights: Any, shocks: Sequence[Shock]) -> tuple[Any, Any]:
    from scipy import special

    means = np.array([shock.place for shock in shocks])
    variances = np.array([shock.scale**2 for shock in shocks])
    size = np.abs(weights).max()  # weights may be as small as 1e-300, of which squares vanish
    weights = weights / size
    sd = np.sqrt(weights**2 @ variances)
    with np.errstate(over="ignore"):
        z = np.clip((weights @ means - np.float64(level) / size) / sd, -FAR, FAR)
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
    size, turns = 0.0, np.zeros(BLOCK)
    for start in range(0, MOST_WAVES, BLOCK):
        turns = start + 0.5 + np.arange(BLOCK, dtype=float)
        rows = _waves(turns * step, weights, shocks) * np.exp(-1j * turns * step * level)
        totals += (rows.imag / turns).sum(axis=1)
        size = float((np.abs(rows[0, -LAST:]) / turns[-LAST:]).max())
        if size < FADED:
            break
    above = 0.5 + totals[0] / np.pi
    chances = np.clip([above, 1 - above], 0.0, 1.0)
    part = means / 2 + totals[1:] / np.pi
    return chances, np.array([part, means - part]), 1e-13 + size * turns[-1]


def _waves(t: Any, weights: Any, shocks: Sequence[Shock]) -> Any:
    """Return the sum's characteristic function, and beneath it the mean of each shock times the sum's wave."""
    pairs = [shock.wave(weight * t) for weight, shock in zip(weights, shocks, strict=True)]
    rows = [np.prod([phi for phi, _ in pairs], axis=0)]
    for k, (_, slope) in enumerate(pairs):
        others = [phi for j, (phi, _) in enumerate(pairs) if j != k]
        rows.append(-1j * slope * np.prod(others, axis=0))
    return np.array(rows)


def _by_nodes(level: float, weights: Any, shocks: Sequence[Shock]) -> tuple[Any, Any, float]:
    """Return the same by nodes; the error is what a third of the nodes less makes of it."""
    if len(shocks) > MOST_BY_NODES:
        raise MethodError(
            f"a decision on which {len(shocks)} shocks weigh together, not all of them normal, logistic, extreme value "
            f"or uniform: it needs an integral of dimension {len(shocks) - 1}."
        )
    count = int(MOST_NODES ** (1 / (len(shocks) - 1)))
    chances, parts = _nodes_summed(level, weights, shocks, count)
    rough, _ = _nodes_summed(level, weights, shocks, 2 * count // 3)
    return chances, parts, float(np.abs(chances - rough).max()) + 1e-14


def _nodes_summed(level: float, weights: Any, shocks: Sequence[Shock], count: int) -> tuple[Any, Any]:
    inner = int(np.argmax([abs(w) * shock.scale for w, shock in zip(weights, shocks, strict=True)]))
    outer = [k for k in range(len(shocks)) if k != inner]
    at, mass = gauss(count)
    grids = np.meshgrid(*(shocks[k].span[0] + (shocks[k].span[1] - shocks[k].span[0]) * at for k in outer))
    density = np.ones(())
    for axis, k in enumerate(outer):
        weight = mass * (shocks[k].span[1] - shocks[k].span[0])
        shape = np.reshape(weight, [-1 if axis == other else 1 for other in _axes(len(outer))])
        density = density * shape * shocks[k].density(grids[axis])
    rest = sum(weights[k] * grid for k, grid in zip(outer, grids, strict=True))
    cut = (level - rest) / weights[inner]
    above, part = shocks[inner].above(cut), shocks[inner].mean - shocks[inner].part(cut)
    if weights[inner] < 0:
        above, part = 1 - above, shocks[inner].mean - part
    parts = np.zeros(len(shocks))
    parts[inner] = float((density * part).sum())
    for grid, k in zip(grids, outer, strict=True):
        parts[k] = float((density * above * grid).sum())
    chance = float((density * above).sum())
    means = np.array([shock.mean for shock in shocks])
    return np.array([chance, 1 - chance]), np.array([parts, means - parts])


def _axes(count: int) -> list[int]:
    """Return the axes of a grid in the order of its shocks: the first two change places in a mesh."""
    return [1, 0, *range(2, count)] if count > 1 else [0]
