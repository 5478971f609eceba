"""Conditions and propositions, as users write them."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from deterrence.answers.measure import Measure, payoff, probability
from deterrence.answers.proposition import Proposition, measured, sides
from deterrence.answers.when_in_words import when_in_words
from deterrence.errors import FileFormatError, ValueKindError, unknown
from deterrence.expressions import parse
from deterrence.games.game import Game


def in_words(condition: Any) -> str:
    """Return a condition as a clause."""
    return when_in_words(condition).removeprefix("when ")


def condition_of(game: Game, given: Any) -> Any:
    """Return a condition on a game's parameters as SymPy has it, however it was written.

    Raises
    ------
    ValueKindError
        If it is none.
    UnknownNameError
        If it holds a name that is no parameter.
    """
    import sympy as sp

    if given is None or given is True:
        return sp.true
    if isinstance(given, (list, tuple)):
        return sp.And(*(condition_of(game, part) for part in given))
    symbols = {name: p.expression for name, p in game.parameters.items()}
    if callable(given) and not isinstance(given, sp.Basic):
        given = given(SimpleNamespace(**symbols))
    if isinstance(given, str):
        try:
            given = parse(given, symbols, condition=True)
        except FileFormatError as error:
            raise ValueKindError(f"The condition {given!r} cannot be read: {error}") from error
    if isinstance(given, (bool, sp.logic.boolalg.BooleanAtom)):
        return sp.true if given else sp.false
    if not isinstance(given, (sp.core.relational.Relational, sp.logic.boolalg.Boolean)):
        raise ValueKindError(
            f"A condition compares parameters: text such as 'prize > war', lambda p: p.prize > p.war, or a SymPy "
            f"condition; got {given!r}."
        )
    for symbol in sorted(map(str, given.free_symbols)):
        if symbol not in symbols:
            raise unknown("parameter", symbol, symbols)
    return given


def proposition_of(text: str) -> Proposition:
    """Return a proposition that is written as text, such as ``probability(war) <= 1/2``.

    Raises
    ------
    ValueKindError
        If neither side is a measure.
    """
    left, sign, right = sides(text) or ("", "", "")
    mine, other = (None if (m := measured(side)) is None else _measure(*m) for side in (left, right))
    if mine is None and other is not None:
        mine, other, right = other, None, left
        sign = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}.get(sign, sign)
    if mine is None:
        raise ValueKindError(
            f"The proposition {text!r} compares no measure: write probability(NAME) or payoff(PLAYER) on one side, as "
            "in 'probability(war) <= 1/2'. A condition on parameters alone goes in with where=."
        )
    return Proposition(mine, sign, right if other is None else other)


def _measure(kind: str, of: str, by: str | None) -> Measure:
    return payoff(of) if kind == "payoff" else probability(of, by)


def both(one: Any, other: Any) -> Any:
    """Return the condition that two conditions hold; the other may be None."""
    import sympy as sp

    return one if other is None else sp.And(one, other)
