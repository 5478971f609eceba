"""Solve the equations of one system: linear ones first, then the others by ratios and roots.

What depends on the kind of coefficient (fractions at a point, rational functions of parameters) is left to an
arithmetic: :class:`Fractions`, or the one of ``closed_form`` for parameters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Protocol

from deterrence.solvers.algebra import decisions
from deterrence.solvers.algebra import polynomials as poly
from deterrence.solvers.algebra.isolation import Root, isolated_roots
from deterrence.solvers.algebra.polynomials import Polynomial
from deterrence.solvers.supports.agent_form import System

Ratio = tuple[Polynomial, Polynomial]
DIGITS = 40
MANY = 4
"""With so many unknowns equations that are not linear are solved by isolation at once: ratios grow too long."""


@dataclass(slots=True)
class Reduced:
    """A system whose equations are solved: unknowns as ratios in the free ones, and the inequalities.

    ``unresolved`` lists the equations that could not be solved; ``exact`` is False after an irrational root.
    """

    solved: list[tuple[int, Ratio]] = field(default_factory=list)
    weak: list[Polynomial] = field(default_factory=list)
    strict: list[Polynomial] = field(default_factory=list)
    unresolved: list[Polynomial] = field(default_factory=list)
    exact: bool = True

    @property
    def rows(self) -> list[tuple[Polynomial, bool]]:
        """The inequalities, each with whether it is strict."""
        return [(p, False) for p in self.weak] + [(p, True) for p in self.strict]

    @property
    def has_ratios(self) -> bool:
        """Whether an unknown is solved by a ratio of polynomials in others."""
        return any(not poly.is_constant(bottom) for _, (_, bottom) in self.solved)

    @property
    def is_empty(self) -> bool:
        """Whether it is decided that no point of the unit box satisfies the inequalities and the ratios."""
        ratios = [(v, top, bottom) for v, (top, bottom) in self.solved if not poly.is_constant(bottom)]
        equations = [poly.subtract(poly.multiply(bottom, poly.variable(v)), top) for v, top, bottom in ratios]
        rows = [*self.rows, *((poly.multiply(bottom, bottom), True) for _, _, bottom in ratios)]
        return Fractions().empty(equations, rows)

    def in_free(self, p: Polynomial) -> Ratio:
        """Return a polynomial in the unknowns as a ratio of polynomials in the free ones."""
        top: Polynomial = p
        bottom: Polynomial = {(): 1}
        for v, (above, below) in self.solved:
            powers = [max((monomial.count(v) for monomial in side), default=0) for side in (top, bottom)]
            top, bottom = (poly.substitute_ratio(side, v, above, below) for side in (top, bottom))
            for _ in range(abs(powers[0] - powers[1])):  # what cleared one side more often is made up on the other
                if powers[0] > powers[1]:
                    bottom = poly.multiply(bottom, below)
                else:
                    top = poly.multiply(top, below)
        return top, bottom

    @property
    def linear(self) -> bool:
        """Whether only linear inequalities in the free unknowns are left."""
        return not self.has_ratios and all(poly.is_linear(p) for p, _ in self.rows)

    def free(self, system: System) -> list[int]:
        """Return the unknowns of the system that the equations leave open."""
        unknowns = {v for p in (*system.weak, *system.strict, *system.equations) for v in poly.variables(p)}
        return sorted(unknowns - {v for v, _ in self.solved})


class Arithmetic(Protocol):
    """The operations and decisions that depend on the kind of coefficient."""

    def inverse(self, c: Any) -> Any:
        """Return one over a coefficient that is not zero (everywhere)."""

    def never(self, p: Polynomial, inner: frozenset[int], *, strict: bool) -> bool:
        """Tell whether ``p > 0`` (strict) or ``p >= 0`` is sure to fail for all values of the unknowns in [0, 1].

        The unknowns in ``inner`` lie strictly between 0 and 1.
        """

    def nonzero(self, c: Any) -> None:
        """Record that a coefficient was assumed to differ from zero."""

    def roots(self, p: Polynomial) -> list[tuple[Any, bool]] | None:
        """Return the roots in [0, 1] of a polynomial in one unknown, each with whether it is exact."""

    def isolated(self, equations: list[Polynomial], rows: list[Polynomial]) -> list[Root] | None:
        """Return the solutions of as many equations as unknowns, or None where they are not found this way."""


class Fractions:
    """The arithmetic of fractions; an irrational root is rounded to 40 digits and marked as approximate."""

    def inverse(self, c: Any) -> Any:
        """Return one over a number."""
        return 1 / Fraction(c)

    def never(self, p: Polynomial, inner: frozenset[int], *, strict: bool) -> bool:
        """Tell whether the inequality fails: a polynomial linear in each unknown is largest at a corner."""
        signs = poly.corner_range(p)
        if signs is None:
            return False
        # At an inner point p is an average of all corner values with positive weights, and they are not all zero: where
        # none is positive, p is negative.
        below = strict or (not poly.is_constant(p) and poly.variables(p) <= inner)
        return signs[1] <= 0 if below else signs[1] < 0

    def nonzero(self, c: Any) -> None:
        """Do nothing: a number is zero or not."""

    def roots(self, p: Polynomial) -> list[tuple[Any, bool]] | None:
        """Return the real roots in [0, 1]."""
        return real_roots(p)

    def isolated(self, equations: list[Polynomial], rows: list[Polynomial]) -> list[Root] | None:
        """Return the solutions of as many equations as unknowns, where all are isolated."""
        unknowns = sorted({v for p in equations for v in poly.variables(p)})
        return isolated_roots(equations, unknowns, rows) if len(equations) == len(unknowns) else None

    def empty(self, equations: Sequence[Polynomial], rows: Sequence[tuple[Polynomial, bool]]) -> bool:
        """Tell whether it is decided that equations and inequalities have no common solution in the unit box."""
        unknowns = sorted({v for p in (*equations, *(p for p, _ in rows)) for v in poly.variables(p)})
        asked = [(poly.exponents(p, unknowns), strict) for p, strict in rows]
        tied = [poly.exponents(p, unknowns) for p in equations]
        decision = decisions.decide(asked, [0] * len(unknowns), [1] * len(unknowns), tied, witness=False)
        return decision.verdict is False


def reduce(system: System, arithmetic: Arithmetic) -> Iterator[Reduced]:
    """Yield the solution sets of a system's equations, with the inequalities in the unknowns left free."""
    start = Reduced(weak=list(system.weak), strict=list(system.strict))
    yield from _Elimination(arithmetic, inner_unknowns(system.strict)).start(system.equations, start)


def may_hold(system: System) -> bool:
    """Tell whether the linear among a system's equations, with its inequalities, leave room for a solution."""
    start = Reduced(weak=list(system.weak), strict=list(system.strict))
    elimination = _Elimination(Fractions(), inner_unknowns(system.strict))
    return elimination.linear_part(list(system.equations), start) is not None


def inner_unknowns(strict: Iterable[Polynomial]) -> frozenset[int]:
    """Return the unknowns that strict rows hold above 0 and, with others above 0 as well, below 1."""
    strict = list(strict)
    above = {next(iter(p))[0] for p in strict if len(p) == 1 and len(next(iter(p))) == 1}
    below = {v for p in strict if () in p and poly.is_linear(p) for v in _below_one(p, above)}
    return frozenset(above & below)


def _below_one(p: Polynomial, above: set[int]) -> set[int]:
    """Return the unknowns that are below 1 where a linear polynomial is above zero, as 1 - x - y is."""
    constant, slopes = p[()], {monomial[0]: c for monomial, c in p.items() if monomial}
    if all(c == -constant for c in slopes.values()) and constant == 1:
        return set(slopes)
    if not all(isinstance(c, (int, float, Fraction)) and c < 0 for c in slopes.values()) or not slopes.keys() <= above:
        return set()
    return {v for v, c in slopes.items() if constant <= -c}


@dataclass(frozen=True, slots=True)
class _Elimination:
    """The elimination of unknowns from equations, which branches where an unknown has several values."""

    arithmetic: Arithmetic
    inner: frozenset[int]

    def start(self, equations: Sequence[Polynomial], state: Reduced) -> Iterator[Reduced]:
        """Yield the solution sets of equations; rows of the state are those given."""
        if self._may_hold(state.weak, strict=False) and self._may_hold(state.strict, strict=True):
            yield from self.reduce(list(equations), state)

    def _may_hold(self, rows: Iterable[Polynomial], *, strict: bool) -> bool:
        return not any(self.arithmetic.never(p, self.inner, strict=strict) for p in rows)

    def reduce(self, equations: list[Polynomial], state: Reduced, *, nested: bool = False) -> Iterator[Reduced]:
        linear = self.linear_part(equations, state)
        if linear is None:
            return
        equations, state = linear
        if not equations:
            yield state
        else:
            yield from self._nonlinear(equations, state) if nested else self._whole(equations, state)

    def linear_part(self, equations: list[Polynomial], state: Reduced) -> tuple[list[Polynomial], Reduced] | None:
        """Solve equations for unknowns whose coefficient is a number; None where one is contradicted or a row fails."""
        while True:
            equations = [poly.without_inner_factors(p, self.inner) for p in equations if p]
            constants = [p for p in equations if poly.is_constant(p)]
            if constants:
                self.arithmetic.nonzero(constants[0][()])
                return None
            step = self._linear_step(equations)
            if step is None:
                return equations, state
            index, v, by = step
            following = self._with(state, v, (by, {(): 1}))
            if following is None:
                return None
            equations, state = self._put([p for k, p in enumerate(equations) if k != index], v, by), following

    def _further(
        self,
        equations: list[Polynomial],
        state: Reduced,
        v: int,
        ratio: Ratio,
        *,
        exact: bool = True,
    ) -> Iterator[Reduced]:
        """Go on with an unknown solved, unless some inequality is then sure to fail."""
        following = self._with(state, v, ratio, exact=exact)
        if following is not None:
            yield from self.reduce(equations, following, nested=True)

    def _whole(self, equations: list[Polynomial], state: Reduced) -> Iterator[Reduced]:
        """Solve equations of which none is linear: by ratios and roots, or by isolation where those do not do."""
        if isinstance(self.arithmetic, Fractions) and self.arithmetic.empty(equations, state.rows):
            return
        few = len({v for p in equations for v in poly.variables(p)}) < MANY
        found = list(self._nonlinear(equations, state)) if few else []
        if few and not any(reduced.unresolved for reduced in found):
            yield from found
            return
        rows = [*state.weak, *state.strict]
        roots = self.arithmetic.isolated([dict(p) for p in dict.fromkeys(map(_frozen, equations))], rows)
        if roots is None:
            yield from found if few else self._nonlinear(equations, state)
            return
        for root in roots:
            solved: Reduced | None = state
            for v, value in root.values.items():
                solved = solved and self._with(solved, v, (poly.constant(value), {(): 1}), exact=root.exact)
            if solved is not None:
                yield solved

    def _linear_step(self, equations: list[Polynomial]) -> tuple[int, int, Polynomial] | None:
        """Find an equation to solve for an unknown whose coefficient is a number: (equation, unknown, value)."""
        for index in sorted(range(len(equations)), key=lambda k: len(equations[k])):
            for v in sorted(poly.variables(equations[index])):
                parts = poly.split(equations[index], v)
                if parts is not None and list(parts[0]) == [()]:
                    self.arithmetic.nonzero(parts[0][()])
                    return index, v, poly.scale(parts[1], -self.arithmetic.inverse(parts[0][()]))
        return None

    def _with(self, state: Reduced, v: int, ratio: Ratio, *, exact: bool = True) -> Reduced | None:
        """Return the state with an unknown solved, or None where an inequality is then sure to fail.

        Inequalities follow where its value is a polynomial.
        """
        top, bottom = ratio
        weak, strict = state.weak, state.strict
        exact = exact and state.exact
        if list(bottom) == [()]:
            by = poly.scale(top, self.arithmetic.inverse(bottom[()]))
            weak, strict = (self._put(rows, v, by, exact=exact) for rows in (weak, strict))
            for old, rows, is_strict in ((state.weak, weak, False), (state.strict, strict, True)):
                changed = [p for p, before in zip(rows, old, strict=True) if p is not before]
                if not self._may_hold(changed if exact else map(_lifted, changed), strict=is_strict):
                    return None
        return Reduced([*state.solved, (v, ratio)], weak, strict, state.unresolved, exact)

    def _put(
        self, polynomials: Sequence[Polynomial], v: int, by: Polynomial, *, exact: bool = True
    ) -> list[Polynomial]:
        """Put a value in place of an unknown, up to positive factors where coefficients are numbers."""
        if not isinstance(self.arithmetic, Fractions) or not exact:
            return [_rounded(poly.substitute(p, v, by), exact=exact) for p in polynomials]
        top, bottom = poly.whole(by)
        return [
            poly.primitive(poly.substitute_ratio(p, v, top, {(): bottom})) if v in poly.variables(p) else p
            for p in polynomials
        ]

    def _nonlinear(self, equations: list[Polynomial], state: Reduced) -> Iterator[Reduced]:
        single = next((p for p in equations if len(poly.variables(p)) == 1), None)
        if single is not None:
            v = next(iter(poly.variables(single)))
            rest = [p for p in equations if p is not single]
            roots = self.arithmetic.roots(single)
            if roots is None:
                state.unresolved = equations
                yield state
                return
            for root, exact in roots:
                value = poly.constant(root)
                following = self._put(rest, v, value, exact=exact and state.exact)
                yield from self._further(following, state, v, (value, {(): 1}), exact=exact)
            return
        for p in sorted(equations, key=lambda p: (len(poly.variables(p)), len(p))):
            for v in sorted(poly.variables(p)):
                parts = poly.split(p, v)
                if parts is None:
                    continue
                # bottom * v = top: either bottom is not zero and v is the ratio, or both are zero and v stays free.
                top, bottom = poly.scale(parts[1], -1), parts[0]
                rest = [q for q in equations if q is not p]
                cleared = [poly.substitute_ratio(q, v, top, bottom) for q in rest]
                yield from self._further(cleared, state, v, (top, bottom))
                yield from self.reduce([*rest, top, bottom], state, nested=True)
                return
        state.unresolved = equations
        yield state


def _lifted(p: Polynomial) -> Polynomial:
    """Return p raised by what the rounding of an irrational root may hide, so that no inequality fails by it alone."""
    largest = max(map(abs, p.values()), default=0)
    return poly.add(p, poly.constant(max(largest, 1) * Fraction(1, 10 ** (DIGITS // 2))))


def _frozen(p: Polynomial) -> tuple[Any, ...]:
    return tuple(sorted(p.items()))


def _rounded(p: Polynomial, *, exact: bool) -> Polynomial:
    """Drop coefficients that are zero up to the rounding of an approximate root: below half of its digits."""
    if exact:
        return p
    small = Fraction(1, 10 ** (DIGITS // 2))
    return {monomial: c for monomial, c in p.items() if abs(c) > small}


def real_roots(p: Polynomial) -> list[tuple[Any, bool]]:
    """Return the real roots in [0, 1] of a polynomial in one unknown, each with whether it is exact."""
    import sympy as sp

    if poly.is_constant(p):
        return []
    x = sp.Symbol("x")
    expression = sum(sp.Rational(c.numerator, c.denominator) * x ** len(m) for m, c in p.items())
    roots = []
    for root in set(sp.Poly(expression, x).real_roots()):
        if not 0 <= root <= 1:
            continue
        if root.is_Rational:
            roots.append((Fraction(int(root.p), int(root.q)), True))
        else:
            roots.append((Fraction(str(root.evalf(DIGITS))), False))
    return sorted(roots)


def back_substituted(solved: list[tuple[int, Ratio]], at: dict[int, Any]) -> dict[int, Any] | None:
    """Return the value of every unknown from those of the free ones; None where a ratio has no value."""
    values = dict(at)
    for v, (top, bottom) in reversed(solved):
        below = poly.value(bottom, values)
        if below == 0:
            return None
        above = poly.value(top, values)
        values[v] = Fraction(above) / below if isinstance(above, int) and isinstance(below, int) else above / below
    return values
