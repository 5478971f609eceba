"""Rows of the search for equilibria at many points: each is a point with the supports still open there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from deterrence.games.form import ExtensiveForm
from deterrence.grid.bulk.bounds import Bounds, Plan
from deterrence.grid.bulk.tables import Array, Tables
from deterrence.solvers.supports.agent_form import AgentForm
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
        self.plan = Plan(self)


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
        self.plan = supports.plan
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
            fits = Bounds(self.plan, self.tables, rows).fitting()
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
