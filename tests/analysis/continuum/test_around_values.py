"""Regions, robustness, comparisons and claims of games with numbers without end, against formulas by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest

import deterrence as dt
from deterrence.errors import GameError, MethodError, ParameterError, UnknownNameError
from deterrence.report import brief
from tests.solvers.continuum.trees import arms_race, strike_resolve, ultimatum_both_costs, ultimatum_hidden_cost


@pytest.fixture(scope="module")
def strike():
    """A strike happens where the prize is above punishment * loss / 10."""
    game = strike_resolve(4, 6, 9, ["uniform", 0, 10])
    return game.plausible(prize_value=(0, 10), loss=(1, 9), punishment=(1, 12), why="for a test")


@pytest.fixture(scope="module")
def ultimatum():
    game = ultimatum_hidden_cost(0.5, 0.1, ["uniform", 0, 0.4])
    return game.plausible(cA=(0, 0.3), p=(0.3, 0.6), why="for a test")


@pytest.mark.slow
def test_regions_have_the_shares_of_the_formula(strike):
    found = dt.regions(strike, prize_value=[0, 10], loss=[1, 9])
    assert found.area("deterrence") == pytest.approx(0.45, abs=0.01)  # the prize is below 9/10 of the loss
    assert found.exact
    assert found.boundaries
    assert found.plot() is not None


@pytest.mark.slow
@pytest.mark.long
def test_regions_without_formulas_are_solved_where_neighbours_differ():
    game = strike_resolve(4, 6, 9, ["normal", 5, 2])
    found = dt.regions(game, prize_value=[4, 8], punishment=[7, 11])
    assert "solved in" in found.status
    chance = 0.6914624612740131  # a war costs less than the loss
    inside = sum(min(max(chance * (7 + (k + 0.5) / 250) - 4, 0), 4) / 4 for k in range(1000)) / 1000
    assert found.area("deterrence") == pytest.approx(inside, abs=0.01)


@pytest.mark.slow
def test_the_smallest_change_of_one_parameter_is_at_the_formula(strike):
    found = dt.robustness(strike, "strike")
    nearest = {radius.parameter: radius.nearest for radius in found.radii}
    assert nearest == {"prize_value": Fraction(27, 5), "loss": Fraction(40, 9), "punishment": Fraction(20, 3)}
    values = {**strike.values, **found.joint.values}
    assert values["prize_value"] >= values["punishment"] * values["loss"] / 10
    assert found.distance < 0.1
    assert not found.proved
    assert "points were solved" in str(found)


@pytest.mark.slow
def test_what_it_would_take_is_found(strike):
    found = dt.what_would_it_take(strike, "strike", ">= 0.3")
    assert found.change.distance == pytest.approx(0.14, abs=0.001)
    assert set(found.change.values) == {"prize_value"}


@pytest.mark.slow
def test_sensitivity_leaves_out_what_has_no_effect(ultimatum):
    found = dt.sensitivity(ultimatum, "war", n=16, limit=96, seed=1)
    totals = dict(zip(found.rows()["parameter"], found.rows()["total"], strict=True))
    assert totals["p"] == pytest.approx(0, abs=1e-9)  # war has chance (2/5 - c) / (4/5)
    assert totals["cA"] > 0.5


def test_scenarios_and_games_are_compared(strike):
    dear = strike.at(punishment=12)
    found = dt.compare({"now": {}, "high": {"prize_value": 8}}, "war", base=strike)
    assert found.data["high"].values[:, 0] == pytest.approx([0, 0.6])
    known = strike.known(war_cost=3)
    both = dt.compare({"hidden": strike.at(prize_value=8), "known": known.at(prize_value=8), "dear": dear}, "war")
    assert both.data["high"].values[:, 0] == pytest.approx([0.6, 0, 0])


def test_a_claim_is_refuted_by_values(strike):
    found = dt.verify(strike, dt.probability("strike") <= "1/2")
    assert found.verdict == "fails"
    assert found.counterexample is not None


def test_a_claim_that_is_right_stays_open(ultimatum):
    found = dt.verify(ultimatum, dt.probability("war") <= "1/2", budget=0.5)
    assert found.verdict == "open"
    assert "not proved" in found.status


def test_rounding_refutes_nothing():
    game = arms_race(0.1, 0.9, ["normal", 0.5, 0.1], ["normal", 0.5, 0.1])
    claim = dt.probability("first armed").equal_to(dt.probability("second armed"))
    found = dt.verify(game, claim, parameters=[], budget=0.2)
    assert found.verdict == "open"


def test_numbers_are_measured(ultimatum):
    (equilibrium,) = dt.solve(ultimatum)
    assert dt.chosen("demand")(equilibrium) == Fraction(13, 20)
    assert dt.cutoff("Rival")(equilibrium) == Fraction(3, 20)
    assert dt.cutoff("Rival", 2)(equilibrium) != dt.cutoff("Rival", 2)(equilibrium)  # there is none: NaN


def test_a_schedule_is_measured_by_its_mean():
    game = ultimatum_both_costs(0.5, ["uniform", 0, 0.3], ["uniform", 0, 0.4])
    (equilibrium,) = dt.solve(game)
    assert float(dt.chosen("demand")(equilibrium)) == pytest.approx(0.5 + (0.4 - 0.15) / 2)


@pytest.mark.parametrize(
    ("ask", "error", "words"),
    [
        (lambda game: dt.profile(game, {"Attacker": "strike"}), MethodError, "strategies are checked in finite trees"),
        (lambda game: dt.verify(game, {"Attacker": "strike"}), MethodError, "verify takes a proposition"),
        (lambda game: dt.difference(game, game.at(loss=3)), MethodError, r"dt.compare"),
        (dt.explore, GameError, "dt.sweep"),
        (lambda game: dt.commitment(game, "Attacker"), MethodError, "numbers without end"),
        (lambda game: dt.solve(game, dt.Nash()), MethodError, "numbers without end"),
        (lambda game: dt.sweep(game, dt.cutoff("Rival"), loss=[1, 2]), UnknownNameError, "Rival"),
        (lambda game: dt.sweep(game, dt.chosen("demand"), loss=[1, 2]), UnknownNameError, "demand"),
        (lambda game: dt.sweep(game, "nuke", loss=[1, 2]), UnknownNameError, "nuke"),
        (lambda _: dt.cutoff("Rival", 0), ParameterError, "counted from 1"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_words(strike, ask, error, words):
    with pytest.raises(error, match=words):
        ask(strike)


@pytest.mark.slow
def test_a_brief_is_written(ultimatum):
    made = brief(ultimatum)
    assert "'settlement' about three times in five (62%)" in made.pages[0][0].paragraphs[0]
    assert made.explorer is None
