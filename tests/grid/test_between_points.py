"""Long lines of games with general laws are interpolated between solved points; expected numbers by root finding."""

from fractions import Fraction

import numpy as np
import pytest
from scipy.optimize import brentq
from scipy.stats import norm

import deterrence as dt
from deterrence.grid.between_points import _interpolated, is_line
from deterrence.grid.points import Grid
from tests.solvers.continuum.trees import tree_of, vectors

LAW = norm(0.2, 0.05)


def line(low, high, count):
    return [Fraction(low) + (Fraction(high) - Fraction(low)) * Fraction(k, count - 1) for k in range(count)]


def test_the_chance_of_war_under_normal_costs_follows_its_first_order_condition():
    # Fearon (1995): the demand p + z with (1 - F(z))/f(z) = z + c
    game = tree_of(next(v for v in vectors("ultimatum_hidden_cost") if v["parameters"]["cost"][0] == "normal"))
    grid = line("1/20", "3/20", 2000)
    found = dt.sweep(game, "war", {"cA": grid})
    by_hand = [LAW.cdf(brentq(lambda z, c=float(c): LAW.sf(z) - (z + c) * LAW.pdf(z), 0, 0.4)) for c in grid[::97]]
    assert np.asarray(found.data["low"]).reshape(-1)[::97] == pytest.approx(by_hand, abs=1e-8)
    assert not found.complete
    assert "points were solved, and the others lie on polynomials" in found.status


@dt.game("Proposer", "Rival")
def bounded(strength=dt.share("1/2", "share that the Proposer would win in a war")):
    "A demand to a rival whose cost of war has a normal law, for strengths below 7/10."
    return dt.where(
        dt.draw(
            dt.Normal("1/5", "1/20"),
            seen_by="Rival",
            then=lambda cost: dt.choose(
                "Proposer",
                0,
                1,
                then=lambda demand: dt.move(
                    "Rival",
                    accept=dt.end("settlement", demand, 1 - demand),
                    fight=dt.end("war", strength - Fraction(1, 10), 1 - strength - cost),
                ),
            ),
        ),
        strength < Fraction(7, 10),
    )


def test_points_that_assumptions_exclude_stay_out():
    # the chance of war does not depend on the strength; vectors.json, game 1
    found = dt.sweep(bounded, "war", {"strength": line("6/10", "8/10", 400)})
    values = np.asarray(found.data["low"]).reshape(-1)
    assert np.isnan(values[200:]).all()
    assert values[:200] == pytest.approx([0.109036] * 200, abs=3e-6)


@pytest.mark.slow
def test_a_line_is_halved_around_a_kink():
    # all is demanded from a strength of 1 - z on, z the best risk; then the chance of war is F(1 - p)
    game = tree_of(next(v for v in vectors("ultimatum_hidden_cost") if v["parameters"]["cost"][0] == "normal"))
    grid = line("8/10", "95/100", 260)
    found = dt.sweep(game, "war", {"p": grid})
    best = brentq(lambda z: LAW.sf(z) - (z + 0.1) * LAW.pdf(z), 0, 0.4)
    by_hand = [LAW.cdf(min(best, 1 - float(p))) for p in grid]
    assert np.asarray(found.data["low"]).reshape(-1) == pytest.approx(by_hand, abs=1e-6)


def test_only_long_rising_lines_of_one_parameter_are_interpolated():
    many = list(range(300))
    assert is_line(Grid([many]))
    assert not is_line(Grid([many[::-1]]))
    assert not is_line(Grid([many[:200]]))
    assert not is_line(Grid([many, [1, 2]]))


def test_a_polynomial_through_points_is_exact_for_its_degree():
    nodes = np.array([0.0, 1.0, 2.0, 4.0])
    places = np.array([0.5, 2.0, 3.0])
    found = _interpolated(nodes, np.column_stack([nodes**3, 1 - nodes]), places)
    assert found == pytest.approx(np.column_stack([places**3, 1 - places]))
