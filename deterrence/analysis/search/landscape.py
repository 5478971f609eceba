"""The boundaries of the classes known around a game, as surfaces in scaled coordinates."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from deterrence.analysis.search.boundary_formulas import boundary_polynomials
from deterrence.analysis.search.levels import level_polynomials, levels_certain
from deterrence.analysis.search.surfaces import Surfaces
from deterrence.analysis.search.surroundings import Surroundings
from deterrence.answers.measure import Measure
from deterrence.answers.solution import Equilibrium
from deterrence.games.expression import Exact
from deterrence.games.game import Game
from deterrence.grid.measured import compiled_forms
from deterrence.solvers.supports.closed_form import Parametric


class Landscape(Surroundings):
    """The surroundings of a game with the surfaces at which what holds may change.

    ``levels`` are values of the measure that matter: where it takes one of them in a class is a surface as well.
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
        super().__init__(game, method, names, widths, measure)
        self.levels = tuple(levels)
        self.parametric = Parametric.of(game, self.names)
        self.surfaces = Surfaces(self.start, self.width, self.low, self.high)
        self.whole = not self.parametric.atoms
        self.patterns: set[Any] = set()
        self._places = [self.names.index(symbol.name) for symbol in self.parametric.symbols]
        self._add_assumptions()
        present = method.solve(game)
        self.whole = self.whole and not present.stand_in
        self.learn(present.representatives)

    @property
    def reaches(self) -> np.ndarray:
        """The sizes of box that the surfaces do not enter."""
        return self.surfaces.reach

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
            if place not in self._places:  # it follows from others, and stands in no polynomial itself
                continue
            generator = self._places.index(place)
            for share in pair:
                value = self.start[place] + share * self.width[place]
                if any(_vanishes(polynomial, generator, value) for polynomial in polynomials):
                    ends.append((place, float(share)))
        return ends


def _vanishes(polynomial: Any, generator: int, value: Fraction) -> bool:
    """Tell whether a polynomial is zero wherever one of its generators takes a value."""
    by_rest: dict[Any, Fraction] = {}
    for powers, c in polynomial.terms():
        rest = (*powers[:generator], *powers[generator + 1 :])
        by_rest[rest] = (
            by_rest.get(rest, Fraction(0)) + Fraction(c.numerator, c.denominator) * value ** powers[generator]
        )
    return not any(by_rest.values())
