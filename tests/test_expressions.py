"""Expressions in files: what is written reads back, and nothing but arithmetic on declared names is read."""

import time

import pytest
import sympy as sp
from hypothesis import given, settings
from hypothesis import strategies as st

import deterrence as dt
from deterrence import models
from deterrence.errors import FileFormatError
from deterrence.exchange.files.expression_text import as_text
from deterrence.expressions import number, parse

X, Y = sp.symbols("x y", real=True)
NAMES = {"x": X, "y": Y}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2*x - 1/3", 2 * X - sp.Rational(1, 3)),
        ("-x**2", -(X**2)),
        ("(-x)**2", X**2),
        ("2**-1", sp.Rational(1, 2)),
        ("x**2**3", X**8),
        ("1 - (2 - 3)", 2),
        ("8/4/2", 1),
        ("0.1 + .2", sp.Rational(3, 10)),
        ("1.5e-3", sp.Rational(3, 2000)),
        ("+x - -y", X + Y),
        ("min(x, y, 2) + max(x, 0)", sp.Min(X, Y, 2) + sp.Max(X, 0)),
        ("sqrt(x)/abs(y)", sp.sqrt(X) / sp.Abs(Y)),
        ("exp(-x) + log(y)", sp.exp(-X) + sp.log(Y)),
        ("if(x < y, x, 2)", sp.Piecewise((X, X < Y), (2, True))),
    ],
)
def test_the_grammar_means_what_arithmetic_means(text, value):
    assert sp.simplify(parse(text, NAMES) - value) == 0


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("x < y", X < Y),
        ("x >= 2*y", X >= 2 * Y),
        ("x < 1 and not (y < 2 or x == y)", sp.And(X < 1, sp.Not(sp.Or(Y < 2, sp.Eq(X, Y))))),
        ("x != y", sp.Ne(X, Y)),
    ],
)
def test_conditions_are_read(text, value):
    assert parse(text, NAMES, condition=True) == value


def test_names_may_be_words_of_python_and_letters_are_not_folded():
    names = {word: sp.Symbol(word, real=True) for word in ("class", "in", "if", "lambda", "None", "\ufb01t", "fit")}
    for word, symbol in names.items():
        assert parse(f"2*{word} + if({word} < 1, 0, 1)", names).has(symbol)
    assert parse("\ufb01t - fit", names) != 0


def test_a_number_may_begin_with_zeros_and_a_text_may_have_several_lines():
    assert parse("007.50\n+ 1", {}) == sp.Rational(17, 2)


@pytest.mark.parametrize(("sign", "value"), [("+", 5000 * X), ("*", X**5000)])
def test_a_long_row_of_terms_is_read_however_deep_the_caller_stands(sign, value):
    def deep(levels):
        return deep(levels - 1) if levels else parse(sign.join(["x"] * 5000), NAMES)

    assert deep(200) == value


LEAVES = st.sampled_from([X, Y]) | st.fractions(-50, 50, max_denominator=60).map(
    lambda f: sp.Rational(f.numerator, f.denominator)
)
EXPRESSIONS = st.recursive(
    LEAVES,
    lambda below: st.one_of(
        st.tuples(below, below).map(lambda pair: pair[0] + pair[1]),
        st.tuples(below, below).map(lambda pair: pair[0] * pair[1]),
        st.tuples(below, below).map(lambda pair: pair[0] - pair[1]),
        st.tuples(below, below).map(lambda pair: sp.Max(*pair)),
        st.tuples(below, st.integers(2, 3)).map(lambda pair: pair[0] ** pair[1]),
        st.tuples(below, below).map(lambda pair: pair[0] / (1 + pair[1] ** 2)),
    ),
    max_leaves=6,
)


@given(EXPRESSIONS)
@settings(max_examples=150, deadline=None)
def test_what_is_written_means_the_same_when_it_is_read_back(value):
    again = parse(as_text(value), NAMES)
    for at in ({X: 2, Y: 3}, {X: sp.Rational(-1, 3), Y: sp.Rational(5, 7)}, {X: 0, Y: -1}):
        assert sp.sympify(again).subs(at) == sp.sympify(value).subs(at)


@pytest.mark.parametrize("key", [key for key in models.names() if isinstance(models.load(key).game, dt.Game)])
def test_payoffs_chances_and_assumptions_of_every_model_read_back(key):
    game = models.load(key).game
    names = {p.name: p.expression for p in game.parameter_list}
    for value in {item for row in (*game.form.payoffs, *game.form.probabilities) for item in row}:
        assert parse(as_text(value), names) == value
    for condition in game.assumptions:
        assert parse(as_text(condition), names, condition=True) == condition


@pytest.mark.parametrize("value", [-(X - Y) * (X + Y), X - (X - Y) * (X + Y), -(X + Y) / (X - Y), -((X + Y) ** 2) / 3])
def test_a_sign_before_a_bracket_keeps_the_product_as_it_is(value):
    assert parse(as_text(value), NAMES) == value


REFUSED = {
    "code": ("__import__('os').system('true')", "'__import__', which is no function"),
    "an attribute": ("x.free_symbols", "'.' has no meaning"),
    "a lambda": ("lambda: 1", "':' has no meaning"),
    "a call of a parameter": ("x(1)", "'(' is not expected there"),
    "an unknown name": ("z + 1", "'z', which is no parameter. Allowed: 'x', 'y'"),
    "an unknown function": ("sin(x)", "'sin', which is no function. Allowed: 'min'"),
    "a tower": ("9**9**9", "an exponent is larger than 64"),
    "a huge exponent": ("1e999999999", "more than 400 digits"),
    "a huge number": ("9" * 500, "more than 400 digits"),
    "a long text": ("1+" * 20_000, "The expression has 40,000 characters"),
    "a product that grows": ("*".join(["10**60"] * 9), "more than 400 digits"),
    "terms without end": ("(x + y + 1)**60 * (x - y)**60", "more than 50,000 terms"),
    "a power of a power": ("((x + y)**60)**60", "more than 50,000 terms"),
    "many brackets": ("(" * 5000, "nests deeper than 60 levels"),
    "many signs": ("-" * 5000 + "1", "nests deeper than 60 levels"),
    "an open bracket": ("(x", "a bracket is not closed"),
    "nothing": ("", "it ends too early"),
    "a division by zero": ("1/0", "divides by zero"),
    "an exponential of one": ("exp(exp(x))", "exp(…) stands inside exp(…)"),
    "a large exponential": ("exp(1000000)", "has no number that can be used"),
    "a floor": ("7 // 2", "'/' is not expected there"),
    "a shift": ("1 << 2", "'<' is not expected there"),
    "hexadecimal": ("0x10", "'x10' is not expected there"),
    "underscores": ("1_000", "'_000' is not expected there"),
    "an imaginary number": ("1j", "'j' is not expected there"),
    "a trailing comma": ("min(x, y,)", "')' is not expected there"),
    "a starred part": ("min(*x)", "'*' is not expected there"),
    "a comment": ("x # y", "'#' has no meaning"),
    "a walrus": ("(y := 1)", "':' has no meaning"),
    "text in quotes": ("'x'", "has no meaning"),
    "a continued line": ("x \\\n+ 1", "has no meaning"),
    "a null byte": ("x\0", "has no meaning"),
    "a list": ("[x]", "'[' has no meaning"),
    "a chain": ("1 < x < 2", "'a < b and b < c'"),
    "two numbers": ("1 2", "'2' is not expected there"),
    "another alphabet's digits": ("٣", "has no meaning"),
    "too few parts": ("if(x < y, 1)", "takes 3 parts, and has 2"),
    "a condition": ("x < y", "a number is needed, no condition"),
    "a number as condition": ("not x", "join conditions"),
}


@pytest.mark.parametrize(("text", "why"), REFUSED.values(), ids=REFUSED)
def test_everything_else_is_refused_with_its_place_and_at_once(text, why):
    began = time.process_time()
    with pytest.raises(FileFormatError) as caught:
        parse(text, NAMES, "tree.payoffs[0]")
    assert why in str(caught.value)
    assert caught.value.place == "tree.payoffs[0]"
    assert len(str(caught.value)) < 400
    assert time.process_time() - began < 2


def test_a_number_alone_is_asked_for_where_one_must_stand():
    assert number("1/3") == sp.Rational(1, 3)
    with pytest.raises(FileFormatError, match="'x', which is no parameter"):
        number("x")


@given(st.text(alphabet="xy01239.eE+-*/()<>=!,andortifmixlgspq ", max_size=60))
@settings(max_examples=300, deadline=None)
def test_any_text_is_a_value_or_an_error_of_ours(text):
    try:
        parse(text, NAMES)
    except FileFormatError as error:
        assert str(error)  # noqa: PT017  (any other error fails the test)


@pytest.mark.parametrize("value", [sp.sin(X), sp.Symbol("two words"), sp.Piecewise((X, X < Y)), sp.pi * X])
def test_what_the_grammar_cannot_write_is_refused(value):
    with pytest.raises(FileFormatError):
        as_text(value)
