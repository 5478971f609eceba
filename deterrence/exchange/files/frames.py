"""Payoff tables from data frames and CSV files."""

from __future__ import annotations

import csv
import os
from collections.abc import Mapping, Sequence
from io import StringIO
from typing import Any

from deterrence.errors import FileFormatError, ValueKindError
from deterrence.exchange.files.documents import read_file, text_of
from deterrence.exchange.files.frame_cells import Sheet, is_empty
from deterrence.exchange.files.frame_layouts import game_from
from deterrence.games.game import Game

DELIMITERS = ("\t", ";", ",")


def from_frame(
    frame: Any,
    *,
    players: Sequence[str] | None = None,
    actions: Mapping[str, str] | None = None,
    payoffs: Mapping[str, str] | None = None,
    name: str = "game",
) -> Game:
    """Make a simultaneous game from a pandas data frame of payoffs.

    Two layouts are understood. In the first each row is a combination of actions: a column with the name of each
    player holds its action, a column ``payoff of …`` its payoff, and a column ``outcome``, where there is one, what
    the result is called. In the second the frame is a table: the row labels (or the first column) are the actions of
    the first player, the headings those of the second, and each cell is a pair such as ``"3, 4"``. This is what
    ``game.strategic_form().to_frame()`` returns.

    Parameters
    ----------
    frame
        The data frame. An index with labels counts as its first columns.
    players
        The players' names; by default those that the columns tell. In a table of pairs they are the names of the
        frame's index and columns, or *Row* and *Column*.
    actions, payoffs
        For the first layout: player -> the column with its actions or payoffs, where it has another name.
    name
        What the game is called.

    Returns
    -------
    Game
        A game of one simultaneous move, without parameters.

    Raises
    ------
    FileFormatError
        If a cell is empty or holds no number, a combination is there twice, or a column is missing; the row and
        the column are named.
    GameError
        If a combination of actions is missing, or the players' names do not fit.
    ValueKindError
        If it is no data frame.

    Notes
    -----
    Numbers are taken exactly: the text ``1/3`` is a third and 0.1 a tenth, as text or as a float. A frame that holds
    rounded numbers gives a game with rounded numbers.

    Examples
    --------
    >>> import deterrence as dt
    >>> chicken = dt.bimatrix([[3, 2], [4, 1]], [[3, 4], [2, 1]], name="chicken")
    >>> print(chicken.strategic_form().to_frame())
          column 1 column 2
    row 1     3, 3     2, 4
    row 2     4, 2     1, 1
    >>> dt.from_frame(chicken.strategic_form().to_frame(), name="chicken") == chicken
    True
    """
    sheet = _sheet_of(frame)
    return game_from(sheet, players or _axes(frame), actions, payoffs, name)


def _axes(frame: Any) -> tuple[str, ...] | None:
    """Return the names of a table's two axes, which are the players', where both have one."""
    names = (frame.index.name, frame.columns.name)
    return (str(names[0]), str(names[1])) if all(name is not None for name in names) else None


def _sheet_of(frame: Any) -> Sheet:
    import pandas as pd

    if not isinstance(frame, pd.DataFrame):
        raise ValueKindError(f"from_frame takes a pandas DataFrame; got {type(frame).__name__}. CSV: from_csv.")
    if isinstance(frame.columns, pd.MultiIndex):
        raise FileFormatError("The columns of the frame have several levels; a table of payoffs has one.")
    labels = [key if isinstance(key, tuple) else (key,) for key in frame.index]
    plain = isinstance(frame.index, pd.RangeIndex)
    above = [] if plain else ["" if level is None else str(level) for level in frame.index.names]
    values = [[frame.iloc[row, column] for column in range(frame.shape[1])] for row in range(frame.shape[0])]
    rows = [tuple(cells) if plain else (*label, *cells) for label, cells in zip(labels, values, strict=True)]
    places = tuple(f"row {', '.join(map(repr, label))}" for label in labels)
    return Sheet((*above, *map(str, frame.columns)), tuple(rows), places)


def from_csv(
    path_or_text: str | bytes | os.PathLike[str],
    *,
    players: Sequence[str] | None = None,
    actions: Mapping[str, str] | None = None,
    payoffs: Mapping[str, str] | None = None,
    name: str = "game",
) -> Game:
    r"""Make a simultaneous game from a table of payoffs in CSV.

    The layouts are those of :func:`from_frame`, with the headings in the first line. Cells are parted by commas,
    semicolons or tabs; a pair such as ``"3, 4"`` in a file with commas stands in quotation marks.

    Parameters
    ----------
    path_or_text
        A file's path, or the document itself: a text of several lines, or bytes. It must be UTF-8.
    players, actions, payoffs, name
        As for :func:`from_frame`.

    Returns
    -------
    Game
        A game of one simultaneous move, without parameters; numbers are taken exactly as they are written.

    Raises
    ------
    FileFormatError
        If the document cannot be read, a line has too many or too few cells, or for what :func:`from_frame` refuses;
        the line and the column are named.
    GameError
        If a combination of actions is missing, or the players' names do not fit.

    Examples
    --------
    >>> import deterrence as dt
    >>> text = "A,B,payoff of A,payoff of B\nleft,up,1/3,0\nleft,down,0,2\nright,up,0,0.5\nright,down,1,1\n"
    >>> game = dt.from_csv(text)
    >>> game.players, game.actions
    (('A', 'B'), ('left', 'right', 'up', 'down'))
    """
    return game_from(_sheet_in(_text(path_or_text)), players, actions, payoffs, name)


def _text(given: str | bytes | os.PathLike[str]) -> str:
    if isinstance(given, (bytes, bytearray)):
        return text_of(given)
    if isinstance(given, str) and ("\n" in given or "\r" in given):
        return text_of(given)
    if isinstance(given, (str, os.PathLike)):
        return read_file(given)
    raise FileFormatError(f"A table is read from a path or a text, not from {type(given).__name__}.")


def _sheet_in(text: str) -> Sheet:
    # The delimiter is the first that parts the headings; a comma may part a decimal number too, so it comes last.
    readings = (_lines(text, mark) for mark in DELIMITERS)
    lines = next((lines for lines in readings if lines and len(lines[0][1]) > 1), None) or _lines(text, ",")
    if not lines:
        raise FileFormatError("The document contains no table.")
    (_, heads), *below = lines
    width = len(heads)
    for line, cells in below:
        if len(cells) != width:
            raise FileFormatError(f"Here are {len(cells)} cells, under {width} headings.", line=line)
    used = [j for j in range(width) if j == 0 or not all(is_empty(row[j]) for row in (heads, *(c for _, c in below)))]
    rows = tuple(tuple(cells[j] for j in used) for _, cells in below)
    return Sheet(tuple(heads[j].strip() for j in used), rows, tuple(f"line {line}" for line, _ in below))


def _lines(text: str, delimiter: str) -> list[tuple[int, list[str]]]:
    """Return the lines that hold something, each with its number and its cells."""
    document = StringIO(text, newline="")
    reader = csv.reader(document, delimiter=delimiter, strict=True, skipinitialspace=True)
    try:
        return [(reader.line_num, cells) for cells in reader if any(cell.strip() for cell in cells)]
    except csv.Error as error:
        if delimiter != DELIMITERS[-1]:
            return []
        raise FileFormatError(f"The line is no CSV: {error}.", line=reader.line_num) from error
