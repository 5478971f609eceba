"""The search over supports: which actions may be played where, pruned by bounds.

Bounds on values and on the weights of beliefs are propagated through the tree in floating point. A support is
discarded only where it fails by more than a margin above rounding, so that none is lost that exact arithmetic
would accept.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Any

from deterrence.solvers.supports.agent_form import AgentForm, Pattern, Support

MARGIN = 1e-9
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
        self.margin = MARGIN * (1.0 + self._size(payoffs))

    @classmethod
    def at_point(cls, agent: AgentForm, numbers: Any, limit: int) -> SupportSearch:
        """Return the search at one point, where payoffs and chances are numbers."""
        payoffs, chances = ([[(float(x), float(x)) for x in row] for row in rows] for rows in numbers)
        return cls(agent, payoffs, chances, limit)

    def _size(self, payoffs: Any) -> float:
        return max((max(abs(low), abs(high)) for row in payoffs for low, high in row), default=0.0)

    def patterns(self) -> Iterator[Pattern]:
        """Yield every pattern that may be an equilibrium; raise SearchLimitError beyond the limit."""
        yield from self._below([all_supports(len(actions)) for actions in self.form.actions_of])

    def _below(self, domains: Domains) -> Iterator[Pattern]:
        self.visited += 1
        if self.visited > self.limit:
            raise SearchLimitError
        if not self._propagate(domains):
            return
        open_sets = [h for h in self.agent.order if len(domains[h]) > 1]
        if not open_sets:
            yield tuple(domain[0] for domain in domains)
            return
        # The set with the fewest supports left branches first: the tree of the search stays narrow at the top.
        branching_set = min(open_sets, key=lambda h: len(domains[h]))
        for support in domains[branching_set]:
            yield from self._below([[support] if h == branching_set else list(d) for h, d in enumerate(domains)])

    # -- bounds ------------------------------------------------------------------------------------

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
        if max(gaps) < -self.margin:  # worse at every node: no belief helps
            return False
        if not any(low > 0 for low, _ in weights):  # the set may be off the path, where beliefs are open
            return True
        best = sum(high * gap if gap > 0 else low * gap for gap, (low, high) in zip(gaps, weights, strict=True))
        return best >= -self.margin


def all_supports(actions: int) -> list[Support]:
    """Return every non-empty set of actions, small ones first."""
    sizes = range(1, actions + 1)
    return [support for size in sizes for support in itertools.combinations(range(actions), size)]


def _bounds(domain: Sequence[Support], actions: int) -> list[tuple[float, float]]:
    """Return bounds on the probability of each action from the supports still open."""
    if len(domain) == 1 and len(domain[0]) == 1:
        return [(1.0, 1.0) if a in domain[0] else (0.0, 0.0) for a in range(actions)]
    return [(0.0, 1.0 if any(a in support for support in domain) else 0.0) for a in range(actions)]
