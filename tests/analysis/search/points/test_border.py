"""Borders followed towards the present values: what is found is known by hand, and does not depend on company."""

import numpy as np
import pytest

from deterrence.analysis.search.points.border import Border, Lead
from deterrence.analysis.search.points.in_step import in_step

WALLS = np.full(3, -1.0), np.full(3, 1.0)
SEEDS = [np.array(row) for row in ([0.9, 0.9, 0.9], [1.0, 0.5, 0.0], [0.2, 0.9, 0.4])]
NEAREST_OF_PLANE = {"max": 1 / 6, "euclidean": 1 / 14**0.5, "sum": 1 / 3}
"""Of x + 2 y + 3 z >= 1: all share the way, the foot of the perpendicular, the steepest alone."""


def plane(points):
    return points @ np.array([1.0, 2.0, 3.0]) >= 1


def outside_of_a_ball(points):
    return ((points + 0.5) ** 2).sum(axis=1) >= 3


class Counted:
    """A test of points that counts how often it is asked."""

    def __init__(self, test):
        self.test, self.calls = test, 0

    def __call__(self, points):
        self.calls += 1
        return self.test(points)


def followed(holds, seeds, norm):
    border = Border(*WALLS, norm)
    return in_step(holds, [border.follow(seed, Lead(np.inf)) for seed in seeds])


@pytest.mark.parametrize("norm", NEAREST_OF_PLANE)
def test_the_nearest_point_of_a_plane_is_found_from_anywhere(norm):
    border = Border(*WALLS, norm)
    for point, inside in followed(plane, SEEDS, norm):
        assert border.size(point) == pytest.approx(NEAREST_OF_PLANE[norm], rel=1e-2)
        assert plane(inside[None, :])[0]


def test_the_nearest_point_outside_of_a_ball_is_found():
    # In the norm "max" all three move alike: (d + 1/2)^2 = 1.
    for point, _ in followed(outside_of_a_ball, SEEDS, "max"):
        assert np.abs(point).max() == pytest.approx(0.5, rel=1e-2)


@pytest.mark.parametrize("holds", [plane, outside_of_a_ball])
def test_in_step_each_finds_what_it_finds_alone_in_fewer_calls(holds):
    together, alone = Counted(holds), Counted(holds)
    found = followed(together, SEEDS, "max")
    one_by_one = [followed(alone, [seed], "max")[0] for seed in SEEDS]
    for pair, other in zip(found, one_by_one, strict=True):
        assert np.array_equal(pair, other)
    assert together.calls < alone.calls


def test_a_seed_at_which_it_does_not_hold_leads_nowhere():
    assert followed(plane, [np.zeros(3)], "max") == [None]
    assert followed(plane, [], "max") == []


def test_those_behind_give_up_earlier_than_those_ahead():
    lead = Lead(0.5)
    assert lead.worth(0.6) > lead.worth(0.4)
    assert lead.size == 0.4
    assert lead.worth(0.45) == Lead(0.1).worth(0.45)
