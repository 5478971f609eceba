"""The body of a game: which tests of parameters are refused, which are allowed, and that nothing else is touched."""

import functools
import sys
import threading
import traceback
from pathlib import Path

import pytest
import sympy as sp

import deterrence as dt
from deterrence import end, move, param
from deterrence.errors import BranchingError

ONE, TWO = end("one", 0), end("two", 1)
METHODS = {(kind, name): getattr(kind, name) for kind in (sp.Basic, sp.Expr) for name in ("__eq__", "__ne__")}


def positive(number):
    return 1 if number else 0


def equal(number, other):
    return number == other


class Rule:
    def __init__(self, bonus):
        self.bonus = bonus

    def applies(self, number):
        return not number or self.bonus == 1

    def doubled(self, number):
        return 2 * number


# -- refused -------------------------------------------------------------------------------------------------


def by_truth_of_an_expression(x, y):
    return ONE if x - y else TWO


def by_or(x, y):
    return end("only", x or y)


def by_negation(x, y):
    return end("only", not x)


def by_inequality(x, y):
    return ONE if x != 4 else TWO


def by_a_number_first(x, y):
    return ONE if x == 4 else TWO


def by_a_comparison(x, y):
    return ONE if x > 3 else TWO


def by_a_chain(x, y):
    return ONE if 0 < x < 3 else TWO


def by_a_lambda(x, y):
    return end("only", max([1, 2], key=lambda number: number and x and 2))


def by_a_function_inside(x, y):
    def inside():
        return 3 if x else 4

    return end("only", inside())


def by_a_comprehension(x, y):
    return end("only", sum(1 for item in (x, y) if item))


def by_a_guard(x, y):
    match 1:
        case 1 if y:
            return ONE
    return TWO


def by_bool(x, y):
    return end("only", int(bool(x)))


def by_all(x, y):
    return ONE if all([x, y]) else TWO


def by_any(x, y):
    return ONE if any(item for item in (x, y)) else TWO


def by_a_helper(x, y):
    return end("only", positive(x))


def by_equality_in_a_helper(x, y):
    return ONE if equal(2 * x, 4) else TWO


def by_a_method(x, y):
    return ONE if Rule(2).applies(x) else TWO


def by_place_in_a_list(x, y):
    return end("only", [1, x].index(y))


def by_match(x, y):
    match y:
        case 2:
            return ONE
    return TWO


REFUSED = [made for name, made in globals().items() if name.startswith("by_")]


@pytest.mark.parametrize("branching", REFUSED, ids=lambda branching: branching.__name__)
def test_a_test_of_a_parameter_is_refused_wherever_it_stands(branching):
    with pytest.raises(BranchingError, match=r"The body of 'game' branches on"):

        @dt.game("A")
        def game(x=param(1, "x"), y=param(2, "y")):
            return branching(x, y)


WITHOUT_TEXT = ["if x: pass", "while x: pass", "not x", "x and 1", "x or 1", "1 if x else 2", "x == 4", "x != 4"]


@pytest.mark.parametrize("line", WITHOUT_TEXT)
def test_a_body_whose_text_cannot_be_read_is_watched_too(line):
    names = {"param": param, "end": end}
    exec(f"def body(x=param(1, 'x')):\n    {line}\n    return end('only', x)", names)
    with pytest.raises(BranchingError, match=r"The body of 'body' branches on x"):
        dt.game("A")(names["body"])


@pytest.mark.parametrize("line", ["x is None", "y = x > 3", "x = 1\n    if x: pass", "if (x,): pass", "1 == 2"])
def test_a_body_whose_text_cannot_be_read_may_test_what_is_no_parameter(line):
    names = {"param": param, "end": end}
    exec(f"def body(x=param(1, 'x')):\n    {line}\n    return end('only', x)", names)
    assert list(dt.game("A")(names["body"]).parameters) == ["x"]


# -- allowed -------------------------------------------------------------------------------------------------


def test_what_is_decided_may_be_tested():
    @dt.game("A")
    def game(x=param(1, "x"), y=param(2, "y")):
        branches = [x, y]
        node = None
        bonus = (node or 2) + (branches and 1)
        assert branches
        assert node is None
        assert "one" == "o" + "ne" != "two"
        assert any([False, True])
        assert all([1, 2])
        assert bool(3) is not False
        assert (x - x, x / x) == (0, 1)
        if not sp.Integer(0) and sp.sqrt(2) and 1 == sp.Integer(1) != sp.Rational(1, 2):
            bonus += 1
        while branches:
            node = move("A", take=end("taken", branches.pop() * bonus), leave=node or ONE)
        return node

    assert game.numbers[0] == [(), (4,), (), (8,), (0,)]


def test_the_value_of_and_or_and_a_ternary_may_be_an_expression():
    @dt.game("A")
    def game(x=param(1, "x"), y=param(2, "y")):
        first = None or x
        second = True and y
        return end("only", first + second if first is not second else 0)

    assert game.numbers[0] == [(3,)]


def test_and_and_or_stop_where_python_stops():
    zero, reached = 0, []

    @dt.game("A")
    def game(x=param(1, "x")):
        return end("only", x + ((zero and reached.append("and")) or zero + 5 or reached.append("or")))

    assert (game.numbers[0], reached) == ([(6,)], [])


def test_sympy_compares_its_own_expressions_as_it_likes():
    @dt.game("A")
    def game(x=param(1, "x"), y=param(2, "y")):
        expanded = sp.expand((x + y) ** 2) - x**2 - 2 * x * y
        assert expanded.equals(y**2)
        return end("only", sp.simplify(expanded) + sp.solve(x - y, x)[0] + sp.Piecewise((1, sp.Eq(x, 1)), (2, True)))

    assert game.numbers[0] == [(4 + 2 + 1,)]


def test_a_model_of_the_library_written_in_a_body_compares_as_it_likes():
    @dt.game("A")
    def game(x=param(1, "x")):
        strike = dt.models.load("strike").game
        return end("only", x + len(dt.solve(strike)))

    assert game.numbers[0] == [(2,)]


# -- the copy that is run ------------------------------------------------------------------------------------


def test_a_body_keeps_its_closure_defaults_and_globals():
    rounds, seen = 3, []

    def leaf(payoff, *more, scale=2, **rest):
        nonlocal rounds
        rounds += 1
        return end("only", payoff * scale + len(more) + len(rest) + Rule(1).doubled(payoff))

    @dt.game("A")
    def game(x=param(5, "x"), *, y=param(7, "y")):
        seen.append(globals()["ONE"] is ONE)
        return leaf(x + y if rounds else x, 1, more=rounds)

    assert (game.numbers[0], rounds, seen) == ([(12 * 2 + 2 + 24,)], 4, [True])


def test_a_body_may_be_a_lambda_a_method_or_a_partial_function():
    assert dt.game("A", name="one")(lambda x=param(1, "x"): end("only", x or 2) if x is None else ONE).outcomes == (
        "one",
    )
    with pytest.raises(BranchingError):
        dt.game("A", name="two")(lambda x=param(1, "x"): end("only", x or 2))

    class Written:
        def body(self, x=param(1, "x")):
            return end("only", x + self.__secret())

        def __secret(self):
            return 2

    assert dt.game("A")(Written().body).numbers[0] == [(3,)]
    partial = functools.partial(lambda payoff, x=param(1, "x"): end("only", x + payoff), 3)
    assert dt.game("A", name="three")(partial).numbers[0] == [(4,)]


def failing(x=param(1, "x")):
    payoff = x + 1
    payoff = payoff if payoff is not None else 0
    return end("only", payoff / "no number")


def test_an_error_in_a_body_names_the_line_that_the_user_wrote():
    with pytest.raises(TypeError) as caught:
        dt.game("A")(failing)
    written = [row for row in traceback.extract_tb(caught.value.__traceback__) if row.name == "failing"]
    assert [(row.filename, row.lineno) for row in written] == [(__file__, failing.__code__.co_firstlineno + 3)]
    assert written[0].line == 'return end("only", payoff / "no number")'


WRITTEN = """
from deterrence import end, param

def helper(number):
    assert number
    return number

def asserting(x=param(1, "x")):
    assert x
    return end("only", x)

def asking(x=param(1, "x")):
    return end("only", helper(x))

def adding(x=param(1, "x")):
    return end("only", x + 1)
"""


@pytest.fixture
def written(tmp_path, monkeypatch):
    """A module of games, as a user writes it: pytest changes the assertions of this one."""
    path = tmp_path / "written_games.py"
    path.write_text(WRITTEN)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "written_games", raising=False)
    import written_games

    return written_games


@pytest.mark.parametrize("name", ["asserting", "asking"])
def test_an_assertion_of_a_parameter_is_refused(written, name):
    with pytest.raises(BranchingError):
        dt.game("A")(getattr(written, name))


def test_a_text_that_changed_since_it_was_imported_is_not_used(written):
    Path(written.__file__).write_text(WRITTEN.replace("x + 1", "x + 2"))
    assert dt.game("A")(written.adding).numbers[0] == [(2,)]


# -- nothing else is touched ---------------------------------------------------------------------------------


def test_sympy_is_never_changed():
    found = []

    @dt.game("A")
    def game(x=param(1, "x")):
        found.extend(getattr(kind, name) is method for (kind, name), method in METHODS.items())
        found.append(not hasattr(sp.Expr, "__bool__"))
        return end("only", x)

    assert found == [True] * (len(METHODS) + 1)


def test_the_profiler_of_the_thread_is_put_back_and_one_at_work_is_left_alone():
    calls = []

    def write():
        @dt.game("A")
        def game(x=param(1, "x")):
            calls.append(sys.getprofile())
            return end("only", x)

    def profiler(_frame, _event, _argument):
        pass

    before = sys.getprofile()
    try:
        sys.setprofile(None)
        write()
        assert (sys.getprofile(), calls[0] is None) == (None, False)
        sys.setprofile(profiler)
        write()
        assert (sys.getprofile(), calls[1]) == (profiler, profiler)
        sys.setprofile(None)
        with pytest.raises(BranchingError):
            dt.game("A")(lambda x=param(1, "x"): end("only", x == 1))
        assert sys.getprofile() is None
    finally:
        sys.setprofile(before)


def test_a_game_may_be_written_while_another_one_is():
    @dt.game("A")
    def outer(x=param(1, "x")):
        @dt.game("A")
        def inner(y=param(2, "y")):
            return end("only", y)

        with pytest.raises(BranchingError, match="The body of 'wrong'"):
            dt.game("A", name="wrong")(lambda z=param(2, "z"): end("only", z == 2))
        return end("only", x + inner.values["y"])

    assert outer.numbers[0] == [(3,)]


def test_other_threads_compare_what_they_like_while_a_body_runs():
    inside, finished, found = threading.Event(), threading.Event(), []
    x = sp.Symbol("x", real=True)

    def body(prize=param(4, "gain", low=0)):
        inside.set()
        finished.wait(10)
        return end("war", prize)

    writing = threading.Thread(target=lambda: found.append(dt.game("A")(body).name))
    writing.start()
    inside.wait(10)
    assert (x + 1 == x + 2, x + 1 != x + 2, bool(x)) == (False, True, True)
    assert dt.game("A")(lambda gain=param(1, "gain"): end("peace", gain)).outcomes == ("peace",)
    finished.set()
    writing.join()
    assert found == ["body"]
    assert x + 1 != x + 2
