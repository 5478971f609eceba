"""Plays that bounds leave possible over the ranges of some parameters: none of them may be overlooked."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterator
from typing import Any

import numpy as np

from deterrence.games.game import Game
from deterrence.grid.compile import Compiled, either
from deterrence.grid.points import Block, Points
from deterrence.grid.values import Values
from deterrence.solvers.algebra.signs import Domain
from deterrence.solvers.supports.closed_form import Parametric
from deterrence.solvers.supports.range_search import RangeSearch
from deterrence.solvers.supports.search import SearchLimitError

LIMIT = 1000
"""The most partial patterns of play to visit."""
MOST_PURE, MOST_PLAYS = 4096, 150
"""With hidden moves and more pure plays, or where bounds leave more plays possible, formulas would take too long."""
SAMPLES = 300


def possible_plays(game: Game, parametric: Parametric) -> tuple[list[Any], bool]:
    """Return the patterns of play that are possible somewhere, and whether these are all.

    They are kept with the parametric form. Where there are too many none is returned.
    """
    if parametric.possible is None:
        patterns, whole = _left_by_bounds(game, parametric)
        parametric.possible = (patterns, whole) if len(patterns) <= MOST_PLAYS else ([], False)
    found: tuple[list[Any], bool] = parametric.possible
    return found


def _left_by_bounds(game: Game, parametric: Parametric) -> tuple[list[Any], bool]:
    if not game.form.perfect_information and math.prod(map(len, game.form.actions_of)) > MOST_PURE:
        return [], False
    domain = Domain(game, parametric, samples=SAMPLES)
    patterns: list[Any] = []
    try:
        patterns.extend(RangeSearch(parametric.agent, domain, LIMIT).patterns())
    except SearchLimitError:
        return patterns, False
    return patterns, True


class Unmet:
    """The possible plays that a search has not met, with their formulas.

    ``decided`` is False where not all possible plays are known, or one of those not met has no formulas.
    """

    def __init__(self, game: Game, parametric: Parametric, met: Collection[Any]) -> None:
        patterns, self.decided = possible_plays(game, parametric)
        self.forms: list[tuple[Any, Compiled]] = []
        for pattern in patterns:
            if pattern not in met:
                forms, resolved = parametric.closed_forms(pattern)
                self.decided = self.decided and resolved
                self.forms += [(pattern, Compiled(parametric, form, [])) for form in forms]

    def first(self, points: Points, at: Callable[[Block], Values]) -> Iterator[int]:
        """Yield, for each play that exists at some of the points, the number of the first."""
        left = list(self.forms)
        for block in points.blocks() if left else ():
            values = at(block)
            for item in list(left):
                exists = np.broadcast_to(item[1].exists(values), block.shape)
                if exists.any():
                    left.remove(item)
                    yield block.places.start + int(exists.argmax())


def tied(game: Game, parametric: Parametric, points: Points, at: Callable[[Block], Values]) -> list[int]:
    """Return the numbers of the points at which a possible play may have equilibria that it has nowhere else."""
    patterns, _ = possible_plays(game, parametric)
    ties = dict.fromkeys(polynomial for pattern in patterns for polynomial in parametric.ties(pattern))
    found: list[int] = []
    for block in points.blocks() if ties else ():
        values = at(block)
        zero = np.broadcast_to(either(map(values.is_zero, ties)), block.shape)
        found += (np.flatnonzero(zero) + block.places.start).tolist() if zero.any() else []
    return found
