"""Thresholds are the formulas of the papers, exactly; expected values are theirs or by hand."""

from fractions import Fraction

import pytest
import sympy as sp

import deterrence as dt
from deterrence import chance, end, move, param, share
from deterrence.errors import ParameterError, UnknownNameError
from deterrence.games.tree import Move, rewrite
from tests.sample_games import alarm_only, crisis, strike, ultimatum, unilateral


def symbols(*names):
    return [sp.Symbol(name, real=True) for name in names]


def same(expression, expected):
    return expression is not None and sp.simplify(expression - expected) == 0


# -- the strike game -----------------------------------------------------------------------------------------


def test_war_that_costs_more_than_the_loss_invites_a_fait_accompli():
    found = dt.threshold(strike, "war", "fait accompli")
    assert (found.value, found.direction) == (6, "rises")
    assert found.exact == symbols("loss")[0]
    assert found.main.below == (0, 0)
    assert found.main.above == (1, 1)
    assert str(found) == "The probability of 'fait accompli' rises as war grows past 6 = loss: from 0 to 1."


def test_a_loss_above_the_cost_of_war_deters():
    found = dt.threshold(strike, "loss", "status quo")
    assert (found.value, found.direction) == (3, "rises")
    assert found.exact == symbols("war")[0]


def test_punishment_above_the_prize_ends_war():
    found = dt.threshold(strike, "punishment", "war")
    assert (found.value, found.direction) == (4, "falls")
    assert found.exact == symbols("prize")[0]


def test_the_value_moves_with_the_other_parameters():
    assert dt.threshold(strike.at(loss=9.25), "war", "fait accompli").value == Fraction(37, 4)


def test_a_payoff_has_a_threshold_too():
    """The Defender falls from 0 to -loss = -6."""
    found = dt.threshold(strike, "war", dt.payoff("Defender"))
    assert (found.value, found.direction) == (6, "falls")
    assert found.main.jump == 6


def test_a_callable_measure_has_a_threshold():
    found = dt.threshold(strike, "war", lambda equilibrium: 2 * equilibrium.probability("fait accompli"))
    assert (found.value, found.exact) == (6, symbols("loss")[0])


def test_a_measure_that_never_jumps_has_none():
    """At the defaults the Challenger never strikes into war, whatever punishment above 4."""
    found = dt.threshold(strike, "punishment", "war", between=(5, 20))
    assert (found.value, found.exact, found.main, found.direction) == (None, None, None, "none")
    assert str(found) == "The probability of 'war' does not jump as punishment goes from 5 to 20."


def test_where_classes_change_but_the_measure_does_not_jump_it_is_told():
    found = dt.threshold(strike.at(prize=12), "war", "status quo")
    assert found.value is None
    assert [boundary.value for boundary in found.boundaries] == [6]
    assert "though the set of equilibria changes at 6 = loss" in str(found)


# -- model 15 ---------------------------------------------------------------------------------------------------


def test_detection_deters_from_the_published_value_on():
    """b* = c(alpha - f): alpha = f + b/c = .35 at the published numbers."""
    benefit, punishment, false_alarm = symbols("benefit", "punishment", "false_alarm")
    found = dt.threshold(alarm_only, "detection", dt.probability("strike", by="Attacker"))
    assert (found.value, found.direction) == (Fraction(35, 100), "falls")
    assert same(found.exact, false_alarm + benefit / punishment)


def test_the_benefit_is_too_large_above_the_published_value():
    """b* = c(alpha - f) = 2.4."""
    punishment, detection, false_alarm = symbols("punishment", "detection", "false_alarm")
    found = dt.threshold(alarm_only, "benefit", dt.probability("strike", by="Attacker"))
    assert (found.value, found.direction) == (Fraction(12, 5), "rises")
    assert same(found.exact, punishment * (detection - false_alarm))
    assert found.complete


def test_an_opportunity_too_rare_ends_retaliation():
    """P_lo = f w/(f w + alpha v) = 1/8: below it the Defender never retaliates."""
    found = dt.threshold(alarm_only, "opportunity", dt.probability("strike", by="Attacker"))
    values = [boundary.value for boundary in found.boundaries]
    assert Fraction(1, 8) in values
    (boundary,) = [each for each in found.boundaries if each.value == Fraction(1, 8)]
    f, w, alpha, v = symbols("false_alarm", "wrong", "detection", "right")
    assert same(boundary.formula, f * w / (f * w + alpha * v))


# -- model 03b ----------------------------------------------------------------------------------------------------


def bounds():
    gain, peace, hard, defeat = symbols("gain", "peace", "hard_war", "defeat")
    return (gain - peace) / (gain - hard), (gain - peace) / (gain - defeat)


def test_credible_defence_deters_above_the_published_values():
    """c1 = 5/9 ends the separating class; c2 = 1/2 ends the bluff (p = .2 < d*)."""
    found = dt.threshold(unilateral, "q", "concession")
    first, second = bounds()
    at = {each.value: each for each in found.boundaries}
    assert set(at) == {Fraction(5, 9), Fraction(1, 2)}
    assert same(at[Fraction(5, 9)].formula, first)
    assert same(at[Fraction(1, 2)].formula, second)
    assert found.value == Fraction(5, 9) or found.value == Fraction(1, 2)


def test_a_challenger_likely_hard_is_met_by_concession():
    """d* = (CD - DC)/(CD - DD-) = 3/7: bluff below, attack above."""
    victory, concession, soft = symbols("victory", "concession", "soft_defence")
    found = dt.threshold(unilateral, "p", dt.probability("resist", by="Defender"))
    boundaries = {each.value: each.formula for each in found.boundaries}
    assert same(boundaries[Fraction(3, 7)], (victory - concession) / (victory - soft))


def attributed(visible):
    """Return unilateral deterrence in which a challenge is noticed with some probability only (model 03b)."""
    known = share(visible, "probability that a challenge is noticed").named("visible")
    gain, concession = symbols("gain", "concession")

    def hide(node, history):
        if not (isinstance(node, Move) and node.player == "Defender"):
            return node
        unseen = end("unnoticed", gain, concession)
        return chance(noticed=(known.expression, node), unnoticed=(1 - known.expression, unseen))

    return unilateral.changed(tree=rewrite(unilateral.tree, hide), parameters=(known,))


def test_deterrence_needs_attribution():
    """a >= c1/pDef = .793651 = 50/63 at (.2, .7); above it Certain Deterrence."""
    game = attributed(0.9).at(p=0.2, q=0.7)
    found = dt.threshold(game, "visible", "unnoticed")
    values = {each.value: each for each in found.boundaries}
    assert Fraction(50, 63) in values
    (q,) = symbols("q")
    assert same(values[Fraction(50, 63)].formula, bounds()[0] / q)
    assert {each.outcomes["status quo"] for each in dt.solve(game)} == {1}


# -- models 03a, 04a, 01 ----------------------------------------------------------------------------------------------


def test_rudimentary_deterrence_has_the_published_threshold():
    """aT = (aDC - aSQ)/(aDC - aDD): .2 at aDD = -4."""

    @dt.game("A", "B")
    def game(war=param(-4, "aDD", low=-9, high=-0.5), p=share(0.3, "pB")):
        hard = move("B", concede=end("concession", 1, 1), fight=end("war", war, 2))
        soft = move("B", concede=end("concession", 1, 1), fight=end("war", war, 0))
        demand = chance(hard=(p, hard), soft=(1 - p, soft))
        return move("A", keep=end("status quo", 0, 3), demand=demand)

    found = dt.threshold(game, "p", "status quo")
    assert (found.value, found.direction) == (Fraction(1, 5), "rises")
    assert same(found.exact, 1 / (1 - symbols("war")[0]))
    assert dt.threshold(game.at(war=-1), "p", "status quo").value == Fraction(1, 2)


def test_a_likely_low_cost_makes_the_offer_safe():
    """q* = (ch - cl)/(ch + cA - margin)."""
    low, high, cost, margin = symbols("low_cost", "high_cost", "war_a", "margin")
    found = dt.threshold(ultimatum, "q", "war")
    assert found.direction == "falls"
    assert same(found.exact, (high - low) / (high + cost - margin))
    assert found.value == Fraction(20, 39)


def test_sanctions_turn_a_dilemma_into_a_stag_hunt():
    """Model 01: mutual yielding is an equilibrium from s = T - R on; T = 4, R = 3."""
    base = crisis("TRPS", "TRPS")
    T, R = base.values["T1"], base.values["R1"]

    @dt.game("Row", "Column")
    def game(s=param(0, "sanction", low=0, high=2)):
        return dt.matrix({("C", "C"): (R, R), ("C", "D"): (1, T - s), ("D", "C"): (T - s, 1), ("D", "D"): (2, 2)})

    found = dt.threshold(game, "s", "C, C")
    assert found.value == 1
    assert (found.main.below, found.main.above) == ((0, 0), (0, 1))


# -- ranges -------------------------------------------------------------------------------------------------------------


@dt.game("A")
def unbounded(x=param(2, "x"), y=param(5, "y", low=0)):
    return move("A", take=end("taken", x), leave=end("left", y))


def test_a_parameter_without_limits_needs_between():
    with pytest.raises(ParameterError, match=r"'x' has the range \(-∞, ∞\); give between=\(low, high\)"):
        dt.threshold(unbounded, "x", "taken")
    with pytest.raises(ParameterError, match=r"'y' has the range \[0, ∞\); give between="):
        dt.threshold(unbounded, "y", "taken")


def test_between_says_where_to_look():
    found = dt.threshold(unbounded, "x", "taken", between=(0, 100))
    assert (found.value, found.exact, found.direction) == (5, symbols("y")[0], "rises")
    assert dt.threshold(unbounded, "x", "taken", between=(6, 100)).value is None


def test_an_irrational_threshold_is_close():
    """By hand: x^2 = 2."""

    @dt.game("A")
    def game(x=param(1, "x", low=0, high=2)):
        return move("A", take=end("taken", x**2), leave=end("left", 2))

    assert float(dt.threshold(game, "x", "taken").value) == pytest.approx(2**0.5, abs=1e-12)


@pytest.mark.parametrize(
    ("payoff", "value"),
    [
        (lambda x: sp.Max(x - 1, 0), Fraction(3, 2)),
        (lambda x: sp.Min(x, 1), Fraction(1, 2)),
        (lambda x: sp.Piecewise((0, x < 2), (1, True)), 2),
        (lambda x: sp.Abs(x - 3) * Fraction(1, 2), 2),
        (sp.sqrt, Fraction(1, 4)),
        (lambda x: sp.log(x + 1) / sp.log(2), 2**0.5 - 1),
    ],
    ids=["Max", "Min", "Piecewise", "Abs", "sqrt", "log"],
)
def test_payoffs_that_switch_or_bend_have_their_thresholds_or_say_so(payoff, value):
    """By hand: taking pays as much as the 1/2 of leaving at the value given."""

    @dt.game("A")
    def game(x=param(1, "x", low=0, high=3)):
        return move("A", take=end("taken", payoff(x)), leave=end("left", Fraction(1, 2)))

    found = dt.threshold(game, "x", "taken")
    if found.complete:
        assert float(found.value) == pytest.approx(float(value), abs=1e-6)


def test_boundaries_are_records():
    found = dt.threshold(unilateral, "q", "concession")
    assert [row["q"] for row in found.data] == [Fraction(1, 2), Fraction(5, 9)]
    assert {"formula", "low below", "high above", "classes that end", "classes that begin"} <= set(found.data[0])
    assert len(found.to_frame()) == 2


WRONG = {
    "parameter": (("wra", "war"), {}, ParameterError, "has no parameter 'wra'.*Did you mean 'war'"),
    "measure": (("war", "peace"), {}, UnknownNameError, "no outcome or action called 'peace'"),
    "empty": (("war", "war"), {"between": (5, 1)}, ParameterError, r"between=\(5, 1\) is empty; low must be below"),
    "outside": (("war", "war"), {"between": (0, 99)}, ParameterError, r"outside its range \[-5, 20\]"),
}


@pytest.mark.parametrize(("question", "options", "kind", "sentence"), WRONG.values(), ids=WRONG)
def test_a_wrong_question_is_refused(question, options, kind, sentence):
    with pytest.raises(kind, match=sentence):
        dt.threshold(strike, *question, **options)


def test_progress_is_told():
    told = []
    dt.threshold(unilateral, "q", "concession", progress=told.append)
    assert told
    assert all(0 <= share <= 1 for share in told)


def test_a_jump_of_payoffs_that_are_no_polynomials_is_one_boundary():
    @dt.game("Challenger", "Defender")
    def capped(
        prize=param(4, "gain from a strike", low=0, high=20),
        war=param(3, "cost of retaliating", low=0, high=20),
    ):
        """The Defender loses at least 6 by an unanswered strike."""
        answer = move("Defender", give=end("grab", prize, -sp.Max(6, prize)), retaliate=end("war", -5, -war))
        return move("Challenger", restrain=end("peace", 0, 0), strike=answer)

    found = dt.threshold(capped, "war", "grab")
    assert [boundary.value for boundary in found.boundaries] == [6]
    assert found.direction == "rises"
