"""Cheap talk: partitions of a type into intervals."""

from fractions import Fraction
from itertools import pairwise

import pytest

import deterrence as dt
from deterrence.errors import MethodError
from tests.solvers.continuum.signals.signal_games import exact, law, talk, valued, vectors


def biased(bias, types=None):
    bias = exact(bias)
    return talk(lambda t: t + bias, types=types)


@pytest.mark.parametrize("vector", vectors("cheap_talk"))
def test_the_partitions_are_those_of_the_vectors(vector):
    at, expect = vector["parameters"], vector["expect"]
    solution = dt.solve(biased(at["bias"], law(at["types"])))
    assert solution.complete
    assert [len(getattr(e.choices["m"], "pieces", [0])) for e in solution] == list(range(1, expect["most_cells"] + 1))
    finest = solution[-1].choices["m"].cutoffs
    assert [float(c) for c in finest] == pytest.approx(
        expect["finest"], abs=1e-6 if at["types"][0] == "uniform" else 5e-4
    )
    assert all(e.regret <= 1e-12 for e in solution)


def test_uniform_types_are_cut_in_fractions():
    solution = dt.solve(biased(0.05))
    assert solution[2].choices["m"].cutoffs == (Fraction(2, 15), Fraction(7, 15))
    assert solution[1].payoffs["Receiver"] == -(Fraction(2, 5) ** 3 + Fraction(3, 5) ** 3) / 12
    assert solution[0].choices["r"] == Fraction(1, 2)
    assert solution.names == ("babbling", "2 intervals", "3 intervals")
    assert "1/15 if m < 11/60" in str(solution)


def test_every_type_at_a_cut_is_as_well_off_on_either_side():
    """The mean of two neighbouring replies is what the type at the cut wishes for."""
    for equilibrium in dt.solve(biased("0.01")):
        pieces = getattr(equilibrium.choices["m"], "pieces", ())
        for (a, c, _), (_, b, _) in pairwise(pieces):
            assert (a + c) / 2 + (c + b) / 2 == 2 * (c + Fraction(1, 100))


def test_a_small_bias_allows_many_intervals():
    """As many as fit: 2 b N (N - 1) < 1, so seven at b = 1/100."""
    assert len(dt.solve(biased("0.01"))) == 7


def test_a_bias_downwards_mirrors_one_upwards():
    up, down = (dt.solve(biased(b, dt.Triangular(0, "1/2", 1))) for b in ("0.06", "-0.06"))
    assert len(up) == len(down) > 2
    cuts = [1 - float(c) for c in reversed(down[-1].choices["m"].cutoffs)]
    assert [float(c) for c in up[-1].choices["m"].cutoffs] == pytest.approx(cuts, abs=1e-9)


def test_d1_strikes_nothing_out_where_talk_costs_nothing():
    assert len(dt.solve(biased("0.1"), dt.D1())) == len(dt.solve(biased("0.1"), dt.PerfectBayesian())) == 2


def test_only_babbling_is_left_where_wishes_run_against_each_other():
    solution = dt.solve(talk(lambda t: 1 - t))
    assert solution.complete
    assert solution.names == ("babbling",)


def test_where_some_type_wishes_for_the_truth_not_all_partitions_are_listed(monkeypatch):
    from deterrence.solvers.continuum.signals import partitions

    monkeypatch.setattr(partitions, "MOST", 5)
    solution = dt.solve(talk(lambda t: 2 * t - Fraction(1, 2)))
    assert not solution.complete
    assert len(solution) == 5
    assert solution[1].choices["m"].cutoffs == (Fraction(1, 2),)


def test_more_intervals_than_are_sought_are_told_of(monkeypatch):
    from deterrence.solvers.continuum.signals import partitions

    monkeypatch.setattr(partitions, "MOST", 3)
    solution = dt.solve(biased("0.0123"))
    assert not solution.complete
    assert "more than 3 intervals were not sought" in solution.status


def test_a_law_that_is_not_log_concave_is_searched_and_not_called_complete():
    solution = dt.solve(biased("0.05", dt.Beta("1/2", "1/2")))
    assert not solution.complete
    assert "further partitions" in solution.status
    assert len(solution) >= 2


def test_replies_that_are_no_messages_are_given_numbers_in_even_steps():
    game = talk(lambda t: t + Fraction(1, 10), types=dt.Uniform(2, 3), reply=(0, 4))
    assert [value for *_, value in dt.solve(game)[1].choices["m"].pieces] == [Fraction(1, 4), Fraction(3, 4)]


PARABOLA = lambda t, _, r: -((r - t) ** 2)  # noqa: E731
REFUSED = {
    "solved where the types have ends": talk(lambda t: t + 1, types=dt.Normal(0, 1)),
    "Sender's payoff is a parabola in 'r'": valued(lambda t, _, r: r * t, PARABOLA, types=dt.Uniform(0, 1)),
    "does not depend on what is believed": valued(
        lambda t, _, r: -((r - t) ** 2), lambda t, _, r: t - (r - 1) ** 2, types=dt.Uniform(0, 1)
    ),
}


@pytest.mark.parametrize("sentence", REFUSED)
def test_what_is_not_solved_is_refused_in_words(sentence):
    with pytest.raises(MethodError, match=sentence):
        dt.solve(REFUSED[sentence])
