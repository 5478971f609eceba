"""The models that come with the library, by name; each loads when it is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import cast

from deterrence.errors import unknown
from deterrence.games import Game

_PLACES = {
    "strike": "deterrence.models.strike",
    "unilateral-deterrence": "deterrence.models.unilateral_deterrence",
    "noisy-attribution": "deterrence.models.noisy_attribution",
    "iraq-2020": "deterrence.models.cases.iraq_2020",
}


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
    if name not in _PLACES:
        raise unknown("model", name, _PLACES)
    return cast(Game, import_module(_PLACES[name]).GAME)
