"""What the catalogue of models and the questions about a model's claims refuse."""

import pytest
import sympy as sp

import deterrence as dt
from deterrence import end, move, share, where
from deterrence.analysis.search.points.exact_points import points
from deterrence.errors import GameError, ParameterError, UnknownNameError
from deterrence.models import ask, catalogue, references
from deterrence.models.baliga2020._signals import checked_signals


def test_a_misspelt_reference_is_answered_with_the_nearest():
    with pytest.raises(UnknownNameError, match=r"no reference called 'zagare20000'.*Did you mean 'zagare2000'"):
        references.reference("zagare20000")


def test_a_name_that_means_two_models_is_refused(monkeypatch):
    monkeypatch.setattr(catalogue, "names", lambda: ("one1990/crisis", "two1991/crisis"))
    with pytest.raises(
        UnknownNameError, match=r"Several models are called 'crisis': 'one1990/crisis', 'two1991/crisis'\. Say"
    ):
        catalogue.key_of("crisis")


def test_a_claim_about_an_information_set_that_is_not_there_is_refused():
    measured = ask.payoff_from("Defendr")
    with pytest.raises(UnknownNameError, match=r"No information set is called 'Defendr'.*Did you mean 'Defender'"):
        measured(dt.models.load("strike").solve()[0])


def test_a_claim_about_a_class_that_is_not_there_is_refused():
    model = dt.models.load("strike")
    with pytest.raises(UnknownNameError, match="No class of 'folklore/strike' is called 'bluff'"):
        ask.condition_of("bluff")(model)


def test_assumptions_that_hardly_any_values_meet_are_refused(monkeypatch):
    from deterrence.analysis.search.points import exact_points

    @dt.game("A")
    def narrow(x=share(0.5, "a share"), y=share(0.5, "another share")):
        return where(move("A", stay=end("o", 0), go=end("p", x)), sp.Eq(x, y))

    monkeypatch.setattr(exact_points, "MOST_TRIES", 20)  # at 400,000 the test would take long
    with pytest.raises(ParameterError, match="of 20 random points satisfy what 'narrow' assumes"):
        points(narrow, seed=7)


def test_signals_that_differ_between_attackers_are_refused():
    with pytest.raises(GameError, match="Every attacker needs the chances of the same signals, in the same order"):
        checked_signals([[0.5, 0.5], [0.5, 0.25, 0.25]], [0.5, 0.5])


def test_a_name_that_no_equilibrium_or_several_carry_is_refused():
    with pytest.raises(UnknownNameError, match="There are 0 equilibria called 'calm' here; one is meant"):
        ask.equilibrium_of("calm", [])


def test_a_class_that_few_draws_meet_gives_no_verdict():
    game = dt.models.load("strike").game
    with pytest.raises(ParameterError, match=r"Only 0 of .* draws lie where the class exists"):
        ask._signs_at_draws(game, game.parameters["war"].expression, sp.false)
