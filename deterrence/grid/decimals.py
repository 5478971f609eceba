"""Floats as the decimals that they are written as, for many at once."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

import numpy as np

from deterrence.games.expression import Exact

PLACES = (3, 9, 15)
DIGITS = 10**15
"""Different decimals of up to 15 digits are different floats, so a float is written as the only one near it."""


def decimals(values: Sequence[float]) -> tuple[Exact, ...]:
    """Return for every float what ``exact_number`` does: the decimal that it is written as."""
    floats = np.array(values)
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
    return tuple(map(_decimal, values))


def _decimal(value: float) -> Exact:
    top, bottom = Decimal(repr(value)).as_integer_ratio()
    return top if bottom == 1 else Fraction(top, bottom)
