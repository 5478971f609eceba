"""Saltelli's design over whole ranges of parameters, which grows where it is too small."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from deterrence.analysis.questions import (
    checked_count,
    checked_mapping,
    checked_names,
    checked_number,
    how_to_declare,
)
from deterrence.analysis.search.surroundings import admitted
from deterrence.answers.measure import Measure
from deterrence.errors import ParameterError
from deterrence.grid.points import Cloud

GRAIN = 2**30
SAME = 1e-9
MOST_TIMES = 16
SEED = 2010
GROWN = 8
"""A design that is too small is doubled until it is so many times as large, where no other limit is given."""


def checked_design(n: Any, limit: Any, seed: Any, rng: Any, confidence: Any) -> tuple[int, np.random.Generator]:
    """Return how far the design may grow and the source of randomness, having refused what is none."""
    if checked_count(n, "n", 2) & (n - 1):
        raise ParameterError(f"n must be a power of two (Sobol sequence); got {n}, try {2 ** n.bit_length()}.")
    if rng is not None and not isinstance(rng, np.random.Generator):
        raise ParameterError(f"rng={rng!r} is no source of randomness; give one, such as numpy.random.default_rng(1).")
    if rng is not None and seed is not None:
        raise ParameterError("Give seed= or rng=, not both: a source of randomness has its own seed.")
    checked_number(confidence, "confidence", 0, 1, ends=False)
    most = GROWN * n if limit is None else checked_count(limit, "limit", n)
    start = SEED if seed is None else checked_count(seed, "seed", 0)
    return most, np.random.default_rng(start) if rng is None else rng


def checked_distributions(game: Any, parameters: Any, distributions: Any) -> tuple[tuple[str, ...], list[Any]]:
    """Return the parameters that vary, and the law of each: that given, or uniform over plausible, else all, values."""
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
        if name not in given and None in parameter.span:
            raise ParameterError(
                f"The parameter {name!r} has the range {parameter.range}. Give it a distribution, such as "
                f"distributions={{{name!r}: scipy.stats.norm(…)}}, leave it out with parameters=[…], or "
                f"{how_to_declare(name)}."
            )
        names.append(name)
        low, high = (float(end or 0) for end in parameter.span)
        dists.append(given[name] if name in given else stats.uniform(low, high - low))
    if not names:
        raise ParameterError(f"The game {game.name!r} has no parameter to vary.")
    return tuple(names), dists


def constant(values: np.ndarray) -> bool:
    """Tell whether numbers differ by no more than rounding, whatever their unit."""
    return bool(np.ptp(values) <= SAME * np.abs(values).max(initial=0))


class Design:
    """Saltelli's design, and the random points from which the outcome's distribution is estimated.

    The design is two independent samples and, for each parameter, the first with its column taken from the
    second. Where points are not admissible more rows are drawn, and the first complete ones are kept. It is
    made of batches, each of which is answered once: a larger design keeps the answers to its first rows.
    """

    def __init__(self, game: Any, names: tuple[str, ...], dists: list[Any], n: int, rng: np.random.Generator) -> None:
        self.game, self.names, self.dists = game, names, dists
        self.sequence = self._sequence(rng)
        self.batches = [self._batch(n)]

    @property
    def rows(self) -> int:
        """How many complete rows it has."""
        return sum(batch.rows for batch in self.batches)

    @property
    def drawn(self) -> int:
        """How many rows were asked for."""
        return sum(batch.drawn for batch in self.batches)

    @property
    def size(self) -> int:
        """How many points it has."""
        return sum(len(batch.cloud) for batch in self.batches)

    @property
    def points(self) -> np.ndarray:
        """The random points that are admissible, as (parameter, point)."""
        return np.concatenate([batch.points for batch in self.batches], axis=1)

    @property
    def rejected(self) -> float:
        """The share of random points that are not admissible."""
        return float(np.average([b.rejected for b in self.batches], weights=[b.drawn for b in self.batches]))

    def grow(self) -> Batch:
        """Double the design; return the batch that is new."""
        self.batches.append(self._batch(self.drawn))
        return self.batches[-1]

    def _batch(self, n: int) -> Batch:
        """Return as many rows, of the points that come next in the sequence."""
        parts = self._drawn(self.dists, self.sequence.random(n))
        good = self._admitted(parts)
        rejected = float(1 - good[:2].mean())
        points = np.concatenate([parts[0], parts[1]], axis=1)[:, good[:2].ravel()]
        while good.all(axis=0).sum() < n and parts.shape[2] < MOST_TIMES * n:
            more = self._drawn(self.dists, self.sequence.random(parts.shape[2]))
            parts = np.concatenate([parts, more], axis=2)
            good = np.concatenate([good, self._admitted(more)], axis=1)
        if not good.any():
            raise ParameterError("No random point lies within the declared ranges and the game's assumptions.")
        complete = np.flatnonzero(good.all(axis=0))[:n]
        rows = 2 ** int(np.log2(len(complete))) if len(complete) else 0
        whole = np.concatenate([*parts[:, :, complete[:rows]], points], axis=1).T
        return Batch(self.names, n, rows, points, rejected, Cloud.rounded(whole, GRAIN))

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
        """Return values, batch after batch, as (part, row) of the design."""
        parts = len(self.names) + 2
        rows = [
            own[: b.rows * parts].reshape(parts, b.rows)
            for b, own in zip(self.batches, self._split(values), strict=True)
        ]
        return np.concatenate(rows, axis=1)

    def sample_of(self, values: np.ndarray) -> np.ndarray:
        """Return values at the random points."""
        parts = len(self.names) + 2
        return np.concatenate([own[b.rows * parts :] for b, own in zip(self.batches, self._split(values), strict=True)])

    def _split(self, values: np.ndarray) -> list[np.ndarray]:
        return np.split(values, np.cumsum([len(batch.cloud) for batch in self.batches])[:-1])


@dataclass(frozen=True, eq=False)
class Batch:
    """Rows of a design with random points: what is to be answered at once.

    ``cloud`` holds the rows, part after part, and then the admissible ones of the points ``drawn`` first.
    """

    names: tuple[str, ...]
    drawn: int
    rows: int
    points: np.ndarray
    rejected: float
    cloud: Cloud


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

    @classmethod
    def joined(cls, answers: Sequence[Outcomes]) -> Outcomes:
        """Return the answers to several batches as one."""
        first, *_ = answers
        low, high = (np.concatenate([getattr(a, end) for a in answers], axis=1) for end in ("low", "high"))
        picked = (
            None if first.picked is None else np.concatenate([a.picked for a in answers if a.picked is not None], 1)
        )
        remark = max((a.remark for a in answers), key=len)
        return cls(first.measures, first.method, low, high, picked, remark)

    @cached_property
    def _apart(self) -> np.ndarray:
        return self.high - self.low > SAME * np.maximum(np.abs(self.low), np.abs(self.high))

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
