"""The answer of `sensitivity`: Sobol indices and the spread of the outcome."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from deterrence.analysis.questions import checked_number
from deterrence.analysis.search.points.saltelli import constant
from deterrence.analysis.search.points.sobol import too_small
from deterrence.answers.measure import Measure
from deterrence.continuous import ContinuousGame
from deterrence.errors import ParameterError, nearest
from deterrence.games.expression import show_number
from deterrence.games.game import Game
from deterrence.games.words import listed
from deterrence.views import Shown, picture


@dataclass(frozen=True, eq=False)
class Sensitivity(Shown):
    """The share that each parameter has in a prediction's variance, and the prediction's distribution.

    Attributes
    ----------
    game, measures, method
        The question.
    parameters
        Those that vary.
    labels
        Labels of the index table: one per measure, or its least and greatest value where equilibria differ.
    indices
        A data frame with one row a label and parameter: ``alone`` (first-order) and ``total`` Sobol index,
        each with the ends of its confidence interval.
    sample
        The values of each label at the random points, as (label, point); NaN where nothing was selected.
    points
        The parameter values of the random points, as (parameter, point).
    differ
        For each measure the share of points at which equilibria differ in it.
    rejected
        The share of points outside the declared ranges or the game's assumptions.
    confidence
        The level of the intervals.
    status
        What was done, in words.
    """

    game: Game | ContinuousGame
    measures: tuple[Measure, ...]
    method: Any
    parameters: tuple[str, ...]
    labels: tuple[str, ...]
    indices: Any = field(repr=False)
    sample: np.ndarray = field(repr=False)
    points: np.ndarray = field(repr=False)
    differ: Mapping[str, float]
    rejected: float
    confidence: float
    status: str

    @property
    def too_small(self) -> tuple[str, ...]:
        """The parameters for which the design is too small: an index above one, or an interval wider than the index."""
        return tuple(too_small(self.indices))

    def rows(self, label: Any = None) -> Any:
        """Return the indices of one label; of the first by default."""
        return self.indices[self.indices["measure"] == self.label(label)]

    def label(self, label: Any = None) -> str:
        """Return a label of the answer: itself, the first that a measure, outcome or action fits, or the first of all.

        Raises
        ------
        ParameterError
            If there is none.
        """
        wanted = self.labels[0] if label is None else getattr(label, "name", label)
        if wanted not in self.labels:
            ends = (str(wanted), f"probability of {wanted!r}")
            wanted = next((known for known in self.labels if known.endswith(ends)), wanted)
        if wanted not in self.labels:
            raise ParameterError(f"There is no row called {wanted!r}. {nearest(wanted, self.labels)}")
        return str(wanted)

    def outcome(self, label: Any = None) -> np.ndarray:
        """Return the values of one label at the random points, those without a value left out."""
        row = self.sample[self.labels.index(self.label(label))]
        kept: np.ndarray = row[np.isfinite(row)]
        return kept

    def quantiles(
        self, label: Any = None, at: float | Iterable[float] = (0.05, 0.25, 0.5, 0.75, 0.95)
    ) -> dict[float, float]:
        """Return quantiles of the outcome's distribution."""
        asked = at if isinstance(at, Iterable) else (at,)
        shares = [checked_number(share, "at", 0, 1) for share in asked]
        values = self.outcome(label)
        quantiles = np.quantile(values, shares) if len(values) else np.full(len(shares), np.nan)
        return {share: float(value) for share, value in zip(shares, quantiles, strict=True)}

    def histogram(self, label: Any = None, bins: Any = 20) -> tuple[np.ndarray, np.ndarray]:
        """Return the shares of points in bins of the outcome, and the bins' borders."""
        try:
            counts, borders = np.histogram(self.outcome(label), bins=bins)
        except (ValueError, TypeError) as error:
            raise ParameterError(f"bins={bins!r} must be a whole number above zero, or rising borders.") from error
        return counts / max(1, counts.sum()), borders

    def to_frame(self) -> Any:
        """Return the indices as a data frame, one row a label and parameter."""
        return self.indices.copy()

    def plot(self, measure: Any = None, ax: Any = None) -> Any:
        """Draw a tornado chart of the indices of one label; of the first by default."""
        return picture("Sensitivity.plot", self, measure, ax=ax)

    def plot_outcome(self, measure: Any = None, ax: Any = None, bins: Any = 30) -> Any:
        """Draw the distribution of one label, or of every label, over the random points."""
        return picture("Sensitivity.plot_outcome", self, measure, ax=ax, bins=bins)

    def __str__(self) -> str:
        lines = [f"Sensitivity of {self.game.name!r}: {self.status}."]
        lines += [self._in_words(label) for label in self.labels]
        for name, share in self.differ.items():
            if share:
                lines.append(f"At {share:.0%} of the points equilibria differ in the {name}.")
        if self.too_small:
            lines.append(
                f"The design is too small for {listed(self.too_small)}: a total index above one, or an interval wider "
                "than the index itself. Raise n= or limit=."
            )
        if self.rejected:
            lines.append(
                f"{self.rejected:.0%} of the points lie outside the declared ranges or the game's assumptions; they "
                "were rejected, and the indices are over the complete rows that remain."
            )
        return "\n".join(lines)

    def _in_words(self, label: str) -> str:
        values, rows = self.outcome(label), self.rows(label).sort_values("total", ascending=False)
        if not len(values):
            return f"The {label} is defined at none of the points."
        if constant(values):
            return f"The {label} is {show_number(float(values[0]))} at every point."
        low, middle, high = self.quantiles(label, (0.05, 0.5, 0.95)).values()
        spread = (
            f"The {label} has mean {show_number(float(values.mean()))} and median {show_number(middle)}; nine tenths "
            f"of its values lie between {show_number(low)} and {show_number(high)}."
        )
        known = rows[np.isfinite(rows["total"])]
        if not len(known):
            return f"{spread} Too few valid sample points; Sobol indices are not reported."
        shares = ", ".join(
            f"{row['parameter']} {row['total']:.0%} ({row['total low']:.0%} to {row['total high']:.0%})"
            for _, row in known.iterrows()
            if row["total"] >= 0.01
        )
        return f"{spread} Shares of its variance, interactions included: {shares}."

    def __repr__(self) -> str:
        return f"<Sensitivity of {self.game.name!r}: {', '.join(self.labels)}>"
