"""Mistakes of somebody new to the library: each gets a sentence that says what is wrong and what to write."""

import copy
import pickle
import re

import matplotlib.pyplot as plt
import numpy as np
import pytest

import deterrence as dt
from deterrence import end, move, param, payoff, probability
from deterrence.errors import (
    DeterrenceError,
    MethodError,
    MissingAttributeError,
    ParameterError,
    UnknownNameError,
    ValueKindError,
)
from tests.sample_games import strike


def says(kind, *words):
    return pytest.raises(kind, match=".*".join(map(re.escape, words)))


# -- arguments in the wrong place --------------------------------------------------------------------------------


@pytest.mark.parametrize("verb", [dt.threshold, dt.statics])
@pytest.mark.parametrize("measure", ["strike", "fait accompli", probability("strike"), payoff("Defender")])
def test_a_measure_before_the_parameter_is_swapped(verb, measure):
    shown = repr(measure) if isinstance(measure, str) else "…"
    with says(
        ParameterError, f"The arguments of {verb.__name__} are swapped: 'prize' is a parameter", f"'prize', {shown})"
    ):
        verb(strike, measure, "prize")


def test_swapped_arguments_of_a_curve_are_told_too():
    with says(ParameterError, "The arguments of threshold are swapped", "threshold(game, 'war', 'strike')"):
        dt.threshold(strike, "strike", "war", given="prize")


def test_swapped_arguments_are_told_of_a_continuous_model_too():
    name, outcome = next(iter(CONTINUOUS.parameters)), CONTINUOUS.outcomes[0]
    with says(ParameterError, "The arguments of threshold are swapped", f"threshold(game, {name!r}, {outcome!r})"):
        dt.threshold(CONTINUOUS, outcome, name)


def test_a_misspelt_parameter_is_not_taken_for_a_swap():
    with says(ParameterError, "has no parameter 'wor'", "Did you mean 'war'?"):
        dt.threshold(strike, "wor", "strike")
    with says(UnknownNameError, "'prize'"):
        dt.threshold(strike, "war", "prize")


SWEPT = dt.sweep(strike, "strike", war=[1, 7])
PICTURES = {
    "a sweep": SWEPT.plot,
    "indices": dt.sensitivity(strike, "strike", n=64, rng=np.random.default_rng(0)).plot,
    "a distribution": dt.sensitivity(strike, "strike", n=64, rng=np.random.default_rng(0)).plot_outcome,
}


@pytest.mark.parametrize("plot", PICTURES.values(), ids=PICTURES)
def test_axes_in_the_place_of_a_measure_are_sent_to_their_name(plot):
    figure, ax = plt.subplots()
    try:
        with says(ValueKindError, "The axes of plot", "go in by name: plot", "(ax=ax)"):
            plot(ax)
        assert plot(ax=ax) is ax
    finally:
        plt.close(figure)


@pytest.mark.parametrize("given", ["strike", 3, plt.Figure(), [1]])
def test_what_is_no_axes_is_refused(given):
    with says(
        ValueKindError, "ax= takes one pair of axes of Matplotlib, such as those of figure, ax = plt.subplots(); got"
    ):
        SWEPT.plot(ax=given)


# -- solution concepts ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("nash", "dt.Nash()"),
        ("Nash", "dt.Nash()"),
        ("nash equilibrium", "dt.Nash()"),
        ("SubgamePerfect", "dt.SubgamePerfect()"),
        ("subgame-perfect", "dt.SubgamePerfect()"),
        ("subgame_perfect", "dt.SubgamePerfect()"),
        ("PBE", "dt.PerfectBayesian()"),
        ("perfect bayesian", "dt.PerfectBayesian()"),
        ("sequential", "dt.Sequential()"),
        ("quantal", "dt.Quantal(rationality=1)"),
        ("Correlated()", "dt.Correlated()"),
    ],
)
@pytest.mark.parametrize("verb", [dt.solve, dt.characterize])
def test_a_method_as_text_is_told_how_it_is_written(verb, written, meant):
    with says(MethodError, f"got {written!r}. Write {meant} instead of the text."):
        verb(strike, written)
    assert hasattr(eval(meant, {"dt": dt}), "concept")


def test_a_method_without_brackets_is_told_to_have_them():
    with says(MethodError, "Write dt.Nash(…), with brackets."):
        dt.sweep(strike, "strike", war=[1], method=dt.Nash)


def test_a_text_that_is_no_method_gets_no_guess():
    with pytest.raises(MethodError, match=r"got 'maximin'\.$"):
        dt.solve(strike, "maximin")


# -- what is not there -----------------------------------------------------------------------------------------------

CONTINUOUS = next(
    m.game for m in map(dt.models.load, dt.models.names()) if not isinstance(m.game, dt.Game) and hasattr(m.game, "at")
)


@pytest.mark.parametrize("game", [strike, CONTINUOUS])
def test_a_game_that_is_called_names_at(game):
    with says(ValueKindError, "A game is not called.", f"{game.name}.at(war=3)"):
        game(war=3)
    with says(ValueKindError, f"{game.name}.at("):
        game()


def test_a_game_is_neither_a_mechanism_nor_a_measure():
    with says(DeterrenceError, "A mechanism is something that makes a game from a game; got <Game 'strike'"):
        strike.under(strike)
    with says(DeterrenceError, "There is no measure called <Game 'strike'"):
        dt.sweep(strike, strike, war=[1])


SOLUTION = dt.solve(strike)
MISSING = {
    "a class's picture": (
        dt.characterize(strike)[0],
        "plot",
        "An EquilibriumClass has no 'plot'. Draw where it exists",
    ),
    "classes' picture": (dt.characterize(strike), "plot", "A Characterization has no 'plot'. Draw where its classes"),
    "a model's brief": (
        dt.models.load("strike"),
        "brief",
        "A Model has no 'brief'. Write it with deterrence.report.brief(m",
    ),
    "a game's picture": (strike, "plot", "A Game has no 'plot'. Draw its tree with dt.plot_tree(game)."),
    "a misspelling": (SOLUTION, "statsu", "A Solution has no 'statsu'. Allowed: "),
    "another": (strike, "outcome", "Did you mean 'outcomes'?"),
    "a sweep's": (SWEPT, "datas", "Did you mean 'data'?"),
}


@pytest.mark.parametrize(("value", "name", "sentence"), MISSING.values(), ids=MISSING)
def test_what_a_value_does_not_have_is_said_with_where_it_is(value, name, sentence):
    with says(MissingAttributeError, sentence):
        getattr(value, name)
    assert not hasattr(value, name)
    assert getattr(value, name, 3) == 3


@pytest.mark.parametrize("value", [SOLUTION, SOLUTION[0], strike, dt.models.load("strike")], ids=str)
def test_values_still_copy_and_pickle(value):
    assert str(pickle.loads(pickle.dumps(value))) == str(value)
    assert str(copy.copy(value)) == str(value)
    with pytest.raises(AttributeError):
        value.__array_interface__  # noqa: B018  (what NumPy looks for)


# -- parameters named like options ---------------------------------------------------------------------------------

NAMES = (
    "method",
    "select",
    "progress",
    "chunks",
    "executor",
    "parameters",
    "x",
    "y",
    "n",
    "given",
    "between",
    "game",
    "values",
)


def named(*names):
    """Return a game whose payoffs fall in all of its parameters alike: A goes where they sum to less than 4."""
    parameters = [param(1, "a cost", low=0, high=9).named(name) for name in names]
    cost = sum(parameter.expression for parameter in parameters)
    tree = move("A", stay=end("quiet", 0, 0), go=end("war", 4 - cost, 1))
    return dt.Game(("A", "B"), tree, tuple(parameters), "odd")


@pytest.mark.parametrize("name", NAMES)
def test_a_parameter_may_be_named_like_an_option_of_any_verb(name):
    game = named(name, "other")
    assert dt.sweep(game, "war", {name: [0, 1, 5]}).data["low"].values[0].tolist() == [1, 1, 0]
    assert dt.sweep(game, "war", {name: [0, 5]}, other=[0, 1]).data.sizes[name] == 2
    assert dt.threshold(game, name, "war").value == 3
    assert dt.threshold(game, "other", "war", given={name: [0, 1, 2]}).values == (4, 3, 2)
    assert dt.threshold(game, name, "war").plot() is not None
    assert game.at({name: 2}).values[name] == 2
    assert "falls" in str(dt.statics(game, name, payoff("A")))
    assert sum(dt.regions(game, {name: [0, 9], "other": [0, 9]}).area().values()) == pytest.approx(1)
    assert dt.robustness(game, "war", parameters=[name]) is not None
    assert dt.trends(game, name, probability("war"))[0].direction == "falls"


@pytest.mark.parametrize("name", ["method", "select", "progress", "chunks", "executor"])
def test_values_given_as_an_option_are_told_to_go_in_a_mapping(name):
    with says(
        DeterrenceError, f"{name!r} is an option of sweep as well as a parameter of 'odd'.", f"{{{name!r}: [0, 1]}}"
    ):
        dt.sweep(named(name), "war", **{name: [1, 2]})
    if name in ("method", "progress"):
        with says(DeterrenceError, f"{name!r} is an option of regions as well as a parameter of 'odd'."):
            dt.regions(named(name, "other"), other=[0, 9], **{name: [0, 9]})


def test_a_game_s_own_option_is_still_one():
    game = named("method")
    assert dt.sweep(game, "war", {"method": [1, 5]}, method=dt.Nash()).method == dt.Nash()


def test_an_axis_given_twice_is_refused():
    with says(ParameterError, "The axis 'war' is given twice."):
        dt.sweep(strike, {"war": [1, 2]}, war=[3])
