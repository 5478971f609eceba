"""What a solution concept is, as a type."""

from __future__ import annotations

from typing import Any, Protocol

from deterrence.games.game import Game


class Method(Protocol):
    """A solution concept that can be asked of a game, such as ``Nash()`` or ``PerfectBayesian()``."""

    @property
    def concept(self) -> str:
        """The concept in words."""

    def solve(self, game: Game) -> Any:
        """Return the answer for a game at its parameter values: a solution, or ranges for ``Correlated()``."""
