"""What a player gains by its low action after a signal, against a cutoff of the other."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from math import inf
from typing import Any

from deterrence.games.continuum.families import Normal
from deterrence.games.continuum.given import Flat
from deterrence.games.continuum.law import Law
from deterrence.games.continuum.uniform import Uniform
from deterrence.solvers.continuum.global_games.polynomials import (
    Poly,
    floats_of,
    integral,
    plus,
    product,
    value,
)
from deterrence.solvers.continuum.global_games.posterior import marks_of, nodes
from deterrence.solvers.continuum.global_games.shape import GlobalGame

Number = Any


def is_exact(here: GlobalGame) -> bool:
    """Tell whether means over states are integrals of polynomials: uniform noise, and a flat or uniform prior."""
    even = all(isinstance(side.noise, Uniform) for side in here.sides)
    return even and isinstance(here.prior, (Flat, Uniform))


def gain(here: GlobalGame, i: int, signal: Number, cutoff: Number) -> Number:
    """Return what a player gains by its low action over its high one, given its signal.

    Parameters
    ----------
    here
        The game.
    i
        Which of the two players.
    signal
        Its signal.
    cutoff
        The other takes its low action at signals below this; infinite where it always or never does.
    """
    side = here.sides[i]
    return mean_gain(here, i, signal, cutoff, side.alone, side.joined)


def mean_gain(here: GlobalGame, i: int, signal: Number, cutoff: Number, alone: Poly, joined: Poly) -> Number:
    """Return the mean of one polynomial in the state where the other's signal lies above a cutoff, else of another."""
    low, high = here.span(i)
    if signal <= low or signal >= high:
        return at_state(here, i, here.prior.ends[int(signal >= high)], cutoff, alone, joined)
    if is_exact(here):
        return _exact(here, i, signal, cutoff, alone, joined)
    own, other = here.sides[i].noise, here.sides[1 - i].noise
    x, weights = nodes(here.prior, own, float(signal), marks_of(other, float(cutoff)))
    chance = low_chance(other, cutoff, x)
    parts = (1 - chance) * value(floats_of(alone), x) + chance * value(floats_of(joined), x)
    return float(weights @ parts)


def low_chance(noise: Law, cutoff: Number, state: Any) -> Any:
    """Return the chance that a player's signal lies below its cutoff, at states."""
    if abs(cutoff) == inf:
        return int(cutoff > 0)
    if isinstance(noise, Normal):
        from scipy import special

        return special.ndtr((cutoff - state - float(noise.mean)) / float(noise.sd))
    return noise.cdf(cutoff - state)


def at_state(here: GlobalGame, i: int, state: Number, cutoff: Number, alone: Poly, joined: Poly) -> Number:
    """Return the mean of one polynomial or the other at a state that is known; at an infinite one the limit."""
    chance = low_chance(here.sides[1 - i].noise, cutoff, state) if abs(cutoff) < inf else int(cutoff > 0)
    if chance in (0, 1):
        return value(joined if chance else alone, state)
    return (1 - chance) * value(alone, state) + chance * value(joined, state)


def _exact(here: GlobalGame, i: int, signal: Number, cutoff: Number, alone: Poly, joined: Poly) -> Number:
    """Return the mean as an integral of polynomials between the states at which something changes.

    It is summed in fractions, as differences of powers of nearly equal floats would lose digits; it is a float where
    the signal or the cutoff is one.
    """
    rounded = isinstance(signal, float) or isinstance(cutoff, float)
    signal, cutoff = Fraction(signal), cutoff if abs(cutoff) == inf else Fraction(cutoff)
    own, other = here.sides[i].noise, here.sides[1 - i].noise
    low, high = signal - own.ends[1], signal - own.ends[0]
    least, most = here.prior.ends
    low, high = max(low, least), min(high, most)
    if not low < high:
        return at_state(here, i, low, cutoff, alone, joined)
    total = cells_integral(low, high, [(other, cutoff)], lambda chances: mixed(alone, joined, chances[0]))
    return float(total / (high - low)) if rounded and abs(cutoff) < inf else total / (high - low)


def mixed(alone: Poly, joined: Poly, chance: Poly) -> Poly:
    """Return the mean of two polynomials, the second with a chance that is one too."""
    return plus(alone, product(chance, plus(joined, alone, -1)))


def cells_integral(low: Number, high: Number, cutoffs: list[tuple[Law, Number]], poly_of: Any) -> Number:
    """Return the integral between two states of a polynomial of the chances that signals lie below cutoffs.

    Parameters
    ----------
    low, high
        The ends.
    cutoffs
        Pairs of a uniform noise and a cutoff of the signal.
    poly_of
        Called with the chances, polynomials in the state; returns the polynomial to integrate.
    """
    marks = [c - end for noise, c in cutoffs if abs(c) < inf for end in noise.ends]
    ends = [low, *sorted(m for m in set(marks) if low < m < high), high]
    total: Number = 0
    for a, b in pairwise(ends):
        total += integral(poly_of([_chance(noise, c, (a + b) / 2) for noise, c in cutoffs]), a, b)
    return total


def _chance(noise: Law, cutoff: Number, middle: Number) -> Poly:
    """Return the chance that a signal lies below a cutoff as a polynomial in the state, near a state."""
    if abs(cutoff) == inf:
        return (int(cutoff > 0),)
    least, most = noise.ends
    width = most - least
    if middle <= cutoff - most:
        return (1,)
    if middle >= cutoff - least:
        return (0,)
    part = 1 / width if isinstance(width, float) else Fraction(1) / width
    return (cutoff - least) * part, -part
