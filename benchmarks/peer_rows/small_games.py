"""Arrays of random numeric games: `solve_many` beside loops over a peer's solver."""

from __future__ import annotations

from typing import Any

import numpy as np

import deterrence as dt
from peer_rows.bimatrix_games import PEERS, REPEATS, solve_each
from peer_rows.row import Row, Section, agreement, missing, timed

MOST_TIME = {2: 2e-6, 3: 10e-6, 4: 27e-6}
CLOSE = 1e-6
FEWER = {2: 1, 3: 2, 4: 4}
"""A larger game is slower for the peers, so they are given fewer."""


def section(games: int) -> Section:
    """Compare at each size."""
    rows = [row for size in MOST_TIME for row in of_size(size, games)]
    return Section(
        "Arrays of small games",
        "Payoffs are uniform random numbers, so the games are not degenerate. Ours is one call of `solve_many`; the "
        "peers solve some of the same games in a loop, which includes making their game object. *QuantEcon's kernel* "
        "is its compiled search in a loop that is compiled as well, with neither Python nor game objects between: the "
        "most that it can do. "
        f"The least of {REPEATS} runs counts on both sides. Where a peer misses "
        "equilibria the column of answers says how many; every one that it does find is among ours.",
        rows,
        "NumPy passes over memory: rivals are compared on every support of every game, and the few pairs that are "
        "left need their payoffs gathered.",
    )


def of_size(size: int, games: int) -> list[Row]:
    A, B = np.random.default_rng(size).uniform(size=(2, games, size, size))
    seconds, many = timed(lambda: dt.solve_many(A, B), REPEATS)
    assert not many.degenerate.any()
    return [beside(name, size, seconds / games, many) for name in PEERS]


def beside(name: str, size: int, ours: float, many: Any) -> Row:
    question, most = f"all equilibria of {len(many):,} games of {size} × {size}", MOST_TIME[size]
    make, games = PEERS[name]
    solver = make()
    if solver is None:
        return missing(question, "a game", ours, name, most_time=most)
    games //= FEWER[size]
    theirs, answers = solve_each(solver, many.A[:games], many.B[:games])
    apart, found, missed = 0.0, 0, 0
    for k, answer in enumerate(answers):
        own = np.hstack([many.row[k, : many.count[k]], many.column[k, : many.count[k]]])
        apart = max([apart, *(float(np.abs(own - np.hstack(pair)).max(axis=1).min()) for pair in answer)])
        found, missed = found + len(own), missed + len(own) - len(answer)
    told = agreement(apart, CLOSE, "probabilities") + f", in {games:,} games"
    told += f"; the peer misses {missed} of {found}" if missed else ""
    return Row(question, "a game", ours, name, theirs, told, most_time=most)
