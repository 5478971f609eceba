"""What answers for games with numbers without end wherever a verb wants a solution concept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from deterrence.answers.solution import Solution
from deterrence.games.game import Game
from deterrence.games.remembered import Remembered
from deterrence.solvers.continuum.plan import solved
from deterrence.solvers.perfect_bayesian import PerfectBayesian

SOLVED: Remembered = Remembered(1024)
"""The latest solutions at parameter values, of all games: verbs ask for the same points again."""
WITHOUT: Remembered = Remembered(4096)
"""The same of solutions whose equilibria have no certificate."""


@dataclass(frozen=True)
class Continuum:
    """The solution concept of a game with numbers without end, with its latest solutions kept.

    It has no closed forms, so every verb solves the game at the points that it looks at.

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
        solution: Solution = SOLVED.of((game, self.asked), lambda: solved(game, self.asked))
        return solution

    def solve_without_certificate(self, game: Game) -> Solution:
        """Return the equilibria at one of many points: they are not checked against the tree, which takes longest."""
        solution: Solution = WITHOUT.of((game, self.asked), lambda: solved(game, self.asked, certify=False))
        return solution


def at_point(method: Any, game: Game) -> Solution:
    """Return the equilibria at one of the many points that a verb looks at, those of a continuum without certificate."""
    solution: Solution = method.solve_without_certificate(game) if isinstance(method, Continuum) else method.solve(game)
    return solution
