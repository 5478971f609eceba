"""Finite models against calculations by hand, and a game told under other words."""

import math

import numpy as np
import pytest

import deterrence as dt
from deterrence import models
from deterrence.errors import UnknownNameError
from deterrence.models import ask
from deterrence.models.folklore.strike import strike
from deterrence.models.lacy2004.sanctions_threat import PARAMETERS, sanctions_threat
from deterrence.models.powell1990.ladder import ladder_of
from deterrence.models.relabel import relabelled
from deterrence.models.zagare2000.unilateral_deterrence import unilateral_deterrence


def climbed(rungs, risk, disasters, prize=1, submission=0):
    """Return payoffs and first action on a ladder by looking back from its top."""
    values = {}
    for turn in range(rungs, -1, -1):
        mover = turn % 2
        submit = [prize, prize]
        submit[mover] = submission
        if turn == rungs:
            values, action = submit, "submit"
            continue
        escalate = [(1 - risk) * values[i] - risk * disasters[i] for i in (0, 1)]
        action = "escalate" if escalate[mover] > submit[mover] else "submit"
        values = escalate if action == "escalate" else submit
    return values, action


@pytest.mark.parametrize("rungs", [1, 2, 5, 6])
def test_the_ladder_agrees_with_backward_induction_by_hand(rungs):
    rng = np.random.default_rng(rungs)
    for _ in range(6):
        risk, first, second = rng.integers(1, 40) / 101, *(rng.integers(1, 30, 2) + 0.5)
        game = ladder_of(rungs).at(risk=risk, first_disaster=first, second_disaster=second)
        (one,) = dt.solve(game)
        values, action = climbed(rungs, risk, (first, second))
        assert list(map(float, one.payoffs.values())) == pytest.approx(values)
        assert one.strategies["rung 1"][action] == 1


def test_strategic_choice_agrees_with_the_logit_formula():
    rng, model = np.random.default_rng(1999), models.load("strategic_choice")
    for _ in range(5):
        quo, cap_a, war_a, cap_b, war_b = rng.integers(-20, 20, 5) / 10
        share, precision = rng.integers(1, 10) / 10, rng.integers(1, 30) / 10
        utilities = {
            "status_quo": quo,
            "capitulation_a": cap_a,
            "war_a": war_a,
            "capitulation_b": cap_b,
            "war_b": war_b,
        }
        (one,) = model.solve(dt.Quantal(precision), attribution=share, **utilities)
        resist = 1 / (1 + math.exp(-precision * (war_b - cap_b)))
        answered = share * resist
        attack = 1 / (1 + math.exp(-precision * (answered * war_a + (1 - answered) * cap_a - quo)))
        assert one.probability("attack") == pytest.approx(attack, abs=1e-8)
        assert one.probability("war") == pytest.approx(attack * answered, abs=1e-8)


def test_the_threat_of_sanctions_is_unilateral_deterrence_under_other_words():
    values = {old: sanctions_threat.parameters[new].value for old, (new, _) in PARAMETERS.items()}
    told, original = dt.solve(sanctions_threat), dt.solve(unilateral_deterrence.at(values))
    assert {tuple(one.payoffs.values()) for one in told} == {tuple(one.payoffs.values()) for one in original}
    assert sanctions_threat.form.set_names[0] == "Resolute Sender"
    words = (*sanctions_threat.form.set_names, *sanctions_threat.actions, *sanctions_threat.outcomes)
    assert not [word for word in words if "Challenger" in word or "Defender" in word or "challenge" in word]


def test_words_and_parameters_that_a_game_does_not_have_cannot_be_exchanged():
    with pytest.raises(UnknownNameError, match="Did you mean 'strike'"):
        relabelled(strike, {"strikes": "smuggle"}, {}, name="embargo")
    with pytest.raises(UnknownNameError, match="Did you mean 'prize'"):
        relabelled(strike, {}, {"price": ("gain", dt.param(1, "gain"))}, name="embargo")


def test_the_payoff_of_a_type_is_what_it_expects_once_it_knows_its_type():
    (one,) = [one for one in models.load("sinking_costs").solve(signal=0.4) if one.name == "separating"]
    chance = one.game.values["resolve"]
    types = [ask.payoff_from(name)(one) for name in ("resolute", "irresolute")]
    assert chance * types[0] + (1 - chance) * types[1] == one.payoffs["Defender"]
    with pytest.raises(UnknownNameError, match="does not reach"):
        ask.payoff_from("resolute, challenged after show")(one)
