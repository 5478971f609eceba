"""Changes of parameters: of one alone, or of several together, each verified by an exact solution."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from deterrence.analysis.search.landscape import Landscape
from deterrence.analysis.search.nearest import NORMS
from deterrence.answers.measure import Measure
from deterrence.answers.play_in_words import play_in_words
from deterrence.answers.solution import Equilibrium
from deterrence.games.expression import Exact, show_number
from deterrence.games.game import Game

BEYOND = (1e-6, 1e-5, 1e-4, 1e-3)
"""How far beyond the boundary, in shares of the change, the exact solution is taken."""

Span = tuple[float, float]


@dataclass(frozen=True)
class Radius:
    """Hold how far one parameter alone may move before the prediction is overturned.

    Attributes
    ----------
    parameter, value, scale
        The parameter, its present value, and the width that counts as a change of one.
    below, above
        The nearest value on either side beyond which the prediction is another; ``None`` where there is none
        in the parameter's range, or where the game's assumptions end first.
    """

    parameter: str
    value: Exact
    scale: Exact
    below: Any
    above: Any

    @property
    def nearest(self) -> Any:
        """The nearer of the two values, or ``None``."""
        ends = [end for end in (self.below, self.above) if end is not None]
        return min(ends, key=lambda end: abs(float(end) - float(self.value)), default=None)

    @property
    def distance(self) -> float:
        """The scaled change to the nearer value; infinite where there is none."""
        if self.nearest is None:
            return float("inf")
        return abs(float(self.nearest) - float(self.value)) / float(self.scale)

    def __str__(self) -> str:
        if self.nearest is None:
            return f"{self.parameter} alone overturns it nowhere in its range."
        way = "rising" if self.nearest >= self.value else "falling"
        return (
            f"{self.parameter} alone overturns it by {way} from {show_number(self.value)} to "
            f"{show_number(self.nearest)}, {self.distance:.1%} of its scale."
        )


@dataclass(frozen=True, eq=False)
class Change:
    """Hold a change of parameters, verified by an exact solution at its end.

    Attributes
    ----------
    values
        The new values of the parameters that move, a hair beyond the boundary.
    distance
        The size of the change up to the boundary, in the norm asked for.
    classes
        What is played in the equilibria there, in words.
    measured
        The measure's least and greatest value there, or ``None`` without a measure.
    """

    values: Mapping[str, Exact]
    distance: float
    classes: tuple[str, ...]
    measured: Span | None

    def in_words(self, game: Game) -> str:
        """Return the change as a list: each parameter from what to what."""
        parts = [f"{n} from {show_number(game.values[n])} to {_short(v)}" for n, v in self.values.items()]
        return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


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
    numbers = [float(measure(extreme)) for e in equilibria for extreme in (e, *e.extremes)]
    return (min(numbers), max(numbers)) if numbers else (float("nan"), float("nan"))


def _short(value: Exact) -> str:
    return show_number(float(value))


def listed(names: Iterable[str]) -> str:
    """Join names with commas and an 'and'."""
    names = list(names)
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
