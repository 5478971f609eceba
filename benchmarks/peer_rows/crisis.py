"""A 2 × 2 crisis with named parameters at a million points, beside packages that solve a game at a time, and C."""

from __future__ import annotations

from typing import Any

import numpy as np

import deterrence as dt
from deterrence import end, matrix, param
from deterrence.tree import Node
from peer_rows import c_loop
from peer_rows.bimatrix_games import PEERS, solve_each
from peer_rows.row import Row, Section, agreement, missing, timed

PRIZE, LOSS = 5, 3
CLOSE = 1e-9
TARGETS = {"QuantEcon support_enumeration": 100.0}
NASHPY_TARGET = 3000.0
C_TARGET = 1 / 5
FEW = 100
TEXT = (
    "Chicken with two costs of war swept from 0 to 10: one or three equilibria at each point. Ours is one call of "
    "`sweep` as a user writes it, with the derivation of the formulas; the peers get the payoff tables in a loop, at "
    "some of the same points, and their time includes making their game object. C is a loop over the same formulas, "
    "printed as C and compiled with `gcc -O3`, that fills the same arrays; compiling is not timed. The last row leaves "
    "out what does not grow with the points: it is the difference to a grid of "
    f"{FEW**2:,} points."
)
LIMIT = (
    "Once, the derivation of the formulas, exact solutions that confirm each region, and the axes' values as exact "
    "numbers. For each point, passes over memory: each class's existence and value are worked out a block at a time, "
    "written, and read again for the range, in a NumPy operation each, where the loop in C makes one pass."
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

    seconds, answer = timed(sweep, 2)
    ours = seconds / side**2
    grid = {name: answer.data[name].transpose(..., "challenger_war", "defender_war").values for name in ("low", "high")}
    counts = answer.data["count"].values
    rows = [beside(name, question, ours, np.array(values), grid, counts) for name in PEERS]
    few = timed(lambda: dt.sweep(crisis, "war", challenger_war=axis(FEW), defender_war=axis(FEW)), 2)[0]
    further = (seconds - few) / (side**2 - FEW**2)
    rows += beside_c(question, (ours, further), np.array(values), grid, counts)
    return Section("A crisis with named parameters", TEXT, rows, LIMIT)


def beside(name: str, question: str, ours: float, values: Any, grid: Any, counts: Any) -> Row:
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
    alike = np.array_equal([len(row) for row in war], counts[first, second])
    assert alike, f"{name} finds another number of equilibria"
    told = agreement(apart, CLOSE, "the least and the greatest probability of war") + f", at {games:,} points"
    return Row(question, "a point", ours, name, theirs, told, least_ratio=least)


def beside_c(question: str, ours: tuple[float, float], values: Any, grid: Any, counts: Any) -> list[Row]:
    name, questions = "C loop, gcc -O3", (question, "each further point of that crisis")
    first, second = (axis.ravel() for axis in np.meshgrid(values, values, indexing="ij"))
    loop = c_loop.compiled(dt.characterize(crisis), "war", ("challenger_war", "defender_war"))
    if loop is None:
        told = "gcc is not installed here, so not compared"
        return [
            Row(asked, "a point", own, name, None, told, C_TARGET) for asked, own in zip(questions, ours, strict=True)
        ]
    seconds, (low, high, count) = timed(lambda: loop(first, second), 3)
    apart = max(float(np.abs(grid[key][0].ravel() - own).max()) for key, own in (("low", low), ("high", high)))
    assert np.array_equal(count, counts.ravel()), "the C loop finds another number of classes"
    told, per = agreement(apart, CLOSE, "the range at every point"), seconds / len(first)
    return [Row(asked, "a point", own, name, per, told, C_TARGET) for asked, own in zip(questions, ours, strict=True)]
