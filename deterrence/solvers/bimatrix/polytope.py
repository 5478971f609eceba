"""The vertices of a best-reply polytope, enumerated exactly by the double description method.

Player 1 mixes with probabilities ``x`` over m actions; reply j then pays player 2 the amount
``sum_i x_i b_ij``. The points ``(x, t)`` with ``x >= 0`` and ``t >= sum_i x_i b_ij`` for every j form a
pointed cone. Its extreme rays are the vertices of the best-reply polytope (scale them to
``sum(x) == 1``) and one ray more, the artificial origin with ``x == 0``. No payoff needs to be positive.

A ray is held as the set of its tight inequalities and its slacks in the replies not yet inserted. The
tight set alone determines a ray, so its coordinates are worked out only for the few that are asked for.
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from itertools import product
from math import gcd, prod
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from deterrence.solvers.bimatrix.effort import LEAST_TRIAL, Effort, TrialOver

if TYPE_CHECKING:
    from collections.abc import Sequence

Ray = tuple[int, list[int]]
ValuedRay = tuple[int, list[int], int]
Words = NDArray[np.uint64]

_ZERO = Fraction(0)
_WORD = 64
_FEW_PAIRS = 256
_CHUNK = 1 << 16


def tried_vertices(payoffs: Sequence[Sequence[int]], limit: int | None) -> list[int] | None:
    """List the vertices as `best_reply_vertices` does where that is little work; else None.

    Raises
    ------
    VertexLimit
        If more than `limit` vertices arise on the way, or far more are to be expected.
    """
    if limit is None or limit < LEAST_TRIAL:
        return None
    try:
        return _listed(payoffs, Effort(len(payoffs[0]), limit, trial=True))
    except TrialOver:
        return None


def best_reply_vertices(payoffs: Sequence[Sequence[int]], limit: int | None = None) -> list[int]:
    """List the vertices of a best-reply polytope as sets of labels.

    Parameters
    ----------
    payoffs
        Integer matrix: entry ``[i][j]`` is what the other player gets from reply j to action i.
    limit
        The largest number of vertices to hold at once; None for no limit.

    Returns
    -------
    list of int
        One bit mask a vertex. With m actions, bit i is set where action i has probability zero and bit
        ``m + j`` where reply j is a best reply. No two masks are equal.

    Raises
    ------
    VertexLimit
        If more than `limit` vertices arise on the way, or one step would compare more than its square.

    Notes
    -----
    Arithmetic is in Python integers, so every sign is exact and degenerate polytopes need no special care.
    Replies are inserted in falling order of their total payoff: those that bind most often come first,
    which keeps the intermediate cones small. The number of vertices grows exponentially with the number
    of actions: about 25 in a random 5 x 5 game, 200 in 8 x 8, 1,000 in 10 x 10, 5,000 in 12 x 12.

    References
    ----------
    Fukuda and Prodon (1996), "Double description method revisited", section 3.
    """
    return _listed(payoffs, Effort(len(payoffs[0]), limit))


def _listed(payoffs: Sequence[Sequence[int]], effort: Effort) -> list[int]:
    action_groups = _equal_lines(payoffs)
    reply_groups = _equal_lines(list(zip(*payoffs, strict=True)))
    distinct = [[payoffs[group[0]][replies[0]] for replies in reply_groups] for group in action_groups]
    vertices = _distinct_vertices(distinct, effort)
    if len(distinct) == len(payoffs) and len(distinct[0]) == len(payoffs[0]):
        return vertices
    return _spread(vertices, action_groups, reply_groups, effort)


def _equal_lines(lines: Sequence[Sequence[int]]) -> list[list[int]]:
    """Group the indices of lines that are equal, in the order of their first."""
    groups: dict[tuple[int, ...], list[int]] = {}
    for index, line in enumerate(lines):
        groups.setdefault(tuple(line), []).append(index)
    return list(groups.values())


def _distinct_vertices(payoffs: list[list[int]], effort: Effort) -> list[int]:
    """List the vertices as sets of labels where no two actions and no two replies are equal."""
    actions, replies = len(payoffs), len(payoffs[0])
    order = sorted(range(replies), key=lambda reply: sum(row[reply] for row in payoffs))
    rays = _simplicial_cone(payoffs, order.pop(), order)
    effort.reach(len(rays) - 1, 1)
    # Double description: a new inequality keeps the rays that satisfy it, and replaces the others by the points where
    # the edges that it cuts leave it. Edges are the pairs of adjacent rays.
    while order:
        label = 1 << (actions + order.pop())
        above, below, remaining = _split(rays, label)
        if below:
            pairs = _adjacent_pairs(rays, above, below, actions, effort)
            effort.reach(len(remaining) + len(pairs) - 1, replies - len(order))
            remaining += [_meet(above[upper], below[lower], label) for upper, lower in pairs]
        rays = remaining
    origin = (1 << actions) - 1
    return [tight for tight, _ in rays if tight != origin]


def _spread(
    vertices: list[int], action_groups: list[list[int]], reply_groups: list[list[int]], effort: Effort
) -> list[int]:
    """Restore the equal actions and replies that were merged: a vertex uses one action of each group in its support."""
    actions, replies = (sum(map(len, groups)) for groups in (action_groups, reply_groups))
    every_action, merged = (1 << actions) - 1, len(action_groups)
    spread: list[int] = []
    for tight in vertices:
        best = sum(
            1 << (actions + reply)
            for index, group in enumerate(reply_groups)
            if tight >> (merged + index) & 1
            for reply in group
        )
        support_groups = [group for index, group in enumerate(action_groups) if not tight >> index & 1]
        effort.reach(len(spread) + prod(map(len, support_groups)), replies)
        spread += [best | every_action ^ sum(1 << action for action in choice) for choice in product(*support_groups)]
    return spread


def vertex(payoffs: Sequence[Sequence[int]], tight: int) -> tuple[Fraction, ...]:
    """Return the mixed strategy at a vertex that `best_reply_vertices` listed."""
    actions = len(payoffs)
    support = [action for action in range(actions) if not tight >> action & 1]
    if len(support) == 1:
        weights = [1]
    else:
        # At a vertex all best replies pay the same, and that determines the weights on the support up to their scale.
        best = [reply for reply in range(len(payoffs[0])) if tight >> (actions + reply) & 1]
        support_rows = [payoffs[action] for action in support]
        weights = _kernel([[row[reply] - row[best[0]] for row in support_rows] for reply in best[1:]])
    total = sum(weights)
    strategy = [_ZERO] * actions
    for action, weight in zip(support, weights, strict=True):
        strategy[action] = Fraction(weight, total)
    return tuple(strategy)


def _simplicial_cone(payoffs: Sequence[Sequence[int]], first: int, rest: Sequence[int]) -> list[Ray]:
    """Start from the orthant and one reply: a pure ray for each action, and the origin."""
    actions = len(payoffs)
    origin = (1 << actions) - 1
    rays = [
        (origin ^ 1 << action | 1 << (actions + first), [row[first] - row[reply] for reply in rest])
        for action, row in enumerate(payoffs)
    ]
    return [*rays, (origin, [1] * len(rest))]


def _split(rays: list[Ray], label: int) -> tuple[list[ValuedRay], list[ValuedRay], list[Ray]]:
    """Sort the rays by the sign of their last slack, which is taken off; mark the tight ones."""
    above, below, remaining = [], [], []
    for tight, slacks in rays:
        value = slacks.pop()
        if value < 0:
            below.append((tight, slacks, value))
        elif value:
            above.append((tight, slacks, value))
            remaining.append((tight, slacks))
        else:
            remaining.append((tight | label, slacks))
    return above, below, remaining


def _meet(above: ValuedRay, below: ValuedRay, label: int) -> Ray:
    """Return the ray where the edge between two adjacent rays crosses the new inequality."""
    (tight, slacks, value), (other_tight, other_slacks, other_value) = above, below
    # value > 0 > other_value: both multipliers are positive, so the sum lies on the edge; its new slack is zero.
    crossing = [value * other - other_value * slack for slack, other in zip(slacks, other_slacks, strict=True)]
    divisor = gcd(*crossing)
    if divisor > 1:
        crossing = [slack // divisor for slack in crossing]
    return tight & other_tight | label, crossing


def _adjacent_pairs(
    rays: list[Ray], above: list[ValuedRay], below: list[ValuedRay], actions: int, effort: Effort
) -> list[tuple[int, int]]:
    """List the pairs of rays above and below the new inequality that span an edge of the cone.

    Two rays of a cone in ``actions + 1`` dimensions can be adjacent only if they share ``actions - 1`` tight
    inequalities. That is enough where one of them is simple (tight in just `actions`); otherwise no third
    ray may be tight in all that they share.
    """
    effort.compare(len(above) * len(below))
    pairs = sharing_pairs([ray[0] for ray in above], [ray[0] for ray in below], [actions - 1] * len(above))
    simple_above = [ray[0].bit_count() == actions for ray in above]
    simple_below = [ray[0].bit_count() == actions for ray in below]
    doubtful = [pair for pair in pairs if not (simple_above[pair[0]] or simple_below[pair[1]])]
    if not doubtful:
        return pairs
    effort.compare(len(doubtful) * len(rays))
    edges = [above[upper][0] & below[lower][0] for upper, lower in doubtful]
    holders = Counter(edge for edge, _ in containing_pairs(edges, [tight for tight, _ in rays]))
    refused = {pair for index, pair in enumerate(doubtful) if holders[index] > 2}
    return [pair for pair in pairs if pair not in refused]


def containing_pairs(inner: list[int], outer: list[int]) -> list[tuple[int, int]]:
    """List the index pairs where the second mask has every bit of the first."""
    return sharing_pairs(inner, outer, [mask.bit_count() for mask in inner])


def sharing_pairs(left: list[int], right: list[int], least: list[int]) -> list[tuple[int, int]]:
    """List the index pairs of masks that share at least ``least[i]`` bits, for i the index on the left."""
    if len(left) * len(right) <= _FEW_PAIRS:
        return [
            (i, j)
            for i, (mask, need) in enumerate(zip(left, least, strict=True))
            for j, other in enumerate(right)
            if (mask & other).bit_count() >= need
        ]
    width = max(max(left, default=0), max(right, default=0)).bit_length()
    rows, columns, needs = _words(left, width), _words(right, width), np.array(least)[:, None]
    step = max(1, _CHUNK // len(right))
    pairs: list[tuple[int, int]] = []
    for start in range(0, len(left), step):
        block = slice(start, start + step)
        hits = np.flatnonzero(_shared_bits(rows[:, block], columns) >= needs[block])
        i, j = np.divmod(hits, len(right))
        pairs += zip((i + start).tolist(), j.tolist(), strict=True)
    return pairs


def _shared_bits(rows: Words, columns: Words) -> NDArray[np.integer]:
    """Count the bits in common of each row mask with each column mask."""
    counts: NDArray[np.integer] = np.bitwise_count(rows[0][:, None] & columns[0])
    for row, column in zip(rows[1:], columns[1:], strict=True):
        counts = counts + np.bitwise_count(row[:, None] & column).astype(np.int64)
    return counts


def _words(masks: list[int], width: int) -> Words:
    """Cut masks of `width` bits into words: one row a word, one column a mask."""
    last_word = (1 << _WORD) - 1
    return np.array(
        [[mask >> shift & last_word for mask in masks] for shift in range(0, width, _WORD)], dtype=np.uint64
    )


def _kernel(equations: list[list[int]]) -> list[int]:
    """Solve homogeneous equations whose solutions are the multiples of one positive vector.

    As no entry of that vector is zero, all columns but the last are independent: Gauss-Jordan elimination
    without fractions (Bareiss) finds a pivot in each of them.
    """
    unknowns, previous = len(equations[0]), 1
    rows = equations
    for column in range(unknowns - 1):
        pivot_row = next(index for index in range(column, len(rows)) if rows[index][column])
        rows = [*rows]
        rows[column], rows[pivot_row] = rows[pivot_row], rows[column]
        pivot = rows[column]
        scale = pivot[column]
        rows = [
            row
            if row is pivot
            else [(scale * entry - row[column] * other) // previous for entry, other in zip(row, pivot, strict=True)]
            for row in rows
        ]
        previous = scale
    return [*(abs(rows[index][-1]) for index in range(unknowns - 1)), abs(previous)]
