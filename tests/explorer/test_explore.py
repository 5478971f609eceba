"""The verb explore: what it takes, what it refuses, and where pages come from."""

import pickle

import pytest
import sympy as sp

import deterrence as dt
from deterrence.errors import FileFormatError, GameError, ParameterError, UnknownNameError, ValueKindError
from deterrence.solvers.discovery.discovery import NOT_EXCLUDED

STRIKE = dt.models.load("folklore/strike")


def test_a_page_is_written_and_never_over_another(tmp_path):
    path = tmp_path / "strike.html"
    made = dt.explore(STRIKE, path=path)
    assert path.read_text(encoding="utf-8") == made.html
    with pytest.raises(FileFormatError, match="exists"):
        dt.explore(STRIKE, path=path)
    dt.explore(STRIKE, path=path, overwrite=True)


@pytest.mark.parametrize(
    ("make", "axes"),
    [
        (lambda: dt.explore(STRIKE.game, x="war", y="prize"), ("war", "prize")),
        (lambda: dt.explore(STRIKE, x="war"), ("war",)),
        (lambda: dt.characterize(STRIKE.game).explore(x="war", y="loss"), ("war", "loss")),
        (lambda: STRIKE.explore(x="war", y="loss"), ("war", "loss")),
        (lambda: dt.solve(STRIKE.game).explore(x="war", y="loss"), ("war", "loss")),
        (lambda: dt.regions(STRIKE.game, war=[0, 9], loss=[0, 9]).explore(), ("war", "loss")),
        (lambda: dt.explore(STRIKE.game, parameters=["war"]), ("war",)),
        (lambda: dt.explore(STRIKE.game, x="war", y="loss", parameters=["war"]), ("war", "loss")),
        (lambda: dt.explore(dt.models.load("brams1994/farsighted_chicken")), ()),
    ],
)
def test_games_models_and_answers_have_pages(make, axes):
    made = make()
    assert made.axes == axes
    assert made.html.startswith("<!doctype html>")


def test_the_map_shows_two_parameters_that_matter():
    game = dt.models.load("zagare2000/unilateral_deterrence")
    assert set(dt.explore(game).axes) == {"defender_credibility", "challenger_credibility"}


@pytest.mark.parametrize(
    ("given", "options", "error", "said"),
    [
        (STRIKE, {"x": "wr"}, UnknownNameError, "'war'"),
        (STRIKE, {"y": "war"}, ParameterError, "without x"),
        (STRIKE, {"x": "war", "y": "war"}, ParameterError, "both 'war'"),
        (STRIKE, {"parameters": ["wr"]}, UnknownNameError, "'war'"),
        (dt.characterize(STRIKE.game, parameters=["war"]), {"x": "prize"}, ParameterError, "held"),
        (dt.models.load("fearon1994/audience_costs"), {}, GameError, "continuous"),
        (dt.models.load("fang1993/elmira"), {}, ValueKindError, "takes a game, a model or a characterization"),
        (3, {}, ValueKindError, "takes a game, a model or a characterization"),
    ],
)
def test_mistakes_get_a_sentence(given, options, error, said):
    with pytest.raises(error, match=said):
        dt.explore(given, **options)


def test_a_page_on_what_is_not_proved_says_so():
    found = dt.characterize(STRIKE.game)
    assert "not proved" not in dt.explore(found).html
    from dataclasses import replace

    partly = replace(found, complete=False, unresolved=(NOT_EXCLUDED,), covered=dt.Coverage(0.93, 300, {}))
    html = dt.explore(partly).html
    assert (
        "Proved: while the other parameters stay where they begin, the map shows all equilibria but where payoffs tie."
        in html
    )
    assert "With other values these are all equilibria at 93% of 300 points" in html
    assert "that there is no other is not proved" in html
    undecided = dt.explore(replace(partly, unresolved=(NOT_EXCLUDED, "whether some play occurs was not decided"))).html
    assert "Proved:" not in undecided
    fewer = replace(partly, classes=found.classes[1:])
    html = dt.explore(fewer).html
    assert "Proved:" not in html
    assert "These are all equilibria at 93% of 300 points" in html


def test_what_a_page_prints_and_shows():
    made = dt.explore(STRIKE, x="war", y="prize")
    assert str(made).startswith("A page on 'strike' over war and prize, ")
    assert repr(made) == "<Explorer of 'strike': 3 classes>"
    assert made._repr_html_().startswith("<iframe title=")
    assert pickle.loads(pickle.dumps(made)).html == made.html


def test_every_page_of_a_small_model_is_light():
    for key in ("folklore/strike", "zagare2000/unilateral_deterrence", "fearon1997/tying_hands"):
        assert len(dt.explore(dt.models.load(key)).html.encode()) < 120_000


def test_parameters_that_an_assumption_ties_follow_on_the_page():
    @dt.game("A", "B")
    def tied(cost=dt.param(2, "cost", low=0, high=9), other=dt.param(4, "twice the cost", low=0, high=18)):
        hit = dt.end("war", -1, 3 - other)
        tree = dt.move("A", stay=dt.end("stay", 0, 0), go=dt.move("B", give=dt.end("give", 1, -cost), hit=hit))
        return dt.where(tree, sp.Eq(other, 2 * cost))

    content = dt.explore(tied).content
    assert [p["tied"] for p in content.data["parameters"]] == [False, True]
    assert "const TIE=()=>{p1=2*p0};" in content.code
