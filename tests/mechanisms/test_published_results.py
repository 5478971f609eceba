"""Results of the literature that hold exactly, in the models and in games made by mechanisms."""

from fractions import Fraction

import pytest

import deterrence as dt
from deterrence import end, move, param
from deterrence.errors import UnknownNameError
from deterrence.mechanisms import Delegation, Deniability, Factions, InnocentAttacks, Signal
from deterrence.models import catalogue


def predictions(game):
    solution = dt.solve(game)
    assert solution.complete
    assert all(each.regret == 0 for each in solution)
    return {frozenset((name, p) for name, p in each.outcomes.items() if p != 0) for each in solution}


# -- Zagare and Kilgour (2000): the unilateral deterrence game --------------------------------------

UNILATERAL = catalogue.load("unilateral-deterrence").game


@dt.game("Challenger", "Defender")
def soft():
    """The unilateral deterrence game of two Soft sides, with the model's illustrative payoffs."""
    last = move("Challenger", back_off=end("challenger defeated", 0, 0.8), fight=end("conflict", -1, -0.6))
    defender = move("Defender", concede=end("defender concedes", 1, 0.2), resist=last)
    return move("Challenger", accept=end("status quo", 0.5, 1), challenge=defender)


def credible(challenger, defender):
    return soft.under(
        Factions("Challenger", ("Hard", "Soft"), outcomes="conflict", prior=challenger, resolve=1.1),
        Factions("Defender", ("Hard", "Soft"), outcomes="conflict", prior=defender, resolve=1, prefix="defender"),
    )


def test_at_low_credibility_the_unilateral_game_has_a_bluff_and_steadfast_deterrence():
    solution = dt.solve(UNILATERAL)
    bluffs = [each for each in solution if each.outcomes["conflict"] != 0]
    assert len(bluffs) == 1
    assert bluffs[0].strategies["Hard Challenger"]["challenge"] == 1
    assert bluffs[0].strategies["Soft Challenger"]["challenge"] == Fraction(1, 3)
    assert bluffs[0].strategies["Soft Defender, challenged"]["resist"] == Fraction(2, 7)
    others = [each for each in solution if each is not bluffs[0]]
    assert all(each.outcomes["status quo"] == 1 for each in others)


def test_between_the_thresholds_the_unilateral_game_separates():
    game = UNILATERAL.at(challenger_credibility=0.5, defender_credibility=0.52)
    separating = [each for each in dt.solve(game) if each.outcomes["status quo"] != 1]
    assert [each.strategies["Hard Challenger"]["challenge"] for each in separating] == [1]
    assert [each.strategies["Soft Challenger"]["challenge"] for each in separating] == [0]


def test_a_credible_defender_deters_with_certainty_in_the_unilateral_game():
    game = UNILATERAL.at(challenger_credibility=0.5, defender_credibility=0.7)
    assert {each.outcomes["status quo"] for each in dt.solve(game)} == {1}


@pytest.mark.parametrize("challenger", [0.2, 0.5, 0.8])
@pytest.mark.parametrize("defender", [0.3, 0.52, 0.7])
def test_two_factions_make_the_unilateral_deterrence_game(challenger, defender):
    model = UNILATERAL.at(challenger_credibility=challenger, defender_credibility=defender)
    assert predictions(credible(challenger, defender)) == predictions(model)


@pytest.mark.parametrize(("attribution", "deterred"), [(0.79, False), (Fraction(50, 63), True), (0.8, True)])
def test_certain_deterrence_needs_attribution_of_c1_over_the_defenders_credibility(attribution, deterred):
    # c1 = 5/9 and credibility 7/10: the critical attribution is 50/63. Without proof the Defender concedes.
    game = credible(0.2, 0.7).under(Deniability("challenge", "resist", doubt=10, attribution=attribution))
    proven = [each.name for each in game.information_sets if each.name.endswith("Soft, proof")]
    assert len(proven) == 1
    certain = [
        each
        for each in dt.solve(game)
        if each.outcomes["status quo"] == 1 and each.strategies[proven[0]]["resist"] == 0
    ]
    assert bool(certain) == deterred


# -- Delegation with slippage -----------------------------------------------------------------------


@dt.game("Sponsor")
def channels(penalty=param(1, "penalty for being behind it", low=0)):
    """Choose between doing nothing, doing it openly, and having it done."""
    direct = end("direct", Fraction(9, 10) - Fraction(9, 10) * penalty)
    proxy = end("through the proxy", Fraction(6, 10) - Fraction(3, 10) * penalty)
    return move("Sponsor", nothing=end("nothing", 0), direct=direct, delegate=proxy)


@pytest.mark.parametrize(
    ("penalty", "outcome", "payoff"),
    [
        (0.2, "direct", Fraction(72, 100)),
        (0.76, "direct", None),
        (0.77, "through the proxy", None),
        (1, "through the proxy", Fraction(14, 100)),
        (1.46, "through the proxy", None),
        (1.47, "nothing", 0),
        (3, "nothing", 0),
    ],
)
def test_a_rising_penalty_first_shifts_provocation_to_the_proxy_and_then_deters(penalty, outcome, payoff):
    # Own algebra: v=1, qd=.9, ad=.9, qp=.6, ap=.3, s=.1, z=.5, c=.05 gives L* = 23/30 and exit at 22/15.
    delegation = Delegation("delegate", "nothing", autonomy=0, price=0.05, slippage=0.1, mishap=0.6 + 0.5)
    equilibrium = dt.solve(channels.under(delegation).at(penalty=penalty))[0]
    assert equilibrium.outcomes[outcome] == 1
    assert payoff is None or equilibrium.payoffs["Sponsor"] == payoff


# -- Noisy attribution (an inspection game; Avenhaus, von Stengel and Zamir 2002) -------------------

THREE = {
    (Fraction(1, 8), Fraction(5, 12), 0),
    (Fraction(3, 4), 1, Fraction(7, 12)),
    (1, 1, 1),
}


def test_the_noisy_attribution_game_has_its_three_equilibria():
    found = {
        (row["Attacker"]["strike"], row["alarm"]["retaliate"], row["no alarm"]["retaliate"])
        for row in (each.strategies for each in dt.solve(catalogue.load("noisy-attribution").game))
    }
    assert found == THREE


def test_innocent_attacks_and_deniability_make_the_noisy_attribution_game():
    # Benefit 1, punishment 4, harm 2; answering the guilty is worth 1, the innocent -1: a mistake costs 2.
    answer = move("Defender", restrain=end("strike", 1, -2), retaliate=end("war", -3, -1))
    bare = dt.Game(("Attacker", "Defender"), move("Attacker", wait=end("quiet", 0, 0), strike=answer))
    game = bare.under(
        InnocentAttacks("strike", "wait", background=1, gain=1),
        Deniability("strike", "retaliate", attribution=0.7, false_alarm=0.1, doubt=0, mistake=2),
    )
    solution = dt.solve(game)
    attacker = next(each.name for each in game.information_sets if each.player == "Attacker")
    alarm, silence = [each.name for each in game.information_sets if each.player == "Defender"]
    assert alarm.endswith(", proof")
    found = {
        (row[attacker]["strike"], row[alarm]["retaliate"], row[silence]["retaliate"])
        for row in (each.strategies for each in solution)
    }
    assert found == THREE


def test_an_alarm_about_a_blind_move_makes_the_noisy_attribution_game():
    choices = [["wait", "strike"], ["restrain", "retaliate"]]
    blind = dt.bimatrix([[0, -4], [1, -3]], [[0, -1], [-2, -1]], players=("Attacker", "Defender"), actions=choices)
    game = blind.under(Signal("strike", detection=0.7, false_alarm=0.1))
    attacker, alarm, silence = [each.name for each in game.information_sets]
    found = {
        (row[attacker]["strike"], row[alarm]["retaliate"], row[silence]["retaliate"])
        for row in (each.strategies for each in dt.solve(game))
    }
    assert found == THREE


@pytest.mark.parametrize("detection", [0.5, 0.7, 0.9])
def test_better_detection_means_fewer_strikes_and_fewer_answers(detection):
    # sigma = f w / (f w + alpha v) and rho = b / (c (alpha - f)) in the deterrent mixed equilibrium.
    game = catalogue.load("noisy-attribution").game.at(detection=detection)
    alpha, f = Fraction(str(detection)), Fraction(1, 10)
    expected = (f / (f + alpha), Fraction(1, 4) / (alpha - f), 0)
    found = {
        (row["Attacker"]["strike"], row["alarm"]["retaliate"], row["no alarm"]["retaliate"])
        for row in (each.strategies for each in dt.solve(game))
    }
    assert expected in found
