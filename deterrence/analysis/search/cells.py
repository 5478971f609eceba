"""Cut a rectangle of two parameters into cells on which no condition changes its sign.

The curves at which some polynomial is zero are cut wherever they cross, turn back or leave the rectangle;
between two such places they are smooth and keep their order, so the rectangle falls into cells that each lie
between two curves (Collins's cylindrical decomposition in the plane).
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import numpy as np

from deterrence.games.expression import Exact

NODES = 64
"""Places across a strip between two cuts at which its curves are computed."""
THIN = 1e-9
"""A strip or cell thinner than this share of the rectangle is left out."""
REAL = 1e-7
MOST_CURVES = 80

Box = tuple[Exact, Exact, Exact, Exact]
UNIT: Box = (0, 1, 0, 1)
Strips = list[tuple[np.ndarray, np.ndarray, np.ndarray]]


class TooManyCurvesError(Exception):
    """More curves than are cut exactly."""


@dataclass(frozen=True, eq=False)
class Cell:
    """A cell of the rectangle: from left to right between two curves.

    ``x`` are places across it, its ends among them, ``low`` and ``high`` its lower and upper border there,
    ``weights`` what integrates over it. ``floor`` and ``roof`` number the curves it lies between (-1 for the
    rectangle's side), ``strip`` its vertical strip, and ``inside`` is an exact point in it.
    """

    strip: int
    x: np.ndarray
    low: np.ndarray
    high: np.ndarray
    weights: np.ndarray
    floor: int
    roof: int
    inside: tuple[Exact, Exact]

    @property
    def area(self) -> float:
        """The cell's area, in the units of the two parameters."""
        return float(self.weights @ (self.high - self.low))


def cells_of(polynomials: Iterable[Any], box: Box) -> tuple[list[Cell], list[Any]]:
    """Return the cells between the zeros of polynomials in (y, x), and the curves' polynomials.

    Cutting is done in unit coordinates, in which the rectangle is the unit square: units and sizes do not matter.
    """
    curves = _factors(polynomials)
    upright = [curve for curve in curves if curve.degree() == 0]
    slanted = [curve for curve in curves if curve.degree() > 0]
    if len(slanted) > MOST_CURVES:
        raise TooManyCurvesError(f"{len(slanted)} curves")
    unit_slanted = [_in_unit_square(curve, box) for curve in slanted]
    cuts = _cuts([_in_unit_square(curve, box) for curve in upright], unit_slanted, UNIT)
    left, right = cuts[:-1], cuts[1:]
    x, weights = _across(left, right)
    heights, owners = _heights(unit_slanted, x, UNIT)
    cells = []
    for strip in range(len(left)):
        cells += _strip(strip, x[strip], weights[strip], heights[strip], owners, UNIT)
    return [_outward(cell, box) for cell in cells], slanted


def _in_unit_square(curve: Any, box: Box) -> Any:
    """Return a polynomial in (y, x) rewritten for coordinates in which the rectangle is the unit square."""
    import sympy as sp

    y, x = curve.gens
    ends = [sp.Rational(end.numerator, end.denominator) for end in box]
    moved = {x: ends[0] + (ends[1] - ends[0]) * x, y: ends[2] + (ends[3] - ends[2]) * y}
    return sp.Poly(curve.as_expr().subs(moved, simultaneous=True), y, x).monic()


def _outward(cell: Cell, box: Box) -> Cell:
    """Return a cell of the unit square in the rectangle's own coordinates."""
    left, right, bottom, top = map(Fraction, box)
    width, height = right - left, top - bottom
    x = float(left) + float(width) * cell.x
    low, high = (float(bottom) + float(height) * side for side in (cell.low, cell.high))
    inside = left + width * cell.inside[0], bottom + height * cell.inside[1]
    return replace(cell, x=x, low=low, high=high, weights=float(width) * cell.weights, inside=inside)


def rectangles(xs: Sequence[Exact], ys: Sequence[Exact]) -> list[Cell]:
    """Return the cells of a plain grid with these borders, for where no polynomials are known."""
    cells = []
    for strip, (a, b) in enumerate(itertools.pairwise(xs)):
        x, weights = _across(np.array([float(a)]), np.array([float(b)]))
        for low, high in itertools.pairwise(ys):
            inside = ((Fraction(a) + Fraction(b)) / 2, (Fraction(low) + Fraction(high)) / 2)
            ends = np.full_like(x[0], float(low)), np.full_like(x[0], float(high))
            cells.append(Cell(strip, x[0], *ends, weights[0], -1, -1, inside))
    return cells


def _factors(polynomials: Iterable[Any]) -> list[Any]:
    """Return the different irreducible factors, as polynomials in y and x."""
    found: dict[Any, None] = {}
    for polynomial in polynomials:
        for factor, _ in polynomial.factor_list()[1]:
            found[factor.monic() if factor.LC() > 0 else (-factor).monic()] = None
    return list(found)


def _cuts(upright: Sequence[Any], slanted: Sequence[Any], box: Box) -> np.ndarray:
    """Return where the rectangle is cut from top to bottom, its sides among them."""
    import sympy as sp

    across: dict[Any, None] = {}

    def note(found: Any) -> None:
        polynomial = sp.Poly(found.as_expr(), *_x_of(slanted, upright))
        if polynomial.degree() > 0:
            for factor, _ in polynomial.factor_list()[1]:
                across[factor] = None

    for curve in upright:
        note(curve)
    for curve in slanted:
        note(sp.Poly(curve.LC() if len(curve.gens) == 1 else _leading(curve), *_x_of(slanted, upright)))
        if curve.degree() > 1:
            note(curve.discriminant())
        for level in box[2:]:
            note(curve.eval(curve.gens[0], sp.Rational(level.numerator, level.denominator)))
    for one, other in itertools.combinations(slanted, 2):
        note(one.resultant(other))
    left, right = float(box[0]), float(box[1])
    places = sorted({left, right, *(root for factor in across for root in _roots(factor, box[0], box[1]))})
    kept = [left]
    for place in places[1:]:
        if place - kept[-1] > THIN * (right - left):
            kept.append(place)
    kept[-1] = right
    return np.array(kept)


def _x_of(slanted: Sequence[Any], upright: Sequence[Any]) -> tuple[Any, ...]:
    return ((*slanted, *upright)[0].gens[1],)


def _leading(curve: Any) -> Any:
    """Return the leading coefficient in y, an expression in x."""
    import sympy as sp

    return sp.Poly(curve.as_expr(), curve.gens[0]).LC()


def _roots(polynomial: Any, low: Exact, high: Exact) -> list[float]:
    import sympy as sp

    if polynomial.degree() == 1:
        slope, rest = polynomial.all_coeffs()
        roots = [float(-rest / slope)]
    else:
        ends = [sp.Rational(end.numerator, end.denominator) for end in (low, high)]
        pairs = polynomial.intervals(inf=ends[0], sup=ends[1], eps=sp.Rational(1, 10**14))
        roots = [float((a + b) / 2) for (a, b), _ in pairs]
    return [root for root in roots if low < root < high]


def _across(left: np.ndarray, right: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return places across each strip, denser at its ends, with the weights that integrate over it.

    With x = a + (b - a)(3 t² - 2 t³) a curve that starts like a square root becomes smooth in t.
    """
    nodes, weights = np.polynomial.legendre.leggauss(NODES)
    t = np.concatenate([[0.0], (nodes + 1) / 2, [1.0]])
    w = np.concatenate([[0.0], weights / 2, [0.0]])
    width = (right - left)[:, None]
    return left[:, None] + width * (3 * t**2 - 2 * t**3), width * (w * 6 * t * (1 - t))


def _heights(curves: Sequence[Any], x: np.ndarray, box: Box) -> tuple[np.ndarray, list[int]]:
    """Return the heights of all curves' branches at places x, as (strip, branch, place), with whose they are."""
    rows, owners = [], []
    for number, curve in enumerate(curves):
        for row in _branches(curve, x):
            rows.append(row)
            owners.append(number)
    low, high = float(box[2]), float(box[3])
    if not rows:
        return np.zeros((len(x), 0, x.shape[1])), owners
    return np.clip(np.array(rows).transpose(1, 0, 2), low, high), owners


def _branches(curve: Any, x: np.ndarray) -> list[np.ndarray]:
    """Return the real zeros in y of one curve, branch by branch; NaN in strips that a branch does not cross."""
    import sympy as sp

    degree = curve.degree()
    parts = sp.Poly(curve.as_expr(), curve.gens[0]).all_coeffs()
    numbers = [np.polyval([float(c) for c in sp.Poly(part, curve.gens[1]).all_coeffs()], x) for part in parts]
    with np.errstate(divide="ignore", invalid="ignore"):
        scaled = [-number / numbers[0] for number in numbers[1:]]
    bound = 1e12
    scaled = [np.clip(np.nan_to_num(row, nan=bound, posinf=bound, neginf=-bound), -bound, bound) for row in scaled]
    if degree == 1:
        return [scaled[0]]
    companion = np.zeros((*x.shape, degree, degree))
    companion[..., 0, :] = np.stack(scaled, axis=-1)
    for k in range(degree - 1):
        companion[..., k + 1, k] = 1
    roots = np.linalg.eigvals(companion)
    middle = roots[:, x.shape[1] // 2]
    counts = (np.abs(middle.imag) < REAL * (1 + np.abs(middle))).sum(axis=1)
    found = np.full((degree, *x.shape), np.nan)
    for strip, count in enumerate(counts):
        order = np.argsort(np.abs(roots[strip].imag), axis=1)[:, :count]
        found[:count, strip] = np.sort(np.take_along_axis(roots[strip].real, order, axis=1), axis=1).T
    return list(found)


def _strip(
    strip: int, x: np.ndarray, weights: np.ndarray, heights: np.ndarray, owners: Sequence[int], box: Box
) -> list[Cell]:
    """Return the cells of one strip, from its floor upwards."""
    low, high = float(box[2]), float(box[3])
    middle = len(x) // 2
    order = [k for k in np.argsort(heights[:, middle]) if low < heights[k, middle] < high]
    rows = [np.full_like(x, low), *(heights[k] for k in order), np.full_like(x, high)]
    rows = list(np.maximum.accumulate(rows))
    whose = [-1, *(owners[k] for k in order), -1]
    at = Fraction(float(x[middle])).limit_denominator(10**12)
    cells = []
    floor = 0
    for roof in range(1, len(rows)):
        below, above = rows[floor][middle], rows[roof][middle]
        if above - below > THIN * (high - low):
            inside = (at, Fraction(float(0.52 * below + 0.48 * above)).limit_denominator(10**12))
            cells.append(Cell(strip, x, rows[floor], rows[roof], weights, whose[floor], whose[roof], inside))
            floor = roof
    return cells
