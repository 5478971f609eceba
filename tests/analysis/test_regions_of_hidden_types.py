"""Regions of games with uniform laws have exact boundaries; shares and equations by hand."""

from fractions import Fraction

import pytest
import sympy as sp

import deterrence as dt
from deterrence.models.folklore.strike import strike
from tests.continuum_games import bargaining
from tests.solvers.continuum.trees import tree_of, vectors

HIDDEN = strike.under(dt.Hidden("war", seen_by="Defender", low=0, high=10))


def test_the_border_of_deterrence_under_a_hidden_cost_is_a_line():
    found = dt.regions(HIDDEN, loss=[0, 10], prize=[0, 10])
    loss, prize = (HIDDEN.parameters[name].expression for name in ("loss", "prize"))
    assert found.boundaries == (sp.Eq(prize, 9 * loss / 10, evaluate=False),)
    shares = dict(found.shares)
    assert next(share for names, share in shares.items() if "deterrence" in names[0]) == pytest.approx(0.45, abs=1e-9)
    assert sum(shares.values()) == pytest.approx(1, abs=1e-9)
    assert found.complete
    assert found.exact


def test_war_is_possible_below_a_line_in_the_costs_of_war():
    # Fearon (1995) with costs from 0 to h: somebody fights where c < h, and as 1 - p > (h - c)/2 never for all demands
    found = dt.regions(bargaining, cost=[0, 1], most=[Fraction(1, 10), 1])
    cost, most = (bargaining.parameters[name].expression for name in ("cost", "most"))
    assert found.boundaries == (sp.Eq(most, cost, evaluate=False),)
    # the triangle above the line less what lies below h = 1/10: (1 - 0.01)/2 of 0.9
    war = next(share for names, share in found.shares.items() if any("fight" in name for name in names))
    assert war == pytest.approx(0.495 / 0.9, abs=1e-9)


@pytest.mark.slow
def test_beliefs_that_deter_threats_begin_where_sanctions_never_pay():
    # vectors.json, game 15: nobody threatens by beliefs where kappa >= rho; the greatest benefit is 1, kappa is 0.4
    game = tree_of(vectors("sanctions_resolve")[0])
    found = dt.regions(game, rho=["0.1", "0.9"], a=["0.01", 1])
    rho, a = (game.parameters[name].expression for name in ("rho", "a"))
    assert sp.Eq(rho, sp.Rational(2, 5)) in found.boundaries
    alone = dict(found.shares)
    deterrence = sum(share for names, share in alone.items() if "deterrence" in names)
    width = Fraction(3, 10) / Fraction(8, 10)
    assert deterrence <= width
    assert all(each.lhs in (rho, a) for each in found.boundaries)
