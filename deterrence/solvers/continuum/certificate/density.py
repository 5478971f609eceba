"""Parts of a law: what types between ends come to, exactly for uniform laws, else by nodes of Gauss and Legendre."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from math import comb, isfinite
from typing import Any

from deterrence.games.continuum.given import Types
from deterrence.games.continuum.law import Law, gauss
from deterrence.games.continuum.uniform import Uniform
from deterrence.solvers.continuum.certificate.reading import INFINITE, Array, Rows

NODES = 10
"""So many nodes stand in each panel."""
TAILS = (1e-15, 1e-11, 1e-8, 1e-5, 1e-3, 0.02, 0.1, 0.3)
"""At these quantiles, and at those from above, and at the median, a law is cut into panels."""


@lru_cache(maxsize=256)
def edges(law: Law) -> Array:
    """Return where a law is cut into panels, its ends first and last; far out where it has none."""
    import numpy as np

    shares = np.array([*TAILS, 0.5, *(1 - q for q in reversed(TAILS))])
    inner = [x for x in np.asarray(law.ppf(shares), dtype=float) if isfinite(x)]
    inner += [float(end) for end in law.ends if isfinite(end)]
    mode = getattr(law, "mode", None)
    return np.array(sorted({*inner, *([] if mode is None else [float(mode)])}))


def nodes(law: Law, low: Array, high: Array, breaks: tuple[Array, ...] = ()) -> tuple[Array, Array]:
    """Return types between two ends and their weights, which sum to the probability of the piece; on a last axis."""
    import numpy as np

    low, high = np.asarray(low, dtype=float)[..., None], np.asarray(high, dtype=float)[..., None]
    cuts = np.concatenate(
        np.broadcast_arrays(
            *(np.clip(x, low, high) for x in edges(law)), *(np.clip(b[..., None], low, high) for b in breaks)
        ),
        axis=-1,
    )
    cuts = np.sort(cuts, axis=-1)
    start, end = cuts[..., :-1, None], cuts[..., 1:, None]
    inside, weights = gauss(NODES)
    first, last = np.asarray(law.cdf(start)), np.asarray(law.cdf(end))
    if isinstance(law, Types):
        types, mass = law.ppf(first + (last - first) * inside), (last - first) * weights
    else:
        types = start + (end - start) * inside
        mass = np.asarray(law.pdf(types)) * weights
        total = mass.sum(-1, keepdims=True)
        if np.isfinite(total).all():
            mass = np.where(total > 0, mass / np.where(total > 0, total, 1) * (last - first), 0.0)
        else:  # a density without bound: types by their quantiles
            types, mass = law.ppf(first + (last - first) * inside), (last - first) * weights
    shape = (*types.shape[:-2], types.shape[-2] * types.shape[-1])
    return types.reshape(shape), mass.reshape(shape)


def moment(law: Law, low: Array, high: Array, power: int, exact: bool = False) -> Array:
    """Return the integral of a power of the type over what is drawn between two ends."""
    import numpy as np

    if isinstance(law, Uniform):
        number: Any = Fraction if exact else float
        least, most = number(law.low), number(law.high)
        a = np.minimum(np.maximum(low, least), most)
        b = np.maximum(np.minimum(high, most), a)
        return (b ** (power + 1) - a ** (power + 1)) / ((power + 1) * (most - least))
    if power == 0:
        return np.maximum(np.asarray(law.cdf(high)) - np.asarray(law.cdf(low)), 0.0)
    types, weights = nodes(law, low, np.maximum(high, low))
    return (types**power * weights).sum(-1)


@dataclass(eq=False)
class Density:
    """A law times a function that is constant between ends: the types of a player that did something.

    Attributes
    ----------
    law
        The law, of numbers.
    rows
        The function.
    shift
        What is added to what is drawn, where the law moves with another draw.
    exact
        Whether to compute in fractions.
    known
        The moments asked for so far.
    """

    law: Law
    rows: Rows = ((-INFINITE, INFINITE, 1),)
    shift: Array = None
    exact: bool = False
    known: dict[int, Array] = field(default_factory=dict)

    def times(self, rows: Rows) -> Density:
        """Return the density of those of whom something more holds."""
        import numpy as np

        made = []
        for low, high, value in self.rows:
            for least, most, factor in rows:
                a = least if _below_all(low) else low if _below_all(least) else np.maximum(low, least)
                b = most if _above_all(high) else high if _above_all(most) else np.minimum(high, most)
                if np.any(np.asarray(a < b, dtype=bool)):
                    made.append((a, b, value * factor))
        return Density(self.law, tuple(made), self.shift, self.exact)

    def moment(self, power: int) -> Array:
        """Return the integral of a power of the type."""
        if power not in self.known:
            self.known[power] = sum((value * self._piece(low, high, power) for low, high, value in self.rows), start=0)
        return self.known[power]

    def _piece(self, low: Array, high: Array, power: int) -> Array:
        import numpy as np

        high = high if _above_all(high) or _below_all(low) else np.maximum(high, low)
        if self.shift is None:
            return moment(self.law, low, high, power, self.exact)
        parts = (moment(self.law, low - self.shift, high - self.shift, k) for k in range(power + 1))
        return sum(comb(power, k) * self.shift ** (power - k) * part for k, part in enumerate(parts))


def _below_all(x: Array) -> bool:
    return isinstance(x, float) and x == -INFINITE


def _above_all(x: Array) -> bool:
    return isinstance(x, float) and x == INFINITE
