"""Conditions of two games over the parameter values that both admit: which implies which, and where they disagree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from math import inf
from typing import Any

import numpy as np

from deterrence.analysis.search.boundary_formulas import real_zeros
from deterrence.errors import ParameterError
from deterrence.games.expression import Exact, compile_condition, to_sympy
from deterrence.games.game import Game
from deterrence.games.parameter import Parameter
from deterrence.games.tree import End
from deterrence.solvers.algebra.relations import oriented_ratio
from deterrence.solvers.algebra.signs import Domain, TooMuchWorkError
from deterrence.solvers.discovery.clauses import Branch, absorbed, alternatives, conjunction, satisfying
from deterrence.solvers.discovery.conditions import Conditions, as_condition, decided, shortened
from deterrence.solvers.supports.closed_form import Parametric


class NotComparableError(TooMuchWorkError):
    """Raised when a condition is no comparison of ratios of polynomials in the parameters compared."""


@dataclass(frozen=True)
class Area:
    """A part of the admissible parameter values.

    Attributes
    ----------
    condition
        The part as a SymPy condition, but for its borders; None where it was not found.
    empty
        Whether it is proved that no values lie in it, those on borders apart: True, False (there are some), or None.
    share
        The share of values drawn evenly from the ranges that lie in it; None where the ranges have no ends.
    """

    condition: Any
    empty: bool | None
    share: float | None = None


class Frame:
    """The parameter values that two games admit, over which conditions of both are compared.

    Two conditions that differ only at borders, where payoffs tie, count as the same.
    """

    def __init__(self, games: tuple[Game, Game], names: Sequence[str]) -> None:
        self.names = tuple(names)
        self.parameters = tuple(_met([game.parameters.get(name) for game in games]) for name in names)
        held = [
            {p.expression: to_sympy(p.value) for p in game.parameter_list if p.name not in self.names} for game in games
        ]
        assumed = [c.xreplace(put) for game, put in zip(games, held, strict=True) for c in game.assumptions]
        payoffs: list[Any] = [abs(x) for game in games for row in game.numbers[0] for x in row]
        size = max(payoffs, default=1)
        free = [c for c in dict.fromkeys(assumed) if getattr(c, "free_symbols", ())]
        # A game of no choices, which holds what both games say of their parameters.
        frame = Game(("reader",), End("frame", (size,)), self.parameters, "what both games admit", "", tuple(free))
        self.game = frame
        self.domain = Domain(frame, Parametric.of(frame))

    # -- conditions ----------------------------------------------------------------------------------

    def ways(self, condition: Any) -> list[Branch]:
        """Return the ways in which a SymPy condition holds."""
        import sympy as sp

        if condition in (True, sp.true):
            return [()]
        if condition in (False, sp.false):
            return []
        if isinstance(condition, sp.Or):
            return absorbed(branch for part in condition.args for branch in self.ways(part))
        if isinstance(condition, sp.And):
            branches: list[Branch] = [()]
            for part in sorted((self.ways(part) for part in condition.args), key=len):
                branches = conjunction(branches, part, self.domain)
            return branches
        return self._ways_of_relation(condition)

    def _ways_of_relation(self, relation: Any) -> list[Branch]:
        import sympy as sp

        greater = isinstance(relation, (sp.GreaterThan, sp.StrictGreaterThan))
        if not greater and not isinstance(relation, (sp.LessThan, sp.StrictLessThan)):
            raise NotComparableError
        gap = relation.lhs - relation.rhs if greater else relation.rhs - relation.lhs
        element = self.domain.parametric.known_element(gap)
        if element is None:
            raise NotComparableError
        return alternatives(element, isinstance(relation, (sp.StrictGreaterThan, sp.StrictLessThan)), self.domain)

    def area(self, *clauses: Sequence[Branch]) -> Area:
        """Return where all clauses hold, each a list of alternatives; shortened, and proved empty where it is."""
        found = shortened(Conditions([list(clause) for clause in clauses], None), self.domain)
        if found.empty:
            import sympy as sp

            return Area(sp.false, True, 0.0)
        if found.witness is None:
            found = Conditions(found.clauses, decided(found, self.domain).witness)
        empty = False if found.witness is not None else None
        return Area(as_condition(_open(found), self.domain), empty, self._share(found.branches))

    def within(self, branches: Sequence[Branch], *others: Sequence[Branch]) -> Area:
        """Return where one condition holds and none of the others does."""
        return self.area(branches, *(clause for other in others for clause in opposite(other)))

    def _share(self, branches: Sequence[Branch]) -> float | None:
        if any(p.low is None or p.high is None for p in self.parameters):
            return None
        inside = np.zeros(len(self.domain.unit_samples), dtype=bool)
        for branch in branches:
            inside |= satisfying(branch, self.domain)
        return float(inside.mean())

    @property
    def points(self) -> int:
        """How many points were drawn for shares."""
        return len(self.domain.unit_samples)

    # -- formulas ------------------------------------------------------------------------------------

    def equal(self, one: Any, other: Any) -> bool:
        """Tell whether two formulas are proved to be the same number at all values."""
        import sympy as sp

        one, other = sp.sympify(one), sp.sympify(other)
        if one == other:
            return True
        element = self.domain.parametric.known_element(one - other)
        return element is not None and not element

    # -- along one parameter -------------------------------------------------------------------------

    def stretches(self, condition: Any, name: str) -> tuple[tuple[Any, Any, bool], ...]:
        """Return the parts of a parameter's range with whether the condition holds there, the others as they are now.

        An end is None where the range has none.
        """
        if condition is None:
            return ()
        moved = self.game.parameters[name]
        fixed = {p.expression: to_sympy(p.value) for p in self.parameters if p.name != name}
        inner = (-inf if moved.low is None else moved.low, inf if moved.high is None else moved.high)
        cuts = {cut for c in (condition, *self.game.assumptions) for cut in _zeros(c, fixed, *inner)}
        ends = [moved.low, *sorted(cuts), moved.high]
        pieces: list[tuple[Any, Any, bool]] = []
        for a, b in pairwise(ends):
            holds = self._holds(condition, name, _between(a, b))
            if holds is None:
                continue
            start = pieces.pop()[0] if pieces and pieces[-1][1:] == (a, holds) else a
            pieces.append((start, b, holds))
        return tuple(pieces)

    def formula(self, condition: Any, name: str, value: Any) -> Any:
        """Return a value at which a condition changes as a formula in other parameters; None where there is none."""
        import sympy as sp

        if isinstance(value, float):
            return None
        symbol = self.game.parameters[name].expression
        at = {p.expression: to_sympy(p.value) for p in self.parameters if p.name != name}
        for relation in sorted(condition.atoms(sp.core.relational.Relational), key=str):
            gap = sp.fraction(sp.together(relation.lhs - relation.rhs))[0]
            straight = gap.is_polynomial(symbol) and sp.degree(gap, symbol) == 1
            if straight and gap.free_symbols != {symbol} and gap.xreplace({**at, symbol: to_sympy(value)}) == 0:
                slope, rest = sp.Poly(gap, symbol).all_coeffs()
                element = self.domain.parametric.known_element(-rest / slope)
                return None if element is None else oriented_ratio(element, self.domain)
        return None

    def _holds(self, condition: Any, name: str, value: Any) -> bool | None:
        """Return whether a condition holds at a value of one parameter; None where assumptions fail."""
        try:
            values = self.game.at({name: value}).values
        except ParameterError:
            return None
        return self.holds(condition, values)

    def holds(self, condition: Any, values: Any = None) -> bool:
        """Tell whether a condition holds at values, by default the present ones."""
        return bool(compile_condition(condition)(self.game.values if values is None else values))


def _between(low: Any, high: Any) -> Exact:
    """Return a value between two, of which either may be missing."""
    if low is None:
        return Fraction(0) if high is None else Fraction(high) - 1
    return Fraction(low) + 1 if high is None else (Fraction(low) + Fraction(high)) / 2


def opposite(branches: Sequence[Branch]) -> list[list[Branch]]:
    """Return the opposite of a condition as clauses: in every one of its ways something must fail."""
    return [[((-polynomial, not strict),) for polynomial, strict in branch] for branch in branches]


def _open(conditions: Conditions) -> Conditions:
    """Return conditions without the points at which an atom is zero."""
    clauses = [[tuple((p, True) for p, _ in branch) for branch in clause] for clause in conditions.clauses]
    return Conditions(clauses, conditions.witness, conditions.whole)


def _zeros(condition: Any, fixed: Any, low: Any, high: Any) -> set[Any]:
    """Return where the sides of a condition's comparisons meet, or where they have no value."""
    import sympy as sp

    zeros: set[Any] = set()
    for relation in condition.atoms(sp.core.relational.Relational):
        for part in sp.fraction(sp.together((relation.lhs - relation.rhs).xreplace(fixed))):
            if part.free_symbols and part.is_polynomial():
                zeros |= real_zeros(sp.Poly(part), low, high)
    return zeros


def _met(pair: Sequence[Parameter | None]) -> Parameter:
    """Return a parameter with the range that both games admit, at the first game's value where both admit it."""
    one, *rest = [parameter for parameter in pair if parameter is not None]
    for other in rest:
        low = max((x for x in (one.low, other.low) if x is not None), default=None)
        high = min((x for x in (one.high, other.high) if x is not None), default=None)
        if low is not None and high is not None and low > high:
            raise ParameterError(
                f"No value of {one.name!r} is admissible in both games: {one.range} in the first, {other.range} in the "
                "second. Leave it out of parameters=[…]."
            )
        inside = [v for v in (one.value, other.value) if (low is None or v >= low) and (high is None or v <= high)]
        value = next((v for v in (*inside, low, high) if v is not None), one.value)
        one = replace(one, low=low, high=high, value=value, plausible=None)
    return one
