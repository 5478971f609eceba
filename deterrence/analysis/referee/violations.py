"""When a profile, written with formulas, is no equilibrium; and when it is one: as alternatives of conditions.

Play is given, so that what optimality asks is linear in the beliefs off its path. That no beliefs will do is then, by
Motzkin's theorem on linear inequalities, that some multipliers exist: the same kind of statement, of more unknowns.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count
from typing import Any

from deterrence.analysis.referee.explained import known, pattern_of
from deterrence.analysis.referee.ground import FIRST_MULTIPLIER, Case, Ground, NotRationalError, Row, joined, negated
from deterrence.solvers.algebra import polynomials as poly
from deterrence.solvers.algebra.polynomials import Polynomial

MOST_ALTERNATIVES = 2_000


class PlayConditions:
    """What makes a profile an equilibrium on a ground, and what breaks it.

    Raises
    ------
    NotRationalError
        If a formula of the profile is no ratio of polynomials, or a condition is not linear in beliefs.
    """

    def __init__(self, ground: Ground, behaviour: Sequence[tuple[Any, ...]]) -> None:
        self.ground = ground
        self.rows = [tuple(map(ground.element, row)) for row in behaviour]
        agent = ground.agent
        self.systems = [self._put_in(system) for system in agent.systems(pattern_of(behaviour))]
        self._numbers = count(FIRST_MULTIPLIER)

    def _put_in(self, system: Any) -> list[Row]:
        agent = self.ground.agent
        parts = ((system.equations, "="), (system.weak, ">="), (system.strict, ">"))
        rows = [Row(known(agent, p, self.rows), relation) for polynomials, relation in parts for p in polynomials]
        if not all(poly.is_linear(row.polynomial) for row in rows):
            raise NotRationalError
        return [row for row in rows if not self._always(row)]

    @staticmethod
    def _always(row: Row) -> bool:
        """Tell whether a row says nothing: zero is zero, or not negative."""
        return not row.polynomial and row.relation != ">"

    @property
    def _shares(self) -> list[Row]:
        """The formulas that must not be negative, to be probabilities."""
        varying = {p: None for row in self.rows for p in row if not (p.numer.is_ground and p.denom.is_ground)}
        return [Row({(): p}, ">=") for p in varying]

    def no_probabilities(self) -> list[Case]:
        """Return when a formula is no probability: when it is negative, or divides by zero."""
        below = [case for row in self._shares for case in negated(row)]
        bottoms = dict.fromkeys(p.denom for row in self.rows for p in row if not p.denom.is_ground)
        return [*below, *((Row({(): self.ground.field.of(bottom)}, "="),) for bottom in bottoms)]

    def broken(self) -> Iterator[Case]:
        """Yield when the profile is no equilibrium: no way to tie beliefs leaves any that make it one."""
        # What strictly mixed play asks of its probabilities fails where these are 0 or 1, and the play is another.
        ways = [self._refuted(system) for system in self.systems]
        total = 1
        for alternatives in ways:
            total *= len(alternatives)
        if total > MOST_ALTERNATIVES:
            raise NotRationalError
        yield from joined(*ways)

    def _refuted(self, system: Sequence[Row]) -> list[Case]:
        """Return when no unknowns satisfy a system."""
        if any(not row.polynomial for row in system):  # zero is to be positive
            return [()]
        plain = [row for row in system if poly.is_constant(row.polynomial)]
        alternatives = [case for row in plain if row.relation != ">" for case in negated(row)]
        linked = [row for row in system if not poly.is_constant(row.polynomial)]
        return [*alternatives, *self._motzkin(linked)] if linked else alternatives

    def _motzkin(self, rows: Sequence[Row]) -> list[Case]:
        """Return when rows that are linear in unknowns have no solution: multipliers of the rows show it.

        Weighted and summed, the unknowns cancel, and what is left is negative; or not positive, with a strict row among
        those that weigh.
        """
        unknowns = sorted({v for row in rows for v in poly.variables(row.polynomial)})
        weights = [next(self._numbers) for _ in rows]
        one = self.ground.field.one
        conditions = [Row({(w,): one}, ">=") for w, row in zip(weights, rows, strict=True) if row.relation != "="]
        conditions += [Row(self._weighed(rows, weights, (v,)), "=") for v in unknowns]
        rest = self._weighed(rows, weights, ())
        minus = {m: -c for m, c in rest.items()}
        cases: list[Case] = [(*conditions, Row(minus, ">"))]
        strict = [w for w, row in zip(weights, rows, strict=True) if row.relation == ">"]
        if strict:
            total: Polynomial = {(w,): one for w in strict}
            cases.append((*conditions, Row(minus, ">="), Row(total, ">")))
        return cases

    @staticmethod
    def _weighed(rows: Sequence[Row], weights: Sequence[int], monomial: tuple[int, ...]) -> Polynomial:
        return {
            (w,): row.polynomial[monomial] for w, row in zip(weights, rows, strict=True) if row.polynomial.get(monomial)
        }

    def upheld(self) -> list[Case]:
        """Return when the profile is an equilibrium: some way to tie beliefs leaves some that make it one."""
        return [(*self._shares, *system) for system in self.systems]
