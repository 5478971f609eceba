"""Numbers as a reader pictures them: frequencies in words, at most two digits, changes as simple parts."""

from __future__ import annotations

from fractions import Fraction
from math import floor, isnan, log10
from typing import Any

from deterrence.games.expression import show_number

COUNTS = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
PARTS = {
    Fraction(1, 2): "half of the time",
    Fraction(1, 3): "one time in three",
    Fraction(2, 3): "two times in three",
    Fraction(1, 4): "one time in four",
    Fraction(3, 4): "three times in four",
    Fraction(2, 5): "two times in five",
    Fraction(3, 5): "three times in five",
    Fraction(4, 5): "four times in five",
    Fraction(9, 10): "nine times in ten",
}
"""Frequencies between one in five and nine in ten that are told as such."""
RARE, FREQUENT = 0.22, 0.94
SURE = 5e-5
"""Nearer than this to never or always is so; the formulas themselves tell the difference."""
TINY = 0.1
"""Percentages are told down to this one."""
CHANGES = {
    Fraction(1, 20): "a twentieth",
    Fraction(1, 10): "a tenth",
    Fraction(1, 8): "an eighth",
    Fraction(1, 6): "a sixth",
    Fraction(1, 5): "a fifth",
    Fraction(1, 4): "a quarter",
    Fraction(1, 3): "a third",
    Fraction(1, 2): "half",
    Fraction(2, 3): "two thirds",
    Fraction(3, 4): "three quarters",
}
FINE = Fraction(1, 40)
"""A change smaller than this is told as a percentage."""


def frequency(probability: Any) -> str:
    """Say how often something happens, in words and as a percentage.

    Examples
    --------
    >>> frequency(0.4643), frequency(0.1514), frequency(0.0022), frequency(1)
    ('about half of the time (46%)', 'one time in seven (15%)', 'one time in 450 (0.2%)', 'always')
    """
    p = float(probability)
    if p < SURE:
        return "never"
    if p > 1 - SURE:
        return "always"
    if p < RARE:
        return f"one time in {_one_in(p)} ({percent(p)})"
    if p > FREQUENT:
        return f"all but one time in {_one_in(1 - p)} ({percent(p)})"
    part = min(PARTS, key=lambda part: abs(float(part) - p))
    about = "" if abs(float(part) - p) < 0.005 else "about "
    return f"{about}{PARTS[part]} ({percent(p)})"


def in_short(low: Any, high: Any) -> str:
    """Say the same as :func:`frequencies` in a cell of a table.

    Examples
    --------
    >>> in_short(0.4643, 0.4643), in_short(0.0022, 0.0022), in_short(0, 0), in_short(0, 0.5)
    ('46%', '1 in 450 (0.2%)', 'never', '0% to 50%')
    """
    if isnan(float(low)):
        return "–"
    if abs(float(high) - float(low)) >= SURE:
        return f"{percent(low)} to {percent(high)}"
    p = float(low)
    if SURE <= p < RARE:
        return f"1 in {_digits(1 / p, 2)} ({percent(p)})"
    return percent(p) if SURE < p < 1 - SURE else frequency(p)


def frequencies(low: Any, high: Any) -> str:
    """Say how often something happens where equilibria differ, or how often it does where they agree."""
    if isnan(float(low)):
        return "in no equilibrium"
    if abs(float(high) - float(low)) < SURE:
        return frequency(low)
    return f"between {percent(low)} and {percent(high)} by equilibrium"


def percent(probability: Any) -> str:
    """Write a probability as a percentage of at most two digits.

    Examples
    --------
    >>> percent(0.4643), percent(0.0022), percent(0.997), percent(0)
    ('46%', '0.2%', '99.7%', '0%')
    """
    p = 100 * float(probability)
    if p < SURE or p > 100 * (1 - SURE):
        return f"{p:.0f}%"
    if p > 99:
        return f"{100 - float(f'{100 - p:.1g}'):g}%"
    if p < TINY:
        return f"under {TINY}%"
    return f"{p:.0f}%" if p >= 1 else f"{_digits(p, 1)}%"


def _one_in(p: float) -> str:
    count = round(1 / p)
    return COUNTS[count] if count < len(COUNTS) else _digits(1 / p, 2)


def rounded(value: Any) -> str:
    """Write a number with at most two digits, whole numbers below a hundred as they are.

    Examples
    --------
    >>> from fractions import Fraction
    >>> rounded(Fraction(31, 75)), rounded(Fraction(158, 29)), rounded(-0.2688), rounded(21)
    ('0.41', '5.4', '−0.27', '21')
    """
    return _digits(float(value), 2).replace("-", "−")


def _digits(value: float, digits: int) -> str:
    if value == 0:
        return "0"
    places = digits - 1 - floor(log10(abs(value)))
    short = round(value, places)
    text = f"{short:.{max(0, places)}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def exactly(value: Any) -> str:
    """Write a number rounded, with its fraction in brackets where rounding changes it and the fraction is short.

    Examples
    --------
    >>> from fractions import Fraction
    >>> exactly(Fraction(31, 75)), exactly(Fraction(1, 4)), exactly(9)
    ('0.41 (31/75)', '0.25', '9')
    """
    exact, short = show_number(value), rounded(value)
    if exact == short.replace("−", "-"):
        return short
    return f"{short} ({exact})" if "/" in exact and len(exact) <= 9 else short


def change(before: Any, after: Any) -> str:
    """Say by how much a number has changed, as a simple part of what it was; nothing where it was zero.

    Examples
    --------
    >>> change(0.4, 0.36), change(2, 2.416), change(4, 12), change(0, -0.27)
    ('a tenth less', 'a fifth more', '3 times as much', '')
    """
    if before == 0 or (float(before) > 0) != (float(after) > 0):
        return ""
    ratio = Fraction(after) / Fraction(before)
    if ratio >= 2:
        return "twice as much" if abs(ratio - 2) < FINE else f"{rounded(ratio)} times as much"
    share, way = abs(ratio - 1), "more" if ratio > 1 else "less"
    if share < FINE:
        return f"{percent(share)} {way}"
    part = min(CHANGES, key=lambda part: abs(part - share))
    if part == Fraction(1, 2) and way == "less":
        return "half as much" if abs(part - share) < FINE else "about half as much"
    about = "" if abs(part - share) < part / 10 else "about "
    return f"{about}{CHANGES[part]} {way}"


def capital(words: str) -> str:
    """Return words with a capital letter at their beginning."""
    return words[:1].upper() + words[1:]
