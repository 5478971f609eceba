"""Models with continuous types or actions, or endless play: against brute force and simulation."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

import deterrence as dt
from deterrence import models
from deterrence.analysis.search.points.exact_points import points
from deterrence.continuous import ContinuousGame, Play
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


MODELS = [key for key in models.names() if isinstance(models.load(key).game, ContinuousGame)]


def changed(game, change):
    """Return a model whose body returns plays that are changed."""

    def body(**values):
        answer = game.body(**values)
        plays = (answer,) if isinstance(answer, Play) else answer if isinstance(answer, tuple) else answer.plays
        return tuple(change(play) for play in plays)

    return replace(game, body=body)


@pytest.mark.parametrize("key", MODELS)
def test_every_certificate_speaks_of_each_player_and_notices_a_payoff_that_is_told_wrong(key):
    game = models.load(key).game
    for equilibrium in dt.solve(game):
        assert set(equilibrium.play.gains) == set(equilibrium.play.recomputed) == set(game.players)
    for player in game.players:
        for sign in (-1, 1):

            def misreported(play, player=player, sign=sign):
                by = 0.02 * sign * (1 + max(map(abs, play.payoffs.values())))
                return replace(play, payoffs={**play.payoffs, player: play.payoffs[player] + by})

            solution = dt.solve(changed(game, misreported))
            assert len(solution) == 0
            assert f"the payoff of the {player} is given as" in solution.status


@pytest.mark.parametrize("key", MODELS)
def test_certificates_pass_all_over_the_declared_ranges(key):
    model = models.load(key)
    for point in points(model.game, 60, seed=5):
        assert "left out" not in model.solve(**point).status, point


def defender_by_iteration(numbers, length, burden):
    """Return what peace and each period of sanctions are worth to the Defender, by iterating their definitions."""
    _, _, _, f, d = numbers
    value = np.zeros(length + 1)
    for _ in range(4000):
        after = np.append(value[2:], value[0])
        value = np.array([d * ((1 - f) * value[0] + f * value[1]), *(-(1 - d) * burden + d * after)])
    return value


@pytest.mark.parametrize("length", [1, 2, 5])
def test_the_defender_carries_sanctions_out_up_to_where_attacks_for_ever_would_be_as_bad(length):
    numbers, harm = (1, 2, 0.6, 0.1, 0.9), 2.0
    contract = Contract(*numbers)
    largest = contract.largest_burden(length, harm)
    for burden, gains in ((0.99 * largest, False), (1.01 * largest, True)):
        value = defender_by_iteration(numbers, length, burden)
        refusing = 0.9 * -harm  # nothing in this period, the harm in each later one
        assert (refusing > value[1:].min()) == gains
        told = contract.gain_from_refusing(length, burden, harm)
        assert told == pytest.approx(max(0, refusing - value[1:].min()), abs=1e-9)


def test_no_defender_is_said_to_carry_out_what_it_would_rather_not():
    # 0.9 * 2 / (0.19 + 0.81 * 0.146029) = 5.8388, with the weight of sanctions in peace 0.146029 = 0.292058 / 2
    model = models.load("repeated_deterrence")
    assert "shortest sanctions" in {each.name for each in model.solve(burden=5.838)}
    refused = model.solve(burden=5.84)
    assert [each.name for each in refused] == ["no deterrence"]
    assert refused.complete
    assert "sanctions of 2 periods would deter, but the Defender would gain" in refused.status
    assert [each.name for each in model.solve(burden=20, harm=0)] == ["no deterrence"]
    assert {each.name for each in model.solve(burden=1.81)} == {"no deterrence", "shortest sanctions"}
    assert "the Defender would not carry out" in model.solve(burden=1.81).status


def test_the_longest_sanctions_that_are_carried_out_are_the_longest():
    contract, harm = Contract(1, 2, 0.6, 0.1, 0.9), 2
    for burden in (5.8, 4, 3, 2, 1.81):
        longest = contract.longest(burden, harm, 2)
        assert burden <= contract.largest_burden(longest, harm)
        assert burden > contract.largest_burden(longest + 1, harm)
    assert contract.longest(1.8, harm, 2) == float("inf")


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
