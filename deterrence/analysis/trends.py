"""The course of a measure: on which stretches of a parameter it rises, falls or stays."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np

from deterrence.analysis.answers.notebook import sentences_as_html
from deterrence.analysis.sweep import Sweep, sweep
from deterrence.analysis.threshold import Threshold, thresholds
from deterrence.answers.measure import Measure
from deterrence.errors import ParameterError, nearest
from deterrence.games.expression import show_number
from deterrence.games.game import Game

POINTS = 33
NOTABLE = 1e-4
"""A move of a probability smaller than this is none."""
WIDE = 10
"""A range without an end is looked at so far from the present value."""
Span = tuple[float, float]


@dataclass(frozen=True)
class Stretch:
    """Hold a stretch of a parameter between two changes of the set of equilibria.

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
class Course:
    """Hold how a measure moves along a parameter.

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
        ways = ((one.value, direction_of([one.below, one.above])) for one in self.threshold.boundaries)
        return tuple((value, way) for value, way in ways if way != "stays")

    def where(self, direction: str) -> tuple[str, ...]:
        """Return the places, in words, at which the measure goes a way: ``"rises"``, ``"falls"`` or ``"stays"``."""
        told = [(one.start, one.stop) for one in self.stretches if direction in one.direction.split(" and ")]
        told += [(value, value) for value, way in self.jumps if direction in way.split(" and ")]
        return tuple(_place(*ends) for ends in _joined(sorted(told, key=lambda ends: tuple(map(float, ends)))))

    @property
    def direction(self) -> str:
        """What the measure does over the whole range: rises, falls, rises and falls, or stays."""
        ways = {way for stretch in self.stretches for way in stretch.direction.split(" and ")}
        ways |= {way for _, directions in self.jumps for way in directions.split(" and ")}
        return " and ".join(way for way in ("rises", "falls") if way in ways) or "stays"

    def to_frame(self) -> Any:
        """Return a data frame with one row a stretch: where it begins and ends, and what the measure does on it."""
        import pandas as pd

        rows = [(float(one.start), float(one.stop), one.direction) for one in self.stretches]
        return pd.DataFrame(rows, columns=["from", "to", "direction"])

    def plot(self, ax: Any = None) -> Any:
        """Draw the measure along the parameter."""
        return self.sweep.plot(self.measure, ax=ax)

    def __str__(self) -> str:
        ways = {way: self.where(way) for way in ("rises", "falls")}
        told = [f"{way} {' and '.join(places)}" for way, places in ways.items() if places]
        if not told:
            return f"The {self.measure.name} stays the same whatever {self.parameter} is."
        return f"As {self.parameter} grows the {self.measure.name} {' and '.join(told)}; elsewhere it stays."

    def __repr__(self) -> str:
        return f"<Course of the {self.measure.name} along {self.parameter!r}: {self.direction}>"

    def _repr_html_(self) -> str:
        return sentences_as_html(self)


def courses(
    game: Game,
    parameter: str,
    *measures: Measure,
    points: int | None = None,
    method: Any = None,
    progress: Callable[[float], None] | None = None,
) -> tuple[Course, ...]:
    """Ask on which stretches of a parameter's range measures rise, fall or stay.

    Parameters
    ----------
    game
        The game; the other parameters keep their values.
    parameter
        The parameter that moves, over its declared range; without one, over 10 either way.
    *measures
        What is asked.
    points
        How many values the grid has between the changes of the set of equilibria; 33 by default.
    method
        The solution concept; the game's default one otherwise.
    progress
        Called now and then with the share done.

    Raises
    ------
    ParameterError
        If the parameter is unknown.
    UnknownNameError
        If a measure names nothing of the game.

    Examples
    --------
    >>> import deterrence as dt
    >>> from deterrence.analysis.trends import courses
    >>> from deterrence.models.folklore.strike import strike
    >>> (course,) = courses(strike, "war", dt.probability("strike"), points=5)
    >>> course.direction, course.where("rises")
    ('rises', ('at 6',))
    """
    key = (game, parameter, tuple(measures), POINTS if points is None else points, method)
    if key in _kept:
        return _kept[key]
    made = _made(*key, progress or (lambda share: None))
    if len(_kept) >= MOST_KEPT:
        _kept.pop(next(iter(_kept)))
    _kept[key] = made
    return made


MOST_KEPT = 32
_kept: dict[Any, tuple[Course, ...]] = {}


def _made(
    game: Game,
    parameter: str,
    measures: tuple[Measure, ...],
    points: int,
    method: Any,
    progress: Callable[[float], None],
) -> tuple[Course, ...]:
    low, high = looked_at(game, parameter)
    found = thresholds(
        game, parameter, *measures, between=(low, high), method=method, progress=lambda share: progress(share / 2)
    )
    grid = [low + (high - low) * Fraction(k, points - 1) for k in range(points)]
    values: Any = {parameter: beside(grid, [boundary.value for boundary in found[0].boundaries])}
    swept = sweep(game, *measures, method=method, progress=lambda share: progress((1 + share) / 2), **values)
    return tuple(
        Course(parameter, measure, one, swept, tuple(_stretches(one, swept, k)))
        for k, (measure, one) in enumerate(zip(measures, found, strict=True))
    )


def looked_at(game: Game, parameter: str) -> tuple[Fraction, Fraction]:
    """Return a parameter's range, and where it has no end, as far as one looks."""
    if parameter not in game.parameters:
        raise ParameterError(
            f"The game {game.name!r} has no parameter {parameter!r}. {nearest(parameter, game.parameters)}"
        )
    one = game.parameters[parameter]
    low = Fraction(one.value) - WIDE if one.low is None else Fraction(one.low)
    high = Fraction(one.value) + WIDE if one.high is None else Fraction(one.high)
    return low, high


def beside(values: Sequence[Fraction], boundaries: Sequence[Any]) -> list[Fraction]:
    """Return values with a point close to either side of each boundary, and none on it, where ties are.

    The ends of the range, where chance may exclude a branch, are such boundaries too.
    """
    step = (values[-1] - values[0]) / 10**6
    cuts = [values[0], *(Fraction(boundary) for boundary in boundaries), values[-1]]
    sides = [cut + side for cut in cuts for side in (-step, step)]
    apart = {v for v in (*values, *sides) if all(abs(v - cut) >= step for cut in cuts)}
    return sorted(v for v in apart if values[0] <= v <= values[-1])


def _stretches(found: Threshold, swept: Sweep, k: int) -> list[Stretch]:
    values = np.array([float(value) for value in swept.axes[0][1]])
    low, high = swept.data["low"].values[k], swept.data["high"].values[k]
    inside = np.isfinite(low)
    whole = looked_at(swept.game, swept.axes[0][0])
    ends = (whole[0], *(boundary.value for boundary in found.boundaries), whole[1])
    made = []
    for number, (start, stop) in enumerate(pairwise(ends)):
        on = inside & (values >= float(start)) & (values <= float(stop))
        rows = np.array([low[on], high[on]]).T
        first, last = _limits(found, number, rows)
        rows = np.concatenate([[first], rows[1:-1], [last]])
        made.append(Stretch(start, stop, first, last, direction_of(rows)))
    return made


def _limits(found: Threshold, number: int, rows: np.ndarray) -> tuple[Span, Span]:
    """Return the measure's range at the two ends of a stretch: its limits at a boundary, else the grid's."""
    first, last = (_span(rows[0]), _span(rows[-1])) if len(rows) else (_span(NOTHING), _span(NOTHING))
    if number > 0:
        first = _span(found.boundaries[number - 1].above)
    if number < len(found.boundaries):
        last = _span(found.boundaries[number].below)
    return first, last


NOTHING = (float("nan"), float("nan"))


def _span(ends: Any) -> Span:
    low, high = map(float, ends)
    return low, high


def direction_of(ranges: Any) -> str:
    """Tell what ranges do, one after the other: ``"rises"``, ``"falls"``, ``"rises and falls"`` or ``"stays"``."""
    up = down = False
    for column in np.array(ranges, dtype=float).T:
        known = column[np.isfinite(column)]
        if len(known):
            up |= bool((known - np.minimum.accumulate(known) > NOTABLE).any())
            down |= bool((np.maximum.accumulate(known) - known > NOTABLE).any())
    return " and ".join(way for way, happens in (("rises", up), ("falls", down)) if happens) or "stays"


def _joined(ends: Sequence[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    """Put together places that touch."""
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
