"""How draws stand in the payoffs of a tree: for each end and player a part without draws, and weights of draws."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from deterrence.games.expression import Evaluator, Value, compile_exact, is_symbolic, names_in
from deterrence.games.form import ExtensiveForm


@dataclass(frozen=True)
class Linear:
    """A payoff as a part without draws and weights of draws, each a function of the parameters' values.

    Attributes
    ----------
    rest
        The part without draws.
    weights
        Pairs of a draw's name and its weight.
    """

    rest: Evaluator
    weights: tuple[tuple[str, Evaluator], ...]

    def at(self, values: Mapping[str, Any]) -> tuple[float, dict[str, float]]:
        """Return the numbers at parameter values; weights of zero are left out."""
        found = {name: float(weight(values)) for name, weight in self.weights}
        return float(self.rest(values)), {name: weight for name, weight in found.items() if weight != 0}


@lru_cache(maxsize=64)
def linear_payoffs(form: ExtensiveForm) -> dict[tuple[int, int], Linear | None]:
    """Return the payoff at each end, by (node, player); None where a draw stands in it otherwise than linearly."""
    draws = frozenset(variable.name for variable in form.variables)
    found: dict[tuple[int, int], Linear | None] = {}
    for node in range(form.size):
        if form.outcome[node] is not None:
            for i, value in enumerate(form.payoffs[node]):
                found[node, i] = _read(value, draws)
    return found


@lru_cache(maxsize=4096)
def _read(value: Value, draws: frozenset[str]) -> Linear | None:
    import sympy as sp

    names = sorted(names_in(value) & draws) if is_symbolic(value) else []
    if not names:
        return Linear(compile_exact(value), ())
    symbols = [sp.Symbol(name, real=True) for name in names]
    expression: Any = value
    if not expression.is_polynomial(*symbols):
        return None
    polynomial = sp.Poly(expression, *symbols)
    if polynomial.total_degree() > 1:
        return None
    weights = tuple(
        (name, compile_exact(polynomial.coeff_monomial(symbol))) for name, symbol in zip(names, symbols, strict=True)
    )
    return Linear(compile_exact(polynomial.coeff_monomial(1)), weights)
