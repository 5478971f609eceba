"""A hidden parameter: what becomes of the game, of its parameters and of its assumptions."""

import pickle
from fractions import Fraction

import pytest
import sympy as sp
from scipy import stats

import deterrence as dt
from deterrence import chance, end, models, move, param, share, where
from deterrence.errors import MechanismError, ParameterError
from deterrence.mechanisms import Hidden, Sanctions

STRIKE = models.load("folklore/strike").game


def hidden(**changes):
    return Hidden(**{"parameter": "war", "seen_by": "Defender", "low": 0, "high": 10, **changes})


def test_a_parameter_becomes_a_draw_that_one_player_sees():
    game = STRIKE.under(hidden())
    number = game.variables["war"]
    assert (number.kind, number.known_to, str(number.law)) == ("draw", ("Defender",), "uniform on [war_low, war_high]")
    assert number.span(game.values) == (0, 10)
    assert list(game.parameters) == ["prize", "loss", "punishment", "war_low", "war_high"]
    assert game.form.payoffs == STRIKE.form.payoffs  # the number has the parameter's name
    assert game.mechanisms == (hidden(),)
    assert game.information_sets == STRIKE.information_sets


def test_the_new_parameters_have_meaning_range_and_plausible_values():
    low, high = (STRIKE.under(hidden(low=-3)).parameters[name] for name in ("war_low", "war_high"))
    assert (low.value, high.value, low.low, high.high) == (-3, 10, -5, 20)
    assert low.meaning == "lowest value of war (cost of retaliating)"
    assert high.meaning == "highest value of war (cost of retaliating)"
    assert (low.plausible, high.plausible) == ((-3, 10), (-2, 10))  # those of war, so wide that they hold the value
    assert low.symbol == r"\underline{\mathit{war}}"


def test_the_ends_are_by_default_the_plausible_values():
    assert STRIKE.under(Hidden("war", "Defender")).values["war_low"] == -2
    assert STRIKE.under(Hidden("war", "Defender")).values["war_high"] == 10


def test_an_end_may_be_a_parameter_with_words_of_its_own():
    game = STRIKE.under(hidden(high=param(8, "dearest war", low=5, high=9)))
    assert str(game.parameters["war_high"]) == "war_high = 8 in [5, 9]: dearest war"
    assert game.at(war_high=6).variables["war"].span(game.at(war_high=6).values) == (0, 6)


def test_ends_that_meet_or_cross_are_refused():
    with pytest.raises(MechanismError, match="first below the second; got war_low = 3 and war_high = 3"):
        STRIKE.under(hidden(low=3, high=3))
    with pytest.raises(ParameterError, match="assumes war_low < war_high, which fails at"):
        STRIKE.under(hidden()).at(war_low=11)
    with pytest.raises(ParameterError, match=r"'war_high'.* was given 30, outside its range"):
        STRIKE.under(hidden(high=30))


def test_as_the_ends_come_together_the_game_is_that_with_the_value():
    """Each end of the tree pays what it pays at war = 3, up to the width of the law."""
    narrow = STRIKE.under(hidden(low="2.999", high="3.001")).on_grid(war=2)
    rows = [row for row in narrow.numbers[0] if row]
    expected = [row for row in STRIKE.numbers[0] if row] * 2
    assert all(
        abs(a - b) <= Fraction(1, 1000)
        for one, two in zip(rows, expected, strict=True)
        for a, b in zip(one, two, strict=True)
    )
    assert dt.solve(narrow)[0].outcomes == dt.solve(STRIKE)[0].outcomes


def test_another_law_adds_no_parameters():
    game = STRIKE.under(Hidden("war", "Defender", distribution=stats.norm(3, 1)))
    assert list(game.parameters) == ["prize", "loss", "punishment"]
    assert game.variables["war"].law.cdf(3) == 0.5
    by_parameter = STRIKE.under(
        Hidden("war", "Defender", distribution=dt.Uniform(0, STRIKE.parameters["loss"].expression))
    )
    assert by_parameter.variables["war"].span(by_parameter.values) == (0, 6)
    assert game == STRIKE.under(Hidden("war", "Defender", distribution=stats.norm(3, 1)))


def test_two_parameters_are_hidden_one_after_the_other():
    game = STRIKE.under(hidden(), Hidden("prize", "Challenger", low=0, high=10))
    assert {name: number.known_to for name, number in game.variables.items()} == {
        "prize": ("Challenger",),
        "war": ("Defender",),
    }
    assert game.known(prize=4, war=3).numbers[0] == STRIKE.numbers[0]


def test_a_number_may_be_seen_by_both_or_by_nobody():
    assert STRIKE.under(hidden(seen_by=("Challenger", "Defender"))).variables["war"].known_to == STRIKE.players
    assert STRIKE.under(hidden(seen_by=[])).variables["war"].known_to == ()


def test_a_hidden_chance_is_a_probability_everywhere():
    noisy = models.load("avenhaus2002/noisy_attribution").game
    name = next(
        p.name
        for p in noisy.parameter_list
        if any(p.expression in sp.sympify(x).free_symbols for r in noisy.form.probabilities for x in r)
    )
    game = noisy.under(Hidden(name, noisy.players[0], low="1/4", high="3/4"))
    assert game.known({name: "1/2"}).numbers == noisy.at({name: "1/2"}).numbers
    with pytest.raises(ParameterError, match="must lie between 0 and 1"):
        assumed.under(Hidden("odds", "A", distribution=dt.Normal(0.5, 1)))


@pytest.mark.slow
def test_every_parameter_of_the_catalogue_can_be_hidden_and_known_again():
    """One parameter of each model here; where an assumption would fail at an end, the sentence says so."""
    done = 0
    for name in models.names()[::6]:
        game = models.load(name).game
        if not isinstance(game, dt.Game) or not game.parameter_list:
            continue
        parameter = game.parameter_list[-1]
        width = Fraction(1, 100)
        ends = [parameter.value, parameter.value + width]
        if parameter.high is not None and ends[1] > parameter.high:
            ends = [parameter.value - width, parameter.value]
        known = game.under(Hidden(parameter.name, game.players[0], *ends)).known({parameter.name: parameter.value})
        assert known.form.numbers(known.values) == game.numbers
        done += 1
    assert done > 5


def test_a_game_with_a_hidden_parameter_compares_pickles_and_prints_its_mechanism():
    game = STRIKE.under(hidden())
    assert pickle.loads(pickle.dumps(game)) == game
    assert game != STRIKE
    assert repr(game.mechanisms[0]) == "Hidden(parameter='war', seen_by='Defender', low=0, high=10)"


def test_a_game_with_a_number_that_is_called_as_an_outcome_goes_through_files():
    game = STRIKE.under(hidden())
    assert "war" in game.outcomes
    again = dt.from_json(dt.to_json(game))
    assert again.form.payoffs == game.form.payoffs
    assert again.variables == game.variables


@pytest.mark.parametrize(
    ("numbers", "retaliate", "strikes"),
    [((4, 6, 9, 0, 10), "3/5", 0), ((6, 6, 9, 0, 10), "3/5", 1), ((2, 3, 5, -1, 7), "1/2", 0)],
)
def test_the_strike_game_with_a_hidden_cost_is_solved_as_by_hand(numbers, retaliate, strikes):
    """The defender answers where war < loss; the challenger strikes where prize > punishment * (loss - low) / width."""
    prize, loss, punishment, low, high = numbers
    game = STRIKE.at(prize=prize, loss=loss, punishment=punishment).under(hidden(low=low, high=high))
    (equilibrium,) = dt.solve(game)
    assert equilibrium.probability("strike") == strikes
    assert equilibrium.strategies["Defender"].cutoffs == (loss,)
    finite = game.on_grid(war=20)
    assert dt.solve(finite)[0].probability("strike") == strikes
    if strikes:
        assert equilibrium.probability("war") == Fraction(retaliate) == dt.solve(finite)[0].probability("war")


# -- assumptions ---------------------------------------------------------------------------------------------


@dt.game("A", "B")
def assumed(gain=param(4, "gain", low=0), harm=param(1, "harm", low=0), odds=share(0.5, "odds")):
    """A game that assumes something of its parameters."""
    tree = chance(
        rain=(odds, move("A", go=end("gone", gain, -harm), stay=end("calm", 0, 0))),
        sun=(1 - odds, move("B", take=end("taken", -gain, harm), leave=end("left", 0, 0))),
    )
    return where(tree, harm < gain, gain + 2 * harm <= 10)


def test_an_assumption_that_is_linear_in_the_parameter_holds_at_both_ends():
    game = assumed.under(Hidden("harm", "B", low=0, high=2))
    assert {str(c) for c in game.assumptions} == {
        "harm_low < gain",
        "harm_high < gain",
        "gain + 2*harm_low <= 10",
        "gain + 2*harm_high <= 10",
        "harm_low < harm_high",
    }
    with pytest.raises(ParameterError, match="assumes harm_high < gain, which fails"):
        game.at(harm_high=5)


def test_several_conditions_at_once_become_one_at_each_end_each():
    gain, harm = (assumed.parameters[name].expression for name in ("gain", "harm"))
    both = assumed.changed(assumptions=(sp.And(harm < 2 * gain, harm < 3 * gain),))
    shown = {str(c) for c in both.under(Hidden("harm", "B", low=0, high=2)).assumptions}
    assert {"harm_low < 2*gain", "harm_high < 2*gain", "harm_low < 3*gain", "harm_high < 3*gain"} <= shown


def test_an_assumption_that_cannot_be_asked_at_the_ends_is_refused():
    harm = assumed.parameters["harm"].expression
    curved = assumed.changed(assumptions=(harm**2 < 9,))
    with pytest.raises(MechanismError, match="no inequality that is linear in the parameter"):
        curved.under(Hidden("harm", "B", low=0, high=2))
    with pytest.raises(MechanismError, match="normal with mean 1 and standard deviation 1, has no ends"):
        assumed.under(Hidden("harm", "B", distribution=dt.Normal(1, 1)))
    assert str(assumed.under(Hidden("harm", "B", distribution=dt.Beta(2, 3))).assumptions[0]) == "0 < gain"


# -- refusals ------------------------------------------------------------------------------------------------


def test_what_cannot_be_hidden_is_refused_in_a_sentence():
    with pytest.raises(MechanismError, match=r"Hidden names the parameter 'wars'.*Did you mean 'war'\?"):
        STRIKE.under(hidden(parameter="wars"))
    with pytest.raises(MechanismError, match="'war', which is drawn or chosen in the game 'strike' already"):
        STRIKE.under(hidden(), hidden())
    with pytest.raises(MechanismError, match="'Defendr', who is not a player"):
        STRIKE.under(hidden(seen_by="Defendr"))
    with pytest.raises(MechanismError, match=r"low=… and high=…, or distribution=… in their place, not both"):
        hidden(distribution=dt.Uniform(0, 1))
    with pytest.raises(MechanismError, match="names 'war' itself"):
        STRIKE.under(Hidden("war", "Defender", distribution=dt.Normal(STRIKE.parameters["war"].expression, 1)))
    with pytest.raises(
        MechanismError, match=r"needs low=… and high=… for 'gain', whose range \[0, ∞\) has no two ends"
    ):
        assumed.under(Hidden("gain", "A", low=1))


def test_a_parameter_that_is_there_is_not_overwritten():
    game = STRIKE.under(Sanctions("Challenger", outcomes="status quo", pressure=param(1, "squeeze").named("war_low")))
    with pytest.raises(MechanismError, match="adds a parameter called 'war_low', and 'strike' already has one"):
        game.under(hidden())
    assert {"war_low", "true_war_low", "true_war_high"} <= set(game.under(hidden(prefix="true")).parameters)
