"""The crisis with audience costs: against simulation, and with other distributions of resolve."""

import numpy as np
import pytest
from scipy import stats

import deterrence as dt
from deterrence.errors import GameError
from deterrence.models.fearon1994.audience_costs import audience_costs, with_resolve


def test_a_simulation_of_the_crisis_ends_as_often_in_war_and_in_each_concession():
    game = audience_costs.at(first_cost=1.5, second_cost=0.7, first_range=2, second_range=3)
    one = dt.solve(game)[0]
    end, rng, size = one.strategies["horizon"], np.random.default_rng(1994), 400_000
    costs = (1.5, 0.7)
    soft = [one.strategies[f"chance that {name} would quit before the horizon"] for name in ("First", "Second")]
    times = []
    for side in (0, 1):
        # survival k / (1 + a t), a the other's cost, is inverted; the hard types stay to the end
        k = (1 - soft[side]) * (1 + costs[1 - side] * end)
        u = rng.uniform(0, 1, size)
        quit_at = np.where(u > k, 0.0, (k / u - 1) / costs[1 - side])
        times.append(np.where(quit_at >= end, np.inf, quit_at))
    war = np.isinf(times[0]) & np.isinf(times[1])
    assert war.mean() == pytest.approx(one.probability("war"), abs=0.003)
    assert (times[0] < times[1]).mean() == pytest.approx(one.probability("First concedes"), abs=0.003)


def test_types_spread_evenly_by_scipy_give_the_same():
    ours = dt.solve(audience_costs.at(second_cost=0.5))[0]
    theirs = dt.solve(with_resolve(stats.uniform(-2, 2), stats.uniform(-2, 2)).at(second_cost=0.5))[0]
    assert theirs.outcomes == pytest.approx(dict(ours.outcomes), abs=1e-8)
    assert theirs.payoffs == pytest.approx(dict(ours.payoffs), abs=1e-8)


def test_normal_resolve_has_an_equilibrium_in_which_nobody_gains():
    one = dt.solve(with_resolve(stats.norm(-1.2, 0.4), stats.norm(-1.5, 0.4)))[0]
    assert one.regret < 1e-9
    assert one.probability("First concedes") < one.probability("Second concedes")


def test_types_who_would_rather_fight_than_be_given_the_prize_are_refused():
    with pytest.raises(GameError, match="more than the prize"):
        with_resolve(stats.norm(0, 1), stats.norm(-1.5, 0.4))
