"""Grids are cut where tests change, and what is told of whole blocks is what each point would say."""

import operator
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import deterrence as dt
from deterrence import matrix, param
from deterrence.games.expression import exact_number
from deterrence.grid.blocks import Evaluation
from deterrence.grid.bounds import throughout
from deterrence.grid.decimals import decimals
from deterrence.grid.points import Grid
from deterrence.grid.schedule import COLUMNS
from deterrence.grid.spread import Spread
from deterrence.grid.steps import Steps
from tests.sample_games import attribution

NAN = float("nan")


@dt.game("Challenger", "Defender")
def chicken(
    first=param(6, "what war costs the challenger", low=0, high=10),
    second=param(6, "what war costs the defender", low=0, high=10),
):
    """Yield or stand firm: standing firm alone gains 5, yielding alone costs 3."""
    return matrix(
        {
            ("yield", "yield"): (0, 0),
            ("yield", "stand"): (-3, 5),
            ("stand", "yield"): (5, -3),
            ("stand", "stand"): dt.end("war", -first, -second),
        }
    )


def test_a_large_grid_of_chicken_is_what_a_hand_calculation_gives_at_every_point():
    costs = [(k + 0.5) / 20 for k in range(200)]
    data = dt.sweep(chicken, "war", first=costs, second=costs).data.isel(measure=0)
    first, second = (axis.reshape(200, 200) for axis in np.meshgrid(costs, costs, indexing="ij"))
    three, none_worse = (first > 3) & (second > 3), (first < 3) & (second < 3)
    mixed = 25 / ((first + 2) * (second + 2))  # each stands firm with probability 5 / (the other's cost + 2)
    np.testing.assert_array_equal(data["count"], np.where(three, 3, 1))
    np.testing.assert_array_equal(data["low"], np.where(none_worse, 1.0, 0.0))
    np.testing.assert_allclose(data["high"], np.where(none_worse, 1.0, np.where(three, mixed, 0.0)), rtol=1e-15)
    inside = data["exists"].sum("class")
    np.testing.assert_array_equal(inside, data["count"])
    assert bool((data["value"].isnull() == ~data["exists"]).all())


def test_points_on_the_line_where_classes_meet_are_told_apart_in_a_large_grid():
    costs = [k / 20 for k in range(161)]  # 3 is among them
    swept = dt.sweep(chicken, "war", first=costs, second=costs)
    data = swept.data.isel(measure=0)
    assert (
        "at 321 grid points where classes meet, mixtures of them are not listed" in swept.status
    )  # either cost is 3, which 161 + 161 - 1 points share
    assert int(data["count"].sel(first=3, second=5)) == 2  # one yields; standing firm is best for one at least
    assert int(data["count"].sel(first=3, second=3)) == 3  # and war, where yielding costs as much
    assert int(data["count"].sel(first=3.05, second=2.95)) == 1
    assert float(data["high"].sel(first=3.05, second=3.05)) == pytest.approx(25 / 5.05**2, rel=1e-14)


def test_a_large_grid_says_what_a_small_one_says_where_conditions_depend_on_both_axes():
    detection = [Fraction(k, 160) for k in range(161)]
    benefit = [Fraction(k, 40) for k in range(1, 101)]
    large = dt.sweep(attribution, "strike", detection=detection, benefit=benefit).data
    small = dt.sweep(attribution, "strike", detection=detection[3::16], benefit=benefit[5::9]).data
    part = large.sel(detection=small["detection"], benefit=small["benefit"])
    for name in ("low", "high", "count"):
        np.testing.assert_allclose(part[name], small[name], rtol=0, atol=1e-14)


@pytest.mark.parametrize("cuts", [((), ()), ((3,), ()), ((1, 2, 90), (64, 65)), ((), (1, 199))])
def test_blocks_keep_to_one_side_of_each_cut_and_hold_every_point_once(cuts):
    grid = Grid([range(100), range(200)])
    seen = np.zeros(len(grid), dtype=int)
    for block in grid.blocks(cuts, 1000):
        block.of(seen)[...] += 1
        assert block.size <= 1000
        row, column = divmod(block.start, 200)
        for start, length, some in ((row, block.shape[0], cuts[0]), (column, block.shape[1], cuts[1])):
            assert not any(start < cut < start + length for cut in some)
    assert (seen == 1).all()


# -- bounds ------------------------------------------------------------------------------------------------------------

OPERATIONS = ("add", "multiply", "divide", "least", "greatest")
SMALL = st.integers(-6, 6).map(lambda k: k / 2)


def test_bounds_settle_a_test_only_where_a_hand_calculation_does():
    steps = Steps()
    product = steps.multiply(steps.column(0), steps.column(1))
    tests = [steps.compare("greater", product, 1.0), steps.near_zero(steps.column(1), 0.5)]
    ends = {
        0: (np.array([2.0, 0.0, 0.0]), np.array([3.0, 1.0, 1.0])),
        1: (np.array([1.0, 0.0, 2]), np.array([2.0, 1, 3])),
    }
    (sure, may), (near, maybe_near) = throughout(steps, tests, {}, ends.__getitem__)
    assert sure.tolist() == [True, False, False]  # products from 2 to 6, from 0 to 1 and from 0 to 3
    assert may.tolist() == [True, False, True]
    assert near.tolist() == [False, False, False]
    assert maybe_near.tolist() == [False, True, False]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_what_bounds_settle_is_what_every_point_in_the_box_says(data):
    steps = Steps()
    places = [steps.column(0), steps.column(1), steps.number(data.draw(SMALL)), steps.number(1.5)]
    for _ in range(data.draw(st.integers(1, 6))):
        operation = getattr(steps, data.draw(st.sampled_from(OPERATIONS)))
        a, b = (data.draw(st.sampled_from(places)) for _ in range(2))
        if operation == steps.divide and steps.constant(b) == 0:
            continue
        places += [operation(a, b), steps.negative(a), steps.absolute(b)]
    tests = [steps.compare(kind, places[-3], 0.5) for kind in ("greater", "less_equal")]
    tests = [*tests, steps.near_zero(places[-1], 0.25), steps.both(tests), steps.either(tests)]
    lows = [data.draw(SMALL) for _ in range(2)]
    highs = [low + data.draw(st.integers(0, 4)) / 4 for low in lows]
    found = throughout(steps, tests, {}, lambda k: (np.array(lows[k : k + 1]), np.array(highs[k : k + 1])))
    axes = [np.linspace(low, high, 9) for low, high in zip(lows, highs, strict=True)]
    columns = [axis.reshape(1, -1) for axis in np.meshgrid(*axes)]
    run = Evaluation(steps, [tests], [COLUMNS, COLUMNS], (1, 81, 81))
    run.start(columns)
    for test, (sure, may) in zip(tests, found, strict=True):
        assert not sure.all() or run[test].all()
        assert may.any() or not run[test].any()


# -- parts -------------------------------------------------------------------------------------------------------------


@settings(max_examples=50)
@given(st.lists(st.floats(allow_nan=False, allow_infinity=False) | st.integers(-999, 999).map(lambda k: k / 100)))
def test_floats_are_read_as_the_decimals_that_they_are_written_as(values):
    for some in (values, [round(value, 9) for value in values if abs(value) < 1e6], values[:1]):
        read = decimals(some)
        assert read == tuple(map(exact_number, some))
        assert all(map(operator.is_, map(type, read), (type(exact_number(value)) for value in some)))


def test_a_spread_is_the_least_and_the_greatest_whichever_classes_come_first():
    varied, some, same = np.array([[0.25, 0.5]]), np.array([[NAN, 0.75]]), np.array([[0.4]])
    for order in ((varied, some, same), (same, some, varied), (some, same, varied), (varied, same, some)):
        low, high = np.zeros((1, 2)), np.zeros((1, 2))
        spread = Spread(low, high)
        for values in order:
            spread.widen(values, values)
        spread.close()
        assert low.tolist() == [[0.25, 0.4]]
        assert high.tolist() == [[0.4, 0.75]]


def test_a_spread_over_no_class_is_no_number():
    low, high = np.zeros((2, 3)), np.zeros((2, 3))
    Spread(low, high).close()
    assert np.isnan(low).all()
    assert np.isnan(high).all()
