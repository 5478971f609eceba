"""What measures are at many points, over all equilibria at each: in bulk, and exactly where rounding could decide."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from deterrence.answers.measure import Measure
from deterrence.games.game import Game
from deterrence.games.remembered import Remembered
from deterrence.grid.assumed import assumed
from deterrence.grid.bulk.solver import BulkSolver, suited
from deterrence.grid.cover import derivable
from deterrence.grid.crew import Crew
from deterrence.grid.points import Cloud
from deterrence.grid.pointwise import PointSolver, solved_by

MANY_PARAMETERS = 8
"""With so many parameters no formulas in all of them are derived: points are solved."""
TASK = 1024
"""Points a task."""
KEPT = Remembered(64, room=64 * 2**20)
"""The latest questions' answers, of all games: what was asked, of what game, at which points, by which method."""


@dataclass(frozen=True, eq=False)
class Measured:
    """The least and the greatest value of each measure over all equilibria, as (measure, point).

    They are NaN where the game's assumptions fail or there is no equilibrium. ``doubts`` are the statuses of solutions
    that may have missed one, and ``exact`` is the number of points left to exact arithmetic.
    """

    low: np.ndarray
    high: np.ndarray
    doubts: tuple[str, ...]
    exact: int

    @property
    def nbytes(self) -> int:
        """How many bytes the numbers take."""
        return int(self.low.nbytes + self.high.nbytes)


@dataclass(frozen=True)
class _Task:
    """The work on some points: the ends of the measures there, NaN where they have none, and what stays open."""

    game: Game
    names: tuple[str, ...]
    measures: tuple[Measure, ...]

    def __call__(self, columns: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        plays = BulkSolver(self.game, self.names, self.measures)(list(columns))
        low, high = np.full((2, len(self.measures), columns.shape[1]), np.nan)
        for m, values in enumerate(plays.measured):
            np.fmin.at(low[m], plays.point, values)
            np.fmax.at(high[m], plays.point, values)
        return low, high, plays.open


def measured_at(
    game: Game,
    method: Any,
    names: Sequence[str],
    points: Cloud,
    measures: Sequence[Measure],
    crew: Crew,
    report: Callable[[float], None],
) -> Measured:
    """Return what measures are at points; what was asked before is kept, as far as there is room."""

    def answer() -> Measured:
        return _measured(game, method, tuple(names), points, tuple(measures), crew, report)

    if not len(points) or any(measure.kind == "other" for measure in measures):
        return answer()  # a function of the user's own may answer differently each time
    digest = hashlib.sha256(b"".join(np.ascontiguousarray(column).tobytes() for column in points.columns)).digest()
    asked = (game.form, game.name, game.assumptions, game.parameter_list, method, tuple(names), tuple(measures))
    found: Measured = KEPT.of((*asked, digest), answer)
    return found


def _measured(
    game: Game,
    method: Any,
    names: tuple[str, ...],
    points: Cloud,
    measures: tuple[Measure, ...],
    crew: Crew,
    report: Callable[[float], None],
) -> Measured:
    low, high = np.full((2, len(measures), len(points)), np.nan)
    held = _held(game, names, points)
    left = np.flatnonzero(held)
    if suited(game) and derivable(game, method, measures):
        spans = [left[start : start + TASK] for start in range(0, len(left), TASK)]
        table = np.array(points.columns)
        answers = crew.each(_Task(game, names, measures), [table[:, span] for span in spans], _half(report, 0))
        open_points = []
        for span, (least, most, unsure) in zip(spans, answers, strict=True):
            low[:, span], high[:, span] = least, most
            open_points.append(span[unsure])
        left = np.concatenate([*open_points, left[:0]])
    doubts: list[str] = []
    solver = PointSolver(game, method, names, measures)
    for batch, solved in solved_by(solver, left.tolist(), points, crew, _half(report, 0.5)):
        doubts += solved.doubts
        for i, equilibria in zip(batch, solved.equilibria, strict=True):
            for each in equilibria or ():
                low[:, i], high[:, i] = np.fmin(low[:, i], each.low), np.fmax(high[:, i], each.high)
    report(1.0)
    return Measured(low, high, tuple(dict.fromkeys(doubts)), len(left))


def _held(game: Game, names: tuple[str, ...], points: Cloud) -> np.ndarray:
    """Tell at which points the game's assumptions hold; in exact arithmetic where rounding could decide."""
    if not game.assumptions or not len(points):
        return np.ones(len(points), dtype=bool)
    verdicts = assumed(game, dict(zip(names, points.columns, strict=True)))
    holds, fails = (np.array(np.broadcast_to(verdict, len(points))) for verdict in verdicts)
    for i in np.flatnonzero(~holds & ~fails).tolist():
        values = {**game.values, **dict(zip(names, points[i], strict=True))}
        holds[i] = all(condition(values) for _, condition in game._conditions)
    return holds


def _half(report: Callable[[float], None], start: float) -> Callable[[float], None]:
    return lambda share: report(start + share / 2)
