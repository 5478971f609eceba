"""The nearest change found by points: as near as formulas find it, never above one alone, and never called proved."""

import numpy as np
import pytest

import deterrence as dt
from deterrence.analysis.robustness import robustness
from deterrence.analysis.search.points import oracle, searches
from deterrence.analysis.what_would_it_take import what_would_it_take
from deterrence.grid import crew
from deterrence.grid.processes import worker_processes
from deterrence.models import load
from deterrence.models.folklore.strike import strike as PUBLISHED
from tests.analysis.random_games import random_game

STRIKE = PUBLISHED.plausible(dict.fromkeys(PUBLISHED.parameters))
"""The distances below are shares of the declared ranges."""


@pytest.fixture
def by_points(monkeypatch):
    """Have the search go by points in every game."""

    def switch(*, on):
        monkeypatch.setattr(searches, "MANY_PARAMETERS", 1 if on else 10**6)
        monkeypatch.setattr(searches, "FEW_PLAYS", 0)

    return switch


@pytest.mark.parametrize("norm", ["max", "euclidean", "sum"])
@pytest.mark.parametrize("name", ["strike", "direct_or_proxy", "threats_and_assurances"])
def test_points_lead_as_near_as_formulas(by_points, name, norm):
    game = load(name).game
    by_points(on=True)
    found = robustness(game, norm=norm)
    by_points(on=False)
    formulas = robustness(game, norm=norm)
    assert formulas.distance * (1 - 1e-4) <= found.distance <= formulas.distance * 1.01
    assert not found.proved
    assert "A nearer one is not excluded by proof. Sought among" in str(found)


def test_the_distance_of_a_plane_is_the_one_worked_out_by_hand(by_points):
    by_points(on=True)

    # A holds back while gain <= loss; from 3 and 6, of ranges 20 and 10 wide, 20 d + 10 d = 3.
    @dt.game("A")
    def choice(gain=dt.param(3, "gain", low=0, high=20), loss=dt.param(6, "loss", low=0, high=10)):
        return dt.move("A", go=dt.end("go", gain), stay=dt.end("stay", loss))

    found = robustness(choice, "go")
    assert found.distance == pytest.approx(0.1, rel=0.01)
    assert robustness(choice, "go", norm="sum").distance == pytest.approx(3 / 20, rel=0.01)


@pytest.mark.parametrize("seed", [1, 3, 4, *(pytest.param(k, marks=pytest.mark.slow) for k in (0, 2, 5, 6, 7, 8, 9))])
def test_a_joint_change_is_never_larger_than_one_alone_and_is_confirmed_exactly(by_points, seed):
    by_points(on=True)
    game, _ = random_game(seed)
    game = game.at({name: p.value or p.high / 3 for name, p in game.parameters.items()})
    found = robustness(game)
    assert found.distance <= min((radius.distance for radius in found.radii), default=float("inf"))
    if found.joint is not None:
        there = dt.solve(game.at(dict(found.joint.values)), found.method)
        assert {e.play for e in there} != set(found.classes) or found.distance == 0


def test_where_no_parameter_alone_overturns_it_several_are_found_to(by_points):
    by_points(on=True)

    @dt.game("A")
    def both(x=dt.share(0.25, "one"), y=dt.share(0.25, "other")):
        return dt.move("A", go=dt.end("go", x + y), stay=dt.end("stay", 1.5))

    found = robustness(both, "go")
    assert all(radius.nearest is None for radius in found.radii)
    assert found.distance == pytest.approx(0.5, rel=0.01)  # by hand: x = y = 3/4


def test_a_tie_today_has_distance_zero(by_points):
    by_points(on=True)
    assert robustness(STRIKE.at(war=6), "strike").distance == 0


def test_a_target_is_met_as_near_as_formulas_meet_it(by_points):
    game = STRIKE.at(punishment=3)
    by_points(on=True)
    found = what_would_it_take(game, "strike", "<= 0.1")
    by_points(on=False)
    formulas = what_would_it_take(game, "strike", "<= 0.1")
    assert found.change.distance == pytest.approx(formulas.change.distance, rel=0.01)
    some = [what_would_it_take(game, "strike", "<= 0.1", over="some").change.distance]
    assert some[0] <= found.change.distance * 1.01


def test_points_left_undecided_are_told(by_points, monkeypatch):
    by_points(on=True)
    monkeypatch.setattr(oracle, "MOST_EXACT", 0)

    @dt.game("A", "B")
    def tied(x=dt.share(0.25, "one"), y=dt.share(0.25, "other")):
        below = dt.move("B", left=dt.end("left", x, y), right=dt.end("right", 0.5, y))
        return dt.move("A", go=below, stay=dt.end("stay", x + y - 1, 0))

    assert "were left undecided" in str(robustness(tied))


def test_progress_is_told_and_wrong_progress_refused(by_points):
    by_points(on=True)
    shares = []
    robustness(STRIKE, "strike", progress=shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == 1
    with pytest.raises(dt.errors.ParameterError, match="progress=3 cannot be told anything"):
        robustness(STRIKE, "strike", progress=3)


@pytest.mark.slow
def test_iraq_in_all_its_parameters_ends():
    game = load("iraq-2020").game
    found = robustness(game.plausible(dict.fromkeys(game.parameters)), "war")  # in shares of the declared ranges
    assert found.distance <= 0.03
    there = dt.solve(load("iraq-2020").game.at(dict(found.joint.values)))
    values = [float(e.probability("war")) for e in there]
    assert np.abs(np.array(values) - found.measured[0]).max() > 0.01


@pytest.fixture
def on_cores(monkeypatch):
    """Have questions shared out at once among so many processes, however small they are."""

    def switch(count):
        monkeypatch.setattr(crew, "free_cores", lambda: count)
        monkeypatch.setattr(crew, "PATIENCE", -1.0)
        monkeypatch.setattr(crew, "WORTH", -1.0)
        monkeypatch.setattr(oracle, "SHARED", 20)

    return switch


@pytest.mark.slow
def test_answers_do_not_depend_on_the_number_of_cores(by_points, on_cores, monkeypatch):
    by_points(on=True)
    asked = []
    monkeypatch.setattr(crew, "worker_processes", lambda count: asked.append(count) or worker_processes(count))
    answers = []
    for count in (1, 2):
        on_cores(count)
        answers.append((robustness(STRIKE, "strike"), what_would_it_take(STRIKE.at(punishment=3), "strike", "<= 0.1")))
    assert asked == [1, 1]  # one core starts no process, and two cores one a question
    assert answers[0] == answers[1]
    assert answers[0][0].distance == pytest.approx(1 / 15, rel=0.01)  # by hand: war rises by 25 d, loss falls by 20 d


def test_a_target_that_no_process_can_be_sent_is_sought_here(by_points, on_cores):
    by_points(on=True)
    game = STRIKE.at(punishment=3)
    on_cores(2)
    here = what_would_it_take(game, "strike", lambda value: value <= 0.1, over="some")
    assert here.change.distance == pytest.approx(1 / 20, rel=0.01)  # by hand: punishment from 3 to 4, of a range of 20


def test_a_parameter_that_does_not_matter_does_not_move(by_points):
    by_points(on=True)

    @dt.game("A", "B")
    def choice(
        gain=dt.param(3, "gain", low=0, high=20),
        idle=dt.param(1, "gain of one who has no choice", low=0, high=10),
        loss=dt.param(6, "loss", low=0, high=10),
    ):
        return dt.move("A", go=dt.end("go", gain, idle), stay=dt.end("stay", loss, 0))

    found = robustness(choice, "go")
    assert set(found.joint.values) == {"gain", "loss"}
    assert found.distance == pytest.approx(0.1, rel=0.01)  # 20 d + 10 d = 3
