"""Small models for teaching against numbers worked by hand, and against backward induction written anew."""

from fractions import Fraction
from itertools import product
from types import SimpleNamespace

import pytest

import deterrence as dt
from deterrence import models
from deterrence.errors import GameError
from deterrence.models.schelling1966.salami_tactics import salami_tactics
from tests.sample_games import drawn_values

SALAMI, TRIPWIRE, ALLIANCE = map(models.load, ("salami_tactics", "tripwire", "alliance"))
COALITION, SHIFT = map(models.load, ("senders_coalition", "shifting_power"))


# -- salami tactics -----------------------------------------------------------------------------------------------


def lost_by_hand(slices, whole, war, settles):
    """Return how many slices are lost: from the last to the first, fight where what may be saved is worth it."""
    later = Fraction(0)
    for _ in range(slices):
        if war > whole / slices + settles * later:
            later += Fraction(whole) / slices
    return later * slices / whole


@pytest.mark.parametrize("slices", [1, 2, 3, 4, 5])
def test_as_many_slices_are_lost_as_by_hand(slices):
    game = salami_tactics(slices)
    for values in drawn_values(game, 12, slices):
        (one,) = dt.solve(game.at(values))
        lost = lost_by_hand(slices, values["whole"], values["war"], values["settles"])
        assert one.outcomes[f"{lost} of {slices} slices lost"] == 1
        assert one.payoffs["Defender"] == -lost * values["whole"] / slices == -one.payoffs["Challenger"]


def test_nine_in_three_slices_are_lost_and_in_two_are_not():
    # A war costs 4: less than 9/2, more than 9/3 even with what it may save of the other slices, 3 + 0.1 * 6.
    assert dt.solve(salami_tactics(2))[0].payoffs["Defender"] == 0
    assert dt.solve(salami_tactics(3))[0].payoffs["Defender"] == -9
    # Where wars settle more, first the last two slices are lost, 3 + 0.2 * 6 > 4, then the last, 3 + 0.4 * 3 > 4.
    assert [SALAMI.solve(settles=s)[0].payoffs["Defender"] for s in (0.1, 0.2, 0.4)] == [-9, -6, -3]


@pytest.mark.parametrize("given", [0, 6, -1, 2.5, "3", True])
def test_a_number_of_slices_that_makes_no_tree_is_refused(given):
    with pytest.raises(GameError, match="it must be a whole number from 1 to 5"):
        salami_tactics(given)


# -- tripwire -----------------------------------------------------------------------------------------------------


def tripwire_by_hand(p):
    """Return whether the force is stationed, and the Defender's payoff."""

    def worth(in_vain, spent):
        retaliates = -p.war > -p.loss - in_vain
        if (p.prize - p.punishment if retaliates else p.prize) <= 0:
            return -spent
        return (-p.war if retaliates else -p.loss - in_vain) - spent

    alone, guarded = worth(0, 0), worth(p.blood * p.force, p.upkeep * p.force)
    return guarded > alone, max(alone, guarded)


def test_the_tripwire_agrees_with_backward_induction_by_hand():
    seen = set()
    for values in drawn_values(TRIPWIRE.game, 150, 66):
        (one,) = TRIPWIRE.solve(**values)
        stationed, worth = tripwire_by_hand(SimpleNamespace(**values))
        assert (one.probability("station"), one.payoffs["Defender"]) == (stationed, worth)
        assert (one.name == "tripwire") == stationed
        seen.add(one.name)
    assert seen == set(TRIPWIRE.names)


def test_a_force_of_two_thirds_is_enough_and_one_of_six_is_worth_its_upkeep():
    # Retaliation costs 8 and the ground is worth 6, so 3 n must make up for 2; at 1 a unit no more than 6 are worth it.
    sent = [TRIPWIRE.solve(force=n)[0].probability("station") for n in (0.66, 0.67, 5.9, 6.1)]
    assert sent == [0, 1, 1, 0]


# -- alliance -----------------------------------------------------------------------------------------------------


def alliance_by_hand(p):
    """Return the chances of concession, status quo, surrender, war and abandonment."""
    r, nothing = p.reliability, dict.fromkeys(("concession", "status quo", "surrender", "war", "abandonment"), 0)
    resisting = r * -p.war + (1 - r) * -(p.loss + p.alone)
    resists = resisting > -p.loss
    attack = r * -p.damage + (1 - r) * p.gain if resists else p.gain
    firm = 0 if attack < 0 else resisting if resists else -p.loss
    if firm < -p.concession:
        return nothing | {"concession": 1}
    if attack < 0:
        return nothing | {"status quo": 1}
    return nothing | ({"war": r, "abandonment": 1 - r} if resists else {"surrender": 1})


def test_the_alliance_agrees_with_backward_induction_by_hand():
    seen = set()
    for values in drawn_values(ALLIANCE.game, 150, 84):
        (one,) = ALLIANCE.solve(**values)
        assert dict(one.outcomes) == alliance_by_hand(SimpleNamespace(**values))
        seen.add(one.name)
    assert seen == set(ALLIANCE.names)


def test_reliability_brings_concession_then_war_then_peace():
    # It would resist from 2/(6 - 1) = 0.4 on, is firm from 3/5 on, and is not attacked from 3/4 on.
    names = [ALLIANCE.solve(reliability=r)[0].name for r in (0.39, 0.41, 0.59, 0.61, 0.74, 0.76)]
    afraid, cautious, entrapped, deterred = ALLIANCE.names
    assert names == [afraid, cautious, cautious, entrapped, entrapped, deterred]
    # At 0.7 the Challenger expects 0.3 * 3 - 0.7, the Defender -0.7 * 3 - 0.3 * 2, the Protégé -0.7 - 0.3 * 6.
    assert [float(x) for x in ALLIANCE.solve()[0].payoffs.values()] == pytest.approx([0.2, -2.7, -2.5])


# -- a coalition of senders ---------------------------------------------------------------------------------------


def pure_coalitions(p):
    """Return the pairs of choices, impose or not, from which neither sender gains by going another way."""
    complied = p.concession < p.bite
    joint = (
        complied * (p.leader_gain - p.side_payment) - p.cost,
        complied * (p.partner_gain + p.side_payment) - p.cost,
    )
    worth = {
        (True, True): joint,
        (True, False): (-p.cost, p.trade),
        (False, True): (p.trade - p.pledge, -p.cost),
        (False, False): (-p.pledge, 0),
    }
    return {
        (leader, partner)
        for leader, partner in product((True, False), repeat=2)
        if worth[leader, partner][0] >= worth[not leader, partner][0]
        and worth[leader, partner][1] >= worth[leader, not partner][1]
    }


def test_the_senders_have_the_pure_equilibria_that_one_finds_by_trying_all_pairs():
    seen = set()
    for values in drawn_values(COALITION.game, 150, 92):
        equilibria = COALITION.solve(**values)
        plays = [tuple(one.strategies[who]["impose"] for who in ("Leader", "Partner")) for one in equilibria]
        pure, mixed = {play for play in plays if set(play) <= {0, 1}}, [play for play in plays if set(play) - {0, 1}]
        assert pure == pure_coalitions(SimpleNamespace(**values))
        assert len(mixed) == (len(pure) == 2)
        seen |= {one.name for one in equilibria}
    assert seen == set(COALITION.names)


def test_two_senders_mix_with_a_third_each_at_the_defaults():
    # A sender that imposes gets 4/3 - 1 = 1/3; one that holds back gets 1/3 of the trade that is worth 1.
    (mixed,) = (one for one in COALITION.solve() if one.name == "uncertain coalition")
    third = Fraction(1, 3)
    assert [mixed.strategies[who]["impose"] for who in ("Leader", "Partner")] == [third, third]
    assert [mixed.payoffs[who] for who in ("Leader", "Partner")] == [third, third]
    assert mixed.outcomes["success"] == Fraction(1, 9)


# -- shifting power -----------------------------------------------------------------------------------------------


def shift_by_hand(p):
    """Return whether there is war and what the two get; tomorrow the rising state uses its power, as it gains by it."""
    tomorrow = p.future * (p.strength - p.shift)
    today = (1 + p.future) * p.strength - p.declining_cost
    everything = 1 + p.future
    attacked = (True, today, everything - p.declining_cost - p.rising_cost - today)
    ends = []
    for given, lost in ((0, 0), (p.concession, p.face)):
        kept = p.strength + given + tomorrow
        war, mine, other = attacked
        ends.append((False, kept, everything - kept) if kept > today else (war, mine, other - lost))
    return max(ends, key=lambda each: each[2])


def test_shifting_power_agrees_with_backward_induction_by_hand():
    seen = set()
    for values in drawn_values(SHIFT.game, 400, 95):
        (one,) = SHIFT.solve(**values)
        war, declining, rising = shift_by_hand(SimpleNamespace(**values))
        assert one.probability("war") == war
        assert (one.payoffs["Declining"], one.payoffs["Rising"]) == (declining, rising)
        seen.add(one.name)
    assert seen == set(SHIFT.names)


def test_a_shift_of_a_half_is_the_most_that_all_of_todays_pie_makes_up_for():
    # At p = 0.6 there is 0.4 left to concede, and war costs the declining state 0.1.
    assert [SHIFT.solve(concession=0.4, shift=d)[0].probability("war") for d in (0.49, 0.51)] == [0, 1]
    # Peace at the defaults: 0.6 + 0.25 today and 0.3 tomorrow, where war is worth 1.2 - 0.1.
    assert [float(x) for x in SHIFT.solve()[0].payoffs.values()] == pytest.approx([1.15, 0.85])
