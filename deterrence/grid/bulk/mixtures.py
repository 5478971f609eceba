"""Probabilities of mixtures at many points: indifference as equations that are linear in each set's mixture."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np

from deterrence.grid.bulk.play import BY_BAYES, Beliefs, Play
from deterrence.grid.bulk.tables import Array
from deterrence.grid.bulk.verdicts import EVEN

MOST_CORNERS = 256
"""Of more pure choices at the sets that mix no equations are made."""
ABSENT = 1e-4
"""An equation that varies along a mixture by less than this share of a margin does not depend on it."""
STEEP = 1e3
"""It is solved for a mixture where it varies along it by more margins than this."""
INSIDE = 1e-9


class Mixtures:
    """The mixtures that make the players indifferent, in rows in which as many sets mix over as many actions.

    ``sets`` are the information sets that mix, as (row, mixture), and ``actions`` what each mixes over, as an array
    (row, action) a mixture. ``shares`` are those of all sets, ``solved`` tells where every mixture is known and
    positive, and ``never`` where one is surely not.
    """

    def __init__(self, beliefs: Beliefs, sets: Array, actions: Sequence[Array]) -> None:
        self.tables, self.point, self.beliefs, self.sets, self.actions = (
            beliefs.tables,
            beliefs.point,
            beliefs,
            sets,
            actions,
        )
        point = self.point
        self.shares = [plays.astype(float) for plays in beliefs.plays]
        self.never, self.close = np.zeros((2, len(point)), dtype=bool)
        self.known = np.zeros((len(actions), len(point)), dtype=bool)
        self.sizes = [over.shape[1] for over in actions]
        if np.prod(self.sizes) <= MOST_CORNERS:
            self.equations = self._at_corners()
            self._solve()

    @property
    def solved(self) -> Array:
        """Where every mixture is known, and surely one of all its actions."""
        return self.known.all(axis=0) & ~self.never & ~self.close

    # -- equations -------------------------------------------------------------------------------------

    def _at_corners(self) -> Array:
        """Return what indifference asks to be zero, in margins, at all pure choices of the sets that mix."""
        corners = list(itertools.product(*map(range, self.sizes)))
        tiled = np.tile(np.arange(len(self.point)), len(corners))
        shares = [share[tiled] for share in self.shares]
        for m, over in enumerate(self.actions):
            picked = np.concatenate([over[:, corner[m]] for corner in corners])
            for h in np.unique(self.sets[:, m]):
                here = np.flatnonzero(self.sets[tiled, m] == h)
                shares[h][here] = np.eye(shares[h].shape[1])[picked[here]]
        play = Play(self.beliefs.at(tiled), shares)
        ends = [(m, j) for m, size in enumerate(self.sizes) for j in range(1, size)]
        gains = np.array([self._gains(play, tiled, m, j) for m, j in ends])
        kinds = np.array([self.beliefs.kind[np.arange(len(self.point)), self.sets[:, m]] for m, _ in ends])
        self.ready = kinds == BY_BAYES
        masses = np.array([self._mass(play, tiled, m) for m, _ in ends])
        shape = (len(ends), *self.sizes, len(self.point))
        gains, masses = (np.moveaxis(table.reshape(shape), -1, 1).copy() for table in (gains, masses))
        self.weighs = {}
        for e, m in itertools.product(range(len(ends)), range(len(self.sizes))):
            across = tuple(k for k in range(1, masses[e].ndim) if k != m + 1)
            self.weighs[e, m] = (masses[e] != 0).any(axis=across)
            _divide(gains[e], self.weighs[e, m], m + 1)
        return gains

    def _mass(self, play: Play, tiled: Array, m: int) -> Array:
        """Return the weight of all nodes at which a mixture is chosen; no equation holds it to be positive."""
        total, sets = np.zeros(len(tiled)), self.sets[tiled, m]
        for h in np.unique(sets):
            weights = [play.weight(h, k) for k in range(len(self.beliefs.form.nodes_of[h]))]
            total = np.where(sets == h, sum(weights), total)
        return total

    def _gains(self, play: Play, tiled: Array, m: int, j: int) -> Array:
        """Return by how much the first action of a mixture is worth more than another, in margins."""
        total = np.zeros(len(tiled))
        first, other, sets = self.actions[m][tiled, 0], self.actions[m][tiled, j], self.sets[tiled, m]
        for h in np.unique(sets):
            margin = self.tables.margin[self.beliefs.form.player_of[h]][play.point]
            weights = [play.weight(h, k) for k in range(len(self.beliefs.form.nodes_of[h]))]
            for a, b in {*zip(first[sets == h].tolist(), other[sets == h].tolist(), strict=True)}:
                gaps = zip(weights, play.gaps(h, a, b), strict=True)
                gain = sum(weight * gap for weight, gap in gaps) / np.where(margin > 0, margin, 1.0)
                total = np.where((sets == h) & (first == a) & (other == b), gain, total)
        return total

    # -- solutions -------------------------------------------------------------------------------------

    def _solve(self) -> None:
        """Solve for one mixture after another, wherever equations depend on it alone."""
        news = True
        while news:
            news = False
            varies = np.array(
                [[self._varies(e, m) for m in range(len(self.sizes))] for e in range(len(self.equations))]
            )
            steady = self.ready & ~varies.any(axis=1)
            values = np.array([equation.reshape(len(self.point), -1)[:, 0] for equation in self.equations])
            self.never |= (steady & (np.abs(values) > EVEN)).any(axis=0)
            for m, size in enumerate(self.sizes):
                others = np.delete(varies, m, axis=1).any(axis=1)
                fit = self.ready & varies[:, m] & ~others
                rows = np.flatnonzero((fit.sum(axis=0) >= size - 1) & ~self.known[m])
                if len(rows):
                    self._settle(m, rows, fit[:, rows])
                    news = True

    def _varies(self, e: int, m: int) -> Array:
        spread = np.ptp(self.equations[e], axis=m + 1)
        return spread.reshape(len(self.point), -1).max(axis=1) > ABSENT

    def _settle(self, m: int, rows: Array, fit: Array) -> None:
        """Solve for a mixture in some rows, and put it into all equations there."""
        size = self.sizes[m]
        chosen = np.argsort(~fit, axis=0, kind="stable")[: size - 1]
        axis = tuple(slice(None) if k == m else 0 for k in range(len(self.sizes)))
        lines = np.array([equation[(slice(None), *axis)][rows] for equation in self.equations])  # one varies along m
        system = np.ones((len(rows), size, size))
        for k, row in enumerate(chosen):
            system[:, k] = lines[row, np.arange(len(rows))]
        mixture, steep = _least_square(system)
        self.known[m, rows] = True
        self.close[rows] |= ~steep | (mixture < INSIDE).any(axis=1)
        self.never[rows] |= steep & (mixture < -INSIDE).any(axis=1)
        weighing = np.array([self.weighs[e, m][rows] for e in range(len(self.equations))])
        asked = weighing[chosen, np.arange(len(rows))].any(axis=0)
        self.never[rows] |= steep & (asked.sum(axis=1) < size)  # only without what they ask of could they all be zero
        for h in np.unique(self.sets[rows, m]):
            here = self.sets[rows, m] == h
            self.shares[h][rows[here, None], self.actions[m][rows[here]]] = mixture[here]
        for equation in self.equations:
            moved = np.moveaxis(equation[rows], m + 1, 1)
            flat = np.einsum("rk,rk...->r...", mixture, moved)[:, None]
            equation[rows] = np.moveaxis(np.broadcast_to(flat, moved.shape), 1, m + 1)


def _divide(equation: Array, weighs: Array, axis: int) -> None:
    """Divide an equation by a probability that is a factor of all weights in it, which is positive where one mixes.

    It is one where only one choice along the axis, by ``weighs``, leaves the nodes any weight: then the equation is
    what it is at that choice alone.
    """
    rows = np.flatnonzero(weighs.sum(axis=1) == 1)
    moved = np.moveaxis(equation, axis, 1)
    moved[rows] = moved[rows, weighs[rows].argmax(axis=1)][:, None]


def _least_square(system: Array) -> tuple[Array, Array]:
    """Return the solutions of square systems whose last row asks for a sum of one, and where they are well posed."""
    count, size, _ = system.shape
    right = np.zeros((count, size))
    right[:, -1] = 1
    if size == 2:
        first, second = system[:, 0, 0], system[:, 0, 1]
        steep = np.abs(first - second) > STEEP
        with np.errstate(all="ignore"):
            share = np.where(steep, second / (second - first), 0.5)
        return np.stack([share, 1 - share], axis=1), steep
    norms = np.abs(system).max(axis=2, keepdims=True)
    scaled = system / np.maximum(norms, 1e-300)
    steep = (np.abs(np.linalg.det(scaled)) > 1e-4) & (norms[:, :, 0] > 0).all(axis=1)
    steep &= (norms[:, :-1, 0] > STEEP).all(axis=1)
    scaled[~steep] = np.eye(size)
    return np.linalg.solve(scaled, (right / np.maximum(norms[:, :, 0], 1e-300))[:, :, None])[:, :, 0], steep
