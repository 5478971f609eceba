"""Games with one private number a player, against numbers that were found by brute force from payoffs alone."""

import pytest

import deterrence as dt
from tests.solvers.continuum.trees import VECTORS, tree_of, vectors

NEAR = 3e-6


def near(number, tolerance=NEAR):
    return pytest.approx(number, abs=tolerance)


def of(model):
    return pytest.mark.parametrize("vector", vectors(model), ids=lambda v: str(VECTORS.index(v)))


def solved(vector):
    solution = dt.solve(tree_of(vector))
    assert solution.complete, solution.status
    return solution


@of("arms_race")
def test_every_pair_of_masses_that_build_is_found(vector):
    solution = solved(vector)
    found = sorted((float(e.behaviour[0][0]), float(e.behaviour[1][0])) for e in solution)
    expected = sorted(vector["expect"]["equilibria"])
    assert len(found) == len(expected)
    for pair, other in zip(found, expected, strict=True):
        assert pair == near(tuple(other))


@of("strike_resolve")
def test_a_strike_on_a_victim_of_hidden_resolve(vector):
    (equilibrium,) = solved(vector)
    assert float(equilibrium.probability("strike", "Attacker")) == near(vector["expect"]["strike"], 3e-5)
    retaliate = equilibrium.game.form.actions_of[1].index("retaliate")
    assert float(equilibrium.behaviour[1][retaliate]) == near(vector["expect"]["retaliate"], 3e-5)


@of("audience_costs")
def test_a_crisis_with_resolve_hidden_on_both_sides(vector):
    solution, expected = solved(vector), vector["expect"]
    nobody = [e for e in solution if e.probability("challenge") == 0]
    crises = [e for e in solution if e.probability("challenge") > 0]
    assert len(crises) == len(expected["equilibria"])
    assert bool(nobody) == (expected["nobody_challenges"] is not None)
    for equilibrium, numbers in zip(crises, expected["equilibria"], strict=True):
        assert float(equilibrium.probability("challenge")) == near(numbers["challenge"])
        assert float(equilibrium.probability("war")) == near(numbers["war"])
        assert float(equilibrium.behaviour[1][1]) == near(numbers["resist"])


@of("attribution")
def test_an_alarm_that_may_be_false(vector):
    solution = solved(vector)
    assert len(solution) == len(vector["expect"]["equilibria"])
    for equilibrium, numbers in zip(solution, vector["expect"]["equilibria"], strict=True):
        (cutoff,) = equilibrium.cutoffs["Suspect"]
        assert float(cutoff) == near(numbers["cutoff"])
        assert equilibrium.strategies["alarm"].at(liking=float(1 - numbers["belief"]) + 1e-4) == {"retaliate": 1}
        assert equilibrium.strategies["alarm"].at(liking=float(1 - numbers["belief"]) - 1e-4) == {"hold": 1}


@of("attribution_two")
def test_two_suspects_and_a_taste_for_hitting_each(vector):
    solution = solved(vector)
    assert len(solution) == len(vector["expect"]["equilibria"])
    for equilibrium, numbers in zip(solution, vector["expect"]["equilibria"], strict=True):
        cutoffs = [float(equilibrium.cutoffs[name][0]) for name in ("One", "Two")]
        assert cutoffs == near(numbers["cutoffs"])


@of("mobilise_two_levels")
def test_a_signal_of_two_levels(vector):
    solution = solved(vector)
    expected = vector["expect"]["equilibria"]
    assert len(solution) == len(expected)
    for numbers in expected:
        signals = [e for e in solution if bool(e.probability("mobilise") > 0) == (numbers["cutoff"] is not None)]
        (equilibrium,) = signals
        if numbers["cutoff"] is not None:
            assert float(equilibrium.cutoffs["Target | start"][0]) == near(numbers["cutoff"], 2e-5)
            left = float(equilibrium.strategies["Attacker | mobilise"].at()["leave"])
            assert left == near(numbers["deterred"], 2e-5)


def _order(equilibrium, name, kinds):
    rule = equilibrium.strategies[name]
    return [kinds.get(action, action) for _, action in rule.items()]


@of("sanctions_resolve")
def test_threats_of_sanctions_some_of_which_are_bluff(vector):
    solution, expected = solved(vector), vector["expect"]
    nobody = [e for e in solution if e.probability("threaten") == 0]
    threats = [e for e in solution if e.probability("threaten") > 0]
    assert len(threats) == len(expected["equilibria"])
    assert bool(nobody) == (expected["nobody_threatens"] is not None)
    for equilibrium in nobody:
        (span,) = equilibrium.free.values()
        assert list(map(float, span)) == near(expected["nobody_threatens"])
    for equilibrium, numbers in zip(threats, expected["equilibria"], strict=True):
        assert float(equilibrium.probability("threaten")) == near(numbers["threaten"])
        assert float(equilibrium.probability("resist")) == near(numbers["resist"] * numbers["threaten"])
        assert float(equilibrium.probability("sanctions")) == near(numbers["sanctions"])
        assert float(equilibrium.cutoffs["Sender | start"][0]) == near(numbers["cutoffs"][0])


@of("sorted_crisis")
def test_the_weakest_and_the_strongest_challenge(vector):
    solution, expected = solved(vector), vector["expect"]
    nobody = [e for e in solution if e.probability("challenge") == 0]
    crises = [e for e in solution if e.probability("challenge") > 0]
    assert len(crises) == len(expected["equilibria"])
    assert bool(nobody) == (expected["nobody_challenges"] is not None)
    for equilibrium in nobody:
        (span,) = equilibrium.free.values()
        assert list(map(float, span)) == near(expected["nobody_challenges"])
    for equilibrium, numbers in zip(crises, expected["equilibria"], strict=True):
        assert list(map(float, equilibrium.cutoffs["Challenger | start"])) == near(numbers["cutoffs"])
        assert _order(equilibrium, "Challenger | start", {}) == ["challenge", "quiet", "challenge"]
        assert float(equilibrium.probability("war")) == near(numbers["war"])


def test_uniform_laws_and_rational_cutoffs_give_fractions():
    solution = dt.solve(tree_of(vectors("audience_costs")[0]))
    crisis = next(e for e in solution if e.probability("challenge") > 0)
    assert str(crisis.probability("war")) == "1/6"
    assert crisis.error == 0
