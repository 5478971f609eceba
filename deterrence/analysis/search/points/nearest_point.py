"""Search for the smallest change at which something holds, by points alone.

Random points nearer than what was found show where it holds. From there the search goes to the border on the way to
the present values, and on along it: the border's tangent plane is felt by steps aside, and the nearest point between
the planes known is where to look next. No boundary has a formula, so that nothing nearer is excluded by proof.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from deterrence.analysis.answers.changes import Change
from deterrence.analysis.search.changes import Found, Test, change_at, found_at
from deterrence.analysis.search.descent import NORMS, least
from deterrence.analysis.search.points.oracle import Oracle, PlayTest
from deterrence.analysis.search.surroundings import Surroundings

CALM, ROUNDS = 3, 24
"""The search ends after so many rounds of random points without news, or so many in all."""
DRAWN = 1200
"""Random points a round."""
FOLLOWED, STARTS = 16, 2
"""From so many of those at which it holds, the nearest first, the border is sought, and followed from so many."""
CUTS, PIECES = 3, 64
"""The way to a border is cut into so many pieces, so often."""
STEPS, PLANES = 24, 8
JITTER = 1e-6
"""Nothing stands still entirely: present values are round numbers, at which payoffs tie."""
SHORT = 1e-7
"""Points stay so far within the ends of ranges, where draws become impossible and payoffs tie."""
DEPTH = 0.05
"""How far within the border steps aside begin, in shares of the way to it."""
FELT, FINER, BETWEEN = 6, 2, 7
"""So many lengths of step are tried each way, and between two that differ so often so many others."""
INSIDE = 1.05
WORTH, LESS_WORTH, GAINED = 5e-3, 0.1, 1e-3
"""A step or a round is worth another where it brings one nearer by this share."""
TINY = 1e-9
"""Where it holds even so near to the present values, these are at a tie."""
Report = Callable[[float], None]


class PointSearch:
    """The search for the smallest change at which a test holds, from points at which it is known to."""

    def __init__(self, land: Surroundings, test: Test, in_bulk: PlayTest, norm: str) -> None:
        self.land, self.test, self.norm, self.size = land, test, norm, NORMS[norm]
        self.oracle = Oracle(land, test, in_bulk)
        self.low, self.high = (ends * (1 - SHORT) for ends in (land.low, land.high))
        self.rng = np.random.default_rng(1962)
        self.best: Found | None = None
        self.proved = False
        self._extent = float(self.size(np.maximum(-self.low, self.high)))

    @property
    def distance(self) -> float:
        """The size of the smallest change found; infinite where none was."""
        return float("inf") if self.best is None else self.best.distance

    def run(self, seeds: Sequence[np.ndarray] = (), report: Report = lambda _: None) -> Change | None:
        """Return the smallest change found."""
        for seed in seeds if self.distance > 0 else ():
            self._follow(seed)
        calm = rounds = 0
        while calm < CALM and rounds < ROUNDS and self.distance > 0:
            rounds += 1
            calm = 0 if self._round() else calm + 1
            report(max(rounds / ROUNDS, calm / CALM))
        self.proved = self.distance == 0
        return None if self.best is None else self._tidied(self.best).change

    @property
    def in_words(self) -> str:
        """How the search went."""
        oracle = self.oracle
        left = f"; {oracle.undecided} more were left undecided" if oracle.undecided else ""
        return (
            f"Sought among {oracle.asked:,} points, at random and along the borders of what was found, "
            f"{oracle.exact + self.land.solutions} of them solved exactly{left}."
        )

    # -- random points -----------------------------------------------------------------------------

    def _round(self) -> bool:
        """Look at random points nearer than what was found; return whether anything nearer was found."""
        before = self.distance
        radius = min(before, self._extent)
        points = self._drawn(radius)
        points = self._shrunk(points, radius)
        points = points[self.oracle(points)]
        if not len(points):
            return False
        points = points[np.argsort(self.size(points))[:FOLLOWED]]
        _, borders = self._borders(np.zeros_like(points), points)
        order = np.argsort(self.size(borders))[:STARTS]
        for k in order:
            self._follow(borders[k])
        return self.distance < before * (1 - GAINED)

    def _drawn(self, radius: float) -> np.ndarray:
        """Return random points in the box of a size: anywhere, in corners, on few axes, and of all lengths."""
        shape = (DRAWN // 4, len(self.low))
        anywhere, corners = self.rng.uniform(-1, 1, shape), self.rng.choice([-1.0, 0.0, 1.0], shape)
        mixed = np.where(self.rng.random(shape) < 0.5, corners, anywhere)
        few = corners * (self.rng.random(shape) < 3 / shape[1])
        lengths = 10.0 ** self.rng.uniform(-3, 0, (shape[0], 1))
        points = np.concatenate([anywhere, mixed, few, lengths * mixed])
        points = radius * (points + JITTER * self.rng.uniform(-1, 1, points.shape))
        clipped: np.ndarray = np.clip(points, self.low, self.high)
        return clipped[clipped.any(axis=1)]

    def _shrunk(self, points: np.ndarray, radius: float) -> np.ndarray:
        """Draw points in until they are nearer than what was found, in the norm asked for."""
        sizes = self.size(points)
        by = self.rng.uniform(0, 1, len(points)) ** (1 / 4) * radius
        return points * np.where(sizes >= radius, by / np.maximum(sizes, TINY), 1.0)[:, None]

    # -- along the border --------------------------------------------------------------------------

    def _follow(self, point: np.ndarray) -> None:
        """Go from a point at which it holds to the border, and along it as far as that leads nearer."""
        if not self.oracle(point[None, :])[0]:
            return
        inside = point
        for _ in range(STEPS):
            still, holds = (ends[0] for ends in self._borders(np.zeros((1, len(point))), inside[None, :]))
            if self.size(holds) <= TINY:
                self._offer(np.zeros_like(point), holds)
                return
            base = self._within(holds, inside)
            nearer = self._between_planes(base, still)
            if nearer is None or self.size(nearer) >= self.size(holds) * (1 - self._worth(holds)):
                break
            inside = nearer
        self._offer(still, base)

    def _worth(self, holds: np.ndarray) -> float:
        """Return by which share a step must lead nearer to be worth another: more where something nearer was found."""
        return WORTH if self.size(holds) < self.distance else LESS_WORTH

    def _within(self, border: np.ndarray, inside: np.ndarray) -> np.ndarray:
        """Return a place somewhat beyond the border at which it still holds."""
        shares = np.array([INSIDE, 1 + (INSIDE - 1) / 8, 1 + (INSIDE - 1) / 64])
        places = np.clip(border * shares[:, None], self.low, self.high)
        good = np.flatnonzero(self.oracle(places))
        return places[good[0]] if len(good) else inside

    def _between_planes(self, base: np.ndarray, first: np.ndarray) -> np.ndarray | None:
        """Return a place at which it holds, as near as tangent planes of the border around a place let it be."""
        rows: list[np.ndarray] = []
        border = first
        for _ in range(PLANES):
            normal = self._normal(base, border)
            if not normal.any():
                return None
            rows.append(normal)
            table = np.array(rows)
            target = least(-table, 1 + table @ base, self.low, self.high, self.norm)
            if target is None:
                return None
            best = self._furthest(base, target)
            if best is not None and self.size(best) < self.size(first):
                return best
            ends = self._borders(target[None, :], base[None, :])
            border = ends[0][0]
            if np.abs(border - base).max() <= TINY * np.abs(base).max():
                return None
        return None

    def _furthest(self, base: np.ndarray, target: np.ndarray) -> np.ndarray | None:
        """Return the place furthest on the way to a target up to which it holds, of some."""
        shares = np.array([0.2, 0.4, 0.6, 0.8, 0.9, 0.95, 0.98, 0.99, 0.999, 0.9999])
        places = base + shares[:, None] * (target - base)
        holds = self.oracle(places)
        count = int(holds.argmin()) if not holds.all() else len(holds)
        return places[count - 1] if count else None

    def _normal(self, base: np.ndarray, border: np.ndarray) -> np.ndarray:
        """Return the slopes n of the border's tangent plane, n @ (x - base) = 1, felt by steps aside from within.

        From a place a little within the border each parameter is moved both ways, by steps of all lengths: the
        shortest that crosses tells the slope.
        """
        way = border - base
        count, length = len(way), float(np.abs(way).max())
        steps = length * np.geomspace(DEPTH / 4, 4.0, FELT)
        aside = np.concatenate([steps, -steps])
        start = base + (1 - DEPTH) * way
        places = start + aside[:, None, None] * np.eye(count)
        inside = np.clip(places, self.low, self.high)
        crossed = ~self.oracle(inside.reshape(-1, count)).reshape(2, FELT, count)
        crossed &= (inside == places).all(axis=2).reshape(crossed.shape)
        first = np.where(crossed.any(axis=1), crossed.argmax(axis=1), FELT)
        up = first[0] <= first[1]
        nearest = np.where(up, first[0], first[1])
        crossing, signs = np.append(steps, np.inf)[nearest], np.where(up, 1.0, -1.0)
        staying = np.append(0.0, steps)[nearest]
        for _ in range(FINER):  # n @ step = DEPTH between the two
            reach = np.where(np.isfinite(crossing), crossing, staying)
            middles = staying + np.linspace(0, 1, BETWEEN + 2)[:, None] * (reach - staying)
            there = start + (signs * middles[1:-1])[:, :, None] * np.eye(count)
            stays = self.oracle(np.clip(there.reshape(-1, count), self.low, self.high)).reshape(BETWEEN, count)
            passed = np.vstack([stays, np.zeros((1, count), dtype=bool)]).argmin(axis=0)
            staying, crossing = middles[passed, np.arange(count)], middles[passed + 1, np.arange(count)]
            crossing[nearest == FELT] = np.inf
        slopes: np.ndarray = signs * DEPTH / crossing
        return slopes if way @ slopes > 0 else np.zeros(count)

    def _borders(self, still: np.ndarray, holds: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Cut the ways from places where it need not hold to others where it does; return both sides of a border."""
        still, holds = still.astype(float), holds.astype(float)
        count, size = still.shape
        for _ in range(CUTS):
            shares = np.linspace(0, 1, PIECES + 1)[:, None, None]
            places = still + shares * (holds - still)
            inner = np.clip(places[1:-1].reshape(-1, size), self.low, self.high)
            there = np.vstack([self.oracle(inner).reshape(PIECES - 1, count), np.ones((1, count), dtype=bool)])
            fails = PIECES - there[::-1].argmin(axis=0)  # the last piece before it holds up to the end
            fails = np.where(there.all(axis=0), 0, fails)
            row = np.arange(count)
            still, holds = places[fails, row], places[fails + 1, row]
        return still, holds

    def _tidied(self, found: Found) -> Found:
        """Take back the changes that it does without, the smallest first, as far as an exact solution confirms."""
        point, inside = found.point, found.inside
        for k in np.argsort(np.abs(found.point)):
            without = inside.copy()
            without[k] = 0.0
            if inside[k] and without.any() and self.oracle(without[None, :])[0]:
                inside = without
                point = np.where(np.arange(len(point)) == k, 0.0, point)
        change = change_at(self.land, self.land.exact(inside), self.test, float(self.size(point)))
        return found if change is None else Found(point, inside, float(self.size(point)), change)

    def _offer(self, nearest: np.ndarray, inside: np.ndarray) -> None:
        """Take a point for the best if it is nearer, and exact solutions beside it confirm it."""
        if self.size(nearest) < self.distance:
            self.best = found_at(self.land, self.test, self.size, nearest, inside) or self.best
