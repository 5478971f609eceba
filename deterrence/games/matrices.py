"""Simultaneous games written as tables of payoffs."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import Any

from deterrence.errors import GameError
from deterrence.games.game import Game
from deterrence.games.notation import end
from deterrence.games.tree import End, PayoffTable
from deterrence.games.words import number_from_text, why_no_number


def matrix(cells: Mapping[Any, Any], *, players: Sequence[str] | None = None) -> PayoffTable:
    """Write a simultaneous game as a table of cells.

    Parameters
    ----------
    cells
        Either ``{(row action, column action, …): cell}`` or nested, ``{row action: {column action: cell}}``.
        A cell is a tuple of payoffs, whose outcome is named by its actions, or an ``end(…)``.
    players
        Who chooses, first to last; by default all players of the game in order.

    Raises
    ------
    GameError
        If a cell is missing, its actions are not as many as the others', or the players' names do not fit.
    """
    player_names = _player_names(players)
    if not isinstance(cells, Mapping) or not cells:
        raise GameError(f"A matrix needs cells such as {{('yield', 'stand'): (2, 4), …}}; got {cells!r}.")
    flat = _flat_cells(cells)
    sizes = {len(key) for key in flat}
    if len(sizes) != 1:
        raise GameError(f"The cells of a matrix name different numbers of actions: {sorted(sizes)}.")
    size = sizes.pop()
    options = [list(dict.fromkeys(key[i] for key in flat)) for i in range(size)]
    for key in itertools.product(*options):
        if key not in flat:
            raise GameError(f"The matrix has no cell for ({', '.join(key)}); every combination of actions needs one.")
    return PayoffTable(tuple((key, _cell(key, cell)) for key, cell in flat.items()), player_names)


def _player_names(players: Sequence[str] | None) -> tuple[str, ...]:
    """Return the players who choose, refused where they are no different names."""
    if players is None:
        return ()
    if isinstance(players, str) or not all(isinstance(player, str) and player.strip() for player in players):
        raise GameError(f"The players of a matrix are a list of names, such as ['Row', 'Column'], not {players!r}.")
    if len(set(players)) < len(players):
        raise GameError(f"The players of a matrix need different names; got {list(players)!r}.")
    return tuple(players)


def _flat_cells(cells: Mapping[Any, Any], above: tuple[str, ...] = ()) -> dict[tuple[str, ...], Any]:
    flat: dict[tuple[str, ...], Any] = {}
    for key, cell in cells.items():
        place = (*above, *(key if isinstance(key, tuple) else (key,)))
        for action in place:
            if not isinstance(action, str) or not action.strip():
                raise GameError(f"An action of a matrix is a name in words, not {action!r}.")
        below = _flat_cells(cell, place) if isinstance(cell, Mapping) else {place: cell}
        twice = next((key for key in below if key in flat), None)
        if twice is not None:
            raise GameError(f"The matrix defines the cell ({', '.join(twice)}) twice.")
        flat.update(below)
    return flat


def _cell(key: tuple[str, ...], cell: Any) -> End:
    if isinstance(cell, End):
        return cell
    if isinstance(cell, (tuple, list)):
        return end(", ".join(key), *cell)
    raise GameError(f"The cell ({', '.join(key)}) must be a tuple of payoffs or end(…), not {cell!r}.")


def bimatrix(
    A: Any,
    B: Any,
    *,
    players: Sequence[str] = ("Row", "Column"),
    actions: Sequence[Sequence[str]] | None = None,
    name: str = "bimatrix",
) -> Game:
    """Make a two-player simultaneous game from two payoff tables.

    Parameters
    ----------
    A, B
        Payoffs of the first and the second player, of shape (rows, columns): arrays, or lists of numbers,
        fractions, or strings such as ``"0.1"`` and ``"1/3"``, all taken exactly.
    players
        The two players' names.
    actions
        The first player's action names, then the second's; by default ``row 1``…, ``column 1``….
    name
        What the game is called.

    Raises
    ------
    GameError
        If the tables are empty or of different shapes, or the names do not match them.

    Examples
    --------
    >>> import deterrence as dt
    >>> chicken = dt.bimatrix(
    ...     [[3, 2], [4, 1]], [[3, 4], [2, 1]], actions=[["yield", "stand"], ["yield", "stand"]]
    ... )
    >>> len(dt.solve(chicken))
    3
    """
    first, second = _table(A, "A"), _table(B, "B")
    rows, columns = len(first), len(first[0])
    if (len(second), len(second[0])) != (rows, columns):
        raise GameError(
            f"A has shape ({rows}, {columns}) and B ({len(second)}, {len(second[0])}); they must be the same."
        )
    if len(players) != 2:
        raise GameError(f"A bimatrix game has two players; got {list(players)!r}.")
    names = actions or ([f"row {i + 1}" for i in range(rows)], [f"column {j + 1}" for j in range(columns)])
    if isinstance(names, str) or len(names) != 2 or [_different(group) for group in names] != [rows, columns]:
        raise GameError(f"The tables need {rows} and {columns} different action names; got {names!r}.")
    cells = {(names[0][i], names[1][j]): (first[i][j], second[i][j]) for i in range(rows) for j in range(columns)}
    return Game(tuple(players), matrix(cells), (), name)


def _different(names: Any) -> int:
    """Return how many different names of actions there are; none where they are no names."""
    texts = [] if names is None or isinstance(names, str) else list(names)
    return len(set(texts)) if all(isinstance(name, str) and name.strip() for name in texts) else 0


def _table(table: Any, called: str) -> list[list[Any]]:
    try:
        if isinstance(table, str) or any(isinstance(row, str) for row in table):
            raise GameError(f"The table {called} must be rows of numbers, such as [['1', '0.5'], [0, 2]], not text.")
        rows = [[_entry(item, called) for item in row] for row in table]
    except TypeError as error:
        raise GameError(f"The table {called} must be rows of numbers.") from error
    if not rows or not rows[0] or len({len(row) for row in rows}) != 1:
        raise GameError(f"The table {called} must have at least one row and one column, and rows of one length.")
    return rows


def _entry(item: Any, called: str) -> Any:
    if isinstance(item, str) and number_from_text(item) is None:
        raise GameError(
            f"The table {called} must hold numbers such as '0.1' or '1/3'; it holds {item!r}.{why_no_number(item)}"
        )
    return item
