"""Find the cells of a rectangle of two parameters, and which equilibrium classes exist in each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from deterrence.analysis.questions import Axis
from deterrence.analysis.search.boundary_formulas import boundary_polynomials
from deterrence.analysis.search.cells import Box, Cell, TooManyCurvesError, cells_of, rectangles
from deterrence.analysis.search.points.region_points import SIDE, filled
from deterrence.analysis.search.written.borders import fixed_values, vanishing
from deterrence.errors import ParameterError
from deterrence.games.equations import equations_in
from deterrence.games.game import Game
from deterrence.grid.continuum_formulas import formula_classes, known_classes
from deterrence.grid.cover import NOT_EXCLUDED, Cover
from deterrence.grid.crew import Crew
from deterrence.grid.possible import Unmet
from deterrence.solvers.supports.closed_form import Parametric

COARSE = 9
"""Cells a side of the grid on which the first classes are found."""
FINE_SIDE = 97
"""Cells a side where classes of a game with numbers without end have formulas, but boundaries are not cut exactly."""
FALLBACK = 40
"""Cells a side of the plain grid used where boundaries have no formulas."""


class Finder:
    """A search for the cells of a rectangle and the classes that exist in each."""

    def __init__(self, game: Game, method: Any, axes: tuple[Axis, Axis], progress: Any) -> None:
        self.game, self.method, self.axes, self.progress = game, method, axes, progress
        self.names = tuple(name for name, _ in axes)
        (_, xs), (_, ys) = axes
        self.box: Box = (xs[0], xs[-1], ys[0], ys[-1])

    def run(self) -> dict[str, Any]:
        """Return the fields of the regions: exact where the boundaries have formulas, else on a plain grid.

        Raises
        ------
        ParameterError
            If an assumption is an equation in one of the two parameters, which leaves a curve and no area.
        """
        for equation in equations_in(self.game.assumptions):
            if {symbol.name for symbol in equation.free_symbols} & set(self.names):
                raise ParameterError(
                    f"The game {self.game.name!r} assumes {equation.lhs} = {equation.rhs}, which leaves a curve of the "
                    "rectangle and no area. Sweep along it, or choose two parameters that no equation ties."
                )
        if self.game.has_continuum:
            written = self._written()
            return self._by_points() if written is None else written
        cover = Cover(self.game, self.method, self.names, self._middles(COARSE), ())
        if cover.can_derive():
            cover.run()
            self.parametric = Parametric.of(self.game, self.names)
            try:
                if not self.parametric.atoms:
                    return self._exact(cover)
                why = "payoffs are not rational in the two parameters"
            except TooManyCurvesError as error:
                why = f"there are {error}, too many to cut exactly"
        else:
            why = "this solution concept has no closed form"
        cells = rectangles(*(_spread(self.box[k], self.box[k + 1], FALLBACK) for k in (0, 2)))
        return self._answer(self._cover(cells), cells, [], f"; boundaries on a plain grid, since {why}")

    def _written(self) -> dict[str, Any] | None:
        """Return the fields of the regions of a game with numbers without end whose classes are written as formulas."""
        found = known_classes(self.game, self.method, self.names)
        if found is None:
            return None
        conditions = [each for kind in found.classes for each in vanishing(kind)]
        try:
            cells, curves = cells_of(self._of_expressions(conditions, fixed_values(self.game, self.names)), self.box)
        except TooManyCurvesError:
            return None
        return self._answer(self._cover(cells), cells, curves, "")

    def _by_points(self) -> dict[str, Any]:
        """Return the fields of the regions of a game without formulas, from cells solved where neighbours differ."""
        by_formulas = formula_classes(self.game, self.method, self.names, ()) is not None
        side = FINE_SIDE if by_formulas else SIDE
        cells = rectangles(*(_spread(self.box[k], self.box[k + 1], side) for k in (0, 2)))
        with Crew() as crew:
            points = self._middles(side)
            cover = Cover(self.game, self.method, self.names, points, (), self.progress, crew)
            remark = f"; classes by formulas, evaluated inside {len(cells)} cells"
            if not by_formulas:
                remark = f"; solved in {filled(cover, crew)} of {len(cells)} cells, the others lie between some alike"
            self._found = cover.run()
        remark += "; what is smaller than a cell is not excluded"
        return {**self._answer(cover, cells, [], remark), "complete": False}

    def _middles(self, count: int) -> list[Any]:
        """Return points in the middle of cells, a little off, so that they lie on no round boundary."""
        off = Fraction(48271, 100003)
        rows = [[low + (high - low) * (k + off) / count for k in range(count)] for low, high in self._sides()]
        return [(x, y) for x in rows[0] for y in rows[1]]

    def _sides(self) -> Sequence[tuple[Any, Any]]:
        return (self.box[0], self.box[1]), (self.box[2], self.box[3])

    def _exact(self, cover: Cover) -> dict[str, Any]:
        """Cut, look into every cell, and cut again while new classes appear."""
        known = cover.met
        while True:
            cells, curves = cells_of(self._polynomials(known), self.box)
            cover = self._cover(cells)
            met = known | cover.met
            met |= set() if met > known else self._between(cover, met)
            if met == known:
                return self._answer(cover, cells, curves, "")
            known = met

    def _between(self, cover: Cover, met: set[Any]) -> set[Any]:
        """Return further patterns of play that exist somewhere in the rectangle, between the points that were solved.

        Of each play that was not met it is decided whether its formulas hold anywhere; what stays open is noted.
        """
        unmet = Unmet(self.game, self.parametric, met)
        places, decided = unmet.places(dict(zip(self.names, self._sides(), strict=True)))
        equilibria = [cover.solved_at(tuple(place[name] for name in self.names)) or () for place in places]
        found = {each.pattern for some in equilibria for each in some} - met
        if not (decided and (found or not places)):
            cover.notes.append(NOT_EXCLUDED)
        return found

    def _cover(self, cells: Sequence[Cell]) -> Cover:
        cover = Cover(self.game, self.method, self.names, [cell.inside for cell in cells], (), self.progress)
        self._found = cover.run()
        return cover

    def _polynomials(self, patterns: Iterable[Any]) -> list[Any]:
        """Return all conditions of the classes and of the assumptions, as polynomials in (y, x)."""
        conditions = dict.fromkeys(
            q for pattern in sorted(patterns) for q in boundary_polynomials(self.parametric, pattern)
        )
        return self._of_expressions(map(self.parametric.expression, conditions), self.parametric.fixed)

    def _of_expressions(self, conditions: Iterable[Any], fixed: dict[Any, Any]) -> list[Any]:
        """Return conditions and the game's assumptions as polynomials in (y, x)."""
        import sympy as sp

        x, y = (self.game.parameters[name].expression for name in self.names)
        relations = [r for each in self.game.assumptions for r in each.atoms(sp.core.relational.Relational)]
        found: dict[Any, None] = {}
        for expression in (*conditions, *(relation.lhs - relation.rhs for relation in relations)):
            gap = sp.together(expression.xreplace(fixed))
            if gap.is_rational_function(x, y) and gap.free_symbols:
                found[sp.Poly(sp.fraction(gap)[0], y, x)] = None
        return [polynomial for polynomial in found if polynomial.total_degree() > 0]

    def _answer(self, cover: Cover, cells: Sequence[Cell], curves: Sequence[Any], remark: str) -> dict[str, Any]:
        found = self._found
        present = np.array([some.exists for some in found], dtype=bool).reshape(len(found), len(cells))
        doubts = "; ".join(dict.fromkeys(cover.notes))
        status = "every class confirmed" if cover.complete else f"other classes may exist: {doubts}"
        status = "found at points" if cover.complete and self.game.has_continuum and remark else status
        masked = np.asarray(cover.masked, dtype=bool)
        for array in (present, masked):
            array.flags.writeable = False
        return {
            "classes": tuple(some.name for some in found),
            "cells": tuple(cells),
            "present": present,
            "masked": masked,
            "curves": tuple(curves),
            "exact": not remark,
            "complete": cover.complete,
            "status": status + remark,
        }


def _spread(low: Any, high: Any, count: int) -> list[Any]:
    return [low + (high - low) * Fraction(k, count) for k in range(count + 1)]
