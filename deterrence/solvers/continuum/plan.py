"""Which solver answers for a game with numbers without end, by the shape of its tree."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from typing import Any

from deterrence.answers.solution import Solution
from deterrence.errors import MethodError
from deterrence.games.game import Game
from deterrence.solvers.continuum.certificate.certified import certified

ROOM = "deterrence.solvers.continuum"
KINDS = {
    "global": "global_games.solving",
    "signals": "signals.solving",
    "cutoffs": "cutoffs.solving",
    "shocks": "shocks.solving",
    "backward": "backward.solving",
    "nested cutoffs": "cutoffs.nested",
}
"""The kinds of games, in the order in which they are tried, and the module that solves each.

A module has ``objection(game, method)``, a sentence that says why it does not take a game, or an empty text where it
does; and ``solve(game, method)``, which returns a :class:`deterrence.Solution`.
"""


OWN_CHECK = ("shocks", "global")
"""Kinds whose solvers integrate over shocks or signals to check what they found."""
TOLERANCE = 1e-6
"""An equilibrium whose certificate is above this is left out, and the solution says so."""


def solved(game: Game, method: Any = None, *, certify: bool = True) -> Solution:
    """Return the equilibria of a game with numbers without end.

    With ``certify`` each is checked against the tree before it is returned, apart from the solver; parts of a game, and
    points of a grid, go without.

    Raises
    ------
    MethodError
        If no solver takes the game; the sentence says why.
    """
    kind = plan_of(game, method)
    solution: Solution = _module(kind).solve(game, method)
    return checked(solution) if certify and kind not in OWN_CHECK else solution


def checked(solution: Solution) -> Solution:
    """Return a solution whose equilibria have their certificate; those that fail it are left out."""
    kept: list[Any] = []
    found: tuple[Any, ...] = tuple(solution.equilibria)
    for equilibrium in found:
        certificate = certified(solution.game, equilibrium)
        if certificate.refused:
            kept.append(equilibrium)
        elif certificate.regret <= TOLERANCE:
            kept.append(replace(equilibrium, regret=certificate.regret))
    if len(kept) == len(found):
        return replace(solution, equilibria=tuple(kept))
    left = len(found) - len(kept)
    status = f"incomplete: {left} found by the solver failed the certificate and left out ({solution.status})"
    return replace(solution, equilibria=tuple(kept), status=status, complete=False)


def plan_of(game: Game, method: Any = None) -> str:
    """Return which kind of solver takes a game: ``"cutoffs"``, ``"backward"``, ``"signals"`` and so on.

    Raises
    ------
    MethodError
        If none does.
    """
    why: list[str] = []
    for kind in KINDS:
        sentence = objection(kind, game, method)
        if not sentence:
            return kind
        why.append(sentence)
    raise MethodError(f"The game {game.name!r} cannot be solved: {' '.join(dict.fromkeys(filter(None, why)))}")


def objection(kind: str, game: Game, method: Any = None) -> str:
    """Return why a kind of solver does not take a game; an empty text where it does."""
    try:
        ask: Callable[[Game, Any], str] = _module(kind).objection
    except ModuleNotFoundError:
        return f"no solver of the kind {kind!r}."
    return ask(game, method)


def _module(kind: str) -> Any:
    return import_module(f"{ROOM}.{KINDS[kind]}")
