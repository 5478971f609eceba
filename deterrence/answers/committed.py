"""A strategy that a leader is bound to, with the others' reply."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from deterrence.games.expression import Exact
from deterrence.values import Value

Strategy = Mapping[str, Mapping[str, Exact]]
"""Information set -> action -> probability."""


@dataclass(frozen=True, eq=False)
class Committed(Value):
    """A strategy that the leader is bound to, the others' reply, and what all get.

    Attributes
    ----------
    strategy
        Information set of the leader -> action -> probability, at the sets that its own choices leave reachable.
    reply
        The same for the others.
    also
        What the follower might do instead at no loss to itself, in words: other actions, or plans.
    payoffs
        Player -> expected payoff.
    """

    strategy: Strategy
    reply: Strategy
    also: tuple[str, ...]
    payoffs: Mapping[str, Exact]

    @property
    def is_pure(self) -> bool:
        """Whether the strategy leaves nothing to chance."""
        return all(p in (0, 1) for mixture in self.strategy.values() for p in mixture.values())
