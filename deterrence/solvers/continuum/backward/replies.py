"""What is done at a move, by the choices that its player has seen and by its type, and what that comes to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise, permutations, product
from typing import Any

from deterrence.solvers.continuum.backward.reading import NotTaken, Ratio, constant_of, used
from deterrence.solvers.continuum.backward.values import Case, Term

MOST_ACTIONS = 6
"""Of more actions, the orders by which types take them are too many to go through."""


@dataclass(frozen=True)
class Part:
    """What the types between two ends do; an end is the least of some greatest ones, None at the end of the line.

    Where actions are mixed, ``mixed`` has their numbers with the probabilities.
    """

    low: tuple[tuple[Any, ...], ...] | None
    high: tuple[tuple[Any, ...], ...] | None
    action: int
    mixed: tuple[tuple[int, Any], ...] = ()


@dataclass(frozen=True)
class RuleCell:
    """What is done where some rational functions of the choices that were seen are not negative."""

    conditions: tuple[Ratio, ...]
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Rule:
    """What is done at an information set: the letter of the own type where it matters, and the cells."""

    letter: int | None
    cells: tuple[RuleCell, ...]


@dataclass(frozen=True)
class Line:
    """What an action is worth to a type: a level and a slope in it."""

    level: Ratio
    slope: Ratio

    def at(self, t: Ratio) -> Ratio:
        """Return its height at a type."""
        return self.level + self.slope * t


Reply = tuple[tuple[Ratio, ...], tuple[tuple[Any, Any, int], ...], tuple[Part, ...]]
"""Conditions; intervals of the type with the action taken there; and the same as the strategy tells it."""


def sign(ratio: Ratio) -> int | None:
    """Return the sign of a rational function without letters; None of one with letters."""
    if used(ratio):
        return None
    value = constant_of(ratio)
    return (value > 0) - (value < 0)


def kept(conditions: Sequence[Ratio]) -> tuple[Ratio, ...] | None:
    """Return conditions without those that always hold; None where one never holds."""
    signs = [sign(c) for c in conditions]
    if any(s == -1 for s in signs):
        return None
    return tuple(dict.fromkeys(c for c, s in zip(conditions, signs, strict=True) if s is None))


def without_type(worths: Sequence[Ratio]) -> Iterator[tuple[tuple[Ratio, ...], int]]:
    """Yield each action with the conditions on which it is best; of actions always worth the same each is yielded."""
    for a, worth in enumerate(worths):
        conditions = kept([worth - other for b, other in enumerate(worths) if b != a])
        if conditions is not None:
            yield conditions, a


def with_type(lines: Sequence[Line], ends: tuple[Any, Any], zero: Ratio) -> Iterator[Reply]:
    """Yield what types do, by the order in which actions' slopes rise and by which actions some types take."""
    if len(lines) > MOST_ACTIONS:
        raise NotTaken(f"A player with a type has {len(lines)} actions; up to {MOST_ACTIONS} are gone through.")
    for order in permutations(range(len(lines))):
        rising = kept([lines[b].slope - lines[a].slope for a, b in pairwise(order)])
        ties = any(
            a > b and lines[a].slope == lines[b].slope for a, b in pairwise(order)
        )  # actions of one slope in one order only
        if rising is None or ties:
            continue
        parts = _parts(lines, order)
        for size in range(1, len(order) + 1):
            for chain in combinations(order, size):
                found = _chain(lines, order, chain, ends, zero)
                if found is not None:
                    conditions = kept((*rising, *found[0]))
                    if conditions is not None:
                        yield conditions, found[1], parts


def _cut(left: Line, right: Line) -> Ratio:
    """Return the type above which the steeper of two lines is higher."""
    return (left.level - right.level) / (right.slope - left.slope)


def _chain(
    lines: Sequence[Line], order: Sequence[int], chain: Sequence[int], ends: tuple[Any, Any], zero: Ratio
) -> tuple[list[Ratio], tuple[tuple[Any, Any, int], ...]] | None:
    """Return on which conditions exactly the actions of a chain are taken, and by which types; None where never."""
    if any(lines[a].slope == lines[b].slope for a, b in pairwise(chain)):
        return None
    low, high = (None if _infinite(end) else zero + end for end in ends)
    cuts = [_cut(lines[a], lines[b]) for a, b in pairwise(chain)]
    points = [low, *cuts, high]
    conditions = [b - a for a, b in pairwise(points) if a is not None and b is not None]
    for u in order:
        if u in chain:
            continue
        below = sum(order.index(s) < order.index(u) for s in chain)
        point = points[below]
        rival = lines[chain[max(below - 1, 0)]]
        if point is None:  # at the end of a line without end the slopes decide
            flat = rival.slope == lines[u].slope
            if not flat:
                return None
            point = zero
        conditions.append(rival.at(point) - lines[u].at(point))
    intervals = [(a, b, s) for s, a, b in zip(chain, [None, *cuts], [*cuts, None], strict=True)]
    return conditions, tuple(intervals)


def _infinite(end: Any) -> bool:
    return isinstance(end, float) and end in (float("inf"), -float("inf"))


def _parts(lines: Sequence[Line], order: Sequence[int]) -> tuple[Part, ...]:
    """Return what types do as the upper envelope of the lines: each action ends where steeper ones overtake."""
    merged: list[list[int]] = []
    for a in order:
        if merged and lines[merged[-1][0]].slope == lines[a].slope:
            merged[-1].append(a)
        else:
            merged.append([a])
    rows = [_highest(lines, group) for group in merged]
    breaks: list[Any] = [None]
    breaks += [
        tuple(tuple(_cut(lines[j], lines[steep]) for j in rows[:k]) for steep in rows[k:]) for k in range(1, len(rows))
    ]
    breaks.append(None)
    return tuple(Part(breaks[k], breaks[k + 1], a) for k, a in enumerate(rows))


def _highest(lines: Sequence[Line], group: Sequence[int]) -> int:
    """Return the action of those with one slope that is worth most, where that does not depend on choices."""
    best = group[0]
    for a in group[1:]:
        higher = sign(lines[a].level - lines[best].level)
        if higher is None:
            raise NotTaken(
                "Two actions of a player with a type differ in the same way for all types, and by a choice; "
                "backward induction does not go through that."
            )
        best = a if higher > 0 else best
    return best


def combined(cases: Sequence[Sequence[Case]]) -> Iterator[tuple[tuple[Ratio, ...], tuple[Case, ...]]]:
    """Yield every way to take one case of each branch, with all their conditions."""
    for row in product(*cases):
        conditions = kept([c for case in row for c in case.conditions])
        if conditions is not None:
            yield conditions, row


def in_interval(case: Case, letter: int, low: Any, high: Any) -> tuple[Term, ...]:
    """Return the terms of a case where a type lies in an interval."""
    terms = []
    for term in case.terms:
        if low is None and high is None:
            terms.append(term)
            continue
        if letter in term.bounds:
            ends = _meet(term.bounds[letter], (low, high))
            if ends is None:
                continue
            terms.append(term.within(letter, *ends))
        else:
            terms.append(term.within(letter, low, high))
    return tuple(terms)


def _meet(first: tuple[Any, Any], second: tuple[Any, Any]) -> tuple[Any, Any] | None:
    """Return where two intervals with numbers as ends meet; None where they do not."""
    if any(end is not None and used(end) for end in (*first, *second)):
        raise NotTaken("A player with a type moves twice below a choice; backward induction does not go through that.")
    lows = [end for end in (first[0], second[0]) if end is not None]
    highs = [end for end in (first[1], second[1]) if end is not None]
    low = max(lows, key=constant_of, default=None)
    high = min(highs, key=constant_of, default=None)
    if low is not None and high is not None and constant_of(low) >= constant_of(high):
        return None
    return low, high
