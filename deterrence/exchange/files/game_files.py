"""Games as JSON, and as TOML for writing by hand: parametric, lossless, and read without evaluating anything."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

from deterrence.errors import FileFormatError
from deterrence.exchange.files.documents import read_file, text_of, write_file
from deterrence.exchange.files.game_from_document import game_of
from deterrence.exchange.files.game_to_document import document_of
from deterrence.expressions import MOST_DIGITS, number
from deterrence.games.game import Game

LARGEST_TOML = 300_000
"""The longest TOML document that is read, in bytes: it is written by hand."""
MOST_DOTS = 4_000_000
"""The most that the squares of the numbers of dots in its lines may add up to: dotted keys are read in that time."""


def to_json(game: Game, path: str | os.PathLike[str] | None = None, *, overwrite: bool = False) -> str:
    """Write a game as JSON, with its parameters, expressions and assumptions as they are.

    Parameters
    ----------
    game
        The game.
    path
        A file to write it to as well; it is written whole or not at all.
    overwrite
        Whether an existing file may be replaced.

    Returns
    -------
    str
        The JSON text; :func:`from_json` makes an equal game of it. The mechanisms that made the game are not
        kept: what they did is in its tree.

    Raises
    ------
    FileFormatError
        If an expression cannot be written, or the file not.

    Examples
    --------
    >>> import deterrence as dt
    >>> game = dt.models.load("strike").game
    >>> dt.from_json(dt.to_json(game)) == game
    True
    """
    if not isinstance(game, Game):
        raise FileFormatError(f"Only a game can be written as JSON, not {type(game).__name__}.")
    text = json.dumps(document_of(game), indent=1, ensure_ascii=False) + "\n"
    if path is not None:
        write_file(path, text, overwrite=overwrite)
    return text


def from_json(text: str | bytes) -> Game:
    """Read a game from a JSON text; :func:`read_game` reads a file.

    Parameters
    ----------
    text
        The document, in the form that the documentation's JSON Schema gives.

    Raises
    ------
    FileFormatError
        If it holds no game; the line, or the place in the document, is named.

    Notes
    -----
    Nothing is evaluated: expressions are parsed by a small grammar of arithmetic on declared parameters, and
    every size is bounded.
    """
    content = text_of(text)
    try:
        document = json.loads(
            content,
            parse_float=_decimal,
            parse_int=_integer,
            parse_constant=_constant,
            object_pairs_hook=_once_each,
        )
    except json.JSONDecodeError as error:
        raise FileFormatError(f"The text is no JSON: {error.msg}.", line=error.lineno, column=error.colno) from error
    except RecursionError as error:
        raise FileFormatError("The document nests too deeply; put the parts of a deep tree under 'nodes'.") from error
    return game_of(document)


def from_toml(text: str | bytes) -> Game:
    """Read a game from a TOML text, the same document as JSON in a form for writing by hand.

    Raises
    ------
    FileFormatError
        If it holds no game; the line, or the place in the document, is named.

    Examples
    --------
    >>> import deterrence as dt
    >>> game = dt.from_toml('''
    ... format = "deterrence-game"
    ... version = 1
    ... players = ["Challenger", "Defender"]
    ... [parameters.war]
    ... value = 3
    ... meaning = "cost of retaliating"
    ... [tree]
    ... player = "Challenger"
    ... actions.restrain = {outcome = "peace", payoffs = [0, 0]}
    ... actions.strike = {outcome = "war", payoffs = [-5, "-war"]}
    ... ''')
    >>> dt.solve(game)[0].outcomes
    {'peace': 1, 'war': 0}
    """
    import tomllib

    content = text_of(text, LARGEST_TOML)
    if sum(line.count(".") ** 2 for line in content.splitlines()) > MOST_DOTS:
        raise FileFormatError("The TOML text has lines with too many dots; write nested tables as [a.b] headers.")
    try:
        document = tomllib.loads(content, parse_float=_decimal)
    except tomllib.TOMLDecodeError as error:
        raise FileFormatError(f"The text is no TOML: {str(error).rstrip('.')}.") from error
    except ValueError as error:
        if isinstance(error, FileFormatError):
            raise
        raise FileFormatError(f"A number of the TOML text has more than {MOST_DIGITS} digits.") from error
    except RecursionError as error:
        raise FileFormatError("The document nests too deeply; put the parts of a deep tree under 'nodes'.") from error
    return game_of(document)


def read_game(path: str | os.PathLike[str]) -> Game:
    """Read a game from a file: JSON, TOML, or Gambit's ``.efg`` and ``.nfg``, by the ending of its name.

    Raises
    ------
    FileFormatError
        If the ending is none of these, the file cannot be read, or it holds no game; the place is named.
    """
    ending = Path(path).suffix.lower()
    if ending not in READERS:
        raise FileFormatError(
            f"The name of {os.fspath(path)!r} does not say what it holds: a game file ends in {', '.join(READERS)}."
        )
    return READERS[ending](read_file(path))


def _gambit(text: str) -> Game:
    from deterrence.exchange.gambit.files import game_of_text

    return game_of_text(text)


READERS: dict[str, Callable[[str], Game]] = {".json": from_json, ".toml": from_toml, ".efg": _gambit, ".nfg": _gambit}
"""The reader for each ending of a file's name."""


def _decimal(text: str) -> int | Fraction:
    """Return a decimal number exactly, whatever its exponent claims."""
    return number(text.replace("_", "").lstrip("+")) if text.lstrip("+-")[:1].isdigit() else _constant(text)


def _integer(text: str) -> int:
    if len(text) > MOST_DIGITS:
        raise FileFormatError(f"A number has more than {MOST_DIGITS} digits.")
    return int(text)


def _constant(text: str) -> int:
    raise FileFormatError(f"{text} is not a number that a game can have.")


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) < len(pairs):
        twice = next(name for name, count in Counter(name for name, _ in pairs).items() if count > 1)
        raise FileFormatError(f"The field {twice[:80]!r} appears twice in one object.")
    return fields
