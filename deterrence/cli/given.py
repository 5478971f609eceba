"""What the words of a command line mean: models, settings, measures, values of parameters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from deterrence.cli.streams import remark
from deterrence.errors import ParameterError, nearest, unknown

POINTS = 41
"""So many values an axis has where its ends are given alone."""
MOST_POINTS = 1_000_000
FORMS = "NAME=LOW:HIGH:COUNT, NAME=LOW:HIGH, NAME=A,B,C or NAME"


def model_of(text: str, settings: Sequence[str] | None = None) -> Any:
    """Return the model that a name or a file stands for, with parameters set.

    What was taken of several is said beside the answer.
    """
    from deterrence.report.loading import load_game_or_model

    model, taken = load_game_or_model(text)
    if taken:
        remark(taken)
    values = settings_of(settings)
    return replace(model, game=model.game.at(values)) if values else model


def settings_of(texts: Sequence[str] | None) -> dict[str, Any]:
    """Return parameters' values from texts such as ``attribution=0.4`` or ``hawks=1/3``."""
    values: dict[str, Any] = {}
    for text in texts or ():
        name, equals, number = (part.strip() for part in text.partition("="))
        if not equals:
            raise ParameterError(f"--set takes NAME=VALUE, such as --set attribution=0.4; got {text!r}.")
        values[name] = number_of(number, name)
    return values


def number_of(text: str, name: str) -> Any:
    """Return the number that a text writes, exactly; ``name`` is the parameter's."""
    from deterrence.games.words import number_from_text, why_no_number

    number = None if len(text) > 40 or "e" in text.lower() else number_from_text(text)
    if number is None:
        raise ParameterError(
            f"The value of {name!r} must be a number such as 0.4 or 2/5, not {text[:40]!r}.{why_no_number(text)}"
        )
    return number


def measures_of(texts: Sequence[str] | None, game: Any) -> tuple[Any, ...]:
    """Return the measures that texts stand for in a game, or refuse what it does not have.

    Parameters
    ----------
    texts
        Each the name of an outcome or action, ``PLAYER:ACTION``, or ``payoff:PLAYER``; ``probability(…)`` and
        ``payoff(…)`` are taken, too.
    game
        The game, whose names go before these forms.
    """
    return tuple(measure_of(text, game) for text in texts or ())


def measure_of(text: str, game: Any) -> Any:
    """Return the measure that a text stands for in a game; see :func:`measures_of`."""
    from deterrence.answers.measure import payoff, probability

    names = (*game.outcomes, *getattr(game, "actions", ()))
    if text in names:
        return probability(text)
    head, _, rest = text.partition("(")
    if rest.endswith(")") and head.strip() in {"payoff", "probability"}:
        inner = rest[:-1].strip().strip("'\"")
        if head.strip() == "probability":
            return measure_of(inner, game)
        text = f"payoff:{inner}"
    first, colon, second = (part.strip() for part in text.partition(":"))
    if colon and (first == "payoff" or first in game.players):
        measure = payoff(second) if first == "payoff" else probability(second, by=first)
        _check(measure, game)
        return measure
    if text in game.players:
        raise ParameterError(f"{text!r} is a player; its expected payoff is 'payoff:{text}'.")
    if text in game.parameters:
        raise ParameterError(f"{text!r} is a parameter, not what is measured. {nearest(text, names)}")
    raise unknown("outcome or action", text, names)


def _check(measure: Any, game: Any) -> None:
    """Refuse a measure that a game does not have; continuous models answer for themselves."""
    from deterrence.games.game import Game

    if isinstance(game, Game) or measure.kind == "payoff":
        measure.check(game)


def names_of(texts: Sequence[str] | None, game: Any) -> tuple[str, ...] | None:
    """Return the parameters in lists such as ``war,prize``; ``None`` where no list is given."""
    names = [name.strip() for text in texts or () for name in text.split(",") if name.strip()]
    for name in names:
        check_parameter(name, game)
    return tuple(dict.fromkeys(names)) or None


def check_parameter(name: str, game: Any) -> None:
    """Refuse what is no parameter of a game."""
    if name not in game.parameters:
        raise ParameterError(f"The game {game.name!r} has no parameter {name!r}. {nearest(name, game.parameters)}")


def axes_of(texts: Sequence[str] | None, game: Any, *, points: int = POINTS) -> dict[str, list[Any]]:
    """Return the values of each parameter to vary, exactly.

    Parameters
    ----------
    texts
        Each ``NAME=LOW:HIGH:COUNT``, ``NAME=LOW:HIGH``, ``NAME=A,B,C``, or ``NAME`` for its
        plausible values, else its declared range.
    game
        The game whose parameters they are.
    points
        How many values, evenly spaced, where no count is given.
    """
    axes: dict[str, list[Any]] = {}
    for text in texts or ():
        name, equals, values = (part.strip() for part in text.partition("="))
        check_parameter(name, game)
        if name in axes:
            raise ParameterError(f"--vary names {name!r} twice; give all its values at once.")
        axes[name] = _values(name, values, points) if equals else _even(*_range(name, game), points)
    if not axes:
        first = next(iter(game.parameters), "war")
        raise ParameterError(f"Name a parameter to vary, such as --vary {first}=0:1:11, in one of the forms {FORMS}.")
    if len(axes) > 2:
        raise ParameterError(f"At most two parameters are varied; got {', '.join(axes)}.")
    return axes


def ends_of(text: str | None, name: str) -> tuple[Any, Any] | None:
    """Return the two ends of a range such as ``0:6``; ``None`` where none is given."""
    if text is None:
        return None
    ends = [number_of(part.strip(), name) for part in text.split(":")]
    if len(ends) != 2:
        raise ParameterError(f"--between takes LOW:HIGH, such as 0:6; got {text!r}.")
    return ends[0], ends[1]


def _values(name: str, text: str, points: int) -> list[Any]:
    parts = [part.strip() for part in text.split(":")]
    if len(parts) == 1:
        return [number_of(part.strip(), name) for part in text.split(",")]
    if len(parts) > 3 or "" in parts:
        raise ParameterError(f"--vary takes {FORMS}; got {f'{name}={text}'!r}.")
    low, high = (number_of(part, name) for part in parts[:2])
    if low >= high:
        raise ParameterError(f"In --vary {name}={text} the low end must be below the high end.")
    return _even(low, high, _count(name, parts[2]) if len(parts) == 3 else points)


def _count(name: str, text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 7 and 2 <= int(text) <= MOST_POINTS):
        raise ParameterError(
            f"The count of values of {name!r} must be a whole number from 2 to {MOST_POINTS:,}; got {text[:40]!r}."
        )
    return int(text)


def _even(low: Any, high: Any, count: int) -> list[Any]:
    step = Fraction(high - low) / (count - 1)
    return [low + k * step for k in range(count)]


def _range(name: str, game: Any) -> tuple[Any, Any]:
    low, high = game.parameters[name].span
    if low is None or high is None:
        raise ParameterError(
            f"The parameter {name!r} has the range {game.parameters[name].range}; say where to vary it, such as "
            f"--vary {name}=0:1:11."
        )
    return low, high
