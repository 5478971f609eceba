"""Strict dominance in steps: textbook games, a second opinion by linear programmes, and no equilibrium lost."""

import itertools
import random
from fractions import Fraction

import numpy as np
import pytest
from scipy.optimize import linprog

import deterrence as dt
from deterrence import matrix
from deterrence.solvers.bimatrix import vertices
from deterrence.solvers.dominance import eliminate

HALF = Fraction(1, 2)


def tables(*lists):
    return [np.array(rows, dtype=object) for rows in lists]


def random_tables(seed, shape, values):
    rng = np.random.default_rng(seed)
    return [rng.integers(0, values, size=shape).astype(object) for _ in shape]


def dominated_by_scipy(table, player):
    """Return the strategies that some mixture exceeds everywhere, by linear programmes written here."""
    rows = np.moveaxis(table.astype(float), player, 0).reshape(table.shape[player], -1)
    found = []
    for k, row in enumerate(rows):
        optimum = linprog(
            [*np.zeros(len(rows)), -1],
            A_ub=np.hstack([(row - rows).T, np.ones((rows.shape[1], 1))]),
            b_ub=np.zeros(rows.shape[1]),
            A_eq=[[*np.ones(len(rows)), 0]],
            b_eq=[1],
            bounds=[(0, None)] * len(rows) + [(None, None)],
        )
        if -optimum.fun > 1e-7:
            found.append(k)
    return found


def left_by_scipy(given):
    """Return what is left of each player's strategies when all that linear programmes rule out are gone."""
    kept = [list(range(size)) for size in given[0].shape]
    while True:
        parts = [table[np.ix_(*kept)] for table in given]
        gone = [dominated_by_scipy(part, player) for player, part in enumerate(parts)]
        if not any(gone):
            return tuple(map(tuple, kept))
        kept = [[name for k, name in enumerate(names) if k not in out] for names, out in zip(kept, gone, strict=True)]


def test_the_prisoners_dilemma_is_solved_by_one_step_each():
    left = eliminate(tables([[3, 0], [4, 1]], [[3, 4], [0, 1]]))
    assert left.kept == ((1,), (1,))
    assert [(step.player, step.strategy, step.by) for step in left.steps] == [(0, 0, ((1, 1),)), (1, 0, ((1, 1),))]


def test_a_mixture_dominates_what_no_pure_strategy_does():
    """Osborne and Rubinstein (1994), section 4.2: the third row is worse than an even mixture of the other two."""
    left = eliminate(tables([[4, 0], [0, 4], [1, 1]], [[0, 0], [0, 0], [0, 0]]))
    assert left.kept == ((0, 1), (0, 1))
    (step,) = left.steps
    assert (step.player, step.strategy) == (0, 2)
    assert sum(p for _, p in step.by) == 1
    assert all(4 * p > 1 for _, p in step.by)
    assert eliminate(tables([[4, 0], [0, 4], [1, 1]], [[0, 0], [0, 0], [0, 0]]), mixed=False).steps == ()


def test_what_is_only_as_good_as_a_mixture_stays():
    assert eliminate(tables([[4, 0], [0, 4], [2, 2]], [[0, 0], [0, 0], [0, 0]])).steps == ()


def test_margins_of_any_size_are_decided_exactly():
    tiny = Fraction(1, 10**30)
    rows = [[4, 0], [0, 4], [2 - tiny, 2 - tiny]]
    assert len(eliminate(tables(rows, [[0, 0]] * 3)).steps) == 1
    assert eliminate(tables([[4, 0], [0, 4], [2 + tiny, 2 + tiny]], [[0, 0]] * 3)).steps == ()


@pytest.mark.parametrize(("seed", "shape"), list(enumerate([(4, 4), (6, 3), (3, 7), (8, 8), (3, 3, 3), (2, 4, 3)] * 3)))
def test_linear_programmes_rule_out_the_same(seed, shape):
    given = random_tables(seed, shape, 6)
    assert eliminate(given).kept == left_by_scipy(given)


@pytest.mark.parametrize("seed", range(12))
def test_every_step_holds_among_what_was_left_before_it(seed):
    given = random_tables(seed, (9, 9), 5)
    kept = [set(range(9)), set(range(9))]
    for step in eliminate(given).steps:
        own = given[step.player] if step.player == 0 else given[1].T
        for column in kept[1 - step.player]:
            assert sum(p * own[k, column] for k, p in step.by) > own[step.strategy, column]
        assert {k for k, _ in step.by} <= kept[step.player] - {step.strategy}
        kept[step.player].remove(step.strategy)


@pytest.mark.parametrize("seed", range(15))
def test_no_equilibrium_is_lost(seed, monkeypatch):
    rng = random.Random(seed)
    rows, columns, values = rng.randint(3, 8), rng.randint(3, 8), rng.choice([3, 9])
    A, B = ([[rng.randint(0, values) for _ in range(columns)] for _ in range(rows)] for _ in "AB")
    monkeypatch.setattr(vertices, "FEW_ACTIONS", 0)
    reduced = vertices.extreme_equilibria(A, B)
    monkeypatch.setattr(vertices, "eliminate", lambda given, mixed: eliminate([t * 0 for t in given]))
    assert vertices.extreme_equilibria(A, B) == reduced


def test_the_steps_stand_on_the_answer_by_name():
    cells = {("cooperate", "cooperate"): (3, 3), ("cooperate", "defect"): (0, 4)}
    cells |= {("defect", "cooperate"): (4, 0), ("defect", "defect"): (1, 1)}
    solution = dt.solve(dt.Game(("A", "B"), matrix(cells)))
    assert [(step.player, step.strategy, step.by) for step in solution.removed] == [
        ("A", "cooperate", (("defect", 1),)),
        ("B", "cooperate", (("defect", 1),)),
    ]
    assert "A: 'cooperate' is strictly dominated by 'defect'; B: " in str(solution)


def test_a_mixture_is_named_with_its_probabilities():
    A = [[4, 0, 1], [0, 4, 1], [1, 1, 0], *[[0, 0, 5]] * 6]
    B = [list(row) for row in itertools.islice(itertools.cycle([[1, 0, 0], [0, 1, 0], [0, 0, 1]]), 9)]
    names = dt.solve(dt.bimatrix([row * 3 for row in A], [row * 3 for row in B])).removed
    assert all(str(step).startswith(step.player) for step in names)
    assert any("the mixture" in str(step) and "with probability" in str(step) for step in names)
