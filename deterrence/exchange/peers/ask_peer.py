"""A script that asks one other package for the Nash equilibria of a table or a tree, in a process of its own.

It reads a question from standard input and writes the answer to standard output, both in JSON, and imports
nothing of this library: what goes wrong here, or never ends, stays here.
"""

from __future__ import annotations

import contextlib
import io
import itertools
import json
import sys
import warnings
from collections.abc import Callable
from fractions import Fraction
from importlib import import_module
from math import prod
from typing import Any

Profile = list[list[Any]]
Answer = tuple[str, list[Profile]]
FEW_SUPPORTS = 2_000
"""So many choices of the actions that are played are gone through one by one."""


class RefusedError(Exception):
    """Raised when a package does not take a game for the game that it is."""


def ask_pygambit(sizes: list[int], payoffs: list[list[str]]) -> Answer:
    """Ask Gambit: all extreme equilibria of two players exactly, else its search over supports."""
    pygambit = import_module("pygambit")
    order = [key[::-1] for key in itertools.product(*(range(size) for size in reversed(sizes)))]
    row = dict(zip(itertools.product(*map(range, sizes)), payoffs, strict=True))
    players = " ".join(f'"{i}"' for i in range(1, len(sizes) + 1))
    heading = f'NFG 1 R "question" {{ {players} }} {{ {" ".join(map(str, sizes))} }}'
    text = "\n".join([heading, "", *(" ".join(row[key]) for key in order)])
    game = pygambit.read_nfg(io.StringIO(text))
    two = len(sizes) == 2
    solve = pygambit.nash.enummixed_solve if two else pygambit.nash.enumpoly_solve
    result = solve(game, rational=True) if two else solve(game)
    number: Callable[[Any], Any] = str if two else float
    listed = [
        [[number(profile[s]) for s in strategies_of(game, player)] for player in game.players]
        for profile in equilibria_in(result)
    ]
    return ("enummixed_solve, rational" if two else "enumpoly_solve"), listed


def ask_pygambit_tree(text: str, supports: int) -> Answer:
    """Ask Gambit about a tree: one equilibrium of two players, exactly; of others all isolated ones, or else one.

    All are listed where there are few supports. Behaviour is listed by player and information set, in order.
    """
    pygambit = import_module("pygambit")
    try:
        game = pygambit.read_efg(io.StringIO(text))
    except ValueError as error:
        raise RefusedError(f"it cannot read it ({error})") from error
    if not has_perfect_recall(game):
        raise RefusedError("it sees imperfect recall")
    method, result = _solved(pygambit.nash, game, supports)
    number: Callable[[Any], Any] = str if len(game.players) == 2 else float
    listed = [
        [
            [number(profile[action]) for action in actions_at(game, h)]
            for player in game.players
            for h in information_sets_of(game, player)
        ]
        for profile in equilibria_in(result)
    ]
    return method, listed


def _solved(solvers: Any, game: Any, supports: int) -> tuple[str, Any]:
    if len(game.players) == 2:
        return "lcp_solve, rational", solvers.lcp_solve(game, rational=True)
    if supports <= FEW_SUPPORTS:
        return "enumpoly_solve", solvers.enumpoly_solve(game)
    return "logit_solve", solvers.logit_solve(game, maxregret=1e-9)


# -- what pygambit calls things: to 16.7 as attributes, from 17 on as methods of the game ------------------------


def is_tree(game: Any) -> bool:
    """Tell whether a game of pygambit is a tree, not a table."""
    return bool(game.is_tree) if hasattr(game, "is_tree") else hasattr(game, "get_infosets")


def has_perfect_recall(game: Any) -> bool:
    """Tell whether a game of pygambit is one in which nobody forgets."""
    told = getattr(game, "is_perfect_recall", None)
    return bool(game.has_perfect_recall() if told is None or callable(told) else told)


def strategies_of(game: Any, player: Any) -> list[Any]:
    """Return a player's strategies in a game of pygambit."""
    return list(game.get_strategies(player) if hasattr(game, "get_strategies") else player.strategies)


def information_sets_of(game: Any, player: Any) -> list[Any]:
    """Return a player's information sets in a game of pygambit."""
    return list(game.get_infosets(player) if hasattr(game, "get_infosets") else player.infosets)


def actions_at(game: Any, information_set: Any) -> list[Any]:
    """Return the actions at an information set in a game of pygambit."""
    return list(game.get_actions(information_set) if hasattr(game, "get_actions") else information_set.actions)


def equilibria_in(result: Any) -> list[Any]:
    """Return the equilibria that a solver of pygambit found: several, or the one that it looked for."""
    if hasattr(result, "equilibria"):
        return list(result.equilibria)
    return [] if result.equilibrium is None else [result.equilibrium]


def ask_nashpy(sizes: list[int], payoffs: list[list[str]]) -> Answer:
    """Ask Nashpy: support enumeration in floats."""
    nashpy = import_module("nashpy")
    tables = [_table(sizes, payoffs, player) for player in range(2)]
    profiles = nashpy.Game(*tables).support_enumeration()
    return "support_enumeration", [[list(map(float, row)) for row in profile] for profile in profiles]


def ask_quantecon(sizes: list[int], payoffs: list[list[str]]) -> Answer:
    """Ask QuantEcon: support enumeration in floats for two players, else pure equilibria alone."""
    theory = import_module("quantecon.game_theory")
    numpy = import_module("numpy")
    count = len(sizes)
    players = []
    for i in range(count):
        axes = [*range(i, count), *range(i)]  # its own axis first, then those of the players after it
        players.append(theory.Player(numpy.ascontiguousarray(numpy.transpose(_table(sizes, payoffs, i), axes))))
    game = theory.NormalFormGame(players)
    if count == 2:
        mixed = theory.support_enumeration(game)
        return "support_enumeration", [[list(map(float, row)) for row in profile] for profile in mixed]
    pure = theory.pure_nash_brute(game)
    return "pure_nash_brute (pure equilibria only)", [
        [[float(k == chosen) for k in range(size)] for size, chosen in zip(sizes, profile, strict=True)]
        for profile in pure
    ]


def _table(sizes: list[int], payoffs: list[list[str]], player: int) -> Any:
    numpy = import_module("numpy")
    return numpy.array([float(Fraction(row[player])) for row in payoffs]).reshape(sizes)


ASKED = {"pygambit": ask_pygambit, "nashpy": ask_nashpy, "quantecon": ask_quantecon}


def answer(question: dict[str, Any]) -> Answer:
    """Return the method that a package used, and its profiles."""
    if "tree" in question:
        return ask_pygambit_tree(question["tree"], question["supports"])
    assert prod(question["sizes"]) == len(question["payoffs"])
    return ASKED[question["peer"]](question["sizes"], question["payoffs"])


def main() -> None:
    """Answer the question on standard input."""
    question = json.load(sys.stdin)
    with warnings.catch_warnings(record=True) as warned, contextlib.redirect_stdout(sys.stderr):
        warnings.simplefilter("always")
        try:
            method, profiles = answer(question)
            told: dict[str, Any] = {"method": method, "profiles": profiles}
        except RefusedError as error:
            told = {"refused": str(error)}
    texts = list(dict.fromkeys(" ".join(str(warning.message).split()) for warning in warned))
    json.dump({**told, "warnings": texts}, sys.stdout)


if __name__ == "__main__":
    main()
