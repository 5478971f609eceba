"""The best single plan to commit to: every plan of the leader, with the follower's best replies to it."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from typing import Any

from deterrence.errors import MethodError
from deterrence.games.form import ExtensiveForm
from deterrence.games.strategic_form import Plan, plan_parts
from deterrence.solvers.leadership.best import Told
from deterrence.solvers.leadership.problem import Leadership
from deterrence.solvers.leadership.regions import Combination, Weights, best_replies, dot

MOST_PLANS = 20_000
"""So many plans of the leader are compared."""


@dataclass(frozen=True, slots=True)
class Pure:
    """A plan of the leader as weights, the follower's reply, and what the leader gets."""

    value: Any
    weights: Weights
    replies: Combination


def leader_plans(form: ExtensiveForm, leader: int, most: int = MOST_PLANS) -> list[Plan]:
    """Return the plans of a leader, refused where they are too many."""
    parts = plan_parts(form, leader)
    count = math.prod(map(len, parts))
    if count > most:
        raise MethodError(
            f"{form.players[leader]} has {count:,} plans to commit to; at most {most:,} are compared. Bind it at "
            "single information sets with Commitment(player, action, at=…) and solve that game."
        )
    return [tuple(itertools.chain(*plan)) for plan in itertools.product(*parts)]


def pure_commitments(problem: Leadership, told: Told = None) -> tuple[Pure, Pure]:
    """Return the best plan where the follower breaks ties for the leader, and the best where against it."""
    plans = leader_plans(problem.form, problem.leader)
    strong: Pure | None = None
    weak: Pure | None = None
    for k, plan in enumerate(plans):
        if told is not None:
            told(k / len(plans))
        weights = problem.weights(plan)
        for_leader, against = _ends(problem, weights)
        if strong is None or for_leader.value > strong.value:
            strong = for_leader
        if weak is None or against.value > weak.value:
            weak = against
    assert strong is not None
    assert weak is not None
    return strong, weak


def _ends(problem: Leadership, weights: Weights) -> tuple[Pure, Pure]:
    """Return what a plan gives the leader at most and at least over the follower's best replies."""
    best = best_replies(problem, weights)
    base = dot(problem.fixed[0], weights)
    ends = []
    for choose in (max, min):
        replies = tuple(choose(group, key=lambda reply: dot(reply.gains, weights)) for group in best)
        value = base + sum(dot(reply.gains, weights) for reply in replies)
        ends.append(Pure(value, weights, replies))
    return ends[0], ends[1]
