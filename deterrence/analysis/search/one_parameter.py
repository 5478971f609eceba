"""The search along one parameter: pieces of its range in which the same classes of equilibrium exist."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cached_property, partial
from math import isnan
from typing import Any

import numpy as np

from deterrence.analysis.answers.boundary import Boundary, Range
from deterrence.analysis.search.boundary_formulas import (
    boundary_formula,
    boundary_polynomials,
    real_zeros,
    relation_zeros,
)
from deterrence.analysis.search.points.leaps import leaps
from deterrence.analysis.search.written.borders import WrittenBorders, written_formula
from deterrence.answers.continuum.equilibrium import of_class
from deterrence.answers.measure import Measure
from deterrence.answers.naming import class_key, class_names
from deterrence.answers.solution import Equilibrium
from deterrence.errors import ParameterError, ValueKindError
from deterrence.games.expression import Exact, show_number
from deterrence.games.game import Game
from deterrence.grid.possible import Unmet
from deterrence.solvers.continuum.concept import at_point
from deterrence.solvers.nash import Nash
from deterrence.solvers.perfect_bayesian import PerfectBayesian
from deterrence.solvers.sequential import Sequential
from deterrence.solvers.subgame_perfect import SubgamePerfect
from deterrence.solvers.supports.closed_form import Parametric

GRID = 64
HALVED = Fraction(1, 10**12)
BESIDE = Fraction(1, 10**7)
"""How near to a boundary the measure is taken on either side, in shares of the range searched."""
NEARER = 1000
SIMPLE = 10**4
"""Where a change is found by halving it is exact at a fraction with a denominator of no more."""
MEETING = Fraction(1, 10**4)
"""How far the place is halved at which equilibria of one play meet, where laws are general, in shares of the range."""
NEAR_FRACTION = Fraction(1, 10**4)
"""Between so near values, as shares of a step of the grid, a fraction is tried."""
MIDDLE, SAMPLED = (Fraction(1, 2),), (Fraction(1, 2), Fraction(1, 7), Fraction(6, 7))
"""Where a piece is solved: in the middle where the possible plays and their formulas are known, else at more places."""


class ParameterSearch:
    """A partition of one parameter's range into pieces in which the same classes of equilibrium exist."""

    def __init__(
        self,
        game: Game,
        parameter: str,
        method: Any,
        low: Exact,
        high: Exact,
        progress: Callable[[float], None] | None,
    ) -> None:
        self.game, self.parameter, self.method = game, parameter, method
        self.low, self.high, self.complete, self.progress = low, high, True, progress
        self._solved: dict[Any, list[Equilibrium] | None] = {}
        self._cuts: dict[Any, set[Any]] = {}
        self._covered = False
        self._undecided: set[Fraction] = set()
        self._brackets: dict[Any, tuple[Fraction, Fraction]] = {}

    @cached_property
    def parametric(self) -> Parametric:
        """The game over the field of rational functions of the parameter."""
        return Parametric.of(self.game, [self.parameter])

    @property
    def by_points(self) -> bool:
        """Whether nothing is known of where classes begin and end but what solutions at points say."""
        return self.game.has_continuum or bool(self.parametric.atoms)

    @cached_property
    def written(self) -> WrittenBorders | None:
        """Where classes begin and end by their formulas, in a game with numbers without end that has them all.

        In the middle of each piece that is compared with what is solved there.
        """
        if not self.game.has_continuum:
            return None
        borders = WrittenBorders.of(self.game, self.parameter, self.method, self.low, self.high)
        return borders if borders is not None and borders.agree(self.solve) else None

    def solve(self, value: Any) -> list[Equilibrium] | None:
        """Return the equilibria at a value, or None where the game's assumptions fail."""
        key = Fraction(value)
        if key not in self._solved:
            try:
                solution = at_point(self.method, self.game.at({self.parameter: key}))
                self.complete = self.complete and solution.complete and not solution.stand_in
                if self.by_points and not solution.complete:
                    self._undecided.add(key)
                self._solved[key] = list(solution.representatives)
            except ParameterError:
                self._solved[key] = None
        return self._solved[key]

    def boundaries(self, measures: Sequence[Measure]) -> list[tuple[Boundary, ...]]:
        """Return the values at which the set of classes changes, with what happens to each measure there."""
        boundaries: list[list[Boundary]] = [[] for _ in measures]
        cuts = self.cuts
        if self.game.has_continuum:
            own = any(measure.kind == "other" for measure in measures)
            more = leaps(self, measures) if own or self.written is None else self.written.poles(measures)
            cuts = sorted({*cuts, *more})
        for number, (before, cut, after) in enumerate(zip(cuts, cuts[1:], cuts[2:], strict=False), 1):
            for row, boundary in zip(boundaries, self._boundary(measures, cut, before, after), strict=False):
                row.append(boundary)
            self._tell(0.5 + 0.5 * number / len(cuts))
        self._tell(1.0)
        return [tuple(row) for row in boundaries]

    def _tell(self, share: float) -> None:
        if self.progress is not None:
            self.progress(share)

    @cached_property
    def cuts(self) -> list[Any]:
        """The ends of the range and, between them, all zeros of the conditions of the classes found."""
        if self.by_points:
            if self.written is None:
                return [self.low, *self._bisected(), self.high]
            self.complete = self.complete and self.written.proved
            return [self.low, *self.written.zeros(), self.high]
        weights = MIDDLE if self._all_possible_met() else SAMPLED
        cuts = self._all_cuts()
        tried: set[Any] = set()
        while True:
            pieces = [(a, b) for a, b in itertools.pairwise(cuts) if (a, b) not in tried]
            if not pieces:
                found = self._all_cuts() if not self._covered and self._look_between() else cuts
                if found == cuts:
                    return cuts
                cuts = found
                continue
            known = len(self._cuts)
            for a, b in pieces:
                tried.add((a, b))
                for weight in weights:
                    self._learn(Fraction(a) + (Fraction(b) - Fraction(a)) * weight)
            self._tell(0.5 * (1 - 1 / (1 + len(self._cuts))))
            if len(self._cuts) > known or len(cuts) == 2:
                cuts = self._all_cuts()

    @property
    def cuts_by_formulas(self) -> list[Any]:
        """The cuts, by formulas alone where possible plays are proved to be all: solutions may still bring others."""
        return self._all_cuts() if not self.by_points and self._all_possible_met() else self.cuts

    def _all_cuts(self) -> list[Any]:
        roots = {root for some in self._cuts.values() for root in some}
        return [self.low, *sorted(r for r in roots if self.low < r < self.high), self.high]

    @property
    def _has_formulas(self) -> bool:
        """Whether plays that were not met have formulas which say where they exist."""
        if isinstance(self.method, Nash):
            return self.game.form.simultaneous
        return isinstance(self.method, (SubgamePerfect, PerfectBayesian, Sequential))

    def _all_possible_met(self) -> bool:
        """Meet all plays that exist between the zeros of their formulas, where these are proved to be all."""
        if not self._covered and self._has_formulas:
            unmet = Unmet(self.game, self.parametric, self._cuts)
            self._covered = unmet.decided
            if unmet.decided:
                self._meet(unmet)
        return self._covered

    def _look_between(self) -> bool:
        """Solve where a play that was not met exists by its formulas; return whether it was learned."""
        if not self._has_formulas:
            self.complete = self.complete and not isinstance(self.method, Nash)
            return False
        known = len(self._cuts)
        unmet = Unmet(self.game, self.parametric, self._cuts)
        self._meet(unmet)
        self.complete = self.complete and unmet.decided
        return len(self._cuts) > known

    def _meet(self, unmet: Unmet) -> None:
        """Solve where plays exist by their formulas."""
        for pattern, formula in unmet.forms:
            if pattern in self._cuts:
                continue  # met meanwhile, where another exists
            ends = sorted({Fraction(self.low), Fraction(self.high), *map(Fraction, self._zeros(pattern))})
            middles = [(a + b) / 2 for a, b in itertools.pairwise(ends)]
            exists = formula.at([np.array([float(value) for value in middles])]).exists
            for value in itertools.compress(middles, exists):
                self._learn(value)
                if pattern in self._cuts:
                    break

    @property
    def grid(self) -> list[Fraction]:
        """The values between which changes are sought where nothing but solutions at points is known."""
        low, high = Fraction(self.low), Fraction(self.high)
        return [low + (high - low) * Fraction(k, GRID) for k in range(GRID + 1)]

    def _bisected(self) -> list[Any]:
        """Return where neighbouring points of a fine grid differ in their classes, found by halving.

        For payoffs that are no ratios of polynomials in the parameter: a class between two points of the
        grid may be missed, so that the answer does not count as complete.
        """
        self.complete = False
        width = Fraction(self.high) - Fraction(self.low)
        found = []
        known = [value for value in self.grid if self.solve(value) or value not in self._undecided]
        for left, right in itertools.pairwise(known):
            here = self.classes(left)
            if here == self.classes(right):
                continue
            apart = width * (MEETING if self._meeting(left, right) else HALVED)
            found.append(self.halved(left, right, apart, lambda x, here=here: self.classes(x) == here))  # type: ignore[misc]
        return _merged(found, width * HALVED * 10)

    def _meeting(self, a: Fraction, b: Fraction) -> bool:
        """Tell whether between two values equilibria of one play meet and vanish, and none is known exactly.

        Near to where they meet, bounds tell them apart but slowly.
        """
        sides = [self.solve(value) or [] for value in (a, b)]
        plays = [{each.path_pattern for each in side} for side in sides]
        return plays[0] == plays[1] and any(getattr(each, "error", 0) for side in sides for each in side)

    def halved(self, a: Fraction, b: Fraction, apart: Fraction, left: Callable[[Fraction], bool]) -> Any:
        """Return where something changes between two values, exact where it is a simple fraction: tried when near.

        ``left`` tells of a value whether all is as at the first. A fraction counts where that holds half a step below
        and not half a step above it.
        """
        first, tried = b - a, False
        if left(b - apart / 2):  # the second value is the place itself, as one on the grid may be
            return b
        if not left(a + apart / 2):
            return a
        while b - a > apart:
            middle = (a + b) / 2
            self.solve(middle)
            if middle in self._undecided:
                break
            if b - a < first * NEAR_FRACTION and not tried:
                near, tried = middle.limit_denominator(SIMPLE), True
                if a < near - apart / 2 and near + apart / 2 < b:
                    a = near - apart / 2 if left(near - apart / 2) else a
                    b = near + apart / 2 if not left(near + apart / 2) else b
                    continue
            a, b = (middle, b) if left(middle) else (a, middle)
        middle = (a + b) / 2
        near = middle.limit_denominator(SIMPLE)
        value = near if a <= near <= b and b - a <= apart < first * NEAR_FRACTION else float(middle)
        self._brackets[value] = a, b
        return value

    def classes(self, value: Any) -> frozenset[Any]:
        """Return which plays are equilibria at a value, and how many of each."""
        return frozenset(Counter(equilibrium.path_pattern for equilibrium in self.solve(value) or []).items())

    def _learn(self, value: Any) -> None:
        for equilibrium in self.solve(value) or []:
            if equilibrium.pattern not in self._cuts:
                self._cuts[equilibrium.pattern] = self._zeros(equilibrium.pattern)

    def relearn(self) -> bool:
        """Take in classes that were met since the cuts were found; return whether there are any, and so other cuts."""
        known = len(self._cuts)
        for value in [] if self.by_points else list(self._solved):
            self._learn(value)
        if len(self._cuts) > known:
            self.__dict__.pop("cuts", None)
        return len(self._cuts) > known

    def _zeros(self, pattern: Any) -> set[Any]:
        """Return the values at which some condition of a pattern's formulas changes sign."""
        zeros: set[Any] = set()
        for polynomial in boundary_polynomials(self.parametric, pattern):
            zeros |= real_zeros(polynomial, self.low, self.high)
        for condition, _ in self.game._conditions:
            fixed = {p.expression: v for p in self.game.parameter_list if p.name != self.parameter for v in [p.value]}
            zeros |= relation_zeros(condition, fixed, self.low, self.high)
        return zeros

    def _boundary(self, measures: Sequence[Measure], cut: Any, before: Any, after: Any) -> list[Boundary]:
        """Return what happens to each measure at a cut; nothing where the classes are the same on both sides.

        Nor where only play within classes changes that the game gives one name, unless a measure jumps with it.
        """
        step = BESIDE * (Fraction(self.high) - Fraction(self.low))
        room = min(Fraction(cut) - Fraction(before), Fraction(after) - Fraction(cut)) / 3
        left, right = self._beside(cut, min(step, room))
        if not left or not right:
            return []
        renamed = {class_key(e) for e in left} != {class_key(e) for e in right}
        gone, new, patterns = _changes(left, right, class_key if renamed else _path)
        if not patterns and not self.game.has_continuum:  # there a measure may jump, or equilibria meet, within a class
            return []
        gone, new = (gone, new) if patterns else (_fewer(left, right), _fewer(right, left))
        derive: Any = partial(boundary_formula, self.game, self.parameter, cut, patterns)
        if self.game.has_continuum:
            question = self.game, self.parameter, cut, self.method
            derive = None if self.written is None else partial(written_formula, *question)
        boundaries = [
            self._nearer(
                m, Boundary(cut, self.measured(m, left), self.measured(m, right), gone, new, derive), min(step, room)
            )
            for m in measures
        ]
        changed = renamed or (self.game.has_continuum and len(left) != len(right))
        return boundaries if changed or any(each.direction != "none" for each in boundaries) else []

    def _beside(self, cut: Any, step: Fraction) -> tuple[list[Equilibrium] | None, list[Equilibrium] | None]:
        low, high = self._brackets.get(cut, (Fraction(cut), Fraction(cut)))
        return self.solve(min(low, Fraction(cut) - step)), self.solve(max(high, Fraction(cut) + step))

    def _nearer(self, measure: Measure, boundary: Boundary, step: Fraction) -> Boundary:
        """Look nearer to a boundary for as long as the jump there shrinks with it, being a mere kink."""
        while measure.kind != "probability" and boundary.direction != "none":
            step /= NEARER
            left, right = self._beside(boundary.value, step)
            if not left or not right:
                return boundary
            below, above = self.measured(measure, left), self.measured(measure, right)
            closer = replace(boundary, below=below, above=above)
            if closer.jump > boundary.jump / 10:
                return boundary
            boundary = closer
        return boundary

    def measured(self, measure: Measure, equilibria: list[Equilibrium]) -> Range:
        """Return the least and greatest value of a measure over equilibria."""
        numbers = [end for e in equilibria for end in measure.ends(e)]
        if any(isnan(float(number)) for number in numbers):
            raise ValueKindError(
                f"The measure {measure.name!r} is not a number (NaN) in an equilibrium near {self.parameter} = "
                f"{show_number(equilibria[0].game.values[self.parameter])}. What is asked here needs one in every "
                "equilibrium."
            )
        return min(numbers), max(numbers)


def _path(equilibrium: Equilibrium) -> Any:
    return equilibrium.path_pattern


def _changes(
    left: Sequence[Equilibrium], right: Sequence[Equilibrium], key: Callable[[Equilibrium], Any]
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[Any, ...]]:
    """Return the names of the classes on the left alone and on the right alone, and the patterns of all these."""
    mine, theirs = ({key(e): e for e in side} for side in (left, right))
    both = {**mine, **theirs}
    named = dict(zip(both, class_names(map(of_class, both.values())), strict=True))
    gone, new = [k for k in mine if k not in theirs], [k for k in theirs if k not in mine]
    patterns = (both[k].pattern for k in (*gone, *new))
    return tuple(named[k] for k in gone), tuple(named[k] for k in new), tuple(patterns)


def _fewer(left: Sequence[Equilibrium], right: Sequence[Equilibrium]) -> tuple[str, ...]:
    """Return the classes of which there are more equilibria on the left than on the right, with how many more."""
    mine, theirs = (Counter(map(class_key, side)) for side in (left, right))
    first = {class_key(each): each for each in left}
    names = dict(zip(first, class_names(map(of_class, first.values())), strict=True))
    return tuple(f"{mine[k] - theirs[k]} of {mine[k]} in {names[k]!r}" for k in mine if mine[k] > theirs[k])


def _merged(cuts: Sequence[Any], apart: Fraction) -> list[Any]:
    """Return rising cuts without those that repeat the one before, as the two sides of a tie on the grid do."""
    kept: list[Any] = []
    for cut in cuts:
        if not kept or Fraction(cut) - Fraction(kept[-1]) > apart:
            kept.append(cut)
    return kept
