"""Models of covert action and of alliances against backward induction written anew, and numbers worked by hand."""

from fractions import Fraction
from types import SimpleNamespace

import numpy as np
import pytest

import deterrence as dt
from deterrence import models

COVERT, CRISIS, THREE = map(models.load, ("covert_action", "tripartite_crisis", "three_party"))


def drawn(game, count, seed):
    """Yield random values within the ranges and assumptions of a game, off the places where payoffs tie."""
    rng, parameters = np.random.default_rng(seed), game.parameters.values()
    for _ in range(500 * count):
        values = {p.name: p.low + (p.high - p.low) * Fraction(int(rng.integers(1, 9973)), 9973) for p in parameters}
        try:
            game.at(values)
        except dt.errors.ParameterError:
            continue
        yield values
        count -= 1
        if count == 0:
            return


def agrees(model, by_hand, count, seed):
    """Check chances of outcomes and payoffs against a function of the parameters; return the classes seen."""
    seen = set()
    for values in drawn(model.game, count, seed):
        (one,) = model.solve(**values)
        outcomes, payoffs = by_hand(SimpleNamespace(**values))
        assert {name: p for name, p in one.outcomes.items() if p} == {name: p for name, p in outcomes.items() if p}
        assert tuple(one.payoffs[player] for player in model.game.players) == payoffs
        seen.add(one.name)
    return seen


# -- covert action ------------------------------------------------------------------------------------------------


def covert_by_hand(p):
    harm, answer = (p.damage, p.escalation) if p.silence > p.escalation else (0, p.silence)
    ways = {
        "abstain": (Fraction(0), Fraction(0)),
        "open": (p.gain - p.force - harm, -p.gain - answer),
        "covert": (
            p.effectiveness * p.gain - p.exposure * (p.embarrassment + harm),
            -p.effectiveness * p.gain - p.exposure * answer,
        ),
    }
    best = max(ways, key=lambda way: ways[way][0])
    seen = "escalation" if harm else {"open": "open action tolerated", "covert": "exposed action tolerated"}.get(best)
    outcomes = {
        "abstain": {"no intervention": 1},
        "open": {seen: 1},
        "covert": {seen: p.exposure, "secret kept": 1 - p.exposure},
    }
    return outcomes[best], ways[best]


def test_covert_action_agrees_with_backward_induction_by_hand():
    assert agrees(COVERT, covert_by_hand, 150, 11) == set(COVERT.names)


def test_exposure_brings_an_intervention_into_the_open_or_ends_it():
    # Open action is worth 4 - 1 - d; covert action 3 - m (1 + d).
    for damage, after in ((2, "intervene openly"), (4, "abstain")):
        plays = [COVERT.solve(damage=damage, exposure=m)[0].strategies["Intervener"] for m in (0.4, 0.9)]
        assert plays[0]["act covertly"] == 1
        assert plays[1][after] == 1


# -- tripartite crisis --------------------------------------------------------------------------------------------


def crisis_by_hand(p):
    """Choose from the last move to the first, among ends of (outcome, Challenger, Defender, Protégé)."""
    resisted = max([("Challenger backs down", -1, 0, 0), ("conflict", -p.war, -p.support, -p.fighting)], key=at(1))
    alone = max([("Protégé yields", p.gain, -p.sacrifice, -1), ("realignment", p.prize, -1, -p.realignment)], key=at(3))
    firm = max([resisted, alone], key=at(2))
    pressed = max([("settlement", p.gain, 0, -p.concession), firm], key=at(3))
    name, *payoffs = max([("status quo", 0, 0, 0), pressed], key=at(1))
    return {name: 1}, tuple(payoffs)


def at(place):
    return lambda end: end[place]


def test_the_tripartite_crisis_agrees_with_backward_induction_by_hand():
    assert agrees(CRISIS, crisis_by_hand, 300, 12) == set(CRISIS.names)


@pytest.mark.parametrize(("support", "gain", "without", "with_it"), [(0.7, 2, 1, 0), (1.2, -1, 0, 1)])
def test_the_threat_to_realign_deters_one_demand_and_invites_another(support, gain, without, with_it):
    # Yielding costs the Protégé 1, conceding 0.6: at 1.2 realigning is an empty threat, at 0.5 a credible one.
    chances = [CRISIS.solve(support=support, gain=gain, realignment=z)[0].probability("demand") for z in (1.2, 0.5)]
    assert chances == [without, with_it]


# -- three parties ------------------------------------------------------------------------------------------------


def three_by_hand(p):
    ends = {"peace": ({"peace": 1}, (0, 0, 0))}
    sides = (
        ("Protégé", p.defender_reliability, p.protege_gain),
        ("Defender", p.protege_reliability, p.defender_gain),
    )
    for attacked, r, gain in sides:
        hit, partner = -r * p.together - (1 - r) * p.alone, -r * p.together
        pair = (partner, hit) if attacked == "Protégé" else (hit, partner)
        outcomes = {f"war with both, over the {attacked}": r, f"{attacked} left alone": 1 - r}
        ends[attacked] = (outcomes, ((1 - r) * gain - r * p.damage, *pair))
    return max(ends.values(), key=lambda end: end[1][0])


def test_three_parties_agree_with_a_comparison_of_the_three_choices():
    assert agrees(THREE, three_by_hand, 150, 13) == set(THREE.names)


def test_of_two_allies_worth_the_same_the_more_reliable_is_attacked():
    # With gains of 2 and a damage of 2, an attack on one brings 2 - 4 r of the other's reliability.
    for defender, protege, attacked in ((0.4, 0.2, "Defender"), (0.2, 0.4, "Protégé")):
        one = THREE.solve(defender_reliability=defender, protege_reliability=protege)[0]
        assert one.probability(f"attack the {attacked}") == 1
        assert one.payoffs["Challenger"] == Fraction(6, 5)
