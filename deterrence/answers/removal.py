"""A strategy that was taken out of a game because another one is always better."""

from __future__ import annotations

from dataclasses import dataclass

from deterrence.games.expression import Exact, show_value


@dataclass(frozen=True, slots=True)
class Removal:
    """A strictly dominated strategy: whatever the others do that is left, ``by`` pays its player more.

    Attributes
    ----------
    player
        Whose strategy it is.
    strategy
        The strategy, in words.
    by
        What dominates it: strategies with their probabilities, a single one with probability 1.
    """

    player: str
    strategy: str
    by: tuple[tuple[str, Exact], ...]

    def __str__(self) -> str:
        if len(self.by) == 1:
            return f"{self.player}: {self.strategy!r} is strictly dominated by {self.by[0][0]!r}"
        mixture = ", ".join(f"{name!r} with probability {show_value(p)}" for name, p in self.by)
        return f"{self.player}: {self.strategy!r} is strictly dominated by the mixture {mixture}"
