"""All equilibria of a two-player game, described by its extreme ones.

The equilibria of a degenerate game may form continua. Each of them lies in a *maximal Nash subset*: a set of
row strategies and a set of column strategies, as large as can be, such that each mixture of the first is in
equilibrium with each mixture of the second.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

Strategy = tuple[Fraction, ...]


@dataclass(frozen=True)
class NashSubset:
    """A maximal Nash subset: every mixture of `xs` is in equilibrium with every mixture of `ys`.

    Attributes
    ----------
    xs, ys
        The extreme strategies of the row and of the column player, each a tuple of probabilities.
    """

    xs: tuple[Strategy, ...]
    ys: tuple[Strategy, ...]


def maximal_components(extremes: Sequence[tuple[Strategy, Strategy]]) -> list[NashSubset]:
    """Group the extreme equilibria of a game into its maximal Nash subsets.

    Parameters
    ----------
    extremes
        All extreme equilibria of one game, as `extreme_equilibria` returns them.

    Returns
    -------
    list of NashSubset
        Together they hold every equilibrium of the game. An equilibrium may lie in several. They are in the
        order of the first of `extremes` that each holds, and so are the strategies within each.

    References
    ----------
    Avis, Rosenberg, Savani and von Stengel (2010), "Enumeration of Nash equilibria for two-player games",
    Economic Theory 42: the maximal Nash subsets are the maximal complete subgraphs of the bipartite graph
    whose edges are the extreme equilibria.
    """
    xs = list(dict.fromkeys(x for x, _ in extremes))
    ys = list(dict.fromkeys(y for _, y in extremes))
    x_index, y_index = {x: i for i, x in enumerate(xs)}, {y: j for j, y in enumerate(ys)}
    return [
        NashSubset(tuple(xs[i] for i in rows), tuple(ys[j] for j in columns))
        for rows, columns in maximal_bicliques([(x_index[x], y_index[y]) for x, y in extremes])
    ]


def maximal_bicliques(edges: Sequence[tuple[int, int]]) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    """List the maximal complete subgraphs of a bipartite graph, as pairs of sets of its vertices.

    Notes
    -----
    The left sides are the intersections of neighbourhoods of right vertices. The work grows with the number of
    answers, which may be exponential in the number of vertices.
    """
    neighbours: dict[int, int] = {}
    for left, right in edges:
        neighbours[right] = neighbours.get(right, 0) | 1 << left
    # Closing the neighbourhoods under intersection, one at a time, gives each left side once.
    closed: set[int] = set()
    for around in neighbours.values():
        closed |= {around, *(lefts & around for lefts in closed)}
    bicliques = []
    for lefts in closed - {0}:
        rights = sorted(right for right, around in neighbours.items() if lefts & around == lefts)
        bicliques.append((_members(lefts), tuple(rights)))
    place = {edge: index for index, edge in enumerate(edges)}
    return sorted(bicliques, key=lambda sides: (min(place[edge] for edge in product(*sides)), sides))


def connected_components(components: Sequence[NashSubset]) -> list[tuple[int, ...]]:
    """Group the maximal Nash subsets that hang together into topological components.

    Parameters
    ----------
    components
        All maximal Nash subsets of one game, as `maximal_components` returns them.

    Returns
    -------
    list of tuples
        Positions in `components`, grouped: from any equilibrium in a group a path of equilibria leads to
        any other in it, and none leads out of it.

    Notes
    -----
    Two subsets with a row (or column) strategy in common are connected: that strategy against all columns
    (rows) of both is itself in some maximal subset, which meets them both.
    """
    groups: list[tuple[set[Strategy], set[Strategy], list[int]]] = []
    for index, component in enumerate(components):
        xs, ys, members = set(component.xs), set(component.ys), [index]
        apart = []
        for group in groups:
            if group[0] & xs or group[1] & ys:
                xs, ys, members = xs | group[0], ys | group[1], members + group[2]
            else:
                apart.append(group)
        groups = [*apart, (xs, ys, members)]
    return sorted(tuple(sorted(members)) for _, _, members in groups)


def _members(mask: int) -> tuple[int, ...]:
    return tuple(index for index in range(mask.bit_length()) if mask >> index & 1)
