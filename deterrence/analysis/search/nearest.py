"""Search for the nearest point at which something holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np

DIRECTIONS = 600
STEPS = 48
ROUNDS = 24
TRIES = 500
CUTS = 6
FINE = 60
PLACES = 400

Test = Callable[[np.ndarray], np.ndarray]
"""From points, one a row, to whether it holds there."""

NORMS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "max": lambda points: np.abs(points).max(axis=-1),
    "euclidean": lambda points: np.sqrt((points**2).sum(axis=-1)),
    "sum": lambda points: np.abs(points).sum(axis=-1),
}


def nearest_point(
    holds: Test, low: np.ndarray, high: np.ndarray, norm: str, starts: Iterable[np.ndarray] = ()
) -> np.ndarray | None:
    """Return the nearest point to zero found, in the box, at which something holds; None if none was.

    Rays from zero in many directions are scanned, each parameter's own among them; the nearest points are
    then drawn inwards: along their ray, in one coordinate at a time, and by random steps that grow smaller.
    """
    size, rng = NORMS[norm], np.random.default_rng(1963)
    rays = _rays(rng, len(low))
    pool = _first_along(holds, rays, low, high)
    given = np.array(list(starts)).reshape(-1, len(low))
    pool += list(given[holds(given)]) if len(given) else []
    if not pool:
        return None
    pool.sort(key=lambda point: float(size(point)))
    return min((_drawn_in(holds, point, low, high, size, rng) for point in pool[:2]), key=lambda p: float(size(p)))


def nearest_along(holds: Test, axis: int, low: np.ndarray, high: np.ndarray) -> np.ndarray | None:
    """Return the nearest point to zero on one axis at which something holds, among 400 places either way."""
    found = []
    for end in (low[axis], high[axis]):
        last = np.zeros(len(low))
        last[axis] = end
        shares = np.linspace(0, 1, PLACES + 1)[1:]
        good = holds(shares[:, None] * last)
        if end and good.any():
            found.append(_bisected(holds, np.zeros_like(last), last, shares, good))
    return min(found, key=lambda point: float(abs(point[axis])), default=None)


def _rays(rng: np.random.Generator, number: int) -> np.ndarray:
    """Return directions: along each axis, to random corners, and anywhere."""
    axes = np.concatenate([np.eye(number), -np.eye(number)])
    corners = rng.choice([-1.0, 0.0, 1.0], size=(DIRECTIONS // 2, number))
    free = rng.uniform(-1, 1, size=(DIRECTIONS // 2, number))
    rays = np.concatenate([axes, corners, free])
    rays = rays[np.abs(rays).max(axis=1) > 0]
    scaled: np.ndarray = rays / np.abs(rays).max(axis=1)[:, None]
    return scaled


def _first_along(holds: Test, rays: np.ndarray, low: np.ndarray, high: np.ndarray) -> list[np.ndarray]:
    """Return for each ray on which it holds somewhere about where it first does."""
    lengths = np.linspace(0, 1, STEPS + 1)[1:] ** 1.5
    points = np.clip(lengths[:, None, None] * rays, low, high)
    good = holds(points.reshape(-1, rays.shape[1])).reshape(points.shape[:2])
    first = good.argmax(axis=0)
    return [points[first[k], k] for k in np.flatnonzero(good.any(axis=0))]


def _drawn_in(
    holds: Test,
    point: np.ndarray,
    low: np.ndarray,
    high: np.ndarray,
    size: Callable[..., np.ndarray],
    rng: np.random.Generator,
) -> np.ndarray:
    step = 0.5
    for _ in range(ROUNDS):
        point = _along_axes(holds, _along_ray(holds, point), size)
        length = float(size(point))
        steps = rng.normal(size=(TRIES, len(point))) * step * length
        steps[rng.random(steps.shape) < 0.4] = 0
        tries = np.clip(point + steps, low, high)
        tries = tries[size(tries) < length * (1 - 1e-9)]
        better = tries[holds(tries)] if len(tries) else tries
        if len(better):
            point = better[int(np.argmin(size(better)))]
        else:
            step *= 0.4
    return _along_axes(holds, _along_ray(holds, point), size)


def _along_ray(holds: Test, point: np.ndarray) -> np.ndarray:
    """Move towards zero as far as it keeps holding (from the last place at which it does not)."""
    shares = np.linspace(0, 1, 33)[1:]
    good = holds(shares[:, None] * point)
    return _bisected(holds, np.zeros_like(point), point, shares, good)


def _bisected(holds: Test, start: np.ndarray, end: np.ndarray, shares: np.ndarray, good: np.ndarray) -> np.ndarray:
    """Return the first place between start and end at which it holds, by cutting finer and finer."""
    for _ in range(CUTS):
        first = int(good.argmax()) if good.any() else len(shares) - 1
        high = float(shares[first])
        low = float(shares[first - 1]) if first else 0.0
        shares = np.linspace(low, high, FINE + 1)[1:]
        good = holds(start + shares[:, None] * (end - start))
        good[-1] = True
    return start + float(shares[int(good.argmax())]) * (end - start)


def _along_axes(holds: Test, point: np.ndarray, size: Callable[..., np.ndarray]) -> np.ndarray:
    """Take back each coordinate's change, wholly or as far as it keeps holding, least change first."""
    for k in np.argsort(np.abs(point)):
        if point[k] == 0:
            continue
        without = point.copy()
        without[k] = 0
        if holds(without[None, :])[0]:
            point = without
        elif size is not NORMS["max"]:
            shares = np.array([0.5, 0.75, 0.9, 0.97, 0.99, 0.999, 0.9999, 1.0])
            good = holds(without + shares[:, None] * (point - without))
            good[-1] = True
            point = _bisected(holds, without, point, shares, good)
    return point
