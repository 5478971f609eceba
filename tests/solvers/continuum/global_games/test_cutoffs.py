"""Global games: all cutoffs against the vectors, formulas of hand calculation, and brute force."""

from fractions import Fraction
from math import pi, sqrt

import numpy as np
import pytest
from scipy import integrate, optimize, stats

import deterrence as dt
from tests.solvers.continuum.global_games.coordination import cutoffs, gains, normal, strikes, uniform
from tests.solvers.continuum.trees import tree_of, vectors

FEAR = (1, -1, 0)


@pytest.mark.parametrize("vector", vectors("preemption"), ids=lambda v: str(v["parameters"]))
def test_every_cutoff_of_the_vectors_is_found_and_to_attack_whatever_the_signal_too(vector):
    solution = dt.solve(tree_of(vector))
    found = cutoffs(solution)
    assert solution.complete
    assert vector["expect"]["always_attack"]
    assert found[-1] == ("attack", "attack")
    assert [pair[0] for pair in found[:-1]] == pytest.approx(vector["expect"]["cutoffs"], abs=1e-8)
    assert all(pair[0] == pair[1] for pair in found)
    assert all(one.regret < 1e-12 for one in solution)


@pytest.mark.parametrize(
    ("payoffs", "reach", "cutoff"),
    [
        ((1, -1, 0), "3/10", Fraction(19, 10)),  # F + W - S - s/3
        ((Fraction(1, 2), -2, -1), "3/5", Fraction(13, 10)),
        ((1, -1, 0), "1/1000", 2 - Fraction(1, 3000)),
    ],
)
def test_cutoffs_under_uniform_noise_are_fractions(payoffs, reach, cutoff):
    one, always = dt.solve(strikes(dt.Flat(), uniform(reach), uniform(reach), payoffs))
    assert one.cutoffs == {"First": (cutoff,), "Second": (cutoff,)}
    assert isinstance(one.cutoffs["First"][0], Fraction)
    assert one.error == 0
    assert always.cutoffs == {"First": (), "Second": ()}


@pytest.mark.parametrize("sd", [0.01, 0.3, 2])
def test_under_normal_noise_the_cutoff_is_that_of_the_formula_to_twelve_digits(sd):
    one = dt.solve(strikes(dt.Flat(), normal(sd), normal(sd), FEAR))[0]
    assert float(one.cutoffs["First"][0]) == pytest.approx(2 - sd / sqrt(pi), abs=1e-12)


def test_where_the_state_ends_a_third_equilibrium_is_found_near_its_end():
    solution = dt.solve(strikes(dt.Uniform(-10, 10), uniform("3/10"), uniform("3/10"), FEAR))
    found = cutoffs(solution)
    assert found[0] == (Fraction(19, 10), Fraction(19, 10))  # as under a flat prior: no end is near
    assert found[2] == ("attack", "attack")
    assert len(found) == 3
    assert solution.complete

    def gap(k):  # at the signal k the state is spread evenly from k - s to 10
        theta = np.linspace(k - 0.3, 10, 200_001)
        struck = np.clip((k - theta + 0.3) / 0.6, 0, 1)
        return integrate.trapezoid((1 - struck) * (1 - theta) + struck * 1, theta)

    assert float(found[1][0]) == pytest.approx(optimize.brentq(gap, 10.01, 10.29), abs=1e-7)


@pytest.mark.parametrize("noise", [uniform("1/2"), normal("1/5"), lambda t: dt.Logistic(t, Fraction(1, 4))])
def test_risk_dominance_decides_where_each_action_is_best_at_some_state_whatever_the_other_does(noise):
    """The cutoff gives an attack of the other the chance 1/2, whatever symmetric noise: 1 - k + 1/2 = 0."""
    solution = dt.solve(gains(dt.Flat(), noise, noise, (1, 1), (2, 2)))
    assert solution.complete
    assert "the only equilibrium" in solution.status
    assert cutoffs(solution)[0] == pytest.approx((1.5, 1.5), abs=1e-12)


def test_one_may_always_attack_while_the_other_has_a_cutoff():
    """First gains at least 2 at any state up to 3; Second, attacked for sure, is indifferent at the state 2."""
    solution = dt.solve(gains(dt.Uniform(0, 3), uniform("1/10"), uniform("1/5"), (5, 1), (6, 2)))
    assert cutoffs(solution) == [("attack", Fraction(2))]
    assert solution.complete
    assert solution.names == ("First: attack whatever the signal; Second: attack at low signals",)
    assert solution[0].outcomes["attack, attack"] == Fraction(2, 3)
    assert solution[0].error == 0


def test_as_noise_vanishes_unlike_players_have_the_cutoff_of_the_product_of_their_conditions():
    """At one signal the chances of being struck sum to one: (theta - F1)(theta - F2) = A1 A2."""
    small = uniform("1/1000")
    solution = dt.solve(strikes(dt.Flat(), small, small, (1, -1, 0), (Fraction(3, 2), -1, 0)))
    root = 1.25 + sqrt(0.0625 + 1)
    assert cutoffs(solution)[0] == pytest.approx((root, root), abs=1e-3)
    assert cutoffs(solution)[1] == ("attack", "attack")
    assert solution.complete


@pytest.mark.parametrize("prior", [dt.Flat(), dt.Normal("5/2", 1)])
def test_unlike_players_are_indifferent_at_their_cutoffs_by_plain_integration(prior):
    payoffs = (1, -1, 0), (Fraction(3, 2), -2, 0)
    solution = dt.solve(strikes(prior, normal("0.3"), normal("0.1"), *payoffs))
    assert solution.complete
    for pair in cutoffs(solution)[:-1]:
        for i, sd in ((0, 0.3), (1, 0.1)):
            own, other, other_sd = float(pair[i]), float(pair[1 - i]), (0.1, 0.3)[i]
            before = stats.norm(2.5, 1).logpdf if isinstance(prior, dt.Normal) else np.zeros_like
            theta = np.linspace(own - 12 * sd, own + 12 * sd, 40_001)
            levels = before(theta) + stats.norm(own, sd).logpdf(theta)
            weight = np.exp(levels - levels.max())
            struck = stats.norm.cdf((other - theta) / other_sd)
            alone, hit, war = map(float, payoffs[i])
            gap = (1 - struck) * (alone - theta) + struck * (war - hit)
            assert float(weight @ gap / weight.sum()) == pytest.approx(0, abs=1e-9)


def test_iterated_best_replies_from_both_ends_meet_at_the_least_and_greatest_cutoff():
    """With a normal prior: from below to 1.515380, and from below 8.367 down again; from above it upwards."""
    theta = np.linspace(-7.5, 12.5, 1001)

    def reply(cutoff):
        def gap(signal):
            weight = stats.norm(2.5, 1).logpdf(theta) + stats.norm(signal, 0.3).logpdf(theta)
            weight = np.exp(weight - weight.max())
            struck = stats.norm.cdf((cutoff - theta) / 0.3)
            return weight @ ((1 - struck) * (1 - theta) + struck) / weight.sum()

        return optimize.brentq(gap, -5, 12)

    found = cutoffs(dt.solve(strikes(dt.Normal("5/2", 1), normal("0.3"), normal("0.3"), FEAR)))
    least, unstable = float(found[0][0]), float(found[1][0])
    for start in (0.9, 2.5):
        cutoff = start
        for _ in range(40):
            cutoff = reply(cutoff)
        assert cutoff == pytest.approx(least, abs=5e-3)
    assert reply(unstable - 0.2) < unstable - 0.2
    assert reply(unstable + 0.2) > unstable + 0.2


def test_names_and_the_direction_of_the_state_do_not_matter():
    """With the state turned round and the actions named the other way the cutoffs change their sign alone."""

    def cells(state):
        return {
            ("attack", "attack"): (-state, -state),
            ("attack", "wait"): (-1, 1),
            ("wait", "attack"): (1, -1),
            ("wait", "wait"): (0, 0),
        }

    from tests.solvers.continuum.global_games.coordination import drawn, table

    @dt.game("First", "Second")
    def turned(nothing=dt.param(0, "nothing")):
        "Attack or wait, by other names: 'attack' is peace, whose worth falls in the state."
        return drawn(dt.Flat(), uniform("3/10"), uniform("3/10"), lambda state: table(state, cells))

    one, always = sorted(dt.solve(turned), key=lambda e: len(e.name))
    assert one.cutoffs["First"] == (Fraction(-19, 10),)
    assert one.strategies["First"].at(x=-3) == {"attack": 1}
    assert always.strategies["Second"].at(y=-99) == {"wait": 1}


def test_chance_after_the_moves_is_weighed_in():
    """A war that comes with the chance 1/2 instead of being struck: S = -1 is the mean of 0 and -2."""

    def second(state, attacked):
        struck = dt.chance(hit=(0.5, dt.end("hit", 1, -2)), missed=(0.5, dt.end("missed", 1, 0)))
        hit = dt.chance(hit=(0.5, dt.end("hit back", -2, 1)), missed=(0.5, dt.end("missed back", 0, 1)))
        return dt.move(
            "Second",
            information="Second",
            attack=dt.end("war", 0, 0) if attacked else hit,
            wait=struck if attacked else dt.end("peace", state, state),
        )

    from tests.solvers.continuum.global_games.coordination import drawn

    @dt.game("First", "Second")
    def unsure(nothing=dt.param(0, "nothing")):
        "A first strike may miss."
        return drawn(
            dt.Flat(),
            uniform("3/10"),
            uniform("3/10"),
            lambda state: dt.move("First", attack=second(state, True), wait=second(state, False)),
        )

    assert cutoffs(dt.solve(unsure))[0] == (Fraction(19, 10), Fraction(19, 10))


@pytest.mark.parametrize(
    ("prior", "noise", "said"),
    [
        (dt.Normal("5/2", 1), uniform("3/10"), "cutoffs above"),
        (dt.Normal("5/2", 1), lambda t: dt.Logistic(t, Fraction(3, 10)), "looked at only as far as"),
    ],
)
def test_what_is_not_proved_is_told(prior, noise, said):
    solution = dt.solve(strikes(prior, noise, noise, FEAR))
    assert not solution.complete
    assert said in solution.status
    assert all(one.regret < 1e-9 for one in solution)


def test_where_a_war_is_worth_as_much_as_being_struck_nobody_loses_by_any_answer_to_an_attack():
    solution = dt.solve(strikes(dt.Flat(), uniform("3/10"), uniform("3/10"), (1, 0, 0)))
    assert not solution.complete
    assert "gains nothing by either action" in solution.status
    assert cutoffs(solution)[-1] == ("attack", "attack")


def test_complements_that_fail_at_signals_in_doubt_are_told():
    """Where noise is wide against the fear, a signal in doubt does not rule out states where the fear turns round."""
    solution = dt.solve(strikes(dt.Normal(9, "1/2"), normal(6), normal(6), FEAR))
    assert not solution.complete
    assert "matter the wrong way" in solution.status
