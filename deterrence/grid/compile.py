"""Closed forms evaluated at many parameter points at once."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from typing import Any

import numpy as np

from deterrence.grid.values import TOLERANCE, Values
from deterrence.solvers.algebra import inequalities as linear
from deterrence.solvers.algebra import polynomials as poly
from deterrence.solvers.algebra.polynomials import Polynomial
from deterrence.solvers.supports.closed_form import ClosedForm, Corner, FreeGroup, Parametric, is_number

Pair = tuple[Any, Any]


@dataclass(frozen=True, slots=True)
class OnGrid:
    """What a closed form says at many points: where it exists, where it does not apply, measures.

    It does not apply (``special``) where a formula divides by zero; on the boundary of its condition
    (``edge``) other classes may meet it, and mixtures of both. ``low`` and ``high`` have one row a measure
    and differ only where something on the path is free.
    """

    exists: np.ndarray
    special: np.ndarray
    edge: np.ndarray
    low: np.ndarray
    high: np.ndarray


class Compiled:
    """A closed form and measures, which are polynomials in its unknowns, ready to be evaluated at points."""

    def __init__(self, parametric: Parametric, form: ClosedForm, measures: Sequence[Polynomial]) -> None:
        self.form, self.parametric = form, parametric
        self.measures = [self._reduced(parametric.lift(m)) for m in measures]

    def _reduced(self, measure: Polynomial) -> Polynomial:
        for v in list(poly.variables(measure)):
            if v in self.form.solved:
                measure = poly.substitute(measure, v, self.form.solved[v])
        return measure

    def at(self, columns: Sequence[np.ndarray]) -> OnGrid:
        """Return where the class exists and what the measures are, at points given column by column."""
        at, size = Values(self.parametric, columns), len(columns[0]) if columns else 1
        with np.errstate(all="ignore"):
            tests = self.exists(at), either(map(at.is_zero, self.zeros)), either(map(at.is_zero, self.borders))
            exists, special, edge = (np.array(np.broadcast_to(test, size)) for test in tests)
            pairs = self.ranges(at)
        low, high = (np.array([np.where(exists, pair[k], np.nan) for pair in pairs]).reshape(-1, size) for k in (0, 1))
        return OnGrid(exists, special, edge, low, high)

    # -- tests -------------------------------------------------------------------------------------------

    def exists(self, at: Values) -> Any:
        """Return where the conditions hold, and something that may vary does as well."""
        tests = [at.holds(c, strict=strict) for c, strict in self.form.conditions]
        return every([*tests, *(test for group in self.form.groups for test in _possible(group, at))])

    @cached_property
    def borders(self) -> tuple[Any, ...]:
        """The conditions at whose zeros the class may exist on its boundary: where a strict one is zero it does not."""
        weak = [c for c, strict in self.form.conditions if not strict]
        at_corners = [c for group in self.form.groups for corner in group.corners for c, _ in corner.conditions]
        return tuple(dict.fromkeys([*weak, *(c for c in at_corners if not is_number(c))]))

    @cached_property
    def zeros(self) -> tuple[Any, ...]:
        """What the form does not apply at the zeros of: above all the denominators of its coefficients."""
        coefficients = [*(c for c, _ in self.form.conditions), *self.form.special]
        for group in self.form.groups:
            for corner in group.corners:
                coefficients += [*(c for c, _ in corner.conditions), *corner.values.values()]
            coefficients += [item for row in group.rows for item in (row.rest, *(c for _, c in row.coefficients))]
        coefficients += [c for measure in self.measures for c in measure.values()]
        denominators = (c.denom for c in coefficients if hasattr(c, "denom") and not c.denom.is_ground)
        return tuple(dict.fromkeys(-p if p.LC < 0 else p for p in (*self.form.special, *denominators)))

    # -- measures ----------------------------------------------------------------------------------------

    def ranges(self, at: Values) -> list[Pair]:
        """Return the least and greatest value of each measure over the feasible corners of what varies on the path."""
        if not self._varying:
            values = [_measure_at(measure, {}, at) for measure in self.measures]
            return list(zip(values, values, strict=True))
        pairs: list[Pair] = [(np.inf, -np.inf)] * len(self.measures)
        for corners in itertools.product(*(group.corners for group in self._varying)):
            feasible = every(_is_feasible(corner, at) for corner in corners)
            unknowns = {v: at[c] for corner in corners for v, c in corner.values.items()}
            for m, measure in enumerate(self.measures):
                value = _measure_at(measure, unknowns, at)
                low, high = np.minimum(pairs[m][0], value), np.maximum(pairs[m][1], value)
                pairs[m] = np.where(feasible, low, pairs[m][0]), np.where(feasible, high, pairs[m][1])
        return pairs

    @cached_property
    def _varying(self) -> tuple[FreeGroup, ...]:
        """The groups of free unknowns that the measures depend on."""
        used = {v for measure in self.measures for v in poly.variables(measure)}
        return tuple(group for group in self.form.groups if used & set(group.unknowns))


def _possible(group: FreeGroup, at: Values) -> list[Any]:
    """Return tests of where all of a group's inequalities can be met."""
    feasible = [_is_feasible(corner, at) for corner in group.corners]
    tests = [either(feasible)]
    for row in group.rows:
        if row.strict:
            above = [_is_above(row, corner, at) for corner in group.corners]
            tests.append(either(every(pair) for pair in zip(feasible, above, strict=True)))
    return tests


def _is_feasible(corner: Corner, at: Values) -> Any:
    return every(at.holds(c, strict=False) for c, _ in corner.conditions)


def _is_above(row: linear.Inequality, corner: Corner, at: Values) -> Any:
    """Tell where an inequality holds strictly at a corner, beyond rounding of its terms."""
    terms = [at[row.rest], *(at[c] * at[corner.values[v]] for v, c in row.coefficients)]
    return sum(terms) > TOLERANCE * sum(np.abs(term) for term in terms)


def _measure_at(measure: Polynomial, unknowns: Mapping[int, Any], at: Values) -> Any:
    total = np.float64(0)
    for monomial, c in measure.items():
        total = total + reduce(np.multiply, (unknowns[v] for v in monomial), at[c])
    return total


def every(tests: Iterable[Any]) -> Any:
    """Return where all of some tests hold."""
    return reduce(np.logical_and, tests, np.True_)


def either(tests: Iterable[Any]) -> Any:
    """Return where any of some tests holds."""
    return reduce(np.logical_or, tests, np.False_)
