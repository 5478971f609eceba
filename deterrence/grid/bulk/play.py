"""Play at rows of points: values of nodes, beliefs by Bayes' rule or free, and what each set gains by its actions."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from deterrence.grid.bulk.rows import Rows, Supports
from deterrence.grid.bulk.tables import Array, Tables
from deterrence.solvers.supports.agent_form import Step

BY_BAYES, FREE, TIED = 0, 1, 2
"""A belief is known, free between groups of nodes, or tied to one that is free."""
WITHIN = -2
"""The source of a belief that is known off the path since the same unplayed moves lead to all nodes."""


class Beliefs:
    """What the supports alone tell of beliefs, for rows in which every set has one.

    The rules are those of :meth:`~deterrence.solvers.supports.agent_form.AgentForm.systems`: on the path Bayes' rule,
    off it the belief at the latest earlier set that determines it, and else free weights for groups of nodes that the
    same unplayed moves lead to.
    """

    def __init__(self, supports: Supports, tables: Tables, rows: Rows) -> None:
        self.form, self.agent, self.count = supports.form, supports.agent, len(rows)
        self.tables, self.point = tables, rows.point
        chosen = [domain.argmax(axis=1) for domain in rows.open]
        self.plays = [holds[pick] for holds, pick in zip(supports.holds, chosen, strict=True)]
        self.kind = np.zeros((self.count, len(self.plays)), dtype=np.int8)
        self.source = np.full((self.count, len(self.plays)), -1, dtype=np.int16)
        for h in supports.order:
            self._judge(h)

    def possible(self, steps: Sequence[Step]) -> Array:
        """Tell in which rows steps are played or drawn, all of them."""
        played = np.ones(self.count, dtype=bool)
        for place, branch, by_chance in steps:
            played = played & (self._drawn(place, branch) if by_chance else self.plays[place][:, branch])
        return played

    def _drawn(self, node: int, branch: int) -> Array:
        return self.tables.chances[node][branch][self.point] > 0

    def _judge(self, h: int) -> None:
        """Find how the belief at a set comes about; sources are numbered by their place in the agent form."""
        if len(self.form.nodes_of[h]) == 1:
            return
        open_rows = ~np.logical_or.reduce([self.possible(steps) for steps in self.agent.telling_steps[h]])
        for number, (g, ways) in enumerate(self.agent.sources[h]):
            known, tied = self.kind[:, g] == BY_BAYES, self.kind[:, g] != BY_BAYES
            there = np.zeros(self.count, dtype=bool)
            for position, steps in ways:
                weighs = tied | self.weighs(g, position)
                there |= weighs & self.possible(steps)
            here = open_rows & there
            self.kind[here & tied, h] = TIED
            self.source[here & known, h] = number
            open_rows = open_rows & ~here
        codes = self.unplayed(h)
        alike = np.logical_and.reduce([code == codes[0] for code in codes])
        self.source[open_rows & alike, h] = WITHIN
        self.kind[open_rows & ~alike, h] = FREE

    def unplayed(self, h: int) -> list[Array]:
        """Return for each node of a set which of the steps that tell it apart are not taken, as a number."""
        ways = self.agent.telling_steps[h]
        bit = {step: 1 << k for k, step in enumerate(dict.fromkeys(step for way in ways for step in way))}
        return [
            sum((np.where(self.possible([step]), 0, bit[step]) for step in way), np.zeros(self.count, np.int64))
            for way in ways
        ]

    def weighs(self, h: int, position: int) -> Array:
        """Tell in which rows a known belief gives weight to a node of a set."""
        if len(self.form.nodes_of[h]) == 1:
            return np.ones(self.count, dtype=bool)
        own = self.possible(self.agent.telling_steps[h][position]) | (self.source[:, h] == WITHIN)
        for number, (g, ways) in enumerate(self.agent.sources[h]):
            before, steps = ways[position]
            by_source = self.weighs(g, before) & self.possible(steps)
            own = np.where(self.source[:, h] == number, by_source, own)
        return own

    @cached_property
    def reached(self) -> Array:
        """Which sets play reaches, as (row, set)."""
        way = self.ways
        columns = [np.logical_or.reduce([way[node] for node in nodes]) for nodes in self.form.nodes_of]
        return np.array(columns).T.reshape(self.count, len(columns))

    @cached_property
    def ways(self) -> list[Array]:
        """In which rows play reaches each node."""
        way = [np.ones(self.count, dtype=bool) for _ in range(self.form.size)]
        for node in range(self.form.size):
            h = self.form.infoset_of[node]
            for branch, child in enumerate(self.form.children[node]):
                way[child] = way[node] & (self.plays[h][:, branch] if h >= 0 else self._drawn(node, branch))
        return way

    def at(self, places: Array) -> Beliefs:
        """Return what is told of some of the rows."""
        part = object.__new__(Beliefs)
        part.form, part.agent, part.count = self.form, self.agent, len(places)
        part.plays = [rows[places] for rows in self.plays]
        part.kind, part.source = self.kind[places], self.source[places]
        part.tables, part.point = self.tables, self.point[places]
        return part


class Play:
    """What a profile is worth in rows: ``shares[h]`` are the probabilities of a set's actions, as (row, action)."""

    def __init__(self, beliefs: Beliefs, shares: Sequence[Array]) -> None:
        self.tables, self.point, self.beliefs, self.shares = beliefs.tables, beliefs.point, beliefs, shares
        self.form, self.agent = beliefs.form, beliefs.agent
        self._weights: dict[tuple[int, int], Array] = {}

    @cached_property
    def values(self) -> list[list[Array]]:
        """What each node is worth to each player."""
        form = self.form
        values: list[list[Array]] = [[] for _ in range(form.size)]
        for node in range(form.size - 1, -1, -1):
            children, h = form.children[node], form.infoset_of[node]
            if not children:
                values[node] = [array[self.point] for array in self.tables.payoffs[node]]
                continue
            steps = [self._step(h, node, branch) for branch in range(len(children))]
            values[node] = [
                sum(step * values[child][i] for step, child in zip(steps, children, strict=True))
                for i in range(len(form.players))
            ]
        return values

    @cached_property
    def reach(self) -> list[Array]:
        """The probability of reaching each node."""
        reach = [np.ones(len(self.point)) for _ in range(self.form.size)]
        for node in range(self.form.size):
            for branch, child in enumerate(self.form.children[node]):
                reach[child] = reach[node] * self._step(self.form.infoset_of[node], node, branch)
        return reach

    def _step(self, h: int, node: int, branch: int) -> Array:
        return self.shares[h][:, branch] if h >= 0 else self.tables.chances[node][branch][self.point]

    def product(self, steps: Sequence[Step]) -> Array:
        """Return the probability of steps, one after another."""
        total = np.ones(len(self.point))
        for place, branch, by_chance in steps:
            total = total * self._step(-1 if by_chance else place, place, branch)
        return total

    def weight(self, h: int, position: int) -> Array:
        """Return the weight of a node of a set where the belief there is known; it need not sum to one."""
        key = (h, position)
        if key not in self._weights:
            if len(self.form.nodes_of[h]) == 1:
                return np.ones(len(self.point))
            steps = self.agent.telling_steps[h][position]
            weight = self.product(steps)
            within = self.beliefs.source[:, h] == WITHIN
            weight = np.where(within, self.within(steps), weight) if within.any() else weight
            for number, (g, ways) in enumerate(self.agent.sources[h]):
                here = self.beliefs.source[:, h] == number
                if here.any():
                    before, steps = ways[position]
                    weight = np.where(here, self.weight(g, before) * self.product(steps), weight)
            self._weights[key] = weight
        return self._weights[key]

    def within(self, steps: Sequence[Step]) -> Array:
        """Return the probability of those of some steps that are played."""
        total = np.ones(len(self.point))
        for step in steps:
            total = total * np.where(self.beliefs.possible([step]), self.product([step]), 1.0)
        return total

    def gaps(self, h: int, a: int, b: int) -> list[Array]:
        """Return for each node of a set by how much one action is worth more there than another."""
        player, children = self.form.player_of[h], self.form.children
        return [
            self.values[children[node][a]][player] - self.values[children[node][b]][player] for node in self.nodes(h)
        ]

    def nodes(self, h: int) -> tuple[int, ...]:
        """Return the nodes of a set."""
        return self.form.nodes_of[h]
