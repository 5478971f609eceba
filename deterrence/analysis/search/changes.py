"""Changes of parameters: of one alone, or of several together, each verified by an exact solution."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from deterrence.analysis.answers.robustness import Change, Span
from deterrence.analysis.search.landscape import Landscape
from deterrence.analysis.search.nearest import NORMS
from deterrence.answers.measure import Measure
from deterrence.answers.play_in_words import play_in_words
from deterrence.answers.solution import Equilibrium

BEYOND = (1e-6, 1e-5, 1e-4, 1e-3)
"""How far beyond the boundary, in shares of the change, the exact solution is taken."""


def verified(
    land: Landscape, point: np.ndarray, norm: str, test: Callable[[list[Equilibrium] | None], bool]
) -> tuple[Change | None, list[Equilibrium]]:
    """Return the change that ends just beyond a point, if an exact solution there confirms it."""
    equilibria: list[Equilibrium] | None = []
    for beyond in BEYOND:
        share = np.clip(point * (1 + beyond), land.low, land.high)
        values = land.exact(share)
        equilibria = land.solve(values)
        if test(equilibria):
            moved = {n: v for n, v in zip(land.names, values, strict=True) if v != land.game.values[n]}
            span = None if land.measure is None else measured_over(land.measure, equilibria or [])
            plays = tuple(map(play_in_words, equilibria or []))
            return Change(moved, float(NORMS[norm](point)), plays, span), equilibria or []
    return None, equilibria or []


def measured_over(measure: Measure | None, equilibria: list[Equilibrium]) -> Span:
    """Return the least and the greatest value of a measure over all equilibria."""
    assert measure is not None
    numbers = [float(end) for e in equilibria for end in measure.ends(e)]
    return (min(numbers), max(numbers)) if numbers else (float("nan"), float("nan"))
