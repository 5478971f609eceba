"""Random points around the present values: of all sizes, along few axes, and on ends of ranges."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from deterrence.analysis.search.surroundings import Surroundings

DRAWN = 600
FACES = 4


def random_points(
    land: Surroundings, radius: float, faces: Sequence[tuple[int, float]], rng: np.random.Generator
) -> np.ndarray:
    """Return points in the box of a size and in the ranges, but the present values, as shares.

    Some lie anywhere, some near the present values, some in corners and on few axes, some about as far as the
    surfaces come near, and some on the faces given: ends of ranges, as place and share.
    """
    count = len(land.low)
    anywhere = rng.uniform(-1, 1, (DRAWN, count))
    corners = rng.choice([-1.0, 0.0, 1.0], (DRAWN, count))
    mixed = np.where(rng.random((DRAWN, count)) < 0.5, corners, anywhere)
    reaches = land.reaches
    lengths = np.append(reaches[np.isfinite(reaches) & (reaches < radius)], radius * 1e-9)
    scales = rng.choice(lengths, DRAWN) * rng.uniform(1, 3, DRAWN)
    powers = radius * 10.0 ** rng.uniform(-4, 0, DRAWN)
    parts = [radius * anywhere, radius * mixed, radius * rng.random((DRAWN, 1)) * corners]
    parts += [scales[:, None] * anywhere, scales[:, None] * mixed, powers[:, None] * mixed]
    points = np.clip(np.concatenate(parts), land.low, land.high)
    on_faces = [points[rng.permutation(len(points))[: DRAWN // FACES]] for _ in faces]
    for part, (place, share) in zip(on_faces, faces, strict=True):
        part[:, place] = share
    points = np.concatenate([points, *on_faces])
    return points[points.any(axis=1)]
