"""Comparative statics: formulas against differences of exact solutions, signs, and jumps."""

from fractions import Fraction

import pytest

import deterrence as dt
from deterrence.analysis.statics import statics
from deterrence.errors import ParameterError, UnknownNameError
from deterrence.mechanisms import Deniability
from deterrence.models.avenhaus2002.noisy_attribution import noisy_attribution as NOISY
from deterrence.models.folklore.strike import strike as STRIKE


@pytest.fixture(scope="module")
def detection():
    return statics(NOISY, "detection", "strike")


def test_a_derivative_equals_the_difference_of_exact_solutions(detection):
    # In the restrained mixed equilibrium the strike is as likely as makes an alarm indecisive.
    step = Fraction(1, 10**6)
    for effect in detection.effects:
        values = []
        for at in (Fraction(7, 10) - step, Fraction(7, 10) + step):
            by_formula = effect.formula.subs({p.expression: v.value for p, v in _parameters(NOISY.at(detection=at))})
            exact = [e.probability("strike") for e in dt.solve(NOISY.at(detection=at))]
            assert min(abs(Fraction(str(by_formula)) - value) for value in exact) == 0
            values.append(Fraction(str(by_formula)))
        assert float((values[1] - values[0]) / (2 * step)) == pytest.approx(effect.slope, abs=1e-5)


def _parameters(game):
    return [(parameter, parameter) for parameter in game.parameter_list]


def test_signs_are_proved_over_all_declared_ranges(detection):
    # By hand: strike = error*f/(error*f + satisfaction*detection) falls in detection, whatever the payoffs.
    signs = {effect.name: (effect.sign, effect.proved) for effect in detection.effects}
    assert sorted(signs.values()) == [(-1, True), (0, True), (1, True)]


def test_jumps_are_those_of_the_threshold(detection):
    (jump,) = detection.jumps
    assert jump.value == dt.threshold(NOISY, "detection", "strike").value == Fraction(7, 20)


def test_a_payoff_in_the_strike_game_moves_one_for_one():
    answer = statics(STRIKE, "prize", dt.payoff("Challenger"))
    slopes = {effect.name: str(effect.derivative) for effect in answer.effects}
    assert slopes == {"war": "1", "deterrence": "0"}
    assert not answer.jumps
    assert "jumps nowhere" in str(answer)


def test_a_callable_has_slopes_from_exact_solutions_and_says_so():
    answer = statics(STRIKE, "prize", lambda equilibrium: equilibrium.payoffs["Challenger"] ** 2)
    effect = next(some for some in answer.effects if some.name == "war")
    assert (effect.sign, effect.proved, effect.derivative) == (1, False, None)
    assert "between exact solutions" in answer.status


def test_without_time_formulas_hold_at_the_present_values_of_the_others():
    answer = statics(STRIKE, "prize", dt.payoff("Challenger"), budget=0)
    assert {effect.scope for effect in answer.effects} == {"here"}
    assert "present values" in str(answer)


def test_a_table_and_a_drawing_show_every_class(detection):
    assert len(detection.to_frame()) == len(detection.effects)
    axes = detection.plot()
    assert any("↘" in text.get_text() for text in axes.texts)


def test_wrong_names_and_missing_ranges_are_refused():
    with pytest.raises(ParameterError, match="Did you mean 'prize'"):
        statics(STRIKE, "prise", "strike")
    with pytest.raises(UnknownNameError, match="no outcome or action"):
        statics(STRIKE, "prize", "strik")


def test_a_fall_is_told_by_how_much_without_a_second_minus():
    # By hand: the payoff of an unproven strike is prize - attribution * punishment.
    game = dt.models.load("strike").game.under(Deniability("strike", "retaliate"))
    told = str(statics(game, "attribution", dt.payoff("Challenger")))
    assert "it falls, by punishment per unit" in told
    assert "It jumps nowhere from 0 to 1." in told


def test_jumps_are_told_with_their_formula_and_budgets_are_numbers():
    game = dt.models.load("strike").game.under(Deniability("strike", "retaliate"))
    told = str(statics(game, "attribution", "strike"))
    assert "At attribution = 4/9 = prize/punishment it jumps from 1 to 0." in told
    with pytest.raises(ParameterError, match="budget='long' must be a number of at least 0"):
        statics(game, "attribution", "strike", budget="long")
