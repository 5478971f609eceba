"""Changes of parameters: of one alone, or of several together, each verified by an exact solution."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from deterrence.analysis.answers.changes import Change, Span
from deterrence.analysis.search.surroundings import Surroundings
from deterrence.answers.measure import Measure
from deterrence.answers.naming import class_names
from deterrence.answers.solution import Equilibrium
from deterrence.games.expression import Exact

BEYOND = (1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-9)
"""How far beyond a boundary, in shares of the way to a point inside, the exact solution is taken."""
Size = Callable[[np.ndarray], np.ndarray]
Test = Callable[[list[Equilibrium] | None], bool]
"""From exact equilibria, or None where the assumptions fail, to whether it holds of them."""


@dataclass(frozen=True, eq=False)
class Found:
    """A point at which it holds, or which such points come as near to as one likes, and the exact change there."""

    point: np.ndarray
    inside: np.ndarray
    distance: float
    change: Change


def found_at(land: Surroundings, test: Test, size: Size, nearest: np.ndarray, inside: np.ndarray) -> Found | None:
    """Return a point as found if exact solutions beside it, on the way to one inside, confirm it."""
    way = inside - nearest
    far = float(np.abs(way).max())
    most = float(np.abs(nearest).max()) or far
    for beyond in BEYOND if far else (0.0,):
        there = nearest + way * min(1.0, most / far if far else 1.0) * beyond
        change = change_at(land, land.exact(there), test, float(size(nearest)))
        if change is not None and stays(land, test, nearest, there):
            return Found(nearest, there, float(size(nearest)), change)
    return None


def stays(land: Surroundings, test: Test, nearest: np.ndarray, there: np.ndarray) -> bool:
    """At a tie, tell whether it also holds much nearer to the present values."""
    return bool(nearest.any()) or test(land.solve(land.exact(there / 1000)))


def tidied(land: Surroundings, test: Test, size: Size, found: Found) -> Found:
    """Take back the changes of parameters that it does without, the smallest first."""
    for k in np.argsort(np.abs(found.point)):
        if not found.inside[k]:
            continue
        point, inside = found.point.copy(), found.inside.copy()
        point[k] = inside[k] = 0
        if inside.any() and size(point) <= found.distance:
            length = float(size(point))
            change = change_at(land, land.exact(inside), test, length)
            if change is not None and stays(land, test, point, inside):
                found = Found(point, inside, length, change)
    return found


def change_at(
    land: Surroundings, values: Sequence[Exact], test: Callable[[list[Equilibrium] | None], bool], distance: float
) -> Change | None:
    """Return the change to exact values, if an exact solution there passes the test."""
    equilibria = land.solve(values)
    if equilibria is None or not test(equilibria):
        return None
    moved = {n: v for n, v in zip(land.names, values, strict=True) if v != land.game.values[n]}
    span = None if land.measure is None else measured_over(land.measure, equilibria)
    return Change(moved, distance, class_names(equilibria), span)


def measured_over(measure: Measure, equilibria: list[Equilibrium]) -> Span:
    """Return the least and the greatest value of a measure over all equilibria, rounded to floats."""
    low, high = exact_range(measure, equilibria) or (float("nan"), float("nan"))
    return float(low), float(high)


def exact_range(measure: Measure, equilibria: list[Equilibrium]) -> tuple[Any, Any] | None:
    """Return the least and the greatest value of a measure over all equilibria; None where there are none."""
    numbers = [end for e in equilibria for end in measure.ends(e)]
    return (min(numbers), max(numbers)) if numbers else None
