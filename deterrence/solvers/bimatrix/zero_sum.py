"""One equilibrium of a two-player zero-sum game by linear programming, exactly.

SciPy's HiGHS finds which actions matter in floating point; the programme over those alone is solved in fractions,
and the result is checked against all actions. Where that check fails, the whole programme is solved in fractions.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from deterrence.solvers.algebra.programs import maximize
from deterrence.solvers.bimatrix.vertices import placed, regret

Strategy = tuple[Any, ...]
NEAR = 1e-9


def constant_sum(first: Sequence[Sequence[Any]], second: Sequence[Sequence[Any]]) -> bool:
    """Tell whether the two payoffs add up to the same number in every cell."""
    return len({a + b for row, other in zip(first, second, strict=True) for a, b in zip(row, other, strict=True)}) == 1


def minimax(table: Sequence[Sequence[Any]]) -> tuple[Strategy, Strategy]:
    """Return optimal mixtures of the row player, who gets the entries, and of the column player, who pays them."""
    rows, columns = _relevant(table)
    for lines in ((rows, columns), (list(range(len(table))), list(range(len(table[0]))))):
        x, y = _exact(table, *lines)
        if regret(table, [[-item for item in row] for row in table], x, y) == 0:
            return x, y
    raise ArithmeticError("a linear programme solved in fractions did not give an equilibrium")


def _relevant(table: Sequence[Sequence[Any]]) -> tuple[list[int], list[int]]:
    """Return the rows and columns that are played or binding at the optimum in floating point."""
    from scipy.optimize import linprog

    numbers = np.array([[float(item) for item in row] for row in table])
    count, size = numbers.shape
    optimum = linprog(
        [*np.zeros(count), -1.0],
        A_ub=np.hstack([-numbers.T, np.ones((size, 1))]),
        b_ub=np.zeros(size),
        A_eq=[[*np.ones(count), 0.0]],
        b_eq=[1.0],
        bounds=[(0, None)] * count + [(None, None)],
        method="highs",
    )
    if optimum.status != 0:
        return list(range(count)), list(range(size))
    # By duality the multipliers of the columns' inequalities are an optimal mixture of the column player.
    scale = NEAR * (1 + np.abs(numbers).max())
    reply = -optimum.ineqlin.marginals
    best = (numbers @ reply).max() if reply.sum() else 0.0
    rows = [i for i in range(count) if optimum.x[i] > NEAR or numbers[i] @ reply > best - scale]
    columns = [j for j in range(size) if reply[j] > NEAR or optimum.slack[j] < scale]
    return rows, columns


def _exact(table: Sequence[Sequence[Any]], rows: list[int], columns: list[int]) -> tuple[Strategy, Strategy]:
    part = [[table[i][j] for j in columns] for i in rows]
    turned = [[-part[i][j] for i in range(len(rows))] for j in range(len(columns))]
    return placed(_maximin(part), rows, len(table)), placed(_maximin(turned), columns, len(table[0]))


def _maximin(table: list[list[Any]]) -> list[Fraction]:
    """Return the mixture of rows whose least expected entry over the columns is greatest."""
    # The guaranteed amount is one of the unknowns, which are not negative: so payoffs are counted from the least one.
    least = min(min(row) for row in table)
    count = len(table)
    at_most = [([-(table[i][j] - least) for i in range(count)] + [1], 0) for j in range(len(table[0]))]
    optimum = maximize([0] * count + [1], [([1] * count + [0], 1)], at_most)
    if optimum is None:
        raise ArithmeticError("a mixture of rows always exists")
    return list(optimum.at[:count])
