"""How each decision leads to the ends of the tree: its own steps, others' steps, and what is paid there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from deterrence.solvers.continuum.shocks.reading import Decision, Plan, Reading

SMALL = 1e-12
"""Where nobody comes, others and nature are taken to come with about this probability."""
Means = Mapping[int, Mapping[Plan, Mapping[str, float]]]
"""For each decision: the player's own steps in it -> the mean of each draw that matters, given those steps."""


@dataclass(frozen=True)
class Pay:
    """A player's payoff at an end: a number, and the weights of draws whose mean depends on the way there.

    Attributes
    ----------
    fixed
        The part that does not depend on play.
    leaning
        Quadruples of a weight, a draw, the number of a decision of the player, and its steps there.
    """

    fixed: float
    leaning: tuple[tuple[float, str, int, Plan], ...]

    def at(self, means: Means) -> float:
        """Return the mean payoff, given what the shocks are on average after each choice."""
        total = self.fixed
        for weight, name, place, steps in self.leaning:
            total += weight * means.get(place, {}).get(steps, {}).get(name, 0.0)
        return total


@dataclass(frozen=True)
class Way:
    """A way through a decision to an end.

    Attributes
    ----------
    plans
        For each plan 1 where it leads there, else 0.
    chance
        The probability of nature's part.
    others
        The steps of others, and of the player at other decisions, as (information set, action).
    pay
        What the player gets, without the draws that matter at the decision.
    weights
        The weights of those.
    """

    plans: Any
    chance: float
    others: tuple[tuple[int, int], ...]
    pay: Pay
    weights: Any


@dataclass(frozen=True)
class Ways:
    """All ways through a decision, and the ways to where it begins: nature's part, and others' steps."""

    through: tuple[Way, ...]
    towards: tuple[tuple[float, tuple[tuple[int, int], ...]], ...]


def pay_at(reading: Reading, end: int, player: int, without: int = -1) -> Pay:
    """Return a player's payoff at an end; for one decision without the draws that matter there or earlier."""
    rest, weights = reading.payoffs[end, player]
    own: dict[int, list[tuple[int, int]]] = {}
    for step in reading.paths[end]:
        if step.infoset >= 0 and reading.form.player_of[step.infoset] == player:
            own.setdefault(reading.place_of[step.infoset], []).append((step.infoset, step.action))
    skipped = _skipped(reading, without) if without >= 0 else frozenset()
    leaning = []
    for name, weight in weights.items():
        if name in skipped:
            continue
        place = next((k for k in own if name in reading.decisions[k].names), None)
        if place is None:
            rest += weight * reading.laws[name].mean
        else:
            leaning.append((weight, name, place, tuple(sorted(own[place]))))
    return Pay(rest, tuple(leaning))


def _skipped(reading: Reading, place: int) -> frozenset[str]:
    """Return the draws that matter at a decision, or at an earlier one of its player: those add the same to all."""
    decision = reading.decisions[place]
    earlier = {reading.place_of[h] for h, _ in reading.form.own_steps[decision.top]}
    return frozenset(decision.names).union(*(reading.decisions[k].names for k in earlier))


@lru_cache(maxsize=64)
def ways_of(reading: Reading) -> tuple[Ways, ...]:
    """Return the ways through each decision, made once."""
    return tuple(_ways(reading, decision) for decision in reading.decisions)


def _ways(reading: Reading, decision: Decision) -> Ways:
    common = _common_steps(reading, decision.top)
    through, towards = [], []
    for node in reading.form.nodes_of[decision.top]:
        towards.append(_towards(reading, node, common))
        through += [_way(reading, decision, end, common) for end in reading.below[node]]
    return Ways(tuple(through), tuple(towards))


def _way(reading: Reading, decision: Decision, end: int, common: set[tuple[int, int]]) -> Way:
    own, chance, others = set(), 1.0, []
    for step in reading.paths[end]:
        at = (step.infoset, step.action)
        if step.infoset < 0:
            chance *= max(step.chance, SMALL)
        elif step.infoset in decision.sets:
            own.add(at)
        elif at not in common:
            others.append(at)
    row = reading.payoffs[end, decision.player][1]
    return Way(
        np.array([float(own <= set(plan)) for plan in decision.plans]),
        chance,
        tuple(others),
        pay_at(reading, end, decision.player, reading.decisions.index(decision)),
        np.array([row.get(name, 0.0) for name in decision.names]),
    )


def _towards(reading: Reading, node: int, common: set[tuple[int, int]]) -> tuple[float, tuple[tuple[int, int], ...]]:
    chance, others = 1.0, []
    for step in reading.paths[reading.below[node][0]]:
        if step.node == node:
            break
        if step.infoset < 0:
            chance *= max(step.chance, SMALL)
        elif (step.infoset, step.action) not in common:
            others.append((step.infoset, step.action))
    return chance, tuple(others)


def _common_steps(reading: Reading, h: int) -> set[tuple[int, int]]:
    """Return the actions that lead to every node of an information set."""
    form = reading.form
    rows = [
        {(form.infoset_of[at], branch) for at, branch in form.path(node) if form.infoset_of[at] >= 0}
        for node in form.nodes_of[h]
    ]
    return set.intersection(*rows)
