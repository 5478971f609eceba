"""Two ways to lay out payoffs in a table: a row for each combination of actions, and pairs in a grid."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from deterrence.errors import FileFormatError, GameError, nearest
from deterrence.exchange.files.frame_cells import Sheet, parted
from deterrence.games.game import Game
from deterrence.games.matrices import matrix
from deterrence.games.notation import end
from deterrence.games.words import number_from_text

PAYOFF = "payoff of "
OUTCOME = "outcome"
Columns = Mapping[str, str] | None


def game_from(sheet: Sheet, players: Sequence[str] | None, actions: Columns, payoffs: Columns, name: str) -> Game:
    """Return the game in a table, whichever of the two layouts it has.

    Raises
    ------
    FileFormatError
        If it has neither, or a cell does not hold what it should.
    GameError
        If the players' names do not fit.
    """
    if not sheet.heads or not sheet.rows:
        raise FileFormatError("The table is empty; payoffs need at least one row and one column.")
    named = _players(players)
    repeated = [head for i, head in enumerate(sheet.heads) if head in sheet.heads[:i]]
    pairs = len(parted(sheet.rows[0][-1])) == 2
    if actions or payoffs or (repeated and not pairs) or any(head.startswith(PAYOFF) for head in sheet.heads):
        return _listed(sheet, named, actions or {}, payoffs or {}, repeated, name)
    return _grid(sheet, named, name)


def _players(players: Sequence[str] | None) -> tuple[str, ...]:
    if players is None:
        return ()
    if isinstance(players, str) or not all(isinstance(player, str) and player.strip() for player in players):
        raise GameError(f"The players of a table are a list of names, such as ['Row', 'Column'], not {players!r}.")
    return tuple(players)


# -- one row for each combination of actions ---------------------------------------------------------


def _listed(
    sheet: Sheet,
    named: tuple[str, ...],
    actions: Mapping[str, str],
    payoffs: Mapping[str, str],
    repeated: Sequence[str],
    name: str,
) -> Game:
    paid = (head.removeprefix(PAYOFF) for head in sheet.heads if head.startswith(PAYOFF))
    players = named or tuple(dict.fromkeys((*payoffs, *actions, *paid, *repeated)))
    choices = [_column(sheet, actions.get(player, player), f"actions of {player!r}", "actions") for player in players]
    earned = [_earned(sheet, player, payoffs) for player in players]
    _check_used(sheet, {*choices, *earned}, players)
    cells: dict[tuple[str, ...], Any] = {}
    first: dict[tuple[str, ...], str] = {}
    for row, place in enumerate(sheet.places):
        key = tuple(sheet.name(row, column, "the name of an action") for column in choices)
        if key in cells:
            raise FileFormatError(f"The actions ({', '.join(key)}) already appear in {first[key]}.", place=place)
        first[key] = place
        cells[key] = end(_outcome(sheet, row, key), *(sheet.number(row, column) for column in earned))
    return Game(players, matrix(cells), (), name)


def _check_used(sheet: Sheet, used: set[int], players: Sequence[str]) -> None:
    """Refuse a column that nothing is taken from, since it may hold what a player earns."""
    for column, head in enumerate(sheet.heads):
        if column not in used and head != OUTCOME:
            raise FileFormatError(
                f"The column {head!r} holds neither actions nor payoffs of a player ({', '.join(players)}). Payoffs "
                f"belong in columns such as '{PAYOFF}{players[0]}', or in those named with payoffs={{player: column}}; "
                "leave other columns out."
            )


def _earned(sheet: Sheet, player: str, payoffs: Mapping[str, str]) -> int:
    """Return the column of a player's payoffs: the one given, the one named so, or the second of the player's name."""
    named = f"{PAYOFF}{player}"
    if player not in payoffs and named not in sheet.heads and sheet.heads.count(player) > 1:
        return sheet.heads.index(player, sheet.heads.index(player) + 1)
    return _column(sheet, payoffs.get(player, named), f"payoffs of {player!r}", "payoffs")


def _column(sheet: Sheet, head: str, holds: str, argument: str) -> int:
    if head not in sheet.heads:
        raise FileFormatError(
            f"No column {head!r} holds the {holds}. {nearest(head, sheet.heads)} Another column is named with "
            f"{argument}={{player: column}}."
        )
    return sheet.heads.index(head)


def _outcome(sheet: Sheet, row: int, key: Iterable[str]) -> str:
    if OUTCOME not in sheet.heads:
        return ", ".join(key)
    return sheet.name(row, sheet.heads.index(OUTCOME), "the name of an outcome")


# -- pairs in a grid ---------------------------------------------------------------------------------


def _grid(sheet: Sheet, named: tuple[str, ...], name: str) -> Game:
    players = named or ("Row", "Column")
    if len(players) != 2:
        raise GameError(f"A table of pairs has two players; got {list(players)!r}.")
    if len(sheet.heads) < 2:
        raise FileFormatError(
            'The table has one column. Put pairs of payoffs such as "3, 4" right of the first player\'s actions, or '
            f"payoffs in a row for each combination with columns such as 'Challenger' and '{PAYOFF}Challenger'."
        )
    columns = range(1, len(sheet.heads))
    for column in columns:
        if not sheet.heads[column].strip():
            raise FileFormatError(f"Column {column + 1} has no heading, which is the name of {players[1]}'s action.")
        if sheet.heads[column] in sheet.heads[1:column]:
            raise FileFormatError(
                f"Two columns are headed {sheet.heads[column]!r}; every action has a name of its own."
            )
    cells: dict[tuple[str, str], Any] = {}
    seen: dict[str, str] = {}
    for row, place in enumerate(sheet.places):
        action = _row_action(sheet, row, players[0])
        if seen.setdefault(action, place) != place:
            raise FileFormatError(f"The action {action!r} already appears in {seen[action]}.", place=place)
        for column in columns:
            cells[action, sheet.heads[column].strip()] = sheet.pair(row, column)
    return Game(players, matrix(cells), (), name)


def _row_action(sheet: Sheet, row: int, player: str) -> str:
    """Return the action that a row is for; a pair of numbers there says that the names were left out."""
    action = sheet.name(row, 0, f"the name of {player}'s action")
    if len(parted(action)) == 2 and all(number_from_text(part) is not None for part in parted(action)):
        raise sheet.error(
            f"The first column must contain the names of {player}'s actions; it contains the pair {action!r}. Put the "
            "names before the payoffs, or into the index of the frame.",
            row,
            0,
        )
    return action
