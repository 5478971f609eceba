"""How far one parameter alone may move: held against exact solutions at many values, within and just beyond."""

from fractions import Fraction

import pytest

import deterrence as dt
from deterrence.analysis.robustness import robustness
from deterrence.analysis.search.one_parameter import ParameterSearch
from deterrence.errors import ParameterError
from deterrence.models import load
from tests.analysis.random_games import random_game

PLACES, BEYOND = 23, Fraction(1, 10**9)


def plays(game, **values):
    """Return the names of the classes at values, or None where the assumptions fail."""
    try:
        return {each.play for each in dt.solve(game.at(values))}
    except ParameterError:
        return None


def check(game):
    """Check each way of each parameter by exact solutions at many values."""
    here = plays(game)
    for radius in robustness(game, together=1).radii:
        declared = game.parameters[radius.parameter]
        for end, limit in ((radius.below, declared.low), (radius.above, declared.high)):
            way = Fraction(limit if end is None else end) - Fraction(radius.value)
            within = [radius.value + way * Fraction(k, PLACES + 1) for k in range(1, PLACES + 1)] if way else []
            for value in within:
                if value not in radius.at:
                    assert plays(game, **{radius.parameter: value}) in (here, None), (radius, value)
            if end is not None:
                beyond = Fraction(end) + (Fraction(limit) - Fraction(radius.value) > 0 or -1) * BEYOND * radius.scale
                assert plays(game, **{radius.parameter: beyond}) != here, (radius, beyond)
        for tie in radius.at:
            assert plays(game, **{radius.parameter: tie}) != here


@pytest.mark.parametrize("seed", range(8))
def test_nothing_changes_within_a_radius_and_something_does_beyond(seed):
    check(random_game(seed)[0])


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(8, 60))
def test_nothing_changes_within_a_radius_in_many_more_games(seed):
    check(random_game(seed)[0])


@pytest.mark.parametrize("name", ["strike", "noisy_attribution", "direct_or_proxy"])
def test_what_formulas_alone_tell_is_what_solutions_between_the_cuts_confirm(name):
    game = load(name).game
    for parameter in game.parameter_list:
        low, high = parameter.low or 0, parameter.high or 20
        search, other = (ParameterSearch(game, parameter.name, dt.PerfectBayesian(), low, high, None) for _ in range(2))
        assert search.cuts_by_formulas == other.cuts
        assert search._covered, parameter.name  # else the two are one, and nothing is tested
