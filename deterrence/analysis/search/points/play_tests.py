"""Tests of the plays found in bulk, which say what tests of exact equilibria say; processes can be sent them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from deterrence.answers.solution import Equilibrium
from deterrence.games.game import Game
from deterrence.grid.bulk.solver import Plays
from deterrence.solvers.supports.search import supports_of


@dataclass(frozen=True)
class Overturned:
    """The test that other classes exist than those known, and that a measure's range differs by more than a jump."""

    known: frozenset[bytes]
    span: tuple[float, float] | None
    jump: float

    @classmethod
    def of(cls, game: Game, here: Iterable[Equilibrium], span: tuple[float, float] | None, jump: float) -> Overturned:
        """Return the test against the equilibria here."""
        return cls(frozenset(_path(game, equilibrium) for equilibrium in here), span, jump)

    def __call__(self, plays: Plays, count: int) -> np.ndarray:
        """Tell at which of so many points it is overturned."""
        same = np.array([row.tobytes() in self.known for row in plays.path], dtype=bool)
        met = np.bincount(plays.point[same], minlength=count)
        other = np.bincount(plays.point[~same], minlength=count)
        differ = (met != len(self.known)) | (other > 0)
        if self.span is not None:
            low, high = np.full(count, np.inf), np.full(count, -np.inf)
            np.minimum.at(low, plays.point, plays.measured[0])
            np.maximum.at(high, plays.point, plays.measured[0])
            differ &= np.maximum(np.abs(low - self.span[0]), np.abs(high - self.span[1])) > self.jump
        return differ


@dataclass(frozen=True)
class Met:
    """The test that the measure is as wanted: in all equilibria, or in one at least."""

    wanted: Callable[[float], bool]
    everywhere: bool

    def __call__(self, plays: Plays, count: int) -> np.ndarray:
        """Tell at which of so many points it is met."""
        good = np.array([bool(self.wanted(value)) for value in plays.measured[0].tolist()], dtype=bool)
        met = np.bincount(plays.point[good], minlength=count)
        return met == np.bincount(plays.point, minlength=count) if self.everywhere else met > 0


def _path(game: Game, equilibrium: Equilibrium) -> bytes:
    """Return what is played on the path as the solver in bulk numbers it."""
    supports = [supports_of(range(len(names)), len(names)) for names in game.form.actions_of]
    pairs = zip(supports, equilibrium.path_pattern, strict=True)
    return np.array([-1 if row is None else of.index(row) for of, row in pairs], dtype=np.int16).tobytes()
