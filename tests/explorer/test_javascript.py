"""Formulas as JavaScript: what a browser would compute is what the formula says."""

import math
import random

import pytest
import sympy as sp

from deterrence.errors import GameError
from deterrence.explorer.javascript import javascript

A, B, C = sp.symbols("a b c", positive=True)
NAMES = {A: "p0", B: "p1", C: "f0"}
VALUES = {"p0": 0.7, "p1": 1.9, "f0": 0.35}


class Math:
    """What a browser's Math has, for Python."""

    pow, sqrt, exp, log, max, min = pow, math.sqrt, math.exp, math.log, max, min
    abs, floor, PI = abs, math.floor, math.pi


def computed(code):
    """Compute JavaScript's arithmetic, which Python writes alike."""
    return eval(code, {"Math": Math}, VALUES)


def random_formula(rng, depth):
    if depth == 0:
        return rng.choice([A, B, C, sp.Integer(rng.randrange(-4, 9)), sp.Rational(rng.randrange(-9, 9), 7)])
    one, other = random_formula(rng, depth - 1), random_formula(rng, rng.randrange(depth))
    return rng.choice(
        [
            lambda: one + other,
            lambda: one - other,
            lambda: one * other,
            lambda: one / (other**2 + 1),
            lambda: one ** rng.randrange(2, 7),
            lambda: (other**2 + 1) ** -rng.randrange(1, 6),
            lambda: sp.Max(one, other),
            lambda: sp.Min(one, other, 1),
            lambda: sp.sqrt(one**2 + 1),
            lambda: -one,
        ]
    )()


@pytest.mark.parametrize("seed", range(60))
def test_random_formulas_have_their_value(seed):
    formula = random_formula(random.Random(seed), 4)
    expected = float(formula.subs({A: VALUES["p0"], B: VALUES["p1"], C: VALUES["f0"]}))
    assert computed(javascript(formula, NAMES)) == pytest.approx(expected, rel=1e-9, abs=1e-12)


def test_a_power_below_the_line_keeps_its_brackets():
    assert computed(javascript(A / B**3, NAMES)) == pytest.approx(0.7 / 1.9**3)


@pytest.mark.parametrize("value", [0, 3, -2, sp.Rational(1, 3), sp.Float("0.1")])
def test_numbers_are_themselves(value):
    assert computed(javascript(value, {})) == pytest.approx(float(value))


def test_a_symbol_without_a_name_is_refused():
    with pytest.raises(GameError, match="'z' is no parameter of the game"):
        javascript(A + sp.Symbol("z"), NAMES)


def test_a_function_that_browsers_lack_is_refused():
    with pytest.raises(GameError, match="has no JavaScript"):
        javascript(sp.erf(A), NAMES)
