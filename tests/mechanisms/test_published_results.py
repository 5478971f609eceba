"""Results of the literature that hold exactly, in the models and in games made by mechanisms."""

from fractions import Fraction

import pytest

import deterrence as dt
from deterrence import end, matrix, move, param
from deterrence.mechanisms import (
    Delegation,
    Deniability,
    Factions,
    InnocentAttacks,
    Sanctions,
    Signal,
    SunkCosts,
)
from deterrence.mechanisms.algebra import insert_chance, pay
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


# -- Brams and Kilgour (1985): probabilistic threats on Chicken --------------------------------------

CHICKEN = {"r2": Fraction(3, 10), "r3": Fraction(7, 10), "c2": Fraction(2, 10), "c3": Fraction(6, 10)}


def lone_preemption(victim, wins, payoffs):
    return move(victim, {"yield": end(wins, *payoffs), "retaliate": end("war", 0, 0)})


def test_without_commitment_only_preemption_and_the_naive_equilibrium_are_left():
    r2, r3, c2, c3 = CHICKEN.values()
    row_alone = lone_preemption("Column", "row wins", (1, c2))
    column_alone = lone_preemption("Row", "column wins", (r2, 1))
    both = {"information": "Column chooses"}
    tree = move(
        "Row",
        cooperate=move("Column", cooperate=end("status quo", r3, c3), preempt=column_alone, **both),
        preempt=move("Column", cooperate=row_alone, preempt=end("war", 0, 0), **both),
    )
    solution = dt.solve(dt.Game(("Row", "Column"), tree))
    found = {tuple(each.payoffs.values()) for each in solution}
    assert found == {(1, c2), (r2, 1), (Fraction(1, 2), Fraction(1, 3))}


def threatened(attribution, commitment):
    """Return the row player's choice to preempt where the column player is committed to retaliate upon proof."""
    r3, c2, c3 = CHICKEN["r3"], CHICKEN["c2"], CHICKEN["c3"]
    tree = move("Row", cooperate=end("status quo", r3, c3), preempt=lone_preemption("Column", "row wins", (1, c2)))
    return dt.Game(("Row", "Column"), tree).under(
        Factions("Column", ("committed", "free"), actions="retaliate", prior=commitment, resolve=1),
        Deniability("preempt", "retaliate", attribution=attribution, doubt=10),
    )


@pytest.mark.parametrize(("attribution", "needed"), [(1, "3/10"), (0.5, "3/5"), (0.9, "1/3"), (0.375, "4/5")])
def test_a_threat_must_be_the_more_certain_the_less_is_attributed(attribution, needed):
    # p >= (1 - r3) / a.
    critical, step = Fraction(needed), Fraction(1, 1000)
    assert dt.solve(threatened(attribution, critical - step))[0].probability("preempt") == 1
    assert dt.solve(threatened(attribution, critical + step))[0].probability("preempt") == 0
    assert {each.probability("preempt") for each in dt.solve(threatened(attribution, critical))} >= {0}
    assert dt.threshold(threatened(attribution, critical), "prior", "preempt").value == critical


def test_deterrence_is_infeasible_where_attribution_falls_short_of_the_gain():
    # Even a certain threat deters only if a >= 1 - r3 = .3.
    assert [dt.solve(threatened(a, 1))[0].probability("preempt") for a in (0.2, 0.29, 0.31)] == [1, 1, 0]


# -- Sanctions on a Prisoner's Dilemma (Snyder and Diesing 1977, for the games) ----------------------

DILEMMA = dt.Game(
    ("Row", "Column"),
    matrix(
        {
            ("cooperate", "cooperate"): end("both cooperate", 3, 3),
            ("cooperate", "defect"): end("Column exploits", 1, 4),
            ("defect", "cooperate"): end("Row exploits", 4, 1),
            ("defect", "defect"): end("both defect", 2, 2),
        }
    ),
)


def fined(attribution, fine):
    """Return the dilemma in which exploiting the other is fined where it is proven."""
    game = DILEMMA
    for player, other in (("Row", "Column"), ("Column", "Row")):
        word = player.lower()
        game = game.under(
            Deniability("defect", "defect", player, other, attribution=attribution, doubt=0, prefix=word),
            Sanctions(player, outcomes=f"{player} exploits", evidence="proof", pressure=fine, prefix=word),
        )
    return game


@pytest.mark.parametrize(
    ("attribution", "fine", "stag_hunt"),
    # T - R = 1: cooperation of both is an equilibrium from a s = 1 on.
    [(0.4, 2, False), (0.49, 2, False), (0.51, 2, True), (1, 2, True), (1, 0.9, False), (0.3, 4, True)],
)
def test_attributed_fines_make_a_stag_hunt_of_a_prisoners_dilemma(attribution, fine, stag_hunt):
    found = [{name for name, p in each.outcomes.items() if p == 1} for each in dt.solve(fined(attribution, fine))]
    assert {"both defect"} in found
    assert ({"both cooperate"} in found) == stag_hunt
    assert len(found) == (3 if stag_hunt else 1)


# -- Kydd and Walter (2002), reduced: spoilers ------------------------------------------------------


def spoilers(trust):
    """Let extremists spoil an accord: capable moderates stop most attempts, the others few."""
    choice = move("Government", implement=end("accord", 0, 0), refuse=end("no accord", 1, 0), information="Government")
    base = dt.Game(("Extremists", "Government"), move("Extremists", hold=choice, attempt=choice))

    def moderates(worth, success):
        def change(part):
            part = pay(part, base.players, {"Government": worth}, after="implement")
            return insert_chance(part, {"terror": success, "quiet": 1 - success}, after="attempt", silent=("quiet",))

        return change

    sorts = {
        "trustworthy": (trust, moderates(1, Fraction(2, 10))),
        "not": (1 - trust, moderates(-1, Fraction(8, 10))),
    }
    tree = insert_chance(base.tree, sorts, seen_by=())
    return base.changed(tree=tree).under(SunkCosts("attempt", sunk_cost=0.2))


def test_spoilers_attempt_where_trust_is_of_middling_strength():
    (found,) = dt.solve(spoilers(Fraction(7, 10)))
    assert found.probability("attempt") == 1
    assert found.strategies["Government, terror"]["refuse"] == 1
    assert found.strategies["Government"]["implement"] == 1
    assert found.outcomes["no accord"] == Fraction(38, 100)
    trusted = {
        name: sum(p for history, p in found.beliefs[name].items() if "trustworthy" in history)
        for name in ("Government, terror", "Government")
    }
    assert trusted == {"Government, terror": Fraction(7, 19), "Government": Fraction(28, 31)}  # .368421 and .903226


def test_spoilers_hold_where_trust_survives_an_attempt():
    # After terror trust is still .9 * .2 / (.9 * .2 + .1 * .8) = .692 > 1/2.
    found = dt.solve(spoilers(Fraction(9, 10)))
    assert {each.outcomes["accord"] for each in found} == {1}
    assert {each.probability("attempt") for each in found} == {0}
