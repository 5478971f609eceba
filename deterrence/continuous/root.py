"""A root between two places where a function has different signs, as SciPy's ``brentq`` finds it.

Written out, since SciPy takes longer to load than most continuous models to be solved; a test holds both equal.
"""

from __future__ import annotations

from collections.abc import Callable

RELATIVE = 4 * 2.0**-52
"""How near to a root its own size lets one come, as a share of it."""


def root_between(function: Callable[[float], float], low: float, high: float, xtol: float) -> float:
    """Return where a continuous function vanishes between two places, at which it has different signs.

    By secants and inverse quadratic interpolation as long as they shorten the bracket fast enough, else by halving it,
    which always ends: Brent (1973), *Algorithms for Minimization without Derivatives*, chapter 4.
    """
    before, now = float(low), float(high)
    f_before, f_now = float(function(before)), float(function(now))
    if f_before == 0 or f_now == 0:
        return before if f_before == 0 else now
    across, f_across = 0.0, 0.0
    step = last = 0.0
    while True:
        if f_before != 0 and f_now != 0 and (f_before < 0) != (f_now < 0):
            across, f_across = before, f_before
            step = last = now - before
        if abs(f_across) < abs(f_now):
            before, now, across = now, across, now
            f_before, f_now, f_across = f_now, f_across, f_now
        near, half = (xtol + RELATIVE * abs(now)) / 2, (across - now) / 2
        if f_now == 0 or abs(half) < near:
            return now
        tried = _interpolated((before, f_before), (now, f_now), (across, f_across))
        good = abs(last) > near and abs(f_now) < abs(f_before)
        if good and tried is not None and 2 * abs(tried) < min(abs(last), 3 * abs(half) - near):
            last, step = step, tried
        else:
            last = step = half
        before, f_before = now, f_now
        now += step if abs(step) > near else (near if half > 0 else -near)
        f_now = float(function(now))


def _interpolated(before: tuple[float, float], now: tuple[float, float], across: tuple[float, float]) -> float | None:
    """Return the step that a line through two points or a parabola through three proposes; None where it has none."""
    (x, f), (x_now, f_now), (x_across, f_across) = before, now, across
    try:
        if x == x_across:
            return -f_now * (x_now - x) / (f_now - f)
        slope, slope_across = (f - f_now) / (x - x_now), (f_across - f_now) / (x_across - x_now)
        return -f_now * (f_across * slope_across - f * slope) / (slope_across * slope * (f_across - f))
    except ZeroDivisionError:
        return None
