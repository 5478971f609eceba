"""The schedule on which every type is just not imitated by weaker ones, solved piece by piece."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from deterrence.errors import MethodError
from deterrence.games.expression import to_sympy
from deterrence.solvers.continuum.signals.crossing import Worth
from deterrence.solvers.continuum.signals.functions import Curve
from deterrence.solvers.continuum.signals.shape import plain

POINTS = 129
"""At so many types a schedule without a formula is kept."""


@dataclass(frozen=True)
class Segment:
    """A part of a schedule, from the weaker to the stronger end.

    Attributes
    ----------
    start, end
        The ends of the types, the weaker first.
    value
        What is sent: an expression in the type, a curve, or a number where all send the same.
    first, last
        What the ends send.
    symbol
        The symbol of the type.
    """

    start: Any
    end: Any
    value: Any
    first: Any
    last: Any
    symbol: Any

    def holds(self, t: float) -> bool:
        """Tell whether a type lies in it."""
        return min(self.start, self.end) <= t <= max(self.start, self.end)

    @property
    def flat(self) -> bool:
        """Whether all types in it send the same."""
        return bool(self.first == self.last)

    def at(self, t: float) -> float:
        """Return what a type sends."""
        if isinstance(self.value, Curve):
            return float(self.value(t))
        return float(self.value.subs(self.symbol, t)) if hasattr(self.value, "subs") else float(self.value)


def segments_of(worth: Worth) -> tuple[Segment, ...]:
    """Return the schedule from the weakest type, who sends the least, to the strongest."""
    low, high = worth.signal.law.ends
    weak, strong = (low, high) if worth.rising else (high, low)
    kinks = sorted((k for k in worth.response.kinks if low < k < high), reverse=not worth.rising)
    segments: list[Segment] = []
    now = worth.signal.span[0]
    for start, end in pairwise([weak, *kinks, strong]):
        segments.append(_segment(worth, start, end, now))
        now = segments[-1].last
    return tuple(segments)


def _segment(worth: Worth, start: Any, end: Any, first: Any) -> Segment:
    symbol = worth.symbols[0]
    if worth.response.slope((start + end) / 2) == 0:
        return Segment(start, end, first, first, first, symbol)
    formula = _formula(worth, start, end, first)
    if formula is not None:
        return Segment(start, end, formula, first, plain(formula.subs(symbol, to_sympy(end))), symbol)
    curve = _curve(worth, float(start), float(end), float(first))
    return Segment(start, end, curve, first, curve(float(end)), symbol)


def _formula(worth: Worth, start: Any, end: Any, first: Any) -> Any:
    """Return the schedule as an expression in the type, where that is found at once; else None."""
    import sympy as sp

    if any(isinstance(x, float) for x in (start, end, first)):
        return None
    reply = worth.response.exact_reply(start, end)
    if reply is None:
        return None
    t, m, q = worth.symbols
    b = worth.response.belief
    gain = worth.by_reply.subs(q, reply.subs(b, t)) * sp.diff(reply, b)
    rate = sp.expand(sp.simplify(gain / -worth.by_signal.subs(q, reply.subs(b, t))))
    power = _power(rate, t, m) if rate.has(m) and first == 0 else 0
    if power is None:
        return None
    rate = sp.expand(rate * m**power)
    if rate.has(m) or not _easy(rate, t):
        return None
    rising = sp.integrate(rate, t)
    sent = sp.expand((power + 1) * (rising - rising.subs(t, to_sympy(start))))
    return sent + to_sympy(first) if power == 0 else sent ** (1 / (power + 1))


def _power(rate: Any, t: Any, m: Any) -> Any:
    """Return the power of the signal by which the rate falls with it, where it is one: the cost is a higher power."""
    power = -rate.as_coeff_exponent(m)[1]
    return power if power.is_Rational and power > 0 and rate.free_symbols <= {t, m} else None


def _easy(rate: Any, t: Any) -> bool:
    """Tell whether an expression is a sum of powers of the type."""
    return all(
        term.as_coeff_exponent(t)[0].free_symbols == set()
        and term.as_coeff_exponent(t)[1] != -1
        and term.as_coeff_exponent(t)[1].is_Rational
        for term in rate.as_ordered_terms()
    )


def _curve(worth: Worth, start: float, end: float, first: float) -> Curve:
    """Return the schedule by numbers.

    Raises
    ------
    MethodError
        If it starts steeply, as the first of the signal costs nothing.
    """
    import numpy as np
    from scipy.integrate import solve_ivp

    if not worth.cost(start, first):
        raise MethodError(
            f"The first of the signal {worth.signal.message.name!r} costs nothing at the margin; such a schedule is "
            "solved where its cost is a power of the signal and the reply has a formula."
        )

    def rate(t: float, m: Any) -> list[float]:
        return [worth.rate(t, float(m[0]))]

    points = start + (end - start) * (1 - np.cos(np.linspace(0, np.pi, POINTS))) / 2
    found = solve_ivp(rate, (start, end), [first], method="DOP853", t_eval=points, rtol=1e-12, atol=1e-13)
    values = found.y[0].tolist()
    rows = sorted(zip(points.tolist(), values, strict=True))
    slopes = tuple(worth.rate(t, m) for t, m in rows)
    return Curve(tuple(t for t, _ in rows), tuple(m for _, m in rows), slopes)
