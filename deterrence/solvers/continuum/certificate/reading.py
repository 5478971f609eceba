"""What strategies say, read for many types and many choices at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from typing import Any

from deterrence.answers.continuum.strategies import Case, Cutoffs, Mixture, Schedule, exact_or_float
from deterrence.games.expression import compile_exact

Array = Any
"""An array, or a single number: exact ones are fractions, and arrays of them are arrays of objects."""
Rows = tuple[tuple[Array, Array, Array], ...]
"""A function of a type that is constant between ends: triples of two ends and the value between them."""
INFINITE = float("inf")


@dataclass(frozen=True)
class Arithmetic:
    """Whether to compute in fractions or in floats."""

    exact: bool

    def number(self, value: Any) -> Array:
        """Return a number in this arithmetic; infinite ones stay what they are."""
        value = exact_or_float(value)
        if not self.exact:
            return float(value)
        return Fraction(value) if isinstance(value, int) else value

    def array(self, values: Sequence[Any]) -> Array:
        """Return numbers as an array."""
        import numpy as np

        made = np.empty(len(values), dtype=object if self.exact else float)
        made[:] = [self.number(value) for value in values]
        return made

    def evaluated(self, value: Any, known: Mapping[str, Array]) -> Array:
        """Return what an expression comes to, for every element of what is known."""
        import numpy as np

        symbols = getattr(value, "free_symbols", None)
        if not symbols:
            return self.number(value)
        names = tuple(sorted(symbol.name for symbol in symbols))
        numbers = [known[name] for name in names]
        if not self.exact:
            return np.asarray(_lambdified(value, names)(*numbers), dtype=float)
        exact = _compiled(value)
        return np.frompyfunc(lambda *row: Fraction(exact(dict(zip(names, row, strict=True)))), len(names), 1)(*numbers)


@lru_cache(maxsize=1024)
def _compiled(value: Any) -> Any:
    return compile_exact(value)


@lru_cache(maxsize=1024)
def _lambdified(value: Any, names: tuple[str, ...]) -> Any:
    import sympy as sp

    return sp.lambdify([sp.Symbol(name, real=True) for name in names], value, modules="numpy")


def rows_of(rule: Cutoffs, action: str, known: Mapping[str, Array], arithmetic: Arithmetic) -> Rows:
    """Return how likely an action is as a function of the own type, where some choices are known."""
    import numpy as np

    rows = []
    for case, here in _cases(rule, known, arithmetic):
        ends = _ends(case, known, arithmetic)
        for (low, high), piece in zip(pairwise(ends), case.pieces, strict=True):
            p = arithmetic.number(dict(piece.actions).get(action, 0))
            if p != 0:
                rows.append((low, high, p if here is True else np.where(here, p, 0 * p)))
    return tuple(rows)


def _cases(rule: Cutoffs, known: Mapping[str, Array], arithmetic: Arithmetic) -> list[tuple[Case, Any]]:
    """Return each case with where it holds: the first that fits, and the last where none does."""
    import numpy as np

    if len(rule.cases) == 1:
        return [(rule.cases[0], True)]
    found, left = [], np.asarray(True)
    for case in rule.cases[:-1]:
        here = left
        for name, low, high in case.given:
            x = known[name]
            here = here & (x >= arithmetic.number(low)) & (x <= arithmetic.number(high))
        found.append((case, here))
        left = left & ~np.asarray(here, dtype=bool)
    return [*((case, np.asarray(here, dtype=bool)) for case, here in found), (rule.cases[-1], left)]


def _ends(case: Case, known: Mapping[str, Array], arithmetic: Arithmetic) -> list[Array]:
    """Return the ends of a case's pieces, in order; the first and the last reach to infinity."""
    import numpy as np

    ends: list[Array] = [-INFINITE]
    for piece in case.pieces[1:]:
        end = arithmetic.evaluated(piece.low, known)
        ends.append(end if ends[-1] is ends[0] else np.maximum(end, ends[-1]))
    return [*ends, INFINITE]


def value_at(rows: Rows, own: Array, arithmetic: Arithmetic) -> Array:
    """Return a function that is constant between ends at the types given."""
    import numpy as np

    total: Array = arithmetic.number(0)
    for low, high, value in rows:
        inside = np.asarray(own >= low, dtype=bool) & np.asarray(own < high, dtype=bool)
        total = total + np.where(inside, value, arithmetic.number(0))
    return total


def cutoffs_of(rule: Cutoffs, known: Mapping[str, Array], arithmetic: Arithmetic) -> list[Array]:
    """Return the types at which what is done changes, in every case."""
    return [end for case in rule.cases for end in _ends(case, known, arithmetic)[1:-1]]


@dataclass(frozen=True)
class Told:
    """The strategies of an equilibrium: what is done at each information set, and what is chosen."""

    rules: tuple[Cutoffs, ...]
    choices: Mapping[str, Any]
    arithmetic: Arithmetic

    def count(self, name: str) -> int:
        """Return of how many branches a choice is."""
        rule = self.choices[name]
        return len(
            rule.numbers if isinstance(rule, Mixture) else rule.pieces if isinstance(rule, Schedule) else (rule,)
        )

    def chosen(self, name: str, known: Mapping[str, Array]) -> list[tuple[Array, Array, Rows | None, bool]]:
        """Return the branches of a choice: value, probability, which types take it (None: all), whether it moves.

        A branch moves where the number chosen tells the chooser's type.
        """
        rule, number = self.choices[name], self.arithmetic.number
        if isinstance(rule, Mixture):
            return [(number(x), number(p), None, False) for x, p in rule.numbers]
        if isinstance(rule, Schedule):
            ends = [-INFINITE, *map(number, rule.cutoffs), INFINITE]
            return [
                (
                    self._scheduled((rule.variable, low, high), value, known),
                    number(1),
                    ((low, high, number(1)),),
                    moves(value, rule.variable),
                )
                for (low, high), (_, _, value) in zip(pairwise(ends), rule.pieces, strict=True)
            ]
        return [(self.arithmetic.evaluated(rule, known), number(1), None, False)]

    def _scheduled(self, of: tuple[str, Array, Array], value: Any, known: Mapping[str, Array]) -> Array:
        """Return what a piece says of its own types; of others what it says of the nearest of these."""
        import numpy as np

        variable, low, high = of
        if variable in known:
            known = {**known, variable: np.minimum(np.maximum(known[variable], low), high)}
        if hasattr(value, "free_symbols") or not callable(value):
            return self.arithmetic.evaluated(value, known)
        return np.vectorize(value, otypes=[float])(known[variable])


def moves(value: Any, variable: str) -> bool:
    """Whether what a schedule's piece says varies with the type."""
    symbols = getattr(value, "free_symbols", None)
    return callable(value) if symbols is None else variable in {symbol.name for symbol in symbols}
