"""The nearest point of a cell between surfaces: by linear programs, again and again where surfaces are curved."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from deterrence.analysis.search.surfaces import Surfaces

STEPS = 24
SHORTER = (1.0, 0.5, 0.25, 0.1, 0.03, 0.01)
PROGRESS = 1e-9
EXACTLY = {"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10}

NORMS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "max": lambda points: np.abs(points).max(axis=-1),
    "euclidean": lambda points: np.sqrt((points**2).sum(axis=-1)),
    "sum": lambda points: np.abs(points).sum(axis=-1),
}


def nearest_in_cell(
    surfaces: Surfaces, inside: np.ndarray, low: np.ndarray, high: np.ndarray, norm: str, near: np.ndarray
) -> np.ndarray:
    """Return about the nearest point to zero in the closure of the cell that a point lies in.

    Only the surfaces ``near`` are minded; they are replaced by their tangent planes at the best point so far,
    and what is found is taken as far as it lies in the cell. Where all are planes the first step is the answer.
    """
    sides = surfaces.signs(inside[None, :])[0]
    minded = near & (sides != 0)
    curved = minded & ~surfaces.linear
    size, point, reach = NORMS[norm], inside, float("inf")
    for _ in range(STEPS):
        scale = float(np.abs(point).max()) or 1.0
        rows, rest = _tangents(surfaces, point, sides, minded, scale)
        walls = (np.maximum(low, point - reach) / scale, np.minimum(high, point + reach) / scale)
        step = least(rows, rest, *walls, norm)
        if step is None:
            break
        step = np.clip(step * scale, low, high)
        if not curved.any():
            return step
        better = _taken(surfaces, sides, minded, point, step, size)
        if better is None:
            reach = min(reach, float(np.abs(step - point).max())) / 8
            if reach < PROGRESS * scale:
                break
            continue
        gained = size(point) - size(better)
        point = better
        if gained <= PROGRESS * size(point):
            break
    return point


def _tangents(
    surfaces: Surfaces, point: np.ndarray, sides: np.ndarray, minded: np.ndarray, scale: float
) -> tuple[np.ndarray, np.ndarray]:
    """Return rows and right sides, ``rows @ (s / scale) + rest >= 0``, of the cell between tangent planes."""
    slopes = (surfaces.slopes(point) * sides[:, None])[minded] * scale
    here = (surfaces.values(point[None, :])[0] * sides)[minded]
    rest = here - slopes @ (point / scale)
    sizes = np.maximum(np.abs(slopes).max(axis=1, initial=0), np.abs(here))
    sizes[sizes == 0] = 1
    return slopes / sizes[:, None], rest / sizes


def _taken(
    surfaces: Surfaces,
    sides: np.ndarray,
    minded: np.ndarray,
    point: np.ndarray,
    step: np.ndarray,
    size: Callable[[np.ndarray], np.ndarray],
) -> np.ndarray | None:
    """Return the place furthest along a step that still lies in the cell and is nearer; None if none is."""
    tries = point + np.array(SHORTER)[:, None] * (step - point)
    across = (surfaces.signs(tries) * sides)[:, minded] < 0
    good = ~across.any(axis=1) & (size(tries) < size(point))
    return tries[int(good.argmax())] if good.any() else None


def least(rows: np.ndarray, rest: np.ndarray, low: np.ndarray, high: np.ndarray, norm: str) -> np.ndarray | None:
    """Return the smallest vector s with ``rows @ s + rest >= 0`` between low and high; None where there is none."""
    if norm == "euclidean":
        return _shortest(rows, rest, low, high)
    from scipy.optimize import linprog

    count = rows.shape[1]
    bounds_of_sizes = np.eye(count) if norm == "sum" else np.ones((count, 1))
    sizes = bounds_of_sizes.shape[1]
    above = np.hstack([np.eye(count), -bounds_of_sizes])
    below = np.hstack([-np.eye(count), -bounds_of_sizes])
    table = np.vstack([np.hstack([-rows, np.zeros((len(rows), sizes))]), above, below])
    limits = np.concatenate([rest, np.zeros(2 * count)])
    ends = [*zip(low, high, strict=True), *[(0, None)] * sizes]
    cost = np.concatenate([np.zeros(count), np.ones(sizes)])
    answer = linprog(cost, A_ub=table, b_ub=limits, bounds=ends, method="highs", options=EXACTLY)
    return np.asarray(answer.x[:count]) if answer.status == 0 else None


def _shortest(rows: np.ndarray, rest: np.ndarray, low: np.ndarray, high: np.ndarray) -> np.ndarray | None:
    """Return the shortest vector, as least squares without negative unknowns (Lawson and Hanson 1974, ch. 23)."""
    from scipy.optimize import nnls

    count = rows.shape[1]
    table = np.vstack([rows, np.eye(count), -np.eye(count)])
    right = np.concatenate([-rest, low, -high])
    kept = np.isfinite(right)
    system = np.vstack([table[kept].T, right[kept]])
    target = np.zeros(count + 1)
    target[-1] = 1
    left = system @ nnls(system, target)[0] - target
    return None if abs(left[-1]) < 1e-12 else -left[:-1] / left[-1]


def inner_point(
    rows: np.ndarray, rest: np.ndarray, low: np.ndarray, high: np.ndarray
) -> tuple[np.ndarray, float] | None:
    """Return the point with the greatest distance from all of ``rows @ s + rest >= 0`` and both ends, and that distance."""
    from scipy.optimize import linprog

    count = rows.shape[1]
    length = np.sqrt((rows**2).sum(axis=1))
    table = np.hstack([np.vstack([-rows, np.eye(count), -np.eye(count)]), np.ones((len(rows) + 2 * count, 1))])
    table[: len(rows), -1] = length
    limits = np.concatenate([rest, high, -low])
    cost = np.append(np.zeros(count), -1.0)
    ends = [(None, None)] * (count + 1)
    answer = linprog(cost, A_ub=table, b_ub=limits, bounds=ends, method="highs", options=EXACTLY)
    return (np.asarray(answer.x[:count]), float(answer.x[-1])) if answer.status == 0 else None
