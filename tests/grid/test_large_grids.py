"""Large grids say what a hand calculation says, block by block, and what a small grid says."""

import operator
import pickle
from fractions import Fraction

import numpy as np
import pytest
import sympy as sp
from hypothesis import given, settings
from hypothesis import strategies as st

import deterrence as dt
from deterrence import matrix, param
from deterrence.games.expression import exact_number
from deterrence.grid.decimals import Decimals, at_places
from deterrence.grid.formulas import Formulas
from deterrence.grid.points import BLOCK, Cloud, Grid
from deterrence.grid.pointwise import PointEquilibrium
from deterrence.grid.scan import EDGE, SPECIAL, scan
from deterrence.grid.table import Table
from deterrence.grid.values import Values, expression_at
from deterrence.solvers.supports.closed_form import Parametric
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
    # Either cost is 3, which 161 + 161 - 1 points share.
    assert "at 321 grid points where classes meet, mixtures of them are not listed" in swept.status
    assert int(data["count"].sel(first=3, second=5)) == 2  # one yields; standing firm is best for one at least
    assert int(data["count"].sel(first=3, second=3)) == 3  # and war, where yielding costs as much
    assert int(data["count"].sel(first=3.05, second=2.95)) == 1
    assert float(data["high"].sel(first=3.05, second=3.05)) == pytest.approx(25 / 5.05**2, rel=1e-14)


def test_a_large_grid_says_what_a_small_one_says_where_conditions_depend_on_both_axes():
    detection = [Fraction(k, 160) for k in range(161)]
    benefit = [Fraction(k, 40) + Fraction(1, 977) for k in range(1, 101)]  # off every boundary
    large = dt.sweep(attribution, "strike", detection=detection, benefit=benefit).data
    small = dt.sweep(attribution, "strike", detection=detection[3::16], benefit=benefit[5::9]).data
    part = large.sel(detection=small["detection"], benefit=small["benefit"])
    for name in ("low", "high", "count"):
        np.testing.assert_allclose(part[name], small[name], rtol=0, atol=1e-14)


# -- formulas at points ------------------------------------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_rational_function_has_the_values_that_fractions_give(data):
    parametric = Parametric.of(chicken)
    x, y = parametric.field.gens
    whole = st.integers(-4, 4)
    terms = data.draw(st.lists(st.tuples(whole, st.integers(0, 3), st.integers(0, 2)), min_size=1, max_size=5))
    top = sum((c * x**i * y**j for c, i, j in terms), parametric.field.zero)
    function = top / (x**2 + 1 + data.draw(st.integers(0, 2)) * y**2)
    numbers = [Fraction(k, 8) for k in (-9, -1, 0, 4, 17)]
    columns = [np.array([float(k) for k in numbers])[:, None], np.array([float(k) for k in numbers])[None]]
    at, expression = Values(parametric, columns), sp.lambdify(parametric.symbols, parametric.expression(function))
    exact = np.array([[float(expression(a, b)) for b in numbers] for a in numbers])
    np.testing.assert_allclose(np.broadcast_to(at[function], (5, 5)), exact, rtol=1e-13, atol=1e-13)
    np.testing.assert_array_equal(at[-function], -at[function])
    np.testing.assert_array_equal(np.broadcast_to(at.is_zero(function), (5, 5)), exact == 0)


def test_what_depends_on_one_parameter_alone_is_computed_once_a_row():
    parametric = Parametric.of(chicken)
    x, y = parametric.field.gens
    at = Values(parametric, [np.ones((3, 1)), np.ones((1, 4))])
    assert np.shape(at[x**2 - 1]) == (3, 1)
    assert np.shape(at[1 / (y + 2)]) == (1, 4)
    assert np.shape(at[(x - y) / (x + y)]) == (3, 4)


@pytest.mark.parametrize("times", [1, 6, 30], ids=["a byte", "some bytes", "more than a word"])
def test_each_form_has_its_own_bit_however_many_there_are(times):
    """Chicken has three equilibria where both costs exceed 3; each is taken as many times as it says."""
    formulas = Formulas(chicken, ("first", "second"), (dt.probability("war"),))
    for costs in ({"first": 6, "second": 6}, {"first": 1, "second": 6}):
        formulas.learn(dt.solve(chicken.at(costs)))
    forms = formulas.forms()
    formulas.forms = lambda: forms * times
    points = Grid([(1, 6, Fraction(13, 2), 7), (5, 6)])
    scanned = scan(formulas, points, lambda i: True, lambda share: None)
    shown = [scanned.shown(int(code)) for code in scanned.code]
    assert [len(patterns) for patterns in shown] == [1, 1, 3, 3, 3, 3, 3, 3]
    assert len(scanned.active) == 3 * times
    assert [len(numbers) for numbers in (scanned.regions, scanned.flagged(SPECIAL), scanned.flagged(EDGE))] == [2, 0, 0]
    assert sorted(scanned.regions.values()) == [1, 5]
    (block,) = points.blocks()
    held = scanned.holding(block)
    assert sum(where is np.True_ for where in held.values()) == times


def test_an_expression_that_is_no_ratio_is_computed_over_rows_and_columns():
    x, y = sp.symbols("x y")
    columns = {x: np.array([[1.0], [4.0]]), y: np.array([[2.0, 3.0]])}
    assert expression_at(sp.Max(x, y), columns).tolist() == [[2, 3], [4, 4]]
    assert expression_at(sp.sqrt(x), columns).tolist() == [[1], [2]]
    assert expression_at(sp.Integer(3), columns) == 3


# -- parts -------------------------------------------------------------------------------------------------------------


@settings(max_examples=50)
@given(st.lists(st.floats(allow_nan=False, allow_infinity=False) | st.integers(-999, 999).map(lambda k: k / 100)))
def test_floats_are_read_as_the_decimals_that_they_are_written_as(values):
    for some in (values, [round(value, 9) for value in values if abs(value) < 1e6], values[:1]):
        read, expected = Decimals(some), tuple(map(exact_number, some))
        assert read == expected
        assert expected == read
        assert hash(read) == hash(expected)
        assert [read[k] for k in range(len(read))] == list(expected)
        assert read[1:] == expected[1:]
        assert all(map(operator.is_, map(type, read), (type(exact_number(value)) for value in some)))
        assert list(at_places(read, np.arange(len(some))[::2])) == list(expected[::2])
        assert pickle.loads(pickle.dumps(read)) == expected


def test_a_range_is_the_least_and_the_greatest_whichever_classes_come_first():
    first, second, third = (
        PointEquilibrium(key, key, (low,), (high,)) for key, low, high in (("a", 1, 2), ("b", 4, 4), ("a", 0, 1))
    )
    for order in ((first, second, third), (third, second, first), (second, first, third)):
        table = Table((dt.probability("war"),), {"a": None, "b": None}, 2)
        table.put({0: order, 1: [second]})
        assert table.low.tolist() == [[0, 4]]
        assert table.high.tolist() == [[4, 4]]
        assert table.count.tolist() == [2, 1]
        assert table.exists.tolist() == [[True, False], [True, True]]
        np.testing.assert_array_equal(table.most[0], [[2, NAN]])
        np.testing.assert_array_equal(table.means(), [[[1, NAN], [4, 4]]])


def test_a_range_over_no_class_is_no_number():
    table = Table((dt.probability("war"),), {"a": None}, 1)
    table.put({0: []})
    assert np.isnan([table.low, table.high, table.value[0]]).all()
    assert table.count.tolist() == [0]


def test_the_blocks_of_a_cloud_hold_every_point_once():
    cloud = Cloud([np.arange(2 * BLOCK + 5), np.arange(2 * BLOCK + 5)], lambda i: (i, i))
    blocks = list(cloud.blocks())
    assert [block.shape for block in blocks] == [(1, BLOCK), (1, BLOCK), (1, 5)]
    np.testing.assert_array_equal(np.concatenate([b.columns[1] for b in blocks], axis=1)[0], np.arange(len(cloud)))
