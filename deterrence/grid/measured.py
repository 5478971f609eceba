"""Measures as polynomials in the unknowns of an equilibrium."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from deterrence.answers.measure import Measure
from deterrence.grid.compile import Compiled
from deterrence.solvers.supports.closed_form import Parametric
from deterrence.solvers.supports.measured import measure_polynomial, outcome_polynomials

MOST_KEPT = 64
"""So many patterns' formulas are kept for the next question, of all games, each with its game's field."""


@lru_cache(maxsize=MOST_KEPT)
def compiled_forms(parametric: Parametric, pattern: Any, measures: tuple[Measure, ...]) -> tuple[Compiled, ...]:
    """Return a pattern's closed forms with measures in them; none where its equations could not be solved."""
    forms, resolved = parametric.closed_forms(pattern)
    if not resolved:
        return ()
    reached = outcome_polynomials(parametric.agent, pattern)
    polynomials = [measure_polynomial(parametric.agent, measure, pattern, reached) for measure in measures]
    return tuple(Compiled(parametric, form, polynomials) for form in forms)
