"""One certified equilibrium where not all can be listed: for every concept, and never one that fails a check."""

import itertools
import random
from fractions import Fraction

import pytest

import deterrence as dt
from deterrence import chance, end, matrix, move
from deterrence.errors import MethodError
from deterrence.solvers import one_equilibrium
from deterrence.solvers.supports.consistency import is_consistent
from tests.random_games import random_game
from tests.sample_games import attribution, strike, unilateral
from tests.solvers.sequences.test_pivoting import poker

HALF = Fraction(1, 2)


def random_table(seed, rows, columns, values=50):
    rng = random.Random(seed)
    return dt.bimatrix(*([[rng.randint(-values, values) for _ in range(columns)] for _ in range(rows)] for _ in "AB"))


def three_pennies():
    """Jordan (1993), "Three problems in learning mixed-strategy Nash equilibria": one equilibrium, all even."""
    cells = {}
    for a, b, c in itertools.product("ht", repeat=3):
        cells[f"a {a}", f"b {b}", f"c {c}"] = (int(a == b), int(b == c), int(c != a))
    return dt.Game(("A", "B", "C"), matrix(cells))


def checked_alone(solution):
    """Return the only equilibrium of an incomplete solution that says how it was found."""
    assert len(solution) == 1
    assert not solution.complete
    assert "one equilibrium is given, found " in solution.status
    assert solution[0].regret == 0
    return solution[0]


# -- tables ----------------------------------------------------------------------------------------------------------


def test_a_table_of_16_by_22_gets_one_equilibrium_long_before_its_vertices_are_listed():
    solution = dt.solve(random_table(11, 16, 22))
    equilibrium = checked_alone(solution)
    assert equilibrium.concept == "Nash equilibrium"
    assert solution.status.startswith("stopped at the limit of 200000 vertices")


def test_a_low_limit_leaves_one_equilibrium_of_those_that_there_are():
    game = random_table(1, 8, 8)
    (equilibrium,) = dt.solve(game, dt.Nash(limit=5))
    every = dt.solve(game)
    assert every.complete
    assert equilibrium.behaviour in [each.behaviour for each in every]


@pytest.mark.parametrize("total", [0, 3])
def test_the_payoffs_of_a_zero_sum_game_are_those_of_its_other_equilibria(total):
    rng = random.Random(4)
    table = [[rng.randint(-9, 9) for _ in range(9)] for _ in range(9)]
    game = dt.bimatrix(table, [[total - item for item in row] for row in table])
    solution = dt.solve(game, dt.Nash(limit=20))
    assert "every other one has the same payoffs, as the game is zero-sum" in solution.status
    assert {tuple(checked_alone(solution).payoffs.items())} == {tuple(e.payoffs.items()) for e in dt.solve(game)}


def test_the_game_of_three_cards_by_whole_plans():
    """Kuhn (1950): -1/18 to the first player."""
    equilibrium = checked_alone(dt.solve(poker(3), dt.Nash()))
    assert equilibrium.payoffs["One"] == Fraction(-1, 18)


# -- trees -----------------------------------------------------------------------------------------------------------


def test_a_search_that_would_not_end_is_given_up_early():
    solution = dt.solve(poker(24))
    assert checked_alone(solution).concept == "perfect Bayesian equilibrium"
    assert "the search was stopped after 16 partial patterns" in solution.status
    assert "beyond its limit of 50000" in solution.status


@pytest.mark.parametrize("method", [dt.PerfectBayesian(limit=1), dt.Sequential(limit=1)])
@pytest.mark.parametrize("game", [unilateral, attribution, attribution.at(detection=1), poker(3)])
def test_at_the_limit_one_sequential_equilibrium_is_given(game, method):
    equilibrium = checked_alone(dt.solve(game, method))
    assert equilibrium.concept == method.concept
    assert is_consistent(game.form, game.numbers, equilibrium.behaviour, equilibrium.belief)


def holds(listed, one):
    """Tell whether an equilibrium of a whole search is another one, or a family that has it in it."""
    if listed.family is None:
        return listed.behaviour == one.behaviour
    return listed.family.closure_contains(one.behaviour, one.belief)


def test_the_one_is_among_those_that_a_whole_search_lists():
    compared = 0
    for seed in range(40):
        game = random_game(seed)
        whole = dt.solve(game, dt.PerfectBayesian()) if game and len(game.players) == 2 else None
        if whole is None or not whole.complete:
            continue
        for each in dt.solve(game, dt.PerfectBayesian(limit=1)):
            assert each.pattern in {listed.pattern for listed in whole}, seed
            assert any(holds(listed, each) for listed in dt.PerfectBayesian().equilibria_of(game, each.pattern)), seed
            compared += 1
    assert compared > 10


def test_ties_beyond_the_limit_leave_a_subgame_perfect_equilibrium():
    tied = move("A", l=move("B", l=end("a", 1, 1), r=end("b", 0, 1)), r=end("c", HALF, 0))
    solution = dt.solve(dt.Game(("A", "B"), tied), dt.SubgamePerfect(limit=1))
    assert len(solution) == 1
    assert solution[0].regret == 0


def test_nothing_is_added_where_something_was_found():
    assert "one equilibrium is given" not in dt.solve(strike).status
    assert "one equilibrium is given" not in dt.solve(unilateral).status


# -- more players ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", [dt.Nash(most_supports=1), dt.PerfectBayesian(limit=1), dt.Sequential(limit=1)])
def test_three_players_get_one_from_the_support_that_quantal_response_comes_to(method):
    solution = dt.solve(three_pennies(), method)
    equilibrium = checked_alone(solution)
    assert "quantal response" in solution.status
    assert {p for row in equilibrium.behaviour for p in row} == {HALF}


@pytest.mark.parametrize("seed", range(40))
def test_random_games_of_more_players_get_a_checked_one_or_none(seed):
    game = random_game(1000 + seed)
    if game is None or len(game.players) < 3:
        pytest.skip("no such game")
    solution = dt.solve(game, dt.PerfectBayesian(limit=1))
    assert all(each.regret <= Fraction(1, 10**12) for each in solution)


def test_a_game_too_large_for_either_way_is_refused_as_before(monkeypatch):
    monkeypatch.setattr(one_equilibrium, "quasi_perfect", lambda *_: None)
    monkeypatch.setattr(one_equilibrium.OneEquilibrium, "_patterns", lambda self: iter(()))
    leaf = end("only", 0, 0)
    nine = {f"d{i}": (Fraction(1, 9), move("A", x=leaf, y=move("B", x=leaf, y=leaf))) for i in range(9)}
    with pytest.raises(MethodError, match="512 x 512 = 262,144 cells; the limit is 200,000"):
        dt.solve(dt.Game(("A", "B"), chance(nine)), dt.Nash())


def test_what_fails_the_check_is_not_listed(monkeypatch):
    def wrong(form, numbers):
        return [(1, *[0] * (len(names) - 1)) for names in form.actions_of], [
            (Fraction(1, len(nodes)),) * len(nodes) for nodes in form.nodes_of
        ]

    monkeypatch.setattr(one_equilibrium, "quasi_perfect", wrong)
    solution = dt.solve(poker(3), dt.PerfectBayesian(limit=1))
    assert len(solution) == 0
    assert solution.status == "incomplete: the search stopped at its limit of 1 partial patterns"
