"""Games to and from Gambit's files: what is read, what is written, and that it is the same game."""

import itertools
import random
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import deterrence as dt
from deterrence import chance, end, move
from deterrence.errors import FileFormatError
from deterrence.exchange.gambit.distinct_names import distinct
from deterrence.models.folklore.strike import strike
from tests.sample_games import hidden_game

# The example of Gambit's documentation of the format, with its decimals; its first player is told the first draw,
# its second the second.
BAYES = """EFG 2 R "General Bayes game, one stage" { "Player 1" "Player 2" }
c "ROOT" 1 "(0,1)" { "1G" 0.500000 "1B" 0.500000 } 0
c "" 2 "(0,2)" { "2g" 0.500000 "2b" 0.500000 } 0
p "" 1 1 "(1,1)" { "H" "L" } 0
p "" 2 1 "(2,1)" { "h" "l" } 0
t "" 1 "Outcome 1" { 10.000000 2.000000 }
t "" 2 "Outcome 2" { 0.000000 10.000000 }
p "" 2 1 "(2,1)" { "h" "l" } 0
t "" 3 "Outcome 3" { 2.000000 4.000000 }
t "" 4 "Outcome 4" { 4.000000 0.000000 }
p "" 1 1 "(1,1)" { "H" "L" } 0
p "" 2 2 "(2,2)" { "h" "l" } 0
t "" 5 "Outcome 5" { 10.000000 2.000000 }
t "" 6 "Outcome 6" { 0.000000 10.000000 }
p "" 2 2 "(2,2)" { "h" "l" } 0
t "" 7 "Outcome 7" { 2.000000 4.000000 }
t "" 8 "Outcome 8" { 4.000000 0.000000 }
c "" 3 "(0,3)" { "2g" 0.500000 "2b" 0.500000 } 0
p "" 1 2 "(1,2)" { "H" "L" } 0
p "" 2 1 "(2,1)" { "h" "l" } 0
t "" 9 "Outcome 9" { 4.000000 2.000000 }
t "" 10 "Outcome 10" { 2.000000 10.000000 }
p "" 2 1 "(2,1)" { "h" "l" } 0
t "" 11 "Outcome 11" { 0.000000 4.000000 }
t "" 12 "Outcome 12" { 10.000000 2.000000 }
p "" 1 2 "(1,2)" { "H" "L" } 0
p "" 2 2 "(2,2)" { "h" "l" } 0
t "" 13 "Outcome 13" { 4.000000 2.000000 }
t "" 14 "Outcome 14" { 2.000000 10.000000 }
p "" 2 2 "(2,2)" { "h" "l" } 0
t "" 15 "Outcome 15" { 0.000000 4.000000 }
t "" 16 "Outcome 16" { 10.000000 0.000000 }
"""

# Selten (1975), figure 2, in both forms, as the documentation of the formats gives it.
SELTEN_PAYOFFS = """NFG 1 R "Selten (IJGT, 75), Figure 2, normal form"
{ "Player 1" "Player 2" } { 3 2 }

1 1 0 2 0 2 1 1 0 3 2 0
"""
SELTEN_OUTCOMES = """NFG 1 R "Selten (IJGT, 75), Figure 2, normal form" { "Player 1" "Player 2" }

{
{ "1" "2" "3" }
{ "1" "2" }
}

{
{ "" 1, 1 }
{ "" 0, 2 }
{ "" 0, 2 }
{ "" 1, 1 }
{ "" 0, 3 }
{ "" 2, 0 }
}
1 2 3 4 5 6
"""
SELTEN = [[(1, 1), (1, 1)], [(0, 2), (0, 3)], [(0, 2), (2, 0)]]

# Two stages: what the first pays is added to what the second pays.
STAGES = """EFG 2 R "two stages" { "A" "B" } "A comment, \\"quoted\\"."
p "first" 1 7 "" { "x" "y" } 1 "early" { 1, 1/2 }
p "" 2 3 "" { "l" "r" } 0
t "" 2 "late" { 10 -.5 }
t "" 0
p "" 2 3 0
t "" 2
t "" 3 "" { 1e-3, 2.5E+1 }
"""


def meaning(game):
    """Return what a game is: everything but its name, caption and parameters."""
    form = game.form
    return (
        game.players,
        form.parent,
        form.labels,
        form.infoset_of,
        form.set_names,
        form.outcome,
        game.numbers,
    )


def test_the_example_of_the_documentation_is_read():
    game = dt.read_gambit(BAYES)
    assert (game.name, game.players, game.caption) == ("General Bayes game, one stage", ("Player 1", "Player 2"), "")
    assert [s.name for s in game.information_sets] == ["(1,1)", "(2,1)", "(2,2)", "(1,2)"]
    assert [len(s.histories) for s in game.information_sets] == [2, 4, 4, 2]
    payoffs, chances = game.numbers
    assert [row for row in payoffs if row][:3] == [(10, 2), (0, 10), (2, 4)]
    assert {row for row in chances if row} == {(Fraction(1, 2), Fraction(1, 2))}


@pytest.mark.parametrize("text", [SELTEN_PAYOFFS, SELTEN_OUTCOMES])
def test_both_forms_of_a_table_are_the_same_game(text):
    game = dt.read_gambit(text)
    table = game.strategic_form()
    assert dict(table.strategies) == {"Player 1": ("1", "2", "3"), "Player 2": ("1", "2")}
    assert [[table.payoffs[i, j] for j in range(2)] for i in range(3)] == SELTEN
    assert game.form.simultaneous


def test_payoffs_add_up_along_the_path_and_numbers_are_exact():
    game = dt.read_gambit(STAGES)
    ends = [(game.form.outcome[n], row) for n, row in enumerate(game.numbers[0]) if row]
    half = Fraction(1, 2)
    assert ends == [
        ("early, late", (11, 0)),
        ("early", (1, half)),
        ("early, late", (11, 0)),
        ("early, outcome 3", (1 + Fraction(1, 1000), half + 25)),
    ]
    assert game.caption == 'A comment, "quoted".'
    assert [s.name for s in game.information_sets] == ["A", "set 3"]


def test_a_file_that_attaches_nothing_pays_nothing():
    game = dt.read_gambit('EFG 2 R "" { "A" } t "" 0')
    assert (game.name, game.outcomes, game.numbers[0]) == ("game", ("no outcome",), [(0,)])


def test_outcome_zero_of_a_table_pays_nothing():
    game = dt.read_gambit('NFG 1 R "" { "A" } { { "x" "y" } } { { "won" 3 } } 1 0')
    assert list(zip(game.form.outcome[1:], game.numbers[0][1:], strict=True)) == [("won", (3,)), ("no outcome", (0,))]


def test_names_that_are_empty_or_repeat_are_made_different():
    text = 'EFG 2 R "" { "" "" "player 1" } p "" 1 1 "" { "x" "" "x" "x (2)" } 0 ' + 't "" 1 "" { 1 2 3 } ' * 4
    game = dt.read_gambit(text)
    assert game.players == ("player 1 (2)", "player 2", "player 1")
    assert game.information_sets[0].actions == ("x", "action 2", "x (3)", "x (2)")
    assert game.outcomes == ("outcome 1",)


def test_information_sets_of_one_player_that_share_a_label_stay_apart():
    row = 'p "" 2 {} "known" {{ "l" "r" }} 0 t "" 0 t "" 0 '
    game = dt.read_gambit('EFG 2 R "" { "A" "B" } p "" 1 1 "" { "x" "y" } 0 ' + row.format(1) + row.format(2))
    assert [s.name for s in game.information_sets] == ["A", "known", "known (2)"]


@given(st.lists(st.sampled_from(["", " ", "x", "x (2)", "action 1", "action 2"]), max_size=8))
def test_names_made_different_are_different_and_keep_what_was_alone(labels):
    names = distinct(labels, "action")
    assert len(set(names)) == len(names) == len(labels)
    assert all(name.strip() for name in names)
    assert all(names[i] == label for i, label in enumerate(labels) if label.strip() and label not in labels[:i])


@pytest.mark.parametrize("seed", range(50))
def test_a_tree_written_and_read_is_the_same_game(seed):
    game = hidden_game(seed)
    assert meaning(dt.read_gambit(dt.write_gambit(game))) == meaning(game)


def random_table(seed, names=None):
    rng = random.Random(seed)
    rows, columns = rng.randint(1, 4), rng.randint(1, 4)

    def number():
        return rng.choice([rng.randint(-9, 9), Fraction(rng.randint(-9, 9), rng.randint(1, 9)), Fraction("0.125")])

    tables = [[[number() for _ in range(columns)] for _ in range(rows)] for _ in range(2)]
    actions = names and [rng.sample(names, rows), rng.sample(names, columns)]
    return dt.bimatrix(*tables, actions=actions, players=rng.sample(names, 2) if names else ("Row", "Column"))


ODD_NAMES = [
    "a",
    'b"q"',
    "c\\d",
    "ü ö",
    "{x}",
    "d,e",
    't\\n"r',
    "new\nline",
    "x (2)",
    "x",
    "tab\t",
    "é\u200b",
    'end "',
    "1/2",
    "核",
]


@pytest.mark.parametrize("seed", range(200))
def test_a_table_written_and_read_is_the_same_game(seed):
    game = random_table(seed, ODD_NAMES)
    assert meaning(dt.read_gambit(dt.write_gambit(game))) == meaning(game)
    assert meaning(dt.read_gambit(dt.write_gambit(game, format="efg"))) == meaning(game)


def test_a_backslash_before_a_quotation_mark_gets_a_blank():
    game = dt.bimatrix([[1, 2]], [[3, 4]], players=['a\\"b', "c\\"])
    assert dt.read_gambit(dt.write_gambit(game)).players == ('a\\ "b', "c\\ ")


def test_three_players_and_one_who_only_watches_go_through_a_table():
    cells = {key: tuple(range(k, k + 4)) for k, key in enumerate(itertools.product("ab", "cd", "ef"))}
    game = dt.Game(("A", "B", "C", "Watcher"), dt.matrix(cells, players=["A", "B", "C"]))
    back = dt.read_gambit(dt.write_gambit(game, format="nfg"))
    assert back.strategic_form().strategies["Watcher"] == ("no choice",)
    assert [row for row in back.numbers[0] if row] == list(cells.values())


def test_a_tree_as_a_table_has_its_expected_payoffs():
    lottery = chance(win=(Fraction(1, 3), end("won", 3, 0)), lose=(Fraction(2, 3), end("lost", 0, 6)))
    game = dt.Game(("A", "B"), move("A", stay=end("stay", 1, 1), play=lottery))
    back = dt.read_gambit(dt.write_gambit(game, format="nfg"))
    assert [row for row in back.numbers[0] if row] == [(1, 1), (1, 4)]


def test_parameters_are_written_as_the_numbers_they_are_now():
    text = dt.write_gambit(strike.at(punishment=Fraction(1, 3)))
    assert '"war" { 11/3, -3 }' in text
    assert dt.write_gambit(dt.read_gambit(text)) == text


def test_probabilities_with_roots_still_sum_to_one():
    import sympy as sp

    root = sp.sqrt(dt.param(2, "a number").named("x").expression) / 2
    tree = chance(a=(root, end("a", 1)), b=(1 - root, end("b", 0)))
    game = dt.Game(("A",), tree, (dt.param(2, "a number").named("x"),))
    assert sum(dt.read_gambit(dt.write_gambit(game)).numbers[1][0]) == 1


def test_equilibria_survive_the_round_trip():
    for seed in range(8):
        game = hidden_game(seed, range(4))
        again = dt.read_gambit(dt.write_gambit(game))
        assert [e.strategies for e in dt.solve(again)] == [e.strategies for e in dt.solve(game)]


@pytest.mark.parametrize("key", dt.models.names())
def test_every_model_that_is_a_tree_goes_through_the_format(key):
    game = dt.models.load(key).game
    if not isinstance(game, dt.Game):
        pytest.skip("the model has no finite tree")
    assert meaning(dt.read_gambit(dt.write_gambit(game, format="efg"))) == meaning(game)


# -- paths -----------------------------------------------------------------------------------------------------


def test_a_file_is_written_and_read_by_its_path(tmp_path):
    for path in (tmp_path / "game.efg", str(tmp_path / "game.nfg")):
        text = dt.write_gambit(strike, path)
        assert Path(path).read_text(encoding="utf-8") == text
        assert text.startswith(str(path)[-3:].upper())
        assert dt.read_gambit(path).name == "strike"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["game.efg", "game.nfg"]


def test_a_file_that_exists_is_replaced_only_on_request(tmp_path):
    path = tmp_path / "game.efg"
    path.write_text("precious")
    with pytest.raises(FileFormatError, match=r"exists\. Give overwrite=True"):
        dt.write_gambit(strike, path)
    assert path.read_text() == "precious"
    dt.write_gambit(strike, path, overwrite=True)
    assert dt.read_gambit(path).name == "strike"


def test_a_failed_write_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch):
    path = tmp_path / "game.efg"
    path.write_text("precious")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(FileFormatError, match="cannot be written: no space left"):
        dt.write_gambit(strike, path, overwrite=True)
    assert [p.name for p in tmp_path.iterdir()] == ["game.efg"]
    assert path.read_text() == "precious"


def test_a_game_whose_table_is_too_large_is_not_half_written(tmp_path):
    leaf = end("only", 0, 0)
    draws = {f"d{i}": (Fraction(1, 20), move("A", x=leaf, y=leaf)) for i in range(20)}
    with pytest.raises(dt.errors.MethodError, match="strategies"):
        dt.write_gambit(dt.Game(("A", "B"), chance(draws)), tmp_path / "game.nfg")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("asked", ["gbt", "txt", "", 3])
def test_other_formats_are_refused(asked):
    with pytest.raises(FileFormatError, match="cannot be written"):
        dt.write_gambit(strike, format=asked)


def test_only_games_are_written():
    with pytest.raises(FileFormatError, match="Only a game"):
        dt.write_gambit("strike")
    with pytest.raises(FileFormatError, match="written to a path, not to int"):
        dt.write_gambit(strike, 3)
