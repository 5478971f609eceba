"""Whether something holds of the equilibria at many points: in bulk, and exactly where rounding could decide."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from deterrence.analysis.search.changes import Test
from deterrence.analysis.search.surroundings import Surroundings, admitted
from deterrence.grid.bulk.solver import BulkSolver, Plays

MOST_EXACT = 60
"""So many points that floating point leaves open are solved exactly in a search."""
TOGETHER = 2048
PlayTest = Callable[[Plays, int], np.ndarray]
"""From the plays at so many points to whether it holds at each of them."""


class Oracle:
    """A test of the equilibria at points, given in shares around the present values.

    Attributes
    ----------
    asked
        How many points were looked at.
    exact
        How many of them were solved exactly, since floating point left them open.
    undecided
        How many were left open, there being too many of them: nothing is said of those.
    """

    def __init__(self, land: Surroundings, test: Test, in_bulk: PlayTest) -> None:
        self.land, self.test, self.in_bulk = land, test, in_bulk
        self.solver = BulkSolver(land.game, land.names, () if land.measure is None else (land.measure,))
        self.start, self.width = (np.array([float(v) for v in row]) for row in (land.start, land.width))
        self.asked = self.exact = self.undecided = 0

    def __call__(self, points: np.ndarray) -> np.ndarray:
        """Tell at which points, one a row, it holds."""
        parts = [self._holds(points[k : k + TOGETHER]) for k in range(0, len(points), TOGETHER)]
        return np.concatenate([*parts, np.zeros(0, dtype=bool)])

    def _holds(self, points: np.ndarray) -> np.ndarray:
        self.asked += len(points)
        values = self.start + points * self.width
        plays = self.solver(list(np.ascontiguousarray(values.T)))
        holds = self.in_bulk(plays, len(points))
        none = np.bincount(plays.point, minlength=len(points)) == 0
        holds &= admitted(self.land.game, self.land.names, values)
        for k in np.flatnonzero(plays.open | none):
            holds[k] = self._exactly(points[k])
        return holds

    def _exactly(self, point: np.ndarray) -> bool:
        if self.exact >= MOST_EXACT:
            self.undecided += 1
            return False
        self.exact += 1
        return self.test(self.land.solve(self.land.exact(point)))
