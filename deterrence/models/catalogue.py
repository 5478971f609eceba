"""The models that come with the library, by name; each loads when it is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module
from types import MappingProxyType
from typing import Any

from deterrence.errors import unknown
from deterrence.games import Game

_PLACES = {
    "strike": "deterrence.models.strike",
    "unilateral-deterrence": "deterrence.models.unilateral_deterrence",
    "noisy-attribution": "deterrence.models.noisy_attribution",
    "iraq-2020": "deterrence.models.cases.iraq_2020",
}


@dataclass(frozen=True, eq=False)
class Model:
    """Hold a model with what a report says of it.

    Attributes
    ----------
    game
        The game at its default values.
    source
        Where it comes from.
    does_not_say
        What must not be read into it.
    measures
        What is asked of its equilibria: words -> (outcome or action, player or None). Without any, the
        probability of every outcome.
    axes
        Up to two parameters whose influence is asked for, the first of deniability, the second of pressure.
    steps
        How it is built up: (title, sentence, game) for each stage.
    why
        Parameter -> why its default is what it is.
    """

    game: Game
    source: str = ""
    does_not_say: str = ""
    measures: Mapping[str, tuple[str, str | None]] = field(default_factory=dict)
    axes: tuple[str, ...] = ()
    steps: tuple[tuple[str, str, Game], ...] = ()
    why: Mapping[str, str] = field(default_factory=dict)


def names() -> tuple[str, ...]:
    """Return the names of the models, the smallest first.

    Examples
    --------
    >>> from deterrence.models.catalogue import names
    >>> "strike" in names()
    True
    """
    return tuple(_PLACES)


def load(name: str) -> Game:
    """Return the model of a name, as a game at its default values.

    Raises
    ------
    UnknownNameError
        If there is no such model; the sentence lists them and says which is nearest.

    Examples
    --------
    >>> from deterrence.models.catalogue import load
    >>> load("strike").players
    ('Challenger', 'Defender')
    """
    return model(name).game


def model(name: str) -> Model:
    """Return the model of a name with its source, measures and limits.

    Raises
    ------
    UnknownNameError
        If there is no such model; the sentence lists them and says which is nearest.
    """
    if name not in _PLACES:
        raise unknown("model", name, _PLACES)
    module: Any = import_module(_PLACES[name])
    game: Game = module.GAME
    return Model(
        game,
        getattr(module, "SOURCE", ""),
        getattr(module, "DOES_NOT_SAY", ""),
        getattr(
            module,
            "MEASURES",
            MappingProxyType({f"the outcome is {name!r}": (name, None) for name in game.outcomes}),
        ),
        getattr(module, "AXES", ()),
        getattr(module, "STEPS", ()),
        getattr(module, "WHY", MappingProxyType({})),
    )
