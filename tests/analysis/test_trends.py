"""Courses tell where a measure rises, falls and jumps; expected values are by hand."""

import deterrence as dt
from deterrence import models

STRIKE = models.load("strike").game


def test_a_fait_accompli_comes_where_the_answer_costs_more_than_the_loss():
    (course,) = dt.courses(STRIKE, "war", dt.probability("fait accompli"))
    assert course.jumps == ((6, "rises"),)
    assert course.direction == "rises"
    assert str(course) == "As war grows the probability of 'fait accompli' rises at 6; elsewhere it stays."
    assert list(course.to_frame()["direction"]) == ["stays", "stays"]
    assert str(course).replace("'", "&#x27;") in course._repr_html_()
    assert course.plot().lines


def test_a_measure_that_nothing_moves_is_said_to_stay():
    (course,) = dt.courses(STRIKE, "war", dt.probability("war"))
    assert str(course) == "The probability of 'war' stays the same whatever war is."
