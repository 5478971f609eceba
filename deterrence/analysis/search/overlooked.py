"""Plays that a search along one parameter did not meet: none may hide between the values at which it solved."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import numpy as np

from deterrence.games.game import Game
from deterrence.grid.compile import Compiled
from deterrence.solvers.algebra.signs import Domain
from deterrence.solvers.supports.closed_form import Parametric
from deterrence.solvers.supports.range_search import RangeSearch
from deterrence.solvers.supports.search import SearchLimitError

LIMIT = 1000
"""The most partial patterns of play to visit."""
MOST_PURE, MOST_PLAYS = 4096, 150
"""With hidden moves and more pure plays, or where bounds leave more plays possible, formulas would take too long."""
SAMPLES = 300


@dataclass
class Overlooked:
    """The patterns of play that bounds leave possible over a parameter's range, and where those not met exist.

    Attributes
    ----------
    parametric
        The game in that parameter alone.
    zeros
        The function from a pattern to the values at which its conditions change sign.
    decided
        Whether it is proved that no other play exists between values: no limit was met and each pattern has formulas.
    """

    game: Game
    parametric: Parametric
    zeros: Callable[[Any], set[Any]]
    decided: bool = True
    _patterns: list[Any] | None = field(default=None, repr=False)

    def values(self, met: Collection[Any], low: Any, high: Any) -> Iterator[Fraction]:
        """Yield values, one for each interval of the range in which a pattern that was not met exists."""
        for pattern in self._possible():
            if pattern in met:
                continue
            forms, resolved = self.parametric.closed_forms(pattern)
            self.decided = self.decided and resolved
            ends = sorted({Fraction(low), Fraction(high), *map(Fraction, self.zeros(pattern) if forms else ())})
            middles = [(a + b) / 2 for a, b in itertools.pairwise(ends)]
            columns = [np.array([float(value) for value in middles])]
            for form in forms:
                exists = Compiled(self.parametric, form, []).at(columns).exists
                yield from (value for value, hit in zip(middles, exists, strict=True) if hit)

    def _possible(self) -> list[Any]:
        if self._patterns is None:
            self._patterns = self._left_by_bounds()
            if len(self._patterns) > MOST_PLAYS:
                self._patterns, self.decided = [], False
        return self._patterns

    def _left_by_bounds(self) -> list[Any]:
        form = self.game.form
        if not form.perfect_information and math.prod(map(len, form.actions_of)) > MOST_PURE:
            self.decided = False
            return []
        domain = Domain(self.game, self.parametric, samples=SAMPLES)
        patterns: list[Any] = []
        try:
            patterns.extend(RangeSearch(self.parametric.agent, domain, LIMIT).patterns())
        except SearchLimitError:
            self.decided = False
        return patterns
