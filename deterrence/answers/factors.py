"""Sets of equilibria that are products: play that settles the rest into blocks, and local classes of play in each."""

from __future__ import annotations

import itertools
import json
import math
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from deterrence.answers.assessment import Free
from deterrence.answers.when_in_words import when_in_words
from deterrence.errors import MethodError
from deterrence.games.expression import show_value
from deterrence.games.game import Game
from deterrence.values import Value

MOST_SHOWN = 8
"""So many local classes of a block are printed."""
Choice = tuple[int, ...]
"""For each block the number of one of its local classes."""


@dataclass(frozen=True, eq=False)
class LocalClass(Value):
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

    @property
    def strategies(self) -> dict[str, dict[str, Any]]:
        """For each information set the probability of each action that is played."""
        tree = self.game.form
        actions_of = dict(zip(tree.set_names, tree.actions_of, strict=True))
        rows = zip(self.supports, self.behaviour, strict=True)
        return {name: {a: p for a, p in zip(actions_of[name], row, strict=True) if p != 0} for (name, _), row in rows}

    @property
    def short_play(self) -> str:
        """What is played at each information set, in their order, without their names."""
        return " · ".join(" or ".join(actions) for actions in self.strategies.values())

    def __str__(self) -> str:
        return f"{self.play}\n  Exists {when_in_words(self.when)}."

    def __repr__(self) -> str:
        return f"<LocalClass {self.play!r}>"


@dataclass(frozen=True, eq=False)
class ClassProduct(Value):
    """Equilibria that combine local classes freely: one choice of play where blocks meet, and any class in each block.

    Blocks are sets of information sets that do not matter to one another, or the local games between the roots of
    proper subgames. A product has a length and is indexed by position; its members are formed one by one when they are
    asked for. A member exists where all of its local classes do and the play where blocks meet is optimal given them.

    Attributes
    ----------
    settled
        The play where blocks meet: for each such information set, by name, the action taken. Nothing where blocks are
        the local games of proper subgames, which meet in what each is worth.
    blocks
        For each block its local classes.
    member
        The function that forms the equilibria of one choice; the verb that made the product hands it in.
    """

    settled: tuple[tuple[str, str], ...]
    blocks: tuple[tuple[LocalClass, ...], ...]
    member: Callable[[Choice], Sequence[Any]] = field(repr=False, compare=False)

    @property
    def count(self) -> int:
        """How many combinations there are."""
        return math.prod(map(len, self.blocks))

    @property
    def local_count(self) -> int:
        """How many local classes there are."""
        return sum(map(len, self.blocks))

    def __len__(self) -> int:
        if self.count > sys.maxsize:
            raise MethodError(f"There are {self.count:,} combinations, more than len() counts to. Use .count.")
        return self.count

    def __getitem__(self, index: int) -> Sequence[Any]:
        """Return the classes of equilibria of one combination: none where it exists nowhere."""
        if not isinstance(index, int):
            raise MethodError(f"A combination is asked for by its number, not by {index!r}; first(n) gives the first.")
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

    def first(self, number: int) -> list[Any]:
        """Return the first so many classes of equilibria."""
        return list(itertools.islice(self, number))

    @property
    def outcomes(self) -> tuple[str, ...]:
        """The outcomes that some combination reaches with a probability above zero."""
        game = self.blocks[0][0].game
        tree, taken = game.form, {name: {action} for name, action in self.settled}
        for item in itertools.chain(*self.blocks):
            for name, row in item.strategies.items():
                taken.setdefault(name, set()).update(row)
        reached: dict[str, None] = {}
        stack = [0]
        while stack:
            node = stack.pop()
            h = tree.infoset_of[node]
            outcome = tree.outcome[node]
            if outcome is not None:
                reached[outcome] = None
            for branch, child in reversed(list(enumerate(tree.children[node]))):
                if h < 0 or tree.actions_of[h][branch] in taken[tree.set_names[h]]:
                    stack.append(child)
        return tuple(reached)

    @property
    def head(self) -> str:
        """The play that all members share, and how many classes there are, in words."""
        shared = [f"{name}: {action}" for name, action in self.settled]
        shared += [block[0].play for block in self.blocks if len(block) == 1 and not self.settled]
        play = "; ".join([*shared[:MOST_SHOWN], *(["…"] if len(shared) > MOST_SHOWN else [])])
        count = f"{self.count:,} combination{'' if self.count == 1 else 's'}"
        parts = f"{count} of {self.local_count} local classes in {len(self.blocks)} blocks"
        return f"{play}: {parts}" if play else parts

    def __str__(self) -> str:
        lines = [f"{self.head}."]
        for number, block in enumerate(self.blocks, 1):
            lines += ["", f"Block {number}: {' · '.join(name for name, _ in block[0].supports)}"]
            for k, item in enumerate(block[:MOST_SHOWN], 1):
                lines += [f"  {k}. {item.short_play}", f"     {when_in_words(item.when)}"]
            if len(block) > MOST_SHOWN:
                lines.append(f"  and {len(block) - MOST_SHOWN} more, in to_frame()")
        return "\n".join(lines)

    def to_frame(self) -> Any:
        """Return a data frame with one row a local class: its block, what is played, and when it exists."""
        import pandas as pd

        rows = [
            {
                "block": number,
                "information sets": " · ".join(name for name, _ in item.supports),
                "play": item.short_play,
                "when": when_in_words(item.when).removeprefix("when "),
            }
            for number, block in enumerate(self.blocks, 1)
            for item in block
        ]
        return pd.DataFrame(rows)

    def to_json(self) -> str:
        """Return the product as JSON: settled play, and for each block its local classes with their conditions."""
        blocks = [
            [
                {
                    "play": {n: {a: show_value(p) for a, p in row.items()} for n, row in item.strategies.items()},
                    "when": show_value(item.when),
                }
                for item in block
            ]
            for block in self.blocks
        ]
        return json.dumps({"settled": dict(self.settled), "combinations": self.count, "blocks": blocks}, indent=2)

    def __repr__(self) -> str:
        return f"<ClassProduct {dict(self.settled)}: {self.count} combinations of {self.local_count} local classes>"
