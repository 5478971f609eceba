"""What answers for games with numbers without end wherever a verb wants a solution concept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from deterrence.answers.solution import Solution
from deterrence.games.game import Game
from deterrence.games.remembered import Remembered
from deterrence.solvers.continuum.plan import solved
from deterrence.solvers.perfect_bayesian import PerfectBayesian

SOLVED: Remembered = Remembered(1024)
"""The latest solutions at parameter values, of all games: verbs ask for the same points again."""


@dataclass(frozen=True)
class Continuum:
    """The solution concept of a game with numbers without end, with its latest solutions kept.

    Verbs solve the game at the points that they look at; a sweep uses formulas where there are some.

    Attributes
    ----------
    asked
        The concept asked for; perfect Bayesian equilibrium where none was.
    """

    asked: Any = None

    @property
    def concept(self) -> str:
        """The concept in words."""
        return str((self.asked or PerfectBayesian()).concept)

    def solve(self, game: Game) -> Solution:
        """Return the equilibria at the game's present parameter values."""
        solution: Solution = SOLVED.of((game, self.asked), lambda: self._solved(game))
        return solution

    def _solved(self, game: Game) -> Solution:
        solution = solved(game, self.asked)
        return replace(solution, method=PerfectBayesian()) if solution.method is None else solution
