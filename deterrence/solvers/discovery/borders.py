"""Points just across the borders of classes: so thin neighbours are met that points drawn at random miss."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from deterrence.solvers.algebra import unit_box
from deterrence.solvers.algebra.signs import Domain
from deterrence.solvers.discovery.conditions import Conditions

PAIRS = 60
"""So many segments from inside a class to outside are followed to its border."""
HALVINGS = 40
BEYOND = (1e-6, 1e-4, 1e-2)
"""So far across the border, as shares of the segment, points are taken."""


def across(found: Sequence[Conditions], domain: Domain, rng: np.random.Generator) -> np.ndarray:
    """Return points of the domain, in unit coordinates, just across the borders of classes."""
    points = [_across(conditions, domain, rng) for conditions in found]
    return np.concatenate(points) if points else domain.unit_samples[:0]


def _across(conditions: Conditions, domain: Domain, rng: np.random.Generator) -> np.ndarray:
    samples = domain.unit_samples
    holds = _holds(conditions, domain, samples)
    inside, outside = samples[holds], samples[~holds]
    if domain.parametric.atoms or conditions.witness is None or not len(outside):
        return samples[:0]
    if not len(inside):
        inside = domain.box.to_unit([conditions.witness[symbol.name] for symbol in domain.ring.symbols])[None]
    near, far = (some[rng.integers(len(some), size=PAIRS)] for some in (inside, outside))
    low, high = np.zeros(PAIRS), np.ones(PAIRS)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        good = _holds(conditions, domain, near + (far - near) * middle[:, None])
        low, high = np.where(good, middle, low), np.where(good, high, middle)
    beyond = np.concatenate([np.minimum(high + step, 1.0) for step in BEYOND])
    return np.tile(near, (len(BEYOND), 1)) + np.tile(far - near, (len(BEYOND), 1)) * beyond[:, None]


def _holds(conditions: Conditions, domain: Domain, points: np.ndarray) -> np.ndarray:
    """Tell at which points a condition holds, in floating point."""
    known: dict[object, np.ndarray] = {}

    def positive(polynomial: object) -> np.ndarray:
        if polynomial not in known:
            known[polynomial] = unit_box.values(domain.box.of(polynomial), points) > 0
        return known[polynomial]

    good = np.ones(len(points), dtype=bool)
    for clause in conditions.clauses:
        any_of = np.zeros(len(points), dtype=bool)
        for branch in clause:
            all_of = np.ones(len(points), dtype=bool)
            for polynomial, _ in branch:
                all_of &= positive(polynomial)
            any_of |= all_of
        good &= any_of
    return good
