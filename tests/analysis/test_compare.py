"""Scenarios side by side are what the solvers say of each, over all equilibria. Values are worked out by hand."""

import math

import pytest

import deterrence as dt
from deterrence.analysis.trends import trends
from deterrence.errors import GameError, ParameterError, UnknownNameError
from deterrence.models.folklore.strike import strike as published

strike = published.plausible(dict.fromkeys(published.parameters))
"""The values below are worked out over the declared ranges."""


@dt.game("A", "B")
def stag_hunt():
    """Hunt a stag together, or each a hare."""
    return dt.matrix(
        {
            ("stag", "stag"): dt.end("both hunt", 2, 2),
            ("stag", "hare"): dt.end("left alone", 0, 1),
            ("hare", "stag"): dt.end("left alone", 1, 0),
            ("hare", "hare"): dt.end("both shelter", 1, 1),
        }
    )


def test_scenarios_of_one_base_differ_in_what_was_changed():
    # A Defender that loses 6 by restraint retaliates at a cost of 3 and not at 8.
    found = dt.compare({"now": {}, "dear": {"war": 8}}, "strike", dt.payoff("Defender"), base=strike)
    assert found.changed == {"now": {"war": 3}, "dear": {"war": 8}}
    assert found.between("now", "strike") == (0, 0)
    assert found.between("dear", "strike") == (1, 1)
    assert found.between("dear", dt.payoff("Defender")) == (-6, -6)


def test_where_equilibria_differ_the_range_is_told():
    # The stag hunt has two pure equilibria and one in which each hunts with probability 1/2.
    found = dt.compare({"hunt": stag_hunt}, "both hunt")
    assert found.between("hunt", "both hunt") == (0, 1)
    assert int(found.data["count"].sel(scenario="hunt")) == 3
    assert "between 0 and 1" in str(found)


def test_games_of_different_kinds_stand_side_by_side():
    found = dt.compare({"strike": strike, "hunt": stag_hunt}, "strike", "both hunt")
    assert math.isnan(found.between("hunt", "strike")[0])
    assert found.between("hunt", "both hunt") == (0, 1)
    assert "is not defined" in str(found)


def test_thresholds_are_found_in_every_scenario():
    # Retaliation pays while it costs less than the loss.
    found = dt.compare({"6": {}, "9": {"loss": 9}}, "strike", base=strike, parameter="war")
    assert found.data["threshold"].sel(measure="probability of 'strike'").values.tolist() == [6, 9]
    assert found.thresholds["9"][0].value == 9


def test_the_frame_has_a_row_a_scenario_and_measure():
    frame = dt.compare({"a": {}, "b": {"war": 8}}, "strike", "war", base=strike).to_frame()
    assert list(frame["scenario"]) == ["a", "a", "b", "b"]
    assert {"low", "high", "count"} <= set(frame.columns)


def test_a_comparison_draws_a_panel_a_measure():
    found = dt.compare({"a": {}, "b": {"war": 8}}, base=strike)
    panels = found.plot().get_figure().axes
    assert [" ".join(panel.get_title().split()) for panel in panels] == [measure.name for measure in found.measures]
    assert [label.get_text() for label in panels[0].get_yticklabels()] == ["a", "b"]


@pytest.mark.parametrize(
    ("scenarios", "options", "error", "sentence"),
    [
        ({}, {}, ParameterError, "at least one"),
        ([strike], {}, ParameterError, "mapping"),
        ({"a": {"war": 8}}, {}, ParameterError, "base="),
        ({"a": 3}, {"base": strike}, GameError, "neither a game nor a mapping"),
        ({"a": {"wars": 8}}, {"base": strike}, ParameterError, "Did you mean 'war'"),
    ],
)
def test_what_is_no_scenario_is_refused_in_words(scenarios, options, error, sentence):
    with pytest.raises(error, match=sentence):
        dt.compare(scenarios, **options)


def test_a_measure_that_no_scenario_knows_is_refused():
    with pytest.raises(UnknownNameError, match="Did you mean 'strike'"):
        dt.compare({"a": strike}, "strik")
    with pytest.raises(UnknownNameError, match="scenario"):
        dt.compare({"a": strike}, "strike").between("b", "strike")


# -- the trend of a measure ------------------------------------------------------------------------------------


def test_a_measure_that_jumps_stays_on_either_side():
    (trend,) = trends(strike, "war", dt.probability("strike"), points=5)
    assert [(one.start, one.stop, one.direction) for one in trend.stretches] == [(-5, 6, "stays"), (6, 20, "stays")]
    assert trend.jumps == ((6, "rises"),)
    assert trend.direction == "rises"
    assert trend.where("falls") == ()


def test_a_measure_may_rise_on_one_stretch_and_jump_down_at_its_end():
    # Struck with proof alone, the Challenger strikes while attribution is below prize/punishment = 4/9; until
    # then the chance of war is the attribution itself.
    deniable = strike.under(dt.Deniability("strike", "retaliate"))
    (trend,) = trends(deniable, "attribution", dt.probability("war"), points=9)
    assert trend.direction == "rises and falls"
    assert trend.where("rises") == ("from 0 to 4/9",)
    assert trend.where("falls") == ("at 4/9",)
    assert trend.stretches[0].last[1] == pytest.approx(4 / 9, abs=1e-5)
