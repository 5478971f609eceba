"""The picture of a case: what is asked first, over the two parameters that the brief asks about."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from deterrence.analysis.sweep import sweep

POINTS = 33


def map_of_axes(model: Any, ax: Any) -> Any:
    """Draw the first measure of a case over its two axes, and return the axes of the figure."""
    names = model.axes[:2]
    grid: Any = {name: _spread(model.game.parameters[name]) for name in names}
    return sweep(model.game, model.asked[0], **grid).plot(ax=ax)


def _spread(parameter: Any) -> list[Fraction]:
    low, high = Fraction(parameter.low), Fraction(parameter.high)
    return [low + (high - low) * Fraction(2 * k + 1, 2 * POINTS) for k in range(POINTS)]
