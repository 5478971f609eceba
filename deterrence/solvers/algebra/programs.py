"""Small linear programs, solved exactly by the two-phase simplex method with fractions.

Unknowns are not negative. After some steps Bland's rule picks the pivots, so that degenerate programs end too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

QUICK = 3
"""So many steps a row are taken before the rule that is sure to end."""

Row = tuple[Sequence[Any], Any]
"""Coefficients and the right side."""


@dataclass(frozen=True, slots=True)
class Optimum:
    """The greatest value of an objective and a point that reaches it; the value is None where it is unbounded."""

    value: Fraction | None
    at: tuple[Fraction, ...]


def maximize(objective: Sequence[Any], equal: Sequence[Row] = (), at_most: Sequence[Row] = ()) -> Optimum | None:
    """Return the optimum over unknowns that are not negative, or None where nothing is feasible.

    Parameters
    ----------
    objective
        One coefficient for each unknown.
    equal, at_most
        Rows ``(a, b)`` that ask ``a.x == b`` and ``a.x <= b``.
    """
    table = _Table.of(len(objective), equal, at_most)
    if not table.make_feasible():
        return None
    bounded = table.improve([Fraction(c) for c in objective])
    at = table.point(len(objective))
    value = sum((Fraction(c) * x for c, x in zip(objective, at, strict=True)), Fraction(0))
    return Optimum(value if bounded else None, at)


def feasible(unknowns: int, equal: Sequence[Row] = (), at_most: Sequence[Row] = ()) -> tuple[Fraction, ...] | None:
    """Return unknowns, none negative, that satisfy the rows, or None where there are none."""
    optimum = maximize([0] * unknowns, equal, at_most)
    return None if optimum is None else optimum.at


@dataclass(slots=True)
class _Table:
    """A simplex tableau: rows of coefficients with the right side last, and the basic column of each row."""

    rows: list[list[Fraction]]
    basis: list[int]
    columns: int

    @classmethod
    def of(cls, unknowns: int, equal: Sequence[Row], at_most: Sequence[Row]) -> _Table:
        """Return the table with a slack for every inequality, basic where it is not negative at the start."""
        slacks = len(at_most)
        rows, basis = [], []
        for k, (coefficients, right) in enumerate((*at_most, *equal)):
            row = [Fraction(c) for c in coefficients] + [Fraction(int(k == j)) for j in range(slacks)]
            row.append(Fraction(right))
            basis.append(unknowns + k if k < slacks and row[-1] >= 0 else -1)
            rows.append([-item for item in row] if row[-1] < 0 else row)
        return cls(rows, basis, unknowns + slacks)

    def make_feasible(self) -> bool:
        """Find basic columns by driving out an artificial unknown for each row without one; False where none exist."""
        without = [k for k, column in enumerate(self.basis) if column < 0]
        added, columns = len(without), self.columns
        for k, row in enumerate(self.rows):
            row[-1:] = [*(Fraction(int(k == j)) for j in without), row[-1]]
        for j, k in enumerate(without):
            self.basis[k] = columns + j
        self.columns = columns + added
        # Phase one: the rows are feasible exactly if the artificial unknowns can sum to zero.
        self.improve([Fraction(0)] * columns + [Fraction(-1)] * added)
        if any(row[-1] for row, column in zip(self.rows, self.basis, strict=True) if column >= columns):
            return False
        self._leave(columns)
        return True

    def _leave(self, columns: int) -> None:
        """Take the artificial unknowns out, with the rows that say nothing more."""
        places = []
        for k in range(len(self.rows)):
            if self.basis[k] >= columns:
                column = next((j for j in range(columns) if self.rows[k][j]), None)
                if column is None:
                    continue
                self._pivot(k, column)
            places.append(k)
        self.rows = [self.rows[k][:columns] + self.rows[k][-1:] for k in places]
        self.basis = [self.basis[k] for k in places]
        self.columns = columns

    def improve(self, objective: list[Fraction]) -> bool:
        """Move to an optimum of the objective; False where it grows without bound."""
        gain = objective + [Fraction(0)] * (self.columns + 1 - len(objective))
        for k, column in enumerate(self.basis):
            if gain[column]:
                factor = gain[column]
                gain = [g - factor * item for g, item in zip(gain, self.rows[k], strict=True)]
        steps = 0
        while True:
            # Bland's rule: of the columns that gain the first enters, of the rows that limit it equally the one whose
            # basic column comes first leaves. No basis then returns, so the loop ends. At first the column that gains
            # most enters, which takes fewer steps but need not end.
            bland = steps > QUICK * len(self.rows)
            enters = next((j for j in range(self.columns) if gain[j] > 0), None) if bland else self._steepest(gain)
            steps += 1
            if enters is None:
                return True
            limits = [(row[-1] / row[enters], self.basis[k], k) for k, row in enumerate(self.rows) if row[enters] > 0]
            if not limits:
                return False
            leaves = min(limits)[2]
            self._pivot(leaves, enters)
            factor = gain[enters]
            gain = [g - factor * item if item else g for g, item in zip(gain, self.rows[leaves], strict=True)]

    def _steepest(self, gain: list[Fraction]) -> int | None:
        column = max(range(self.columns), key=lambda j: gain[j], default=None)
        return column if column is not None and gain[column] > 0 else None

    def _pivot(self, at: int, column: int) -> None:
        unit = self.rows[at][column]
        pivot = [item / unit if item else item for item in self.rows[at]]
        self.rows[at] = pivot
        for k, row in enumerate(self.rows):
            if k != at and row[column]:
                factor = row[column]
                self.rows[k] = [a - factor * b if b else a for a, b in zip(row, pivot, strict=True)]
        self.basis[at] = column

    def point(self, unknowns: int) -> tuple[Fraction, ...]:
        """Return the values of the first unknowns."""
        values = [Fraction(0)] * self.columns
        for row, column in zip(self.rows, self.basis, strict=True):
            values[column] = row[-1]
        return tuple(values[:unknowns])
