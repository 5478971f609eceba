"""The parts of the solver of private shocks against SciPy's integrals, and the certificate against wrong answers."""

import pickle
from dataclasses import replace

import numpy as np
import pytest
from scipy import integrate

import deterrence as dt
from deterrence.solvers.continuum.shocks.certificate import regret
from deterrence.solvers.continuum.shocks.choice_rules import choice
from deterrence.solvers.continuum.shocks.known_laws import Shock
from deterrence.solvers.continuum.shocks.sums import exceeds
from tests.solvers.continuum.shocks.trees import crisis, game, number, sanctions, shock, under

LAWS = [
    dt.Normal(number("0.3"), 2),
    dt.Logistic(-1, number("0.5")),
    dt.ExtremeValue(number("0.2"), number("1.5")),
    dt.Uniform(-1, 3),
    dt.Beta(2, 3),
]


@pytest.mark.parametrize("law", LAWS, ids=str)
def test_what_is_known_of_laws_agrees_with_their_densities(law):
    one = Shock(law)
    low, high = one.span
    cut = float(law.ppf(0.3))

    def mean_of(f, a, b):
        return integrate.quad(lambda x: f(x) * float(law.pdf(x)), a, b, epsabs=1e-12, limit=300)[0]

    assert one.mean == pytest.approx(mean_of(lambda x: x, low, high), abs=1e-9)
    assert float(one.below(cut)) == pytest.approx(0.3, abs=1e-12)
    assert float(one.above(cut)) == pytest.approx(0.7, abs=1e-12)
    assert float(one.part(cut)) == pytest.approx(mean_of(lambda x: x, low, cut), abs=1e-9)
    assert float(one.density(cut)) == pytest.approx(float(law.pdf(cut)), abs=1e-12)
    assert float(one.between(cut, law.ppf(0.9))) == pytest.approx(0.6, abs=1e-12)
    x, w = one.nodes()
    assert w.sum() == pytest.approx(1, abs=1e-12)
    assert w @ x**2 == pytest.approx(mean_of(lambda x: x * x, low, high), abs=1e-8)


@pytest.mark.parametrize("law", LAWS[:4], ids=str)
def test_waves_are_the_means_of_turning_numbers(law):
    one = Shock(law)
    x, w = one.nodes()
    for t in (-0.7, 1e-5, 0.4, 2.5):
        phi, slope = one.wave(np.array([t]))
        assert phi[0] == pytest.approx(w @ np.exp(1j * t * x), abs=1e-11)
        assert slope[0] == pytest.approx(w @ (1j * x * np.exp(1j * t * x)), abs=1e-9)


@pytest.mark.parametrize("laws", [LAWS[3:0:-1], [LAWS[4], LAWS[2], LAWS[0]], [LAWS[4], LAWS[1], LAWS[1]]])
def test_sums_of_shocks_exceed_a_level_as_often_as_integration_says(laws):
    shocks, weights, level = [Shock(law) for law in laws], np.array([1.0, -0.4, 0.7]), 0.3
    (x, u), (y, v) = shocks[0].nodes(), shocks[1].nodes()
    cut = (level - weights[0] * x[:, None] - weights[1] * y) / weights[2]
    above = np.asarray(shocks[2].law.cdf(cut))
    chances, parts, error = exceeds(level, weights, shocks)
    assert chances[0] == pytest.approx(1 - u @ above @ v, abs=max(2 * error, 1e-9))
    assert parts[0, 0] == pytest.approx((u * x) @ (1 - above) @ v, abs=1e-7)
    assert parts[0, 1] == pytest.approx(u @ (1 - above) @ (v * y), abs=1e-7)
    assert parts.sum(axis=0) == pytest.approx([one.mean for one in shocks], abs=1e-12)


@pytest.mark.slow
def test_a_negative_weight_of_the_largest_shock_turns_it_round():
    shocks = [Shock(dt.Beta(2, 2)), Shock(dt.Beta(2, 2)), Shock(dt.Beta(2, 2))]
    first, _, _ = exceeds(0.1, np.array([-1.0, 0.5, 0.5]), shocks)
    second, _, _ = exceeds(-0.1, np.array([1.0, -0.5, -0.5]), shocks)
    assert first[0] == pytest.approx(second[1], abs=1e-9)


@pytest.mark.slow
@pytest.mark.parametrize("law", [LAWS[0], LAWS[1], LAWS[3]], ids=str)
def test_shares_of_four_plans_with_two_shocks_are_those_of_a_fine_grid(law):
    one = Shock(law)
    worth = np.array([0.4, 0.0, 0.2, -0.1])
    weights = np.array([[0.0, 0.0], [1.0, 0.2], [0.3, 1.0], [1.0, -0.6]])
    taken = choice(worth, weights, [one, one])
    q = (np.arange(1500) + 0.5) / 1500
    x = np.asarray(law.ppf(q))
    values = worth[:, None, None] + weights[:, :1, None] * x[:, None] + weights[:, 1:, None] * x
    best = values.argmax(axis=0)
    assert taken.chances == pytest.approx(np.bincount(best.ravel(), minlength=4) / best.size, abs=2e-3)
    mean = values.max(axis=0).mean()
    assert taken.chances @ worth + (taken.parts * weights).sum() == pytest.approx(mean, abs=4e-3)


def test_an_action_with_the_weights_of_a_better_one_is_never_taken():
    one = Shock(dt.Normal(0, 1))
    taken = choice([0.0, 1.0, 0.5], [[0.0], [1.0], [1.0]], [one])
    assert taken.chances[2] == 0
    assert not taken.tie


@pytest.fixture(scope="module")
def found():
    numbers = {"SA": 0, "VA": 1, "CB": 0, "WA": -0.5, "WB": -0.8, "a": -0.6, "VB": 1, "sigma": 1}
    return dt.solve(sanctions(**numbers))[0]


def test_the_certificate_notices_wrong_probabilities(found):
    for h in range(3):
        rows = list(found.behaviour)
        rows[h] = (rows[h][0] + 1e-3, rows[h][1] - 1e-3)
        assert regret(replace(found, behaviour=tuple(rows))) > 5e-4


def test_the_certificate_notices_a_wrong_payoff(found):
    (first, value), second = found.payoff_list
    wrong = replace(found, payoff_list=((first, value + 1e-3), second))
    assert regret(wrong) > 5e-4
    assert regret(found) < 1e-12


def test_the_certificate_notices_the_wrong_reply_of_who_has_no_shocks():
    reply = dt.move("B", give=dt.end("given", 1 + shock("out"), 0), fight=dt.end("fought", -1 + shock("out"), -1))
    tree = dt.move("A", wait=dt.end("peace", shock("stay"), 1), strike=reply)
    right = dt.solve(game(under(tree, "A", dt.Normal(0, 1), "stay", "out"), "A", "B"))[0]
    assert regret(replace(right, behaviour=(right.behaviour[0], (0.0, 1.0)))) >= 1


def test_five_shocks_are_drawn_by_lots_and_the_certificate_is_then_coarse():
    lottery = dt.chance({f"s{k}": ("1/6", dt.end(f"o{k}", shock(f"s{k}"))) for k in range(6)})
    tree = dt.move("A", stay=dt.end("stay", shock("s6")), go=lottery)
    one = dt.solve(game(under(tree, "A", dt.Normal(0, 1), *(f"s{k}" for k in range(7))), "A"))[0]
    assert one.outcomes["stay"] == pytest.approx(0.5, abs=1e-12)
    assert one.regret < 1e-2


def test_answers_pickle_compare_and_print():
    solution = dt.solve(crisis({"SQ": 0, "Cap": 1, "War": -1}, {"Cap": 0, "War": 0}, "normal", "actions", 1))
    again = pickle.loads(pickle.dumps(solution[0]))
    assert again == solution[0]
    assert "B: yield_ (probability 0.5) or resist (probability 0.5) always." in str(solution)
    assert solution.number_in_words == "One perfect Bayesian equilibrium"
