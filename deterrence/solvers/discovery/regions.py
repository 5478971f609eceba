"""Where parameters satisfy several conditions at once: conjunctions in one form, and whether any value satisfies them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from deterrence.solvers.algebra.conditions import Branch, Conditions, decided, shortened, witness_of_clauses
from deterrence.solvers.algebra.signs import Domain, TooMuchWorkError

Clause = tuple[Branch, ...]
"""Alternatives, of which one must hold."""
Region = frozenset[Clause]
"""Clauses that must all hold; with none, a region is the whole domain."""
EVERYWHERE: Region = frozenset()
FIRST = 60
"""So many certificates may be tried to shorten a condition."""


class Regions:
    """Regions of one domain, each decided and shortened once."""

    def __init__(self, domain: Domain, over: Callable[[], bool]) -> None:
        self.domain, self.over = domain, over
        self._conditions: dict[Region, Conditions] = {}
        self._shortened: dict[Region, Conditions] = {}

    def conditions(self, region: Region) -> Conditions:
        """Return a region with a point of it, or as empty where that is proved; with neither it stays open."""
        if region not in self._conditions:
            self._conditions[region] = self._decided(region)
        return self._conditions[region]

    def _decided(self, region: Region) -> Conditions:
        clauses = [list(clause) for clause in sorted(region, key=lambda clause: (len(clause), str(clause)))]
        found = Conditions(clauses, witness_of_clauses(clauses, self.domain), whole=False)
        if _is_open(found):
            found = decided(found, self.domain)
        return self._shorter(found) if _is_open(found) else found

    def shortened(self, region: Region) -> Conditions:
        """Return the conditions of a region as short as they can be made, with a point of it."""
        if region not in self._shortened:
            found = self.conditions(region)
            self._shortened[region] = found if found.whole else self._shorter(found)
        return self._shortened[region]

    def sample(self) -> None:
        """Add the points known of regions to the domain's samples: those refute much that would be tried to prove."""
        points = [conditions.witness for conditions in self._conditions.values() if conditions.witness is not None]
        names = [parameter.name for parameter in self.domain.parameters]
        if points:
            self.domain.add_samples(np.array([self.domain.box.to_unit([at[name] for name in names]) for at in points]))

    def _shorter(self, found: Conditions) -> Conditions:
        """Return conditions factor by factor, shortened, or as they are where that takes too long or decides less."""
        try:
            with self.domain.limited(FIRST, self.over):
                shorter = shortened(found, self.domain)
        except TooMuchWorkError:
            return found
        return found if _is_open(shorter) else shorter


def _is_open(conditions: Conditions) -> bool:
    return conditions.witness is None and not conditions.empty


def region_of(clauses: Iterable[Iterable[Branch]]) -> Region | None:
    """Return the region of some clauses; None where two of them contradict each other as they stand.

    What another clause implies is left out, and so is an alternative that another clause excludes.
    """
    sure: dict[Any, bool] = {}
    left = [list(clause) for clause in clauses]
    grown = True
    while grown:
        for clause in left:
            for polynomial, strict in clause[0] if len(clause) == 1 else ():
                sure[polynomial] = sure.get(polynomial, False) or strict
        if any(-polynomial in sure for polynomial in sure) or not all(left):
            return None
        before = len(sure), left
        left = [_given(sure, clause) for clause in left if len(clause) > 1]
        left = [clause for clause in left if () not in clause]
        grown = before != (len(sure), left)
    return frozenset([*(((atom,),) for atom in sure.items()), *map(tuple, left)])


def _given(sure: Mapping[Any, bool], clause: Sequence[Branch]) -> list[Branch]:
    """Return the alternatives that are left, each without what is sure."""
    kept = []
    for branch in clause:
        if not any(-polynomial in sure for polynomial, _ in branch):
            kept.append(tuple(atom for atom in branch if sure.get(atom[0], -1) < atom[1]))
    return kept
