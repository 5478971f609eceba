"""Global games: payoffs, outcomes, notes, the certificate, and what a given state comes to."""

from fractions import Fraction

import numpy as np
import pytest

import deterrence as dt
from deterrence.answers.continuum.strategies import Cutoffs
from deterrence.errors import MethodError, ParameterError
from deterrence.solvers.continuum.global_games.checking import regret_of
from tests.sample_games import strike
from tests.solvers.continuum.global_games.coordination import gains, normal, strikes, uniform

FEAR = (1, -1, 0)


def test_outcomes_and_payoffs_are_those_of_a_simulation():
    one = dt.solve(strikes(dt.Normal("5/2", 1), normal("0.3"), normal("0.1"), (1, -1, 0), ("3/2", -2, 0)))[0]
    rng, size = np.random.default_rng(2010), 1_000_000
    theta = rng.normal(2.5, 1, size)
    first = theta + rng.normal(0, 0.3, size) < float(one.cutoffs["First"][0])
    second = theta + rng.normal(0, 0.1, size) < float(one.cutoffs["Second"][0])
    assert one.outcomes["attack, attack"] == pytest.approx((first & second).mean(), abs=2e-3)
    assert one.outcomes["attack, wait"] == pytest.approx((first & ~second).mean(), abs=2e-3)
    assert one.probability("attack", "Second") == pytest.approx(second.mean(), abs=2e-3)
    assert one.probability("attack") == pytest.approx((first | second).mean(), abs=2e-3)
    worth = np.where(first, np.where(second, 0, 1), np.where(second, -1, theta))
    assert one.payoffs["First"] == pytest.approx(worth.mean(), abs=5e-3)


def test_under_uniform_laws_outcomes_and_payoffs_are_fractions():
    """By hand: the state on [0, 4], the cutoff 3/2, noise to 1/2; both attack below 1, nobody above 2."""
    game = gains(dt.Uniform(0, 4), uniform("1/2"), uniform("1/2"), (1, 1), (2, 2))
    (one,) = dt.solve(game)
    assert one.cutoffs["First"] == (Fraction(3, 2),)
    # between 1 and 2 each attacks with 2 - state: both with a third in the mean, one alone with a sixth
    assert one.outcomes["attack, attack"] == Fraction(1, 4) * (1 + Fraction(1, 3))
    assert one.outcomes["attack, wait"] == Fraction(1, 4) * Fraction(1, 6)
    # 2 - state up to 1, then (2 - t)^2 (2 - t) + (2 - t)(t - 1)(1 - t): 1/4 - 1/12
    assert one.payoffs["First"] == Fraction(1, 4) * (Fraction(3, 2) + Fraction(1, 4) - Fraction(1, 12))
    assert one.error == 0


def test_under_a_flat_prior_probabilities_and_payoffs_are_asked_at_a_state():
    solution = dt.solve(strikes(dt.Flat(), uniform("3/100"), uniform("3/100"), FEAR))
    one, always = solution
    assert one.payoffs == {}
    assert one.outcomes == {}
    assert "Outcome" not in str(one)
    assert "given_state" in str(one)
    with pytest.raises(MethodError, match="prior is flat"):
        one.probability("wait, wait")
    with pytest.raises(MethodError, match="prior is flat"):
        dt.payoff("First")(one)
    # the cutoff is 1.99, so that at 2 each attacks with (0.03 - 0.01) / 0.06 = 1/3
    said = dt.given_state(one, 2)
    assert said.outcomes["attack, attack"] == Fraction(1, 9)
    assert said.payoffs["First"] == Fraction(4, 9) * 2 + Fraction(2, 9) * 0
    assert said.actions["First", "attack"] == Fraction(1, 3)
    assert said.actions["", "attack"] == Fraction(5, 9)
    assert dt.given_state(always, 99).outcomes["attack, attack"] == 1


def test_a_state_is_given_only_where_nobody_sees_one_and_it_may_be_drawn():
    one = dt.solve(gains(dt.Uniform(0, 3), uniform("1/10"), uniform("1/5"), (5, 1), (6, 2)))[0]
    with pytest.raises(ParameterError, match="lies between 0 and 3"):
        dt.given_state(one, 4)
    with pytest.raises(MethodError, match="signals of a state that nobody sees"):
        dt.given_state(dt.solve(strike)[0], 1)


def test_slopes_and_stability_are_told():
    """By hand, at uniform noise s and the cutoff k: own signals lower the gain by 1/2 + 1/(2 s), others' raise it."""
    one, always = dt.solve(strikes(dt.Flat(), uniform("3/10"), uniform("3/10"), FEAR))
    # d/dk' of E[(1-q)(1-theta) + q] at k' = k is E[theta]/(2 s) = k/(2 s); d/dk + d/dk' is -1/2
    rise = 1.9 / 0.6
    slope = (rise / (rise + 0.5)) ** 2
    assert any(f"slope {slope:.4f}" in note and "is stable" not in note for note in one.notes)
    assert any("not stable under adjustment" in note for note in always.notes)
    several = dt.solve(strikes(dt.Normal("5/2", 1), normal("0.3"), normal("0.3"), FEAR))
    assert ["not stable" in " ".join(each.notes) for each in several] == [False, True, False]


def test_solutions_print_and_make_tables():
    solution = dt.solve(strikes(dt.Normal("5/2", 1), normal("0.3"), normal("0.3"), FEAR))
    assert "attack if x < 1.515, wait if x > 1.515" in str(solution)
    assert solution.names == ("attack at low signals [1]", "attack at low signals [2]", "attack whatever the signal")
    assert list(solution.to_frame()["attack, attack"])[2] == 1
    assert len(dt.solve(strikes(dt.Flat(), uniform(1), uniform(1), FEAR)).to_frame()) == 2


@pytest.mark.parametrize("prior", [dt.Flat(), dt.Normal("5/2", 1)])
def test_the_certificate_notices_a_cutoff_that_is_moved_and_a_payoff_that_is_told_wrong(prior):
    game = strikes(prior, normal("0.3"), normal("0.3"), FEAR)
    one = dt.solve(game)[0]
    rules, payoffs = dict(one.strategy_list), dict(one.payoff_list)
    assert regret_of(game, rules, payoffs) < 1e-12
    moved = {
        name: Cutoffs.of(rule.variable, (-np.inf, rule.cutoffs[0] + 0.01, "attack"), (rule.cutoffs[0], np.inf, "wait"))
        for name, rule in rules.items()
    }
    assert regret_of(game, moved, payoffs) > 1e-4
    assert regret_of(game, {**rules, "First": Cutoffs.always("wait", "x")}, payoffs) > 0.1
    if payoffs:
        assert regret_of(game, rules, {**payoffs, "First": payoffs["First"] + 0.001}) > 1e-4
