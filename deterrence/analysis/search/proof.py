"""Proof, by exact linear programs, that something holds nowhere nearer than a given distance.

The planes that come nearer cut the box of that size into cells, and these into faces where planes meet. Every one
that is not empty is looked at: one exact solution tells whether it holds there, as far as the classes known go.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import numpy as np

from deterrence.analysis.search.landscape import Landscape
from deterrence.solvers.algebra.programs import maximize

Sides = tuple[int, ...]
Shares = tuple[Fraction, ...]
PROGRAMS = 150
"""So many exact programs are solved; where more would be needed there is no proof."""
MOST_PLANES = 12
SHORT = Fraction(1, 10**9)
"""The box is smaller than the distance by this share of it."""


class TooManyProgramsError(Exception):
    """The proof needs more programs than are solved."""


@dataclass(eq=False)
class Box:
    """The box of a size around the present values, and the planes that come into it, as exact rows."""

    land: Landscape
    size: Fraction
    planes: list[tuple[list[Fraction], Fraction]]
    programs: int = 0
    known: dict[Sides, Shares] = field(default_factory=dict)

    @classmethod
    def of(cls, land: Landscape, distance: float) -> Box | None:
        """Return the box with its planes; None where what comes into it is curved, or not known for certain."""
        size = Fraction(min(distance, float(max(-land.low.min(), land.high.max())))) * (1 - SHORT)
        reach = land.surfaces.reach
        near = np.flatnonzero(reach <= float(size))
        brittle = any(abs(share) <= size for _, share in land.brittle_ends())
        if not land.whole or brittle or len(near) > MOST_PLANES or not land.surfaces.linear[near].all():
            return None
        rows = list(land.surfaces.rows.values())
        return cls(land, size, [_row(rows[k], len(land.names)) for k in near])

    def faces(self, sides: Sides = ()) -> Iterator[tuple[Sides, Shares]]:
        """Yield every cell and face that is not empty: its sides of the planes, and a point of it in exact shares."""
        point = self._inside(sides)
        if point is None:
            return
        if len(sides) == len(self.planes):
            yield sides, point
            return
        here = _sign(self.planes[len(sides)], point)
        self.known[(*sides, here)] = point
        for side in (here, *(s for s in (1, -1, 0) if s != here)):
            yield from self.faces((*sides, side))

    def _inside(self, sides: Sides) -> Shares | None:
        """Return a point on these sides of the first planes; None where there is none."""
        if sides in self.known:
            return self.known[sides]
        if not sides:
            return tuple(Fraction(0) for _ in self.land.names)
        self.programs += 1
        if self.programs > PROGRAMS:
            raise TooManyProgramsError
        return self._solved(sides)

    def _solved(self, sides: Sides) -> Shares | None:
        """Return the point with the greatest slack, or None where some plane leaves none."""
        count = len(self.land.names)
        at_most, equal = self._rows(sides, slack=Fraction(1))
        at_most.append((_unit(count, count), Fraction(1)))
        optimum = maximize(_unit(count, count), equal, at_most)
        return None if optimum is None or not optimum.value else self._shares(optimum.at)

    def nearest(self, sides: Sides) -> Shares:
        """Return the point nearest to the present values in the closure of a face, by its largest change."""
        count = len(self.land.names)
        at_most, equal = self._rows(sides, slack=Fraction(0))
        for k, low in enumerate(self._lows):
            for way in (1, -1):
                row = [way * item for item in _unit(count, k)]
                row[count] = Fraction(-1)
                at_most.append((row, -way * low))
        optimum = maximize([-item for item in _unit(count, count)], equal, at_most)
        assert optimum is not None
        return self._shares(optimum.at)

    @property
    def _lows(self) -> list[Fraction]:
        return [max(low, -self.size) for low, _ in self.land.ends]

    def _shares(self, at: Shares) -> Shares:
        return tuple(low + by for low, by in zip(self._lows, at, strict=False))

    def _rows(self, sides: Sides, slack: Fraction) -> tuple[list[Any], list[Any]]:
        """Return the rows of a face in the distances from the lower ends, and one more unknown: the slack."""
        highs = [min(high, self.size) for _, high in self.land.ends]
        count = len(highs)
        at_most: list[Any] = [
            (_unit(count, k), high - low) for k, (low, high) in enumerate(zip(self._lows, highs, strict=True))
        ]
        equal: list[Any] = []
        for side, (slopes, rest) in zip(sides, self.planes, strict=False):
            here = rest + sum((a * low for a, low in zip(slopes, self._lows, strict=True)), Fraction(0))
            if side:
                at_most.append(([*(-side * a for a in slopes), slack], side * here))
            else:
                equal.append(([*slopes, Fraction(0)], -here))
        return at_most, equal


def _unit(count: int, place: int) -> list[Fraction]:
    return [Fraction(int(k == place)) for k in range(count + 1)]


def _row(terms: Any, count: int) -> tuple[list[Fraction], Fraction]:
    """Return a plane's slopes and its constant."""
    units = [tuple(int(k == j) for j in range(count)) for k in range(count)]
    return [terms.get(unit, Fraction(0)) for unit in units], terms.get((0,) * count, Fraction(0))


def _sign(plane: tuple[list[Fraction], Fraction], point: Shares) -> int:
    slopes, rest = plane
    value = rest + sum((a * s for a, s in zip(slopes, point, strict=True)), Fraction(0))
    return (value > 0) - (value < 0)
