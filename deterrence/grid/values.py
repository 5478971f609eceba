"""Rational functions of the parameters at a block's points, each computed once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from deterrence.solvers.supports.closed_form import Parametric
from deterrence.solvers.supports.parts import expression_at

TOLERANCE = 1e-11
"""A sum is taken for zero when it is nearer to it than this share of its terms' sizes, which no unit changes.

Points so near a boundary are solved exactly.
"""


class Values:
    """The values of rational functions of the parameters at a block's points.

    What depends on some of the parameters alone has the shape of their columns, so a block that is a rectangle
    of points computes it once a row or once a column.
    """

    def __init__(self, parametric: Parametric, columns: Sequence[np.ndarray]) -> None:
        by_symbol = dict(zip(parametric.symbols, columns, strict=True))
        self._unknowns = list(columns)
        for part in parametric.atoms:
            self._unknowns.append(expression_at(part, by_symbol))
        self._recipes = parametric.recipes
        self._known: dict[Any, Any] = {}
        self._most: list[float] = []
        for column in self._unknowns:
            self._most.append(float(np.max(np.abs(column), initial=0.0)))

    def __getitem__(self, c: Any) -> Any:
        if c not in self._known:
            if c not in self._recipes:
                self._recipes[c] = recipe(c)
            kind, *parts = self._recipes[c]
            if kind == "nested":
                self._known[c] = self._nested(parts[0])
            else:
                self._known[c] = -self[parts[0]] if kind == "minus" else self[parts[0]] / self[parts[1]]
        return self._known[c]

    def _nested(self, terms: Any) -> Any:
        if isinstance(terms, float):
            return np.float64(terms)
        inner, k, rest = terms
        product = self._unknowns[k] if inner == 1.0 else self._nested(inner) * self._unknowns[k]
        return product if rest == 0.0 else product + self._nested(rest)

    def holds(self, c: Any, *, strict: bool) -> Any:
        """Tell where a condition holds to within the tolerance: above zero, or at least zero."""
        slack = self.slack(c)
        key = c, strict or slack is None  # where no value is near zero, the two are the same
        if key not in self._known:
            if slack is None:
                self._known[key] = self[c] > 0
            else:
                self._known[key] = self[c] > slack if strict else self[c] >= -slack
        return self._known[key]

    def is_zero(self, c: Any) -> Any:
        """Tell where a function is zero to within the tolerance."""
        if ("zero", c) not in self._known:
            slack = self.slack(c)
            self._known["zero", c] = np.False_ if slack is None else np.abs(self[c]) <= slack
        return self._known["zero", c]

    def slack(self, c: Any) -> Any:
        """Return point by point what rounding may leave of a function that is zero; None where no value is so near."""
        if ("slack", c) not in self._known:
            value = self[c]  # so that there is a recipe
            kind, *parts = self._recipes[c]
            over = 1.0
            while kind != "nested":  # of a ratio the numerator counts, over the denominator
                over = over * (np.abs(self[parts[1]]) if kind == "ratio" else 1.0)
                part = parts[0]
                _ = self[part]
                kind, *parts = self._recipes[part]
            slack: Any = None
            if not np.all(np.abs(value) > TOLERANCE * _size(parts[0], self._most) / over):
                slack = TOLERANCE * _size(parts[0], list(map(np.abs, self._unknowns))) / over
            self._known["slack", c] = slack
        return self._known["slack", c]


def _size(terms: Any, sizes: Sequence[Any]) -> Any:
    """Return the sum of a polynomial's terms, each by its size."""
    if isinstance(terms, float):
        return abs(terms)
    inner, k, rest = terms
    return _size(inner, sizes) * sizes[k] + _size(rest, sizes)


def recipe(c: Any) -> tuple[Any, ...]:
    """Return how to compute a number, polynomial or rational function: from others, or by Horner's scheme."""
    if hasattr(c, "denom"):
        return recipe(c.numer) if c.denom == 1 else ("ratio", c.numer, c.denom)
    if not hasattr(c, "terms"):
        return "nested", float(c)
    if c and c.LC < 0:
        return "minus", -c  # so that p and -p are computed once
    return "nested", _nested({powers: float(number) for powers, number in c.terms()})


def _nested(terms: Mapping[tuple[int, ...], float]) -> Any:
    """Return a polynomial as a number, or as (inner, k, rest) for inner * parameter k + rest."""
    used = [sum(map(bool, powers)) for powers in zip(*terms, strict=True)]
    if not any(used):
        return float(sum(terms.values()))
    k = used.index(max(used))
    inner = {(*powers[:k], powers[k] - 1, *powers[k + 1 :]): c for powers, c in terms.items() if powers[k]}
    return _nested(inner), k, _nested({powers: c for powers, c in terms.items() if not powers[k]})
