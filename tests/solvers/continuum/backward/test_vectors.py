"""Class B of the reference numbers: choices before finite replies, schedules, offers, and hidden efforts."""

from __future__ import annotations

from fractions import Fraction

import pytest

import deterrence as dt
from deterrence.solvers.continuum.backward.solving import objection, solve
from tests.solvers.continuum.trees import VECTORS, tree_of, vectors

CLOSE = 3e-6


def the_one(vector):
    """The only equilibrium of a vector's game, whose search is complete."""
    game = tree_of(vector)
    assert objection(game) == ""
    solution = solve(game)
    assert solution.complete
    assert len(solution) == 1
    return solution[0]


def close(got, wanted, vector):
    """Whether two numbers agree to the tolerance of a vector."""
    return float(got) == pytest.approx(wanted, abs=vector.get("tolerance", CLOSE))


@pytest.mark.parametrize("vector", vectors("ultimatum_hidden_cost"))
def test_a_demand_to_a_rival_of_hidden_cost_is_that_of_fearon(vector):
    equilibrium, wanted = the_one(vector), vector["expect"]
    assert close(equilibrium.choices["demand"], wanted["demand"], vector)
    assert close(equilibrium.outcomes["war"], wanted["war"], vector)
    assert close(equilibrium.payoffs["Proposer"], wanted["proposer"], vector)
    assert close(equilibrium.payoffs["Rival"], wanted["rival"], vector)


def test_numbers_of_uniform_games_are_exact():
    equilibrium = the_one(VECTORS[0])
    assert equilibrium.choices["demand"] == Fraction(13, 20)
    assert equilibrium.outcomes["war"] == Fraction(3, 8)
    assert equilibrium.payoffs["Proposer"] == Fraction(89, 160)
    assert equilibrium.error == 0
    assert str(equilibrium.strategies["Rival"]) == "fight if war_cost < demand - 1/2, accept if war_cost > demand - 1/2"


@pytest.mark.parametrize("vector", vectors("ultimatum_both_costs"))
def test_with_both_costs_hidden_each_type_makes_its_own_demand(vector):
    equilibrium, wanted = the_one(vector), vector["expect"]
    schedule = equilibrium.choices["demand"]
    for own, demand in zip(vector["parameters"]["at"], wanted["demands"], strict=True):
        assert close(schedule(Fraction(str(own))), demand, vector)
    assert close(equilibrium.outcomes["war"], wanted["war"], vector)
    assert close(equilibrium.payoffs["Proposer"], wanted["proposer"], vector)


def test_outcomes_of_a_schedule_of_straight_lines_are_exact():
    equilibrium = the_one(VECTORS[6])
    assert equilibrium.outcomes["war"] == Fraction(5, 16)
    assert equilibrium.payoffs["Proposer"] == Fraction(87, 160)


@pytest.mark.parametrize("vector", vectors("strike_resolve"))
def test_a_strike_is_deterred_by_the_types_that_would_retaliate(vector):
    equilibrium, wanted = the_one(vector), vector["expect"]
    assert close(equilibrium.probability("strike", by="Attacker"), wanted["strike"], vector)
    cutoff = equilibrium.strategies["Defender"].cutoffs
    assert cutoff == (Fraction(str(vector["parameters"]["loss"])),)
    if wanted["strike"] not in (0, 1):
        assert close(equilibrium.strategies["Attacker"].cutoffs[0], wanted["threshold"], vector)


@pytest.mark.parametrize("vector", [v for v in vectors("ultimatum_offers") if v["parameters"]["cost"][0] == "uniform"])
def test_of_41_offers_the_best_is_made(vector):
    equilibrium, wanted = the_one(vector), vector["expect"]
    offer = equilibrium.strategies["Proposer"].pieces[0].action
    assert close(Fraction(offer.removeprefix("ask ")) / 40, wanted["demand"], vector)
    assert close(equilibrium.outcomes["war"], wanted["war"], vector)
    assert close(equilibrium.payoffs["Proposer"], wanted["proposer"], vector)


@pytest.mark.parametrize("vector", [v for v in vectors("ultimatum_offers") if v["parameters"]["cost"][0] == "two"])
def test_41_offers_to_two_types_by_chance_are_a_finite_game_that_is_solved_at_once(vector):
    found = [e for e in dt.solve(tree_of(vector)) if e.payoffs["Proposer"] == max_payoff(vector)]
    assert found
    assert all(close(e.outcomes["war"], vector["expect"]["war"], vector) for e in found)


def max_payoff(vector):
    """The greatest payoff of the proposer, as a fraction."""
    return Fraction(str(vector["expect"]["proposer"]))


@pytest.mark.parametrize("vector", vectors("mobilisation"))
def test_a_mobilisation_is_the_best_of_its_local_maxima_and_staying_out(vector):
    equilibrium, wanted = the_one(vector), vector["expect"]
    assert close(equilibrium.outcomes["war"], wanted["war"], vector)
    if "status_quo" not in wanted:
        assert close(mean_signal(equilibrium, vector["parameters"]["v"][1:]), wanted["mean_signal"], vector)
        return
    assert close(equilibrium.payoffs["Challenger"], wanted["challenger"], vector)
    assert (equilibrium.probability("stay_out") == 1) is wanted["status_quo"]
    if not wanted["status_quo"]:
        assert close(equilibrium.choices["signal"], wanted["signal"], vector)


def mean_signal(equilibrium, ends, steps=4000):
    """The mean of what types choose, by the rule of middles."""
    low, high = ends
    types = [low + (high - low) * (k + 0.5) / steps for k in range(steps)]
    schedule = equilibrium.choices["signal"]
    (_, _, formula) = schedule.pieces[0]
    prize = next(iter(formula.free_symbols))
    assert len(schedule.pieces) == 1
    import sympy as sp

    values = sp.lambdify(prize, formula)
    return sum(map(values, types)) / steps


@pytest.mark.parametrize("vector", vectors("inspection"))
def test_an_inspection_effort_that_nobody_sees_answers_the_violation_that_answers_it(vector):
    equilibrium, (wanted,) = the_one(vector), vector["expect"]["equilibria"]
    assert close(equilibrium.choices["effort"], wanted["effort"], vector)
    assert close(equilibrium.probability("violate", by="Violator"), wanted["violate"], vector)
    assert close(equilibrium.outcomes["caught"], wanted["detected"], vector)


@pytest.mark.parametrize("vector", vectors("provocation"))
def test_a_provocation_stops_where_retaliation_is_too_likely(vector):
    equilibrium, wanted = the_one(vector), vector["expect"]
    assert close(equilibrium.choices["push"], wanted["push"], vector)
    assert close(equilibrium.payoffs["Aggressor"], wanted["aggressor"], vector)
    assert close(equilibrium.outcomes["retaliation"], wanted["retaliation"], vector)


@pytest.mark.parametrize("vector", vectors("chain_store"))
def test_the_first_entry_of_the_chain_store_is_a_public_move_above_games_that_are_solved_alone(vector):
    equilibrium, (wanted,) = the_one(vector), vector["expect"]["equilibria"]
    entered = equilibrium.strategies["Incumbent | enter"]
    assert close(entered.cutoffs[0], wanted["cutoff"], vector)
    assert close(equilibrium.strategies["First"].at().get("enter", 0), wanted["first_enters"], vector)
    again = equilibrium.strategies["Second | enter, fight"].at().get("enter", 0)
    assert close(again, wanted["second_enters_after_fight"], vector)


def test_a_game_that_falls_into_parts_at_a_public_move_names_its_concept_and_prints():
    solution = dt.solve(tree_of(vectors("chain_store")[0]))
    assert solution.method.concept == "perfect Bayesian equilibrium"
    assert str(solution).startswith("One perfect Bayesian equilibrium")
