"""Thresholds and slopes of games with uniform laws, by the formulas of their classes; expected numbers by hand."""

import itertools
from fractions import Fraction

import pytest
import sympy as sp

import deterrence as dt
from deterrence.analysis.search.written.borders import vanishing
from deterrence.analysis.statics import statics
from deterrence.models.folklore.strike import strike
from tests.continuum_games import bargaining
from tests.solvers.continuum.trees import tree_of, vectors

HIDDEN = strike.under(dt.Hidden("war", seen_by="Defender", low=0, high=10))


def letters(game):
    return {name: parameter.expression for name, parameter in game.parameters.items()}


def test_the_prize_that_tempts_under_a_hidden_cost_of_war_is_a_formula():
    found = dt.threshold(HIDDEN, "prize", "strike")
    of = letters(HIDDEN)
    by_hand = of["punishment"] * (of["loss"] - of["war_low"]) / (of["war_high"] - of["war_low"])
    assert found.value == Fraction(27, 5)
    assert sp.simplify(found.exact - by_hand) == 0
    assert (found.direction, found.complete) == ("rises", True)


def test_war_becomes_impossible_where_its_cost_exceeds_what_a_risk_gains():
    # Fearon (1995): the demand p + (h - c)/2 is above p + l, at which nobody fights, as long as c < h - 2l; here l = 0
    found = dt.threshold(bargaining, "cost", "war")
    of = letters(bargaining)
    (border,) = found.boundaries
    assert (border.value, border.formula - of["most"]) == (Fraction(2, 5), 0)
    assert found.complete
    assert border.direction == "none"


def test_a_resolve_that_is_just_enough_is_found_from_an_unreached_threat():
    # mobilising at a price of m deters where the attacker's chance of a fight is k/(1 + k); see vectors.json, game 8
    game = tree_of(vectors("mobilise_two_levels")[0])
    found = dt.threshold(game, "c", "status quo", between=("0.25", "0.75"))
    of = letters(game)
    formulas = {border.value: border.formula for border in found.boundaries}
    assert sp.simplify(formulas[Fraction(1, 3)] - of["k"] / (1 + of["k"])) == 0
    assert formulas[Fraction(1, 2)] == of["m"]
    assert found.complete


def test_where_formulas_leave_out_a_tie_of_the_other_values_a_change_may_be_missed():
    # fear is half of the greatest cost, a tie of the arms race; P = gain/(gain + 1/2) is smooth in the gain
    game = tree_of(vectors("arms_race")[0])
    found = dt.threshold(game, "gain", "race", between=("0.05", "0.15"))
    assert found.boundaries == ()
    assert not found.complete


def test_the_sides_of_an_assumption_cut_the_range():
    # 4 (10 - l) = 9 (6 - l) at l = 14/5; from l = 6 on nobody retaliates, and above 10 the law has no types
    found = dt.threshold(HIDDEN, "war_low", "strike", between=(-5, 20))
    assert [border.value for border in found.boundaries] == [Fraction(14, 5), 6]


def test_a_root_in_a_condition_is_eliminated():
    game = tree_of(vectors("attribution")[0])
    (kind,) = [each for each in dt.characterize(game).classes if each.implicit]
    (root,) = kind.implicit
    assert all(not each.has(root.symbol) and each.is_polynomial() for each in vanishing(kind))


def test_slopes_under_a_hidden_cost_are_formulas_with_a_proved_sign():
    found = statics(HIDDEN, "loss", "war")
    of = letters(HIDDEN)
    moving = [effect for effect in found.effects if effect.derivative != 0]
    assert len(moving) == 1
    assert sp.simplify(moving[0].derivative - 1 / (of["war_high"] - of["war_low"])) == 0
    assert (moving[0].sign, moving[0].proved) == (1, True)
    assert all(effect.proved and effect.sign == 0 for effect in found.effects if effect not in moving)


def test_the_chance_of_war_falls_with_its_cost_by_half_the_inverse_of_the_spread():
    found = statics(bargaining, "cost", "war")
    of = letters(bargaining)
    moving = next(effect for effect in found.effects if effect.derivative != 0)
    assert sp.simplify(moving.derivative + 1 / (2 * of["most"])) == 0
    assert (moving.sign, moving.proved, moving.slope) == (-1, True, -1.25)


def test_the_slope_of_a_class_with_a_root_agrees_with_differences_of_solutions():
    game = tree_of(vectors("attribution")[0])
    step = Fraction(1, 1000)
    sides = [dt.solve(game.at(gamma=Fraction(1, 2) + side * step))[0].outcomes["retaliation"] for side in (-1, 1)]
    (effect,) = statics(game, "gamma", "retaliation", between=("0.4", "0.6")).effects
    assert effect.slope == pytest.approx(float(sides[1] - sides[0]) / float(2 * step), rel=1e-5)
    assert effect.sign == 1
    assert not effect.proved
    assert "by a long formula" in str(effect)


@dt.game("First", "Second")
def common(stake=dt.param(2, "what is at stake", low=1, high=4)):
    "Each side's hidden will enters a choice to stand firm; who yields alone loses the stake."

    def second(own, will):
        return dt.move(
            "Second",
            information="Second",
            firm=dt.end("clash", own - stake, will - stake) if own is not None else dt.end("second prevails", 0, will),
            yield_=dt.end("first prevails", own, 0) if own is not None else dt.end("calm", 0, 0),
        )

    return dt.draw(
        0,
        3,
        seen_by="First",
        then=lambda mine: dt.draw(
            0,
            3,
            seen_by="Second",
            then=lambda will: dt.move("First", firm=second(mine, will), yield_=second(None, will)),
        ),
    )


def test_thresholds_by_formulas_are_those_that_solutions_show():
    # firm if own > stake * P, P the other's chance to be firm: P = 1 - stake P / 3, so P = 3/(3 + stake)
    found = statics(common, "stake", "clash", between=(1, 4))
    symmetric = next(effect for effect in found.effects if effect.derivative != 0)
    stake = letters(common)["stake"]
    assert sp.simplify(symmetric.formula - (3 / (3 + stake)) ** 2) == 0
    assert (symmetric.sign, symmetric.proved) == (-1, True)
    # one side always firm: the other never where stake >= 3
    assert [border.value for border in found.boundaries] == [3]


def test_formulas_and_points_find_the_same_boundaries(monkeypatch):
    by_formulas = dt.threshold(HIDDEN, "prize", "strike", between=(4, 7))
    monkeypatch.setattr("deterrence.analysis.search.one_parameter.WrittenBorders.of", lambda *_: None)
    by_points = dt.threshold(HIDDEN, "prize", "strike", between=(4, 7))
    pairs = itertools.zip_longest(by_formulas.boundaries, by_points.boundaries)
    assert all((a.value, a.below, a.above) == (b.value, b.below, b.above) for a, b in pairs)
    assert (by_formulas.complete, by_points.complete) == (True, False)
