"""Robustness and its inverse, against distances worked out by hand."""

from fractions import Fraction

import pytest
import sympy as sp

import deterrence as dt
from deterrence.analysis.robustness import robustness
from deterrence.analysis.what_would_it_take import what_would_it_take
from deterrence.errors import MethodError, ParameterError, UnknownNameError, ValueKindError
from deterrence.mechanisms import Deniability

STRIKE, NOISY = (
    game.plausible(dict.fromkeys(game.parameters))
    for game in (dt.models.load("strike").game, dt.models.load("noisy_attribution").game)
)
"""Games with their admissible ranges alone: over these expected values are worked out."""


@pytest.fixture(scope="module")
def strike():
    return robustness(STRIKE, "strike")


def test_each_parameter_alone_has_the_radius_worked_out_by_hand(strike):
    # Deterrence holds while war < loss and prize < punishment: war 3 -> 6 of 25, loss 6 -> 3 of 20,
    # prize 4 -> 9 of 20, punishment 9 -> 4 of 20.
    found = {radius.parameter: (radius.nearest, radius.distance) for radius in strike.radii}
    assert found["war"] == (6, pytest.approx(3 / 25))
    assert found["loss"] == (3, pytest.approx(3 / 20))
    assert found["prize"] == (9, pytest.approx(1 / 4))
    assert found["punishment"] == (4, pytest.approx(1 / 4))
    assert strike.radii[0].parameter == "war"


def test_the_nearest_joint_change_meets_war_at_loss(strike):
    # 3 + 25 r = 6 - 20 r at r = 1/15, and no boundary is nearer.
    assert strike.distance == pytest.approx(1 / 15, rel=1e-6)
    assert strike.proved
    assert set(strike.joint.values) == {"war", "loss"}
    assert strike.joint.measured == (1, 1)


def test_the_euclidean_distance_is_that_of_a_point_from_a_plane():
    found = robustness(STRIKE, "strike", norm="euclidean")
    assert found.distance == pytest.approx(3 / (20**2 + 25**2) ** 0.5, rel=1e-3)
    assert not found.proved


def test_the_far_side_is_an_exact_solution_with_another_prediction(strike):
    there = dt.solve(STRIKE.at(strike.joint.values))
    assert [equilibrium.probability("strike") for equilibrium in there] == [1]


def test_noisy_attribution_turns_at_benefit_over_punishment():
    # By hand: mixed play needs (detection - false_alarm) * punishment >= benefit, here 0.6 * 4 >= 1.
    found = {radius.parameter: radius.nearest for radius in robustness(NOISY, "strike").radii}
    assert found["punishment"] == Fraction(5, 3)
    assert found["benefit"] == Fraction(12, 5)
    assert found["harm"] is None


def test_parameters_without_a_range_are_held_fixed_and_named():
    deniable = STRIKE.under(Deniability("strike", "retaliate"))
    assert robustness(deniable, "strike", together=1).left_out == ()
    bare = deniable.plausible(doubt=None)
    found = robustness(bare, "strike")
    assert found.left_out == ("doubt",)
    assert "Held fixed" in str(found)
    with pytest.raises(ParameterError, match="scales="):
        robustness(bare, "strike", parameters=["doubt"])


def test_without_a_measure_the_set_of_classes_is_the_prediction():
    assert robustness(STRIKE.at(war=7), parameters=["war", "punishment"]).radii[0].nearest == 6


def test_restoring_deterrence_costs_one_unit_of_punishment():
    # Punishment must exceed prize = 4; from 3 that is 1 of 20, the same as lowering prize by 1 of 20.
    found = what_would_it_take(STRIKE.at(punishment=3), "strike", 0, parameters=["punishment", "war"])
    assert found.change.distance == pytest.approx(1 / 20, rel=1e-6)
    assert float(found.values["punishment"]) == pytest.approx(4, abs=1e-3)
    assert dt.solve(STRIKE.at(found.values | {}) if found.values else STRIKE)[0].probability("strike") == 0
    assert "Alone, no value of war would do." in str(found)


def test_a_target_in_some_equilibrium_is_cheaper_than_in_all():
    # Restrained play strikes with error*f/(error*f + satisfaction*detection): <= 1/10 where detection = 0.9.
    some = what_would_it_take(NOISY, "strike", "<= 0.1", over="some", parameters=["detection"])
    assert float(some.values["detection"]) == pytest.approx(0.9, abs=1e-4)
    every = what_would_it_take(NOISY, "strike", "<= 0.1", parameters=["detection"])
    assert every.change is None
    assert "No change" in str(every)


def test_a_target_that_is_met_asks_for_nothing():
    found = what_would_it_take(STRIKE, "strike", lambda value: value < 0.5)
    assert found.holds
    assert "nothing has to change" in str(found)


def test_drawings_have_a_row_for_each_parameter(strike):
    assert len(strike.plot().get_yticklabels()) == len(strike.radii) == len(strike.to_frame())
    needed = what_would_it_take(STRIKE.at(punishment=3), "strike", 0, parameters=["punishment", "prize"])
    assert len(needed.plot().get_yticklabels()) == 2
    assert set(needed.to_frame()["by"]) == {"together", "punishment", "prize"}


@pytest.mark.parametrize(
    ("ask", "error", "said"),
    [
        (lambda: robustness(STRIKE, "strike", parameters=["wra"]), ParameterError, "Did you mean 'war'"),
        (lambda: robustness(STRIKE, "strike", scales={"war": 0}), ParameterError, "above zero"),
        (lambda: robustness(STRIKE, "strike", norm="most"), UnknownNameError, "norm"),
        (lambda: robustness(STRIKE, lambda e: 1), MethodError, "closed forms"),
        (lambda: what_would_it_take(STRIKE, "strike", "tiny"), ParameterError, "no comparison"),
        (lambda: what_would_it_take(STRIKE, "strike", None), ParameterError, "comparison"),
        (lambda: what_would_it_take(STRIKE, "strike", 0, over="any"), UnknownNameError, "over"),
    ],
)
def test_wrong_questions_are_refused_with_a_sentence(ask, error, said):
    with pytest.raises(error, match=said):
        ask()


def test_a_requirement_without_a_change_says_so_in_its_drawing():
    met = what_would_it_take(STRIKE, "strike", "<= 0.5")
    assert [text.get_text() for text in met.plot().texts] == ["nothing has to change"]
    assert str(met).endswith("So it already is at most 0.5 in every equilibrium: nothing has to change.")
    never = what_would_it_take(STRIKE, dt.payoff("Defender"), ">= 5", parameters=["war"])
    assert [text.get_text() for text in never.plot().texts] == ["no change within the ranges was found"]
    assert "to make the payoff of Defender at least 5 in every equilibrium." in str(never)


@pytest.mark.parametrize(
    ("ask", "error", "said"),
    [
        (lambda: robustness("strike", "strike"), ValueKindError, "Expected a Game; got 'strike'"),
        (lambda: robustness(STRIKE, "strike", parameters="war"), ParameterError, r"such as parameters=\['war'\]"),
        (lambda: robustness(STRIKE, "strike", parameters=[]), ParameterError, "parameters= is empty"),
        (lambda: robustness(STRIKE, "strike", scales=3), ParameterError, "scales= takes a mapping"),
        (lambda: robustness(STRIKE, "strike", jump="x"), ParameterError, "jump='x' must be a number of at least 0"),
        (lambda: what_would_it_take(STRIKE, "strike", ">= 2"), ParameterError, "not between 0 and 1"),
        (lambda: what_would_it_take(STRIKE, "strike", "<= 1.2.3"), ParameterError, "no comparison"),
        (lambda: what_would_it_take(STRIKE, "strike", "<= 1/0"), ParameterError, "no comparison"),
    ],
)
def test_what_is_no_game_list_scale_or_number_is_refused(ask, error, said):
    with pytest.raises(error, match=said):
        ask()


def test_a_parameter_that_an_assumption_ties_to_another_cannot_move_alone():
    found = robustness(dt.game("A")(tied))
    assert [radius.nearest for radius in found.radii] == [None, None]


def tied(x=dt.param(2, "gain", low=0, high=3), y=dt.param(2, "the same", low=0, high=3)):
    return dt.where(dt.move("A", go=dt.end("gone", x), stay=dt.end("stayed", 1)), sp.Eq(x, y))


def test_one_parameter_together_is_what_it_is_alone(strike):
    found = robustness(STRIKE, "strike", together=1)
    assert found.distance == strike.radii[0].distance
    assert found.radii == strike.radii
    assert "Together, changes at most 12.0% overturn it: war from 3 to 6" in str(found)


def test_a_jump_within_classes_of_one_name_overturns_the_prediction(strike):
    """Iraq's regimes hold several kinds of play each, and where war costs Iran a tenth more it hardly strikes."""
    named = STRIKE.with_class_names({"whatever is played": {}})
    found = robustness(named, "strike")
    assert [(r.parameter, r.nearest) for r in found.radii] == [(r.parameter, r.nearest) for r in strike.radii]
    assert found.distance == strike.distance
