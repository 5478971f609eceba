"""Signs of polynomials over a game's declared ranges and assumptions.

A sign is *proved* by factors, by linear programming over the linear conditions, at the corners of the box, or
by a certificate: the polynomial written as a sum of products of conditions with weights that are not negative
(Handelman). Samples of the domain serve to refute, never to prove. A polynomial that is never negative and
not zero everywhere counts as positive: it vanishes on a set of measure zero at most.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np

from deterrence.games.game import Game

SLACK = 1e-9
MOST_PRODUCTS = 1500
WIDE = 10.0


class Domain:
    """The admissible parameter values of a game, over which signs of polynomials are decided.

    Polynomials are elements of one SymPy polynomial ring whose generators are the parameters.
    """

    def __init__(self, game: Game, parametric: Any, samples: int = 1500, seed: int = 1962) -> None:
        self.game, self.parametric = game, parametric
        self.ring = parametric.field.ring if hasattr(parametric.field, "ring") else parametric.field.to_ring()
        parameters = game.parameters
        self.parameters = [parameters.get(symbol.name) for symbol in self.ring.symbols]
        self._signs: dict[Any, int] = {}
        self._rng = np.random.default_rng(seed)
        self.count = samples

    # -- the domain ----------------------------------------------------------------------------------

    @cached_property
    def conditions(self) -> list[Any]:
        """The polynomials that are not negative over the domain: bounds first, then assumptions."""
        rows = []
        for generator, parameter in zip(self.ring.gens, self.parameters, strict=True):
            if parameter is None:
                continue
            if parameter.low is not None:
                rows.append(generator - self._constant(parameter.low))
            if parameter.high is not None:
                rows.append(-generator + self._constant(parameter.high))
        return [*rows, *self._assumed_rows]

    def _constant(self, value: Any) -> Any:
        from sympy.polys.domains import QQ

        return self.ring.ground_new(QQ(value.numerator, value.denominator))

    @cached_property
    def _assumed_rows(self) -> list[Any]:
        import sympy as sp

        rows = []
        for condition in self.game.assumptions:
            parts = condition.args if isinstance(condition, sp.And) else (condition,)
            for part in parts:
                gap = _gap(part)
                if gap is not None:
                    element = self.parametric.element(sp.together(gap.xreplace(self.parametric.fixed)))
                    if element.denom.is_ground:
                        rows.append(element.numer * (1 / element.denom.LC))
        return rows

    @cached_property
    def samples(self) -> np.ndarray:
        """Points of the domain, one row each, drawn by hit-and-run from the present parameter values."""
        start = np.array([float(p.value) if p is not None else 0.0 for p in self.parameters])
        bounds = np.array([_bounds(p) for p in self.parameters]).reshape(-1, 2)
        rows = self._linear_rows(bounds)
        holds = [holds for _, holds in self.game._conditions]
        # Several chains start at the same point; keeping each third step makes neighbours less alike.
        points, chains = [start], 8
        state = np.repeat(start[None, :], chains, axis=0)
        for step in range(self.count // chains * 3):
            state = self._stepped(state, rows)
            if step % 3 == 2:
                points.extend(state)
        samples = np.array(points)
        return np.array([p for p in samples if self._admits(p, holds)]) if holds else samples

    def _admits(self, point: np.ndarray, holds: Sequence[Any]) -> bool:
        pairs = zip(self.parameters, point, strict=True)
        at = {**self.game.values, **{p.name: x for p, x in pairs if p is not None}}
        return all(test(at) for test in holds)

    def _linear_rows(self, bounds: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return (a, b) with a x + b >= 0 on the domain, for its box and its linear assumptions."""
        size = len(self.parameters)
        a = [*np.eye(size), *-np.eye(size)]
        b = [*-bounds[:, 0], *bounds[:, 1]]
        for polynomial in self.conditions:
            row = _linear(polynomial, size)
            if row is not None:
                a.append(row[0])
                b.append(row[1])
        return np.array(a), np.array(b)

    def _stepped(self, state: np.ndarray, rows: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
        a, b = rows
        size = state.shape[1]
        scales = np.ptp(np.array([[-b[k], b[size + k]] for k in range(size)]), axis=1)
        directions = self._rng.normal(size=state.shape) * scales
        single = self._rng.integers(size, size=len(state))
        axis = self._rng.random(len(state)) < 0.5
        directions[axis] = np.eye(size)[single[axis]] * scales[single[axis]][:, None]
        speed = directions @ a.T
        slack = np.maximum(state @ a.T + b, 0)
        with np.errstate(divide="ignore", invalid="ignore"):
            times = -slack / speed
        high = np.where(speed < 0, times, np.inf).min(axis=1)
        low = np.where(speed > 0, times, -np.inf).max(axis=1)
        # Hit and run: a uniform point of the chord, whose ends are the first rows met forwards and backwards.
        where = low + (high - low) * self._rng.random(len(state))
        where = np.where(np.isfinite(where), where, 0.0)
        moved: np.ndarray = state + directions * where[:, None]
        return moved

    def values(self, polynomial: Any, points: np.ndarray | None = None) -> np.ndarray:
        """Return a polynomial's values at points of the domain, by default at the samples."""
        at = self.samples if points is None else points
        total = np.zeros(len(at))
        for monomial, c in polynomial.terms():
            term = np.full(len(at), float(c))
            for k, power in enumerate(monomial):
                if power:
                    term = term * at[:, k] ** power
            total += term
        return total

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
        inside = self._inside(nonnegative)
        values = self.values(factor, inside) if len(inside) else np.zeros(0)
        size = 1e-9 * (1 + np.abs(values).max(initial=0))
        if (values < -size).any() and (values > size).any():
            return 0
        for sign in (1, -1):
            if len(values) and (sign * values < -size).any():
                continue
            if self.never_negative(factor * sign, nonnegative):
                return sign
        return 0

    def _inside(self, nonnegative: Sequence[Any]) -> np.ndarray:
        at = self.samples
        inside = np.ones(len(at), dtype=bool)
        for polynomial in nonnegative:
            inside &= self.values(polynomial) >= 0
        return np.asarray(at[inside])

    def never_negative(self, polynomial: Any, nonnegative: Sequence[Any] = ()) -> bool:
        """Tell whether it is proved that a polynomial is not negative wherever `nonnegative` are not."""
        if not nonnegative and self._by_corners(polynomial):
            return True
        return self._certified(polynomial, list(nonnegative))

    def empty(self, polynomials: Sequence[Any]) -> bool:
        """Tell whether it is proved that the polynomials cannot all be positive in the domain."""
        # A certificate of -1 >= 0 is a contradiction; one of -first >= 0 contradicts first > 0.
        if self._certified(self.ring.ground_new(-1), list(polynomials)):
            return True
        if any(self._certified(-first, [row for row in polynomials if row is not first]) for first in polynomials):
            return True
        return self._cancelling(list(polynomials))

    def _cancelling(self, polynomials: list[Any]) -> bool:
        """Tell whether products of the conditions, with weights that sum to one, cancel: then nothing satisfies all.

        Where all conditions are positive each product is, and so is the weighted sum: it cannot be zero everywhere.
        """
        occurring = {k for p in polynomials for k in range(len(self.ring.gens)) if p.degree(k) > 0}
        shares = [row for row in self.conditions if _degree(row) == 1 and any(row.degree(k) > 0 for k in occurring)]
        near = [row for row in shares if len(row.terms()) <= 2]
        rows = list(dict.fromkeys([*self._near(polynomials), *near, *polynomials]))
        products = list(dict.fromkeys(_products(rows, 1 + max(map(_degree, polynomials)))))
        if not products or len(products) > MOST_PRODUCTS:
            return False
        return _weighted(products, self.ring.zero, total=1.0)

    def _certified(self, polynomial: Any, nonnegative: list[Any]) -> bool:
        """Try certificates of rising cost: linear ones, then products of the conditions nearest to it."""
        size = len(self.ring.gens)
        # For a linear polynomial linear conditions suffice (Farkas): on a polyhedron that is not empty it is not
        # negative exactly if it is a sum of the conditions and a constant with weights that are not negative.
        straight = [row for row in (*self.conditions, *nonnegative) if _linear(row, size) is not None]
        if (polynomial.is_ground or _linear(polynomial, size) is not None) and self.certificate(polynomial, straight):
            return True
        near = self._near([polynomial, *nonnegative])
        degree = max(2, *(_degree(p) for p in (polynomial, *nonnegative)))
        for rows, most in ((near, min(degree, 3)), ([*self.conditions], 2)):
            if self.certificate(polynomial, _products([*rows, *nonnegative], most)):
                return True
        return False

    def _near(self, polynomials: Sequence[Any]) -> list[Any]:
        """Return the conditions on the parameters that occur: assumptions, and bounds of those without one."""
        size = range(len(self.ring.gens))
        occurring = {k for p in polynomials for k in size if p.degree(k) > 0}
        assumed = [row for row in self._assumed_rows if {k for k in size if row.degree(k) > 0} <= occurring]
        compared = {k for row in assumed for k in size if row.degree(k) > 0}
        bounds = self.conditions[: len(self.conditions) - len(self._assumed_rows)]
        return assumed + [row for row in bounds if any(row.degree(k) > 0 for k in occurring - compared)]

    def _by_corners(self, polynomial: Any) -> bool:
        occurring = [k for k in range(len(self.ring.gens)) if polynomial.degree(k) > 0]
        if len(occurring) > 12 or any(polynomial.degree(k) > 1 for k in occurring):
            return False
        ends = [self.parameters[k] for k in occurring]
        bounds = [(p.low, p.high) for p in ends if p is not None and p.low is not None and p.high is not None]
        if len(bounds) < len(occurring):
            return False
        # Linear in each parameter, the polynomial is least at a corner of the box.
        corners = np.zeros((2 ** len(occurring), len(self.ring.gens)))
        pairs = [(float(low), float(high)) for low, high in bounds]
        corners[:, occurring] = list(itertools.product(*pairs))
        values = self.values(polynomial, corners)
        return bool((values >= -SLACK * (1 + np.abs(values).max())).all())

    def certificate(self, polynomial: Any, products: Sequence[Any]) -> bool:
        """Tell whether the polynomial is a sum of products and a constant with weights that are not negative."""
        products = list(dict.fromkeys([self.ring.ground_new(1), *products]))
        return len(products) <= MOST_PRODUCTS and _weighted(products, polynomial)


def _weighted(products: Sequence[Any], polynomial: Any, total: float | None = None) -> bool:
    """Tell whether products with weights that are not negative (and sum to the total) add up to a polynomial.

    By Handelman's theorem such weights exist, with products of a high enough degree, for each polynomial that is
    positive on a polytope; that there are none up to some degree proves nothing.
    """
    from scipy.optimize import linprog

    monomials = sorted({m for p in (*products, polynomial) for m in p.monoms()})
    place = {m: k for k, m in enumerate(monomials)}
    table = np.zeros((len(monomials), len(products)))
    for column, product in enumerate(products):
        for monomial, c in product.terms():
            table[place[monomial], column] = float(c)
    target = np.zeros(len(monomials))
    for monomial, c in polynomial.terms():
        target[place[monomial]] = float(c)
    slack = SLACK * (1 + np.abs(target).max(initial=0))
    if total is not None:
        table, target = np.vstack([table, np.ones(len(products))]), np.append(target, total)
    result = linprog(np.zeros(len(products)), A_eq=table, b_eq=target, bounds=(0, None), method="highs")
    # The programme is solved in floating point, so the identity is checked term by term.
    return bool(result.status == 0 and np.abs(table @ result.x - target).max() <= slack)


def _products(rows: Sequence[Any], degree: int) -> list[Any]:
    """Return all products of up to so many rows, as long as their total degree stays within the degree."""
    products = list(rows)
    for size in range(2, degree + 1):
        for factors in itertools.combinations_with_replacement(rows, size):
            if sum(map(_degree, factors)) > degree:
                continue
            product = factors[0]
            for row in factors[1:]:
                product = product * row
            products.append(product)
            if len(products) > MOST_PRODUCTS:
                return products
    return products


def _degree(polynomial: Any) -> int:
    return max((sum(monomial) for monomial in polynomial.monoms()), default=0)


def _gap(relation: Any) -> Any:
    """Return the side difference that a comparison says is not negative, or None for another condition."""
    import sympy as sp

    if isinstance(relation, (sp.GreaterThan, sp.StrictGreaterThan)):
        return relation.lhs - relation.rhs
    if isinstance(relation, (sp.LessThan, sp.StrictLessThan)):
        return relation.rhs - relation.lhs
    return None


def _linear(polynomial: Any, size: int) -> tuple[np.ndarray, float] | None:
    row, rest = np.zeros(size), 0.0
    for monomial, c in polynomial.terms():
        if sum(monomial) > 1:
            return None
        if sum(monomial) == 0:
            rest = float(c)
        else:
            row[monomial.index(1)] = float(c)
    return row, rest


def _bounds(parameter: Any) -> tuple[float, float]:
    if parameter is None:
        return -1.0, 1.0
    value = float(parameter.value)
    low = value - WIDE * (1 + abs(value)) if parameter.low is None else float(parameter.low)
    high = value + WIDE * (1 + abs(value)) if parameter.high is None else float(parameter.high)
    return low, high
