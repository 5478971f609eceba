"""Regions: which equilibrium classes exist where, over two parameters, with exact boundaries."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from deterrence.analysis.answers.regions import Regions
from deterrence.analysis.questions import Axis, checked_axes, refuse_values_as_options, split_axes
from deterrence.analysis.search.region_search import Finder
from deterrence.answers.method import Method
from deterrence.errors import ParameterError
from deterrence.games.game import Game
from deterrence.games.kinds import checked_game
from deterrence.solvers.solve import chosen_method


def regions(
    game: Game,
    /,
    *axes_by_name: Mapping[str, Iterable[Any]],
    method: Method | None = None,
    progress: Callable[[float], None] | None = None,
    **axes: Iterable[Any],
) -> Regions:
    """Find which equilibrium classes exist where, over two parameters, with exact boundaries.

    Parameters
    ----------
    game
        The game; the other parameters keep their values.
    method
        The solution concept; the game's default one otherwise.
    progress
        Called now and then with the share done, from 0 to 1.
    *axes_by_name, **axes
        Two parameters with their values: the first runs to the right, the second upwards. The least and
        greatest value span the rectangle; the boundaries do not depend on those between. A parameter named like an
        option, such as ``method``, goes in by a mapping: ``regions(game, {"method": [0, 1], "war": [0, 9]})``.

    Returns
    -------
    Regions
        The classes, the cells they exist in, and their shares of the rectangle.

    Raises
    ------
    ParameterError
        If there are not two parameters, or one has a single value.

    Notes
    -----
    Every class found is derived in closed form in the two parameters. The zeros of all conditions cut the
    rectangle into cells (a cylindrical decomposition), and one exact point inside each cell tells the
    classes of all of it; every combination of classes is confirmed by an exact solution. Of every other play
    that bounds leave possible it is decided whether its conditions hold anywhere in the rectangle. Where new
    classes appear the cells are cut again. Concepts without closed forms, and payoffs that are no rational functions
    of the two parameters, get a plain grid of 40 by 40 cells instead; ``exact`` tells which.

    Examples
    --------
    >>> import deterrence as dt
    >>> from deterrence.analysis.regions import regions
    >>> from deterrence.models.folklore.strike import strike as GAME
    >>> found = regions(GAME, punishment=[0, 20], war=[-5, 20])
    >>> {name: round(share, 4) for name, share in sorted(found.area().items())}
    {'deterrence': 0.352, 'fait accompli': 0.56, 'war': 0.088}
    """
    refuse_values_as_options(checked_game(game), "regions", {"method": method, "progress": progress})
    _, named = split_axes(axes_by_name, axes)
    listed = _two_axes(game, named)
    chosen = chosen_method(game, method)
    return Regions(game, chosen, listed, **Finder(game, chosen, listed, progress).run())


def _two_axes(game: Game, axes: dict[str, Iterable[Any]]) -> tuple[Axis, Axis]:
    if len(axes) != 2:
        given = ", ".join(map(repr, axes)) or "none"
        raise ParameterError(
            f"Regions need two parameters with values, such as attribution=[0, 1], punishment=[0, 20]; got {given}."
        )
    first, second = ((name, tuple(sorted(values))) for name, values in checked_axes(game, axes))
    for name, values in (first, second):
        if len(values) < 2:
            raise ParameterError(f"The axis {name!r} has one value; regions need at least its two ends.")
    return first, second
