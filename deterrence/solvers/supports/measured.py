"""Outcomes and measures as polynomials in the unknowns of a pattern of play."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from deterrence.answers.measure import Measure
from deterrence.solvers.algebra import polynomials as poly
from deterrence.solvers.algebra.polynomials import Polynomial
from deterrence.solvers.supports.agent_form import AgentForm, Pattern


def outcome_polynomials(
    agent: AgentForm, pattern: Pattern, probability: Callable[[int, int], Polynomial] | None = None
) -> dict[int, Polynomial]:
    """Return the probability of reaching each node, as polynomials in the pattern's unknowns.

    ``probability`` gives that of an action at an information set, where it is written otherwise than in all unknowns.
    """
    form, probability = agent.form, probability or partial(agent.probability, pattern)
    reached: dict[int, Polynomial] = {0: {(): agent.one}}
    for node in range(form.size):
        if node not in reached:
            continue
        h = form.infoset_of[node]
        for branch, child in enumerate(form.children[node]):
            step = poly.constant(agent.chances[node][branch]) if h < 0 else probability(h, branch)
            if step:
                reached[child] = poly.multiply(reached[node], step)
    return reached


def measure_polynomial(
    agent: AgentForm, measure: Measure, pattern: Pattern, reached: dict[int, Polynomial]
) -> Polynomial:
    """Return a measure as a polynomial in a pattern's unknowns, given the probability of reaching each node."""
    form = agent.form
    if measure.kind == "payoff":
        return agent.value(pattern, 0, form.players.index(measure.of))
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
            step = agent.probability(pattern, h, sets[h])
            total = poly.add(total, poly.multiply(weight, step))
    return total
