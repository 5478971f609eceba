"""What a conflict refuses, each with a sentence that says what is wrong and what is allowed."""

import pytest

import deterrence as dt
from deterrence.errors import GameError, MethodError, UnknownNameError
from deterrence.ordinal import stabilising

STATES = ("peace", "war")
MOVES = {"A": [("peace", "war")], "B": [("war", "peace")]}
RANKINGS = {"A": ["peace", "war"], "B": ["peace", "war"]}
OPTIONS = {"Navy": ["blockade"], "Shipper": ["turn back"]}
WISHES = {"Navy": [{"turn back": True}], "Shipper": [{"blockade": False}]}


def conflict(**changed):
    parts = {"players": ("A", "B"), "states": STATES, "moves": MOVES, "preferences": RANKINGS, **changed}
    return dt.Conflict(parts["players"], parts["states"], parts["moves"], parts["preferences"])


def from_options(options=OPTIONS, wishes=WISHES, **more):
    return dt.conflict_from_options(options, wishes, **more)


def test_what_is_changed_below_stands_as_it_is():
    assert conflict().states == STATES
    assert from_options().states == ("nothing", "blockade", "turn back", "blockade + turn back")


@pytest.mark.parametrize(
    ("changed", "error", "sentence"),
    [
        ({"players": "AB"}, GameError, "The decision makers are a tuple of names, not the text 'AB'"),
        ({"players": ()}, GameError, "needs at least one decision maker"),
        ({"players": ("A", "A")}, GameError, "Two decision makers are called 'A'"),
        ({"states": ("peace", 2)}, GameError, "A state is named in words, not 2"),
        ({"states": ("peace", " ")}, GameError, "A state is named in words, not ' '"),
        ({"moves": {"A": [("peace", "war", "peace")]}}, GameError, "A move of 'A' is a pair of states, from and to"),
        ({"moves": {"A": {"peace": "wars"}}}, UnknownNameError, "no state called 'wars'.*Did you mean 'war'"),
        ({"moves": {"C": []}}, UnknownNameError, "no decision maker called 'C'. Allowed: 'A', 'B'"),
        ({"preferences": {**RANKINGS, "A": "peace"}}, GameError, "a list of states from best to worst, not the text"),
        ({"preferences": {**RANKINGS, "A": ["peace", "wat"]}}, UnknownNameError, "Did you mean 'war'"),
        ({"preferences": {**RANKINGS, "A": ["peace", "war", "peace"]}}, GameError, "A ranks 'peace' twice"),
    ],
)
def test_a_conflict_that_is_none_is_refused(changed, error, sentence):
    with pytest.raises(error, match=sentence):
        conflict(**changed)


def test_a_question_about_what_is_not_there_is_refused():
    made = conflict()
    with pytest.raises(UnknownNameError, match="no decision maker called 'a'"):
        made.reachable("a", "peace")
    with pytest.raises(
        UnknownNameError, match=r"no state called 'pease'\. Allowed: 'peace', 'war'\. Did you mean 'peace'"
    ):
        made.prefers("A", "pease", "war")
    with pytest.raises(UnknownNameError, match="no concept of stability called 'SEQ'"):
        dt.stability(made, concepts=["Nash"]).equilibria("SEQ")


def test_a_tree_is_no_graph_of_states():
    with pytest.raises(
        GameError, match="Only one simultaneous move can be read as a graph of states; 'strike' is a tree"
    ):
        dt.Conflict.from_game(dt.models.load("strike").game)


@pytest.mark.parametrize(
    ("given", "error", "sentence"),
    [
        ({"options": {**OPTIONS, "Shipper": ["blockade"]}}, GameError, "'blockade' is listed twice"),
        (
            {"options": {"Navy": [f"o{i}" for i in range(17)]}},
            GameError,
            "17 options have 131,072 combinations; at most 16",
        ),
        ({"same": [{"blockade": True}, {"turn back": True}]}, GameError, "fits two patterns that are one state each"),
        ({"names": {"blockades": "b"}}, UnknownNameError, "Did you mean 'blockade'"),
        (
            {"wishes": {**WISHES, "Navy": [{"turn back": True}, "nothing"]}},
            GameError,
            "mix statements and states; got 'not",
        ),
        ({"wishes": {**WISHES, "Navy": [{"turnback": True}]}}, UnknownNameError, "Did you mean 'turn back'"),
        (
            {"infeasible": [{"turn back": "yes"}]},
            GameError,
            "says True or False of an option; 'turn back' was given 'yes'",
        ),
        ({"irreversible": {"blokade": "taken"}}, UnknownNameError, "Did you mean 'blockade'"),
        ({"irreversible": {"blockade": "take"}}, UnknownNameError, "no direction called 'take'.*Did you mean 'taken'"),
    ],
)
def test_options_that_make_no_conflict_are_refused(given, error, sentence):
    with pytest.raises(error, match=sentence):
        from_options(**given)


def test_stabilising_preferences_refuse_what_they_cannot_answer(monkeypatch):
    with pytest.raises(MethodError, match="Expected a Conflict; got 'war'"):
        dt.stabilising_preferences("war", "peace", "A", "Nash")
    with pytest.raises(UnknownNameError, match=r"no concept of stability called 'Nahs'.*Did you mean 'Nash'"):
        dt.stabilising_preferences(conflict(), "peace", "A", "Nahs")
    monkeypatch.setattr(stabilising, "MOST_DEMANDS", 0)  # a conflict of so many would take long to answer
    with pytest.raises(MethodError, match="more than 0 minimal demands on the preferences of 'A'"):
        dt.stabilising_preferences(conflict(), "peace", "A", "Nash")
