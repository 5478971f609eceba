"""A 2 × 2 crisis with named parameters at a million points, beside packages that solve a game at a time, and C."""

from __future__ import annotations

from typing import Any

import numpy as np

import deterrence as dt
from deterrence import end, matrix, param
from deterrence.games.tree import Node
from peer_rows import c_loop, memory
from peer_rows.bimatrix_games import PEERS, solve_each
from peer_rows.row import Row, Section, agreement, in_turn, missing, time_text, timed

PRIZE, LOSS = 5, 3
CLOSE = 1e-9
TARGETS: dict[str, float | None] = {
    "QuantEcon support_enumeration": 100.0,
    "QuantEcon's kernel in a loop by Numba": None,
}
NASHPY_TARGET = 3000.0
C_TARGET = 1 / 5
FEW = 100
ROUNDS = 15
TEXT = (
    "Chicken with two costs of war swept from 0 to 10: one or three equilibria at each point. Ours is one call of "
    "`sweep` as a user writes it, in a process that has asked about this game before: the very first call, which loads "
    "the modules and derives the formulas, took {first} more. The peers get the payoff tables in a loop, at some of "
    "the same points, and their time includes making their game object.\n\n"
    "C is a loop over the same formulas, printed as C and compiled with `gcc -O3`. Both allocate and write the same "
    "arrays: for each of the four classes where it exists (1 byte) and the probability of war in it (8 bytes), then "
    "the least and the greatest value and the number of classes (8 bytes each), 60 bytes a point. `sweep` also writes "
    "where the assumptions fail (1 byte), works out the axes' values as exact numbers, confirms each region by an "
    "exact solution, looks for points on a boundary, and labels the arrays; C reads the two costs of war from "
    "arrays that are filled before (16 bytes). Every point's conditions are evaluated in C; `sweep` evaluates them "
    "row by row and column by column where they depend on one axis alone. The runs alternate "
    "and the least time of {rounds} counts, in memory that the process holds already; the row on fresh memory has "
    "each array in pages that are touched for the first time. *Each further point* leaves out what does not grow "
    "with the points: it is the difference to a grid of {few} points."
)
LIMIT = (
    "Part of the time does not grow with the points: exact solutions that confirm each region, the axes' values "
    "as exact numbers, labels. The rest is memory: each polynomial, condition and array takes a NumPy call a "
    "block, which passes over the block's points once, where the loop in C makes one pass with the numbers in "
    "registers. Where conditions depend on both axes at once this goes less well; noisy attribution, below, is "
    "such a game. A compiler of all formulas into one schedule, with registers and tiles, was about one and a "
    "half times as fast and took 1,000 lines more."
)


@dt.game("Challenger", "Defender", name="crisis")
def crisis(
    prize: Any = param(PRIZE, "what standing firm alone gains", low=0.1, high=10),
    loss: Any = param(LOSS, "what yielding alone costs", low=0.1, high=10),
    challenger_war: Any = param(6, "what war costs the challenger", low=0, high=10),
    defender_war: Any = param(6, "what war costs the defender", low=0, high=10),
) -> Node:
    """Yield or stand firm: chicken where war is worse than yielding, for both, for one or for neither."""
    return matrix(
        {
            ("yield", "yield"): end("compromise", 0, 0),
            ("yield", "stand"): end("the defender prevails", -loss, prize),
            ("stand", "yield"): end("the challenger prevails", prize, -loss),
            ("stand", "stand"): end("war", -challenger_war, -defender_war),
        }
    )


def axis(count: int) -> list[float]:
    """Return costs of war between 0 and 10, none of which equals the loss."""
    return [round(10 * (k + 0.5) / count, 9) for k in range(count)]


def tables(first: Any, second: Any) -> tuple[Any, Any]:
    """Return the payoffs for arrays of the two costs of war."""
    zero = np.zeros_like(first)
    A = np.array([[zero, zero - LOSS], [zero + PRIZE, -first]])
    B = np.array([[zero, zero + PRIZE], [zero - LOSS, -second]])
    return np.ascontiguousarray(np.moveaxis(A, -1, 0)), np.ascontiguousarray(np.moveaxis(B, -1, 0))


def section(side: int) -> Section:
    """Compare at side × side points."""
    values = axis(side)
    question = f"all equilibria of a 2 × 2 crisis at {side**2:,} points"

    def sweep() -> Any:
        return dt.sweep(crisis, "war", challenger_war=values, defender_war=values)

    def few() -> Any:
        return dt.sweep(crisis, "war", challenger_war=axis(FEW), defender_war=axis(FEW))

    first = timed(few)[0] - timed(few)[0]
    memory.kept()
    answer = sweep()
    grid = c_loop.arrays(answer, ("challenger_war", "defender_war"))
    del answer
    timing, rows = beside_c(question, values, grid, (sweep, few))
    rows = [beside(name, question, timing, np.array(values), grid) for name in PEERS] + rows
    told = {"first": time_text(first), "rounds": ROUNDS, "few": f"{FEW**2:,}"}
    return Section("A crisis with named parameters", TEXT.format(**told), rows, LIMIT)


def beside(name: str, question: str, ours: float, values: Any, grid: Any) -> Row:
    make, games = PEERS[name]
    least = TARGETS.get(name, NASHPY_TARGET)
    solver = make()
    if solver is None:
        return missing(question, "a point", ours, name, least_ratio=least)
    first, second = np.random.default_rng(1).integers(len(values), size=(2, games))
    theirs, answers = solve_each(solver, *tables(values[first], values[second]))
    war = [[float(x[1] * y[1]) for x, y in found] for found in answers]
    apart = max(
        float(np.abs(np.array([f(row) for row in war]) - grid[key][0][first, second]).max())
        for key, f in (("low", min), ("high", max))
    )
    alike = np.array_equal([len(row) for row in war], grid["count"][first, second])
    assert alike, f"{name} finds another number of equilibria"
    told = agreement(apart, CLOSE, "the least and the greatest probability of war") + f", at {games:,} points"
    return Row(question, "a point", ours, name, theirs, told, least_ratio=least)


def beside_c(question: str, values: Any, grid: Any, tasks: tuple[Any, Any]) -> tuple[float, list[Row]]:
    """Return our time a point and the rows beside the loop in C, all taken in turn."""
    name, points = "C loop, gcc -O3", len(values) ** 2
    first, second = (axis.ravel() for axis in np.meshgrid(values, values, indexing="ij"))
    loop = c_loop.compiled(dt.characterize(crisis), "war", ("challenger_war", "defender_war"))
    if loop is None:
        ours, few = in_turn(tasks, ROUNDS)
        own = (ours / points, (ours - few) / (points - FEW**2))
        told, theirs = "gcc is not installed here, so not compared", None
    else:
        told, call = c_loop.compared(loop(first, second), grid, CLOSE), lambda: loop(first, second)
        ours, few, spent = in_turn((*tasks, call), ROUNDS)
        own, theirs = (ours / points, (ours - few) / (points - FEW**2)), spent / points
    asked = (question, "each further point of that crisis")
    rows = [Row(each, "a point", mine, name, theirs, told, C_TARGET) for each, mine in zip(asked, own, strict=True)]
    if loop is not None:
        with memory.fresh() as done:
            ours, _, spent = in_turn((*tasks, call), ROUNDS)
        if done:
            rows.append(Row("the same, in fresh memory", "a point", ours / points, name, spent / points, told))
    return own[0], rows
