"""What a question names: its game, its parameters and its limits, refused with a sentence where they are wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from numbers import Integral, Real
from typing import Any

from deterrence.continuous import ContinuousGame
from deterrence.errors import MethodError, ParameterError, ValueKindError, nearest
from deterrence.games.expression import Exact, exact_number, show_number
from deterrence.games.game import Game
from deterrence.games.parameter import Parameter


def checked_game(game: Any) -> Game:
    """Return the game that a question is about, or refuse what is no game with a finite tree."""
    if isinstance(game, ContinuousGame):
        raise MethodError(game.no_tree)
    if not isinstance(game, Game):
        hint = f" A published one: dt.models.load({game!r}).game." if isinstance(game, str) else ""
        raise ValueKindError(f"Expected a Game; got {game!r}.{hint}")
    return game


def checked_parameter(game: Any, name: Any) -> Parameter:
    """Return one of a game's parameters, by its name."""
    if not isinstance(name, str):
        raise ParameterError(f"A parameter is meant by its name; got {name!r}. {nearest('', game.parameters)}")
    if name not in game.parameters:
        raise ParameterError(f"The game {game.name!r} has no parameter {name!r}. {nearest(name, game.parameters)}")
    found: Parameter = game.parameters[name]
    return found


def checked_names(game: Any, given: Any, of: str = "parameters") -> tuple[str, ...]:
    """Return names of parameters, or refuse a single name, an empty list, strange names or the same one twice."""
    if isinstance(given, str) or not isinstance(given, Iterable):
        one = given if isinstance(given, str) else next(iter(game.parameters), "attribution")
        raise ParameterError(f"{of}= takes a list of names, such as {of}=[{one!r}]; got {given!r}.")
    names = tuple(given)
    if not names:
        raise ParameterError(f"{of}= is empty. {nearest('', game.parameters)}")
    for name in names:
        checked_parameter(game, name)
    twice = [name for k, name in enumerate(names) if name in names[:k]]
    if twice:
        raise ParameterError(f"{of}= names {twice[0]!r} twice.")
    return names


def checked_mapping(game: Any, given: Any, of: str, example: str) -> dict[str, Any]:
    """Return what is given for each of some parameters, by name; nothing where nothing is given."""
    if given is None:
        return {}
    if not isinstance(given, Mapping):
        name = next(iter(game.parameters), "attribution")
        raise ParameterError(f"{of}= takes a mapping, such as {of}={{{name!r}: {example}}}; got {given!r}.")
    for name in given:
        checked_parameter(game, name)
    return dict(given)


def searched_range(game: Any, name: str, between: Any, option: str = "between") -> tuple[Exact, Exact]:
    """Return the least and greatest value of a parameter to look at: those given, or else the declared ones."""
    declared = game.parameters[name]
    if between is None:
        if declared.low is None or declared.high is None:
            raise ParameterError(
                f"The parameter {name!r} has the range {declared.range}; give {option}=(low, high) to look at."
            )
        return declared.low, declared.high
    if not (isinstance(between, (tuple, list)) and len(between) == 2):
        raise ParameterError(f"{option}=(low, high) takes two values of {name!r}, not {between!r}.")
    low, high = (exact_number(end, f"end of {option}=(…) for {name!r}") for end in between)
    declared.at(low)
    declared.at(high)
    if low >= high:
        raise ParameterError(f"{option}=({show_number(low)}, {show_number(high)}) is empty; low must be below high.")
    return low, high


def checked_count(count: Any, of: str, least: int) -> int:
    """Return a whole number, or refuse what is none or too small."""
    if isinstance(count, bool) or not isinstance(count, Integral) or count < least:
        raise ParameterError(f"{of}={count!r} must be a whole number of at least {least}.")
    return int(count)


def checked_number(value: Any, of: str, low: float, high: float = float("inf"), *, ends: bool = True) -> float:
    """Return a number from a range, its ends included unless ``ends`` says no."""
    real = isinstance(value, Real) and not isinstance(value, bool)
    if not real or not (low <= value <= high if ends else low < value < high):
        far = "" if high == float("inf") else f" and {'at most' if ends else 'below'} {show_number(high)}"
        raise ParameterError(
            f"{of}={value!r} must be a number of {'at least' if ends else 'more than'} {show_number(low)}{far}."
        )
    return float(value)
