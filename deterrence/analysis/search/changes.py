"""Changes of parameters: of one alone, or of several together, each verified by an exact solution."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from deterrence.analysis.answers.changes import Change, Span
from deterrence.analysis.search.landscape import Landscape
from deterrence.answers.measure import Measure
from deterrence.answers.play_in_words import play_in_words
from deterrence.answers.solution import Equilibrium
from deterrence.games.expression import Exact


def change_at(
    land: Landscape, values: Sequence[Exact], test: Callable[[list[Equilibrium] | None], bool], distance: float
) -> Change | None:
    """Return the change to exact values, if an exact solution there passes the test."""
    equilibria = land.solve(values)
    if equilibria is None or not test(equilibria):
        return None
    moved = {n: v for n, v in zip(land.names, values, strict=True) if v != land.game.values[n]}
    span = None if land.measure is None else measured_over(land.measure, equilibria)
    return Change(moved, distance, tuple(map(play_in_words, equilibria)), span)


def measured_over(measure: Measure, equilibria: list[Equilibrium]) -> Span:
    """Return the least and the greatest value of a measure over all equilibria, rounded to floats."""
    low, high = exact_range(measure, equilibria) or (float("nan"), float("nan"))
    return float(low), float(high)


def exact_range(measure: Measure, equilibria: list[Equilibrium]) -> tuple[Any, Any] | None:
    """Return the least and the greatest value of a measure over all equilibria; None where there are none."""
    numbers = [end for e in equilibria for end in measure.ends(e)]
    return (min(numbers), max(numbers)) if numbers else None
