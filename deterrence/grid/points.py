"""Many points of parameter values: floats in blocks for formulas, exact values by number for solvers."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from deterrence.games.expression import Exact
from deterrence.games.game import Game
from deterrence.grid.decimals import at_places, rounded

BLOCK = 65536
"""Points a block: a few arrays of so many numbers fit a processor's cache."""
ENOUGH = 64
"""So many points along a block's columns make its rows cheap."""
COARSE = 4096
"""Points of a coarse part."""
SAMPLE = 16
"""Random points between given ones at which the first classes are looked for."""
Point = tuple[Exact, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A rectangle of points with neighbouring numbers, their ``places``, and a column of values a parameter.

    A column is as long as the block along the sides over which its parameter varies, and 1 along the other.
    """

    places: slice
    shape: tuple[int, int]
    columns: tuple[np.ndarray, ...]


class Grid(Sequence[Point]):
    """All combinations of the values on some axes, the last axis running fastest; only the axes are stored."""

    def __init__(self, axes: Sequence[Sequence[Exact]]) -> None:
        self.axes = tuple(axes)
        self.shape = tuple(len(values) for values in axes)
        self._floats = [rounded(values) for values in axes]

    def __len__(self) -> int:
        return math.prod(self.shape)

    def __getitem__(self, i: Any) -> Any:
        if isinstance(i, slice):
            return [self[k] for k in range(*i.indices(len(self)))]
        places = np.unravel_index(range(len(self))[i], self.shape)
        return tuple(values[int(k)] for values, k in zip(self.axes, places, strict=True))

    def ends(self) -> list[tuple[Exact, Exact]]:
        """Return the least and greatest value of each parameter."""
        floats = zip(self.axes, self._floats, strict=True)
        return [(values[int(row.argmin())], values[int(row.argmax())]) for values, row in floats]

    def thinned(self) -> tuple[Grid, list[int]]:
        """Return a coarse part of the grid, with its ends, and the numbers of its points in the whole."""
        most = max(2, int(COARSE ** (1 / len(self.shape))))
        kept = [np.unique(np.linspace(0, n - 1, min(n, most)).round().astype(int)) for n in self.shape]
        part = Grid([at_places(values, row) for values, row in zip(self.axes, kept, strict=True)])
        return part, np.ravel_multi_index(np.ix_(*kept), self.shape).ravel().tolist()

    def blocks(self) -> Iterator[Block]:
        """Yield the points in blocks: the trailing axes make the columns, the others the rows."""
        split = next((k for k in reversed(range(len(self.shape))) if math.prod(self.shape[k:]) >= ENOUGH), 0)
        down, across = math.prod(self.shape[:split]), math.prod(self.shape[split:])
        height, width = max(1, BLOCK // across) if across else 1, min(across, BLOCK)
        for row in range(0, down if across else 0, height):
            left = self._combined(slice(0, split), row, min(row + height, down))
            for first in range(0, across, width):
                right = self._combined(slice(split, None), first, min(first + width, across))
                columns = (*(values[:, None] for values in left), *(values[None] for values in right))
                shape, start = (min(height, down - row), min(width, across - first)), row * across + first
                yield Block(slice(start, start + math.prod(shape)), shape, columns)

    def _combined(self, axes: slice, start: int, stop: int) -> list[np.ndarray]:
        """Return the values on some axes at a range of their combinations."""
        if not self.shape[axes]:
            return []
        places = np.unravel_index(np.arange(start, stop), self.shape[axes])
        return [values[k] for values, k in zip(self._floats[axes], places, strict=True)]


class Cloud(Sequence[Point]):
    """Points that lie anywhere: their values as floats, and their exact values by number."""

    def __init__(self, columns: Sequence[np.ndarray], exact: Callable[[int], Point]) -> None:
        self.columns = [np.asarray(column, dtype=float) for column in columns]
        self._exact = exact

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
        return len(self.columns[0]) if self.columns else 0

    def __getitem__(self, i: Any) -> Any:
        if isinstance(i, slice):
            return [self[k] for k in range(*i.indices(len(self)))]
        return self._exact(range(len(self))[i])

    def ends(self) -> list[tuple[Exact, Exact]]:
        """Return the least and greatest value of each parameter."""
        places = [(int(column.argmin()), int(column.argmax())) for column in self.columns]
        return [(self[least][k], self[most][k]) for k, (least, most) in enumerate(places)]

    def thinned(self) -> tuple[Cloud, list[int]]:
        """Return a part of the points, and their numbers in the whole."""
        step = -(-len(self) // COARSE)
        return Cloud([column[::step] for column in self.columns], lambda i: self[i * step]), [
            *range(0, len(self), step)
        ]

    def blocks(self) -> Iterator[Block]:
        """Yield the points in blocks, in order."""
        for start in range(0, len(self), BLOCK):
            columns = tuple(column[None, start : start + BLOCK] for column in self.columns)
            size = columns[0].size
            yield Block(slice(start, start + size), (1, size), columns)


Points = Grid | Cloud


def points_between(game: Game, names: tuple[str, ...], points: Points) -> list[Point]:
    """Return random points between given ones, where ties are unlikely, and two an axis just beyond its ends."""
    if not len(points):
        return []
    rng = np.random.default_rng(20200403)
    ends = points.ends()
    rows = rng.integers(1, 10**6, size=(SAMPLE + 2 * len(ends), len(ends))).tolist()
    sample: list[Point] = [
        tuple(low + (high - low) * Fraction(k, 10**6) for (low, high), k in zip(ends, row, strict=True)) for row in rows
    ]
    beyond = [value for name, pair in zip(names, ends, strict=True) for value in _beyond(game, name, *pair)]
    for number, value in enumerate(beyond):
        at, axis = sample[SAMPLE + number], number // 2
        sample[SAMPLE + number] = (*at[:axis], value, *at[axis + 1 :])
    return sample


def _beyond(game: Game, name: str, low: Exact, high: Exact) -> tuple[Exact, Exact]:
    """Return values a little below and above the ends of an axis, within the parameter's range."""
    parameter = game.parameters[name]
    width = high - low if high > low else max(low, -low) + 1
    step = Fraction(width) / 1009
    under, over = low - step, high + step
    return (
        under if parameter.low is None else max(under, parameter.low),
        over if parameter.high is None else min(over, parameter.high),
    )
