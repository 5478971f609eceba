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

    def __init__(self, start: Sequence[Any], width: Sequence[Any]) -> None:
        self.start, self.width = tuple(map(Fraction, start)), tuple(map(Fraction, width))
        self.rows: dict[frozenset[tuple[Powers, Fraction]], Terms] = {}

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
                self.rows.setdefault(frozenset(scaled.items()), scaled)
        self.__dict__.pop("_table", None)

    def _in_shares(self, polynomial: Any, places: Sequence[int]) -> dict[Powers, Fraction]:
        """Put value + scale * share for each parameter."""
        total: dict[Powers, Fraction] = {}
        for powers, c in polynomial.terms():
            product: dict[Powers, Fraction] = {(0,) * len(self.start): Fraction(c.numerator, c.denominator)}
            for place, power in zip(places, powers, strict=True):
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
        slopes = np.zeros((len(self.rows), len(point)))
        for k in range(len(point)):
            lower = [(*p[:k], max(p[k] - 1, 0), *p[k + 1 :]) for p in monomials]
            factors = np.array([p[k] for p in monomials], dtype=float)
            slopes[:, k] = (_monomials_at(lower, point[None, :])[0] * factors) @ coefficients
        return slopes

    @property
    def linear(self) -> np.ndarray:
        """Tell which of the surfaces are planes."""
        return np.array([all(sum(powers) <= 1 for powers in terms) for terms in self.rows.values()], dtype=bool)

    # -- how near they come ------------------------------------------------------------------------------

    def reach(self, low: np.ndarray, high: np.ndarray) -> np.ndarray:
        """Return a size of box around the present values that each surface does not enter; infinite where none does.

        The size is exact where a polynomial has degree one in each of a few parameters, and else a lower bound.
        """
        return np.array([_reach(terms, low, high) for terms in self.rows.values()])


def _reach(terms: Terms, low: np.ndarray, high: np.ndarray) -> float:
    here = float(terms.get((0,) * len(low), Fraction(0)))
    if here == 0:
        return 0.0
    sign = 1.0 if here > 0 else -1.0
    moving = {powers: sign * float(c) for powers, c in terms.items() if any(powers)}
    used = [k for k in range(len(low)) if any(powers[k] for powers in moving)]
    by_corners = len(used) <= MOST_CORNERS and all(max(powers) <= 1 for powers in moving)
    least = _least_at_corners if by_corners else _least_by_sizes
    first, last = 0.0, float(max(-low.min(), high.max()))
    if abs(here) + least(moving, used, low, high, last) > 0:
        return float("inf")
    while last > 1e-300 and abs(here) + least(moving, used, low, high, last / 1024) <= 0:
        last /= 1024
    for _ in range(HALVINGS):
        middle = (first + last) / 2
        first, last = (first, middle) if abs(here) + least(moving, used, low, high, middle) <= 0 else (middle, last)
    return first


def _least_at_corners(
    moving: Mapping[Powers, float], used: Sequence[int], low: np.ndarray, high: np.ndarray, size: float
) -> float:
    """Return the least value that the moving terms take in a box, which is at one of its corners."""
    ends = [(max(low[k], -size), min(high[k], size)) for k in used]
    corners = np.zeros((2 ** len(used), len(low)))
    corners[:, used] = list(itertools.product(*ends))
    monomials = list(moving)
    return float((_monomials_at(monomials, corners) @ np.array([moving[powers] for powers in monomials])).min())


def _least_by_sizes(
    moving: Mapping[Powers, float], used: Sequence[int], low: np.ndarray, high: np.ndarray, size: float
) -> float:
    """Return a lower bound: every term as large as it can be, and against the constant one."""
    most = np.minimum(np.maximum(-low, high), size)
    return -float(sum(abs(c) * np.prod([most[k] ** powers[k] for k in used]) for powers, c in moving.items()))


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
