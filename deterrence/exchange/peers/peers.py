"""Games as the values of other game theory packages, and back."""

from __future__ import annotations

import io
from collections.abc import Sequence
from importlib import import_module
from typing import Any

from deterrence.errors import FileFormatError, GameError, MethodError, MissingPackageError
from deterrence.exchange.gambit.files import read_gambit, write_gambit
from deterrence.exchange.peers.ask_peer import is_tree
from deterrence.games.game import Game
from deterrence.games.matrices import bimatrix
from deterrence.games.strategic_form import StrategicForm


def to_nashpy(game: Game) -> Any:
    """Return a two-player game's payoff tables as a game of Nashpy.

    Parameters
    ----------
    game
        A game of two players, at its present parameter values; of a tree, the strategic form.

    Returns
    -------
    nashpy.Game
        The tables as floats. Rows and columns are in the order of ``game.strategic_form().strategies``, which
        holds their names.

    Raises
    ------
    MethodError
        If the game has another number of players, or too large a strategic form.

    Examples
    --------
    >>> import deterrence as dt
    >>> chicken = dt.bimatrix([[3, 2], [4, 1]], [[3, 4], [2, 1]])
    >>> dt.to_nashpy(chicken).payoff_matrices[0].tolist()
    [[3.0, 2.0], [4.0, 1.0]]
    """
    table = two_player_form(game, "Nashpy")
    return _package("nashpy", "nashpy").Game(table.A.copy(), table.B.copy())


def two_player_form(game: Game, program: str) -> StrategicForm:
    """Return the strategic form of a game of two players, refusing any other."""
    _check_game(game)
    if len(game.players) != 2:
        raise MethodError(
            f"{program} knows games of two players; {game.name!r} has {len(game.players)} ({', '.join(game.players)})."
        )
    return StrategicForm.of(game)


def from_nashpy(
    other: Any,
    *,
    players: Sequence[str] = ("Row", "Column"),
    actions: Sequence[Sequence[str]] | None = None,
    name: str = "bimatrix",
) -> Game:
    """Return a game of Nashpy as a game of ours.

    Parameters
    ----------
    other
        A ``nashpy.Game``; its floats are taken as the decimals they print as.
    players, actions, name
        The names that Nashpy does not keep, as for :func:`bimatrix`.

    Raises
    ------
    GameError
        If it holds no two payoff tables, or the names do not fit them.

    Examples
    --------
    >>> import deterrence as dt
    >>> import nashpy
    >>> game = dt.from_nashpy(nashpy.Game([[0.1, 0], [0, 1]]), players=["A", "B"])
    >>> game.strategic_form().payoffs[0, 0]
    (Fraction(1, 10), Fraction(-1, 10))
    """
    tables = getattr(other, "payoff_matrices", None)
    if not isinstance(tables, tuple) or len(tables) != 2:
        raise GameError(f"A game of Nashpy has two payoff matrices; got {type(other).__name__}.")
    return bimatrix(tables[0], tables[1], players=players, actions=actions, name=name)


def to_pygambit(game: Game, format: str | None = None) -> Any:  # noqa: A002  (as in write_gambit)
    """Return a game, at its present parameter values, as a game of Gambit's Python package.

    Parameters
    ----------
    game
        The game. Names go over in the nearest ASCII letters, which are all that Gambit takes.
    format
        ``"efg"`` for a tree, ``"nfg"`` for a table; by default as for :func:`write_gambit`.

    Returns
    -------
    pygambit.Game
        The same game, payoffs and probabilities exact, information sets under their names. Where ends with
        different payoffs share an outcome, Gambit gives each an outcome of its own (``war_1``, ``war_2``).

    Raises
    ------
    MissingPackageError
        If pygambit is not installed.
    """
    _check_game(game)
    text = write_gambit(game, format=format, ascii=True)
    pygambit = _package("pygambit", "deterrence[gambit]")
    read = pygambit.read_nfg if text.startswith("NFG") else pygambit.read_efg
    return read(io.StringIO(text))


def from_pygambit(other: Any) -> Game:
    """Return a game of Gambit's Python package as a game of ours.

    Raises
    ------
    FileFormatError
        If it is no game of pygambit's, or one that cannot be held here, such as one of imperfect recall.
    """
    if not all(hasattr(other, name) for name in ("players", "to_efg", "to_nfg")):
        raise FileFormatError(f"A game of pygambit is needed; got {type(other).__name__}.")
    return read_gambit(str(other.to_efg() if is_tree(other) else other.to_nfg()))


def to_openspiel(game: Game) -> Any:
    """Return a game, at its present parameter values, as a game of OpenSpiel.

    Parameters
    ----------
    game
        The game. Names go over in the nearest ASCII letters; payoffs and probabilities become floats.

    Returns
    -------
    pyspiel.Game
        OpenSpiel's ``efg_game``; a simultaneous move is a tree whose players do not see each other.

    Raises
    ------
    MissingPackageError
        If OpenSpiel is not installed.
    """
    _check_game(game)
    return _package("pyspiel", "open_spiel").load_efg_game(write_gambit(game, format="efg", ascii=True))


def _package(module: str, installs: str) -> Any:
    try:
        return import_module(module)
    except ImportError as error:
        raise MissingPackageError(f"{module} is not installed. Install it with: pip install {installs}") from error


def _check_game(game: object) -> None:
    if not isinstance(game, Game):
        raise GameError(f"Only a game can be handed to another program; got {game!r}.")
