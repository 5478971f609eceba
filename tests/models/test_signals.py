"""Models of signals between states, against numbers worked by hand and best replies written anew."""

from fractions import Fraction
from itertools import product
from types import SimpleNamespace

import pytest

import deterrence as dt
from deterrence import models
from deterrence.models.edwards2017.blame_game import open_knowledge
from deterrence.models.oneill1999.honour import insulted
from deterrence.models.schultz1998.opposition import alone, pacifists
from tests.sample_games import drawn_values

OPPOSITION, FEAR = map(models.load, ("schultz1998/opposition", "gurantz2017/fear"))
GESTURE, SPIRAL, BLAME = map(models.load, ("kydd2005/costly_reassurance", "kydd1997/spiral", "edwards2017/blame_game"))
HONOUR, SELECTION = map(models.load, ("oneill1999/honour", "fearon2002/selection"))


def seen(equilibria, name):
    """Return the one different set of outcomes in the equilibria of a name."""
    (outcomes,) = {tuple(sorted(one.outcomes.items())) for one in equilibria if one.name == name}
    return dict(outcomes)


def gambit_payoffs(game):
    """Return what the players get in the equilibria that Gambit finds in the strategic form of a game of two."""
    pygambit = pytest.importorskip("pygambit")
    found = pygambit.nash.enummixed_solve(dt.to_pygambit(game), rational=True).equilibria
    return {tuple(Fraction(str(profile.payoff(player))) for player in game.players) for profile in found}


# -- an opposition ------------------------------------------------------------------------------------------------


def bluff_by_hand(p):
    """Return the outcomes of a Government alone, from the two indifferences, or of a threat that all believe."""
    enough = (1 + p.loss) / (1 + p.harm)  # -l = -c m + (1 - m), the Rival's
    if p.resolved >= enough:
        return {"status quo": 0, "concession": 1, "war": 0, "backed down": 0}
    resisted = 1 / (1 + p.shame)  # (1 - x) - a x = 0, the irresolute Government's
    bluffs = p.resolved * (1 - enough) / enough  # r/(r + bluffs) = m
    return {
        "status quo": 1 - p.resolved - bluffs,
        "concession": (p.resolved + bluffs) * (1 - resisted),
        "war": p.resolved * resisted,
        "backed down": bluffs * resisted,
    }


def test_a_government_alone_bluffs_as_often_as_by_hand():
    for values in drawn_values(alone, 40, 98):
        (one,) = dt.solve(alone.at(values))
        assert dict(one.outcomes) == bluff_by_hand(SimpleNamespace(**values))


def test_with_an_opposition_resolve_is_revealed_or_all_is_as_alone():
    for values in drawn_values(OPPOSITION.game, 25, 1998):
        p, found = SimpleNamespace(**values), OPPOSITION.solve(**values)
        revealed = {"status quo": 1 - p.resolved, "concession": p.resolved, "war": 0, "backed down": 0}
        assert seen(found, "revealed resolve") == revealed
        other = {one.name for one in found} & {"supported bluff", "believed threat"}
        assert seen(found, *other) == bluff_by_hand(p)


def test_two_indifferences_give_six_bluffs_in_ninety_one():
    (one,) = dt.solve(alone)
    assert one.strategies["Irresolute Government"]["challenge"] == Fraction(6, 91)
    assert one.outcomes["war"] == Fraction(3, 13)


def test_pacifists_bring_bluffs_back():
    # Opposed threats must be as believed as 13/15: of 0.3 * 0.1 resolved ones 0.03 * 2/13 bluffs; three of thirteen work.
    least = min(dt.solve(pacifists), key=lambda one: one.outcomes["war"])
    assert least.outcomes["war"] == Fraction(3, 100) * Fraction(10, 13)
    assert least.outcomes["backed down"] == Fraction(3, 100) * Fraction(2, 13) * Fraction(10, 13)


def test_gambit_finds_the_bluff_of_a_government_alone():
    # The Government gets 0.3 times 0.7/1.3, the Rival -0.09 times 1.5/1.3; an empty threat, all believed, is Nash, too.
    assert (Fraction(21, 130), Fraction(-27, 260)) in gambit_payoffs(alone)


# -- fear ---------------------------------------------------------------------------------------------------------


def fear_by_hand(p):
    """Return each equilibrium's name with how often opportunists dare and the Defender fights."""
    found = {"deterrence by fear": (0, 1)}
    odds = (p.attacked - p.war) / (p.war - p.loss)  # opportunists to one hostile, where the Defender is indifferent
    if p.hostility * odds < 1 - p.hostility:
        found["appeasement"] = (1, 0)
        found["war at times"] = (p.hostility * odds / (1 - p.hostility), p.value / (p.value + p.price))
    return found


def test_fear_deters_at_every_chance_of_hostility_and_not_alone_below_five_seventeenths():
    for values in drawn_values(FEAR.game, 60, 17):
        found = {
            one.name: (one.strategies["opportunist"]["transgress"], one.strategies["Defender"]["fight"])
            for one in FEAR.solve(**values)
        }
        assert found == fear_by_hand(SimpleNamespace(**values))
    names = [{one.name for one in FEAR.solve(hostility=Fraction(h))} for h in ("0.001", "0.29", "0.3")]
    assert [len(those) for those in names] == [3, 3, 1]


def test_gambit_finds_the_three_equilibria_of_fear():
    # A hostile Challenger in five: payoffs 0.2 * 0.2 and -0.2 * 0.8; 0.2 + 0.4 and -0.4 - 0.24; and half of the wars:
    # 0.2 (1 + 0.2)/2, and the Defender, which is indifferent, fights all of 0.2 + 0.48 at a price of 0.8.
    by_hand = {("0.04", "-0.16"), ("0.6", "-0.64"), ("0.12", "-0.544")}
    assert {tuple(map(Fraction, pair)) for pair in by_hand} <= gambit_payoffs(FEAR.game)


# -- a costly gesture ---------------------------------------------------------------------------------------------


def pure_gestures(p):
    """Return the pure equilibria: whether a seeker and a greedy state make the gesture, by trying all replies.

    The Receiver cooperates after what only seekers do, refuses after what only the greedy do, goes by trust after what
    both do, and after what neither does believes what it likes.
    """
    worth, cost = {"seeker": 1, "greedy": p.exploitation}, {"seeker": p.seeker_cost, "greedy": p.greedy_cost}
    trusts = p.trust - (1 - p.trust) * p.betrayal > 0
    found = set()
    for made in product((True, False), repeat=2):
        plan = dict(zip(("seeker", "greedy"), made, strict=True))
        for replies in product((True, False), repeat=2):
            reply = dict(zip((True, False), replies, strict=True))

            def fits(shown, plan=plan, reply=reply):
                who = {kind for kind in plan if plan[kind] == shown}
                return not who or reply[shown] == (trusts if len(who) == 2 else who == {"seeker"})

            def worthwhile(kind, plan=plan, reply=reply):
                gets = {shown: worth[kind] * reply[shown] - cost[kind] * shown for shown in (True, False)}
                return gets[plan[kind]] >= gets[not plan[kind]]

            if fits(True) and fits(False) and worthwhile("seeker") and worthwhile("greedy"):
                found.add((*made, *((reply[False],) if made == (False, False) else ())))
    return found


PURE = {
    "reassurance": (True, False),
    "common gesture": (True, True),
    "trust without a gesture": (False, False, True),
    "mistrust": (False, False, False),
}


def test_pure_gestures_are_those_that_trying_all_replies_gives():
    seen = set()
    for values in drawn_values(GESTURE.game, 80, 2005):
        names = {one.name for one in GESTURE.solve(**values)}
        assert {PURE[name] for name in names & set(PURE)} == pure_gestures(SimpleNamespace(**values))
        seen |= names
    assert seen == set(GESTURE.names)


def test_d1_leaves_reassurance_alone_only_where_the_seeker_could_gain_by_a_gesture():
    for values in drawn_values(GESTURE.game, 40, 325):
        p, found = SimpleNamespace(**values), GESTURE.solve(**values)
        if "mistrust" in {one.name for one in found}:
            # The seeker gains by less belief than the greedy state where c_S < c_G/e, and by some where c_S < 1.
            removed = p.seeker_cost < 1 and p.seeker_cost < p.greedy_cost / p.exploitation
            assert ("mistrust" in {one.name for one in dt.d1(found)}) == (not removed)


def test_gambit_finds_reassurance_and_mistrust():
    assert {(Fraction("0.36"), Fraction("0.6")), (0, 0)} <= gambit_payoffs(GESTURE.game)


# -- a spiral -----------------------------------------------------------------------------------------------------


def mutual_choices(p):
    """Return how often seekers cooperate in each equilibrium, (First, Second), from what a seeker gains by it.

    The greedy defect whatever happens. Against a state of which a share ``x`` cooperates a seeker gets x - (1 - x) f by
    cooperation and x s by defection, and is undecided at one share alone.
    """

    def gains(share, fear):
        return share * (1 - p.temptation) - (1 - share) * fear

    found = set()
    for first, second in product((0, 1), repeat=2):
        sure = gains(p.second_seeks * second, p.first_fear), gains(p.first_seeks * first, p.second_fear)
        if all((gain >= 0) == choice for gain, choice in zip(sure, (first, second), strict=True)):
            found.add((first, second))
    shares = [fear / (1 - p.temptation + fear) for fear in (p.second_fear, p.first_fear)]
    mixed = shares[0] / p.first_seeks, shares[1] / p.second_seeks
    return found | ({mixed} if max(mixed) < 1 else set())


def test_seekers_cooperate_as_often_as_by_hand():
    seen = set()
    for values in drawn_values(SPIRAL.game, 60, 1997):
        solution = SPIRAL.solve(**values)
        found = {tuple(one.strategies[f"{who}, seeker"]["cooperate"] for who in one.game.players) for one in solution}
        assert found == mutual_choices(SimpleNamespace(**values))
        assert all(one.strategies[f"{who}, greedy"]["defect"] == 1 for one in solution for who in one.game.players)
        seen |= {one.name for one in solution}
    assert seen == set(SPIRAL.names)


def test_gambit_finds_the_three_equilibria_of_the_spiral():
    # At times a seeker is met by 0.6 cooperation and gets 0.24, a greedy state 0.9: 0.7 * 0.24 + 0.3 * 0.9.
    by_hand = {Fraction("0.616"), Fraction(0), Fraction("0.438")}
    assert {(worth, worth) for worth in by_hand} == gambit_payoffs(SPIRAL.game)


# -- the blame game -----------------------------------------------------------------------------------------------


def blame_by_hand(p, knowledge):
    """Return how often the vulnerable attack and the ignorant blame, where the Attacker expects so much knowledge."""
    bearable = p.gain / (p.gain + p.penalty)  # the chance of blame at which it is indifferent
    if knowledge > bearable:
        return 0, 0
    if p.vulnerable * p.redress < (1 - p.vulnerable) * p.embarrassment:
        return 1, 0
    dares = (1 - p.vulnerable) * p.embarrassment / (p.vulnerable * p.redress)
    return dares, (bearable - knowledge) / (1 - knowledge)


def test_the_blame_game_is_played_as_by_hand_with_hidden_and_open_knowledge():
    seen = set()
    for values in drawn_values(BLAME.game, 60, 2825):
        p, (one,) = SimpleNamespace(**values), BLAME.solve(**values)
        chances = (one.strategies["vulnerable Attacker"]["attack"], one.strategies["ignorant Victim"]["blame"])
        assert chances == blame_by_hand(p, p.knowledge)
        seen.add(one.name)
        (other,) = dt.solve(open_knowledge.at(values))  # the ignorant are attacked as if nobody knew, the others spared
        dares, accuses = blame_by_hand(p, 0)
        assert other.strategies["vulnerable Attacker, Victim ignorant"]["attack"] == dares
        assert other.strategies["ignorant Victim"]["blame"] == accuses
        assert other.outcomes["peace"] == p.vulnerable * (1 - (1 - p.knowledge) * dares)
    assert seen == set(BLAME.names)


def test_gambit_finds_tolerated_attacks():
    # The Attacker gets 1, less 0.15 times 2; the Victim loses 1, less 0.15 times 0.5.
    assert (Fraction("0.7"), Fraction("-0.925")) in gambit_payoffs(BLAME.game)


# -- honour -------------------------------------------------------------------------------------------------------


def answers_by_hand(p):
    """Return how often a willing and an unwilling State answer, and duels and bearing earn respect, in equilibrium.

    What nobody does is judged as deters from it, where some belief allows that; so its respect is left out (None).
    """
    w, few = p.willing, p.willing < Fraction(1, 2)
    found = {(0, 0, None, 0 if few else 1)}
    if p.honour < p.dread:
        found.add((1, 0, 1, 0))
    elif few:
        found.add((1, w / (1 - w), p.dread / p.honour, 0))  # as many unwilling as willing; u = h times respect
    else:
        found.add((1, 1, 1, None))
    if not few:
        found.add(
            ((2 * w - 1) / w, 0, 1, 1 - p.duel / p.honour)
        )  # as many willing bear it as unwilling; k = h times scorn
    return found


def insults_pay(p, answers):
    answered = p.willing * answers[0] + (1 - p.willing) * answers[1]
    return (1 - answered) * p.gain > answered * p.loss


def test_insults_are_made_and_answered_as_by_hand():
    seen = set()
    for values in drawn_values(HONOUR.game, 40, 1999):
        p, found = SimpleNamespace(**values), set()
        for one in HONOUR.solve(**values):
            answers = tuple(one.strategies[f"{kind} State"]["answer"] for kind in ("willing", "unwilling"))
            duel, borne = (one.strategies[f"Audience, {what}"]["respect"] for what in ("duel", "insult borne"))
            found.add((*answers, None if answers == (0, 0) else duel, None if answers == (1, 1) else borne))
            assert one.strategies["Challenger"]["insult"] == insults_pay(p, answers)
            seen.add(one.name)
        assert found == answers_by_hand(p)
    assert seen == set(HONOUR.names)


def test_gambit_finds_duels_of_the_willing_and_insults_borne_with_scorn():
    assert {(Fraction("-0.8"), Fraction("0.4")), (-1, 0)} <= gambit_payoffs(insulted)


# -- selection ----------------------------------------------------------------------------------------------------


def selection_by_hand(p):
    """Return the equilibria but the bluff that nobody calls: name -> challenges by either type, and bluffs."""
    if p.resolve * (1 + p.fight) > 1:
        return {"general deterrence": (0, 0, 0)}
    if p.resolve * (1 + p.retreat) > 1:
        return {"challenges by the determined": (1, 0, 0)}
    if p.determined * p.unresolved_war > 1:
        return {"challenges by all": (1, 1, 0)}
    # Of those who challenge 1/w_U must be determined, and 1/(1 + b) of them be resisted.
    others = p.determined * (p.unresolved_war - 1) / (1 - p.determined)
    return {"bluffs at times": (1, others, (1 / (1 + p.retreat) - p.resolve) / (1 - p.resolve))}


def test_challenges_are_selected_as_by_hand():
    seen = set()
    for values in drawn_values(SELECTION.game, 40, 2002):
        found = {
            one.name: (
                one.strategies["determined Challenger"]["challenge"],
                one.strategies["other Challenger"]["challenge"],
                one.strategies["unresolved Defender"]["resist"],
            )
            for one in SELECTION.solve(**values)
        }
        assert found.pop("a bluff that nobody calls")[:2] == (0, 0)
        assert found == selection_by_hand(SimpleNamespace(**values))
        seen |= set(found)
    assert seen | {"a bluff that nobody calls"} == set(SELECTION.names)


def test_gambit_finds_bluffs_at_times_and_the_bluff_that_nobody_calls():
    # A determined Challenger gets 0.5 - 0.5 * 0.2; the Defender loses 0.75 times 1 if it is unresolved, 0.75 times 0.4
    # times 0.5 if it is resolved.
    assert {(Fraction("0.12"), Fraction("-0.57")), (0, 0)} <= gambit_payoffs(SELECTION.game)
