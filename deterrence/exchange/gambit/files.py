"""Gambit's files: ``.efg`` for trees, ``.nfg`` for tables."""

from __future__ import annotations

import os
import re
from pathlib import Path

from deterrence.errors import FileFormatError
from deterrence.exchange.files.documents import LARGEST_DOCUMENT, read_file, text_of, write_file
from deterrence.games.game import Game

FORMATS = ("efg", "nfg")
BEGINNING = re.compile(r"\s*(EFG|NFG)(?=[\s\"]|\Z)")


def read_gambit(path_or_text: str | bytes | os.PathLike[str], *, largest: int = LARGEST_DOCUMENT) -> Game:
    r"""Read a game that Gambit, or any program that knows its formats, has written.

    Numbers are taken exactly: ``1/3``, ``0.25`` and ``1e-3`` mean what they say. Payoffs that an ``.efg`` file
    attaches to inner nodes are added up along each path; a missing outcome pays everyone 0.

    Parameters
    ----------
    path_or_text
        A file's path, or the document itself: a text that begins with ``EFG`` or ``NFG`` is the document, any
        other text is a path, and so is a ``Path``; bytes are the document.
    largest
        The longest document that is read, in bytes.

    Returns
    -------
    Game
        A game without parameters, named by the document's title, with its comment as the caption. An ``.nfg``
        document becomes one simultaneous move.

    Raises
    ------
    FileFormatError
        If the document cannot be read or breaks the format, with the line; if it claims more than it holds or
        than the limits named in the Notes allow; or if a player forgets what it knew or did (games here need
        perfect recall).

    Notes
    -----
    An empty name of a player, action or strategy becomes ``player 2``, ``action 3``… by its position; a name that
    repeats where names must differ becomes ``strike (2)``, ``strike (3)``…. An information set keeps its label,
    made different for each player in the same way; without a label it is ``set 4`` by its number in the file, or
    unlabelled where it is a single node; a label that is the name it would have anyway counts as none. An outcome
    keeps its label, and outcomes of one label stay one outcome, as with :func:`end`; without a label it is
    ``outcome 5`` by its number (in a table: the cell's strategies).
    An end after several outcomes bears all their names.

    Limits: documents of 20 MB, 200,000 nodes, 100 players, 10,000 actions a node, numbers of 300 digits or up to
    1e300, names of 1,000 characters. The formats are described in the documentation of Gambit [1]_.

    References
    ----------
    .. [1] Savani, R. and Turocy, T. L. *Gambit: The package for computation in game theory*, "Game representation
       formats".

    Examples
    --------
    >>> import deterrence as dt
    >>> game = dt.read_gambit(
    ...     'NFG 1 R "chicken" { "Row" "Column" } { 2 2 }  3 3  4 2  2 4  1 1'
    ... )
    >>> [dict(equilibrium.payoffs) for equilibrium in dt.solve(game)][:2]
    [{'Row': 2, 'Column': 4}, {'Row': 4, 'Column': 2}]
    """
    return game_of_text(_document(path_or_text, largest))


def game_of_text(text: str) -> Game:
    """Return the game of a document, which is never taken for a path.

    Raises
    ------
    FileFormatError
        If the text is no document of Gambit's.
    """
    from deterrence.exchange.gambit.efg_rows import read_listing
    from deterrence.exchange.gambit.efg_tree import game_from
    from deterrence.exchange.gambit.nfg_table import read_table
    from deterrence.exchange.gambit.scanner import Scanner

    begins = BEGINNING.match(text)
    if begins is None:
        raise FileFormatError(
            f"The document begins with {text.lstrip()[:20]!r}; one of Gambit's begins with EFG or NFG.", line=1
        )
    scanner = Scanner(text)
    return read_table(scanner) if begins[1] == "NFG" else game_from(scanner, read_listing(scanner))


def _document(given: str | bytes | os.PathLike[str], largest: int) -> str:
    if isinstance(given, (bytes, bytearray)):
        return text_of(given, largest)
    if isinstance(given, str):
        if BEGINNING.match(given.removeprefix("\ufeff")):
            return text_of(given, largest)
        if "\n" in given or not given.strip() or len(given) > 4096:
            raise FileFormatError(
                "The text is neither a path nor a document of Gambit's, which begins with EFG or NFG; it begins with "
                f"{given.lstrip()[:20]!r}."
            )
        return read_file(given, largest)
    if isinstance(given, os.PathLike):
        return read_file(given, largest)
    raise FileFormatError(f"A game is read from a path or a text, not from {type(given).__name__}.")


def write_gambit(
    game: Game,
    path: str | os.PathLike[str] | None = None,
    format: str | None = None,  # noqa: A002  (the word that pandas and others use)
    *,
    overwrite: bool = False,
    ascii: bool = False,  # noqa: A002  (what it asks for)
) -> str:
    """Write a game at its present parameter values in Gambit's format, exactly.

    Parameters
    ----------
    game
        The game. Parameters become the numbers they are now; conditions and mechanisms are not written.
    path
        Where to write it, whole or not at all; by default the text is only returned.
    format
        ``"efg"`` for the tree or ``"nfg"`` for the table of strategies; by default what the path's ending says,
        else ``"nfg"`` where the game is one simultaneous move of all players in their order, without labels, and
        ``"efg"`` where it is not.
    overwrite
        Whether a file that exists is replaced.
    ascii
        Whether names are written in the nearest ASCII letters, made different where that makes them equal:
        Gambit from 16.7 on reads no others. By default they are written as they are, in UTF-8.

    Returns
    -------
    str
        The document.

    Raises
    ------
    FileFormatError
        If the format is none of the two, the file exists, or it cannot be written.
    MethodError
        If the table of strategies would be too large.

    Notes
    -----
    :func:`read_gambit` reads it back as the same game: players, actions, information sets with their labels or
    without, outcomes, exact payoffs and probabilities. Each draw has a number of its own. A set without a label goes
    by its name; where a label could be taken for such a name, the first node of its set is marked ``labelled``. Lost
    are the parameters with their meanings and ranges; the tree, where a game is written as a table; and, in Gambit
    itself, that ends with different payoffs share an outcome: it gives every outcome a name of its own.
    Probabilities that are no fractions are written to 30 digits. The format has no way to write a backslash before a
    quotation mark, so a blank is put between them.

    Examples
    --------
    >>> import deterrence as dt
    >>> print(dt.write_gambit(dt.bimatrix([[3, 2], [4, 1]], [[3, 4], [2, 1]], name="chicken")))
    NFG 1 R "chicken" { "Row" "Column" }
    ...
    1 2 3 4
    """
    from deterrence.exchange.gambit.writer import Spelling, table_text, tree_text

    chosen = _format(game, path, format)
    text = (table_text if chosen == "nfg" else tree_text)(game, Spelling(ascii))
    if path is not None:
        write_file(path, text, overwrite=overwrite)
    return text


def _format(game: Game, path: str | os.PathLike[str] | None, asked: str | None) -> str:
    if not isinstance(game, Game):
        raise FileFormatError(f"Only a game can be written in Gambit's format; got {game!r}.")
    if path is not None and not isinstance(path, (str, os.PathLike)):
        raise FileFormatError(f"A game is written to a path, not to {type(path).__name__}.")
    ending = Path(path).suffix.lower().lstrip(".") if path is not None else ""
    if asked is None:
        asked = ending or ("nfg" if game.form.is_table else "efg")
    if asked not in FORMATS:
        raise FileFormatError(f"The format {asked!r} cannot be written; Gambit's formats are 'efg' and 'nfg'.")
    return asked
