"""Certificates that a polynomial is not negative: sums of products of conditions, verified in fractions.

By Handelman's theorem each polynomial that is positive on a polytope is a sum of products of the polytope's
conditions, of a high enough degree, with weights that are not negative; that there are none up to some degree
proves nothing. A linear programme in floating point proposes which products take part. Their weights are then
solved for exactly, and the certificate counts only if they fit and none is negative.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from deterrence.lazy import Deferred
from deterrence.solvers.algebra.domain_samples import linear_row

if TYPE_CHECKING:
    import numpy as np
else:
    np = Deferred("numpy")

MOST_PRODUCTS = 1500
FAINT = 1e-11
"""A weight of less than this is first taken for the programme's rounding of zero."""
Columns = list[dict[Any, Any]]


def adds_up(products: Sequence[Any], polynomial: Any, *, shares: bool = False) -> bool:
    """Tell whether products with weights that are not negative add up to a polynomial, exactly.

    With ``shares`` the weights must sum to one as well.
    """
    weights = _proposed(products, polynomial, shares)
    if weights is None:
        return False
    total = {"total": 1} if shares else {}
    target = {**dict(polynomial.terms()), **total}
    for least in (FAINT, 0.0):
        chosen = [product for product, weight in zip(products, weights, strict=True) if weight > least]
        exact = exact_weights([{**dict(product.terms()), **total} for product in chosen], target)
        if exact is not None and all(weight >= 0 for weight in exact):
            return True
    return False


def _proposed(products: Sequence[Any], polynomial: Any, shares: bool) -> np.ndarray | None:
    """Return weights that nearly fit, by a linear programme in floating point, or None."""
    from scipy.optimize import linprog

    place: dict[Any, int] = {"total": 0} if shares else {}
    entries = [
        (place.setdefault(powers, len(place)), number, c)
        for number, product in enumerate(products)
        for powers, c in product.float_terms
    ]
    if not all(powers in place for powers, _ in polynomial.float_terms):
        return None
    rows, columns, coefficients = zip(*entries, strict=True) if entries else ((), (), ())
    table, right = np.zeros((len(place), len(products))), np.zeros(len(place))
    table[list(rows), list(columns)] = coefficients
    for powers, c in polynomial.float_terms:
        right[place[powers]] = c
    if shares:
        table[0], right[0] = 1, 1
    result = linprog(np.zeros(len(products)), A_eq=table, b_eq=right, bounds=(0, None), method="highs-ds")
    return np.asarray(result.x) if result.status == 0 else None


def exact_weights(columns: Columns, target: dict[Any, Any]) -> list[Fraction] | None:
    """Return weights with which columns add up to a target exactly, or None where there are none.

    Columns that others already span get the weight zero.
    """
    rows: dict[Any, dict[int, Fraction]] = {}
    for number, column in enumerate(columns):
        for monomial, c in column.items():
            rows.setdefault(monomial, {})[number] = Fraction(c)
    right = {monomial: Fraction(c) for monomial, c in target.items()}
    if any(monomial not in rows for monomial in right):
        return None
    pivots: dict[int, dict[int, Fraction]] = {}
    last = len(columns)
    # Short rows first: they settle weights early and keep the elimination sparse. The right side is column `last`.
    for monomial in sorted(rows, key=lambda m: len(rows[m])):
        row = {**rows[monomial], last: right.get(monomial, Fraction(0))}
        _reduce(row, pivots)
        left = [number for number in row if number != last]
        if left:
            _add_pivot(row, min(left), pivots)
        elif row.get(last, 0) != 0:
            return None
    return [_weight(number, pivots, last) for number in range(last)]


def _reduce(row: dict[int, Fraction], pivots: dict[int, dict[int, Fraction]]) -> None:
    """Take out of a row the columns that have a pivot."""
    for number in [number for number in row if number in pivots]:
        _subtract(row, row[number], pivots[number])


def _subtract(row: dict[int, Fraction], factor: Fraction, pivot: dict[int, Fraction]) -> None:
    for number, c in pivot.items():
        value = row.get(number, 0) - factor * c
        if value:
            row[number] = value
        else:
            row.pop(number, None)


def _add_pivot(row: dict[int, Fraction], column: int, pivots: dict[int, dict[int, Fraction]]) -> None:
    unit = row[column]
    scaled = {number: c / unit for number, c in row.items()}
    for other in pivots.values():
        if column in other:
            _subtract(other, other[column], scaled)
    pivots[column] = scaled


def _weight(number: int, pivots: dict[int, dict[int, Fraction]], last: int) -> Fraction:
    """Return a column's weight, those without a pivot being zero."""
    return pivots[number].get(last, Fraction(0)) if number in pivots else Fraction(0)


def products_of(rows: Sequence[Any], degree: int, known: dict[Any, Any] | None = None) -> list[Any]:
    """Return all products of up to so many rows, as long as their total degree stays within the degree.

    ``known`` keeps products of two polynomials between calls.
    """
    known = {} if known is None else known
    products, longest = list(rows), [(k, row) for k, row in enumerate(rows)]
    for _ in range(2, degree + 1):
        longer = []
        for k, product in longest:
            for j in range(k, len(rows)):
                if product.total_degree + rows[j].total_degree > degree:
                    continue
                pair = (product, rows[j])
                if pair not in known:
                    known[pair] = product * rows[j]
                longer.append((j, known[pair]))
                products.append(known[pair])
                if len(products) > MOST_PRODUCTS:
                    return products
        longest = longer
    return products


def linear_interior(rows: Sequence[Any]) -> np.ndarray | None:
    """Return a point of the unit box at which linear polynomials are positive, each as far as possible; else None.

    None as well where one of them is not linear. Each row is scaled by its own size, so that a narrow strip is found.
    """
    from scipy.optimize import linprog

    size = len(rows[0].ring.symbols)
    table, right = [], []
    for polynomial in rows:
        row = linear_row(polynomial, size)
        if row is None:
            return None
        norm = float(np.abs(row[0]).sum())
        if norm:
            table.append([*(-row[0] / norm), 1.0])
            right.append(row[1] / norm)
    result = linprog([*np.zeros(size), -1.0], A_ub=table, b_ub=right, bounds=[(0, 1)] * (size + 1), method="highs")
    return np.asarray(result.x[:size]) if result.status == 0 and result.x[-1] > 0 else None
