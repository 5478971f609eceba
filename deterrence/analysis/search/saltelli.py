"""Saltelli's design over whole ranges of parameters, and the Sobol indices computed from it."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from deterrence.analysis.questions import checked_count, checked_mapping, checked_names, checked_number
from deterrence.analysis.search.landscape import admitted
from deterrence.answers.measure import Measure
from deterrence.errors import ParameterError
from deterrence.grid.points import Cloud

GRAIN = 2**30
SAME = 1e-9
MOST_TIMES = 16
ENOUGH = 16
"""With fewer complete rows than this no indices are given."""


def checked_design(n: Any, rng: Any, confidence: Any) -> np.random.Generator:
    """Return the source of randomness, having refused a size, a source or a level that is none."""
    if checked_count(n, "n", 2) & (n - 1):
        raise ParameterError(f"n must be a power of two (Sobol sequence); got {n}, try {2 ** n.bit_length()}.")
    if rng is not None and not isinstance(rng, np.random.Generator):
        raise ParameterError(f"rng={rng!r} is no source of randomness; give one, such as numpy.random.default_rng(1).")
    checked_number(confidence, "confidence", 0, 1, ends=False)
    return np.random.default_rng(2010) if rng is None else rng


def checked_distributions(game: Any, parameters: Any, distributions: Any) -> tuple[tuple[str, ...], list[Any]]:
    """Return the parameters that vary, and the distribution of each: that given, or uniform over its range."""
    from scipy import stats

    given = checked_mapping(game, distributions, "distributions", "scipy.stats.uniform(0, 1)")
    varied = tuple(game.parameters) if parameters is None else checked_names(game, parameters)
    for name, dist in given.items():
        if name not in varied:
            raise ParameterError(
                f"{name!r} has a distribution but does not vary. Add it to parameters=[…], or leave that out."
            )
        if not hasattr(dist, "ppf"):
            raise ParameterError(
                f"The distribution of {name!r} is {dist!r}; give a frozen one, such as scipy.stats.uniform(0, 1)."
            )
    names, dists = [], []
    for name in varied:
        parameter = game.parameters[name]
        if name not in given and (parameter.low is None or parameter.high is None):
            raise ParameterError(
                f"The parameter {name!r} has the range {parameter.range}. Give it a distribution, such as "
                f"distributions={{{name!r}: scipy.stats.norm(…)}}, or leave it out with parameters=[…]."
            )
        names.append(name)
        ends = float(parameter.low or 0), float(parameter.high or 0)
        dists.append(given[name] if name in given else stats.uniform(ends[0], ends[1] - ends[0]))
    if not names:
        raise ParameterError(f"The game {game.name!r} has no parameter to vary.")
    return tuple(names), dists


class Design:
    """Saltelli's design, and the random points from which the outcome's distribution is estimated.

    The design is two independent samples and, for each parameter, the first with its column taken from the
    second. Where points are not admissible more rows are drawn, and the first complete ones are kept.
    """

    def __init__(self, game: Any, names: tuple[str, ...], dists: list[Any], n: int, rng: np.random.Generator) -> None:
        self.game, self.names, self.n = game, names, n
        sequence = self._sequence(rng)
        parts = self._drawn(dists, sequence.random(n))
        good = self._admitted(parts)
        self.rejected = float(1 - good[:2].mean())
        self.points = np.concatenate([parts[0], parts[1]], axis=1)[:, good[:2].ravel()]
        while good.all(axis=0).sum() < n and parts.shape[2] < MOST_TIMES * n:
            more = self._drawn(dists, sequence.random(parts.shape[2]))
            parts = np.concatenate([parts, more], axis=2)
            good = np.concatenate([good, self._admitted(more)], axis=1)
        if not good.any():
            raise ParameterError("No random point lies within the declared ranges and the game's assumptions.")
        complete = np.flatnonzero(good.all(axis=0))[:n]
        self.rows = 2 ** int(np.log2(len(complete))) if len(complete) else 0
        kept = parts[:, :, complete[: self.rows]]
        whole = np.concatenate([*kept, self.points], axis=1).T
        self.cloud = Cloud.rounded(whole, GRAIN)

    def _sequence(self, rng: np.random.Generator) -> Any:
        from scipy.stats import qmc

        return qmc.Sobol(2 * len(self.names), seed=rng)

    def _drawn(self, dists: list[Any], uniform: np.ndarray) -> np.ndarray:
        """Return the parts of the design as (part, parameter, row)."""
        uniform = np.clip(uniform.T, 1e-9, 1 - 1e-9)
        a, b = (np.array([d.ppf(row) for d, row in zip(dists, half, strict=True)]) for half in np.split(uniform, 2))
        mixed = np.repeat(a[None], len(dists), axis=0)
        for k in range(len(dists)):
            mixed[k, k] = b[k]
        return np.concatenate([a[None], b[None], mixed])

    def _admitted(self, parts: np.ndarray) -> np.ndarray:
        """Tell which points lie in the declared ranges and the assumptions, as (part, row)."""
        good = np.isfinite(parts).all(axis=1)
        for k, name in enumerate(self.names):
            low, high = self.game.parameters[name].low, self.game.parameters[name].high
            good &= parts[:, k] >= (-np.inf if low is None else float(low))
            good &= parts[:, k] <= (np.inf if high is None else float(high))
        held = admitted(self.game, self.names, parts.transpose(0, 2, 1).reshape(-1, len(self.names)))
        return good & held.reshape(good.shape)

    def rows_of(self, values: np.ndarray) -> np.ndarray:
        """Return values as (part, row) of the design."""
        return values[: self.rows * (len(self.names) + 2)].reshape(-1, max(1, self.rows))

    def sample_of(self, values: np.ndarray) -> np.ndarray:
        """Return values at the random points."""
        return values[self.rows * (len(self.names) + 2) :]


@dataclass(frozen=True)
class Outcomes:
    """What is asked of a game at the points of a design: the range over all equilibria, or what a rule selects.

    ``low``, ``high`` and ``picked`` are (measure, point); ``remark`` is what the status adds to the design's size.
    """

    measures: tuple[Measure, ...]
    method: Any
    low: np.ndarray
    high: np.ndarray
    picked: np.ndarray | None
    remark: str

    @cached_property
    def _apart(self) -> np.ndarray:
        return self.high - self.low > SAME * (1 + np.abs(self.high))

    @cached_property
    def table(self) -> dict[str, np.ndarray]:
        """A row a label: what was selected, else each measure, or its two ends where equilibria differ."""
        names = [measure.name for measure in self.measures]
        if self.picked is not None:
            return dict(zip(names, self.picked, strict=True))
        rows = {}
        for name, low, high, apart in zip(names, self.low, self.high, self._apart, strict=True):
            ends = {f"least {name}": low, f"greatest {name}": high}
            rows.update(ends if apart.any() else {name: low})
        return rows

    def differ(self, design: Design) -> dict[str, float]:
        """Return for each measure the share of random points at which equilibria differ in it."""
        rows = zip(self.measures, self._apart, strict=True)
        return {measure.name: float(design.sample_of(apart).mean()) for measure, apart in rows}


def sobol_indices(values: np.ndarray, design: Design, label: str, confidence: float) -> Any:
    """Return the Sobol indices of one label, with bootstrap intervals, over the complete rows."""
    import pandas as pd
    from scipy import stats

    rows = design.rows_of(values)
    rows = rows[:, np.isfinite(rows).all(axis=0)] if len(rows) else np.zeros((2, 0))
    count = 2 ** int(np.log2(max(1, rows.shape[1])))
    rows = rows[:, :count]
    size = len(design.names)
    columns: dict[str, Any] = {"measure": label, "parameter": list(design.names)}
    keys = ("alone", "alone low", "alone high", "total", "total low", "total high")
    if count < ENOUGH or np.ptp(rows[:2]) <= SAME:
        return pd.DataFrame({**columns, **{key: np.full(size, np.nan) for key in keys}})
    if size == 1:  # which SciPy does not take: all of the variance is its own
        return pd.DataFrame({**columns, **dict.fromkeys(keys, 1.0)})
    outputs = {"f_A": rows[:1], "f_B": rows[1:2], "f_AB": rows[2:, None, :]}
    indices = stats.sobol_indices(func=outputs, n=count)
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")  # a parameter without any effect has no interval to speak of
        ends = indices.bootstrap(confidence_level=confidence, n_resamples=499)
    first, total = ends.first_order.confidence_interval, ends.total_order.confidence_interval
    numbers = (indices.first_order, first.low, first.high, indices.total_order, total.low, total.high)
    table = {key: np.ravel(number) for key, number in zip(keys, numbers, strict=True)}
    for key in ("alone", "total"):
        for end in (f"{key} low", f"{key} high"):
            table[end] = np.where(np.isfinite(table[end]), table[end], table[key])
    return pd.DataFrame({**columns, **table})
