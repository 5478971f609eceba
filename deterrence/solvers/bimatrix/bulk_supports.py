"""The equilibria of a block of small two-player games together, from supports of equal size.

An equilibrium without ties uses equally many actions on both sides: on the support I of the one and J of the
other, each player's mixture makes the other's support indifferent, and every other action is worse. The
mixture solves linear equations, here by cofactors, with one array operation for all games.

Any extreme equilibrium (x, y), with ties too, is witnessed by such a pair. Say that y uses k actions and x no
more. Because y is a vertex of the best-reply diagram, at least k actions are best replies to it; so there are k
actions I, from those that x uses to the best replies to y, and the k actions J that y uses, for which the same
equations hold and the same inequalities hold weakly. A pair is therefore ruled out only where an inequality
fails clearly, accepted only where all hold clearly, and anything between puts the game in doubt. Every
component of equilibria holds an extreme one, so a game that is not in doubt has no equilibria but those accepted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, product
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]
Mask = npt.NDArray[np.bool_]
Support = tuple[int, ...]

ROUNDING = 64 * float(np.finfo(float).eps)
"""How far a difference of payoffs may be off, relative to the largest payoff."""
SOLID = 1000.0
"""How many times the tolerance the equations' determinant must be, so that probabilities keep their digits."""


@dataclass(frozen=True)
class Side:
    """One player's side of a block of games; arrays end with an axis over the games.

    Attributes
    ----------
    payoffs
        Of shape (own actions, other's actions, games).
    differences
        Payoffs less those of the first action, scaled so that those of two own actions are at most 1 apart.
    scale
        What a difference of 1 means in payoffs.
    tie
        Below it a difference may be zero: the tolerance, or more where payoffs are large for their differences.
    """

    payoffs: Array
    differences: Array
    scale: Array
    tie: Array

    @classmethod
    def of(cls, payoffs: Array, tolerance: float) -> Side:
        """Scale the payoffs of one player."""
        largest = np.maximum(payoffs.max(axis=(0, 1)), -payoffs.min(axis=(0, 1)))
        largest[largest == 0] = 1
        table = payoffs / largest
        table = table - table[0]
        spread = (table.max(axis=0) - table.min(axis=0)).max(axis=0)
        spread[spread == 0] = 1
        table /= spread
        return cls(payoffs, table, largest * spread, np.maximum(tolerance, ROUNDING / spread))

    def undominated(self) -> dict[Support, Mask]:
        """Return for each set of the other's actions which own actions none beats on all of it: (own, games)."""
        own, other, count = self.differences.shape
        beaten = np.zeros((own, own, other, count), dtype=bool)
        for rival, row in enumerate(self.differences):
            np.greater(row - self.differences, self.tie, out=beaten[rival])
        on: dict[Support, Mask] = {}
        for size in range(1, other + 1):
            for support in combinations(range(other), size):
                last = beaten[:, :, support[-1]]
                on[support] = on[support[:-1]] & last if size > 1 else last
        return {support: ~np.bitwise_or.reduce(table, axis=0) for support, table in on.items()}


@dataclass(frozen=True)
class BlockEquilibria:
    """The equilibria of a block, ordered by game: its place, both strategies, payoffs and regret of each.

    ``doubtful`` marks the games with a tie that may belong to an equilibrium; of those nothing is listed.
    """

    game: Places
    row: Array
    column: Array
    payoffs: Array
    regret: Array
    doubtful: Mask


@dataclass(frozen=True)
class Plan:
    """The pairs of supports of one size in games of one shape, with their entries as places in flat tables."""

    rows: Places
    columns: Places
    row_entries: Places
    column_entries: Places

    @property
    def supports(self) -> Iterator[tuple[int, Support, Support]]:
        """Number each pair."""
        pairs = zip(self.rows.tolist(), self.columns.tolist(), strict=True)
        return ((k, tuple(rows), tuple(columns)) for k, (rows, columns) in enumerate(pairs))


@lru_cache(maxsize=64)
def plan(shape: tuple[int, int], size: int) -> Plan:
    """Return the pairs of supports of one size."""
    rows, columns = ([list(c) for c in combinations(range(n), size)] for n in shape)
    pairs = list(product(rows, columns))
    first, second = (np.array([pair[k] for pair in pairs]) for k in (0, 1))
    return Plan(first, second, _entries(first, second, shape), _entries(second, first, shape[::-1]))


def _entries(own: Places, other: Places, shape: tuple[int, int]) -> Places:
    """Return where the payoffs of every own action, the supported ones first, on the other's support stand."""
    order = [[*support, *(k for k in range(shape[0]) if k not in support)] for support in own.tolist()]
    places = np.array(order).T[:, None, :] * shape[1] + other.T[None, :, :]
    return np.ascontiguousarray(places)


def solve_block(A: Array, B: Array, tolerance: float) -> BlockEquilibria:
    """Return the equilibria of the games of a block, and which of them are in doubt.

    ``A`` and ``B`` have shape (games, rows, columns).
    """
    sides = Side.of(_by_entry(A, (1, 2, 0)), tolerance), Side.of(_by_entry(B, (2, 1, 0)), tolerance)
    doubtful = np.zeros(len(A), dtype=bool)
    undominated = sides[0].undominated(), sides[1].undominated()
    parts = [_of_size(sides, plan(A.shape[1:], size), undominated, doubtful) for size in range(1, min(A.shape[1:]) + 1)]
    game, row, column = (np.concatenate(arrays, axis=-1) for arrays in zip(*parts, strict=True))
    payoffs, regret, sure = _verified(sides, game, row, column)
    doubtful[game[~sure]] = True
    doubtful |= np.bincount(game, minlength=len(A)) % 2 == 0  # without ties the number is odd
    places = np.flatnonzero(~doubtful[game])
    places = places[np.argsort(game[places], kind="stable")]
    return BlockEquilibria(game[places], row.T[places], column.T[places], payoffs.T[places], regret[places], doubtful)


def _by_entry(table: Array, order: tuple[int, int, int]) -> Array:
    return np.ascontiguousarray(table.transpose(order), dtype=float)


def _of_size(
    sides: tuple[Side, Side], pairs: Plan, undominated: tuple[Any, Any], doubtful: Mask
) -> tuple[Places, Array, Array]:
    """Return games with both strategies for the supports of one size, and mark the games in doubt."""
    which, games = _candidates(pairs, undominated, len(doubtful))
    column, sure, possible = _mixture(sides[0], pairs.row_entries, pairs.columns.shape[1], which, games)
    which, games, column, sure = which[possible], games[possible], column[:, possible], sure[possible]
    row, sure_too, possible = _mixture(sides[1], pairs.column_entries, pairs.rows.shape[1], which, games)
    sure &= sure_too
    doubtful[games[possible & ~sure]] = True
    which, games, row, column = which[sure], games[sure], row[:, sure], column[:, sure]
    own, other = (side.payoffs.shape[0] for side in sides)
    return games, _placed(row, pairs.rows, which, own), _placed(column, pairs.columns, which, other)


def _candidates(pairs: Plan, undominated: tuple[Any, Any], count: int) -> tuple[Places, Places]:
    """Return the pairs and games in which no supported action is beaten all over the other's support."""
    alive = np.empty((len(pairs.rows), count), dtype=bool)
    for k, rows, columns in pairs.supports:
        lines = [undominated[0][columns][i] for i in rows] + [undominated[1][rows][j] for j in columns]
        np.logical_and(lines[0], lines[1], out=alive[k])
        for line in lines[2:]:
            alive[k] &= line
    which, games = np.divmod(np.flatnonzero(alive), count)
    return which, games


def _mixture(side: Side, entries: Places, size: int, which: Places, games: Places) -> tuple[Array, Mask, Mask]:
    """Return the other's mixtures that make the support indifferent, which are sure, and which possible."""
    count = side.payoffs.shape[-1]
    places = np.take(entries * count, which, axis=-1) + games
    table = np.take(side.differences.ravel(), places)
    tie = side.tie[games]
    weights = _annihilator(table[1:size] - table[0])
    total = weights.sum(axis=0)
    weights *= np.where(total < 0, -1.0, 1.0)
    total = np.abs(total)
    least, solid = weights.min(axis=0), weights.max(axis=0) > tie
    lead = ((table[0] - table[size:]) * weights).sum(axis=1).min(axis=0, initial=np.inf)
    sure = (least > tie) & (lead > tie) & (total > SOLID * tie)
    ruled_out = solid & ((least < -tie) | (lead < -tie))
    with np.errstate(divide="ignore", invalid="ignore"):
        return weights / total, sure, ~ruled_out


def _annihilator(rows: Array) -> Array:
    """Return the vector that k - 1 rows of length k annihilate: their signed maximal minors."""
    columns = range(rows.shape[1])
    minors = [_determinant([[row[j] for j in columns if j != k] for row in rows]) for k in columns]
    signed = [minor if k % 2 == 0 else -minor for k, minor in enumerate(minors)]
    return np.stack(np.broadcast_arrays(*signed)) if len(rows) else np.ones(rows.shape[1:])


def _determinant(rows: list[list[Array]]) -> Any:
    if not rows:
        return 1.0
    total: Any = 0.0
    for k, entry in enumerate(rows[0]):
        term = entry * _determinant([row[:k] + row[k + 1 :] for row in rows[1:]])
        total = total + (term if k % 2 == 0 else -term)
    return total


def _placed(shares: Array, supports: Places, which: Places, actions: int) -> Array:
    """Give the actions outside the supports probability zero."""
    whole = np.zeros((actions, len(which)))
    whole[supports[which].T, np.arange(len(which))] = shares
    return whole


def _verified(sides: tuple[Side, Side], game: Places, row: Array, column: Array) -> tuple[Array, Array, Mask]:
    """Return payoffs, regret, and where the regret is as small as rounding makes it."""
    payoffs, regret, sure = [], np.zeros(len(game)), np.ones(len(game), dtype=bool)
    for side, own, other in ((sides[0], row, column), (sides[1], column, row)):
        worth = (side.payoffs[:, :, game] * other).sum(axis=1)
        payoff = (own * worth).sum(axis=0)
        gain = np.maximum(worth.max(axis=0) - payoff, 0)
        sure &= gain <= side.tie[game] * side.scale[game]
        payoffs.append(payoff)
        regret = np.maximum(regret, gain)
    return np.stack(payoffs), regret, sure
