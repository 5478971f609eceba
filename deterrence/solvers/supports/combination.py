"""Equilibria put together from those of local games: counted and measured without being listed.

Play in one local game depends on another only through what the subgames in it are worth. So the equilibria of the whole
are all choices of one equilibrium in each local game that fit together: where a local game takes a subgame to be worth
so much, the play chosen there is worth that. A choice at an information set is compared with others by what follows and
by beliefs in its own local game; with the right worths filled in, these are the numbers of the whole game. So nobody
gains by changing one choice in the whole where nobody does in any part; and the whole is in equilibrium in each
proper subgame. In return, each equilibrium of the whole, cut at the roots of subgames, gives such a choice.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from deterrence.answers.assessment import Free
from deterrence.answers.many import ManyEquilibria
from deterrence.answers.measure import Measure, payoff
from deterrence.answers.solution import Equilibrium
from deterrence.solvers.algebra.ranges import Range
from deterrence.solvers.supports.family import MOST_ENDS, TOLERANCE
from deterrence.solvers.supports.forest import ALL, Choice, Entry, Forest
from deterrence.solvers.supports.forest_measures import range_of, refined
from deterrence.solvers.supports.subgames import Part


def equilibrium_of(forest: Forest, choice: Choice) -> Equilibrium:
    """Return the equilibrium of the whole game that a choice is; nothing free in it is lost."""
    behaviour, belief = _assembled(
        forest, {v: (p.equilibrium.behaviour, p.equilibrium.belief) for v, p in choice.items()}
    )
    free = tuple(_free(forest, choice))
    family = ChoiceFamily(forest.of_choice(choice)) if free else None
    return Equilibrium(forest.game, forest.concept, behaviour, belief, free, _corners(forest, choice), family)


def _assembled(forest: Forest, rows: Mapping[int, tuple[Any, Any]]) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    count = len(forest.game.form.nodes_of)
    behaviour: list[Any] = [()] * count
    belief: list[Any] = [None] * count
    for root, (own_behaviour, own_belief) in rows.items():
        for h, played, believed in zip(forest.parts[root].sets, own_behaviour, own_belief, strict=True):
            behaviour[h], belief[h] = played, believed
    return tuple(behaviour), tuple(belief)


def _free(forest: Forest, choice: Choice) -> list[Free]:
    """Return what is free in each part, by its name in the whole game; parts vary apart."""
    items, offset = [], 0
    for root in sorted(choice):
        local = choice[root].equilibrium.free_list
        items += [_named(forest, forest.parts[root], item, offset) for item in local]
        offset += 1 + max((item.group for item in local), default=-1)
    return items


def _named(forest: Forest, part: Part, item: Free, offset: int) -> Free:
    form = forest.game.form
    h = part.sets[int(item.information_set)]
    if item.kind == "probability":
        of = form.actions_of[h][int(item.of)]
    else:
        of = " or ".join(form.history(part.nodes[int(k)]) for k in item.of.split(" or "))
    return replace(item, information_set=form.set_names[h], of=of, group=item.group + offset)


def _corners(forest: Forest, choice: Choice) -> tuple[tuple[Any, Any], ...]:
    """Return the extreme profiles, of what varies on the path of play."""
    rows = {v: [(p.equilibrium.behaviour, p.equilibrium.belief)] for v, p in choice.items()}
    for v in _reached(forest, choice):
        rows[v] = list(choice[v].equilibrium.corners) or rows[v]
    if all(len(some) == 1 for some in rows.values()):
        return ()
    profiles = itertools.islice(itertools.product(*rows.values()), MOST_ENDS)
    return tuple(_assembled(forest, dict(zip(rows, profile, strict=True))) for profile in profiles)


def _reached(forest: Forest, choice: Choice) -> list[int]:
    reached, stack = [], [0]
    while stack:
        root = stack.pop()
        reached.append(root)
        stack += [below for k, below in forest.parts[root].subgames.items() if k in choice[root].reached]
    return reached


@dataclass(eq=False)
class ChoiceFamily:
    """The equilibria between which one with something free varies, or for which it stands."""

    forest: Forest
    listed: bool = True
    _ranges: dict[Measure, Range] = field(default_factory=dict, compare=False)

    def measured(self, measure: Measure) -> Range:
        """Return the least and greatest value of a probability or payoff."""
        if measure not in self._ranges:
            self._ranges[measure] = range_of(self.forest, measure)
        return self._ranges[measure]


@dataclass(eq=False, repr=False)
class Combination(ManyEquilibria):
    """The equilibria of a forest, or those in some classes of play of the whole game."""

    forest: Forest
    kinds: Sequence[Any]

    def __eq__(self, other: object) -> bool:
        return self._key == other._key if isinstance(other, Combination) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._key)

    @property
    def _key(self) -> tuple[Any, ...]:
        """What the equilibria follow from, and their number."""
        return self.forest.game, self.forest.concept, tuple(self.kinds), self.number

    def __repr__(self) -> str:
        return f"<{self.number:,} equilibria of {self.forest.game.name!r}>"

    @cached_property
    def number(self) -> int:
        """How many equilibria there are."""
        return sum(self.forest.number(0, kind) for kind in self.kinds)

    def made(self, position: int) -> Equilibrium:
        """Return the equilibrium at a position."""
        equilibrium = equilibrium_of(self.forest, self.forest.chosen(self.kinds, position))
        # The whole game's own check, apart from those of its parts.
        assert equilibrium.regret <= TOLERANCE, "a combination of local equilibria is no equilibrium"
        return equilibrium

    @cached_property
    def representatives(self) -> tuple[Equilibrium, ...]:
        """One equilibrium for each choice of supports before the first subgame; it stands for all that start so."""
        alike: dict[Any, list[Entry]] = {}
        for kind in self.kinds:
            for entry in self.forest.tables[0][kind]:
                alike.setdefault(entry.play.equilibrium.pattern, []).append(entry)
        return tuple(map(self._representative, alike.values()))

    def _representative(self, entries: list[Entry]) -> Equilibrium:
        forest = self.forest.of_whole({ALL: entries})
        first = equilibrium_of(forest, forest.chosen([ALL], 0))
        return replace(first, family=ChoiceFamily(forest, listed=False)) if forest.number(0, ALL) > 1 else first

    @cached_property
    def near_tie(self) -> bool:
        """Whether in one of them two actions are worth nearly, but not exactly, the same."""
        tables = self.forest.tables.values()
        plays = {id(e.play): e.play for table in tables for entries in table.values() for e in entries}
        return any(play.equilibrium.near_tie for play in plays.values())

    def payoff_range(self, player: str) -> tuple[Any, Any]:
        """Return the least and greatest payoff of a player over all of them."""
        ends = [payoff(player).ends(each) for each in self.representatives]
        return min(low for low, _ in ends), max(high for _, high in ends)

    def grouped(self, by: str) -> dict[tuple[Any, ...], Combination]:
        """Return the equilibria by their ``"payoffs"`` or the probabilities of their ``"outcomes"``."""
        finer = self._finer(by)
        groups: dict[tuple[Any, ...], list[Any]] = {}
        for key in finer.classes:
            groups.setdefault(key[1], []).append(key)
        return {values: Combination(finer, keys) for values, keys in groups.items()}

    def with_payoffs(self, kept: Collection[tuple[Any, ...]]) -> Combination:
        """Return the equilibria with some payoffs."""
        finer = self._finer("payoffs")
        return Combination(finer, [key for key in finer.classes if key[1] in kept])

    def _finer(self, by: str) -> Forest:
        form, names = self.forest.game.form, self.forest.game.outcomes
        payoffs = self.forest.game.numbers[0]
        own = {kind: self.forest.tables[0][kind] for kind in self.kinds}
        forest = replace(self.forest, tables={**self.forest.tables, 0: own}, _counts={})
        if by == "payoffs":
            return refined(forest, lambda end: payoffs[end], len(form.players))
        return refined(forest, lambda end: tuple(int(form.outcome[end] == name) for name in names), len(names))
