"""Measures as polynomials in the unknowns of an equilibrium."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from deterrence.answers.measure import Measure
from deterrence.grid.compile import Compiled
from deterrence.solvers.algebra import polynomials as poly
from deterrence.solvers.algebra.polynomials import Polynomial
from deterrence.solvers.supports.closed_form import Parametric, outcome_polynomials

MOST_KEPT = 64
"""So many patterns' formulas are kept for the next question, of all games, each with its game's field."""


@lru_cache(maxsize=MOST_KEPT)
def compiled_forms(parametric: Parametric, pattern: Any, measures: tuple[Measure, ...]) -> tuple[Compiled, ...]:
    """Return a pattern's closed forms with measures in them; none where its equations could not be solved."""
    forms, resolved = parametric.closed_forms(pattern)
    if not resolved:
        return ()
    reached = outcome_polynomials(parametric.agent, pattern)
    polynomials = [measure_polynomial(parametric, measure, pattern, reached) for measure in measures]
    return tuple(Compiled(parametric, form, polynomials) for form in forms)


def measure_polynomial(
    parametric: Parametric, measure: Measure, pattern: Any, reached: dict[int, Polynomial]
) -> Polynomial:
    """Return a measure as a polynomial in a pattern's unknowns, given the probability of reaching each node."""
    form = parametric.form
    if measure.kind == "payoff":
        return parametric.agent.value(pattern, 0, form.players.index(measure.of))
    total: Polynomial = {}
    if measure.by is None and measure.of in form.outcome:
        for node, weight in reached.items():
            if form.outcome[node] == measure.of:
                total = poly.add(total, weight)
        return total
    sets = {
        h: actions.index(measure.of)
        for h, actions in enumerate(form.actions_of)
        if measure.of in actions and measure.by in (None, form.players[form.player_of[h]])
    }
    for node, weight in reached.items():
        h = form.infoset_of[node]
        if h in sets and not any((form.infoset_of[at], b) in sets.items() for at, b in form.path(node)):
            step = parametric.agent.probability(pattern, h, sets[h])
            total = poly.add(total, poly.multiply(weight, step))
    return total
