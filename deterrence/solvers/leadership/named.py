"""Commitments in names: the strategies to commit to, the replies, and where each reply is best."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from deterrence.answers.committed import Committed, Strategy
from deterrence.games.expression import shortest
from deterrence.games.form import ExtensiveForm
from deterrence.games.named import Named
from deterrence.games.strategic_form import Plan
from deterrence.solvers.leadership.problem import Leadership, Reply
from deterrence.solvers.leadership.regions import Combination, Induced, Weights, best_replies, dot, reach, total


def committed(problem: Leadership, weights: Weights, replies: Combination) -> Committed:
    """Return a strategy of the leader and a plan of the follower in names."""
    form = problem.form
    rows = problem.behaviour(weights)
    strategy = {h: dict(zip(form.actions_of[h], map(shortest, row), strict=True)) for h, row in sorted(rows.items())}
    also = [
        plan_in_words(form, reply.plan)
        for group, chosen in zip(best_replies(problem, weights), replies, strict=True)
        for reply in group
        if reply.plan != chosen.plan
    ]
    payoffs = {problem.leader: 0, problem.follower: 1}
    values = {form.players[i]: _payoff(problem, weights, replies, side) for i, side in sorted(payoffs.items())}
    return Committed(in_names(form, strategy), _reply(form, replies), tuple(also), Named(values))


def _payoff(problem: Leadership, weights: Weights, replies: Combination, side: int) -> Any:
    parts = [problem.fixed[side], *((reply.gains, reply.own)[side] for reply in replies)]
    return shortest(sum(dot(part, weights) for part in parts))


def in_names(form: ExtensiveForm, rows: dict[int, dict[str, Any]]) -> Strategy:
    """Return a strategy by the names of the information sets."""
    return Named({form.set_names[h]: Named(row) for h, row in rows.items()})


def _reply(form: ExtensiveForm, replies: Sequence[Reply]) -> Strategy:
    chosen = dict(step for reply in replies for step in reply.plan)
    return in_names(
        form, {h: {name: int(k == a) for k, name in enumerate(form.actions_of[h])} for h, a in sorted(chosen.items())}
    )


def plan_in_words(form: ExtensiveForm, plan: Plan) -> str:
    """Return a plan as its actions, with their information sets where the player has several."""
    if not plan:
        return "no choice"
    player = form.player_of[plan[0][0]]
    alone = form.player_of.count(player) == 1
    return "; ".join(form.actions_of[h][a] + ("" if alone else f" at {form.set_names[h]}") for h, a in plan)


Stretch = tuple[str, tuple[Any, Any], tuple[Any, Any]]
"""A reply, and where it begins and ends to be best: the probability of the leader's first action and its payoff."""


def stretches(problem: Leadership, found: Sequence[Induced]) -> tuple[Stretch, ...]:
    """Return where each plan of the follower is a best reply, for a leader who chooses once between two actions."""
    stretches = []
    for item in found:
        words = "; ".join(plan_in_words(problem.form, reply.plan) for reply in item.replies)
        gains, first = total(problem, item.replies), problem.choices.after[0][0]
        low, high = ((end[first], dot(gains, end)) for end in reach(problem, item.replies, first))
        stretches.append((words, low, high))
    return tuple(sorted(stretches, key=lambda stretch: (stretch[1][0], stretch[2][0])))
