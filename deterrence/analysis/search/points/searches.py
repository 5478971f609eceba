"""Which search for the nearest change a question needs: by boundaries with formulas, or by points."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from deterrence.analysis.search.changes import Test
from deterrence.analysis.search.landscape import Landscape
from deterrence.analysis.search.nearest import NearestSearch
from deterrence.analysis.search.points.felt import FeltSearch
from deterrence.analysis.search.points.nearest_point import PointSearch
from deterrence.analysis.search.points.oracle import PlayTest
from deterrence.analysis.search.surroundings import Surroundings
from deterrence.answers.measure import Measure
from deterrence.games.expression import Exact
from deterrence.games.game import Game
from deterrence.grid.bulk.measured_points import MANY_PARAMETERS
from deterrence.grid.bulk.solver import suited
from deterrence.grid.crew import Crew

FEW_PLAYS = 256
"""In games of no more pure plays formulas in many parameters stay small."""


def search_among(
    game: Game,
    method: Any,
    names: Sequence[str],
    widths: Mapping[str, Exact],
    measure: Measure | None,
    levels: Sequence[Exact],
    tests: tuple[Test, PlayTest],
    *,
    norm: str,
    crew: Crew,
    steady: bool = True,
) -> NearestSearch | PointSearch | FeltSearch:
    """Return the search in some parameters; in many of them formulas of boundaries swell, and points are solved.

    In a small game they do not, and a proof that nothing is nearer is in reach. Of numbers without end there are none.
    """
    test, in_bulk = tests
    if game.has_continuum:
        return FeltSearch(Surroundings(game, method, names, widths, measure), test, norm)
    large = math.prod(map(len, game.form.actions_of)) > FEW_PLAYS
    if large and len(names) >= MANY_PARAMETERS and suited(game):
        return PointSearch(Surroundings(game, method, names, widths, measure), test, in_bulk, norm, crew)
    land = Landscape(game, method, names, widths, measure, levels)
    return NearestSearch(land, test, norm, steady=steady)
