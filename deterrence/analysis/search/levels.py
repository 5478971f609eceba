"""Where a measure takes a given value inside a class of equilibria."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from deterrence.answers.measure import Measure
from deterrence.games.expression import Exact
from deterrence.grid.measured import compiled_forms
from deterrence.solvers.algebra import polynomials as poly
from deterrence.solvers.algebra.polynomials import Polynomial
from deterrence.solvers.supports.closed_form import FreeGroup, Parametric

MOST = 256
"""So many corners of what is free are looked at."""


def level_polynomials(parametric: Parametric, pattern: Any, measure: Measure, levels: Sequence[Exact]) -> list[Any]:
    """Return the polynomials in the parameters that vanish where a pattern's measure takes one of the values.

    Where something is free, the measure at each corner of what may vary; see :func:`levels_certain`.
    """
    found: dict[Any, None] = {}
    for compiled in compiled_forms(parametric, pattern, (measure,)):
        for value in _values(parametric, compiled):
            for level in levels:
                gap = (value - parametric.element(Fraction(level))).numer
                if not gap.is_ground:
                    found[gap] = None
    return list(found)


def levels_certain(parametric: Parametric, pattern: Any, measure: Measure) -> bool:
    """Tell whether a pattern's measure is least and greatest at those corners.

    It is, where it has degree one in what varies together; and where there are so many corners, not all are seen.
    """
    forms = compiled_forms(parametric, pattern, (measure,))
    return all(at_corners(form.measures[0], form.form.groups) for form in forms)


def at_corners(measure: Polynomial, groups: Sequence[FreeGroup]) -> bool:
    """Tell whether a polynomial has degree one in the unknowns of each group, and few corners of these to look at."""
    used = [group for group in groups if poly.variables(measure) & set(group.unknowns)]
    one = all(sum(v in group.unknowns for v in monomial) <= 1 for monomial in measure for group in used)
    return one and math.prod(len(group.corners) for group in used) <= MOST


def _values(parametric: Parametric, compiled: Any) -> list[Any]:
    """Return what a measure is at each corner of what it depends on, as elements of the field."""
    (measure,) = compiled.measures
    used = poly.variables(measure)
    corners = [group.corners for group in compiled.form.groups if used & set(group.unknowns)]
    values: dict[Any, None] = {}
    for chosen in itertools.islice(itertools.product(*corners), MOST):
        unknowns = {v: value for corner in chosen for v, value in corner.values.items()}
        total = parametric.field.zero
        for monomial, c in measure.items():
            for v in monomial:
                c = c * unknowns[v]  # noqa: PLW2901
            total += c
        values[total] = None
    return list(values)
