"""The answers of each kind of game to each verb, as functions registered by kind.

A new kind of game registers its answers here, ``@sweep_of.register(MyKind)``; no verb is changed for it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import singledispatch
from importlib import import_module
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

from deterrence.errors import ValueKindError
from deterrence.games.game import Game

if TYPE_CHECKING:
    from functools import _SingleDispatchCallable

Kind = TypeVar("Kind")


@singledispatch
def refusal(game: object) -> NoReturn:
    """Refuse a question that a kind of game does not answer."""
    hint = f" A published one: dt.models.load({game!r}).game." if isinstance(game, str) else ""
    raise ValueKindError(f"Expected a Game; got {game!r}.{hint}")


def checked_game(game: Any) -> Game:
    """Return a finite game; raise the error that fits for anything else."""
    if not isinstance(game, Game):
        refusal(game)
    return game


_PLACES: dict[type, tuple[str, ...]] = {}


def answered_in(*modules: str) -> Callable[[type[Kind]], type[Kind]]:
    """Return a decorator of a kind of game that names the modules which register what it answers.

    They are loaded when a verb is first asked of such a game: they stand above it, so it cannot import them.
    """

    def named(kind: type[Kind]) -> type[Kind]:
        _PLACES[kind] = modules
        return kind

    return named


def _verb() -> _SingleDispatchCallable[Any]:
    """Return a function whose answers are registered by kind of game, and which refuses every other kind."""

    @singledispatch
    def ask(game: object, *asked: Any, **options: Any) -> Any:
        refuse_other_kinds(game, ask)
        return ask.dispatch(type(game))(game, *asked, **options)

    return ask


solution_of = _verb()
"""Answers ``solve``: called with the game and the method."""
sweep_of = _verb()
"""Answers ``sweep``: called with the game, the measures, the axes and the options of the verb."""
thresholds_of = _verb()
"""Answers ``thresholds``: called with the game, the parameter, the measures and the options of the verb."""
sensitivity_of = _verb()
"""Answers ``sensitivity``: called with the game, the measures and the options of the verb."""


def refuse_other_kinds(game: object, verb: Any) -> None:
    """Refuse a game of a kind that has registered no answer to a verb."""
    for place in _PLACES.get(type(game), ()):
        import_module(place)
    if verb.dispatch(type(game)) is verb.dispatch(object):
        refusal(game)
