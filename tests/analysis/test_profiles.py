"""Profiles of deniability and sanctions, against thresholds worked out by hand."""

import pytest

import deterrence as dt
from deterrence.analysis.profiles import deniability_profile, sanctions_profile
from deterrence.errors import MechanismError, ParameterError, ValueKindError
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


def test_the_hostile_act_is_asked_about_wherever_the_pressure_bites():
    # By hand: striking leaves the Defender -6 or -10, restraint 0, so striking is the hostile act, also where
    # the pressure bites at its reward; at 4, the prize, it pays no longer.
    found = sanctions_profile(STRIKE.at(war=10).under(Sanctions("Challenger", "fait accompli")), most=8)
    assert found.measure.of == "strike"
    assert "More pressure restrains: 'strike' becomes less likely." in str(found)
    assert "With pressure from 0 to 4 'strike' is certain: deterrence fails." in str(found)


def test_a_profile_of_another_measure_speaks_of_no_failure_of_deterrence():
    game = STRIKE.under(Deniability("strike", "retaliate"))
    quiet = str(deniability_profile(game, measure="status quo", points=5))
    assert "With attribution from 4/9 to 1 'status quo' is certain." in quiet
    assert "More attribution makes 'status quo' likelier." in quiet
    paid = str(deniability_profile(game, measure=dt.payoff("Defender"), points=5))
    assert "More attribution makes the payoff of Defender greater." in paid


def test_who_gains_is_told_with_both_ends(deniable):
    assert (
        "As cyber_attribution grows Challenger loses: its payoff is 4 where cyber_attribution is 0, and 0 where it is 1."
        in str(deniable)
    )


def test_a_parameter_without_a_limit_is_looked_at_as_far_as_payoffs_spread(deniable):
    # By hand: the Challenger's payoffs run from -5 to 4, the Defender's from -13 to 0.
    assert "No plausible value of cyber_doubt from 0 to 20 makes it jump" in str(deniable)
    bare = deniability_profile(deniable.game.plausible(cyber_doubt=None), points=2)
    assert "No value of cyber_doubt from 0 to 13 makes it jump" in str(bare)


@pytest.mark.parametrize(
    ("ask", "error", "said"),
    [
        (lambda game: deniability_profile(game, points=1), ParameterError, "points=1 must be a whole number of at"),
        (lambda game: deniability_profile(game, points="9"), ParameterError, "points='9' must be a whole number"),
        (lambda game: deniability_profile("strike"), ValueKindError, "Expected a Game; got 'strike'"),
        (lambda game: sanctions_profile(game, most=0), ParameterError, "most=0 leaves nothing to look at"),
    ],
)
def test_wrong_questions_are_refused_with_a_sentence(ask, error, said):
    with pytest.raises(error, match=said):
        ask(STRIKE.under(Deniability("strike", "retaliate"), Sanctions("Challenger", "status quo")))
