"""Closed forms evaluated at many parameter points at once."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from deterrence.grid.blocks import BLOCK, Evaluation
from deterrence.grid.schedule import COLUMNS
from deterrence.grid.steps import Steps
from deterrence.solvers.algebra import inequalities as linear
from deterrence.solvers.algebra import polynomials as poly
from deterrence.solvers.algebra.polynomials import Polynomial
from deterrence.solvers.supports.closed_form import ClosedForm, Corner, FreeGroup, Parametric, is_number

TOLERANCE = 1e-11


@dataclass(frozen=True, slots=True)
class OnGrid:
    """Hold what a closed form says at many points: where it exists, where it does not apply, measures.

    It does not apply (``special``) where a formula divides by zero; on the boundary of its condition
    (``edge``) other classes may meet it, and mixtures of both. ``low`` and ``high`` have one row a measure
    and differ only where something on the path is free.
    """

    exists: np.ndarray
    special: np.ndarray
    edge: np.ndarray
    low: np.ndarray
    high: np.ndarray


@dataclass(frozen=True, slots=True)
class Places:
    """Hold at which steps the parts of a closed form stand: the tests, and the ends of each measure."""

    exists: int
    special: int
    edge: int
    low: tuple[int, ...]
    high: tuple[int, ...]


class Writer:
    """Write closed forms over the same parameters as steps, so that they share what they have in common."""

    def __init__(self, parametric: Parametric) -> None:
        self.parametric = parametric
        self.steps = Steps()
        symbols = tuple(parametric.symbols)
        self._unknowns = [self.steps.column(k) for k in range(len(symbols))]
        self._unknowns += [self.steps.formula(part, symbols) for part in parametric.atoms]
        self._written: dict[Any, tuple[int, int]] = {}

    def element(self, c: Any) -> tuple[int, int]:
        """Return where a rational function of the parameters stands, and its denominator."""
        if c not in self._written:
            top, bottom = self._polynomial(getattr(c, "numer", c)), self._polynomial(getattr(c, "denom", 1))
            self._written[c] = self.steps.divide(top, bottom), bottom
        return self._written[c]

    def _polynomial(self, p: Any) -> int:
        if not hasattr(p, "terms"):
            return self.steps.number(float(p))
        terms = {powers: float(c) for powers, c in p.terms()}
        if terms and terms[max(terms)] < 0:
            return self.steps.negative(self.steps.polynomial({m: -c for m, c in terms.items()}, self._unknowns))
        return self.steps.polynomial(terms, self._unknowns)


class Compiled:
    """Evaluate a closed form and polynomials in its unknowns on arrays of parameter values."""

    def __init__(self, parametric: Parametric, form: ClosedForm, measures: Sequence[Polynomial]) -> None:
        self.form, self.parametric = form, parametric
        self.measures = [self._reduced(parametric.lift(m)) for m in measures]

    def _reduced(self, measure: Polynomial) -> Polynomial:
        for v in list(poly.variables(measure)):
            if v in self.form.solved:
                measure = poly.substitute(measure, v, self.form.solved[v])
        return measure

    # -- on its own --------------------------------------------------------------------------------------

    @cached_property
    def _own(self) -> tuple[Steps, Places]:
        writer = Writer(self.parametric)
        return writer.steps, self.write(writer)

    def at(self, columns: Sequence[np.ndarray]) -> OnGrid:
        """Return where the class exists and what the measures are, at points given column by column."""
        steps, places = self._own
        size = len(columns[0]) if columns else 1
        tests = np.empty((3, size), dtype=bool)
        ends = np.empty((2, len(self.measures), size))
        wanted = [[places.exists, places.special, places.edge, *places.low, *places.high]]
        run = Evaluation(steps, wanted, [COLUMNS] * len(columns), (1, min(size, BLOCK), min(size, BLOCK)))
        for start in range(0, size, BLOCK):
            at = slice(start, start + BLOCK)
            run.start([column[None, at] for column in columns])
            for row, place in zip(tests, wanted[0][:3], strict=True):
                row[at] = run[place]
            for row, place in zip(ends.reshape(-1, size), (*places.low, *places.high), strict=True):
                row[at] = run[place]
        ends[:, :, ~tests[0]] = np.nan
        return OnGrid(*tests, *ends)

    # -- as steps ----------------------------------------------------------------------------------------

    def write(self, writer: Writer) -> Places:
        """Write the closed form's tests and measures as steps; return where they stand."""
        steps = writer.steps
        feasible = [self._feasible(group, writer) for group in self.form.groups]
        fixed = [c for c, _ in self.form.conditions]
        exists = [_holds(writer, c, strict=strict) for c, strict in self.form.conditions]
        exists += [possible for _, possible in feasible]
        edges = [steps.near_zero(writer.element(c)[0], TOLERANCE) for c in (*fixed, *self._corner_conditions)]
        low, high = self._measured(writer, [good for good, _ in feasible])
        zeros = [writer.element(c)[0] for c in self.form.special]
        zeros += [writer.element(c)[1] for c in self._coefficients()]
        special = steps.either(steps.near_zero(zero, TOLERANCE) for zero in zeros)
        return Places(steps.both(exists), special, steps.either(edges), low, high)

    def _coefficients(self) -> list[Any]:
        found = [c for c, _ in self.form.conditions]
        for group in self.form.groups:
            for corner in group.corners:
                found += [c for c, _ in corner.conditions] + list(corner.values.values())
            found += [item for row in group.rows for item in (row.rest, *(c for _, c in row.coefficients))]
        found += [c for measure in self.measures for c in measure.values()]
        return [*found, *self.form.special]

    @property
    def _corner_conditions(self) -> list[Any]:
        """The conditions at corners of what may vary that depend on the parameters."""
        found = [c for group in self.form.groups for corner in group.corners for c, _ in corner.conditions]
        return [c for c in dict.fromkeys(found) if not is_number(c)]

    def _feasible(self, group: FreeGroup, writer: Writer) -> tuple[list[int], int]:
        """Return which corners are feasible, and where the group's inequalities can all be met."""
        steps = writer.steps
        conditions = [[c for c, _ in corner.conditions] for corner in group.corners]
        corners = [steps.both(_holds(writer, c, strict=False) for c in some) for some in conditions]
        possible = [steps.either(corners)]
        for row in group.rows:
            if row.strict:
                above = [steps.compare("greater", _row_at(row, corner, writer), TOLERANCE) for corner in group.corners]
                possible.append(steps.either(steps.both(pair) for pair in zip(corners, above, strict=True)))
        return corners, steps.both(possible)

    def _measured(self, writer: Writer, feasible: list[list[int]]) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Return the least and greatest value of each measure over the feasible corners."""
        steps = writer.steps
        seen = {v for measure in self.measures for v in poly.variables(measure)}
        groups = zip(self.form.groups, feasible, strict=True)
        choices = [list(zip(g.corners, good, strict=True)) for g, good in groups if seen & set(g.unknowns)]
        low, high = ([steps.number(sign * np.inf)] * len(self.measures) for sign in (1, -1))
        for combination in itertools.product(*choices):
            good = steps.both(fits for _, fits in combination)
            at = {v: writer.element(c)[0] for corner, _ in combination for v, c in corner.values.items()}
            for k, measure in enumerate(self.measures):
                number = _measure_at(measure, at, writer)
                if not choices:
                    low[k] = high[k] = number
                else:
                    low[k] = steps.choose(good, steps.least(low[k], number), low[k])
                    high[k] = steps.choose(good, steps.greatest(high[k], number), high[k])
        return tuple(low), tuple(high)


def _holds(writer: Writer, c: Any, *, strict: bool) -> int:
    if strict:
        return writer.steps.compare("greater", writer.element(c)[0], TOLERANCE)
    return writer.steps.compare("greater_equal", writer.element(c)[0], -TOLERANCE)


def _row_at(row: linear.Inequality, corner: Corner, writer: Writer) -> int:
    total = writer.element(row.rest)[0]
    for v, c in row.coefficients:
        term = writer.steps.multiply(writer.element(c)[0], writer.element(corner.values[v])[0])
        total = writer.steps.add(total, term)
    return total


def _measure_at(measure: Polynomial, at: Mapping[int, int], writer: Writer) -> int:
    total = writer.steps.number(0.0)
    for monomial, c in measure.items():
        term = writer.element(c)[0]
        for v in monomial:
            term = writer.steps.multiply(term, at[v])
        total = writer.steps.add(total, term)
    return total
