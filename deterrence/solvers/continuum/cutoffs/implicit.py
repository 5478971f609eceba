"""Patterns whose equations end in one polynomial of higher degree: its roots, as formulas in two, else as numbers.

All other unknowns are ratios in the last one, u. Where the polynomial is of degree two its roots are written with a
square root; else the class keeps u as a symbol, with the polynomial and the interval in which the root lies.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import sympy as sp

from deterrence.answers.continuum.classes import Implicit
from deterrence.games.continuum.law import Law
from deterrence.games.expression import to_sympy
from deterrence.solvers.algebra import elimination
from deterrence.solvers.algebra import polynomials as poly
from deterrence.solvers.algebra.polynomials import Polynomial
from deterrence.solvers.continuum.cutoffs.agents import Agent
from deterrence.solvers.continuum.cutoffs.arithmetic import Formulas
from deterrence.solvers.continuum.cutoffs.conditions import Conditions
from deterrence.solvers.continuum.cutoffs.reading import Reading, with_segments
from deterrence.solvers.supports.agent_form import System

TWO = 2
NEARLY = 1e-9
LONG = 400
"""Longer expressions are not put into factors."""


class Expressions:
    """The arithmetic of SymPy expressions, of which no signs are asked."""

    def element(self, value: Any) -> Any:
        """Return an expression."""
        return to_sympy(value)

    def ends(self, law: Law) -> tuple[Any, Any]:
        """Return the ends of a law."""
        low, high = law.ends
        return to_sympy(low), to_sympy(high)

    def mean(self, law: Law) -> Any:
        """Return the mean of a uniform law."""
        low, high = self.ends(law)
        return (low + high) / 2

    def positive(self, _value: Any) -> bool:
        """Tell nothing: any sign may be."""
        return True

    def zero(self, _value: Any) -> bool:
        """Tell nothing: any sign may be."""
        return True


@dataclass(frozen=True)
class RootForm:
    """A pattern's play in terms of one root.

    Attributes
    ----------
    conditions
        The pattern's conditions, whose reading has expressions of SymPy.
    values
        The unknowns by number, as expressions in the root.
    rows
        What must not be negative, and whether it must be above zero; in the root.
    implicit
        The root.
    """

    conditions: Conditions
    values: Mapping[int, Any]
    rows: tuple[tuple[Any, bool], ...]
    implicit: Implicit

    @property
    def terms(self) -> Any:
        """The condition in the root."""
        return sp.And(*(row > 0 if strict else row >= 0 for row, strict in self.rows))

    @property
    def when(self) -> Any:
        """The condition on the parameters, where the root has a formula; else in the root."""
        formula = self.implicit.formula
        return self.terms if formula is None else self.terms.subs(self.implicit.symbol, formula)


def last_unknown(system: System, reduced: elimination.Reduced) -> int | None:
    """Return the unknown in which one equation is left; None where more than that is left."""
    unknowns = {v for p in reduced.unresolved for v in poly.variables(p)}
    known = unknowns | {v for v, _ in reduced.solved}
    if len(reduced.unresolved) != 1 or len(unknowns) != 1 or not set(reduced.free(system)) <= unknowns:
        return None
    if any(set(poly.variables(p)) - known for _, ratio in reduced.solved for p in ratio):
        return None
    return next(iter(unknowns))


def factors_of(equation: Polynomial, u: int, formulas: Formulas) -> list[Polynomial]:
    """Return the different factors of an equation in one unknown, over the field of the parameters."""
    symbol = sp.Symbol("u", real=True)
    expression = sp.together(_written(equation, {u: symbol}, formulas.parametric.expression))
    _, factors = sp.factor_list(sp.numer(expression))
    found = []
    for factor, _ in factors:
        if symbol in factor.free_symbols:
            terms = sp.Poly(factor, symbol).terms()
            found.append({(u,) * int(power): formulas.parametric.known_element(c) for (power,), c in terms})
    return found


def root_forms(
    conditions: Conditions, system: System, reduced: elimination.Reduced, u: int, factor: Polynomial, formulas: Formulas
) -> list[RootForm]:
    """Return the forms of a pattern whose last unknown is a root of a factor of degree two or more."""
    expression = formulas.parametric.expression
    symbol = sp.Symbol("u", real=True)
    polynomial = sp.Poly(_written(factor, {u: symbol}, expression), symbol)
    values = _back(reduced, u, symbol, expression)
    rows = [(p, False) for p in system.weak] + [(p, True) for p in system.strict]
    written = {(_factored(_written(p, values, expression)), strict): None for p, strict in rows}
    kept = tuple((row, strict) for row, strict in written if not _sure(row, symbol, formulas))
    other = Conditions(_in_sympy(conditions.reading, formulas), conditions.chosen, replies=dict(conditions.replies))
    return [RootForm(other, values, (*kept, *more), root) for root, more in _roots(polynomial, symbol)]


def _factored(row: Any) -> Any:
    return sp.factor(row) if row.count_ops() < LONG else sp.together(row)


def _sure(row: Any, symbol: Any, formulas: Formulas) -> bool:
    """Tell whether it is proved that a row without the root is not negative."""
    if symbol in row.free_symbols:
        return False
    element = formulas.parametric.known_element(row)
    return element is not None and (element == 0 or formulas.sign(element) == 1)


def _roots(polynomial: Any, symbol: Any) -> Iterator[tuple[Implicit, tuple[tuple[Any, bool], ...]]]:
    """Yield the roots of a polynomial, with what must not be negative for them to be real."""
    if polynomial.degree() != TWO:
        yield Implicit(symbol, sp.factor(polynomial.as_expr()), 0, 1), ()
        return
    a, b, c = polynomial.all_coeffs()
    under = sp.factor(b**2 - 4 * a * c)
    for sign in (1, -1):
        root = (-b + sign * sp.sqrt(under)) / (2 * a)
        yield Implicit(symbol, polynomial.as_expr(), 0, 1, root), ((under, False),)


def _back(reduced: elimination.Reduced, u: int, symbol: Any, expression: Any) -> dict[int, Any]:
    """Return every unknown as an expression in the root."""
    values: dict[int, Any] = {u: symbol}
    for v, (top, bottom) in reversed(reduced.solved):
        values[v] = sp.cancel(_written(top, values, expression) / _written(bottom, values, expression))
    return values


def _written(p: Polynomial, values: Mapping[int, Any], expression: Any) -> Any:
    """Return a polynomial in unknowns as an expression, with what is known of them put in."""
    return sp.Add(*(sp.Mul(expression(c), *(values[v] for v in monomial)) for monomial, c in p.items()))


def _in_sympy(reading: Reading, formulas: Formulas) -> Reading:
    """Return a reading with the same agents whose coefficients are expressions of SymPy."""
    other = Reading(reading.game, Expressions())
    other.agents = tuple(_agent_in_sympy(agent, formulas) for agent in reading.agents)
    return copy.copy(other)


def _agent_in_sympy(agent: Agent, formulas: Formulas) -> Agent:
    def written(value: Any) -> Any:
        return formulas.parametric.expression(value) if hasattr(value, "numer") else to_sympy(value)

    ends = [written(agent.segments[0].low), *(written(segment.high) for segment in agent.segments)]
    last = {h: tuple((written(a), written(b), action) for a, b, action in rows) for h, rows in agent.last.items()}
    return with_segments(agent, ends, last)


def exists_at(form: RootForm, formulas: Formulas) -> np.ndarray:
    """Return at which samples of the parameters a form's rows all hold."""
    symbols = list(formulas.parametric.symbols)
    samples = formulas.domain.samples
    columns = [samples[:, k].astype(complex) for k in range(len(symbols))]
    root = form.implicit
    if root.formula is None:
        return _by_roots(form, symbols, columns)
    with np.errstate(all="ignore"):
        u = np.broadcast_to(sp.lambdify(symbols, root.formula, modules="numpy")(*columns), (len(samples),))
        return _holds(form, symbols, columns, u)


def _holds(form: RootForm, symbols: Sequence[Any], columns: Sequence[np.ndarray], u: np.ndarray) -> np.ndarray:
    inside = np.abs(u.imag) < NEARLY
    for row, strict in form.rows:
        function = sp.lambdify([*symbols, form.implicit.symbol], row, modules="numpy")
        values = np.broadcast_to(np.asarray(function(*columns, u)), u.shape)
        inside = inside & ((values.real > 0) if strict else (values.real >= -NEARLY))
    return inside


def _by_roots(form: RootForm, symbols: Sequence[Any], columns: Sequence[np.ndarray]) -> np.ndarray:
    """Return at which samples some root of the polynomial meets all rows."""
    root = form.implicit
    polynomial = sp.Poly(root.polynomial, root.symbol)
    coefficients = [
        np.broadcast_to(sp.lambdify(symbols, c, modules="numpy")(*columns), columns[0].shape)
        for c in polynomial.all_coeffs()
    ]
    rows = np.array([np.roots(row) for row in np.array(coefficients).T.real])
    with np.errstate(all="ignore"):
        each = [_holds(form, symbols, columns, rows[:, k].astype(complex)) for k in range(rows.shape[1])]
    return np.logical_or.reduce(each)
