"""The library's own games are written without SymPy, and are what SymPy makes of them."""

import pickle
import subprocess
import sys
from fractions import Fraction

import pytest
import sympy as sp
from hypothesis import given
from hypothesis import strategies as st

import deterrence as dt
from deterrence.errors import BranchingError, ParameterError
from deterrence.games.bodies.written import PARAMETER, Written
from deterrence.games.draws import Ranges
from deterrence.games.expression import as_value, compile_condition, compile_exact, in_sympy
from deterrence.games.game import Game
from deterrence.games.parameter import Parameter
from deterrence.models.catalogue import load, names

WRITTEN = {name: Written(PARAMETER, name) for name in "abc"}
SYMBOLS = {name: sp.Symbol(name, real=True) for name in "abc"}
NUMBERS = st.one_of(st.integers(-3, 3), st.fractions(-2, 2, max_denominator=5), st.sampled_from([0.1, 0.5, -1.25]))
PLUS, LESS = ("+", "-", "*", "/"), ("<", "<=", ">", ">=")


def operation(name, left, right):
    return eval(f"left {name} right", {"left": left, "right": right})


def formulas():
    """Formulas as trees: a name, a number, or an operation on two of them; a whole power now and then."""
    leaves = st.one_of(st.sampled_from("abc"), NUMBERS)
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.tuples(st.sampled_from(PLUS), inner, inner), st.tuples(st.just("**"), inner, st.integers(0, 3))
        ),
        max_leaves=8,
    )


def said(formula, parameters):
    """Say a formula as Python would, with these objects where it has parameters."""
    if isinstance(formula, tuple):
        name, left, right = formula
        return operation(name, said(left, parameters), said(right, parameters))
    return parameters[formula] if isinstance(formula, str) else formula


def exact(formula):
    """Return a formula whose decimals are fractions, as a game means them, and whose integers divide exactly."""
    if isinstance(formula, tuple):
        name, left, right = formula
        return name, exact(left), right if name == "**" else exact(right)
    return formula if isinstance(formula, str) else Fraction(str(formula))


POINTS = st.fixed_dictionaries({name: st.fractions(-3, 3, max_denominator=4) for name in "abc"})


@given(formulas(), POINTS)
def test_what_is_written_has_the_value_that_sympy_gives_and_turns_into_its_expression(formula, point):
    try:
        ours = said(exact(formula), WRITTEN)
        theirs = said(exact(formula), SYMBOLS)
        expected = as_value(sp.sympify(theirs))
    except (ZeroDivisionError, ValueError):  # of numbers, or SymPy's infinity
        return
    assert in_sympy(as_value(ours)) == expected
    try:
        number = compile_exact(expected)(point)
    except ParameterError:
        with pytest.raises(ParameterError, match="divides by zero"):
            compile_exact(as_value(ours))(point)
        return
    assert compile_exact(as_value(ours))(point) == number


@given(formulas(), formulas(), st.sampled_from(LESS), POINTS)
def test_an_inequality_that_is_written_holds_where_its_sides_say_so(left, right, less, point):
    try:
        sides = [said(exact(side), {name: Fraction(value) for name, value in point.items()}) for side in (left, right)]
        ours = operation(less, *(said(exact(side), WRITTEN) for side in (left, right)))
    except ZeroDivisionError:
        return
    if isinstance(ours, Written):
        assert compile_condition(ours)(point) == operation(less, *sides)


def test_what_cancels_in_sympy_has_a_value_where_it_is_written_as_a_division_by_zero():
    a, b = WRITTEN["a"], WRITTEN["b"]
    at = {"a": 2, "b": 0}
    assert compile_exact(a / b * b)(at) == 2
    assert compile_exact(1 / (1 / (b + 1 - 1)))(at) == 0
    with pytest.raises(ParameterError, match="divides by zero"):
        compile_exact(a / b)(at)


@pytest.mark.parametrize("mixed", [lambda a, s: a + s, lambda a, s: s - a, sp.Min, lambda a, s: a**s])
def test_beside_an_expression_of_sympy_it_becomes_one(mixed):
    assert mixed(WRITTEN["a"], SYMBOLS["b"]) == mixed(SYMBOLS["a"], SYMBOLS["b"])
    assert isinstance(mixed(WRITTEN["a"], SYMBOLS["b"]), sp.Expr)


@pytest.mark.parametrize(
    "ask", [lambda a: a.diff(a), lambda a: (a**2).free_symbols, lambda a: a ** Fraction(1, 2), abs]
)
def test_what_is_no_arithmetic_is_asked_of_sympy(ask):
    assert ask(WRITTEN["a"]) == ask(SYMBOLS["a"])


def test_its_truth_is_not_known():
    with pytest.raises(BranchingError, match="depends on parameters"):
        bool(WRITTEN["a"])
    with pytest.raises(BranchingError, match="a < b"):
        bool(WRITTEN["a"] < WRITTEN["b"])


def test_it_pickles_and_is_equal_where_the_same_is_written():
    a, b = WRITTEN["a"], WRITTEN["b"]
    assert pickle.loads(pickle.dumps(a / (b + 1))) == a / (b + 1)
    assert len({a + b, a + b, b + a}) == 2


@pytest.fixture
def in_sympy_from_the_start(monkeypatch):
    """Have the library's own games and mechanisms written with SymPy's symbols, as a user's are."""
    monkeypatch.setattr(Parameter, "written", property(lambda p: sp.Symbol(p.name, real=True)))


def reloaded(key):
    """Run the files of a model's work and of the cases again."""
    for name in [n for n in sys.modules if n.startswith("deterrence.models.") and n.count(".") > 2]:
        del sys.modules[name]
    module = __import__(f"deterrence.models.{key.replace('/', '.')}", fromlist=["MODEL"])
    return module.MODEL


@pytest.fixture
def afterwards_as_before():
    kept = {name: module for name, module in sys.modules.items() if name.startswith("deterrence.models.")}
    yield
    sys.modules.update(kept)


GAMES = [key for key in names() if isinstance(load(key).game, Game)]


def games_of(model):
    steps, variants = (
        (game for *_, game in (*model.steps, *model.features)),
        (game for _, game in model.variants.values()),
    )
    return [model.game, *steps, *variants]


@pytest.mark.parametrize("key", GAMES)
def test_a_published_game_is_what_sympy_makes_of_it(key, in_sympy_from_the_start, afterwards_as_before):
    ours, theirs = games_of(load(key)), games_of(reloaded(key))
    assert all(game.writing.is_written for game in ours if game.form.symbolic)
    assert not any(type(value) is Written for game in theirs for value in game.form.symbolic)
    for one, other in zip(ours, theirs, strict=True):
        assert one.tree == other.tree
        assert one.assumptions == other.assumptions
        assert one.numbers == other.numbers
        assert one == other
        assert hash(one) == hash(other)


@pytest.mark.parametrize("key", GAMES)
def test_at_other_values_a_published_game_has_the_numbers_of_its_expressions(key):
    game = load(key).game
    for point in Ranges(game.parameter_list, game.assumptions).points[:3]:
        form = game.at(point).form
        rows = zip(form.payoffs, game.at(point).numbers[0], strict=True)
        assert all(compile_exact(v)(point) == n for row, numbers in rows for v, n in zip(row, numbers, strict=True))


def test_a_mechanism_of_the_users_gets_symbols_of_sympy_and_so_does_the_body_of_a_users_game():
    seen = []

    class Fined:
        """A fine for a strike."""

        def __call__(self, game):
            fine = dt.param(1, "fine").named("fine").expression
            seen.extend([fine, *game.tree.children[1].children[0].payoffs])
            return game

    @dt.game("A")
    def user(x=dt.param(1, "x")):
        seen.append(x)
        return dt.move("A", stay=dt.end("stay", 0), go=dt.end("go", x))

    load("strike").game.under(Fined())
    assert all(isinstance(value, sp.Expr) for value in seen)


LIGHT = """
import sys
from deterrence import models
import deterrence as dt
game = models.load({key!r}).game
solution = dt.solve(game)
assert len(solution) >= 1
dt.solve(game.at(dict(game.values)))
print(*sorted({{"sympy", "scipy"}} & set(sys.modules)))
"""


@pytest.mark.parametrize(
    "key",
    ["strike", "cases/iraq_2020", "snyder1977/chicken", "zagare2000/unattributed_challenge", "fearon1995/hidden_cost"],
)
def test_a_published_game_is_solved_without_sympy(key):
    command = [sys.executable, "-W", "error", "-c", LIGHT.format(key=key)]
    assert subprocess.run(command, check=True, capture_output=True, text=True).stdout.split() == []
