"""Cuba in October 1962 solves, and behaves as its text says. All values are our own, worked out by hand."""

from fractions import Fraction

import pytest

import deterrence as dt
from deterrence.models import catalogue
from deterrence.models.cases.cuba_1962 import DEMAND, GAME, MEASURES, SCENARIOS, STEPS, STRIKE, US, USSR, WHY

BY_TITLE = {title: game for title, _, game in STEPS}


def withdrawals(**values):
    """Return how likely the Soviet Union is to withdraw in each equilibrium, in rising order."""
    return sorted({one.probability("withdraw", USSR) for one in dt.solve(GAME.at(values))})


@pytest.mark.parametrize("title", BY_TITLE)
def test_every_stage_solves_completely_and_without_regret(title):
    solution = dt.solve(BY_TITLE[title])
    assert solution.complete
    assert len(solution) > 0
    assert all(each.regret == 0 for each in solution)


def test_every_parameter_says_what_it_means_and_why_it_stands_where_it_does():
    assert set(WHY) == set(GAME.parameters)
    assert all(p.meaning and p.low is not None and p.high is not None for p in GAME.parameters.values())


def test_the_bare_threat_is_not_believed():
    # A strike costs 8, missiles in Cuba 6: refused, Washington backs down, so that nobody withdraws.
    found = dt.solve(BY_TITLE["Demand and threat"])
    assert {one.outcomes["missiles stay"] for one in found} == {1}


def test_a_strike_cheaper_than_the_missiles_is_believed_and_not_needed():
    (found,) = dt.solve(BY_TITLE["Demand and threat"].at(strike=5))
    assert found.outcomes["withdrawal"] == 1
    assert found.probability(STRIKE, US) == 0


def test_public_words_bind_hands_where_they_cost_more_than_the_difference():
    # To back down costs 6 + k, to strike 8.
    public = BY_TITLE["A public demand"]
    assert dt.solve(public.at(audience_cost=Fraction(19, 10)))[0].outcomes["withdrawal"] == 0
    assert dt.solve(public.at(audience_cost=Fraction(21, 10)))[0].outcomes["withdrawal"] == 1


def test_at_the_defaults_a_withdrawal_is_one_of_several_equilibria():
    # If all demand, refusing is worth 0.95 (5 - 15 * 0.4) - 0.05 * 40 = -2.95, withdrawing -4 + 0.8 * 3 = -1.6;
    # if hawks are expected to strike at once, a demand comes from doves, and is refused.
    found = withdrawals()
    assert found[0] == 0
    assert found[-1] == 1


def test_from_an_assurance_of_7_over_20_on_withdrawal_is_an_equilibrium():
    # -4 + 3 a = -2.95.
    assert withdrawals(assurance=Fraction(34, 100)) == [0]
    assert withdrawals(assurance=Fraction(36, 100))[-1] == 1


def test_without_the_assurance_hawks_strike_and_doves_acquiesce():
    (found,) = dt.solve(GAME.at(assurance=0)).distinct_outcomes()
    assert found[0].probability(STRIKE, US) == Fraction(2, 5)
    assert found[0].outcomes["missiles stay"] == Fraction(3, 5)


def test_past_a_risk_of_11_over_75_withdrawal_is_certain():
    # Facing doves alone, refusing is worth 5 (1 - r) - 40 r, withdrawing -1.6: r = 6.6/45.
    assert withdrawals(risk=Fraction(12, 75)) == [1]
    assert withdrawals(risk=Fraction(10, 75))[0] == 0


def test_known_doves_move_nobody():
    assert withdrawals(hawks=Fraction(1, 20)) == [0]


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_scenario_says_why_and_solves(name):
    why, values = SCENARIOS[name]
    assert why
    assert dt.solve(GAME.at(values)).complete


def test_what_is_asked_has_an_answer_in_every_equilibrium():
    for equilibrium in dt.solve(GAME):
        assert all(0 <= equilibrium.probability(*question) <= 1 for question in MEASURES.values())
    assert DEMAND in GAME.actions


@pytest.mark.slow
def test_the_claims_hold_or_depend_and_none_fails():
    check = catalogue.load("cuba-1962").check()
    verdicts = {one.claim.text: one.verdict for one in check}
    assert check.holds
    # War by accident needs a refusal: it rises with the risk until the risk itself brings the withdrawal.
    assert verdicts["More risk means more war."] == "depends"
