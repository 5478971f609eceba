"""The parts of a difference between two games as tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import nan
from typing import Any

from deterrence.analysis.answers.boundary import place_in_words
from deterrence.analysis.answers.differences.difference_parts import Jump

WIDE = 46
"""A cell of a table in text is cut beyond so many letters, and the first of a row beyond twice as many; ``to_frame``
has the whole."""
TITLES = {
    "play": "At the present values, over all equilibria:",
    "classes": "When each play exists:",
    "thresholds": "Where it jumps, the other parameters at their present values:",
}

Table = tuple[tuple[str, ...], list[tuple[Any, ...]]]


def play_table(answer: Any) -> Table:
    """Return each measure now: in the first game, in the second, and what it does."""
    rows = [(row.measure.name, row.in_words(0), row.in_words(1), row.change) for row in answer.now]
    return ("measure", "first", "second", "change"), rows


def classes_table(answer: Any) -> Table:
    """Return each class: what is played, when in both games, and how the conditions relate."""
    rows = [
        (row.play, _shown_when(row, 0), _shown_when(row, 1), _relation(row), row.formulas_in_words())
        for row in answer.classes
    ]
    head = ("play", "exists first", "exists second", "change", "where both exist")
    some = any(row[-1] for row in rows)
    return (head, rows) if some else (head[:-1], [row[:-1] for row in rows])


def _shown_when(row: Any, side: int) -> str:
    return str(row.condition_in_words(side)).removeprefix("when ")


def _relation(row: Any) -> str:
    return "the same" if row.relation == "same" else str(row.relation)


def thresholds_table(answer: Any) -> Table:
    """Return each threshold: the parameter, what jumps, where in both games, and what becomes of it."""
    rows = [
        (jump.parameter, _jumping(jump), _place(jump.first), _place(jump.second), jump.kind) for jump in answer.jumps
    ]
    return ("parameter", "what jumps", "first", "second", "change"), rows


def _jumping(jump: Jump) -> str:
    return "; ".join(words.removeprefix("probability of ") for words in jump.measures)


def _place(boundary: Any) -> str:
    return "none" if boundary is None else place_in_words(boundary, "its .formula")


def written_table(answer: Any) -> Table:
    """Return how the games differ as written, a sentence a row."""
    return ("as written",), [(sentence,) for sentence in answer.written]


TABLES: dict[str, Callable[[Any], Table]] = {
    "play": play_table,
    "classes": classes_table,
    "thresholds": thresholds_table,
    "written": written_table,
}


def play_in_numbers(answer: Any) -> Table:
    """Return each measure now with its ends as numbers; NaN where there is no equilibrium."""
    head = ("measure", "low first", "high first", "low second", "high second", "change")
    rows = [(row.measure.name, *_floats(row.first), *_floats(row.second), row.change) for row in answer.now]
    return head, rows


def _floats(ends: Any) -> tuple[float, ...]:
    return (nan, nan) if ends is None else tuple(map(float, ends))


def thresholds_in_numbers(answer: Any) -> Table:
    """Return each threshold with its values as numbers, NaN where it is missing, and their formulas."""
    head = ("parameter", "what jumps", "first", "second", "formula first", "formula second", "change")
    rows = [
        (jump.parameter, "; ".join(jump.measures), *map(_value, ends), *map(_formula, ends), jump.kind)
        for jump in answer.jumps
        for ends in [(jump.first, jump.second)]
    ]
    return head, rows


def _value(boundary: Any) -> float:
    return nan if boundary is None else float(boundary.value)


def _formula(boundary: Any) -> Any:
    return None if boundary is None else boundary.formula


FRAMES: dict[str, Callable[[Any], Table]] = {
    **TABLES,
    "play": play_in_numbers,
    "thresholds": thresholds_in_numbers,
}
"""What a data frame has of each part: numbers as numbers."""


def grid(head: Sequence[str], rows: Sequence[Sequence[Any]]) -> list[str]:
    """Return a table as lines, in columns."""
    cells = [list(head), *([_cut(str(cell), WIDE if k else 2 * WIDE) for k, cell in enumerate(row)] for row in rows)]
    widths = [max(len(line[k]) for line in cells) for k in range(len(head))]
    lines = [
        "  " + "  ".join(word.ljust(width) for word, width in zip(line, widths, strict=True)).rstrip() for line in cells
    ]
    return [lines[0], "  " + "-" * (len(lines[0]) - 2), *lines[1:]]


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 2]} …"
