"""The verb ``explore``: a page whose sliders move the equilibria."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

from deterrence.answers.classes import Characterization
from deterrence.answers.method import Method
from deterrence.errors import GameError, ParameterError, ValueKindError, unknown
from deterrence.explorer.axes import best_axes
from deterrence.explorer.explorer import Explorer
from deterrence.explorer.texts import texts_of
from deterrence.games.game import Game
from deterrence.models.model import Model
from deterrence.solvers.characterize import characterize
from deterrence.solvers.discovery.discovery import NOT_EXCLUDED

MAP_BUDGET = 10.0
"""Seconds for the proof that a map shows all equilibria, where that is not proved for all values."""
MOST_PARAMETERS = 20
"""A game with more is characterized in those of the map alone, unless others are asked for."""


def explore(
    game: Game | Model | Characterization,
    *,
    x: str | None = None,
    y: str | None = None,
    path: str | os.PathLike[str] | None = None,
    parameters: Sequence[str] | None = None,
    method: Method | None = None,
    predict: bool = False,
    budget: float | None = None,
    progress: Any = None,
    overwrite: bool = False,
) -> Explorer:
    """Make a page on which a game's equilibria move as its parameters are moved.

    The page is one file of HTML. It opens from anywhere, asks for nothing over a network, and computes with the
    formulas of the characterization: every pixel of its map is exact up to the arithmetic of the browser.

    Parameters
    ----------
    game
        The game, a model, or what :func:`deterrence.characterize` returned.
    x, y
        The parameters of the map, to the right and upwards; the reader may choose others. By default the model's own
        axes, or the two over which the classes differ most. With ``x`` alone the map is a strip.
    path
        Where to write the page; by default it is only returned.
    parameters
        The parameters that get sliders; the others are held at their present values. By default those of the map and
        the ones that a model names as ``sliders``; else all, or of a game with more than twenty those of the map.
    method, budget, progress
        As :func:`deterrence.characterize` takes them.
    predict
        Whether the page asks the reader for a prediction before it shows the answer. A reader gets the same with
        ``?predict`` at the end of the address; ``?embed`` shows the map and the tree alone.
    overwrite
        Whether a file that exists is replaced.

    Returns
    -------
    Explorer
        The page, which a notebook shows, with ``html`` and ``save(path)``.

    Raises
    ------
    ValueKindError
        If what is given is no game, model or characterization.
    GameError
        If the model is a continuous (or infinitely repeated) one, or a game has numbers without end: they have no
        formulas for their classes.
    UnknownNameError
        If a name is no parameter.
    ParameterError
        If ``y`` is given without ``x``, both are the same, or a parameter of the map is held.
    FileFormatError
        If the file exists, or it cannot be written.

    Examples
    --------
    >>> import deterrence as dt
    >>> strike = dt.models.load("folklore/strike")
    >>> page = dt.explore(strike, x="war", y="prize")
    >>> page.axes, "<script>" in page.html
    (('war', 'prize'), True)
    """
    model = game if isinstance(game, Model) else None
    subject = model.game if model else game
    if isinstance(subject, Characterization):
        found, whole = subject, subject.game
    else:
        found, whole = None, _checked(subject)
    asked = _asked(whole, x, y)
    if found is None:
        names = _parameters(whole, parameters, asked, model)
        found = characterize(whole, method, parameters=names, budget=budget, progress=progress)
    axes = _axes(found, asked, model)
    texts = texts_of(found, model, map_is_proved=found.complete or _is_proved_on(found, axes))
    explorer = Explorer(found, axes, texts, predict)
    if path is not None:
        explorer.save(path, overwrite=overwrite)
    return explorer


def explore_solution(solution: Any, **options: Any) -> Explorer:
    """Make the page on a solution's game, at the values at which it was solved."""
    return explore(solution.game, **{"method": solution.method, **options})


def explore_regions(regions: Any, **options: Any) -> Explorer:
    """Make the page on the two parameters of a map."""
    across, up = (name for name, _ in regions.axes)
    return explore(regions.game, **{"x": across, "y": up, "method": regions.method, **options})


def _checked(game: Any) -> Game:
    """Return a game, or say why there can be no page on what was given."""
    if isinstance(game, Game) and game.has_continuum:
        raise GameError(
            f"The game {game.name!r} has numbers without end ({', '.join(game.variables)}): it is solved at values, "
            "and has no formulas for its classes that a page could compute with. Draw it with dt.sweep(game, …).plot() "
            "or dt.regions(game, …).plot(), or make the page of a finite version, game.on_grid(…)."
        )
    if isinstance(game, Game):
        return game
    if hasattr(game, "body") and hasattr(game, "parameter_list"):
        raise GameError(
            f"The model {game.name!r} is a continuous (or infinitely repeated) one: it is solved at values, and has no "
            "formulas for its classes that a page could compute with. Draw it with dt.sweep(game, …).plot()."
        )
    raise ValueKindError(f"explore(…) takes a game, a model or a characterization; got {game!r}.")


def _is_proved_on(found: Characterization, axes: tuple[str, ...]) -> bool:
    """Tell whether the classes are all there are over a map, the other parameters at their present values.

    Where all play that was met is decided, a pattern that is found has all its classes: then it is enough that no other
    pattern occurs on the map, which a characterization in its two parameters may prove.
    """
    if not axes or set(found.unresolved) != {NOT_EXCLUDED}:
        return False
    there = characterize(found.game, found.method, parameters=axes, budget=MAP_BUDGET)
    return there.complete and {kind.pattern for kind in there} <= {kind.pattern for kind in found}


def _asked(game: Game, x: str | None, y: str | None) -> tuple[str, ...]:
    """Return the parameters asked for as axes, checked."""
    if y is not None and x is None:
        raise ParameterError(f"y={y!r} is given without x: a map of one parameter takes x alone.")
    axes = tuple(name for name in (x, y) if name is not None)
    for name in axes:
        if name not in game.parameters:
            raise unknown("parameter", name, game.parameters)
    if len(set(axes)) < len(axes):
        raise ParameterError(f"x and y are both {x!r}; a map needs two different parameters, or x alone.")
    return axes


def _parameters(game: Game, asked: Sequence[str] | None, axes: Sequence[str], model: Model | None) -> list[str] | None:
    """Return the parameters to characterize in; None for all."""
    if asked is not None:
        return list(dict.fromkeys((*axes, *asked)))
    if model and model.sliders:
        return list(dict.fromkeys((*(axes or model.axes), *model.sliders)))
    if len(game.parameters) <= MOST_PARAMETERS:
        return None
    return list(axes or (model.axes if model else ()) or tuple(game.parameters)[:2])


def _axes(found: Characterization, asked: tuple[str, ...], model: Model | None) -> tuple[str, ...]:
    """Return the axes of the map: those asked for, the model's, or the parameters that most conditions depend on."""
    held = [name for name in asked if name in found.held]
    if held:
        raise ParameterError(
            f"The parameter {held[0]!r} is held in this characterization, so that it cannot be an axis; characterize "
            "the game with it in parameters=[…]."
        )
    if asked:
        return asked
    own = [name for name in (model.axes if model else ()) if name not in found.held]
    return tuple(own[:2]) if len(own) > 1 else best_axes(found)
