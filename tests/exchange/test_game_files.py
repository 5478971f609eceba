"""Games in files: lossless, in a published form, and whatever a file holds it does no harm."""

import json
import sys
from fractions import Fraction
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import deterrence as dt
from deterrence import chance, end, matrix, models, move, param, share, where
from deterrence.errors import FileFormatError
from deterrence.exchange.files.schema import schema

GAMES = [key for key in models.names() if isinstance(models.load(key).game, dt.Game)]
DOCS = Path(__file__).resolve().parents[2] / "docs"
STRIKE = models.load("strike").game


# -- there and back ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", GAMES)
def test_every_model_goes_there_and_back_and_has_the_published_form(key):
    game = models.load(key).game
    text = dt.to_json(game)
    again = dt.from_json(text)
    assert again == game
    assert (again.caption, again.parameter_list, again.class_name_list) == (
        game.caption,
        game.parameter_list,
        game.class_name_list,
    )
    jsonschema.Draft202012Validator(schema()).validate(json.loads(text))


def test_the_equilibria_of_a_game_that_was_read_are_those_of_the_original():
    game = models.load("unilateral_deterrence").game
    again = dt.from_json(dt.to_json(game))
    assert [e.behaviour for e in dt.solve(again)] == [e.behaviour for e in dt.solve(game)]
    assert [e.name for e in dt.solve(again)] == [e.name for e in dt.solve(game)]


def test_matrices_inside_trees_labels_and_mechanisms_keep_their_meaning():
    @dt.game("A", "B")
    def mixed(p=share(Fraction(1, 3), "a chance"), x=param(Fraction(1, 7), "a payoff", low=-1)):
        """A table after a draw, and a labelled set."""
        table = matrix({("l", "m"): (x, 1), ("l", "n"): (0, 2), ("r", "m"): (3, 1), ("r", "n"): (1, x**2)})
        left = move("B", information="unsure", up=end("up", 1, 0), down=end("down", 0, x / 2))
        right = move("B", information="unsure", up=end("up", 1, 1), down=end("down", 0, 2))
        played = move("A", information="first", left=left, right=right)
        return where(chance(table=(p, table), tree=(1 - p, played)), x < 2, p < 1)

    game = mixed.under(dt.Sanctions("A", outcomes=("up",)))
    assert dt.from_json(dt.to_json(mixed)) == mixed
    assert dt.from_json(dt.to_json(game)) == game


def test_a_tree_of_thousands_of_moves_in_a_row_goes_there_and_back():
    node = end("end", 0, 0)
    for k in range(2000):
        node = move("AB"[k % 2], go=node, stop=end(f"stop {k}", k, -k))
    game = dt.Game(("A", "B"), node)
    assert dt.from_json(dt.to_json(game)) == game


def test_a_part_that_stands_in_a_tree_twice_is_written_once():
    text = """
        {"format": "deterrence-game", "version": 1, "players": ["A"],
         "nodes": {"choice": {"player": "A", "actions": {"x": {"outcome": "x", "payoffs": [1]},
                                                         "y": {"outcome": "y", "payoffs": [2]}}}},
         "tree": {"chance": {"one": {"probability": 0.5, "then": "choice"},
                             "two": {"probability": "1/2", "then": "choice"}}}}"""
    solution = dt.solve(dt.from_json(text))
    assert solution[0].outcomes == {"x": 0, "y": 1}


def test_the_published_schema_is_the_one_that_readers_hold_to():
    assert json.loads((DOCS / "_static" / "game.schema.json").read_text(encoding="utf-8")) == schema()
    jsonschema.Draft202012Validator.check_schema(schema())


# -- TOML and files ---------------------------------------------------------------------------------------

TOML = """
format = "deterrence-game"
version = 1
name = "strike by hand"
players = ["Challenger", "Defender"]

[parameters]
prize = {value = 4, meaning = "gain", low = 0}
war = {value = 3.5, meaning = "cost of retaliating"}

[tree]
player = "Challenger"

[tree.actions.restrain]
outcome = "status quo"
payoffs = [0, 0]

[tree.actions.strike]
player = "Defender"
actions.restrain = {outcome = "fait accompli", payoffs = {Challenger = "prize", Defender = -6}}
actions.retaliate = {outcome = "war", payoffs = ["prize - 9", "-war"]}
"""


def test_a_game_is_written_by_hand_in_toml(tmp_path):
    file = tmp_path / "strike.toml"
    file.write_text(TOML, encoding="utf-8")
    game = dt.read_game(file)
    assert game.values == {"prize": 4, "war": Fraction(7, 2)}
    assert dt.threshold(game, "war", "fait accompli", between=(0, 20)).value == 6
    assert dt.from_json(dt.to_json(game)) == game


def test_a_file_is_written_whole_and_not_over_another_without_saying_so(tmp_path):
    file = tmp_path / "strike.json"
    dt.to_json(STRIKE, file)
    assert dt.read_game(file) == STRIKE
    with pytest.raises(FileFormatError, match="overwrite=True"):
        dt.to_json(STRIKE.at(war=1), file)
    assert dt.read_game(file) == STRIKE
    dt.to_json(STRIKE.at(war=1), file, overwrite=True)
    assert dt.read_game(file).values["war"] == 1
    assert [path.name for path in tmp_path.iterdir()] == ["strike.json"]


def test_a_gambit_file_is_read_and_its_content_is_never_taken_for_a_path(tmp_path):
    (tmp_path / "strike.efg").write_text(dt.write_gambit(STRIKE), encoding="utf-8")
    assert [e.payoffs for e in dt.solve(dt.read_game(tmp_path / "strike.efg"))] == [e.payoffs for e in dt.solve(STRIKE)]
    (tmp_path / "other.efg").write_text(str(tmp_path / "strike.efg"), encoding="utf-8")
    with pytest.raises(FileFormatError):
        dt.read_game(tmp_path / "other.efg")


def test_numbers_of_hundreds_of_digits_are_printed_rounded():
    huge = "9" * 390
    game = dt.from_json(with_tree('{"outcome": "o", "payoffs": ["' + huge + '/2", "1/' + huge + '"]}'))
    assert "5e+389" in str(game)
    assert "1e-390" in str(dt.solve(game))


def test_a_file_that_is_none_is_refused(tmp_path):
    with pytest.raises(FileFormatError, match=r"ends in \.json, \.toml, \.efg, \.nfg"):
        dt.read_game(tmp_path / "game.txt")
    with pytest.raises(FileFormatError, match="no such file"):
        dt.read_game(tmp_path / "none.json")
    (tmp_path / "folder.json").mkdir()
    with pytest.raises(FileFormatError, match="directory"):
        dt.read_game(tmp_path / "folder.json")
    with pytest.raises(FileFormatError, match="Only a game"):
        dt.to_json("strike")


# -- hostile input ----------------------------------------------------------------------------------------

HEAD = '{"format": "deterrence-game", "version": 1, "players": ["A", "B"], '
END = '{"outcome": "o", "payoffs": [0, 0]}'
LAUGHTER = ", ".join(
    f'"n{k}": {{"player": "A", "actions": {{"a": "n{k - 1}", "b": "n{k - 1}"}}}}' for k in range(1, 60)
)


def with_tree(tree, more=""):
    return f'{HEAD}{more}"tree": {tree}}}'


HOSTILE = {
    "nothing": ("", "Line 1, column 1: The text is no JSON"),
    "a truncated text": (with_tree(END)[:-10], "The text is no JSON"),
    "deep lists": ("[" * 100_000, "nests too deeply"),
    "a deep tree": (HEAD + '"tree": ' + '{"player": "A", "actions": {"a": ' * 20_000, "nests too deeply"),
    "a huge integer": (with_tree('{"outcome": "o", "payoffs": [' + "9" * 10**6 + ", 1]}"), "more than 400 digits"),
    "a huge exponent": (with_tree('{"outcome": "o", "payoffs": [1e999999999, 1]}'), "more than 400 digits"),
    "no number": (with_tree('{"outcome": "o", "payoffs": [NaN, 1]}'), "NaN is not a number"),
    "a truth value": (with_tree('{"outcome": "o", "payoffs": [true, 1]}'), "At tree.payoffs[0]: It must be 'number'"),
    "no tree": (with_tree("null"), "At tree: It must be 'object' or 'string', not None"),
    "an end without payoffs": (with_tree('{"outcome": "o"}'), "At tree: 'payoffs' is missing"),
    "an unknown field": (
        with_tree('{"outcome": "o", "payoffs": [1, 2], "payoff": 3}'),
        "At tree: There is no field called 'payoff'; allowed are 'outcome' or 'payoffs'",
    ),
    "a field twice": (with_tree('{"outcome": "o", "outcome": "p", "payoffs": [1, 2]}'), "'outcome' appears twice"),
    "a circle": (with_tree('"x"', '"nodes": {"x": {"player": "A", "actions": {"a": "x"}}}, '), "is below itself"),
    "an unknown part": (with_tree('"x"'), "no entry of 'nodes' called 'x'"),
    "a billion laughs": (
        with_tree('"n59"', f'"nodes": {{"n0": {END}, {LAUGHTER}}}, '),
        "more than 300,000 nodes",
    ),
    "code": (with_tree('{"outcome": "o", "payoffs": ["__import__(\'os\').getcwd()", 1]}'), "At tree.payoffs[0]"),
    "another version": (with_tree(END).replace("1,", "7,", 1), "At version: It must be 1, not 7"),
    "a list": ("[1, 2]", "At the top level: It must be 'object', not a list of 2"),
    "an unknown player": (with_tree('{"player": "C", "actions": {"a": ' + END + "}}"), "belongs to 'C'"),
    "a wrong parameter name": (
        with_tree(END, '"parameters": {"a b": {"value": 1, "meaning": "m"}}, '),
        "'a b' is not a valid parameter name",
    ),
    "a parameter out of range": (
        with_tree(END, '"parameters": {"x": {"value": 9, "meaning": "m", "high": 3}}, '),
        "At parameters.x: ",
    ),
    "an assumption that is none": (
        with_tree(END, '"parameters": {"x": {"value": 9, "meaning": "m"}}, "assumptions": ["x + 1"], '),
        "At assumptions[0]: ",
    ),
    "UTF-16": (with_tree(END).encode("utf-16"), "UTF-16; save it as UTF-8"),
    "Latin-1": ('{"a": "é"}'.encode("latin-1"), "not UTF-8"),
    "a NUL": ("\0", "NUL character"),
    "half a character": ('{"a": "\ud800"}', "half a character"),
    "players twice": (with_tree(END).replace('["A", "B"]', '["A", "A"]'), "Two players are called 'A'"),
    "a cell twice": (
        with_tree(
            '{"matrix": [{"actions": ["a", "b"], "payoffs": [1, 2]}, {"actions": ["a", "b"], "payoffs": [1, 2]}]}'
        ),
        "At tree.matrix[1]: The cell a, b is defined twice",
    ),
    "chances that do not sum to one": (
        with_tree(f'{{"chance": {{"a": {{"probability": 0.3, "then": {END}}}}}}}'),
        "must sum to 1",
    ),
    "imperfect recall": (
        with_tree(
            '{"player": "A", "information": "h", "actions": {"a": {"player": "A", "information": "h", '
            f'"actions": {{"a": {END}, "b": {END}}}}}, "b": {END}}}}}'
        ),
        "makes no game",
    ),
}


@pytest.mark.parametrize(("text", "why"), HOSTILE.values(), ids=HOSTILE)
def test_what_holds_no_game_is_refused_with_its_place(text, why):
    with pytest.raises(FileFormatError) as caught:
        dt.from_json(text)
    assert why in str(caught.value)
    assert len(str(caught.value)) < 700


HOSTILE_TOML = {
    "no TOML": ("a = = 1", "no TOML"),
    "long dotted keys": ("a." * 50_000 + "b = 1", "too many dots"),
    "deep lists": ("a = " + "[" * 50_000, "nests too deeply"),
    "a huge integer": ("a = " + "9" * 10_000, "more than 400 digits"),
    "a huge exponent": ("a = 1e999999999", "more than 400 digits"),
    "infinity": ("a = inf", "inf is not a number"),
    "a date": (TOML.replace("3.5", "2020-04-07"), "At parameters.war.value"),
}


@pytest.mark.parametrize(("text", "why"), HOSTILE_TOML.values(), ids=HOSTILE_TOML)
def test_toml_that_holds_no_game_is_refused(text, why):
    with pytest.raises(FileFormatError) as caught:
        dt.from_toml(text)
    assert why in str(caught.value)


def test_a_crafted_expression_runs_no_code(monkeypatch):
    def alarm(*_):
        raise AssertionError("a text from a file was evaluated")

    monkeypatch.setattr("builtins.eval", alarm)
    monkeypatch.setattr("builtins.exec", alarm)
    monkeypatch.setitem(sys.modules, "antigravity", None)
    for text in ("__import__('antigravity')", "x.__class__", "().__class__.__mro__", "exec('1')", "eval('1')", "x;y"):
        tree = json.dumps({"outcome": "o", "payoffs": [text, 0]})
        with pytest.raises(FileFormatError):
            dt.from_json(with_tree(tree, '"parameters": {"x": {"value": 1, "meaning": "m"}}, '))


SEED = dt.to_json(models.load("noisy_attribution").game)


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_a_mutated_document_is_a_game_or_an_error_of_ours(data):
    text = SEED
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(text) - 1))
        size = data.draw(st.integers(0, 12))
        text = (
            text[:at]
            + data.draw(st.text(alphabet='{}[]",:0123456789eE+-.xtruefalsn\\', max_size=6))
            + text[at + size :]
        )
    try:
        assert isinstance(dt.from_json(text), dt.Game)
    except FileFormatError as error:
        assert str(error)  # noqa: PT017  (any other error fails the test)


PLAUSIBLE = """
format = "deterrence-game"
version = 1
players = ["Ruler"]
tree = {outcome = "income", payoffs = ["oil"]}

[parameters]
oil = {value = 5, meaning = "income from oil", low = 0, %s}
"""


def test_plausible_values_are_read_with_their_reason():
    oil = dt.from_toml(PLAUSIBLE % 'plausible = ["1/2", 7.5], why = "prices of a year"').parameters["oil"]
    assert oil.plausible == (Fraction(1, 2), Fraction(15, 2))
    assert oil.why == "prices of a year"
    assert dt.from_toml(PLAUSIBLE % "plausible = [6, 7]").parameters["oil"].plausible == (
        6,
        7,
    )  # the value may lie outside


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ('why = "because"', "says 'why', and no 'plausible' values"),
        ("plausible = [1]", "parameters.oil.plausible"),
        ("plausible = [7, 1]", "run from the least to the greatest"),
        ("plausible = [-1, 7]", "outside its range"),
        ('plausible = [0, "oil"]', "oil"),
    ],
)
def test_plausible_values_that_cannot_be_are_refused_with_their_place(fields, sentence):
    with pytest.raises(FileFormatError, match=sentence) as error:
        dt.from_toml(PLAUSIBLE % fields)
    assert "parameters.oil" in str(error.value)
