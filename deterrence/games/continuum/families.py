"""Laws that are known by their arguments: normal, exponential, beta, triangular, logistic, extreme value."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from functools import lru_cache
from math import inf
from typing import Any

from deterrence.games.continuum.law import Law, checked_law, floats
from deterrence.games.expression import show_value


class _FromFamily(Law):
    """A law that SciPy knows by its arguments; the classes below are frozen dataclasses."""

    def __post_init__(self) -> None:
        checked_law(self)

    @abstractmethod
    def made(self) -> Any:
        """Return SciPy's frozen distribution at the arguments, which are numbers."""

    @property
    def frozen(self) -> Any:
        """SciPy's frozen distribution."""
        return _frozen(self)

    @property
    def ends(self) -> tuple[Any, Any]:
        """The ends of what may be drawn; infinite where there is none."""
        low, high = map(float, self.frozen.support())
        return low, high

    def cdf(self, x: Any) -> Any:
        """Return the probability of at most x."""
        return self.frozen.cdf(floats(x))

    def ppf(self, q: Any) -> Any:
        """Return the number at a quantile."""
        return self.frozen.ppf(floats(q))

    def pdf(self, x: Any) -> Any:
        """Return the density."""
        return self.frozen.pdf(floats(x))


@lru_cache(maxsize=256)
def _frozen(law: Any) -> Any:
    return law.made()


class _OnTheLine(_FromFamily):
    """A law of any number."""

    @property
    def ends(self) -> tuple[Any, Any]:
        """None: any number may be drawn."""
        return -inf, inf


@dataclass(frozen=True)
class Normal(_OnTheLine):
    """The normal law.

    Attributes
    ----------
    mean, sd
        Its mean and standard deviation, the latter above zero.
    """

    APART = ((0, "sd"),)

    mean: Any
    sd: Any

    def made(self) -> Any:
        """Return SciPy's frozen distribution."""
        from scipy import stats

        return stats.norm(float(self.mean), float(self.sd))

    def cdf(self, x: Any) -> Any:
        """Return the probability of at most x."""
        from scipy.special import ndtr

        return ndtr((floats(x) - float(self.mean)) / float(self.sd))

    def ppf(self, q: Any) -> Any:
        """Return the number at a quantile."""
        from scipy.special import ndtri

        return float(self.mean) + float(self.sd) * ndtri(floats(q))

    def __str__(self) -> str:
        return f"normal with mean {show_value(self.mean)} and standard deviation {show_value(self.sd)}"


@dataclass(frozen=True)
class Exponential(_FromFamily):
    """The exponential law: from an end upwards, ever less likely.

    Attributes
    ----------
    mean
        How far above ``low`` the number lies on average, above zero.
    low
        The least number.
    """

    APART = ((0, "mean"),)

    mean: Any
    low: Any = 0

    @property
    def ends(self) -> tuple[Any, Any]:
        """The least number; there is no greatest one."""
        return self.low, inf

    def made(self) -> Any:
        """Return SciPy's frozen distribution."""
        from scipy import stats

        return stats.expon(float(self.low), float(self.mean))

    def cdf(self, x: Any) -> Any:
        """Return the probability of at most x."""
        import numpy as np

        return -np.expm1(-np.maximum(floats(x) - float(self.low), 0.0) / float(self.mean))

    def ppf(self, q: Any) -> Any:
        """Return the number at a quantile."""
        import numpy as np

        with np.errstate(divide="ignore"):
            return float(self.low) - float(self.mean) * np.log1p(-np.asarray(floats(q), dtype=float))

    def __str__(self) -> str:
        above = "" if self.low == 0 else f" above {show_value(self.low)}"
        return f"exponential with mean {show_value(self.mean)}{above}"


@dataclass(frozen=True)
class Beta(_FromFamily):
    """The beta law on an interval.

    Attributes
    ----------
    first, second
        Its two shapes, above zero: the larger the first, the more likely are high numbers.
    low, high
        The ends.
    """

    APART = ((0, "first"), (0, "second"), ("low", "high"))

    first: Any
    second: Any
    low: Any = 0
    high: Any = 1

    @property
    def ends(self) -> tuple[Any, Any]:
        """The two ends."""
        return self.low, self.high

    def made(self) -> Any:
        """Return SciPy's frozen distribution."""
        from scipy import stats

        return stats.beta(float(self.first), float(self.second), float(self.low), float(self.high - self.low))

    def cdf(self, x: Any) -> Any:
        """Return the probability of at most x."""
        import numpy as np
        from scipy.special import betainc

        share = (floats(x) - float(self.low)) / float(self.high - self.low)
        return betainc(float(self.first), float(self.second), np.clip(share, 0.0, 1.0))

    def ppf(self, q: Any) -> Any:
        """Return the number at a quantile."""
        from scipy.special import betaincinv

        width = float(self.high - self.low)
        return float(self.low) + width * betaincinv(float(self.first), float(self.second), floats(q))

    def __str__(self) -> str:
        shapes = f"beta({show_value(self.first)}, {show_value(self.second)})"
        return f"{shapes} on [{show_value(self.low)}, {show_value(self.high)}]"


@dataclass(frozen=True)
class Triangular(_FromFamily):
    """The triangular law: most likely at a mode, and ever less towards two ends.

    Attributes
    ----------
    low, mode, high
        The ends and, between them or at one of them, the mode.
    """

    APART = (("low", "high"),)
    ORDERED = (("low", "mode"), ("mode", "high"))

    low: Any
    mode: Any
    high: Any

    @property
    def ends(self) -> tuple[Any, Any]:
        """The two ends."""
        return self.low, self.high

    def made(self) -> Any:
        """Return SciPy's frozen distribution."""
        from scipy import stats

        low, mode, high = map(float, self.arguments)
        return stats.triang((mode - low) / (high - low), low, high - low)

    def __str__(self) -> str:
        return f"triangular on [{show_value(self.low)}, {show_value(self.high)}] with mode {show_value(self.mode)}"


@dataclass(frozen=True)
class Logistic(_OnTheLine):
    """The logistic law.

    Attributes
    ----------
    mean, scale
        Its mean, and its scale above zero.
    """

    APART = ((0, "scale"),)

    mean: Any
    scale: Any

    def made(self) -> Any:
        """Return SciPy's frozen distribution."""
        from scipy import stats

        return stats.logistic(float(self.mean), float(self.scale))

    def cdf(self, x: Any) -> Any:
        """Return the probability of at most x."""
        from scipy.special import expit

        return expit((floats(x) - float(self.mean)) / float(self.scale))

    def ppf(self, q: Any) -> Any:
        """Return the number at a quantile."""
        from scipy.special import logit

        return float(self.mean) + float(self.scale) * logit(floats(q))

    def __str__(self) -> str:
        return f"logistic with mean {show_value(self.mean)} and scale {show_value(self.scale)}"


@dataclass(frozen=True)
class ExtremeValue(_OnTheLine):
    """The extreme value law of type I (Gumbel's), whose differences are logistic.

    Attributes
    ----------
    location, scale
        Its mode, and its scale above zero.
    """

    APART = ((0, "scale"),)

    location: Any
    scale: Any

    def made(self) -> Any:
        """Return SciPy's frozen distribution."""
        from scipy import stats

        return stats.gumbel_r(float(self.location), float(self.scale))

    def __str__(self) -> str:
        return f"extreme value with location {show_value(self.location)} and scale {show_value(self.scale)}"
