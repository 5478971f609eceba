"""Closed forms of a whole game put together from those of its local games, and the products that they form."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from deterrence.answers.factors import Choice, ClassProduct, LocalClass
from deterrence.solvers.algebra.polynomials import Polynomial
from deterrence.solvers.discovery.builder import ClassBuilder
from deterrence.solvers.discovery.conditions import Conditions
from deterrence.solvers.discovery.local_classes import LocalForm
from deterrence.solvers.discovery.regions import ParameterRegions, region_of
from deterrence.solvers.supports.agent_form import Pattern, Support, System
from deterrence.solvers.supports.closed_form import ClosedForm, Corner, FreeGroup
from deterrence.solvers.supports.forest import Entry, Forest

Plays = Mapping[int, LocalForm]
"""Root of a part -> the local class there."""
Assigned = dict[int, list[LocalForm]]
"""Root of a part -> the local classes that may stand there."""


class Composed:
    """The classes of a game as combinations of local classes.

    Attributes
    ----------
    builder, forest, regions
        What writes classes, what may be played in each subgame, and what decides about regions.
    """

    def __init__(self, builder: ClassBuilder, forest: Forest, regions: ParameterRegions) -> None:
        self.builder, self.forest, self.regions = builder, forest, regions
        self._written: dict[tuple[int, LocalForm], LocalClass] = {}

    @property
    def number(self) -> int:
        """How many classes there are."""
        return sum(self.forest.number(0, kind) for kind in self.forest.classes)

    def found(self) -> Iterator[tuple[ClosedForm, Conditions]]:
        """Yield every class, with its condition."""
        for kind in self.forest.classes:
            for position in range(self.forest.number(0, kind)):
                plays = self.forest.chosen([kind], position)
                yield self.form(plays), self.regions.shortened(kind[1])

    def composed(self, plays: Plays) -> tuple[ClosedForm, Conditions]:
        """Return the class that plays some local classes, with the condition under which all of them exist."""
        region = region_of(clause for play in plays.values() for clause in play.region)
        assert region is not None, "local classes that contradict each other were combined"
        return self.form(plays), self.regions.shortened(region)

    def form(self, plays: Plays) -> ClosedForm:
        """Return the closed form of some local classes; at other information sets the first action is played."""
        size = len(self.builder.agent.form.nodes_of)
        parts = [self._in_whole(root, play) for root, play in plays.items()]
        pattern: list[Support] = [(0,)] * size
        system = System(weights={h: [] for h in range(size)})
        solved: dict[int, Polynomial] = {}
        for root, part in zip(plays, parts, strict=True):
            for k, h in enumerate(self.forest.parts[root].sets):
                pattern[h] = part.pattern[k]
            system.weights.update(part.system.weights)
            solved.update(part.solved)
        conditions, groups, special = (
            tuple(itertools.chain(*(getattr(part, name) for part in parts)))
            for name in ("conditions", "groups", "special")
        )
        return ClosedForm(tuple(pattern), system, solved, conditions, groups, special)

    def _in_whole(self, root: int, play: LocalForm) -> ClosedForm:
        """Return a local closed form in the whole game's unknowns and information sets, but for its pattern."""
        sets, form = self.forest.parts[root].sets, play.form
        names = (play.parametric.agent.names[v] for v in range(len(play.parametric.agent.names)))
        number = [self.builder.agent.variable(kind, sets[k], of) for kind, k, of in names]

        def renamed(p: Polynomial) -> Polynomial:
            return {tuple(sorted(number[v] for v in monomial)): c for monomial, c in p.items()}

        weights = {sets[k]: list(map(renamed, some)) for k, some in form.system.weights.items()}
        solved = {number[v]: renamed(p) for v, p in form.solved.items()}
        groups = tuple(_renamed_group(group, number) for group in form.groups)
        return replace(form, system=System(weights=weights), solved=solved, groups=groups)

    def knows(self, pattern: Pattern) -> bool:
        """Tell whether a pattern of the whole game is that of a class."""
        return any(self._knows(0, kind, pattern) for kind in self.forest.classes)

    def _knows(self, root: int, kind: Any, pattern: Pattern) -> bool:
        own = tuple(pattern[h] for h in self.forest.parts[root].sets)
        return any(
            entry.play.form.pattern == own
            and all(self._knows(below, each, pattern) for below, each in self.forest.below(root, entry))
            for entry in self.forest.tables[root][kind]
        )

    # -- where there are too many to list ------------------------------------------------------------

    def on_path(self, most: int) -> list[tuple[ClosedForm, Conditions]]:
        """Return a class for each play on the path, up to so many, with what comes first off it."""
        paths = itertools.islice(self._paths(0, self._entries, most), most)
        return [self.composed(plays) for _, plays in paths]

    @property
    def _entries(self) -> list[Entry]:
        """What may be played before the first subgame."""
        return list(itertools.chain(*self.forest.tables[0].values()))

    def _paths(self, root: int, entries: Iterable[Entry], most: int) -> Iterator[tuple[Any, Plays]]:
        """Yield plays of a subgame that differ on the path, each with what is played there."""
        seen = set()
        for entry in entries:
            options = []
            for node, (below, kind) in zip(
                self.forest.parts[root].subgames, self.forest.below(root, entry), strict=True
            ):
                paths = self._paths(below, self.forest.tables[below][kind], most)
                options.append(list(itertools.islice(paths, most if node in entry.play.reached else 1)))
            reached = [node in entry.play.reached for node in self.forest.parts[root].subgames]
            for choice in itertools.product(*options):
                keys = (key for (key, _), on_path in zip(choice, reached, strict=True) if on_path)
                key = (entry.play.form.pattern, *keys)
                if key not in seen:
                    seen.add(key)
                    yield key, _merged({root: entry.play}, *(plays for _, plays in choice))

    def products(self, most: int) -> tuple[ClassProduct, ...]:
        """Return the products that the classes form, up to so many."""
        return tuple(map(self._product, itertools.islice(self._assigned(0, self._entries, most), most)))

    def _assigned(self, root: int, entries: Iterable[Entry], most: int) -> Iterator[Assigned]:
        """Yield what may stand together in a subgame, entries that go with the same worths below in one list."""
        alike: dict[Any, list[LocalForm]] = {}
        for entry in entries:
            alike.setdefault(entry.below, []).append(entry.play)
        for kinds, plays in alike.items():
            subgames = zip(self.forest.parts[root].subgames.values(), kinds, strict=True)
            options = (self._assigned(below, self.forest.tables[below][kind], most) for below, kind in subgames)
            for choice in itertools.product(*(list(itertools.islice(some, most)) for some in options)):
                yield _merged({root: plays}, *choice)

    def _product(self, assigned: Assigned) -> ClassProduct:
        rows = {root: assigned[root] for root in sorted(assigned)}
        # What a draw alone leads to is no block.
        blocks = [[self._local(root, play) for play in plays] for root, plays in rows.items() if self._sets(root)]
        return ClassProduct((), tuple(map(tuple, blocks)), _Member(self, rows))

    def _sets(self, root: int) -> Sequence[int]:
        return self.forest.parts[root].sets

    def _local(self, root: int, play: LocalForm) -> LocalClass:
        if (root, play) not in self._written:
            form, conditions = self.form({root: play}), self.regions.shortened(play.region)
            self._written[root, play] = self.builder.writer.local(form, conditions, self._sets(root))
        return self._written[root, play]


class _Member:
    """Forms the class of one choice of local classes of a product."""

    def __init__(self, composed: Composed, rows: Assigned) -> None:
        self.composed, self.rows = composed, rows

    def __call__(self, choice: Choice) -> Sequence[Any]:
        """Return the class of equilibria that combines the chosen local classes."""
        places = iter(choice)
        plays = {
            root: row[next(places) if self.composed.forest.parts[root].sets else 0] for root, row in self.rows.items()
        }
        return (self.composed.builder.writer.written(*self.composed.composed(plays)),)


def _merged(first: dict[int, Any], *others: Mapping[int, Any]) -> dict[int, Any]:
    for other in others:
        first.update(other)
    return first


def _renamed_group(group: FreeGroup, number: Sequence[int]) -> FreeGroup:
    rows = tuple(replace(row, coefficients=tuple((number[v], c) for v, c in row.coefficients)) for row in group.rows)
    corners = tuple(Corner({number[v]: x for v, x in c.values.items()}, c.conditions) for c in group.corners)
    return FreeGroup(tuple(number[v] for v in group.unknowns), rows, corners)
