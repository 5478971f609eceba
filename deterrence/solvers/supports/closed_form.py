"""Equilibria of one pattern of supports for all parameter values at once.

The same conditions as at a point, with rational functions of the parameters as coefficients. Off the path
beliefs range over a polytope whose corners are formulas; the equilibrium exists where some corner is
feasible, so no sign needs to be decided to state the condition.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from typing import Any

from deterrence.games.equations import equations_in, solved_equations
from deterrence.games.expression import compile_exact, is_symbolic, to_sympy
from deterrence.games.form import ExtensiveForm
from deterrence.games.game import Game
from deterrence.games.remembered import Remembered
from deterrence.solvers.algebra import elimination
from deterrence.solvers.algebra import inequalities as linear
from deterrence.solvers.algebra import polynomials as poly
from deterrence.solvers.algebra.functions import RationalFunctions
from deterrence.solvers.algebra.polynomials import Polynomial
from deterrence.solvers.supports.agent_form import AgentForm, Pattern, System
from deterrence.solvers.supports.parts import is_irrational, known_gaps, maxima, values_at, with_one_form

Condition = tuple[Any, bool]
"""A rational function that must be at least zero, or above zero where the flag is set."""

MOST_CORNERS = 4000
PARAMETRIC = Remembered(16)
"""The latest parametric forms, of all games; each keeps the formulas of all patterns it was asked for."""


@dataclass(frozen=True, slots=True)
class Corner:
    """A corner of the polytope of free unknowns: their values, and when the corner is feasible."""

    values: dict[int, Any]
    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class FreeGroup:
    """Free unknowns that vary together: their linear inequalities, and the corners of the polytope these bound."""

    unknowns: tuple[int, ...]
    rows: tuple[linear.Inequality, ...]
    corners: tuple[Corner, ...]


@dataclass(frozen=True, eq=False)
class ClosedForm:
    """The equilibria of one pattern as formulas.

    They exist where all ``conditions`` hold and each group has a solution: for every strict inequality, a feasible
    corner at which it holds. ``special`` are polynomials at whose zeros the formulas do not apply.
    """

    pattern: Pattern
    system: System
    solved: dict[int, Polynomial]
    conditions: tuple[Condition, ...]
    groups: tuple[FreeGroup, ...]
    special: tuple[Any, ...]

    def in_free(self, p: Polynomial) -> Polynomial:
        """Return a polynomial in the unknowns as one in those that are free."""
        for v in sorted(poly.variables(p)):
            if v in self.solved:
                p = poly.substitute(p, v, self.solved[v])
        return p


@dataclass(eq=False)
class _Functions:
    """The arithmetic of rational functions of the parameters; see :class:`elimination.Arithmetic`."""

    special: list[Any] = field(default_factory=list)

    def inverse(self, c: Any) -> Any:
        self.nonzero(c)
        return 1 / c

    def never(self, p: Polynomial, inner: frozenset[int], *, strict: bool) -> bool:
        if not all(is_number(c) for c in p.values()):
            return False
        return elimination.Fractions().never({m: _number(c) for m, c in p.items()}, inner, strict=strict)

    def nonzero(self, c: Any) -> None:
        if not is_number(c) and c.numer not in self.special:
            self.special.append(c.numer)

    def roots(self, p: Polynomial) -> list[tuple[Any, bool]] | None:  # noqa: ARG002  (the protocol's)
        return None

    def isolated(self, equations: list[Polynomial], rows: list[Polynomial]) -> None:  # noqa: ARG002  (the protocol's)
        return None


def is_number(c: Any) -> bool:
    """Tell whether a coefficient is the same at all parameter values."""
    return not hasattr(c, "numer") or bool(c.numer.is_ground and c.denom.is_ground)


def _number(c: Any) -> Any:
    return c.numer.LC / c.denom.LC if hasattr(c, "numer") else c


class Parametric:
    """A game's agent form over the field of rational functions of its parameters.

    ``recipes`` is room for how elements of the field are computed at many points, ``possible`` for the patterns that
    bounds leave possible; both go when the field does.
    """

    def __init__(self, game: Game, names: Sequence[str]) -> None:
        self.form = game.form
        fixed = [p for p in game.parameter_list if p.name not in names]
        self.fixed = {p.expression: to_sympy(p.value) for p in fixed}
        tied = solved_equations(game.assumptions, self.fixed)
        # An equation that leaves one value makes a point of the range: it ties nothing to another parameter.
        self.tied = {symbol: value for symbol, value in tied.items() if value.free_symbols}
        self.symbols = [p.expression for p in game.parameter_list if p.name in names and p.expression not in self.tied]
        self.atoms: dict[Any, Any] = {}
        self._positive = {p.expression for p in game.parameter_list if p.low is not None and p.low > 0}
        form = game.form
        self._maxima = maxima(value for row in (*form.payoffs, *form.probabilities) for value in row)
        rows = [[self._rational(v) for v in row] for row in form.payoffs]
        draws = [[self._rational(v) for v in row] for row in form.probabilities]
        self.field = RationalFunctions([*self.symbols, *self.atoms.values()])
        self._set_agent(form, self._elements(rows), self._elements(draws))

    def _set_agent(self, form: ExtensiveForm, payoffs: Sequence[Any], chances: Sequence[Any]) -> None:
        # Where no coefficient has a denominator the ring of polynomials does as well as the field, and is faster.
        if all(c.denom == 1 for row in (*payoffs, *chances) for c in row):
            payoffs = [tuple(c.numer for c in row) for row in payoffs]
            chances = [tuple(c.numer for c in row) for row in chances]
            self.agent = AgentForm(form, payoffs, chances, self.field.ring.one)
        else:
            self.agent = AgentForm(form, payoffs, chances, self.field.one)
        self._forms: dict[Pattern, tuple[list[ClosedForm], bool]] = {}
        self._ties: dict[Pattern, list[Any]] = {}
        self.recipes: dict[Any, Any] = {}
        self.possible: Any = None

    def of_part(self, form: ExtensiveForm, payoffs: Sequence[Any], chances: Sequence[Any]) -> Parametric:
        """Return the parametric form of a part of the game, its payoffs and chances given as elements of the field."""
        part = copy(self)
        part.form = form
        part._set_agent(form, payoffs, chances)
        return part

    @classmethod
    def of(cls, game: Game, names: Sequence[str] | None = None) -> Parametric:
        """Return a game's parametric form in the named parameters (by default all), the others at their values.

        The latest ones are kept, with the formulas derived from them.
        """
        free = tuple(p.name for p in game.parameter_list if names is None or p.name in names)
        fixed = tuple(p.value for p in game.parameter_list if p.name not in free)
        equations = tuple(equations_in(game.assumptions)) if game.assumptions else ()
        parametric: Parametric = PARAMETRIC.of((game.form, free, fixed, equations), lambda: cls(game, free))
        return parametric

    def _rational(self, value: Any) -> Any:
        """Put a symbol in place of every part of an expression that is no rational function."""
        if not is_symbolic(value):
            return value
        import sympy as sp

        value = self._at_fixed(value)
        for part in sp.preorder_traversal(value):
            if is_irrational(part) and part not in self.atoms:
                self.atoms[part] = sp.Symbol(f"_part{len(self.atoms)}", real=True)
        return value.xreplace(self.atoms)

    def _at_fixed(self, value: Any) -> Any:
        """Return an expression in the free parameters alone: those held, or tied by an equation, are put in."""
        value = value.xreplace(self.tied).xreplace(self.fixed)
        return with_one_form(value, self._positive, self._maxima)

    # -- what assumptions say ------------------------------------------------------------------------

    def known_element(self, gap: Any) -> Any:
        """Return an expression as an element of the field, or None where it has parts that the game does not have."""
        import sympy as sp

        value = self._at_fixed(sp.sympify(gap)).xreplace(self.atoms)
        if not value.free_symbols <= {*self.symbols, *self.atoms.values()} or value.has(sp.zoo, sp.nan, sp.oo):
            return None
        if any(is_irrational(part) for part in sp.preorder_traversal(value)):
            return None
        return self.element(sp.together(value))

    @property
    def known_gaps(self) -> list[Any]:
        """What is not negative of the parts that are functions of the parameters."""
        return [gap for part in self.atoms for gap in known_gaps(part)]

    def solved_by_ties(self, condition: Any) -> bool:
        """Tell whether an assumption holds by itself, since a parameter was solved from it."""
        import sympy as sp

        parts = condition.args if isinstance(condition, sp.And) else (condition,)
        return all(
            isinstance(part, sp.Equality) and sp.expand((part.lhs - part.rhs).xreplace(self.tied)) == 0
            for part in parts
        )

    def tied_values(self, at: Mapping[str, Any]) -> dict[str, Any]:
        """Return the values of the parameters that equations give, from those of the others."""
        return {symbol.name: compile_exact(expression)(at) for symbol, expression in self.tied.items()}

    def part_values(self, columns: Sequence[Any]) -> list[Any]:
        """Return the values of the parts at points, given by a column of values for each free parameter."""
        size = len(columns[0]) if columns else 1
        return values_at(list(self.atoms), dict(zip(self.symbols, columns, strict=True)), size)

    def _elements(self, rows: Sequence[Sequence[Any]]) -> list[tuple[Any, ...]]:
        elements = {value: self.element(value) for value in dict.fromkeys(value for row in rows for value in row)}
        return [tuple(elements[value] for value in row) for row in rows]

    def element(self, value: Any) -> Any:
        """Return a number or expression as an element of the field."""
        return self.field.from_expr(value) if is_symbolic(value) else self.field.of(value)

    def expression(self, element: Any) -> Any:
        """Return an element of the field as a SymPy expression in the parameters."""
        import sympy as sp

        if not hasattr(element, "as_expr"):
            return sp.sympify(element)
        back = {symbol: part for part, symbol in self.atoms.items()}
        return element.as_expr().xreplace(back) if back else element.as_expr()

    def lift(self, p: Polynomial) -> Polynomial:
        """Return a polynomial in unknowns with coefficients in the field.

        Where the game has no ratios its coefficients are polynomials, and get the denominator one.
        """
        return {m: self.lifted(c) for m, c in p.items()}

    def lifted(self, c: Any) -> Any:
        """Return a coefficient, a number or a polynomial perhaps, as an element of the field."""
        return c if hasattr(c, "numer") else self.field.of(c)

    def _lifted(self, system: System) -> System:
        weights = {h: [self.lift(p) for p in polynomials] for h, polynomials in system.weights.items()}
        lists = (system.equations, system.weak, system.strict)
        equations, weak, strict = ([self.lift(p) for p in polynomials] for polynomials in lists)
        return System(equations, weak, strict, weights)

    def closed_forms(self, pattern: Pattern) -> tuple[list[ClosedForm], bool]:
        """Return the formulas of a pattern, and whether all of its equations could be solved."""
        if pattern not in self._forms:
            self._ties[pattern] = []
            self._forms[pattern] = self.local_forms(pattern, None)
        return self._forms[pattern]

    def local_forms(self, pattern: Pattern, sets: Collection[int] | None) -> tuple[list[ClosedForm], bool]:
        """Return the formulas of play that is optimal at some information sets, given play at the others."""
        forms, resolved = [], True
        for system in map(self._lifted, self.agent.systems(pattern, sets)):
            arithmetic = _Functions()
            for reduced in elimination.reduce(system, arithmetic):
                form = self._form(pattern, system, reduced, arithmetic)
                if form is None:
                    resolved = False
                else:
                    forms.append(form)
            self._ties.setdefault(pattern, []).extend(arithmetic.special)
        return forms, resolved

    def _row(self, p: Polynomial, *, strict: bool) -> linear.Inequality:
        row = linear.unscaled(self.lift(p), strict=strict)
        return replace(row, rest=self.lifted(row.rest))

    def ties(self, pattern: Pattern) -> list[Any]:
        """Return the polynomials at whose zeros a pattern's equations may have other solutions."""
        self.closed_forms(pattern)
        return self._ties[pattern]

    def _form(
        self, pattern: Pattern, system: System, reduced: elimination.Reduced, arithmetic: _Functions
    ) -> ClosedForm | None:
        if reduced.unresolved or not reduced.linear:
            return None
        rows = [self._row(p, strict=strict) for p, strict in reduced.rows]
        fixed = tuple((row.rest, row.strict) for row in rows if not row.coefficients and not _trivial(row))
        varying = [row for row in rows if row.coefficients]
        groups = []
        for unknowns, own_rows in linear.groups(varying, reduced.free(system), lambda row: row.unknowns):
            points = linear.meeting_points(own_rows, unknowns, arithmetic.inverse, MOST_CORNERS)
            corners = tuple(
                Corner(point, tuple((row.at(point), False) for row in own_rows if row not in defining))
                for defining, point in points
            )
            groups.append(FreeGroup(tuple(unknowns), tuple(own_rows), corners))
        solved = _in_free(reduced.solved, arithmetic)
        return ClosedForm(pattern, system, solved, fixed, tuple(groups), tuple(arithmetic.special))


def _trivial(row: linear.Inequality) -> bool:
    return is_number(row.rest) and bool(_number(row.rest) > 0 or (not row.strict and _number(row.rest) == 0))


def _in_free(solved: Sequence[Any], arithmetic: _Functions) -> dict[int, Polynomial]:
    """Return every solved unknown as a polynomial in the free ones."""
    values: dict[int, Polynomial] = {}
    for v, (top, bottom) in reversed(solved):
        by = poly.scale(top, arithmetic.inverse(bottom[()])) if bottom[()] != 1 else top
        for w in poly.variables(by):
            if w in values:
                by = poly.substitute(by, w, values[w])
        values[v] = by
    return values
