"""A strategy that was taken out of a game because another one is always better."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from deterrence.games.expression import Exact, show_value


@dataclass(frozen=True, slots=True)
class Removal:
    """A dominated strategy: whatever the others do that is left, ``by`` pays its player more (weakly: never less).

    Attributes
    ----------
    player
        Whose strategy it is.
    strategy
        The strategy, in words; with ``at``, what it does from there on.
    by
        What dominates it: strategies with their probabilities, a single one with probability 1.
    weakly
        Whether it is dominated only weakly: somewhere worse and nowhere better.
    at
        The information set at which it is dominated, given that play comes there; empty for the game as a whole.
    round
        In which round it was taken out, from one; zero where rounds were not counted.
    when
        The SymPy condition on the parameters under which ``by`` dominates it, given what is left then; None where it
        was not derived.
    exact
        Whether these strategies, however mixed, dominate it nowhere else (but for values at which chance rules out a
        way to ``at``); else ``when`` is sufficient.
    positions
        The player's strategies that were taken out, by position.
    better
        For each strategy in ``by``, one that plays so, by position.
    """

    player: str
    strategy: str
    by: tuple[tuple[str, Exact], ...]
    weakly: bool = False
    at: str = ""
    round: int = 0
    when: Any = None
    exact: bool = True
    positions: tuple[int, ...] = field(default=(), repr=False)
    better: tuple[int, ...] = field(default=(), repr=False)

    def __str__(self) -> str:
        how = "weakly" if self.weakly else "strictly"
        place = f", at {self.at!r}" if self.at and self.at != self.player else ""
        return f"{self.player}{place}: {self.strategy!r} is {how} dominated by {self.by_in_words}"

    @property
    def by_in_words(self) -> str:
        """What dominates it, in words."""
        if len(self.by) == 1:
            return repr(self.by[0][0])
        return "the mixture " + ", ".join(f"{name!r} with probability {show_value(p)}" for name, p in self.by)
