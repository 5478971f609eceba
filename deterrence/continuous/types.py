"""Distributions of types: what a player privately knows, drawn from an interval or a line."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol, runtime_checkable

import numpy as np

from deterrence.errors import GameError

NODES = 96
EDGE = 1e-6


@runtime_checkable
class Types(Protocol):
    """A continuous distribution of types; all methods take arrays."""

    def cdf(self, x: Any) -> Any:
        """Return the probability of a type of at most x."""

    def ppf(self, q: Any) -> Any:
        """Return the type at a quantile."""

    def mean_below(self, x: float) -> float:
        """Return the mean of the type where it is at most x, counted as zero elsewhere."""

    def mean_above(self, x: float) -> float:
        """Return the mean of the type where it is more than x, counted as zero elsewhere."""


@dataclass(frozen=True, slots=True)
class Uniform:
    """Types spread evenly between two ends.

    Attributes
    ----------
    low, high
        The ends, ``low`` below ``high``.
    """

    low: float
    high: float

    def cdf(self, x: Any) -> Any:
        """Return the probability of a type of at most x."""
        return np.clip((np.asarray(x) - self.low) / (self.high - self.low), 0.0, 1.0)

    def ppf(self, q: Any) -> Any:
        """Return the type at a quantile."""
        return self.low + (self.high - self.low) * np.asarray(q)

    def mean_below(self, x: float) -> float:
        """Return the mean of the type where it is at most x, counted as zero elsewhere."""
        end = min(max(x, self.low), self.high)
        return float((end**2 - self.low**2) / (2 * (self.high - self.low)))

    def mean_above(self, x: float) -> float:
        """Return the mean of the type where it is more than x, counted as zero elsewhere."""
        return float((self.low + self.high) / 2 - self.mean_below(x))


@dataclass(frozen=True, eq=False)
class FromScipy:
    """Types drawn from a frozen SciPy distribution, such as ``scipy.stats.norm(0.2, 0.05)``.

    Two of them are equal where their families and parameters are, unlike SciPy's own objects.

    Attributes
    ----------
    distribution
        The frozen distribution.
    """

    distribution: Any

    def cdf(self, x: Any) -> Any:
        """Return the probability of a type of at most x."""
        return self.distribution.cdf(x)

    def ppf(self, q: Any) -> Any:
        """Return the type at a quantile."""
        return self.distribution.ppf(q)

    def mean_below(self, x: float) -> float:
        """Return the mean of the type where it is at most x, counted as zero elsewhere."""
        return _mean_between(self, 0.0, float(self.cdf(x)))

    def mean_above(self, x: float) -> float:
        """Return the mean of the type where it is more than x, counted as zero elsewhere."""
        return _mean_between(self, float(self.cdf(x)), 1.0)

    @property
    def _key(self) -> tuple[Any, ...]:
        frozen = self.distribution
        keywords = tuple(sorted((name, float(value)) for name, value in frozen.kwds.items()))
        return frozen.dist.name, tuple(map(float, frozen.args)), keywords

    def __eq__(self, other: object) -> bool:
        return self._key == other._key if isinstance(other, FromScipy) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._key)

    def __repr__(self) -> str:
        name, args, keywords = self._key
        arguments = ", ".join([*map(str, args), *(f"{key}={value}" for key, value in keywords)])
        return f"FromScipy({name}({arguments}))"


def types_from(distribution: Any) -> Types:
    """Return a distribution of types from :class:`Uniform` or a frozen continuous SciPy distribution.

    Raises
    ------
    GameError
        If it is neither.

    Examples
    --------
    >>> from scipy import stats
    >>> from deterrence.continuous import types_from
    >>> types_from(stats.norm(0.2, 0.05))
    FromScipy(norm(0.2, 0.05))
    """
    if isinstance(distribution, Types):
        return distribution
    if hasattr(distribution, "dist") and hasattr(distribution.dist, "_pdf"):
        return FromScipy(distribution)
    raise GameError(
        f"Types are drawn from Uniform(low, high) or a frozen continuous SciPy distribution such as "
        f"scipy.stats.norm(0.2, 0.05); got {distribution!r}."
    )


def quantiles(distribution: Types, count: int = 101) -> Any:
    """Return types at evenly spaced quantiles, from just above the lowest to just below the highest."""
    return distribution.ppf(np.linspace(EDGE, 1 - EDGE, count))


def midpoints(distribution: Types, count: int = 4001) -> Any:
    """Return types in the middle of equally likely cells: their mean is that over all types, to about a cell."""
    known: Any = distribution
    return _midpoints(known, count)


@lru_cache(maxsize=32)
def _midpoints(distribution: Any, count: int) -> Any:
    types = np.asarray(distribution.ppf((np.arange(count) + 0.5) / count), dtype=float)
    types.flags.writeable = False
    return types


def _mean_between(types: Types, low: float, high: float) -> float:
    """Return the integral of the types between two quantiles."""
    nodes, weights = gauss(NODES)
    return float((high - low) * np.dot(weights, types.ppf(low + (high - low) * nodes))) if high > low else 0.0


@lru_cache(maxsize=16)
def gauss(count: int) -> tuple[Any, Any]:
    """Return nodes in [0, 1] and weights that sum to one, for integrals of smooth functions."""
    nodes, weights = np.polynomial.legendre.leggauss(count)
    rule = (nodes + 1) / 2, weights / 2
    for array in rule:
        array.setflags(write=False)
    return rule
