"""The nearest point of a cell between surfaces: by linear programs, again and again where surfaces are curved."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from deterrence.analysis.search.surfaces import Surfaces

STARTS = 6
STEPS = 24
FREE_STEPS = 8
"""After so many steps each may be at most half as long as the last."""
SHORTER = (1.0, 1 - 1e-9, 1 - 1e-6, 1 - 1e-3, 0.9, 0.5, 0.25, 0.1, 0.03, 0.01)
PROGRESS = 1e-9
CLOSE = 1e-12
BESIDE = 0.1
"""How far beside the nearest point one looks for a place further inside, in shares of its size."""
CLOSE_BY = 1e-3
MEETING = 1e-8
EXACTLY = {"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10}

NORMS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "max": lambda points: np.abs(points).max(axis=-1),
    "euclidean": lambda points: np.sqrt((points**2).sum(axis=-1)),
    "sum": lambda points: np.abs(points).sum(axis=-1),
}


@dataclass(frozen=True, eq=False)
class Corner:
    """About the nearest point of a cell, a place beside it further inside, and others in the cells next to it there."""

    point: np.ndarray
    inside: np.ndarray
    across: tuple[np.ndarray, ...]


def nearest_in_cell(
    surfaces: Surfaces, inside: np.ndarray, low: np.ndarray, high: np.ndarray, norm: str, near: np.ndarray
) -> Corner:
    """Return about the nearest point to zero in the closure of the cell that a point lies in.

    Only the surfaces ``near`` are minded; they are replaced by their tangent planes where the last step led, until
    the steps end. Where all are planes the first step is the answer. What the steps lead to is taken as far as it
    lies in the cell, and they start again from there.
    """
    cell = _Cell(surfaces, surfaces.signs(inside[None, :])[0], near, low, high, norm)
    point = inside
    for _ in range(STARTS):
        end = cell.stepped(point)
        better = end if end is None or not cell.curved else cell.taken(point, end)
        if better is None:
            break
        gained, point = cell.size(point) - cell.size(better), better
        if not cell.curved or gained <= PROGRESS * cell.size(point):
            break
    return Corner(point, cell.inside(point), tuple(cell.across(point)))


class _Cell:
    """A cell: its side of each surface that is minded."""

    def __init__(
        self, surfaces: Surfaces, sides: np.ndarray, near: np.ndarray, low: np.ndarray, high: np.ndarray, norm: str
    ) -> None:
        self.surfaces, self.sides, self.low, self.high, self.norm = surfaces, sides, low, high, norm
        self.minded = near & (sides != 0)
        self.curved = bool((self.minded & ~surfaces.linear).any())
        self.size = NORMS[norm]

    def stepped(self, point: np.ndarray) -> np.ndarray | None:
        """Return where steps between tangent planes end; None where there is not even a first one."""
        reach, result = float("inf"), None
        for k in range(STEPS):
            scale = float(np.abs(point).max()) or 1.0
            rows, rest = _tangents(self.surfaces, point, self.sides, self.minded, scale)
            walls = (np.maximum(self.low, point - reach) / scale, np.minimum(self.high, point + reach) / scale)
            step = least(rows, rest, *walls, self.norm)
            if step is None:
                return result
            result = np.clip(step * scale, self.low, self.high)
            moved = float(np.abs(result - point).max())
            point = result
            if not self.curved or moved <= CLOSE * scale:
                break
            reach = moved / 2 if k >= FREE_STEPS else reach
        return result

    def inside(self, point: np.ndarray) -> np.ndarray:
        """Return the place near a point that lies furthest from all surfaces, between the tangent planes there."""
        place = self._deepest(point, self.sides, BESIDE)
        return point if place is None else place

    def across(self, point: np.ndarray) -> Iterator[np.ndarray]:
        """Yield places beside a corner that lie across one of the surfaces that meet there."""
        sizes = np.abs(self.surfaces.slopes(point)).max(axis=1, initial=0) * (np.abs(point).max() or 1.0)
        meeting = self.minded & (np.abs(self.surfaces.values(point[None, :])[0]) <= MEETING * sizes)
        for k in np.flatnonzero(meeting):
            sides = self.sides.copy()
            sides[k] = -sides[k]
            place = self._deepest(point, sides, CLOSE_BY)
            if place is not None:
                yield place

    def _deepest(self, point: np.ndarray, sides: np.ndarray, beside: float) -> np.ndarray | None:
        from scipy.optimize import linprog

        scale = float(np.abs(point).max()) or 1.0
        rows, rest = _tangents(self.surfaces, point, sides, self.minded, scale)
        walls = (
            np.maximum(self.low / scale, point / scale - beside),
            np.minimum(self.high / scale, point / scale + beside),
        )
        table = np.hstack([-rows, np.sqrt((rows**2).sum(axis=1))[:, None]])
        cost = np.append(np.zeros(len(point)), -1.0)
        ends = [*zip(*walls, strict=True), (0, 1)]
        answer = linprog(cost, A_ub=table, b_ub=rest, bounds=ends, method="highs", options=EXACTLY)
        return np.clip(answer.x[:-1] * scale, self.low, self.high) if answer.status == 0 else None

    def taken(self, point: np.ndarray, end: np.ndarray) -> np.ndarray | None:
        """Return the place furthest on the way to an end that lies in the cell and is nearer; None if none is."""
        tries = point + np.array(SHORTER)[:, None] * (end - point)
        across = (self.surfaces.signs(tries) * self.sides)[:, self.minded] < 0
        good = ~across.any(axis=1) & (self.size(tries) < self.size(point))
        return tries[int(good.argmax())] if good.any() else None


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
