"""Linear equations solved for some of their unknowns, and the exchange of one unknown for another.

A dictionary gives each *basic* unknown as a constant plus multiples of the others, which are zero. All entries are
integers over one common denominator, so that they are exact and stay as small as determinants (Edmonds 1967).
Constants are polynomials in a number that is positive and smaller than any other: compared term by term.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING, Any

from deterrence.lazy import Deferred
from deterrence.solvers.sequences.lifting import solution

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Table = npt.NDArray[Any]
else:
    np = Deferred("numpy")
    Table = Any


@dataclass(eq=False, slots=True)
class Dictionary:
    """Basic unknowns, a row each, in terms of the others, a column each.

    Attributes
    ----------
    table
        The rows: first the coefficients of the constant's powers, then one of each nonbasic unknown.
    basic, others
        The unknowns of the rows and of the columns.
    powers
        How many columns the constants take.
    scale
        The common denominator, above zero.
    start
        The unknowns that were basic first, by which ties are broken.
    """

    table: Table
    basic: list[int]
    others: list[int]
    powers: int
    scale: Any = 1
    start: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        self.start = self.start or tuple(self.basic)

    @property
    def feasible(self) -> bool:
        """Whether no basic unknown is below zero, however small the small number is."""
        zero = (0,) * self.powers
        return all(tuple(row[: self.powers]) >= zero for row in self.table)

    def at_basis(self, basis: Iterable[int]) -> Dictionary | None:
        """Return the constants of other basic unknowns, without coefficients; None where they are none.

        For a dictionary in integers over 1, such as the first.
        """
        wanted = set(basis)
        entering = [self.powers + k for k, unknown in enumerate(self.others) if unknown in wanted]
        leaving = [k for k, unknown in enumerate(self.basic) if unknown not in wanted]
        staying = [k for k, unknown in enumerate(self.basic) if unknown in wanted]
        if len(entering) != len(leaving):
            return None
        block, constants = self.table[np.ix_(leaving, entering)], self.table[:, : self.powers]
        solved = solution(block, -constants[leaving])
        if solved is None:
            return None
        entered, scale = solved
        rest = constants[staying] * scale + self.table[np.ix_(staying, entering)] @ entered
        unknowns = [self.others[k - self.powers] for k in entering] + [self.basic[k] for k in staying]
        return Dictionary(np.vstack([entered, rest]), unknowns, [], self.powers, scale)

    def exchange(self, row: int, unknown: int) -> int:
        """Let an unknown enter in a row, and return the one that leaves."""
        place = self.others.index(unknown)
        self._pivot(row, self.powers + place)
        self.others[place], self.basic[row] = self.basic[row], unknown
        return self.others[place]

    def _pivot(self, row: int, column: int) -> None:
        """Solve a row for the unknown of a column, and put it into the other rows."""
        # scale * basic = entry * entering + rest, so |entry| is the new scale, and the division below leaves no rest.
        entry, factors = self.table[row, column], self.table[:, column].copy()
        new_scale, sign = abs(entry), -1 if entry > 0 else 1
        solved = self.table[row] * sign
        solved[column] = -sign * self.scale
        factors[row] = 0
        self.table[:, column] = 0
        self._combine(factors, solved, new_scale)
        self.table[row] = solved
        self.scale = new_scale

    def _combine(self, factors: Table, solved: Table, new_scale: Any) -> None:
        self.table = (self.table * new_scale + np.multiply.outer(factors, solved)) // self.scale

    def leaving(self, unknown: int) -> int | None:
        """Return the row that reaches zero first as an unknown grows; None where none does.

        Ties of all powers are broken by the lexicographic rule: as if each first basic unknown had a constant of its
        own, each smaller than any before. No basis returns then, so that every path of exchanges ends.
        """
        column = self.table[:, self.powers + self.others.index(unknown)]
        rows = [k for k in range(len(self.basic)) if self._falls(column[k])]
        for power in range(self.powers):
            rows = self._least(rows, column, partial(self._power, power))
            if len(rows) <= 1:
                break
        for first in self.start if len(rows) > 1 else ():
            rows = self._least(rows, column, partial(self._share, first))
            if len(rows) == 1:
                break
        return rows[0] if rows else None

    def _falls(self, entry: Any) -> bool:
        return bool(entry < 0)

    def _power(self, power: int, row: int) -> Any:
        return self.table[row, power]

    def _share(self, first: int, row: int) -> Any:
        """Return the coefficient in a row of the small constant that a first basic unknown has for breaking ties."""
        if self.basic[row] == first:
            return self.scale
        return -self.table[row, self.powers + self.others.index(first)] if first in self.others else 0

    def _least(self, rows: list[int], column: Table, value: Callable[[int], Any]) -> list[int]:
        """Return the rows where a value, divided by how fast the row falls, is least."""
        best: list[int] = []
        best_value: Any = None
        for k in rows:
            ratio = Fraction(int(value(k)), -int(column[k]))
            if best_value is None or ratio < best_value:
                best, best_value = [k], ratio
            elif ratio == best_value:
                best.append(k)
        return best


def rounded(exact: Dictionary) -> Dictionary:
    """Return a dictionary in floating point."""
    return _Rounded((exact.table / exact.scale).astype(float), list(exact.basic), list(exact.others), exact.powers, 1.0)


class _Rounded(Dictionary):
    """The same in floating point: fast, and only a proposal."""

    __slots__ = ()
    tiny = 1e-9

    def _combine(self, factors: Table, solved: Table, new_scale: Any) -> None:
        self.table += np.multiply.outer(factors, solved / new_scale)
        solved /= new_scale

    def _pivot(self, row: int, column: int) -> None:
        super()._pivot(row, column)
        self.scale = 1.0

    def _falls(self, entry: Any) -> bool:
        return bool(entry < -self.tiny)

    def _least(self, rows: list[int], column: Table, value: Callable[[int], Any]) -> list[int]:
        ratios = [value(k) / -column[k] for k in rows]
        least = min(ratios, default=0.0)
        return [k for k, ratio in zip(rows, ratios, strict=True) if ratio <= least + self.tiny * (1 + abs(least))]
