"""What a decision is worth and how it is taken, given what is done everywhere else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import prod
from typing import Any

import numpy as np

from deterrence.solvers.continuum.shocks.choice_rules import Taken, choice
from deterrence.solvers.continuum.shocks.reading import Decision, Plan, Reading
from deterrence.solvers.continuum.shocks.ways import SMALL, Means, Ways, ways_of


@dataclass(frozen=True)
class Replies:
    """What is done everywhere.

    Attributes
    ----------
    behaviour
        For each information set the probability of each action over the shocks of those who come there.
    means
        What the shocks are on average, given the player's own steps.
    error
        How far the probabilities of a reply may be from the exact ones.
    tie
        Whether some decision was a tie whatever the shocks are.
    """

    behaviour: tuple[Any, ...]
    means: Means
    error: float = 0.0
    tie: bool = False

    @classmethod
    def uneven(cls, reading: Reading) -> Replies:
        """Return a profile at which no two weights happen to be the same, to see which integrals are needed."""
        rows = []
        for h, actions in enumerate(reading.form.actions_of):
            row = np.array([1 + (0.37 * (h + 1) + 0.61803 * (a + 1)) % 1 for a in range(len(actions))])
            rows.append(row / row.sum())
        return cls(tuple(rows), {})

    @classmethod
    def even(cls, reading: Reading) -> Replies:
        """Return the profile in which all actions are as likely as each other."""
        return cls(tuple(np.full(len(actions), 1 / len(actions)) for actions in reading.form.actions_of), {})

    def with_decision(self, reading: Reading, place: int, taken: Taken) -> Replies:
        """Return the profile after a decision is taken in a way."""
        decision = reading.decisions[place]
        behaviour = list(self.behaviour)
        for h in decision.sets:
            behaviour[h] = _row(reading, decision, taken, h)
        means = {**self.means, place: _means(decision, taken)}
        return Replies(tuple(behaviour), means, max(self.error, taken.error), self.tie or taken.tie)

    def with_row(self, h: int, row: Sequence[float]) -> Replies:
        """Return the profile with other probabilities at one information set."""
        behaviour = list(self.behaviour)
        behaviour[h] = np.array(row)
        return replace(self, behaviour=tuple(behaviour))


def _row(reading: Reading, decision: Decision, taken: Taken, h: int) -> Any:
    """Return the probability of each action at a set over the shocks with which its player comes there."""
    row = np.zeros(len(reading.form.actions_of[h]))
    for plan, p in zip(decision.plans, taken.chances, strict=True):
        steps = dict(plan)
        if h in steps:
            row[steps[h]] += p
    return row / row.sum() if row.sum() > 0 else np.full(len(row), 1 / len(row))


def _means(decision: Decision, taken: Taken) -> dict[Plan, dict[str, float]]:
    """Return the mean of each draw given the steps that lead to any point of a decision's play."""
    sums: dict[Plan, Any] = {}
    for plan, p, parts in zip(decision.plans, taken.chances, taken.parts, strict=True):
        for steps in _combinations(plan):
            sums[steps] = sums.get(steps, 0) + np.array([p, *parts])
    return {
        steps: {name: float(part / row[0]) for name, part in zip(decision.names, row[1:], strict=True)}
        for steps, row in sums.items()
        if row[0] > 0
    }


def _combinations(plan: Plan) -> set[Plan]:
    found: set[Plan] = {()}
    for step in plan:
        found |= {tuple(sorted((*steps, step))) for steps in found}
    return found


def reply_numbers(reading: Reading, place: int, profile: Replies) -> tuple[Any, Any]:
    """Return what each plan of a decision is worth without shocks, and the weights of the shocks on it.

    Where others never come, they are taken to come by mistakes of a very small probability.
    """
    decision, ways = reading.decisions[place], ways_of(reading)[place]
    rows = profile.behaviour
    least = SMALL if _nobody_comes(reading, place, profile) else 0.0
    total = _reached(ways, rows, least)
    worth, weights = np.zeros(len(decision.plans)), np.zeros((len(decision.plans), len(decision.names)))
    for way in ways.through:
        chance = way.chance * prod(max(float(rows[h][a]), least) for h, a in way.others) / total
        worth += chance * way.pay.at(profile.means) * way.plans
        weights += chance * way.plans[:, None] * way.weights
    return worth, weights


def _nobody_comes(reading: Reading, place: int, profile: Replies) -> bool:
    """Return whether others never come to a decision, or to a later set of it."""
    rows, ways = profile.behaviour, ways_of(reading)[place]
    later = len(reading.decisions[place].sets) > 1
    never = later and any(0 in rows[h] for way in ways.through for h, _ in way.others)
    return never or _reached(ways, rows, 0.0) == 0


def unreached(reading: Reading, profile: Replies) -> list[str]:
    """Return the information sets that are not reached and at which it matters what is believed."""
    form, found = reading.form, []
    for place, decision in enumerate(reading.decisions):
        several = any(len(form.nodes_of[h]) > 1 for h in decision.sets)
        if several and _nobody_comes(reading, place, profile):
            found.append(form.set_names[decision.top])
    return found


def _reached(ways: Ways, rows: Sequence[Any], least: float) -> float:
    return sum(chance * prod(max(float(rows[h][a]), least) for h, a in steps) for chance, steps in ways.towards)


def reply(reading: Reading, place: int, profile: Replies, sharpness: float = 1.0) -> Taken:
    """Return how a decision is taken against a profile; values without shocks count by ``sharpness``."""
    worth, weights = reply_numbers(reading, place, profile)
    return choice(sharpness * worth, weights, reading.decisions[place].shocks)
