"""The parameters around a game as scaled coordinates, with the equilibrium classes known there as formulas."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any

import numpy as np

from deterrence.analysis.questions import checked_mapping, checked_names
from deterrence.analysis.search.boundary_formulas import boundary_polynomials
from deterrence.answers.measure import Measure
from deterrence.answers.solution import Equilibrium
from deterrence.errors import MethodError, ParameterError
from deterrence.games.expression import Exact, exact_number, to_sympy
from deterrence.games.game import Game
from deterrence.grid.cover import Cover
from deterrence.solvers.algebra.signs import Domain

SAMPLE = 160
MOST_CORNERS = 12
HALVINGS = 50
INSIDE = 1 - 1e-7
"""How near to the ends of the ranges is looked; at the ends themselves chance may exclude branches."""


@dataclass(frozen=True, eq=False)
class At:
    """What the known formulas say at many points: the classes there, and a measure's range."""

    admitted: np.ndarray
    classes: np.ndarray
    low: np.ndarray
    high: np.ndarray


class Landscape:
    """The parameters that may move, their scales, and formulas of the classes found among them.

    Points are rows of shares: the change of each parameter in units of its scale, so that the game's own
    values are at zero.
    """

    def __init__(
        self, game: Game, method: Any, names: Sequence[str], widths: Mapping[str, Exact], measure: Measure | None
    ) -> None:
        self.game, self.method, self.names = game, method, tuple(names)
        self.measure = measure
        self.start = np.array([float(game.values[name]) for name in names])
        self.width = np.array([float(widths[name]) for name in names])
        ends = [(game.parameters[name].low, game.parameters[name].high) for name in names]
        lows = [
            -1.0 if low is None else float(low - game.values[n]) / float(widths[n])
            for n, (low, _) in zip(names, ends, strict=True)
        ]
        highs = [
            1.0 if high is None else float(high - game.values[n]) / float(widths[n])
            for n, (_, high) in zip(names, ends, strict=True)
        ]
        self.low, self.high = INSIDE * np.maximum(lows, -1.0), INSIDE * np.minimum(highs, 1.0)
        self._explore()

    def _explore(self) -> None:
        """Learn classes at random points of the whole box and of smaller ones around the start."""
        rng = np.random.default_rng(1962)
        sizes = np.repeat([1.0, 0.5, 0.2, 0.05], SAMPLE // 4)[:, None]
        shares = np.clip(rng.uniform(self.low, self.high, (len(sizes), len(self.names))) * sizes, self.low, self.high)
        measures = () if self.measure is None else (self.measure,)
        self.cover = Cover(self.game, self.method, self.names, [self.exact(row) for row in shares], measures)
        if not self.cover.can_derive() or (self.measure is not None and self.measure.kind == "other"):
            raise MethodError(
                "The nearest change is sought among closed forms, which exist for SubgamePerfect(), PerfectBayesian() "
                "and Nash() of a simultaneous game, and for probability('…') and payoff('…'); nothing else has one."
            )
        self.cover.run()
        self.learn(list(self.cover.method.solve(self.game)))

    def learn(self, equilibria: list[Equilibrium]) -> bool:
        """Take in the classes of equilibria; return whether one was new."""
        return self.cover.formulas.learn(equilibria)

    def exact(self, share: np.ndarray) -> tuple[Exact, ...]:
        """Return the exact parameter values at a point; those not moved keep theirs."""
        values = []
        for name, by, width in zip(self.names, share, self.width, strict=True):
            here, parameter = self.game.values[name], self.game.parameters[name]
            value: Any = here
            if abs(by) > 1e-12:
                value = Fraction(float(here) + float(by) * float(width)).limit_denominator(10**9)
                value = value if parameter.low is None else max(value, parameter.low)
                value = value if parameter.high is None else min(value, parameter.high)
            values.append(exact_number(value))
        return tuple(values)

    # -- formulas at many points ---------------------------------------------------------------------

    def at(self, shares: np.ndarray) -> At:
        """Return the classes at points, as sets of class numbers coded in bits, and the measure's range."""
        points = self.start + shares * self.width
        symbols = [symbol.name for symbol in self.cover.formulas.parametric.symbols]
        columns = [points[:, self.names.index(name)] for name in symbols]
        low, high = np.full(len(points), np.inf), np.full(len(points), -np.inf)
        code = np.zeros(len(points), dtype=np.int64)
        keys: dict[Any, int] = {}
        for pattern, parts in self.cover.formulas.compiled.items():
            example = self.cover.formulas.known[pattern]
            bit = 1 << keys.setdefault(example.name or example.path_pattern, len(keys))
            for form in parts:
                held = form.at(columns)
                code[held.exists] |= bit
                if self.measure is not None:
                    low = np.where(held.exists, np.fmin(low, held.low[0]), low)
                    high = np.where(held.exists, np.fmax(high, held.high[0]), high)
        return At(admitted(self.game, self.names, points), code, low, high)

    # -- exact -----------------------------------------------------------------------------------------

    def solve(self, values: Sequence[Exact]) -> list[Equilibrium] | None:
        """Return the equilibria at exact values, or None where the game's assumptions fail."""
        return self.cover.solved_at(tuple(values))

    def bound(self) -> tuple[float | None, list[np.ndarray]]:
        """Return how far at least every boundary of a known class is, with the nearest point of each.

        The distance is the largest scaled change. A polynomial of degree one in each parameter is least at a
        corner of a box, so its zero is found by growing the box. ``None`` where another one occurs.
        """
        domain = Domain(self.game, self.cover.formulas.parametric, samples=1)
        factors: dict[Any, None] = {}
        for pattern in self.cover.formulas.compiled:
            for polynomial in boundary_polynomials(self.cover.formulas.parametric, pattern):
                factors |= {factor: None for factor, _ in polynomial.factor_list()[1]}
        least, points, proved = 1.0, [], not self.cover.formulas.parametric.atoms
        for factor in factors:
            used = [k for k in range(len(domain.ring.gens)) if factor.degree(k) > 0]
            if len(used) > MOST_CORNERS or any(factor.degree(k) > 1 for k in used):
                proved = False
                continue
            nearest = self._grown(domain, factor, used)
            if nearest is not None:
                least = min(least, nearest[0])
                points.append(nearest[1])
        return (least if proved else None), points

    def _grown(self, domain: Domain, factor: Any, used: Sequence[int]) -> tuple[float, np.ndarray] | None:
        """Return the least size of a box around the start in which a factor changes its sign, and where."""
        places = [self.names.index(domain.ring.symbols[k].name) for k in used]
        signs = np.array(list(itertools.product((-1.0, 1.0), repeat=len(used))))
        at = np.zeros((len(signs), len(domain.ring.gens)))
        start = np.zeros((1, len(domain.ring.gens)))
        start[0, used] = self.start[places]
        here = float(domain.values(factor, start)[0])

        def corners(size: float) -> np.ndarray:
            return np.clip(signs * size, self.low[places], self.high[places])

        def values(size: float) -> np.ndarray:
            at[:, used] = self.start[places] + corners(size) * self.width[places]
            return domain.values(factor, at) * (1 if here >= 0 else -1)

        if values(1.0).min() > 0:
            return None
        low, high = 0.0, 1.0
        for _ in range(HALVINGS):
            middle = (low + high) / 2
            low, high = (low, middle) if values(middle).min() <= 0 else (middle, high)
        point = np.zeros(len(self.names))
        point[places] = corners(high)[int(np.argmin(values(high)))]
        return high, point


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
        elif declared.low is None or declared.high is None:
            without.append(name)
        else:
            widths[name] = declared.high - declared.low
    if names is not None and without:
        raise ParameterError(
            f"The parameter {without[0]!r} has the range {game.parameters[without[0]].range}, so its change has no "
            f"scale. Give one, such as scales={{{without[0]!r}: 1}}."
        )
    if not widths:
        raise ParameterError("No parameter has a finite range; give scales={'name': width} for those that may move.")
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
