"""The check of an equilibrium with private shocks, apart from the solver: the tree is gone through anew.

From the reported probabilities alone, each player's ways to play are valued on the tree with numbers for the draws,
and plain integration over the shocks says how often each is the best. What differs from the report is the regret.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np

from deterrence.answers.continuum.equilibrium import ContinuumEquilibrium
from deterrence.games.expression import compile_exact
from deterrence.solvers.continuum.shocks.integration import shares
from deterrence.solvers.continuum.shocks.known_laws import Shock

Steps = frozenset[tuple[int, int]]
FAINT = 1e-9
"""Sets that are reached less often are not compared: integration does not tell there what is done."""


def regret(equilibrium: ContinuumEquilibrium) -> float:
    """Return the greatest difference between what is reported and what the tree says.

    It is the greatest over the probabilities of all actions at sets that are reached more than once in 1e9; over
    payoffs, relative to one and the greatest payoff; and over what a player without shocks would gain. Integration
    adds an error of its own, of the order of 1e-12 up to three shocks at a decision and of 1e-6 with four; with
    more, or with bounded laws, it is coarser, and the regret is then what integration can tell.
    """
    return _Check(equilibrium).worst()


class _Check:
    def __init__(self, equilibrium: ContinuumEquilibrium) -> None:
        self.reported, self.game, self.form = equilibrium, equilibrium.game, equilibrium.game.form
        self.rows = equilibrium.behaviour
        self.values = dict(self.game.values)
        self.draws = {v.name: v for v in self.form.variables}
        self.laws = {name: Shock(v.law.at(self.values)) for name, v in self.draws.items() if v.law is not None}
        self.written = {n: self._payoff(n) for n in range(self.form.size) if self.form.outcome[n] is not None}
        self.chances = {
            n: [float(compile_exact(p)(self.values)) for p in row]
            for n, row in enumerate(self.form.written_probabilities)
            if row
        }
        self.known_means: dict[tuple[str, Steps], float] = {}
        self.reach = self._reach()

    def _payoff(self, node: int) -> list[tuple[float, dict[str, float]]]:
        """Return each player's payoff at an end, evaluated without draws, and what one of each draw adds."""
        zero: dict[str, Any] = {**self.values, **dict.fromkeys(self.draws, 0)}
        found = []
        for value in self.form.payoffs[node]:
            pay = compile_exact(value)
            rest = pay(zero)
            found.append((float(rest), {name: float(pay({**zero, name: 1}) - rest) for name in self._above(node)}))
        return found

    def _above(self, node: int) -> list[str]:
        return [self.form.variables[k].name for k in self.form.variables_above.get(node, ())]

    def _reach(self) -> list[float]:
        reach = [1.0] + [0.0] * (self.form.size - 1)
        for node in range(self.form.size):
            for child, weight in zip(self.form.children[node], self._weights(node), strict=True):
                reach[child] = reach[node] * weight
        return reach

    def _weights(self, node: int) -> Any:
        h = self.form.infoset_of[node]
        return self.rows[h] if h >= 0 else self.chances.get(node, ())

    # -- which sets of a player are decided together ---------------------------------------------------------

    def _cares(self, h: int) -> set[int]:
        """Return the draws, as places, that a player knows at a set and that change what its actions are worth."""
        player, found = self.form.player_of[h], set()
        nodes = self.form.nodes_of[h]
        ends = [end for end in self.written if any(self._leads(node, end) for node in nodes)]
        for node in nodes:
            for k in self.form.variables_above.get(node, ()):
                variable = self.form.variables[k]
                weights = {self.written[end][player][1].get(variable.name, 0.0) for end in ends}
                if self.form.players[player] in variable.known_to and len(weights) > 1:
                    found.add(k)
        return found

    def _leads(self, node: int, end: int) -> bool:
        return node in (0, end) or any(at == node for at, _ in self.form.path(end))

    def clusters(self) -> list[tuple[int, ...]]:
        """Return the sets that are decided together, later ones first."""
        cares = [self._cares(h) for h in range(len(self.rows))]
        clusters: list[tuple[int, ...]] = []
        for h in range(len(self.rows)):
            earlier = [g for g, _ in self.form.own_steps[h] if cares[g] & cares[h]]
            joined = next((c for c in clusters if set(earlier) & set(c)), None)
            if joined is None:
                clusters.append((h,))
            else:
                clusters[clusters.index(joined)] = (*joined, h)
        return sorted(clusters, key=lambda c: -len(self.form.own_steps[c[0]]))

    # -- what ways to play are worth -------------------------------------------------------------------------

    def worst(self) -> float:
        """Return the greatest difference."""
        worst = max((self._cluster(cluster) for cluster in self.clusters()), default=0.0)
        size = 1 + max((abs(float(p)) for p in self.reported.payoffs.values()), default=0.0)
        for i, player in enumerate(self.form.players):
            total = sum(self.reach[end] * float(self._end(end, i, [])[0]) for end in self.written)
            worst = max(worst, abs(total - float(self.reported.payoffs[player])) / size)
        return float(worst)

    def _cluster(self, cluster: tuple[int, ...]) -> float:
        top = cluster[0]
        names = [self.form.variables[k].name for k in sorted(self._cares(top))]
        names = list(dict.fromkeys(names))
        plans = self._plans(top, cluster)
        total = sum(self.reach[node] for node in self.form.nodes_of[top])
        if total == 0 or len(plans) == 1:
            return 0.0
        beliefs = [(node, Fraction(self.reach[node] / total)) for node in self.form.nodes_of[top]]
        lines = _beyond_the_best(
            [sum(p * self._value(node, dict(plan), cluster, names) for node, p in beliefs) for plan in plans]
        )
        chances, integrals = shares(lines, [self.laws[name] for name in names])
        self._learn(plans, chances, integrals, names)
        if not names:
            return float(lines[:, 0].max() - np.dot(self.rows[top], lines[:, 0]))
        return max(self._difference(h, plans, chances) for h in cluster)

    def _plans(self, h: int, cluster: tuple[int, ...]) -> list[Steps]:
        found: list[Steps] = []
        for action in range(len(self.form.actions_of[h])):
            after = [g for g in cluster if [s for s in self.form.own_steps[g] if s[0] in cluster][-1:] == [(h, action)]]
            further = product(*(self._plans(g, cluster) for g in after))
            found += [frozenset({(h, action)}).union(*plans) for plans in further]
        return found

    def _value(self, node: int, plan: dict[int, int], cluster: tuple[int, ...], names: list[str]) -> Any:
        """Return what a plan is worth from a node on: without draws, and what one of each draw adds."""
        form, h = self.form, self.form.infoset_of[node]
        player = form.player_of[cluster[0]]
        if form.outcome[node] is not None:
            return self._end(node, player, names)
        if h in cluster:
            return self._value(form.children[node][plan[h]], plan, cluster, names)
        pairs = zip(form.children[node], self._weights(node), strict=True)
        return sum(Fraction(weight) * self._value(child, plan, cluster, names) for child, weight in pairs if weight)

    def _end(self, end: int, player: int, names: list[str]) -> Any:
        """Return a payoff at an end: draws that are decided on stay; others are what they are on average there."""
        rest, weights = self.written[end][player]
        own = frozenset(
            (self.form.infoset_of[at], branch)
            for at, branch in self.form.path(end)
            if self.form.infoset_of[at] >= 0 and self.form.player_of[self.form.infoset_of[at]] == player
        )
        for name, weight in weights.items():
            if name not in names and weight:
                rest += weight * self._mean(name, own)
        return np.array([Fraction(value) for value in (rest, *(weights.get(name, 0.0) for name in names))])

    def _mean(self, name: str, own: Steps) -> float:
        """Return what a draw is on average, given what its player did: the longest steps that tell of it count."""
        told = [steps for known, steps in self.known_means if known == name and steps <= own]
        return self.known_means[name, max(told, key=len)] if told else self.laws[name].mean

    def _learn(self, plans: list[Steps], chances: Any, integrals: Any, names: list[str]) -> None:
        for steps in {frozenset(part) for plan in plans for part in _parts(plan)}:
            inside = [k for k, plan in enumerate(plans) if steps <= plan]
            likely = chances[inside].sum()
            for j, name in enumerate(names):
                if likely > 0:
                    self.known_means[name, steps] = float(integrals[inside, j].sum() / likely)

    def _difference(self, h: int, plans: list[Steps], chances: Any) -> float:
        """Return by how much the probabilities at a set differ from those reported."""
        if sum(self.reach[node] for node in self.form.nodes_of[h]) < FAINT:
            return 0.0
        row = np.zeros(len(self.rows[h]))
        for plan, p in zip(plans, chances, strict=True):
            row[[action for g, action in plan if g == h]] += p
        if row.sum() == 0:
            return 0.0
        return float(np.abs(row / row.sum() - np.array(self.rows[h])).max())


def _beyond_the_best(lines: list[Any]) -> Any:
    """Return what plans are worth beyond the best of them, subtracted exactly: what they share may be far greater."""
    best = max(line[0] for line in lines)
    return np.array([[float(line[0] - best), *map(float, line[1:])] for line in lines])


def _parts(plan: Steps) -> list[tuple[tuple[int, int], ...]]:
    found: list[tuple[tuple[int, int], ...]] = [()]
    for step in sorted(plan):
        found += [(*steps, step) for steps in found]
    return [steps for steps in found if steps]
