"""Which solver answers for a game with numbers without end, by the shape of its tree."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

from deterrence.answers.solution import Solution
from deterrence.errors import MethodError
from deterrence.games.game import Game

ROOM = "deterrence.solvers.continuum"
KINDS = {
    "global": "global_games.solving",
    "signals": "signals.solving",
    "cutoffs": "cutoffs.solving",
    "shocks": "shocks.solving",
    "backward": "backward.solving",
    "parts": "parts.solving",
    "nested cutoffs": "cutoffs.nested",
}
"""The kinds of games, in the order in which they are tried, and the module that solves each.

A module has ``objection(game, method)``, a sentence that says why it does not take a game, or an empty text where it
does; and ``solve(game, method)``, which returns a :class:`deterrence.Solution`.
"""


def solved(game: Game, method: Any = None) -> Solution:
    """Return the equilibria of a game with numbers without end.

    Raises
    ------
    MethodError
        If no solver takes the game; the sentence says why.
    """
    return _module(plan_of(game, method)).solve(game, method)


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
