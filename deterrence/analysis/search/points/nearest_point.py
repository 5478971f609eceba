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
from deterrence.analysis.search.descent import NORMS
from deterrence.analysis.search.points.border import TINY, Border, Lead
from deterrence.analysis.search.points.in_step import in_step
from deterrence.analysis.search.points.oracle import Oracle, PlayTest
from deterrence.analysis.search.surroundings import Surroundings
from deterrence.grid.crew import Crew

CALM, ROUNDS = 3, 24
"""The search ends after so many rounds of random points without news, or so many in all."""
DRAWN = 1200
"""Random points a round."""
FOLLOWED, STARTS = 16, 2
"""From so many of those at which it holds, the nearest first, the border is sought, and followed from so many."""
JITTER = 1e-6
"""Nothing stands still entirely: present values are round numbers, at which payoffs tie."""
SHORT = 1e-7
"""Points stay so far within the ends of ranges, where draws become impossible and payoffs tie."""
GAINED = 1e-3
"""A round is worth another where it brings one nearer by this share."""
Report = Callable[[float], None]


class PointSearch:
    """The search for the smallest change at which a test holds, from points at which it is known to."""

    def __init__(self, land: Surroundings, test: Test, in_bulk: PlayTest, norm: str, crew: Crew) -> None:
        self.land, self.test, self.norm, self.size = land, test, norm, NORMS[norm]
        self.oracle = Oracle(land, test, in_bulk, crew)
        self.low, self.high = (ends * (1 - SHORT) for ends in (land.low, land.high))
        self.border = Border(self.low, self.high, norm)
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
        if self.distance > 0:
            self._follow(seeds)
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
        _, borders = in_step(self.oracle, [self.border.crossed(np.zeros_like(points), points)])[0]
        self._follow(list(borders[np.argsort(self.size(borders))[:STARTS]]))
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

    def _follow(self, points: Sequence[np.ndarray]) -> None:
        """Follow the border from several points in step, and take the nearest place that exact solutions confirm."""
        lead = Lead(self.distance)
        ends = in_step(self.oracle, [self.border.follow(point, lead) for point in points])
        for nearest, inside in sorted(filter(None, ends), key=lambda found: float(self.size(found[0]))):
            self._offer(nearest, inside)

    def _tidied(self, found: Found) -> Found:
        """Take back the changes that it does without, the smallest first, as far as an exact solution confirms."""
        point, inside = found.point.copy(), found.inside.copy()
        left = [k for k in np.argsort(np.abs(point)) if inside[k]]
        while left and (inside != 0).sum() > 1:
            without = np.array([np.where(np.arange(len(point)) == k, 0.0, inside) for k in left])
            first = self.oracle.first(without)
            if first is None:
                break
            point[left[first]] = inside[left[first]] = 0.0
            left = left[first + 1 :]
        change = change_at(self.land, self.land.exact(inside), self.test, float(self.size(point)))
        return found if change is None else Found(point, inside, float(self.size(point)), change)

    def _offer(self, nearest: np.ndarray, inside: np.ndarray) -> None:
        """Take a point for the best if it is nearer, and exact solutions beside it confirm it."""
        if self.size(nearest) < self.distance:
            self.best = found_at(self.land, self.test, self.size, nearest, inside) or self.best
