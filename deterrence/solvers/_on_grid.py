"""Closed forms evaluated at many parameter points at once."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from deterrence.solvers import _inequalities as linear
from deterrence.solvers import _polynomials as poly
from deterrence.solvers._closed_form import ClosedForm, Corner, FreeGroup, Parametric, is_number
from deterrence.solvers._polynomials import Polynomial


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


TOLERANCE = 1e-11


class Compiled:
    """Evaluate a closed form and polynomials in its unknowns on arrays of parameter values."""

    def __init__(self, parametric: Parametric, form: ClosedForm, measures: Sequence[Polynomial]) -> None:
        self.form = form
        self.measures = [self._reduced(parametric.lift(m)) for m in measures]
        self._elements: list[Any] = []
        self._place: dict[Any, int] = {}
        for c in self._coefficients():
            self._add(c)
        self._function = self._lambdified(parametric)

    def _reduced(self, measure: Polynomial) -> Polynomial:
        for v in list(poly.variables(measure)):
            if v in self.form.solved:
                measure = poly.substitute(measure, v, self.form.solved[v])
        return measure

    def _coefficients(self) -> list[Any]:
        found = [c for c, _ in self.form.conditions]
        for group in self.form.groups:
            for corner in group.corners:
                found += [c for c, _ in corner.conditions] + list(corner.values.values())
            found += [item for row in group.rows for item in (row.rest, *(c for _, c in row.coefficients))]
        found += [c for measure in self.measures for c in measure.values()]
        return [*found, *self.form.special]

    def _add(self, c: Any) -> None:
        if c not in self._place:
            self._place[c] = len(self._elements)
            self._elements.append(c)

    def _lambdified(self, parametric: Parametric) -> Any:
        import sympy as sp

        tops = [parametric.expression(getattr(c, "numer", c)) for c in self._elements]
        bottoms = [parametric.expression(c.denom) if hasattr(c, "denom") else sp.Integer(1) for c in self._elements]
        return sp.lambdify(parametric.symbols, [*tops, *bottoms], modules="numpy", cse=True)

    @cached_property
    def _corner_conditions(self) -> list[Any]:
        """The conditions at corners of what may vary that depend on the parameters."""
        found = [c for group in self.form.groups for corner in group.corners for c, _ in corner.conditions]
        return [c for c in dict.fromkeys(found) if not is_number(c)]

    @cached_property
    def _varying(self) -> list[FreeGroup]:
        """The groups that some measure depends on."""
        seen = {v for measure in self.measures for v in poly.variables(measure)}
        return [group for group in self.form.groups if seen & set(group.unknowns)]

    def at(self, columns: Sequence[np.ndarray]) -> OnGrid:
        """Return where the class exists and what the measures are, at points given column by column."""
        size = len(columns[0]) if columns else 1
        count = len(self._elements)
        with np.errstate(all="ignore"):
            raw = self._function(*columns)
            tops = [np.broadcast_to(np.asarray(item, dtype=float), (size,)) for item in raw[:count]]
            bottoms = [np.broadcast_to(np.asarray(item, dtype=float), (size,)) for item in raw[count:]]
            values = [top / bottom for top, bottom in zip(tops, bottoms, strict=True)]
            special = np.zeros(size, dtype=bool)
            for c in self.form.special:
                special |= np.abs(values[self._place[c]]) < TOLERANCE
            for bottom in bottoms:
                special |= np.abs(bottom) < TOLERANCE
            exists, edge = np.ones(size, dtype=bool), np.zeros(size, dtype=bool)
            for c, strict in self.form.conditions:
                exists &= _holds(values[self._place[c]], strict=strict)
                edge |= np.abs(values[self._place[c]]) < TOLERANCE
            for c in self._corner_conditions:
                edge |= np.abs(values[self._place[c]]) < TOLERANCE
            feasible = [self._feasible(group, values, size) for group in self.form.groups]
            for _, possible in feasible:
                exists &= possible
            low, high = self._measured(values, feasible, size)
        low[:, ~exists] = np.nan
        high[:, ~exists] = np.nan
        return OnGrid(exists, special, edge, low, high)

    def _feasible(self, group: FreeGroup, values: list[np.ndarray], size: int) -> tuple[list[np.ndarray], np.ndarray]:
        """Return which corners are feasible, and where the group's inequalities can all be met."""
        corners = []
        for corner in group.corners:
            good = np.ones(size, dtype=bool)
            for c, _ in corner.conditions:
                good &= _holds(values[self._place[c]], strict=False)
            corners.append(good)
        possible = np.zeros(size, dtype=bool)
        for good in corners:
            possible |= good
        for row in group.rows:
            if row.strict:
                reached = np.zeros(size, dtype=bool)
                for corner, good in zip(group.corners, corners, strict=True):
                    reached |= good & (self._row_at(row, corner, values) > TOLERANCE)
                possible &= reached
        return corners, possible

    def _row_at(self, row: linear.Inequality, corner: Corner, values: list[np.ndarray]) -> np.ndarray:
        total = np.array(values[self._place[row.rest]])
        for v, c in row.coefficients:
            total = total + values[self._place[c]] * values[self._place[corner.values[v]]]
        return total

    def _measured(self, values: list[np.ndarray], feasible: Any, size: int) -> tuple[np.ndarray, np.ndarray]:
        low = np.full((len(self.measures), size), np.inf)
        high = np.full((len(self.measures), size), -np.inf)
        by_group = {id(group): good for group, (good, _) in zip(self.form.groups, feasible, strict=True)}
        choices = [list(zip(group.corners, by_group[id(group)], strict=True)) for group in self._varying]
        for combination in itertools.product(*choices):
            good = np.ones(size, dtype=bool)
            at: dict[int, np.ndarray] = {}
            for corner, fits in combination:
                good &= fits
                at |= {v: values[self._place[c]] for v, c in corner.values.items()}
            for k, measure in enumerate(self.measures):
                number = self._measure_at(measure, at, values, size)
                low[k] = np.where(good, np.minimum(low[k], number), low[k])
                high[k] = np.where(good, np.maximum(high[k], number), high[k])
        return low, high

    def _measure_at(
        self, measure: Polynomial, at: Mapping[int, np.ndarray], values: list[np.ndarray], size: int
    ) -> np.ndarray:
        total = np.zeros(size)
        for monomial, c in measure.items():
            term = values[self._place[c]]
            for v in monomial:
                term = term * at[v]
            total = total + term
        return total


def _holds(values: np.ndarray, *, strict: bool) -> np.ndarray:
    found: np.ndarray = values > TOLERANCE if strict else values >= -TOLERANCE
    return found
