"""Games in which players choose numbers, solved backward: what may be asked, and the equilibria with their numbers."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from deterrence.answers.continuum.strategies import Cutoffs
from deterrence.answers.solution import Solution
from deterrence.errors import MethodError
from deterrence.games.game import Game
from deterrence.solvers.continuum import plan
from deterrence.solvers.continuum.backward.engine import Engine
from deterrence.solvers.continuum.backward.public_moves import branches_of, solved_by_branches
from deterrence.solvers.continuum.backward.reading import NotTaken, Reading
from deterrence.solvers.continuum.backward.telling import equilibrium_of, strategies_of
from deterrence.solvers.continuum.backward.values import Continuation
from deterrence.solvers.perfect_bayesian import PerfectBayesian


def objection(game: Game, method: Any = None) -> str:
    """Return why backward induction does not take a game; an empty text where it does."""
    found = _ways(game)
    if not isinstance(found, str):
        return ""
    branches = branches_of(game)
    if branches is None:
        return found
    return next((why for each in branches.games if each is not None for why in [_untaken(each, method)] if why), "")


def _untaken(game: Game, method: Any) -> str:
    """Return why no solver takes a branch; an empty text where one does."""
    if not game.has_continuum:
        return ""
    try:
        plan.plan_of(game, method)
    except MethodError as why:
        return str(why)
    return ""


def solve(game: Game, method: Any = None) -> Solution:
    """Return the equilibria of a game that backward induction takes.

    Raises
    ------
    MethodError
        If it does not take the game; the sentence says why.
    """
    found = _ways(game)
    if isinstance(found, str):
        branches = branches_of(game)
        if branches is None:
            raise MethodError(f"The game {game.name!r} is not solved backward. {found}")
        return solved_by_branches(branches, method, plan.solved)
    reading, ways, more = found
    equilibria: Any = tuple(dict.fromkeys(equilibrium_of(reading, way, rules) for way, rules in ways))
    gaps = list(dict.fromkeys([*more, *(gap for way, _ in ways for gap in way.gaps)]))
    status = "solved" if not gaps else "incomplete: " + "; ".join(gaps)
    return Solution(game, method or PerfectBayesian(), equilibria, status, complete=not gaps)


Way = tuple[Continuation, dict[str, Cutoffs]]
"""One way to play, and its strategies."""


@lru_cache(maxsize=64)
def _ways(game: Game) -> str | tuple[Reading, list[Way], list[str]]:
    """Return the ways in which a game may be played, or why backward induction does not tell."""
    try:
        reading = Reading(game)
        engine = Engine(reading)
        return reading, [(way, strategies_of(reading, way)) for way in engine.run()], engine.gaps
    except NotTaken as why:
        return str(why)
