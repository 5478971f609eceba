"""The sequence form of a tree in which two players choose: payoffs by the own choices that lead to them.

A sequence is what one player has chosen on the way to a place; it stands for all plans that choose so. A player's
weights on its sequences say how likely it is to choose so: one for the empty sequence, and at each information set
the weights after its actions sum to the weight before. Payoffs are linear in each player's weights.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from math import lcm
from typing import TYPE_CHECKING, Any

from deterrence.games.form import ExtensiveForm
from deterrence.lazy import Deferred

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Matrix = npt.NDArray[Any]
else:
    np = Deferred("numpy")
    Matrix = Any

End = tuple[tuple[int, int], Any, Any]
"""What leads to an end (a sequence of each player), nature's odds, and what it pays."""
SMALL = 2**62
"""Products of integers that stay below this fit into a machine's integers."""


@dataclass(frozen=True, eq=False, slots=True)
class Choices:
    """What one player may choose, set after set.

    Attributes
    ----------
    player
        Its position.
    sets
        Its information sets with a choice, earlier ones first.
    before
        For each of them the sequence that leads there; 0 is the empty one.
    after
        For each of them the sequences that its actions make.
    depth
        For each sequence, how many choices it has.
    """

    player: int
    sets: tuple[int, ...]
    before: tuple[int, ...]
    after: tuple[tuple[int, ...], ...]
    depth: tuple[int, ...]

    @classmethod
    def of(cls, form: ExtensiveForm, player: int, sets: Sequence[int]) -> Choices:
        """Return the choices of a player at some of its information sets."""
        number: dict[tuple[int, int], int] = {}
        before, after, depth = [], [], [0]
        ordered = sorted(sets, key=lambda h: (len(form.own_steps[h]), h))
        for h in ordered:
            earlier = [number[step] for step in form.own_steps[h] if step in number]
            before.append(earlier[-1] if earlier else 0)
            for a in range(len(form.actions_of[h])):
                number[h, a] = len(depth)
                depth.append(depth[before[-1]] + 1)
            after.append(tuple(number[h, a] for a in range(len(form.actions_of[h]))))
        return cls(player, tuple(ordered), tuple(before), tuple(after), tuple(depth))

    @property
    def size(self) -> int:
        """The number of sequences, the empty one included."""
        return len(self.depth)


@dataclass(frozen=True, eq=False, slots=True)
class SequenceForm:
    """Two players' choices, and for each pair of sequences what the ends that both lead to pay, by their odds.

    Payoffs are integers: each player's are multiplied by a positive number, which changes no choice.
    """

    choices: tuple[Choices, Choices]
    payoffs: tuple[Matrix, Matrix]

    @classmethod
    def of(cls, choices: tuple[Choices, Choices], ends: Iterable[End]) -> SequenceForm:
        """Return the sequence form from the ends that may be reached."""
        totals: tuple[dict[Any, Any], dict[Any, Any]] = ({}, {})
        for pair, odds, pay in ends:
            for total, own in zip(totals, choices, strict=True):
                total[pair] = total.get(pair, 0) + odds * pay[own.player]
        shape = (choices[0].size, choices[1].size)
        return cls(choices, (_integers(totals[0], shape), _integers(totals[1], shape)))


def _integers(total: dict[tuple[int, int], Any], shape: tuple[int, int]) -> Matrix:
    """Return entries as a matrix of integers, all multiplied by their common denominator."""
    scale = lcm(*(item.denominator for item in total.values()))
    entries = {place: int(item * scale) for place, item in total.items()}
    matrix = np.zeros(shape, dtype=_type_of(entries.values()))
    for place, item in entries.items():
        matrix[place] = item
    return matrix


def whole(matrix: Matrix) -> Matrix:
    """Return exact numbers, multiplied by their least common denominator: machine integers where they fit."""
    numbers = matrix.ravel().tolist()
    scale = lcm(*(item.denominator for item in numbers))
    entries = [int(item * scale) for item in numbers]
    return np.array(entries, dtype=_type_of(entries)).reshape(matrix.shape)


def _type_of(entries: Collection[int]) -> Any:
    return np.int64 if max(map(abs, entries), default=0) < SMALL else object


def product(left: Matrix, right: Matrix) -> Matrix:
    """Return the exact product of integer matrices."""
    machine = object not in (left.dtype, right.dtype)
    if machine and left.shape[1] * _largest(left) * _largest(right) < SMALL:
        return left @ right
    return left.astype(object) @ right.astype(object)


def _largest(matrix: Matrix) -> int:
    return int(np.abs(matrix).max()) if matrix.size else 0
