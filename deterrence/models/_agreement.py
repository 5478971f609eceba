"""Whether what was found is what was expected: numbers to the digits given, formulas, conditions, names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

from deterrence.games.expression import compile_condition, compile_exact, show_value, to_sympy
from deterrence.models._points import points

DECIMAL = re.compile(r"[-+]?\d+(\.(?P<places>\d+))?$")
SAME = 1e-9
"""How near a computed floating-point number must be to an expected exact one, relative to 1 and its size."""


def resolved(expected: Any, game: Any) -> Any:
    """Return what is expected, where it is a function of the parameters with their symbols put in."""
    if not callable(expected):
        return expected
    return expected(SimpleNamespace(**{name: p.expression for name, p in game.parameters.items()}))


def agree(expected: Any, answer: Any, game: Any) -> bool:
    """Tell whether what was found is what was expected."""
    if isinstance(expected, Mapping):
        same = isinstance(answer, Mapping) and set(expected) == set(answer)
        return same and all(agree(expected[key], answer[key], game) for key in expected)
    if isinstance(expected, (list, tuple)):
        listed = isinstance(answer, (list, tuple)) and len(expected) == len(answer)
        return listed and all(agree(e, f, game) for e, f in zip(expected, answer, strict=True))
    if isinstance(expected, (set, frozenset)):
        return set(answer) == expected
    if isinstance(expected, str):
        return _agree_with_text(expected, answer)
    if isinstance(expected, bool):
        return answer is not None and bool(answer) == expected
    if _symbolic(expected) or _symbolic(answer):
        return _same_condition(expected, answer, game) if _is_condition(expected) else _same_formula(expected, answer)
    if isinstance(answer, float) or isinstance(expected, float):
        return abs(float(answer) - float(expected)) <= SAME * (1 + abs(float(expected)))
    return bool(expected == answer)


def in_words(value: Any) -> str:
    """Return a value as a reader of a table sees it."""
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
    if isinstance(answer, str) or decimal is None or answer is None:
        return str(answer) == expected
    half = Fraction(1, 2 * 10 ** len(decimal["places"] or ""))
    number = Fraction(answer) if isinstance(answer, (int, Fraction, float)) else Fraction(str(answer))
    return abs(number - Fraction(expected)) <= half * (1 + Fraction(1, 10**6))


def _symbolic(value: Any) -> bool:
    return hasattr(value, "free_symbols")


def _is_condition(value: Any) -> bool:
    return bool(getattr(value, "is_Boolean", False) or getattr(value, "is_Relational", False))


def _same_formula(expected: Any, answer: Any) -> bool:
    import sympy as sp

    if answer is None:
        return False
    return bool(sp.cancel(sp.together(to_sympy(expected) - to_sympy(answer))) == 0)


def _same_condition(expected: Any, answer: Any, game: Any) -> bool:
    """Compare two conditions at many exact points within the ranges and assumptions."""
    if answer is None:
        return False
    first, second = map(compile_condition, (expected, answer))
    cuts = [compile_exact(item.lhs - item.rhs) for item in _comparisons(expected)]
    drawn = points(game)
    checked = [point for point in drawn if all(cut(point) != 0 for cut in cuts)]
    return len(checked) > len(drawn) // 2 and all(first(point) == second(point) for point in checked)


def _comparisons(condition: Any) -> tuple[Any, ...]:
    import sympy as sp

    return tuple(condition.atoms(sp.core.relational.Relational)) if _symbolic(condition) else ()
