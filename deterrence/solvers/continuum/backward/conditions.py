"""Conditions on parameters: that polynomials are not negative, some together and some in the alternative.

Factors of a known sign are left out; alternatives that the others exclude, and conditions that follow from the others,
are found by linear programs over the admissible values, where they are linear. Equalities count as satisfied: on a
boundary between classes both are there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import inf
from typing import Any

from deterrence.solvers.continuum.backward.reading import Ratio, Reading

Atom = Any
"""A polynomial that must not be negative; True or False where that is known."""
ROOM = 1e-7
FAR = 1e4
"""A parameter without an end is looked at so far."""


@dataclass(frozen=True)
class Where:
    """Conditions that hold together, and alternatives: of each at least one holds."""

    together: tuple[Atom, ...]
    alternatives: tuple[tuple[Atom, ...], ...] = ()

    def as_expr(self) -> Any:
        """Return the condition as SymPy's."""
        import sympy as sp

        rows = [sp.Ge(a.as_expr(), 0) for a in self.together]
        return sp.And(*rows, *(sp.Or(*(sp.Ge(a.as_expr(), 0) for a in row)) for row in self.alternatives))


class Conditions:
    """What is known of the signs of polynomials in a game's parameters."""

    def __init__(self, reading: Reading, positive: Sequence[Any]) -> None:
        self.reading, self.field = reading, reading.field
        self.positive = tuple(positive)
        self.ranges: dict[int, tuple[Any, Any]] = {}
        for name in reading.parameters:
            parameter = reading.game.parameters[name]
            low = -inf if parameter.low is None else parameter.low
            self.ranges[reading.letters.index(name)] = low, inf if parameter.high is None else parameter.high

    def atom(self, ratio: Ratio) -> Atom:
        """Return the condition that a rational function is not negative."""
        if not ratio:
            return True
        sign, rest = 1, self.field.ring.one
        for side in (ratio.numer, ratio.denom):
            number, factors = side.factor_list()
            sign = -sign if number < 0 else sign
            for factor, power in factors:
                known = self._sign(factor)
                if known:
                    sign *= known**power
                elif power % 2:
                    rest = rest * factor
        return sign > 0 if rest == self.field.ring.one else rest * sign

    def _sign(self, factor: Any) -> int:
        """Return the sign of a factor over all admissible values; 0 where it changes or is not seen."""
        if factor in self.positive or -factor in self.positive:
            return 1 if factor in self.positive else -1
        low, high = self._span(factor)
        return 1 if low >= 0 else -1 if high <= 0 else 0

    def _span(self, polynomial: Any) -> tuple[Any, Any]:
        """Return bounds on a polynomial over the admissible values, term by term."""
        total: tuple[Any, Any] = (Fraction(0), Fraction(0))
        for powers, c in polynomial.terms():
            span: tuple[Any, Any] = (c, c)
            for k, power in enumerate(powers):
                for _ in range(power):
                    ends = [_product(x, y) for x in span for y in self.ranges.get(k, (-inf, inf))]
                    span = min(ends), max(ends)
            total = total[0] + span[0], total[1] + span[1]
        return total

    # -- together ------------------------------------------------------------------------------------------

    def where(self, together: Iterable[Atom], alternatives: Iterable[Sequence[Atom]]) -> Where | None:
        """Return conditions in a short form; None where there is no room for them all."""
        own = [a for a in dict.fromkeys(together) if a is not True]
        rows = [tuple(dict.fromkeys(row)) for row in alternatives]
        if any(a is False for a in own) or not self.room(own):
            return None
        changed = True
        while changed:
            changed = False
            kept = []
            for row in dict.fromkeys(rows):
                if any(a is True or a in own or self.follows(a, own) for a in row):
                    continue
                left = tuple(a for a in row if a is not False and self.room([*own, a]))
                if not left:
                    return None
                if len(left) == 1:
                    own.append(left[0])
                    changed = True
                else:
                    kept.append(left)
            rows = kept
        if not self.room(own):
            return None
        return Where(tuple(self._needed(own)), tuple(rows))

    def _needed(self, own: Sequence[Atom]) -> list[Atom]:
        kept = list(own)
        for atom in own:
            rest = [a for a in kept if a is not atom]
            if self.follows(atom, rest):
                kept = rest
        return kept

    def follows(self, atom: Atom, own: Sequence[Atom]) -> bool:
        """Return whether a linear condition holds wherever others do."""
        if atom is True or atom is False:
            return bool(atom)
        return atom.total_degree == 1 and not self.room([*own, -atom])

    def room(self, atoms: Sequence[Atom]) -> bool:
        """Return whether some admissible values satisfy the linear ones of some conditions, with room to spare."""
        import numpy as np
        from scipy.optimize import linprog

        letters = list(self.ranges)
        rows, right = [], []
        for atom in (*(a for a in atoms if a is not True), *self.positive):
            if atom is False:
                return False
            if atom.total_degree > 1:
                continue
            c = dict(atom.terms())
            units = [tuple(int(i == k) for i in range(len(self.reading.letters))) for k in letters]
            row = [float(c.get(unit, 0)) for unit in units]
            level = float(c.get((0,) * len(self.reading.letters), 0))
            size = max(map(abs, row), default=0.0)
            if size == 0:
                if level < 0:
                    return False
                continue
            rows.append([*(-x / size for x in row), 1.0])
            right.append(level / size)
        spans = [(max(float(a), -FAR), min(float(b), FAR)) for a, b in self.ranges.values()]
        if not rows:
            return True
        found = linprog(
            [*([0.0] * len(letters)), -1.0], A_ub=np.array(rows), b_ub=np.array(right), bounds=[*spans, (None, 1.0)]
        )
        return bool(found.status == 0 and -found.fun > ROOM)


def _product(x: Any, y: Any) -> Any:
    return Fraction(0) if x == 0 or y == 0 else x * y
