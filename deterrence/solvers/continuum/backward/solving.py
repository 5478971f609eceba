"""Games in which players choose numbers, solved backward: what may be asked, and the equilibria with their numbers."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from deterrence.answers.solution import Solution
from deterrence.errors import MethodError
from deterrence.games.game import Game
from deterrence.solvers.continuum.backward.engine import Engine
from deterrence.solvers.continuum.backward.reading import NotTaken, Reading
from deterrence.solvers.continuum.backward.telling import equilibrium_of
from deterrence.solvers.continuum.backward.values import Continuation


def objection(game: Game, _method: Any = None) -> str:
    """Return why backward induction does not take a game; an empty text where it does."""
    found = _ways(game)
    return found if isinstance(found, str) else ""


def solve(game: Game, method: Any = None) -> Solution:
    """Return the equilibria of a game that backward induction takes.

    Raises
    ------
    MethodError
        If it does not take the game; the sentence says why.
    """
    found = _ways(game)
    if isinstance(found, str):
        raise MethodError(f"The game {game.name!r} is not solved backward. {found}")
    reading, ways, more = found
    gaps = list(dict.fromkeys([*more, *(gap for way in ways for gap in way.gaps)]))
    equilibria: Any = tuple(dict.fromkeys(equilibrium_of(reading, way) for way in ways))
    status = "solved" if not gaps else "incomplete: " + "; ".join(gaps)
    return Solution(game, method, equilibria, status, complete=not gaps)


@lru_cache(maxsize=64)
def _ways(game: Game) -> str | tuple[Reading, list[Continuation], list[str]]:
    """Return the ways in which a game may be played, or why backward induction does not tell."""
    try:
        reading = Reading(game)
        engine = Engine(reading)
        return reading, engine.run(), engine.gaps
    except NotTaken as why:
        return str(why)
