"""Every jump is told in order; thresholds of published models are their formulas; drawings stand where jumps are."""

from fractions import Fraction
from html import escape

import numpy as np
import pytest
import sympy as sp

import deterrence as dt
from deterrence import end, move, param
from deterrence.errors import ParameterError, ValueKindError
from deterrence.mechanisms import Deniability

COMMITTED, NOISY, STANDING, STRIKE, UNILATERAL = (
    dt.models.load(name).game
    for name in ("committed_threats", "noisy_attribution", "standing_threat", "strike", "unilateral_deterrence")
)


@dt.game("A")
def limited(
    x=param(2, "stake", low=0, high=6),
    cost=param(1, "cost of a raid", low=0, high=6),
    war=param(4, "cost of a war", low=0, high=20),
):
    """Stay, raid or fight: a raid pays the stake once, a war twice."""
    return move("A", stay=end("peace", 0), raid=end("raid", x - cost), fight=end("war", 2 * x - war))


def same(found, expected):
    """Tell whether two formulas are one, by name of their symbols."""
    by_name = {symbol: sp.Symbol(symbol.name) for symbol in found.free_symbols}
    return sp.simplify(found.xreplace(by_name) - sp.parse_expr(expected)) == 0


# -- all jumps ------------------------------------------------------------------------------------------------


def test_a_probability_that_rises_and_falls_back_has_both_jumps_told_in_order():
    """By hand: a raid beats peace from x = cost = 1 on, and war beats a raid from x = war - cost = 3 on."""
    found = dt.threshold(limited, "x", "raid")
    assert [(jump.value, jump.direction) for jump in found.jumps] == [(1, "rises"), (3, "falls")]
    assert [(jump.below, jump.above) for jump in found.jumps] == [((0, 0), (1, 1)), ((1, 1), (0, 0))]
    assert found.direction == "rises, then falls"
    assert (found.value, found.main.direction) == (1, "rises")
    assert str(found) == (
        "As x grows the probability of 'raid' rises past 1 = cost, from 0 to 1; then it falls past 3 = war - cost, "
        "from 1 to 0."
    )


def test_a_change_of_classes_without_a_jump_is_told_apart():
    """By hand: peace ends at x = 1; that a raid becomes war at x = 3 does not matter to it."""
    found = dt.threshold(limited, "x", "peace")
    assert [jump.value for jump in found.jumps] == [1]
    assert str(found).endswith("The set of equilibria changes at 3 too, where it does not jump.")


def test_large_units_make_no_jump_of_a_kink():
    """By hand: the payoff max(0, 10^6 (x - 1)) has no jump anywhere."""

    @dt.game("A")
    def rich(x=param(2, "stake", low=0, high=6)):
        return move("A", stay=end("peace", 0), raid=end("raid", 10**6 * (x - 1)))

    found = dt.threshold(rich, "x", dt.payoff("A"))
    assert (found.value, found.direction) == (None, "none")
    assert str(found) == (
        "The payoff of A does not jump as x goes from 0 to 6, though the set of equilibria changes at 1."
    )


def test_progress_of_several_measures_runs_once_from_start_to_end():
    told = []
    dt.thresholds(limited, "x", "raid", "war", "peace", progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 1


def test_the_table_has_a_row_a_boundary_and_plain_numbers():
    frame = dt.threshold(limited, "x", "raid").to_frame()
    assert list(frame["x"]) == [1.0, 3.0]
    assert list(frame["direction"]) == ["rises", "falls"]
    assert frame["low above"].dtype == float
    assert list(dt.threshold(limited, "x", "raid", between=(4, 5)).to_frame().columns)[:3] == [
        "x",
        "formula",
        "direction",
    ]


def test_a_measure_that_is_not_a_number_is_refused():
    with pytest.raises(ValueKindError, match=r"is not a number \(NaN\) in an equilibrium near x = "):
        dt.threshold(limited, "x", lambda equilibrium: float("nan"))


# -- published formulas -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("game", "parameter", "measure", "value", "expected"),
    [
        (COMMITTED, "column_threat", "compromise", Fraction(3, 10), "(1 - row_status_quo)/(attribution*severity)"),
        (COMMITTED, "row_threat", "compromise", Fraction(2, 5), "(1 - column_status_quo)/(attribution*severity)"),
        (STANDING, "patience", "comply", Fraction(4, 5), "sanction_cost/(sanction_cost + benefit)"),
        (STANDING, "damage", "comply", 1, "compliance"),
        (STANDING, "sanction_cost", "comply", Fraction(9, 4), "patience*benefit/(1 - patience)"),
        (NOISY, "benefit", "strike", Fraction(12, 5), "punishment*(detection - false_alarm)"),
        (NOISY, "detection", "strike", Fraction(7, 20), "false_alarm + benefit/punishment"),
    ],
    ids=["p* = 1 - r3", "q* = 1 - c3", "patience", "damage", "sanction cost", "b* = c(alpha - f)", "alpha"],
)
def test_published_thresholds_come_out_as_their_formulas(game, parameter, measure, value, expected):
    """Brams and Kilgour (1985): p* = 1 - r3 where attribution and severity are one; Eaton and Engers (1992):
    s <= d b/(1 - d) and t >= x; noisy attribution: b* = c(alpha - f)."""
    found = dt.threshold(game, parameter, measure)
    assert found.value == value
    assert same(found.exact, expected)


def test_unilateral_deterrence_has_both_published_thresholds():
    """Zagare and Kilgour (2000): bluff ends at c2 and the separating class at c1."""
    found = dt.threshold(UNILATERAL, "defender_credibility", "status quo")
    gain = "(challenger_gain - challenger_status_quo)"
    expected = [f"{gain}/(challenger_gain - challenger_defeat)", f"{gain}/(challenger_gain - challenger_hard_conflict)"]
    assert [jump.value for jump in found.jumps] == [Fraction(1, 2), Fraction(5, 9)]
    assert all(same(jump.formula, text) for jump, text in zip(found.jumps, expected, strict=True))


# -- curves -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def curve():
    game = STRIKE.under(Deniability("strike", "retaliate"))
    return dt.threshold(game, "attribution", "strike", given={"punishment": [2, 3, 5, 8, 16]})


def test_a_curve_says_what_lies_on_either_side_and_where_it_ends(curve):
    """By hand: prize = 4 against attribution times punishment, so none below a punishment of 4."""
    assert curve.sides == ("1", "0")
    assert curve.gaps == [(0, 1, "no jump")]
    assert "Below it the probability of 'strike' is 1, above it 0." in str(curve)
    assert "With punishment from 2 to 3 it does not jump between 0 and 1." in str(curve)


def test_a_curve_names_values_at_which_assumptions_fail():
    """By hand: detection must exceed false alarms, which may rise to one."""
    found = dt.threshold(NOISY, "benefit", "strike", given={"false_alarm": [Fraction(1, 10), Fraction(9, 10)]})
    assert found.values == (Fraction(12, 5), None)
    assert found.gaps == [(1, 1, "assumptions fail")]
    assert "With false_alarm at 0.9 the game's assumptions fail." in str(found)


def test_further_jumps_are_told_and_drawn_as_lines_of_their_own():
    """By hand: raids begin at x = cost and end at x = war - cost, so with a cost of 1/2 at 1/2 and 7/2."""
    found = dt.threshold(limited, "x", "raid", given={"cost": [Fraction(1, 2), 1]})
    assert found.further == ((Fraction(7, 2),), (3,))
    assert "it jumps elsewhere too" in str(found)
    axes = found.plot()
    drawn = {(float(x), float(y)) for line in axes.lines for x, y in line.get_xydata()}
    assert {(0.5, 0.5), (1.0, 1.0), (0.5, 3.5), (1.0, 3.0)} <= drawn


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (3, "by name or with its values; got 3"),
        ("x", "one parameter other than 'x'"),
        ({}, "one parameter other than 'x'"),
        ("cots", "Did you mean 'cost'"),
        ({"cost": []}, "'cost' has no values"),
    ],
)
def test_a_curve_against_nothing_is_refused(given, said):
    with pytest.raises(ParameterError, match=said):
        dt.threshold(limited, "x", "raid", given=given)


def test_a_curve_over_a_parameter_without_limits_needs_its_values():
    game = STRIKE.under(Deniability("strike", "retaliate")).plausible(doubt=None)
    with pytest.raises(ParameterError, match=r"give its values too, such as given=\{'doubt': \[1, 2, 3\]\}"):
        dt.threshold(game, "attribution", "strike", given="doubt")


# -- drawings ---------------------------------------------------------------------------------------------------


def test_a_jump_on_a_round_value_is_drawn_once_and_where_it_is():
    """Punishment 8 and prize 4 put the jump on attribution = 1/2, a point of any even grid."""
    game = STRIKE.under(Deniability("strike", "retaliate")).at(punishment=8)
    axes = dt.threshold(game, "attribution", "strike").plot()
    assert [text.get_text() for text in axes.texts if text.get_text() == "0.5"] == ["0.5"]
    line = max(axes.lines, key=lambda one: len(one.get_xdata()))
    x, y = np.asarray(line.get_xdata(), dtype=float), np.asarray(line.get_ydata(), dtype=float)
    steps = x[1:][np.abs(np.diff(y)) > 0.5]
    assert len(steps) == 1
    assert steps[0] == pytest.approx(0.5, abs=1e-9)
    assert set(np.round(y, 9)) == {0.0, 1.0}


def test_a_threshold_without_a_declared_range_is_drawn_between_the_ends_given():
    game = STRIKE.under(Deniability("strike", "retaliate"))
    axes = dt.threshold(game, "doubt", dt.payoff("Defender"), between=(0, 5)).plot()
    assert axes.get_xlim() == (0, 5)


def test_values_at_which_assumptions_fail_are_named_so():
    axes = dt.sweep(NOISY, "strike", detection=[k / 20 for k in range(1, 20)]).plot()
    assert "assumptions fail" in [text.get_text() for text in axes.texts]


def test_answers_show_their_sentences_in_a_notebook():
    game = STRIKE.at(punishment=8)
    answers = (
        dt.threshold(game, "war", "strike"),
        dt.threshold(game, "war", "strike", given={"loss": [2, 4]}),
        dt.regions(game, war=[0, 9], loss=[0, 9]),
        dt.statics(game, "war", "strike"),
        dt.robustness(game, "strike"),
        dt.what_would_it_take(game, "strike", "<= 0.5"),
        dt.sensitivity(game, "strike", n=16),
        dt.deniability_profile(game.under(Deniability("strike", "retaliate")), points=3),
    )
    for answer in answers:
        shown = answer._repr_html_()
        assert all(f"<p>{escape(line)}</p>" in shown for line in str(answer).splitlines() if line.strip())
        assert "&#x27;strike&#x27;" in answer._repr_html_()
