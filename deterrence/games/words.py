"""Text for people and from them: names put into sentences, and numbers such as ``0.75``, ``3/4`` and ``1e-3``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction
from functools import lru_cache

MOST_DIGITS = 300
"""The most digits of a number, and the largest power of ten it may reach."""
MOST_BITS = int(MOST_DIGITS * 3.33)
NUMBER = re.compile(r"[+-]?(?:[0-9]+/[0-9]+|(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)")


def listed(names: Iterable[str]) -> str:
    """Join names by commas and an "and"."""
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last


def number_from_text(text: str) -> int | Fraction | None:
    """Return the number that a text writes, blanks around it aside; None where it writes none.

    Examples
    --------
    >>> number_from_text("0.75"), number_from_text(" -3 / 4 "), number_from_text("0.75a")
    (Fraction(3, 4), Fraction(-3, 4), None)
    """
    plain = _plain(text)
    return exact(plain) if NUMBER.fullmatch(plain) else None


def why_no_number(text: str) -> str:
    """Return a sentence on what is wrong with a text that nearly is a number, after a blank; else nothing."""
    plain = _plain(text)
    if re.fullmatch(r"[+-]?[0-9]*,[0-9]+", plain):
        return f" Write decimals with a point: {plain.replace(',', '.')}."
    if NUMBER.fullmatch(plain):
        return f" At most {MOST_DIGITS} digits are read, and no division by zero."
    return ""


def _plain(text: str) -> str:
    if len(text) > 3 * MOST_DIGITS:
        return text[: 3 * MOST_DIGITS] + "…"
    return re.sub(r"\s*/\s*", "/", text.strip().replace("−", "-"))


@lru_cache(maxsize=4096)
def exact(text: str) -> int | Fraction | None:
    """Return the number that a text such as ``1/3``, ``0.25`` or ``1e-3`` writes; None where it is out of bounds."""
    if len(text) > 2 * MOST_DIGITS:
        return None
    if len(text) < MOST_DIGITS and text.lstrip("+-").isdigit():
        return int(text)
    if "/" in text:
        over, under = text.split("/")
        return bounded(Fraction(int(over), int(under))) if int(under) else None
    digits, _, power = text.lower().partition("e")
    if len(power) > MOST_DIGITS or abs(int(power or 0)) > MOST_DIGITS:
        return None
    return bounded(Fraction(digits) * Fraction(10) ** int(power or 0))


def bounded(value: int | Fraction) -> int | Fraction | None:
    """Return a number if it and its denominator stay within the bounds, else None."""
    if type(value) is int:
        return value if value.bit_length() <= MOST_BITS else None
    fits = value.numerator.bit_length() <= MOST_BITS and value.denominator.bit_length() <= MOST_BITS
    return (value.numerator if value.denominator == 1 else value) if fits else None


def percent(share: float) -> str:
    """Write a share as a percentage with one decimal, or as many as its first digit needs."""
    return f"{share:.1%}" if share == 0 or abs(share) >= 0.001 else f"{share * 100:.1g}%"
