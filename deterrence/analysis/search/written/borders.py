"""Where classes that are written as formulas begin and end: in games with numbers without end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from typing import Any

from deterrence.analysis.search.boundary_formulas import real_zeros, relation_zeros
from deterrence.games.expression import to_sympy
from deterrence.games.game import Game
from deterrence.grid.continuum_formulas import known_classes
from deterrence.solvers.algebra.relations import oriented_ratio
from deterrence.solvers.continuum.cutoffs.arithmetic import Formulas, RefusedError

NEAR = 1e-7
"""So far from a boundary, as a share of its size, it is looked which classes exist."""
SAME = 1e-9
SQUARE = 2


def vanishing(kind: Any) -> tuple[Any, ...]:
    """Return polynomials in the parameters at whose zeros alone a class may begin, end or have other roots.

    A root that stands in a condition is eliminated: both the condition and the root's own polynomial vanish where the
    condition changes, so that their resultant does.
    """
    import sympy as sp

    found: dict[Any, None] = {}
    condition = kind.when if kind.terms is None else kind.terms
    for relation in sorted(condition.atoms(sp.core.relational.Relational), key=str):
        found |= dict.fromkeys(_without_roots(sp.together(relation.lhs - relation.rhs), kind.implicit))
    for item in kind.implicit:
        polynomial = sp.Poly(sp.numer(sp.together(item.polynomial)), item.symbol)
        found |= dict.fromkeys((sp.expand(polynomial.discriminant()), polynomial.LC()))
    return tuple(each for each in found if each.free_symbols)


def _without_roots(ratio: Any, roots: Sequence[Any]) -> Iterator[Any]:
    """Yield what vanishes where a ratio changes its sign, with roots eliminated."""
    import sympy as sp

    for part in sp.fraction(ratio):
        left = part
        for item in roots:
            if item.symbol in left.free_symbols:
                left = sp.resultant(left, sp.numer(sp.together(item.polynomial)), item.symbol)
        yield sp.expand(left)


def fixed_values(game: Game, names: Iterable[str]) -> dict[Any, Any]:
    """Return the values of the parameters that are not named, by symbol."""
    return {p.expression: to_sympy(p.value) for p in game.parameter_list if p.name not in set(names)}


@lru_cache(maxsize=64)
def _polynomials(found: Any) -> tuple[Any, ...]:
    return tuple(dict.fromkeys(each for kind in found.classes for each in vanishing(kind)))


class WrittenBorders:
    """The borders between classes along one parameter, from their conditions.

    ``proved`` tells whether the formulas are those of all classes along the parameter; they may also be those of all
    parameters, of which the present values of the others can be an exception.
    """

    def __init__(self, game: Game, parameter: str, found: Any, low: Any, high: Any) -> None:
        self.game, self.parameter, self.found, self.low, self.high = game, parameter, found, low, high
        self.proved = len(game.parameters) - len(found.held) == 1
        self.fixed = fixed_values(game, [parameter])

    @classmethod
    def of(cls, game: Game, parameter: str, method: Any, low: Any, high: Any) -> WrittenBorders | None:
        """Return the borders of a game, or None where formulas do not give all its classes."""
        found = known_classes(game, method, (parameter,)) or known_classes(game, method, tuple(game.parameters))
        return None if found is None else cls(game, parameter, found, low, high)

    def zeros(self) -> list[Any]:
        """Return the values between the ends of the range at which classes may begin and end, in order."""
        found: set[Any] = set()
        for expression in _polynomials(self.found):
            found |= self._zeros(expression)
        for condition, _ in self.game._conditions:
            values = {p.expression: p.value for p in self.game.parameter_list if p.name != self.parameter}
            found |= relation_zeros(condition, values, self.low, self.high)
        return sorted(found)

    def poles(self, measures: Iterable[Any]) -> set[Any]:
        """Return the values at which a formula for a measure divides by zero."""
        import sympy as sp

        found: set[Any] = set()
        for measure in measures:
            for kind in self.found.classes if measure.kind != "other" else ():
                ratio = sp.together(sp.sympify(measure(kind)).xreplace(self.fixed))
                found |= self._zeros(sp.denom(ratio))
        return found

    def _zeros(self, expression: Any) -> set[Any]:
        import sympy as sp

        left = sp.numer(sp.together(sp.sympify(expression).xreplace(self.fixed)))
        symbol = self.game.parameters[self.parameter].expression
        if left.free_symbols != {symbol} or not left.is_polynomial(symbol):
            return set()
        return set(real_zeros(sp.Poly(left, symbol), self.low, self.high))

    def existing(self, value: Any) -> list[Any]:
        """Return the classes whose condition holds at a value."""
        return [
            kind
            for kind in self.found.classes
            if values_with_roots(kind, {**self.fixed, self._symbol: to_sympy(value)})
        ]

    @property
    def _symbol(self) -> Any:
        return self.game.parameters[self.parameter].expression

    def agree(self, solve: Any) -> bool:
        """Tell whether in the middle between any two borders formulas say what is solved there."""
        ends = [Fraction(value) for value in (self.low, *self.zeros(), self.high)]
        for a, b in pairwise(ends):
            solved = solve((a + b) / 2)
            if solved is None:
                continue
            mine, theirs = (
                Counter(each.path_pattern for each in some) for some in (self.existing((a + b) / 2), solved)
            )
            several = any(item.formula is None for kind in self.found.classes for item in kind.implicit)
            if mine.keys() != theirs.keys() or (mine != theirs and not several):
                return False
        return True


def values_with_roots(kind: Any, values: dict[Any, Any]) -> list[dict[Any, Any]]:
    """Return values of all parameters where a class exists at them, once for each root with which it does."""
    import sympy as sp

    if not kind.implicit:
        return [values] if bool(kind.when.subs(values)) else []
    (item,) = kind.implicit
    if item.formula is not None:
        roots = [sp.sympify(item.formula).subs(values)]
    else:
        polynomial = sp.Poly(sp.numer(sp.together(item.polynomial)).subs(values), item.symbol)
        roots = polynomial.nroots(n=30)
    real = [{**values, item.symbol: sp.re(root)} for root in roots if root.is_finite and abs(sp.im(root)) < SAME]
    return [each for each in real if bool(kind.terms.subs(each))]


def written_formula(game: Game, parameter: str, cut: Any, method: Any) -> Any:
    """Return a boundary as a formula in the other parameters, from the conditions of the classes that change there."""
    found = known_classes(game, method, tuple(game.parameters))
    if found is None:
        return None
    step = Fraction(NEAR) * max(Fraction(1), abs(Fraction(cut)))
    at = {p.expression: to_sympy(p.value) for p in game.parameter_list}
    symbol = game.parameters[parameter].expression
    sides = [{**at, symbol: to_sympy(Fraction(cut) + side * step)} for side in (-1, 1)]
    changed = [kind for kind in found.classes if len({len(values_with_roots(kind, values)) for values in sides}) > 1]
    for kind in changed:
        for expression in vanishing(kind):
            formula = _solved_for(game, expression, symbol, at, cut)
            if formula is not None:
                return formula
    return None


def _solved_for(game: Game, expression: Any, symbol: Any, at: dict[Any, Any], cut: Any) -> Any:
    """Return what a polynomial's factor that vanishes at a cut says of a parameter, where its degree is at most two."""
    import sympy as sp

    for factor, _ in sp.factor_list(expression)[1]:
        if symbol not in factor.free_symbols or sp.degree(factor, symbol) > SQUARE:
            continue
        for root in sp.roots(sp.Poly(factor, symbol)):
            number = complex(root.subs(at))
            if abs(number - float(cut)) <= SAME * (1 + abs(float(cut))):
                return _oriented(game, root)
    return None


def _oriented(game: Game, root: Any) -> Any:
    """Return a ratio with its factors turned so that they are positive; an expression with roots as it is."""
    import sympy as sp

    top, bottom = sp.fraction(sp.together(root))
    try:
        formulas = Formulas(game, tuple(game.parameters), (top, bottom))
        return oriented_ratio(formulas.element(top) / formulas.element(bottom), formulas.domain)
    except (RefusedError, AttributeError):
        return root
