"""A root between two signs is found as SciPy finds it, to the last digit."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import brentq

from deterrence.continuous.root import root_between

SMALL = st.floats(-3, 3)
SHAPES = [
    lambda a, b, c: lambda x: a * x**3 + b * x + c,
    lambda a, b, c: lambda x: math.exp(a * x) - b,
    lambda a, b, c: lambda x: math.tanh(a * x) + c / 4,
    lambda a, b, c: lambda x: a * (x - b) ** 5,
    lambda a, b, c: lambda x: math.atan(20 * (x - a)) + b / 3,
    lambda a, b, c: lambda x: 1.0 if x > a else -1.0,
    lambda a, b, c: lambda x: x - a if x > a else 1e-9 * (x - a),
]


@given(st.sampled_from(SHAPES), SMALL, SMALL, SMALL, SMALL, SMALL, st.sampled_from([1e-15, 1e-14, 2e-12, 1e-6]))
def test_it_is_the_root_that_scipy_finds(shape, a, b, c, one, other, xtol):
    function, low, high = shape(a, b, c), min(one, other), max(one, other)
    ends = function(low), function(high)
    if low == high or (0 not in ends and (ends[0] < 0) == (ends[1] < 0)):
        return
    try:
        theirs = brentq(function, low, high, xtol=xtol)
    except RuntimeError:  # not within 100 steps
        theirs = None
    ours = root_between(function, low, high, xtol)
    assert low <= ours <= high
    assert theirs is None or ours == theirs


@pytest.mark.parametrize(("low", "high", "root"), [(0, 2, 0), (-2, 0, 0), (-1, 4, 0)])
def test_an_end_may_be_the_root(low, high, root):
    assert abs(root_between(lambda x: x, low, high, 1e-15) - root) < 1e-14


def test_a_known_root():
    assert root_between(lambda x: math.cos(x) - x, 0, 1, 1e-15) == pytest.approx(0.7390851332151607, abs=1e-15)
