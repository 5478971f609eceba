"""What each choice of a number would be worth to who makes it, and what it would lead to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from deterrence.values import Value


@dataclass(frozen=True)
class OfferCurve(Value):
    """The chooser's expected payoff against the number chosen, while everybody else replies as in an equilibrium.

    Attributes
    ----------
    variable, player
        The name of the number, and who chooses it.
    numbers
        The numbers looked at, rising, with those that are chosen and those at which replies change among them.
    payoffs
        The chooser's expected payoff at each.
    outcomes
        For each outcome that may happen its probability at each.
    chosen
        The numbers that are chosen in the equilibrium.
    """

    variable: str
    player: str
    numbers: tuple[float, ...]
    payoffs: tuple[float, ...]
    outcomes: tuple[tuple[str, tuple[float, ...]], ...]
    chosen: tuple[float, ...]

    def to_frame(self) -> Any:
        """Return a data frame: one row a number, with the payoff and the probability of each outcome."""
        import pandas as pd

        columns = {f"payoff of {self.player}": self.payoffs, **dict(self.outcomes)}
        return pd.DataFrame(columns, index=pd.Index(self.numbers, name=self.variable))
