"""Global sensitivity: Sobol indices and the spread of the outcome over whole ranges of parameters."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Executor
from typing import Any

import numpy as np

from deterrence.analysis.answers.sensitivity import Sensitivity
from deterrence.analysis.progress import reporting
from deterrence.analysis.search.saltelli import Design, Outcomes, checked_design, checked_distributions, sobol_indices
from deterrence.analysis.select import needed_measures, select_name, selected
from deterrence.answers.measure import AnyMeasure, as_measure
from deterrence.answers.method import Method
from deterrence.continuous import ContinuousGame
from deterrence.games.game import Game
from deterrence.games.kinds import refuse_other_kinds, sensitivity_of
from deterrence.grid.cover import Cover
from deterrence.grid.pointwise import checked_executor
from deterrence.solvers.solve import chosen_method


def sensitivity(
    game: Game | ContinuousGame,
    *measures: AnyMeasure,
    parameters: Iterable[str] | None = None,
    n: int = 1024,
    rng: np.random.Generator | None = None,
    distributions: Mapping[str, Any] | None = None,
    select: Any = None,
    method: Method | None = None,
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
    import pandas as pd

    options = {"select": select, "method": method, "executor": checked_executor(executor)}
    refuse_other_kinds(game, sensitivity_of)
    source = checked_design(n, rng, confidence)
    names, dists = checked_distributions(game, parameters, distributions)
    with reporting(progress, f"Sensitivity of {game.name}") as report:
        design = Design(game, names, dists, n, source)
        found: Outcomes = sensitivity_of(game, measures, design, options, report)
    rows = [sobol_indices(row, design, label, confidence) for label, row in found.table.items()]
    return Sensitivity(
        game,
        found.measures,
        found.method,
        names,
        tuple(found.table),
        pd.concat(rows, ignore_index=True),
        np.array([design.sample_of(row) for row in found.table.values()]),
        design.points,
        found.differ(design),
        design.rejected,
        confidence,
        f"{len(design.cloud)} points, {design.rows} complete rows of the design{found.remark}",
    )


@sensitivity_of.register(Game)
def _outcomes(
    game: Game,
    measures: tuple[Any, ...],
    design: Design,
    options: Mapping[str, Any],
    report: Callable[[float], None] | None,
) -> Outcomes:
    """Return what is asked of a finite game at the points of a design, from its closed forms."""
    select, method = options["select"], chosen_method(game, options["method"])
    questions = tuple(map(as_measure, measures)) or tuple(map(as_measure, game.outcomes))
    for question in questions:
        question.check(game)
    extra = needed_measures(select, game) if select is not None else ()
    cover = Cover(game, method, design.names, design.cloud, (*questions, *extra), report, options["executor"])
    classes = cover.run()
    low, high = cover.table.low[: len(questions)], cover.table.high[: len(questions)]
    picked = None if select is None else selected(select, cover, classes, len(questions))
    remark = "" if cover.complete else "; other classes may exist"
    remark += "" if select is None else f"; where several equilibria exist, {select_name(select)!r} selects one"
    return Outcomes(questions, method, low, high, picked, remark)
