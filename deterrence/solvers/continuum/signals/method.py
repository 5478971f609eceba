"""The criterion D1 as a solution concept: perfect Bayesian equilibria whose surprises are read by who gains most."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from deterrence.answers.solution import Solution
from deterrence.games.game import Game


@dataclass(frozen=True, slots=True)
class D1:
    """The solution concept of perfect Bayesian equilibrium that passes the criterion D1.

    If one type gains by a signal that nobody sends whenever another would, and also where the other would merely not
    lose, the signal is not attributed to the other. Signals chosen from a continuum have so many perfect Bayesian
    equilibria that only those are solved which pass it. For finite games this is :func:`deterrence.d1` of the perfect
    Bayesian equilibria.

    References
    ----------
    Banks and Sobel (1987), "Equilibrium selection in signaling games", Econometrica 55. Cho and Sobel (1990), "Strategic
    stability and uniqueness in signaling games", Journal of Economic Theory 50. Ramey (1996), "D1 signaling
    equilibria with multiple signals and a continuum of types", Journal of Economic Theory 69.
    """

    @property
    def concept(self) -> str:
        """The concept in words."""
        return "perfect Bayesian equilibrium that passes D1"

    def solve(self, game: Game) -> Solution:
        """Return the equilibria that pass D1 at the parameter values."""
        if game.has_continuum:
            from deterrence.solvers.continuum.plan import solved

            return solved(game, self)
        return _kept(game)


def _kept(game: Game) -> Any:
    raise NotImplementedError
