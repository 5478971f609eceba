"""Thresholds of continuous (or infinitely repeated) models, found by bisection."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from deterrence.analysis._continuous import equilibria_at, questions_of
from deterrence.answers.measure import Measure
from deterrence.continuous import ContinuousEquilibrium, ContinuousGame
from deterrence.errors import ParameterError

POINTS = 96
NEAR = Fraction(1, 10**10)
"""How far the halving goes, in shares of the range."""
LEAP = 1e-4
"""A step of the measure that stays larger than this however short the interval is a jump."""
STEEP = 4.0


@dataclass(frozen=True, eq=False)
class NumericalBoundary:
    """Hold one value of the parameter at which the equilibria change, found by halving.

    Attributes
    ----------
    value
        The value, to about ten digits of the range searched.
    below, above
        The least and greatest value of the measure just below and just above.
    gone, new
        The classes that end and begin there as the parameter grows.
    formula
        ``None``: there is none.
    """

    value: float
    below: tuple[float, float]
    above: tuple[float, float]
    gone: tuple[str, ...]
    new: tuple[str, ...]
    formula: None = None

    @property
    def jump(self) -> float:
        """By how much the range of the measure moves: the larger of the moves of its two ends."""
        return max(abs(self.above[0] - self.below[0]), abs(self.above[1] - self.below[1]))


def continuous_thresholds(
    game: ContinuousGame,
    parameter: str,
    measures: Any,
    between: tuple[Any, Any] | None = None,
    method: Any = None,
    progress: Callable[[float], None] | None = None,
) -> tuple[Any, ...]:
    """Return the :class:`Threshold` of each measure of a continuous (or infinitely repeated) model.

    The range is scanned at evenly spaced points; where neighbours differ in their classes, or a measure leaps
    between them, the place is found by halving. What happens twice within a step is missed, so that the
    answer does not count as complete.
    """
    from deterrence.analysis.questions import checked_parameter, searched_range
    from deterrence.analysis.threshold import Threshold

    questions = questions_of(game, measures, method)
    checked_parameter(game, parameter)
    low, high = map(Fraction, searched_range(game, parameter, between))
    scan = _Scan(game, parameter, low, high, progress)
    found = []
    for question in questions:
        places = sorted({*scan.class_changes, *scan.leaps(question)})
        some = tuple(made for a, b in places for made in scan.boundary(question, a, b))
        found.append(Threshold(game, parameter, question, None, some, complete=False, between=between))  # type: ignore[arg-type]
    return tuple(found)


def continuous_threshold(
    game: ContinuousGame,
    parameter: str,
    measure: Any,
    given: str | Mapping[str, Any] | None = None,
    between: tuple[Any, Any] | None = None,
    method: Any = None,
    progress: Callable[[float], None] | None = None,
) -> Any:
    """Return the threshold of a measure, or its curve against a second parameter."""
    if given is None:
        return continuous_thresholds(game, parameter, (measure,), between, method, progress)[0]
    from deterrence.analysis._threshold_curve import ThresholdCurve, curve_grid
    from deterrence.analysis.questions import checked_parameter, searched_range

    question = questions_of(game, (measure,), method)[0]
    checked_parameter(game, parameter)
    ends, (other, at) = searched_range(game, parameter, between), curve_grid(game, parameter, given)
    found: list[Any] = []
    for k, value in enumerate(at):
        try:
            found.append(continuous_thresholds(game.at({other: value}), parameter, (question,), between)[0])
        except ParameterError:
            found.append(None)
        if progress is not None:
            progress((k + 1) / len(at))
    values = tuple(None if some is None else some.value for some in found)
    told = (parameter, question, other, at, values, (), ends, tuple(found))
    return ThresholdCurve(game, *told)  # type: ignore[arg-type]


class _Scan:
    """Hold a model's solutions along one parameter."""

    def __init__(
        self,
        game: ContinuousGame,
        parameter: str,
        low: Fraction,
        high: Fraction,
        progress: Callable[[float], None] | None,
    ) -> None:
        self.game, self.parameter, self.width, self.progress = game, parameter, high - low, progress
        self.points = [low + self.width * Fraction(k, POINTS) for k in range(POINTS + 1)]
        self._solved: dict[Fraction, list[ContinuousEquilibrium] | None] = {}

    def solve(self, value: Fraction) -> list[ContinuousEquilibrium] | None:
        """Return the equilibria at a value, or None where the model's assumptions fail."""
        if value not in self._solved:
            answer = equilibria_at(self.game, {self.parameter: value})
            self._solved[value] = None if answer is None else answer[0]
            if self.progress is not None:
                self.progress(min(1.0, len(self._solved) / (2 * POINTS)))
        return self._solved[value]

    def classes(self, value: Fraction) -> frozenset[str] | None:
        """Return the names of the classes at a value."""
        found = self.solve(value)
        return None if found is None else frozenset(one.name for one in found)

    def ends(self, measure: Any, value: Fraction) -> tuple[float, float] | None:
        """Return the least and greatest value of a measure, or None where there is no equilibrium."""
        numbers = [float(measure(one)) for one in self.solve(value) or ()]
        return (min(numbers), max(numbers)) if numbers else None

    def _halved(self, a: Fraction, b: Fraction, left_of: Callable[[Fraction], bool]) -> tuple[Fraction, Fraction]:
        while b - a > self.width * NEAR:
            middle = (a + b) / 2
            a, b = (middle, b) if left_of(middle) else (a, middle)
        return a, b

    @cached_property
    def class_changes(self) -> list[tuple[Fraction, Fraction]]:
        """The tiny intervals in which the set of classes changes."""
        found = []
        for left, right in itertools.pairwise(self.points):
            a = left
            while self.classes(a) != self.classes(right):
                here = self.classes(a)
                a, b = self._halved(a, right, lambda x, here=here: self.classes(x) == here)  # type: ignore[misc]
                if self.classes(a) is not None and self.classes(b) is not None:
                    found.append((a, b))
                a = b
        return found

    def leaps(self, measure: Measure) -> list[tuple[Fraction, Fraction]]:
        """Return the tiny intervals in which a measure jumps though the classes stay."""
        steps = [self._step(measure, a, b) for a, b in itertools.pairwise(self.points)]
        found = []
        for k, (a, b) in enumerate(itertools.pairwise(self.points)):
            around = max(steps[k - 1] if k else 0.0, steps[k + 1] if k + 1 < len(steps) else 0.0)
            if steps[k] <= LEAP or steps[k] <= STEEP * around or self.classes(a) != self.classes(b):
                continue
            left, right = a, b
            while right - left > self.width * NEAR:
                middle = (left + right) / 2
                first = self._step(measure, left, middle) >= self._step(measure, middle, right)
                left, right = (left, middle) if first else (middle, right)
            if self._step(measure, left, right) > LEAP:
                found.append((left, right))
        return found

    def _step(self, measure: Measure, a: Fraction, b: Fraction) -> float:
        left, right = self.ends(measure, a), self.ends(measure, b)
        if left is None or right is None:
            return 0.0
        return max(abs(left[0] - right[0]), abs(left[1] - right[1]))

    def boundary(self, measure: Measure, a: Fraction, b: Fraction) -> list[NumericalBoundary]:
        """Return the boundary in a tiny interval; none where either side has no equilibrium."""
        below, above = self.ends(measure, a), self.ends(measure, b)
        if below is None or above is None:
            return []
        mine, theirs = ([one.name for one in self.solve(x) or ()] for x in (a, b))
        gone = tuple(dict.fromkeys(name for name in mine if name not in theirs))
        new = tuple(dict.fromkeys(name for name in theirs if name not in mine))
        return [NumericalBoundary(float((a + b) / 2), below, above, gone, new)]
