"""What may be played in each subgame of a game, and how many equilibria of the whole that makes."""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from deterrence.games.game import Game
from deterrence.solvers.supports.subgames import Part

ALL: Any = ("all",)
"""The class of play of all that may be played."""


@dataclass(frozen=True, eq=False, slots=True)
class Entry:
    """What is played in a local game, and the classes of play in the subgames that it goes with, in the part's order.

    ``play`` is a local equilibrium, or a class of them for all parameter values.
    """

    play: Any
    below: tuple[Any, ...]


Table = dict[Any, list[Entry]]
"""Class of play in a subgame, such as what it is worth -> the entries in it."""
Choice = dict[int, Any]
"""Root of a part -> what is played there."""


@dataclass(eq=False)
class Forest:
    """What may be played in each subgame: its part of the tree, and the entries of each class of play.

    ``parts`` and ``tables`` are by root, later roots first, so that subgames come before what holds them.
    """

    game: Game
    concept: str
    parts: dict[int, Part]
    tables: dict[int, Table]
    _counts: dict[tuple[int, Any], list[int]] = field(default_factory=dict, compare=False)

    @property
    def classes(self) -> list[Any]:
        """The classes of play of the whole game."""
        return list(self.tables[0])

    def number(self, root: int, kind: Any) -> int:
        """Return how many equilibria of a subgame are of a class."""
        return self._sums(root, kind)[-1]

    def _sums(self, root: int, kind: Any) -> list[int]:
        """Return the numbers of equilibria in the first entries of a class: in none, in one, in two and so on."""
        if not self._counts:
            for place, table in self.tables.items():
                for each, entries in table.items():
                    sizes = (self._size(place, entry) for entry in entries)
                    self._counts[place, each] = [0, *itertools.accumulate(sizes)]
        return self._counts[root, kind]

    def _size(self, root: int, entry: Entry) -> int:
        size = 1
        for below, kind in self.below(root, entry):
            size *= self._counts[below, kind][-1]
        return size

    def below(self, root: int, entry: Entry) -> Iterator[tuple[int, Any]]:
        """Yield the root of each subgame in a part, and the class of play there that goes with an entry."""
        return zip(self.parts[root].subgames.values(), entry.below, strict=True)

    def chosen(self, kinds: Sequence[Any], position: int) -> Choice:
        """Return the choice at a position among those of some classes of the whole game."""
        for kind in kinds:
            if position < self.number(0, kind):
                break
            position -= self.number(0, kind)
        choice: Choice = {}
        stack = [(0, kind, position)]
        while stack:
            root, kind, rest = stack.pop()
            sums = self._sums(root, kind)
            place = bisect_right(sums, rest) - 1
            entry, rest = self.tables[root][kind][place], rest - sums[place]
            choice[root] = entry.play
            for below, each in reversed(list(self.below(root, entry))):
                rest, own = divmod(rest, self.number(below, each))
                stack.append((below, each, own))
        return choice

    def of_choice(self, choice: Choice) -> Forest:
        """Return the forest in which one choice is all that may be played."""
        tables: dict[int, Table] = {}
        for v in self.parts:
            if v in choice:
                tables[v] = {ALL: [Entry(choice[v], (ALL,) * len(self.parts[v].subgames))]}
        return Forest(self.game, self.concept, {v: self.parts[v] for v in tables}, tables)

    def of_whole(self, entries: Mapping[Any, list[Entry]]) -> Forest:
        """Return the forest with other entries at the root of the whole game."""
        return Forest(self.game, self.concept, self.parts, {**self.tables, 0: dict(entries)})
