"""Profiles of deniability and sanctions, against thresholds worked out by hand."""

import pytest

import deterrence as dt
from deterrence.analysis.profiles import deniability_profile, sanctions_profile
from deterrence.errors import MechanismError
from deterrence.mechanisms import Deniability, Sanctions
from deterrence.models.folklore.strike import strike as STRIKE


@pytest.fixture(scope="module")
def deniable():
    return deniability_profile(STRIKE.under(Deniability("strike", "retaliate", prefix="cyber")), points=21)


def test_deterrence_fails_below_prize_over_punishment(deniable):
    assert deniable.parameter == "cyber_attribution"
    assert str(deniable.thresholds[0].exact) == "prize/punishment"
    assert deniable.pieces == ((0, pytest.approx(4 / 9), 1, 1), (pytest.approx(4 / 9), 1, 0, 0))
    assert deniable.direction == "falls"
    assert "deterrence fails" in str(deniable)


def test_who_gains_is_told_by_payoffs_at_either_end(deniable):
    # By hand: a sure unproven strike gives 4 and -6; deterrence gives 0 and 0.
    assert deniable.gains == {"Challenger": ((4, 4), (0, 0)), "Defender": ((-6, -6), (0, 0))}
    assert "Challenger loses" in str(deniable)
    assert "Defender gains" in str(deniable)


def test_pressure_on_the_status_quo_provokes():
    # By hand: striking gives prize - punishment = -5, so it pays once the pressure exceeds 5.
    found = sanctions_profile(STRIKE.under(Sanctions("Challenger", "status quo")), points=21)
    assert found.direction == "rises"
    assert found.thresholds[0].value == 5
    assert "More pressure provokes" in str(found)


def test_pressure_on_the_fait_accompli_restrains():
    game = STRIKE.at(war=10).under(Sanctions("Challenger", "fait accompli"))
    found = sanctions_profile(game, measure="strike", points=21, most=8)
    assert found.thresholds[0].value == 4
    assert "More pressure restrains" in str(found)


def test_a_profile_has_a_table_and_a_drawing(deniable):
    assert len(deniable.to_frame()) == 2
    assert len(deniable.plot().get_figure(root=True).axes) == 2


def test_a_game_without_the_mechanism_is_refused_with_a_sentence():
    with pytest.raises(MechanismError, match="not under Deniability"):
        deniability_profile(STRIKE)
    twice = STRIKE.under(Sanctions("Challenger", "status quo"), Sanctions("Challenger", "war", prefix="second"))
    with pytest.raises(MechanismError, match="say which by prefix"):
        sanctions_profile(twice)
    assert sanctions_profile(twice, prefix="second", points=5).parameter == "second_pressure"
    assert dt.probability("strike").name
