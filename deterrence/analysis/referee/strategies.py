"""Strategies and beliefs by name, as users write them, as rows over a game's information sets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from deterrence.answers.assessment import Assessment
from deterrence.errors import FileFormatError, NumberError, ParameterError, ValueKindError, unknown
from deterrence.expressions import parse
from deterrence.games.expression import as_value, is_symbolic, show_value, to_sympy
from deterrence.games.game import Game

Row = tuple[Any, ...]


def read_strategies(game: Game, given: Any) -> tuple[Row, ...]:
    """Return the probability of each action at each information set: exact numbers, or expressions in parameters.

    Raises
    ------
    ValueKindError
        If strategies are not given by name.
    UnknownNameError
        If a player, information set or action is not the game's.
    ParameterError
        If a set is left out, or probabilities are negative or do not sum to one.
    """
    if isinstance(given, Assessment):
        return _of_assessment(game, given)
    rows = _by_set(game, given, "strategies", _action_row)
    missing = [name for h, name in enumerate(game.form.set_names) if h not in rows]
    if missing:
        raise ParameterError(
            f"A profile says what is done at every information set, reached or not; missing: {_listed(missing)}."
        )
    return tuple(rows[h] for h in range(len(game.form.nodes_of)))


def read_beliefs(game: Game, given: Any) -> tuple[Row | None, ...]:
    """Return the belief in each history of each information set, or None where none is given."""
    if given is None:
        return (None,) * len(game.form.nodes_of)
    rows = _by_set(game, given, "beliefs", _belief_row)
    return tuple(rows.get(h) for h in range(len(game.form.nodes_of)))


def value_of(game: Game, written: Any, what: str) -> Any:
    """Return a number, or an expression in a game's parameters that may be written as text.

    Raises
    ------
    ValueKindError
        If it is neither, or holds a name that is no parameter.
    """
    if isinstance(written, str):
        try:
            value = parse(written, {name: p.expression for name, p in game.parameters.items()})
        except FileFormatError as error:
            raise ValueKindError(f"The {what} {written!r} cannot be read: {error}") from error
    else:
        value = as_value(written, what)
    value = to_sympy(value) if is_symbolic(value) else value
    strange = {str(s) for s in getattr(value, "free_symbols", ())} - set(game.parameters)
    if strange:
        raise unknown("parameter", min(strange), game.parameters)
    return value


def _of_assessment(game: Game, given: Assessment) -> tuple[Row, ...]:
    mine, other = ((form.set_names, form.actions_of) for form in (game.form, given.game.form))
    if mine != other:
        raise ValueKindError(
            f"The equilibrium given belongs to {given.game.name!r}, whose information sets and actions differ from "
            f"those of {game.name!r}. Give its strategies by name, {{{mine[0][0]!r}: …}}."
        )
    return tuple(tuple(map(as_value, row)) for row in given.behaviour)


def _by_set(game: Game, given: Any, what: str, read: Any) -> dict[int, Row]:
    """Return a row for each information set that is named, by itself or through its player."""
    form = game.form
    if not isinstance(given, Mapping):
        example = f"{{{form.set_names[0]!r}: {form.actions_of[0][0]!r}, …}}" if form.set_names else "{}"
        raise ValueKindError(f"The {what} are given by name, such as {example}; got {given!r}.")
    rows: dict[int, Row] = {}
    for name, entry in given.items():
        for h, own in _entries(game, name, entry).items():
            if h in rows:
                raise ParameterError(f"The {what} at {form.set_names[h]!r} are given twice.")
            rows[h] = read(game, h, own)
    return rows


def _entries(game: Game, name: Any, entry: Any) -> dict[int, Any]:
    """Return what is said of each information set under one name: that of a set, or that of a player."""
    form = game.form
    if name in form.set_number:
        return {form.set_number[name]: entry}
    if name not in form.players:
        raise unknown("player or information set", name, dict.fromkeys((*form.players, *form.set_names)))
    own = [h for h, player in enumerate(form.player_of) if form.players[player] == name]
    if len(own) == 1 or not isinstance(entry, Mapping):
        return dict.fromkeys(own, entry)
    known = {key: h for h in own for key in (form.set_names[h], form.set_names[h].removeprefix(f"{name} | "))}
    actions = {action for h in own for action in form.actions_of[h]}
    if set(entry) <= actions and not set(entry) <= set(known):  # one mixture, played everywhere
        return dict.fromkeys(own, entry)
    for key in entry:
        if key not in known:
            raise unknown(f"information set of {name!r}", key, known)
    return {known[key]: value for key, value in entry.items()}


def _action_row(game: Game, h: int, entry: Any) -> Row:
    return _row(game, entry, game.form.actions_of[h], "action", game.form.set_names[h])


def _belief_row(game: Game, h: int, entry: Any) -> Row:
    histories = [game.form.history(node) for node in game.form.nodes_of[h]]
    return _row(game, entry, histories, "history", game.form.set_names[h])


def _row(game: Game, entry: Any, names: Sequence[str], kind: str, place: str) -> Row:
    if isinstance(entry, str):
        entry = {entry: 1}
    if not isinstance(entry, Mapping):
        raise ValueKindError(
            f"At {place!r} name one {kind}, such as {names[0]!r}, or give probabilities by {kind}, "
            f"{{{names[0]!r}: '1/2', …}}; got {entry!r}."
        )
    for name in entry:
        if name not in names:
            raise unknown(f"{kind} at {place!r}", name, names)
    weights = {
        name: value_of(game, written, f"probability of {name!r} at {place!r}") for name, written in entry.items()
    }
    return _completed(weights, names, place)


def _completed(weights: Mapping[str, Any], names: Sequence[str], place: str) -> Row:
    """Return a row in which the one name left out has what is left; probabilities are checked."""
    left = 1 - sum(weights.values())
    out = [name for name in names if name not in weights]
    row = tuple(weights.get(name, left if len(out) == 1 else 0) for name in names)
    row = tuple(_shortened(item) for item in row)
    rest = _shortened(1 - sum(row))
    if rest != 0:
        raise ParameterError(
            f"The probabilities at {place!r} sum to {show_value(_shortened(sum(row)))}, not to 1: "
            f"{', '.join(f'{name} {show_value(p)}' for name, p in zip(names, row, strict=True))}. "
            "Fractions are written as text: '1/3'."
        )
    for name, p in zip(names, row, strict=True):
        if not is_symbolic(p) and p < 0:
            raise ParameterError(
                f"The probability of {name!r} at {place!r} is {show_value(p)}; it must not be negative."
            )
    return row


def _shortened(value: Any) -> Any:
    """Return an expression in lowest terms, or a number as it is."""
    if not is_symbolic(value):
        return value
    import sympy as sp

    short = sp.cancel(value) if value.is_rational_function() else sp.simplify(value)
    try:
        return as_value(short)
    except NumberError:
        raise ParameterError(f"The probability {value} divides by zero, whatever the parameters are.") from None


def _listed(names: Sequence[str]) -> str:
    return ", ".join(map(repr, names))
