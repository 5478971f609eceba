"""What a brief may be made on: a model's name, a Python file of one's own, or a file that holds a game."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

from deterrence.answers.measure import probability
from deterrence.errors import GameError, UnknownNameError, nearest
from deterrence.exchange.files import game_files
from deterrence.games.game import Game
from deterrence.models.catalogue import load
from deterrence.models.model import Model

Loaded = tuple[Model, str]


def load_game_or_model(text: str) -> Loaded:
    """Return the model that a text names, with a sentence on what was taken where that is not plain.

    Parameters
    ----------
    text
        A model's name; the path of a Python file that defines a game or a ``Model``, with ``:NAME`` behind it
        where it defines several; or the path of a file that holds a game.

    Raises
    ------
    UnknownNameError
        If there is no such model, file or name.
    GameError
        If a file defines no game, several and none is named, or fails.
    """
    place, name = _split(text)
    suffix = place.suffix.lower()
    if suffix in READERS:
        if not place.is_file():
            raise UnknownNameError(f"There is no file {str(place)!r}.")
        return READERS[suffix](place, name)
    if place.is_file():
        raise GameError(f"Cannot read a game from {str(place)!r}: its name must end in {', '.join(sorted(READERS))}.")
    return load(text), ""


def asked_for(model: Model, names: Sequence[str]) -> Model:
    """Return the model asked for the probabilities of outcomes or actions, where any are named.

    Raises
    ------
    UnknownNameError
        If the game has no such outcome or action.
    """
    for name in names:
        probability(name).check(model.game)
    events = {
        name: f"the outcome is {name!r}" if name in model.game.outcomes else f"{name!r} is chosen" for name in names
    }
    return replace(model, measures={event: (name, None) for name, event in events.items()}) if names else model


def _split(text: str) -> tuple[Path, str]:
    """Return a path and the name after its last colon, if there is one behind a known ending."""
    path, colon, name = text.rpartition(":")
    if colon and Path(path).suffix.lower() in READERS:
        return Path(path), name
    return Path(text), ""


def _from_python(path: Path, name: str) -> Loaded:
    values = {key: value for key, value in vars(_run(path)).items() if isinstance(value, (Game, Model))}
    if name:
        if name not in values:
            raise UnknownNameError(f"{path} defines no game or model called {name!r}. {nearest(name, values)}")
        return _model(values[name]), f"Taking {name} from {path}."
    apart = list({id(value): key for key, value in reversed(values.items())}.values())
    models = [key for key in apart if isinstance(values[key], Model)]
    if not values:
        raise GameError(f"{path} defines no game: nothing in it is made with @dt.game, dt.matrix or Model(…).")
    if len(models) == 1 or len(apart) == 1:
        taken = (models or apart)[0]
        return _model(values[taken]), f"Taking {taken} from {path}."
    names = ", ".join(sorted(apart))
    raise GameError(f"{path} defines several games: {names}. Say which, such as {path}:{min(apart)}.")


def _model(value: Game | Model) -> Model:
    return value if isinstance(value, Model) else Model(value)


def _run(path: Path) -> Any:
    """Run a user's file as a module; an error in it is reported in a sentence with its line."""
    spec = spec_from_file_location(f"_brief_{path.stem}", path)
    if spec is None or spec.loader is None:
        raise GameError(f"Cannot run {path}.")
    module = module_from_spec(spec)
    sys.modules[spec.name] = module
    sys.path.insert(0, str(path.resolve().parent))
    try:
        spec.loader.exec_module(module)
    except SyntaxError as error:
        raise GameError(f"{path}, line {error.lineno}: this is not Python: {error.msg}.") from error
    except (Exception, SystemExit) as error:
        reason = str(error) or "no reason given"
        raise GameError(f"{path}, line {_line(error, path)}: {type(error).__name__}: {reason}") from error
    finally:
        sys.path.pop(0)
        sys.modules.pop(spec.name, None)
    return module


def _line(error: BaseException, path: Path) -> int | str:
    """Return the last line of the user's file on the way to an error."""
    lines = [f.lineno for f in traceback.extract_tb(error.__traceback__) if Path(f.filename) in (path, path.resolve())]
    return lines[-1] if lines and lines[-1] is not None else "?"


def _from_game_file(path: Path, _: str) -> Loaded:
    """Read a game from a file in one of the formats that games are exchanged in."""
    return _model(game_files.read_game(path)), ""


READERS: Mapping[str, Callable[[Path, str], Loaded]] = {
    ".py": _from_python,
    **dict.fromkeys(game_files.READERS, _from_game_file),
}
"""By the ending of a file's name, what reads it: add a format here."""
