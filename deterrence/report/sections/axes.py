"""Which parameters a brief varies by default: those of the game's mechanisms, else those that matter most."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from deterrence.errors import ParameterError, nearest
from deterrence.games.game import Game
from deterrence.games.parameter import Parameter
from deterrence.mechanisms.requirements import Number
from deterrence.models.model import Model
from deterrence.report.sections.asking import Asking
from deterrence.report.sections.weights import Swing

TELLING: Mapping[str, tuple[str, str, str]] = {
    "Deniability": (
        "attribution",
        "How does deniability change the prediction?",
        "The less proof is to be had, the more deniable is the act.",
    ),
    "Sanctions": (
        "pressure",
        "How does sanctions pressure change the prediction?",
        "Pressure may provoke as well as restrain.",
    ),
}
"""Mechanism -> the parameter that says how much of it there is, the question, and how to read the answer."""
TURNED = {"Deniability": "more deniable"}
"""Mechanisms of whose parameter less is more, and what grows where it falls."""
MOST = 2


def with_axes(asking: Asking, wanted: Sequence[str], ranked: Sequence[Swing]) -> Model:
    """Return the model with up to two axes: those wanted, its own, its mechanisms', or those that matter most.

    Raises
    ------
    ParameterError
        If one that is wanted is no parameter, stands twice, or there are more than two.
    """
    model, game = asking.model, asking.game
    if wanted:
        return replace(model, axes=_checked(game, wanted))
    if model.axes:
        return model
    questions = _of_mechanisms(game)
    names = list(questions)[:MOST]
    if len(names) < MOST:
        movers = [swing.parameter.name for swing in ranked if swing.size > 0 and swing.parameter.name not in names]
        names += movers[: MOST - len(names)]
    return replace(model, axes=tuple(names), questions={**questions, **model.questions})


def _checked(game: Game, wanted: Sequence[str]) -> tuple[str, ...]:
    for name in wanted:
        if name not in game.parameters:
            raise ParameterError(f"The game {game.name!r} has no parameter {name!r}. {nearest(name, game.parameters)}")
    if len(wanted) > MOST or len(set(wanted)) < len(wanted):
        raise ParameterError(f"A brief varies one or two different parameters; got {', '.join(map(repr, wanted))}.")
    return tuple(wanted)


def _of_mechanisms(game: Game) -> dict[str, tuple[str, str]]:
    """Return the parameters of the game's mechanisms that say how much of them there is, with the questions."""
    questions = {}
    for mechanism in game.mechanisms:
        field, question, reading = TELLING.get(type(mechanism).__name__, ("", "", ""))
        name = _name(getattr(mechanism, field, None), field, getattr(mechanism, "prefix", "")) if field else ""
        if name in game.parameters:
            questions[name] = (question, reading)
    return questions


def turned(game: Game) -> dict[str, str]:
    """Return the parameters that figures show from their greatest value to their least, and what grows that way."""
    names = {}
    for mechanism in game.mechanisms:
        kind = type(mechanism).__name__
        if kind in TURNED:
            field = TELLING[kind][0]
            names[_name(getattr(mechanism, field, None), field, getattr(mechanism, "prefix", ""))] = TURNED[kind]
    return {name: words for name, words in names.items() if name in game.parameters}


def _name(value: Number | None, field: str, prefix: str) -> str:
    own = value.name if isinstance(value, Parameter) and value.name else field
    return "_".join(filter(None, (prefix, own)))
