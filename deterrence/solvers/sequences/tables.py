"""One equilibrium of a table, by the same pivoting as on trees."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from deterrence.lazy import Deferred
from deterrence.solvers.sequences.pivoting import equilibrium_weights
from deterrence.solvers.sequences.sequence_form import Choices, Matrix, SequenceForm

if TYPE_CHECKING:
    import numpy as np
else:
    np = Deferred("numpy")

Mixtures = tuple[tuple[Fraction, ...], tuple[Fraction, ...]]


def table_equilibrium(first: Matrix, second: Matrix) -> Mixtures | None:
    """Return an equilibrium of two players' integer tables, or None where it takes too many steps."""
    choices = (_single(0, first.shape[0]), _single(1, first.shape[1]))
    weights = equilibrium_weights(SequenceForm(choices, (_with_empty(first), _with_empty(second))))
    if weights is None:
        return None
    x, y = ([item[0] for item in side[1:]] for side in weights)
    return tuple(Fraction(p, sum(x)) for p in x), tuple(Fraction(p, sum(y)) for p in y)


def minimax(table: Matrix) -> Mixtures | None:
    """Return optimal mixtures of the row player, who gets the integer entries, and of the column player, who pays."""
    return table_equilibrium(table, -table)


def _single(player: int, actions: int) -> Choices:
    return Choices(player, (player,), (0,), (tuple(range(1, actions + 1)),), (0,) + (1,) * actions)


def _with_empty(table: Matrix) -> Matrix:
    """Return payoffs by sequences: none before a choice."""
    payoffs = np.zeros((table.shape[0] + 1, table.shape[1] + 1), dtype=table.dtype)
    payoffs[1:, 1:] = table
    return payoffs
