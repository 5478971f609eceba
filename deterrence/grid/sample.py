"""The points at which the first classes are looked for."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from deterrence.games.expression import Exact
from deterrence.games.game import Game
from deterrence.grid.points import Point, Points

SAMPLE = 16


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
