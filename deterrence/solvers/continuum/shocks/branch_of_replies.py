"""Loops of decisions with several unknowns: one branch, followed from shocks that decide alone to those of the game.

Values without shocks are multiplied by a number that rises from 0, where the shocks alone decide, to 1, the game. The
branch is followed by its arc length, since it may turn, with tangents and Newton steps from numerical derivatives.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from deterrence.solvers.continuum.shocks.loops import Loop, means_of
from deterrence.solvers.continuum.shocks.reading import Reading
from deterrence.solvers.continuum.shocks.replies import Replies, reply

MOST_STEPS, LONGEST, SHORTEST, FIRST = 600, 0.5, 1e-5, 0.1
NEAR = 1e-11
LEAST = 1e-300
STEP = 1e-6
MOST_REPLIES, CLOSE = 300, 1e-7


class Branch:
    """A loop's unknowns as one vector: log-odds of all actions against the first, and means that others look at."""

    def __init__(self, reading: Reading, loop: Loop, profile: Replies) -> None:
        self.reading, self.loop, self.profile = reading, loop, profile
        self.sets = [h for place in loop.places for h in reading.decisions[place].sets]
        looked_at = {k for place in loop.places for k in means_of(reading, place)}
        self.looked_at = sorted(looked_at & set(loop.places))

    def pack(self, profile: Replies) -> Any:
        """Return a profile as a vector."""
        parts = []
        for h in self.sets:
            logs = np.log(np.maximum(profile.behaviour[h], LEAST))
            parts.append(logs[1:] - logs[0])
        for place, steps, name in self._means(profile):
            parts.append(np.array([profile.means[place][steps][name]]))
        return np.concatenate(parts)

    def _means(self, profile: Replies) -> list[tuple[int, Any, str]]:
        return [
            (place, steps, name)
            for place in self.looked_at
            for steps in sorted(profile.means[place])
            for name in sorted(profile.means[place][steps])
        ]

    def unpack(self, x: Any, like: Replies) -> Replies:
        """Return the profile of a vector; ``like`` says which means there are."""
        behaviour, at = list(self.profile.behaviour), 0
        for h in self.sets:
            odds = np.concatenate([[0.0], x[at : at + len(behaviour[h]) - 1]])
            at += len(odds) - 1
            weights = np.exp(odds - odds.max())
            behaviour[h] = weights / weights.sum()
        means = {place: {steps: dict(row) for steps, row in rows.items()} for place, rows in like.means.items()}
        for k, (place, steps, name) in enumerate(self._means(like)):
            means[place][steps][name] = float(x[at + k])
        return replace(self.profile, behaviour=tuple(behaviour), means=means)

    def answered(self, profile: Replies, sharpness: float) -> Replies:
        """Return the profile in which every decision of the loop answers to a profile."""
        after = profile
        for place in self.loop.places:
            after = after.with_decision(self.reading, place, reply(self.reading, place, profile, sharpness))
        return after

    def miss(self, y: Any, like: Replies) -> Any:
        """Return how far a vector, with the sharpness as its last entry, is from its answer."""
        return self.pack(self.answered(self.unpack(y[:-1], like), float(y[-1]))) - y[:-1]

    def slopes(self, y: Any, like: Replies) -> Any:
        """Return the derivatives of that, by differences on both sides."""
        columns = []
        for k in range(len(y)):
            step = np.zeros(len(y))
            step[k] = STEP
            columns.append((self.miss(y + step, like) - self.miss(y - step, like)) / (2 * STEP))
        return np.array(columns).T


def followed(reading: Reading, loop: Loop, profile: Replies) -> tuple[Replies | None, bool]:
    """Return the profile at the end of the branch, or None where it was lost; and whether it turned on the way."""
    branch = Branch(reading, loop, profile)
    like = branch.answered(profile, 0.0)
    if any(like.behaviour[h].min() < LEAST for h in branch.sets):
        return None, False  # two actions come to the same, so that shocks alone do not decide
    y = _landed(branch, np.append(branch.pack(like), 0.0), like, np.append(np.zeros(len(branch.pack(like))), 1.0))
    if y is None:
        return None, False
    tangent, length, turned = np.append(np.zeros(len(y) - 1), 1.0), FIRST, False
    for _ in range(MOST_STEPS):
        tangent = _tangent(branch.slopes(y, like), tangent)
        turned = turned or tangent[-1] < 0
        ahead = y + length * tangent
        if ahead[-1] >= 1:
            last = _landed(branch, np.append(y[:-1] + (1 - y[-1]) / tangent[-1] * tangent[:-1], 1.0), like, _up(y))
            if last is not None:
                end = branch.answered(branch.unpack(last[:-1], like), 1.0)
                return replace(end, error=max(end.error, 1e-10)), turned
        new = None if ahead[-1] >= 1 else _landed(branch, ahead, like, tangent)
        if new is None:
            length /= 2
            if length < SHORTEST:
                return None, turned
            continue
        y, length = new, min(LONGEST, 1.4 * length)
    return None, turned


def repeated(reading: Reading, loop: Loop, profile: Replies) -> Replies | None:
    """Return the profile to which replies to replies come, each going half the way, or None where they do not settle.

    They begin where no two actions come to the same.
    """
    branch = Branch(reading, loop, profile)
    uneven = Replies.uneven(reading).behaviour
    kept = [uneven[h] if h in branch.sets else row for h, row in enumerate(profile.behaviour)]
    now = replace(profile, behaviour=tuple(kept))
    for _ in range(MOST_REPLIES):
        after = branch.answered(now, 1.0)
        rows = [(a + b) / 2 for a, b in zip(now.behaviour, after.behaviour, strict=True)]
        gap = max(float(np.abs(now.behaviour[h] - after.behaviour[h]).max()) for h in branch.sets)
        now = replace(after, behaviour=tuple(rows))
        if gap < CLOSE:
            y = np.append(branch.pack(now), 1.0)
            last = _landed(branch, y, now, _up(y))
            end = None if last is None else branch.answered(branch.unpack(last[:-1], now), 1.0)
            return None if end is None else replace(end, error=max(end.error, 1e-10))
    return None


def _up(y: Any) -> Any:
    return np.append(np.zeros(len(y) - 1), 1.0)


def _tangent(slopes: Any, before: Any) -> Any:
    """Return the direction in which the branch goes on."""
    direction = np.linalg.svd(slopes)[2][-1]
    return direction if direction @ before >= 0 else -direction


def _landed(branch: Branch, y: Any, like: Replies, across: Any) -> Any:
    """Return the point of the branch in the plane across a direction, by Newton steps; None where none is near."""
    start = y
    for _ in range(8):
        miss = branch.miss(y, like)
        if np.abs(miss).max() < NEAR:
            return y
        system = np.vstack([branch.slopes(y, like), across])
        try:
            y = y - np.linalg.solve(system, np.append(miss, across @ (y - start)))
        except np.linalg.LinAlgError:
            return None
        if np.abs(y - start).max() > 5:
            return None
    return y if np.abs(branch.miss(y, like)).max() < 1e3 * NEAR else None
