"""The weights of two players' sequences as complementary unknowns.

Each sequence is unused or a best reply: of two unknowns, its weight and what it costs against the best, one is zero.
Start from one choice at every information set, and reward it until it is the only equilibrium. The reward is then
taken away, exchanging one unknown for its partner at a time (see `deterrence.solvers.sequences.pivoting`).

Every choice has a least weight, the smaller the more choices stand before it: a number that is positive and smaller
than any other, raised to the power of how many choices it takes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from deterrence.lazy import Deferred
from deterrence.solvers.sequences.dictionary import Dictionary
from deterrence.solvers.sequences.sequence_form import Choices, Matrix, SequenceForm, product

if TYPE_CHECKING:
    import numpy as np
else:
    np = Deferred("numpy")

Weights = list[list[int]]
"""For each sequence the coefficients of its weight, by powers of the small number."""


@dataclass(frozen=True, eq=False, slots=True)
class Side:
    """One player's weights in terms of those of the sequences that its starting choices leave out.

    Attributes
    ----------
    kept, left
        The sequences of the starting choices, and the others; the empty one is in neither.
    spare
        For each sequence, its weight beyond the least, by powers, where those left out have none.
    least
        For each sequence, its least weight, by powers.
    change
        For each sequence, how its weight moves with that of each sequence left out.
    """

    kept: tuple[int, ...]
    left: tuple[int, ...]
    spare: Matrix
    least: Matrix
    change: Matrix

    @classmethod
    def of(cls, own: Choices, powers: int) -> Side:
        """Return the side of a player that starts with the first action at each set."""
        kept = tuple(after[0] for after in own.after)
        left = tuple(s for after in own.after for s in after[1:])
        least, spare = (np.zeros((own.size, powers), dtype=np.int64) for _ in range(2))
        least[range(1, own.size), own.depth[1:]] = 1
        spare[0, 0] = 1
        change = np.zeros((own.size, len(left)), dtype=np.int64)
        change[left, range(len(left))] = 1
        for before, after in zip(own.before, own.after, strict=True):
            spare[after[0]] = spare[before] + least[before] - least[list(after)].sum(axis=0)
            change[after[0]] = change[before] - change[list(after[1:])].sum(axis=0)
        return cls(kept, left, spare, least, change)

    @property
    def width(self) -> int:
        """How many of the player's unknowns are zero at the start: one a sequence."""
        return len(self.kept) + len(self.left)


@dataclass(frozen=True, eq=False, slots=True)
class Complementary:
    """For each player and sequence two unknowns of which one is zero, and the reward that is to become zero."""

    form: SequenceForm
    sides: tuple[Side, Side]
    powers: int

    @classmethod
    def of(cls, form: SequenceForm) -> Complementary:
        """Return the unknowns of a sequence form."""
        powers = 1 + max(*form.choices[0].depth, *form.choices[1].depth)
        first, second = (Side.of(own, powers) for own in form.choices)
        return cls(form, (first, second), powers)

    @property
    def reward(self) -> int:
        """The number of the reward of the starting choices."""
        return 2 * sum(own.size for own in self.form.choices)

    def weight(self, player: int, sequence: int) -> int:
        """Return the number of a sequence's weight beyond the least; the next number is its cost."""
        return 2 * (player * self.form.choices[0].size + sequence)

    def dictionary(self) -> Dictionary:
        """Return the equations solved for the weights of the starting choices and the costs of all others."""
        rows, basic, others = [], [], []
        for i, side in enumerate(self.sides):
            rows += [self._weight_rows(i), self._cost_rows(i)]
            basic += [self.weight(i, s) for s in side.kept] + [self.weight(i, s) + 1 for s in side.left]
            others += [self.weight(i, s) for s in side.left] + [self.weight(i, s) + 1 for s in side.kept]
        return Dictionary(np.vstack(rows), basic, [*others, self.reward], self.powers)

    def _columns(self, rows: int) -> tuple[Matrix, tuple[int, int]]:
        """Return rows of zeros, and where each player's columns begin."""
        begins = (self.powers, self.powers + self.sides[0].width)
        return np.zeros((rows, begins[1] + self.sides[1].width + 1), dtype=object), begins

    def _weight_rows(self, player: int) -> Matrix:
        side = self.sides[player]
        kept, (rows, begins) = list(side.kept), self._columns(len(side.kept))
        rows[:, : self.powers] = side.spare[kept]
        rows[:, begins[player] : begins[player] + len(side.left)] = side.change[kept]
        return rows

    def _cost_rows(self, player: int) -> Matrix:
        """Return the costs of the sequences left out: what is lost by moving weight to them."""
        side, other = self.sides[player], self.sides[1 - player]
        payoffs = self.form.payoffs[0] if player == 0 else self.form.payoffs[1].T
        rows, begins = self._columns(len(side.left))
        gains = product(side.change.T, payoffs)
        own, their = begins[player] + len(side.left), begins[1 - player]
        rows[:, : self.powers] = -product(gains, other.spare + other.least)
        rows[:, their : their + len(other.left)] = -product(gains, other.change)
        rows[:, own : own + len(side.kept)] = -side.change[list(side.kept)].T
        rows[:, -1] = 1
        return rows

    def weights(self, dictionary: Dictionary) -> tuple[Weights, Weights]:
        """Return each player's weights, by powers, all multiplied by the dictionary's scale."""
        row_of = {unknown: k for k, unknown in enumerate(dictionary.basic)}

        def weight(player: int, sequence: int) -> list[int]:
            least = [dictionary.scale * int(item) for item in self.sides[player].least[sequence]]
            row = row_of.get(self.weight(player, sequence))
            if row is None:
                return least
            return [a + b for a, b in zip(least, dictionary.table[row, : self.powers], strict=True)]

        certain = [dictionary.scale] + [0] * (self.powers - 1)
        first, second = (
            [certain, *(weight(i, s) for s in range(1, own.size))] for i, own in enumerate(self.form.choices)
        )
        return first, second
