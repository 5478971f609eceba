"""Signs of polynomials over a game's declared ranges and assumptions.

A sign is *proved* in exact arithmetic: by factors, at the corners of the box, or by a certificate verified in
fractions (see ``certificates``). Samples of the domain serve to refute, never to prove. A polynomial that is never
negative and not zero everywhere counts as positive: it vanishes on a set of measure zero at most.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np

from deterrence.games.expression import Exact, to_sympy
from deterrence.games.game import Game
from deterrence.solvers.algebra import certificates, decisions, unit_box
from deterrence.solvers.algebra.certificates import products_of
from deterrence.solvers.algebra.domain_samples import hit_and_run, linear_row, linear_rows

MOST_CORNERS = 12
"""With more parameters than this in a polynomial its corners are not tried."""
FINE = (10**6, 10**12, 10**18)
"""Points of the domain are rounded to fractions of these denominators, the first that will do."""


class TooMuchWorkError(Exception):
    """Raised when a question takes more certificates, or more time, than it was given."""


class Domain:
    """The admissible parameter values of a game, over which signs of polynomials are decided.

    Polynomials are elements of one ring whose symbols are the parameters. Work is done in unit
    coordinates, in which each range is [0, 1], so that neither units nor sizes matter.

    ``written`` is room for conditions as they were written once.
    """

    def __init__(self, game: Game, parametric: Any, samples: int = 1500, seed: int = 1962) -> None:
        self.game, self.parametric = game, parametric
        self.ring = parametric.field.ring
        parameters = game.parameters
        self.parameters = [parameters.get(symbol.name) for symbol in self.ring.symbols]
        self.box = unit_box.UnitBox(self.ring, self.parameters, self._typical())
        self.count, self.seed = samples, seed
        self._signs: dict[Any, int] = {}
        self._at_samples: dict[Any, np.ndarray] = {}
        self._products: dict[Any, Any] = {}
        self._decisions: dict[Any, Any] = {}
        self.written: dict[Any, Any] = {}
        self._left: int | None = None
        self._over: Callable[[], bool] | None = None

    def _typical(self) -> Fraction:
        payoffs = [x for row in self.game.numbers[0] for x in row]
        return unit_box.typical_size(payoffs, {})

    # -- the domain ----------------------------------------------------------------------------------

    @cached_property
    def conditions(self) -> list[Any]:
        """The polynomials that are not negative over the domain: bounds first, then assumptions."""
        return [*self._bounds, *self.assumed_rows]

    @cached_property
    def _bounds(self) -> list[Any]:
        return [row for p in self.parameters if p is not None for row in self.within(p.name, p.low, p.high)]

    def within(self, name: str, low: Exact | None, high: Exact | None) -> list[Any]:
        """Return what is not negative where a parameter lies between two values; None is no bound."""
        generator = self.ring.gens[[p and p.name for p in self.parameters].index(name)]
        below = [] if low is None else [generator - self._constant(low)]
        return [*below, *([] if high is None else [-generator + self._constant(high)])]

    def _constant(self, value: Any) -> Any:
        return self.ring.constant(value)

    @cached_property
    def assumed_rows(self) -> list[Any]:
        """The assumptions that are comparisons of polynomials, and what is known of parts that are functions."""
        gaps = [gap for condition in self.game.assumptions for gap in _gaps(condition)]
        for symbol in self.parametric.tied:
            parameter = self.game.parameters[symbol.name]
            gaps += [] if parameter.low is None else [symbol - to_sympy(parameter.low)]
            gaps += [] if parameter.high is None else [to_sympy(parameter.high) - symbol]
        elements = map(self.parametric.known_element, [*gaps, *self.parametric.known_gaps])
        return [element.numer for element in elements if element and element.denom == 1]

    @cached_property
    def _unit_rows(self) -> dict[Any, Any]:
        """The conditions, each with its unit form."""
        return {row: self.box.of(row) for row in self.conditions}

    @cached_property
    def unit_samples(self) -> np.ndarray:
        """Points of the domain in unit coordinates, one row each, the present parameter values first."""
        present = [Fraction(p.value) if p is not None else Fraction(0) for p in self.parameters]
        rows = linear_rows(len(self.parameters), list(self._unit_rows.values()))
        points = hit_and_run(self.box.to_unit(present), rows, self.count, self.seed)
        return self._with_parts(self._assumed(points))

    def add_samples(self, unit_points: np.ndarray) -> None:
        """Add points of the domain, in unit coordinates, to the samples."""
        self.unit_samples = np.concatenate([self.unit_samples, unit_points])
        self._at_samples.clear()
        self.__dict__.pop("samples", None)

    def _assumed(self, points: np.ndarray) -> np.ndarray:
        """Return the points at which the assumptions hold; the first where there are none."""
        inside, tests = np.ones(len(points), dtype=bool), []
        for condition, holds in self.game._conditions:
            rows = self._rows_of(condition)
            if rows is None and not self.parametric.solved_by_ties(condition):
                tests.append(holds)
            for row in rows or ():
                inside &= unit_box.values(self.box.of(row), points) >= 0
        if tests:
            inside &= [
                bool(seen) and all(test(self._values(t)) for test in tests)
                for seen, t in zip(inside, points, strict=True)
            ]
        return points[inside] if inside.any() else points[:1]

    def _rows_of(self, condition: Any) -> list[Any] | None:
        """Return an assumption as polynomials in the free parameters that are not negative, if it is no more."""
        import sympy as sp

        parts = condition.args if isinstance(condition, sp.And) else (condition,)
        gaps = _gaps(condition)
        elements = [self.parametric.known_element(gap) for gap in gaps]
        if self.parametric.atoms or len(gaps) < len(parts) or not all(e is not None and e.denom == 1 for e in elements):
            return None
        return [element.numer for element in elements]

    def _values(self, point: np.ndarray) -> dict[str, Any]:
        """Return a value for every parameter of the game at a point of the unit box, not exactly."""
        pairs = zip(self.parameters, self.box.outward(point[None])[0].tolist(), strict=True)
        at: dict[str, Any] = {**self.game.values, **{p.name: Fraction(x) for p, x in pairs if p is not None}}
        return at | self.parametric.tied_values(at)

    def _with_parts(self, points: np.ndarray) -> np.ndarray:
        """Return points with the values that functions of the parameters, which stand as unknowns, have there."""
        columns = [k for k, parameter in enumerate(self.parameters) if parameter is None]
        if not self.parametric.atoms or not columns:
            return points
        outward = self.box.outward(points)
        values = self.parametric.part_values([outward[:, k] for k in range(len(self.parameters)) if k not in columns])
        points = points.copy()
        points[:, columns] = np.column_stack(values)
        kept = np.isfinite(points).all(axis=1)
        return np.asarray(points[kept])

    @cached_property
    def samples(self) -> np.ndarray:
        """Points of the domain in the parameters' own units, rounded, one row each."""
        return self.box.outward(self.unit_samples)

    def values(self, polynomial: Any, points: np.ndarray | None = None) -> np.ndarray:
        """Return a polynomial's values at points of the domain, by default at the samples, in floating point."""
        return unit_box.values(polynomial, self.samples if points is None else points)

    def sample_signs(self, polynomial: Any) -> np.ndarray:
        """Return a polynomial's sign at each sample, 0 where rounding may decide it."""
        if polynomial not in self._at_samples:
            self._at_samples[polynomial] = unit_box.signs(self.box.of(polynomial), self.unit_samples)
        return self._at_samples[polynomial]

    def point(self, unit_point: np.ndarray, positive: Sequence[Any]) -> dict[str, Fraction] | None:
        """Return exact parameter values near a point of the unit box, all polynomials positive, or None.

        Where functions of parameters stand as unknowns, nothing is checked here.
        """
        for denominator in FINE:
            at = self.box.exact(np.clip(unit_point, 0, 1), denominator)
            if self.parametric.atoms or all(unit_box.exact_value(self.box.of(p), at) > 0 for p in positive):
                pairs = zip(self.parameters, self.box.lows, self.box.widths, at, strict=True)
                named = {p.name: low + width * t for p, low, width, t in pairs if p is not None}
                return named | self.parametric.tied_values({**self.game.values, **named})
        return None

    @contextmanager
    def limited(self, certificates: int, over: Callable[[], bool]) -> Iterator[None]:
        """Let no more than so many certificates be tried, nor any once time is over: then raise TooMuchWorkError."""
        self._left, self._over = certificates, over
        try:
            yield
        finally:
            self._left = self._over = None

    def _count(self) -> None:
        if self._left is not None and self._over is not None:
            self._left -= 1
            if self._left < 0 or self._over():
                raise TooMuchWorkError

    # -- signs ---------------------------------------------------------------------------------------

    def sign(self, polynomial: Any, nonnegative: Sequence[Any] = ()) -> int:
        """Return 1 or -1 where the sign is proved (zeros of measure zero apart), 0 where it is open or zero.

        ``nonnegative`` are further polynomials taken to be not negative.
        """
        if polynomial.is_ground:
            number = polynomial.LC if polynomial else 0
            return int(number > 0) - int(number < 0)
        key = (polynomial, tuple(nonnegative))
        if key not in self._signs:
            self._signs[key] = self._sign(polynomial, list(nonnegative))
        return self._signs[key]

    def _sign(self, polynomial: Any, nonnegative: list[Any]) -> int:
        constant, factors = polynomial.factor_list()
        total = 1 if constant > 0 else -1
        for factor, power in factors:
            if power % 2 == 0:
                continue
            factor_sign = self._factor_sign(factor, nonnegative)
            if factor_sign == 0:
                return 0
            total *= factor_sign
        return total

    def _factor_sign(self, factor: Any, nonnegative: list[Any]) -> int:
        for sign in (1, -1):
            if factor * sign in nonnegative:
                return sign
        inside = np.ones(len(self.unit_samples), dtype=bool)
        for row in nonnegative:
            inside &= self.sample_signs(row) > 0
        seen = self.sample_signs(factor)[inside]
        for sign in (1, -1):
            if not (seen == -sign).any() and self.never_negative(factor * sign, nonnegative):
                return sign
        return 0

    def quick_sign(self, factor: Any) -> int:
        """Return the sign of a factor where it is known already, or seen at the corners of the box; else 0."""
        if (factor, ()) in self._signs:
            return self._signs[factor, ()]
        seen = self.sample_signs(factor)
        for sign in (1, -1):
            if not (seen == -sign).any() and self._by_corners(factor * sign):
                return sign
        return 0

    def never_negative(self, polynomial: Any, nonnegative: Sequence[Any] = ()) -> bool:
        """Tell whether it is proved that a polynomial is not negative wherever `nonnegative` are not."""
        if not nonnegative and self._by_corners(polynomial):
            return True
        return self._certified(polynomial, list(nonnegative))

    def empty(self, polynomials: Sequence[Any]) -> bool:
        """Tell whether it is proved that the polynomials cannot all be positive in the domain."""
        verdict = self.decide(polynomials)[0]
        return not verdict if verdict is not None else self._contradicted(polynomials)

    def decide(self, positive: Sequence[Any]) -> tuple[bool | None, dict[str, Fraction] | None]:
        """Tell whether polynomials are all positive somewhere in the domain, and where; None where it stays open.

        The decision procedure is asked. Where functions of parameters stand as unknowns it can only say no.
        """
        key = frozenset(positive)
        if key not in self._decisions:
            self._decisions[key] = self._decided(positive)
        return self._decisions[key]

    def _decided(self, positive: Sequence[Any]) -> tuple[bool | None, dict[str, Fraction] | None]:
        self._count()
        connected = [row for row in self._connected(positive) if row in self.assumed_rows]
        used = sorted(frozenset().union(*(p.used for p in (*positive, *connected))))
        asked = [(self._terms(p, used), True) for p in positive]
        asked += [(self._terms(row, used), False) for row in connected]
        parameters = [self.parameters[k] for k in used]
        low = [None if p is None or p.low is None else 0 for p in parameters]
        high = [None if p is None or p.high is None else 1 for p in parameters]
        decision = decisions.decide(asked, low, high)
        if decision.verdict is not True or self.parametric.atoms:
            return (False if decision.verdict is False else None), None
        at = self.unit_samples[0].copy()
        at[used] = [float(x) for x in decision.point]
        named = self.point(at, positive)
        return True, named

    def _terms(self, polynomial: Any, used: Sequence[int]) -> dict[tuple[int, ...], Fraction]:
        """Return the terms of a polynomial in unit coordinates, in the symbols used alone."""
        return {tuple(powers[k] for k in used): c for powers, c in self.box.of(polynomial).terms()}

    def _contradicted(self, polynomials: Sequence[Any]) -> bool:
        """Tell whether a certificate shows that the polynomials cannot all be positive in the domain."""
        # A certificate of -1 >= 0 is a contradiction; one of -first >= 0 contradicts first > 0.
        if self._certified(self.ring.constant(-1), list(polynomials)):
            return True
        if any(self._certified(-first, [row for row in polynomials if row is not first]) for first in polynomials):
            return True
        return self._cancelling(list(polynomials))

    def _cancelling(self, polynomials: list[Any]) -> bool:
        """Tell whether products of the conditions, with weights that sum to one, cancel: then nothing satisfies all.

        Where all conditions are positive each product is, and so is the weighted sum: it cannot be zero everywhere.
        """
        occurring = frozenset().union(*(p.used for p in polynomials))
        shares = [row for row in self.conditions if row.total_degree == 1 and row.used & occurring]
        near = [row for row in shares if len(row.terms()) <= 2]
        rows = self._units([*self._near(polynomials), *near, *polynomials])
        products = list(dict.fromkeys(products_of(rows, 1 + max(p.total_degree for p in polynomials), self._products)))
        if not products or len(products) > certificates.MOST_PRODUCTS:
            return False
        return certificates.adds_up(products, self.ring.zero, shares=True)

    def _units(self, rows: Sequence[Any]) -> list[Any]:
        """Return the unit forms of polynomials, each once."""
        return list(dict.fromkeys(map(self.box.of, rows)))

    def _certified(self, polynomial: Any, nonnegative: list[Any]) -> bool:
        """Try certificates of rising cost: linear ones, then products of the conditions nearest to it."""
        size, unit = len(self.ring.symbols), self.box.of(polynomial)
        # For a linear polynomial linear conditions suffice (Farkas): on a polyhedron that is not empty it is not
        # negative exactly if it is a sum of the conditions and a constant with weights that are not negative.
        connected = self._connected([polynomial, *nonnegative])
        rows = self._units([*connected, *nonnegative])
        straight = [row for row in rows if linear_row(row, size) is not None]
        if (unit.is_ground or linear_row(unit, size) is not None) and self._certificate(unit, straight):
            return True
        near = self._near([polynomial, *nonnegative])
        degree = max(2, *(p.total_degree for p in (polynomial, *nonnegative)))
        for chosen, most in ((near, min(degree, 3)), (connected, 2)):
            if self._certificate(unit, products_of(self._units([*chosen, *nonnegative]), most, self._products)):
                return True
        return False

    def _connected(self, polynomials: Sequence[Any]) -> list[Any]:
        """Return the conditions on parameters that occur, or that assumptions tie to such ones.

        The others cannot help: put values that satisfy them into a certificate, and one without them is left.
        """
        used = frozenset().union(*(p.used for p in polynomials))
        grown = True
        while grown:
            ties = [row.used for row in self.assumed_rows if row.used & used and not row.used <= used]
            used, grown = used.union(*ties), bool(ties)
        return [row for row in self.conditions if row.used <= used]

    def _near(self, polynomials: Sequence[Any]) -> list[Any]:
        """Return the conditions on the parameters that occur: assumptions, and bounds of those without one."""
        occurring = frozenset().union(*(p.used for p in polynomials))
        assumed = [row for row in self.assumed_rows if row.used <= occurring]
        compared = frozenset().union(*(row.used for row in assumed))
        return assumed + [row for row in self._bounds if row.used & (occurring - compared)]

    def _by_corners(self, polynomial: Any) -> bool:
        occurring = sorted(polynomial.used)
        if len(occurring) > MOST_CORNERS or any(polynomial.degree(k) > 1 for k in occurring):
            return False
        parameters = [self.parameters[k] for k in occurring]
        if any(p is None or p.low is None or p.high is None for p in parameters):
            return False
        # Linear in each parameter, the polynomial is least at a corner of the box. Corners at which rounding may decide
        # are computed exactly.
        unit, corners = self.box.of(polynomial), np.zeros((2 ** len(occurring), len(self.ring.symbols)))
        corners[:, occurring] = list(itertools.product((0.0, 1.0), repeat=len(occurring)))
        seen = unit_box.signs(unit, corners)
        if (seen < 0).any():
            return False
        open_corners = [list(map(Fraction, corner.tolist())) for corner in corners[seen == 0]]
        return all(unit_box.exact_value(unit, corner) >= 0 for corner in open_corners)

    def _certificate(self, unit: Any, products: Sequence[Any]) -> bool:
        """Tell whether a polynomial is a sum of products and a constant with weights that are not negative."""
        self._count()
        products = list(dict.fromkeys([self.ring.one, *products]))
        return len(products) <= certificates.MOST_PRODUCTS and certificates.adds_up(products, unit)


def _gaps(condition: Any) -> list[Any]:
    """Return the differences that an assumption says are not negative; equations are put in elsewhere."""
    import sympy as sp

    gaps: list[Any] = []
    for part in condition.args if isinstance(condition, sp.And) else (condition,):
        if isinstance(part, (sp.GreaterThan, sp.StrictGreaterThan)):
            gaps.append(part.lhs - part.rhs)
        elif isinstance(part, (sp.LessThan, sp.StrictLessThan)):
            gaps.append(part.rhs - part.lhs)
    return gaps
