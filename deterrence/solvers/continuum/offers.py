"""What each choice of a number would be worth while everybody else keeps to an equilibrium."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import isfinite
from typing import Any

from deterrence.answers.continuum.equilibrium import ContinuumEquilibrium
from deterrence.answers.continuum.offer_curve import OfferCurve
from deterrence.answers.continuum.strategies import Mixture, Schedule, exact_or_float
from deterrence.games.named import Named
from deterrence.solvers.continuum.playing import played

STEPS = 96
"""So many steps are looked at between the ends of a choice."""


def offer_curves(answer: ContinuumEquilibrium) -> Mapping[str, OfferCurve]:
    """Return a curve for each number that is chosen on the path by a player without a type that it follows.

    Parameters
    ----------
    answer
        The equilibrium, whose other strategies and choices stay what they are: what others do after seeing the number
        follows it, and nothing else does.
    """
    return Named({name: _curve(answer, name) for name, value in answer.choice_list if _has_curve(answer, name, value)})


def _has_curve(answer: ContinuumEquilibrium, name: str, value: Any) -> bool:
    variable = answer.game.variables[name]
    once = sum(other.name == name for other in answer.game.form.variables) == 1
    plain = not isinstance(value, Schedule) and not getattr(value, "free_symbols", None)
    settled = variable.names <= answer.game.values.keys() and bool(answer.outcome_list)
    return once and plain and settled and answer.reaches(variable.node)


def _curve(answer: ContinuumEquilibrium, name: str) -> OfferCurve:
    variable, value = answer.game.variables[name], answer.choices[name]
    low, high = (Fraction(exact_or_float(end)) for end in variable.span(answer.game.values))
    chosen = [x for x, _ in value.numbers] if isinstance(value, Mixture) else [value]
    breaks = [end for rule in answer.strategies.values() for of, end in rule.breaks if of == name]
    marks = [Fraction(x) for x in map(exact_or_float, (*chosen, *breaks)) if isfinite(x)]
    steps = [low + (high - low) * Fraction(k, STEPS) for k in range(STEPS + 1)]
    numbers = sorted({x for x in (*steps, *marks) if low <= x <= high})
    rows = [played(answer.game, answer.strategies, {**answer.choices, name: x}) for x in numbers]
    player = variable.player or ""
    probabilities = {of: tuple(float(row.outcomes[of]) for row in rows) for of in answer.game.outcomes}
    return OfferCurve(
        name,
        player,
        tuple(map(float, numbers)),
        tuple(float(row.payoffs[player]) for row in rows),
        tuple((of, p) for of, p in probabilities.items() if max(p) > 0),
        tuple(float(exact_or_float(x)) for x in chosen),
    )
