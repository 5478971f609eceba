"""What a global game is: a state, two signals of it, two actions a player, and what each gains by one of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from deterrence.games.continuum.given import Flat
from deterrence.games.continuum.law import Law
from deterrence.games.game import Game
from deterrence.solvers.continuum.global_games.polynomials import Poly, plus


@dataclass(frozen=True)
class Side:
    """One of the two players.

    Attributes
    ----------
    player
        Who it is.
    signal
        The name of its signal.
    place
        The position of its information set.
    noise
        How the signal lies about the state: the law of the signal where the state is zero.
    low, high
        The action that becomes worse as the state rises, which is taken at low signals, and the other.
    alone, joined
        What the low action gains over the high one, as a polynomial in the state, where the other player takes its
        high action and where it takes its low action.
    """

    player: str
    signal: str
    place: int
    noise: Law
    low: str
    high: str
    alone: Poly
    joined: Poly

    @property
    def pull(self) -> Poly:
        """By how much the low action gains more where the other takes its low action too."""
        return plus(self.joined, self.alone, -1)


@dataclass(frozen=True)
class GlobalGame:
    """A game with a state that nobody sees, of which each of two players has a noisy signal.

    Attributes
    ----------
    game
        The game.
    state
        The name of the state.
    prior
        How it is drawn.
    sides
        The two players who move, in the order of their information sets.
    payoffs
        (whether the first takes its low action, whether the second does) -> each player's payoff, as polynomials in
        the state.
    outcomes
        The same pair -> the probability of each outcome, as polynomials in the state.
    """

    game: Game
    state: str
    prior: Law
    sides: tuple[Side, Side]
    payoffs: Mapping[tuple[bool, bool], tuple[Poly, ...]]
    outcomes: Mapping[tuple[bool, bool], Mapping[str, Poly]]

    @property
    def flat(self) -> bool:
        """Whether every state is as likely as every other."""
        return isinstance(self.prior, Flat)

    @property
    def symmetric(self) -> bool:
        """Whether both players are in the same place, up to the names of what they do."""
        one, two = self.sides
        return (one.alone, one.joined, one.noise) == (two.alone, two.joined, two.noise)

    @property
    def degree(self) -> int:
        """The highest power of the state in what is gained."""
        return max(len(poly) for side in self.sides for poly in (side.alone, side.joined)) - 1

    def span(self, i: int) -> tuple[Any, Any]:
        """Return the ends between which a player's signal lies."""
        (low, high), (least, most) = self.prior.ends, self.sides[i].noise.ends
        return low + least, high + most

    def __hash__(self) -> int:
        return hash((self.game, self.state))
