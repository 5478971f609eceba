"""Exact random points within a game's declared ranges and assumptions."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache
from typing import Any

import numpy as np

from deterrence.errors import ParameterError
from deterrence.games.expression import compile_condition

COUNT = 300
MOST_TRIES = 400_000
GRAIN = 10**4
SPREAD = 3
"""A range without an end is drawn from the default, up to so many times its size (at least 1) beyond."""


def points(game: Any, count: int = COUNT, seed: int = 1983) -> tuple[Mapping[str, Any], ...]:
    """Return points drawn uniformly from the ranges, kept where the assumptions hold; the defaults come first.

    Raises
    ------
    ParameterError
        If too few points satisfy the assumptions.
    """
    return _points(game, count, seed)


@lru_cache(maxsize=64)
def _points(game: Any, count: int, seed: int) -> tuple[Mapping[str, Any], ...]:
    rng = np.random.default_rng(seed)
    ends = {name: _ends(parameter) for name, parameter in game.parameters.items()}
    conditions = [compile_condition(condition) for condition in getattr(game, "assumptions", ())]
    accepted: list[Mapping[str, Any]] = [dict(game.values)]
    for _ in range(MOST_TRIES):
        if len(accepted) == count:
            return tuple(accepted)
        shares = {name: Fraction(int(rng.integers(1, GRAIN)), GRAIN) for name in ends}
        drawn = {name: low + (high - low) * shares[name] for name, (low, high) in ends.items()}
        point = _sorted_into_chains(drawn, game)
        if all(holds(point) for holds in conditions):
            accepted.append(point)
    raise ParameterError(f"Only {len(accepted)} of {MOST_TRIES} random points satisfy what {game.name!r} assumes.")


def _ends(parameter: Any) -> tuple[Fraction, Fraction]:
    value = Fraction(parameter.value)
    scale = SPREAD * (abs(value) if abs(value) > 1 else Fraction(1))
    low = value - scale if parameter.low is None else Fraction(parameter.low)
    return low, value + scale if parameter.high is None else Fraction(parameter.high)


def _sorted_into_chains(point: dict[str, Any], game: Any) -> dict[str, Any]:
    """Exchange values until every assumption of the form a < b between two parameters holds, as far as that goes."""
    pairs = [pair for pair in map(_pair, getattr(game, "assumptions", ())) if pair]
    for _ in range(len(pairs) + 1):
        for below, above in pairs:
            if point[below] > point[above]:
                swapped = {below: point[above], above: point[below]}
                if all(_within(game.parameters[name], value) for name, value in swapped.items()):
                    point |= swapped
    return point


def _within(parameter: Any, value: Fraction) -> bool:
    low, high = parameter.low, parameter.high
    return (low is None or value >= low) and (high is None or value <= high)


def _pair(condition: Any) -> tuple[str, str] | None:
    lhs: Any = getattr(condition, "lts", None)
    rhs: Any = getattr(condition, "gts", None)
    if getattr(lhs, "is_Symbol", False) and getattr(rhs, "is_Symbol", False):
        return lhs.name, rhs.name
    return None
