"""What a mechanism asks of the game it is applied to, and the parameters it adds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from fractions import Fraction
from typing import Any

from deterrence.errors import MechanismError, nearest
from deterrence.games.bodies.symbolic_body import is_ours
from deterrence.games.bodies.written import PARAMETER, Written
from deterrence.games.expression import as_value, exact_number, is_symbolic, show_value
from deterrence.games.game import Game
from deterrence.games.parameter import Parameter, param
from deterrence.games.tree import Chance, walk
from deterrence.games.words import number_from_text
from deterrence.mechanisms.algebra import takers
from deterrence.views import Shown

__all__ = [
    "Added",
    "Mechanism",
    "Number",
    "cost",
    "declare",
    "expression",
    "listed",
    "needed_action",
    "needed_answers",
    "needed_draw",
    "needed_outcomes",
    "needed_player",
    "shown",
    "struck",
    "unordered",
]

Number = int | float | Fraction | Parameter
"""What a numeric field of a mechanism takes: a number, or a parameter with a meaning and range of its own."""


@dataclass(frozen=True, slots=True)
class Added:
    """The parameters that a mechanism adds to a game; ``added["name"]`` is the expression for one.

    To a mechanism of the library's own it is written, to any other it is a symbol of SymPy.

    Attributes
    ----------
    parameters
        The parameters, under the names they have in the game.
    fields
        The fields of the mechanism they come from, in the same order.
    """

    parameters: tuple[Parameter, ...]
    fields: tuple[str, ...]
    written: bool = False

    def __getitem__(self, field: str) -> Any:
        parameter = self.parameters[self.fields.index(field)]
        return parameter.written if self.written else parameter.expression


def _defaults(mechanism: Any) -> Mapping[str, Parameter]:
    return {field.name: field.default for field in fields(mechanism) if isinstance(field.default, Parameter)}


def declare(mechanism: Any, game: Game, *names: str) -> Added:
    """Return the parameters that a mechanism adds: its fields whose default is a :class:`Parameter`.

    Parameters
    ----------
    mechanism
        A dataclass. A field that holds a number takes its meaning and range from the field's default, and the
        field's name, and plausible values around the number: in a range without an end from none to twice it; one
        that holds a parameter keeps what that says, its name too if it has one. If there is
        a field ``prefix``, that word is put before the names.
    game
        The game they are added to.
    *names
        The fields to add; by default all.

    Raises
    ------
    MechanismError
        If the game already has a parameter of that name.
    ParameterError
        If a number lies outside the parameter's range.
    """
    defaults, prefix = _defaults(mechanism), getattr(mechanism, "prefix", "")
    chosen_fields = names or tuple(defaults)
    parameters = []
    for field in chosen_fields:
        value = getattr(mechanism, field)
        if not isinstance(value, Parameter):
            value = _around(defaults[field].named(field), value)
        name = "_".join(filter(None, (prefix, value.name or field)))
        if name in game.parameters:
            raise MechanismError(
                f"{type(mechanism).__name__} adds a parameter called {name!r}, and {game.name!r} already "
                f"has one. Give the mechanism prefix='…' with a word of its own, such as prefix='second'."
            )
        parameters.append(value.named(name))
    return Added(tuple(parameters), chosen_fields, is_ours(type(mechanism)))


TWICE = 2
"""A cost, whose unit is that of a game's payoffs, is plausible from none to so many times the number that is given."""


def cost(default: object, meaning: str, *, low: object | None = 0, symbol: str, least: int = 0, most: int = 1) -> Any:
    """Declare a mechanism's parameter in the unit of the payoffs, with plausible values that go with its number.

    They run from none to twice the default, and to twice the number that a mechanism is given in its place. Where the
    default is none at all, they run from ``least`` to ``most``.
    """
    number = exact_number(default)
    ends = (least, most) if number == 0 else (0, TWICE * number)
    why = "none, or as much as a unit of payoff" if number == 0 else "none, up to twice what is assumed"
    return param(default, meaning, low=low, symbol=symbol, plausible=ends, why=why)


def _around(default: Parameter, value: object) -> Parameter:
    """Return a parameter at a number that is given, with plausible values that hold it.

    In a range without an end nothing but the number tells the scale: they run from none to twice it. In a range with
    two ends those of the default are stretched to hold it.
    """
    parameter = default.at(value)
    if default.plausible is None or parameter.value == default.value:
        return parameter
    number = parameter.value
    if default.high is None and number:
        ends = (min(0, TWICE * number), max(0, TWICE * number))
        return replace(parameter, plausible=ends, why="none, up to twice what is assumed")
    low, high = default.plausible
    return replace(parameter, plausible=(min(low, number), max(high, number)))


class Mechanism(Shown):
    """A mechanism of the library, which a notebook shows with the parameters that it adds."""


def shown(mechanism: Any) -> str:
    """Write a mechanism as the call that makes it, without the fields that have their default."""
    parts = []
    for field in fields(mechanism):
        value = getattr(mechanism, field.name)
        if value == field.default:
            continue
        value = value.value if isinstance(value, Parameter) else value
        number = is_symbolic(value) or (isinstance(value, (int, float, Fraction)) and not isinstance(value, bool))
        text = show_value(as_value(value)) if number else repr(value)
        parts.append(f"{field.name}={text}")
    return f"{type(mechanism).__name__}({', '.join(parts)})"


def listed(names: str | tuple[str, ...]) -> tuple[str, ...]:
    """Return names as a tuple, where a single one may stand alone."""
    return (names,) if isinstance(names, str) else tuple(names)


def expression(mechanism: Any, game: Game, given: object) -> Any:
    """Return a value for a number (as text, too), the name of a parameter or drawn number, or an expression in them."""
    if isinstance(given, str) and number_from_text(given) is None:
        if any(variable.name == given for variable in game.form.variables):
            return Written(PARAMETER, given)
        if given not in game.parameters:
            raise MechanismError(
                f"{type(mechanism).__name__} names the parameter {given!r}; game {game.name!r} has none of "
                f"that name. {nearest(given, game.parameters)}"
            )
        return game.parameters[given].written
    return as_value(given, f"amount given to {type(mechanism).__name__}")


def _no_number(mechanism: Any, game: Game, name: str, wanted: str) -> None:
    """Refuse the name of a drawn or chosen number where something else is wanted."""
    number = next((variable for variable in game.form.variables if variable.name == name), None)
    if number is not None:
        what = "that nature draws" if number.is_draw else f"that {number.player} chooses"
        raise MechanismError(
            f"{type(mechanism).__name__} wants {wanted}, and {name!r} is a number {what} in the game {game.name!r}."
        )


def needed_player(mechanism: Any, game: Game, player: str) -> str:
    """Return the player, or say that the game has nobody of that name."""
    if player not in game.players:
        raise MechanismError(
            f"{type(mechanism).__name__} names {player!r}, who is not a player of {game.name!r}. "
            f"{nearest(player, game.players)}"
        )
    return player


def needed_action(mechanism: Any, game: Game, action: str, by: str | None = None) -> str:
    """Return the player who takes an action, or say that nobody, or not that player, or several do."""
    who = [player for player in takers(game.writing.tree, action) if player is not None]
    kind = type(mechanism).__name__
    if not who:
        _no_number(mechanism, game, action, "an action")
    if by is not None:
        if needed_player(mechanism, game, by) in who:
            return by
        actions = dict.fromkeys(a for h in game.information_sets if h.player == by for a in h.actions)
        raise MechanismError(
            f"{kind} needs an action {action!r} of {by}; game {game.name!r} has none. {nearest(action, actions)}"
        )
    if not who:
        raise MechanismError(
            f"{kind} needs an action {action!r}; game {game.name!r} has none. {nearest(action, game.actions)}"
        )
    if len(who) > 1:
        raise MechanismError(
            f"{kind} needs to know whose action {action!r} is meant: {' and '.join(who)} both have one in "
            f"{game.name!r}. Name the player."
        )
    return who[0]


def needed_answers(mechanism: Any, game: Game, answers: str | tuple[str, ...], by: str | None = None) -> str:
    """Return the one player who has all of some actions, or say what is missing."""
    if not listed(answers):
        raise MechanismError(f"{type(mechanism).__name__} needs the name of at least one action of the player struck.")
    for answer in listed(answers):
        by = needed_action(mechanism, game, answer, by)
    return str(by)


def struck(mechanism: Any, game: Game, action: str, victim: str) -> None:
    """Check that somebody other than the victim, or nature, takes an action."""
    if all(taker == victim for taker in takers(game.writing.tree, action)):
        _no_number(mechanism, game, action, "an action")
        others = dict.fromkeys(a for h in game.information_sets if h.player != victim for a in h.actions)
        raise MechanismError(
            f"{type(mechanism).__name__} needs an action {action!r} that {victim} suffers; game {game.name!r} has "
            f"none. {nearest(action, others)}"
        )


def needed_outcomes(mechanism: Any, game: Game, outcomes: tuple[str, ...]) -> tuple[str, ...]:
    """Return the outcomes, or say which one the game does not have."""
    for outcome in outcomes:
        if outcome not in game.outcomes:
            _no_number(mechanism, game, outcome, "an outcome")
            raise MechanismError(
                f"{type(mechanism).__name__} names the outcome {outcome!r}; game {game.name!r} has none of "
                f"that name. {nearest(outcome, game.outcomes)}"
            )
    return outcomes


def needed_draw(mechanism: Any, game: Game, label: str) -> str:
    """Return the name of a chance branch, or say that the game has none of that name."""
    labels = dict.fromkeys(
        name for node, _ in walk(game.writing.tree) if isinstance(node, Chance) for name in node.labels
    )
    if label not in labels:
        _no_number(mechanism, game, label, "a chance branch")
        raise MechanismError(
            f"{type(mechanism).__name__} needs a chance branch named {label!r}; game {game.name!r} has none. "
            f"{nearest(label, labels)}"
        )
    return label


def unordered(game: Game, action: str, author: str, victim: str) -> bool:
    """Tell whether the action also happens without its author: by nature, or by a third player."""
    return any(taker not in (author, victim) for taker in takers(game.writing.tree, action))
