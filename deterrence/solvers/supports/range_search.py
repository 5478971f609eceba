"""The search over supports for all parameter values at once.

Bounds on values are kept at many sample points of the parameters. An action is ruled out only where no sample
allows it *and* its inferiority is proved over the whole domain; samples alone rule out nothing.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import numpy as np

from deterrence.solvers.algebra import polynomials as poly
from deterrence.solvers.algebra.polynomials import Polynomial
from deterrence.solvers.algebra.signs import Domain
from deterrence.solvers.supports.agent_form import AgentForm
from deterrence.solvers.supports.search import Domains, SearchLimitError, SupportSearch

MOST_CORNERS = 64


class RangeSearch(SupportSearch):
    """A search through the patterns of supports that are possible at some parameter value of the domain."""

    def __init__(
        self,
        agent: AgentForm,
        domain: Domain,
        limit: int,
        samples: int = 200,
        over: Callable[[], bool] = lambda: False,
    ) -> None:
        self.domain, self.over = domain, over
        points = domain.samples[:: max(1, len(domain.samples) // samples)]
        payoffs = [[_pair(domain, c, points) for c in row] for row in agent.payoffs]
        chances = [[_pair(domain, c, points) for c in row] for row in agent.chances]
        self.struck: list[Any] = []
        self._verdicts: dict[Any, bool] = {}
        super().__init__(agent, payoffs, chances, limit)

    def narrowed(self) -> list[set[int]]:
        """Return the actions at each information set that no sign excludes, whatever is played elsewhere."""
        actions = [set(range(len(names))) for names in self.form.actions_of]
        self._narrow(actions)
        return actions

    def _size(self, payoffs: Any, player: int) -> Any:
        return np.maximum.reduce([np.abs(row[player][0]) for row in payoffs if row] or [np.zeros(1)])

    def _propagate(self, domains: Domains) -> bool:
        self._domains = domains
        self._go_on()
        return super()._propagate(domains)

    def _go_on(self) -> None:
        if self.over():
            raise SearchLimitError

    def _hull(self, rows: list[Any], players: range) -> list[Any]:
        return [
            (np.minimum.reduce([r[i][0] for r in rows]), np.maximum.reduce([r[i][1] for r in rows])) for i in players
        ]

    def _drawn(self, node: int, values: list[Any]) -> list[Any]:
        def expected(i: int, end: int) -> Any:
            pairs = zip(self.chances[node], self.form.children[node], strict=True)
            return sum(p * values[child][i][end] for (p, _), child in pairs)

        return [(expected(i, 0), expected(i, 1)) for i in range(len(self.form.players))]

    def _may_beat(self, h: int, children: Any, values: Any, player: int, a: int, b: int, weights: Any) -> bool:
        gaps = [values[below[a]][player][1] - values[below[b]][player][0] for below in children]
        possible = np.maximum.reduce(gaps) >= -self.margins[player]
        reached = sum(np.asarray(low, dtype=float) for low, _ in weights) > 0
        best = sum(np.where(gap > 0, high * gap, low * gap) for gap, (low, high) in zip(gaps, weights, strict=True))
        # Off the path (no weight surely positive) the belief is open, and only being worse at every node counts.
        possible = possible & (~reached | (best >= -self.margins[player]))
        if bool(np.any(possible)):
            return True
        return not self._proved(h, a, b)

    def _proved(self, h: int, a: int, b: int) -> bool:
        """Prove that b is better than a at h whatever happens later, at each node or by the known weights."""
        below = {g for node in self.form.nodes_of[h] for g in self.agent.sets_below[node]} - {h}
        options = [sorted({x for support in self._domains[g] for x in support}) for g in sorted(below)]
        before = tuple((g, tuple(self._domains[g])) for g in sorted(self._sets_before(h)))
        key = (h, a, b, tuple(map(tuple, options)), before)
        if key not in self._verdicts:
            self._verdicts[key] = self._proof(h, a, b, sorted(below), options)
        return self._verdicts[key]

    def _sets_before(self, h: int) -> set[int]:
        """Return the information sets whose play tells h's nodes apart."""
        return {place for steps in self.agent.telling_steps[h] for place, _, by_chance in steps if not by_chance}

    def _proof(self, h: int, a: int, b: int, below: list[int], options: list[list[int]]) -> bool:
        self._go_on()
        # Values are linear in the play at each set below (perfect recall: no path passes one twice), so the gap is
        # least where each plays one action for certain.
        corners = list(itertools.islice(itertools.product(*options), MOST_CORNERS + 1))
        if len(corners) > MOST_CORNERS:
            return False
        weights = self._known_weights(h)
        proved: list[Any] = []
        for corner in corners:
            pattern: list[tuple[int, ...]] = [(0,)] * len(self.form.nodes_of)
            for g, action in zip(below, corner, strict=True):
                pattern[g] = (action,)
            gaps = self._gaps(tuple(pattern), h, b, a, weights)
            if not all(gap and self.domain.sign(_whole(gap)) == 1 for gap in gaps):
                return False
            proved += map(_whole, gaps)
        self.struck.extend(item for item in proved if item not in self.struck)
        return True

    def _known_weights(self, h: int) -> list[Polynomial] | None:
        """Return the weights of h's nodes where every earlier set that matters plays one action for sure."""
        pattern = []
        places = self._sets_before(h)
        for g, domain in enumerate(self._domains):
            if g in places and (len(domain) > 1 or len(domain[0]) > 1):
                return None
            pattern.append(domain[0] if g in places else (0,))
        weights = [self.agent._product(tuple(pattern), steps) for steps in self.agent.telling_steps[h]]
        return weights if any(weights) else None

    def _gaps(self, pattern: Any, h: int, better: int, worse: int, weights: list[Polynomial] | None) -> list[Any]:
        player, value = self.form.player_of[h], self.agent.value
        below = [self.form.children[node] for node in self.form.nodes_of[h]]
        gaps = [
            poly.subtract(value(pattern, children[better], player), value(pattern, children[worse], player))
            for children in below
        ]
        if weights is not None:
            total: Polynomial = {}
            for weight, gap in zip(weights, gaps, strict=True):
                total = poly.add(total, poly.multiply(weight, gap))
            gaps = [total]
        zero = self.agent.one - self.agent.one
        return [gap.get((), zero) for gap in gaps]


def _whole(c: Any) -> Any:
    """Return a polynomial with the sign of a coefficient."""
    return c.numer * c.denom if hasattr(c, "numer") else c


def _pair(domain: Domain, c: Any, points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    with np.errstate(all="ignore"):
        if hasattr(c, "numer"):
            values = domain.values(c.numer, points) / domain.values(c.denom, points)
        else:
            values = domain.values(c, points)
    return values, values
