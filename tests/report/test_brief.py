"""The brief says what the solvers say, in sections, sentences and tables."""

import re
import sys
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

import deterrence as dt
from deterrence.models import catalogue
from deterrence.models.cases.iraq_2020 import PROXY_STRIKE
from deterrence.report import as_html, as_text, brief

MODULE = sys.modules[brief.__module__]  # the package shows the function of the module's name


@pytest.fixture(autouse=True)
def coarse(monkeypatch):
    monkeypatch.setattr(MODULE, "CURVE_POINTS", 7)
    monkeypatch.setattr(MODULE, "MAP_POINTS", 5)


def made(name, **values):
    model = catalogue.load(name)
    return brief(replace(model, game=model.game.at(**values)))


@pytest.fixture(scope="module")
def iraq():
    """Hold the brief on Iraq, on coarse grids."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(MODULE, "CURVE_POINTS", 5)
        patch.setattr(MODULE, "MAP_POINTS", 4)
        patch.setattr(MODULE, "_formula_in_words", lambda boundary: "")  # asked of a smaller game below
        shares = []
        return brief(catalogue.load("iraq-2020"), lambda share, doing: shares.append((share, doing))), shares


def tables(found):
    return {table.title: table for section in found.sections for table in section.tables}


def section(found, start):
    return next(part for part in found.sections if part.title.startswith(start))


# -- small models -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["strike", "noisy-attribution", "unilateral-deterrence"])
def test_outcomes_and_payoffs_are_those_of_the_solvers(name):
    solution = dt.solve(catalogue.load(name).game)
    groups = solution.distinct_outcomes()
    found = tables(made(name))
    for outcome, *cells in found["Outcomes"].rows:
        assert [float(cell) for cell in cells] == pytest.approx(
            [float(group[0].outcomes[outcome]) for group in groups], abs=5e-5
        )
    for player, *cells in found["Expected payoffs"].rows:
        assert [float(cell) for cell in cells] == pytest.approx(
            [float(group[0].payoffs[player]) for group in groups], abs=5e-5
        )


def test_one_equilibrium_is_told_in_a_sentence():
    words = section(made("strike", war=8), "What happens").paragraphs
    assert words == (
        "There is exactly one subgame perfect equilibrium.",
        "Challenger chooses 'strike'; Defender chooses 'restrain'.",
    )


def test_several_equilibria_are_told_apart_and_none_is_picked():
    words = section(made("noisy-attribution"), "What happens").paragraphs
    assert "3 classes of perfect Bayesian equilibrium, with 3 different courses of events" in words[0]
    assert [text.split(":")[0] for text in words[1:]] == ["Play 1", "Play 2", "Play 3"]
    assert "'wait' with probability 0.875 and 'strike' with probability 0.125" in words[2]


def test_many_choices_stand_in_a_table():
    found = made("unilateral-deterrence")
    rows = {row[1]: row for row in tables(found)["What is done where play leads"].rows}
    assert rows["Soft Defender, challenged"][0] == "Defender"
    assert "concede with probability 0.7143" in rows["Soft Defender, challenged"][3]
    assert rows["Soft Defender, challenged"][2] == "not reached"


def test_every_parameter_and_assumption_is_named():
    game = catalogue.load("unilateral-deterrence").game
    last = section(made("unilateral-deterrence"), "What is assumed")
    assert {row[0] for row in last.tables[0].rows} == set(game.parameters)
    assert "defender_concession < defender_hard_conflict" in " ".join(last.paragraphs)


def test_a_small_game_is_drawn_and_a_large_one_is_not(iraq):
    assert section(made("strike"), "What happens").figures
    assert not section(iraq[0], "What happens").figures


def test_the_text_holds_every_section_and_what_the_model_does_not_say():
    found = made("strike")
    text = as_text(found)
    assert all(part.title in text for part in found.sections)
    assert "What the model does not say" in text
    assert "There is exactly one subgame perfect equilibrium." in text


def test_a_boundary_is_told_as_a_formula_where_it_is_short():
    deniable = catalogue.load("strike").game.under(dt.Deniability("strike", "retaliate"))
    (boundary,) = dt.threshold(deniable, "attribution", "strike").boundaries
    assert MODULE._formula_in_words(boundary) == " (that is, prize/punishment)"


def test_what_goes_into_the_page_is_escaped():
    found = replace(made("strike"), lead=("a < b & c",))
    page = as_html(found)
    assert "a &lt; b &amp; c" in page
    assert page.count("<h2") == len(found.sections) + 1


# -- the case -----------------------------------------------------------------------------------------------


def test_the_sections_answer_the_questions_of_a_brief(iraq):
    assert [part.title for part in iraq[0].sections] == [
        "What happens at the present values, and what else could?",
        "How does deniability move it?",
        "How does sanctions pressure move it?",
        "Which regime holds where: attribution against pressure?",
        "How is the game built, and what does each mechanism add?",
        "What is assumed?",
    ]


def test_progress_rises_to_one(iraq):
    shares = [share for share, _ in iraq[1]]
    assert shares == sorted(shares)
    assert shares[-1] == 1


def test_what_is_asked_is_answered_by_the_solvers(iraq):
    equilibrium = dt.solve(catalogue.load("iraq-2020").game)[0]
    for (_, cell), question in zip(
        tables(iraq[0])["What is asked"].rows, catalogue.load("iraq-2020").measures.values(), strict=True
    ):
        assert float(cell) == pytest.approx(float(equilibrium.probability(*question)), abs=5e-5)


def test_the_threshold_of_deniability_is_told_with_what_jumps(iraq):
    # 31/75 is derived by hand in the tests of the model.
    words = " ".join(section(iraq[0], "How does deniability").paragraphs)
    assert "At attribution = 31/75 the equilibria change" in words
    assert "that Iran orders a strike through the militia goes from 1 to 0.5571" in words
    assert "Nowhere does more attribution raise the probability that Iran orders a strike" in words


def test_the_stretches_of_pressure_hold_what_the_solvers_find_inside_them(iraq):
    table = section(iraq[0], "How does sanctions").tables[0]
    assert table.columns[1:] == ("0 to 4/3", "4/3 to 2", "2 to 158/29", "158/29 to 8", "8 to 9", "9 to 20")
    game, orders = catalogue.load("iraq-2020").game, table.rows[0][1:]
    for inside, cell in zip((1, 1.7, 4, 7, 8.5, 15), orders, strict=True):
        found = dt.solve(game.at(pressure=inside))[0].probability(PROXY_STRIKE, "Iran")
        ends = [float(end) for end in re.split(" → ", cell)]
        assert min(ends) - 5e-5 <= float(found) <= max(ends) + 5e-5


def test_curves_have_no_point_on_a_boundary():
    values = MODULE._beside([Fraction(v) for v in range(0, 21, 5)], [5, 8])
    assert 5 not in values
    assert len(values) == 4 + 4
    assert np.all(np.diff([float(v) for v in values]) > 0)


def test_the_stages_show_what_each_mechanism_adds(iraq):
    found = tables(iraq[0])
    model = catalogue.load("iraq-2020")
    assert [row[0] for row in found["The stages"].rows] == [title for title, _, _ in model.steps]
    for (title, *cells), (_, _, game) in zip(found["Probabilities at each stage"].rows, model.steps, strict=True):
        equilibrium = dt.solve(game)[0]
        expected = [float(equilibrium.probability(*question)) for question in model.measures.values()]
        assert [float(cell) for cell in cells] == pytest.approx(expected, abs=5e-5), title


def test_every_default_says_why_it_stands_where_it_does(iraq):
    table = section(iraq[0], "What is assumed").tables[0]
    assert table.columns[-1] == "why"
    assert all(row[-1] for row in table.rows)


def test_every_figure_draws(iraq):
    figures = [figure for part in iraq[0].sections for figure in part.figures]
    assert len(figures) == 3
    for figure in figures:
        assert figure.draw().get_figure() is not None
        assert figure.caption.endswith(".")
