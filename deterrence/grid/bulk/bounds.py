"""Bounds on values and on weights of beliefs in rows, from the supports still open: a few operations on arrays a level.

Operations on arrays have a price of their own, however few the rows. So nodes of one height and kind are taken
together, and information sets with as many nodes and actions.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby, permutations
from typing import TYPE_CHECKING

import numpy as np

from deterrence.grid.bulk.tables import Array, Tables
from deterrence.solvers.supports.agent_form import Step

if TYPE_CHECKING:
    from deterrence.grid.bulk.rows import Rows, Supports


@dataclass(frozen=True, eq=False)
class _Nodes:
    """Nodes of one height at which as many actions are chosen, or branches drawn: by the number of each in a table."""

    drawn: bool
    nodes: Array
    children: Array
    branches: Array


@dataclass(frozen=True, eq=False)
class _Sets:
    """Information sets with as many nodes and actions, more than one: children by action, and weights, by node."""

    sets: Array
    players: Array
    children: Array
    weights: Array


class Plan:
    """In which order a tree's values are taken together, and where in tables things are."""

    def __init__(self, supports: Supports) -> None:
        self.form, self.holds = supports.form, supports.holds
        self.action_at = np.cumsum([0, *(len(names) for names in self.form.actions_of)])
        self.share_at = np.cumsum([0, *(len(row) for row in self.form.probabilities)])
        self.leaves = np.array([node for node in range(self.form.size) if not self.form.children[node]])
        self.levels = self._levels()
        ways = [steps for rows in supports.agent.telling_steps for steps in rows]
        self.way_steps = self._way_steps(ways)
        self.kinds = self._kinds()

    def _levels(self) -> list[_Nodes]:
        form, height = self.form, np.zeros(self.form.size, dtype=int)
        for node in range(form.size - 1, -1, -1):
            height[node] = 1 + max((height[child] for child in form.children[node]), default=-1)

        def kind(node: int) -> tuple[int, bool, int]:
            return int(height[node]), form.infoset_of[node] < 0, len(form.children[node])

        inner = sorted((node for node in range(form.size) if form.children[node]), key=kind)
        levels = []
        for (_, drawn, count), group in groupby(inner, key=kind):
            nodes = list(group)
            first = [self.share_at[node] if drawn else self.action_at[form.infoset_of[node]] for node in nodes]
            branches = np.array(first)[:, None] + np.arange(count)
            levels.append(_Nodes(drawn, np.array(nodes), np.array([form.children[node] for node in nodes]), branches))
        return levels

    def _way_steps(self, ways: list[tuple[Step, ...]]) -> Array:
        """Return the numbers of the steps of each way, in a table of actions, then branches, then a one."""
        one = self.action_at[-1] + self.share_at[-1]
        table = np.full((len(ways), max(map(len, ways), default=0)), one)
        for k, steps in enumerate(ways):
            for j, (place, branch, by_chance) in enumerate(steps):
                first = self.action_at[-1] + self.share_at[place] if by_chance else self.action_at[place]
                table[k, j] = first + branch
        return table

    def _kinds(self) -> list[_Sets]:
        form = self.form
        weight_at = np.cumsum([0, *map(len, form.nodes_of)])

        def kind(h: int) -> tuple[int, int]:
            return len(form.nodes_of[h]), len(form.actions_of[h])

        kinds = []
        choices = [h for h in range(len(form.nodes_of)) if len(form.actions_of[h]) > 1]
        for (count, _), group in groupby(sorted(choices, key=kind), key=kind):
            sets = list(group)
            children = np.array([[form.children[node] for node in form.nodes_of[h]] for h in sets])
            players = np.array([form.player_of[h] for h in sets])
            weights = weight_at[sets][:, None] + np.arange(count)
            kinds.append(_Sets(np.array(sets), players, children, weights))
        return kinds


class Bounds:
    """Bounds on values and on weights of beliefs in rows, from the supports still open."""

    def __init__(self, plan: Plan, tables: Tables, rows: Rows) -> None:
        self.plan, self.tables, self.rows = plan, tables, rows
        self.may = [(domain @ holds) for domain, holds in zip(rows.open, plan.holds, strict=True)]
        self.actions = np.concatenate([may.T for may in self.may])
        self.shares = tables.shares[:, rows.point]
        self.low, self.high = self._values()

    def _values(self) -> tuple[Array, Array]:
        """Return the least and the greatest value of each node, as (node, player, row)."""
        form, plan = self.plan.form, self.plan
        low = np.empty((form.size, len(form.players), len(self.rows)))
        low[plan.leaves] = self.tables.ends[:, :, self.rows.point]
        high = low.copy()
        for level in plan.levels:
            if level.drawn:
                shares = self.shares[level.branches][:, :, None]
                low[level.nodes], high[level.nodes] = (
                    (shares * side[level.children]).sum(axis=1) for side in (low, high)
                )
            else:
                open_ = self.actions[level.branches][:, :, None]
                low[level.nodes] = np.where(open_, low[level.children], np.inf).min(axis=1)
                high[level.nodes] = np.where(open_, high[level.children], -np.inf).max(axis=1)
        return low, high

    def fitting(self) -> list[Array]:
        """Return for each set which supports have only actions that may be optimal, as (row, support)."""
        weights = self._weights()
        fits: list[Array] = [np.ones_like(domain) for domain in self.rows.open]
        for kind in self.plan.kinds:
            for h, allowed in zip(kind.sets, self._allowed(kind, weights), strict=True):
                never = ~(self.may[h] & allowed.T)
                fits[h] = ~(never @ self.plan.holds[h].T)
        return fits

    def _allowed(self, kind: _Sets, weights: tuple[Array, Array]) -> Array:
        """Return which actions may be optimal for some values and beliefs within the bounds, as (set, action, row)."""
        count = kind.children.shape[2]
        better, worse = (np.array(side) for side in zip(*permutations(range(count), 2), strict=True))
        players = kind.players[:, None, None]
        gaps = self.high[kind.children[:, :, better], players] - self.low[kind.children[:, :, worse], players]
        slack = -self.tables.margins[kind.players][:, None, self.rows.point]
        good = gaps.max(axis=1) >= slack  # (set, pair of actions, row)
        if kind.children.shape[1] > 1:
            low, high = (side[kind.weights][:, :, None] for side in weights)
            best = np.maximum(high * gaps, low * gaps).sum(axis=1)
            good &= ~(low > 0).any(axis=1) | (best >= slack)
        return good.reshape(len(kind.sets), count, count - 1, -1).all(axis=2)

    def _weights(self) -> tuple[Array, Array]:
        """Return the least and the greatest weight of each node of each set."""
        one = np.ones((1, len(self.rows)))
        low, high = (
            np.concatenate([actions, self.shares, one])[self.plan.way_steps].prod(axis=1)
            for actions in (self._sure(), self.actions)
        )
        return low, high

    def _sure(self) -> Array:
        """Return which actions surely are the only ones of their sets."""
        alone = [domain.sum(axis=1) == 1 for domain in self.rows.open]
        pairs = zip(self.may, alone, strict=True)
        return np.concatenate([(may & (one & (may.sum(axis=1) == 1))[:, None]).T for may, one in pairs])
