"""The uniform law, which answers exactly."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from deterrence.games.continuum.law import Law, checked_law
from deterrence.games.expression import show_value


@dataclass(frozen=True)
class Uniform(Law):
    """Every number between two ends is as likely as every other.

    Attributes
    ----------
    low, high
        The ends, ``low`` below ``high``: numbers, or expressions in parameters.

    Examples
    --------
    >>> from deterrence import Uniform
    >>> Uniform(0, 10).cdf(6)
    Fraction(3, 5)
    """

    APART = (("low", "high"),)

    low: Any
    high: Any

    def __post_init__(self) -> None:
        checked_law(self)

    @property
    def ends(self) -> tuple[Any, Any]:
        """The two ends."""
        return self.low, self.high

    def cdf(self, x: Any) -> Any:
        """Return the probability of at most x; a fraction of a fraction."""
        if isinstance(x, (int, Fraction)):
            return Fraction(min(max(x, self.low), self.high) - self.low) / (self.high - self.low)
        import numpy as np

        return np.clip((np.asarray(x, dtype=float) - float(self.low)) / float(self.high - self.low), 0.0, 1.0)

    def ppf(self, q: Any) -> Any:
        """Return the number at a quantile; a fraction of a fraction."""
        if isinstance(q, (int, Fraction)):
            return self.low + (self.high - self.low) * q
        import numpy as np

        return float(self.low) + float(self.high - self.low) * np.asarray(q, dtype=float)

    def pdf(self, x: Any) -> Any:
        """Return the density."""
        import numpy as np

        x = np.asarray(x, dtype=float)
        return np.where((x >= float(self.low)) & (x <= float(self.high)), 1 / float(self.high - self.low), 0.0)

    def moment_between(self, low: Any, high: Any, power: int) -> Any:
        """Return the integral of a power of the number over what is drawn between two ends; a fraction of fractions."""
        first, last = (min(max(x, self.low), self.high) for x in (low, high))
        if not first < last:
            return 0
        total, width = last ** (power + 1) - first ** (power + 1), (power + 1) * (self.high - self.low)
        return Fraction(total) / width if isinstance(total, (int, Fraction)) else total / float(width)

    def __str__(self) -> str:
        return f"uniform on [{show_value(self.low)}, {show_value(self.high)}]"
