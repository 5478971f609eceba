"""The search for all classes of equilibria: at points first, then across borders, then a proof that these are all."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from deterrence.answers.classes import Coverage, EquilibriumClass
from deterrence.answers.factors import ClassProduct
from deterrence.games.equations import equations_in
from deterrence.games.game import Game
from deterrence.solvers.algebra.signs import Domain
from deterrence.solvers.discovery import borders
from deterrence.solvers.discovery.backward_classes import BackwardClasses, has_stages
from deterrence.solvers.discovery.builder import ClassBuilder
from deterrence.solvers.discovery.clock import Clock
from deterrence.solvers.discovery.cloud import OutOfTimeError, Possible, TooManySupportsError
from deterrence.solvers.discovery.composed import Composed
from deterrence.solvers.discovery.coverage import coverage
from deterrence.solvers.discovery.factored import Factored, meeting_sets, on_path
from deterrence.solvers.discovery.possible import PossiblePlays
from deterrence.solvers.supports.agent_form import Pattern
from deterrence.solvers.supports.search import SearchLimitError

MOST_LEFT = 6_000
"""Of more patterns than this that bounds leave possible not each is decided by itself."""
RARE, EXAMPLES = 0.01, 4
"""Of play that is possible at a smaller share of the points, so many of its points are kept as samples."""
MORE = 20_000
"""So many points are drawn where the proof fails."""
MOST_FLAT = 400
"""Of more patterns at the first points the answer is given by blocks, where play falls into such."""
MORE_BY_BLOCKS = 6_000
"""So many further points are drawn for local classes."""
MOST_ON_PATH = 40
"""So many plays on the path get a class of their own then, the commonest first."""
FOR_PATHS = 0.6
"""And for no longer than this share of the time."""
FOR_SUBGAMES = 0.5
"""For no longer than this share of the time subgames are searched one by one."""
MOST_LISTED = 100
"""Of more classes that combine those of local games the answer is given by products."""
MOST_PRODUCTS = 1_000
INTERRUPTED = "the search was interrupted"
NOT_EXCLUDED = "not all other play was excluded by proof"
"""All play that was met is decided; whether there is other play is not."""
ROUNDS = 6
"""So often points are drawn across the borders of the classes known by then."""


@dataclass(frozen=True)
class Discovered:
    """What a search found: classes, what stayed open in words, boundaries, and the share of points covered."""

    classes: tuple[EquilibriumClass, ...]
    unresolved: tuple[str, ...]
    boundaries: tuple[Any, ...]
    covered: Coverage | None
    factors: tuple[ClassProduct, ...] = ()
    by_subgames: bool = False


class Discovery:
    """The search for the classes of one game within a budget of seconds."""

    def __init__(
        self,
        game: Game,
        concept: str,
        names: tuple[str, ...],
        budget: float,
        tell: Callable[[float], None] | None = None,
    ) -> None:
        self.game, self.clock, self.tell = game, Clock(budget), tell
        self.builder = ClassBuilder(game, concept, names, self.clock.over)
        self.agent, self.domain = self.builder.agent, self.builder.domain
        self.plays = PossiblePlays(self.agent, self.domain, self.clock.over)
        self.factored: Factored | None = None
        self.composed: Composed | None = None
        self.products: tuple[ClassProduct, ...] = ()

    def run(self) -> Discovered:
        """Return what was found; on Ctrl-C, or when time is up, what was found by then."""
        builder, covered, stopped = self.builder, None, ""
        for equation in equations_in(self.game.assumptions):
            if not builder.parametric.solved_by_ties(equation):
                builder.unresolved.append(
                    f"the assumption {equation.lhs} = {equation.rhs} gives no parameter by itself"
                )
        try:
            covered = self._searched()
        except OutOfTimeError:
            stopped = f"the time of {self.clock.seconds:g} seconds was up before other play was excluded"
        except KeyboardInterrupt:
            stopped = INTERRUPTED
        unresolved = [*builder.unresolved, *([stopped] if stopped else [])]
        return Discovered(
            builder.classes(),
            tuple(dict.fromkeys(unresolved)),
            tuple(map(builder.parametric.expression, builder.boundaries)),
            covered,
            self.products if self.factored is None else self.factored.products(),
            self.composed is not None,
        )

    def _searched(self) -> Coverage | None:
        """Find and prove; return the share of points covered where the proof fails."""
        if self._by_subgames():
            return coverage(self) if self.builder.unresolved else None
        try:
            alternatives = list(self.plays.alternatives(self.domain.unit_samples))
            if _more_than(MOST_FLAT, alternatives) and (meeting := meeting_sets(self.agent, alternatives)):
                return self._by_blocks(alternatives, meeting)
            self._derive(self._at(self.domain.unit_samples), 0.0, 0.4)
        except TooManySupportsError:
            self._prove()
            self.builder.decide(thoroughly=True)
            return None
        excluded = self._prove()
        if not excluded:
            self._across_borders()
        self.builder.decide(thoroughly=excluded)
        covered = coverage(self) if self.builder.unresolved else None
        self.builder.shorten()
        return covered

    def _by_subgames(self) -> bool:
        """Combine the classes of local games where there are some; tell whether these are all that can be found so."""
        if self.builder.parametric.atoms or not has_stages(self.game.form):
            return False
        search = BackwardClasses(self.builder, self.clock.within(FOR_SUBGAMES).over)
        try:
            forest = search.run()
        except SearchLimitError:
            return False
        self.builder.unresolved += search.gaps
        self.composed = Composed(self.builder, forest, search.regions)
        self._told(0.5)
        search.regions.sample()
        if self.composed.number <= MOST_LISTED:
            self.builder.found += self.composed.found()
            return True
        self.builder.found += self.composed.on_path(MOST_ON_PATH)
        self.products = self.composed.products(MOST_PRODUCTS)
        if sum(product.count for product in self.products) < self.composed.number:
            self.builder.unresolved.append(f"of the products of local classes only {MOST_PRODUCTS} are given")
        return True

    def _told(self, share: float) -> None:
        if self.tell is not None:
            self.tell(share)

    def _derive(self, patterns: Iterable[Pattern], start: float, end: float) -> None:
        """Derive patterns in order, telling progress from one share to another; OutOfTimeError ends it."""
        todo = [pattern for pattern in patterns if pattern not in self.builder.derived]
        for k, pattern in enumerate(todo):
            if self.clock.over():
                raise OutOfTimeError
            self.builder.derive(pattern)
            self._told(start + (end - start) * (k + 1) / len(todo))

    def _at(self, unit_points: np.ndarray) -> list[Pattern]:
        """Return the patterns possible at points, the commonest first; points of rare ones become samples."""
        counts: Counter[Pattern] = Counter()
        rare: list[np.ndarray] = []
        for pattern, at in self.plays.at(unit_points):
            counts[pattern] += len(at)
            if pattern not in self.builder.derived and len(at) < RARE * len(unit_points):
                rare.append(at[:EXAMPLES])
        if rare:
            self.domain.add_samples(unit_points[np.unique(np.concatenate(rare))])
        return sorted(counts, key=lambda pattern: (-counts[pattern], pattern))

    def _by_blocks(self, alternatives: Sequence[Possible], meeting: Sequence[int]) -> Coverage | None:
        """Derive local classes instead of their many combinations, and one class for each play on the path."""
        self.factored = Factored(self.builder, meeting)
        self.builder.unresolved.append(
            "combinations of local classes are too many to list, and no other play was excluded"
        )
        more = Domain(self.game, self.builder.parametric, samples=MORE_BY_BLOCKS, seed=self.domain.seed + 2)
        self.factored.meet([*alternatives, *self.plays.alternatives(more.unit_samples)])
        self.factored.derive()
        self._told(0.5)
        for pattern in on_path(self.agent, alternatives, MOST_ON_PATH):
            if self.clock.spent > FOR_PATHS * (self.clock.seconds or np.inf):
                break
            self.builder.derive(pattern)
        self.builder.put_off.clear()
        self._told(0.8)
        covered = coverage(self)
        self.factored.shorten()
        return covered

    def _across_borders(self) -> None:
        """Look at more points, and just across the borders of the classes known, until no further class is found."""
        more = Domain(self.game, self.builder.parametric, samples=MORE, seed=self.domain.seed)
        self._derive(self._at(more.unit_samples), 0.5, 0.6)
        rng = np.random.default_rng(self.domain.seed)
        seen: set[int] = set()
        for _ in range(ROUNDS):
            fresh = [conditions for _, conditions in self.builder.found if id(conditions) not in seen]
            points = borders.across([c for c in fresh if c.clauses], self.domain, rng)
            seen |= {id(conditions) for conditions in fresh}
            if not len(points):
                return
            self._derive(self._at(points), 0.6, 0.8)

    # -- proof ---------------------------------------------------------------------------------------

    def _prove(self) -> bool:
        """Tell whether all patterns are excluded but those that were decided; what stays open is noted."""
        left = self.plays.left(self.builder.derived, self.clock.within(0.6).over)
        for polynomial in () if left is None else left.apart_from:
            self.builder.note(polynomial)
        if left is None or len(left.patterns) > MOST_LEFT:
            self.builder.unresolved.append(NOT_EXCLUDED)
            return False
        self._derive(sorted(left.patterns), 0.5, 0.9)
        return True


def _more_than(most: int, alternatives: Iterable[Possible]) -> bool:
    """Tell whether there are more combinations of play than this."""
    combinations = itertools.chain(*(alternative.flat() for alternative in alternatives))
    return next(itertools.islice(combinations, most, None), None) is not None
