"""What values and continuous models refuse, beyond what stands in the tests of bad input."""

from decimal import Decimal
from pathlib import Path

import pytest

import deterrence as dt
from deterrence.continuous import Answer, continuous
from deterrence.errors import FileFormatError, GameError, MethodError, NumberError
from deterrence.report import writing


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_a_decimal_that_is_no_finite_number_is_refused(number):
    with pytest.raises(NumberError, match="must be a finite number"):
        dt.param(Decimal(number), "gain")


@continuous("Challenger", "Defender", outcomes=("peace", "war"))
def odd(cost=dt.param(1, "cost", low=0, high=2)):
    """Answer with something that is no play."""
    return Answer(("peace",))


def test_a_continuous_model_whose_body_answers_with_something_else_is_refused():
    with pytest.raises(GameError, match="The body of 'odd' must return plays; it returned 'peace'"):
        dt.solve(odd)


def test_a_continuous_model_has_no_form_of_a_tree():
    with pytest.raises(
        MethodError, match=r"is a continuous \(or infinitely repeated\) model .* It answers solve, sweep, threshold"
    ):
        _ = odd.form


def test_a_place_where_no_file_can_be_made_is_told_of(tmp_path, monkeypatch):
    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "open", full)
    with pytest.raises(FileFormatError, match=r"brief\.html' cannot be written: no space left on device"):
        writing._replace(tmp_path / "brief.html", "text")
