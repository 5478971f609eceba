"""Integer equations solved digit by digit: against elimination in SymPy, and where it must give up."""

import numpy as np
import pytest
import sympy as sp

from deterrence.solvers.sequences.lifting import PRIMES, solution


@pytest.mark.parametrize(("size", "largest"), [(1, 9), (2, 1), (5, 99), (9, 10**6), (12, 3), (6, 10**30)])
def test_solutions_are_those_of_elimination(size, largest):
    rng = np.random.default_rng(size)
    matrix = rng.integers(-9, 10, size=(size, size)).astype(object) * (largest // 9 or 1) + 50 * np.eye(
        size, dtype=object
    )
    right = rng.integers(-9, 10, size=(size, 2)).astype(object) * (largest // 9 or 1)
    numerators, denominator = solution(matrix, right)
    exact = sp.Matrix(matrix.tolist()).LUsolve(sp.Matrix(right.tolist()))
    assert sp.Matrix(numerators.tolist()) / denominator == exact


def test_long_solutions_are_found_with_as_many_digits_as_they_need():
    rng = np.random.default_rng(7)
    matrix, right = rng.integers(-999, 1000, size=(40, 40)), rng.integers(-999, 1000, size=(40, 1))
    numerators, denominator = solution(matrix, right)
    assert denominator > 10**100
    assert (matrix.astype(object) @ numerators == right.astype(object) * denominator).all()


def test_a_singular_matrix_has_no_answer_and_no_equations_have_an_empty_one():
    assert solution(np.array([[1, 2], [2, 4]]), np.array([[1], [2]])) is None
    numerators, denominator = solution(np.zeros((0, 0), dtype=np.int64), np.zeros((0, 3), dtype=np.int64))
    assert numerators.shape == (0, 3)
    assert denominator == 1


def test_a_determinant_that_one_prime_divides_is_left_to_the_next():
    numerators, denominator = solution(np.array([[PRIMES[0]]]), np.array([[1]]))
    assert (numerators[0, 0], denominator) == (1, PRIMES[0])
    assert all(sp.isprime(prime) for prime in PRIMES)
