"""Crises with private shocks whose equilibria are known by formula and by brute force."""

import json
from math import erf, log, sqrt
from pathlib import Path

import numpy as np
import pytest
from scipy import integrate, special, stats

import deterrence as dt
from tests.solvers.continuum.shocks.trees import crisis, game, number, on_outcomes, sanctions, shock, under

VECTORS = json.loads((Path(__file__).parent.parent / "vectors.json").read_text("utf-8"))
CRISES = [v for v in VECTORS if v["model"] == "shocks"]
SANCTIONS = [v for v in VECTORS if v["model"] == "sanctions_normal"]


@pytest.mark.parametrize("vector", CRISES)
def test_crises_of_signorino_have_the_probabilities_of_their_formulas(vector):
    solution = dt.solve(crisis(**vector["parameters"]))
    assert solution.complete
    assert solution.count == 1
    found = solution[0]
    assert found.probability("attack") == pytest.approx(vector["expect"]["pA"], abs=vector["tolerance"])
    assert found.strategies["B"].at({})["resist"] == pytest.approx(vector["expect"]["pR"], abs=vector["tolerance"])
    assert found.regret < 1e-9


@pytest.mark.parametrize("vector", SANCTIONS)
def test_threats_of_lewis_and_schultz_select_who_carries_them_out(vector):
    solution = dt.solve(sanctions(**vector["parameters"]))
    (expected,) = vector["expect"]["equilibria"]
    assert solution.count == 1
    assert not solution.complete
    assert "sign changes" in solution.status
    found = solution[0]
    assert found.probability("threaten") == pytest.approx(expected["pC"], abs=vector["tolerance"])
    assert found.strategies["B"].at({})["resist"] == pytest.approx(expected["pR"], abs=vector["tolerance"])
    fights = found.strategies["A | threaten, resist"].at({})["fight"]
    assert fights == pytest.approx(expected["pF"], abs=vector["tolerance"])
    assert found.regret < 1e-9


def test_the_formula_of_signorino_and_tarar_holds_at_other_numbers():
    a, b, s = {"SQ": 0.3, "Cap": 1.5, "War": -2}, {"Cap": -0.7, "War": 0.1}, 1.7
    found = dt.solve(crisis(a, b, "normal", "outcomes", s))[0]
    r = (1 + erf((b["War"] - b["Cap"]) / (s * sqrt(2)) / sqrt(2))) / 2
    index = r * a["War"] + (1 - r) * a["Cap"] - a["SQ"]
    attack = (1 + erf(index / (s * sqrt(1 + r**2 + (1 - r) ** 2)) / sqrt(2))) / 2
    assert found.probability("attack") == pytest.approx(attack, abs=1e-12)
    assert found.outcomes["War"] == pytest.approx(attack * r, abs=1e-12)


def test_payoffs_contain_what_the_best_of_extreme_value_shocks_is_worth():
    found = dt.solve(crisis({"SQ": 0, "Cap": 1, "War": -1}, {"Cap": -0.5, "War": -0.25}, "gumbel", "actions", 0.5))[0]
    r = special.expit(0.25 / 0.5)
    worth = r * -1 + (1 - r) * 1
    attack = special.expit(worth / 0.5)
    best = 0.5 * (log(1 + np.exp(worth / 0.5)) + np.euler_gamma)
    assert found.payoffs["A"] == pytest.approx(best, abs=1e-12)
    resisted = 0.5 * (log(np.exp(-0.5 / 0.5) + np.exp(-0.25 / 0.5)) + np.euler_gamma)
    assert found.payoffs["B"] == pytest.approx(attack * resisted, abs=1e-12)


def test_payoffs_contain_what_the_best_of_normal_shocks_is_worth():
    # the mean of the greater of two normal numbers with the difference of their means d and of sd θ (Clark 1961)
    a, b = {"SQ": 0.5, "Cap": 2, "War": -0.5}, {"Cap": -1, "War": -0.2}
    found = dt.solve(crisis(a, b, "normal", "outcomes", 0.8))[0]
    r = stats.norm.cdf((b["War"] - b["Cap"]) / (0.8 * sqrt(2)))
    worth, theta = r * a["War"] + (1 - r) * a["Cap"], 0.8 * sqrt(1 + r**2 + (1 - r) ** 2)
    d = (worth - a["SQ"]) / theta
    best = worth * stats.norm.cdf(d) + a["SQ"] * stats.norm.cdf(-d) + theta * stats.norm.pdf(d)
    assert found.payoffs["A"] == pytest.approx(best, abs=1e-12)


@pytest.mark.parametrize("law", ["normal", "logistic", "gumbel"])
def test_shocks_to_three_actions_are_integrated(law):
    spread, worth = 0.6, {"low": 0.2, "middle": 0.5, "high": -0.1}
    draw = {"normal": dt.Normal, "logistic": dt.Logistic, "gumbel": dt.ExtremeValue}[law](0, number(spread))
    ends = {name: dt.end(name, number(value) + shock(f"s_{name}")) for name, value in worth.items()}
    solution = dt.solve(game(under(dt.move("A", ends), "A", draw, *(f"s_{name}" for name in worth)), "A"))
    known = {"normal": stats.norm, "logistic": stats.logistic, "gumbel": stats.gumbel_r}[law](0, spread)

    def chance(mine):
        others = [value for name, value in worth.items() if name != mine]
        return integrate.quad(
            lambda x: known.pdf(x) * np.prod([known.cdf(worth[mine] + x - v) for v in others]), -8, 20, epsabs=1e-12
        )[0]

    def tail(x):
        return 1 - np.prod([known.cdf(x - v) for v in worth.values()])

    best = integrate.quad(tail, 0, 25, epsabs=1e-11)[0] - integrate.quad(lambda x: 1 - tail(x), -25, 0, epsabs=1e-11)[0]
    for name in worth:
        assert solution[0].outcomes[name] == pytest.approx(chance(name), abs=1e-10)
    assert solution[0].payoffs["A"] == pytest.approx(best, abs=1e-9)
    assert solution.complete


def test_without_a_shock_one_of_three_actions_is_a_bound():
    # the best of 0 and two normal numbers around 0 is 0 a quarter of the time; their greater one exceeds it else
    law = dt.Normal(0, 1)
    tree = dt.move("A", stay=dt.end("stay", 0), left=dt.end("left", shock("l")), right=dt.end("right", shock("r")))
    found = dt.solve(game(under(tree, "A", law, "l", "r"), "A"))[0]
    assert found.outcomes["stay"] == pytest.approx(0.25, abs=1e-12)
    assert found.outcomes["left"] == pytest.approx(0.375, abs=1e-12)
    best = 2 * integrate.quad(lambda x: x * stats.norm.pdf(x) * stats.norm.cdf(x), 0, 10, epsabs=1e-13)[0]
    assert found.payoffs["A"] == pytest.approx(best, abs=1e-12)


@pytest.mark.slow
@pytest.mark.parametrize("law", ["normal", "logistic", "gumbel"])
def test_payoffs_with_shocks_on_outcomes_are_those_of_a_simulation(law):
    a, b, s = {"SQ": 0.5, "Cap": 2, "War": -0.5}, {"Cap": -1, "War": -0.2}, 0.5
    found = dt.solve(crisis(a, b, law, "outcomes", s))[0]
    rng = np.random.default_rng(7)
    known = {"normal": stats.norm, "logistic": stats.logistic, "gumbel": stats.gumbel_r}[law](0, s)
    e = known.rvs((6, 2_000_000), random_state=rng)
    r = found.strategies["B"].at({})["resist"]
    attacks = r * (a["War"] + e[2]) + (1 - r) * (a["Cap"] + e[1]) > a["SQ"] + e[0]
    resists = b["War"] + e[5] > b["Cap"] + e[4]
    mine = np.where(attacks, np.where(resists, a["War"] + e[2], a["Cap"] + e[1]), a["SQ"] + e[0])
    theirs = np.where(attacks, np.where(resists, b["War"] + e[5], b["Cap"] + e[4]), e[3])
    error = 5 * s * 2 / sqrt(e.shape[1])
    assert found.probability("attack") == pytest.approx(attacks.mean(), abs=error)
    assert found.payoffs["A"] == pytest.approx(mine.mean(), abs=error)
    assert found.payoffs["B"] == pytest.approx(theirs.mean(), abs=error)


@pytest.mark.slow
def test_payoffs_of_a_threat_that_selects_are_those_of_a_simulation():
    numbers = dict(SANCTIONS[2]["parameters"])
    found = dt.solve(sanctions(**numbers))[0]
    r = found.strategies["B"].at({})["resist"]
    e = np.random.default_rng(3).normal(0, numbers["sigma"], (3, 2_000_000))
    back, fight = numbers["a"] + e[0], numbers["WA"] + e[1]
    later = np.maximum(back, fight)
    threatens = (1 - r) * numbers["VA"] + r * later > numbers["SA"]
    f = ((fight > back) & threatens).sum() / threatens.sum()
    resists = f * (numbers["WB"] + e[2]) + (1 - f) * numbers["VB"] > numbers["CB"]
    mine = np.where(threatens, np.where(resists, later, numbers["VA"]), numbers["SA"])
    fought = np.where(fight > back, numbers["WB"] + e[2], numbers["VB"])
    theirs = np.where(threatens, np.where(resists, fought, numbers["CB"]), 0)
    assert found.payoffs["A"] == pytest.approx(mine.mean(), abs=4e-3)
    assert found.payoffs["B"] == pytest.approx(theirs.mean(), abs=4e-3)


@pytest.mark.slow
def test_uniform_shocks_on_outcomes_are_those_of_areas():
    # r = 1/2, so that the attacker compares half the sum of two shocks with one: symmetric about the means
    flat = dt.Uniform(-1, 1)
    zero = {"SQ": number(0), "Cap": number(0), "War": number(0)}
    found = dt.solve(on_outcomes(zero, zero, flat))[0]
    assert found.probability("attack") == pytest.approx(0.5, abs=1e-9)
    assert found.probability("resist") == pytest.approx(0.25, abs=1e-9)
    # P(x/2 + y/2 - z > 1/2) for uniform x, y, z on [-1, 1]: an area, by plain counting in fine steps
    moved = dt.solve(on_outcomes({**zero, "SQ": number("1/2")}, zero, flat))[0]
    u = (np.arange(2000) + 0.5) / 1000 - 1
    half = np.clip(((u[:, None] + u[None, :]) / 2 - 0.5 + 1) / 2, 0, 1).mean()
    assert moved.probability("attack") == pytest.approx(half, abs=1e-6)
