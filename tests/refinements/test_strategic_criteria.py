"""Perfection and dominance in two-player games: textbook cases and hand calculation."""

from fractions import Fraction

import pytest

import deterrence as dt
from deterrence import end, move
from deterrence.errors import MethodError
from deterrence.games.game import Game
from deterrence.refinements import (
    distinct_outcomes,
    payoff_dominant,
    risk_dominant,
    trembling_hand_perfect,
    undominated,
)

CD = (("C", "D"), ("C", "D"))


def symmetric(T, R, P, S):
    """Return a 2x2 crisis game (Snyder and Diesing 1977): T for D against C, R for both C, and so on."""
    return dt.bimatrix([[R, S], [T, P]], [[R, T], [S, P]], actions=CD)


def outcomes(solution):
    return [name for e in solution for name, p in e.outcomes.items() if p == 1]


# -- trembling hands ------------------------------------------------------------------------------------


def test_a_weakly_dominated_equilibrium_is_not_perfect():
    # By hand: (second, second) is an equilibrium at (0, 0), and each player's first never does worse.
    game = dt.bimatrix([[1, 0], [0, 0]], [[1, 0], [0, 0]], actions=(("first", "second"),) * 2)
    solution = dt.solve(game)
    assert len(solution) == 2
    kept = trembling_hand_perfect(solution)
    assert outcomes(kept) == ["first, first"]
    assert "equilibrium 2 is removed: the strategy of Row is weakly dominated by 'first'" in kept.status
    assert kept.complete


def test_myersons_three_by_three_game_keeps_two_perfect_equilibria():
    # Myerson (1978), table 2: (1, 1), (2, 2) and (3, 3) are equilibria; (3, 3) is not perfect.
    A = [[1, 0, -9], [0, 0, -7], [-9, -7, -7]]
    solution = dt.solve(dt.bimatrix(A, A, actions=(("1", "2", "3"),) * 2))
    assert {"1, 1", "2, 2", "3, 3"} == set(outcomes(solution))
    assert set(outcomes(trembling_hand_perfect(solution))) == {"1, 1", "2, 2"}


def test_a_strategy_dominated_by_a_mixture_alone_counts():
    # By hand: (1, 1, 1) is below half of (3, 0, 1) and half of (0, 3, 1), but below neither of the two alone.
    A = [[3, 0, 1], [0, 3, 1], [1, 1, 1]]
    B = [[0, 0, 1], [0, 0, 1], [0, 0, 1]]
    solution = dt.solve(dt.bimatrix(A, B, actions=(("up", "down", "middle"), ("l", "r", "sure"))))
    kept = trembling_hand_perfect(solution)
    assert set(outcomes(kept)) == {"up, sure", "down, sure"}
    assert "dominated by a mixture of 'up' and 'down'" in kept.status


def test_a_mixture_of_undominated_strategies_may_be_dominated():
    # By hand: half of (1, 2, 0) and half of (1, 0, 2) is (1, 1, 1), below (1, 3/2, 3/2).
    half = Fraction(3, 2)
    A = [[1, 2, 0], [1, 0, 2], [1, half, half]]
    B = [[1, 0, 0]] * 3
    solution = dt.solve(dt.bimatrix(A, B))
    assert not solution.components[0].is_point
    kept = trembling_hand_perfect(solution)
    assert len(kept) == 3
    assert not kept.components
    assert "mixtures between the equilibria listed do not all pass" in kept.status


def test_a_convex_set_of_perfect_equilibria_stays_one():
    # By hand: Row's two actions pay the same everywhere, so none is dominated.
    kept = trembling_hand_perfect(dt.solve(dt.bimatrix([[1, 0], [1, 0]], [[1, 0], [1, 0]])))
    assert len(kept) == 2
    assert [c.equilibria for c in kept.components] == [(0, 1)]


def test_perfection_works_on_the_tree_of_two_players():
    # By hand: an entry game; fighting entry is weakly dominated.
    tree = move(
        "Entrant", out=end("out", 0, 2), enter=move("Incumbent", fight=end("fight", -1, -1), share=end("share", 1, 1))
    )
    game = Game(("Entrant", "Incumbent"), tree, name="entry")
    solution = dt.solve(game, dt.Nash())
    assert any(e.outcomes["out"] == 1 for e in solution)
    assert {e.outcomes["share"] for e in trembling_hand_perfect(solution)} == {1}


def test_three_players_are_refused_and_pointed_to_the_weaker_test():
    tree = dt.matrix({(a, b, c): (0, 0, 0) for a in "xy" for b in "xy" for c in "xy"})
    solution = dt.solve(Game(("One", "Two", "Three"), tree, name="three"))
    with pytest.raises(MethodError, match="undominated"):
        trembling_hand_perfect(solution)
    assert len(undominated(solution)) == len(solution)


# -- risk and payoff dominance ---------------------------------------------------------------------------


def test_standing_firm_is_risk_dominant_in_the_stag_hunt():
    # Snyder and Diesing's stag hunt with T=8, R=9, P=5, S=0 (Harsanyi and Selten 1988): products 1 < 25.
    solution = dt.solve(symmetric(T=8, R=9, P=5, S=0))
    assert len(solution) == 3
    kept = risk_dominant(solution)
    assert outcomes(kept) == ["D, D"]
    assert "its Nash product is 1, against 25" in kept.status
    assert outcomes(payoff_dominant(solution)) == ["C, C"]


def test_where_suspicion_is_cheap_cooperation_is_risk_dominant_too():
    # By hand: (9 - 2)^2 > (5 - 4)^2.
    solution = dt.solve(symmetric(T=2, R=9, P=5, S=4))
    assert outcomes(risk_dominant(solution)) == outcomes(payoff_dominant(solution)) == ["C, C"]


def test_in_symmetric_chicken_neither_dominates():
    solution = dt.solve(symmetric(T=4, R=3, P=1, S=2))
    kept = risk_dominant(solution)
    assert set(outcomes(kept)) == {"C, D", "D, C"}
    assert "neither risk-dominates the other" in kept.status
    kept = payoff_dominant(solution)
    assert len(kept) == 3
    assert "no one of them payoff-dominates all others" in kept.status


def test_who_loses_more_by_yielding_prevails_in_asymmetric_chicken():
    # By hand: at (D, C) losses are 6 - 3 and 2 - 1, at (C, D) they are 1 each: products 3 and 1.
    game = dt.bimatrix([[3, 2], [6, 1]], [[3, 4], [2, 1]], actions=CD)
    assert outcomes(risk_dominant(dt.solve(game))) == ["D, C"]


def test_with_one_strict_equilibrium_there_is_nothing_to_compare():
    kept = risk_dominant(dt.solve(symmetric(T=4, R=3, P=2, S=1)))
    assert outcomes(kept) == ["D, D"]
    assert "no two strict equilibria" in kept.status


def test_risk_dominance_refuses_other_sizes():
    with pytest.raises(MethodError, match="'bimatrix' has 3 x 3"):
        risk_dominant(dt.solve(dt.bimatrix([[1, 0, 0]] * 3, [[1, 0, 0]] * 3)))


# -- outcomes ----------------------------------------------------------------------------------------------


def test_equilibria_that_differ_off_the_path_are_one_outcome():
    tree = move(
        "Entrant", out=end("out", 0, 2), enter=move("Incumbent", fight=end("fight", -1, -1), share=end("share", 1, 1))
    )
    solution = dt.solve(Game(("Entrant", "Incumbent"), tree, name="entry"), dt.Nash())
    groups = distinct_outcomes(solution)
    assert groups == solution.distinct_outcomes()
    assert sorted(group[0].outcomes["out"] for group in groups) == [0, 1]


def test_refinements_apply_one_after_the_other():
    solution = dt.solve(symmetric(T=8, R=9, P=5, S=0))
    kept = risk_dominant(trembling_hand_perfect(solution))
    assert outcomes(kept) == ["D, D"]
    assert "before that: 3 of 3 pass the test of trembling-hand perfection" in kept.status
