"""Global sensitivity: Sobol indices and the spread of the outcome over whole ranges of parameters."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Executor
from typing import Any

import numpy as np

from deterrence.analysis.answers.sensitivity import Sensitivity
from deterrence.analysis.search.points.saltelli import Batch, Design, Outcomes, checked_design, checked_distributions
from deterrence.analysis.search.points.sobol import sobol_indices, too_small
from deterrence.analysis.select import needed_measures, select_name, selected
from deterrence.answers.measure import AnyMeasure, as_measure
from deterrence.answers.method import Method
from deterrence.continuous import ContinuousGame
from deterrence.games.game import Game
from deterrence.games.kinds import refuse_other_kinds, sensitivity_of
from deterrence.games.words import listed
from deterrence.grid.bulk.measured_points import MANY_PARAMETERS, measured_at
from deterrence.grid.cover import Cover
from deterrence.grid.crew import Crew
from deterrence.grid.pointwise import checked_executor
from deterrence.progress import reporting
from deterrence.solvers.solve import chosen_method


def sensitivity(
    game: Game | ContinuousGame,
    *measures: AnyMeasure,
    parameters: Iterable[str] | None = None,
    n: int = 1024,
    limit: int | None = None,
    seed: int | None = None,
    rng: np.random.Generator | None = None,
    distributions: Mapping[str, Any] | None = None,
    select: Any = None,
    method: Method | None = None,
    confidence: float = 0.95,
    progress: Any = None,
    executor: Executor | None = None,
) -> Sensitivity:
    """Ask which parameters drive a prediction over their plausible values, and how it is spread.

    Parameters
    ----------
    game
        The game; parameters that do not vary keep their values.
    *measures
        ``probability("war")``, ``payoff("Defender")``, names of outcomes or actions, or callables.
    parameters
        Those that vary; by default all.
    n
        The size of the design, a power of two; the game is answered at n · (parameters + 2) points.
    limit
        How far the design may grow: while a total index is above one, or its interval wider than the index
        itself, the design is doubled, up to so many rows; by default 8 · n. With ``limit=n`` it does not grow.
    seed
        The seed of the randomness, of the design and of the intervals; a fixed one by default, so that the
        answer repeats.
    rng
        A source of randomness in place of a seed.
    distributions
        For some parameters a frozen SciPy distribution, such as ``scipy.stats.beta(2, 5)``; the others are
        uniform over their plausible values, or over the admissible ones where none are declared. Parameters are
        independent.
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
        A ``concurrent.futures`` executor that takes the work done point by point: in eight parameters or more,
        where a concept has no closed forms, or a measure is a callable. By default processes of one's own do, on
        all cores, where more than some seconds of work are left.

    Raises
    ------
    ParameterError
        If a name is unknown, a parameter has neither a finite range nor plausible values, n is not a power of two, or
        no point is admissible.

    Notes
    -----
    Indices are those of Saltelli et al. (2010), table 2 (b) and (f), on a scrambled Sobol sequence, with
    bias-corrected bootstrap intervals. All equilibria at all points are found: as in a sweep by formulas, or in eight
    parameters or more, where formulas swell, by solving the points in bulk in floating point, and exactly where
    rounding could decide; the latest answers are kept, in at most 64 MB. Rows of the
    design with a point outside the assumptions are drawn anew; what is left is no longer independent, so its
    indices describe contributions within the admissible part and need not sum to one. An index estimated from
    too few rows may leave [0, 1]: the design then grows, the answers to its first rows being kept, and the
    status says how large it became. Where it is too small even so, the answer says for which parameters.

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
    options = {"select": select, "method": method, "executor": checked_executor(executor)}
    refuse_other_kinds(game, sensitivity_of)
    most, source = checked_design(n, limit, seed, rng, confidence)
    names, dists = checked_distributions(game, parameters, distributions)
    with reporting(progress, f"Sensitivity of {game.name}") as report, Crew(executor) as crew:
        options["crew"] = crew
        design = Design(game, names, dists, n, source)
        resampling = int(source.integers(2**32))
        answers = [sensitivity_of(game, measures, design.batches[0], options, _share(report, 0))]
        while True:
            found = Outcomes.joined(answers)
            indices = _indices(found, design, confidence, resampling)
            if 2 * design.drawn > most or not too_small(indices):
                break
            answers.append(sensitivity_of(game, measures, design.grow(), options, _share(report, len(answers))))
        if report is not None:
            report(1.0)
    grown = f", doubled from {n}" if design.drawn > n else ""
    return Sensitivity(
        game,
        found.measures,
        found.method,
        names,
        tuple(found.table),
        indices,
        np.array([design.sample_of(row) for row in found.table.values()]),
        design.points,
        found.differ(design),
        design.rejected,
        confidence,
        f"{design.size} points, {design.rows} complete rows of the design{grown}{_over(game, names, distributions)}"
        f"{found.remark}",
    )


def _over(game: Game | ContinuousGame, names: tuple[str, ...], distributions: Mapping[str, Any] | None) -> str:
    """Say of which parameters plausible values were drawn, where any declares them."""
    drawn = [name for name in names if name not in (distributions or {})]
    declared = [name for name in drawn if game.parameters[name].plausible]
    whole = [name for name in drawn if name not in declared]
    if not declared:
        return ""
    return ", over plausible values" + (
        f" of {listed(declared)}, all admissible ones of {listed(whole)}" if whole else ""
    )


def _indices(found: Outcomes, design: Design, confidence: float, seed: int) -> Any:
    """Return the table of indices of all labels."""
    import pandas as pd

    rows = [
        sobol_indices(design.rows_of(row), design.names, label, confidence, seed) for label, row in found.table.items()
    ]
    return pd.concat(rows, ignore_index=True)


def _share(report: Callable[[float], None] | None, batch: int) -> Callable[[float], None] | None:
    """Return what tells of a batch: each is told as half of what was left."""
    if report is None:
        return None
    done, rest = 1 - 0.5**batch, 0.5 ** (batch + 1)
    return lambda share: report(done + rest * share)


@sensitivity_of.register(Game)
def _outcomes(
    game: Game,
    measures: tuple[Any, ...],
    batch: Batch,
    options: Mapping[str, Any],
    report: Callable[[float], None] | None,
) -> Outcomes:
    """Return what is asked of a finite game at the points of a batch, from its closed forms."""
    select, method = options["select"], chosen_method(game, options["method"])
    questions = tuple(map(as_measure, measures)) or tuple(map(as_measure, game.outcomes))
    for question in questions:
        question.check(game)
    if len(batch.names) >= MANY_PARAMETERS and select is None and not game.has_continuum:
        told = report or (lambda _: None)
        found = measured_at(game, method, batch.names, batch.cloud, questions, options["crew"], told)
        return Outcomes(questions, method, found.low, found.high, None, _remark(not found.doubts, None))
    extra = needed_measures(select, game) if select is not None else ()
    cover = Cover(game, method, batch.names, batch.cloud, (*questions, *extra), report, options["crew"])
    cover.by_points = len(batch.names) >= MANY_PARAMETERS
    classes = cover.run()
    low, high = cover.table.low[: len(questions)], cover.table.high[: len(questions)]
    picked = None if select is None else selected(select, cover, classes, len(questions))
    return Outcomes(questions, method, low, high, picked, _remark(cover.complete, select))


def _remark(complete: bool, select: Any) -> str:
    """Return what the status adds to the design's size."""
    remark = "" if complete else "; other classes may exist"
    return remark + ("" if select is None else f"; where several equilibria exist, {select_name(select)!r} selects one")
