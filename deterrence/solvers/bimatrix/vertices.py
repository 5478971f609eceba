"""Every equilibrium of a game given by exact payoff tables.

For two players all extreme equilibria are found, in degenerate games too: they are the pairs of vertices
of the two best-reply polytopes in which every action is either unused or a best reply. All other
equilibria are mixtures of them (see `deterrence.solvers.bimatrix.components`).
"""

from __future__ import annotations

from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING

import numpy as np

from deterrence.solvers.bimatrix.components import NashSubset, connected_components, maximal_components
from deterrence.solvers.bimatrix.effort import VertexLimit
from deterrence.solvers.bimatrix.polytope import best_reply_vertices, containing_pairs, tried_vertices, vertex
from deterrence.solvers.dominance import Step, eliminate

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = [
    "NashSubset",
    "VertexLimit",
    "connected_components",
    "extreme_equilibria",
    "maximal_components",
    "pure_equilibria",
    "regret",
]

Number = int | Fraction
Strategy = tuple[Fraction, ...]

FEW_ACTIONS = 16
"""With at most so many actions the enumeration takes less time than a search for mixtures that dominate."""
MANY_CELLS = 3_000
"""In larger tables the search for mixtures takes long, and the enumeration is beyond reach with or without it."""
_ZERO = Fraction(0)


def extreme_equilibria(
    A: Sequence[Sequence[Number]],
    B: Sequence[Sequence[Number]],
    *,
    limit: int | None = None,
    steps: list[Step] | None = None,
) -> list[tuple[Strategy, Strategy]]:
    """Find every extreme equilibrium of a two-player game, exactly.

    An equilibrium ``(x, y)`` is extreme if x is no mixture of other strategies in equilibrium with y, nor y
    of others in equilibrium with x. A game has finitely many of them and at least one. All its other
    equilibria are mixtures of these: see `maximal_components`.

    Parameters
    ----------
    A, B
        Payoffs of the row player and of the column player: m rows of n exact numbers (integers or
        fractions), with m and n at least one.
    limit
        The largest number of vertices to hold at once for either player; None for no limit.
    steps
        A list to which the strictly dominated actions that were taken out first are added, one after another.

    Returns
    -------
    list of pairs
        Mixed strategies ``(x, y)`` of the row and the column player, without repetition: those with the
        smallest supports first (so pure ones lead), then in the order of the actions they use.

    Raises
    ------
    VertexLimit
        If one of the two polytopes has more than `limit` vertices on the way, or far more are to be expected.

    Notes
    -----
    All arithmetic is exact. Actions that another action strictly dominates are taken out first, again and
    again; in large games those that a mixture dominates, too. No equilibrium uses them. The work grows
    exponentially with the number of actions that are left: each further action of both players about doubles
    or triples it. A degenerate game may also have
    exponentially many extreme equilibria.

    References
    ----------
    Avis, Rosenberg, Savani and von Stengel (2010), "Enumeration of Nash equilibria for two-player games",
    Economic Theory 42, section 3. Winkels (1979) and Jansen (1981) on maximal Nash subsets.
    """
    tables = [np.array([list(row) for row in table], dtype=object) for table in (A, B)]
    left = eliminate(tables, mixed=sum(tables[0].shape) > FEW_ACTIONS and tables[0].size <= MANY_CELLS)
    rows, columns = map(list, left.kept)
    if steps is not None:
        steps += left.steps
    by_row = _integers([[B[i][j] for j in columns] for i in rows])
    by_column = _integers([[A[i][j] for i in rows] for j in columns])
    pairs = _labelled_pairs(by_row, by_column, limit)
    row_strategies = {x: placed(vertex(by_row, x), rows, len(A)) for x in {x for x, _ in pairs}}
    column_strategies = {y: placed(vertex(by_column, y), columns, len(A[0])) for y in {y for _, y in pairs}}
    return sorted(((row_strategies[x], column_strategies[y]) for x, y in pairs), key=_order)


def pure_equilibria(payoffs: Mapping[tuple[int, ...], Sequence[Number]]) -> list[tuple[int, ...]]:
    """Find every equilibrium in pure strategies of a game with any number of players.

    Parameters
    ----------
    payoffs
        For every combination of actions, by index and one a player, the payoffs of the players.

    Returns
    -------
    list of tuples
        The combinations from which no player gains by deviating, in lexicographic order. May be empty.
    """
    players = range(len(next(iter(payoffs))))
    best: dict[tuple[int, ...], Number] = {}
    for profile, values in payoffs.items():
        for player in players:
            others = _others(profile, player)
            if others not in best or values[player] > best[others]:
                best[others] = values[player]
    return sorted(
        profile
        for profile, values in payoffs.items()
        if all(values[player] == best[_others(profile, player)] for player in players)
    )


def _others(profile: tuple[int, ...], player: int) -> tuple[int, ...]:
    """Name what the others play, and whose others they are: the player's own place holds -1."""
    return (*profile[:player], -1, *profile[player + 1 :])


def regret(
    A: Sequence[Sequence[Number]], B: Sequence[Sequence[Number]], x: Sequence[Number], y: Sequence[Number]
) -> Fraction:
    """Return the most that either player could gain by deviating from ``(x, y)``, exactly.

    It is zero exactly where ``(x, y)`` is an equilibrium. `x` and `y` are probabilities that sum to one;
    `A` and `B` are as in `extreme_equilibria`. Nothing of the solver is used.
    """
    row_payoffs = [_expected(row, y) for row in A]
    column_payoffs = [_expected(column, x) for column in zip(*B, strict=True)]
    row_gain = max(row_payoffs) - _expected(row_payoffs, x)
    column_gain = max(column_payoffs) - _expected(column_payoffs, y)
    return max(row_gain, column_gain)


def _expected(payoffs: Sequence[Number], probabilities: Sequence[Number]) -> Fraction:
    pairs = ((payoff, share) for payoff, share in zip(payoffs, probabilities, strict=True) if share)
    return sum((Fraction(payoff) * share for payoff, share in pairs), _ZERO)


def _integers(matrix: list[list[Number]]) -> list[list[int]]:
    """Multiply by the least common denominator, which changes no best reply."""
    scale = lcm(*(entry.denominator for row in matrix for entry in row))
    return [[int(entry.numerator) * (scale // int(entry.denominator)) for entry in row] for row in matrix]


def _labelled_pairs(by_row: list[list[int]], by_column: list[list[int]], limit: int | None) -> list[tuple[int, int]]:
    """List the pairs of vertices in which every action is unused or a best reply."""
    # (x, y) is an equilibrium exactly if every label is on one of the two: no action is played that is no best reply.
    # So the labels of y must contain those that x lacks.
    rows, columns = len(by_row), len(by_column)
    every_label, every_column = (1 << (rows + columns)) - 1, (1 << columns) - 1
    # Both are tried before either is done: one beyond the limit makes the work on the other vain.
    tried = [tried_vertices(payoffs, limit) for payoffs in (by_row, by_column)]
    row_side, column_side = (
        best_reply_vertices(payoffs, limit) if side is None else side
        for payoffs, side in zip((by_row, by_column), tried, strict=True)
    )
    lacking = [every_label ^ tight for tight in row_side]
    labels = [tight >> columns | (tight & every_column) << rows for tight in column_side]
    return [(row_side[x], column_side[y]) for x, y in containing_pairs(lacking, labels)]


def placed(strategy: Sequence[Fraction], actions: Sequence[int], count: int) -> Strategy:
    """Return a strategy over all actions from one over some: the others have probability zero."""
    shares = dict(zip(actions, strategy, strict=True))
    return tuple(shares.get(action, _ZERO) for action in range(count))


def _order(profile: tuple[Strategy, Strategy]) -> tuple[object, ...]:
    """Order by size of support, then by the actions used, then by the probabilities."""
    supports = [tuple(action for action, share in enumerate(side) if share) for side in profile]
    return (sum(map(len, supports)), *supports, *profile)
