"""Names, symbols, numbers and conditions as LaTeX writes them."""

from fractions import Fraction

import pytest
import sympy as sp

from deterrence import models
from deterrence.exchange.latex.formulas import LatexFormulas, number
from deterrence.exchange.latex.letters import in_text
from deterrence.exchange.latex.symbols import is_readable
from tests.odd_names import odd_tree


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("R&D, 50% of $x$ #1", r"R\&D, 50\% of \$x\$ \#1"),
        ("a_b{c}", r"a\_b\{c\}"),
        ("~^\\", r"\textasciitilde{}\textasciicircum{}\textbackslash{}"),
        ("straße, café, Łódź, Åse", r"stra\ss{}e, caf\'{e}, \L{}\'{o}d\'{z}, \r{A}se"),
        ("naïve", r"na\"{\i}ve"),
        ("σ ≥ 1 → −2", r"$\sigma$ $\ge$ 1 $\to$ $-$2"),
        ("[all] *", "{[}all{]} {*}"),
        ("a -- b", "a -{}- b"),
        ('the "red line"', "the ``red line''"),
        ("two\nlines\t here", "two lines here"),
        ("x² and H₂O", "x$^{2}$ and H$_{2}$O"),
        ("日本", "日本"),
        ("", ""),
    ],
)
def test_names_are_escaped(name, written):
    assert in_text(name) == written


def test_formulas_use_the_parameters_symbols_and_put_gains_first():
    game = models.load("signorino1999/strategic_choice").game
    symbols = {p.name: p for p in game.parameter_list}
    formulas = LatexFormulas.of(game)
    attribution = next(p for p in symbols.values() if p.symbol == "a")
    assert formulas.formula(1 - attribution.expression) == "1 - a"
    assert formulas.formula(-attribution.expression + Fraction(1, 2)) == "1 / 2 - a"


def test_a_symbol_that_latex_cannot_read_or_that_is_taken_gives_way_to_the_name():
    written = {symbol.name: latex for symbol, latex in LatexFormulas.of(odd_tree).names.items()}
    assert written == {
        "p": r"\mathit{p}",
        "größe": r"\textit{gr\"{o}\ss{}e}",
        "r": r"\alpha",
        "s": r"\mathit{s}",
        "q": "a^*",
    }


@pytest.mark.parametrize(
    ("symbol", "readable"),
    [
        ("p", True),
        ("d_{DD+}", True),
        (r"\bar{h}", True),
        ("U_A(War)", True),
        (r"\ell_M", True),
        ("c_A_1", False),
        ("x^", False),
        ("{p", False),
        ("}{", False),
        ("50%", False),
        ("a & b", False),
        (r"p \\ q", False),
        (r"\input{secret}", False),
        (r"\write18{ls}", False),
        ("^^5cinput", False),
        ("größe", False),
    ],
)
def test_a_symbol_is_let_in_only_where_it_writes_a_formula(symbol, readable):
    assert is_readable(symbol) is readable


def test_every_symbol_of_the_catalogue_is_readable():
    games = [models.load(key).game for key in models.names()]
    unread = [p.symbol for game in games for p in game.parameters.values() if not is_readable(p.symbol)]
    assert unread == []


@pytest.mark.parametrize(
    ("value", "written"),
    [(3, "3"), (Fraction(1, 3), "1/3"), (Fraction(-1, 4), "-0.25"), (-1.5e-9, r"-1.5 \times 10^{-9}")],
)
def test_numbers_read_as_in_print(value, written):
    assert number(value) == written


def test_a_condition_reads_as_a_clause():
    a, b = sp.symbols("a b", real=True)
    formulas = LatexFormulas({a: r"\alpha", b: "b"})
    assert formulas.condition(sp.And(a < b, b < 1)) == r"when $\alpha < b$ and $b < 1$"
    assert formulas.condition(sp.Or(a < b, sp.And(b < 1, a > 0))) == (
        r"when $\alpha < b$, or when $\alpha > 0$ and $b < 1$"
    )
    assert formulas.condition(sp.And(a < 1, sp.Or(a < b, b < 0))) == (
        r"when $\alpha < 1$ and ($\alpha < b$ or $b < 0$)"
    )
    assert formulas.condition(sp.true) == ""


def test_sympys_printing_needs_no_package():
    a, b = sp.symbols("a b", real=True)
    formulas = LatexFormulas({a: "a", b: "b"})
    assert formulas.formula((a + b) / (1 - a)) == r"\frac{a + b}{1 - a}"
    assert formulas.formula(a / (2 * b)) == r"\frac{a}{2 \, b}"
    assert formulas.formula(a * (b - 1) / 2) == r"a \, (b - 1) / 2"
    assert formulas.formula(sp.erf(a)) == r"\mathrm{erf}{(a)}"
    assert formulas.formula(sp.Piecewise((a, b > 0), (b, True))) == (
        r"\left\{\begin{array}{@{}ll@{}}a & \mbox{if $b > 0$} \\ b & \mbox{otherwise}\end{array}\right."
    )


def test_a_long_fraction_is_written_so_that_a_line_can_break():
    letters = sp.symbols("x1:20", real=True)
    formulas = LatexFormulas({letter: f"x_{{{i}}}" for i, letter in enumerate(letters, 1)})
    written = formulas.formula(sum(letters[:18]) / letters[18])
    assert written.startswith("(x_{1} + ")
    assert written.endswith("x_{9}) / x_{19}")


def test_a_long_sum_breaks_before_its_terms():
    a, b, c = sp.symbols("a b c", real=True)
    lines = LatexFormulas({a: "a", b: r"\mathit{punishment}", c: r"\mathit{sanctions}"}).lines(a - b - c, 16)
    assert lines == [r"a - \mathit{punishment}", r"{}- \mathit{sanctions}"]
