from fractions import Fraction

import pytest

from deterrence import param, share
from deterrence.errors import ParameterError, ValueKindError


def test_plausible_values_are_what_is_looked_at_and_others_stay_admissible():
    cost = param("2.5", "cost of war", low=0, plausible=("0.5", 10), why="costs of short wars").named("cost")
    assert cost.plausible == cost.span == (Fraction(1, 2), 10)
    assert cost.at(100).value == 100
    assert cost.at(100).plausible == cost.plausible
    assert str(cost) == "cost = 2.5 in [0, ∞): cost of war; plausible 0.5 to 10 (costs of short wars)"


def test_without_plausible_values_the_admissible_ones_are_looked_at():
    assert param(1, "cost", low=0).span == (0, None)
    assert share("0.5", "chance").span == (0, 1)
    assert share("0.5", "chance", plausible=("0.1", "0.6"), why="as seen").span == (Fraction(1, 10), Fraction(3, 5))


@pytest.mark.parametrize(
    ("plausible", "sentence"),
    [
        ((1,), "are two numbers, the least and the greatest"),
        (5, "are two numbers, the least and the greatest"),
        ((5, 9), "run from 5 to 9, without its value 4"),
        ((-1, 5), "reach -1, outside its range"),
        ((0, 60), "reach 60, outside its range"),
        ((4, 4), "run from the least to the greatest"),
        (("a", 3), "must be a number"),
    ],
)
def test_plausible_values_that_cannot_be_are_refused(plausible, sentence):
    with pytest.raises((ParameterError, ValueKindError), match=sentence):
        param(4, "cost", low=0, high=50, plausible=plausible)


def test_the_word_why_is_a_text():
    with pytest.raises(ParameterError, match="explained in words"):
        param(4, "cost", plausible=(0, 9), why=3)
    with pytest.raises(ParameterError, match="no plausible values"):
        param(4, "cost", why="no values to explain")
