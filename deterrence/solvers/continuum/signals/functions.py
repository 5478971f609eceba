"""Functions that are known by numbers: a smooth curve through points, and the way back from its values."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
import sympy as sp


@dataclass(frozen=True)
class Curve:
    """A rising or falling function through points with slopes, a cubic between neighbours.

    Attributes
    ----------
    points, values, slopes
        Where it is known, what it is there, and how fast it changes.
    """

    points: tuple[float, ...]
    values: tuple[float, ...]
    slopes: tuple[float, ...]

    @cached_property
    def _cubic(self) -> Any:
        from scipy.interpolate import CubicHermiteSpline

        return CubicHermiteSpline(self.points, self.values, self.slopes)

    def __call__(self, x: Any) -> Any:
        """Return the value at a number."""
        return float(self._cubic(min(max(float(x), self.points[0]), self.points[-1])))

    def back(self, value: float) -> float:
        """Return where it has a value; an end of the points for values beyond."""
        from scipy.optimize import brentq

        low, high = self.points[0], self.points[-1]
        at_low, at_high = self(low) - value, self(high) - value
        if at_low * at_high >= 0:
            return low if abs(at_low) <= abs(at_high) else high
        return float(brentq(lambda x: self(x) - value, low, high, xtol=1e-15))


class Kept(sp.Atom):  # type: ignore[misc]  # SymPy has no types
    """A curve inside an expression, as a part that has no parts of its own."""

    def __new__(cls, curve: Curve) -> Any:
        """Make one of a curve."""
        made = super().__new__(cls)
        made.curve = curve
        return made

    def _hashable_content(self) -> tuple[Any, ...]:
        return (self.curve,)

    def __getnewargs__(self) -> tuple[Any, ...]:
        return (self.curve,)

    def _numpycode(self, _printer: Any) -> str:
        return repr((self.curve.points, self.curve.values, self.curve.slopes))

    _pythoncode = _lambdacode = _scipycode = _numpycode


class TypeThatSends(sp.Function):  # type: ignore[misc]  # SymPy has no types
    """The type that sends a signal, as an expression in the signal and a schedule that is known by numbers."""

    nargs = (2,)

    @staticmethod
    def _imp_(message: Any, rows: Any) -> Any:
        curve = rows.curve if isinstance(rows, Kept) else _curve(*rows)
        if np.ndim(message):
            return np.vectorize(curve.back, otypes=[float])(message)
        return float(curve.back(float(message)))

    @classmethod
    def of(cls, curve: Curve, message: Any) -> Any:
        """Return the expression for a schedule."""
        return cls(message, Kept(curve))

    def _eval_evalf(self, _prec: int) -> Any:
        return sp.Float(self._imp_(*self.args)) if self.args[0].is_number else None

    def _sympystr(self, printer: Any) -> str:
        return f"type that sends {printer._print(self.args[0])}"


@lru_cache(maxsize=64)
def _curve(*rows: tuple[float, ...]) -> Curve:
    return Curve(*rows)
