"""Two games of the literature without declared signs: an opposition that knows resolve, and a threat made credible by fear.

The numbers are worked out by hand: the Rival resists at a belief in resolve below 1.3/1.5; a Defender fights where it
believes in hostility with at least 0.5/1.7, and in the mixed class with chance value/(value + war) = 1/2.
"""

from fractions import Fraction

import pytest

import deterrence as dt
from deterrence import chance, end, move, param, share

pytestmark = pytest.mark.slow


@dt.game("Government", "Opposition", "Rival")
def opposed(
    resolved=share("0.3", "chance of a resolved government"),
    concession=param(1, "value of a concession", low=0, high=3),
    war=param("0.4", "value of war to a resolved government", low=0, high=3),
    defeat=param("0.4", "loss of an irresolute one in war", low=0, high=3),
    shame=param("0.3", "loss from backing down", low=0, high=3),
    loss=param("0.3", "the Rival's loss from conceding", low=0, high=3),
    harm=param("0.5", "the Rival's loss in war", low=0, high=3),
    blame=param("0.5", "the Opposition's loss after a success it opposed", low=0, high=3),
    credit=param("0.6", "its gain after a failure", low=0, high=3),
):
    def answered(kind, stance):
        good, bad = (-blame, credit) if stance == "oppose" else (0, 0)
        last = move(
            "Government",
            fight=end("war", war, good, -harm) if kind == "resolved" else end("war", -defeat, bad, -harm),
            yield_=end("backed down", -shame, bad, 1),
            information=f"{kind}, {stance}, resisted",
        )
        return move("Rival", concede=end("concession", concession, good, -loss), resist=last, information=stance)

    def government(kind):
        stances = move(
            "Opposition", support=answered(kind, "support"), oppose=answered(kind, "oppose"), information=kind
        )
        return move("Government", stay=end("status quo", 0, 0, 0), challenge=stances, information=kind)

    return chance(resolved=(resolved, government("resolved")), irresolute=(1 - resolved, government("irresolute")))


@dt.game("Challenger", "Defender")
def feared(
    hostile=share("0.4", "chance of hostility"),
    value=param("0.5", "what the demand is worth to an opportunist", low=-2, high=3),
    war=param("0.5", "what war costs it", low=-2, high=3),
    later=param(1, "what a later attack is worth to the hostile", low=-2, high=3),
    gain=param("0.2", "what war is worth to the hostile", low=-2, high=3),
    attacked=param(2, "the Defender's loss when attacked later", low=-2, high=4),
    loss=param("0.3", "its loss from appeasing an opportunist", low=-2, high=3),
    cost=param("0.8", "its cost of war", low=-2, high=3),
):
    def challenged(appeased, fought):
        return move(
            "Challenger",
            refrain=end("status quo", 0, 0),
            demand=move("Defender", appease=appeased, fight=fought, information="demand"),
        )

    bad = challenged(end("attack", later, -attacked), end("war", gain, -cost))
    good = challenged(end("appeased", value, -loss), end("war", -war, -cost))
    return chance(hostile=(hostile, bad), opportunist=(1 - hostile, good))


@pytest.mark.parametrize("game", [opposed, feared])
def test_all_classes_are_found_and_proved_without_declared_signs(game):
    found = dt.characterize(game)
    assert found.complete
    known = {kind.pattern for kind in found}
    assert {e.pattern for e in dt.solve(game)} <= known


def test_an_opposition_that_knows_resolve_makes_bluff_and_war_disappear_in_an_equilibrium():
    solution = dt.solve(opposed)
    assert solution.complete
    assert any(e.outcomes["war"] == 0 and e.outcomes["backed down"] == 0 for e in solution)


def test_a_defender_fights_for_fear_of_what_comes_next():
    # Pooled play leaves the belief at the chance of hostility; where only the hostile demand, it is one.
    fights = {
        hostile: {e.strategies["demand"]["fight"] for e in dt.solve(feared.at(hostile=Fraction(hostile)))}
        for hostile in ("0.29", "0.3")
    }
    assert fights == {"0.29": {0, Fraction(1, 2), 1}, "0.3": {1}}
