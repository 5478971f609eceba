"""Committed threats against the payoffs of the work, written down apart from the tree."""

from fractions import Fraction

import numpy as np

from deterrence import models
from deterrence.solvers.nash import Nash


def payoffs(s, t, q, p, r2, r3, c2, c3):
    """Return both sides' payoffs where they cooperate with s and t and retaliate with q and p."""
    row = s * t * r3 + (1 - s) * t * (1 - p) + s * (1 - t) * (1 - q) * r2
    column = s * t * c3 + s * (1 - t) * (1 - q) + (1 - s) * t * (1 - p) * c2
    return row, column


def no_corner_is_better(s, t, q, p, payoff_values):
    """Tell whether no pure deviation in cooperation alone gains; payoffs are linear in each."""
    row, column = payoffs(s, t, q, p, *payoff_values)
    best_row = max(payoffs(other, t, q, p, *payoff_values)[0] for other in (0, 1))
    best_column = max(payoffs(s, other, q, p, *payoff_values)[1] for other in (0, 1))
    return row >= best_row and column >= best_column


def random_values(rng):
    r2, r3 = sorted(Fraction(int(n), 100) for n in rng.choice(np.arange(1, 100), size=2, replace=False))
    c2, c3 = sorted(Fraction(int(n), 100) for n in rng.choice(np.arange(1, 100), size=2, replace=False))
    return r2, r3, c2, c3


def test_pure_equilibria_under_committed_threats_are_the_corners_without_a_better_deviation():
    rng = np.random.default_rng(1985)
    model = models.load("committed_threats")
    for _ in range(25):
        values = random_values(rng)
        q, p = (Fraction(int(n), 101) for n in rng.integers(0, 102, size=2))
        named = dict(
            zip(("row_preempted", "row_status_quo", "column_preempted", "column_status_quo"), values, strict=True)
        )
        found = model.solve(row_threat=q, column_threat=p, **named)
        pairs = {tuple(one.strategies[player]["cooperate"] for player in ("Row", "Column")) for one in found}
        corners = {(s, t) for s in (0, 1) for t in (0, 1) if no_corner_is_better(s, t, q, p, values)}
        assert {pair for pair in pairs if set(pair) <= {0, 1}} == corners


def test_every_extreme_nash_equilibrium_of_the_game_of_threats_survives_all_corners():
    model = models.load("deterrence_game")
    rng = np.random.default_rng(1987)
    for _ in range(10):
        values = random_values(rng)
        named = dict(
            zip(("row_preempted", "row_status_quo", "column_preempted", "column_status_quo"), values, strict=True)
        )
        for one in model.solve(Nash(), **named):
            s, t = (one.strategies[player]["cooperate"] for player in ("Row", "Column"))
            q, p = (one.strategies[f"{player}, preempted"]["retaliate"] for player in ("Row", "Column"))
            row, column = payoffs(s, t, q, p, *values)
            assert row == one.payoffs["Row"] >= max(payoffs(a, t, b, p, *values)[0] for a in (0, 1) for b in (0, 1))
            assert column == one.payoffs["Column"]
            assert column >= max(payoffs(s, a, q, b, *values)[1] for a in (0, 1) for b in (0, 1))
