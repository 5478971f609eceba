"""Formulas as one list of steps that NumPy takes over blocks of points, each step once.

A step is an operation on earlier steps. Equal steps are the same step, so what several formulas share is
computed once; signs are drawn outwards, so that p and -p share it too. A block of points is a rectangle:
what depends on its rows alone is computed once a row, what depends on its columns alone once a column.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np

TURNED = {"greater": "less", "less": "greater", "greater_equal": "less_equal", "less_equal": "greater_equal"}
TRUTHS = {*TURNED, "logical_and", "logical_or", "logical_not", "truth"}
Row = tuple[Any, ...]


class Steps:
    """Hold the steps; a method adds one, or finds it, and returns its place in the list."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self._places: dict[Row, int] = {}
        self._told: dict[Any, Any] = {}

    def told(self, question: Any, answer: Callable[[], Any]) -> Any:
        """Return an answer about the steps, which is kept for the next time; no step may be added after."""
        if question not in self._told:
            self._told[question] = answer()
        return self._told[question]

    def _put(self, *row: Any) -> int:
        if row not in self._places:
            self._places[row] = len(self.rows)
            self.rows.append(row)
        return self._places[row]

    # -- numbers -----------------------------------------------------------------------------------

    def number(self, value: float) -> int:
        """Return a constant."""
        return self.negative(self._put("number", -value)) if value < 0 else self._put("number", value)

    def column(self, k: int) -> int:
        """Return the values of the parameter with a number."""
        return self._put("column", k)

    def formula(self, expression: Any, symbols: tuple[Any, ...]) -> int:
        """Return a SymPy expression in the parameters that is no ratio of polynomials."""
        return self._put("formula", expression, symbols, *map(self.column, range(len(symbols))))

    def _signed(self, place: int) -> tuple[int, bool]:
        row = self.rows[place]
        return (row[1], True) if row[0] == "negative" else (place, False)

    def constant(self, place: int) -> float | None:
        """Return the value of a step that is the same everywhere."""
        inner, minus = self._signed(place)
        row = self.rows[inner]
        return None if row[0] != "number" else -row[1] if minus else row[1]

    def negative(self, place: int) -> int:
        """Return minus a step."""
        inner, minus = self._signed(place)
        return inner if minus else self._put("negative", place)

    def add(self, a: int, b: int) -> int:
        """Return a sum."""
        x, y = self.constant(a), self.constant(b)
        if x is not None and y is not None:
            return self.number(x + y)
        if x == 0 or y == 0:
            return b if x == 0 else a
        (p, minus), (q, less) = self._signed(a), self._signed(b)
        if minus and less:
            return self.negative(self.add(p, q))
        if minus or less:
            return self._difference(a, q) if less else self._difference(b, p)
        return self._put("add", *sorted((a, b)))

    def _difference(self, a: int, b: int) -> int:
        return self._put("subtract", a, b) if a < b else self.negative(self._put("subtract", b, a))

    def multiply(self, a: int, b: int) -> int:
        """Return a product."""
        (p, minus), (q, less) = self._signed(a), self._signed(b)
        x, y = self.constant(p), self.constant(q)
        if x is not None and y is not None:
            product = self.number(x * y)
        elif 1 in {x, y}:
            product = q if x == 1 else p
        elif 0 in {x, y}:
            product = self.number(0.0)
        else:
            product = self._put("multiply", *sorted((p, q)))
        return self.negative(product) if minus != less else product

    def divide(self, a: int, b: int) -> int:
        """Return a ratio."""
        y = self.constant(b)
        if y:
            return self.multiply(a, self.number(1 / y))
        (p, minus), (q, less) = self._signed(a), self._signed(b)
        ratio = self._put("divide", p, q)
        return self.negative(ratio) if minus != less else ratio

    def least(self, a: int, b: int) -> int:
        """Return the smaller of two."""
        return a if a == b else self._put("minimum", *sorted((a, b)))

    def greatest(self, a: int, b: int) -> int:
        """Return the larger of two."""
        return a if a == b else self._put("maximum", *sorted((a, b)))

    def absolute(self, place: int) -> int:
        """Return a step without its sign."""
        value, inner = self.constant(place), self._signed(place)[0]
        return self._put("absolute", inner) if value is None else self.number(abs(value))

    def choose(self, test: int, a: int, b: int) -> int:
        """Return one step where a test holds and another where it fails."""
        known = self.truth_of(test)
        return self._put("choose", test, a, b) if known is None else (a if known else b)

    def polynomial(self, terms: Mapping[tuple[int, ...], float], unknowns: Sequence[int]) -> int:
        """Return a polynomial, given by exponents and coefficients, by Horner's scheme."""
        used = [sum(1 for powers in terms if powers[k]) for k in range(len(unknowns))]
        if not any(used):
            return self.number(sum(terms.values()))
        k = used.index(max(used))
        inner: dict[tuple[int, ...], float] = {}
        rest: dict[tuple[int, ...], float] = {}
        for powers, c in terms.items():
            if powers[k]:
                inner[(*powers[:k], powers[k] - 1, *powers[k + 1 :])] = c
            else:
                rest[powers] = c
        product = self.multiply(self.polynomial(inner, unknowns), unknowns[k])
        return self.add(product, self.polynomial(rest, unknowns)) if rest else product

    # -- tests --------------------------------------------------------------------------------------

    def truth(self, value: bool) -> int:
        """Return a test that holds everywhere or nowhere."""
        return self._put("truth", bool(value))

    def truth_of(self, place: int) -> bool | None:
        """Return what a test says, where it says the same everywhere."""
        row = self.rows[place]
        return row[1] if row[0] == "truth" else None

    def compare(self, kind: str, place: int, bound: float) -> int:
        """Return the test of a step against a number; ``kind`` is the name of one of NumPy's comparisons."""
        value = self.constant(place)
        if value is not None:
            return self.truth(bool(getattr(np, kind)(value, bound)))
        inner, minus = self._signed(place)
        if minus:
            kind, bound = TURNED[kind], -bound
        return self._put(kind, inner, self._put("number", bound))

    def near_zero(self, place: int, tolerance: float) -> int:
        """Return the test whether a step is zero to within a tolerance."""
        return self.compare("less", self.absolute(place), tolerance)

    def both(self, tests: Iterable[int]) -> int:
        """Return the test whether all of some tests hold."""
        return self._joined("logical_and", tests, absorbing=False)

    def either(self, tests: Iterable[int]) -> int:
        """Return the test whether any of some tests holds."""
        return self._joined("logical_or", tests, absorbing=True)

    def _joined(self, kind: str, tests: Iterable[int], *, absorbing: bool) -> int:
        listed = list(dict.fromkeys(tests))
        known = [self.truth_of(test) for test in listed]
        if absorbing in known:
            return self.truth(absorbing)
        open_tests = [test for test, said in zip(listed, known, strict=True) if said is None]
        if not open_tests:
            return self.truth(not absorbing)
        joined = open_tests[0]
        for test in open_tests[1:]:
            joined = self._put(kind, *sorted((joined, test)))
        return joined

    def inputs(self, place: int) -> tuple[int, ...]:
        """Return the steps that a step needs."""
        kind, *rest = self.rows[place]
        return () if kind in {"number", "column", "truth"} else tuple(rest[2:] if kind == "formula" else rest)


def choose(test: np.ndarray, a: np.ndarray, b: np.ndarray, out: np.ndarray) -> None:
    """Write one array where a test holds and another where it fails."""
    out[...] = np.where(test, a, b)


@lru_cache(maxsize=256)
def compiled_formula(expression: Any, symbols: tuple[Any, ...]) -> Any:
    """Return a NumPy function for a SymPy expression; it is made anew in every process."""
    import sympy as sp

    return sp.lambdify(symbols, expression, modules="numpy", cse=True)
