"""Partitions of a type into intervals, such that each type at a cut is as well off in either interval beside it.

With the mean of the types between two cuts written M, and the sender's wish as w, neighbouring intervals meet at a
cut c where ``M(a, c) + M(c, b) = 2 w(c)``. The first cut then gives the second, that the third, and so on; the last
must be the end of the types.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import inf
from typing import Any

from deterrence.games.continuum.families import Beta, Triangular
from deterrence.games.continuum.law import Law
from deterrence.games.continuum.uniform import Uniform
from deterrence.solvers.continuum.signals.means import means_of

MOST = 100
"""So many intervals are looked for at most."""
SCANNED, HALVINGS = 120, 60
Missed = tuple[float, tuple[float, ...]]


@dataclass(frozen=True)
class Wishes:
    """What the sender wants to be taken for: a straight line in its type.

    Attributes
    ----------
    law
        How the type is drawn.
    slope, height
        A type t wants to be answered as the type ``slope * t + height`` would be.
    """

    law: Law
    slope: Any
    height: Any

    def wish(self, t: Any) -> Any:
        """Return for which type a type wants to be taken."""
        return self.slope * t + self.height

    def mean(self, low: Any, high: Any) -> Any:
        """Return the mean of the types between two."""
        if isinstance(self.law, Uniform):
            return (low + high) / 2 if isinstance(low, float) or isinstance(high, float) else Fraction(low + high) / 2
        return means_of(self.law).between(float(low), float(high))

    @property
    def bias(self) -> Any:
        """The least distance between a type and its wish; 0 where some type wishes to be taken for what it is."""
        off = [self.wish(end) - end for end in self.law.ends]
        return min(map(abs, off)) if off[0] * off[1] > 0 else 0

    @property
    def most(self) -> int:
        """No partition has more intervals: the means of neighbouring ones differ by twice the bias at least."""
        low, high = self.law.ends
        return MOST + 1 if not self.bias else int((high - low) / (2 * self.bias)) + 1

    @property
    def one_each(self) -> bool:
        """Whether there is one partition at most of each number of intervals: the last cut rises with the first.

        It does where the density is log-concave and wishes rise as fast as types: means then move less than cuts.
        """
        return bool(self.slope >= 1) and log_concave(self.law)


def log_concave(law: Law) -> bool:
    """Tell whether the logarithm of a density between two ends is known to be concave."""
    if isinstance(law, Beta):
        return all(a >= 1 for a in law.arguments[:2])
    return isinstance(law, (Uniform, Triangular))


def partitions(wishes: Wishes) -> tuple[list[tuple[Any, ...]], bool, str]:
    """Return the cuts of each partition, whether these are all, and that in words."""
    if wishes.slope < 0:
        return [()], True, "solved; higher types wish for lower replies, so that nothing is told"
    found: list[tuple[Any, ...]] = [()]
    cut = _exactly if isinstance(wishes.law, Uniform) else _by_shooting
    for count in range(2, min(wishes.most, MOST) + 1):
        fresh = cut(wishes, count)
        found += fresh
        if not fresh and wishes.bias:
            break  # where there is a partition of n intervals there is one of each smaller number
    return found, *_how_far(wishes, len(found))


def _how_far(wishes: Wishes, count: int) -> tuple[bool, str]:
    """Return whether all partitions are there, and that in words."""
    if not wishes.bias:
        return False, (
            "solved as far as it goes: some type wishes to be taken for what it is, and there may be partitions of any "
            f"number of intervals; those of up to {MOST} were sought"
        )
    if wishes.most > MOST and count >= MOST:
        return False, f"solved as far as it goes: partitions of more than {MOST} intervals were not sought"
    if not wishes.one_each:
        return False, (
            f"solved by one or {SCANNED} first cuts for each number of intervals: there may be further partitions of "
            "the same number, as it is not known that there is one at most"
        )
    return True, "solved; every partition is there, up to how messages are called"


def _exactly(wishes: Wishes, count: int) -> list[tuple[Any, ...]]:
    """Return the cuts of a uniform type: each is a straight line in the first, which the end of the types settles."""
    low, high = wishes.law.ends
    before: tuple[Any, Any] = (0, low)
    now: tuple[Any, Any] = (1, 0)
    rows = [now]
    for _ in range(count - 1):
        # M(a, c) + M(c, b) = 2 w(c) with means in the middle: a + 2 c + b = 4 (slope c + height)
        factor = 4 * wishes.slope - 2
        before, now = now, (factor * now[0] - before[0], factor * now[1] + 4 * wishes.height - before[1])
        rows.append(now)
    if now[0] == 0:
        return []
    first = Fraction(high - now[1]) / now[0]
    cuts = [a * first + b for a, b in rows]
    return [tuple(cuts[:-1])] if all(a < b for a, b in pairwise([low, *cuts])) else []


def _by_shooting(wishes: Wishes, count: int) -> list[tuple[Any, ...]]:
    """Return the cuts of any type, by the first cuts at which the last one passes the end of the types."""
    low, high = map(float, wishes.law.ends)
    steps = 1 if wishes.one_each else SCANNED
    firsts = [low + (high - low) * i / steps for i in range(steps + 1)]
    misses = [_miss(wishes, first, count)[0] for first in firsts]
    found = []
    for (a, b), (u, v) in zip(pairwise(firsts), pairwise(misses), strict=True):
        if (u < 0) != (v < 0):
            cuts = _halved(lambda x: _miss(wishes, x, count), a, b, u < 0)
            if cuts and all(x < y for x, y in pairwise([low, *cuts, high])):
                found.append(cuts)
    return found


def _halved(miss: Callable[[float], Missed], a: float, b: float, rises: bool) -> tuple[float, ...]:
    """Return the cuts at which the last one just meets the end of the types; none where it jumps over it."""
    for _ in range(HALVINGS):
        middle = (a + b) / 2
        a, b = (middle, b) if (miss(middle)[0] < 0) == rises else (a, middle)
    off, cuts = min((miss(a), miss(b)), key=lambda row: abs(row[0]))
    return cuts if abs(off) < 1e-6 else ()


def _miss(wishes: Wishes, first: float, count: int) -> Missed:
    """Return by how much the mean of the last interval misses what its lower cut asks for, and the cuts.

    It is below zero where the intervals are too short, infinite where a cut lies beyond the end of the types, and minus
    infinite where one would lie below the cut before it.
    """
    low, high = map(float, wishes.law.ends)
    cuts = [low, first]
    for step in range(count - 1):
        a, c = cuts[-2], cuts[-1]
        target = 2 * float(wishes.wish(c)) - wishes.mean(a, c)
        furthest = wishes.mean(c, high)
        if step == count - 2:
            return target - furthest, tuple(cuts[1:])
        if target >= furthest:
            return inf, ()
        if target <= c:
            return -inf, ()
        cuts.append(_upper_end(wishes, c, high, target))
    raise AssertionError


def _upper_end(wishes: Wishes, low: float, high: float, mean: float) -> float:
    """Return up to where types above one have a mean."""
    from scipy.optimize import brentq

    return float(brentq(lambda z: wishes.mean(low, z) - mean, low, high, xtol=1e-14))
