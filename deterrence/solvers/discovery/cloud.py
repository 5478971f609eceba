"""The search over supports at many parameter values at once, each point or box of values with its own supports.

Payoffs and chances over a box are affine functions of the parameters up to a remainder, so that what two payoffs have
in common cancels when they are compared. A point is a box without width. A support is discarded only where it fails
by more than a margin above rounding.

Where play at some information sets is settled, the others may fall into blocks that no longer matter to one another:
each is searched by itself, and what is possible is the product.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from deterrence.solvers.discovery.affine import Affine, drawn, hull
from deterrence.solvers.supports.agent_form import AgentForm, Pattern, Support
from deterrence.solvers.supports.search import MARGIN, supports_of

MOST_SUPPORTS = 255
"""A set with more supports than this is not searched so."""
Domains = list[np.ndarray]
"""For each information set, which supports each point leaves open: booleans, points by supports."""


class TooManySupportsError(Exception):
    """Raised where a move has so many actions that its supports cannot be listed."""


class OutOfTimeError(Exception):
    """Raised when a search has had its time."""


def never() -> bool:
    """Tell that there is no end to the time."""
    return False


@dataclass(frozen=True, eq=False, slots=True)
class Possible:
    """Play that is possible at some points: supports at some information sets, and blocks with alternatives each.

    Attributes
    ----------
    supports
        The supports by information set.
    at
        The numbers of the points.
    blocks
        For each block the alternatives of play there; any combination is possible where all of its parts are.
    """

    supports: dict[int, Support]
    at: np.ndarray
    blocks: tuple[tuple[Possible, ...], ...] = ()

    def flat(self) -> Iterator[tuple[dict[int, Support], np.ndarray]]:
        """Yield each combination of the blocks' alternatives with the points at which it is possible."""
        yield from _combined(self.supports, self.at, self.blocks)


def _combined(
    supports: dict[int, Support], at: np.ndarray, blocks: Sequence[Sequence[Possible]]
) -> Iterator[tuple[dict[int, Support], np.ndarray]]:
    if not blocks:
        yield supports, at
        return
    for alternative in blocks[0]:
        for more, where in alternative.flat():
            both = np.intersect1d(at, where, assume_unique=True)
            if len(both):
                yield from _combined({**supports, **more}, both, blocks[1:])


class CloudSearch:
    """A depth-first search through the patterns of supports that bounds leave possible at some of the points.

    Parameters
    ----------
    agent
        The agent form.
    functions
        Bounds on every payoff and chance over the points or boxes, one row each.
    payoffs, chances
        For each node the numbers of the rows: of payoffs by player, of chances by branch.
    over
        Tells whether time is up; the search then ends with OutOfTimeError.
    actions
        For each information set the actions that may be played at all; by default all.
    """

    def __init__(
        self,
        agent: AgentForm,
        functions: Affine,
        payoffs: Sequence[Sequence[int]],
        chances: Sequence[Sequence[int]],
        over: Callable[[], bool] = never,
        actions: Sequence[Collection[int]] | None = None,
    ) -> None:
        self.agent, self.form, self.over, self.visited = agent, agent.form, over, 0
        self.functions, self.payoffs, self.chances = functions, payoffs, chances
        self.count = functions.low.shape[1]
        allowed = [range(len(names)) for names in self.form.actions_of] if actions is None else actions
        if any(2 ** len(some) - 1 > MOST_SUPPORTS for some in allowed):
            raise TooManySupportsError
        self.supports = [supports_of(sorted(some), len(some)) for some in allowed]
        self.plays = [
            np.array([[a in support for a in range(len(names))] for support in supports])
            for names, supports in zip(self.form.actions_of, self.supports, strict=True)
        ]
        self.alone = [
            [row.tolist() for row in np.nonzero(plays & (plays.sum(axis=1) == 1)[:, None])] for plays in self.plays
        ]
        self.margins = [MARGIN * self._size(player) for player in range(len(self.form.players))]
        self._interplay = agent.interplay
        self._nodes: dict[tuple[int, ...], list[int]] = {}

    def _size(self, player: int) -> np.ndarray:
        rows = sorted({row[player] for row in self.payoffs if row})
        sizes = np.maximum(*(np.abs(end[rows]) for end in self.functions.range))
        return np.asarray(sizes.max(axis=0))

    def patterns(self) -> Iterator[tuple[Pattern, np.ndarray]]:
        """Yield each pattern that may be possible somewhere with the numbers of the points at which it is."""
        for alternative in self.possible():
            for supports, at in alternative.flat():
                yield tuple(supports[h] for h in range(len(self.supports))), at

    def possible(self) -> Iterator[Possible]:
        """Yield the alternatives of play, those with blocks not multiplied out."""
        points = np.arange(self.count)
        if not self.functions.radius.shape[1]:  # at a point where a payoff has no value there is no game
            points = points[np.isfinite(self.functions.low).all(axis=0)]
        whole = [np.ones((len(points), len(supports)), dtype=bool) for supports in self.supports]
        with np.errstate(invalid="ignore"):
            yield from self._below(range(len(whole)), whole, points, self.functions.at(points))

    def _below(
        self, scope: Iterable[int], domains: Domains, points: np.ndarray, functions: Affine
    ) -> Iterator[Possible]:
        """Yield the alternatives of play at the sets in scope; optimality is asked for at those alone."""
        self.visited += 1
        if self.over():
            raise OutOfTimeError
        scope = list(scope)
        domains, points, functions = self._propagated(scope, domains, points, functions)
        if not len(points):
            return
        somewhere = {h: domains[h].any(axis=0) for h in scope}
        open_sets = [h for h in scope if somewhere[h].sum() > 1]
        settled = {h: self.supports[h][int(np.argmax(somewhere[h]))] for h in scope if h not in open_sets}
        blocks = self._blocks(open_sets)
        if len(blocks) != 1:
            yield from self._product(settled, blocks, domains, points, functions)
            return
        h = self._branching(open_sets, domains)
        for k in np.flatnonzero(somewhere[h]):
            kept = domains[h][:, k]
            below = [domain[kept] for domain in domains]
            below[h] = np.zeros_like(below[h])
            below[h][:, k] = True
            yield from self._below(scope, below, points[kept], functions.at(kept))

    def _product(
        self,
        settled: dict[int, Support],
        blocks: Sequence[Sequence[int]],
        domains: Domains,
        points: np.ndarray,
        functions: Affine,
    ) -> Iterator[Possible]:
        """Yield the blocks' alternatives, each searched by itself with the settled sets that it alone touches."""
        parts = []
        for block in blocks:
            others = set(itertools.chain(*blocks)) - set(block)
            own = [h for h in settled if self._interplay[h] & set(block) and not self._interplay[h] & others]
            parts.append(tuple(self._below([*block, *own], domains, points, functions)))
            if not parts[-1]:
                return
        yield Possible(settled, points, tuple(parts))

    def nodes_below(self, scope: Sequence[int]) -> list[int]:
        """Return the nodes whose values matter to the choices in scope, later ones first."""
        key = tuple(scope)
        if key not in self._nodes:
            form = self.form
            stack = [child for h in scope for node in form.nodes_of[h] for child in form.children[node]]
            below: set[int] = set()
            while stack:
                node = stack.pop()
                if node not in below:
                    below.add(node)
                    stack.extend(form.children[node])
            self._nodes[key] = sorted(below, reverse=True)
        return self._nodes[key]

    def _blocks(self, sets: Sequence[int]) -> list[list[int]]:
        """Return the sets in blocks that do not matter to one another."""
        blocks: list[list[int]] = []
        for h in sets:
            joined = [block for block in blocks if self._interplay[h] & set(block)]
            blocks = [block for block in blocks if block not in joined] + [[h, *itertools.chain(*joined)]]
        return [sorted(block) for block in blocks]

    def _branching(self, sets: Sequence[int], domains: Domains) -> int:
        """Return the set to branch at: one whose choice leaves small blocks, else the one with fewest supports."""
        left = {h: self._blocks([g for g in sets if g != h]) for h in sets}
        parting = [h for h in sets if len(left[h]) > 1]
        if parting:
            return min(parting, key=lambda h: (max(map(len, left[h])), self.agent.depth[h]))
        return min(sets, key=lambda h: (domains[h].sum(), self.agent.depth[h]))

    # -- bounds ------------------------------------------------------------------------------------

    def _propagated(
        self, scope: Sequence[int], domains: Domains, points: np.ndarray, functions: Affine
    ) -> tuple[Domains, np.ndarray, Affine]:
        """Remove supports that bounds rule out until nothing changes, and points with none left at some set."""
        changed = True
        while changed and len(points):
            state = _State(self, scope, domains, points, functions)
            domains, changed = list(domains), False
            for h in scope:
                left = domains[h] & ~(~state.allowed(h)[:, None, :] & self.plays[h]).any(axis=2)
                changed = changed or bool((left != domains[h]).any())
                domains[h] = left
            alive = np.logical_and.reduce([domains[h].any(axis=1) for h in scope])
            if not alive.all():
                domains, points, functions = [domain[alive] for domain in domains], points[alive], functions.at(alive)
        return domains, points, functions


class _State:
    """Bounds on values and weights, given which supports are open at each point."""

    def __init__(
        self, search: CloudSearch, scope: Sequence[int], domains: Domains, points: np.ndarray, functions: Affine
    ) -> None:
        self.search, self.form, self.functions, self.count = search, search.form, functions, len(points)
        self._rows: dict[int, Affine] = {}
        self.margins = [-margin[points] for margin in search.margins]
        self.played = [(d[:, :, None] & plays).any(axis=1) for d, plays in zip(domains, search.plays, strict=True)]
        self.sure = [np.zeros_like(played) for played in self.played]
        for sure, domain, (supports, actions) in zip(self.sure, domains, search.alone, strict=True):
            sure[:, actions] = domain[:, supports] & (domain.sum(axis=1) == 1)[:, None]
        self.values = self._values(search.nodes_below(scope))

    def _function(self, number: int) -> Affine:
        if number not in self._rows:
            self._rows[number] = self.functions.row(number)
        return self._rows[number]

    def _values(self, nodes: Sequence[int]) -> dict[int, list[Affine]]:
        """Return bounds on each player's value at nodes, given later ones first."""
        form, search = self.form, self.search
        values: dict[int, list[Affine]] = {}
        for node in nodes:
            children, h = form.children[node], form.infoset_of[node]
            if not children:
                values[node] = [self._function(number) for number in search.payoffs[node]]
                continue
            by_player = list(zip(*(values[child] for child in children), strict=True))
            if h < 0:
                weights = [self._function(number) for number in search.chances[node]]
                values[node] = [drawn(weights, below) for below in by_player]
            else:
                values[node] = [hull(below, self.played[h]) for below in by_player]
        return values

    def _weights(self, h: int) -> list[tuple[np.ndarray, np.ndarray]]:
        weights = []
        for steps in self.search.agent.telling_steps[h]:
            low, high = np.ones(self.count), np.ones(self.count)
            for place, branch, by_chance in steps:
                if by_chance:
                    least, most = self._function(self.search.chances[place][branch]).range
                    low, high = low * np.maximum(least, 0), high * np.maximum(most, 0)
                else:
                    low, high = low * self.sure[place][:, branch], high * self.played[place][:, branch]
            weights.append((low, high))
        return weights

    def allowed(self, h: int) -> np.ndarray:
        """Return, for each point, the actions that may be optimal at h for some values and beliefs in the bounds."""
        allowed = self.played[h].copy()
        if allowed.shape[1] == 1:
            return allowed
        player, weights = self.form.player_of[h], self._weights(h)
        reached = sum(low for low, _ in weights) > 0
        below = [[self.values[child][player] for child in self.form.children[node]] for node in self.form.nodes_of[h]]
        for a, b in itertools.permutations(range(allowed.shape[1]), 2):
            if not allowed[:, a].any():
                continue
            gaps = [children[a].most_above(children[b]) for children in below]
            # Off the path (no weight surely positive) the belief is open: only being worse everywhere counts.
            best = sum(np.where(g > 0, high * g, low * g) for g, (low, high) in zip(gaps, weights, strict=True))
            # Where a bound is infinite, sums of bounds may be no number: those rule nothing out.
            allowed[:, a] &= ~(np.maximum.reduce(gaps) < self.margins[player])
            allowed[:, a] &= ~reached | ~(best < self.margins[player])
        return allowed
