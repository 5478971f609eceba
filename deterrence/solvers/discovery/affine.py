"""Bounds on functions of parameters over many boxes at once: affine up to a remainder.

Over a box with middle m and half-widths r a function lies within ``slope · (x - m) + [low, high]``. Sums and
differences keep what functions have in common; a box without width gives a number.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from math import comb, prod
from typing import Any

import numpy as np


@dataclass(frozen=True, eq=False, slots=True)
class Affine:
    """Functions over boxes: each is ``slope · (x - middle) + [low, high]``.

    The last axis of ``low`` and ``high`` is the box; ``slope`` has one more, the parameter, and ``radius`` gives the
    half-width of each box in each parameter. Boxes that are points have no parameters.
    """

    low: np.ndarray
    high: np.ndarray
    slope: np.ndarray
    radius: np.ndarray

    @classmethod
    def stacked(cls, functions: Sequence[Affine]) -> Affine:
        """Return several functions over the same boxes as one value."""
        low, high, slope = (np.stack([getattr(f, part) for f in functions]) for part in ("low", "high", "slope"))
        return cls(low, high, slope, functions[0].radius)

    def row(self, number: int) -> Affine:
        """Return one of several functions."""
        return Affine(self.low[number], self.high[number], self.slope[number], self.radius)

    def at(self, boxes: np.ndarray) -> Affine:
        """Return the functions over some of the boxes, chosen by number or by a mask."""
        return Affine(self.low[..., boxes], self.high[..., boxes], self.slope[..., boxes, :], self.radius[boxes])

    @property
    def reach(self) -> np.ndarray:
        """How much the affine part moves within each box, to either side."""
        return np.asarray((np.abs(self.slope) * self.radius).sum(axis=-1))

    @property
    def range(self) -> tuple[np.ndarray, np.ndarray]:
        """A lower and an upper bound over each box."""
        reach = self.reach
        return self.low - reach, self.high + reach

    def most_above(self, other: Affine) -> np.ndarray:
        """Return an upper bound of the function's excess over another."""
        reach = (np.abs(self.slope - other.slope) * self.radius).sum(axis=1)
        return np.asarray(self.high - other.low + reach)


def hull(values: Sequence[Affine], played: np.ndarray) -> Affine:
    """Return bounds on a mixture of functions, each where it may be played."""
    if len(values) == 1:
        return values[0]
    count = np.maximum(played.sum(axis=1), 1)
    radius = values[0].radius
    slope = sum(value.slope * may[:, None] for value, may in zip(values, played.T, strict=True)) / count[:, None]
    lows, highs = [], []
    for value, may in zip(values, played.T, strict=True):
        spread = (np.abs(value.slope - slope) * radius).sum(axis=1)
        lows.append(np.where(may, value.low - spread, np.inf))
        highs.append(np.where(may, value.high + spread, -np.inf))
    return Affine(np.minimum.reduce(lows), np.maximum.reduce(highs), slope, radius)


def drawn(weights: Sequence[Affine], values: Sequence[Affine]) -> Affine:
    """Return bounds on an expected value: the sum of weights, which sum to one, times values."""
    count, radius = len(values), values[0].radius
    if not radius.shape[1]:
        low, high = (
            np.asarray(sum(w.low * end for w, end in zip(weights, ends, strict=True)))
            for ends in ([v.low for v in values], [v.high for v in values])
        )
        return Affine(low, high, values[0].slope, radius)
    # What the values have in common is taken out first: it counts once whatever the weights, and the rest is smaller.
    middle = sum(value.low + value.high for value in values) / (2 * count)
    slope = sum(value.slope for value in values) / count
    rest = [Affine(v.low - middle, v.high - middle, v.slope - slope, radius) for v in values]
    parts = [times(weight, value) for weight, value in zip(weights, rest, strict=True)]
    low, high = middle + sum(part.low for part in parts), middle + sum(part.high for part in parts)
    return Affine(low, high, np.asarray(slope + sum(part.slope for part in parts)), radius)


def times(weight: Affine, value: Affine) -> Affine:
    """Return bounds on the product of two functions."""
    p, spread = (weight.low + weight.high) / 2, (weight.high - weight.low) / 2
    middle, half = (value.low + value.high) / 2, (value.high - value.low) / 2
    # (p + a + e)(m + b + d), with a and b affine, |e| <= spread and |d| <= half: p m + p b + m a is kept.
    moved, shifted = weight.reach, value.reach
    slack = np.abs(p) * half + moved * (shifted + half) + spread * (np.abs(middle) + shifted + half)
    slope = p[..., None] * value.slope + middle[..., None] * weight.slope
    return Affine(p * middle - slack, p * middle + slack, slope, value.radius)


def numbers(values: np.ndarray) -> Affine:
    """Return a function at points by its values there."""
    none = np.zeros((len(values), 0))
    return Affine(values, values, none, none)


def polynomial(terms: Sequence[tuple[Sequence[int], float]], middle: np.ndarray, radius: np.ndarray) -> Affine:
    """Return a polynomial over boxes, expanded about their middles: terms of higher order are bounded by their size."""
    count, size = middle.shape
    around: dict[tuple[int, ...], Any] = {}
    for powers, c in terms:
        for steps in itertools.product(*(range(power + 1) for power in powers)):
            share = np.full(count, c * prod(map(comb, powers, steps)))
            for k, (power, step) in enumerate(zip(powers, steps, strict=True)):
                if power > step:
                    share = share * middle[:, k] ** (power - step)
            around[steps] = around.get(steps, 0.0) + share
    value, slope, rest = np.zeros(count), np.zeros((count, size)), np.zeros(count)
    for steps, total in around.items():
        if not any(steps):
            value = value + total
        elif sum(steps) == 1:
            slope[:, steps.index(1)] += total
        else:
            rest = rest + np.abs(total) * np.prod(radius ** np.array(steps), axis=1)
    return Affine(value - rest, value + rest, slope, radius)


def ratio(top: Affine, bottom: Affine) -> Affine:
    """Return bounds on a ratio; infinite ones where the denominator may be zero."""
    least, most = bottom.range
    bounded = (least > 0) | (most < 0)
    least, most = np.where(bounded, least, 1.0), np.where(bounded, most, 1.0)
    at = np.where(bounded, (bottom.low + bottom.high) / 2, 1.0)
    quotient = (top.low + top.high) / 2 / at
    # top / bottom = q + (top - q bottom) / bottom, whose numerator is small: its affine part is divided by the middle.
    slope = np.where(bounded[:, None], top.slope - quotient[:, None] * bottom.slope, 0.0)
    spread = (top.high - top.low) / 2 + np.abs(quotient) * (bottom.high - bottom.low) / 2
    move = (np.abs(slope) * top.radius).sum(axis=1)
    inverse = np.maximum(np.abs(1 / least), np.abs(1 / most))
    turned = np.maximum(np.abs(1 / least - 1 / at), np.abs(1 / most - 1 / at))
    slack = np.where(bounded, spread * inverse + move * turned, np.inf)
    return Affine(quotient - slack, quotient + slack, slope / at[:, None], top.radius)
