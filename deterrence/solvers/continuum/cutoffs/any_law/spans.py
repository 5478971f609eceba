"""Spans of numbers: arithmetic on two ends between which a number lies, for bounds over boxes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

WIDER = 4e-16
"""Ends are moved outward by this share, for rounding."""


@dataclass(frozen=True, slots=True)
class Span:
    """All numbers between two ends."""

    low: float
    high: float

    def __add__(self, other: Any) -> Span:
        low, high = _ends(other)
        return _wider(self.low + low, self.high + high)

    __radd__ = __add__

    def __neg__(self) -> Span:
        return Span(-self.high, -self.low)

    def __sub__(self, other: Any) -> Span:
        low, high = _ends(other)
        return _wider(self.low - high, self.high - low)

    def __rsub__(self, other: Any) -> Span:
        return -self + other

    def __mul__(self, other: Any) -> Span:
        low, high = _ends(other)
        products = (self.low * low, self.low * high, self.high * low, self.high * high)
        return _wider(min(products), max(products))

    __rmul__ = __mul__

    def over(self, other: Span) -> Span:
        """Return the ratio to numbers above zero; without ends where they come near it."""
        low, high = max(other.low, 0.0), other.high
        ratios = [_ratio(a, b) for a in (self.low, self.high) for b in (low, high)]
        return _wider(min(ratios), max(ratios))

    @property
    def has_zero(self) -> bool:
        """Whether zero lies between the ends."""
        return self.low <= 0 <= self.high

    def meet(self, other: Span) -> Span | None:
        """Return what is in both, or None."""
        low, high = max(self.low, other.low), min(self.high, other.high)
        return Span(low, high) if low <= high else None


def _ends(other: Any) -> tuple[float, float]:
    return (other.low, other.high) if isinstance(other, Span) else (float(other), float(other))


def _ratio(a: float, b: float) -> float:
    if b > 0:
        return a / b
    return 0.0 if a == 0 else (float("inf") if a > 0 else -float("inf"))


def _wider(low: float, high: float) -> Span:
    return Span(low - WIDER * abs(low), high + WIDER * abs(high))
