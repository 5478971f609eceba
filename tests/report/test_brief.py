"""The brief says what the solvers say, in sections, sentences and tables."""

import re
from dataclasses import replace
from fractions import Fraction
from functools import cache

import pytest

import deterrence as dt
from deterrence.errors import GameError, ParameterError
from deterrence.models import catalogue
from deterrence.models.cases.iraq_2020 import PROXY_STRIKE
from deterrence.models.model import Model
from deterrence.report import Detail, as_html, as_markdown, as_text, brief
from deterrence.report.sections.asking import Asking
from deterrence.report.sections.weights import plausible, weights
from deterrence.report.wording import place_in_words

COARSE = Detail(curve=5, feature=3, sample=32, ranked=3, searched=3)


@cache
def made(name, **values):
    model = catalogue.load(name)
    return brief(replace(model, game=model.game.at(**values), claims=()), detail=COARSE, pages="full")


@pytest.fixture(scope="module", params=[pytest.param("iraq-2020", marks=pytest.mark.slow)])
def iraq(request):
    """Hold the brief on Iraq, on coarse grids and without the claims, which have tests of their own."""
    shares = []
    model = replace(catalogue.load(request.param), claims=())
    return brief(model, lambda share, doing: shares.append((share, doing)), detail=COARSE, pages="full"), shares


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
    assert (
        "3 classes of perfect Bayesian equilibrium, with 3 different paths of play; none is selected here." in words[0]
    )
    assert [text.split(":")[0] for text in words[1:]] == ["Play 1", "Play 2", "Play 3"]
    assert "'wait' with probability 0.875 and 'strike' with probability 0.125" in words[2]


def test_many_choices_stand_in_a_table():
    found = made("unilateral-deterrence")
    rows = {row[1]: row for row in tables(found)["Choices on the path of play"].rows}
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
    assert place_in_words(boundary) == "0.444 (4/9 = prize/punishment)"


def test_what_goes_into_the_page_is_escaped():
    found = replace(made("strike"), lead=("a < b & c",))
    page = as_html(found)
    assert "a &lt; b &amp; c" in page
    assert page.count("<h2") == len(found.pages[1]) + len(found.sections) + 2  # the limits and the sources


# -- the case -----------------------------------------------------------------------------------------------


def test_the_sections_answer_the_questions_of_a_brief(iraq):
    assert [part.title for part in iraq[0].sections] == [
        "What happens at the present values, and what else could?",
        "How does deniability change the prediction?",
        "How does sanctions pressure change the prediction?",
        "Which regime holds where: attribution against pressure?",
        "What do deaths, interception, exposed bases, hawks, loose control and false signs of an order each add?",
        "Which parameters matter most, and how small a change overturns the prediction?",
        "What happens in other scenarios?",
        "How is the game built, and what does each mechanism add?",
        "How do results change under alternative assumptions?",
        "What is assumed?",
    ]


def test_progress_rises_to_one(iraq):
    shares = [share for share, _ in iraq[1]]
    assert shares == sorted(shares)
    assert shares[-1] == 1


def test_what_is_asked_is_answered_by_the_solvers(iraq):
    equilibrium = dt.solve(catalogue.load("iraq-2020").game)[0]
    for (_, cell), question in zip(
        tables(iraq[0])["Probabilities of interest"].rows, catalogue.load("iraq-2020").measures.values(), strict=True
    ):
        assert float(cell) == pytest.approx(float(equilibrium.probability(*question)), abs=5e-5)


def test_the_threshold_of_deniability_is_told_with_what_jumps(iraq):
    # 31/75 is derived by hand in the tests of the model.
    words = " ".join(section(iraq[0], "How does deniability").paragraphs)
    assert "At attribution = 0.413 (31/75) “Iran orders a strike through the militia” goes from 1 to 0.5571" in words
    assert (
        "As attribution grows, the probability of “Iran orders a strike through the militia” never rises, "
        "falls from 31/75 to 0.95, and is constant elsewhere." in words
    )


def test_the_stretches_of_pressure_hold_what_the_solvers_find_inside_them(iraq):
    table = section(iraq[0], "How does sanctions").tables[0]
    assert table.columns[1:] == ("0 to 1.333", "1.333 to 2", "2 to 5.448", "5.448 to 8", "8 to 9", "9 to 10")
    game, orders = catalogue.load("iraq-2020").game, table.rows[0][1:]
    for inside, cell in zip((1, 1.7, 4, 7, 8.5, 9.5), orders, strict=True):
        found = dt.solve(game.at(pressure=inside))[0].probability(PROXY_STRIKE, "Iran")
        ends = [float(end) for end in re.split(" → ", cell)]
        assert min(ends) - 5e-5 <= float(found) <= max(ends) + 5e-5


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
    for column in ("why this value", "why these"):
        assert all(row[table.columns.index(column)] for row in table.rows)


def test_features_are_told_without_them_as_they_are_and_at_their_most(iraq):
    (table,) = section(iraq[0], "What do deaths").tables
    first = table.columns.index("Iran orders a strike through the militia")
    by_feature = {row[0]: row[first].split(" → ") for row in table.rows}
    # Tests of the model: nobody dies, and orders are certain; no hawks, and they are certain too.
    assert by_feature["deaths"][0] == "1"
    assert by_feature["hawks"][0] == "1"
    assert {cells[1] for cells in by_feature.values()} == {"0.464"}  # 13/28
    assert "Iran strikes openly" not in table.columns  # no feature moves it


@pytest.mark.slow
def test_the_nearest_changes_are_the_thresholds_of_the_solvers():
    found = weights(Asking(catalogue.load("iraq-2020"), replace(COARSE, searched=None), lambda share, doing: None))
    rows = {(row[0], row[3][0]): float(row[2]) for row in found.tables[-1].rows}
    model = catalogue.load("iraq-2020")
    for name in ("war_iran", "campaign"):
        changes = [float(place.value) for place in dt.threshold(model.game, name, model.asked[0]).boundaries]
        assert any(rows[name, "+"] == pytest.approx(change, abs=0.001) for change in changes)
    assert rows["war_iran", "+"] == 23


def test_the_brief_and_robustness_name_the_same_nearest_change():
    model = replace(catalogue.load("strike"), measures={"strike is chosen": ("strike", None)})
    answer = dt.robustness(model.game, "strike", together=3)
    table = weights(Asking(model, replace(COARSE, searched=None), lambda share, doing: None)).tables[-1]
    alone = {radius.parameter: f"{radius.distance:.1%}" for radius in answer.radii if radius.nearest is not None}
    assert {row[0]: row[3].strip("+−") for row in table.rows} == alone


def test_every_parameter_is_moved_over_its_plausible_values_else_by_the_same_share_of_its_range():
    game = catalogue.load("iraq-2020").game
    assert all(plausible(parameter) == parameter.plausible for parameter in game.parameter_list)
    for parameter in game.plausible(dict.fromkeys(game.parameters)).parameter_list:
        low, high = plausible(parameter)
        width = parameter.high - parameter.low
        for end, limit in ((low, parameter.low), (high, parameter.high)):
            assert abs(end - parameter.value) == Fraction(width) / 4 or end == limit
    open_ended = replace(game.parameter_list[0], low=None, high=None, plausible=None, why="")
    assert [end - open_ended.value for end in plausible(open_ended)] == [-5, 5]


def test_the_weights_are_the_same_twice_and_name_what_stands_for_a_missing_range():
    deniable = catalogue.load("strike").game.under(dt.Deniability("strike", "retaliate"))
    deniable = Model(deniable.plausible(dict.fromkeys(deniable.parameters)))
    first, again = (weights(Asking(deniable, COARSE, lambda share, doing: None)) for _ in range(2))
    assert first.paragraphs == again.paragraphs
    assert [table.rows for table in first.tables] == [table.rows for table in again.tables]
    assert "Where doubt has no declared end, 10 from the value stands for it." in first.paragraphs[0]


def test_every_figure_draws(iraq):
    figures = [figure for part in iraq[0].sections for figure in part.figures]
    assert len(figures) == 7
    for figure in figures:
        assert figure.draw().get_figure() is not None
        assert figure.caption.endswith(".")


def test_markdown_holds_every_table_and_names_every_figure_file(iraq):
    text, figures = as_markdown(iraq[0], "shown")
    assert len(figures) == 7 + 3  # the map and the two levers of the two pages
    for name, svg in figures.items():
        assert f"(<shown/{name}>)" in text
        assert "<svg" in svg
    for table in tables(iraq[0]).values():
        assert text.count("\n| " + table.columns[0].replace("_", r"\_") + " |") >= 1
    assert "## Sources" in text


# -- games of one's own ---------------------------------------------------------------------------------------


def test_a_game_without_axes_is_moved_by_its_mechanisms_then_by_what_moves_it_most():
    strike = catalogue.load("strike").game
    deniable = strike.under(dt.Deniability("strike", "retaliate"))
    titles = [part.title for part in brief(deniable, detail=COARSE, pages="full").sections]
    assert titles[1] == "How does deniability change the prediction?"
    assert titles[2].startswith("How does ")
    assert titles[3].startswith("Which regime holds where: attribution against")


def test_axes_that_are_no_parameters_or_too_many_are_refused():
    strike = catalogue.load("strike").game
    with pytest.raises(ParameterError, match="Did you mean 'punishment'"):
        brief(strike, axes=["punishmnt"])
    with pytest.raises(ParameterError, match="one or two different parameters"):
        brief(strike, axes=["war", "war"])


def test_what_is_no_tree_is_refused_in_words():
    model = next(m for m in map(catalogue.load, catalogue.names()) if not isinstance(m.game, dt.Game))
    with pytest.raises(
        GameError,
        match=r"needs a game with a finite tree; .* is a continuous \(or infinitely repeated\) model, which can be solved and shown\.",
    ):
        brief(model)
