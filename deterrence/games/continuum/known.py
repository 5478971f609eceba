"""The game in which numbers that nature draws are known: complete information as a benchmark."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from deterrence.errors import ParameterError, nearest
from deterrence.games.continuum.substitution import names_of, put_in
from deterrence.games.continuum.variables import Variable
from deterrence.games.expression import Value, as_value, compile_exact, is_symbolic, names_in, show_value
from deterrence.games.tree import Draw, Node, rewrite
from deterrence.games.words import number_from_text

if TYPE_CHECKING:
    from deterrence.games.game import Game


def with_known(game: Game, values: Mapping[str, object] | None, more: Mapping[str, object]) -> Game:
    """Return the game in which some drawn numbers are known; see :meth:`deterrence.Game.known`."""
    if values is not None and not isinstance(values, Mapping):
        raise ParameterError(f"known(…) takes numbers by name, such as known(war_cost=0.2), not {values!r}.")
    given = {**(values or {}), **more}
    found = {name: _checked(game, name, value) for name, value in given.items()}

    def rule(node: Node, _: tuple[str, ...]) -> Node:
        return node.child if isinstance(node, Draw) and node.variable in found else node

    settled = [variable for variable in game.form.variables if variable.name in found]
    return settled_game(game, put_in(rewrite(game.writing.tree, rule), found), settled)


def settled_game(game: Game, tree: Node, settled: Collection[Variable]) -> Game:
    """Return a game whose tree has lost some numbers without end, and with them what served their laws alone.

    These are the parameters that stand nowhere else, and the conditions that put the ends of a law in order.
    """
    gone = [condition for variable in settled for condition in variable.conditions]
    assumptions = tuple(c for c in game.writing.assumptions if c not in gone)
    left = names_of(tree).union(*map(names_in, assumptions))
    served = frozenset().union(*(variable.names for variable in settled))
    parameters = tuple(p for p in game.parameter_list if p.name in left or p.name not in served)
    return replace(game, tree=tree, assumptions=assumptions, parameter_list=parameters, class_name_list=())


def _checked(game: Game, name: str, given: object) -> Value:
    """Return what a drawn number is known to be, or say why it cannot be."""
    places = [variable for variable in game.form.variables if variable.name == name]
    drawn = tuple(dict.fromkeys(variable.name for variable in game.form.variables if variable.is_draw))
    if not places:
        if name in game.parameters:
            raise ParameterError(
                f"{name!r} is a parameter of the game {game.name!r}, and known already; give it another value with "
                f"at({name}=…)."
            )
        raise ParameterError(f"Nature draws no number {name!r} in the game {game.name!r}. {nearest(name, drawn)}")
    chooser = next((variable.player for variable in places if not variable.is_draw), None)
    if chooser is not None:
        raise ParameterError(
            f"{name!r} is what {chooser} chooses in the game {game.name!r}; only numbers that nature draws can be "
            f"known beforehand. {nearest(name, drawn)}"
        )
    value = _value(game, name, given)
    for variable in places:
        _check_inside(game, variable, value)
    return value


def _value(game: Game, name: str, given: object) -> Value:
    if isinstance(given, str) and number_from_text(given) is None and given in game.parameters:
        return game.parameters[given].written
    value = as_value(given, f"known number {name!r}")
    strange = sorted(names_in(value) - game.parameters.keys()) if is_symbolic(value) else ()
    if strange:
        raise ParameterError(
            f"{name!r} is to be known as {show_value(value)}, and {strange[0]!r} is no parameter of the game "
            f"{game.name!r}. {nearest(strange[0], game.parameters)}"
        )
    return value


def _check_inside(game: Game, variable: Variable, value: Value) -> None:
    if not variable.names <= game.parameters.keys():
        return
    number: Any = compile_exact(value)(game.values) if is_symbolic(value) else value
    low, high = variable.span(game.values)
    if not low <= number <= high:
        raise ParameterError(
            f"{variable.name!r} is {variable.law} in the game {game.name!r}, so it cannot be known to be "
            f"{show_value(number)}, which is never drawn."
        )


def refuse_numbers(game: Game, values: Mapping[str, object] | None, more: Mapping[str, object]) -> None:
    """Refuse values of parameters that name a drawn or chosen number, and say what to ask instead.

    Raises
    ------
    ParameterError
        If a name is that of such a number.
    """
    named = {**(values if isinstance(values, Mapping) else {}), **more}
    for variable in game.form.variables:
        if variable.name in named:
            name = variable.name
            raise ParameterError(
                f"{name!r} is no parameter of the game {game.name!r}, but "
                + (
                    f"drawn by nature. The game in which it is known is known({name}={named[name]!r})."
                    if variable.is_draw
                    else f"what {variable.player} chooses."
                )
            )
