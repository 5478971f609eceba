"""What a question names: its game, its parameters and its limits, refused with a sentence where they are wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from numbers import Integral, Real
from typing import Any

import numpy as np

from deterrence.answers.measure import Measure, as_measure
from deterrence.errors import ParameterError, nearest
from deterrence.games.expression import Exact, exact_number, show_number
from deterrence.games.parameter import Parameter
from deterrence.games.words import number_from_text
from deterrence.grid.decimals import Decimals, rounded

Axis = tuple[str, Sequence[Exact]]
"""A swept parameter with its values."""


def checked_parameter(game: Any, name: Any) -> Parameter:
    """Return one of a game's parameters, by its name."""
    if not isinstance(name, str):
        raise ParameterError(f"A parameter is meant by its name; got {name!r}. {nearest('', game.parameters)}")
    if name not in game.parameters:
        raise ParameterError(f"The game {game.name!r} has no parameter {name!r}. {nearest(name, game.parameters)}")
    found: Parameter = game.parameters[name]
    return found


def checked_question(game: Any, parameter: Any, measures: Iterable[Any], verb: str) -> tuple[Measure, ...]:
    """Return the measures of a question about one parameter, or refuse strange ones and swapped arguments."""
    given = tuple(measures)
    refuse_swapped(game, parameter, given, verb)
    questions = tuple(map(as_measure, given))
    for question in questions:
        question.check(game)
    checked_parameter(game, parameter)
    return questions


def refuse_swapped(game: Any, parameter: Any, measures: tuple[Any, ...], verb: str) -> None:
    """Refuse a measure in the place of the parameter, with the parameter in that of the measure."""
    if isinstance(parameter, str) and parameter in game.parameters:
        return
    if len(measures) == 1 and isinstance(measures[0], str) and measures[0] in game.parameters:
        if not _is_measure(game, parameter):
            return
        text = isinstance(parameter, str)
        shown = repr(parameter) if text else getattr(parameter, "name", "measure")
        raise ParameterError(
            f"The arguments of {verb} are swapped: {measures[0]!r} is a parameter and {shown} is measured. The "
            f"parameter comes first: {verb}(game, {measures[0]!r}, {shown if text else '…'})."
        )


def _is_measure(game: Any, given: Any) -> bool:
    """Tell whether something is measured in a game: an outcome or action by name, or a measure."""
    if isinstance(given, str):
        return given in (*game.outcomes, *getattr(game, "actions", ()))
    return isinstance(given, Measure) or callable(given)


def split_axes(given: Iterable[Any], axes: Mapping[str, Any]) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """Return the measures, and the axes by name with those that a mapping among the measures holds."""
    measures: list[Any] = []
    mappings: list[Mapping[str, Any]] = []
    for item in given:
        (mappings if isinstance(item, Mapping) else measures).append(item)
    found = dict(axes)
    for name, values in (pair for mapping in mappings for pair in mapping.items()):
        if name in found:
            raise ParameterError(f"The axis {name!r} is given twice.")
        found[name] = values
    return tuple(measures), found


def refuse_values_as_options(game: Any, verb: str, options: Mapping[str, Any]) -> None:
    """Refuse values for a parameter that is named like an option of a verb, and say how to give them."""
    for name, value in options.items():
        if name in getattr(game, "parameters", ()) and isinstance(value, (list, tuple, range, np.ndarray)):
            raise ParameterError(
                f"{name!r} is an option of {verb} as well as a parameter of {game.name!r}. Give the values of the "
                f"parameter in a mapping: {verb}(game, …, {{{name!r}: [0, 1]}})."
            )


def checked_names(game: Any, given: Any, of: str = "parameters") -> tuple[str, ...]:
    """Return names of parameters, or refuse a single name, an empty list, strange names or the same one twice."""
    if isinstance(given, str) or not isinstance(given, Iterable):
        example = given if isinstance(given, str) else next(iter(game.parameters), "attribution")
        raise ParameterError(f"{of}= takes a list of names, such as {of}=[{example!r}]; got {given!r}.")
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
    """Return the least and greatest value of a parameter to look at: those given, else its plausible values, else all.

    What is varied runs over plausible values, and over the admissible ones where none are declared; what is proved
    holds over admissible ones; what is given goes before both.
    """
    declared = game.parameters[name]
    if between is None:
        low, high = declared.span
        if low is None or high is None:
            raise ParameterError(
                f"The parameter {name!r} has the range {declared.range}; give {option}=(low, high) to look at, or "
                f"{how_to_declare(name)}."
            )
        return low, high
    if not (isinstance(between, (tuple, list)) and len(between) == 2):
        raise ParameterError(f"{option}=(low, high) takes two values of {name!r}, not {between!r}.")
    low, high = (exact_number(end, f"end of {option}=(…) for {name!r}") for end in between)
    declared.at(low)
    declared.at(high)
    if low >= high:
        raise ParameterError(f"{option}=({show_number(low)}, {show_number(high)}) is empty; low must be below high.")
    return low, high


def how_to_declare(name: str) -> str:
    """Say how plausible values of a parameter are declared."""
    return f"declare plausible values: game.plausible({name}=(low, high), why='…')"


def is_plausible(game: Any, name: str, low: Any, high: Any) -> bool:
    """Tell whether what was looked at are a parameter's plausible values, and not all admissible ones."""
    parameter = game.parameters[name]
    return parameter.plausible == (low, high) != (parameter.low, parameter.high)


def checked_count(count: Any, of: str, least: int) -> int:
    """Return a whole number, or refuse what is none or too small."""
    if isinstance(count, bool) or not isinstance(count, Integral) or count < least:
        raise ParameterError(f"{of}={count!r} must be a whole number of at least {least}.")
    return int(count)


def checked_number(value: Any, of: str, low: float, high: float = float("inf"), *, ends: bool = True) -> float:
    """Return a number from a range, its ends included unless ``ends`` says no."""
    number: Any = number_from_text(value) if isinstance(value, str) else value
    real = isinstance(number, Real) and not isinstance(number, bool)
    if not real or not (low <= number <= high if ends else low < number < high):
        far = "" if high == float("inf") else f" and {'at most' if ends else 'below'} {show_number(high)}"
        raise ParameterError(
            f"{of}={value!r} must be a number of {'at least' if ends else 'more than'} {show_number(low)}{far}."
        )
    return float(number)


def refuse(asked: Mapping[str, Any], names: Iterable[str], why: str) -> None:
    """Refuse options that have no effect where they are given."""
    for name in names:
        if asked[name] is not None:
            raise ParameterError(f"{name}= cannot be given here, since {why}. Leave it out.")


def checked_axes(game: Any, axes: Mapping[str, Iterable[Any]]) -> tuple[Axis, ...]:
    """Return the axes with exact values, or refuse them with a sentence."""
    if not axes:
        raise ParameterError("A sweep needs at least one parameter with values, such as attribution=[0, 0.5, 1].")
    listed = []
    for name, given in axes.items():
        if name not in game.parameters:
            raise ParameterError(f"The game {game.name!r} has no parameter {name!r}. {nearest(name, game.parameters)}")
        values = _exact_values(name, given)
        if not len(values):
            raise ParameterError(f"The axis {name!r} has no values.")
        floats = rounded(values)
        if len(np.unique(floats)) < len(floats) and len(set(values)) < len(values):
            raise ParameterError(f"The axis {name!r} contains duplicate values.")
        for end in (floats.min(), floats.max()):  # of many values only those are checked that may lie out of range
            for place in np.flatnonzero(floats == end).tolist():
                game.parameters[name].at(values[place])
        listed.append((name, values))
    return tuple(listed)


def _exact_values(name: str, given: Iterable[Any]) -> Sequence[Exact]:
    """Return the values of an axis as exact numbers."""
    if isinstance(given, (str, bytes)):
        raise ParameterError(f"The axis {name!r} needs a list of numbers, such as [0, 0.5, 1], not {given!r}.")
    try:
        listed = given.tolist() if isinstance(given, np.ndarray) and given.dtype == np.float64 else list(given)
        if listed and set(map(type, listed)) == {float} and np.isfinite(listed).all():
            return Decimals(listed)
        return tuple(exact_number(value, f"value of {name!r}") for value in listed)
    except TypeError as error:
        raise ParameterError(f"The axis {name!r} needs a list of numbers: {error}") from error


POINTS = 21


def curve_grid(game: Any, parameter: str, given: Any) -> tuple[str, tuple[Exact, ...]]:
    """Return the second parameter of a curve and its values, where none are given evenly spaced over plausible ones."""
    if isinstance(given, str):
        checked_parameter(game, given)
        if None in game.parameters[given].span:
            raise ParameterError(
                f"The parameter {given!r} has the range {game.parameters[given].range}; give its values too, such as "
                f"given={{{given!r}: [1, 2, 3]}}, or {how_to_declare(given)}."
            )
        low, high = searched_range(game, given, None)
        given = {given: [low + (high - low) * Fraction(k, POINTS - 1) for k in range(POINTS)]}
    if not isinstance(given, Mapping) or len(given) != 1 or parameter in given:
        names = list(given) if isinstance(given, Mapping) else given
        raise ParameterError(
            f"given= takes one parameter other than {parameter!r}, by name or with its values; got {names!r}."
        )
    ((name, values),) = checked_axes(game, dict(given))
    return name, tuple(sorted(values))
