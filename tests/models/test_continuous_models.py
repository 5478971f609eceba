"""Models with continuous types or actions, or endless play: against brute force and simulation."""

import numpy as np
import pytest
from scipy import stats

import deterrence as dt
from deterrence import models
from deterrence.models.baliga2004.arms_race import with_costs
from deterrence.models.green1984.repeated_deterrence import Contract
from deterrence.models.nalebuff1986.risk_auction import with_values


def test_sanction_threats_agree_with_a_simulation_of_the_shocks():
    one = models.load("sanction_threats").solve()[0]
    resist = one.strategies["chance of resistance to a threat"]
    rng, size = np.random.default_rng(2013), 1_000_000
    impose, back = rng.normal(-0.5, 1, size), rng.normal(-0.6, 1, size)
    threat = resist * np.maximum(impose, back) + (1 - resist) * 1 > 0
    kept = (impose > back)[threat].mean()
    fights = kept * (rng.normal(-0.8, 1, size)) + (1 - kept) * 1 > 0
    assert threat.mean() == pytest.approx(one.strategies["chance of a threat"], abs=2e-3)
    assert kept == pytest.approx(one.strategies["chance that a resisted threat is kept"], abs=2e-3)
    assert fights.mean() == pytest.approx(resist, abs=2e-3)
    worth = np.where(threat, np.where(fights, np.maximum(impose, back), 1), 0)
    assert worth.mean() == pytest.approx(one.payoffs["Sender"], abs=5e-3)


@pytest.mark.parametrize(
    "values",
    [
        {"sender_status_quo": 5, "target_spared": 5},
        {"sender_success": -5, "target_spared": 5},
        {"sender_back_down": 3},
        {"sender_sanctions": -5, "sender_back_down": -5},
    ],
)
def test_where_threats_are_rare_or_certain_every_equilibrium_found_is_verified(values):
    solution = models.load("sanction_threats").solve(**values)
    assert solution.complete
    assert len(solution) > 0
    assert all(one.regret < 1e-6 for one in solution)


def test_risks_are_those_of_a_simulation_for_values_that_are_not_spread_evenly():
    game = with_values(stats.beta(2, 3))
    one = dt.solve(game)[0]
    rng, size = np.random.default_rng(1986), 200_000
    grid = np.linspace(0, 0.9999, 20_001)
    slope = grid * stats.beta(2, 3).pdf(grid) / stats.beta(2, 3).sf(grid)  # s' = v f / (1 - F) at d = 1
    bids = np.concatenate([[0], np.cumsum((slope[1:] + slope[:-1]) / 2 * np.diff(grid))])
    first, second = (np.interp(stats.beta(2, 3).rvs(size, random_state=rng), grid, bids) for _ in (0, 1))
    disaster = 1 - np.exp(-np.minimum(first, second))
    assert disaster.mean() == pytest.approx(one.probability("disaster"), abs=2e-3)
    assert one.regret < 1e-6


def value_by_iteration(contract, length):
    """Return the values of peace and of each period of sanctions, by iterating their definitions."""
    d, f, value = contract.patience, contract.false_alarm, np.zeros(length + 1)
    for _ in range(4000):
        after = np.append(value[2:], value[0])
        value = np.array([d * ((1 - f) * value[0] + f * value[1]), *(-(1 - d) * contract.sanction + d * after)])
    return value


@pytest.mark.parametrize(
    "numbers", [(1, 2, 0.6, 0.1, 0.9), (1, 2, 0.6, 0.1, 0.6), (0.5, 3, 0.5, 0.2, 0.8), (2, 9, 0.7, 0.05, 0.4)]
)
def test_the_shortest_sanctions_deter_and_shorter_ones_do_not(numbers):
    contract = Contract(*numbers)
    gain, _, alarm, _, d = numbers
    shortest = contract.shortest()
    for length in range(1, shortest + 2):
        value = value_by_iteration(contract, length)
        attack = (1 - d) * gain + d * ((1 - alarm) * value[0] + alarm * value[1])
        assert (value[0] >= attack) == (length >= shortest)
        assert contract.values(length)[0] == pytest.approx(value[0])
        assert contract.gain_from_deviating(length) == pytest.approx(max(0, attack - value[0]), abs=1e-12)


def test_sanctions_where_the_alarm_says_too_little_deter_at_no_length():
    contract = Contract(1, 1, 0.3, 0.2, 0.99)
    assert contract.shortest() is None
    assert all(contract.gain_from_deviating(length) > 0 for length in (1, 10, 100, 600))


def test_an_arms_race_with_concentrated_costs_may_have_several_equilibria():
    game = with_costs(stats.norm(0.5, 0.1)).at(advantage=0.3, fear=0.7)
    solution = dt.solve(game)
    assert len(solution) == 3
    for one in solution:
        p = one.probability("First builds")
        assert stats.norm(0.5, 0.1).cdf(0.7 * p + 0.3 * (1 - p)) == pytest.approx(p, abs=1e-9)
        assert one.regret < 1e-9
    swept = dt.sweep(game, "arms race", fear=[0.4, 0.7])
    assert swept.data["high"].values[0, 1] - swept.data["low"].values[0, 1] > 0.9


def test_where_weapons_are_worth_having_alone_there_are_asymmetric_equilibria():
    solution = models.load("arms_race").solve(advantage=2, fear=0.1, highest_cost=1)
    told = {(round(one.probability("First builds"), 6), round(one.probability("Second builds"), 6)) for one in solution}
    # given that the other builds, costs up to 0.1 do; given that it builds with 0.1, costs up to 1.81 do: by hand
    assert {(1, 0.1), (0.1, 1)} <= told
    assert len(told) == 3


@pytest.mark.parametrize(("strike", "struck", "war"), [(1, -1, 0), (0.5, -2, -1)])
def test_iterated_best_responses_from_both_ends_meet_at_the_cutoff_for_a_strike(strike, struck, war):
    one = models.load("preemption").solve(strike=strike, struck=struck, war=war, noise=0.2)[0]
    mine = (np.arange(400) + 0.5) / 1000 - 0.2

    def best_answer(cutoff):
        signals = np.linspace(cutoff - 1, cutoff + 1, 101)
        theta = signals[:, None] - mine
        waits = np.clip((theta + 0.2 - cutoff) / 0.4, 0, 1)
        gap = (waits * (strike - theta) + (1 - waits) * (war - struck)).mean(axis=1)
        return float(np.interp(0, -gap, signals))  # the gap falls in the signal

    for end in (-6.0, 8.0):
        cutoff = end
        for _ in range(200):
            cutoff = best_answer(cutoff)
        assert cutoff == pytest.approx(one.strategies["signal below which each strikes"], abs=0.01)


def test_hassling_agrees_with_brute_force_over_offers_and_hassling():
    rng = np.random.default_rng(2021)
    model, offers = models.load("hassling"), np.linspace(0, 1, 401)
    for _ in range(60):
        p, ca, cb = rng.uniform(0.3, 0.95), *rng.uniform(0, 0.2, 2)
        decline, future, cost = rng.uniform(0, p), rng.uniform(0.2, 1.5), rng.uniform(0.5, 20)
        h = np.linspace(0, decline, 401)
        later = future * (p - decline + h - ca) - cost * h**2 / 2
        best = h[np.argmax(later)]
        accepts = offers + later.max() >= (1 + future) * p - ca
        rising = np.where(accepts, 1 - offers + future * (1 - (p - decline + best - ca)), (1 + future) * (1 - p) - cb)
        at = {
            "strength": p,
            "decline": decline,
            "declining_cost": ca,
            "rising_cost": cb,
            "future": future,
            "hassling_cost": cost,
        }
        one = model.solve(**{name: round(float(value), 9) for name, value in at.items()})[0]
        assert one.payoffs["Rising"] == pytest.approx(rising.max(), abs=0.004)
