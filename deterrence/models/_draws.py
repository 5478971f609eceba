"""What a measure does along a parameter at draws of the others, and the simplest draw at which a claim is wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import combinations, pairwise
from typing import Any

from deterrence.analysis.search.points.exact_points import (
    ALONE,
    ENOUGH,
    draws_of_others,
    in_place,
    simplified,
    values_along,
)
from deterrence.errors import ParameterError
from deterrence.games.expression import show_number
from deterrence.games.words import listed

Span = tuple[Any, Any]
SAME = 1e-9
"""Floating-point numbers that differ by less than this, relative to 1 and the largest, are the same."""
VALUES = 6
"""At so many values of a parameter, two of them close to the ends, a draw of the others is looked at."""
MOST_UNCHANGED = 60
"""So many draws at which nothing changes refute a claim of change; a clearer counterexample is not sought longer."""
CONFIRMS = {
    "rises": ("rises",),
    "falls": ("falls",),
    "does not fall": ("rises", "stays"),
    "does not rise": ("falls", "stays"),
    "rises and falls": ("rises and falls",),
    "stays": ("stays",),
}
"""What is claimed -> what a measure may be seen to do along a parameter."""
CONTRADICTS = {"rises": ("falls",), "falls": ("rises",), "does not fall": ("falls",), "does not rise": ("rises",)}
"""What is claimed -> the moves that a counterexample shows; either where it is claimed that nothing changes."""


def doing(way: str) -> str:
    """Return in words what a measure does."""
    return "does not change" if way == "stays" else way


@dataclass(frozen=True)
class Question:
    """What is looked at: a measure of a model's equilibria, in one class of them or in all, along a parameter."""

    model: Any
    parameter: str
    measure: Any
    in_class: str = ""
    method: Any = None

    def along(self, others: Mapping[str, Any], values: Sequence[Any]) -> Along | None:
        """Return what the measure does at values of the parameter; None where fewer than two have an answer."""
        spans = {value: self._span({**others, self.parameter: value}) for value in values}
        answered = {value: span for value, span in spans.items() if span is not None}
        return Along(dict(others), tuple(answered), tuple(answered.values())) if len(answered) > 1 else None

    def _span(self, point: Mapping[str, Any]) -> Span | None:
        """Return the least and greatest value in the equilibria; None without any or outside the assumptions."""
        try:
            solution = self.model.solve_without_certificate(self.method, **point)
        except ParameterError:
            return None
        equilibria = [one for one in solution.representatives if self.in_class in ("", one.name)]
        numbers = [end for one in equilibria for end in self.measure.ends(one)]
        return (min(numbers), max(numbers)) if numbers else None


@dataclass(frozen=True)
class Along:
    """A measure's least and greatest value at some values of a parameter, at one draw of the others."""

    others: dict[str, Any]
    values: tuple[Any, ...]
    spans: tuple[Span, ...]

    @property
    def way(self) -> str:
        """What either end does: ``"rises"``, ``"falls"``, ``"rises and falls"`` or ``"stays"``."""
        return " and ".join(way for way in ("rises", "falls") if self.largest(way) is not None) or "stays"

    @property
    def places(self) -> str:
        """Where the measure rises and where it falls, in words, as far as the values tell."""
        steps = [
            Along({}, pair, spans) for pair, spans in zip(pairwise(self.values), pairwise(self.spans), strict=True)
        ]
        told = []
        for way in ("rises", "falls"):
            ends: list[list[Any]] = []
            for start, stop in (step.values for step in steps if step.largest(way) is not None):
                if ends and ends[-1][1] == start:
                    ends[-1][1] = stop
                else:
                    ends.append([start, stop])
            places = [f"from {show_number(start)} to {show_number(stop)}" for start, stop in ends]
            told += [f"{way} {listed(places)}"] if places else []
        return " and ".join(told)

    def largest(self, way: str) -> tuple[int, int, int] | None:
        """Return the largest move in a direction, as the end that moves and the numbers of two values, or None."""
        sign = 1 if way == "rises" else -1
        pairs = [(end, i, j) for end in (0, 1) for i, j in combinations(range(len(self.spans)), 2)]
        end, i, j = max(pairs, key=lambda pair: sign * self._step(*pair))
        return (end, i, j) if sign * self._step(end, i, j) > self._slack else None

    def _step(self, end: int, i: int, j: int) -> Any:
        return self.spans[j][end] - self.spans[i][end]

    @property
    def _slack(self) -> float:
        """What counts as no move: nothing between exact numbers, rounding between others."""
        numbers = [number for span in self.spans for number in span]
        exact = all(isinstance(number, (int, Fraction)) for number in numbers)
        return 0.0 if exact else SAME * (1 + max(abs(float(number)) for number in numbers))

    def in_words(self, parameter: str, ways: Sequence[str]) -> str:
        """Return in words the values between which the measure moves most in one of some ways, or that it stays."""
        where = f"with {in_place(self.others)} " if self.others else ""
        moved = [(way, move) for way in ways if (move := self.largest(way)) is not None]
        if not moved:
            ends = f"{_close(self.values[0])} to {_close(self.values[-1])}"
            return f"{where}it does not change as {parameter} goes from {ends}"
        way, (end, i, j) = moved[0]
        subject = (
            "it" if all(low == high for low, high in self.spans) else ("its least value", "its greatest value")[end]
        )
        first, second = (f"{float(self.spans[k][end]):.5g}" for k in (i, j))
        start, stop = (_close(self.values[k]) for k in (i, j))
        return f"{where}{subject} {way} from {first} at {parameter}={start} to {second} at {stop}"


def _close(value: Any) -> str:
    return show_number(value, 6)


@dataclass
class Seen:
    """What a measure does along a parameter at draws of the others, and a draw at which a claim is wrong.

    Attributes
    ----------
    alone
        Whether the parameter alone was drawn, since there are no others or the claim is not about them.
    ways
        What the measure does -> at how many draws.
    counterexample
        A draw at which the claim is wrong, or None.
    """

    alone: bool = False
    ways: Counter[str] = field(default_factory=Counter)
    counterexample: Along | None = None

    @property
    def total(self) -> int:
        """At how many draws the measure has values to compare."""
        return self.ways.total()

    @property
    def enough(self) -> bool:
        """Whether the draws are enough to say that a claim holds which is wrong at none of them."""
        return self.total >= (1 if self.alone else ENOUGH)

    def confirmed(self, direction: str) -> int:
        """Return at how many draws the claim is right."""
        return sum(self.ways[way] for way in CONFIRMS[direction])

    def take(self, along: Along, direction: str) -> None:
        """Count a draw; keep the first counterexample, and rather one at which the measure goes the other way."""
        way, kept = along.way, self.counterexample
        self.ways[way] += 1
        if way not in CONFIRMS[direction] and (kept is None or (kept.way == "stays" and way != "stays")):
            self.counterexample = along

    def settled(self, direction: str, right_here: bool) -> bool:
        """Tell whether the claim is right somewhere and wrong elsewhere, so that further draws change no verdict."""
        if self.counterexample is None or not (right_here or self.confirmed(direction)):
            return False
        return self.counterexample.way != "stays" or self.ways["stays"] >= MOST_UNCHANGED

    def in_words(self, question: Question, direction: str) -> list[str]:
        """Return in words at how many draws the claim is right, and a counterexample."""
        drawn = f"{question.parameter} over its range" if self.alone else "the others over their declared ranges"
        right, total = (ENOUGH, ENOUGH) if self.alone else (self.confirmed(direction), self.total)
        counted = f"in {right} of {total} draws of {drawn} it {doing(direction)}"
        if self.counterexample is None:
            return [counted]
        found = simplest(question, self.counterexample, direction)
        if self.total < ENOUGH and not self.alone:
            counted += ", when a counterexample settled it"
        example = f"a counterexample: {found.in_words(question.parameter, contradicting(direction))}"
        return [example] if self.alone else [counted, example]


def contradicting(direction: str) -> tuple[str, ...]:
    """Return the moves that show a claim to be wrong."""
    return CONTRADICTS.get(direction, ("rises", "falls"))


def seen_at_draws(question: Question, direction: str, way: str, count: int, spread: Fraction) -> Seen:
    """Look at draws of the others until enough are seen or the verdict is settled; without any, at many values."""
    import numpy as np

    from deterrence.analysis.trends import admissible

    parameters, rng = question.model.game.parameters, np.random.default_rng(1962)
    low, high = admissible(parameters[question.parameter])
    if not count or len(parameters) == 1:
        seen = Seen(alone=True)
        along = question.along({}, values_along(low, high, ENOUGH, rng))
        if along is not None:
            seen.take(along, direction)
        return seen
    seen, wanted = Seen(), count + ALONE * (len(parameters) - 1)
    for others in draws_of_others(question.model.game, question.parameter, count, spread):
        along = question.along(others, values_along(low, high, VALUES, rng))
        if along is not None:
            seen.take(along, direction)
        if seen.total >= wanted or seen.settled(direction, way in CONFIRMS[direction]):
            break
    return seen


def simplest(question: Question, found: Along, direction: str) -> Along:
    """Return a counterexample with as many parameters as possible at their present values, the others rounded."""
    moved = [(way, move) for way in contradicting(direction) if (move := found.largest(way)) is not None]
    values = tuple(found.values[k] for k in moved[0][1][1:]) if moved else found.values

    def tried(others: Mapping[str, Any]) -> Along | None:
        again = question.along(others, values)
        if again is None or len(again.values) < len(values):
            return None
        wrong = again.largest(moved[0][0]) is not None if moved else again.way not in CONFIRMS[direction]
        return again if wrong else None

    return simplified(found.others, tried) or found
