"""Drezner, Hovi, Huseby and Sprinz, Snyder: what is played, worked out again by hand at random values."""

from fractions import Fraction
from random import Random

import pytest

from deterrence import models

DREZNER = models.load("conflict_expectations")
HOVI = models.load("imposed_sanctions")
SNYDER = models.load("stability_instability")


def drawn(model, seed):
    """Return values of the parameters on a fine grid of their ranges, where payoffs hardly ever tie."""
    source = Random(seed)
    return {
        name: Fraction(p.low) + (Fraction(p.high) - Fraction(p.low)) * Fraction(source.randrange(1, 997), 997)
        for name, p in model.game.parameters.items()
    }


def played(model, values):
    """Return the probabilities of the outcomes that happen in the one equilibrium."""
    solution = model.solve(**values)
    assert len(solution) == 1
    return {name: p for name in model.game.outcomes if (p := solution[0].probability(name))}


@pytest.mark.parametrize("seed", range(25))
def test_sanctions_between_rivals_by_backward_induction(seed):
    v = drawn(DREZNER, seed)
    sender = v["expectations"] * v["target_cost"] - v["sender_cost"]
    target = v["expectations"] * v["sender_cost"] - v["target_cost"]
    stakes = (1 + v["expectations"]) * v["demand"]
    refused = ("deadlock", sender, target) if sender > -v["backing_down"] else ("empty threat", -v["backing_down"], 0)
    demanded = ("concession", stakes, -stakes) if -stakes > refused[2] else refused
    expected = demanded if demanded[1] > 0 else ("no demand", 0, 0)
    assert played(DREZNER, v) == {expected[0]: 1}
    assert tuple(DREZNER.solve(**v)[0].payoffs.values()) == expected[1:]


@pytest.mark.parametrize("seed", range(25))
def test_imposed_sanctions_by_backward_induction(seed):
    v = drawn(HOVI, seed)
    p, q, late = v["determination"], v["impact"], v["concession"] + v["delay"]
    gives_in = late < v["bite"]
    tried = gives_in and q * v["gain"] > v["cost"]
    imposed = Fraction(1) if tried else p
    if v["concession"] < imposed * q * min(late, v["bite"]):
        expected = {"concession to the threat": 1}
    else:
        works = imposed * q if gives_in else 0
        expected = {
            "concession under sanctions": works,
            "sanctions in vain": imposed - works,
            "threat dropped": 1 - imposed,
        }
    assert played(HOVI, v) == {name: chance for name, chance in expected.items() if chance}


@pytest.mark.parametrize("seed", range(25))
def test_stability_and_instability_by_backward_induction(seed):
    v = drawn(SNYDER, seed)
    if v["disaster"] <= v["harm"]:
        return
    risk = v["risk"]
    daring = (1 - risk) * v["war_gain"] - risk * v["disaster"]
    bearing = -(1 - risk) * v["harm"] - risk * v["disaster"]
    if bearing < -v["loss"]:
        expected = {"fait accompli": 1}
    else:
        expected = {"limited war": 1 - risk, "nuclear disaster": risk} if daring > 0 else {"status quo": 1}
    assert played(SNYDER, v) == expected
