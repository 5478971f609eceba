"""A sweep in sentences."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from deterrence.analysis.select import select_name
from deterrence.answers.measure import Measure
from deterrence.games.expression import show_number

ARTICLES = ("the", "a", "an")


def in_words(sweep: Any) -> str:
    """Return a sweep's axes, status and ranges as sentences."""
    names = " and ".join(f"{name} ({_counted(len(values), 'value')})" for name, values in sweep.axes)
    lines = [f"Sweep of {sweep.game.name!r} over {names}: {sweep.status}."]
    if sweep.lazy:
        return "\n".join([*lines, "Its numbers are computed when they are asked for; .load() brings all of them."])
    data, points = sweep.data, math.prod(len(values) for _, values in sweep.axes)
    for k, measure in enumerate(sweep.measures):
        lines.append(f"{_begun(_called(measure))} {_span(data['low'][k], data['high'][k])}.")
    if sweep.select is not None:
        lines += _selected_in_words(sweep)
    several, masked = int((data["count"] > 1).sum()), int(data["masked"].sum())
    lines.append(f"Several classes of equilibrium exist at {several} of {_counted(points)}.")
    if masked:
        left = "it is" if masked == 1 else "they are"
        lines.append(f"At {_counted(masked)} the game's assumptions fail; {left} left out.")
    return "\n".join(lines)


def _selected_in_words(sweep: Any) -> list[str]:
    lines = []
    for measure, row in zip(sweep.measures, sweep.data["selected"], strict=True):
        empty = int(np.isnan(row).sum())
        where = f"; nothing is selected at {empty} of {_counted(row.size)}"
        lines.append(f"Selected by {select_name(sweep.select)!r} {_called(measure)} {_span(row, row)}{where}.")
    return lines


def _called(measure: Measure) -> str:
    """Return a measure's name as it stands within a sentence: a name, or what has an article, as it is."""
    first = measure.name.split(" ")[0]
    own = measure.kind == "other" or first.lower() in ARTICLES or first[:1].isupper()
    return measure.name if own else f"the {measure.name}"


def _begun(words: str) -> str:
    """Return words as the beginning of a sentence, where they begin with an article."""
    return words[0].upper() + words[1:] if words.split(" ", maxsplit=1)[0] in ARTICLES else words


def _span(low: Any, high: Any) -> str:
    if bool(np.isnan(low).all()):
        return "is defined nowhere on the grid"
    return f"runs from {show_number(float(low.min()))} to {show_number(float(high.max()))}"


def _counted(number: int, what: str = "point") -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
