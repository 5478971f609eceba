"""Payoff tables from data frames and CSV, and answers as data frames."""

from fractions import Fraction

import numpy as np
import pandas as pd
import pytest

import deterrence as dt
from deterrence import models
from deterrence.errors import FileFormatError, GameError, ValueKindError

PAIRS = ',yield,stand\nyield,"3, 3","2, 4"\nstand,"4, 2","1, 1"\n'
LISTED = """\
Row,Column,payoff of Row,payoff of Column
yield,yield,3,3
yield,stand,2,4
stand,yield,4,2
stand,stand,1,1
"""
CHICKEN = dt.bimatrix([[3, 2], [4, 1]], [[3, 4], [2, 1]], actions=[["yield", "stand"]] * 2, name="game")


def three():
    cells = {(a, b, c): (i, j, k) for i, a in enumerate("xy") for j, b in enumerate("lr") for k, c in enumerate("uv")}
    return dt.Game(("A", "B", "C"), dt.matrix(cells), (), "game")


# -- both layouts ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        PAIRS,
        LISTED,
        PAIRS.replace(",", ";").replace('"3; 3"', "3, 3"),
        ";yield;stand\nyield;3, 3;2, 4\nstand;4, 2;1, 1\n",
        "\tyield\tstand\nyield\t3, 3\t2; 4\nstand\t(4, 2)\t[1, 1]\n",
        LISTED.replace(",", ";"),
        "\ufeff" + LISTED.replace("\n", "\r\n"),
        LISTED.replace("\n", "\n,,,\n"),
        LISTED.replace("\n", ",\n"),
    ],
)
def test_tables_of_either_layout_are_read(text):
    assert dt.from_csv(text) == CHICKEN
    assert dt.from_csv(text.encode()) == CHICKEN


def test_a_file_is_read(tmp_path):
    path = tmp_path / "chicken.csv"
    path.write_text(LISTED, "utf-8")
    assert dt.from_csv(path) == dt.from_csv(str(path)) == CHICKEN


def test_a_game_comes_back_from_its_own_frame():
    assert dt.from_frame(CHICKEN.strategic_form().to_frame()) == CHICKEN
    assert dt.from_frame(three().strategic_form().to_frame()) == three()
    fractions = dt.bimatrix([["1/3", "0.25"]], [["-7/9", "1e-3"]], actions=[["a"], ["b", "c"]], name="game")
    assert dt.from_frame(fractions.strategic_form().to_frame()) == fractions
    assert dt.from_csv(fractions.strategic_form().to_frame().to_csv()) == fractions


def test_a_frame_that_pandas_read_from_csv_is_the_same_game():
    from io import StringIO

    assert dt.from_frame(pd.read_csv(StringIO(LISTED))) == CHICKEN
    assert dt.from_frame(pd.read_csv(StringIO(PAIRS))) == CHICKEN
    assert dt.from_frame(pd.read_csv(StringIO(PAIRS), index_col=0)) == CHICKEN


def test_the_axes_of_a_table_name_the_players():
    frame = CHICKEN.strategic_form().to_frame().rename_axis(index="East", columns="West")
    assert dt.from_frame(frame).players == ("East", "West")
    assert dt.from_frame(frame, players=("A", "B"), name="other").players == ("A", "B")
    assert dt.from_csv(PAIRS, players=["East", "West"], name="crisis").name == "crisis"


def test_columns_of_other_names_are_told():
    text = "move of A,move of B,uA,uB\nx,l,1,2\nx,r,3,4\n"
    game = dt.from_csv(text, actions={"A": "move of A", "B": "move of B"}, payoffs={"A": "uA", "B": "uB"}, name="told")
    assert game == dt.bimatrix([[1, 3]], [[2, 4]], players=("A", "B"), actions=[["x"], ["l", "r"]], name="told")


def test_a_column_of_outcomes_names_the_ends():
    text = (
        LISTED.replace("Column\n", "Column,outcome\n", 1).replace("3,3\n", "3,3,peace\n").replace("1,1\n", "1,1,war\n")
    )
    text = text.replace("2,4\n", "2,4,peace\n").replace("4,2\n", "4,2,peace\n")
    assert dt.from_csv(text).outcomes == ("peace", "war")


def test_numbers_are_exact():
    text = "A,payoff of A,B,payoff of B\nx,1/3,l,0.1\nx,−2,r, 1 / 7\n"
    payoffs = [row for row in dt.from_csv(text).form.payoffs if row]
    assert payoffs == [(Fraction(1, 3), Fraction(1, 10)), (-2, Fraction(1, 7))]
    frame = pd.DataFrame({"A": ["x"], "B": ["l"], "payoff of A": [0.1], "payoff of B": [np.float32(0.1)]})
    assert [row for row in dt.from_frame(frame).form.payoffs if row] == [(Fraction(1, 10), Fraction(1, 10))]


# -- what is refused ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (LISTED.replace("2,4", "two,4"), r"At line 3, column 'payoff of Row': A number such as.*not 'two'"),
        (LISTED.replace("2,4", ",4"), r"At line 3, column 'payoff of Row': The cell is empty"),
        (LISTED.replace("2,4", "2,1/0"), r"column 'payoff of Column': .*no division by zero"),
        (LISTED.replace("2,4", "2,1e999999999"), r"column 'payoff of Column': .*At most 300 digits"),
        (LISTED.replace("2,4", "2,nan"), r"column 'payoff of Column': A number such as"),
        (LISTED.replace("2,4", '2,"0,5"'), r"Write decimals with a point: 0\.5"),
        (LISTED.replace("2,4", "2,4,5"), r"Line 3: Here are 5 cells, under 4 headings"),
        (
            LISTED.replace("stand,yield", "yield,stand"),
            r"At line 4: The actions \(yield, stand\) already appear in line 3",
        ),
        (LISTED.replace("yield,stand", ",stand"), r"At line 3, column 'Row': The cell is empty"),
        (
            LISTED.replace("payoff of Row", "Payoff"),
            r"The column 'Row' holds neither actions nor payoffs of a player \(Column\)",
        ),
        (
            LISTED.replace("Row,Column,", "Rows,Column,"),
            r"No column 'Row' holds the actions of 'Row'.*Did you mean 'Rows'",
        ),
        (PAIRS.replace("2, 4", "2"), r"At line 2, column 'stand': A pair of payoffs"),
        (PAIRS.replace("2, 4", "2, 4, 5"), r"At line 2, column 'stand': A pair of payoffs"),
        (PAIRS.replace("2, 4", ""), r"At line 2, column 'stand': The cell is empty"),
        (PAIRS.replace("\nstand", "\nyield"), r"At line 3: The action 'yield' already appears in line 2"),
        (PAIRS.replace(",yield,stand", ",stand,stand"), r"Two columns are headed 'stand'"),
        (PAIRS.replace(",yield,stand", ",yield,"), r"Column 3 has no heading"),
        ('a,b\n"3, 4","1, 2"\n', r"At line 2, column 'a': The first column must contain .*the pair '3, 4'"),
        ("a\nb\n", r"The table has one column"),
        ("a,b\n", r"The table is empty"),
        ("\n\n", r"contains no table"),
        ('a,b\n"x,1\n', r"Line 2: The line is no CSV"),
    ],
)
def test_what_is_wrong_is_named_by_line_and_column(text, said):
    with pytest.raises(FileFormatError, match=said):
        dt.from_csv(text)


def test_a_missing_combination_is_named():
    with pytest.raises(GameError, match=r"no cell for \(stand, yield\)"):
        dt.from_csv(LISTED.replace("stand,yield,4,2\n", ""))


def test_a_frame_names_the_row_by_its_label():
    frame = CHICKEN.strategic_form().to_frame()
    frame.loc["stand", "yield"] = "4"
    with pytest.raises(FileFormatError, match=r"At row 'stand', column 'yield'"):
        dt.from_frame(frame)
    frame.loc["stand", "yield"] = None
    with pytest.raises(FileFormatError, match=r"At row 'stand', column 'yield': The cell is empty"):
        dt.from_frame(frame)


def test_what_is_no_table_is_refused(tmp_path):
    with pytest.raises(ValueKindError, match="from_frame takes a pandas DataFrame; got str"):
        dt.from_frame(PAIRS)
    with pytest.raises(FileFormatError, match="several levels"):
        dt.from_frame(pd.DataFrame([[1, 2]], columns=pd.MultiIndex.from_tuples([("a", "b"), ("a", "c")])))
    with pytest.raises(FileFormatError, match="not from int"):
        dt.from_csv(3)
    with pytest.raises(FileFormatError, match="cannot be opened"):
        dt.from_csv(tmp_path / "nothing.csv")
    with pytest.raises(GameError, match="two players"):
        dt.from_csv(PAIRS, players=["A", "B", "C"])
    with pytest.raises(GameError, match="list of names"):
        dt.from_csv(PAIRS, players="AB")


# -- answers as frames -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "ask",
    [
        lambda game: game.strategic_form(),
        dt.solve,
        lambda game: dt.solve(game)[0],
        dt.characterize,
        lambda game: dt.sweep(game, "strike", punishment=[2, 6, 10]),
        lambda game: dt.threshold(game, "punishment", "strike"),
        lambda game: dt.regions(game, prize=[0, 10], punishment=[0, 10]),
        lambda game: dt.statics(game, "punishment", "strike"),
        lambda game: dt.robustness(game, "strike"),
    ],
    ids=lambda ask: None,
)
def test_answers_become_frames_that_can_be_saved(ask):
    frame = ask(models.load("strike").game).to_frame()
    assert len(frame) > 0
    assert len(frame.to_csv().splitlines()) > len(frame)
