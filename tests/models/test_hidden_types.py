"""Models with types and choices from a continuum, by other routes: grids of types, integrals by sums, hand calculation."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from deterrence import models

TYPES = (np.arange(20_000) + 0.5) / 20_000
"""Types from 0 to 1, each as likely as any other."""


def at(key, **values):
    return models.load(key).solve_without_certificate(**values)


def named(key, name, **values):
    return next(one for one in at(key, **values) if one.name == name)


# -- audience costs ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("a", "most", "defender"), [(0.5, 2, 2), (0.25, 1.5, 0.5), (0.8, 3, 4)])
def test_with_audience_costs_no_type_gains_by_another_plan(a, most, defender):
    one = named("hidden_resolve", "bluffing", audience=str(a), challenger_war=str(most), defender_war=str(defender))
    happens = {outcome: float(p) for outcome, p in one.outcomes.items()}
    challenge = 1 - happens["status quo"]
    resist = (happens["retreat"] + happens["war"]) / challenge
    costs = most * TYPES
    plans = np.array([0 * costs, 1 - resist - resist * a + 0 * costs, 1 - resist - resist * costs])
    # each type that fights does best by it, the others are indifferent between a bluff and no challenge
    assert np.all(plans[2][costs < a] >= plans[:, costs < a].max(axis=0) - 1e-9)
    assert plans[1] == pytest.approx(plans[0], abs=1e-9)
    assert float(one.payoffs["Challenger"]) == pytest.approx(plans.max(axis=0).mean(), abs=1e-4)
    war = happens["war"] / (happens["retreat"] + happens["war"])
    gains = np.maximum((1 - war) - war * defender * TYPES, 0)
    assert np.mean(gains > 0) == pytest.approx(resist, abs=1e-4)
    assert float(one.payoffs["Defender"]) == pytest.approx(1 - challenge + challenge * gains.mean(), abs=1e-4)


# -- mobilisation ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(6))
def test_no_other_mobilisation_pays_the_challenger_more(seed):
    rng = np.random.default_rng(seed)
    stake, strength, war, worst = (round(float(x), 3) for x in rng.uniform((0.3, 0, 0, 0.1), (3, 0.9, 1, 2)))
    one = at("mobilisation", stake=str(stake), strength=str(strength), war=str(war), defender_war=str(worst))[0]
    added = np.linspace(0, 1 - strength, 4001)
    wins = strength + added
    fights = np.array([np.mean(worst * TYPES[::20] < 1 - w) for w in wins])
    paid = fights * (stake * wins - war) + (1 - fights) * stake - added
    assert float(one.payoffs["Challenger"]) == pytest.approx(max(paid.max(), 0), abs=2e-3)


# -- inspection --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("cost", "worth", "fine", "gain"), [(0.5, 1, 1, 1), (2, 0.6, 0.5, 1), (1, 1, 4, 1)])
def test_no_other_effort_and_no_other_violation_pays(cost, worth, fine, gain):
    one = at("hidden_effort", effort_cost=str(cost), discovery=str(worth), fine=str(fine), gain=str(gain))[0]
    effort = float(one.choices["effort"])
    violated = float(one.outcomes["found"] + one.outcomes["not found"])
    efforts = np.linspace(0, 1, 10_001)
    paid = violated * efforts * worth - cost * efforts**2 / 2
    assert effort == pytest.approx(efforts[paid.argmax()], abs=2e-4)
    assert float(one.payoffs["Inspector"]) == pytest.approx(paid.max(), abs=1e-6)
    temptation = (1 - effort) * gain - effort * fine
    assert float(one.payoffs["Violator"]) == pytest.approx(max(temptation, 0), abs=1e-9)
    assert violated == pytest.approx(1) if temptation > 1e-9 else temptation == pytest.approx(0, abs=1e-9)


# -- reputation --------------------------------------------------------------------------------------------


def test_a_fight_against_the_first_entrant_pays_up_to_the_cutoff_by_a_sum_over_types():
    one = at("hidden_fighting_cost", prize="1/2", liking="1/5", highest_cost=2)[0]
    costs, enters = -0.2 + 2.2 * TYPES, 0.6  # after a fight the second enters with 0.6
    fight = -costs + 0.4 + enters * np.maximum(-costs, 0)
    share = np.maximum(-costs, 0)  # the second enters, and is fought by those who like to
    assert float(one.cutoffs["first entered"][0]) == pytest.approx(costs[fight > share].max(), abs=2e-4)
    assert float(one.payoffs["Incumbent"]) == pytest.approx(np.maximum(fight, share).mean(), abs=1e-4)
    fought = np.mean(fight > share)
    assert np.mean(costs < 0) / fought == pytest.approx(1 / 3, abs=1e-3)  # so that 1/2 (1 - q) = q: indifferent
    assert float(one.payoffs["First"]) == pytest.approx(0.5 * (1 - fought) - fought, abs=1e-3)


# -- bargaining --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("strength", "own", "rival"), [(0.5, 0.3, 0.4), (0.5, 0.6, 0.4)])
def test_each_type_of_the_proposer_demands_what_pays_it_best(strength, own, rival):
    one = at("both_costs_hidden", strength=str(strength), proposer_worst=str(own), rival_worst=str(rival))[0]
    demands = np.linspace(0, 1, 2001)
    fights = np.clip((demands - strength) / rival, 0, 1)
    types = own * TYPES[::200]
    paid = demands * (1 - fights) + fights * (strength - types[:, None])
    best = paid.argmax(axis=1)
    assert [float(one.choices["demand"](t)) for t in types[::10]] == pytest.approx(list(demands[best][::10]), abs=1e-3)
    assert float(one.outcomes["war"]) == pytest.approx(fights[best].mean(), abs=5e-3)
    assert float(one.payoffs["Proposer"]) == pytest.approx(paid.max(axis=1).mean(), abs=1e-3)


# -- strength in peace and in war --------------------------------------------------------------------------


def test_the_weakest_and_the_strongest_do_best_by_a_challenge():
    values = {"peace": "1/2", "audience": "1/2", "spoils": "3/2", "war": "9/10", "defender_war": "20/39"}
    one = named("sorted_challenges", "weakest and strongest challenge", **values)
    resist = 0.6
    plans = np.array([TYPES / 2, 0 * TYPES + 0.4 - 0.3, 0.4 + resist * (1.5 * TYPES - 0.9)])
    best = plans.argmax(axis=0)
    changes = TYPES[1:][np.diff(best) != 0]
    assert changes == pytest.approx([0.2, 0.35], abs=1e-4)
    assert (best[0], best[-1]) == (1, 2)
    assert [float(t) for t in one.cutoffs["Challenger"]] == pytest.approx(changes, abs=1e-4)
    assert float(one.payoffs["Challenger"]) == pytest.approx(plans.max(axis=0).mean(), abs=1e-4)


# -- cheap talk --------------------------------------------------------------------------------------------


def test_each_state_likes_the_reply_to_its_own_word_best_and_replies_are_means():
    finest = at("cheap_talk", bias="1/20")[-1]
    cuts = [float(cut) for cut in finest.choices["message"].cutoffs]
    words = np.digitize(TYPES, cuts)
    replies = np.array([TYPES[words == word].mean() for word in range(3)])
    nearest = np.abs(replies[:, None] - TYPES - 0.05).argmin(axis=0)
    assert np.mean(nearest == words) > 0.9998
    assert float(finest.payoffs["Receiver"]) == pytest.approx(-np.mean((replies[words] - TYPES) ** 2), abs=1e-6)


# -- signals of any size -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("c", "k"), [(0.6, 0.5), (0.8, 1)])
def test_with_sunk_costs_no_type_gains_by_spending_otherwise(c, k):
    one = at("costs_of_any_size", war=str(c), challenger_war=str(k))[0]
    spent = float(one.choices["spent"](1))
    signals = spent <= TYPES
    # left alone for what is spent; attacked for nothing else, and then a type gets what it is worth less c, or nothing
    alone, attacked = TYPES - spent, np.maximum(TYPES - c, 0)
    assert np.all(np.where(signals, alone, attacked) >= np.where(signals, attacked, alone) - 1e-9)
    fights = np.mean(TYPES[signals] > c)
    assert (1 - fights) - fights * k == pytest.approx(0, abs=1e-3)  # the Challenger is indifferent
    assert float(one.payoffs["Defender"]) == pytest.approx(np.where(signals, alone, attacked).mean(), abs=1e-4)


@pytest.mark.parametrize(("c", "k"), [(0.6, 0.5), (0.8, 1)])
def test_with_tied_hands_an_attack_on_all_types_brings_nothing_at_the_least_price_and_something_below(c, k):
    price = float(at("hands_of_any_size", war=str(c), challenger_war=str(k))[0].choices["bound"])
    for less, gains in ((0, False), (0.01, True)):
        fights = np.mean(TYPES - c > -(price - less))
        assert ((1 - fights) - fights * k > 1e-3) == gains


def test_no_strength_would_rather_show_another():
    one = at("strength_signal")[0]
    strengths = np.linspace(0.5, 1, 101)
    shown = np.array([float(one.choices["shown"](Fraction(round(1000 * t), 1000))) for t in strengths])
    gains = strengths - shown / strengths[:, None]  # what each gets by showing what another does, left alone as that is
    assert np.all(gains.max(axis=1) <= np.diag(gains) + 1e-9)
