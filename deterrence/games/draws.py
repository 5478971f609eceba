"""Chance nodes: their probabilities sum to one whatever the parameters are, and lie between 0 and 1."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, reduce
from typing import Any

from deterrence.errors import GameError, NumberError, ParameterError, ProbabilityError
from deterrence.games.equations import solved_equations
from deterrence.games.expression import (
    Evaluator,
    Exact,
    Value,
    compile_condition,
    compile_exact,
    is_symbolic,
    names_in,
    show_number,
    show_value,
)
from deterrence.games.form import ExtensiveForm
from deterrence.games.parameter import Parameter, values_in_words

NEARLY = Fraction(1, 10**9)
ROUNDED = Fraction(1, 10**25)
"""Functions such as roots are taken to 30 digits, so sums of them may differ by less than this."""
SAMPLED, TRIED = 64, 2_000
"""So many admissible points of the ranges are looked at, of at most so many tried."""
STEPS = 64
"""The steps in which a range is gone through; one without an end is taken to be so long."""
LENGTH = 20


@dataclass(frozen=True, eq=False)
class ChanceDraw:
    """A chance node: where it is, and the probabilities of its branches."""

    place: str
    row: tuple[Value, ...]

    @cached_property
    def evaluators(self) -> tuple[Evaluator, ...]:
        """The functions from parameter values to each probability."""
        return tuple(map(compile_exact, self.row))

    @cached_property
    def symbolic(self) -> bool:
        """Whether it depends on parameters."""
        return any(map(is_symbolic, self.row))

    def check_numbers(self) -> None:
        """Refuse plain numbers that do not sum to one."""
        if self.symbolic or sum(self.row) == 1:
            return
        near = abs(sum(self.row) - 1) < NEARLY
        total = "almost 1 but not quite" if near else show_number(Fraction(sum(self.row)))
        hint = " Write 1/3 as Fraction(1, 3), or the last branch as 1 less the others." if near else ""
        raise GameError(
            f"The probabilities of the chance node at {self.place!r} are {self._shown}; they sum to {total}, "
            f"and must sum to 1.{hint}"
        )

    def check_at(self, values: Mapping[str, Exact]) -> None:
        """Refuse parameter values at which a probability lies outside [0, 1], or they do not sum to one."""
        numbers = [evaluate(values) for evaluate in self.evaluators]
        for item, number in zip(self.row, numbers, strict=True):
            if not 0 <= number <= 1:
                at = f" at {values_in_words(item, values)}" if is_symbolic(item) else ""
                raise ProbabilityError(
                    f"The chance node at {self.place!r} has a branch of probability {show_value(item)}"
                    f"{f' = {show_number(number)}' if is_symbolic(item) else ''}{at}; "
                    "a probability lies between 0 and 1."
                )
        total: Any = sum(numbers)
        if abs(total - 1) > ROUNDED:
            raise ProbabilityError(
                f"The probabilities of the chance node at {self.place!r} ({self._shown}) sum to "
                f"{show_number(Fraction(total))} at the present parameter values, and must sum to 1."
            )

    def check_over(self, ranges: Ranges) -> None:
        """Refuse probabilities that do not sum to one at all admissible values of the parameters."""
        import sympy as sp

        total = ranges.reduced(sum(self.row) - 1)
        if total == 0:
            return
        place = next((point for point in ranges.points if abs(_excess(self.evaluators, point)) > ROUNDED), None)
        rational = total.is_rational_function(*total.free_symbols)
        if place is None and (not rational or sp.cancel(sp.together(total)) == 0):
            return
        raise GameError(
            f"The probabilities of the chance node at {self.place!r} ({self._shown}) sum to 1 at the present parameter "
            f"values{self._elsewhere(place)}; they must sum to 1 whatever the parameters are. Write the last branch as "
            "1 less the others."
        )

    def _elsewhere(self, place: Mapping[str, Exact] | None) -> str:
        if place is None:
            return " and not at others"
        total = show_number(Fraction(_excess(self.evaluators, place) + 1))
        return f" and to {total} at {values_in_words(sum(self.row), place)}"

    def assumed(self, ranges: Ranges) -> Iterator[Any]:
        """Yield the conditions under which no probability is below zero, where the ranges admit that.

        Since they sum to one, none is above one then.
        """
        import sympy as sp

        for item, evaluate in zip(self.row, self.evaluators, strict=True):
            if not is_symbolic(item) or ranges.keep_above_zero(item):
                continue
            if any(evaluate(point) < -ROUNDED for point in ranges.points if _finite(evaluate, point)):
                yield sp.Ge(item, 0)

    @property
    def _shown(self) -> str:
        return ", ".join(map(show_value, self.row))


def draws_of(form: ExtensiveForm) -> tuple[ChanceDraw, ...]:
    """Return the chance nodes of a tree, of those with the same probabilities the first."""
    first: dict[Any, ChanceDraw] = {}
    loose = {variable.name for variable in form.variables}
    for node, row in enumerate(form.written_probabilities):
        if loose and any(is_symbolic(item) and names_in(item) & loose for item in row):
            continue  # checked over the ends of what is chosen, with the numbers themselves
        if row and row not in first:
            first[row] = ChanceDraw(form.history(node), row)
    return tuple(first.values())


@dataclass(frozen=True, eq=False)
class Ranges:
    """The admissible values of parameters: their declared ranges, and what is assumed of them."""

    parameters: tuple[Parameter, ...]
    assumptions: tuple[Any, ...]

    @cached_property
    def points(self) -> tuple[Mapping[str, Exact], ...]:
        """Admissible points all over the ranges, always the same."""
        return tuple(self._points())

    def _points(self) -> Iterator[Mapping[str, Exact]]:
        conditions, rng, count = [compile_condition(c) for c in self.assumptions], random.Random(0), 0  # noqa: S311
        for _ in range(TRIED):
            point = {parameter.name: _value(parameter, rng) for parameter in self.parameters}
            if self._is_admissible(point, conditions):
                yield point
                count += 1
            if count == SAMPLED:
                return

    def _is_admissible(
        self, point: dict[str, Exact], conditions: Sequence[Callable[[Mapping[str, Exact]], bool]]
    ) -> bool:
        try:
            for symbol, evaluate in self._solved_exactly:
                point[symbol] = evaluate(point)
            for parameter in self.parameters:
                parameter.at(point[parameter.name])
            return all(holds(point) for holds in conditions)
        except (NumberError, ParameterError, ZeroDivisionError):
            return False

    def reduced(self, total: Any) -> Any:
        """Return an expression multiplied out, in which the equations that are assumed have been used."""
        import sympy as sp

        return sp.expand(total.xreplace(self._solved)) if is_symbolic(total) else total

    @cached_property
    def _solved(self) -> dict[Any, Any]:
        """For each linear equation that is assumed one symbol, expressed by the others."""
        return solved_equations(self.assumptions)

    @cached_property
    def _solved_exactly(self) -> list[tuple[str, Evaluator]]:
        return [(symbol.name, compile_exact(_as_exact(value))) for symbol, value in self._solved.items()]

    def keep_above_zero(self, item: Any) -> bool:
        """Tell whether an expression is seen at once not to fall below zero in the declared ranges."""
        bounds = _bounds(item, {p.name: _ends(p) for p in self.parameters})
        return bounds is not None and bounds[0] >= 0


def _as_exact(value: Any) -> Any:
    return Fraction(int(value.p), int(value.q)) if value.is_Rational else value


def _excess(evaluators: Iterable[Evaluator], point: Mapping[str, Exact]) -> Any:
    """Return by how much probabilities exceed one at a point; nothing where they have no value."""
    try:
        return sum(evaluate(point) for evaluate in evaluators) - 1
    except (NumberError, ParameterError, ZeroDivisionError):
        return 0


def _finite(evaluate: Evaluator, point: Mapping[str, Exact]) -> bool:
    try:
        evaluate(point)
    except (NumberError, ParameterError, ZeroDivisionError):
        return False
    return True


def _ends(parameter: Parameter) -> tuple[Exact, Exact] | None:
    low, high = parameter.low, parameter.high
    return None if low is None or high is None else (low, high)


def _value(parameter: Parameter, rng: random.Random) -> Exact:
    low, high = parameter.low, parameter.high
    if low is None:
        low = (high if high is not None else parameter.value + Fraction(LENGTH, 2)) - LENGTH
    if high is None:
        high = low + LENGTH
    step = rng.choice((0, STEPS)) if rng.random() < 0.25 else rng.randint(0, STEPS)
    return low + (high - low) * Fraction(step, STEPS)


Bounds = tuple[Exact, Exact]


def _bounds(item: Any, declared: Mapping[str, Bounds | None]) -> Bounds | None:
    """Return bounds of sums and products of numbers and parameters; None where there are none, or none is seen."""
    if item.is_Symbol:
        return declared[item.name]
    if item.is_Rational:
        return (_as_exact(item),) * 2
    if not (item.is_Add or item.is_Mul):
        return None
    parts: list[Bounds] = []
    for part in item.args:
        found = _bounds(part, declared)
        if found is None:
            return None
        parts.append(found)
    return reduce(_sum if item.is_Add else _product, parts)


def _sum(one: Bounds, other: Bounds) -> Bounds:
    return one[0] + other[0], one[1] + other[1]


def _product(one: Bounds, other: Bounds) -> Bounds:
    corners = [a * b for a in one for b in other]
    return min(corners), max(corners)
