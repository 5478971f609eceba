"""Models of covert action and of alliances against backward induction written anew, and numbers worked by hand."""

from fractions import Fraction
from itertools import product
from types import SimpleNamespace

import numpy as np
import pytest

import deterrence as dt
from deterrence import models
from tests.sample_games import drawn_values, gambit_profile, in_gambit

COVERT, CRISIS, THREE = map(models.load, ("covert_action", "tripartite_crisis", "three_party"))
SIGNAL, TESTED, PIVOTAL = map(models.load, ("alliance_signal", "alliance_and_war", "pivotal"))
BINDING, HAZARD, AIMS = map(models.load, ("covert_commitment", "moral_hazard", "deterring_intervention"))
PROMISES, RESTRAINT = map(models.load, ("ambiguous_commitment", "restraint"))


def agrees(model, by_hand, count, seed):
    """Check chances of outcomes and payoffs against a function of the parameters; return the classes seen."""
    seen = set()
    for values in drawn_values(model.game, count, seed):
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
    assert agrees(THREE, three_by_hand, 60, 13) == set(THREE.names)


def test_of_two_allies_worth_the_same_the_more_reliable_is_attacked():
    # With gains of 2 and a damage of 2, an attack on one brings 2 - 4 r of the other's reliability.
    for defender, protege, attacked in ((0.4, 0.2, "Defender"), (0.2, 0.4, "Protégé")):
        one = THREE.solve(defender_reliability=defender, protege_reliability=protege)[0]
        assert one.probability(f"attack the {attacked}") == 1
        assert one.payoffs["Challenger"] == Fraction(6, 5)


# -- alliances as signals -----------------------------------------------------------------------------------------


def signal_classes(p):
    """Return which equilibria there are, from what each type gains by a deviation, as worked out by hand.

    After an alliance that only the weak make the Challenger attacks; the firm then lose w, the weak l. A tight alliance
    that is not attacked costs t; one that is attacked costs the firm t + w - b, and the weak t + l.
    """
    l, w, t, b = p.weak_stake, p.war, p.peacetime_cost, p.coordination  # noqa: E741
    trusted = p.firmness * (p.gain + p.damage) > p.gain
    return {
        name
        for name, there in {
            "separating": l < t < w,
            "weak bluff": not trusted and t < l,
            "all tight": trusted and t < l,
            "loose and safe": trusted,
            "loose and attacked": not trusted and t > b,
            "firm sparing": trusted and t < w,
        }.items()
        if there
    }


def test_alliances_as_signals_have_the_equilibria_worked_out_by_hand():
    seen = set()
    for values in drawn_values(SIGNAL.game, 40, 14):
        names = {one.name for one in SIGNAL.solve(**values)}
        assert names == signal_classes(SimpleNamespace(**values))
        seen |= names
    assert seen == set(SIGNAL.names)


def signal_is_stable(one, p):
    """Check by Bayes and by every deviation that an equilibrium of the signalling game is one."""
    prior = {"Firm": p.firmness, "Weak": 1 - p.firmness}
    bonds = {"loose": (0, 0), "tight": (p.peacetime_cost, p.coordination)}
    attacks = {bond: one.strategies[f"Challenger, {bond} alliance"]["attack"] for bond in bonds}
    for kind in prior:
        if kind == "Firm":  # fights
            worth = {bond: -cost - attacks[bond] * (p.war - saved) for bond, (cost, saved) in bonds.items()}
        else:  # stays out
            worth = {bond: -cost - attacks[bond] * p.weak_stake for bond, (cost, _) in bonds.items()}
        chosen = one.strategies[f"{kind} Defender"]
        if any(chosen[f"make it {bond}"] > 0 and worth[bond] < max(worth.values()) for bond in bonds):
            return False
    for bond in bonds:
        made = {kind: prior[kind] * one.strategies[f"{kind} Defender"][f"make it {bond}"] for kind in prior}
        attack = made["Weak"] * p.gain - made["Firm"] * p.damage
        if sum(made.values()) and ((attack > 0 and attacks[bond] < 1) or (attack < 0 and attacks[bond] > 0)):
            return False
    return True


def test_nobody_gains_by_leaving_an_equilibrium_of_the_signalling_game():
    for values in drawn_values(SIGNAL.game, 25, 15):
        p = SimpleNamespace(**values)
        assert all(signal_is_stable(one, p) for solution in [SIGNAL.solve(**values)] for one in solution)


def test_a_cheap_alliance_is_called_half_the_time_and_kept_half_the_time():
    # With t = 1/2 and l = 1 the weak are indifferent at an attack of 1/2; with g = d the Challenger at a belief of 1/2.
    (bluff,) = (one for one in SIGNAL.solve(peacetime_cost=0.5) if one.name == "weak bluff")
    assert bluff.strategies["Challenger, tight alliance"]["attack"] == Fraction(1, 2)
    assert bluff.strategies["Weak Defender"]["make it tight"] == Fraction(2, 3)
    assert bluff.outcomes["war"] == Fraction(1, 5)


# -- alliances tested by war --------------------------------------------------------------------------------------


def wars_by_hand(p):
    """Sum over what is seen: who looks so, what the Protégé hopes for and what tempts the Challenger."""
    outcomes, payoffs = {}, np.array([Fraction(0)] * 3, dtype=object)
    for committed, uncommitted in ((p.telling, 1 - p.telling), (1 - p.telling, p.telling)):
        helps, leaves = p.reliability * committed, (1 - p.reliability) * uncommitted
        if helps * -p.together + leaves * -p.alone < (helps + leaves) * -p.loss:
            ends = {"surrender": (helps + leaves, (p.gain, -p.loss, 0))}
        elif helps * -p.damage + leaves * p.gain > 0:
            ends = {
                "war": (helps, (-p.damage, -p.together, -p.together)),
                "abandonment": (leaves, (p.gain, -p.alone, 0)),
            }
        else:
            ends = {"peace": (helps + leaves, (0, 0, 0))}
        for name, (chance, worth) in ends.items():
            outcomes[name] = outcomes.get(name, 0) + chance
            payoffs = payoffs + chance * np.array(worth, dtype=object)
    return outcomes, tuple(payoffs)


def test_tested_alliances_agree_with_a_sum_over_what_is_seen():
    assert agrees(TESTED, wars_by_hand, 80, 16) >= set(TESTED.names) - {"both tested"}


def test_the_record_of_wars_is_worse_than_alliances_are_where_the_close_ones_deter_and_better_where_they_do_not():
    # Of 0.6 committed allies 0.15 look distant, of 0.4 others 0.3; of 0.2 committed 0.15 look close, of 0.8 others 0.2.
    for reliability, honoured in ((0.6, Fraction(1, 3)), (0.2, Fraction(3, 7))):
        (one,) = TESTED.solve(reliability=reliability)
        assert one.outcomes["war"] / (one.outcomes["war"] + one.outcomes["abandonment"]) == honoured


# -- pivotal deterrence -------------------------------------------------------------------------------------------


def pivotal_by_hand(p):
    """Let the Pivot compare its three stances; what follows each is summed over whose the opportunity is."""
    joins = p.reward < p.favour
    stances = []
    for cost, favours in ((0, p.leaning), (p.estrangement, 1), (p.estrangement, 0)):
        outcomes, payoffs = {}, [0, 0, -cost]
        for attacker, share, chance, gain in (
            (0, favours, p.opportunity, p.east_gain),
            (1, 1 - favours, 1 - p.opportunity, p.west_gain),
        ):
            name = ("East", "West")[attacker]
            wins = share if joins else 0
            if wins * gain - (1 - wins) <= 0:
                outcomes["peace"] = outcomes.get("peace", 0) + chance
                continue
            outcomes[f"{name} prevails"] = chance * wins
            outcomes[f"{name} is defeated"] = chance * (1 - wins)
            payoffs[attacker] += chance * (wins * gain - (1 - wins))
            payoffs[1 - attacker] -= chance * wins
            payoffs[2] -= chance * (1 + share * p.reward)
        stances.append((outcomes, tuple(payoffs)))
    return max(stances, key=lambda stance: stance[1][2])


def test_pivotal_deterrence_agrees_with_a_comparison_of_the_three_stances():
    assert agrees(PIVOTAL, pivotal_by_hand, 120, 17) >= {"impartial Pivot", "side with East", "side with West"}
    near = PIVOTAL.game
    for leaning in (0.2, 0.4, 0.5, 0.6, 0.8):
        for gain in (0.5, 0.9, 2):
            values = dict(near.values) | {"leaning": Fraction(str(leaning)), "west_gain": Fraction(str(gain))}
            (one,) = PIVOTAL.solve(**values)
            outcomes, payoffs = pivotal_by_hand(SimpleNamespace(**values))
            assert {name: p for name, p in one.outcomes.items() if p} == {n: p for n, p in outcomes.items() if p}
            assert tuple(one.payoffs.values()) == payoffs


def test_to_take_a_side_deters_one_rival_and_emboldens_the_other():
    for side, attacker, deterred in (("East", "East", "West"), ("West", "West", "East")):
        bound = PIVOTAL.game.under(dt.Commitment("Pivot", f"side with {side}"))
        (one,) = dt.solve(bound.at(holds=1))
        assert one.outcomes[f"{attacker} prevails"] == (Fraction(3, 5) if side == "East" else Fraction(2, 5))
        assert one.outcomes[f"{deterred} is defeated"] == one.outcomes[f"{deterred} prevails"] == 0


# -- covert commitment --------------------------------------------------------------------------------------------


def regime_by_hand(p, leak):
    """Return how often the Executive acts and is investigated, and what the two get: a game of two by two.

    Rows refrain and act, columns trust and investigate. Acting is better than refraining by v - l k if trusted, and worse
    by k - v if not; investigating is better than trusting by (1 - l) b - i if it acted, and worse by i if not.
    """
    temptation, fear = p.gain - leak * p.scandal, p.scandal - p.gain
    reason = (1 - leak) * p.finding - p.effort
    if temptation < 0:
        acts, looks = 0, 0
    elif reason < 0:
        acts, looks = 1, 0
    else:
        acts, looks = p.effort / (reason + p.effort), temptation / (temptation + fear)
    caught = looks + (1 - looks) * leak
    executive = acts * (p.gain - caught * p.scandal) - looks * p.vexation
    return acts, looks, executive, acts * caught * p.finding - looks * p.effort


def test_an_executive_compares_secrecy_and_reform_as_by_hand():
    seen = set()
    for values in drawn_values(BINDING.game, 40, 18):
        p = SimpleNamespace(**values)
        secrecy, reform = regime_by_hand(p, 0), regime_by_hand(p, p.leak)
        reforms = reform[2] - p.price > secrecy[2]
        acts, looks, executive, watchdog = reform if reforms else secrecy
        (one,) = BINDING.solve(**values)
        assert one.probability("reform") == reforms
        assert (one.probability("act covertly"), one.probability("investigate")) == (acts, looks)
        assert tuple(one.payoffs.values()) == (executive - reforms * p.price, watchdog)
        seen.add(one.name)
    assert len(seen) >= 3


def test_a_reform_that_is_too_weak_to_bind_makes_covert_action_more_frequent():
    # The Watchdog is indifferent where 2 x = 1 under secrecy, and where 0.7 * 2 x = 1 under leaks at 0.3.
    chances = [BINDING.solve(leak=leak)[0].probability("act covertly") for leak in (0.2, 0.3, 0.6)]
    assert chances == [Fraction(1, 2), Fraction(5, 7), 0]


# -- moral hazard -------------------------------------------------------------------------------------------------


def hazard_by_hand(p):
    q = p.willingness
    struck = (q - p.harm, -q * (1 + p.defeat) - (1 - q) * p.repression, -q * p.rescue_cost)
    if struck[1] < -1:
        return {"autonomy": 1}, (1, -1, 0)
    if struck[0] < 0:
        return {"status quo": 1}, (0, 0, 0)
    return {"rescue after atrocities": q, "atrocities": 1 - q}, struck


def test_moral_hazard_agrees_with_backward_induction_by_hand():
    seen = agrees(HAZARD, hazard_by_hand, 60, 19)
    for willingness, harm in product((0.3, 0.5, 0.9), (0.2, 0.6)):
        values = dict(HAZARD.game.values) | {"willingness": Fraction(str(willingness)), "harm": Fraction(str(harm))}
        (one,) = HAZARD.solve(**values)
        outcomes, payoffs = hazard_by_hand(SimpleNamespace(**values))
        assert {name: p for name, p in one.outcomes.items() if p} == outcomes
        assert tuple(one.payoffs.values()) == payoffs
        seen.add(one.name)
    assert seen == set(HAZARD.names)


def test_a_rescue_half_promised_brings_what_none_and_a_certain_one_prevent():
    # The Rebels rise from 0.4 on; the State retaliates as long as 1.2 q + 0.3 (1 - q) <= 1, up to 7/9.
    assert [HAZARD.solve(willingness=q)[0].probability("retaliate") for q in (0.3, 0.5, 0.7, 0.8)] == [0, 1, 1, 0]


# -- deterring intervention ---------------------------------------------------------------------------------------


def aims_by_hand(p):
    ends = [({"peace": 1}, (0, 0))]
    for aims, gain, loss in (("limited", p.limited, p.alarm), ("full", 1, 1)):
        met = p.keenness if p.intervention < loss else 0
        attacker = (1 - met) * gain - met * p.defeat - p.cost
        outcomes = {f"{aims} aims won": 1 - met, "intervention": met}
        ends.append((outcomes, (attacker, -(1 - met) * loss - met * p.intervention)))
    return max(ends, key=lambda each: each[1][0])


def test_deterring_intervention_agrees_with_backward_induction_by_hand():
    assert agrees(AIMS, aims_by_hand, 120, 20) == set(AIMS.names)


def test_an_attacker_that_may_choose_its_aims_fights_where_one_that_may_not_is_deterred():
    # Full aims bring 0.4 - 0.6 * 0.5 - 0.2 = -0.1, limited ones 0.5 - 0.2; worth nothing, they leave only the former.
    assert AIMS.solve()[0].outcomes["limited aims won"] == 1
    assert AIMS.solve(limited=Fraction(1, 100))[0].outcomes["peace"] == 1


# -- ambiguous commitments ----------------------------------------------------------------------------------------


def promises_by_hand(p):
    """Choose from the last move to the first after promises of help with chance 0, a and 1."""
    ends = []
    for s in (0, p.ambiguity, 1):
        cost = s * p.upkeep
        war = {"Protégé lost": 1 - s, "war with both": s}
        attack = (1 - s) - s * p.damage
        struck = (1 - s) + s * p.war + cost
        quiet = max(({"peace": 1}, (0, 0, -cost)), (war, (attack, -(1 - s), -struck)), key=lambda end: end[1][0])
        passed = {"provocation": 1}, (-p.insult, p.provocation_gain, -p.entanglement - cost)
        provoked = max(passed, (war, (attack, -(1 - s) - p.reprisal, -struck)), key=lambda end: end[1][0])
        ends.append(max(quiet, provoked, key=lambda end: end[1][1]))
    return max(ends, key=lambda end: end[1][2])


def test_ambiguous_commitments_agree_with_backward_induction_by_hand():
    seen = agrees(PROMISES, promises_by_hand, 200, 21)
    assert seen >= {"ambiguity keeps the peace", "firmness keeps the peace", "no promise", "ambiguity emboldens"}


def test_a_promise_in_between_restrains_friend_and_foe():
    # With d = 1 and n = 0.4 the foe refrains from 1/2 on, and lets a provocation pass from 0.7 on.
    for ambiguity, outcome in ((0.4, "provocation"), (0.6, "peace"), (0.8, "provocation")):
        assert PROMISES.solve(ambiguity=ambiguity)[0].outcomes[outcome] == 1


# -- restraint ----------------------------------------------------------------------------------------------------


def restraint_by_hand(p):
    """Choose from the last move to the first, among ends of (outcome, Challenger, Target, Ally)."""
    conceded = ("concession", p.gain, -p.concession, -p.discredit)
    met = max(("Challenger backs down", -1, 0, 0), ("war with both", -p.damage, -p.war, -p.help_cost), key=at(1))
    advised = max(conceded, ("war alone", p.gain, -1 - p.alliance, -1), key=at(2))
    supported = max(conceded, met, key=at(2))
    name, *payoffs = max(("status quo", 0, 0, 0), max(advised, supported, key=at(3)), key=at(1))
    return {name: 1}, tuple(payoffs)


def test_restraint_agrees_with_backward_induction_by_hand():
    assert agrees(RESTRAINT, restraint_by_hand, 250, 22) == set(RESTRAINT.names)


def test_an_alliance_that_is_valued_ends_a_war_alone_and_deterrence_alike():
    # Conceding costs 1.2, a war alone 1 and the alliance: the Target listens from 0.2 on.
    for help_cost, before in ((0.7, "status quo"), (1.2, "war alone")):
        for alliance, outcome in ((0.1, before), (0.3, "concession")):
            assert RESTRAINT.solve(help_cost=help_cost, alliance=alliance)[0].outcomes[outcome] == 1


# -- a second opinion ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", [SIGNAL, BINDING, PIVOTAL, HAZARD, RESTRAINT], ids=lambda model: model.key)
def test_nobody_gains_by_a_deviation_as_gambit_counts_it(model):
    pytest.importorskip("pygambit")
    for values in drawn_values(model.game, 3, 23):
        game = model.game.at(values)
        other = in_gambit(game)
        for one in dt.solve(game):
            assert gambit_profile(other, one).max_regret() == 0
