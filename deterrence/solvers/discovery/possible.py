"""Which plays are possible over a game's ranges: those that bounds leave at points, and what no proof excludes."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Container, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import numpy as np

from deterrence.solvers.algebra.signs import Domain
from deterrence.solvers.discovery.box_proof import MOST_BOXES, can_be_boxed, left_by_boxes
from deterrence.solvers.discovery.cloud import CloudSearch, OutOfTimeError, Possible, TooManySupportsError, never
from deterrence.solvers.discovery.tables import CloudTables
from deterrence.solvers.supports.agent_form import AgentForm, Pattern
from deterrence.solvers.supports.range_search import RangeSearch
from deterrence.solvers.supports.search import SearchLimitError

QUICK, VISITS = 100, 5_000
"""The most partial patterns of play that a search by signs visits: before boxes are asked, and instead of them."""


@dataclass(frozen=True)
class Left:
    """What a proof leaves: patterns beyond the known ones, and polynomials at whose zeros it does not hold."""

    patterns: frozenset[Pattern]
    apart_from: tuple[Any, ...]


class PossiblePlays:
    """The patterns of play that bounds leave possible at points of a domain, and over all of it."""

    def __init__(self, agent: AgentForm, domain: Domain, over: Callable[[], bool] = never) -> None:
        self.agent, self.domain, self.over = agent, domain, over
        self.tables = CloudTables(agent, domain)

    def at(self, unit_points: np.ndarray) -> Iterator[tuple[Pattern, np.ndarray]]:
        """Yield each pattern that bounds leave possible at some of the points, with their numbers."""
        yield from self._search(unit_points).patterns()

    def alternatives(self, unit_points: np.ndarray) -> Iterator[Possible]:
        """Yield the alternatives of play that bounds leave possible at points, blocks not multiplied out."""
        yield from self._search(unit_points).possible()

    def _search(self, unit_points: np.ndarray) -> CloudSearch:
        functions = self.tables.at(unit_points)
        return CloudSearch(self.agent, functions, self.tables.payoffs, self.tables.chances, self.over)

    def left(
        self, known: Container[Pattern], over: Callable[[], bool], visits: int = VISITS, most_boxes: int = MOST_BOXES
    ) -> Left | None:
        """Return what a proof leaves beyond the known patterns, or None where it does not end in time.

        A search that excludes an action only where a sign is proved leaves the fewest patterns; it is asked first where
        it visits few partial patterns. Else the actions that signs exclude, whatever else is played, are left out, and
        bounds over at most so many boxes are asked. Where the domain cannot be cut into boxes the search by signs goes
        on to so many visits.
        """
        if can_be_boxed(self.domain):
            quick = RangeSearch(self.agent, self.domain, QUICK, over=over)
            with suppress(SearchLimitError):
                return self._left_by_signs(known, quick)
            with suppress(TooManySupportsError):
                return self._left_by_boxes(known, quick, over, most_boxes)
        with suppress(SearchLimitError):
            return self._left_by_signs(known, RangeSearch(self.agent, self.domain, visits, over=over))
        return None

    def _left_by_signs(self, known: Container[Pattern], search: RangeSearch) -> Left:
        patterns = frozenset(pattern for pattern in search.patterns() if pattern not in known)
        return Left(patterns, tuple(search.struck))

    def _left_by_boxes(
        self, known: Container[Pattern], search: RangeSearch, over: Callable[[], bool], most_boxes: int
    ) -> Left | None:
        try:
            actions = search.narrowed()
            patterns = left_by_boxes(self.agent, self.tables, known, over, actions, most_boxes)
        except (OutOfTimeError, SearchLimitError):
            return None
        return Left(frozenset(patterns), (*self._draws(), *search.struck))

    def _draws(self) -> tuple[Any, ...]:
        """Return the chances of draws: where one is zero, sets may be off the path that formulas take to be on it."""
        chances = (getattr(c, "numer", c) for c in itertools.chain(*self.agent.chances))
        return tuple(dict.fromkeys(c for c in chances if hasattr(c, "ring") and not c.is_ground))
