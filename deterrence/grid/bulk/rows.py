"""Rows of the search for equilibria at many points: each is a point with the supports still open there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from deterrence.games.form import ExtensiveForm
from deterrence.grid.bulk.tables import Array, Tables
from deterrence.solvers.supports.agent_form import AgentForm, Step
from deterrence.solvers.supports.search import supports_of


class Supports:
    """The supports of each information set, by number, and what they let happen."""

    def __init__(self, form: ExtensiveForm, agent: AgentForm) -> None:
        self.form, self.agent = form, agent
        self.of = [supports_of(range(len(names)), len(names)) for names in form.actions_of]
        self.holds = [
            np.array([[a in support for a in range(len(names))] for support in supports])
            for supports, names in zip(self.of, form.actions_of, strict=True)
        ]
        self.order = agent.order


@dataclass(eq=False)
class Rows:
    """Points, by number, each with the supports still open at every information set, as (row, support)."""

    point: Array
    open: list[Array]

    def __len__(self) -> int:
        return len(self.point)

    def at(self, places: Array) -> Rows:
        """Return some of the rows."""
        return Rows(self.point[places], [domain[places] for domain in self.open])


class RowSearch:
    """The search over supports at many points at once.

    Every row has its own supports: those that bounds on values and beliefs rule out are struck, by more than a margin
    above rounding, and where several are left at a set the row is split. What remains may be an equilibrium; nothing
    else can. It is the search of :class:`~deterrence.solvers.supports.search.SupportSearch`, a row for a visit.
    """

    def __init__(self, supports: Supports, tables: Tables, most: int) -> None:
        self.supports, self.tables, self.form, self.most = supports, tables, supports.form, most
        self.crowded = np.zeros(tables.count, dtype=bool)

    def patterns(self, points: Array) -> Iterator[Rows]:
        """Yield rows with one support left at each set; points with too many rows are ``crowded`` instead."""
        full = [np.ones((len(points), len(supports)), dtype=bool) for supports in self.supports.of]
        rows = Rows(points, full)
        while len(rows):
            rows = self._struck(rows)
            counts = np.array([domain.sum(axis=1) for domain in rows.open]).reshape(len(rows.open), len(rows))
            done = (counts == 1).all(axis=0)
            if done.any():
                yield rows.at(done)
            rows = self._split(rows.at(~done), counts[:, ~done])

    def _split(self, rows: Rows, counts: Array) -> Rows:
        """Split each row at its set with the fewest supports left, the earliest of those."""
        if not len(rows):
            return rows
        order = np.array(self.supports.order)
        choice = order[np.argmin(np.where(counts == 1, counts.max() + 1, counts)[order], axis=0)]
        parts = []
        for h in np.unique(choice):
            here = np.flatnonzero(choice == h)
            place, support = np.nonzero(rows.open[h][here])
            part = rows.at(here[place])
            part.open[h] = np.eye(rows.open[h].shape[1], dtype=bool)[support]
            parts.append(part)
        point = np.concatenate([part.point for part in parts])
        split = Rows(point, [np.concatenate(domains) for domains in zip(*(part.open for part in parts), strict=True)])
        self.crowded |= np.bincount(point, minlength=len(self.crowded)) > self.most
        return split.at(~self.crowded[split.point])

    # -- bounds ------------------------------------------------------------------------------------

    def _struck(self, rows: Rows) -> Rows:
        """Strike supports until nothing changes; rows in which a set has none left fall away."""
        settled: list[Rows] = []
        while len(rows):
            fits = _Bounds(self, rows).fitting()
            changed = np.zeros(len(rows), dtype=bool)
            alive = np.ones(len(rows), dtype=bool)
            for h, fit in enumerate(fits):
                remaining = rows.open[h] & fit
                changed |= (remaining != rows.open[h]).any(axis=1)
                alive &= remaining.any(axis=1)
                rows.open[h] = remaining
            settled.append(rows.at(alive & ~changed))
            rows = rows.at(alive & changed)
        if not settled:
            return rows
        return Rows(
            np.concatenate([part.point for part in settled]),
            [np.concatenate(domains) for domains in zip(*(part.open for part in settled), strict=True)],
        )


class _Bounds:
    """Bounds on values and on weights of beliefs in rows, from the supports still open."""

    def __init__(self, search: RowSearch, rows: Rows) -> None:
        self.form, self.tables, self.supports, self.rows = search.form, search.tables, search.supports, rows
        self.may = [(domain @ holds) for domain, holds in zip(rows.open, self.supports.holds, strict=True)]
        alone = [domain.sum(axis=1) == 1 for domain in rows.open]
        self.sure = [may & (one & (may.sum(axis=1) == 1))[:, None] for may, one in zip(self.may, alone, strict=True)]
        self._gathered: dict[int, Array] = {}
        self.low, self.high = self._values()

    def _at(self, array: Array) -> Array:
        """Return what an array over the points is in the rows."""
        if id(array) not in self._gathered:
            self._gathered[id(array)] = array[self.rows.point]
        return self._gathered[id(array)]

    def _values(self) -> tuple[list[list[Array]], list[list[Array]]]:
        form = self.form
        low: list[list[Array]] = [[] for _ in range(form.size)]
        high: list[list[Array]] = [[] for _ in range(form.size)]
        for node in range(form.size - 1, -1, -1):
            children, h = form.children[node], form.infoset_of[node]
            if not children:
                low[node] = high[node] = [self._at(array) for array in self.tables.payoffs[node]]
            elif h < 0:
                shares = [self._at(array) for array in self.tables.chances[node]]
                low[node], high[node] = (self._drawn(shares, [side[c] for c in children]) for side in (low, high))
            else:
                ruled_out = [~self.may[h][:, a] for a in range(len(children))]
                low[node] = self._end(np.minimum, np.inf, ruled_out, [low[c] for c in children])
                high[node] = self._end(np.maximum, -np.inf, ruled_out, [high[c] for c in children])
        return low, high

    @staticmethod
    def _drawn(shares: list[Array], below: list[list[Array]]) -> list[Array]:
        return [sum(share * row[i] for share, row in zip(shares, below, strict=True)) for i in range(len(below[0]))]

    @staticmethod
    def _end(end: np.ufunc, never: float, ruled_out: list[Array], below: list[list[Array]]) -> list[Array]:
        found = []
        for i in range(len(below[0])):
            kept = [np.where(out, never, row[i]) for out, row in zip(ruled_out, below, strict=True)]
            found.append(end.reduce(kept) if len(kept) > 2 else end(*kept) if len(kept) == 2 else kept[0])
        return found

    def fitting(self) -> list[Array]:
        """Return for each set which supports have only actions that may be optimal, as (row, support)."""
        fits = []
        for h, holds in enumerate(self.supports.holds):
            if len(self.rows) and (self.rows.open[h].sum(axis=1) == 0).all():
                fits.append(self.rows.open[h])
                continue
            never = ~self._allowed(h)
            fits.append(~(never @ holds.T))
        return fits

    def _allowed(self, h: int) -> Array:
        """Return which actions may be optimal for some values and beliefs within the bounds, as (row, action)."""
        form, player = self.form, self.form.player_of[h]
        slack = -self._at(self.tables.margin[player])
        children = [form.children[node] for node in form.nodes_of[h]]
        weights = [self._weight(steps) for steps in self.supports.agent.telling_steps[h]]
        reached = np.logical_or.reduce([low > 0 for low, _ in weights])
        allowed: Array = self.may[h].copy()
        for a in range(len(form.actions_of[h])):
            for b in range(len(form.actions_of[h])):
                if a != b:
                    gaps = [self.high[below[a]][player] - self.low[below[b]][player] for below in children]
                    allowed[:, a] &= self._may_beat(gaps, weights, slack, reached)
        return allowed

    @staticmethod
    def _may_beat(gaps: list[Array], weights: list[tuple[Array, Array]], slack: Array, reached: Array) -> Array:
        if len(gaps) == 1:
            return gaps[0] >= slack
        somewhere = np.maximum.reduce(gaps) >= slack
        best = sum(np.where(gap > 0, high * gap, low * gap) for gap, (low, high) in zip(gaps, weights, strict=True))
        return somewhere & (~reached | (best >= slack))

    def _weight(self, steps: tuple[Step, ...]) -> tuple[Array, Array]:
        low = high = np.ones(len(self.rows))
        for place, branch, by_chance in steps:
            if by_chance:
                share = self._at(self.tables.chances[place][branch])
                low, high = low * share, high * share
            else:
                low, high = low * self.sure[place][:, branch], high * self.may[place][:, branch]
        return low, high
