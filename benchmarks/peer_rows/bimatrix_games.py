"""One two-player game solved by a peer in the way its documentation shows, ready to be timed."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

import numpy as np

from peer_rows.row import package, timed

Array = Any
Answer = list[tuple[Array, Array]]
Solver = Callable[[Array, Array], Answer]


def quantecon() -> Solver | None:
    """Return QuantEcon's support enumeration, compiled, or None."""
    theory = package("quantecon.game_theory")
    if theory is None:
        return None

    def solve(A: Array, B: Array) -> Answer:
        game = theory.NormalFormGame((theory.Player(A), theory.Player(np.ascontiguousarray(B.T))))
        found: Answer = theory.support_enumeration(game)
        return found

    solve(np.eye(2), np.eye(2))
    return solve


def nashpy(method: str) -> Solver | None:
    """Return a method of Nashpy's, or None."""
    theirs = package("nashpy")
    if theirs is None:
        return None

    def solve(A: Array, B: Array) -> Answer:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it warns where the number it found is even
            return list(getattr(theirs.Game(A, B), method)())

    solve(np.eye(2), np.eye(2))
    return solve


PEERS: dict[str, tuple[Callable[[], Solver | None], int]] = {
    "QuantEcon support_enumeration": (quantecon, 4000),
    "Nashpy support_enumeration": (lambda: nashpy("support_enumeration"), 300),
    "Nashpy vertex_enumeration": (lambda: nashpy("vertex_enumeration"), 100),
}
"""Each peer with how many games it is given."""


def solve_each(solver: Solver, A: Array, B: Array) -> tuple[float, list[Answer]]:
    """Return the seconds a game, the better of two runs, and the answers."""
    games = [(np.array(a), np.array(b)) for a, b in zip(A, B, strict=True)]  # QuantEcon compiles for each layout
    seconds, answers = timed(lambda: [solver(a, b) for a, b in games], 2)
    return seconds / len(games), answers
