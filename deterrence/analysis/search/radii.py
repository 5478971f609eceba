"""How far one parameter alone may move before a prediction is overturned, searched exactly."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from deterrence.analysis.answers.robustness import Radius
from deterrence.analysis.search.one_parameter import ParameterSearch
from deterrence.answers.solution import Equilibrium
from deterrence.games.expression import Exact
from deterrence.games.game import Game

Overturned = Callable[[list[Equilibrium] | None], bool]
"""From exact equilibria, or None where the assumptions fail, to whether they say otherwise."""


def radius_of(game: Game, method: Any, name: str, scale: Exact, overturned: Overturned) -> Radius:
    """Search one parameter alone, exactly, outwards from its value."""
    parameter, value = game.parameters[name], game.values[name]
    low = value - scale if parameter.low is None else parameter.low
    high = value + scale if parameter.high is None else parameter.high
    search = ParameterSearch(game, name, method, low, high, None)
    ends = []
    for way in (-1, 1):
        cuts = sorted((cut for cut in search.cuts if (cut - value) * way > 0), key=lambda cut: abs(cut - value))
        ends.append(_outwards(search, value, cuts, overturned))
    return Radius(name, value, scale, *ends)


def _outwards(search: ParameterSearch, value: Exact, cuts: list[Any], overturned: Overturned) -> Any:
    before: Any = value
    for cut in cuts:
        gap = (Fraction(cut) - Fraction(before)) / 10**6
        first, last = search.solve(Fraction(before) + gap), search.solve(Fraction(cut) - gap)
        if first is None or last is None:
            return None
        if before != value and overturned(first):
            return before
        if overturned(last) and before != value:
            return _between(search, Fraction(before) + gap, Fraction(cut) - gap, overturned)
        before = cut
    return None


def _between(search: ParameterSearch, inside: Fraction, beyond: Fraction, overturned: Overturned) -> float:
    for _ in range(30):
        middle = (inside + beyond) / 2
        if overturned(search.solve(middle)):
            beyond = middle
        else:
            inside = middle
    return float(beyond)
