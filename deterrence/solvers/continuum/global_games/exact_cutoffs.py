"""Cutoffs as fractions where noise is uniform: guessed from the number found, and kept only if they answer exactly."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from deterrence.solvers.continuum.global_games.gains import gain, is_exact
from deterrence.solvers.continuum.global_games.shape import GlobalGame

Number = Any
NEAR = Fraction(1, 10**7)
DENOMINATORS = (10**4, 10**6)


def exact_pair(here: GlobalGame, pair: tuple[Number, Number]) -> tuple[tuple[Number, Number], bool]:
    """Return a pair of cutoffs as fractions at which gains are exactly zero, and whether there are such."""
    if all(isinstance(k, (int, Fraction)) or abs(k) == float("inf") for k in pair):
        return pair, True
    if not is_exact(here):
        return pair, False
    for guess in _guesses(here, pair):
        finite = [i for i in (0, 1) if abs(guess[i]) != float("inf")]
        if all(gain(here, i, guess[i], guess[1 - i]) == 0 for i in finite):
            return guess, True
    return pair, False


def _guesses(here: GlobalGame, pair: tuple[Number, Number]) -> list[tuple[Number, Number]]:
    guesses = [tuple(_fraction(k, most) for k in pair) for most in DENOMINATORS]
    if here.symmetric and pair[0] == pair[1]:
        line = _on_a_line(here, Fraction(pair[0]))
        guesses = [(line, line), *guesses] if line is not None else guesses
    return [(first, second) for first, second in guesses]


def _fraction(k: Number, most: int) -> Number:
    return k if abs(k) == float("inf") else Fraction(k).limit_denominator(most)


def _on_a_line(here: GlobalGame, near: Fraction) -> Fraction | None:
    """Return where the line through the gains on either side of a number is zero: the cutoff, if it is a line."""
    low, high = near - NEAR, near + NEAR
    below, above = (gain(here, 0, k, k) for k in (low, high))
    if not isinstance(below, (int, Fraction)) or not isinstance(above, (int, Fraction)) or below == above:
        return None
    return low - below * (high - low) / (above - below)
