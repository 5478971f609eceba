"""Several polynomials and their slopes at a point, in floating point, at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from deterrence.lazy import Deferred
from deterrence.solvers.algebra.polynomials import Polynomial

if TYPE_CHECKING:
    import numpy as np
else:
    np = Deferred("numpy")


class ValuesAt:
    """Polynomials ready to be evaluated together: their monomials, each once, and a row of coefficients each."""

    def __init__(self, polynomials: Sequence[Polynomial], unknowns: Sequence[int]) -> None:
        monomials = sorted({monomial for p in polynomials for monomial in p})
        place = {monomial: k for k, monomial in enumerate(monomials)}
        self.coefficients = np.zeros((len(polynomials), len(monomials)))
        for row, p in zip(self.coefficients, polynomials, strict=True):
            for monomial, c in p.items():
                row[place[monomial]] = float(c)
        shape = len(monomials), len(unknowns)
        self.powers = np.array([[m.count(v) for v in unknowns] for m in monomials], int).reshape(shape)
        # With one power of an unknown less, for the slope in it: (unknown, monomial, unknown).
        self._lowered = np.maximum(self.powers - np.eye(len(unknowns), dtype=int)[:, None], 0)

    def values(self, x: np.ndarray) -> np.ndarray:
        """Return each polynomial's value at a point."""
        return np.asarray(self.coefficients @ np.prod(x**self.powers, axis=1))

    def slopes(self, x: np.ndarray) -> np.ndarray:
        """Return each polynomial's slopes at a point, one column an unknown."""
        factors = self.powers.T * np.prod(x**self._lowered, axis=2)
        return np.asarray(self.coefficients @ factors.T)
