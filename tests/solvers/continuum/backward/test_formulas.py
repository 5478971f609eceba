"""Formulas in the parameters: Fearon's demand, and the classes against the solution at points."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
import sympy as sp

import deterrence as dt
from deterrence.errors import MethodError
from deterrence.solvers.continuum.backward.formulas import classes_of
from deterrence.solvers.continuum.backward.solving import solve
from tests.solvers.continuum.trees import VECTORS, tree_of


@dt.game("Proposer", "Rival")
def bargaining(
    p=dt.param("1/2", "chance to win", low=0, high=1),
    c=dt.param("1/10", "the proposer's cost of war", low=0, high=1),
    l=dt.param(0, "least cost of war of the rival", low=0, high=1),  # noqa: E741
    h=dt.param("2/5", "greatest cost of war of the rival", low=0, high=2),
):
    "Fearon (1995): a demand to a rival whose cost of war is hidden."
    return dt.draw(
        l,
        h,
        seen_by="Rival",
        then=lambda war_cost: dt.choose(
            "Proposer",
            0,
            1,
            then=lambda demand: dt.move(
                "Rival",
                accept=dt.end("settlement", demand, 1 - demand),
                fight=dt.end("war", p - c, 1 - p - war_cost),
            ),
        ),
    )


p, c, l, h = (sp.Symbol(name, real=True) for name in "pclh")  # noqa: E741


@pytest.fixture(scope="module")
def classes():
    """The classes of the game of bargaining."""
    return dt.characterize(bargaining)


def test_the_classes_of_bargaining_are_safe_risky_and_everything(classes):
    found = {(sp.expand(each.choices["demand"]), rows(each)) for each in classes}
    assert found == {
        (p + l, frozenset({c - h + 2 * l, 1 - l - p})),  # safe: c >= h - 2l
        (p + (h - c) / 2, frozenset({h - c - 2 * l, c - h + 2 * (1 - p)})),  # risky
        (1, frozenset({h - 2 * (1 - p) - c, 1 - l - p})),  # everything: c <= h - 2(1-p)
        (1, frozenset({l + p - 1})),  # everything, which every type accepts
    }
    assert classes.complete


def rows(each):
    """What must be at least zero for a class to exist."""
    relations = each.when.args if isinstance(each.when, sp.And) else (each.when,)
    return frozenset(sp.expand(r.gts - r.lts) for r in relations)


def test_the_risk_of_war_of_the_risky_demand_is_that_of_fearon(classes):
    risky = next(each for each in classes if sp.expand(each.choices["demand"] - p - (h - c) / 2) == 0)
    assert sp.simplify(risky.outcomes["war"] - (h - c - 2 * l) / (2 * (h - l))) == 0
    assert sp.simplify(risky.outcomes["settlement"] + risky.outcomes["war"] - 1) == 0


def a_point(rng, game):
    """A random point of a game's parameters in 64ths."""
    point = {}
    for name, parameter in game.parameters.items():
        low = Fraction(parameter.low or 0)
        high = Fraction(2 if parameter.high is None else parameter.high)
        point[name] = low + (high - low) * Fraction(rng.randint(1, 63), 64)
    return point


def agrees(classes, game, point):
    """Whether the classes that hold at a point are the equilibria that are found there."""
    at = {sp.Symbol(name, real=True): sp.Rational(v.numerator, v.denominator) for name, v in point.items()}
    holding = [each for each in classes if each.when.subs(at) == sp.true]
    equilibrium = solve(game.at(point))[0]
    return bool(holding) and all(
        each.payoffs[player].subs(at) == sp.Rational(v.numerator, v.denominator)
        for each in holding
        for player, v in equilibrium.payoffs.items()
        if player == game.players[0]
    )


def test_at_any_point_the_classes_of_bargaining_give_the_solution_there(classes):
    rng = random.Random(11)
    points = [a_point(rng, bargaining) for _ in range(40)]
    points = [point for point in points if point["l"] < point["h"]]
    assert len(points) > 20
    assert all(agrees(classes, bargaining, point) for point in points)


def test_a_mobilisation_below_a_move_has_formulas_that_agree_with_the_solution():
    game = tree_of(VECTORS[65])
    classes = dt.characterize(game)
    assert any(str(each.strategies["Challenger"]) == "stay_out always" for each in classes)
    rng = random.Random(12)
    assert all(agrees(classes, game, a_point(rng, game)) for _ in range(25))


def test_formulas_are_for_uniform_laws():
    with pytest.raises(MethodError, match="uniform"):
        dt.characterize(tree_of(VECTORS[4]))


def test_formulas_begin_at_a_choice_or_a_move():
    @dt.game("Player")
    def lottery(odds=dt.param("1/2", "odds", low=0, high=1)):
        "Chance alone."
        return dt.draw(
            0, 1, seen_by=(), then=lambda t: dt.chance(a=(odds, dt.end("A", t)), b=(1 - odds, dt.end("B", 0)))
        )

    with pytest.raises(MethodError, match="moves or chooses first"):
        classes_of(lottery, tuple(lottery.parameters), lambda: False)


def test_formulas_do_not_go_through_a_type_of_the_chooser():
    with pytest.raises(MethodError, match="depends on a number above it"):
        dt.characterize(tree_of(VECTORS[6]))
