"""Plays that bounds leave possible over the ranges of some parameters: none of them may be overlooked."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from deterrence.games.expression import Exact
from deterrence.games.game import Game
from deterrence.grid.compile import Compiled, either
from deterrence.grid.points import Block, Points
from deterrence.grid.values import Values
from deterrence.solvers.algebra.signs import Domain, TooMuchWorkError
from deterrence.solvers.discovery.backward_classes import BackwardClasses
from deterrence.solvers.discovery.box_proof import can_be_boxed
from deterrence.solvers.discovery.builder import ClassBuilder
from deterrence.solvers.discovery.clauses import Branch
from deterrence.solvers.discovery.clock import Steps
from deterrence.solvers.discovery.cloud import OutOfTimeError, TooManySupportsError, never
from deterrence.solvers.discovery.composed import Composed
from deterrence.solvers.discovery.conditions import Conditions, decided, unshortened
from deterrence.solvers.discovery.possible import PossiblePlays
from deterrence.solvers.supports.closed_form import Parametric
from deterrence.solvers.supports.search import SearchLimitError

MOST_PLAYS = 1000
"""Formulas of more plays than this would take too long."""
AT_ONCE, IN_ALL, VISITS, MOST_BOXES = 2_000, 10_000, 1_000, 3_000
"""So many steps it takes at most to exclude the others at once, and with smaller and smaller boxes."""
MOST_PURE = 4096
"""Without boxes, a game with hidden moves and more pure plays takes too long."""
SAMPLES = 300


@dataclass(frozen=True)
class Possibilities:
    """The patterns of play that are possible somewhere, and whether these are proved to be all.

    ``apart_from`` are polynomials at whose zeros the proof does not hold.
    """

    patterns: tuple[Any, ...] = ()
    whole: bool = False
    apart_from: tuple[Any, ...] = ()


def possible_plays(game: Game, parametric: Parametric) -> Possibilities:
    """Return the patterns of play that are possible somewhere; none where there are too many.

    They are kept with the parametric form.
    """
    if parametric.possible is None:
        found = _found(Domain(game, parametric, samples=SAMPLES))
        parametric.possible = found if len(found.patterns) <= MOST_PLAYS else Possibilities()
    kept: Possibilities = parametric.possible
    return kept


def _found(domain: Domain) -> Possibilities:
    """Return what a proof leaves at once, or else what it leaves beyond the plays that are possible at points."""
    form, boxed = domain.game.form, can_be_boxed(domain)
    if form.perfect_information and not domain.parametric.atoms and (backward := _by_backward_induction(domain)):
        return backward
    if not (boxed or form.perfect_information or math.prod(map(len, form.actions_of)) <= MOST_PURE):
        return Possibilities()
    steps = Steps(IN_ALL)
    plays = PossiblePlays(domain.parametric.agent, domain, steps.over)
    left = plays.left((), Steps(AT_ONCE).over, VISITS, most_boxes=0)
    if left is not None and len(left.patterns) <= MOST_PLAYS:
        return Possibilities(tuple(sorted(left.patterns)), True, left.apart_from)
    if not boxed:
        return Possibilities()
    try:
        seen = {pattern for pattern, _ in itertools.islice(plays.at(domain.unit_samples), MOST_PLAYS)}
    except (OutOfTimeError, TooManySupportsError):
        return Possibilities()
    left = plays.left(seen, steps.over, VISITS, MOST_BOXES) if len(seen) < MOST_PLAYS else None
    if left is None:
        return Possibilities()
    return Possibilities(tuple(sorted(seen | left.patterns)), True, left.apart_from)


def _by_backward_induction(domain: Domain) -> Possibilities | None:
    """Return the plays of a game of perfect information, or None where that takes too long.

    Where no tie of theirs holds, backward induction leaves one of them alone; points at which one holds are known
    from the plays themselves (see :func:`tied`).
    """
    game, fixed = domain.game, domain.parametric.fixed
    names = tuple(parameter.name for parameter in game.parameter_list if parameter.expression not in fixed)
    search = BackwardClasses(ClassBuilder(game, "", names, never), Steps(IN_ALL).over)
    try:
        forest = search.run()
    except SearchLimitError:
        return None
    composed = Composed(search.builder, forest, search.regions)
    if search.gaps or composed.number > MOST_PLAYS:
        return None
    plays = (forest.chosen([kind], k) for kind in forest.classes for k in range(forest.number(0, kind)))
    return Possibilities(tuple(sorted({composed.form(some).pattern for some in plays})), True)


class Unmet:
    """The possible plays that a search has not met, with their formulas.

    ``decided`` is False where not all possible plays are known, or one of those not met has no formulas.
    """

    def __init__(self, game: Game, parametric: Parametric, met: Collection[Any]) -> None:
        self.game, self.parametric = game, parametric
        possible = possible_plays(game, parametric)
        self.decided = possible.whole
        self.forms: list[tuple[Any, Compiled]] = []
        for pattern in possible.patterns:
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

    def places(self, ranges: Mapping[str, tuple[Exact, Exact]]) -> tuple[list[dict[str, Any]], bool]:
        """Return for each play that exists somewhere within ranges such values, and whether it is decided of all."""
        domain, decided_all = Domain(self.game, self.parametric, samples=SAMPLES), self.decided
        inside: list[list[Branch]] = [
            [((row, False),)] for name, ends in ranges.items() for row in domain.within(name, *ends)
        ]
        places = []
        for _, compiled in self.forms:
            try:
                conditions = unshortened(compiled.form, domain)
                conditions = decided(Conditions([*conditions.clauses, *inside], None, whole=False), domain)
            except TooMuchWorkError:
                decided_all = False
                continue
            decided_all = decided_all and (conditions.empty or conditions.witness is not None)
            places += [] if conditions.witness is None else [conditions.witness]
        return places, decided_all


def tied(game: Game, parametric: Parametric, points: Points, at: Callable[[Block], Values]) -> list[int]:
    """Return the numbers of the points at which a possible play may have equilibria that it has nowhere else."""
    patterns = possible_plays(game, parametric).patterns
    return _zeros([polynomial for pattern in patterns for polynomial in parametric.ties(pattern)], points, at)


def unproved(game: Game, parametric: Parametric, points: Points, at: Callable[[Block], Values]) -> list[int]:
    """Return the numbers of the points at which other plays may be possible, being off what the proof covers."""
    return _zeros(possible_plays(game, parametric).apart_from, points, at)


def _zeros(polynomials: Sequence[Any], points: Points, at: Callable[[Block], Values]) -> list[int]:
    found: list[int] = []
    for block in points.blocks() if polynomials else ():
        values = at(block)
        zero = np.broadcast_to(either(map(values.is_zero, dict.fromkeys(polynomials))), block.shape)
        found += (np.flatnonzero(zero) + block.places.start).tolist() if zero.any() else []
    return found
