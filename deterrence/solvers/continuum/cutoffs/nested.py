"""Games in cutoffs in which three players move one after another and that do not fall into parts."""

from __future__ import annotations

from typing import Any

from deterrence.games.game import Game
from deterrence.solvers.continuum.cutoffs.solving import read, solve

__all__ = ["objection", "solve"]


def objection(game: Game, method: Any = None) -> str:  # noqa: ARG001  (all solvers are asked alike)
    """Return why the game is not taken; an empty text where it is."""
    return read(game)[1]
