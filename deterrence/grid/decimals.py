"""Floats as the decimals that they are written as, for many at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np

from deterrence.games.expression import Exact

PLACES = (3, 9, 15)
DIGITS = 10**15
"""Different decimals of up to 15 digits are different floats, so a float is written as the only one near it."""


class Decimals(Sequence[Exact]):
    """Floats that are read as the decimals that they are written as, each when it is asked for.

    It equals a tuple of the same numbers.

    Attributes
    ----------
    floats
        The numbers as floats, which are the nearest to the decimals.
    """

    def __init__(self, floats: Sequence[float] | np.ndarray) -> None:
        self.floats = np.array(floats, dtype=float) + 0.0  # no zero with a sign
        self.floats.flags.writeable = False

    def __len__(self) -> int:
        return len(self.floats)

    def __getitem__(self, i: Any) -> Any:
        return tuple(Decimals(self.floats[i])) if isinstance(i, slice) else _decimal(float(self.floats[i]))

    def __iter__(self) -> Iterator[Exact]:
        return iter(_all_decimals(self.floats))

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Decimals):
            return np.array_equal(self.floats, other.floats)
        return isinstance(other, (tuple, list)) and len(self) == len(other) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))


def at_places(values: Sequence[Exact], places: np.ndarray) -> Sequence[Exact]:
    """Return the values at some places of an axis."""
    return Decimals(values.floats[places]) if isinstance(values, Decimals) else [values[k] for k in places.tolist()]


def rounded(values: Sequence[Exact]) -> np.ndarray:
    """Return exact values as floats; a ratio of integers is rounded once."""
    if isinstance(values, Decimals):
        return values.floats
    return np.array([value.numerator / value.denominator for value in values])


def _all_decimals(floats: np.ndarray) -> tuple[Exact, ...]:
    for places in PLACES:
        scale = 10**places
        if not (np.abs(floats) < DIGITS / scale).all():
            break
        scaled = np.rint(floats * scale)
        if (scaled / scale == floats).all():
            whole = scaled.astype(np.int64)
            common = np.gcd(whole, scale)
            pairs = zip((whole // common).tolist(), (scale // common).tolist(), strict=True)
            return tuple(top if bottom == 1 else Fraction(top, bottom) for top, bottom in pairs)
    return tuple(map(_decimal, floats.tolist()))


def _decimal(value: float) -> Exact:
    top, bottom = Decimal(repr(value)).as_integer_ratio()
    return top if bottom == 1 else Fraction(top, bottom)
