"""Zero-sum games by linear programming, exact where the enumeration of vertices would be too long."""

import random
from fractions import Fraction

import numpy as np
import pytest
from scipy.optimize import linprog

import deterrence as dt
from deterrence.solvers.bimatrix.zero_sum import constant_sum, minimax


def game(table, total=0):
    return dt.bimatrix(table, [[total - item for item in row] for row in table])


def value_by_scipy(table):
    """Return the value of a zero-sum game by a linear programme in floating point, written here."""
    numbers = np.array(table, dtype=float)
    rows, columns = numbers.shape
    found = linprog(
        [*np.zeros(rows), -1],
        A_ub=np.hstack([-numbers.T, np.ones((columns, 1))]),
        b_ub=np.zeros(columns),
        A_eq=[[*np.ones(rows), 0]],
        b_eq=[1],
        bounds=[(0, None)] * rows + [(None, None)],
    )
    return -found.fun


def test_rock_paper_scissors_is_mixed_evenly():
    third = Fraction(1, 3)
    assert minimax([[0, -1, 1], [1, 0, -1], [-1, 1, 0]]) == ((third,) * 3, (third,) * 3)


@pytest.mark.parametrize("seed", range(12))
def test_the_value_is_that_of_an_independent_linear_programme(seed):
    rng = random.Random(seed)
    rows, columns = rng.randint(1, 9), rng.randint(1, 9)
    table = [[rng.randint(-5, 5) for _ in range(columns)] for _ in range(rows)]
    x, y = minimax(table)
    value = sum(p * q * table[i][j] for i, p in enumerate(x) for j, q in enumerate(y))
    assert float(value) == pytest.approx(value_by_scipy(table), abs=1e-9)
    assert all(sum(p * table[i][j] for i, p in enumerate(x)) >= value for j in range(columns))
    assert all(sum(q * table[i][j] for j, q in enumerate(y)) <= value for i in range(rows))


def test_beyond_the_limit_a_zero_sum_game_still_gets_an_exact_equilibrium():
    rng = random.Random(4)
    table = [[rng.randint(-9, 9) for _ in range(16)] for _ in range(16)]
    solution = dt.solve(game(table, total=3), dt.Nash(limit=50))
    assert len(solution) == 1
    assert solution[0].regret == 0
    assert not solution.complete
    assert "zero-sum" in solution.status
    assert sum(solution[0].payoffs.values()) == 3


def test_beyond_the_limit_another_game_says_that_the_search_stopped():
    rng = random.Random(5)
    tables = [[[rng.randint(-9, 9) for _ in range(12)] for _ in range(12)] for _ in range(2)]
    solution = dt.solve(dt.bimatrix(*tables), dt.Nash(limit=20))
    assert len(solution) == 0
    assert not solution.complete
    assert solution.status.startswith("stopped at the limit of 20 vertices")


def test_constant_sums_are_told_from_others():
    assert constant_sum([[1, 2]], [[3, 2]])
    assert not constant_sum([[1, 2]], [[3, 3]])
