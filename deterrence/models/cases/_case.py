"""What cases share: building a game up from mechanisms, and the map of the first measure over two parameters."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from deterrence.games.game import Game

POINTS = 33


def built_up(
    base: tuple[str, str, Game], mechanisms: Iterable[tuple[str, str, Any]]
) -> tuple[tuple[str, str, Game], ...]:
    """Return the game at every stage, each with one mechanism more: title, sentence, game."""
    stages = [base]
    for title, sentence, mechanism in mechanisms:
        stages.append((title, sentence, stages[-1][2].under(mechanism)))
    return tuple(stages)


def map_of_axes(model: Any, ax: Any) -> Any:
    """Draw the first measure of a case over its two axes, and return the axes of the figure."""
    from deterrence.analysis.sweep import sweep

    names = model.axes[:2]
    grid: Any = {name: _spread(model.game.parameters[name]) for name in names}
    return sweep(model.game, model.asked[0], grid).plot(ax=ax)


def _spread(parameter: Any) -> list[Fraction]:
    low, high = Fraction(parameter.low), Fraction(parameter.high)
    return [low + (high - low) * Fraction(2 * k + 1, 2 * POINTS) for k in range(POINTS)]
