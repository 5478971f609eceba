"""Dominance, step by step: strategies that are worse than another one, pure or mixed, whatever the others do.

No equilibrium uses a strictly dominated strategy; so it may be taken out, and others that are dominated then. The order
does not matter (Gilboa, Kalai and Zemel 1990). Weak dominance is told here too. All arithmetic is exact.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from deterrence.answers.removal import Removal
from deterrence.lazy import Deferred
from deterrence.solvers.algebra import programs
from deterrence.solvers.sequences.sequence_form import product, whole
from deterrence.solvers.sequences.tables import minimax

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Table = npt.NDArray[Any]
else:
    np = Deferred("numpy")
    Table = Any

"""A player's exact payoffs, with an axis for each player's strategies."""

TRIED = 300
"""So many mixtures of the others' strategies are tried to find strategies that are a best reply to one."""
WEIGHTS = 100
ROUNDED = 10**9
AT_ONCE = 10**5
"""So many entries are compared at once."""


@dataclass(frozen=True, slots=True)
class Step:
    """One removal, by positions: of the player's strategy, dominated by a mixture of ``(strategy, probability)``."""

    player: int
    strategy: int
    by: tuple[tuple[int, Fraction], ...]

    def named(self, players: Sequence[str], strategies: Sequence[Sequence[str]]) -> Removal:
        """Return the step in names."""
        names = strategies[self.player]
        return Removal(
            players[self.player], names[self.strategy], tuple((names[k], probability) for k, probability in self.by)
        )


@dataclass(frozen=True, slots=True)
class Elimination:
    """What is left of each player's strategies, and the steps that led there."""

    kept: tuple[tuple[int, ...], ...]
    steps: tuple[Step, ...]


def eliminate(tables: Sequence[Table], *, mixed: bool = True) -> Elimination:
    """Take out strictly dominated strategies until none is left.

    Parameters
    ----------
    tables
        For each player its payoffs: an array of exact numbers with an axis for every player's strategies.
    mixed
        Whether dominance by mixtures is sought too; by pure strategies it always is.

    Returns
    -------
    Elimination
        The strategies left, by position, and one step for each that was removed, in order. At least one strategy
        of each player is left.
    """
    tables = [whole(table) for table in tables]
    kept = [list(range(size)) for size in tables[0].shape]
    steps: list[Step] = []
    # Pure dominance is cheap, so that mixtures are sought only once it has come to an end.
    rounds = (_by_pure, _by_mixed) if mixed else (_by_pure,)
    while any(_round(tables, kept, steps, find) for find in rounds):
        pass
    return Elimination(tuple(map(tuple, kept)), tuple(steps))


def _round(tables: Sequence[Table], kept: list[list[int]], steps: list[Step], find: Any) -> bool:
    """Take out what one look at each player finds; tell whether there was anything."""
    before = len(steps)
    for player, table in enumerate(tables):
        rows = _rows(table, kept, player)
        found = find(rows)
        names = kept[player]
        steps += [Step(player, names[k], tuple((names[j], p) for j, p in by)) for k, by in found]
        if found:
            kept[player] = [name for k, name in enumerate(names) if k not in dict(found)]
    return len(steps) > before


def _rows(table: Table, kept: Sequence[Sequence[int]], player: int) -> Table:
    """Return a player's payoffs among what is left: a row for each of its strategies."""
    whole_table = all(len(names) == size for names, size in zip(kept, table.shape, strict=True))
    part = table if whole_table else table[np.ix_(*kept)]
    return np.moveaxis(part, player, 0).reshape(part.shape[player], -1)


Found = list[tuple[int, tuple[tuple[int, Fraction], ...]]]


def dominated(rows: Table, *, weak: bool = False, mixed: bool = True) -> Found:
    """Return every row that another one or a mixture of others dominates, each with one that does.

    Parameters
    ----------
    rows
        A player's payoffs as integers: a row for each of its strategies, a column for each of what the others may do.
    weak
        Whether a row need be exceeded somewhere only, and nowhere fallen short of.
    mixed
        Whether mixtures are sought too; they are made of rows that no single one dominates, which suffices.
    """
    pure = _by_pure(rows, weak=weak)
    if not mixed or len(rows) < 3:
        return pure
    left = [k for k in range(len(rows)) if k not in dict(pure)]
    part, found = rows[left], list(pure)
    for k in np.flatnonzero(~_best_replies(part, weak=weak)) if len(left) > 2 else ():
        if weak and _best_inside(part, int(k)):
            continue
        mixture = weakly_dominating(part.tolist(), part[k].tolist()) if weak else _dominating(part, int(k))
        if mixture is not None:
            found.append((left[k], tuple((left[j], p) for j, p in mixture)))
    return sorted(found)


def _best_inside(rows: Table, k: int) -> bool:
    """Tell whether a row is found to be a best reply to a mixture of all columns, which no weakly dominated one is.

    The mixture comes from a linear programme in floating point; whether the row is a best reply to it is exact.
    """
    from scipy.optimize import linprog

    gaps = rows[k] - np.delete(rows, k, axis=0)
    size = float(max(1, np.abs(gaps).max()))
    width = gaps.shape[1]
    apart = np.hstack([-gaps.astype(float) / size, np.ones((len(gaps), 1))])
    inside = np.hstack([-np.eye(width), np.ones((width, 1))])
    optimum = linprog(
        [*np.zeros(width), -1.0],
        A_ub=np.vstack([apart, inside]),
        b_ub=np.zeros(len(gaps) + width),
        A_eq=[[*np.ones(width), 0.0]],
        b_eq=[1.0],
        bounds=[(0, 1)] * width + [(None, 1)],
    )
    if optimum.x is None or optimum.x[-1] <= 0:
        return False
    weights = [max(1, round(share * ROUNDED)) for share in optimum.x[:-1].tolist()]
    return all(sum(w * gap for w, gap in zip(weights, row, strict=True)) >= 0 for row in gaps.tolist())


def weakly_dominating(rows: Any, row: Any) -> tuple[tuple[int, Fraction], ...] | None:
    """Return a mixture of rows that falls short of a row nowhere and exceeds it somewhere, or None.

    There is one exactly if the greatest total gain of a mixture that falls short nowhere is positive.
    """
    count, width = len(rows), len(row)
    equal: list[programs.Row] = [([1] * count + [0] * width, 1)]
    equal += [([each[j] for each in rows] + [-int(k == j) for k in range(width)], row[j]) for j in range(width)]
    best = programs.maximize([0] * count + [1] * width, equal)
    assert best is not None
    return tuple((k, p) for k, p in enumerate(best.at[:count]) if p) if best.value else None


def _by_pure(rows: Table, *, weak: bool = False) -> Found:
    """Return the rows that another row dominates, each with one that no other dominates."""
    if weak:
        above: Any = [(rows >= row).all(axis=1) & (rows > row).any(axis=1) for row in rows]
    else:
        above = [(rows > row).all(axis=1) for row in rows] if rows.size * len(rows) > AT_ONCE else _all_above(rows)
    beaten = [bool(better.any()) for better in above]
    if not any(beaten):
        return []
    return [
        (k, ((next(int(j) for j in np.flatnonzero(better) if not beaten[j]), Fraction(1)),))
        for k, better in enumerate(above)
        if beaten[k]
    ]


def _all_above(rows: Table) -> Any:
    """Return for each row which rows exceed it everywhere."""
    return (rows[None] > rows[:, None]).all(axis=2)


def _by_mixed(rows: Table) -> Found:
    """Return the first row that a mixture of others exceeds everywhere, if there is any."""
    # One at a time: the mixture may use rows that are dominated themselves, and then stands as it is.
    for k in np.flatnonzero(~_best_replies(rows)) if len(rows) > 2 else ():
        mixture = _dominating(rows, int(k))
        if mixture is not None:
            return [(int(k), mixture)]
    return []


def _best_replies(rows: Table, *, weak: bool = False) -> npt.NDArray[np.bool_]:
    """Tell which rows are a best reply to one of many mixtures of columns: nothing dominates them.

    Against weak dominance the mixtures have every column in them.
    """
    columns = rows.shape[1]
    weights = np.random.default_rng(0).integers(int(weak), WEIGHTS, size=(columns, TRIED)) ** 3
    single = np.eye(columns, dtype=np.int64) * WEIGHTS**3 + int(weak)
    worth = product(rows, np.hstack([single, weights]))
    return np.asarray((worth >= worth.max(axis=0)).any(axis=1))


def _dominating(rows: Table, k: int) -> tuple[tuple[int, Fraction], ...] | None:
    """Return a mixture of the other rows that exceeds a row everywhere, or None.

    In the zero-sum game of what the others exceed it by, that is a mixture that gains whatever the column.
    """
    others = [j for j in range(len(rows)) if j != k]
    gaps = rows[others] - rows[k]
    optimal = minimax(gaps)
    if optimal is None:
        return None
    mixture = tuple((j, p) for j, p in zip(others, optimal[0], strict=True) if p)
    worse = all(sum(p * row[j] for j, p in mixture) > row[k] for row in rows.T.tolist())
    return mixture if worse else None
