"""Thresholds: at which value of a parameter the prediction changes."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Any

from deterrence.analysis._class_names import play_in_words
from deterrence.analysis._continuous_threshold import continuous_threshold, continuous_thresholds
from deterrence.analysis.measure import Measure, as_measure
from deterrence.continuous import ContinuousGame
from deterrence.errors import ParameterError, nearest
from deterrence.expression import Exact, exact_number, show_number, show_value
from deterrence.games import Game
from deterrence.solution import Equilibrium
from deterrence.solvers._closed_form import Parametric
from deterrence.solvers._conditions import oriented_ratio
from deterrence.solvers._signs import Domain
from deterrence.solvers.solve import chosen_method

Range = tuple[Any, Any]
GRID = 64
HALVED = Fraction(1, 10**12)
LONG_FORMULA = 40
"""A formula with more operations is left out of the sentence."""
JUMP = Fraction(1, 10**7)
"""How near to a boundary the measure is taken on either side, in shares of the parameter's range."""


@dataclass(frozen=True, eq=False)
class Boundary:
    """Hold one value of the parameter at which the set of equilibrium classes changes.

    Attributes
    ----------
    value
        The value of the parameter, exact where it is rational.
    below, above
        The least and greatest value of the measure over all equilibria, just below and just above.
    gone, new
        The classes that end and begin there as the parameter grows, in words.
    game, parameter, patterns
        What the formula is derived from.
    """

    value: Exact | float
    below: Range
    above: Range
    gone: tuple[str, ...]
    new: tuple[str, ...]
    game: Game = field(repr=False)
    parameter: str = field(repr=False)
    patterns: tuple[Any, ...] = field(repr=False)

    @cached_property
    def formula(self) -> Any:
        """The value as a SymPy expression in the other parameters, derived when asked for; else ``None``."""
        return _formula(self.game, self.parameter, self.value, self.patterns)

    @property
    def jump(self) -> Any:
        """By how much the range of the measure moves: the larger of the moves of its two ends."""
        return max(abs(self.above[0] - self.below[0]), abs(self.above[1] - self.below[1]))


@dataclass(frozen=True, eq=False)
class Threshold:
    """Hold where a parameter changes a prediction.

    Attributes
    ----------
    game, parameter, measure, method
        The question.
    boundaries
        Every value at which the set of equilibrium classes changes, in rising order.
    complete
        Whether every solution on the way was complete.
    """

    game: Game
    parameter: str
    measure: Measure
    method: Any
    boundaries: tuple[Boundary, ...]
    complete: bool

    @property
    def main(self) -> Boundary | None:
        """The boundary at which the measure jumps most; ``None`` where it never jumps."""
        jumps = [boundary for boundary in self.boundaries if boundary.jump > JUMP * 1000]
        return max(jumps, key=lambda boundary: boundary.jump, default=None)

    @property
    def value(self) -> Exact | float | None:
        """The value of the parameter at the greatest jump of the measure, or ``None``."""
        return None if self.main is None else self.main.value

    @property
    def exact(self) -> Any:
        """The same as a formula in the other parameters, or ``None``."""
        return None if self.main is None else self.main.formula

    @property
    def direction(self) -> str:
        """How the measure moves as the parameter grows past it: rises, falls, widens, narrows, or none."""
        if self.main is None:
            return "none"
        low = self.main.above[0] - self.main.below[0]
        high = self.main.above[1] - self.main.below[1]
        tiny = JUMP * 1000
        if low >= -tiny and high >= -tiny:
            return "rises"
        if low <= tiny and high <= tiny:
            return "falls"
        return "widens" if low < 0 else "narrows"

    @property
    def data(self) -> tuple[dict[str, Any], ...]:
        """The boundaries as plain records."""
        return tuple(
            {
                self.parameter: boundary.value,
                "formula": boundary.formula,
                "low below": boundary.below[0],
                "high below": boundary.below[1],
                "low above": boundary.above[0],
                "high above": boundary.above[1],
                "classes that end": boundary.gone,
                "classes that begin": boundary.new,
            }
            for boundary in self.boundaries
        )

    def to_frame(self) -> Any:
        """Return a data frame with one row a boundary."""
        import pandas as pd

        return pd.DataFrame(list(self.data))

    def plot(self, ax: Any = None) -> Any:
        """Draw the measure over the parameter's range with the boundaries marked."""
        import numpy as np

        from deterrence.analysis.sweep import sweep

        low, high = _range(self.game, self.parameter, None)
        values = [low + (high - low) * Fraction(k, 120) for k in range(121)]
        grid: Mapping[str, Any] = {self.parameter: values}
        axes = sweep(self.game, self.measure, method=self.method, **grid).plot(ax=ax)
        for boundary in self.boundaries:
            strong = boundary is self.main
            axes.axvline(float(boundary.value), color="0.2", linewidth=1.2 if strong else 0.6, linestyle=":")
        if self.main is not None and np.isfinite(float(self.main.value)):
            axes.annotate(
                f"{self.parameter} = {show_number(self.main.value)}",
                (float(self.main.value), 1.0),
                xycoords=("data", "axes fraction"),
                xytext=(3, -10),
                textcoords="offset points",
                fontsize=8,
            )
        return axes

    def __str__(self) -> str:
        if self.main is None:
            count = len(self.boundaries)
            rest = f", though the set of equilibria changes at {count} value{'s' if count > 1 else ''}" if count else ""
            return f"The {self.measure.name} does not jump anywhere in the range of {self.parameter}{rest}."
        lines = [
            f"The {self.measure.name} {self.direction} as {self.parameter} grows past {show_number(self.main.value)}"
            + self._formula_in_words()
            + f": from {_range_in_words(self.main.below)} to {_range_in_words(self.main.above)}."
        ]
        others = [boundary for boundary in self.boundaries if boundary is not self.main]
        if others:
            values = ", ".join(show_number(boundary.value) for boundary in others)
            lines.append(f"The set of equilibria changes at {values} too.")
        return "\n".join(lines)

    def _formula_in_words(self) -> str:
        formula = self.exact
        if formula is None or not formula.free_symbols:
            return ""
        return f" = {show_value(formula)}" if formula.count_ops() <= LONG_FORMULA else " (a long formula, in .exact)"

    def __repr__(self) -> str:
        return f"<Threshold of {self.parameter!r} for the {self.measure.name}: {self.value}>"


def _range_in_words(ends: Range) -> str:
    low, high = ends
    return show_number(low) if low == high else f"between {show_number(low)} and {show_number(high)}"


def threshold(
    game: Game | ContinuousGame,
    parameter: str,
    measure: Any,
    *,
    given: str | Mapping[str, Any] | None = None,
    between: tuple[Any, Any] | None = None,
    method: Any = None,
    progress: Callable[[float], None] | None = None,
) -> Any:
    """Find where a prediction changes as a parameter grows, the other parameters at their values.

    Parameters
    ----------
    game
        The game.
    parameter
        The name of the parameter that moves.
    measure
        ``probability("war")``, ``payoff("Defender")``, the name of an outcome or action, or any callable
        ``Equilibrium -> number``.
    given
        A second parameter, by name (over its declared range) or with its values, such as
        ``{"punishment": [5, 10, 15]}``: the answer is then the threshold as a curve against it.
    between
        The least and greatest value to look at; by default the parameter's declared range.
    method
        The solution concept; the game's default one otherwise.
    progress
        Called now and then with the share done.

    Returns
    -------
    Threshold
        The value at which the measure jumps most, exact where rational, as a formula in the other parameters
        where there is one, with the direction; and every other value at which the set of equilibria changes.

    Raises
    ------
    ParameterError
        If the parameter is unknown, or has no finite range and ``between`` is not given.

    Notes
    -----
    Equilibria are solved exactly at points of the range and derived in closed form with the parameter as the
    one symbol; the zeros of their conditions cut the range into pieces, and each piece is solved exactly at
    a point inside until no new class appears.

    Examples
    --------
    >>> import deterrence as dt
    >>> @dt.game("Challenger", "Defender")
    ... def strike(war=dt.param(3, "cost of retaliating", low=0, high=20)):
    ...     "Strike or not; the defender loses 6 if it does not answer."
    ...     return dt.move(
    ...         "Challenger",
    ...         restrain=dt.end("peace", 0, 0),
    ...         strike=dt.move(
    ...             "Defender", give=dt.end("grab", 4, -6), retaliate=dt.end("war", -5, -war)
    ...         ),
    ...     )
    >>> dt.threshold(strike, "war", "grab").value
    6
    """
    if isinstance(game, ContinuousGame):
        return continuous_threshold(game, parameter, measure, given, between, method, progress)
    if given is not None:
        from deterrence.analysis._threshold_curve import threshold_curve

        return threshold_curve(game, parameter, measure, given, between, method, progress)
    return thresholds(game, parameter, measure, between=between, method=method, progress=progress)[0]


def thresholds(
    game: Game | ContinuousGame,
    parameter: str,
    *measures: Any,
    between: tuple[Any, Any] | None = None,
    method: Any = None,
    progress: Callable[[float], None] | None = None,
) -> tuple[Threshold, ...]:
    """Find the thresholds of several measures in one search; see :func:`threshold`."""
    if isinstance(game, ContinuousGame):
        return continuous_thresholds(game, parameter, measures, between, method, progress)
    chosen = chosen_method(game, method)
    questions = tuple(as_measure(measure) for measure in measures)
    for question in questions:
        question.check(game)
    if parameter not in game.parameters:
        raise ParameterError(
            f"The game {game.name!r} has no parameter {parameter!r}. {nearest(parameter, game.parameters)}"
        )
    low, high = _range(game, parameter, between)
    search = _Search(game, parameter, chosen, low, high, progress)
    found = [tuple(search.boundaries(question)) for question in questions]
    pairs = zip(questions, found, strict=True)
    return tuple(Threshold(game, parameter, q, search.method, some, search.complete) for q, some in pairs)


def _range(game: Game, parameter: str, between: tuple[Any, Any] | None) -> tuple[Exact, Exact]:
    declared = game.parameters[parameter]
    if between is not None and not (isinstance(between, (tuple, list)) and len(between) == 2):
        raise ParameterError(f"between=(low, high) takes two values of {parameter!r}, not {between!r}.")
    low, high = between if between is not None else (declared.low, declared.high)
    if low is None or high is None:
        raise ParameterError(
            f"The parameter {parameter!r} has the range {declared.range}; give between=(low, high) to look at."
        )
    low, high = (exact_number(end, f"end of between=(…) for {parameter!r}") for end in (low, high))
    declared.at(low)
    declared.at(high)
    if low >= high:
        raise ParameterError(f"between=({show_number(low)}, {show_number(high)}) is empty; low must be below high.")
    return low, high


class _Search:
    """Cut the range of one parameter into pieces in which the same classes of equilibrium exist."""

    def __init__(
        self,
        game: Game,
        parameter: str,
        method: Any,
        low: Exact,
        high: Exact,
        progress: Callable[[float], None] | None,
    ) -> None:
        self.game, self.parameter, self.method = game, parameter, method
        self.low, self.high, self.complete, self.progress = low, high, True, progress
        self.parametric = Parametric.of(game, [parameter])
        self._solved: dict[Any, list[Equilibrium] | None] = {}
        self._cuts: dict[Any, set[Any]] = {}

    def solve(self, value: Any) -> list[Equilibrium] | None:
        """Return the equilibria at a value, or None where the game's assumptions fail."""
        key = Fraction(value)
        if key not in self._solved:
            try:
                solution = self.method.solve(self.game.at({self.parameter: key}))
                self.complete = self.complete and solution.complete
                self._solved[key] = list(solution)
            except ParameterError:
                self._solved[key] = None
        return self._solved[key]

    def boundaries(self, measure: Measure) -> list[Boundary]:
        """Return the values at which the set of classes changes, with what happens to a measure there."""
        cuts, found = self.cuts, []
        for number, cut in enumerate(cuts[1:-1], 1):
            if self.progress is not None:
                self.progress(0.5 + 0.5 * number / len(cuts))
            boundary = self._boundary(measure, cut, cuts[number - 1], cuts[number + 1])
            if boundary is not None:
                found.append(boundary)
        return found

    @cached_property
    def cuts(self) -> list[Any]:
        """The ends of the range and, between them, all zeros of the conditions of the classes found."""
        if self.parametric.atoms:
            return [self.low, *self._bisected(), self.high]
        cuts = [self.low, self.high]
        tried: set[Any] = set()
        while True:
            pieces = [(a, b) for a, b in itertools.pairwise(cuts) if (a, b) not in tried]
            if not pieces:
                return cuts
            known = len(self._cuts)
            for a, b in pieces:
                tried.add((a, b))
                for weight in (Fraction(1, 2), Fraction(1, 7), Fraction(6, 7)):
                    self._learn(Fraction(a) + (Fraction(b) - Fraction(a)) * weight)
            if self.progress is not None:
                self.progress(0.5 * (1 - 1 / (1 + len(self._cuts))))
            if len(self._cuts) > known or len(cuts) == 2:
                roots = {root for some in self._cuts.values() for root in some}
                cuts = [self.low, *sorted(r for r in roots if self.low < r < self.high), self.high]

    def _bisected(self) -> list[Any]:
        """Return where neighbouring points of a fine grid differ in their classes, found by halving.

        For payoffs that are no ratios of polynomials in the parameter: a class between two points of the
        grid may be missed, so that the answer does not count as complete.
        """
        self.complete = False
        low, high = Fraction(self.low), Fraction(self.high)
        points = [low + (high - low) * Fraction(k, GRID) for k in range(GRID + 1)]
        found = []
        for left, right in itertools.pairwise(points):
            if self._classes(left) == self._classes(right):
                continue
            a, b = left, right
            while b - a > (high - low) * HALVED:
                middle = (a + b) / 2
                a, b = (middle, b) if self._classes(middle) == self._classes(left) else (a, middle)
            near = ((a + b) / 2).limit_denominator(10**6)
            found.append(near if a <= near <= b else float((a + b) / 2))
        return _merged(found, (high - low) * HALVED * 10)

    def _classes(self, value: Any) -> frozenset[Any]:
        return frozenset(equilibrium.path_pattern for equilibrium in self.solve(value) or [])

    def _learn(self, value: Any) -> None:
        for equilibrium in self.solve(value) or []:
            if equilibrium.pattern not in self._cuts:
                self._cuts[equilibrium.pattern] = self._zeros(equilibrium.pattern)

    def _zeros(self, pattern: Any) -> set[Any]:
        """Return the values at which some condition of a pattern's formulas changes sign."""
        zeros: set[Any] = set()
        for polynomial in _boundary_polynomials(self.parametric, pattern):
            zeros |= _real_zeros(polynomial, self.low, self.high)
        for condition, _ in self.game._conditions:
            fixed = {p.expression: v for p in self.game.parameter_list if p.name != self.parameter for v in [p.value]}
            zeros |= _relation_zeros(condition, fixed, self.low, self.high)
        return zeros

    def _boundary(self, measure: Measure, cut: Any, before: Any, after: Any) -> Boundary | None:
        step = JUMP * (Fraction(self.high) - Fraction(self.low))
        below = Fraction(cut) - min(step, (Fraction(cut) - Fraction(before)) / 3)
        above = Fraction(cut) + min(step, (Fraction(after) - Fraction(cut)) / 3)
        left, right = self.solve(below), self.solve(above)
        if not left or not right:
            return None
        mine = {play_in_words(e): e for e in left}
        theirs = {play_in_words(e): e for e in right}
        if set(mine) == set(theirs):
            return None
        gone = tuple(name for name in mine if name not in theirs)
        new = tuple(name for name in theirs if name not in mine)
        patterns = [mine[name].pattern for name in gone] + [theirs[name].pattern for name in new]
        ends = self.measured(measure, left), self.measured(measure, right)
        return Boundary(cut, *ends, gone, new, self.game, self.parameter, tuple(patterns))

    def measured(self, measure: Measure, equilibria: list[Equilibrium]) -> Range:
        """Return the least and greatest value of a measure over equilibria."""
        numbers = [measure(extreme) for e in equilibria for extreme in (e, *e.extremes)]
        return min(numbers), max(numbers)


def _merged(cuts: Sequence[Any], apart: Fraction) -> list[Any]:
    """Return rising cuts without those that repeat the one before, as the two sides of a tie on the grid do."""
    kept: list[Any] = []
    for cut in cuts:
        if not kept or Fraction(cut) - Fraction(kept[-1]) > apart:
            kept.append(cut)
    return kept


def _formula(game: Game, parameter: str, cut: Any, patterns: Sequence[Any]) -> Any:
    """Return a boundary as a formula in the other parameters, from the conditions that vanish there."""
    whole = Parametric.of(game)
    domain = Domain(game, whole)
    at = {**game.values, parameter: cut}
    for pattern in patterns:
        for polynomial in _boundary_polynomials(whole, pattern):
            formula = _solved_for(polynomial, whole, domain, parameter, at)
            if formula is not None:
                return formula
    return None


def _boundary_polynomials(parametric: Parametric, pattern: Any) -> list[Any]:
    """Return the polynomials in the parameters at whose zeros a pattern's equilibria may begin or end."""
    forms, _ = parametric.closed_forms(pattern)
    found: dict[Any, None] = {}
    for form in forms:
        elements = [c for c, _ in form.conditions]
        for group in form.groups:
            elements += [c for corner in group.corners for c, _ in corner.conditions]
        for c in elements:
            for part in (getattr(c, "numer", None), getattr(c, "denom", None)):
                if part is not None and not part.is_ground:
                    found[part] = None
        for part in form.special:
            found[part] = None
    return list(found)


def _real_zeros(polynomial: Any, low: Any, high: Any) -> set[Any]:
    import sympy as sp

    expression = polynomial.as_expr()
    symbols = list(expression.free_symbols)
    if len(symbols) != 1:
        return set()
    zeros = set()
    for root in sp.Poly(expression, symbols[0]).real_roots(multiple=False):
        number = root[0]
        value = exact_number(number) if number.is_Rational else float(number.evalf(30))
        if low < value < high:
            zeros.add(value)
    return zeros


def _relation_zeros(condition: Any, fixed: dict[Any, Any], low: Any, high: Any) -> set[Any]:
    """Return where the sides of an assumption meet, so that the pieces respect it."""
    import sympy as sp

    from deterrence.expression import to_sympy

    zeros: set[Any] = set()
    for relation in condition.atoms(sp.core.relational.Relational):
        gap = sp.expand((relation.lhs - relation.rhs).xreplace({k: to_sympy(v) for k, v in fixed.items()}))
        if len(gap.free_symbols) == 1 and gap.is_polynomial():
            zeros |= _real_zeros(sp.Poly(gap).as_expr().as_poly(), low, high)
    return zeros


def _solved_for(polynomial: Any, whole: Parametric, domain: Domain, parameter: str, at: dict[str, Any]) -> Any:
    """Return what a polynomial's vanishing factor says of the parameter, if it is linear in it."""
    import sympy as sp

    from deterrence.expression import to_sympy

    symbol = next(s for s in whole.symbols if s.name == parameter)
    values = {
        s: to_sympy(at[s.name]) if not isinstance(at[s.name], float) else sp.Float(at[s.name]) for s in whole.symbols
    }
    for factor, _ in polynomial.factor_list()[1]:
        expression = whole.expression(factor)
        if symbol not in expression.free_symbols or abs(expression.subs(values)) > 1e-9:
            continue
        generator = factor.ring.gens[whole.symbols.index(symbol)]
        if factor.degree(generator) == 1:
            slope = factor.diff(generator)
            rest = factor - slope * generator
            return oriented_ratio(-whole.field(rest) / whole.field(slope), domain)
    return None
