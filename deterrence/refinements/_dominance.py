"""Weak dominance among mixed strategies of the strategic form, by exact linear programs."""

from __future__ import annotations

import itertools
from fractions import Fraction
from typing import Any

from deterrence.answers.solution import Equilibrium
from deterrence.games.strategic_form import StrategicForm
from deterrence.solvers.dominance import weakly_dominating


def mixture(strategic: StrategicForm, player: int, equilibrium: Equilibrium) -> list[Any]:
    """Return the mixed strategy that plays like a player's behaviour in an equilibrium."""
    weights = []
    for plan in strategic.plans[player]:
        weight: Any = Fraction(1)
        for h, action in plan:
            weight *= equilibrium.behaviour[h][action]
        weights.append(weight)
    return weights


def dominating(strategic: StrategicForm, player: int, weights: list[Any]) -> list[Any] | None:
    """Return a mixed strategy that weakly dominates another, or None if there is none.

    Notes
    -----
    ``x`` is dominated exactly if the greatest total gain of an ``x'`` that never does worse than ``x``,
    whatever the others' strategies, is positive.
    """
    count = len(strategic.plans[player])
    if count == 1:
        return None
    others = [range(len(plans)) for i, plans in enumerate(strategic.plans) if i != player]
    columns = []
    for rest in itertools.product(*others):
        keys = [(*rest[:player], k, *rest[player:]) for k in range(count)]
        columns.append([strategic.payoffs[key][player] for key in keys])
    present = [sum(w * value for w, value in zip(weights, column, strict=True)) for column in columns]
    found = weakly_dominating(list(zip(*columns, strict=True)), present)
    return None if found is None else [dict(found).get(k, Fraction(0)) for k in range(count)]


def dominated_in_words(strategic: StrategicForm, player: int, weights: list[Any]) -> str:
    """Return the sentence that says what dominates a strategy; empty where nothing does."""
    better = dominating(strategic, player, weights)
    if better is None:
        return ""
    name = strategic.players[player]
    support = [plan for plan, weight in zip(strategic.strategies[name], better, strict=True) if weight]
    by = repr(support[0]) if len(support) == 1 else "a mixture of " + " and ".join(map(repr, support))
    return f"the strategy of {name} is weakly dominated by {by}"
