"""Where replies of the follower are best: payoffs against a strategy, and the rows of linear programmes that say so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from deterrence.solvers.algebra.programs import Row, maximize
from deterrence.solvers.leadership.problem import Leadership, Reply, Vector

Weights = tuple[Any, ...]
Combination = tuple[Reply, ...]


@dataclass(frozen=True, slots=True)
class Induced:
    """The most that the leader gets while a plan of the follower is a best reply, and weights that reach it."""

    replies: Combination
    value: Any
    weights: Weights


def dot(vector: Sequence[Any], weights: Sequence[Any]) -> Any:
    """Return the sum of products, without the terms that are zero."""
    return sum((c * w for c, w in zip(vector, weights, strict=True) if w and c), Fraction(0))


def total(problem: Leadership, replies: Combination) -> Vector:
    """Return what the leader gets against a plan of the follower."""
    return tuple(map(sum, zip(problem.fixed[0], *(reply.gains for reply in replies), strict=True)))


def best_replies(problem: Leadership, weights: Weights) -> tuple[Combination, ...]:
    """Return for each part the follower's best replies to a strategy."""
    found = []
    for part in problem.parts:
        values = [dot(reply.own, weights) for reply in part]
        found.append(tuple(reply for reply, value in zip(part, values, strict=True) if value == max(values)))
    return tuple(found)


def worst_for_leader(problem: Leadership, weights: Weights) -> tuple[Any, Combination]:
    """Return what the leader gets from a strategy if the follower breaks ties against it, and the replies."""
    best = best_replies(problem, weights)
    replies = tuple(min(group, key=lambda reply: dot(reply.gains, weights)) for group in best)
    return dot(total(problem, replies), weights), replies


def region(problem: Leadership, replies: Combination) -> list[Row]:
    """Return the rows that say that replies are best in their parts."""
    rows: list[Row] = []
    for part, reply in zip(problem.parts, replies, strict=False):
        others = {r.kind: r for r in part if r.kind != reply.kind}
        rows += [(gap(other, reply), 0) for other in others.values()]
    return rows


def gap(reply: Reply, other: Reply) -> list[Any]:
    """Return how much more a reply gives the follower than another, by the leader's sequences."""
    return [a - b for a, b in zip(reply.own, other.own, strict=True)]


def equivalents(problem: Leadership, replies: Combination) -> list[Combination]:
    """Return for each part the replies between which and the one given the follower is always indifferent."""
    return [tuple(r for r in part if r.kind == reply.kind) for part, reply in zip(problem.parts, replies, strict=True)]


def spread(problem: Leadership, best: Induced) -> tuple[tuple[Any, Any], ...]:
    """Return for each sequence of the leader its least and greatest weight among strategies as good as the best.

    The follower's replies are those of the best.
    """
    gains = total(problem, best.replies)
    rows = [*region(problem, best.replies), ([-g for g in gains], -best.value)]
    ends = []
    for k in range(problem.choices.size):
        unit = [int(j == k) for j in range(problem.choices.size)]
        low, high = (maximize([sign * u for u in unit], problem.equal, rows) for sign in (-1, 1))
        ends.append((best.weights[k] if low is None else low.at[k], best.weights[k] if high is None else high.at[k]))
    return tuple(ends)


def reach(problem: Leadership, replies: Combination, sequence: int) -> tuple[Weights, Weights]:
    """Return the strategies with the least and with the greatest weight on a sequence to which replies are best."""
    ends = []
    for sign in (-1, 1):
        unit = [sign * int(k == sequence) for k in range(problem.choices.size)]
        optimum = maximize(unit, problem.equal, region(problem, replies))
        assert optimum is not None
        ends.append(optimum.at)
    return ends[0], ends[1]
