"""Many points of parameter values: floats in blocks for formulas, exact values by number for solvers."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np

from deterrence.games.expression import Exact
from deterrence.grid.blocks import BLOCK
from deterrence.grid.schedule import COLUMNS, ROWS

ENOUGH = 64
"""So many points along a block's columns make its rows cheap."""
TALL = 64
"""A block of a large grid has at least so many rows; through a thin strip boundaries would run more often."""
COARSE = 4096
Point = tuple[Exact, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """Hold a rectangle of points: the number of its first, a column of values a parameter, and the step to a row below.

    From one row to the next the points' numbers grow by ``across``.
    """

    start: int
    shape: tuple[int, int]
    columns: tuple[np.ndarray, ...]
    across: int

    @property
    def size(self) -> int:
        """The number of its points."""
        return self.shape[0] * self.shape[1]

    @property
    def middle(self) -> int:
        """The number of a point in its middle."""
        return self.start + self.shape[0] // 2 * self.across + self.shape[1] // 2

    def numbers(self, inside: np.ndarray) -> np.ndarray:
        """Return the numbers of points that are counted within the block, row by row."""
        rows, columns = np.divmod(inside, self.shape[1])
        numbers: np.ndarray = self.start + rows * self.across + columns
        return numbers

    def of(self, array: np.ndarray) -> np.ndarray:
        """Return the part of an array, whose last axis is all points, that belongs to the block, as a view."""
        row, column = divmod(self.start, self.across)
        whole = array.reshape(*array.shape[:-1], array.shape[-1] // self.across, self.across)
        return whole[..., row : row + self.shape[0], column : column + self.shape[1]]


def rounded(values: Sequence[Exact]) -> np.ndarray:
    """Return exact values as floats; a ratio of integers is rounded once."""
    return np.array([value.numerator / value.denominator for value in values])


class Grid(Sequence[Point]):
    """Hold all combinations of the values on some axes, the last axis running fastest.

    Nothing is stored but the axes. The trailing axes make the columns of a block, the others its rows, so
    that what depends on one of them alone is computed once a row or once a column.
    """

    def __init__(self, axes: Sequence[Sequence[Exact]]) -> None:
        self.axes = tuple(axes)
        self.shape = tuple(len(values) for values in axes)
        self.tiled: Any = None  # how the latest program's tests cut it
        self._floats = [rounded(values) for values in axes]

    def __len__(self) -> int:
        return math.prod(self.shape)

    def __getitem__(self, i: Any) -> Any:
        if isinstance(i, slice):
            return [self[k] for k in range(*i.indices(len(self)))]
        places = np.unravel_index(range(len(self))[i], self.shape)
        return tuple(values[int(k)] for values, k in zip(self.axes, places, strict=True))

    def floats(self, numbers: np.ndarray) -> list[np.ndarray]:
        """Return the parameters' values at points given by number."""
        return [values[k] for values, k in zip(self._floats, np.unravel_index(numbers, self.shape), strict=True)]

    def ends(self) -> list[tuple[Exact, Exact]]:
        """Return the least and greatest value of each parameter."""
        floats = zip(self.axes, self._floats, strict=True)
        return [(values[int(some.argmin())], values[int(some.argmax())]) for values, some in floats]

    def thinned(self) -> tuple[Grid, Callable[[int], int]]:
        """Return a coarse part of the grid, with its ends, and what number a point of it has in the whole."""
        most = max(2, int(COARSE ** (1 / len(self.shape))))
        kept = [np.unique(np.linspace(0, n - 1, min(n, most)).round().astype(int)) for n in self.shape]
        part = Grid([[values[int(k)] for k in some] for values, some in zip(self.axes, kept, strict=True)])

        def number(i: int) -> int:
            places = np.unravel_index(i, part.shape)
            whole = tuple(int(some[k]) for some, k in zip(kept, places, strict=True))
            return int(np.ravel_multi_index(whole, self.shape))

        return part, number

    # -- blocks -------------------------------------------------------------------------------------------

    @cached_property
    def _split(self) -> int:
        """The number of leading axes that make the rows of a block."""
        k = len(self.shape)
        while k > 0 and math.prod(self.shape[k:]) < ENOUGH:
            k -= 1
        return k

    @property
    def sides(self) -> list[int]:
        """Whether each parameter varies over a block's rows or columns."""
        return [ROWS if k < self._split else COLUMNS for k in range(len(self.shape))]

    @property
    def sizes(self) -> tuple[int, int]:
        """The number of rows and of columns of all points."""
        return math.prod(self.shape[: self._split]), math.prod(self.shape[self._split :])

    def blocks(self, cuts: tuple[Sequence[int], Sequence[int]] = ((), ()), most: int = BLOCK) -> Iterator[Block]:
        """Yield the points in blocks, none of which reaches across the rows and columns where it is cut."""
        (down, across), (above, left) = self.sizes, cuts
        wide = _spans(across, left, most // TALL)
        right = [self._columns(slice(self._split, None), *span) for span in wide]
        for top, end in _spans(down, above, down):
            for (first, last), columns in zip(wide, right, strict=True):
                for row, stop in _spans(end - top, (), max(1, most // (last - first))):
                    rows = self._columns(slice(0, self._split), top + row, top + stop)
                    shown = (*(some[:, None] for some in rows), *(some[None] for some in columns))
                    yield Block((top + row) * across + first, (stop - row, last - first), shown, across)

    def lines(self) -> tuple[list[np.ndarray], list[np.ndarray]]:
        """Return the values of the parameters that vary over rows, row by row, and of the others, column by column."""
        down, across = self.sizes
        return self._columns(slice(0, self._split), 0, down), self._columns(slice(self._split, None), 0, across)

    def _columns(self, axes: slice, start: int, stop: int) -> list[np.ndarray]:
        """Return the values on some axes at a range of their combinations."""
        shape = self.shape[axes]
        if not shape:
            return []
        places = np.unravel_index(np.arange(start, stop), shape)
        return [values[k] for values, k in zip(self._floats[axes], places, strict=True)]


class Cloud(Sequence[Point]):
    """Hold points that lie anywhere: their values as floats, and their exact values by number."""

    def __init__(self, columns: Sequence[np.ndarray], exact: Callable[[int], Point]) -> None:
        self._floats = [np.asarray(column, dtype=float) for column in columns]
        self._exact = exact
        self.sides = [COLUMNS] * len(columns)

    @classmethod
    def of(cls, points: Sequence[Point], names: Sequence[str]) -> Cloud:
        """Return points listed with exact values, as a cloud."""
        floats = np.array([[float(value) for value in point] for point in points]).reshape(len(points), len(names))
        return cls(list(floats.T), points.__getitem__)

    @classmethod
    def rounded(cls, points: np.ndarray, grain: int) -> Cloud:
        """Return points given as rows of floats, whose exact values are the nearest multiples of 1/grain."""
        whole = np.rint(points * grain)

        def exact(i: int) -> Point:
            return tuple(Fraction(int(value), grain) for value in whole[i])

        return cls(list(np.ascontiguousarray((whole / grain).T)), exact) if len(points) else cls.of([], ())

    def __len__(self) -> int:
        return len(self._floats[0]) if self._floats else 0

    def __getitem__(self, i: Any) -> Any:
        if isinstance(i, slice):
            return [self[k] for k in range(*i.indices(len(self)))]
        return self._exact(range(len(self))[i])

    def floats(self, numbers: np.ndarray) -> list[np.ndarray]:
        """Return the parameters' values at points given by number."""
        return [column[numbers] for column in self._floats]

    def ends(self) -> list[tuple[Exact, Exact]]:
        """Return the least and greatest value of each parameter."""
        found = []
        for k, column in enumerate(self._floats):
            found.append((self[int(column.argmin())][k], self[int(column.argmax())][k]))
        return found

    def thinned(self) -> tuple[Cloud, Callable[[int], int]]:
        """Return a part of the points, and what number a point of it has in the whole."""
        step = -(-len(self) // COARSE)
        return Cloud([column[::step] for column in self._floats], lambda i: self[i * step]), lambda i: i * step

    def blocks(self) -> Iterator[Block]:
        """Yield the points in blocks, in order."""
        for start in range(0, len(self), BLOCK):
            columns = tuple(column[None, start : start + BLOCK] for column in self._floats)
            yield Block(start, (1, columns[0].shape[1]), columns, len(self))


def _spans(size: int, cuts: Sequence[int], most: int) -> list[tuple[int, int]]:
    """Return a range of numbers in spans of similar length, at most ``most`` and none of them across a cut."""
    found = []
    for start, stop in pairwise((0, *cuts, size)):
        count = -(-(stop - start) // max(1, most))
        ends = [start + (stop - start) * k // count for k in range(count + 1)] if count else []
        found += list(pairwise(ends))
    return found


def room(blocks: Sequence[Block]) -> tuple[int, int, int]:
    """Return the most rows, columns and points of some blocks."""
    rows, columns = (max((block.shape[k] for block in blocks), default=1) for k in (0, 1))
    return rows, columns, max((block.size for block in blocks), default=1)


Points = Grid | Cloud
