"""Plays that bounds leave possible over the ranges of some parameters: none of them may be overlooked."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator
from typing import Any

import numpy as np

from deterrence.games.game import Game
from deterrence.grid.compile import Compiled
from deterrence.solvers.algebra.signs import Domain
from deterrence.solvers.supports.closed_form import ClosedForm, Parametric
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
        self.parametric, self.patterns = parametric, patterns
        self.forms: list[tuple[Any, ClosedForm]] = []
        for pattern in patterns:
            if pattern not in met:
                forms, resolved = parametric.closed_forms(pattern)
                self.decided = self.decided and resolved
                self.forms += [(pattern, form) for form in forms]

    def ties(self) -> list[Any]:
        """Return the polynomials at whose zeros a possible play may have equilibria that it has nowhere else."""
        return list(dict.fromkeys(item for pattern in self.patterns for item in self.parametric.ties(pattern)))

    def places(self, columns: list[np.ndarray]) -> Iterator[np.ndarray]:
        """Yield, for each play that exists at some of the points, the numbers of those."""
        for _, form in self.forms:
            exists = Compiled(self.parametric, form, []).at(columns).exists
            if exists.any():
                yield np.flatnonzero(exists)
