"""Sweeps, thresholds, statics and trends of games with numbers without end, against formulas by hand."""

from __future__ import annotations

from fractions import Fraction
from math import sqrt

import numpy as np
import pytest

import deterrence as dt
from tests.solvers.continuum.trees import (
    arms_race,
    attribution,
    audience_costs,
    strike_resolve,
    ultimatum_hidden_cost,
    vectors,
)

UNIT = ["uniform", 0, 1]


@pytest.fixture(scope="module")
def strike():
    """A strike happens where the prize is above punishment * loss / 10; retaliation then has chance loss / 10."""
    game = strike_resolve(4, 6, 9, ["uniform", 0, 10])
    return game.plausible(prize_value=(0, 10), loss=(1, 9), punishment=(1, 12), why="for a test")


@pytest.fixture(scope="module")
def ultimatum():
    """The demand is p + z with z = max(0, (2/5 - c)/2), and war has chance z / (2/5)."""
    return ultimatum_hidden_cost(0.5, 0.1, ["uniform", 0, 0.4]).plausible(cA=(0, 0.5), why="for a test")


def test_a_sweep_solves_at_every_point(strike):
    prizes = [1, 3, 5, Fraction(27, 5), 6, 9]
    found = dt.sweep(strike, "strike", "war", prize_value=prizes)
    low, high = (found.data[end].sel(measure="probability of 'war'").values for end in ("low", "high"))
    assert low == pytest.approx([0, 0, 0, 0, 0.6, 0.6])
    assert high == pytest.approx([0, 0, 0, 0.6, 0.6, 0.6])  # at 27/5 the attacker is indifferent
    assert found.complete
    assert found.data["count"].values.tolist()[:3] == [1, 1, 1]


def test_ten_thousand_points_go_by_formulas():
    costs = np.linspace(0.01, 0.99, 10_000)
    found = dt.sweep(audience_costs(0.5, ["uniform", -2, 0], ["uniform", -2, 0]), "war", a=costs)
    assert found.data["high"].values[0] == pytest.approx(costs / (2 * (1 + costs)), abs=1e-12)
    assert (found.data["low"].values == 0).all()  # nobody challenges, by beliefs
    assert (found.data["count"].values == 2).all()


def test_formulas_hold_the_other_parameters_at_their_values():
    found = dt.sweep(attribution(0.8, 0.1, 0.5, UNIT, UNIT), "attack", alpha=np.linspace(0.3, 0.8, 101))
    assert found.data["low"].values[0, -1] == pytest.approx(0.5 * 0.493380697, abs=1e-8)


@pytest.mark.slow
def test_several_equilibria_of_one_class_are_followed_as_branches():
    vector = next(v for v in vectors("arms_race") if v["parameters"]["first"][0] == "normal")
    game = arms_race(**vector["parameters"])
    found = dt.sweep(game, "race", fear=[0.88, 0.89, 0.9])
    assert found.data["count"].values.tolist() == [3, 3, 3]
    expected = sorted(float(p) ** 2 for p, _ in vector["expect"]["equilibria"])
    assert sorted(found.data["value"].values[0, :, -1]) == pytest.approx(expected, abs=1e-5)
    steps = np.abs(np.diff(found.data["value"].values[0], axis=-1))
    assert steps.max() < 0.02


def test_branches_begin_and_end_on_a_grid():
    game = arms_race(0.1, 0.5, ["uniform", 0.2, 1], ["uniform", 0.2, 1])
    found = dt.sweep(game, "race", fear=[0.5, 1.5], gain=[0.1, 0.3])
    assert found.data["count"].values.tolist() == [[1, 1], [3, 1]]


def test_a_threshold_is_exact_where_solutions_are(strike):
    found = dt.threshold(strike, "prize_value", "strike")
    assert found.value == Fraction(27, 5)
    assert isinstance(found.value, Fraction)
    assert found.complete
    assert "rises as prize_value grows past 5.4" in str(found)


@pytest.mark.slow
def test_a_number_made_hidden_has_the_threshold_of_the_tree_written_out():
    hidden = dt.models.load("folklore/strike").game.under(dt.Hidden("war", seen_by="Defender", low=0, high=10))
    assert dt.threshold(hidden, "prize", "strike", between=(0, 10)).value == Fraction(27, 5)


@pytest.mark.slow
def test_a_curve_of_thresholds(strike):
    found = dt.threshold(strike, "prize_value", "strike", given={"punishment": [5, 10]})
    assert found.values == (3, 6)


@pytest.mark.slow
def test_equilibria_that_appear_together_are_a_boundary():
    game = arms_race(0.1, 0.5, ["uniform", 0.2, 1], ["uniform", 0.2, 1])
    (boundary,) = dt.threshold(game, "fear", "race", between=(Fraction(1, 2), Fraction(3, 2))).boundaries
    assert boundary.value == 1  # build is a reply to build where the highest cost is below the fear
    assert boundary.above == (0, 1)


@pytest.mark.slow
def test_a_measure_may_jump_within_a_class(ultimatum):
    def well_off(equilibrium):
        return int(equilibrium.payoffs["Proposer"] >= Fraction(11, 20))

    found = dt.threshold(ultimatum, "cA", well_off, between=(0, Fraction(3, 10)))
    assert float(found.value) == pytest.approx((0.5 - sqrt(0.125)) * 0.8, abs=1e-8)  # 3/5 - c/2 + c^2/1.6 = 11/20


@pytest.mark.slow
@pytest.mark.long
def test_a_general_law_has_its_threshold_in_floating_point():
    game = strike_resolve(4, 6, 9, ["normal", 5, 2])
    found = dt.threshold(game, "prize_value", "strike", between=(5, 8))
    assert float(found.value) == pytest.approx(9 * 0.6914624612740131, abs=0.02)


@pytest.mark.slow
def test_slopes_are_those_of_the_equation_of_the_equilibrium():
    game = attribution(0.8, 0.1, 0.5, UNIT, UNIT)
    found = dt.statics(game, "alpha", dt.cutoff("Suspect"), between=(Fraction(1, 2), Fraction(9, 10)))

    def cutoff(alpha, f=0.1, g=0.5):
        d = alpha - f
        b = f + g * d + d * alpha * g
        return (b - sqrt(b * b - 4 * g * d * d * alpha * g)) / (2 * g * d)

    slope = (cutoff(0.8 + 1e-5) - cutoff(0.8 - 1e-5)) / 2e-5
    (effect,) = found.effects
    assert effect.slope == pytest.approx(slope, rel=1e-5)
    assert effect.sign == 1
    assert not effect.proved
    assert "slopes are taken between exact solutions" in str(found)


@pytest.mark.slow
def test_a_kink_within_a_class_is_seen(ultimatum):
    effects = dt.statics(ultimatum, "p", "war", between=(0, 1)).effects
    assert any(effect.falling > 0 for effect in effects)  # constant, and falling where the demand is everything
    assert all(effect.rising == 0 for effect in effects)


@pytest.mark.slow
def test_trends_are_told(ultimatum):
    (trend,) = dt.trends(ultimatum, "cA", dt.chosen("demand"), points=9)
    assert [stretch.direction for stretch in trend.stretches] == ["falls", "stays"]
    assert trend.stretches[0].stop == Fraction(2, 5)


def test_one_equilibrium_is_picked_by_a_rule(ultimatum):
    game = audience_costs(0.5, ["uniform", -2, 0], ["uniform", -2, 0])
    last = dt.sweep(game, "war", a=[0.5], select=lambda solution: solution[len(solution) - 1])
    assert float(last.data["selected"][0, 0]) == pytest.approx(1 / 6)
    named = dt.sweep(game, "war", a=[0.5], select="deterrence")
    assert float(named.data["selected"][0, 0]) == 0
