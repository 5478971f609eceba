"""Loops of decisions with one unknown, the chance of one action: all places where it answers itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from math import exp, log, prod
from typing import Any

import numpy as np

from deterrence.solvers.continuum.shocks.choice_rules import Taken
from deterrence.solvers.continuum.shocks.loops import Loop
from deterrence.solvers.continuum.shocks.reading import Reading
from deterrence.solvers.continuum.shocks.replies import Replies, reply, reply_numbers
from deterrence.solvers.continuum.shocks.ways import ways_of

FINE, WIDE = np.arange(-8.0, 8.01, 0.25), np.geomspace(8.5, 660.0, 40)
ODDS = np.concatenate([-WIDE[::-1], FINE, WIDE])
"""The log-odds of the action that are looked at: roots lie where the sign changes between two of them."""
CHANCES = np.concatenate(
    [[0.0, 1e-9, 1e-6, 1e-4], np.linspace(0.0, 1.0, 201)[1:-1], [1 - 1e-4, 1 - 1e-6, 1 - 1e-9, 1.0]]
)
"""The chances that are looked at where the player has no shocks."""
LEAST = 1e-300
PRECISE = 1e-13


def solutions(reading: Reading, loop: Loop, profile: Replies) -> tuple[list[Replies], bool]:
    """Return the profiles at which a loop answers itself, and whether these are proved to be all."""
    assert loop.cut is not None
    if reading.decisions[loop.cut].names:
        return _with_shocks(reading, loop, profile), _proved(reading, loop, profile)
    return _without(reading, loop, profile), False


def around(reading: Reading, loop: Loop, profile: Replies, row: tuple[float, float]) -> Replies:
    """Return the profile in which the others answer to the chances of the two actions."""
    assert loop.cut is not None
    decision = reading.decisions[loop.cut]
    profile = profile.with_row(decision.top, row)
    for place in loop.rest:
        profile = profile.with_decision(reading, place, reply(reading, place, profile))
    return profile


def _row(odds: float) -> tuple[float, float]:
    small = exp(-abs(odds))
    low, high = small / (1 + small), 1 / (1 + small)
    return (low, high) if odds > 0 else (high, low)


def _with_shocks(reading: Reading, loop: Loop, profile: Replies) -> list[Replies]:
    assert loop.cut is not None
    place = loop.cut

    def answer(odds: float) -> tuple[Replies, Taken]:
        there = around(reading, loop, profile, _row(odds))
        return there, reply(reading, place, there)

    def gap(odds: float) -> float:
        no, yes = answer(odds)[1].chances
        return log(max(yes, LEAST)) - log(max(no, LEAST)) - odds

    found = []
    for odds, slope in _roots(gap, ODDS):
        there, taken = answer(odds)
        there = there.with_decision(reading, place, taken)
        grown = max(there.error, PRECISE) * max(1.0, 1 / max(abs(slope), 1e-9))
        found.append(replace(there, error=grown))
    return found


def _roots(gap: Callable[[float], float], points: Any) -> list[tuple[float, float]]:
    """Return the zeros between points where the sign changes, each with the slope there."""
    from scipy import optimize

    values = [gap(float(x)) for x in points]
    found = []
    for x, y, left, right in zip(points, points[1:], values, values[1:], strict=False):
        if left == 0:
            root = float(x)
        elif (left > 0) != (right > 0) and right != 0:
            root = float(optimize.brentq(gap, float(x), float(y), xtol=1e-14, rtol=1e-14))
        else:
            continue
        step = 1e-5
        found.append((root, (gap(root + step) - gap(root - step)) / (2 * step)))
    return found


def _without(reading: Reading, loop: Loop, profile: Replies) -> list[Replies]:
    """Return the same where the player of the two actions has no shocks: both sure replies, and mixing."""
    assert loop.cut is not None
    place = loop.cut

    def there(chance: float) -> Replies:
        return around(reading, loop, profile, (1 - chance, chance))

    def gain(chance: float) -> float:
        worth, _ = reply_numbers(reading, place, there(chance))
        return float(worth[1] - worth[0])

    chances = [root for root, _ in _roots_inside(gain)]
    if gain(0.0) <= 0:
        chances.insert(0, 0.0)
    if gain(1.0) >= 0:
        chances.append(1.0)
    return [replace(there(chance), error=1e-12) for chance in chances]


def _roots_inside(gain: Callable[[float], float]) -> list[tuple[float, float]]:
    return [(root, slope) for root, slope in _roots_between(gain) if 0 < root < 1]


def _roots_between(gain: Callable[[float], float]) -> list[tuple[float, float]]:
    from scipy import optimize

    values = [gain(float(x)) for x in CHANCES]
    found = []
    for x, y, left, right in zip(CHANCES, CHANCES[1:], values, values[1:], strict=False):
        if left == 0:
            found.append((float(x), 0.0))
        elif (left > 0) != (right > 0) and right != 0:
            found.append((float(optimize.brentq(gain, float(x), float(y), xtol=1e-15, rtol=1e-14)), 0.0))
    return found


def _proved(reading: Reading, loop: Loop, profile: Replies) -> bool:
    """Return whether the reply to a chance falls in it, so that there is one root only.

    It is proved for two decisions between two actions that know nothing of each other: what each gains is affine in
    the other's chance, since the weights of its shocks do not depend on that, and its chance rises in what it gains.
    """
    assert loop.cut is not None
    if len(loop.rest) != 1 or any(len(reading.decisions[k].plans) != 2 for k in loop.places):
        return False
    slopes = [
        _slope(reading, profile, place, reading.decisions[other].top)
        for place, other in ((loop.cut, loop.rest[0]), (loop.rest[0], loop.cut))
    ]
    return None not in slopes and float(np.prod([s for s in slopes if s is not None])) <= 0


def _slope(reading: Reading, profile: Replies, place: int, other: int) -> float | None:
    """Return by how much a gain rises in another's chance; None where it need not be affine in it."""
    ways = ways_of(reading)[place]
    rows = [profile.with_row(other, row) for row in ((1.0, 0.0), (0.5, 0.5), (0.0, 1.0))]
    totals = [sum(c * prod(float(p.behaviour[h][a]) for h, a in steps) for c, steps in ways.towards) for p in rows]
    numbers = [reply_numbers(reading, place, p) for p in rows] if min(totals) > 0 else []
    same = numbers and np.ptp(totals) < 1e-12 and all(np.allclose(w, numbers[0][1], 0, 1e-12) for _, w in numbers)
    once = all(sum(h == other for h, _ in way.others) <= 1 for way in ways.through)
    if not (same and once):
        return None
    return float((numbers[2][0][1] - numbers[2][0][0]) - (numbers[0][0][1] - numbers[0][0][0]))
