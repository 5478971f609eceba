"""Where what holds may change: polynomials in the scaled changes of the parameters."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np

Powers = tuple[int, ...]
Terms = Mapping[Powers, Fraction]
ROUNDING = 1e-12
"""A value smaller than this share of its terms' sizes counts as zero."""
MOST_CORNERS = 8
HALVINGS = 60
LARGE = 60
"""Polynomials with more terms than this are not factored."""


class Surfaces:
    """The zeros of polynomials, written in shares: the change of each parameter in units of its scale.

    The coefficients are computed exactly before they are rounded, so that neither units nor scales matter; a
    polynomial that is zero at the present values has the constant term zero.
    """

    def __init__(self, start: Sequence[Any], width: Sequence[Any], low: np.ndarray, high: np.ndarray) -> None:
        self.start, self.width = tuple(map(Fraction, start)), tuple(map(Fraction, width))
        self.low, self.high = low, high
        self.rows: dict[frozenset[tuple[Powers, Fraction]], Terms] = {}
        self._reaches: list[float] = []

    def __len__(self) -> int:
        return len(self.rows)

    def add(self, polynomial: Any, places: Sequence[int]) -> None:
        """Take in the factors of a polynomial whose generators are the parameters at these places."""
        factors = [polynomial] if len(polynomial) > LARGE else [f for f, _ in polynomial.factor_list()[1]]
        for factor in factors:
            terms = self._in_shares(factor, places)
            size = max((abs(c) for powers, c in terms.items() if any(powers)), default=None)
            if size is not None:
                lead = size if terms[max(powers for powers in terms if any(powers))] > 0 else -size
                scaled = {powers: c / lead for powers, c in terms.items()}
                self._keep(scaled)

    def _keep(self, terms: Terms) -> None:
        key = frozenset(terms.items())
        if key not in self.rows:
            self.rows[key] = terms
            self._reaches.append(_reach(terms, self.low, self.high))
            for made in ("_table", "linear"):
                self.__dict__.pop(made, None)

    def _in_shares(self, polynomial: Any, places: Sequence[int]) -> dict[Powers, Fraction]:
        """Put value + scale * share for each parameter."""
        total: dict[Powers, Fraction] = {}
        for powers, c in polynomial.terms():
            product: dict[Powers, Fraction] = {(0,) * len(self.start): Fraction(c.numerator, c.denominator)}
            for place, power in zip(places, powers, strict=False):  # further generators do not occur
                for _ in range(power):
                    product = self._times(product, place)
            for key, value in product.items():
                total[key] = total.get(key, Fraction(0)) + value
        return {key: value for key, value in total.items() if value}

    def _times(self, terms: Mapping[Powers, Fraction], place: int) -> dict[Powers, Fraction]:
        product: dict[Powers, Fraction] = {}
        for powers, c in terms.items():
            raised = (*powers[:place], powers[place] + 1, *powers[place + 1 :])
            for key, value in ((powers, c * self.start[place]), (raised, c * self.width[place])):
                if value:
                    product[key] = product.get(key, Fraction(0)) + value
        return product

    # -- values at many points -------------------------------------------------------------------------

    @cached_property
    def _table(self) -> tuple[list[Powers], np.ndarray]:
        """The monomials that occur, and the coefficients as (monomial, surface)."""
        monomials = list(dict.fromkeys(powers for terms in self.rows.values() for powers in terms))
        place = {powers: k for k, powers in enumerate(monomials)}
        coefficients = np.zeros((len(monomials), len(self.rows)))
        for column, terms in enumerate(self.rows.values()):
            for powers, c in terms.items():
                coefficients[place[powers], column] = float(c)
        return monomials, coefficients

    def values(self, points: np.ndarray) -> np.ndarray:
        """Return the values as (point, surface)."""
        monomials, coefficients = self._table
        values: np.ndarray = _monomials_at(monomials, points) @ coefficients
        return values

    def signs(self, points: np.ndarray) -> np.ndarray:
        """Return on which side of each surface points lie, as (point, surface): -1, 0 or 1."""
        monomials, coefficients = self._table
        at = _monomials_at(monomials, points)
        values, sizes = at @ coefficients, np.abs(at) @ np.abs(coefficients)
        signs: np.ndarray = np.where(np.abs(values) <= ROUNDING * sizes, 0, np.sign(values)).astype(np.int8)
        return signs

    def slopes(self, point: np.ndarray) -> np.ndarray:
        """Return the gradients at a point, as (surface, parameter)."""
        monomials, coefficients = self._table
        powers = np.array(monomials).reshape(-1, len(point))
        parts = point**powers
        slopes = np.zeros((len(self.rows), len(point)))
        for k in range(len(point)):
            own = powers[:, k] * point[k] ** np.maximum(powers[:, k] - 1, 0)
            others = np.delete(parts, k, axis=1).prod(axis=1)
            slopes[:, k] = (own * others) @ coefficients
        return slopes

    @cached_property
    def linear(self) -> np.ndarray:
        """Which of the surfaces are planes."""
        return np.array([all(sum(powers) <= 1 for powers in terms) for terms in self.rows.values()], dtype=bool)

    @property
    def reach(self) -> np.ndarray:
        """A size of box around the present values that each surface does not enter; infinite where it enters none.

        The size is exact where a polynomial has degree one in each of a few parameters, and else a lower bound.
        """
        return np.array(self._reaches)


def _reach(terms: Terms, low: np.ndarray, high: np.ndarray) -> float:
    here = float(terms.get((0,) * len(low), Fraction(0)))
    if here == 0:
        return 0.0
    sign = 1.0 if here > 0 else -1.0
    moving = [powers for powers in terms if any(powers)]
    powers, slopes = np.array(moving), np.array([sign * float(terms[row]) for row in moving])
    used = np.flatnonzero(powers.any(axis=0))
    by_corners = len(used) <= MOST_CORNERS and powers.max() <= 1
    least = _least_at_corners if by_corners else _least_by_sizes
    question = powers[:, used], slopes, low[used], high[used]
    first, last = 0.0, float(max(-low.min(), high.max()))
    if abs(here) + least(*question, last) > 0:
        return float("inf")
    while last > 1e-300 and abs(here) + least(*question, last / 1024) <= 0:
        last /= 1024
    for _ in range(HALVINGS):
        middle = (first + last) / 2
        first, last = (first, middle) if abs(here) + least(*question, middle) <= 0 else (middle, last)
    return first


def _least_at_corners(powers: np.ndarray, slopes: np.ndarray, low: np.ndarray, high: np.ndarray, size: float) -> float:
    """Return the least value that terms take in a box, which is at one of its corners."""
    corners = np.array(list(itertools.product(*zip(np.maximum(low, -size), np.minimum(high, size), strict=True))))
    values = np.where(powers[None], corners[:, None, :], 1.0).prod(axis=2) @ slopes
    return float(values.min())


def _least_by_sizes(powers: np.ndarray, slopes: np.ndarray, low: np.ndarray, high: np.ndarray, size: float) -> float:
    """Return a lower bound: every term as large as it can be, and against the constant one."""
    most = np.minimum(np.maximum(-low, high), size)
    return -float(np.abs(slopes) @ (most**powers).prod(axis=1))


def _monomials_at(monomials: Iterable[Powers], points: np.ndarray) -> np.ndarray:
    """Return the values of monomials as (point, monomial)."""
    columns = []
    for powers in monomials:
        column = np.ones(len(points))
        for k, power in enumerate(powers):
            if power:
                column = column * points[:, k] ** power
        columns.append(column)
    return np.array(columns).T.reshape(len(points), len(columns))
