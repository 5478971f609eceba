"""The formulas of a characterization as plain expressions of some parameters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np


def at_defaults(characterization: Any, measure: str, names: Sequence[str]) -> list[tuple[Any, Any]]:
    """Return each class's condition and value of a measure, with the other parameters at their values."""
    import sympy as sp

    game = characterization.game
    fixed = {
        parameter.expression: sp.Rational(str(parameter.value))
        for parameter in game.parameter_list
        if parameter.name not in names
    }
    plain = {p.expression: sp.Symbol(p.name, real=True) for p in game.parameter_list if p.name in names}
    return [
        (sp.sympify(each.when).subs({**fixed, **plain}), sp.sympify(each.probability(measure)).subs({**fixed, **plain}))
        for each in characterization
    ]


def evaluator(characterization: Any, measure: str, names: Sequence[str]) -> Callable[..., tuple[Any, Any]]:
    """Return a function from columns of values to the least and greatest value over the classes."""
    import sympy as sp

    symbols = [sp.Symbol(name, real=True) for name in names]
    made = [
        [sp.lambdify(symbols, some, "numpy") for some in pair] for pair in at_defaults(characterization, measure, names)
    ]

    def evaluate(*columns: Any) -> tuple[Any, Any]:
        low, high = (np.full(len(columns[0]), np.nan) for _ in range(2))
        with np.errstate(divide="ignore", invalid="ignore"):
            for when, value in made:
                here = np.where(when(*columns), value(*columns), np.nan)
                low, high = np.fmin(low, here), np.fmax(high, here)
        return low, high

    return evaluate
