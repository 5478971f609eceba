"""The parameter values over which a claim is judged, and whether conditions have a point in common there.

Conditions are polynomials in the parameters and in further unknowns (beliefs, multipliers, what is free in a class).
The decision procedure either finds a point or shows that there is none; see ``solvers/algebra/decisions.py``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Any

from deterrence.games.expression import Exact, is_symbolic
from deterrence.games.game import Game
from deterrence.solvers.algebra import decisions
from deterrence.solvers.algebra import polynomials as poly
from deterrence.solvers.algebra.functions import RationalFunctions
from deterrence.solvers.algebra.polynomials import Polynomial
from deterrence.solvers.algebra.signs import Domain
from deterrence.solvers.supports.agent_form import AgentForm
from deterrence.solvers.supports.closed_form import Parametric

STEPS = 4_000_000
"""z3's own count of its work for one question: about a second."""
MOST_CASES, MOST_COMPARISONS = 256, 12
"""A condition of more alternatives, or of more comparisons, is not written out."""
FIRST_MULTIPLIER = 10**6
"""Unknowns from this number on are multipliers; those before are an agent form's beliefs."""


class NotRationalError(Exception):
    """Raised where a condition is no comparison of ratios of polynomials, so that nothing can be proved of it."""


class UndecidedError(Exception):
    """Raised where the exact solution at a point does not tell whether a claim is true there."""


@dataclass(frozen=True, slots=True)
class Row:
    """A condition: a polynomial in unknowns, with ratios of polynomials in the parameters, compared with zero."""

    polynomial: Polynomial
    relation: str


Case = tuple[Row, ...]
"""Conditions that hold together."""


@dataclass(frozen=True, slots=True)
class Found:
    """What was decided: True with values by name, False, or None; multipliers and beliefs are left out."""

    verdict: bool | None
    values: Mapping[str, Exact] = field(default_factory=dict)


class Ground:
    """A game's parameters with their ranges and assumptions, some of them held at their present values."""

    def __init__(self, game: Game, names: Sequence[str] | None = None, free: Sequence[Any] = ()) -> None:
        self.game = game
        self.parametric = Parametric.of(game, names)
        own = self.parametric.field.ring.symbols
        self.free = tuple(free)
        self.field = RationalFunctions([*own, *free]) if free else self.parametric.field
        self._domain = Domain(game, self.parametric)

    @cached_property
    def agent(self) -> AgentForm:
        """The game's agent form, with payoffs and chances in the field of the ground."""
        agent = self.parametric.agent
        payoffs, chances = ([tuple(map(self._lifted, row)) for row in rows] for rows in (agent.payoffs, agent.chances))
        return AgentForm(agent.form, payoffs, chances, self.field.one)

    def _lifted(self, c: Any) -> Any:
        """Return an element of the parameters' own field, or a polynomial or number, in the field of the ground."""
        element = self.parametric.lifted(c)
        return element if not self.free else self._widened(element.numer) / self._widened(element.denom)

    def _widened(self, polynomial: Any) -> Any:
        pad = (0,) * len(self.free)
        return self.field.of(self.field.ring.from_terms({(*powers, *pad): c for powers, c in polynomial.terms()}))

    def element(self, value: Any) -> Any:
        """Return a number or expression as a ratio of polynomials; raise NotRationalError where it is none."""
        if not is_symbolic(value):
            return self.field.of(Fraction(value))
        import sympy as sp

        inside = self.parametric._at_fixed(sp.sympify(value)).xreplace(self.parametric.atoms)
        if inside.has(sp.zoo, sp.nan, sp.oo):
            raise NotRationalError
        try:
            return self.field.from_expr(sp.together(inside))
        except ValueError:
            raise NotRationalError from None

    # -- conditions ----------------------------------------------------------------------------------

    def cases(self, condition: Any) -> list[Case]:
        """Return a condition on the parameters as alternatives; raise NotRationalError where it is another one."""
        import sympy as sp

        condition = sp.sympify(condition)
        if len(condition.atoms(sp.core.relational.Relational)) > MOST_COMPARISONS:
            raise NotRationalError
        branches = sp.Or.make_args(sp.to_dnf(_without_inequations(condition)))
        if len(branches) > MOST_CASES:
            raise NotRationalError
        return [tuple(map(self._row, sp.And.make_args(b))) for b in branches if b != sp.false]

    def _row(self, part: Any) -> Row:
        import sympy as sp

        if part == sp.true:
            return Row({(): self.field.one}, ">")
        relations = {sp.Ge: ">=", sp.Le: ">=", sp.Gt: ">", sp.Lt: ">", sp.Eq: "="}
        relation = next((sign for kind, sign in relations.items() if isinstance(part, kind)), None)
        if relation is None:
            raise NotRationalError
        sides = (part.lhs, part.rhs) if relation == "=" else (part.gts, part.lts)
        gap = self.element(sides[0]) - self.element(sides[1])
        return Row({(): gap} if gap else {}, relation)

    # -- decisions -----------------------------------------------------------------------------------

    def decide(self, case: Case) -> Found:
        """Tell whether some admissible parameter values, and unknowns, satisfy conditions together."""
        rows = [*case, *self._assumed]
        unknowns = sorted({v for row in rows for v in poly.variables(row.polynomial)})
        conditions, equations = [], []
        for row in rows:
            terms = self._terms(row.polynomial, unknowns)
            if row.relation == "=":
                equations.append(terms)
            else:
                conditions.append((terms, row.relation == ">"))
        low, high = ([*ends, *([None] * len(unknowns))] for ends in self._ends)
        decision = decisions.decide(conditions, low, high, equations, STEPS)
        if decision.verdict is not True:
            return Found(decision.verdict)
        if self.parametric.atoms:  # parts that are functions stood as unknowns
            return Found(None)
        values: dict[str, Any] = dict(zip(map(str, self.field.ring.symbols), decision.point, strict=False))
        return Found(True, values | self.parametric.tied_values({**self.game.values, **values}))

    @cached_property
    def _assumed(self) -> list[Row]:
        return [Row({(): self._lifted(self.parametric.field.of(p))}, ">=") for p in self._domain.assumed_rows]

    @cached_property
    def _ends(self) -> tuple[list[Any], list[Any]]:
        parameters = [self.game.parameters.get(str(symbol)) for symbol in self.field.ring.symbols]
        free = set(self.free)
        low, high = [], []
        for parameter, symbol in zip(parameters, self.field.ring.symbols, strict=True):
            low.append(0 if symbol in free else parameter and parameter.low)
            high.append(1 if symbol in free else parameter and parameter.high)
        return low, high

    def _terms(self, polynomial: Polynomial, unknowns: Sequence[int]) -> dict[tuple[int, ...], Fraction]:
        """Return the terms of a row, cleared of denominators by a positive factor."""
        bottom = self.field.ring.one
        elements = {m: self._ratio(c) for m, c in polynomial.items()}
        for denom in dict.fromkeys(c.denom for c in elements.values()):
            bottom = bottom * denom
        squared = self.field.of(bottom * bottom) if not bottom.is_ground else self.field.one
        terms: dict[tuple[int, ...], Fraction] = {}
        for monomial, c in elements.items():
            powers = tuple(monomial.count(v) for v in unknowns)
            whole = c * squared
            scale = Fraction(1) / whole.denom.LC  # a number, by now
            for own, coefficient in whole.numer.terms():
                terms[(*own, *powers)] = coefficient * scale
        return terms

    def _ratio(self, c: Any) -> Any:
        return c if hasattr(c, "numer") and hasattr(c, "field") else self.field.of(c)


def joined(*alternatives: Sequence[Case]) -> Iterator[Case]:
    """Yield every choice of one case from each list of alternatives."""
    if not alternatives:
        yield ()
        return
    for case in alternatives[0]:
        for rest in joined(*alternatives[1:]):
            yield (*case, *rest)


def negated(row: Row) -> list[Case]:
    """Return the alternatives in which a condition fails."""
    minus = {m: -c for m, c in row.polynomial.items()}
    if row.relation == "=":
        return [(Row(row.polynomial, ">"),), (Row(minus, ">"),)]
    return [(Row(minus, ">=" if row.relation == ">" else ">"),)]


def _without_inequations(condition: Any) -> Any:
    """Return a condition in which *unequal* is *less or greater*."""
    import sympy as sp

    return condition.replace(sp.Ne, lambda a, b: sp.Or(sp.Lt(a, b), sp.Gt(a, b)))
