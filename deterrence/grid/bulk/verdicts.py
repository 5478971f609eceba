"""Whether rows with all probabilities known are equilibria: surely, surely not, or left to exact arithmetic."""

from __future__ import annotations

import numpy as np

from deterrence.grid.bulk.play import BY_BAYES, FREE, Play
from deterrence.grid.bulk.tables import Array

EVEN = 100.0
"""So many margins may be left of a difference that equations made zero."""


def judged(play: Play) -> tuple[Array, Array]:
    """Return in which rows play surely is an equilibrium, for some beliefs, and in which it surely is none."""
    count = len(play.point)
    holds, fails = np.ones(count, dtype=bool), np.zeros(count, dtype=bool)
    for h in range(len(play.form.nodes_of)):
        if len(play.form.actions_of[h]) > 1:
            sure, never = _judged_at(play, h)
            holds &= sure
            fails |= never
    return holds & ~fails, fails


def _judged_at(play: Play, h: int) -> tuple[Array, Array]:
    """Judge the choice at one set: for the groups of nodes between which the belief is free, or for all of them."""
    margin = play.tables.margin[play.form.player_of[h]][play.point]
    parts = _parts(play, h, margin)
    plays, kind = play.beliefs.plays[h], play.beliefs.kind[:, h]
    first = plays.argmax(axis=1)
    least = np.full((len(parts), len(margin)), np.inf)  # over the alternatives, in each part
    fails, uneven = np.zeros((2, len(margin)), dtype=bool)
    for a in np.unique(first):
        for b in range(plays.shape[1]):
            asked = (first == a) & (b != a)
            if not asked.any():
                continue
            gains = np.array([part(play.gaps(h, int(a), b)) for part in parts])
            mixed = asked & plays[:, b]
            least = np.where(asked & ~mixed, np.minimum(least, gains), least)
            fails |= asked & (gains < -1).all(axis=0)
            fails |= mixed & (gains > EVEN).all(axis=0)
            uneven |= mixed & (np.abs(gains) > EVEN).any(axis=0)
    good = least > 1
    holds = np.where(kind == FREE, good.any(axis=0), good.all(axis=0)) & ~uneven
    return holds, fails


def _parts(play: Play, h: int, margin: Array) -> list[_Summed]:
    """Return what sums gaps at a set's nodes, in margins: once where the belief is known, else by group or node."""
    nodes = play.form.nodes_of[h]
    known = play.beliefs.kind[:, h] == BY_BAYES
    weights = [play.weight(h, k) for k in range(len(nodes))]
    sums = [[np.where(known, weight, 0.0) for weight in weights]]
    if known.all():
        return [_Summed(sums[0], margin)]
    free = play.beliefs.kind[:, h] == FREE
    codes = play.beliefs.unplayed(h)
    shares = [play.within(steps) for steps in play.agent.telling_steps[h]]
    parts = []
    for k in range(len(nodes)):
        row = []
        for j in range(len(nodes)):
            same = free & (codes[j] == codes[k])
            alone = float(j == k)
            row.append(np.where(known, weights[j], np.where(same, shares[j], np.where(free, 0.0, alone))))
        parts.append(_Summed(row, margin))
    return parts


class _Summed:
    """The mean of what is gained at nodes, by weight, in margins."""

    def __init__(self, weights: list[Array], margin: Array) -> None:
        self.weights = weights
        self.scale = np.maximum(sum(weights), 1e-300) * np.where(margin > 0, margin, 1.0)

    def __call__(self, gaps: list[Array]) -> Array:
        return sum(weight * gap for weight, gap in zip(self.weights, gaps, strict=True)) / self.scale
