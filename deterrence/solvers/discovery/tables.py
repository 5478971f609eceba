"""What a search over a cloud of parameter values needs: payoffs and chances at points, and over boxes."""

from __future__ import annotations

from typing import Any

import numpy as np

from deterrence.solvers.algebra.signs import Domain
from deterrence.solvers.discovery import affine
from deterrence.solvers.discovery.affine import Affine
from deterrence.solvers.supports.agent_form import AgentForm


class CloudTables:
    """The distinct payoffs and chances of an agent form, numbered, with their values or bounds.

    Attributes
    ----------
    payoffs, chances
        For each node the numbers of its payoffs by player, of its chances by branch.
    """

    def __init__(self, agent: AgentForm, domain: Domain) -> None:
        self.domain = domain
        self._numbers: dict[Any, int] = {}
        self.payoffs, self.chances = (
            [[self._numbers.setdefault(c, len(self._numbers)) for c in row] for row in rows]
            for rows in (agent.payoffs, agent.chances)
        )

    def at(self, unit_points: np.ndarray) -> Affine:
        """Return the values at points in unit coordinates."""
        points = self.domain.box.outward(unit_points)
        return Affine.stacked([affine.numbers(self._values(c, points)) for c in self._numbers])

    def _values(self, c: Any, points: np.ndarray) -> np.ndarray:
        if not hasattr(c, "ring"):
            if not hasattr(c, "numer"):
                return np.full(len(points), float(c))
            with np.errstate(all="ignore"):
                return np.asarray(self.domain.values(c.numer, points) / self.domain.values(c.denom, points))
        return self.domain.values(c, points)

    def over(self, low: np.ndarray, high: np.ndarray) -> Affine:
        """Return bounds over boxes in unit coordinates, given by their ends, one row a box."""
        middle, radius = (low + high) / 2, (high - low) / 2
        return Affine.stacked([self._bounds(c, middle, radius) for c in self._numbers])

    def _bounds(self, c: Any, middle: np.ndarray, radius: np.ndarray) -> Affine:
        if hasattr(c, "numer"):
            top, bottom = (self._expanded(part, middle, radius) for part in (c.numer, c.denom))
            return top if c.denom == 1 else affine.ratio(top, bottom)
        return self._expanded(c, middle, radius)

    def _expanded(self, p: Any, middle: np.ndarray, radius: np.ndarray) -> Affine:
        is_number = not hasattr(p, "ring")
        terms = [((0,) * middle.shape[1], float(p))] if is_number else self.domain.box.moved(p).float_terms
        return affine.polynomial(terms, middle, radius)
