"""How far one parameter alone moves before something holds of the equilibria, searched exactly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from deterrence.analysis.answers.robustness import Radius
from deterrence.analysis.search.boundary_formulas import real_zeros
from deterrence.analysis.search.changes import Found, Test, change_at
from deterrence.analysis.search.levels import level_polynomials
from deterrence.analysis.search.one_parameter import ParameterSearch
from deterrence.analysis.search.surroundings import Surroundings
from deterrence.answers.measure import Measure
from deterrence.games.expression import Exact
from deterrence.games.game import Game

HAIR = 1e-6
MIDDLE = (Fraction(1, 2),)
WITHIN = (Fraction(1, 10**6), *(Fraction(k, 12) for k in range(1, 12)), 1 - Fraction(1, 10**6))
"""Places looked at between two cuts where the answer may change in between."""


@dataclass(frozen=True)
class Alone:
    """The question how far one parameter alone moves before a test holds, as processes are sent it."""

    game: Game
    method: Any
    widths: Mapping[str, Exact]
    test: Test
    measure: Measure | None
    levels: Sequence[Exact]
    steady: bool = True

    def __call__(self, name: str) -> Radius:
        """Return how far a parameter moves."""
        scale = self.widths[name]
        return radius_of(self.game, self.method, name, scale, self.test, self.measure, self.levels, steady=self.steady)


def radius_of(
    game: Game,
    method: Any,
    name: str,
    scale: Exact,
    test: Test,
    measure: Measure | None = None,
    levels: Sequence[Exact] = (),
    *,
    steady: bool = True,
) -> Radius:
    """Search one parameter alone, exactly, outwards from its value, for where a test of the equilibria holds.

    Between two cuts (where a class begins or ends, or the measure takes one of the levels) the answer is the
    same, unless the test is not ``steady``; the cuts themselves are looked at as well, since at a tie more
    equilibria exist than on either side.
    """
    parameter, value = game.parameters[name], game.values[name]
    low = value - scale if parameter.low is None else parameter.low
    high = value + scale if parameter.high is None else parameter.high
    search = ParameterSearch(game, name, method, low, high, None)
    shares = MIDDLE if steady and not search.by_points else WITHIN
    while True:
        cuts = _cuts(search, measure, levels)
        down, up = (sorted(c for c in cuts if c < value)[::-1], sorted(c for c in cuts if c > value))
        (below, ties_below), (above, ties_above) = (_first(search, value, way, test, shares) for way in (down, up))
        if not search.relearn():
            ties = sorted(ties_below + ties_above, key=lambda tie: abs(Fraction(tie) - Fraction(value)))
            return Radius(name, value, scale, below, above, tuple(ties))


def _cuts(search: ParameterSearch, measure: Measure | None, levels: Sequence[Exact]) -> set[Any]:
    """Return the values at which a class begins or ends, or the measure takes one of the levels."""
    cuts = set(search.cuts_by_formulas)
    if measure is not None and not search.by_points:
        for pattern in list(search._cuts):
            for polynomial in level_polynomials(search.parametric, pattern, measure, levels):
                cuts |= real_zeros(polynomial, search.low, search.high)
    return cuts


def _first(
    search: ParameterSearch, value: Exact, cuts: Sequence[Any], test: Test, shares: Sequence[Fraction]
) -> tuple[Any, list[Exact]]:
    """Return the first value from which on the test holds, or None, and the nearer ones at which alone it does."""
    before: Any = value
    passed: list[Any] = []
    for cut in cuts:
        start, width = Fraction(before), Fraction(cut) - Fraction(before)
        places = [start + width * share for share in shares]
        for k, place in enumerate(places):
            if test(search.solve(place)):
                if k == 0:  # it holds from the last cut on, which then is no tie
                    return before, _ties(search, passed[:-1], test)
                return _between(search, places[k - 1], place, test), _ties(search, passed, test)
        passed.append(cut)
        before = cut
    return None, _ties(search, passed, test)


def _ties(search: ParameterSearch, cuts: Sequence[Any], test: Test) -> list[Exact]:
    """Return the cuts at which the test holds, as it does on neither side."""
    return [cut for cut in cuts if not isinstance(cut, float) and test(search.solve(cut))]


def _between(search: ParameterSearch, inside: Fraction, beyond: Fraction, test: Test) -> float:
    for _ in range(30):
        middle = (inside + beyond) / 2
        if test(search.solve(middle)):
            beyond = middle
        else:
            inside = middle
    return float(beyond)


def found_alone(land: Surroundings, radius: Radius, test: Test) -> Found | None:
    """Return the least change of one parameter alone at whose end the test holds: a hair beyond, or at a tie."""
    if radius.at:
        tie = _on_axis(land, radius, radius.at[0])
        length = float(np.abs(tie).max())
        change = change_at(land, land.exact(tie), test, length)
        if change is not None and length < radius.distance:
            return Found(tie, tie, length, change)
    return found_beyond(land, radius, test)


def nearest_alone(land: Surroundings, radii: Sequence[Radius], test: Test) -> Found | None:
    """Return the least change of any one parameter alone."""
    best = None
    for radius in sorted(radii, key=_least):
        if best is not None and _least(radius) >= best.distance:
            break
        found = found_alone(land, radius, test)
        if found is not None and (best is None or found.distance < best.distance):
            best = found
    return best


def _least(radius: Radius) -> float:
    """Return what the least change of a parameter alone is at the least: to a tie, or to where it holds from."""
    away = (abs(Fraction(tie) - Fraction(radius.value)) / Fraction(radius.scale) for tie in radius.at)
    return min([radius.distance, *map(float, away)])


def found_beyond(land: Surroundings, radius: Radius, test: Test) -> Found | None:
    """Return the least change of one parameter alone beyond which the test holds, to a hair beyond it."""
    if radius.nearest is None:
        return None
    for beyond in (HAIR, HAIR / 1000, 0):
        there = just_beyond(land, radius, beyond)
        change = change_at(land, land.exact(there), test, radius.distance)
        if change is not None:
            return Found(_on_axis(land, radius, radius.nearest), there, radius.distance, change)
    return None


def just_beyond(land: Surroundings, radius: Radius, hair: float = HAIR) -> np.ndarray:
    """Return the point to which one parameter alone moves, and a hair further."""
    point = _on_axis(land, radius, radius.nearest)
    place = land.names.index(radius.parameter)
    way = -1 if radius.nearest == radius.below else 1
    point[place] += way * hair * (abs(point[place]) or 1)
    return np.clip(point, land.low, land.high)


def _on_axis(land: Surroundings, radius: Radius, value: Any) -> np.ndarray:
    point = np.zeros(len(land.names))
    point[land.names.index(radius.parameter)] = float((Fraction(value) - Fraction(radius.value)) / radius.scale)
    return point
