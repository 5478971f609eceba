"""Where a measure takes a given value inside a class of equilibria."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from deterrence.answers.measure import Measure
from deterrence.games.expression import Exact
from deterrence.grid.measured import compiled_forms
from deterrence.solvers.algebra import polynomials as poly
from deterrence.solvers.supports.closed_form import Parametric

MOST = 256
"""So many corners of what is free are looked at."""


def level_polynomials(parametric: Parametric, pattern: Any, measure: Measure, levels: Sequence[Exact]) -> list[Any]:
    """Return the polynomials in the parameters that vanish where a pattern's measure takes one of the values.

    Where something is free, the measure at each corner of what may vary.
    """
    found: dict[Any, None] = {}
    for compiled in compiled_forms(parametric, pattern, (measure,)):
        for value in _values(parametric, compiled):
            for level in levels:
                gap = (value - parametric.element(Fraction(level))).numer
                if not gap.is_ground:
                    found[gap] = None
    return list(found)


def _values(parametric: Parametric, compiled: Any) -> list[Any]:
    """Return what a measure is at each corner of what it depends on, as elements of the field."""
    (measure,) = compiled.measures
    used = poly.variables(measure)
    corners = [group.corners for group in compiled.form.groups if used & set(group.unknowns)]
    values: dict[Any, None] = {}
    for chosen in itertools.islice(itertools.product(*corners), MOST):
        unknowns = {v: value for corner in chosen for v, value in corner.values.items()}
        total = parametric.field(0)
        for monomial, c in measure.items():
            for v in monomial:
                c = c * unknowns[v]  # noqa: PLW2901
            total += c
        values[total] = None
    return list(values)
