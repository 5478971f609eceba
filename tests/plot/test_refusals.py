"""What drawing refuses: a sweep of another shape, and names that the answer does not have."""

import pytest

import deterrence as dt
from deterrence.errors import ParameterError, UnknownNameError
from deterrence.plot import plot_curve, plot_map

STRIKE = dt.models.load("strike").game


@pytest.fixture(scope="module")
def line():
    return dt.sweep(STRIKE, "strike", war=[1, 5, 9])


def test_a_map_of_one_parameter_names_what_draws_it(line):
    with pytest.raises(ParameterError, match=r"shows a sweep of 2 parameters; this one varies 'war'\. Use plot_curve"):
        plot_map(line)


def test_a_measure_that_was_not_swept_is_answered_with_the_nearest(line):
    with pytest.raises(UnknownNameError, match=r"no measure called .*strik.*Did you mean"):
        plot_curve(line, "probability of 'strik'")


def test_a_new_name_for_a_class_that_is_not_there_is_refused():
    found = dt.regions(STRIKE, war=[0, 9], loss=[0, 9])
    with pytest.raises(UnknownNameError, match="no equilibrium class called 'bluff'"):
        found.plot(names={"bluff": "a bluff"})
