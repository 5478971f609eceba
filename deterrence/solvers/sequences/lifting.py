"""Square systems of integer equations, solved exactly: digit by digit to a prime base, then as fractions.

The inverse modulo a prime is found once. Each further digit costs one product with it and one with the matrix, both in
machine integers, where elimination in fractions would carry all digits through every step (Dixon 1982, "Exact
solution of linear equations using p-adic expansions").
"""

from __future__ import annotations

from math import isqrt
from typing import TYPE_CHECKING

from deterrence.lazy import Deferred
from deterrence.solvers.sequences.sequence_form import Matrix

if TYPE_CHECKING:
    import numpy as np
else:
    np = Deferred("numpy")

PRIMES = (33_554_393, 33_554_383, 33_554_371)
"""Below 2^25, so that sums of two thousand products fit into a machine's integers."""
MOST_ROWS = 2_000
MOST_ENTRY = 2**25
"""Larger entries are multiplied in Python's integers."""
TRIED_EVERY = 8


def solution(matrix: Matrix, right: Matrix) -> tuple[Matrix, int] | None:
    """Return numerators of the unknowns, a row each, and their common denominator above zero.

    Parameters
    ----------
    matrix, right
        Square and rectangular, of integers.

    Returns
    -------
    tuple or None
        None where the matrix is singular modulo the primes tried, or has more than 2,000 rows.
    """
    if not matrix.size:
        return right.astype(object), 1
    if len(matrix) > MOST_ROWS:
        return None
    kind = np.int64 if max(abs(matrix).max(), abs(right).max()) < MOST_ENTRY else object
    matrix, right = matrix.astype(kind), right.astype(kind)
    for prime in PRIMES:
        inverse = _inverse((matrix % prime).astype(np.int64), prime)
        if inverse is not None:
            return _lifted(matrix, right, inverse, prime)
    return None


def _inverse(matrix: Matrix, prime: int) -> Matrix | None:
    """Return the inverse modulo a prime, or None where there is none."""
    size = len(matrix)
    rows = np.hstack([matrix, np.eye(size, dtype=np.int64)])
    for column in range(size):
        pivot = column + int(np.argmax(rows[column:, column] != 0))
        if not rows[pivot, column]:
            return None
        rows[[column, pivot]] = rows[[pivot, column]]
        rows[column] = rows[column] * pow(int(rows[column, column]), -1, prime) % prime
        factors = rows[:, column].copy()
        factors[column] = 0
        rows = (rows - np.multiply.outer(factors, rows[column])) % prime
    return rows[:, size:]


def _lifted(matrix: Matrix, right: Matrix, inverse: Matrix, prime: int) -> tuple[Matrix, int] | None:
    rest, power = right, 1
    total = np.zeros(right.shape, dtype=object)
    for digit in range(1, _most_digits(matrix, right, prime) + 1):
        digits = inverse @ (rest % prime).astype(np.int64) % prime
        rest = (rest - matrix @ digits.astype(matrix.dtype)) // prime
        total += digits.astype(object) * power
        power *= prime
        # Most solutions are short: they are tried long before the digits that are always enough.
        if digit % TRIED_EVERY == 0 or not rest.any():
            found = _fractions(total, power)
            if found is not None and _solves(matrix, right, *found):
                return found
    return None


def _most_digits(matrix: Matrix, right: Matrix, prime: int) -> int:
    """Return how many digits fix every solution: by Hadamard's bound on the determinants in Cramer's rule."""
    largest = int(max(abs(matrix).max(), abs(right).max(), 1))
    bits = 2 * len(matrix) * (len(matrix) * largest**2).bit_length() // 2 + 2
    return bits // (prime.bit_length() - 1) + 2 * TRIED_EVERY


def _fractions(total: Matrix, power: int) -> tuple[Matrix, int] | None:
    """Return numerators over one denominator that the digits stand for; None where they are too few."""
    bound, denominator = isqrt(power // 2), 1
    for item in total.flat:
        denominator *= _denominator(item * denominator % power, power, bound)
        if denominator > bound:
            return None
    numerators = total * denominator % power
    return np.where(2 * numerators > power, numerators - power, numerators), denominator


def _denominator(item: int, power: int, bound: int) -> int:
    """Return the denominator of the simplest fraction that a residue stands for, by Euclid's algorithm."""
    if _near_zero(item, power) ** 2 < bound:
        return 1
    (a, b), (s, t) = (power, item), (0, 1)
    while b > bound:
        quotient = a // b
        (a, b), (s, t) = (b, a - quotient * b), (t, s - quotient * t)
    return abs(t)


def _near_zero(item: int, power: int) -> int:
    return item - power if 2 * item > power else item


def _solves(matrix: Matrix, right: Matrix, numerators: Matrix, denominator: int) -> bool:
    return bool((matrix.astype(object) @ numerators == right.astype(object) * denominator).all())
