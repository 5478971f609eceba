"""Measures at many points: what exact solutions say, assumptions, doubts, and what is kept of it."""

import numpy as np
import pytest

import deterrence as dt
from deterrence.answers.measure import as_measure
from deterrence.games.remembered import Remembered
from deterrence.grid.bulk import measured_points
from deterrence.grid.bulk.measured_points import KEPT, measured_at
from deterrence.grid.crew import Crew
from deterrence.grid.points import Cloud
from deterrence.grid.pointwise import PointSolver
from deterrence.models import load
from tests.analysis.random_games import random_game

NOISY = load("noisy_attribution").game


def cloud_of(game, names, count, grain, seed=1):
    ends = np.array([[float(game.parameters[n].low), float(game.parameters[n].high)] for n in names])
    shares = np.rint(np.random.default_rng(seed).random((count, len(names))) * grain) / grain
    return Cloud.rounded(ends[:, 0] + shares * (ends[:, 1] - ends[:, 0]), 2**30)


def asked(game, names, points, *measures, method=None):
    with Crew() as crew:
        return measured_at(game, method or dt.PerfectBayesian(), names, points, measures, crew, lambda _: None)


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("grain", [4, 2**16])
def test_the_ends_are_those_of_exact_solutions(seed, grain):
    game, _ = random_game(seed)
    names = tuple(game.parameters)
    measures = tuple(map(dt.payoff, game.players)) + tuple(map(dt.probability, game.outcomes))
    points = cloud_of(game, names, 8, grain, seed)
    found = asked(game, names, points, *measures)
    exact = PointSolver(game, dt.PerfectBayesian(), names, measures)(list(points))
    for k, equilibria in enumerate(exact.equilibria):
        for m in range(len(measures)):
            assert found.low[m, k] == pytest.approx(min(e.low[m] for e in equilibria), abs=1e-7)
            assert found.high[m, k] == pytest.approx(max(e.high[m] for e in equilibria), abs=1e-7)


def test_points_outside_the_assumptions_have_no_value():
    points = cloud_of(NOISY, ("detection",), 64, 2**16)
    found = asked(NOISY, ("detection",), points, dt.probability("strike"))
    outside = points.columns[0] < 0.1  # detection is assumed to be at least false_alarm, 0.1
    assert np.array_equal(np.isnan(found.low[0]), outside)
    assert outside.any()


def test_other_concepts_are_solved_point_by_point():
    game = load("strike").game
    points = cloud_of(game, ("war",), 4, 2**8)
    found = asked(game, ("war",), points, dt.probability("strike"), method=dt.Quantal(rationality=1))
    assert found.exact == 4
    assert (found.low > 0).all()


def test_the_same_question_is_answered_once_and_another_anew(monkeypatch):
    calls = []
    work = measured_points._measured
    monkeypatch.setattr(measured_points, "_measured", lambda *asked: calls.append(asked) or work(*asked))
    monkeypatch.setattr(measured_points, "KEPT", Remembered(4, room=10**6))
    points = cloud_of(NOISY, ("detection",), 16, 2**16)
    first, again = (asked(NOISY, ("detection",), points, dt.probability("strike")) for _ in range(2))
    assert first is again
    asked(NOISY, ("detection",), points, dt.payoff("Defender"))
    asked(NOISY.at(punishment=3), ("detection",), points, dt.probability("strike"))
    asked(NOISY, ("detection",), points, dt.probability("strike"), method=dt.PerfectBayesian(limit=99))
    asked(NOISY, ("detection",), cloud_of(NOISY, ("detection",), 16, 2**16, 2), dt.probability("strike"))
    assert len(calls) == 5


def test_what_is_kept_is_bounded():
    assert KEPT.room is not None
    kept = Remembered(10, room=100)
    for k in range(5):
        kept.of(k, lambda: np.zeros(6))  # 48 bytes
    assert len(kept) == 2
    kept.of("large", lambda: np.zeros(99))
    assert len(kept) == 0


def test_a_function_of_the_users_is_asked_each_time():
    answers = iter(range(100))
    points = cloud_of(NOISY, ("detection",), 2, 2**16)
    measure = as_measure(lambda _: next(answers))
    first, again = (asked(NOISY, ("detection",), points, measure) for _ in range(2))
    assert first.high.max() < again.high.max()
