"""Equilibria that are too many to list: known by their number, made one by one when asked for."""

from __future__ import annotations

import sys
from abc import abstractmethod
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, overload

from deterrence.errors import MethodError

if TYPE_CHECKING:
    from deterrence.answers.solution import Equilibrium

FIRST = 20
"""So many of them are shown where all would be too many to read."""


class ManyEquilibria(Sequence["Equilibrium"]):
    """A sequence of equilibria that are made when asked for.

    ``number`` is how many there are, as an integer of any size; ``len`` gives it up to ``sys.maxsize``.
    """

    @property
    @abstractmethod
    def number(self) -> int:
        """How many equilibria there are."""

    @abstractmethod
    def made(self, position: int) -> Equilibrium:
        """Return the equilibrium at a position from zero on."""

    @property
    @abstractmethod
    def representatives(self) -> tuple[Equilibrium, ...]:
        """One equilibrium for each way in which play starts, whose ranges of measures are over all that start so."""

    @property
    @abstractmethod
    def near_tie(self) -> bool:
        """Whether in one of them two actions are worth nearly, but not exactly, the same."""

    @abstractmethod
    def payoff_range(self, player: str) -> tuple[Any, Any]:
        """Return the least and greatest payoff of a player over all of them."""

    @abstractmethod
    def grouped(self, by: str) -> Mapping[tuple[Any, ...], Sequence[Equilibrium]]:
        """Return the equilibria by their ``"payoffs"`` or the probabilities of their ``"outcomes"``."""

    @abstractmethod
    def with_payoffs(self, kept: Collection[tuple[Any, ...]]) -> ManyEquilibria:
        """Return the equilibria with some payoffs."""

    def __len__(self) -> int:
        if self.number > sys.maxsize:
            raise MethodError(
                f"There are {self.number:,} equilibria, and len() counts to {sys.maxsize:,} at most. "
                "Ask for solution.count, which has no limit."
            )
        return self.number

    def __bool__(self) -> bool:
        return self.number > 0

    def __iter__(self) -> Iterator[Equilibrium]:
        position = 0
        while position < self.number:
            yield self.made(position)
            position += 1

    @overload
    def __getitem__(self, index: int) -> Equilibrium: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[Equilibrium, ...]: ...

    def __getitem__(self, index: int | slice) -> Equilibrium | tuple[Equilibrium, ...]:
        if isinstance(index, slice):
            return tuple(map(self.made, range(*index.indices(self.number))))
        position = index + self.number if index < 0 else index
        if not 0 <= position < self.number:
            raise IndexError(f"There are {self.number:,} equilibria; position {index} is none of theirs.")
        return self.made(position)
