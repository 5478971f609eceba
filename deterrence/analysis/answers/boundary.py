"""One value of a parameter at which the equilibria change: what a measure does there, and how it is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Any

from deterrence.games.expression import Exact, show_number, show_value
from deterrence.values import Value

Range = tuple[Any, Any]
JUMPED = 1e-4
"""A move of the measure larger than this, in units of its size where that is above one, is a jump."""
LONG_FORMULA = 40
"""A formula with more operations is left out of the sentence."""
POINTS = 120
BESIDE = Fraction(1, 10**6)
"""How near to a boundary a drawing has points on either side, in shares of the width drawn."""


@dataclass(frozen=True, eq=False)
class Boundary(Value):
    """A value of the parameter at which the set of equilibrium classes changes.

    Attributes
    ----------
    value
        The value of the parameter, exact where it is rational.
    below, above
        The least and greatest value of the measure over all equilibria on either side: by exact solutions a
        ten-millionth of the range searched below and above the value, and so its one-sided limits to about
        seven digits. At the value itself the equilibria of both sides exist, and mixtures of them may.
    gone, new
        The classes that end and begin there as the parameter grows, in words.
    derive
        What derives the formula of the value when it is asked for; ``None`` where there is none.
    """

    value: Exact | float
    below: Range
    above: Range
    gone: tuple[str, ...]
    new: tuple[str, ...]
    derive: Callable[[], Any] | None = field(default=None, repr=False, compare=False)

    @cached_property
    def formula(self) -> Any:
        """The value as a SymPy expression in the other parameters, derived when asked for; else ``None``."""
        return None if self.derive is None else self.derive()

    @property
    def jump(self) -> Any:
        """By how much the range of the measure moves: the larger of the moves of its two ends."""
        return max(abs(self.above[0] - self.below[0]), abs(self.above[1] - self.below[1]))

    @property
    def direction(self) -> str:
        """What the measure does as the parameter grows past it: rises, falls, widens, narrows, or none."""
        tiny = JUMPED * max(1, *(abs(end) for end in (*self.below, *self.above)))
        low, high = (after - before for before, after in zip(self.below, self.above, strict=True))
        if max(abs(low), abs(high)) <= tiny:
            return "none"
        if low >= -tiny and high >= -tiny:
            return "rises"
        if low <= tiny and high <= tiny:
            return "falls"
        return "widens" if low < 0 else "narrows"


def range_in_words(ends: Range) -> str:
    """Write a measure's range: one number, or the two that it lies between."""
    low, high = map(show_number, ends)
    return low if low == high else f"between {low} and {high}"


def move_in_words(boundary: Any) -> str:
    """Return from what to what a measure moves at a boundary."""
    return f"from {range_in_words(boundary.below)} to {range_in_words(boundary.above)}"


def place_in_words(boundary: Any, name: str = ".exact") -> str:
    """Write where a boundary lies: its value and, where there is one, its formula."""
    formula, value = boundary.formula, show_number(boundary.value)
    if len(value.partition("/")[2]) > 1:
        value = f"{value} (about {float(boundary.value):.4g})"
    if formula is None or not formula.free_symbols:
        return value
    if formula.count_ops() > LONG_FORMULA:
        return f"{value}, a long formula in {name}"
    return f"{value} = {show_value(formula)}"


def drawn_values(low: Exact, high: Exact, boundaries: Iterable[Any], points: int = POINTS) -> list[Fraction]:
    """Return values to draw a curve through: evenly spaced, but on either side of each boundary and not on it."""
    low, high = Fraction(low), Fraction(high)
    width = high - low
    cuts = [Fraction(boundary.value) for boundary in boundaries]
    even = [low + width * Fraction(k, points) for k in range(points + 1)]
    values = {value for value in even if all(abs(value - cut) > width * BESIDE for cut in cuts)}
    values |= {cut + way * width * BESIDE for cut in cuts for way in (-1, 1)}
    return sorted(value for value in values if low <= value <= high)
