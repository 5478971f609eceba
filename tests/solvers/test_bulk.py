"""Many small games at once: the same equilibria as one at a time, by our exact solver and by other programs."""

import itertools
import warnings
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import deterrence as dt
from deterrence.errors import GameError, MethodError, NumberError, ValueKindError
from deterrence.solvers.bimatrix.vertices import extreme_equilibria

SHAPES = list(itertools.product((1, 2, 3, 4), repeat=2))
SQUARES = [(2, 2), (3, 3), (4, 4)]
CLOSE = 1e-6


def profiles(many, game):
    """Return a game's equilibria as one row each: the row player's probabilities, then the column player's."""
    count = many.count[game]
    assert np.isnan(many.row[game, count:]).all()
    assert np.isnan(many.column[game, count:]).all()
    return np.hstack([many.row[game, :count], many.column[game, :count]])


def same(found, expected, within=CLOSE):
    """Say whether two lists of profiles are equal as sets, one by one."""
    if len(found) != len(expected):
        return False
    apart = np.abs(np.asarray(found)[:, None] - np.asarray(expected, dtype=float)[None]).max(axis=2)
    return bool((apart.min(axis=0) < within).all() and (apart.min(axis=1) < within).all())


def exact(A, B):
    """Return all extreme equilibria by our exact solver, which Gambit confirms elsewhere."""
    tables = ([[Fraction(repr(entry)) for entry in row] for row in table.tolist()] for table in (A, B))
    return [[float(p) for p in (*x, *y)] for x, y in extreme_equilibria(*tables)]


def ties(A, B):
    """Say whether some extreme equilibrium has more best replies than actions in use, in exact integers."""
    for x, y in extreme_equilibria(A, B):
        by_row = [sum(a * q for a, q in zip(row, y, strict=True)) for row in A]
        by_column = [sum(b * p for b, p in zip(column, x, strict=True)) for column in zip(*B, strict=True)]
        for worth, mixture in ((by_row, x), (by_column, y)):
            if worth.count(max(worth)) > sum(p > 0 for p in mixture):
                return True
    return False


def agrees(A, B):
    many = dt.solve_many(A, B)
    wrong = [k for k in range(len(many)) if not same(profiles(many, k), exact(A[k], B[k]))]
    assert wrong == []
    return many


# -- against one at a time ---------------------------------------------------------------------------------


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_random_games_have_the_equilibria_that_the_exact_solver_finds(shape):
    A, B = np.random.default_rng(shape).uniform(size=(2, 40, *shape))
    many = agrees(A, B)
    assert not many.degenerate.any()
    assert np.nanmax(many.regret) < 1e-12
    assert (many.count % 2 == 1).all()


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_games_with_ties_have_the_extreme_equilibria_that_the_exact_solver_finds(shape):
    A, B = np.random.default_rng(shape).integers(4, size=(2, 25, *shape))
    many = agrees(A, B)
    tied = [ties(a, b) for a, b in zip(A.tolist(), B.tolist(), strict=True)]
    assert not (np.array(tied) & ~many.degenerate).any()


@pytest.mark.slow
@pytest.mark.parametrize("highest", [1, 3, 9, 99])
@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_thousands_of_games_agree_with_the_exact_solver(shape, highest):
    A, B = np.random.default_rng([*shape, highest]).integers(highest + 1, size=(2, 300, *shape))
    many = agrees(A, B)
    tied = np.array([ties(a, b) for a, b in zip(A.tolist(), B.tolist(), strict=True)])
    assert not (tied & ~many.degenerate).any()
    assert (many.degenerate & ~tied).sum() <= 0.05 * len(many)


@pytest.mark.slow
@pytest.mark.parametrize("shape", SQUARES, ids=str)
def test_thousands_of_games_of_unlike_payoffs_agree_with_the_exact_solver(shape):
    """The payoffs span six orders of magnitude, so some products are near the tolerance."""
    source = np.random.default_rng(shape)
    A, B = source.normal(size=(2, 1000, *shape)) * 10 ** source.uniform(-3, 3, size=(2, 1000, *shape))
    agrees(A, B)


@pytest.mark.slow
@pytest.mark.parametrize("shake", [1e-5, 1e-7, 1e-8, 3e-9, 1e-9, 1e-12, 1e-15])
@pytest.mark.parametrize("shape", [*SQUARES, (3, 4), (4, 2)], ids=str)
def test_games_a_hair_from_a_tie_agree_with_the_exact_solver(shape, shake):
    source = np.random.default_rng(shape)
    A, B = source.integers(4, size=(2, 60, *shape)) + shake * source.normal(size=(2, 60, *shape))
    agrees(A, B)


def test_games_are_the_same_in_any_block():
    A, B = np.random.default_rng(5).normal(size=(2, 30, 3, 3))
    A[7], B[7] = 0, 0  # a degenerate one in every block
    few, many = dt.solve_many(A, B), dt.solve_many(np.tile(A, (600, 1, 1)), np.tile(B, (600, 1, 1)))
    assert len(many) == 18_000
    for name in ("row", "column", "payoffs", "regret"):
        assert np.array_equal(
            np.tile(getattr(few, name), (600, *[1] * (getattr(few, name).ndim - 1))),
            getattr(many, name),
            equal_nan=True,
        )
    assert many.count.tolist() == few.count.tolist() * 600


# -- against other programs --------------------------------------------------------------------------------


@pytest.mark.parametrize("shape", SQUARES, ids=str)
def test_nashpy_finds_the_same_vertices(shape):
    nashpy = pytest.importorskip("nashpy")
    A, B = np.random.default_rng(shape).uniform(size=(2, 10, *shape))
    many = dt.solve_many(A, B)
    for k in range(len(many)):
        theirs = [np.hstack(pair) for pair in nashpy.Game(A[k], B[k]).vertex_enumeration()]
        assert same(profiles(many, k), theirs)


@pytest.mark.slow
@pytest.mark.parametrize("shape", [*SQUARES, (2, 4), (4, 3)], ids=str)
def test_quantecon_finds_the_same_supports(shape):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theory = pytest.importorskip("quantecon.game_theory")
    A, B = np.random.default_rng(shape).uniform(size=(2, 2000, *shape))
    many = dt.solve_many(A, B)
    for k in range(len(many)):
        game = theory.NormalFormGame([theory.Player(A[k]), theory.Player(np.ascontiguousarray(B[k].T))])
        assert same(profiles(many, k), [np.hstack(pair) for pair in theory.support_enumeration(game)])


def gambit(A, B):
    import pygambit

    game = pygambit.Game.from_arrays(A, B)
    found = pygambit.nash.enummixed_solve(game, rational=True).equilibria
    return {tuple(float(each[s]) for player in game.players for s in player.strategies) for each in found}


@pytest.mark.parametrize(("shape", "highest"), [((2, 2), 3), ((3, 3), 3), ((4, 4), 9), ((2, 4), 3), ((4, 3), 99)])
def test_gambit_finds_the_same_extreme_equilibria(shape, highest):
    pytest.importorskip("pygambit")
    A, B = np.random.default_rng(highest).integers(highest + 1, size=(2, 20, *shape))
    many = dt.solve_many(A, B)
    for k in range(len(many)):
        assert same(profiles(many, k), list(gambit(A[k], B[k])))


# -- by hand -----------------------------------------------------------------------------------------------


def test_chicken_has_two_pure_equilibria_and_a_mixed_one():
    """Yielding against yielding pays 3, winning 4, being beaten 2, a crash 1: each stands firm half of the time."""
    many = dt.solve_many([[[3, 2], [4, 1]]], [[[3, 4], [2, 1]]])
    assert many.row[0].tolist() == [[1, 0], [0, 1], [0.5, 0.5]]
    assert many.column[0].tolist() == [[0, 1], [1, 0], [0.5, 0.5]]
    assert many.payoffs[0].tolist() == [[2, 4], [4, 2], [2.5, 2.5]]


def nonempty(size):
    return [used for count in range(1, size + 1) for used in itertools.combinations(range(size), count)]


def test_rock_paper_scissors_is_played_evenly():
    table = np.array([[[0, -1, 1], [1, 0, -1], [-1, 1, 0]]])
    many = dt.solve_many(table, -table)
    assert many.count.tolist() == [1]
    assert many.row[0, 0] == pytest.approx([1 / 3] * 3)
    assert not many.degenerate[0]


@pytest.mark.parametrize("size", [2, 3, 4])
def test_pure_coordination_has_an_equilibrium_for_every_set_of_actions(size):
    """Any set of actions, played evenly by both: 3, 7 and 15, the most at these sizes (Quint and Shubik 1997)."""
    many = dt.solve_many(np.eye(size)[None], np.eye(size)[None])
    assert many.count.tolist() == [2**size - 1]
    expected = [[(k in used) / len(used) for k in range(size)] * 2 for used in nonempty(size)]
    assert same(profiles(many, 0), expected)


def test_where_nobody_cares_every_pair_of_actions_is_listed():
    many = dt.solve_many(np.zeros((1, 4, 4)), np.full((1, 4, 4), 7.0))
    assert many.degenerate.tolist() == [True]
    assert many.count.tolist() == [16]


def test_an_incredible_threat_is_found_with_the_continuum_it_belongs_to():
    """Restrain or strike, against restrain or retaliate: a threat of 4/9 or more deters (see test_nash)."""
    many = dt.solve_many([[[0, 0], [4, -5]]], [[[0, 0], [-6, -8]]])
    assert many.degenerate.tolist() == [True]
    found = sorted(profiles(many, 0).tolist())
    assert found == [[0, 1, 1, 0], [1, 0, 0, 1], [1, 0, pytest.approx(5 / 9), pytest.approx(4 / 9)]]


def test_a_tie_that_no_equilibrium_meets_is_not_solved_again():
    """The third actions are dominated; the first player's payoffs tie there."""
    A = [[[3, 2, 5], [4, 1, 5], [-9, -9, -9]]]
    B = [[[3, 4, -9], [2, 1, -9], [0, 0, -9]]]
    many = dt.solve_many(A, B)
    assert not many.degenerate[0]
    assert many.count.tolist() == [3]


@pytest.mark.parametrize("gap", [0, 1e-15, -1e-15, 1e-11, -1e-11])
def test_a_game_on_the_edge_is_solved_exactly(gap):
    """Striking and not are equal against restraint: with a gap of one sign or the other the set changes."""
    A, B = np.array([[[1.0, 0.0], [1.0 + gap, -1.0]]]), np.array([[[1.0, 1.0], [0.0, 1.0]]])
    many = dt.solve_many(A, B)
    assert many.degenerate.tolist() == [True]
    assert same(profiles(many, 0), exact(A[0], B[0]), within=1e-15)


def test_decimals_mean_what_they_say():
    """0.1 + 0.2 is 0.3, though not in floating point: the first row and the mixture of the others tie."""
    A = np.array([[[0.3, 0.3], [0.1 + 0.2, 0.3]]])
    B = np.array([[[1.0, 0.0], [1.0, 0.0]]])
    assert dt.solve_many(A, B).degenerate.tolist() == [True]
    exactly = dt.solve_many(np.array([[[0.3, 0.3], [0.3, 0.3]]]), B)
    assert exactly.count.tolist() == [2]


def test_large_constants_do_not_hide_a_tie():
    """At 1e9 a payoff of 0.1 is off by 5e-8 in floating point; in decimals both rows are equal."""
    A = 1e9 + np.array([[[0.1, 0.2], [0.1, 0.2]]])
    B = np.array([[[1.0, 0.0], [0.0, 1.0]]])
    many = dt.solve_many(A, B)
    assert many.degenerate[0]
    assert same(profiles(many, 0), exact(A[0], B[0]))


# -- properties --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("scale", [1e-300, 1e-9, 1e-3, 1e3, 1e9, 1e290])
@pytest.mark.parametrize("shape", SQUARES, ids=str)
def test_the_unit_of_payoffs_changes_nothing(shape, scale):
    A, B = np.random.default_rng(shape).normal(size=(2, 200, *shape))
    plain, scaled = dt.solve_many(A, B), dt.solve_many(scale * A, B)
    assert plain.count.tolist() == scaled.count.tolist()
    assert not scaled.degenerate.any()
    np.testing.assert_allclose(plain.row, scaled.row, atol=1e-9)
    np.testing.assert_allclose(plain.column, scaled.column, atol=1e-9)


@pytest.mark.parametrize("constant", [1e-9, 1.0, 1e4, 1e9])
def test_what_the_other_chooses_may_add_any_constant(constant):
    source = np.random.default_rng(3)
    A, B = source.integers(1000, size=(2, 60, 3, 3)) / 8  # so that adding is exact in floating point
    column, row = (np.round(constant * source.integers(1, 5, size=s)) for s in ((60, 1, 3), (60, 3, 1)))
    plain, moved = dt.solve_many(A, B), dt.solve_many(A + column, B + row)
    assert plain.count.tolist() == moved.count.tolist()
    np.testing.assert_allclose(plain.row, moved.row, atol=1e-6)
    np.testing.assert_allclose(plain.column, moved.column, atol=1e-6)


@st.composite
def games(draw):
    rows, columns = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    entry = draw(st.sampled_from([st.integers(-3, 3), st.integers(-100, 100), st.floats(-1, 1, width=32)]))
    tables = [draw(st.lists(entry, min_size=rows * columns, max_size=rows * columns)) for _ in "AB"]
    return [np.array(table, dtype=float).reshape(1, rows, columns) for table in tables]


@settings(max_examples=60, deadline=None)
@given(games())
def test_swapping_the_players_swaps_the_answer(tables):
    A, B = tables
    one, other = dt.solve_many(A, B), dt.solve_many(B.transpose(0, 2, 1), A.transpose(0, 2, 1))
    rows = A.shape[1]
    swapped = np.hstack([profiles(other, 0)[:, -rows:], profiles(other, 0)[:, :-rows]])
    assert same(profiles(one, 0), swapped)
    assert one.degenerate.tolist() == other.degenerate.tolist()


@settings(max_examples=60, deadline=None)
@given(games(), st.randoms(use_true_random=False))
def test_relabelling_actions_relabels_the_answer(tables, random):
    A, B = tables
    order = [random.sample(range(n), n) for n in A.shape[1:]]
    place = np.ix_([0], *order)
    moved = dt.solve_many(A[place], B[place])
    whole = [*order[0], *(A.shape[1] + k for k in order[1])]
    assert same(profiles(moved, 0), profiles(dt.solve_many(A, B), 0)[:, whole])


@settings(max_examples=60, deadline=None)
@given(games())
def test_there_is_always_an_equilibrium_and_none_leaves_a_regret(tables):
    A, B = tables
    many = dt.solve_many(A, B)
    assert many.count[0] >= 1
    for x, y in zip(many.row[0, : many.count[0]], many.column[0, : many.count[0]], strict=True):
        assert min(*x, *y) >= 0
        assert x.sum() == pytest.approx(1)
        assert y.sum() == pytest.approx(1)
        size = max(np.abs(A).max(), np.abs(B).max(), 1e-30)
        assert (A[0] @ y).max() - x @ A[0] @ y <= 1e-8 * size
        assert (x @ B[0]).max() - x @ B[0] @ y <= 1e-8 * size


# -- the answer as a value ---------------------------------------------------------------------------------


def named():
    A, B = [[[3, 2], [4, 1]], [[1, 1], [1, 0]]], [[[3, 4], [2, 1]], [[1, 0], [1, 0]]]
    return dt.solve_many(A, B, players=("Iran", "Israel"), actions=(["yield", "stand"], ["give", "fight"]))


def test_each_game_has_a_solution_with_names():
    many = named()
    chicken = many[0]
    assert len(many) == len(list(many)) == 2
    assert [each.strategies["Iran"]["stand"] for each in chicken] == [0, 1, 0.5]
    assert chicken[2].payoffs == {"Iran": 2.5, "Israel": 2.5}
    assert chicken[2].outcomes == dict.fromkeys(chicken.game.outcomes, 0.25)
    assert chicken.complete
    assert chicken.status == "solved in floating point"
    assert [each.regret for each in chicken] == [0, 0, 0]
    assert [component.is_point for component in many[1].components] == [False]
    assert many[-1].game == many[1].game


def test_it_speaks_in_sentences():
    many = named()
    assert str(many) == (
        "All Nash equilibria of 2 games of 2 × 2 actions: "
        "solved; 1 degenerate game was solved exactly, its extreme equilibria are listed.\n"
        "1 game has 2 equilibria.\n"
        "1 game has 3 equilibria."
    )
    assert "1 degenerate" in repr(many)
    one = dt.solve_many([[[1]]], [[[1]]])
    assert str(one) == "All Nash equilibria of 1 game of 1 × 1 actions: solved.\n1 game has 1 equilibrium."


def test_its_table_has_a_row_for_every_equilibrium():
    frame = named().to_frame()
    assert frame.shape == (5, 10)
    assert frame["game"].tolist() == [0, 0, 0, 1, 1]
    assert frame["Iran: stand"].tolist()[:3] == [0, 1, 0.5]
    assert frame["payoff of Israel"].tolist()[:3] == [4, 2, 2.5]


def test_its_arrays_cannot_be_changed():
    many = named()
    for array in (many.A, many.row, many.column, many.payoffs, many.regret, many.count, many.degenerate):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0


def test_the_given_arrays_stay_the_callers():
    A = np.ones((3, 2, 2))
    many = dt.solve_many(A, A)
    A[0] = 5
    assert many.A.max() == 1


# -- wrong input -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("A", "B", "error", "words"),
    [
        (np.ones((3, 2, 2)), np.ones((3, 2, 3)), GameError, r"A has shape \(3, 2, 2\) and B \(3, 2, 3\)"),
        (np.ones((2, 2)), np.ones((2, 2)), GameError, r"three axes .* For a single game write A\[None\]"),
        (np.ones(4), np.ones(4), GameError, r"three axes \(games, rows, columns\), not shape \(4,\)"),
        (np.ones((0, 2, 2)), np.ones((0, 2, 2)), GameError, "at least one game, row and column"),
        (np.ones((2, 0, 2)), np.ones((2, 0, 2)), GameError, "at least one game, row and column"),
        ([[[1, 2], [3]]], [[[1, 2], [3]]], GameError, "same numbers of rows and columns"),
        (np.ones((1, 5, 2)), np.ones((1, 5, 2)), MethodError, r"up to 4 × 4 actions, not 5 × 2.*Nash\(\)"),
        ([[["a"]]], [[["b"]]], ValueKindError, "floats or integers"),
        ([[[Fraction(1, 3)]]], [[[1]]], ValueKindError, "Fractions are solved exactly one game at a time"),
        ([[[True]]], [[[True]]], ValueKindError, "floats or integers, not 'bool'"),
        ([[[1j]]], [[[1j]]], ValueKindError, "floats or integers"),
        ([[[0.0]], [[np.nan]]], np.ones((2, 1, 1)), NumberError, r"A\[1, 0, 0\] is nan, in game 1"),
        (np.ones((1, 1, 2)), [[[0, np.inf]]], NumberError, r"B\[0, 0, 1\] is inf"),
        ([[[1e301]]], [[[1]]], NumberError, "at most 1e[+]300 in size"),
    ],
)
def test_wrong_arrays_are_refused_with_a_sentence(A, B, error, words):
    with pytest.raises(error, match=words):
        dt.solve_many(A, B)


@pytest.mark.parametrize("tolerance", [0, 1e-13, 0.1, float("nan"), "small", None])
def test_a_tolerance_that_decides_nothing_is_refused(tolerance):
    with pytest.raises(MethodError, match=r"it must be from 1e-12 to 0\.001"):
        dt.solve_many([[[1]]], [[[1]]], tolerance=tolerance)


def test_wrong_names_are_refused_with_a_sentence():
    with pytest.raises(GameError, match="two players with different names"):
        dt.solve_many([[[1]]], [[[1]]], players=("A", "A"))
    with pytest.raises(GameError, match="need 1 and 2 different action names"):
        dt.solve_many([[[1, 2]]], [[[1, 2]]], actions=(["a"], ["b", "b"]))
    with pytest.raises(GameError, match="two players with different names; got None"):
        dt.solve_many([[[1]]], [[[1]]], players=None)
    with pytest.raises(GameError, match="need 1 and 2 different action names; got 3"):
        dt.solve_many([[[1, 2]]], [[[1, 2]]], actions=3)
    with pytest.raises(ValueKindError, match="by its place, a whole number, not 'a'"):
        named()["a"]
    with pytest.raises(IndexError, match="There are 2 games, counted from 0; there is no game 2"):
        named()[2]
