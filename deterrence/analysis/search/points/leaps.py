"""Where a measure jumps along a parameter though the same classes exist on both sides."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any

from deterrence.answers.measure import Measure

LEAP = 1e-4
"""A step that stays larger than this however short the interval, in units of the measure's size, is a jump."""
STEEP = 4.0
"""Only a step so many times as high as its neighbours is looked into."""
CLOSE = Fraction(1, 10**10)
"""How far the interval is halved, in shares of the range."""


def leaps(search: Any, measures: Sequence[Measure]) -> list[Any]:
    """Return the values at which a measure jumps between two points of a search's grid with the same classes."""
    grid = search.grid
    found: dict[Any, None] = {}
    for measure in measures:
        steps = [_step(search, measure, a, b) for a, b in pairwise(grid)]
        for k, (a, b) in enumerate(pairwise(grid)):
            around = max(steps[k - 1] if k else 0.0, steps[k + 1] if k + 1 < len(steps) else 0.0)
            if steps[k] > LEAP and steps[k] > STEEP * around and search.classes(a) == search.classes(b):
                value = _followed(search, measure, a, b)
                found |= {} if value is None else {value: None}
    return list(found)


def _followed(search: Any, measure: Measure, a: Fraction, b: Fraction) -> Any:
    """Return where the larger part of a step lies, however near; None where it is none in the end."""
    apart = (Fraction(search.high) - Fraction(search.low)) * CLOSE
    left, right = a, b
    while right - left > apart:
        middle = (left + right) / 2
        first = _step(search, measure, left, middle) >= _step(search, measure, middle, right)
        left, right = (left, middle) if first else (middle, right)
    if _step(search, measure, left, right) <= LEAP:
        return None
    before = _ends(search, measure, left)

    def is_left(x: Fraction) -> bool:
        return x <= left or (x < right and _same(before, _ends(search, measure, x)))

    return search.halved(a, b, apart, is_left)


def _same(one: Any, other: Any) -> bool:
    return one is not None and other is not None and max(abs(a - b) for a, b in zip(one, other, strict=True)) <= LEAP


def _ends(search: Any, measure: Measure, value: Fraction) -> tuple[float, float] | None:
    equilibria = search.solve(value)
    if not equilibria:
        return None
    low, high = search.measured(measure, equilibria)
    return float(low), float(high)


def _step(search: Any, measure: Measure, a: Fraction, b: Fraction) -> float:
    """Return by how much the range of a measure moves between two values."""
    left, right = _ends(search, measure, a), _ends(search, measure, b)
    if left is None or right is None:
        return 0.0
    size = max(1.0, *map(abs, (*left, *right)))
    return max(abs(left[0] - right[0]), abs(left[1] - right[1])) / size
