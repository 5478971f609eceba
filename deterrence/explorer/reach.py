"""How far a slider reaches: the plausible values, else the declared range, else what is usual around the value."""

from __future__ import annotations

import math
from collections.abc import Sequence

from deterrence.games.parameter import Parameter

WIDE = 3
"""A range that has a beginning and no end is shown so many times as far as the present value."""


def reaches(parameters: Sequence[Parameter]) -> list[tuple[float, float]]:
    """Return the least and greatest value of each parameter's slider.

    Plausible values, stretched to hold the present one, are the slider's. Without them a declared end is that end. A
    range without ends is shown around the present value, as far to each side as the present values of all such
    parameters are apart: payoffs that an assumption puts in order can then be moved past one another, and not far
    beyond. A page takes other values of the declared range as numbers.
    """
    around = [float(p.value) for p in parameters if p.span == (None, None)]
    spread = _round((max(around) - min(around)) or max(map(abs, around)) or 1.0) if around else 1.0
    return [_reach(parameter, spread) for parameter in parameters]


def _reach(parameter: Parameter, spread: float) -> tuple[float, float]:
    value = float(parameter.value)
    if parameter.plausible is not None:
        return min(value, float(parameter.plausible[0])), max(value, float(parameter.plausible[1]))
    if parameter.low is None and parameter.high is None:
        return value - spread, value + spread
    size = _round(WIDE * abs(value) or 1.0)
    low = float(parameter.low) if parameter.low is not None else min(-size, float(parameter.high or 0) - size)
    high = float(parameter.high) if parameter.high is not None else max(size, low + size)
    return low, high


def _round(size: float) -> float:
    """Return the least of 1, 2, 5, 10, 20, … that is no smaller."""
    power = 10.0 ** math.floor(math.log10(size))
    return next(step * power for step in (1, 2, 5, 10) if step * power >= size * (1 - 1e-12))
