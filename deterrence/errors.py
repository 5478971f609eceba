"""The errors of the library: one shallow tree, each also a builtin error."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class DeterrenceError(Exception):
    """Be the root of every error that the library raises on purpose."""


class GameError(DeterrenceError, ValueError):
    """Say that a game is not well formed: a wrong player, payoff, probability or information set."""


class ParameterError(DeterrenceError, ValueError):
    """Say that a parameter is unknown, out of its range, or breaks what the game assumes."""


class BranchingError(DeterrenceError, TypeError):
    """Say that a game's body branches on a parameter, which has no value while the tree is written."""


class UnknownNameError(DeterrenceError, ValueError):
    """Say that a name (player, action, outcome, information set, model) is not one the game has."""


class MethodError(DeterrenceError, ValueError):
    """Say that a solution concept cannot be asked of this game, or was given wrong options."""


class MechanismError(DeterrenceError, ValueError):
    """Say that a mechanism does not fit the game it was applied to."""


class ValueKindError(DeterrenceError, TypeError):
    """Say that something is no number where a payoff, probability or parameter value must stand."""


class NumberError(DeterrenceError, ValueError):
    """Say that a number is not usable: not a number (NaN), infinite, or not written as a number."""


class FileFormatError(DeterrenceError, ValueError):
    """Say that a file or text does not hold the game it should, or cannot be read or written.

    Attributes
    ----------
    line, column
        Where in the text, counted from one; ``None`` where the format has no lines.
    place
        Where in a structured document, such as ``players[2].name``; empty where lines say it.
    """

    def __init__(self, message: str, *, line: int | None = None, column: int | None = None, place: str = "") -> None:
        where = f"Line {line}, column {column}: " if line is not None and column is not None else ""
        where = where or (f"Line {line}: " if line is not None else "") or (f"At {place}: " if place else "")
        super().__init__(where + message)
        self.line, self.column, self.place = line, column, place


class MissingPackageError(DeterrenceError, ImportError):
    """Say that something asked for needs a package that is not installed, and how to install it."""


def nearest(name: object, allowed: Iterable[str]) -> str:
    """Return the sentence that lists what is allowed and, where one is near, the likely meant name."""
    known = [str(item) for item in allowed]
    close = get_close_matches(str(name), known, n=1, cutoff=0.5)
    hint = f" Did you mean {close[0]!r}?" if close else ""
    listed = ", ".join(repr(item) for item in known[:30]) or "none"
    more = f" and {len(known) - 30} more" if len(known) > 30 else ""
    return f"Allowed: {listed}{more}.{hint}"


def unknown(kind: str, name: object, allowed: Iterable[str]) -> UnknownNameError:
    """Return the error for an unknown name of the given kind, with the nearest known one."""
    return UnknownNameError(f"There is no {kind} called {name!r}. {nearest(name, allowed)}")
