"""The condition of a class has a truth value wherever its parameters have values, however irrational its terms are."""

import itertools
import pickle
from fractions import Fraction

import pytest
import sympy as sp

import deterrence as dt
from deterrence import end, matrix, move, param
from deterrence.games.expression import compile_condition
from deterrence.solvers.algebra.decided import GreaterThan, StrictGreaterThan

X, Y = sp.symbols("x y", real=True)
PARAMETERS = (param(1, "x", low=0, high=4).named("x"), param(2, "y", low=0, high=4).named("y"))


def in_turn(*payoffs):
    """Return a game in which B answers A: its own payoffs decide, and then A's."""
    a, b, c, d = payoffs
    tree = move("A", stay=end("quiet", 0, 0), go=move("B", give=end("gain", a, b), fight=end("war", c, d)))
    return dt.Game(("A", "B"), tree, PARAMETERS)


def at_once(*payoffs):
    a, b, c, d = payoffs
    cells = {("u", "l"): (a, 0), ("u", "r"): (0, b), ("d", "l"): (0, c), ("d", "r"): (1, d)}
    return dt.Game(("A", "B"), matrix(cells), PARAMETERS)


GAMES = {
    "roots of numbers": at_once(2 * X * Y, -X, 2 * sp.sqrt(2) * X, 2 * X**2 - 2 * Y + 1),
    "a product of roots": at_once(sp.sqrt(3) * sp.sqrt(Y + 2), -1, 1 - X, 2 * Y + 1),
    "an identity of logarithms": in_turn(1, sp.log((X + 1) * (Y + 1)), -1, sp.log(X + 1) + sp.log(Y + 1)),
    "a logarithm of zero": in_turn(sp.log(X) - sp.log(X * Y), -X, -sp.log(X), Y),
    "a division by zero": in_turn(sp.Max(1 / X, Y) - 1, -1 / X, 2 / X - 1, -1),
    "a switch": in_turn(sp.Piecewise((X, X < Y), (2 * Y, True)), sp.sqrt(X), -1, sp.Min(X, 1)),
    "exponentials": in_turn(sp.exp(X) * sp.exp(-Y) - sp.exp(X - Y), 1, -1, sp.exp(-X)),
    "ratios": in_turn(X / (X + 1) - Y, X * Y - 1, -1, Y - X),
}
NUMBERS = (0, Fraction(1, 3), 1, Fraction(7, 10), 4)
FORMS = (lambda v: v, float, str, lambda v: sp.Rational(v.numerator, v.denominator))


@pytest.mark.parametrize("game", GAMES.values(), ids=GAMES)
def test_every_condition_has_a_truth_value_at_every_point(game):
    for found in dt.characterize(game):
        for point in itertools.product(NUMBERS, repeat=2):
            verdicts = {bool(found.when.subs(dict(zip((X, Y), map(form, point), strict=True)))) for form in FORMS}
            in_steps = bool(found.when.subs(Y, point[1]).subs(X, point[0]))
            assert len(verdicts | {in_steps}) == 1, (found.when, point)


@pytest.mark.parametrize("name", ["roots of numbers", "a product of roots", "an identity of logarithms", "ratios"])
def test_the_verdict_is_that_of_exact_arithmetic(name):
    for found in dt.characterize(GAMES[name]):
        holds = compile_condition(found.when)
        for x, y in itertools.product(NUMBERS[1:], repeat=2):
            assert bool(found.when.subs({X: x, Y: y})) == holds({"x": x, "y": y}), (found.when, x, y)


def test_a_comparison_of_logarithms_that_are_equal_holds():
    same = GreaterThan(sp.log(X * Y), sp.log(X) + sp.log(Y))
    assert same.subs({X: 2, Y: 3}) is sp.true
    assert same.subs({X: 0.3, Y: 0.7}) is sp.true
    assert StrictGreaterThan(*same.args).subs({X: 2, Y: 3}) is sp.false
    assert same.subs({X: 0, Y: 3}) is sp.false
    assert same.subs({X: 2}).free_symbols == {Y}


def test_a_decided_comparison_is_one_of_sympy_in_all_else():
    ours, theirs = GreaterThan(sp.log(X), Y), sp.GreaterThan(sp.log(X), Y)
    assert ours == theirs
    assert theirs == ours
    assert hash(ours) == hash(theirs)
    assert ours != StrictGreaterThan(sp.log(X), Y)
    assert sp.And(ours, X > 1) == sp.And(theirs, X > 1)
    assert (str(ours), sp.latex(ours)) == (str(theirs), sp.latex(theirs))
    assert sp.Not(ours) == sp.Not(theirs)
    assert (ours.reversed, ours.canonical) == (theirs.reversed, theirs.canonical)
    assert pickle.loads(pickle.dumps(sp.And(ours, X > 1))) == sp.And(theirs, X > 1)
    assert sp.lambdify([X, Y], ours)(9.0, 2.0)
