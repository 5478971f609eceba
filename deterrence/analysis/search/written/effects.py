"""How a measure moves inside each class of a game with numbers without end: by the derivative of its formula.

Where a class holds a root of a polynomial, the slope of the root is taken from the polynomial (the implicit function
theorem), so that no formula for the root is needed.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np

from deterrence.analysis.search.effects import FLAT, Effect
from deterrence.analysis.search.written.borders import fixed_values, values_with_roots
from deterrence.answers.measure import Measure
from deterrence.answers.naming import class_names
from deterrence.games.expression import to_sympy
from deterrence.games.game import Game
from deterrence.grid.continuum_formulas import known_classes
from deterrence.solvers.algebra.relations import oriented_ratio
from deterrence.solvers.continuum.cutoffs.arithmetic import Formulas

MOST_BRANCHES = 16
"""Of conditions with more alternatives no sign is proved."""
REAL = 1e-9
ALMOST_ALL = 1 - 1e-9


def written_effects(game: Game, parameter: str, measure: Measure, search: Any) -> list[Effect] | None:
    """Return one effect for each class that exists along the range of a search; None where there are no formulas."""
    if measure.kind == "other" or search.written is None:
        return None
    found = known_classes(game, search.method, tuple(game.parameters))
    if found is None:
        return None
    kinds = [kind for kind in found.classes if _met(kind, search, parameter)]
    written = [_Written(game, parameter, kind, measure) for kind in kinds]
    if any(each.left_open for each in written):
        return None
    return [each.effect(name) for name, each in zip(class_names(kinds), written, strict=True)]


def _met(kind: Any, search: Any, parameter: str) -> bool:
    """Tell whether a class exists in the middle between two borders."""
    ends = [Fraction(value) for value in search.cuts]
    fixed = fixed_values(search.game, [parameter])
    symbol = search.game.parameters[parameter].expression
    return any(values_with_roots(kind, {**fixed, symbol: to_sympy((a + b) / 2)}) for a, b in pairwise(ends))


class _Written:
    """One class, a measure in it and its slope."""

    def __init__(self, game: Game, parameter: str, kind: Any, measure: Measure) -> None:
        import sympy as sp

        self.game, self.kind = game, kind
        self.symbols = [p.expression for p in game.parameter_list]
        self.roots = [item for item in kind.implicit if item.formula is None]
        self.value = sp.sympify(measure(kind))
        symbol = game.parameters[parameter].expression
        slope = sp.diff(self.value, symbol)
        for item in self.roots:
            polynomial = sp.numer(sp.together(item.polynomial))
            steep = -sp.diff(polynomial, symbol) / sp.diff(polynomial, item.symbol)
            slope += sp.diff(self.value, item.symbol) * steep
        self.slope = sp.together(slope)

    @property
    def left_open(self) -> bool:
        """Whether something other than parameters and roots stands in the measure."""
        return not self.value.free_symbols <= {*self.symbols, *(item.symbol for item in self.roots)}

    def effect(self, name: str) -> Effect:
        """Return the slope with its sign."""
        sign = self._proved()
        rising, falling = self._sampled()
        proved = sign is not None
        if not proved and min(rising, falling) == 0 and rising + falling > ALMOST_ALL:
            sign = 1 if rising else -1
        formulas = self._oriented(self.value), self._oriented(self.slope)
        return Effect(name, *formulas, sign, proved, rising, falling, self._here(), "everywhere")

    # -- the sign ------------------------------------------------------------------------------------

    @cached_property
    def _formulas(self) -> Formulas:
        """The field of the parameters, with all that is asked about."""
        import sympy as sp

        asked = [self.value, self.slope, *(side for gap in self._gaps for side in sp.fraction(gap))]
        known = [each for each in asked if each.is_rational_function(*self.symbols)]
        return Formulas(self.game, tuple(self.game.parameters), known)

    @property
    def _gaps(self) -> list[Any]:
        import sympy as sp

        relations = self.kind.when.atoms(sp.core.relational.Relational)
        return [sp.together(relation.lhs - relation.rhs) for relation in sorted(relations, key=str)]

    def _element(self, value: Any) -> Any:
        return self._formulas.parametric.known_element(value) if value.free_symbols <= set(self.symbols) else None

    def _oriented(self, value: Any) -> Any:
        import sympy as sp

        element = self._element(value)
        if element is None:
            return value
        return oriented_ratio(element, self._formulas.domain) if hasattr(element, "numer") else sp.sympify(value)

    def _proved(self) -> int | None:
        """Return the slope's sign where it is the same, by proof, wherever the class exists."""
        if self.slope == 0:
            return 0
        element = self._element(self.slope)
        if element is None:
            return None
        domain = self._formulas.domain
        if not hasattr(element, "numer"):
            return int(element > 0) - int(element < 0)
        if not element:
            return 0
        product = element.numer * element.denom
        signs = {domain.sign(product, rows) for rows in self._branches()}
        return signs.pop() or None if len(signs) == 1 else None

    def _branches(self) -> list[tuple[Any, ...]]:
        """Return what is not negative where the class exists, for each alternative of its condition."""
        import sympy as sp

        laws: list[Any] = [v.in_sympy().law for v in self.game.form.variables if v.law is not None]
        always = [law.high - law.low for law in laws]
        when = self.kind.when
        alternatives: Sequence[Any] = [when]
        if when.has(sp.Or):
            whole = sp.to_dnf(when)
            alternatives = whole.args if isinstance(whole, sp.Or) else [whole]
        if len(alternatives) > MOST_BRANCHES:
            return [self._rows(always)]
        return [self._rows([*always, *_differences(each)]) for each in alternatives]

    def _rows(self, gaps: Sequence[Any]) -> tuple[Any, ...]:
        import sympy as sp

        elements = [self._element(sp.sympify(gap)) for gap in gaps]
        return tuple(each.numer * each.denom for each in elements if hasattr(each, "numer") and each)

    # -- in a sample ---------------------------------------------------------------------------------

    def _sampled(self) -> tuple[float, float]:
        """Return the shares of a sample of the class's region in which the slope is positive and negative."""
        import sympy as sp

        columns = self._columns()
        terms = self.kind.when if not self.roots else self.kind.terms
        gaps = [(relation.lhs - relation.rhs) for relation in terms.atoms(sp.core.relational.Relational)]
        letters = [*self.symbols, *(item.symbol for item in self.roots)]
        with np.errstate(all="ignore"):
            inside = np.broadcast_to(np.asarray(sp.lambdify(letters, terms)(*columns)), columns[0].shape).astype(bool)
            for gap in gaps:
                inside = inside & np.isfinite(np.asarray(sp.lambdify(letters, gap)(*columns), dtype=float))
            slopes = np.broadcast_to(np.asarray(sp.lambdify(letters, self.slope)(*columns), dtype=float), inside.shape)
        values = slopes[inside & np.isfinite(slopes)]
        if not len(values):
            return 0.0, 0.0
        size = FLAT * np.abs(values).max()
        return float((values > size).mean()), float((values < -size).mean())

    def _columns(self) -> list[np.ndarray]:
        """Return samples of the parameters by column, with every real root where there is one."""
        import sympy as sp

        named = {symbol: k for k, symbol in enumerate(self._formulas.parametric.symbols)}
        samples = self._formulas.domain.samples
        columns = [samples[:, named[symbol]] for symbol in self.symbols]
        if not self.roots:
            return columns
        (item,) = self.roots
        rows = sp.Poly(sp.numer(sp.together(item.polynomial)), item.symbol).all_coeffs()
        values = [np.broadcast_to(sp.lambdify(self.symbols, c)(*columns), columns[0].shape) for c in rows]
        found = [(k, root) for k, row in enumerate(np.array(values).T) for root in np.roots(row)]
        real = [(k, root.real) for k, root in found if abs(root.imag) < REAL]
        places = np.array([k for k, _ in real], dtype=int)
        return [*(column[places] for column in columns), np.array([root for _, root in real])]

    def _here(self) -> float | None:
        """Return the slope at the game's present values; None where the class does not exist there, or twice."""
        found = values_with_roots(self.kind, fixed_values(self.game, []))
        return float(self.slope.subs(found[0])) if len(found) == 1 else None


def _differences(condition: Any) -> list[Any]:
    """Return what is not negative where all parts of a condition hold."""
    import sympy as sp

    parts = condition.args if isinstance(condition, sp.And) else (condition,)
    return [part.gts - part.lts for part in parts if hasattr(part, "gts")]
