"""Whether something holds of the equilibria at many points: in bulk, and exactly where rounding could decide."""

from __future__ import annotations

import math
import pickle
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np

from deterrence.analysis.search.changes import Test
from deterrence.analysis.search.surroundings import Surroundings, admitted
from deterrence.answers.measure import Measure
from deterrence.games.game import Game
from deterrence.grid.bulk.solver import BulkSolver, Plays
from deterrence.grid.crew import Crew

MOST_EXACT = 60
"""So many points that floating point leaves open are solved exactly in a search."""
TOGETHER, SHARED = 2048, 200
"""At most so many points are solved at once, and from so many on they are shared out."""
PlayTest = Callable[[Plays, int], np.ndarray]
"""From the plays at so many points to whether it holds at each of them."""


@dataclass(frozen=True)
class _InBulk:
    """The question at which values of parameters, one a row, a test of the plays holds, and where that stays open.

    Processes that were sent it before know it again by its bytes.
    """

    game: Game
    names: tuple[str, ...]
    measures: tuple[Measure, ...]
    test: PlayTest

    def __call__(self, values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        plays = self._solver(list(np.ascontiguousarray(values.T)))
        none = np.bincount(plays.point, minlength=len(values)) == 0
        return self.test(plays, len(values)), plays.open | none

    @cached_property
    def _solver(self) -> BulkSolver:
        return BulkSolver(self.game, self.names, self.measures)

    @cached_property
    def _sent(self) -> bytes:
        return pickle.dumps((self.game, self.names, self.measures, self.test))

    def __reduce__(self) -> Any:
        return _received, (self._sent,)


@lru_cache(maxsize=4)
def _received(sent: bytes) -> _InBulk:
    return _InBulk(*pickle.loads(sent))  # noqa: S301  (sent by ourselves)


class Oracle:
    """A test of the equilibria at points, given in shares around the present values.

    Large questions are cut into the same parts whatever the number of cores, so that the answers are the same too.

    Attributes
    ----------
    asked
        How many points were looked at.
    exact
        How many of them were solved exactly, since floating point left them open.
    undecided
        How many were left open, there being too many of them: nothing is said of those.
    """

    def __init__(self, land: Surroundings, test: Test, in_bulk: PlayTest, crew: Crew) -> None:
        self.land, self.test, self.crew = land, test, crew
        self.question = _InBulk(land.game, land.names, () if land.measure is None else (land.measure,), in_bulk)
        self.start, self.width = (np.array([float(v) for v in row]) for row in (land.start, land.width))
        self.asked = self.exact = self.undecided = 0

    def __call__(self, points: np.ndarray) -> np.ndarray:
        """Tell at which points, one a row, it holds."""
        holds, left = self._in_bulk(points)
        for k in np.flatnonzero(left):
            holds[k] = self._exactly(points[k])
        return holds

    def first(self, points: np.ndarray) -> int | None:
        """Return the number of the first point at which it holds; those after it are not solved exactly."""
        holds, left = self._in_bulk(points)
        return next((k for k in range(len(points)) if (self._exactly(points[k]) if left[k] else holds[k])), None)

    def _in_bulk(self, points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return where it holds, and where floating point leaves that open."""
        self.asked += len(points)
        values = self.start + points * self.width
        answers = list(self.crew.each(self.question, _parts(values), lambda _: None))
        holds, left = (np.concatenate([*rows, np.zeros(0, bool)]) for rows in zip(*answers, strict=True))
        return holds & admitted(self.land.game, self.land.names, values), left

    def _exactly(self, point: np.ndarray) -> bool:
        if self.exact >= MOST_EXACT:
            self.undecided += 1
            return False
        self.exact += 1
        return self.test(self.land.solve(self.land.exact(point)))


def _parts(values: np.ndarray) -> list[np.ndarray]:
    """Cut points into as few parts as may be, or into an even number of them where sharing them out may pay."""
    return np.array_split(values, 1 if len(values) < SHARED else 2 * math.ceil(len(values) / (2 * TOGETHER)))
