"""The search over supports: which actions may be played where, pruned by bounds.

Bounds on values and on the weights of beliefs are propagated through the tree in floating point. A support is
discarded only where it fails by more than a margin above rounding, so that none is lost that exact arithmetic
would accept.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from deterrence.solvers.algebra.elimination import may_hold
from deterrence.solvers.supports.agent_form import AgentForm, Pattern, Support
from deterrence.solvers.supports.corner_signs import CornerSigns

MARGIN = 1e-9
LOOK = 40_000
"""After so many visits to nodes of the tree it is first asked how much of the search is done."""
LEAST_SHARE = 1e-300
HOPELESS = 1_000
"""A search is given up where it would take so many times its limit."""
Domains = list[list[Support]]


class SearchLimitError(Exception):
    """Raised when the search has visited as many partial patterns as it was allowed."""


class SupportSearch:
    """A depth-first search through the patterns of supports that bounds do not rule out.

    ``payoffs[node]`` and ``chances[node]`` are pairs of least and greatest value, so that the same search
    serves one point and a whole range of parameters.
    """

    def __init__(self, agent: AgentForm, payoffs: Sequence[Any], chances: Sequence[Any], limit: int) -> None:
        self.agent, self.form, self.limit, self.visited = agent, agent.form, limit, 0
        self.payoffs, self.chances = payoffs, chances
        self._domains: Domains = []
        self.corner_signs: CornerSigns | None = None
        self._parts: dict[Any, bool] = {}
        self.unmixed: list[int] = []
        self.enough: Callable[[], bool] = lambda: False
        self.stopped = f"the search stopped at its limit of {limit} partial patterns"
        self._done = 0.0
        self._next_look = max(1, LOOK // self.form.size)
        self.margins = [MARGIN * self._size(payoffs, player) for player in range(len(self.form.players))]

    @classmethod
    def at_point(cls, agent: AgentForm, numbers: Any, limit: int) -> SupportSearch:
        """Return the search at one point, where payoffs and chances are numbers."""
        payoffs, chances = ([[(float(x), float(x)) for x in row] for row in rows] for rows in numbers)
        search = cls(agent, payoffs, chances, limit)
        search.corner_signs = CornerSigns(agent)
        return search

    def _size(self, payoffs: Any, player: int) -> Any:
        """Return the largest payoff of a player, in size: what is lost to rounding is a share of it."""
        return max((max(map(abs, row[player])) for row in payoffs if row), default=0.0)

    def patterns(self, settled: Mapping[int, int] | None = None, most: int = 0) -> Iterator[Pattern]:
        """Yield every pattern that may be an equilibrium; raise SearchLimitError beyond the limit.

        ``settled`` gives the action at information sets where only one can be optimal. Where there may be more
        patterns than ``most``, pure choices alone are tried at the sets of ``unmixed``, whose mixtures matter to no
        other player: they are noted there.
        """
        actions = [set(range(len(names))) for names in self.form.actions_of]
        for h, action in (settled or {}).items():
            actions[h] = {action}
        if not self._narrow(actions):
            return
        if most and math.prod(2 ** len(some) - 1 for some in actions) > most:
            self.unmixed = [h for h, some in enumerate(actions) if len(some) > 1 and self._matters_to_nobody(h, some)]
        mixed = [some for h, some in enumerate(actions) if h not in self.unmixed]
        if any(2 ** len(some) > self.limit for some in mixed):
            raise SearchLimitError
        most_at = [1 if h in self.unmixed else len(some) for h, some in enumerate(actions)]
        yield from self._below([supports_of(sorted(some), size) for some, size in zip(actions, most_at, strict=True)])

    def _matters_to_nobody(self, h: int, actions: set[int]) -> bool:
        """Tell whether no player who moves before a set cares which of its actions is taken there.

        Its own player is indifferent where it mixes at all.
        """
        (node,) = self.form.nodes_of[h]
        before = {self.form.player_of[self.form.infoset_of[at]] for at, _ in self.form.path(node) if self._moves(at)}
        values = self._values(
            [_bounds(domain, len(a)) for domain, a in zip(self._domains, self.form.actions_of, strict=True)]
        )
        rows = [values[self.form.children[node][a]] for a in actions]
        return all(
            row[j] == rows[0][j] and row[j][0] == row[j][1] for row in rows for j in before - {self.form.player_of[h]}
        )

    def _moves(self, node: int) -> bool:
        return self.form.infoset_of[node] >= 0

    def _below(self, domains: Domains, share: float = 1.0) -> Iterator[Pattern]:
        """Yield the patterns within some domains, which are this share of the whole search."""
        self.visited += 1
        if self.visited > self.limit:
            raise SearchLimitError
        self._look_ahead(share)
        if not self._propagate(domains) or not self._linear_may_hold(domains):
            self._done += share
            return
        open_sets = [h for h in self.agent.order if len(domains[h]) > 1]
        if not open_sets:
            self._done += share
            yield tuple(domain[0] for domain in domains)
            return
        # The set with the fewest supports left branches first: the tree of the search stays narrow at the top.
        branching_set = min(open_sets, key=lambda h: len(domains[h]))
        part = share / len(domains[branching_set])
        for support in domains[branching_set]:
            yield from self._below([[support] if h == branching_set else list(d) for h, d in enumerate(domains)], part)

    def _look_ahead(self, share: float) -> None:
        """Stop where the limit is far too low for the whole search, and the asker has enough without it.

        Branches of one set count as equal shares of the work (Knuth 1975). What is done, and what is begun, is looked
        at when the visits have taken a while, and again each time that they have doubled.
        """
        if self.visited < self._next_look:
            return
        self._next_look *= 2
        expected = self.visited / max(self._done + share, LEAST_SHARE)
        if expected > HOPELESS * self.limit and self.enough():
            self.stopped = (
                f"the search was stopped after {self.visited} partial patterns, as it would take about {expected:.0e}, "
                f"beyond its limit of {self.limit}"
            )
            raise SearchLimitError

    def _linear_may_hold(self, domains: Domains) -> bool:
        """Tell whether the sets whose supports are known leave room for a solution of their linear equations."""
        if self.corner_signs is None:
            return True
        decided = {h for h, domain in enumerate(domains) if len(domain) == 1}
        complete = self.corner_signs.complete(decided)
        pattern = tuple(domain[0] for domain in domains)
        if len(decided) == len(domains) or all(len(pattern[scope.h]) == 1 for scope in complete):
            return True  # of a whole pattern the equations are solved in any case
        bearing = sorted({h for scope in complete for h in scope.sets})
        key = tuple((h, pattern[h]) for h in bearing)
        if key not in self._parts:
            part = self.agent.part_on_path(pattern, bearing, [scope.h for scope in complete])
            self._parts[key] = may_hold(part)
        return self._parts[key]

    # -- bounds ------------------------------------------------------------------------------------

    def _narrow(self, actions: list[set[int]]) -> bool:
        """Remove actions that bounds rule out, before supports are formed; False where a set has none left.

        A move with many actions has too many supports to list; most fall away with a few of its actions.
        """
        changed = True
        while changed:
            changed = False
            self._domains = [
                [*((a,) for a in sorted(some)), *([tuple(sorted(some))] * (len(some) > 1))] for some in actions
            ]
            play = [_bounds(domain, len(a)) for domain, a in zip(self._domains, self.form.actions_of, strict=True)]
            values = self._values(play)
            for h, some in enumerate(actions):
                allowed = self._allowed(h, play, values, some)
                changed = changed or len(allowed) < len(some)
                actions[h] = allowed
                if not allowed:
                    return False
        return True

    def _propagate(self, domains: Domains) -> bool:
        """Remove supports that bounds rule out until nothing changes; False where a set has none left."""
        changed = True
        while changed:
            changed = False
            play = [_bounds(domain, len(a)) for domain, a in zip(domains, self.form.actions_of, strict=True)]
            values = self._values(play)
            for h, domain in enumerate(domains):
                allowed = self._allowed(h, play, values, {a for support in domain for a in support})
                remaining = [support for support in domain if all(a in allowed for a in support)]
                if not remaining:
                    return False
                if len(remaining) < len(domain):
                    domains[h] = remaining
                    changed = True
            if not changed and self.corner_signs is not None:
                narrowed = self.corner_signs.narrow(domains)
                if narrowed is None:
                    return False
                changed = narrowed
        return True

    def _values(self, play: list[list[tuple[float, float]]]) -> list[Any]:
        form = self.form
        values: list[Any] = list(self.payoffs)
        players = range(len(form.players))
        for node in range(form.size - 1, -1, -1):
            children, h = form.children[node], form.infoset_of[node]
            if not children:
                continue
            if h < 0:
                values[node] = self._drawn(node, values)
                continue
            rows = [values[c] for c, (_, high) in zip(children, play[h], strict=True) if high > 0]
            values[node] = rows[0] if len(rows) == 1 else self._hull(rows, players)
        return values

    def _hull(self, rows: list[Any], players: range) -> list[Any]:
        # Whatever the mixture, the value lies between the least and the greatest of the actions that may be played.
        return [(min(r[i][0] for r in rows), max(r[i][1] for r in rows)) for i in players]

    def _drawn(self, node: int, values: list[Any]) -> list[tuple[float, float]]:
        row = []
        for i in range(len(self.form.players)):
            low = high = 0.0
            # Of a weight in [p, q] the bound takes the end that serves it, by the sign of the value.
            for (p, q), child in zip(self.chances[node], self.form.children[node], strict=True):
                a, b = values[child][i]
                low += p * a if a >= 0 else q * a
                high += q * b if b >= 0 else p * b
            row.append((low, high))
        return row

    def _weights(self, h: int, play: list[list[tuple[float, float]]]) -> list[tuple[float, float]]:
        weights = []
        for steps in self.agent.telling_steps[h]:
            low = high = 1.0
            for place, branch, by_chance in steps:
                p, q = self.chances[place][branch] if by_chance else play[place][branch]
                low, high = low * p, high * q
            weights.append((low, high))
        return weights

    def _allowed(self, h: int, play: Any, values: list[Any], actions: set[int]) -> set[int]:
        """Return the actions that may be optimal at h for some values and beliefs within the bounds."""
        form, player = self.form, self.form.player_of[h]
        weights = self._weights(h, play)
        children = [form.children[node] for node in form.nodes_of[h]]
        others = range(len(form.actions_of[h]))
        allowed = set()
        for a in actions:
            if all(b == a or self._may_beat(h, children, values, player, a, b, weights) for b in others):
                allowed.add(a)
        return allowed

    def _may_beat(
        self,
        h: int,  # noqa: ARG002  (a search over ranges needs it)
        children: Any,
        values: Any,
        player: int,
        a: int,
        b: int,
        weights: Any,
    ) -> bool:
        gaps = [values[below[a]][player][1] - values[below[b]][player][0] for below in children]
        if max(gaps) < -self.margins[player]:  # worse at every node: no belief helps
            return False
        if not any(low > 0 for low, _ in weights):  # the set may be off the path, where beliefs are open
            return True
        best = sum(high * gap if gap > 0 else low * gap for gap, (low, high) in zip(gaps, weights, strict=True))
        return best >= -self.margins[player]


def supports_of(actions: Sequence[int], most: int) -> list[Support]:
    """Return every non-empty set of at most so many of some actions, small ones first."""
    sizes = range(1, most + 1)
    return [support for size in sizes for support in itertools.combinations(actions, size)]


def _bounds(domain: Sequence[Support], actions: int) -> list[tuple[float, float]]:
    """Return bounds on the probability of each action from the supports still open."""
    if len(domain) == 1 and len(domain[0]) == 1:
        return [(1.0, 1.0) if a in domain[0] else (0.0, 0.0) for a in range(actions)]
    return [(0.0, 1.0 if any(a in support for support in domain) else 0.0) for a in range(actions)]
