"""Search for the smallest change at which something holds, in a game of which single points alone can be solved.

Random points nearer than what was found show where it holds; from each the way to the present values is halved.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from deterrence.analysis.answers.changes import Change
from deterrence.analysis.search.changes import Found, Test, change_at, tidied
from deterrence.analysis.search.descent import NORMS
from deterrence.analysis.search.surroundings import Surroundings

DRAWN = 120
"""So many random points are solved."""
HALVED = 16
"""So often the way from a point to the present values is halved."""
CLOSE_BY = (-3.0, -0.3)
"""Every other point lies so near to the nearest one known, in powers of ten of its distance."""
Report = Callable[[float], None]


class FeltSearch:
    """The search for the smallest change at which a test holds, from points at which it is known to."""

    def __init__(self, land: Surroundings, test: Test, norm: str) -> None:
        self.land, self.test, self.size = land, test, NORMS[norm]
        self.best: Found | None = None
        self.proved = False
        self.rng = np.random.default_rng(1962)
        self._extent = float(max(-land.low.min(), land.high.max()))

    @property
    def distance(self) -> float:
        """The size of the smallest change found; infinite where none was."""
        return float("inf") if self.best is None else self.best.distance

    @property
    def in_words(self) -> str:
        """How the search went."""
        return f"{self.land.solutions} points were solved, drawn at random and on the way to the present values."

    def run(self, seeds: Sequence[np.ndarray] = (), report: Report = lambda _: None) -> Change | None:
        """Return the smallest change found."""
        for seed in seeds:
            self._look(seed)
        for k in range(DRAWN):
            if self.distance == 0:
                break
            self._look(self._drawn(k))
            report((k + 1) / DRAWN)
        return None if self.best is None else tidied(self.land, self.test, self.size, self.best).change

    def _drawn(self, number: int) -> np.ndarray:
        """Return a random point: anywhere nearer than what was found, or close by that."""
        radius = min(self.distance, self._extent)
        if number % 2 and self.best is not None:
            far = radius * 10.0 ** self.rng.uniform(*CLOSE_BY)
            return self.best.inside + self.rng.normal(size=len(self.land.low)) * far
        return self.rng.uniform(-radius, radius, len(self.land.low))

    def _look(self, point: np.ndarray) -> None:
        """Solve at a point nearer than what was found and, if the test holds there, halve the way to it."""
        point = np.clip(point, self.land.low, self.land.high)
        if self.size(point) >= self.distance or not self._holds(point):
            return
        inside, outside = 1.0, 0.0
        for _ in range(HALVED):
            middle = (inside + outside) / 2
            if self._holds(point * middle):
                inside = middle
            else:
                outside = middle
        nearest = point * inside
        length = float(self.size(nearest))
        change = change_at(self.land, self.land.exact(nearest), self.test, length)
        if change is not None and length < self.distance:
            self.best = Found(nearest, nearest, length, change)

    def _holds(self, point: np.ndarray) -> bool:
        return self.test(self.land.solve(self.land.exact(point)))
