"""All isolated solutions of as many polynomial equations as unknowns, in the unit box, each certified.

Boxes are halved until each either holds no solution, by bounds on the equations, or exactly one, by Krawczyk's
test (Krawczyk 1969; Moore 1977): with C an approximate inverse of the Jacobian at the middle m of a box X, a
solution in X lies in K = m - C f(m) + (1 - C J(X)) (X - m), and if K lies inside X there is exactly one. Solutions
are then refined to 40 digits, and taken as fractions where these satisfy the equations exactly.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from deterrence.lazy import Deferred
from deterrence.solvers.algebra import polynomials as poly
from deterrence.solvers.algebra.box_bounds import BoxBounds
from deterrence.solvers.algebra.certificates import exact_weights
from deterrence.solvers.algebra.polynomials import Polynomial

if TYPE_CHECKING:
    import numpy as np
else:
    np = Deferred("numpy")

MARGINS = (0.0137, 0.0211)
"""The search goes so far beyond 0 and 1, and cuts at an odd place, so that no likely solution lies on an edge."""
CUT = 0.48271
MOST_BOXES, AT_ONCE = 200_000, 4_096
NARROW = 1e-11
"""A box this narrow that is not settled holds solutions that are not isolated, or nearly so."""
SLACK = 1e-11
DIGITS, GUARD, MOST_STEPS = 40, 20, 60
SHORT = 10**6


@dataclass(frozen=True, slots=True)
class Root:
    """A solution: the value of each unknown, exact or to 40 digits."""

    values: dict[int, Fraction]
    exact: bool


def isolated_roots(
    equations: Sequence[Polynomial], unknowns: Sequence[int], rows: Sequence[Polynomial]
) -> list[Root] | None:
    """Return all solutions at which no row is negative; None where they are not all isolated or the work is too much.

    ``rows`` are polynomials that must not be negative, by which boxes are discarded early.
    """
    search = _Search([poly.scaled(p) for p in equations], list(unknowns), [poly.scaled(p) for p in rows if p])
    boxes = search.run()
    if boxes is None:
        return None
    roots = [_refined(equations, search.unknowns, box) for box in boxes]
    if any(root is None for root in roots):
        return None
    return _distinct([root for root in roots if root is not None])


class _Search:
    """The subdivision of the box around the unit box."""

    def __init__(self, equations: list[Polynomial], unknowns: list[int], rows: list[Polynomial]) -> None:
        self.unknowns, size = unknowns, len(unknowns)
        self.equations = [BoxBounds(p, unknowns) for p in equations]
        self.rows = [BoxBounds(p, unknowns) for p in rows if poly.variables(p) <= set(unknowns)]
        self.jacobian = [[BoxBounds(poly.derivative(p, v), unknowns) for v in unknowns] for p in equations]
        self.boxes = np.tile([-MARGINS[0], 1 + MARGINS[1]], (1, size, 1))

    def run(self) -> list[np.ndarray] | None:
        """Return boxes with one solution each, or None where some box could not be settled."""
        found: list[np.ndarray] = []
        waiting, seen = [self.boxes], 0
        while waiting:
            self.boxes = waiting.pop()
            seen += len(self.boxes)
            if seen > MOST_BOXES or (self.boxes[:, :, 1] - self.boxes[:, :, 0]).max(axis=1).min() < NARROW:
                return None
            self._discard()
            if len(self.boxes):
                found += self._contract()
                halves = _cut(self.boxes)
                waiting += [halves[k : k + AT_ONCE] for k in range(0, len(halves), AT_ONCE)]
        return found

    def _discard(self) -> None:
        """Drop the boxes in which an equation has no zero or a row is negative all over."""
        kept = np.ones(len(self.boxes), dtype=bool)
        for equation in self.equations:
            low, high = equation.over(self.boxes)
            kept &= (low <= 0) & (high >= 0)
        for row in self.rows:
            kept &= row.over(self.boxes)[1] >= 0
        self.boxes = self.boxes[kept]

    def _contract(self) -> list[np.ndarray]:
        """Apply Krawczyk's test: return the boxes with one solution, and keep the rest, made smaller where possible."""
        middle = self.boxes.mean(axis=2)
        points = np.stack([middle, middle], axis=2)
        values = np.stack([equation.over(points)[0] for equation in self.equations], axis=1)
        bounds = [[slope.over(self.boxes) for slope in row] for row in self.jacobian]
        low = np.stack([np.stack([item[0] for item in row], axis=1) for row in bounds], axis=1)
        high = np.stack([np.stack([item[1] for item in row], axis=1) for row in bounds], axis=1)
        inverse, regular = _inverses((low + high) / 2)
        # K is the box around center with this radius; |1 - C J| is bounded by |1 - C mid J| + |C| rad J.
        center = middle - np.einsum("bij,bj->bi", inverse, values)
        rest = np.abs(np.eye(len(self.unknowns)) - inverse @ ((low + high) / 2)) + np.abs(inverse) @ ((high - low) / 2)
        reach = (self.boxes[:, :, 1] - self.boxes[:, :, 0]) / 2
        radius = np.einsum("bij,bj->bi", rest, reach) + SLACK * (1 + np.abs(inverse).sum(axis=2))
        image = np.stack([center - radius, center + radius], axis=2)
        inside = (
            regular
            & (image[:, :, 0] > self.boxes[:, :, 0]).all(axis=1)
            & (image[:, :, 1] < self.boxes[:, :, 1]).all(axis=1)
        )
        meet = np.stack(
            [np.maximum(image[:, :, 0], self.boxes[:, :, 0]), np.minimum(image[:, :, 1], self.boxes[:, :, 1])], axis=2
        )
        meet = np.where(regular[:, None, None], meet, self.boxes)
        possible = (meet[:, :, 0] <= meet[:, :, 1]).all(axis=1)
        found = list(meet[inside])
        self.boxes = meet[possible & ~inside]
        return found


def _inverses(matrices: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return approximate inverses, and which matrices have one."""
    regular = np.abs(np.linalg.det(matrices)) > 1e-14
    safe = np.where(regular[:, None, None], matrices, np.eye(matrices.shape[1]))
    return np.linalg.inv(safe), regular


def _cut(boxes: np.ndarray) -> np.ndarray:
    """Return both parts of each box, cut across its longest side at an odd place."""
    if not len(boxes):
        return boxes
    places, longest = np.arange(len(boxes)), np.argmax(boxes[:, :, 1] - boxes[:, :, 0], axis=1)
    sides = boxes[places, longest]
    at = sides[:, 0] + CUT * (sides[:, 1] - sides[:, 0])
    lower, upper = boxes.copy(), boxes.copy()
    lower[places, longest, 1] = upper[places, longest, 0] = at
    return np.concatenate([lower, upper])


def _refined(equations: Sequence[Polynomial], unknowns: Sequence[int], box: np.ndarray) -> Root | None:
    """Return the solution in a box, by Newton's method to 40 digits, as fractions where those fit exactly."""
    point = {v: Fraction(x) for v, x in zip(unknowns, box.mean(axis=1).tolist(), strict=True)}
    slopes = [[poly.derivative(p, v) for p in equations] for v in unknowns]
    for _ in range(MOST_STEPS):
        step = exact_weights([_numbers(column, point) for column in slopes], _numbers(equations, point))
        if step is None:
            return None
        point = {v: _rounded(x - by, DIGITS + GUARD) for (v, x), by in zip(point.items(), step, strict=True)}
        if max(map(abs, step)) < Fraction(1, 10 ** (DIGITS + GUARD // 2)):
            break
    else:
        return None
    short = {v: x.limit_denominator(SHORT) for v, x in point.items()}
    if all(poly.value(p, short) == 0 for p in equations):
        return Root(short, exact=True)
    return Root({v: _rounded(x, DIGITS) for v, x in point.items()}, exact=False)


def _numbers(polynomials: Sequence[Polynomial], at: dict[int, Any]) -> dict[Any, Any]:
    """Return the values of polynomials at a point, by their position, those that are zero left out."""
    values = ((k, Fraction(poly.value(p, at))) for k, p in enumerate(polynomials))
    return {k: value for k, value in values if value}


def _rounded(number: Fraction, digits: int) -> Fraction:
    return Fraction(round(number * 10**digits), 10**digits)


def _distinct(roots: Sequence[Root]) -> list[Root]:
    """Return solutions once each: neighbouring boxes may both hold one that lies on their edge."""
    distinct: list[Root] = []
    for root in sorted(roots, key=lambda item: sorted(item.values.items())):
        if not any(
            all(abs(root.values[v] - x) < Fraction(1, 10**15) for v, x in other.values.items()) for other in distinct
        ):
            distinct.append(root)
    return distinct
