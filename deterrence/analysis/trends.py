"""The trend of a measure: on which stretches of a parameter it rises, falls or stays."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np

from deterrence.analysis.answers.sweep import Sweep
from deterrence.analysis.answers.threshold import Threshold
from deterrence.analysis.answers.trends import Span, Stretch, Trend, direction_of
from deterrence.analysis.questions import checked_parameter, checked_question, searched_range
from deterrence.analysis.sweep import sweep
from deterrence.analysis.threshold import thresholds
from deterrence.answers.measure import AnyMeasure
from deterrence.answers.method import Method
from deterrence.games.expression import Exact
from deterrence.games.game import Game
from deterrence.games.parameter import Parameter
from deterrence.games.remembered import Remembered

POINTS = 33
WIDE = 10
"""A range without an end is looked at so far from the present value."""


def trends(
    game: Game,
    parameter: str,
    *measures: AnyMeasure,
    between: tuple[Any, Any] | None = None,
    points: int | None = None,
    method: Method | None = None,
    progress: Callable[[float], None] | None = None,
) -> tuple[Trend, ...]:
    """Ask on which stretches of a parameter's plausible values measures rise, fall or stay.

    Parameters
    ----------
    game
        The game; the other parameters keep their values.
    parameter
        The parameter that moves, over its plausible values; over its declared range where none are declared, and
        where that has no end as far as 10 from the value.
    *measures
        What is asked.
    between
        The least and greatest value to look at instead.
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
    >>> from deterrence.analysis.trends import trends
    >>> from deterrence.models.folklore.strike import strike
    >>> (trend,) = trends(strike, "war", dt.probability("strike"), points=5)
    >>> trend.direction, trend.where("rises")
    ('rises', ('at 6',))
    """
    looked = None if between is None else tuple(between)
    key = (game, parameter, tuple(measures), looked, POINTS if points is None else points, method)
    answers: tuple[Trend, ...] = TRENDS.of(key, lambda: _made(*key, progress or (lambda share: None)))
    return answers


TRENDS: Remembered = Remembered(32)
"""The trends found last: a brief asks for the same ones in several of its sections."""


def _made(
    game: Game,
    parameter: str,
    asked: tuple[AnyMeasure, ...],
    between: Any,
    points: int,
    method: Any,
    progress: Callable[[float], None],
) -> tuple[Trend, ...]:
    measures = checked_question(game, parameter, asked, "trends")
    declared = looked_at(checked_parameter(game, parameter))
    low, high = declared if between is None else map(Fraction, searched_range(game, parameter, between))
    answers = thresholds(
        game, parameter, *measures, between=(low, high), method=method, progress=lambda share: progress(share / 2)
    )
    grid = [low + (high - low) * Fraction(k, points - 1) for k in range(points)]
    values: Any = {parameter: beside(grid, [boundary.value for boundary in answers[0].boundaries])}
    swept = sweep(game, *measures, values, method=method, progress=lambda share: progress((1 + share) / 2))
    return tuple(
        Trend(parameter, measure, answer, swept, tuple(_stretches(answer, swept, k)))
        for k, (measure, answer) in enumerate(zip(measures, answers, strict=True))
    )


def looked_at(parameter: Parameter) -> tuple[Fraction, Fraction]:
    """Return a parameter's plausible values, else its admissible ones, without an end as far as one looks."""
    return _closed(parameter, *parameter.span)


def admissible(parameter: Parameter) -> tuple[Fraction, Fraction]:
    """Return a parameter's admissible range, plausible or not, and where it has no end as far as one looks."""
    return _closed(parameter, parameter.low, parameter.high)


def _closed(parameter: Parameter, low: Exact | None, high: Exact | None) -> tuple[Fraction, Fraction]:
    value = Fraction(parameter.value)
    return value - WIDE if low is None else Fraction(low), value + WIDE if high is None else Fraction(high)


def beside(values: Sequence[Fraction], boundaries: Sequence[Any]) -> list[Fraction]:
    """Return values with a point close to either side of each boundary, and none on it, where ties are.

    The ends of the range, where chance may exclude a branch, are such boundaries too.
    """
    step = (values[-1] - values[0]) / 10**6
    cuts = [values[0], *(Fraction(boundary) for boundary in boundaries), values[-1]]
    sides = [cut + side for cut in cuts for side in (-step, step)]
    apart = {v for v in (*values, *sides) if all(abs(v - cut) >= step for cut in cuts)}
    return sorted(v for v in apart if values[0] <= v <= values[-1])


def _stretches(threshold: Threshold, swept: Sweep, k: int) -> list[Stretch]:
    values = np.array([float(value) for value in swept.axes[0][1]])
    low, high = swept.data["low"].values[k], swept.data["high"].values[k]
    inside = np.isfinite(low)
    whole = threshold.looked_at
    ends = (whole[0], *(boundary.value for boundary in threshold.boundaries), whole[1])
    stretches = []
    for number, (start, stop) in enumerate(pairwise(ends)):
        on = inside & (values >= float(start)) & (values <= float(stop))
        rows = np.array([low[on], high[on]]).T
        first, last = _limits(threshold, number, rows)
        rows = np.concatenate([[first], rows[1:-1], [last]])
        stretches.append(Stretch(start, stop, first, last, direction_of(rows)))
    return stretches


def _limits(threshold: Threshold, number: int, rows: np.ndarray) -> tuple[Span, Span]:
    """Return the measure's range at the two ends of a stretch: its limits at a boundary, else the grid's."""
    first, last = (_span(rows[0]), _span(rows[-1])) if len(rows) else (_span(NOTHING), _span(NOTHING))
    if number > 0:
        first = _span(threshold.boundaries[number - 1].above)
    if number < len(threshold.boundaries):
        last = _span(threshold.boundaries[number].below)
    return first, last


NOTHING = (float("nan"), float("nan"))


def _span(ends: Any) -> Span:
    low, high = map(float, ends)
    return low, high
