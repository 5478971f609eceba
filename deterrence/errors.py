"""The errors of the library: one shallow tree, each also a builtin error."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class DeterrenceError(Exception):
    """The base class of all errors that the library raises on purpose.

    The reference's catalogue of errors lists every sentence that they may say.
    """


class GameError(DeterrenceError, ValueError):
    """Raised when a game is not well formed: a wrong player, payoff, probability or information set.

    Notes
    -----
    Cause: What was written is no game of this library: a move names a player that does not exist, an end has too
    few payoffs, probabilities cannot sum to one, two moves of one information set offer different actions, a player
    forgets what it knew. A Python file given to the command line may also define no game, or fail.

    Remedy: Mend the place that the sentence names; the game is checked when it is made, so nothing was solved yet.
    """


class ParameterError(DeterrenceError, ValueError):
    """Raised when a parameter is unknown, out of its range, or breaks what the game assumes.

    Notes
    -----
    Cause: A parameter's value or range cannot be used: the name is misspelt, the value lies outside the declared
    range or breaks what the game assumes of its parameters, a range is empty, or the parameters asked for do not
    fit the question. The command line raises it, too, for an option it cannot use.

    Remedy: Use a name and a value that the sentence allows. ``game.parameters`` lists them with their ranges,
    ``game.assumptions`` what is assumed; to go beyond a range, declare a wider one where the game is written.
    """


class ProbabilityError(ParameterError, GameError):
    """Raised when parameter values make a branch of a chance node likelier than 1, less likely than 0, or leave a rest.

    Notes
    -----
    Cause: The probabilities are expressions in the parameters. At the values given, one lies outside [0, 1], or they do
    not sum to one.

    Remedy: Use other values: ``game.assumptions`` states which keep every probability at 0 or above. Where the game is
    written, declare a narrower range, or write the last branch as 1 less the others.
    """


class BranchingError(DeterrenceError, TypeError):
    """Raised when a game's body branches on a parameter, which has no value while the tree is written.

    Notes
    -----
    Cause: The body of a game runs once, with symbols in the place of parameters; ``if prize > 2`` has no answer
    then.

    Remedy: Write an ordinary function that returns a game for each shape of tree, or ``sympy.Piecewise``, ``Min``
    or ``Max`` for a payoff that switches.
    """


class UnknownNameError(DeterrenceError, ValueError):
    """Raised when there is no player, action, outcome, information set or model of the name given.

    Notes
    -----
    Cause: A player, action, outcome, information set, model, measure, file or option is misspelt, or belongs to
    another game.

    Remedy: Use the name that the sentence suggests, or one of those it lists. Mechanisms may rename or add names:
    print the game to see those it has now.
    """


class MissingAttributeError(UnknownNameError, AttributeError):
    """Raised when a value is asked for an attribute that it does not have.

    Notes
    -----
    Cause: The name is misspelt, or what it stands for is found elsewhere: a solution is one point and has no picture,
    a model is written up by ``deterrence.report.brief``.

    Remedy: Use what the sentence names. ``hasattr`` and ``getattr`` with a default treat it as any missing attribute.
    """


class MethodError(DeterrenceError, ValueError):
    """Raised when a solution concept cannot be asked of this game, or was given wrong options.

    Notes
    -----
    Cause: The question cannot be asked in this way: the solution concept does not apply to this game, the answer
    would be too large, an option lies outside its range, or what was given is no game or no answer.

    Remedy: Ask with another method, a smaller grid or game, or an option within the range that the sentence gives.
    """


class MechanismError(DeterrenceError, ValueError):
    """Raised when a mechanism does not fit the game it was applied to.

    Notes
    -----
    Cause: A mechanism finds no action, player or parameter that it needs, would overwrite a parameter the game has,
    or is given options that contradict each other.

    Remedy: Name the action or player it should work on; give ``prefix=`` where a parameter of that name exists. The
    mechanism's page says what it needs.
    """


class ValueKindError(DeterrenceError, TypeError):
    """Raised when something of another kind stands where a number, an expression, a game or an answer must.

    Notes
    -----
    Cause: Something of another kind stands where a number, an expression, a game or an answer must: a text, a list,
    a truth value, an expression in symbols that the game does not declare.

    Remedy: Give what the sentence asks for; a text stands for a number only where it writes one, such as ``"0.75"``,
    ``"3/4"`` or ``"1e-3"``; declare each parameter in the signature of the game.
    """


class NumberError(DeterrenceError, ValueError):
    """Raised when a number is not usable: not a number (NaN), infinite, or not written as a number.

    Notes
    -----
    Cause: A number is infinite, not a number (NaN), or written in a way that no number is.

    Remedy: Give a finite number: an ``int``, a ``float``, a ``Fraction``, or a text such as ``"0.4"`` or ``"2/5"``.
    """


class FileFormatError(DeterrenceError, ValueError):
    """Raised when a file or text does not hold the game it should, or cannot be read or written.

    Attributes
    ----------
    line, column
        Where in the text, counted from one; ``None`` where the format has no lines.
    place
        Where in a structured document, such as ``players[2].name``; empty where lines say it.

    Notes
    -----
    Cause: A file or text is not the document that its reader expects: it is cut short, names what it does not
    declare, holds numbers or a size beyond the bounds, is not encoded as UTF-8, or cannot be read or written at
    all.

    Remedy: Go to the line or the place that the sentence names. Games in JSON and TOML can be checked against the
    published schema; a file that exists is written over with ``overwrite=True`` alone.
    """

    def __init__(self, message: str, *, line: int | None = None, column: int | None = None, place: str = "") -> None:
        where = f"Line {line}, column {column}: " if line is not None and column is not None else ""
        where = where or (f"Line {line}: " if line is not None else "") or (f"At {place}: " if place else "")
        super().__init__(where + message)
        self.line, self.column, self.place = line, column, place


class MissingPackageError(DeterrenceError, ImportError):
    """Raised when a question needs a package that is not installed; the sentence says how to install it.

    Notes
    -----
    Cause: An optional package is not installed: Gambit, OpenSpiel, QuantEcon, Dask and their like serve single
    questions.

    Remedy: Install it as the sentence says.
    """


def nearest(name: object, allowed: Iterable[str]) -> str:
    """Return the sentence that lists the allowed names and suggests the nearest one, if any is near."""
    names = list(dict.fromkeys(str(item) for item in allowed))
    close = get_close_matches(str(name), names, n=1, cutoff=0.5)
    hint = f" Did you mean {close[0]!r}?" if close else ""
    first = ", ".join(map(repr, names[:30])) or "none"
    more = f" and {len(names) - 30} more" if len(names) > 30 else ""
    return f"Allowed: {first}{more}.{hint}"


def unknown(kind: str, name: object, allowed: Iterable[str]) -> UnknownNameError:
    """Return the error for an unknown name of a kind, with the nearest allowed one."""
    return UnknownNameError(f"There is no {kind} called {name!r}. {nearest(name, allowed)}")
