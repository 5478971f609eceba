"""The best strategy to commit to where the follower breaks ties for the leader, and where it breaks them against it.

One linear programme for each plan of the follower that some strategy of the leader makes a best reply (Conitzer and
Sandholm 2006; for convex sets of strategies von Stengel and Zamir 2010). All arithmetic is exact.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from deterrence.errors import MethodError
from deterrence.solvers.algebra.programs import Row, maximize
from deterrence.solvers.leadership.problem import Leadership, Reply, Vector
from deterrence.solvers.leadership.regions import (
    Combination,
    Induced,
    Weights,
    dot,
    equivalents,
    gap,
    region,
    total,
    worst_for_leader,
)

Told = Callable[[float], None] | None

MOST_PROGRAMS = 3000
"""So many linear programmes are solved for one answer."""


@dataclass(frozen=True, slots=True)
class Guarantee:
    """The least upper bound of what the leader gets for certain, where the follower breaks ties against it.

    ``weights`` reach it where it is ``attained``, and are else the limit; towards ``inner`` the follower strictly
    prefers replies of the kind of ``replies``, but for those between which it is always indifferent.
    """

    replies: Combination
    value: Any
    weights: Weights
    attained: bool
    inner: Weights


def induced(problem: Leadership, told: Told = None, *, most: Any = None) -> list[Induced]:
    """Return plans of the follower that are a best reply to some strategy, with the most that the leader gets by each.

    Parameters
    ----------
    problem
        The leader and the follower.
    told
        Is told the share done.
    most
        What the leader gets in some way that is known. Where it is given, plans that give it less than this, or less
        than another plan does, are left out; else all are found.
    """
    best = [most]

    def floor() -> Any:
        return None if most is None else best[0]

    found = []
    for item in _search(problem, problem.parts, floor, told):
        found.append(item)
        best[0] = item.value if best[0] is None else max(best[0], item.value)
    return found


def guarantee(problem: Leadership, found: Sequence[Induced], least: Any) -> Guarantee:
    """Return what the leader gets at most, in the limit, where the follower breaks ties against it.

    Only replies count that are the sole best ones, but for equivalents, to some strategy: a strategy near any other
    makes such a reply the best (von Stengel and Zamir 2010).

    Parameters
    ----------
    problem
        The leader and the follower.
    found
        Plans that the leader would like, tried first.
    least
        What the leader can secure in some way that is known.
    """
    secured = [least]
    best: list[tuple[Any, Combination, Weights, Weights]] = []
    tried: set[tuple[int, ...]] = set()
    first = [list({r.kind: r for r in reversed(part)}.values())[::-1] for part in problem.parts]
    liked = (item for item in sorted(found, key=lambda item: -item.value) if item.value >= secured[0])
    for item in itertools.chain(liked, _search(problem, first, lambda: secured[0], None)):
        kind = tuple(reply.kind for reply in item.replies)
        inner = None if kind in tried else _strict(problem, item.replies)
        tried.add(kind)
        if inner is not None:
            sets = equivalents(problem, item.replies)
            value, weights = _least(problem, sets, region(problem, item.replies))
            best.append((value, item.replies, weights, inner))
            secured[0] = max(secured[0], value)
    best = [candidate for candidate in best if candidate[0] == secured[0]]
    for value, replies, _, inner in best:
        reached = _attaining(problem, replies, value)
        if reached is not None:
            return Guarantee(worst_for_leader(problem, reached)[1], value, reached, True, inner)
    value, replies, weights, inner = best[0]
    worst = tuple(min(group, key=lambda r: dot(r.gains, weights)) for group in equivalents(problem, replies))
    return Guarantee(worst, value, weights, False, inner)


def _search(
    problem: Leadership, groups: Sequence[Sequence[Reply]], floor: Callable[[], Any], told: Told
) -> Iterator[Induced]:
    """Yield plans of the follower, one reply a part, that some strategy makes best, with the most that each gives.

    Begun plans are given up where no strategy makes their replies best, and where the leader gets less than the floor
    whatever the other parts bring.
    """
    tops = {id(reply): _top(problem, reply.gains) for group in groups for reply in group}
    most = [max(tops[id(reply)] for reply in group) for group in groups]
    rest = [sum(most[k:], Fraction(0)) for k in range(len(groups) + 1)]
    count = [0]

    def hopeless(bound: Any) -> bool:
        return floor() is not None and bound < floor()

    def one_longer(begun: Combination, most: Any) -> list[Induced]:
        found = []
        for reply in groups[len(begun)]:
            if hopeless(most + tops[id(reply)] + rest[len(begun) + 1]):
                continue
            _count(count)
            replies = (*begun, reply)
            optimum = maximize(total(problem, replies), problem.equal, region(problem, replies))
            if optimum is not None:
                found.append(Induced(replies, optimum.value, optimum.at))
        return sorted(found, key=lambda item: -item.value)

    def below(begun: Combination, most: Any, share: float, width: float) -> Iterator[Induced]:
        longer = one_longer(begun, most)
        for k, item in enumerate(longer):
            at, part = share + width * k / len(longer), width / len(longer)
            if told is not None:
                told(at)
            if hopeless(item.value + rest[len(item.replies)]):
                return
            whole = len(item.replies) == len(groups)
            yield from (item,) if whole else below(item.replies, item.value, at, part)

    yield from below((), _top(problem, problem.fixed[0]), 0.0, 1.0)


def _top(problem: Leadership, gains: Vector) -> Any:
    """Return the most that a linear function of weights reaches: at each set, later ones first, the best action."""
    best, choices = list(gains), problem.choices
    for before, after in reversed(list(zip(choices.before, choices.after, strict=True))):
        best[before] = best[before] + max(best[k] for k in after)
    return best[0]


def _count(count: list[int]) -> None:
    count[0] += 1
    if count[0] > MOST_PROGRAMS:
        raise MethodError(
            f"More than {MOST_PROGRAMS:,} linear programmes are needed: the follower has too many plans. To find the "
            "best strategy to commit to is NP-hard in general (Conitzer and Sandholm 2006); ask with mixed=False, or "
            "solve the game under Commitment(player, action)."
        )


def _strict(problem: Leadership, replies: Combination) -> Weights | None:
    """Return a strategy to which replies are the sole best ones but for equivalents, or None."""
    rows = [([*row, 1], right) for row, right in region(problem, replies)]
    size = problem.choices.size
    equal = [([*row, 0], right) for row, right in problem.equal]
    optimum = maximize([0] * size + [1], equal, [*rows, ([0] * size + [1], 1)])
    return optimum.at[:size] if optimum is not None and optimum.value else None


def _least_rows(problem: Leadership, sets: Sequence[Combination]) -> tuple[list[Any], list[Row]]:
    """Return the leader's payoff against the worst of some replies a part, as an objective with unknowns of its own.

    For each part with several there are two unknowns more, whose difference is at most what each reply gives.
    """
    several = [group for group in sets if len(group) > 1]
    gains = list(total(problem, tuple(group[0] for group in sets if len(group) == 1)))
    rows: list[Row] = []
    for k, group in enumerate(several):
        for reply in group:
            bound = [0] * (2 * len(several))
            bound[2 * k : 2 * k + 2] = [1, -1]
            rows.append(([*(-g for g in reply.gains), *bound], 0))
    return gains + [1, -1] * len(several), rows


def _wider(rows: Sequence[Row], width: int) -> list[Row]:
    return [([*row, *([0] * (width - len(row)))], right) for row, right in rows]


def _least(problem: Leadership, sets: Sequence[Combination], region: Sequence[Row]) -> tuple[Any, Weights]:
    """Return the most that the leader gets in a region against the worst of some replies a part."""
    objective, rows = _least_rows(problem, sets)
    width = len(objective)
    optimum = maximize(objective, _wider(problem.equal, width), [*_wider(region, width), *rows])
    assert optimum is not None
    return optimum.value, optimum.at[: problem.choices.size]


def _attaining(problem: Leadership, replies: Combination, value: Any) -> Weights | None:
    """Return a strategy at which the leader gets a value whichever best reply the follower takes, or None.

    Replies that tie wherever the value is reached must not give less. Those that are strictly worse somewhere there are
    so at a mean of such places, and do not count.
    """
    sets = equivalents(problem, replies)
    while True:
        objective, rows = _least_rows(problem, sets)
        width = len(objective)
        enough = ([-c for c in objective], -value)
        at_most = [*_wider(region(problem, replies), width), *rows, enough]
        equal = _wider(problem.equal, width)
        reached = maximize(objective, equal, at_most)
        if reached is None:
            return None
        points, tied = [reached.at], list(sets)
        for k, (part, reply) in enumerate(zip(problem.parts, replies, strict=True)):
            for other in part:
                if other in sets[k]:
                    continue
                widest = maximize(gap(reply, other) + [0] * (width - problem.choices.size), equal, at_most)
                if widest is not None and widest.value:
                    points.append(widest.at)
                else:
                    tied[k] = (*tied[k], other)
        if tied == sets:
            return tuple(sum(column) / len(points) for column in zip(*points, strict=True))[: problem.choices.size]
        sets = tied
