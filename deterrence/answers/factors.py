"""Sets of equilibria that are products: play that settles the rest into blocks, and local classes of play in each."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from deterrence.answers.assessment import Free
from deterrence.games.expression import show_value
from deterrence.games.game import Game

Choice = tuple[int, ...]
"""For each block the number of one of its local classes."""


@dataclass(frozen=True, eq=False)
class LocalClass:
    """Play at a block of information sets that is optimal there, whatever is played in other blocks.

    Attributes
    ----------
    game
        The game, whatever its parameter values.
    supports
        For each information set of the block, by name, which actions are played with positive probability.
    behaviour, belief
        For each of them the probability of each action, and the belief in each of its histories, as expressions.
    when
        The SymPy condition on the parameters under which the play is optimal at these sets.
    free_list
        What may vary without leaving the class.
    """

    game: Game
    supports: tuple[tuple[str, tuple[int, ...]], ...]
    behaviour: tuple[tuple[Any, ...], ...]
    belief: tuple[tuple[Any, ...], ...] = field(repr=False)
    when: Any
    free_list: tuple[Free, ...] = field(repr=False)

    @property
    def play(self) -> str:
        """What is played at each information set, in words."""
        tree = self.game.form
        actions_of = dict(zip(tree.set_names, tree.actions_of, strict=True))
        return "; ".join(f"{name}: {' or '.join(actions_of[name][a] for a in row)}" for name, row in self.supports)

    def __str__(self) -> str:
        return f"{self.play}\n  exists when {show_value(self.when)}"

    def __repr__(self) -> str:
        return f"<LocalClass {self.play!r}>"


@dataclass(frozen=True, eq=False)
class Product:
    """Equilibria that combine local classes freely: one choice of play where blocks meet, and any class in each block.

    A product has a length and is indexed by position; its members are formed one by one when they are asked for. A
    member exists where all of its local classes do and the play where blocks meet is optimal given them.

    Attributes
    ----------
    settled
        The play where blocks meet: for each such information set, by name, the action taken.
    blocks
        For each block its local classes.
    member
        The function that forms the equilibria of one choice; the verb that made the product hands it in.
    """

    settled: tuple[tuple[str, str], ...]
    blocks: tuple[tuple[LocalClass, ...], ...]
    member: Callable[[Choice], Sequence[Any]] = field(repr=False)

    @property
    def count(self) -> int:
        """How many combinations there are."""
        return math.prod(map(len, self.blocks))

    @property
    def local_count(self) -> int:
        """How many local classes there are."""
        return sum(map(len, self.blocks))

    def __len__(self) -> int:
        return self.count

    def __getitem__(self, index: int) -> Sequence[Any]:
        """Return the classes of equilibria of one combination: none where it exists nowhere."""
        if not -self.count <= index < self.count:
            raise IndexError(f"There are {self.count} combinations.")
        index %= self.count
        choice = []
        for block in reversed(self.blocks):
            index, place = divmod(index, len(block))
            choice.append(place)
        return self.member(tuple(reversed(choice)))

    def __iter__(self) -> Iterator[Any]:
        """Yield the classes of equilibria of all combinations, one after the other."""
        for choice in itertools.product(*(range(len(block)) for block in self.blocks)):
            yield from self.member(choice)

    def __str__(self) -> str:
        head = ", ".join(f"{name}: {action}" for name, action in self.settled)
        lines = [f"{head}: {self.count:,} combinations of {self.local_count} local classes."]
        for number, block in enumerate(self.blocks, 1):
            names = ", ".join(repr(name) for name, _ in block[0].supports)
            lines.append(f"  Block {number} ({names}): {len(block)} local class{'' if len(block) == 1 else 'es'}.")
            lines += [f"    {letter}. {line}" for letter, item in enumerate(block, 1) for line in [item.play]]
        return "\n".join(lines)

    def __repr__(self) -> str:
        return f"<Product {dict(self.settled)}: {self.count} combinations of {self.local_count} local classes>"
