"""Conditions that hold exactly where they say: boundaries count, as strict dominance fails where payoffs are equal.

A condition is a conjunction of clauses; a clause lists alternatives, each some polynomials that are positive (or not
negative) together. What is proved to hold over the declared ranges and assumptions is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from deterrence.solvers.algebra.relations import plain_relation, relation
from deterrence.solvers.algebra.signs import Domain

Atom = tuple[Any, bool]
"""A polynomial that is not negative, or positive where the flag is set."""
Clause = tuple[tuple[Atom, ...], ...]
MOST_ATOMS = 24
"""Of more comparisons not each is tested against the others."""
MOST_PROOFS = 150
"""So many proofs are tried in all; what they would leave out of a condition then stays in it."""
SHARES = (Fraction(1), Fraction(1, 2), Fraction(1, 100))


class Exact:
    """Simplifies clauses over the declared ranges of a game, without giving up a boundary."""

    def __init__(self, domain: Domain) -> None:
        self.domain = domain
        self._verdicts: dict[Atom, bool | None] = {}
        self._proofs = 0

    # -- one comparison ------------------------------------------------------------------------------

    def verdict(self, atom: Atom) -> bool | None:
        """Tell whether a comparison is proved to hold everywhere, or nowhere; None where neither."""
        if atom not in self._verdicts:
            self._verdicts[atom] = self._verdict(*atom)
        return self._verdicts[atom]

    def _verdict(self, polynomial: Any, strict: bool) -> bool | None:
        if polynomial.is_ground:
            number = polynomial.LC if polynomial else 0
            return bool(number > 0 or (number == 0 and not strict))
        signs = self.domain.sample_signs(polynomial)
        if not (signs < 0).any() and (self._above_zero(polynomial) if strict else self._not_negative(polynomial)):
            return True
        never = not (signs > 0).any() and (self._not_negative(-polynomial) if strict else self._above_zero(-polynomial))
        return False if never else None

    def _not_negative(self, polynomial: Any, known: Sequence[Any] = ()) -> bool:
        """Tell whether it is proved that a polynomial is nowhere negative where known ones are not."""
        if not known and self.domain.quick_sign(polynomial) == 1:
            return True
        self._proofs += 1
        return self._proofs <= MOST_PROOFS and self.domain.never_negative(polynomial, known)

    def _above_zero(self, polynomial: Any) -> bool:
        """Tell whether it is proved that a polynomial stays above some positive number."""
        least = float(np.min(self.domain.values(polynomial)))
        if least <= 0:
            return False
        size = Fraction(least).limit_denominator(10**6) or Fraction(1, 10**6)
        ring = self.domain.ring
        return any(self._not_negative(polynomial - ring.constant(size * share)) for share in SHARES)

    # -- odds ----------------------------------------------------------------------------------------

    def is_zero_now(self, gap: Any) -> bool:
        """Tell whether a rational function is zero at the present parameter values."""
        numer = self.domain.parametric.lifted(gap).numer
        present = {p.expression: p.value for p in self.domain.parameters if p is not None}
        return not numer.is_ground and bool(numer.as_expr().subs(present) == 0)

    def nonnegative_factors(self, odds: Any) -> list[Any]:
        """Return the factors of a probability, each turned so that it is proved to be nowhere negative."""
        factors = [factor for factor, _ in self.domain.parametric.lifted(odds).numer.factor_list()[1]]
        turned = (next((f for f in (factor, -factor) if self._not_negative(f)), None) for factor in factors)
        return [factor for factor in turned if factor is not None]

    def divides(self, factor: Any, gap: Any) -> bool:
        """Tell whether a polynomial divides the numerator of a rational function."""
        numer = self.domain.parametric.lifted(gap).numer
        return not numer or any(factor in (f, -f) for f, _ in numer.factor_list()[1])

    def quotient(self, gap: Any, factor: Any) -> Any:
        """Return a rational function divided by a polynomial that divides it."""
        return self.domain.parametric.lifted(gap) / self.domain.parametric.lifted(factor)

    # -- clauses -------------------------------------------------------------------------------------

    def atom(self, gap: Any, strict: bool) -> Clause:
        """Return the clause that a rational function is positive (or not negative), by its factors where that is exact.

        A factor whose sign is proved, zero excluded, is left out.
        """
        element = self.domain.parametric.lifted(gap)
        polynomial = element.numer * element.denom
        if polynomial.is_ground:
            return ((),) if self.verdict((polynomial, strict)) else ()
        constant, factors = polynomial.factor_list()
        left = polynomial.ring.one if constant > 0 else -polynomial.ring.one
        for factor, power in factors:
            up, down = self.verdict((factor, True)), self.verdict((-factor, True))
            if not up and not down:
                left = left * factor**power
            elif down and power % 2:
                left = -left
        return self.simple((((left, strict),),))

    def simple(self, clause: Iterable[tuple[Atom, ...]]) -> Clause:
        """Return a clause without what is proved to hold, and without alternatives that are proved never to hold."""
        ways: list[tuple[Atom, ...]] = []
        for way in clause:
            verdicts = {atom: self.verdict(atom) for atom in way}
            if False in verdicts.values():
                continue
            kept = tuple(atom for atom, verdict in verdicts.items() if verdict is None)
            if not kept:
                return ((),)
            ways.append(kept)
        return tuple(dict.fromkeys(ways))

    def any_of(self, *clauses: Clause) -> Clause:
        """Return the clause that one of some clauses holds."""
        return self.simple(way for clause in clauses for way in clause)

    def both(self, one: Clause, other: Clause) -> Clause:
        """Return the clause that two clauses hold together."""
        return self.simple(tuple(dict.fromkeys((*a, *b))) for a in one for b in other)

    def shortened(self, clauses: Iterable[Clause]) -> tuple[Clause, ...]:
        """Return the same condition without clauses that others imply; one empty clause where it cannot hold."""
        open_ones = [clause for clause in dict.fromkeys(clauses) if () not in clause]
        if () in open_ones:
            return ((),)
        open_ones = [clause for clause in open_ones if not any(_within(other, clause) for other in open_ones)]
        single = [clause for clause in open_ones if len(clause) == 1]
        if len(open_ones) > MOST_ATOMS:
            return tuple(open_ones)
        for clause in sorted(single, key=lambda c: -sum(len(p.terms()) for p, _ in c[0])):
            others = [atom for other in single if other != clause for atom in other[0]]
            if all(self._implied(atom, others) for atom in clause[0]):
                single = [other for other in single if other != clause]
        return tuple(clause for clause in open_ones if len(clause) > 1 or clause in single)

    def _implied(self, atom: Atom, others: Sequence[Atom]) -> bool:
        """Tell whether other comparisons are proved to imply one, strictly where it is strict."""
        polynomial, strict = atom
        known = [p for p, _ in others]
        inside = np.ones(len(self.domain.unit_samples), dtype=bool)
        for p in known:
            inside &= self.domain.sample_signs(p) > 0
        if (self.domain.sample_signs(polynomial)[inside] < 0).any() or not others:
            return False
        if not strict:
            return self._not_negative(polynomial, known)
        positive = [p for p, above in others if above]
        constant = self.domain.ring.constant
        return any(self._not_negative(polynomial - p * constant(share), known) for p in positive for share in SHARES)

    # -- in expressions ------------------------------------------------------------------------------

    def written(self, clauses: Iterable[Clause]) -> Any:
        """Return clauses as a SymPy condition."""
        import sympy as sp

        return sp.And(*(sp.Or(*(sp.And(*map(self._relation, way)) for way in clause)) for clause in clauses))

    def _relation(self, atom: Atom) -> Any:
        related = relation if len(atom[0].factor_list()[1]) == 1 else plain_relation
        return related(atom[0], self.domain, strict=atom[1])


def _within(other: Clause, clause: Clause) -> bool:
    """Tell whether a clause plainly implies another one: each of its ways asks for all that a way of the other asks."""
    return other != clause and all(any(set(mine) <= set(way) for mine in clause) for way in other)
