"""Thresholds of continuous (or infinitely repeated) models, found by bisection."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from fractions import Fraction
from functools import cached_property
from typing import Any

from deterrence.analysis.answers.boundary import Boundary
from deterrence.analysis.answers.threshold import Threshold
from deterrence.analysis.numerical.points import equilibria_at, questions_of
from deterrence.analysis.questions import checked_parameter, refuse_swapped, searched_range
from deterrence.analysis.threshold import curve_of
from deterrence.answers.measure import Measure
from deterrence.continuous import ContinuousEquilibrium, ContinuousGame
from deterrence.games.kinds import thresholds_of

POINTS = 96
NEAR = Fraction(1, 10**10)
"""How far the bisection goes, in shares of the range."""
LEAP = 1e-4
"""A step of the measure that stays larger than this however short the interval is a jump."""
STEEP = 4.0


@thresholds_of.register(ContinuousGame)
def _thresholds(
    game: ContinuousGame,
    parameter: str,
    measures: tuple[Any, ...],
    between: tuple[Any, Any] | None,
    method: Any,
    report: Callable[[float], None] | None,
) -> tuple[Threshold, ...]:
    """Return the threshold of each measure of a continuous model.

    The range is scanned at evenly spaced points; where neighbours differ in their classes, or a measure leaps
    between them, the place is found by bisection. What happens twice within a step is missed, so that the
    answer does not count as complete.
    """
    refuse_swapped(game, parameter, tuple(measures), "threshold")
    questions = questions_of(game, measures, method)
    checked_parameter(game, parameter)
    low, high = map(Fraction, searched_range(game, parameter, between))
    scan = _Scan(game, parameter, low, high, report)
    answers = []
    for question in questions:
        places = sorted({*scan.class_changes, *scan.leaps(question)})
        boundaries = tuple(boundary for a, b in places for boundary in scan.boundary(question, a, b))
        answers.append(Threshold(game, parameter, question, None, boundaries, False, curve_of, between))
    return tuple(answers)


class _Scan:
    """A model's solutions along one parameter."""

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
        equilibria = self.solve(value)
        return None if equilibria is None else frozenset(equilibrium.name for equilibrium in equilibria)

    def ends(self, measure: Any, value: Fraction) -> tuple[float, float] | None:
        """Return the least and greatest value of a measure, or None where there is no equilibrium."""
        numbers = [float(measure(equilibrium)) for equilibrium in self.solve(value) or ()]
        return (min(numbers), max(numbers)) if numbers else None

    def _halved(self, a: Fraction, b: Fraction, left_of: Callable[[Fraction], bool]) -> tuple[Fraction, Fraction]:
        while b - a > self.width * NEAR:
            middle = (a + b) / 2
            a, b = (middle, b) if left_of(middle) else (a, middle)
        return a, b

    @cached_property
    def class_changes(self) -> list[tuple[Fraction, Fraction]]:
        """The tiny intervals in which the set of classes changes."""
        intervals = []
        for left, right in itertools.pairwise(self.points):
            a = left
            while self.classes(a) != self.classes(right):
                here = self.classes(a)
                a, b = self._halved(a, right, lambda x, here=here: self.classes(x) == here)  # type: ignore[misc]
                if self.classes(a) is not None and self.classes(b) is not None:
                    intervals.append((a, b))
                a = b
        return intervals

    def leaps(self, measure: Measure) -> list[tuple[Fraction, Fraction]]:
        """Return the tiny intervals in which a measure jumps though the classes stay."""
        steps = [self._step(measure, a, b) for a, b in itertools.pairwise(self.points)]
        intervals = []
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
                intervals.append((left, right))
        return intervals

    def _step(self, measure: Measure, a: Fraction, b: Fraction) -> float:
        left, right = self.ends(measure, a), self.ends(measure, b)
        if left is None or right is None:
            return 0.0
        return max(abs(left[0] - right[0]), abs(left[1] - right[1]))

    def boundary(self, measure: Measure, a: Fraction, b: Fraction) -> list[Boundary]:
        """Return the boundary in a tiny interval; none where either side has no equilibrium."""
        below, above = self.ends(measure, a), self.ends(measure, b)
        if below is None or above is None:
            return []
        mine, theirs = ([equilibrium.name for equilibrium in self.solve(x) or ()] for x in (a, b))
        gone = tuple(dict.fromkeys(name for name in mine if name not in theirs))
        new = tuple(dict.fromkeys(name for name in theirs if name not in mine))
        return [Boundary(float((a + b) / 2), below, above, gone, new)]
