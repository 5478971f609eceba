"""Classes of equilibria of games with numbers without end, for all parameter values at once."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

from deterrence.answers.classes import Characterization
from deterrence.answers.solution import Solution
from deterrence.errors import MethodError
from deterrence.games.game import Game
from deterrence.solvers.continuum.plan import plan_of, solved
from deterrence.solvers.discovery.clock import Clock
from deterrence.solvers.perfect_bayesian import PerfectBayesian

FORMULAS = {
    "cutoffs": "deterrence.solvers.continuum.cutoffs.formulas",
    "nested cutoffs": "deterrence.solvers.continuum.cutoffs.formulas",
    "backward": "deterrence.solvers.continuum.backward.formulas",
}
"""The kinds of games that have formulas, and the modules that find them: ``classes_of(game, names, over)``."""


def characterized(
    game: Game,
    method: Any,
    names: tuple[str, ...],
    budget: float,
    tell: Callable[[float], None] | None,
) -> Characterization:
    """Return the classes of equilibria of a game as formulas, in the parameters that are named.

    Raises
    ------
    MethodError
        If formulas are not given for games of this kind; the sentence says why.
    """
    kind = plan_of(game, method)
    if kind not in FORMULAS:
        raise MethodError(
            f"The equilibria of {game.name!r} are found at parameter values, dt.solve(game.at(…)); formulas for all "
            "values at once are given for games of private types and of choices whose laws are uniform."
        )
    found = import_module(FORMULAS[kind]).classes_of(game, names, Clock(budget).over)
    if tell is not None:
        tell(1.0)
    classes, unresolved, boundaries = found
    held = tuple(name for name in game.parameters if name not in names)
    return Characterization(
        game, method or PerfectBayesian(), classes, not unresolved, unresolved, boundaries, solved_afresh, held
    )


def solved_afresh(characterization: Characterization, game: Game) -> Solution:
    """Return the solution at a game's values, solved anew: that is quick, and exact at boundaries too."""
    return solved(game, characterization.method)
