"""Equilibria in bulk against exact solutions, one by one: on random games, with ties and impossible draws, and models."""

import sys
from fractions import Fraction

import numpy as np
import pytest

import deterrence as dt
from deterrence.errors import ParameterError
from deterrence.grid.bulk.solver import BulkSolver, suited
from deterrence.grid.bulk.tables import Tables
from deterrence.models import load
from tests.analysis.random_games import random_game as shared_payoffs
from tests.random_games import random_game

MODELS = ["noisy_attribution", "direct_or_proxy", "kydd2017/threats_and_assurances", "cuba-1962", "iraq-2020"]


def points_of(game, count, grain, seed=1):
    """Return names and columns of random points on a grid of so many steps, whose floats are exact."""
    varied = [p for p in game.parameter_list if p.low is not None and p.high is not None and p.low < p.high]
    share = np.rint(np.random.default_rng(seed).random((len(varied), count)) * grain) / grain
    ends = np.array([[float(p.low), float(p.high)] for p in varied]).reshape(-1, 2)
    return tuple(p.name for p in varied), ends[:, :1] + (ends[:, 1:] - ends[:, :1]) * share


def exactly(game, names, point, measures):
    """Return the plays on the path and the ends of measures over each, by exact solutions; None where none is given."""
    try:
        solution = dt.PerfectBayesian().solve(game.at(dict(zip(names, map(Fraction, point), strict=True))))
    except ParameterError:
        return None
    if not solution.complete:
        return None
    found = {}
    for each in solution:
        ends = np.array([list(map(float, measure.ends(each))) for measure in measures])
        low, high = found.get(each.path_pattern, (ends[:, 0], ends[:, 1]))
        found[each.path_pattern] = np.minimum(low, ends[:, 0]), np.maximum(high, ends[:, 1])
    return found


def compared(game, count, grain, seed=1):
    """Ask that what bulk decides is what exact solutions say; return how many points were decided, and all."""
    names, columns = points_of(game, count, grain, seed)
    measures = [*map(dt.probability, (*game.outcomes, *game.actions)), *map(dt.payoff, game.players)]
    solver = BulkSolver(game, names, measures)
    plays = solver(list(columns))
    for k in np.flatnonzero(~plays.open).tolist():
        exact = exactly(game, names, columns[:, k], measures)
        if exact is None:
            continue
        here = np.flatnonzero(plays.point == k)
        paths = [
            tuple(None if s < 0 else of[s] for s, of in zip(plays.path[j], solver.supports.of, strict=True))
            for j in here
        ]
        assert sorted(paths, key=str) == sorted(exact, key=str)
        for j, path in zip(here, paths, strict=True):
            assert exact[path][0] == pytest.approx(plays.measured[:, j], abs=1e-7)
            assert exact[path][1] == pytest.approx(plays.measured[:, j], abs=1e-7)
    return int((~plays.open).sum()), count


@pytest.mark.parametrize("seed", range(24))
@pytest.mark.parametrize("grain", [1, 16, 2**20], ids=["at ends of ranges", "on a coarse grid", "anywhere"])
def test_what_bulk_decides_is_what_exact_solutions_say(seed, grain):
    for game in (random_game(seed, functions=seed % 3 == 0), shared_payoffs(seed)[0]):
        if game is not None and suited(game) and points_of(game, 1, 1)[0]:
            compared(game, 6, grain, seed)


@pytest.mark.parametrize("name", MODELS)
def test_of_a_model_almost_every_random_point_is_decided_and_rightly(name):
    decided, count = compared(load(name).game, 12, 2**20)
    assert decided >= 0.9 * count


def test_a_tie_is_left_open():
    @dt.game("A", "B")
    def tied(x=dt.share(0.5, "a payoff")):
        return dt.move("A", left=dt.end("left", x, 0), right=dt.end("right", x, 1))

    assert BulkSolver(tied, ("x",), ())([np.array([0.25, 0.5])]).open.all()


def test_a_game_with_many_actions_is_left_to_exact_solvers():
    moves = {f"offer {k}": dt.end("end", k, 0) for k in range(12)}
    assert not suited(dt.Game(("A", "B"), dt.move("A", moves), (), name="many"))


def test_a_chance_that_may_be_rounding_leaves_the_point_open():
    game = load("noisy_attribution").game
    tables = Tables(game, ("detection",), [np.array([0.0, 1e-13, 0.5])])
    assert tables.plain.tolist() == [True, False, True]


def test_points_with_too_many_rows_are_left_open(monkeypatch):
    monkeypatch.setattr(sys.modules[BulkSolver.__module__], "MOST_ROWS", 1)
    names, columns = points_of(load("iraq-2020").game, 8, 2**20)
    assert BulkSolver(load("iraq-2020").game, names, ())(list(columns)).open.any()


def test_mixtures_are_those_worked_out_by_hand():
    chicken = dt.matrix(
        {
            ("dare", "dare"): dt.end("crash", -1, -1),
            ("dare", "yield"): dt.end("first", dt.param(1, "gain", low=0, high=4).named("gain").expression, 0),
            ("yield", "dare"): dt.end("second", 0, 1),
            ("yield", "yield"): dt.end("draw", 0, 0),
        }
    )
    game = dt.Game(("A", "B"), chicken, (dt.param(1, "gain", low=0, high=4).named("gain"),), name="chicken")
    plays = BulkSolver(game, ("gain",), [dt.probability("crash")])([np.array([1.0, 3.0])])
    mixed = {int(p): v for p, v in zip(plays.point, plays.measured[0], strict=True) if 0 < v < 1}
    # By hand: A dares with 1/2 whatever the gain, and B with gain / (1 + gain).
    assert mixed == pytest.approx({0: 1 / 4, 1: 3 / 8})


def test_a_move_with_one_action_is_made_and_no_points_have_no_plays():
    @dt.game("A", "B")
    def waiting(gain=dt.param(1, "gain", low=0, high=4)):
        return dt.move("A", stay=dt.end("stay", 2, 0), go=dt.move("B", nod=dt.end("nod", gain, 0)))

    solver = BulkSolver(waiting, ("gain",), [dt.probability("nod")])
    assert solver([np.array([1.0, 3.0])]).measured.tolist() == [[0, 1]]  # A goes for more than 2
    assert not len(solver([np.zeros(0)]).point)
