"""All Nash equilibria of many small numeric games at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import index as as_index
from typing import Any

import numpy as np
import numpy.typing as npt

from deterrence.answers.solution import Equilibrium, Solution
from deterrence.errors import GameError, MethodError, ValueKindError
from deterrence.games import play
from deterrence.games.game import Game
from deterrence.games.matrices import bimatrix
from deterrence.solvers.bimatrix.bulk_supports import BlockEquilibria, solve_block
from deterrence.solvers.bimatrix.bulk_tables import checked_tables, solved_exactly
from deterrence.solvers.nash import Nash
from deterrence.values import Value

Array = npt.NDArray[np.float64]

BLOCK = 8192
"""How many games are solved together, so that their arrays stay in the processor's cache."""
TOLERANCES = (1e-12, 1e-3)
"""The least tolerance that rounding errors stay under, and the greatest that leaves games to decide."""


@dataclass(frozen=True, eq=False, repr=False)
class ManySolutions(Value):
    """All Nash equilibria of each of many two-player games; every array's first axis runs over the games.

    It iterates over the games' solutions, has a length, and is indexed by a game's place: each is a
    :class:`Solution` with the players' and actions' names.

    Attributes
    ----------
    A, B
        The question: the payoffs of both players, of shape (games, rows, columns).
    players
        The names of the row and the column player.
    actions
        The names of the rows and of the columns.
    tolerance
        Payoff differences below it, as a part of what an own choice can change in the game, count as ties.
    row, column
        The mixtures in each equilibrium, of shape (games, most, rows) and (games, most, columns), where most
        is the greatest number of equilibria of any game; NaN beyond a game's count. Small supports come first.
    payoffs
        What both players expect, of shape (games, most, 2).
    regret
        The most that either player could gain by deviating, in payoffs: rounding, or zero where solved exactly.
    count
        How many equilibria each game has; of a degenerate game the extreme ones are counted.
    degenerate
        Where best replies tie in an equilibrium, or where that is too near to tell in floating point; these
        games were solved exactly.
    """

    A: npt.NDArray[Any]
    B: npt.NDArray[Any]
    players: tuple[str, str]
    actions: tuple[tuple[str, ...], tuple[str, ...]]
    tolerance: float
    row: Array
    column: Array
    payoffs: Array
    regret: Array
    count: npt.NDArray[np.intp]
    degenerate: npt.NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.count)

    def __iter__(self) -> Iterator[Solution]:
        return (self[place] for place in range(len(self)))

    def __getitem__(self, place: int) -> Solution:
        """Return the solution of one game; of a degenerate one with the sets that its equilibria span."""
        try:
            place = range(len(self))[as_index(place)]
        except IndexError as error:
            raise IndexError(f"There are {len(self)} games, counted from 0; there is no game {place}.") from error
        except TypeError as error:
            raise ValueKindError(f"A game is asked for by its place, a whole number, not {place!r}.") from error
        game, method = self.game(place), Nash()
        if self.degenerate[place]:
            return method.solve(game)
        pairs = zip(self.row[place].tolist(), self.column[place].tolist(), strict=True)
        equilibria = [_equilibrium(game, method, *pair) for pair in list(pairs)[: int(self.count[place])]]
        return Solution(game, method, tuple(equilibria), "solved in floating point", complete=True)

    def game(self, place: int) -> Game:
        """Return one of the games, with its labels."""
        names = [list(labels) for labels in self.actions]
        return bimatrix(self.A[place], self.B[place], players=self.players, actions=names, name=f"game {place}")

    @property
    def status(self) -> str:
        """How the games were solved, in words."""
        exact = int(self.degenerate.sum())
        if not exact:
            return "solved"
        games, whose = ("1 degenerate game was", "its") if exact == 1 else (f"{exact} degenerate games were", "their")
        return f"solved; {games} solved exactly, {whose} extreme equilibria are listed"

    def to_frame(self) -> Any:
        """Return a data frame with one row an equilibrium: its game, the probabilities, payoffs and regret."""
        import pandas as pd

        game, place = np.nonzero(np.arange(self.row.shape[1]) < self.count[:, None])
        columns: dict[str, Any] = {"game": game, "equilibrium": place + 1}
        for player, names, shares in zip(self.players, self.actions, (self.row, self.column), strict=True):
            columns |= {f"{player}: {name}": shares[game, place, k] for k, name in enumerate(names)}
        columns |= {f"payoff of {player}": self.payoffs[game, place, k] for k, player in enumerate(self.players)}
        return pd.DataFrame({**columns, "regret": self.regret[game, place], "degenerate": self.degenerate[game]})

    def __str__(self) -> str:
        rows, columns = self.A.shape[1:]
        total = "1 game" if len(self) == 1 else f"{len(self)} games"
        lines = [f"All Nash equilibria of {total} of {rows} × {columns} actions: {self.status}."]
        for number, times in zip(*np.unique(self.count, return_counts=True), strict=True):
            games = "1 game has" if times == 1 else f"{times} games have"
            lines.append(f"{games} {number} {'equilibrium' if number == 1 else 'equilibria'}.")
        return "\n".join(lines)

    def __repr__(self) -> str:
        rows, columns = self.A.shape[1:]
        return f"<ManySolutions: {len(self)} games of {rows} × {columns} actions, {self.status}>"


def solve_many(
    A: Any,
    B: Any,
    *,
    players: Sequence[str] = ("Row", "Column"),
    actions: Sequence[Sequence[str]] | None = None,
    tolerance: float = 1e-9,
) -> ManySolutions:
    """Find all Nash equilibria of each of many two-player games with numbers for payoffs.

    It answers what ``solve(bimatrix(A[i], B[i]))`` answers for every ``i``, thousands of times as fast, in
    floating point. Use it where payoffs come from data or a simulation; where they are formulas in named
    parameters, :func:`sweep` keeps the names.

    Parameters
    ----------
    A, B
        Payoffs of the row and the column player: floats or integers of shape (games, rows, columns), with
        one to four rows and columns.
    players
        The two players' names.
    actions
        The names of the rows, then those of the columns; by default ``row 1``…, ``column 1``….
    tolerance
        Payoff differences below it, as a part of what an own choice can change in the game, count as ties;
        from 1e-12 to 1e-3.

    Returns
    -------
    ManySolutions
        Arrays of strategies and payoffs; ``[i]`` is the labelled solution of game i.

    Raises
    ------
    GameError
        If the arrays do not have the same shape with three axes, or are empty, or the names do not fit.
    MethodError
        If a player has more than four actions.
    NumberError
        If a payoff is NaN, infinite, or beyond 1e300 in size.
    ValueKindError
        If the arrays hold anything but floats and integers.

    Notes
    -----
    A game in which no equilibrium has a tie in best replies has finitely many, an odd number, and in each
    both players use equally many actions. All pairs of such supports are tried at once, without those in
    which an action is beaten by another on the whole support (conditional dominance, after Porter, Nudelman
    and Shoham 2008). Where an inequality is too near to call, or the number comes out even, or an equilibrium
    leaves a regret beyond rounding, the game is solved again in rational arithmetic, where a decimal means
    what it says (0.1 is 1/10): that takes a thousand times as long, so arrays of small integers, most of
    which are degenerate, take seconds for some thousand games. A tie that no equilibrium meets costs nothing.
    Probabilities are accurate to about 1e-8 in games close to a tie, and else to rounding.

    Examples
    --------
    Chicken, and a game with a tie:

    >>> import deterrence as dt
    >>> many = dt.solve_many(
    ...     [[[3, 2], [4, 1]], [[1, 1], [1, 0]]], [[[3, 4], [2, 1]], [[1, 0], [1, 0]]]
    ... )
    >>> many.count.tolist(), many.degenerate.tolist()
    ([3, 2], [False, True])
    >>> many.row[0].tolist()
    [[1.0, 0.0], [0.0, 1.0], [0.5, 0.5]]
    """
    first, second = checked_tables(A, B)
    if not isinstance(tolerance, int | float) or not TOLERANCES[0] <= tolerance <= TOLERANCES[1]:
        raise MethodError(f"The tolerance is {tolerance!r}; it must be from {TOLERANCES[0]} to {TOLERANCES[1]}.")
    shape = first.shape[1:]
    labels = _labels(players, actions, (shape[0], shape[1]))
    blocks = [_block(first, second, start, tolerance) for start in range(0, len(first), BLOCK)]
    degenerate = np.concatenate([block.doubtful for block in blocks])
    game = np.concatenate([block.game + k * BLOCK for k, block in enumerate(blocks)])
    count = np.bincount(game, minlength=len(first))
    place = np.arange(len(game)) - np.repeat(np.cumsum(count) - count, count)
    lists = zip(*((block.row, block.column, block.payoffs, block.regret) for block in blocks), strict=True)
    size = (len(first), int(count.max()))
    row, column, payoffs, regret = (_padded(np.concatenate(parts), game, place, size) for parts in lists)
    for array in (first, second, row, column, payoffs, regret, count, degenerate):
        array.setflags(write=False)
    return ManySolutions(
        first, second, *labels, tolerance, row, column, payoffs, regret, count=count, degenerate=degenerate
    )


def _block(A: Any, B: Any, start: int, tolerance: float) -> BlockEquilibria:
    """Solve some games together, and those in doubt exactly."""
    A, B = A[start : start + BLOCK], B[start : start + BLOCK]
    block = solve_block(A, B, tolerance)
    exact = list(solved_exactly(A, B, np.flatnonzero(block.doubtful)))
    if not exact:
        return block
    game = np.concatenate([block.game, [place for place, _ in exact]])
    order = np.argsort(game, kind="stable")
    arrays = zip((block.row, block.column, block.payoffs), zip(*(line for _, line in exact), strict=True), strict=True)
    row, column, payoffs = (np.concatenate([array, np.array(more)])[order] for array, more in arrays)
    regret = np.concatenate([block.regret, np.zeros(len(exact))])[order]
    return BlockEquilibria(game[order], row, column, payoffs, regret, block.doubtful)


def _padded(values: Array, game: Any, place: Any, shape: tuple[int, int]) -> Array:
    whole = np.full((*shape, *values.shape[1:]), np.nan)
    whole[game, place] = values
    return whole


def _labels(players: Any, actions: Any, shape: tuple[int, int]) -> tuple[tuple[str, str], Any]:
    names = tuple(map(str, players)) if isinstance(players, list | tuple) else ()
    if len(names) != 2 or names[0] == names[1]:
        raise GameError(f"The games have two players with different names; got {players!r}.")
    numbered = [[f"{word} {k + 1}" for k in range(n)] for word, n in zip(("row", "column"), shape, strict=True)]
    labels = numbered if actions is None else actions
    fits = isinstance(labels, list | tuple) and all(isinstance(group, list | tuple) for group in labels)
    action_names = tuple(tuple(map(str, group)) for group in labels) if fits else ()
    if [len(set(group)) for group in action_names] != list(shape):
        raise GameError(f"The tables need {shape[0]} and {shape[1]} different action names; got {labels!r}.")
    return (names[0], names[1]), action_names


def _equilibrium(game: Game, method: Nash, row: list[float], column: list[float]) -> Equilibrium:
    behaviour: Any = (tuple(row), tuple(column))
    return Equilibrium(game, method.concept, behaviour, tuple(play.bayes_beliefs(game.form, game.numbers, behaviour)))
