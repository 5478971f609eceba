"""Correlated equilibrium: hand-computed ranges, Aumann's examples, and Nash equilibria inside them."""

import pickle
import random

import pytest

import deterrence as dt
from deterrence import chance, end, matrix, move
from deterrence.errors import MethodError, UnknownNameError
from deterrence.models.folklore.strike import strike as STRIKE
from deterrence.solvers.bimatrix import obedience as _obedience
from deterrence.solvers.correlated import Correlated

NAMES = ["yield", "stand"]
CHICKEN = dt.bimatrix([[6, 2], [7, 0]], [[6, 7], [2, 0]], actions=[NAMES, NAMES], name="chicken")


def total(equilibrium):
    return sum(equilibrium.payoffs.values())


def test_chicken_has_the_ranges_that_aumann_computed():
    """Aumann (1974, 1987): with payoffs (6,6), (2,7), (7,2), (0,0) the best common lottery pays 5.25 each.

    The other ranges by hand: told to yield, 2b >= a; told to stand, c >= 2d, and the same for the column,
    where a, b, c, d are the probabilities of the cells. So a <= 1/2 and d <= 1/5, where 7.2 is paid in all.
    """
    assert Correlated().bounds(CHICKEN, total) == pytest.approx((7.2, 10.5))
    solution = dt.solve(CHICKEN, Correlated())
    assert solution.probability("yield, yield") == pytest.approx((0, 0.5))
    assert solution.probability("stand, stand") == pytest.approx((0, 0.2))
    assert solution.probability("yield, stand") == pytest.approx((0, 1))
    assert solution.payoff("Row") == pytest.approx((2, 7))
    assert solution.probability("stand", by="Row") == pytest.approx((0, 1))


def test_matching_pennies_has_one_correlated_equilibrium():
    solution = Correlated().solve(dt.bimatrix([[1, -1], [-1, 1]], [[-1, 1], [1, -1]]))
    assert all(span == pytest.approx((0.25, 0.25), abs=1e-8) for span in solution.outcomes.values())
    assert all(span == pytest.approx((0, 0), abs=1e-8) for span in solution.payoffs.values())


def test_a_dominant_strategy_leaves_one_outcome():
    solution = Correlated().solve(dt.bimatrix([[3, 0], [4, 1]], [[3, 4], [0, 1]], actions=[NAMES, NAMES]))
    assert solution.outcomes["stand, stand"] == (1.0, 1.0)
    assert solution.payoffs == {"Row": (1.0, 1.0), "Column": (1.0, 1.0)}


def test_three_players_who_gain_by_agreeing_may_agree_on_either():
    """All get 1 if all agree, else 0. By hand: told a, the others both play a as often as both play b.

    So x(aaa) is at least each of x(abb), x(bab), x(bba), likewise for b, and agreement has at least 1/4.
    """
    cells = {(a, b, c): (int(a == b == c),) * 3 for a in "ab" for b in "ab" for c in "ab"}
    game = dt.Game(("A", "B", "C"), matrix(cells))
    solution = Correlated().solve(game)
    assert solution.outcomes["a, a, a"] == pytest.approx((0, 1))
    assert solution.payoffs["A"] == pytest.approx((0.25, 1))


def test_one_player_takes_what_is_best():
    game = dt.Game(("A",), move("A", left=end("left", 1), right=end("right", 3), other=end("other", 3)))
    solution = Correlated().solve(game)
    assert solution.outcomes == {"left": (0.0, 0.0), "right": (0.0, 1.0), "other": (0.0, 1.0)}
    assert solution.payoff("A") == (3.0, 3.0)


def test_a_game_without_choice_has_its_one_outcome():
    assert Correlated().solve(dt.Game(("A",), end("gone", 3))).outcomes == {"gone": (1.0, 1.0)}


def random_game(seed):
    rng = random.Random(seed)

    def table(rows, columns):
        return [[rng.randint(-4, 4) for _ in range(columns)] for _ in range(rows)]

    if seed % 2:
        size = rng.randint(2, 3), rng.randint(2, 4)
        return dt.bimatrix(table(*size), table(*size))
    names = iter(range(100))

    def leaf():
        return end(str(next(names)), rng.randint(-4, 4), rng.randint(-4, 4))

    def sender(kind):
        options = {m: move("R", x=leaf(), y=leaf(), information=m) for m in ("loud", "quiet")}
        return move("S", options, information=kind)

    return dt.Game(("S", "R"), chance(a=(0.25, sender("a")), b=(0.75, sender("b"))))


SLOW = [pytest.param(seed, marks=pytest.mark.slow) for seed in range(12, 60)]


@pytest.mark.parametrize("seed", [*range(12), *SLOW])
def test_every_nash_equilibrium_lies_within_the_ranges(seed):
    game = random_game(seed)
    ranges = Correlated().solve(game)
    assert ranges.complete
    for equilibrium in dt.solve(game, dt.Nash()):
        for name, value in equilibrium.outcomes.items():
            low, high = ranges.outcomes[name]
            assert low - 1e-7 <= value <= high + 1e-7
        for player, value in equilibrium.payoffs.items():
            low, high = ranges.payoffs[player]
            assert low - 1e-7 <= value <= high + 1e-7


def test_scaling_and_shifting_payoffs_changes_no_probability():
    rows, columns = [[3, -2, 1], [0, 1, 2]], [[1, 4, 0], [2, -1, 3]]
    moved = dt.bimatrix([[1000 * x - 7 for x in row] for row in rows], columns)
    one, other = Correlated().solve(dt.bimatrix(rows, columns)), Correlated().solve(moved)
    for name, span in one.outcomes.items():
        assert other.outcomes[name] == pytest.approx(span, abs=1e-7)


def test_in_the_strike_game_an_incredible_threat_can_be_told():
    """The strategic form knows no credibility: with war costlier than the loss, restraint stays possible."""
    solution = Correlated().solve(STRIKE.at(war=9))
    assert solution.probability("status quo") == pytest.approx((0, 1))
    assert solution.probability("war") == (0.0, 0.0)


def test_a_measure_may_be_a_name_or_a_question():
    assert Correlated().bounds(CHICKEN, "stand, stand") == pytest.approx((0, 0.2))
    assert Correlated().bounds(CHICKEN, dt.payoff("Row")) == pytest.approx((2, 7))
    assert Correlated().bounds(CHICKEN, dt.probability("yield", by="Column")) == pytest.approx((0, 1))


def test_the_answer_reads_as_sentences_and_pickles():
    solution = pickle.loads(pickle.dumps(Correlated().solve(CHICKEN)))
    assert str(solution).splitlines()[:2] == [
        "All correlated equilibria of 'chicken': solved.",
        "The probability of 'yield, yield' ranges from 0 to 0.5.",
    ]
    frame = solution.to_frame()
    assert list(frame.columns) == ["measure", "low", "high"]
    assert len(frame) == 6
    assert "<pre>" in solution._repr_html_()
    assert "chicken" in repr(solution)


def test_unknown_names_and_wrong_options_are_refused_with_a_sentence():
    solution = Correlated().solve(CHICKEN)
    with pytest.raises(UnknownNameError, match="player"):
        solution.payoff("Rwo")
    with pytest.raises(UnknownNameError, match="outcome or action"):
        solution.probability("peace")
    with pytest.raises(UnknownNameError, match="outcome or action"):
        Correlated().bounds(CHICKEN, "peace")
    with pytest.raises(MethodError, match="A measure is"):
        Correlated().bounds(CHICKEN, 3)
    for wrong in ({"tolerance": 0}, {"tolerance": 1}, {"time_limit": 0}, {"time_limit": float("nan")}):
        with pytest.raises(MethodError, match=next(iter(wrong))):
            Correlated(**wrong)


def test_a_linear_system_that_is_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(_obedience, "MOST_TERMS", 7)
    with pytest.raises(MethodError, match=r"2 x 2 strategic form .* 8 numbers; the limit is 7"):
        Correlated().solve(CHICKEN)
