"""The answer of `trends`: on which stretches of a parameter a measure rises, falls or stays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from deterrence.analysis.answers.sweep import Sweep
from deterrence.analysis.answers.threshold import Threshold
from deterrence.answers.measure import Measure
from deterrence.games.expression import show_number
from deterrence.views import Shown

NOTABLE = 1e-4
"""A move of a probability smaller than this is none."""


Span = tuple[float, float]


@dataclass(frozen=True)
class Stretch:
    """An interval of a parameter between two changes of the set of equilibria.

    Attributes
    ----------
    start, stop
        Its ends.
    first, last
        The least and greatest value of the measure over all equilibria, at its beginning and at its end.
    direction
        ``"rises"``, ``"falls"``, ``"rises and falls"`` or ``"stays"``: what both ends of that range do.
    """

    start: Any
    stop: Any
    first: Span
    last: Span
    direction: str


@dataclass(frozen=True, eq=False)
class Trend(Shown):
    """The trend of a measure along a parameter: where it rises, falls, jumps or is constant.

    Attributes
    ----------
    parameter, measure
        The question.
    threshold
        Where the set of equilibria changes.
    sweep
        The measure on a grid with a point close to either side of every such place.
    stretches
        What happens between those places.
    """

    parameter: str
    measure: Measure
    threshold: Threshold
    sweep: Sweep
    stretches: tuple[Stretch, ...]

    @property
    def jumps(self) -> tuple[tuple[Any, str], ...]:
        """The values at which the measure jumps, each with ``"rises"``, ``"falls"`` or ``"rises and falls"``."""
        ways = (
            (boundary.value, direction_of([boundary.below, boundary.above])) for boundary in self.threshold.boundaries
        )
        return tuple((value, way) for value, way in ways if way != "stays")

    def where(self, direction: str) -> tuple[str, ...]:
        """Return the places, in words, at which the measure goes a way: ``"rises"``, ``"falls"`` or ``"stays"``."""
        places = [
            (stretch.start, stretch.stop) for stretch in self.stretches if direction in stretch.direction.split(" and ")
        ]
        places += [(value, value) for value, way in self.jumps if direction in way.split(" and ")]
        return tuple(_place(*ends) for ends in _joined(sorted(places, key=lambda ends: tuple(map(float, ends)))))

    @property
    def direction(self) -> str:
        """What the measure does over the whole range: rises, falls, rises and falls, or stays."""
        ways = {way for stretch in self.stretches for way in stretch.direction.split(" and ")}
        ways |= {way for _, directions in self.jumps for way in directions.split(" and ")}
        return " and ".join(way for way in ("rises", "falls") if way in ways) or "stays"

    def to_frame(self) -> Any:
        """Return a data frame with one row a stretch: where it begins and ends, and what the measure does on it."""
        import pandas as pd

        rows = [(float(stretch.start), float(stretch.stop), stretch.direction) for stretch in self.stretches]
        return pd.DataFrame(rows, columns=["from", "to", "direction"])

    def plot(self, ax: Any = None) -> Any:
        """Draw the measure along the parameter."""
        return self.sweep.plot(self.measure, ax=ax)

    def __str__(self) -> str:
        ways = {way: self.where(way) for way in ("rises", "falls")}
        moves = [f"{way} {' and '.join(places)}" for way, places in ways.items() if places]
        over = ", over plausible values" if self.threshold.over_plausible else ""
        if not moves:
            return f"The {self.measure.name} stays the same whatever {self.parameter} is{over}."
        return f"As {self.parameter} grows{over} the {self.measure.name} {' and '.join(moves)}; elsewhere it stays."

    def __repr__(self) -> str:
        return f"<Trend of the {self.measure.name} along {self.parameter!r}: {self.direction}>"


def direction_of(ranges: Any) -> str:
    """Return what successive ranges do: ``"rises"``, ``"falls"``, ``"rises and falls"`` or ``"stays"``."""
    up = down = False
    for column in np.array(ranges, dtype=float).T:
        known = column[np.isfinite(column)]
        if len(known):
            up |= bool((known - np.minimum.accumulate(known) > NOTABLE).any())
            down |= bool((np.maximum.accumulate(known) - known > NOTABLE).any())
    return " and ".join(way for way, happens in (("rises", up), ("falls", down)) if happens) or "stays"


def _joined(ends: Sequence[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    """Join places that touch."""
    joined: list[tuple[Any, Any]] = []
    for start, stop in ends:
        if joined and joined[-1][1] == start:
            joined[-1] = (joined[-1][0], stop)
        else:
            joined.append((start, stop))
    return joined


def _place(start: Any, stop: Any) -> str:
    if start == stop:
        return f"at {show_number(start)}"
    return f"from {show_number(start)} to {show_number(stop)}"
