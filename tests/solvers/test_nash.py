"""Nash equilibrium: hand-solved games, incredible threats, degenerate games, and Gambit's answers."""

import itertools
import math
import random
from fractions import Fraction

import numpy as np
import pytest

import deterrence as dt
from deterrence import chance, end, matrix, move
from deterrence.errors import MethodError
from tests.sample_games import hidden_game, in_gambit, strike, unilateral

HALF = Fraction(1, 2)


def rows_of(solution):
    """Return the equilibria as tuples of the players' mixtures, in the order of the information sets."""
    return {tuple(tuple(row.values()) for row in each.strategies.values()) for each in solution}


def bimatrix(A, B, **options):
    solution = dt.solve(dt.bimatrix(A, B, **options), dt.Nash())
    assert solution.complete
    assert all(each.regret == 0 for each in solution)
    return solution


# -- credible and incredible threats -----------------------------------------------------------------------


def test_deterrence_by_an_incredible_threat_is_nash_and_marked():
    """Where war costs 8 and the loss 6, striking is safe; but a threat of 4/9 or more, if believed, deters."""
    solution = dt.solve(strike.at(war=8), dt.Nash())
    assert solution.complete
    found = {
        (each.strategies["Challenger"]["strike"], each.strategies["Defender"]["retaliate"]): each for each in solution
    }
    assert set(found) == {(1, 0), (0, 1), (0, Fraction(4, 9))}
    assert dict(found[1, 0].refinements) == {"subgame perfect": True}
    assert dict(found[0, 1].refinements) == {"subgame perfect": False}
    assert dict(found[0, Fraction(4, 9)].refinements) == {"subgame perfect": False}
    assert "threat that would not be carried out" in str(found[0, 1])


def test_the_incredible_threats_form_a_continuum():
    solution = dt.solve(strike.at(war=8), dt.Nash())
    assert sorted(len(component.equilibria) for component in solution.components) == [1, 2]
    assert solution.status == "solved; some equilibria form a continuum, of which the extreme ones are listed"
    assert "Every mixture of the strategies of equilibria" in str(solution)


def test_at_the_defaults_only_deterrence_is_nash():
    solution = dt.solve(strike, dt.Nash())
    assert {tuple(each.outcomes.values()) for each in solution} == {(1, 0, 0)}


def test_choices_that_a_player_rules_out_itself_are_completed_by_a_best_one():
    fight = move("A", bad=end("bad", -5, 0), good=end("good", 3, 0))
    game = dt.Game(("A", "B"), move("A", out=end("out", 9, 0), enter=move("B", go=fight)))
    (equilibrium,) = dt.solve(game, dt.Nash())
    assert equilibrium.strategies["A | enter, go"] == {"bad": 0, "good": 1}
    assert equilibrium.refinements["subgame perfect"] is True


# -- tables solved by hand -----------------------------------------------------------------------------------


def test_matching_pennies_is_mixed():
    solution = bimatrix([[1, -1], [-1, 1]], [[-1, 1], [1, -1]])
    assert rows_of(solution) == {((HALF, HALF), (HALF, HALF))}
    assert solution.status == "solved"


def test_a_dominant_action_is_the_one_equilibrium():
    assert rows_of(bimatrix([[3, 1], [4, 2]], [[3, 4], [1, 2]])) == {((0, 1), (0, 1))}


def test_rock_paper_scissors_has_one_equilibrium():
    A = [[0, -1, 1], [1, 0, -1], [-1, 1, 0]]
    third = (Fraction(1, 3),) * 3
    assert rows_of(bimatrix(A, [[-x for x in row] for row in A])) == {(third, third)}


def test_decimals_are_solved_exactly():
    solution = bimatrix([["0.1", "0.4"], ["0.3", "0.2"]], [["0.3", "0.1"], ["0.2", "0.5"]])
    assert rows_of(solution) == {((Fraction(3, 5), Fraction(2, 5)), (HALF, HALF))}


def test_a_game_of_ties_alone_is_one_component():
    solution = bimatrix([[1, 1], [1, 1]], [[2, 2], [2, 2]])
    assert len(solution) == 4
    (component,) = solution.components
    assert component.equilibria == (0, 1, 2, 3)
    assert (len(component.xs), len(component.ys)) == (2, 2)
    assert not component.is_point


def test_a_degenerate_game_has_components_that_meet():
    """Row 1 is as good as row 2 against column 1 alone; Column is indifferent against row 1 alone."""
    solution = bimatrix([[1, 1], [1, 0]], [[1, 1], [1, 0]])
    pure = {((1, 0), (1, 0)), ((1, 0), (0, 1)), ((0, 1), (1, 0))}
    assert rows_of(solution) == pure
    sizes = sorted((len(each.xs), len(each.ys)) for each in solution.components)
    assert sizes == [(1, 2), (2, 1)]


def test_a_generic_game_has_points_alone():
    solution = bimatrix([[3, 2], [4, 1]], [[3, 4], [2, 1]])
    assert rows_of(solution) == {((1, 0), (0, 1)), ((0, 1), (1, 0)), ((HALF, HALF), (HALF, HALF))}
    assert all(component.is_point for component in solution.components)


# -- one player, or players who never move ---------------------------------------------------------------------


def test_a_single_mover_takes_the_best():
    solution = dt.solve(dt.Game(("A",), move("A", x=end("x", 1), y=end("y", 2), z=end("z", 0))), dt.Nash())
    assert rows_of(solution) == {((0, 1, 0),)}


def test_a_single_mover_who_is_indifferent_has_a_continuum():
    solution = dt.solve(dt.Game(("A",), move("A", x=end("x", 2), y=end("y", 2), z=end("z", 0))), dt.Nash())
    assert rows_of(solution) == {((1, 0, 0),), ((0, 1, 0),)}
    assert "continuum" in solution.status


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_bystander_changes_nothing(place):
    players = ["A", "B"]
    players.insert(place, "Bystander")
    cells = {("x", "x"): (3, 3), ("x", "y"): (2, 4), ("y", "x"): (4, 2), ("y", "y"): (1, 1)}

    def payoffs(key):
        row = list(cells[key])
        row.insert(place, 7)
        return tuple(row)

    game = dt.Game(tuple(players), matrix({key: payoffs(key) for key in cells}, players=("A", "B")))
    solution = dt.solve(game, dt.Nash())
    assert solution.complete
    assert rows_of(solution) == {((1, 0), (0, 1)), ((0, 1), (1, 0)), ((HALF, HALF), (HALF, HALF))}
    assert {each.payoffs["Bystander"] for each in solution} == {7}


def test_nobody_moves():
    (equilibrium,) = dt.solve(dt.Game(("A", "B"), end("peace", 1, 2)), dt.Nash())
    assert equilibrium.payoffs == {"A": 1, "B": 2}


# -- more than two players -------------------------------------------------------------------------------------


def three_players(payoffs):
    cells = {key: payoffs[key] for key in itertools.product("xy", repeat=3)}
    return dt.Game(("A", "B", "C"), matrix(cells))


@pytest.mark.parametrize("seed", range(30))
def test_all_pure_equilibria_of_three_players_are_found(seed):
    rng = random.Random(seed)
    cells = {key: tuple(rng.randrange(4) for _ in range(3)) for key in itertools.product("xy", repeat=3)}

    def stable(key):
        others = [tuple("yx"[k == "y"] if i == j else k for j, k in enumerate(key)) for i in range(3)]
        return all(cells[key][i] >= cells[other][i] for i, other in enumerate(others))

    expected = {key for key in cells if stable(key)}
    solution = dt.solve(three_players(cells), dt.Nash())
    pure = [each for each in solution if all(p in (0, 1) for row in each.behaviour for p in row)]
    found = {tuple(next(a for a, p in row.items() if p) for row in each.strategies.values()) for each in pure}
    assert found == expected
    assert all(each.regret < Fraction(1, 10**12) for each in solution)


def test_three_players_who_chase_one_another_mix_evenly():
    """A wants to match B, B to match C, C to differ from A: matching pennies in a circle."""
    cells = {(a, b, c): (int(a == b), int(b == c), int(c != a)) for a, b, c in itertools.product("xy", repeat=3)}
    solution = dt.solve(three_players(cells))
    assert (len(solution), solution.complete, solution.status) == (1, True, "solved")
    assert set(itertools.chain.from_iterable(solution[0].behaviour)) == {Fraction(1, 2)}


def test_nine_equilibria_of_three_players_are_found():
    """The example of McKelvey and McLennan that Gambit ships: nine is the most a regular 2 x 2 x 2 game can have."""
    table = {"xxx": (9, 8, 12), "yyx": (9, 8, 2), "xyy": (3, 4, 6), "yxy": (3, 4, 4)}
    cells = {key: table.get("".join(key), (0, 0, 0)) for key in itertools.product("xy", repeat=3)}
    solution = dt.solve(three_players(cells))
    assert (len(solution), solution.complete) == (9, True)


@pytest.mark.parametrize("seed", range(40))
def test_mixed_equilibria_of_three_players_are_those_of_gambit(seed):
    """Each of Gambit's is ours, to 6 digits; ours have no regret, and their number is odd (Wilson 1971).

    Gambit's solver searches in floating point and misses some.
    """
    gambit = pytest.importorskip("pygambit")
    rng = random.Random(seed)
    cells = {key: tuple(rng.randrange(100) for _ in range(3)) for key in itertools.product("xy", repeat=3)}
    solution = dt.solve(three_players(cells))
    assert solution.complete
    ours = {tuple(round(float(row[0]), 6) for row in each.behaviour) for each in solution}
    arrays = [np.array([cells[key][i] for key in itertools.product("xy", repeat=3)]).reshape(2, 2, 2) for i in range(3)]
    other = gambit.Game.from_arrays(*arrays)
    theirs = {
        tuple(round(float(profile[next(iter(player.strategies))]), 6) for player in other.players)
        for profile in gambit.nash.enumpoly_solve(other).equilibria
    }
    assert theirs <= ours
    assert len(solution) % 2 == 1
    assert all(each.regret < Fraction(1, 10**12) for each in solution)


@pytest.mark.parametrize("count", [4, 5])
def test_players_who_each_may_spoil_a_good_have_a_symmetric_equilibrium_in_one_probability(count):
    """Volunteer's dilemma (Diekmann 1985): with cost 1 and good 3 each volunteers with 1 - (1/3)**(1/(n-1))."""
    names = "ABCDE"[:count]
    cells = {
        key: tuple(3 * ("v" in key) - (k == "v") for k in key) for key in itertools.product(("v", "w"), repeat=count)
    }
    solution = dt.solve(dt.Game(tuple(names), matrix(cells)))
    assert solution.complete
    alike = [each for each in solution if len({row[0] for row in each.behaviour}) == 1]
    assert [float(each.behaviour[0][0]) for each in alike] == pytest.approx([1 - (1 / 3) ** (1 / (count - 1))])


def test_a_tree_of_three_movers_is_solved_on_its_strategic_form():
    cells = {(a, b, c): (int(a == b), int(b == c), int(c != a)) for a, b, c in itertools.product("xy", repeat=3)}

    def third(a, b):
        return move("C", {c: end(a + b + c, *cells[a, b, c]) for c in "xy"}, information="C")

    def second(a):
        return move("B", {b: third(a, b) for b in "xy"}, information="B")

    wide = move("A", {"x": second("x"), "y": second("y"), "z": end("out", -1, 0, 0)}, information="A")
    solution = dt.solve(dt.Game(("A", "B", "C"), wide), dt.Nash())
    assert solution.complete
    assert [each.strategies["A"]["x"] for each in solution] == [Fraction(1, 2)]


def test_nash_is_the_default_of_one_simultaneous_move_alone():
    assert dt.solve(dt.bimatrix([[1, 0], [0, 1]], [[1, 0], [0, 1]])).method == dt.Nash()
    assert dt.solve(unilateral).method == dt.PerfectBayesian()


def test_the_search_stops_at_its_limit_and_says_so():
    rng = random.Random(1)
    A, B = ([[rng.randrange(100) for _ in range(8)] for _ in range(8)] for _ in range(2))
    solution = dt.solve(dt.bimatrix(A, B), dt.Nash(limit=5))
    assert not solution.complete
    assert "limit of 5 vertices" in solution.status


def wide_tree(players=("A", "B")):
    leaf = end("only", *[0] * len(players))
    node = leaf
    for player in reversed(players):
        node = move(player, x=node, y=leaf)
    return dt.Game(players, chance({f"d{i}": (Fraction(1, 9), node) for i in range(9)}))


def test_a_strategic_form_too_large_to_be_written_leaves_one_equilibrium():
    solution = dt.solve(wide_tree(), dt.Nash())
    assert len(solution) == 1
    assert solution[0].regret == 0
    assert not solution.complete
    assert "512 x 512 = 262,144 cells; the limit is 200,000" in solution.status
    assert "one equilibrium is given, found by complementary pivoting" in solution.status
    with pytest.raises(MethodError, match="512 x 512 = 262,144 cells; the limit is 200,000"):
        wide_tree().strategic_form()


# -- Gambit ------------------------------------------------------------------------------------------------------


def random_bimatrix(seed):
    """Return a random game of up to 5 by 5; every third one is full of ties."""
    rng = random.Random(seed)
    rows, columns = rng.randint(1, 5), rng.randint(1, 5)
    values = range(3) if seed % 3 == 0 else range(100)
    return tuple([[rng.choice(values) for _ in range(columns)] for _ in range(rows)] for _ in range(2))


def gambit_equilibria(game):
    pygambit = pytest.importorskip("pygambit")
    found = pygambit.nash.enummixed_solve(game, rational=True).equilibria
    return [
        tuple(tuple(Fraction(str(profile[s])) for s in player.strategies) for player in game.players)
        for profile in found
    ]


@pytest.mark.parametrize("seed", range(150))
def test_extreme_equilibria_are_those_of_gambit(seed):
    pygambit = pytest.importorskip("pygambit")
    A, B = random_bimatrix(seed)
    expected = gambit_equilibria(pygambit.Game.from_arrays(A, B))
    solution = bimatrix(A, B)
    assert rows_of(solution) == set(expected)
    assert len(solution) == len(set(expected))


def cells(seed):
    return math.prod(len(some) for some in hidden_game(seed).strategic_form().strategies.values())


SMALL = [seed for seed in range(40) if cells(seed) <= 36][:20]
"""Gambit takes its time over larger ones."""


@pytest.mark.parametrize("seed", SMALL)
def test_a_trees_nash_equilibria_are_those_of_gambit(seed):
    pygambit = pytest.importorskip("pygambit")
    game = hidden_game(seed)
    other = in_gambit(game)
    expected = sorted(
        tuple(Fraction(str(profile.payoff(player))) for player in other.players)
        for profile in pygambit.nash.enummixed_solve(other, rational=True).equilibria
    )
    solution = dt.solve(game, dt.Nash())
    assert solution.complete
    assert all(each.regret == 0 for each in solution)
    assert sorted(tuple(map(Fraction, each.payoffs.values())) for each in solution) == expected
