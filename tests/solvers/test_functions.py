"""Rational functions of parameters against SymPy's own."""

import pickle
from fractions import Fraction

import pytest
import sympy as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from deterrence.solvers.algebra.functions import PolynomialRing, RationalFunctions

SYMBOLS = sp.symbols("x y z", real=True)
TERMS = st.dictionaries(
    st.tuples(*[st.integers(0, 2)] * 3), st.fractions(-3, 3, max_denominator=4).filter(bool), max_size=4
)


def expression(terms):
    return sp.Add(
        *(
            sp.Rational(c.numerator, c.denominator) * sp.Mul(*map(sp.Pow, SYMBOLS, powers))
            for powers, c in terms.items()
        )
    )


@settings(max_examples=40, deadline=None)
@given(TERMS, TERMS, TERMS, TERMS)
def test_sums_products_and_ratios_are_those_of_sympy(a, b, c, d):
    field = RationalFunctions(SYMBOLS)
    top, other, bottom, last = (field.of(field.ring.from_terms(terms)) for terms in (a, b, c, d))
    if not bottom or not last:
        return
    ours = (top / bottom - other / last) * (other + 2) - top
    e, f, g, h = map(expression, (a, b, c, d))
    theirs = (e / g - f / h) * (f + 2) - e
    assert sp.cancel(ours.as_expr() - theirs) == 0
    assert bool(ours) == (sp.cancel(theirs) != 0)


@settings(max_examples=80, deadline=None)
@given(TERMS, TERMS)
def test_equal_functions_are_equal_however_they_were_made(a, b):
    field = RationalFunctions(SYMBOLS)
    top, bottom = (field.of(field.ring.from_terms(terms)) for terms in (a, b))
    if not bottom:
        return
    ratio = top / bottom
    twice = (top * bottom * 6) / (bottom * bottom * 6)
    assert ratio == twice
    assert hash(ratio) == hash(twice)
    assert ratio == field.from_expr(sp.together(ratio.as_expr()))
    assert pickle.loads(pickle.dumps(ratio)).as_expr() == ratio.as_expr()


@settings(max_examples=60, deadline=None)
@given(st.lists(TERMS.filter(bool), min_size=1, max_size=3), st.fractions(-2, 2, max_denominator=3).filter(bool))
def test_factors_multiply_to_the_polynomial_and_are_primitive(parts, number):
    ring = PolynomialRing(SYMBOLS)
    polynomial = ring.constant(number)
    for terms in parts:
        polynomial = polynomial * ring.from_terms(terms)
    constant, factors = polynomial.factor_list()
    product = ring.constant(constant)
    for factor, power in factors:
        product = product * factor**power
        assert all(c.denominator == 1 for c in factor.coeffs())
        assert factor.LC > 0
        assert len(sp.factor_list(factor.as_expr(), *SYMBOLS)[1]) == 1
    assert product == polynomial


@given(TERMS)
def test_derivatives_and_degrees_are_those_of_sympy(terms):
    ring = PolynomialRing(SYMBOLS)
    polynomial, whole = ring.from_terms(terms), sp.Poly(expression(terms), *SYMBOLS)
    for k, symbol in enumerate(SYMBOLS):
        assert sp.expand(polynomial.diff(k).as_expr() - sp.diff(whole.as_expr(), symbol)) == 0
        assert (k in polynomial.used) == whole.as_expr().has(symbol)
    assert polynomial.terms() == [(m, Fraction(int(c.p), int(c.q))) for m, c in whole.terms() if c]


def test_a_ring_without_symbols_has_its_numbers():
    field = RationalFunctions([])
    assert (field.one / 3 + field.of(Fraction(2, 3))) == 1
    assert field.ring.constant(6).factor_list() == (6, [])


def test_what_is_no_rational_function_is_refused():
    field = RationalFunctions(SYMBOLS)
    with pytest.raises(ValueError, match="no rational function"):
        field.from_expr(sp.sqrt(SYMBOLS[0]))
    with pytest.raises(ZeroDivisionError):
        field.one / field.zero
