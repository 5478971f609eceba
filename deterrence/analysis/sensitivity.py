"""Global sensitivity: Sobol indices and the spread of the outcome over whole ranges of parameters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from deterrence.analysis._continuous_sensitivity import continuous_sensitivity
from deterrence.analysis.answers.notebook import sentences_as_html
from deterrence.analysis.progress import reporting
from deterrence.analysis.questions import checked_game, checked_number
from deterrence.analysis.search.saltelli import SAME, Design, checked_design, checked_distributions, sobol_indices
from deterrence.analysis.select import needed_measures, select_name, selected
from deterrence.analysis.sweep import refuse
from deterrence.answers.measure import Measure, as_measure
from deterrence.continuous import ContinuousGame
from deterrence.errors import ParameterError, nearest
from deterrence.games.expression import show_number
from deterrence.games.game import Game
from deterrence.grid.cover import Cover
from deterrence.grid.pointwise import checked_executor
from deterrence.solvers.solve import chosen_method


@dataclass(frozen=True, eq=False)
class Sensitivity:
    """Hold how much each parameter contributes to a prediction's spread, and that spread.

    Attributes
    ----------
    game, measures, method
        The question.
    parameters
        Those that vary.
    labels
        Labels of the index table: one per measure, or low/high where equilibria differ.
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

    game: Game
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
        found = np.quantile(values, shares) if len(values) else np.full(len(shares), np.nan)
        return {share: float(value) for share, value in zip(shares, found, strict=True)}

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
        from deterrence.plot.tornado import plot_tornado

        return plot_tornado(self, measure, ax=ax)

    def plot_outcome(self, measure: Any = None, ax: Any = None, bins: Any = 30) -> Any:
        """Draw the distribution of one label, or of every label, over the random points."""
        from deterrence.plot.tornado import plot_outcome

        return plot_outcome(self, measure, ax=ax, bins=bins)

    def __str__(self) -> str:
        lines = [f"Sensitivity of {self.game.name!r}: {self.status}."]
        lines += [self._in_words(label) for label in self.labels]
        for name, share in self.differ.items():
            if share:
                lines.append(f"At {share:.0%} of the points equilibria differ in the {name}.")
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
        if np.ptp(values) <= SAME:
            return f"The {label} is {show_number(float(values[0]))} at every point."
        low, middle, high = self.quantiles(label, (0.05, 0.5, 0.95)).values()
        spread = (
            f"The {label} has mean {show_number(float(values.mean()))} and median {show_number(middle)}; nine tenths "
            f"of its values lie between {show_number(low)} and {show_number(high)}."
        )
        known = rows[np.isfinite(rows["total"])]
        if not len(known):
            return f"{spread} Too few valid sample points; Sobol indices are not reported."
        told = ", ".join(
            f"{row['parameter']} {row['total']:.0%} ({row['total low']:.0%} to {row['total high']:.0%})"
            for _, row in known.iterrows()
            if row["total"] >= 0.01
        )
        return f"{spread} Shares of its variance, interactions included: {told}."

    def __repr__(self) -> str:
        return f"<Sensitivity of {self.game.name!r}: {', '.join(self.labels)}>"

    def _repr_html_(self) -> str:
        return sentences_as_html(self)


def sensitivity(
    game: Game | ContinuousGame,
    *measures: Any,
    parameters: Iterable[str] | None = None,
    n: int = 1024,
    rng: np.random.Generator | None = None,
    distributions: Mapping[str, Any] | None = None,
    select: Any = None,
    method: Any = None,
    confidence: float = 0.95,
    progress: Any = None,
    executor: Executor | None = None,
) -> Sensitivity:
    """Ask which parameters drive a prediction over their whole ranges, and how it is spread.

    Parameters
    ----------
    game
        The game; parameters that do not vary keep their values.
    *measures
        ``probability("war")``, ``payoff("Defender")``, names of outcomes or actions, or callables.
    parameters
        Those that vary; by default all with a finite range or a distribution.
    n
        The size of the design, a power of two; the game is answered at n · (parameters + 2) points.
    rng
        The source of randomness; by default a fixed one, so that the answer repeats.
    distributions
        For some parameters a frozen SciPy distribution, such as ``scipy.stats.beta(2, 5)``; the others are
        uniform over their declared range. Parameters are independent.
    select
        Which equilibrium counts where there are several (see :func:`deterrence.sweep`); by default none is
        picked, and the least and the greatest value are told apart.
    method
        The solution concept; the game's default one otherwise.
    confidence
        The level of the bootstrap intervals.
    progress
        ``True`` for a bar on the terminal when it takes more than two seconds, or a callable that is told the
        share done, from 0 to 1.
    executor
        A ``concurrent.futures`` executor that takes the work done point by point: where a concept has no
        closed forms, or a measure is a callable.

    Raises
    ------
    ParameterError
        If a name is unknown, a range is not finite, n is not a power of two, or no point is admissible.

    Notes
    -----
    Indices are those of Saltelli et al. (2010) as SciPy computes them, on a scrambled Sobol sequence, with
    bias-corrected bootstrap intervals, whose ends vary a little from call to call. All equilibria at all
    points are found as in a sweep. Rows of the design with a point outside the assumptions are drawn anew;
    what is left is no longer independent, so its indices describe contributions within the admissible part
    and need not sum to one. An index estimated from few rows may leave [0, 1].

    References
    ----------
    Saltelli et al. (2010), "Variance based sensitivity analysis of model output".

    Examples
    --------
    >>> from deterrence.analysis.sensitivity import sensitivity
    >>> from deterrence.models.folklore.strike import strike as GAME
    >>> found = sensitivity(GAME, "fait accompli", parameters=["war", "prize"], n=64)
    >>> found.rows().sort_values("total")["parameter"].iloc[-1]
    'war'
    """
    if isinstance(game, ContinuousGame):
        refuse(
            {"executor": executor},
            ("executor",),
            "a continuous (or infinitely repeated) model is solved point by point, here",
        )
        with reporting(progress, f"Sensitivity of {game.name}") as told:
            drawn: dict[str, Any] = {"n": n, "rng": rng, "distributions": distributions, "confidence": confidence}
            asked: dict[str, Any] = {"select": select, "method": method, "progress": told}
            return continuous_sensitivity(game, measures, parameters, **drawn, **asked)
    import pandas as pd

    outcomes = checked_game(game).outcomes
    questions = tuple(map(as_measure, measures)) or tuple(map(as_measure, outcomes))
    for question in questions:
        question.check(game)
    source = checked_design(n, rng, confidence)
    names, dists = checked_distributions(game, parameters, distributions)
    design = Design(game, names, dists, n, source)
    chosen, executor = chosen_method(game, method), checked_executor(executor)
    extra = needed_measures(select, game) if select is not None else ()
    with reporting(progress, f"Sensitivity of {game.name}") as told:
        cover = Cover(game, chosen, names, design.cloud, (*questions, *extra), told, executor)
        classes = cover.run()
        table = _table(cover, classes, questions, select)
    indices = [sobol_indices(row, design, label, confidence) for label, row in table.items()]
    low, high = (design.sample_of(end.T).T for end in (cover.table.low, cover.table.high))
    away = [(high[k] - low[k] > SAME * (1 + np.abs(high[k]))).mean() for k in range(len(questions))]
    differ = {question.name: float(share) for question, share in zip(questions, away, strict=True)}
    sample = np.array([design.sample_of(row) for row in table.values()])
    status = f"{len(design.cloud)} points, {design.rows} complete rows of the design"
    status += "" if cover.complete else "; other classes may exist"
    status += "" if select is None else f"; where several equilibria exist, {select_name(select)!r} selects one"
    frame = pd.concat(indices, ignore_index=True)
    rest = (differ, design.rejected, confidence, status)
    return Sensitivity(game, questions, chosen, names, tuple(table), frame, sample, design.points, *rest)


def _table(cover: Cover, classes: Any, questions: tuple[Measure, ...], select: Any) -> dict[str, np.ndarray]:
    """Return the rows of the index table: the selected values, or low and high where equilibria differ."""
    if select is not None:
        picked = selected(select, cover, classes, len(questions))
        return {question.name: row for question, row in zip(questions, picked, strict=True)}
    low, high = cover.table.low, cover.table.high
    table = {}
    for k, question in enumerate(questions):
        if (high[k] - low[k] > SAME * (1 + np.abs(high[k]))).any():
            table[f"least {question.name}"], table[f"greatest {question.name}"] = low[k], high[k]
        else:
            table[question.name] = low[k]
    return table
