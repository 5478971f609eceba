"""The strategic form: reduced strategies, payoff tables, against hand calculation and Gambit."""

from fractions import Fraction

import numpy as np
import pytest

import deterrence as dt
from deterrence import chance, end, matrix, move
from deterrence.errors import MethodError
from tests.sample_games import attribution, gambit_text, hidden_game, in_gambit, strike, unilateral


def test_the_strike_game_has_four_cells():
    form = strike.strategic_form()
    assert form.players == ("Challenger", "Defender")
    assert dict(form.strategies) == {
        "Challenger": ("restrain", "strike"),
        "Defender": ("restrain", "retaliate"),
    }
    assert dict(form.payoffs) == {(0, 0): (0, 0), (0, 1): (0, 0), (1, 0): (4, -6), (1, 1): (-5, -3)}
    np.testing.assert_array_equal(form.A, [[0, 0], [4, -5]])
    np.testing.assert_array_equal(form.B, [[0, 0], [-6, -3]])
    assert strike.at(war=8).strategic_form().B[1, 1] == -8


def test_tables_are_exact_in_payoffs_and_floats_in_arrays():
    form = attribution.strategic_form()
    wait, alarm_only = 0, form.strategies["Defender"].index("retaliate at alarm; restrain at silence")
    assert form.payoffs[wait, alarm_only] == (Fraction(-4, 10), Fraction(-1, 10))
    assert form.A[wait, alarm_only] == -0.4
    assert form.A.dtype == float


def test_a_reduced_strategy_is_silent_where_its_own_choices_do_not_lead():
    again = move("A", up=end("up", 0, 0), down=end("down", 1, 1))
    game = dt.Game(("A", "B"), move("A", out=end("out", 0, 0), enter=move("B", stop=end("s", 0, 0), go=again)))
    assert game.strategic_form().strategies["A"] == (
        "out",
        "enter at A | start; up at A | enter, go",
        "enter at A | start; down at A | enter, go",
    )


def test_a_player_who_knows_more_has_more_strategies():
    counts = {player: len(some) for player, some in unilateral.strategic_form().strategies.items()}
    assert counts == {"Challenger": 9, "Defender": 4}


def test_a_bystander_has_one_strategy():
    game = dt.Game(("A", "Bystander"), move("A", x=end("x", 1, 5), y=end("y", 2, 6)))
    form = game.strategic_form()
    assert form.strategies["Bystander"] == ("no choice",)
    np.testing.assert_array_equal(form.B, [[5], [6]])


def test_three_players_have_a_table_with_three_axes():
    cells = {(a, b, c): (a == b, b == c, 7) for a in "xy" for b in "xy" for c in "xyz"}
    cells = {key: tuple(map(int, row)) for key, row in cells.items()}
    form = dt.Game(("A", "B", "C"), matrix(cells)).strategic_form()
    assert form.table("A").shape == (2, 2, 3)
    assert form.table("A")[1, 1, 2] == 1
    assert form.table("B")[0, 1, 0] == 0


def test_chance_is_averaged():
    heads, tails = (move("A", x=end("x", a, 0), y=end("y", b, 0), information="fog") for a, b in ((4, 0), (0, 8)))
    game = dt.Game(("A", "B"), chance(heads=(0.25, heads), tails=(0.75, tails)))
    np.testing.assert_array_equal(game.strategic_form().A, [[1], [6]])


def test_a_bimatrix_comes_back_as_it_went_in():
    A, B = [[1, -2, 3], [0, 5, 6]], [[0.5, 1, 1], [2, 2, 0]]
    form = dt.bimatrix(A, B).strategic_form()
    np.testing.assert_array_equal(form.A, A)
    np.testing.assert_array_equal(form.B, B)


def test_a_strategic_form_prints_as_a_table():
    text = str(strike.strategic_form())
    assert text.startswith("strike: Challenger against Defender\n")
    assert "4, -6" in text
    assert list(strike.strategic_form().to_frame().columns) == ["restrain", "retaliate"]
    assert repr(strike.strategic_form()) == "<StrategicForm of 'strike': 2 x 2>"


def test_a_frame_of_three_players_has_one_row_a_combination():
    cells = {(a, b, c): (1, 2, 3) for a in "xy" for b in "xy" for c in "xy"}
    assert dt.Game(("A", "B", "C"), matrix(cells)).strategic_form().to_frame().shape == (8, 3)


def test_too_large_a_strategic_form_is_refused_before_it_is_built():
    leaf = end("only", 0, 0)
    draws = {f"d{i}": (Fraction(1, 20), move("A", x=leaf, y=leaf)) for i in range(20)}
    with pytest.raises(MethodError, match="more than 200,000 strategies"):
        dt.Game(("A", "B"), chance(draws)).strategic_form()


@pytest.mark.parametrize("seed", range(20))
def test_the_tables_are_those_of_gambit(seed):
    pytest.importorskip("pygambit")
    game = hidden_game(seed)
    ours, theirs = game.strategic_form(), in_gambit(game)
    columns = [list(player.strategies) for player in theirs.players]
    assert [len(some) for some in columns] == [len(some) for some in ours.strategies.values()], gambit_text(game)
    rows = sorted(
        tuple(Fraction(str(theirs[a, b][player])) for player in theirs.players) for a in columns[0] for b in columns[1]
    )
    assert rows == sorted(tuple(map(Fraction, row)) for row in ours.payoffs.values())
