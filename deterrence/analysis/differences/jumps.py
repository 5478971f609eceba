"""Thresholds of two games side by side: which stay, move, appear and vanish."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from deterrence.analysis.answers.differences.difference_parts import Jump, Thresholds
from deterrence.analysis.answers.threshold import Threshold

NEAR = 1e-9


def jumps_in(pairs: Sequence[Thresholds]) -> tuple[Jump, ...]:
    """Return the thresholds of both games along some parameters, those at the same places together."""
    found: dict[Any, Jump] = {}
    for pair in pairs:
        firsts = {threshold.measure.name: threshold for threshold in pair.first}
        seconds = {threshold.measure.name: threshold for threshold in pair.second}
        for name in dict.fromkeys((*firsts, *seconds)):
            for before, after in _paired(firsts.get(name), seconds.get(name)):
                key = pair.parameter, *(None if one is None else float(one.value) for one in (before, after))
                known = found[key].measures if key in found else ()
                first, second = (found[key].first, found[key].second) if key in found else (before, after)
                words = f"{name} {(before or after).direction}"
                found[key] = Jump(pair.parameter, (*known, words), first, second)
    return tuple(found.values())


def _paired(first: Threshold | None, second: Threshold | None) -> list[tuple[Any, Any]]:
    """Pair the jumps of a measure in two games: those at one value, then those in one direction, in order."""
    before, after = ([] if one is None else list(one.jumps) for one in (first, second))
    pairs = []
    for jump in list(before):
        twin = next((other for other in after if _alike(jump, other)), None)
        if twin is not None:
            pairs.append((jump, twin))
            before.remove(jump)
            after.remove(twin)
    for jump in list(before):
        twin = next((other for other in after if other.direction == jump.direction), None)
        if twin is not None:
            pairs.append((jump, twin))
            before.remove(jump)
            after.remove(twin)
    return [*pairs, *((jump, None) for jump in before), *((None, jump) for jump in after)]


def _alike(one: Any, other: Any) -> bool:
    near = abs(float(one.value) - float(other.value)) <= NEAR * max(1.0, abs(float(one.value)))
    return near and one.direction == other.direction
