"""Complementary pivoting: exact equilibria of tables and trees, held against hand calculations, HiGHS and Gambit."""

import itertools
from fractions import Fraction

import numpy as np
import pytest
from scipy.optimize import linprog

import deterrence as dt
from deterrence import chance, end, move
from deterrence.answers.solution import Equilibrium
from deterrence.solvers.sequences import pivoting
from deterrence.solvers.sequences.quasi_perfect import quasi_perfect
from deterrence.solvers.sequences.stages import choosing_players
from deterrence.solvers.sequences.tables import minimax, table_equilibrium
from deterrence.solvers.supports.consistency import is_consistent
from tests.random_games import random_game
from tests.sample_games import attribution, gambit_profile, hidden_game, in_gambit


def poker(cards):
    """Return the betting game of Kuhn (1950) with so many cards: stakes of one, and one bet of one."""

    def deal(mine, yours):
        sign = 1 if mine > yours else -1
        called = end("called", 2 * sign, -2 * sign)
        raised = move("Two", fold=end("folded", 1, -1), call=called, information=f"Two {yours}, bet")
        answer = move("One", fold=end("folded", -1, 1), call=called, information=f"One {mine}, raised")
        checked = move("Two", check=end("shown", sign, -sign), bet=answer, information=f"Two {yours}, checked")
        return move("One", check=checked, bet=raised, information=f"One {mine}")

    pairs = list(itertools.permutations(range(cards), 2))
    odds = Fraction(1, len(pairs))
    return dt.Game(("One", "Two"), chance({f"{a}-{b}": (odds, deal(a, b)) for a, b in pairs}), name="poker")


def found(game):
    """Return the equilibrium that pivoting finds, with its beliefs."""
    behaviour, beliefs = quasi_perfect(game.form, game.numbers)
    return Equilibrium(game, "sequential equilibrium", tuple(behaviour), tuple(beliefs))


def is_sequential(equilibrium):
    """Tell by the library's other checks: no gain at any information set, beliefs as limits of Bayes' rule."""
    game = equilibrium.game
    consistent = is_consistent(game.form, game.numbers, equilibrium.behaviour, equilibrium.belief)
    return equilibrium.regret == 0 and consistent


def regret(A, B, x, y):
    """Return what the two gain at most, written here."""
    rows, columns = np.array(A, dtype=object) @ list(y), list(x) @ np.array(B, dtype=object)
    return max(max(rows) - sum(rows * x), max(columns) - sum(columns * y))


# -- tables ----------------------------------------------------------------------------------------------------------


def value_by_scipy(table):
    """Return the value of a zero-sum game by a linear programme in floating point, written here."""
    numbers = np.array(table, dtype=float)
    rows, columns = numbers.shape
    optimum = linprog(
        [*np.zeros(rows), -1],
        A_ub=np.hstack([-numbers.T, np.ones((columns, 1))]),
        b_ub=np.zeros(columns),
        A_eq=[[*np.ones(rows), 0]],
        b_eq=[1],
        bounds=[(0, None)] * rows + [(None, None)],
    )
    return -optimum.fun


def test_rock_paper_scissors_is_mixed_evenly():
    third = Fraction(1, 3)
    assert minimax(np.array([[0, -1, 1], [1, 0, -1], [-1, 1, 0]])) == ((third,) * 3, (third,) * 3)


@pytest.mark.parametrize("seed", range(12))
def test_the_value_of_a_zero_sum_table_is_that_of_an_independent_linear_programme(seed):
    rng = np.random.default_rng(seed)
    table = rng.integers(-5, 6, size=rng.integers(1, 10, size=2))
    x, y = minimax(table)
    value = x @ table @ np.array(y)
    assert float(value) == pytest.approx(value_by_scipy(table), abs=1e-9)
    assert regret(table, -table, x, y) == 0


@pytest.mark.parametrize(("values", "shape"), [(2, (6, 6)), (3, (9, 5)), (100, (12, 14)), (2, (30, 30)), (3, (25, 40))])
def test_a_table_has_an_exact_equilibrium_however_degenerate(values, shape):
    rng = np.random.default_rng(values)
    for _ in range(5):
        A, B = rng.integers(0, values, size=(2, *shape))
        assert regret(A, B, *table_equilibrium(A, B)) == 0


def test_equal_payoffs_everywhere_and_payoffs_of_any_size_are_no_obstacle():
    flat = np.zeros((4, 5), dtype=np.int64)
    assert regret(flat, flat, *table_equilibrium(flat, flat)) == 0
    huge = np.array([[10**40 + 1, 0], [10**40, 1]], dtype=object)
    other = np.array([[0, 1], [1, 0]], dtype=object)
    assert table_equilibrium(huge, other) == ((Fraction(1, 2),) * 2, (Fraction(1, 2),) * 2)


def test_integers_alone_find_what_floating_point_proposes_first(monkeypatch):
    rng = np.random.default_rng(3)
    A, B = rng.integers(-50, 50, size=(2, 24, 24))
    proposed = table_equilibrium(A, B)
    monkeypatch.setattr(pivoting, "_proposed", lambda *_: None)
    assert table_equilibrium(A, B) == proposed


def test_a_wrong_proposal_is_noticed(monkeypatch):
    rng = np.random.default_rng(4)
    A, B = rng.integers(-50, 50, size=(2, 24, 24))
    follow = pivoting.follow

    def stopped_early(dictionary, reward, most):
        rounded = dictionary.table.dtype == float
        return follow(dictionary, reward, 3 if rounded else most) or rounded

    monkeypatch.setattr(pivoting, "follow", stopped_early)
    assert regret(A, B, *table_equilibrium(A, B)) == 0


# -- trees -----------------------------------------------------------------------------------------------------------


def test_three_card_poker_has_the_value_of_kuhn():
    """Kuhn (1950), "A simplified two-person poker": -1/18 to the first player."""
    equilibrium = found(poker(3))
    assert equilibrium.payoffs["One"] == Fraction(-1, 18)
    assert is_sequential(equilibrium)


def test_a_tree_of_five_thousand_nodes_is_solved_exactly():
    game = poker(24)
    equilibrium = found(game)
    assert game.form.size == 4_969
    assert equilibrium.regret == 0
    assert float(equilibrium.payoffs["One"]) == pytest.approx(sequence_form_value(game), abs=1e-9)


def sequence_form_value(game):
    """Return the value of a zero-sum tree by the linear programme of von Stengel (1996), written here."""
    form, (pay, odds) = game.form, game.numbers
    number, before, payoffs = [{None: 0}, {None: 0}], [{}, {}], {}
    places = [(0, (0, 0), 1)]
    while places:
        node, pair, p = places.pop()
        h, children = form.infoset_of[node], form.children[node]
        if not children:
            payoffs[pair] = payoffs.get(pair, 0) + float(p * pay[node][0])
        elif h < 0:
            places += [(child, pair, p * q) for child, q in zip(children, odds[node], strict=True)]
        else:
            i = form.player_of[h]
            before[i][h] = pair[i]
            for a, child in enumerate(children):
                s = number[i].setdefault((h, a), len(number[i]))
                places.append((child, (s, pair[1]) if i == 0 else (pair[0], s), p))
    constraints = []
    for i in range(2):
        rows = np.zeros((1 + len(before[i]), len(number[i])))
        rows[0, 0] = 1
        for k, (h, s) in enumerate(before[i].items(), 1):
            rows[k, s] = -1
            rows[k, [number[i][h, a] for a in range(len(form.actions_of[h]))]] = 1
        constraints.append(rows)
    table = np.zeros((len(number[0]), len(number[1])))
    for pair, value in payoffs.items():
        table[pair] = value
    E, F = constraints
    optimum = linprog(
        [*np.zeros(len(table)), -1, *np.zeros(len(F) - 1)],
        A_ub=np.hstack([-table.T, F.T]),
        b_ub=np.zeros(table.shape[1]),
        A_eq=np.hstack([E, np.zeros((len(E), len(F)))]),
        b_eq=[1, *np.zeros(len(E) - 1)],
        bounds=[(0, None)] * len(table) + [(None, None)] * len(F),
    )
    return -optimum.fun


@pytest.mark.parametrize("block", range(4))
def test_every_random_game_of_two_players_has_a_sequential_equilibrium(block):
    """Trees with ties, hidden moves and branches of probability zero, and tables."""
    checked = 0
    for seed in range(block * 75, block * 75 + 75):
        game = random_game(seed)
        if game is not None and len(choosing_players(game.form)) <= 2:
            assert is_sequential(found(game)), seed
            checked += 1
    assert checked > 30


@pytest.mark.parametrize("detection", [0, 1])
@pytest.mark.parametrize("false_alarm", [0, 1])
def test_sets_that_nature_excludes_are_solved_too(detection, false_alarm):
    """At the ends of the ranges a signal never comes, or always; what would be done then is given, too."""
    assert is_sequential(found(attribution.at(detection=detection, false_alarm=false_alarm)))


def test_a_set_behind_two_excluded_branches_is_solved_after_those_before_it():
    late = move("B", left=end("late left", 0, 1), right=end("late right", 0, 2), information="late")
    early = move("A", stop=end("stop", 1, 0), go=chance(no=(0, late), yes=(1, end("go", 2, 0))), information="early")
    tree = move("A", now=chance(no=(0, early), yes=(1, end("now", 3, 3))), never=end("never", 0, 0))
    equilibrium = found(dt.Game(("A", "B"), tree))
    assert is_sequential(equilibrium)
    assert equilibrium.strategies["early"]["go"] == equilibrium.strategies["late"]["right"] == 1


def test_a_threat_that_is_never_tested_is_credible():
    """By hand: staying out for fear of l is Nash, but r is better for Two wherever it moves."""
    tree = move(
        "One",
        out=end("out", 2, 2),
        left=move("Two", l=end("Ll", 0, 0), r=end("Lr", 3, 1), information="Two"),
        right=move("Two", l=end("Rl", 0, 0), r=end("Rr", 1, 1), information="Two"),
    )
    equilibrium = found(dt.Game(("One", "Two"), tree))
    assert equilibrium.strategies["Two"]["r"] == equilibrium.strategies["One"]["left"] == 1


@pytest.mark.parametrize("seed", range(12))
def test_gambit_finds_no_gain_from_a_deviation(seed):
    pytest.importorskip("pygambit")
    game = hidden_game(seed, payoffs=range(3) if seed % 2 else range(100))
    profile = gambit_profile(in_gambit(game), found(game))
    assert profile.max_regret() == 0
    assert profile.agent_max_regret() == 0
