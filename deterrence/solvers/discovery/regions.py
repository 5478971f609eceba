"""Where parameters satisfy several conditions at once: conjunctions in one form, and whether any value does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from deterrence.errors import ParameterError
from deterrence.solvers.algebra.signs import Domain, TooMuchWorkError
from deterrence.solvers.discovery.clauses import Atom, Branch
from deterrence.solvers.discovery.conditions import Conditions, decided, shortened, witness_of_clauses

Clause = tuple[Branch, ...]
"""Alternatives, of which one must hold."""
Region = frozenset[Clause]
"""Clauses that must all hold; with none, a region is the whole domain."""
EVERYWHERE: Region = frozenset()
FIRST = 60
"""So many certificates may be tried to shorten a condition."""


class ParameterRegions:
    """ParameterRegions of one domain, each decided and shortened once."""

    def __init__(self, domain: Domain, over: Callable[[], bool]) -> None:
        self.domain, self.over = domain, over
        self._conditions: dict[Region, Conditions] = {}
        self._shortened: dict[Region, Conditions] = {}
        self._admitted: dict[Region, bool] = {}

    def conditions(self, region: Region) -> Conditions:
        """Return a region with a point of it, or as empty where that is proved; with neither it stays open."""
        if region not in self._conditions:
            self._conditions[region] = self._decided(region)
        return self._conditions[region]

    def admits(self, region: Region) -> bool:
        """Tell whether the game may have the values at a region's point: assumptions need be no polynomials."""
        if region not in self._admitted:
            try:
                self.domain.game.at(self.conditions(region).witness)
            except ParameterError:
                self._admitted[region] = False
            else:
                self._admitted[region] = True
        return self._admitted[region]

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
        names = [symbol.name for symbol in self.domain.ring.symbols]
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

    Factors whose sign another clause tells are left out of products, what another clause implies is left out, and so
    is an alternative that another clause excludes. (At zeros of factors conditions may be met that were not before.)
    """
    known = _Known({}, set())
    left, grown = [list(clause) for clause in clauses], True
    while grown:
        reduced = [known.given(clause) for clause in left]
        if not all(clause is None or clause for clause in reduced):
            return None
        left = [clause for clause in reduced if clause is not None]
        single = [atom for clause in left if len(clause) == 1 for atom in clause[0]]
        grown = sum(map(known.learns, single)) > 0
        left = [clause for clause in left if len(clause) > 1] + [[(atom,)] for atom in dict.fromkeys(single)]
        if any((-polynomial, strict) in single for polynomial, strict in single):
            return None
    return frozenset([*known.clauses, *map(tuple, left)])


@dataclass
class _Known:
    """The signs of factors that conditions tell, and which of these factors are not zero."""

    signs: dict[Any, int]
    strict: set[Any]

    @property
    def clauses(self) -> Iterator[Clause]:
        """The conditions that tell them."""
        for factor, sign in self.signs.items():
            yield (((factor * sign, factor in self.strict),),)

    def learns(self, atom: Atom) -> bool:
        """Take in an atom of one factor; tell whether it is one."""
        sign, factors = _factors(atom[0])
        if len(factors) == 1:
            self.signs.setdefault(factors[0], sign)
        self.strict.update(factors if atom[1] else ())
        return len(factors) == 1

    def given(self, clause: Sequence[Branch]) -> list[Branch] | None:
        """Return the alternatives that are left, each without what is known; None where one is known to hold."""
        kept = []
        for branch in clause:
            atoms = list(map(self._reduced, branch))
            if False not in atoms:
                kept.append(tuple(atom for atom in atoms if not isinstance(atom, bool)))
        return None if () in kept else kept

    def _reduced(self, atom: Atom) -> Atom | bool:
        """Return an atom without the factors whose sign is known; whether it holds where no other is left."""
        sign, factors = _factors(atom[0])
        left = [factor for factor in factors if factor not in self.signs]
        for factor in factors:
            sign *= self.signs.get(factor, 1)
        if not left:
            return sign > 0
        product = left[0] * sign
        for factor in left[1:]:
            product = product * factor
        return product, atom[1]


def _factors(polynomial: Any) -> tuple[int, list[Any]]:
    """Return the sign of a polynomial's number, and its factors of odd power."""
    constant, factors = polynomial.factor_list()
    return (1 if constant > 0 else -1), [factor for factor, power in factors if power % 2]
