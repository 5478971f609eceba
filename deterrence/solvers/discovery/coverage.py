"""At what share of points drawn afresh all equilibria are among the classes found."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from deterrence.answers.classes import Coverage
from deterrence.errors import ParameterError
from deterrence.solvers.algebra.signs import Domain
from deterrence.solvers.perfect_bayesian import PerfectBayesian

if TYPE_CHECKING:
    from deterrence.solvers.discovery.discovery import Discovery

POINTS = 300


def coverage(search: Discovery) -> Coverage:
    """Return the share of fresh points at which every equilibrium belongs to a class found.

    At a point the patterns that bounds leave possible are the only candidates: those that were decided for all values
    are known, the others are solved there exactly.
    """
    domain, builder = search.domain, search.builder
    fresh = Domain(search.game, builder.parametric, samples=POINTS, seed=domain.seed + 1)
    points = fresh.unit_samples[1:]
    known = _known_by_blocks(search, fresh, points) if search.factored else _known(search, fresh, points)
    box = {
        p.name: (low, low + width)
        for p, low, width in zip(domain.parameters, domain.box.lows, domain.box.widths, strict=True)
        if p is not None
    }
    return Coverage(float(known.mean()) if len(known) else 1.0, len(points), box)


def _known(search: Discovery, fresh: Domain, points: np.ndarray) -> np.ndarray:
    known, builder = np.ones(len(points), dtype=bool), search.builder
    for pattern, at in search.possible_at(points):
        if pattern in builder.derived and pattern not in builder.open_patterns:
            continue
        for k in at:
            if known[k] and (search.clock.over() or _occurs(search, pattern, fresh.point(points[k], []))):
                known[k] = False
    return known


def _known_by_blocks(search: Discovery, fresh: Domain, points: np.ndarray) -> np.ndarray:
    """Tell where all equilibria are combinations of local classes: by bounds, else by solving the game there."""
    factored, known = search.factored, np.ones(len(points), dtype=bool)
    assert factored is not None
    for k in np.flatnonzero(factored.unknown(search.possible(points), len(points))):
        values = fresh.point(points[k], [])
        solution = None if values is None or search.clock.over() else PerfectBayesian().solve(search.game.at(values))
        known[k] = solution is not None and solution.complete and all(factored.knows(e.pattern) for e in solution)
    return known


def _occurs(search: Discovery, pattern: object, values: object) -> bool:
    """Tell whether a pattern has an equilibrium at a point, where it is solved exactly; yes where that fails."""
    try:
        game = search.game.at(values)  # type: ignore[arg-type]
    except ParameterError:
        return True
    return any(True for _ in PerfectBayesian().equilibria_of(game, pattern))  # type: ignore[arg-type]
