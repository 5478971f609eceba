"""Extreme equilibria and maximal Nash subsets, against brute force, Gambit and hand calculation."""

import itertools
import pickle
import random
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deterrence.solvers.bimatrix import polytope as _polytope
from deterrence.solvers.bimatrix.vertices import (
    NashSubset,
    VertexLimit,
    connected_components,
    extreme_equilibria,
    maximal_components,
    pure_equilibria,
    regret,
)

# -- An independent reference: every basis of both polytopes, by elimination with fractions ------------


def solved(equations):
    """Solve a square system given as rows with the right side last; None where it is singular."""
    rows = [[Fraction(entry) for entry in row] for row in equations]
    size = len(rows)
    for column in range(size):
        pivot = next((row for row in rows[column:] if row[column]), None)
        if pivot is None:
            return None
        rows.remove(pivot)
        rows.insert(column, [entry / pivot[column] for entry in pivot])
        for other in range(size):
            if other != column:
                factor = rows[other][column]
                rows[other] = [a - factor * b for a, b in zip(rows[other], rows[column], strict=True)]
    return [row[-1] for row in rows]


def polytope_vertices(payoffs):
    """List the vertices (x, v) of x >= 0, sum(x) = 1, x.payoffs <= v, as mixed strategies x."""
    actions, replies = len(payoffs), len(payoffs[0])
    unused = [[int(k == i) for k in range(actions)] + [0, 0] for i in range(actions)]
    best = [[payoffs[i][j] for i in range(actions)] + [-1, 0] for j in range(replies)]
    found = set()
    for tight in itertools.combinations(unused + best, actions):
        point = solved([[1] * actions + [0, 1], *tight])
        if point and min(point[:-1]) >= 0 and all(dot(row[:-1], point) <= 0 for row in best):
            found.add(tuple(point[:-1]))
    return found


def dot(left, right):
    return sum(a * b for a, b in zip(left, right, strict=True))


def is_equilibrium(A, B, x, y):
    rows, columns = [dot(row, y) for row in A], [dot(column, x) for column in zip(*B, strict=True)]
    return all(value == max(rows) for value, share in zip(rows, x, strict=True) if share) and all(
        value == max(columns) for value, share in zip(columns, y, strict=True) if share
    )


def brute_force(A, B):
    pairs = itertools.product(polytope_vertices(B), polytope_vertices(transposed(A)))
    return {(x, y) for x, y in pairs if is_equilibrium(A, B, x, y)}


def transposed(matrix):
    return [list(column) for column in zip(*matrix, strict=True)]


def negated(matrix):
    return [[-entry for entry in row] for row in matrix]


def random_game(seed, rows, columns, low, high):
    draw = random.Random(seed).randint
    return tuple([[draw(low, high) for _ in range(columns)] for _ in range(rows)] for _ in "AB")


# -- Thirty degenerate games -----------------------------------------------------------------------------

ZERO_2, ZERO_3, ONES_3 = [[0] * 2] * 2, [[0] * 3] * 3, [[1] * 3] * 3
IDENTITY_3 = [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
ROCK_PAPER_SCISSORS = [[0, -1, 1], [1, 0, -1], [-1, 1, 0]]
THIRD, HALF = Fraction(1, 3), Fraction(1, 2)

# Games with the numbers of extreme equilibria, maximal Nash subsets and topological components that a hand
# calculation gives. The fourth, the entry game: stay out whenever a fight is at least 2/3 likely, or enter.
COUNTED = {
    "nobody can matter, 2 x 2": (ZERO_2, ZERO_2, (4, 1, 1)),
    "nobody can matter, 3 x 3": (ZERO_3, ZERO_3, (9, 1, 1)),
    "the column player is indifferent": (IDENTITY_3, ONES_3, (12, 7, 1)),
    "entry deterrence": ([[1, -2], [0, 0]], [[1, -1], [3, 3]], (3, 2, 2)),
    "weakly dominant actions on both sides": ([[1, 1], [1, 0]], [[1, 1], [1, 0]], (3, 2, 1)),
    "coordination with the first row twice": ([[2, 0], [2, 0], [0, 1]], [[1, 0], [1, 0], [0, 2]], (5, 3, 3)),
    "coordination with the first column twice": ([[2, 2, 0], [0, 0, 1]], [[1, 1, 0], [0, 0, 2]], (5, 3, 3)),
    "coordination with row and column twice": (
        [[2, 2, 0], [2, 2, 0], [0, 0, 1]],
        [[1, 1, 0], [1, 1, 0], [0, 0, 2]],
        (9, 3, 3),
    ),
    # Von Stengel (2007), "Equilibrium computation for two-player games", in Algorithmic Game Theory,
    # example (3.7): his game (3.3) made degenerate.
    "von Stengel's degenerate 3 x 2 game": (
        [[3, 3], [2, 5], [0, 6]],
        [[3, 3], [2, 6], [3, 1]],
        (3, 2, 2),
    ),
    "rock, paper, scissors": (ROCK_PAPER_SCISSORS, negated(ROCK_PAPER_SCISSORS), (1, 1, 1)),
    "one row, tied columns": ([[5, 7, 6]], [[2, 2, 1]], (2, 1, 1)),
    "one cell": ([[THIRD]], [[-THIRD]], (1, 1, 1)),
}


def beer_and_quiche():
    """Return ten times the strategic form of Cho and Kreps (1987), QJE 102, figure 2.

    A plan of the first player is a meal for the wimp and one for the surly type (nine in ten); a plan of
    the second is what to do after quiche and after beer. Meals: 0 quiche, 1 beer. Actions: 0 duel, 1 not.
    """
    plans = list(itertools.product((0, 1), repeat=2))
    A, B = ([[0] * 4 for _ in plans] for _ in "AB")
    for (i, meals), (j, replies) in itertools.product(enumerate(plans), repeat=2):
        for kind, weight in ((0, 1), (1, 9)):
            peace = replies[meals[kind]]
            A[i][j] += weight * ((meals[kind] == kind) + 2 * peace)
            B[i][j] += weight * (peace == kind)
    return A, B


UNCOUNTED = {
    "a tied row": ([[1, 1], [1, 0]], [[1, 0], [0, 1]]),
    "fractions": ([[THIRD, HALF], [THIRD, 0]], [[HALF, HALF], [0, THIRD]]),
    "common interest": (IDENTITY_3, IDENTITY_3),
    "opposed identity": (IDENTITY_3, negated(IDENTITY_3)),
    "beer and quiche": beer_and_quiche(),
    "ties in rock, paper, scissors": ([[0, 0, 1], [1, 0, 0], [0, 1, 0]], [[0, 1, 0], [0, 0, 1], [1, 0, 0]]),
    "negative and large": ([[-(10**9), 10**9], [0, 0]], [[10**9, 0], [-1, -1]]),
    "a row that never pays": ([[1, 1, 1], [0, 0, 0]], [[1, 1, 0], [9, 9, 9]]),
} | {f"zeros and ones, {seed}": random_game(seed, 3, 3, 0, 1) for seed in range(10)}

DEGENERATE = {name: game[:2] for name, game in (COUNTED | UNCOUNTED).items()}
every_degenerate_game = pytest.mark.parametrize(("A", "B"), DEGENERATE.values(), ids=DEGENERATE)
SIZES = [(rows, columns) for rows in (2, 3, 4) for columns in (2, 3, 4)]


def test_there_are_thirty_degenerate_games():
    assert len(DEGENERATE) == 30


@every_degenerate_game
def test_a_degenerate_game_yields_exactly_what_brute_force_finds(A, B):
    found = extreme_equilibria(A, B)
    assert len(set(found)) == len(found)
    assert set(found) == brute_force(A, B)


@pytest.mark.parametrize(("A", "B", "counts"), COUNTED.values(), ids=COUNTED)
def test_the_counts_are_those_of_the_hand_calculation(A, B, counts):
    found = extreme_equilibria(A, B)
    components = maximal_components(found)
    assert (len(found), len(components), len(connected_components(components))) == counts


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("high", [1, 3, 99])
def test_random_games_yield_exactly_what_brute_force_finds(size, high):
    for seed in range(3):
        A, B = random_game(seed + 100 * high, *size, 0, high)
        assert set(extreme_equilibria(A, B)) == brute_force(A, B)


# -- Gambit's opinion ------------------------------------------------------------------------------------


def gambit_equilibria(A, B):
    gambit = pytest.importorskip("pygambit")
    game = gambit.Game.from_arrays(A, B)
    profiles = gambit.nash.enummixed_solve(game, rational=True).equilibria
    return {
        tuple(tuple(Fraction(str(profile[s])) for s in player.strategies) for player in game.players)
        for profile in profiles
    }


@every_degenerate_game
def test_gambit_agrees_on_degenerate_games(A, B):
    assert set(extreme_equilibria(A, B)) == gambit_equilibria(A, B)


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_gambit_agrees_on_random_games(size):
    for seed in range(36):
        A, B = random_game(seed, *size, -2, seed % 12)
        assert set(extreme_equilibria(A, B)) == gambit_equilibria(A, B)


@pytest.mark.slow
@pytest.mark.parametrize("size", [(5, 5), (6, 6), (3, 9)], ids=str)
def test_gambit_agrees_on_larger_games(size):
    for seed in range(10):
        A, B = random_game(seed, *size, 0, (1, 3, 99)[seed % 3])
        assert set(extreme_equilibria(A, B)) == gambit_equilibria(A, B)


# -- Properties ------------------------------------------------------------------------------------------

quick = settings(max_examples=40, deadline=None)
payoffs = st.one_of(st.integers(-3, 3), st.fractions(-5, 5, max_denominator=7))


@st.composite
def games(draw, entries=payoffs):
    rows, columns = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    matrix = st.lists(st.lists(entries, min_size=columns, max_size=columns), min_size=rows, max_size=rows)
    return draw(matrix), draw(matrix)


@quick
@given(games())
def test_every_game_has_an_equilibrium_and_none_found_leaves_a_regret(game):
    found = extreme_equilibria(*game)
    assert found
    for x, y in found:
        assert sum(x) == sum(y) == 1
        assert min(x + y) >= 0
        assert regret(*game, x, y) == 0
        assert all(type(share) is Fraction for share in x + y)


@quick
@given(games(), st.randoms(use_true_random=False))
def test_relabelling_the_rows_relabels_the_answer(game, shuffler):
    A, B = game
    order = shuffler.sample(range(len(A)), len(A))
    relabelled = extreme_equilibria([A[i] for i in order], [B[i] for i in order])
    assert set(relabelled) == {(tuple(x[i] for i in order), y) for x, y in extreme_equilibria(A, B)}


@quick
@given(games())
def test_exchanging_the_players_exchanges_their_strategies(game):
    A, B = game
    exchanged = extreme_equilibria(transposed(B), transposed(A))
    assert set(exchanged) == {(y, x) for x, y in extreme_equilibria(A, B)}


@quick
@given(games(), st.fractions(Fraction(1, 9), 9), st.lists(st.fractions(-9, 9), min_size=4, max_size=4))
def test_positive_scales_and_column_wise_shifts_of_payoffs_change_nothing(game, scale, shifts):
    A, B = game
    changed = [[scale * entry + shift for entry, shift in zip(row, shifts, strict=False)] for row in A]
    assert extreme_equilibria(changed, B) == extreme_equilibria(A, B)


@quick
@given(games())
def test_an_action_that_is_strictly_dominated_changes_nothing_else(game):
    A, B = game
    worst = [min(column) - 1 for column in zip(*A, strict=True)]
    longer = extreme_equilibria([*A, worst], [*B, B[0]])
    assert longer == [((*x, 0), y) for x, y in extreme_equilibria(A, B)]


def test_generic_games_have_an_odd_number_of_equilibria():
    for seed in range(40):
        found = extreme_equilibria(*random_game(seed, 2 + seed % 5, 2 + seed % 4, 0, 10**9))
        assert len(found) % 2 == 1


@pytest.mark.parametrize(("size", "high"), [((8, 8), 99), ((8, 8), 1), ((3, 70), 4), ((40, 40), 1)], ids=str)
def test_games_past_the_reach_of_brute_force_leave_no_regret(size, high):
    A, B = random_game(7, *size, 0, high)
    if size == (40, 40):  # so many actions that only copies keep it small; the labels fill several words
        small = random_game(5, 2, 2, 0, 9)
        A, B = ([[M[i // 39][j // 39] for j in range(40)] for i in range(40)] for M in small)
    found = extreme_equilibria(A, B)
    assert found
    assert all(regret(A, B, x, y) == 0 for x, y in random.Random(0).sample(found, min(40, len(found))))
    pure = {(x.index(1), y.index(1)) for x, y in found if 1 in x and 1 in y}
    cells = {(i, j): (A[i][j], B[i][j]) for i in range(size[0]) for j in range(size[1])}
    assert pure == set(pure_equilibria(cells))


def test_arrays_and_single_words_give_the_same_pairs_as_the_plain_loop(monkeypatch):
    games = [random_game(seed, 5, 4, 0, high) for seed in range(6) for high in (1, 2, 50)]
    expected = [extreme_equilibria(A, B) for A, B in games]
    monkeypatch.setattr(_polytope, "_FEW_PAIRS", 0)
    monkeypatch.setattr(_polytope, "_CHUNK", 3)
    assert [extreme_equilibria(A, B) for A, B in games] == expected
    monkeypatch.setattr(_polytope, "_WORD", 4)
    assert [extreme_equilibria(A, B) for A, B in games] == expected


# -- Order, limit, interruption --------------------------------------------------------------------------


def test_smaller_supports_come_first_and_then_the_order_of_the_actions():
    battle_of_the_sexes = extreme_equilibria([[2, 0], [0, 1]], [[1, 0], [0, 2]])
    assert battle_of_the_sexes == [
        ((1, 0), (1, 0)),
        ((0, 1), (0, 1)),
        ((Fraction(2, 3), THIRD), (THIRD, Fraction(2, 3))),
    ]


def test_a_limit_stops_the_search_and_says_how_far_it_came():
    A, B = random_game(1, 7, 7, 0, 99)
    with pytest.raises(VertexLimit, match="more than the limit of 20") as stopped:
        extreme_equilibria(A, B, limit=20)
    assert stopped.value.reached > 20 >= stopped.value.limit
    assert 1 < stopped.value.inserted <= stopped.value.replies <= 7
    assert str(pickle.loads(pickle.dumps(stopped.value))) == str(stopped.value)
    assert extreme_equilibria(A, B, limit=10_000) == extreme_equilibria(A, B)


def test_payoffs_of_any_size_stay_exact():
    huge = 10**30
    found = extreme_equilibria([[huge + 1, 0], [huge, 1]], [[0, 1], [1, 0]])
    assert found == [((HALF, HALF), (HALF, HALF))]


def test_copies_of_actions_count_towards_the_limit():
    with pytest.raises(VertexLimit):
        extreme_equilibria([[0] * 9] * 9, [[0] * 9] * 9, limit=5)


def test_an_interruption_from_the_keyboard_passes_through(monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(_polytope, "_split", interrupted)
    with pytest.raises(KeyboardInterrupt):
        extreme_equilibria([[2, 0], [0, 1]], [[1, 0], [0, 2]])


# -- Maximal Nash subsets --------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [1, 2, 4])
def test_a_game_where_nothing_matters_is_one_component_of_all_pure_pairs(size):
    zero = [[0] * size] * size
    found = extreme_equilibria(zero, zero)
    (component,) = maximal_components(found)
    assert list(itertools.product(component.xs, component.ys)) == found
    assert connected_components([component]) == [(0,)]


@quick
@given(games(st.integers(0, 2)), st.randoms(use_true_random=False))
def test_every_mixture_within_a_component_is_an_equilibrium(game, source):
    for component in maximal_components(extreme_equilibria(*game)):
        x, y = (mixed(side, source) for side in (component.xs, component.ys))
        assert regret(*game, x, y) == 0


def mixed(strategies, source):
    weights = [source.randint(1, 9) for _ in strategies]
    return [Fraction(dot(weights, column), sum(weights)) for column in zip(*strategies, strict=True)]


@quick
@given(games(st.integers(0, 1)))
def test_components_are_maximal_and_together_hold_every_extreme_equilibrium(game):
    found = set(extreme_equilibria(*game))
    components = maximal_components(sorted(found))
    squares = [set(itertools.product(part.xs, part.ys)) for part in components]
    assert set().union(*squares) == found
    assert not any(one < other for one in squares for other in squares)
    for part, square in zip(components, squares, strict=True):
        assert not any({(x, y) for y in part.ys} <= found - square for x, _ in found - square)
        assert not any({(x, y) for x in part.xs} <= found - square for _, y in found - square)


def test_components_that_share_an_equilibrium_are_connected_and_others_are_not():
    A, B = [[1, 1, 0], [1, 0, 0], [0, 0, 3]], [[1, 1, 0], [1, 0, 0], [0, 0, 3]]
    components = maximal_components(extreme_equilibria(A, B))
    groups = connected_components(components)
    assert sorted(itertools.chain(*groups)) == list(range(len(components)))
    squares = [
        set().union(*(set(itertools.product(components[k].xs, components[k].ys)) for k in group)) for group in groups
    ]
    assert not any(one & other for one, other in itertools.combinations(squares, 2))


def test_both_outcomes_of_beer_and_quiche_are_components():
    """Both types have beer or both have quiche, and there is no duel (Cho and Kreps 1987, section II)."""
    components = maximal_components(extreme_equilibria(*beer_and_quiche()))
    groups = connected_components(components)
    assert [{x for k in group for x in components[k].xs} for group in groups] == [
        {(1, 0, 0, 0)},
        {(0, 0, 0, 1)},
    ]


def test_a_generic_game_has_only_points_for_components():
    found = extreme_equilibria([[2, 0], [0, 1]], [[1, 0], [0, 2]])
    assert maximal_components(found) == [NashSubset((x,), (y,)) for x, y in found]
    assert connected_components(maximal_components(found)) == [(0,), (1,), (2,)]


# -- Pure equilibria and regret --------------------------------------------------------------------------


def test_three_players_who_all_volunteer_too_late_have_three_pure_equilibria():
    """One volunteer suffices and pays 1 of the 3 that each then gains: exactly one volunteers."""
    cells = {
        profile: tuple(3 * (1 in profile) - choice for choice in profile)
        for profile in itertools.product((0, 1), repeat=3)
    }
    assert pure_equilibria(cells) == [(0, 0, 1), (0, 1, 0), (1, 0, 0)]


def test_matching_pennies_has_no_pure_equilibrium():
    assert pure_equilibria({(i, j): (i ^ j, 1 - (i ^ j)) for i in (0, 1) for j in (0, 1)}) == []


@quick
@given(games())
def test_pure_equilibria_are_the_extreme_ones_without_mixing(game):
    A, B = game
    cells = {(i, j): (A[i][j], B[i][j]) for i in range(len(A)) for j in range(len(A[0]))}
    unmixed = [(x.index(1), y.index(1)) for x, y in extreme_equilibria(A, B) if 1 in x and 1 in y]
    assert unmixed == pure_equilibria(cells)


def test_regret_is_the_larger_of_the_two_gains():
    A, B = [[2, 0], [0, 1]], [[1, 0], [0, 5]]
    assert regret(A, B, (0, 1), (1, 0)) == 5
    assert regret(A, B, (HALF, HALF), (1, 0)) == 2
    assert regret(A, B, (1, 0), (1, 0)) == 0
