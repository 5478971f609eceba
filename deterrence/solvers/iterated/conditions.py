"""When the steps of an elimination hold: conditions on the parameters, exactly where that is said."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from deterrence.games.game import Game
from deterrence.solvers.algebra.signs import Domain
from deterrence.solvers.iterated.exact_clauses import Clause, Exact
from deterrence.solvers.iterated.gaps import MOST_ENTRIES, Column, SymbolicPlaces, mixed_gain
from deterrence.solvers.iterated.places import Places
from deterrence.solvers.iterated.rounds import Cut, Rule
from deterrence.solvers.supports.closed_form import Parametric

MOST_PAIRED = 12
"""With more columns the weights of a mixture of two are not eliminated."""


@dataclass(frozen=True, slots=True)
class StepCondition:
    """When a step holds, and whether it holds nowhere else for what it names."""

    clauses: tuple[Clause, ...]
    exact: bool


class CourseConditions:
    """The conditions of the steps of an elimination, and of all of them together."""

    def __init__(self, game: Game, places: Places, rule: Rule) -> None:
        parametric = Parametric.of(game)
        self.rule, self.symbolic = rule, SymbolicPlaces(places, parametric)
        self.exact = Exact(Domain(game, parametric))

    def of(self, cut: Cut) -> StepCondition | None:
        """Return when a step holds; None where too many payoffs would have to be compared."""
        if self.symbolic.size(cut) > MOST_ENTRIES:
            return None
        columns = self._given(self.symbolic.columns(cut))
        if self.rule.weak:
            return StepCondition(self._weak(columns, cut), exact=len(cut.by) == 1)
        if len(cut.by) == 2 and len(columns) <= MOST_PAIRED:
            return StepCondition(self.exact.shortened(self._two_mixed(columns)), exact=True)
        clauses = [self._reached(self.exact.atom(mixed_gain(g, cut), strict=True), odds) for g, odds in columns]
        return StepCondition(self.exact.shortened(clauses), exact=len(cut.by) == 1)

    def together(self, steps: Sequence[StepCondition]) -> tuple[Clause, ...]:
        """Return when all steps hold."""
        return self.exact.shortened(clause for step in steps for clause in step.clauses)

    def _reached(self, clause: Clause, *odds: Any) -> Clause:
        """Return a clause, or, where nature rules its columns out at present, that it does or that the clause holds."""
        for chance in odds:
            if self.exact.is_zero_now(chance):
                clause = self.exact.any_of(clause, self.exact.atom(-chance, strict=False))
        return clause

    def _given(self, columns: Sequence[Column]) -> list[Column]:
        """Return columns given that their place is reached: gains without the factors of the odds that all share."""
        return [(self._divided(gains, self.exact.nonnegative_factors(odds)), odds) for gains, odds in columns]

    def _divided(self, gains: tuple[Any, ...], factors: Sequence[Any]) -> tuple[Any, ...]:
        for factor in factors:
            while any(gains) and all(self.exact.divides(factor, gain) for gain in gains):
                gains = tuple(self.exact.quotient(gain, factor) for gain in gains)
        return gains

    def _weak(self, columns: Sequence[Column], cut: Cut) -> tuple[Clause, ...]:
        """Return that a choice falls short nowhere and exceeds the other somewhere."""
        gaps = [mixed_gain(gains, cut) for gains, _ in columns]
        never = [self.exact.atom(gap, strict=False) for gap in gaps]
        somewhere = self.exact.any_of(*(self.exact.atom(gap, strict=True) for gap in gaps))
        return self.exact.shortened([*never, somewhere])

    def _two_mixed(self, columns: Sequence[Column]) -> list[Clause]:
        """Return that some mixture of two choices exceeds the dominated one everywhere.

        Each column admits an interval of weights; intervals on a line have a point in common exactly if any two of them
        have (Helly 1923).
        """
        alone = [self._reached(self._either(gains), odds) for gains, odds in columns]
        return alone + [
            self._reached(self._shared(one, other), odds, more)
            for (one, odds), (other, more) in itertools.combinations(columns, 2)
        ]

    def _either(self, gains: Sequence[Any]) -> Clause:
        return self.exact.any_of(*(self.exact.atom(gain, strict=True) for gain in gains))

    def _shared(self, one: Sequence[Any], other: Sequence[Any]) -> Clause:
        """Return that some weight serves against two columns: either choice alone does, or a mixture in between."""
        atom, both = self.exact.atom, self.exact.both
        (a, b), (c, d) = one, other
        first, second = both(atom(a, True), atom(c, True)), both(atom(b, True), atom(d, True))
        # A weight w on the first choice serves where w a + (1 - w) b > 0 and w c + (1 - w) d > 0.
        down = both(both(atom(a, True), atom(d, True)), atom(a * d - b * c, True))
        up = both(both(atom(c, True), atom(b, True)), atom(b * c - a * d, True))
        return self.exact.any_of(first, second, down, up)
