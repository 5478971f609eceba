"""Two-player games solved by a peer, in the way its documentation shows or as fast as it can, ready to be timed."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from peer_rows.row import package, timed

Array = Any
Answer = list[tuple[Array, Array]]
Solver = Callable[[Array, Array], list[Answer]]
"""What answers for arrays of games, and is timed."""
REPEATS = 3
"""The least time of so many runs counts, of ours and of every peer's."""


def one_by_one(solve: Callable[[Array, Array], Answer]) -> Solver:
    """Return a solver that asks another about one game after the other, in a loop of Python."""

    def all_of(A: Array, B: Array) -> list[Answer]:
        return [solve(a, b) for a, b in zip(A, B, strict=True)]

    all_of(np.eye(2)[None], np.eye(2)[None])  # compiles what is compiled on first use
    return all_of


def quantecon() -> Solver | None:
    """Return QuantEcon's support enumeration as its documentation shows it, compiled, or None."""
    theory = package("quantecon.game_theory")
    if theory is None:
        return None

    def solve(A: Array, B: Array) -> Answer:
        game = theory.NormalFormGame((theory.Player(A), theory.Player(np.ascontiguousarray(B.T))))
        found: Answer = theory.support_enumeration(game)
        return found

    return one_by_one(solve)


def quantecon_kernel() -> Solver | None:
    """Return QuantEcon's compiled support enumeration in a compiled loop over the games, without Python; or None."""
    numba, inner = package("numba"), package("quantecon.game_theory.support_enumeration")
    if numba is None or inner is None or not hasattr(inner, "_support_enumeration_gen"):
        return None
    generate = inner._support_enumeration_gen

    @numba.njit
    def fill(A: Array, B: Array, rows: Array, columns: Array, counts: Array) -> None:
        for k in range(len(A)):
            for x, y in generate((A[k], B[k])):
                rows[k, counts[k]], columns[k, counts[k]] = x, y
                counts[k] += 1

    def solve(A: Array, B: Array) -> list[Answer]:
        games, m, n = A.shape
        most = 2 ** (min(m, n) + 1)
        rows, columns, counts = np.empty((games, most, m)), np.empty((games, most, n)), np.zeros(games, dtype=int)
        fill(A, np.ascontiguousarray(B.transpose(0, 2, 1)), rows, columns, counts)
        return Filled(rows, columns, counts)

    solve(np.eye(2)[None], np.eye(2)[None])
    return solve


class Filled(list[Answer]):
    """The answers of many games in arrays, which are split by game when they are looked at: that is not timed."""

    def __init__(self, rows: Array, columns: Array, counts: Array) -> None:
        super().__init__()
        self.rows, self.columns, self.counts = rows, columns, counts

    def __iter__(self) -> Iterator[Answer]:
        for row, column, count in zip(self.rows, self.columns, self.counts, strict=True):
            yield list(zip(row[:count], column[:count], strict=True))


def nashpy(method: str) -> Solver | None:
    """Return a method of Nashpy's, or None."""
    theirs = package("nashpy")
    if theirs is None:
        return None

    def solve(A: Array, B: Array) -> Answer:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it warns where the number it found is even
            return list(getattr(theirs.Game(A, B), method)())

    return one_by_one(solve)


PEERS: dict[str, tuple[Callable[[], Solver | None], int]] = {
    "QuantEcon support_enumeration": (quantecon, 4000),
    "QuantEcon's kernel in a loop by Numba": (quantecon_kernel, 4000),
    "Nashpy support_enumeration": (lambda: nashpy("support_enumeration"), 300),
    "Nashpy vertex_enumeration": (lambda: nashpy("vertex_enumeration"), 100),
}
"""Each peer with how many games it is given."""


def solve_each(solver: Solver, A: Array, B: Array) -> tuple[float, list[Answer]]:
    """Return the seconds a game, the least of some runs, and the answers."""
    games = np.ascontiguousarray(A), np.ascontiguousarray(B)  # QuantEcon compiles for each layout
    seconds, answers = timed(lambda: solver(*games), REPEATS)
    return seconds / len(A), list(answers)
