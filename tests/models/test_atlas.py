"""The map of the theory: every model says where it stands, and can be found by it."""

import matplotlib.pyplot as plt
import pytest

from deterrence import models
from deterrence.errors import UnknownNameError
from deterrence.models import Theory
from deterrence.models.atlas import NEITHER
from deterrence.models.theory import VOCABULARY, WORDS, as_words

KEYS = models.names()
DETERS = {"mechanism": ("credibility",), "actors": "two states", "information": ("complete",), "result": ("deters",)}


@pytest.mark.parametrize("key", KEYS)
def test_every_model_says_where_it_stands_and_what_is_next_to_it(key):
    theory = models.load(key).theory
    assert theory is not None
    assert theory.finding.endswith(".")
    assert all(as_words(getattr(theory, name)) for name in WORDS if name != "means")
    assert theory.neighbours
    assert key not in theory.neighbours
    assert set(theory.neighbours) <= set(KEYS)
    assert all(sentence.endswith(".") for sentence in theory.neighbours.values())
    assert theory.finding in str(models.load(key))


@pytest.mark.parametrize("key", KEYS)
def test_what_is_said_to_be_known_to_all_is(key):
    model = models.load(key)
    if "complete" not in model.theory.information:
        return
    assert model.theory.information == ("complete",)
    if model.kind == "tree":  # who decides knows every draw before, and what is hidden is at most a move made at once
        form = model.game.form
        for nodes in form.nodes_of:
            assert len({_draws_before(form, node) for node in nodes}) == 1


def _draws_before(form, node):
    return tuple((at, branch) for at, branch in form.path(node) if form.infoset_of[at] < 0)


def test_from_each_model_one_comes_to_every_other_by_neighbours():
    reached, edge = set(), {KEYS[0]}
    while edge:
        reached |= edge
        edge = {other for key in edge for other in models.neighbours(key)} - reached
    assert reached == set(KEYS)


def test_a_model_that_is_named_knows_by_whom():
    assert models.neighbours("strike")["schelling1966/tripwire"] == "There a force may be stationed first."
    named = models.neighbours("prisoners_dilemma")["snyder1977/deadlock"]
    assert named == "Unlike there, here both would rather compromise."
    with pytest.raises(UnknownNameError, match="no model called"):
        models.neighbours("nobody")


def test_models_are_found_by_their_words():
    found = models.table(mechanism="brinkmanship", information="two-sided")
    assert {"nalebuff1986/risk_auction", "cases/cuba_1962"} <= set(found["key"])
    either = set(models.table(result=("backfires", "no effect"))["key"])
    assert either == set(models.table(result="backfires")["key"]) | set(models.table(result="no effect")["key"])
    assert len(models.table(relation="exact", mechanism="inspection", actors="alliance")) == 0
    assert list(models.table(relation="exact", actors="alliance", scope="direct").columns) == list(
        models.table().columns
    )


@pytest.mark.parametrize(
    ("ask", "sentence"),
    [
        (lambda: models.table(mechanism="sanction"), "no mechanism called 'sanction'.*Did you mean 'sanctions'"),
        (lambda: models.table(result=("deters", "wins")), "no result called 'wins'"),
        (lambda: models.table(relation="inspired"), "no relation called 'inspired'"),
        (lambda: models.table(topic="no such", colour="red"), "no trait of a model called 'colour'"),
        (lambda: models.table(topic="no such", mechanism="sanction"), "no mechanism called 'sanction'"),
        (lambda: models.theory_map("mechanisms"), "no field of the theory called 'mechanisms'"),
        (lambda: models.theory_map(columns="topic"), "no field of the theory called 'topic'"),
        (lambda: models.theory_map(colour="red"), "no trait of a model called 'colour'"),
        (lambda: Theory(**DETERS | {"actors": "three states"}, finding="It deters."), "word for the actors"),
    ],
)
def test_a_word_that_there_is_not_is_refused(ask, sentence):
    with pytest.raises(UnknownNameError, match=sentence):
        ask()


@pytest.mark.parametrize("rows", WORDS)
def test_a_map_has_every_model_once_and_no_empty_line(rows):
    found = models.theory_map(rows, "result")
    placed = [key for keys in found.cells.values() for key in keys]
    assert sorted(placed) == sorted(KEYS)
    assert {row for row, _ in found.cells} == set(found.row_words)
    frame = found.to_frame()
    assert sorted(key for cell in frame.to_numpy().ravel() for key in cell.split()) == sorted(KEYS)
    assert all(row in VOCABULARY[rows] or row == NEITHER for row in found.row_words)


def test_a_map_prints_and_draws_each_name():
    found = models.theory_map("result", "information", mechanism="brinkmanship")
    assert "risk_auction" in str(found)
    assert found.cells["no effect", "two-sided"] == ("nalebuff1986/risk_auction",)
    _, ax = plt.subplots()
    assert found.plot(ax=ax) is ax
    texts = {line for text in ax.texts for line in text.get_text().split("\n")}
    assert {"risk auction", "no effect", "two-sided"} <= texts
    plt.close("all")


def test_a_map_of_no_model_is_empty_and_still_drawn():
    found = models.theory_map(mechanism="inspection", relation="exact", actors="state and proxy")
    assert found.row_words == found.column_words == ()
    assert "0 models" in str(found)
    found.plot()
    plt.close("all")
