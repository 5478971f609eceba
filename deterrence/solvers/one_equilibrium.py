"""One equilibrium of a game whose equilibria are too many, or too hard, to be listed.

Every finite game has one. Where two players choose it is found by complementary pivoting on their sequences of
choices, exactly (see `deterrence.solvers.sequences`). Where more do, quantal response is followed to precise play; the
actions still played there give a choice of support, whose conditions are then solved as in any search. Either is
listed only if no player gains by deviating at any information set, which is computed apart from how it was found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from deterrence.answers.solution import Equilibrium
from deterrence.errors import MethodError
from deterrence.games.game import Game
from deterrence.solvers.sequences.quasi_perfect import quasi_perfect
from deterrence.solvers.supports.agent_form import Pattern

PRECISIONS = (1000, 100, 30, 10)
"""Precisions at which supports are read off, in one over the spread of the payoffs."""
PLAYED = (1e-2, 1e-4)
"""What counts as played: a probability above one of these."""
BY_PIVOTING = "one equilibrium is given, found by complementary pivoting on the players' sequences of choices"
BY_RESPONSE = "one equilibrium is given, found on the support that quantal response comes to"


@dataclass(eq=False)
class OneEquilibrium:
    """An equilibrium that is sought when it is asked for, and once.

    Attributes
    ----------
    game, concept
        The game, and the concept of the equilibrium in words: Nash, or anything that sequential equilibrium implies.
    of_pattern
        What gives the equilibria, exact and checked, of a choice of support at every information set.
    """

    game: Game
    concept: str
    of_pattern: Callable[[Pattern], Iterable[Equilibrium]]

    @cached_property
    def found(self) -> tuple[Equilibrium, str] | None:
        """The equilibrium and the sentence that says how it was found, or None."""
        profile = quasi_perfect(self.game.form, self.game.numbers)
        if profile is not None:
            behaviour, beliefs = profile
            equilibrium = Equilibrium(self.game, self.concept, tuple(behaviour), tuple(beliefs))
            return (equilibrium, BY_PIVOTING) if equilibrium.regret == 0 else None
        return next(((each, BY_RESPONSE) for pattern in self._patterns() for each in self.of_pattern(pattern)), None)

    def _patterns(self) -> Iterator[Pattern]:
        """Yield the choices of support that quantal response comes to, the most precise first."""
        yielded = set()
        for behaviour in self._responses():
            for played in PLAYED:
                pattern = tuple(tuple(a for a, p in enumerate(row) if p > played) for row in behaviour)
                if all(pattern) and pattern not in yielded:
                    yielded.add(pattern)
                    yield pattern

    def _responses(self) -> Iterator[Any]:
        from deterrence.solvers.quantal import quantal_path

        ends = [row for row in self.game.numbers[0] if row]
        spread = max(float(max(column) - min(column)) for column in zip(*ends, strict=True))
        try:
            path = quantal_path(self.game, [precision / (spread or 1) for precision in PRECISIONS])
        except MethodError:  # the tree is beyond what quantal response follows
            return
        yield from (each.behaviour for solution in path for each in solution)
