"""The parameters around a game as scaled coordinates: shares of the width of each range, the present values at zero."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Any

import numpy as np

from deterrence.analysis.questions import checked_mapping, checked_names, how_to_declare
from deterrence.answers.measure import Measure
from deterrence.answers.solution import Equilibrium
from deterrence.errors import MethodError, ParameterError
from deterrence.games.expression import Exact, exact_number, to_sympy
from deterrence.games.game import Game
from deterrence.grid.cover import derivable
from deterrence.solvers.continuum.concept import at_point

FINE = 10**9
"""A change is rounded to a simple number by at most this part of it."""


class Surroundings:
    """The parameters that may move, their scales, and the exact solutions met around the present values.

    Points are rows of shares: the change of each parameter in units of its scale, so that the game's own
    values are at zero.
    """

    def __init__(
        self, game: Game, method: Any, names: Sequence[str], widths: Mapping[str, Exact], measure: Measure | None
    ) -> None:
        self.game, self.method, self.names, self.measure = game, method, tuple(names), measure
        self.start = tuple(Fraction(game.values[name]) for name in names)
        self.width = tuple(Fraction(widths[name]) for name in names)
        self.ends = tuple(
            (
                -Fraction(1) if parameter.low is None else (parameter.low - value) / width,
                Fraction(1) if parameter.high is None else (parameter.high - value) / width,
            )
            for parameter, value, width in zip(
                (game.parameters[name] for name in names), self.start, self.width, strict=True
            )
        )
        self.low, self.high = np.array([[float(end) for end in pair] for pair in self.ends]).T
        self.whole = True
        self._solved: dict[tuple[Exact, ...], list[Equilibrium] | None] = {}
        self._refuse_without_closed_form()

    @property
    def reaches(self) -> np.ndarray:
        """Sizes of boxes at which something is known to change; none where no boundaries are known."""
        return np.zeros(0)

    def _refuse_without_closed_form(self) -> None:
        if self.game.has_continuum:  # solved at points, without formulas
            return
        if not derivable(self.game, self.method, () if self.measure is None else (self.measure,)):
            raise MethodError(
                "The nearest change is sought among closed forms, which exist for SubgamePerfect(), PerfectBayesian() "
                "and Nash() of a simultaneous game, and for probability('…') and payoff('…'); nothing else has one."
            )

    # -- exact -------------------------------------------------------------------------------------------

    def exact(self, shares: np.ndarray) -> tuple[Exact, ...]:
        """Return the exact parameter values at a point; those not moved keep theirs."""
        values = []
        for by, start, width, pair in zip(shares, self.start, self.width, self.ends, strict=True):
            ends = [end for end in pair if by and float(end) == by]
            change = (ends[0] if ends else Fraction(float(by))) * width
            value = start + change if ends else _simple(start + change, abs(change) / FINE)
            values.append(exact_number(min(max(value, start + pair[0] * width), start + pair[1] * width)))
        return tuple(values)

    def at_shares(self, shares: Sequence[Fraction]) -> tuple[Exact, ...]:
        """Return the parameter values at exact shares, unrounded."""
        rows = zip(self.start, shares, self.width, strict=True)
        return tuple(exact_number(start + share * width) for start, share, width in rows)

    def solve(self, values: Sequence[Exact]) -> list[Equilibrium] | None:
        """Return the equilibria at exact values, or None where the game's assumptions fail."""
        key = tuple(values)
        if key not in self._solved:
            try:
                solution = at_point(self.method, self.game.at(dict(zip(self.names, key, strict=True))))
                self.whole = self.whole and not solution.stand_in
                self._solved[key] = list(solution.representatives)
            except ParameterError:
                self._solved[key] = None
        return self._solved[key]

    @property
    def solutions(self) -> int:
        """How many points were solved exactly."""
        return len(self._solved)


def _simple(value: Fraction, within: Fraction) -> Fraction:
    """Return the number of fewest digits that is so near to a value."""
    for digits in itertools.count():
        near = value.limit_denominator(10**digits)
        if abs(near - value) <= within:
            return near
    return value


def widths_of(
    game: Game, names: Iterable[str] | None, scales: Mapping[str, Any] | None
) -> tuple[dict[str, Exact], tuple[str, ...]]:
    """Return the scale of each parameter that may move, and the names of those left out for want of one."""
    given = checked_mapping(game, scales, "scales", "1")
    names = None if names is None else checked_names(game, names)
    widths: dict[str, Exact] = {}
    without = []
    for name in game.parameters if names is None else names:
        declared = game.parameters[name]
        if name in given:
            widths[name] = exact_number(given[name], f"scale of {name!r}")
            if widths[name] <= 0:
                raise ParameterError(f"The scale of {name!r} is {widths[name]}; it must be above zero.")
        else:
            low, high = declared.span
            if low is None or high is None:
                without.append(name)
            else:
                widths[name] = high - low
    if names is not None and without:
        raise ParameterError(
            f"The parameter {without[0]!r} has the range {game.parameters[without[0]].range}, so its change has no "
            f"scale. Give one, such as scales={{{without[0]!r}: 1}}, or {how_to_declare(without[0])}."
        )
    if not widths:
        raise ParameterError(
            "No parameter has a finite range or plausible values; give scales={'name': width} for those that may move."
        )
    return {name: width for name, width in widths.items() if width > 0}, tuple(without)


def admitted(game: Game, names: Sequence[str], points: np.ndarray) -> np.ndarray:
    """Tell at which points, one a row, the game's assumptions hold."""
    good = np.ones(len(points), dtype=bool)
    for holds in _conditions(game, tuple(names)):
        good &= np.broadcast_to(np.asarray(holds(*points.T), dtype=bool), good.shape)
    return good


@lru_cache(maxsize=32)
def _conditions(game: Game, names: tuple[str, ...]) -> tuple[Any, ...]:
    import sympy as sp

    symbols = [game.parameters[name].expression for name in names]
    fixed = {p.expression: to_sympy(p.value) for p in game.parameter_list if p.name not in names}
    return tuple(sp.lambdify(symbols, c.xreplace(fixed), modules="numpy") for c in game.assumptions)
