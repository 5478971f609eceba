"""Tests of the plays found in bulk, which say what tests of exact equilibria say."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np

from deterrence.analysis.search.points.oracle import PlayTest
from deterrence.answers.solution import Equilibrium
from deterrence.games.game import Game
from deterrence.grid.bulk.solver import Plays
from deterrence.solvers.supports.search import supports_of


def overturns(game: Game, here: Iterable[Equilibrium], span: tuple[float, float] | None, jump: float) -> PlayTest:
    """Return the test that other classes exist than here, and that a measure's range differs by more than a jump."""
    known = {_path(game, equilibrium) for equilibrium in here}

    def test(plays: Plays, count: int) -> np.ndarray:
        same = np.array([row.tobytes() in known for row in plays.path], dtype=bool)
        met = np.bincount(plays.point[same], minlength=count)
        other = np.bincount(plays.point[~same], minlength=count)
        differ = (met != len(known)) | (other > 0)
        if span is not None:
            low, high = np.full(count, np.inf), np.full(count, -np.inf)
            np.minimum.at(low, plays.point, plays.measured[0])
            np.maximum.at(high, plays.point, plays.measured[0])
            differ &= np.maximum(np.abs(low - span[0]), np.abs(high - span[1])) > jump
        return differ

    return test


def meets(wanted: Callable[[float], bool], *, everywhere: bool) -> PlayTest:
    """Return the test that the measure is as wanted: in all equilibria, or in one at least."""

    def test(plays: Plays, count: int) -> np.ndarray:
        good = np.array([bool(wanted(value)) for value in plays.measured[0].tolist()], dtype=bool)
        met = np.bincount(plays.point[good], minlength=count)
        return met == np.bincount(plays.point, minlength=count) if everywhere else met > 0

    return test


def _path(game: Game, equilibrium: Equilibrium) -> bytes:
    """Return what is played on the path as the solver in bulk numbers it."""
    supports = [supports_of(range(len(names)), len(names)) for names in game.form.actions_of]
    pairs = zip(supports, equilibrium.path_pattern, strict=True)
    return np.array([-1 if row is None else of.index(row) for of, row in pairs], dtype=np.int16).tobytes()
