"""Laws that a user gives: a frozen SciPy distribution, a distribution function, or none at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from math import inf, isfinite
from typing import Any, Self

from deterrence.errors import GameError
from deterrence.games.continuum.law import Law, floats
from deterrence.games.expression import Value, as_value, show_value


@dataclass(frozen=True)
class Flat(Law):
    """No law at all: every number on the line is as likely as every other, as a prior that says nothing.

    It serves for a state that nobody sees and of which each player has a noisy signal (a global game).
    """

    @property
    def ends(self) -> tuple[Any, Any]:
        """None: any number may be drawn."""
        return -inf, inf

    def cdf(self, x: Any) -> Any:
        """Refuse to answer: nothing has a probability."""
        raise GameError(f"Flat() gives no number a probability ({x}); only what signals say of it counts.")

    def ppf(self, q: Any) -> Any:
        """Refuse to answer: nothing has a probability."""
        return self.cdf(q)

    def pdf(self, x: Any) -> Any:
        """Refuse to answer: nothing has a probability."""
        return self.cdf(x)

    def __str__(self) -> str:
        return "flat (every number as likely as every other)"


@dataclass(frozen=True, eq=False)
class FromScipy(Law):
    """A frozen continuous SciPy distribution, such as ``scipy.stats.norm(0.2, 0.05)``.

    Two of them are equal where their families and parameters are, unlike SciPy's own objects.

    Attributes
    ----------
    distribution
        The frozen distribution.
    """

    distribution: Any

    @property
    def arguments(self) -> tuple[Value, ...]:
        """None that the library reads."""
        return ()

    def rewritten(self, _change: Callable[[Value], Value]) -> Self:
        """Return the law itself: it has no expressions."""
        return self

    @property
    def ends(self) -> tuple[Any, Any]:
        """The ends of what may be drawn; infinite where there is none."""
        low, high = map(float, self.distribution.support())
        return low, high

    def cdf(self, x: Any) -> Any:
        """Return the probability of at most x."""
        return self.distribution.cdf(floats(x))

    def ppf(self, q: Any) -> Any:
        """Return the number at a quantile."""
        return self.distribution.ppf(floats(q))

    def pdf(self, x: Any) -> Any:
        """Return the density."""
        return self.distribution.pdf(floats(x))

    @property
    def family(self) -> tuple[str, tuple[float, ...], tuple[tuple[str, float], ...]]:
        """The name of its family, its arguments, and those that are given by name."""
        frozen = self.distribution
        keywords = tuple(sorted((name, float(value)) for name, value in frozen.kwds.items()))
        return frozen.dist.name, tuple(map(float, frozen.args)), keywords

    def __eq__(self, other: object) -> bool:
        return self.family == other.family if isinstance(other, FromScipy) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.family)

    def __repr__(self) -> str:
        return f"FromScipy({self})"

    def __str__(self) -> str:
        name, args, keywords = self.family
        arguments = ", ".join([*(f"{a:g}" for a in args), *(f"{key}={a:g}" for key, a in keywords)])
        return f"{name}({arguments})"


@dataclass(frozen=True)
class Types(Law):
    """A law given by its distribution function.

    Attributes
    ----------
    cdf_of
        The distribution function, rising from 0 at ``low`` to 1 at ``high``; a function of one number. For a game
        that is to be pickled, one that is defined in a module.
    low, high
        The ends, numbers.
    """

    cdf_of: Callable[[float], float]
    low: Any
    high: Any

    def __init__(self, cdf: Callable[[float], float], low: Any, high: Any) -> None:
        for name, value in (("cdf_of", cdf), ("low", as_value(low, "low")), ("high", as_value(high, "high"))):
            object.__setattr__(self, name, value)
        if not callable(cdf):
            raise GameError(f"Types(cdf=…) takes a function from a number to a probability, not {cdf!r}.")
        _check_distribution(self)

    @property
    def arguments(self) -> tuple[Value, ...]:
        """The ends."""
        return self.low, self.high

    def rewritten(self, _change: Callable[[Value], Value]) -> Self:
        """Return the law itself: its ends are numbers."""
        return self

    @property
    def ends(self) -> tuple[Any, Any]:
        """The two ends."""
        return self.low, self.high

    def cdf(self, x: Any) -> Any:
        """Return the probability of at most x."""
        import numpy as np

        inside = np.clip(np.asarray(x, dtype=float), float(self.low), float(self.high))
        values = np.vectorize(self.cdf_of, otypes=[float])(inside)
        return values if values.ndim else float(values)

    def ppf(self, q: Any) -> Any:
        """Return the number at a quantile, by bisection."""
        import numpy as np

        share = np.asarray(q, dtype=float)
        low, high = np.full(share.shape, float(self.low)), np.full(share.shape, float(self.high))
        for _ in range(60):
            middle = (low + high) / 2
            below = np.asarray(self.cdf(middle)) < share
            low, high = np.where(below, middle, low), np.where(below, high, middle)
        return (low + high) / 2 if share.ndim else float((low + high) / 2)

    def pdf(self, x: Any) -> Any:
        """Return the density, by differences."""
        step = 1e-6 * float(self.high - self.low)
        return (self.cdf(x + step) - self.cdf(x - step)) / (2 * step)

    def __str__(self) -> str:
        name = getattr(self.cdf_of, "__name__", "a function")
        return f"with distribution function {name} on [{show_value(self.low)}, {show_value(self.high)}]"


def _check_distribution(law: Types) -> None:
    low, high = float(law.low), float(law.high)
    if not (isfinite(low) and isfinite(high) and low < high):
        raise GameError(f"Types(…) needs two numbers as its ends, the first below the second; got {low}, {high}.")
    values = [float(law.cdf_of(low + (high - low) * k / 64)) for k in range(65)]
    if abs(values[0]) > 1e-9 or abs(values[-1] - 1) > 1e-9:
        raise GameError(
            f"The distribution function of Types(…) must rise from 0 at {low:g} to 1 at {high:g}, without a jump; it "
            f"has {values[0]:.6g} and {values[-1]:.6g} there. A mass at a point is a chance(…) above the draw."
        )
    if any(b < a for a, b in pairwise(values)):
        raise GameError("The distribution function of Types(…) falls somewhere between its ends; it must rise.")


def law_from(given: object) -> Law:
    """Return a law from one of the library's, or from a frozen continuous SciPy distribution.

    Raises
    ------
    GameError
        If it is neither.
    """
    if isinstance(given, Law):
        return given
    kind = getattr(given, "dist", None)
    if kind is not None and hasattr(kind, "_pdf"):
        return FromScipy(given)
    if kind is not None:
        raise GameError(
            f"Draws are continuous, and {kind.name} gives single numbers a probability; write chance(…) for those."
        )
    raise GameError(
        "A draw is from two ends, draw(low, high, …), or from a law: Uniform(low, high), Normal(mean, sd), a frozen "
        f"continuous SciPy distribution such as scipy.stats.beta(2, 3), or Types(cdf=…, low=…, high=…); got {given!r}."
    )
