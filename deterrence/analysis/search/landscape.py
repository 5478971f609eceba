"""The parameters around a game as scaled coordinates, with the boundaries of the classes known there."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Any

import numpy as np

from deterrence.analysis.questions import checked_mapping, checked_names
from deterrence.analysis.search.boundary_formulas import boundary_polynomials
from deterrence.analysis.search.levels import level_polynomials, levels_certain
from deterrence.analysis.search.surfaces import Surfaces
from deterrence.answers.measure import Measure
from deterrence.answers.solution import Equilibrium
from deterrence.errors import MethodError, ParameterError
from deterrence.games.expression import Exact, exact_number, to_sympy
from deterrence.games.game import Game
from deterrence.grid.cover import Cover
from deterrence.grid.measured import compiled_forms
from deterrence.solvers.supports.closed_form import Parametric

FINE = 10**9
"""A change is rounded to a simple number by at most this part of it."""


class Landscape:
    """The parameters that may move, their scales, and the surfaces at which what holds may change.

    Points are rows of shares: the change of each parameter in units of its scale, so that the game's own
    values are at zero. ``levels`` are values of the measure that matter: where it takes one of them in a class
    is a surface as well.
    """

    def __init__(
        self,
        game: Game,
        method: Any,
        names: Sequence[str],
        widths: Mapping[str, Exact],
        measure: Measure | None,
        levels: Sequence[Exact] = (),
    ) -> None:
        self.game, self.method, self.names = game, method, tuple(names)
        self.measure, self.levels = measure, tuple(levels)
        self.start = tuple(Fraction(game.values[name]) for name in names)
        self.width = tuple(Fraction(widths[name]) for name in names)
        self.ends = tuple(
            (
                -Fraction(1) if parameter.low is None else (parameter.low - value) / width,
                Fraction(1) if parameter.high is None else (parameter.high - value) / width,
            )
            for parameter, value, width in zip(
                (game.parameters[name] for name in names), self.start, self.width, strict=True
            )
        )
        self.low, self.high = np.array([[float(end) for end in pair] for pair in self.ends]).T
        self.parametric = Parametric.of(game, self.names)
        self.surfaces = Surfaces(self.start, self.width, self.low, self.high)
        self.whole = not self.parametric.atoms
        self.patterns: set[Any] = set()
        self._solved: dict[tuple[Exact, ...], list[Equilibrium] | None] = {}
        self._places = [self.names.index(symbol.name) for symbol in self.parametric.symbols]
        self._refuse_without_closed_form()
        self._add_assumptions()
        present = method.solve(game)
        self.whole = self.whole and not present.stand_in
        self.learn(present.representatives)

    def _refuse_without_closed_form(self) -> None:
        measures = () if self.measure is None else (self.measure,)
        if not Cover(
            self.game, self.method, self.names, [self.exact(np.zeros(len(self.names)))], measures
        ).can_derive():
            raise MethodError(
                "The nearest change is sought among closed forms, which exist for SubgamePerfect(), PerfectBayesian() "
                "and Nash() of a simultaneous game, and for probability('…') and payoff('…'); nothing else has one."
            )

    # -- surfaces ----------------------------------------------------------------------------------------

    def learn(self, equilibria: Iterable[Equilibrium]) -> bool:
        """Take in the boundaries of the classes of equilibria; return whether there was a new one."""
        known = len(self.surfaces)
        for pattern in dict.fromkeys(equilibrium.pattern for equilibrium in equilibria):
            if pattern in self.patterns:
                continue
            self.patterns.add(pattern)
            self.whole = self.whole and self.parametric.closed_forms(pattern)[1]
            polynomials = boundary_polynomials(self.parametric, pattern)
            if self.measure is not None:
                polynomials += level_polynomials(self.parametric, pattern, self.measure, self.levels)
                self.whole = self.whole and levels_certain(self.parametric, pattern, self.measure)
            for polynomial in polynomials:
                self._add(polynomial)
        return len(self.surfaces) > known

    def places_of_unmet(self, shares: np.ndarray, most: int) -> list[np.ndarray]:
        """Return for each pure play that was not met a point, of some, at which its formulas say that it exists.

        Nothing, where there are more than ``most`` of them.
        """
        actions = self.game.form.actions_of
        if math.prod(map(len, actions)) > most:
            return []
        values = np.array([[float(v) for v in row] for row in (self.start, self.width)])
        columns = list((values[0] + shares * values[1])[:, self._places].T)
        points = []
        for play in itertools.product(*(range(len(row)) for row in actions)):
            pattern = tuple((action,) for action in play)
            for form in compiled_forms(self.parametric, pattern, ()) if pattern not in self.patterns else ():
                there = np.flatnonzero(form.at(columns).exists)
                points += [shares[there[len(there) // 2]]] if len(there) else []
        return points

    def _add(self, polynomial: Any) -> None:
        if any(any(powers[len(self._places) :]) for powers in polynomial.monoms()):
            self.whole = False  # it depends on a part that is no polynomial
        else:
            self.surfaces.add(polynomial, self._places)

    def _add_assumptions(self) -> None:
        import sympy as sp

        for condition in self.game.assumptions:
            for relation in condition.atoms(sp.core.relational.Relational):
                gap = sp.together((relation.lhs - relation.rhs).xreplace(self.parametric.fixed))
                try:
                    self._add(self.parametric.field.from_expr(gap).numer)
                except ValueError:
                    self.whole = False

    def brittle_ends(self) -> list[tuple[int, float]]:
        """Return the ends of ranges, as place and share, at which a draw becomes impossible or a boundary is met.

        There other equilibria may exist than just before.
        """
        draws = [c for row in self.parametric.agent.chances for c in row if hasattr(c, "numer") or hasattr(c, "terms")]
        polynomials = [getattr(c, "numer", c) for c in draws]
        ends = []
        for place, pair in enumerate(self.ends):
            generator = self._places.index(place)
            for share in pair:
                value = self.start[place] + share * self.width[place]
                if any(_vanishes(polynomial, generator, value) for polynomial in polynomials):
                    ends.append((place, float(share)))
        return ends

    # -- exact -------------------------------------------------------------------------------------------

    def exact(self, shares: np.ndarray) -> tuple[Exact, ...]:
        """Return the exact parameter values at a point; those not moved keep theirs."""
        values = []
        for by, start, width, pair in zip(shares, self.start, self.width, self.ends, strict=True):
            ends = [end for end in pair if by and float(end) == by]
            change = (ends[0] if ends else Fraction(float(by))) * width
            value = start + change if ends else _simple(start + change, abs(change) / FINE)
            values.append(exact_number(min(max(value, start + pair[0] * width), start + pair[1] * width)))
        return tuple(values)

    def at_shares(self, shares: Sequence[Fraction]) -> tuple[Exact, ...]:
        """Return the parameter values at exact shares, unrounded."""
        rows = zip(self.start, shares, self.width, strict=True)
        return tuple(exact_number(start + share * width) for start, share, width in rows)

    def solve(self, values: Sequence[Exact]) -> list[Equilibrium] | None:
        """Return the equilibria at exact values, or None where the game's assumptions fail."""
        key = tuple(values)
        if key not in self._solved:
            try:
                solution = self.method.solve(self.game.at(dict(zip(self.names, key, strict=True))))
                self.whole = self.whole and not solution.stand_in
                self._solved[key] = list(solution.representatives)
            except ParameterError:
                self._solved[key] = None
        return self._solved[key]

    @property
    def solutions(self) -> int:
        """How many points were solved exactly."""
        return len(self._solved)


def _vanishes(polynomial: Any, generator: int, value: Fraction) -> bool:
    """Tell whether a polynomial is zero wherever one of its generators takes a value."""
    by_rest: dict[Any, Fraction] = {}
    for powers, c in polynomial.terms():
        rest = (*powers[:generator], *powers[generator + 1 :])
        by_rest[rest] = (
            by_rest.get(rest, Fraction(0)) + Fraction(c.numerator, c.denominator) * value ** powers[generator]
        )
    return not any(by_rest.values())


def _simple(value: Fraction, within: Fraction) -> Fraction:
    """Return the number of fewest digits that is so near to a value."""
    for digits in itertools.count():
        near = value.limit_denominator(10**digits)
        if abs(near - value) <= within:
            return near
    return value


def widths_of(
    game: Game, names: Iterable[str] | None, scales: Mapping[str, Any] | None
) -> tuple[dict[str, Exact], tuple[str, ...]]:
    """Return the scale of each parameter that may move, and the names of those left out for want of one."""
    given = checked_mapping(game, scales, "scales", "1")
    names = None if names is None else checked_names(game, names)
    widths: dict[str, Exact] = {}
    without = []
    for name in game.parameters if names is None else names:
        declared = game.parameters[name]
        if name in given:
            widths[name] = exact_number(given[name], f"scale of {name!r}")
            if widths[name] <= 0:
                raise ParameterError(f"The scale of {name!r} is {widths[name]}; it must be above zero.")
        elif declared.low is None or declared.high is None:
            without.append(name)
        else:
            widths[name] = declared.high - declared.low
    if names is not None and without:
        raise ParameterError(
            f"The parameter {without[0]!r} has the range {game.parameters[without[0]].range}, so its change has no "
            f"scale. Give one, such as scales={{{without[0]!r}: 1}}."
        )
    if not widths:
        raise ParameterError("No parameter has a finite range; give scales={'name': width} for those that may move.")
    return {name: width for name, width in widths.items() if width > 0}, tuple(without)


def admitted(game: Game, names: Sequence[str], points: np.ndarray) -> np.ndarray:
    """Tell at which points, one a row, the game's assumptions hold."""
    good = np.ones(len(points), dtype=bool)
    for holds in _conditions(game, tuple(names)):
        good &= np.broadcast_to(np.asarray(holds(*points.T), dtype=bool), good.shape)
    return good


@lru_cache(maxsize=32)
def _conditions(game: Game, names: tuple[str, ...]) -> tuple[Any, ...]:
    import sympy as sp

    symbols = [game.parameters[name].expression for name in names]
    fixed = {p.expression: to_sympy(p.value) for p in game.parameter_list if p.name not in names}
    return tuple(sp.lambdify(symbols, c.xreplace(fixed), modules="numpy") for c in game.assumptions)
