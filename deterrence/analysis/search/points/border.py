"""The border of where something holds, followed from within towards the present values.

The border's tangent plane is felt by steps aside, and the nearest point between the planes known is where to look next.
Each way of asking is a generator, so that many of them go in step (see
:mod:`~deterrence.analysis.search.points.in_step`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from deterrence.analysis.search.descent import NORMS, least
from deterrence.analysis.search.points.in_step import Asking

CUTS = (64, 16, 16, 16)
"""The way to a border is cut into so many pieces, one after another."""
STEPS, PLANES = 24, 8
DEPTH = 0.05
"""How far within the border steps aside begin, in shares of the way to it."""
FELT, FINER, BETWEEN = 6, 2, 7
"""So many lengths of step are tried each way, and between two that differ so often so many others."""
INSIDE = 1.05
WORTH, LESS_WORTH = 5e-3, 0.1
"""A step is worth another where it brings one nearer by this share: more where something nearer is known."""
TINY = 1e-9
"""Where it holds even so near to the present values, these are at a tie."""


@dataclass
class Lead:
    """How near the nearest of those that walk has come, or what was found before."""

    size: float

    def worth(self, size: float) -> float:
        """Return by which share a step must lead nearer to be worth another, for one that has come so near."""
        self.size = min(self.size, size)
        return WORTH if size <= self.size else LESS_WORTH


@dataclass(frozen=True, eq=False)
class Border:
    """The border, between the ends of ranges, as seen from the present values, which are at zero."""

    low: np.ndarray
    high: np.ndarray
    norm: str

    def size(self, points: np.ndarray) -> np.ndarray:
        """Return how far points are from the present values."""
        return NORMS[self.norm](points)

    def follow(self, point: np.ndarray, lead: Lead) -> Asking[tuple[np.ndarray, np.ndarray] | None]:
        """Go from a point at which it holds to the border, and along it as far as that leads nearer.

        Return the place reached and one beside it further inside; None if it does not hold at the point.
        """
        if not (yield point[None, :])[0]:
            return None
        inside = point
        for _ in range(STEPS):
            ends = yield from self.crossed(np.zeros((1, len(point))), inside[None, :])
            still, holds = ends[0][0], ends[1][0]
            if self.size(holds) <= TINY:
                return np.zeros_like(point), holds
            worth = lead.worth(float(self.size(holds)))
            base = yield from self._within(holds, inside)
            nearer = yield from self._between_planes(base, still)
            if nearer is None or self.size(nearer) >= self.size(holds) * (1 - worth):
                break
            inside = nearer
        return still, base

    def crossed(self, still: np.ndarray, holds: np.ndarray) -> Asking[tuple[np.ndarray, np.ndarray]]:
        """Cut the ways from places where it need not hold to others where it does; return both sides of a border."""
        still, holds = still.astype(float), holds.astype(float)
        count, size = still.shape
        for pieces in CUTS:
            shares = np.linspace(0, 1, pieces + 1)[:, None, None]
            places = still + shares * (holds - still)
            inner = np.clip(places[1:-1].reshape(-1, size), self.low, self.high)
            there = (yield inner).reshape(pieces - 1, count)
            there = np.vstack([there, np.ones((1, count), dtype=bool)])
            fails = pieces - there[::-1].argmin(axis=0)  # the last piece before it holds up to the end
            fails = np.where(there.all(axis=0), 0, fails)
            row = np.arange(count)
            still, holds = places[fails, row], places[fails + 1, row]
        return still, holds

    def _within(self, border: np.ndarray, inside: np.ndarray) -> Asking[np.ndarray]:
        """Return a place somewhat beyond the border at which it still holds."""
        shares = np.array([INSIDE, 1 + (INSIDE - 1) / 8, 1 + (INSIDE - 1) / 64])
        places = np.clip(border * shares[:, None], self.low, self.high)
        good = np.flatnonzero((yield places))
        return places[good[0]] if len(good) else inside

    # -- tangent planes ----------------------------------------------------------------------------

    def _between_planes(self, base: np.ndarray, first: np.ndarray) -> Asking[np.ndarray | None]:
        """Return a place at which it holds, as near as tangent planes of the border around a place let it be."""
        rows: list[np.ndarray] = []
        border = first
        for _ in range(PLANES):
            normal = yield from self._normal(base, border)
            if not normal.any():
                return None
            rows.append(normal)
            table = np.array(rows)
            target = least(-table, 1 + table @ base, self.low, self.high, self.norm)
            if target is None:
                return None
            best = yield from self._furthest(base, target)
            if best is not None and self.size(best) < self.size(first):
                return best
            ends = yield from self.crossed(target[None, :], base[None, :])
            border = ends[0][0]
            if np.abs(border - base).max() <= TINY * np.abs(base).max():
                return None
        return None

    def _furthest(self, base: np.ndarray, target: np.ndarray) -> Asking[np.ndarray | None]:
        """Return the place furthest on the way to a target up to which it holds, of some."""
        shares = np.array([0.2, 0.4, 0.6, 0.8, 0.9, 0.95, 0.98, 0.99, 0.999, 0.9999])
        places = base + shares[:, None] * (target - base)
        holds = yield places
        count = int(holds.argmin()) if not holds.all() else len(holds)
        return places[count - 1] if count else None

    def _normal(self, base: np.ndarray, border: np.ndarray) -> Asking[np.ndarray]:
        """Return the slopes n of the border's tangent plane, n @ (x - base) = 1, felt by steps aside from within.

        From a place a little within the border each parameter is moved both ways, by steps of all lengths: the
        shortest that crosses tells the slope.
        """
        way = border - base
        count, length = len(way), float(np.abs(way).max())
        start = base + (1 - DEPTH) * way
        steps = length * np.geomspace(DEPTH / 4, 4.0, FELT)
        first = yield from self._first_crossing(start, steps)
        up = first[0] <= first[1]
        nearest = np.where(up, first[0], first[1])
        crossing, signs = np.append(steps, np.inf)[nearest], np.where(up, 1.0, -1.0)
        staying = np.append(0.0, steps)[nearest]
        for _ in range(FINER):  # n @ step = DEPTH between the two
            felt = np.flatnonzero(nearest < FELT)
            middles = staying[felt] + np.linspace(0, 1, BETWEEN + 2)[:, None] * (crossing - staying)[felt]
            there = start + (signs[felt] * middles[1:-1])[:, :, None] * np.eye(count)[felt]
            stays = (yield np.clip(there.reshape(-1, count), self.low, self.high)).reshape(BETWEEN, len(felt))
            passed = np.vstack([stays, np.zeros((1, len(felt)), dtype=bool)]).argmin(axis=0)
            staying[felt], crossing[felt] = (middles[passed + k, np.arange(len(felt))] for k in (0, 1))
        slopes: np.ndarray = signs * DEPTH / crossing
        return slopes if way @ slopes > 0 else np.zeros(count)

    def _first_crossing(self, start: np.ndarray, steps: np.ndarray) -> Asking[np.ndarray]:
        """Return for each way, up and down, and each parameter the number of the shortest step that crosses."""
        count = len(start)
        places = start + np.concatenate([steps, -steps])[:, None, None] * np.eye(count)
        inside = np.clip(places, self.low, self.high)
        holds = yield inside.reshape(-1, count)
        crossed = ~holds.reshape(2, FELT, count) & (inside == places).all(axis=2).reshape(2, FELT, count)
        return np.where(crossed.any(axis=1), crossed.argmax(axis=1), FELT)
