"""Courses tell where a measure rises, falls and jumps; expected values are by hand."""

import deterrence as dt
from deterrence import models

STRIKE = models.load("strike").game
STRIKE = STRIKE.plausible(dict.fromkeys(STRIKE.parameters))  # over its admissible ranges


def test_a_fait_accompli_comes_where_the_answer_costs_more_than_the_loss():
    (trend,) = dt.trends(STRIKE, "war", dt.probability("fait accompli"))
    assert trend.jumps == ((6, "rises"),)
    assert trend.direction == "rises"
    assert str(trend) == "As war grows the probability of 'fait accompli' rises at 6; elsewhere it stays."
    assert list(trend.to_frame()["direction"]) == ["stays", "stays"]
    assert str(trend).replace("'", "&#x27;") in trend._repr_html_()
    assert trend.plot().lines


def test_a_measure_that_nothing_moves_is_said_to_stay():
    (trend,) = dt.trends(STRIKE, "war", dt.probability("war"))
    assert str(trend) == "The probability of 'war' stays the same whatever war is."


def test_a_measure_may_be_named_by_a_string_as_in_a_sweep():
    (named,) = dt.trends(STRIKE, "war", "strike")
    (measured,) = dt.trends(STRIKE, "war", dt.probability("strike"))
    assert str(named) == str(measured)
    assert named.where("rises") == ("at 6",)  # an answer costs more than the loss of 6
