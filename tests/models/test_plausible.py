"""Every parameter of every model says which of its values are worth looking at, and why."""

import pytest

import deterrence as dt
from deterrence import models

KEYS = models.names()


@pytest.mark.parametrize("key", KEYS)
def test_every_parameter_declares_plausible_values_that_hold_its_default_with_a_reason(key):
    for name, parameter in models.load(key).game.parameters.items():
        assert parameter.plausible is not None, f"{key}: {name} declares no plausible values"
        low, high = parameter.plausible
        assert low <= parameter.value <= high, f"{key}: the plausible values of {name} leave its default out"
        assert low < high
        assert parameter.low is None or parameter.low <= low
        assert parameter.high is None or high <= parameter.high
        assert len(parameter.why.split()) >= 2, f"{key}: {name} does not say why: {parameter.why!r}"


@pytest.mark.parametrize("key", KEYS)
def test_so_do_the_games_that_a_brief_compares(key):
    model = models.load(key)
    games = [game for _, _, game in (*model.steps, *model.features)]
    for game in games:
        assert [name for name, parameter in game.parameters.items() if parameter.plausible is None] == []


FLAGSHIPS = {
    "unilateral_deterrence": ("conflict", "defender_credibility"),
    "cuba-1962": ("nuclear war", None),
    "iraq-2020": ("war", None),
}


@pytest.mark.slow
@pytest.mark.parametrize("key", FLAGSHIPS)
def test_no_verb_refuses_a_flagship_for_want_of_a_range(key):
    what, name = FLAGSHIPS[key]
    game = models.load(key).game
    name = name or next(iter(game.parameters))
    assert dt.threshold(game, name, what).looked_at == game.parameters[name].plausible
    assert dt.statics(game, name, what, budget=0).effects
    assert dt.trends(game, name, dt.probability(what), points=5)
    assert "over plausible values" in dt.sensitivity(game, what, n=4, limit=4).status
    assert dt.robustness(game, what, together=1).left_out == ()
    assert dt.what_would_it_take(game, what, "<= 1").holds
    assert dt.compare({"now": game}, what, parameter=name)
