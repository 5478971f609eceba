"""Whether what was found is what was expected: numbers to the digits given, formulas, conditions, names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from numbers import Real
from types import SimpleNamespace
from typing import Any

from deterrence.analysis.search.points.exact_points import ENOUGH, in_place, points
from deterrence.games.expression import compile_condition, compile_exact, show_value, to_sympy
from deterrence.models._proof import equivalent

DECIMAL = re.compile(r"[-+]?\d+(\.(?P<places>\d+))?$")
SAME = 1e-9
"""How near a computed floating-point number must be to an expected exact one, relative to 1 and its size."""


def resolved(expected: Any, game: Any) -> Any:
    """Return what is expected, where it is a function of the parameters with their symbols put in."""
    if not callable(expected):
        return expected
    return expected(SimpleNamespace(**{name: p.expression for name, p in game.parameters.items()}))


@dataclass(frozen=True)
class Supported:
    """A value that a claim is compared with, and by which evidence it was found, in words."""

    value: Any
    by: str


class Agreement:
    """Whether what was found is what was expected, and by which evidence where that is no plain equality.

    Attributes
    ----------
    game
        The game whose parameters formulas and conditions speak of.
    evidence
        In words, how each condition was compared, and where two differ; how each sign was found.
    """

    def __init__(self, game: Any) -> None:
        self.game = game
        self.evidence: list[str] = []

    def agree(self, expected: Any, answer: Any) -> bool:
        """Tell whether what was found is what was expected."""
        if isinstance(answer, Supported):
            self.evidence.append(answer.by)
            answer = answer.value
        if isinstance(expected, Mapping):
            same = isinstance(answer, Mapping) and set(expected) == set(answer)
            return same and all(self.agree(expected[key], answer[key]) for key in expected)
        if isinstance(expected, (list, tuple)):
            listed = isinstance(answer, (list, tuple)) and len(expected) == len(answer)
            return listed and all(self.agree(e, f) for e, f in zip(expected, answer, strict=True))
        if isinstance(expected, (set, frozenset)):
            return isinstance(answer, (set, frozenset, list, tuple)) and set(answer) == expected
        if isinstance(expected, str):
            return _agree_with_text(expected, answer)
        if isinstance(expected, bool) and not _symbolic(answer):
            return answer is not None and bool(answer) == expected
        return self._agree_in_value(expected, answer)

    def _agree_in_value(self, expected: Any, answer: Any) -> bool:
        if _symbolic(expected) or _symbolic(answer):
            return self._same_condition(expected, answer) if is_condition(expected) else same_formula(expected, answer)
        if isinstance(answer, float) or isinstance(expected, float):
            return _is_number(answer) and abs(float(answer) - float(expected)) <= SAME * (1 + abs(float(expected)))
        return bool(expected == answer)

    def _same_condition(self, expected: Any, answer: Any) -> bool:
        """Compare two conditions by proof, else at many exact points within the ranges and assumptions."""
        if not is_condition(answer):
            return False
        if equivalent(self.game, expected, answer):
            self.evidence.append("the same, as is proved over the declared ranges")
            return True
        same, words = compared_at_draws(self.game, expected, answer)
        self.evidence.append(words)
        return same


def in_words(value: Any) -> str:
    """Return a value as a reader of a table sees it."""
    if isinstance(value, Supported):
        return in_words(value.value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {in_words(item)}" for key, item in value.items()) or "nothing"
    if isinstance(value, (set, frozenset)):
        return ", ".join(sorted(map(in_words, value))) or "none"
    if isinstance(value, (list, tuple)):
        return ", ".join(map(in_words, value)) or "none"
    if isinstance(value, float):
        return f"{value:.10g}"
    return "nothing" if value is None else show_value(value)


def _agree_with_text(expected: str, answer: Any) -> bool:
    """Compare with a name, or with a decimal number to the digits given."""
    decimal = DECIMAL.match(expected)
    if isinstance(answer, str) or decimal is None or not _is_number(answer):
        return str(answer) == expected
    half = Fraction(1, 2 * 10 ** len(decimal["places"] or ""))
    number = _as_fraction(answer)
    return number is not None and abs(number - Fraction(expected)) <= half * (1 + Fraction(1, 10**6))


def _as_fraction(number: Any) -> Fraction | None:
    """Return a number as a fraction, to 30 digits where it is irrational; None where it is not finite."""
    try:
        return Fraction(number if isinstance(number, (int, float, Fraction)) else str(_to_digits(number)))
    except (ValueError, OverflowError):
        return None


def _to_digits(number: Any) -> Any:
    return number.evalf(30) if hasattr(number, "evalf") else number


def _is_number(value: Any) -> bool:
    return isinstance(value, Real) or bool(getattr(value, "is_number", False))


def _symbolic(value: Any) -> bool:
    return hasattr(value, "free_symbols")


def is_condition(value: Any) -> bool:
    """Tell whether a value is a condition on parameters, and not a number or a formula."""
    return isinstance(value, bool) or bool(
        getattr(value, "is_Boolean", False) or getattr(value, "is_Relational", False)
    )


def same_formula(expected: Any, answer: Any) -> bool:
    """Tell whether two formulas, or numbers, are equal by algebra."""
    import sympy as sp

    if not (_symbolic(answer) or _is_number(answer)) or is_condition(answer):
        return False
    return bool(sp.cancel(sp.together(to_sympy(expected) - to_sympy(answer))) == 0)


def compared_at_draws(game: Any, expected: Any, answer: Any) -> tuple[bool, str]:
    """Tell whether two conditions say the same at exact points off their boundaries, and in how many draws."""
    first, second = map(compile_condition, (expected, answer))
    cuts = [compile_exact(item.lhs - item.rhs) for item in (*_comparisons(expected), *_comparisons(answer))]
    drawn = [point for point in points(game) if all(cut(point) != 0 for cut in cuts)]
    for point in drawn:
        if first(point) != second(point):
            return False, f"they differ at {in_place(point)}"
    true = sum(map(bool, map(first, drawn)))
    words = f"the same in {len(drawn)} of {len(drawn)} draws over the declared ranges, in {true} of which it is true"
    return len(drawn) >= ENOUGH, words


def _comparisons(condition: Any) -> tuple[Any, ...]:
    import sympy as sp

    return tuple(condition.atoms(sp.core.relational.Relational)) if _symbolic(condition) else ()
