"""The theory of moves: where farsighted players stop who start from a state and move in turn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from deterrence.errors import MethodError, unknown
from deterrence.games.game import Game
from deterrence.values import Value

Cell = tuple[int, int]
Ranks = tuple[int, int]


@dataclass(frozen=True)
class Start:
    """A state from which play starts, and where it then ends.

    Attributes
    ----------
    state, ranks
        The state, and what it is worth to each player: 4 for its best, 1 for its worst.
    ends
        Where play ends: one state, or two where it depends on who moves first.
    end_ranks
        What these are worth.
    why
        In words.
    """

    state: str
    ranks: Ranks
    ends: tuple[str, ...]
    end_ranks: tuple[Ranks, ...]
    why: str

    def __str__(self) -> str:
        ends = " or ".join(f"{name} {ranks}" for name, ranks in zip(self.ends, self.end_ranks, strict=True))
        return f"from {self.state} {self.ranks} to {ends}: {self.why}"


@dataclass(frozen=True, eq=False)
class NonMyopic(Value):
    """The non-myopic equilibria of a two-by-two game, by the state from which play starts.

    An answer iterates over its four starts.

    Attributes
    ----------
    game
        The question.
    starts
        For each state where play ends that begins there.
    """

    game: Game
    starts: tuple[Start, ...]

    @property
    def equilibria(self) -> tuple[str, ...]:
        """The states in which play ends from at least one start: the non-myopic equilibria."""
        ends = {name for start in self.starts for name in start.ends}
        return tuple(start.state for start in self.starts if start.state in ends)

    @property
    def equilibrium_ranks(self) -> tuple[Ranks, ...]:
        """The same by what they are worth to the players."""
        return tuple(start.ranks for start in self.starts if start.state in self.equilibria)

    @property
    def determinate(self) -> bool:
        """Whether it never matters who moves first."""
        return all(len(start.ends) == 1 for start in self.starts)

    def start(self, state: str) -> Start:
        """Return what happens from a state.

        Raises
        ------
        UnknownNameError
            If there is no such state.
        """
        for start in self.starts:
            if start.state == state:
                return start
        raise unknown("state", state, [start.state for start in self.starts])

    def ends_by_ranks(self) -> dict[Ranks, frozenset[Ranks]]:
        """Return, by what a start is worth, what its ends are worth."""
        return {start.ranks: frozenset(start.end_ranks) for start in self.starts}

    def __iter__(self) -> Iterator[Start]:
        return iter(self.starts)

    def __len__(self) -> int:
        return len(self.starts)

    def to_frame(self) -> Any:
        """Return a data frame with one row a start."""
        import pandas as pd

        rows = [(s.state, s.ranks, " or ".join(s.ends), " or ".join(map(str, s.end_ranks)), s.why) for s in self.starts]
        return pd.DataFrame(rows, columns=["start", "ranks", "end", "ranks of the end", "why"])

    def __str__(self) -> str:
        equilibria = "; ".join(self.equilibria)
        lines = [
            f"Non-myopic equilibria of {self.game.name!r}: {equilibria}. In brackets the ranks, of which 4 is best."
        ]
        return "\n".join([*lines, *(f"  {start}." for start in self.starts)])

    def __repr__(self) -> str:
        return f"<NonMyopic {self.game.name!r}: {', '.join(self.equilibria)}>"


def theory_of_moves(game: Game) -> NonMyopic:
    """Find where farsighted players stop in a two-by-two game that starts from one of its states.

    Play starts in a cell, not with a choice of strategies. Either player may move first, by changing its
    strategy; then they answer in turn, each looking ahead to the end, until one stops or the fourth move would
    lead back to the start.

    Parameters
    ----------
    game
        Two players with two actions each, who strictly rank the four outcomes; only the order of the payoffs
        counts.

    Returns
    -------
    NonMyopic
        For each start where play ends, and the non-myopic equilibria: all states in which it ends.

    Raises
    ------
    MethodError
        If the game is no two-by-two game, or a player is indifferent between two outcomes.

    Notes
    -----
    Rules. A player moves first only where the end is better for it than the start. Where one would move and the
    other not, play ends where that leads, unless the other, by moving first itself, brings about a state that
    both prefer (the two-sidedness convention). Where both would move and one of the two ends is better for both,
    who would bring about the other waits; otherwise it depends on who is first, and both ends are given.

    References
    ----------
    Brams (1994), chapters 2 and 3.

    Examples
    --------
    >>> import deterrence as dt
    >>> chicken = dt.bimatrix(
    ...     [[3, 2], [4, 1]],
    ...     [[3, 4], [2, 1]],
    ...     actions=(("yield", "stand"), ("yield", "stand")),
    ...     name="chicken",
    ... )
    >>> dt.theory_of_moves(chicken).equilibria
    ('yield, yield', 'yield, stand', 'stand, yield')
    """
    ranks = _ranks(game)
    names = _names(game)
    starts = []
    for cell, worth in ranks.items():
        ends, why = _ends(ranks, cell, game.players)
        starts.append(Start(names[cell], worth, tuple(names[e] for e in ends), tuple(ranks[e] for e in ends), why))
    return NonMyopic(game, tuple(starts))


def _ends(ranks: dict[Cell, Ranks], start: Cell, players: tuple[str, ...]) -> tuple[tuple[Cell, ...], str]:
    """Return where play from a start ends, and why."""
    ends = [_moved(ranks, start, mover) for mover in (0, 1)]
    wants = [ranks[ends[i]][i] > ranks[start][i] for i in (0, 1)]
    if not any(wants):
        return (start,), "neither moves"
    if all(wants):
        if ends[0] == ends[1]:
            return (ends[0],), "both would move, and to the same end"
        for i in (0, 1):
            if _better_for_both(ranks, ends[i], ends[1 - i]):
                return (ends[i],), f"both would move, but {players[1 - i]} waits for {players[i]}"
        return tuple(sorted(ends)), "both would move, and it depends on who is first"
    mover = 0 if wants[0] else 1
    if _better_for_both(ranks, ends[1 - mover], ends[mover]):
        return (ends[1 - mover],), f"{players[1 - mover]} moves, lest {players[mover]} does, which is worse for both"
    return (ends[mover],), f"{players[mover]} moves"


def _moved(ranks: dict[Cell, Ranks], start: Cell, mover: int) -> Cell:
    """Return where play ends if a player has moved from the start, by looking back from the fourth move."""
    path = [start]
    for turn in range(3):
        path.append(_step(path[-1], (mover + turn) % 2))
    end = start
    for turn in (3, 2, 1):
        player = (mover + turn) % 2
        if ranks[path[turn]][player] >= ranks[end][player]:
            end = path[turn]
    return end


def _step(cell: Cell, player: int) -> Cell:
    return (1 - cell[0], cell[1]) if player == 0 else (cell[0], 1 - cell[1])


def _better_for_both(ranks: dict[Cell, Ranks], cell: Cell, other: Cell) -> bool:
    return all(ranks[cell][i] > ranks[other][i] for i in (0, 1))


def _ranks(game: Game) -> dict[Cell, Ranks]:
    """Return what each cell is worth to each player, from 1 to 4."""
    if isinstance(game, Game):
        game.require_finite_tree()
    if not isinstance(game, Game) or len(game.players) != 2 or not game.form.simultaneous:
        raise MethodError(f"The theory of moves needs a two-by-two game; got {game!r}.")
    payoffs = game.strategic_form().payoffs
    if len(payoffs) != 4 or (1, 1) not in payoffs:
        raise MethodError(f"The theory of moves needs a two-by-two game; {game.name!r} has {len(payoffs)} cells.")
    ordered = [sorted(Fraction(row[i]) for row in payoffs.values()) for i in (0, 1)]
    for i, player in enumerate(game.players):
        if len(set(ordered[i])) < 4:
            raise MethodError(
                f"{player} is indifferent between two outcomes; the theory of moves needs strict rankings."
            )
    return {
        (key[0], key[1]): (ordered[0].index(Fraction(row[0])) + 1, ordered[1].index(Fraction(row[1])) + 1)
        for key, row in payoffs.items()
    }


def _names(game: Game) -> dict[Cell, str]:
    strategies = game.strategic_form().strategies
    rows, columns = (strategies[player] for player in game.players)
    return {(i, j): f"{rows[i]}, {columns[j]}" for i in (0, 1) for j in (0, 1)}
