"""What is known of a shock's law: probabilities in both tails, means of parts, and its characteristic function.

The three laws of the literature and the uniform one answer by formulas; any other answers through its own law.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import isfinite
from typing import Any

import numpy as np

from deterrence.games.continuum.families import ExtremeValue, Logistic, Normal
from deterrence.games.continuum.law import Law, gauss
from deterrence.games.continuum.uniform import Uniform

TAIL = 1e-16
"""What lies in either tail beyond this probability is left out of integrals."""
WIDTH, FEWEST, MOST, NODES = 1.4, 8, 64, 16
"""An integral over a shock is a sum over stretches of about so many scales, of which there are neither too few nor too
many, with so many nodes of Gauss and Legendre in each."""
NORMAL, LOGISTIC, EXTREME, UNIFORM, OTHER = "normal", "logistic", "extreme value", "uniform", "other"
EULER = float(np.euler_gamma)


@dataclass(frozen=True)
class Shock:
    """A shock: the law of one draw, at numbers.

    Attributes
    ----------
    law
        The law.
    """

    law: Law

    @cached_property
    def kind(self) -> str:
        """Which of the laws that are known by formulas it is."""
        kinds = {Normal: NORMAL, Logistic: LOGISTIC, ExtremeValue: EXTREME, Uniform: UNIFORM}
        return kinds.get(type(self.law), OTHER)

    @cached_property
    def place(self) -> float:
        """The law's location: the mean of a normal or logistic one, the mode of an extreme value."""
        return float(self.law.arguments[0]) if self.kind != OTHER else 0.0

    @cached_property
    def scale(self) -> float:
        """The law's scale; of a uniform one the width."""
        if self.kind == OTHER:
            return float(self.law.ppf(0.75) - self.law.ppf(0.25))
        second = float(self.law.arguments[1])
        return second - self.place if self.kind == UNIFORM else second

    @cached_property
    def mean(self) -> float:
        """The mean."""
        if self.kind == OTHER:
            return float(self.law.mean_between(*self.law.ends))
        return self.place + {NORMAL: 0.0, LOGISTIC: 0.0, EXTREME: EULER, UNIFORM: 0.5}[self.kind] * self.scale

    @cached_property
    def ends(self) -> tuple[float, float]:
        """The ends of its law, which may be infinite."""
        low, high = self.law.ends
        return float(low), float(high)

    @cached_property
    def span(self) -> tuple[float, float]:
        """The ends between which all but its tails lie."""
        low, high = self.ends
        return (
            low if isfinite(low) else float(self.law.ppf(TAIL)),
            high if isfinite(high) else float(self.law.ppf(1 - TAIL)),
        )

    def _standard(self, x: Any) -> Any:
        return (np.asarray(x, dtype=float) - self.place) / self.scale

    def below(self, x: Any) -> Any:
        """Return the probability of at most x."""
        from scipy import special

        z = self._standard(x)
        if self.kind == NORMAL:
            return special.ndtr(z)
        if self.kind == LOGISTIC:
            return special.expit(z)
        if self.kind == EXTREME:
            return np.exp(-np.exp(np.minimum(-z, 700.0)))
        return np.clip(z, 0.0, 1.0) if self.kind == UNIFORM else np.asarray(self.law.cdf(np.asarray(x, dtype=float)))

    def above(self, x: Any) -> Any:
        """Return the probability of more than x, precise where it is small."""
        if self.kind in (NORMAL, LOGISTIC):
            return self.below(2 * self.place - np.asarray(x, dtype=float))
        if self.kind == EXTREME:
            return -np.expm1(-np.exp(np.minimum(-self._standard(x), 700.0)))
        return 1 - self.below(x)

    def between(self, low: Any, high: Any) -> Any:
        """Return the probability between two ends, 0 where they are out of order; precise in both tails."""
        left, right = self.below(high) - self.below(low), self.above(low) - self.above(high)
        return np.maximum(np.where(np.asarray(low) > self.place, right, left), 0.0)

    def density(self, x: Any) -> Any:
        """Return the density."""
        z = self._standard(x)
        if self.kind == NORMAL:
            return np.exp(-z * z / 2) / (self.scale * np.sqrt(2 * np.pi))
        if self.kind == LOGISTIC:
            return self.below(x) * self.above(x) / self.scale
        if self.kind == EXTREME:
            return np.exp(-z - np.exp(np.minimum(-z, 700.0))) / self.scale
        return np.asarray(self.law.pdf(np.asarray(x, dtype=float)))

    def part(self, x: Any) -> Any:
        """Return the integral of the shock over what is drawn up to x."""
        from scipy import special

        low, high = self.span
        x = np.clip(np.asarray(x, dtype=float), low, high)
        z = self._standard(x)
        if self.kind == NORMAL:
            return self.place * special.ndtr(z) - self.scale**2 * self.density(x)
        if self.kind == LOGISTIC:
            return x * self.below(x) - self.scale * np.logaddexp(0.0, z)
        if self.kind == EXTREME:
            return x * self.below(x) - self.scale * special.exp1(np.exp(np.minimum(-z, 700.0)))
        if self.kind == UNIFORM:
            return (x * x - low * low) / (2 * self.scale)
        return self._part_by_pieces(x)

    @cached_property
    def _pieces(self) -> tuple[Any, Any]:
        """The ends of pieces of a law that is not known by formula, and the integral of the shock up to each."""
        ends = np.linspace(*self.span, MOST + 1)
        at, weight = gauss(NODES)
        x = ends[:-1, None] + np.diff(ends)[:, None] * at
        sums = np.diff(ends) * ((x * self.density(x)) @ weight)
        return ends, np.concatenate([[0.0], np.cumsum(sums)])

    def _part_by_pieces(self, x: Any) -> Any:
        ends, sums = self._pieces
        k = np.clip(np.searchsorted(ends, x) - 1, 0, len(ends) - 2)
        at, weight = gauss(NODES)
        wide = np.asarray(x - ends[k])
        nodes = ends[k][..., None] + wide[..., None] * at
        return sums[k] + wide * ((nodes * self.density(nodes)) @ weight)

    def wave(self, t: Any) -> tuple[Any, Any]:
        """Return the characteristic function and its derivative at numbers other than zero, of a law that is known."""
        from scipy import special

        turn = np.exp(1j * self.place * t)
        a = self.scale * t
        if self.kind == NORMAL:
            phi = turn * np.exp(-a * a / 2)
            return phi, (1j * self.place - self.scale * a) * phi
        if self.kind == LOGISTIC:
            return self._logistic_wave(turn, np.pi * a)
        if self.kind == EXTREME:
            phi = turn * np.exp(special.loggamma(1 - 1j * a))
            return phi, 1j * (self.place - self.scale * special.digamma(1 - 1j * a)) * phi
        return self._uniform_wave(t)

    def _uniform_wave(self, t: Any) -> tuple[Any, Any]:
        half = self.scale / 2
        turn, a = np.exp(1j * self.mean * t), half * t
        flat = np.abs(a) < 1e-3
        phi = np.sinc(a / np.pi)
        slope = np.where(flat, -a / 3, (np.cos(a) - phi) / np.where(flat, 1.0, a))
        return turn * phi, turn * (1j * self.mean * phi + half * slope)

    def _logistic_wave(self, turn: Any, a: Any) -> tuple[Any, Any]:
        size = np.abs(a)
        inverse = 2 * np.exp(-size) / -np.expm1(-2 * size)  # 1 / sinh
        flat = size < 1e-3
        slope = np.where(flat, -size / 3, inverse * (1 - size / np.tanh(np.maximum(size, 1e-300))))
        phi = size * inverse
        return turn * phi, turn * (1j * self.place * phi + np.pi * self.scale * np.sign(a) * slope)

    def nodes(self, breaks: tuple[float, ...] = ()) -> tuple[Any, Any]:
        """Return nodes and weights for means over the shock, none across the breaks."""
        low, high = self.span
        inner = [x for x in breaks if low < x < high]
        pieces = int(np.clip((high - low) / (WIDTH * self.scale), FEWEST, MOST))
        ends = np.unique(np.concatenate([np.linspace(low, high, pieces + 1), inner]))
        at, weight = gauss(NODES)
        x = (ends[:-1, None] + np.diff(ends)[:, None] * at).ravel()
        return x, (np.diff(ends)[:, None] * weight).ravel() * self.density(x)
