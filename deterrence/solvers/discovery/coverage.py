"""At what share of points drawn afresh all equilibria are among the classes found."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from deterrence.answers.classes import Coverage
from deterrence.errors import ParameterError
from deterrence.solvers.algebra.signs import Domain
from deterrence.solvers.perfect_bayesian import PerfectBayesian

if TYPE_CHECKING:
    from deterrence.solvers.discovery.discovery import Discovery

POINTS = 300
SHARE = 0.3
"""So much of the time that is left may be spent on them; the share is then of those that were looked at."""


def coverage(search: Discovery) -> Coverage | None:
    """Return the share of fresh points at which every equilibrium belongs to a class found; None without time.

    At a point the patterns that bounds leave possible are the only candidates: those that were decided for all values
    are known, the others are solved there exactly, while there is time.
    """
    domain = search.domain
    fresh = Domain(search.game, search.builder.parametric, samples=POINTS, seed=domain.seed + 1)
    points = fresh.unit_samples[1:]
    clock = search.clock.within(SHARE)
    told = _by_subgames if search.composed else _by_blocks if search.factored else _by_patterns
    is_known = told(search, fresh, points)
    known: list[bool] = []
    while len(known) < len(points) and not clock.over():
        known.append(is_known(len(known)))
    box = {
        p.name: (low, low + width)
        for p, low, width in zip(domain.parameters, domain.box.lows, domain.box.widths, strict=True)
        if p is not None
    }
    return Coverage(sum(known) / len(known), len(known), box) if known else None


def _by_patterns(search: Discovery, fresh: Domain, points: np.ndarray) -> Callable[[int], bool]:
    """Return what tells of a point whether all equilibria there are of patterns that were decided."""
    builder, candidates = search.builder, [[] for _ in points]  # type: ignore[var-annotated]
    for pattern, at in search.plays.at(points):
        if pattern not in builder.derived or pattern in builder.open_patterns:
            for k in at:
                candidates[k].append(pattern)

    def is_known(k: int) -> bool:
        values = fresh.point(points[k], []) if candidates[k] else None
        return not any(_occurs(search, pattern, values) for pattern in candidates[k])

    return is_known


def _by_blocks(search: Discovery, fresh: Domain, points: np.ndarray) -> Callable[[int], bool]:
    """Return what tells of a point whether all equilibria there are combinations of local classes.

    Bounds tell it of most points; at the others the game is solved.
    """
    factored = search.factored
    assert factored is not None
    unknown = factored.open_at(search.plays.alternatives(points), len(points))

    def is_known(k: int) -> bool:
        values = fresh.point(points[k], []) if unknown[k] else None
        if values is None:
            return not unknown[k]
        solution = PerfectBayesian().solve(search.game.at(values))
        return solution.complete and all(factored.knows(each.pattern) for each in solution)

    return is_known


def _by_subgames(search: Discovery, fresh: Domain, points: np.ndarray) -> Callable[[int], bool]:
    """Return what tells of a point whether all equilibria there are of classes, by solving the game there."""
    composed = search.composed
    assert composed is not None

    def is_known(k: int) -> bool:
        values = fresh.point(points[k], [])
        solution = None if values is None else PerfectBayesian().solve(search.game.at(values))
        return solution is not None and solution.complete and all(composed.knows(each.pattern) for each in solution)

    return is_known


def _occurs(search: Discovery, pattern: object, values: object) -> bool:
    """Tell whether a pattern has an equilibrium at a point, where it is solved exactly; yes where that fails."""
    try:
        game = search.game.at(values)  # type: ignore[arg-type]
    except ParameterError:
        return True
    return any(True for _ in PerfectBayesian().equilibria_of(game, pattern))  # type: ignore[arg-type]
