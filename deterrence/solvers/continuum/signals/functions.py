"""Functions that are known by numbers: a smooth curve through points, and the way back from its values."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

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


class TypeThatSends(sp.Function):  # type: ignore[misc]  # SymPy has no types
    """The type that sends a signal, as an expression in the signal and in a schedule's points, values and slopes."""

    nargs = (4,)

    @staticmethod
    def _imp_(message: Any, points: Any, values: Any, slopes: Any) -> float:
        return _curve(*(tuple(map(float, row)) for row in (points, values, slopes))).back(float(message))

    @classmethod
    def of(cls, curve: Curve, message: Any) -> Any:
        """Return the expression for a schedule."""
        rows = (sp.Tuple(*map(sp.Float, row)) for row in (curve.points, curve.values, curve.slopes))
        return cls(message, *rows)

    def _eval_evalf(self, _prec: int) -> Any:
        if not self.args[0].is_number:
            return None
        return sp.Float(self._imp_(*self.args))

    def _sympystr(self, printer: Any) -> str:
        return f"type that sends {printer._print(self.args[0])}"


@lru_cache(maxsize=64)
def _curve(*rows: tuple[float, ...]) -> Curve:
    return Curve(*rows)
