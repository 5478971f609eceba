"""What the solvers refuse, beyond what stands beside their own tests: sizes beyond all use, and numbers that are none.

The bounds are lowered here, since a game at the true ones would take long to make.
"""

import types

import numpy as np
import pytest

import deterrence as dt
from deterrence import chance, end, move, param, share
from deterrence.errors import GameError, MethodError, ParameterError
from deterrence.solvers import quantal
from deterrence.solvers.logit import form as _logit_form
from deterrence.solvers.logit.columns import _check_draws

STRIKE = dt.models.load("strike").game


def test_a_tree_with_too_many_terms_for_quantal_response_is_refused(monkeypatch):
    monkeypatch.setattr(_logit_form, "MOST_TERMS", 1)
    game = STRIKE.at(war=2)  # forms are remembered by game
    with pytest.raises(MethodError, match=r"too large for Quantal\(\): its values have more than 1 terms"):
        dt.solve(_renamed(game, "too many terms"), dt.Quantal(1))


def test_a_game_with_too_many_free_probabilities_for_quantal_response_is_refused(monkeypatch):
    monkeypatch.setattr(quantal, "MOST_UNKNOWNS", 1)
    game = dt.bimatrix([[3, 2], [4, 1]], [[3, 4], [2, 1]], name="chicken")
    with pytest.raises(MethodError, match=r"has 2 free probabilities; .* with at most 1"):
        dt.solve(game, dt.Quantal(1))


def test_a_range_that_was_not_found_in_time_is_refused():
    game = dt.bimatrix(np.arange(144).reshape(12, 12) % 7, np.arange(144).reshape(12, 12) % 5)
    with pytest.raises(MethodError, match="is not known: a linear programme was not solved within"):
        dt.Correlated(time_limit=1e-9).bounds(game, dt.payoff("Row"))


def test_probabilities_that_leave_their_range_along_a_grid_are_refused():
    @dt.game("A")
    def drawn(p=share(0.5, "a share"), q=share(0.5, "another share")):
        tree = move("A", stay=end("o", 0), go=end("o", 1))
        return chance(one=(p * 2 - q, tree), two=(1 - p * 2 + q, end("x", 0)))

    with pytest.raises(ParameterError, match=r"assumes -2\*p \+ q \+ 1 >= 0, which fails at 1 points"):
        dt.quantal_grid(drawn, [1.0, 1.0], {"p": [0.5, 0.9]})


def test_a_payoff_that_is_infinite_along_a_grid_is_refused():
    @dt.game("A")
    def divided(x=param(1, "a number", low=0, high=2)):
        return move("A", stay=end("o", 0), go=end("p", 1 / x))

    with pytest.raises(ParameterError, match="A payoff of 'divided' is not finite at some of the points"):
        dt.quantal_grid(divided, [1.0, 1.0], {"x": [1.0, 0.0]})


def test_a_class_of_equilibria_needs_a_name():
    with pytest.raises(GameError, match="A class of equilibria is named in words, not ''"):
        STRIKE.with_class_names({"": {"Challenger": "strike"}})


def test_one_player_alone_makes_no_payoff_table():
    @dt.game("A")
    def alone():
        return move("A", stay=end("o", 0), go=end("p", 1))

    with pytest.raises(MethodError, match=r"Only one player chooses in 'alone'; a payoff table needs two"):
        dt.to_latex(alone.strategic_form())


def _renamed(game, name):
    from dataclasses import replace

    return replace(game, name=name)


def test_draws_that_are_no_probabilities_at_a_point_are_refused():
    """A second guard: what a game assumes of its probabilities is asked first."""
    game = dt.Game(("A",), chance(one=(0.5, end("o", 0)), other=(0.5, end("p", 1))))
    tree = types.SimpleNamespace(draws=[(0, 0), (0, 1)])
    with pytest.raises(ParameterError, match=r"are 1.3, -0.3 at one of the points; they must lie between 0 and 1"):
        _check_draws(game, tree, np.array([[0.5, 1.3], [0.5, -0.3]]))
