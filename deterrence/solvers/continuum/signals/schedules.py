"""Separating schedules: each type sends just so much that none weaker passes for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from deterrence.answers.solution import Solution
from deterrence.errors import MethodError
from deterrence.solvers.continuum.signals.answering import answered
from deterrence.solvers.continuum.signals.crossing import Worth
from deterrence.solvers.continuum.signals.separating import Segment, segments_of
from deterrence.solvers.continuum.signals.shape import Signal
from deterrence.solvers.continuum.signals.smooth import response_of
from deterrence.solvers.continuum.signals.written_out import written_out

SCANNED = 200


@dataclass(frozen=True)
class Pool:
    """Types that all send the greatest signal.

    Attributes
    ----------
    start
        The weakest of them, who would as soon be known for what it is.
    mean
        The mean type among them.
    """

    start: float
    mean: float


def solved(signal: Signal, method: Any) -> Solution:
    """Return the equilibrium that passes D1 of a signal to which the reply depends smoothly on what is believed."""
    from math import isfinite

    if not all(map(isfinite, signal.law.ends)):
        raise MethodError(
            f"Types without end, {signal.law}, have no weakest one from which a schedule of signals could start; give "
            f"{signal.type.name!r} a law with ends."
        )
    worth = Worth(response_of(signal))
    proved = worth.check()
    segments = segments_of(worth)
    pools: tuple[Pool | None, ...] = tuple(_pools(worth, segments)) or (None,)
    founds = [written_out(worth, segments, pool) for pool in pools]
    equilibria: Any = tuple(answered(signal, method.concept, found) for found in founds)
    complete = proved and len(pools) == 1
    return Solution(signal.game, method, equilibria, _status(proved, pools), complete)


def _status(proved: bool, pools: tuple[Any, ...]) -> str:
    if len(pools) > 1:
        return f"solved: {len(pools)} schedules with a pool at the greatest signal; there may be others"
    words = "one separating schedule" if pools[0] is None else "one schedule with a pool at the greatest signal"
    if proved:
        return f"solved; {words} passes D1"
    return f"solved: {words}; that stronger types signal at less cost was tried at points, not proved"


def _pools(worth: Worth, segments: tuple[Segment, ...]) -> Iterator[Pool]:
    """Yield the pools at the greatest signal: none where the schedule stays below it."""
    signal, high = worth.signal, float(worth.signal.span[1])
    if segments[-1].last <= high:
        return
    weak, strong = float(segments[0].start), float(segments[-1].end)

    def mean(t: float) -> float:
        a, b = sorted((t, strong))
        return float(signal.law.mean_between(a, b)) / float(signal.law.cdf(b) - signal.law.cdf(a))

    def gain(t: float) -> float:
        alone = worth.at(t, sent(segments, t), float(worth.response.reply(t)))
        return worth.at(t, high, float(worth.response.reply(mean(t)))) - alone

    if gain(weak) >= 0:
        yield Pool(weak, mean(weak))
        return
    points = [weak + (strong - weak) * i / SCANNED for i in range(SCANNED)]
    for a, b in pairwise(points):
        if gain(a) < 0 <= gain(b):
            yield _between(gain, a, b, mean)
        if sent(segments, b) > high:
            return


def _between(gain: Any, a: float, b: float, mean: Any) -> Pool:
    from scipy.optimize import brentq

    start = float(brentq(gain, a, b, xtol=1e-15))
    return Pool(start, mean(start))


def sent(segments: tuple[Segment, ...], t: float) -> float:
    """Return the signal of a type on a schedule."""
    return next((s for s in segments if s.holds(t)), segments[-1]).at(t)
