"""What measures and questions refuse, beyond what stands beside their own tests."""

import pytest
from scipy import stats

import deterrence as dt
from deterrence import end, move, param
from deterrence.analysis.what_would_it_take import what_would_it_take
from deterrence.errors import ParameterError, UnknownNameError

STRIKE = dt.models.load("strike").game


def test_a_payoff_of_one_who_does_not_play_is_refused():
    solved = dt.solve(STRIKE)[0]
    assert dt.payoff("Defender")(solved) == 0  # nobody strikes at the defaults
    with pytest.raises(UnknownNameError, match=r"no player called 'Defendr'.*Did you mean 'Defender'"):
        dt.payoff("Defendr")(solved)


def test_a_choice_by_one_who_does_not_play_is_refused():
    with pytest.raises(UnknownNameError, match=r"no player called 'Chalenger'.*Did you mean 'Challenger'"):
        dt.sweep(STRIKE, dt.probability("strike", by="Chalenger"), war=[1, 2])


def test_a_change_without_a_scale_is_refused():
    @dt.game("A")
    def plain(x=param(1, "a number without a range")):
        return move("A", stay=end("o", 0), go=end("p", x))

    with pytest.raises(ParameterError, match="scale"):
        dt.robustness(plain)


# -- what a question about many parameters is given ------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"parameters": "war"}, r"parameters= takes a list of names, such as parameters=\['war'\]; got 'war'"),
        ({"parameters": []}, r"parameters= is empty\. Allowed: 'prize'"),
        ({"parameters": ["war", "war"]}, "parameters= names 'war' twice"),
        ({"parameters": [1]}, "A parameter is meant by its name; got 1"),
        ({"parameters": ["wars"]}, "Did you mean 'war'"),
        ({"distributions": [1]}, r"distributions= takes a mapping, such as .*; got \[1\]"),
        (
            {"parameters": ["loss"], "distributions": {"war": stats.uniform(0, 1)}},
            "'war' has a distribution but does not vary",
        ),
        ({"n": 1.5}, "n=1.5 must be a whole number of at least 2"),
        ({"n": 1}, "n=1 must be a whole number of at least 2"),
        ({"rng": 7}, "rng=7 is no source of randomness"),
        ({"confidence": 2}, "confidence=2 must be a number of more than 0 and below 1"),
    ],
)
def test_a_sensitivity_that_cannot_be_drawn_is_refused(given, sentence):
    with pytest.raises(ParameterError, match=sentence):
        dt.sensitivity(STRIKE, "strike", **given)


def test_a_game_without_parameters_has_nothing_to_vary():
    @dt.game("A")
    def fixed():
        return move("A", stay=end("o", 0), go=end("p", 1))

    with pytest.raises(ParameterError, match="has no parameter to vary"):
        dt.sensitivity(fixed, "go")


def test_rows_and_bins_that_are_not_there_are_refused():
    found = dt.sensitivity(STRIKE, "strike", n=8)
    with pytest.raises(ParameterError, match="There is no row called 'stroke'"):
        found.rows("stroke")
    with pytest.raises(ParameterError, match="bins=-1 must be a whole number above zero, or rising borders"):
        found.histogram(bins=-1)
    with pytest.raises(ParameterError, match="bins=-1 must be a whole number above zero, or rising borders"):
        found.plot_outcome(bins=-1)


def test_a_probability_above_one_is_no_target():
    with pytest.raises(ParameterError, match="'<= 2' asks of a probability what is not between 0 and 1"):
        what_would_it_take(STRIKE, "strike", "<= 2")


def test_a_threshold_is_one_of_a_measure():
    with pytest.raises(ParameterError, match="Thresholds are those of a measure; name at least one"):
        dt.thresholds(STRIKE, "war")
    with pytest.raises(ParameterError, match=r"between=\(low, high\) takes two values of 'war', not 1"):
        dt.threshold(STRIKE, "war", "strike", between=1)


def test_a_point_that_is_none_or_out_of_sight_is_refused():
    found = dt.regions(STRIKE, war=[0, 9], loss=[0, 9])
    with pytest.raises(ParameterError, match=r"The point is 3; give a pair \(war, loss\)"):
        found.plot(point=3)
    with pytest.raises(ParameterError, match="has war 12, outside what is drawn"):
        found.plot(point=(12, 3))
