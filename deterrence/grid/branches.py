"""Equilibria of one class at one point, followed from point to point of a grid, each as a branch of its own.

In a game with numbers without end several equilibria may share a play, such as a low, a middle and a high cutoff. From
neighbour to neighbour each goes on as the one that is nearest to it in the probabilities of actions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import permutations
from math import prod
from typing import Any

from deterrence.grid.pointwise import PointEquilibrium

Branches = dict[tuple[Any, int], PointEquilibrium]
"""The equilibria at a point by their class and the branch of it."""
MOST = 7
"""Of more equilibria of one class at a point none is followed."""


def followed(solved: Mapping[int, list[PointEquilibrium]], shape: Sequence[int]) -> dict[int, list[PointEquilibrium]]:
    """Return the equilibria at the points of a grid with branches told apart by their keys.

    A class of which there is never more than one equilibrium at a point keeps its key.
    """
    several = {key for some in solved.values() for key in _repeated(some)}
    if not several:
        return dict(solved)
    at: dict[int, Branches] = {}
    used: dict[Any, int] = dict.fromkeys(several, 0)
    answer: dict[int, list[PointEquilibrium]] = {}
    for i in sorted(solved):
        before = _before(at, i, shape)
        at[i] = {}
        for key in several & {each.key for each in solved[i]}:
            here = [each for each in solved[i] if each.key == key]
            for branch, each in _continued(key, here, before, used):
                at[i][key, branch] = each
        others = [each for each in solved[i] if each.key not in several]
        answer[i] = others + [replace(each, key=name) for name, each in at[i].items()]
    return answer


def _repeated(equilibria: Sequence[PointEquilibrium]) -> set[Any]:
    keys = [each.key for each in equilibria]
    return {key for key in keys if 1 < keys.count(key) <= MOST}


def _before(at: Mapping[int, Branches], i: int, shape: Sequence[int]) -> Branches:
    """Return the branches at the neighbours of a point that come before it, those nearest in the order first."""
    found: Branches = {}
    for neighbour in _neighbours(i, shape):
        for name, each in at.get(neighbour, {}).items():
            found.setdefault(name, each)
    return found


def _neighbours(i: int, shape: Sequence[int]) -> Iterator[int]:
    for axis in reversed(range(len(shape))):
        step = prod(shape[axis + 1 :])
        if i // step % shape[axis]:
            yield i - step


def _continued(
    key: Any, here: Sequence[PointEquilibrium], before: Branches, used: dict[Any, int]
) -> Iterator[tuple[int, PointEquilibrium]]:
    """Yield equilibria of a class with their branches: those of the neighbours that are nearest, else new ones."""
    known = [(branch, each) for (of, branch), each in before.items() if of == key]
    free: list[tuple[int, PointEquilibrium] | None] = [*known, *[None] * max(0, len(here) - len(known))]
    if len(here) > MOST:
        yield from enumerate(here)
        return
    best = min(permutations(free, len(here)), key=lambda chosen: _away(here, chosen))
    for each, old in zip(here, best, strict=True):
        if old is None:
            used[key] += 1
        yield (used[key] if old is None else old[0]), each


def _away(here: Sequence[PointEquilibrium], chosen: Sequence[tuple[int, PointEquilibrium] | None]) -> float:
    """Return how far equilibria are from those chosen for them; to begin a branch costs nothing."""
    pairs = ((each.spot, old[1].spot) for each, old in zip(here, chosen, strict=True) if old is not None)
    return sum(abs(a - b) for mine, theirs in pairs for a, b in zip(mine, theirs, strict=True))
