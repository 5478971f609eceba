"""Sweeps: how measures move over a grid of parameter values, over all equilibria."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Executor
from typing import Any

from deterrence.analysis.answers.sweep import Sweep
from deterrence.analysis.questions import Axis, checked_axes, refuse, refuse_values_as_options, split_axes
from deterrence.analysis.select import needed_measures, selected, with_measures
from deterrence.answers.measure import AnyMeasure, as_measure
from deterrence.answers.method import Method
from deterrence.continuous import ContinuousGame
from deterrence.games.game import Game
from deterrence.games.kinds import sweep_of
from deterrence.grid.chunks import chunked
from deterrence.grid.cover import Cover
from deterrence.grid.crew import Crew
from deterrence.grid.dataset import dataset
from deterrence.grid.points import Grid
from deterrence.grid.pointwise import checked_executor
from deterrence.progress import reporting
from deterrence.solvers.solve import chosen_method


def sweep(
    game: Game | ContinuousGame,
    /,
    *measures: AnyMeasure | Mapping[str, Iterable[Any]],
    method: Method | None = None,
    select: Any = None,
    progress: Any = None,
    chunks: Any = None,
    executor: Executor | None = None,
    **axes: Iterable[Any],
) -> Sweep:
    """Ask how measures move over one parameter, or over the grid of several, in every equilibrium.

    Where several equilibria exist the answer is the range over all of them; none is picked silently.

    Parameters
    ----------
    game
        The game; parameters that are not swept keep their values.
    *measures
        ``probability("war")``, ``payoff("Defender")``, the name of an outcome or action, or any callable
        ``Equilibrium -> number``.
    method
        The solution concept; the game's default one otherwise.
    select
        Which equilibrium counts where there are several: ``"payoff-dominant"``, ``"risk-dominant"``, a class's
        name, ``Quantal(…)`` (the nearest to it), or a callable from a ``Solution`` to one of its equilibria or
        ``None``. It is told beside the range, as ``data["selected"]``; by default nothing is picked.
    progress
        ``True`` for a bar on the terminal when it takes more than two seconds, or a callable that is told now
        and then the share done, from 0 to 1. With ``chunks`` it tells of the first look; see :meth:`Sweep.load`.
    chunks
        Makes the data Dask arrays, evaluated when they are asked for, here or on a cluster: the number of
        values a chunk has along every axis, or a mapping from axes to it, or ``"auto"``.
    executor
        A ``concurrent.futures`` executor that takes the work done point by point, where there is any.
    **axes
        For each swept parameter its values, in its range, all different, in the order in which they are shown. A
        parameter named like an option, such as ``method``, goes in by a mapping among the measures:
        ``sweep(game, "war", {"method": [1, 2]})``.

    Raises
    ------
    ParameterError
        If a name is no parameter, values are missing, repeated or out of range, or ``chunks`` or ``executor``
        are none.
    UnknownNameError
        If a measure names no outcome, action or player of the game.
    MethodError
        If ``chunks`` is given and Dask is not installed, or a measure cannot be sent to the executor.

    Notes
    -----
    The equilibria are solved exactly at a sample of points; each class found is derived in closed form and
    evaluated over the whole grid in blocks, and every region in which the same classes hold is confirmed by an
    exact solution inside it. Points on a boundary of the parameters, where formulas divide by zero, are solved
    one by one; so are up to eight points where classes meet. A concept without closed forms, or a callable
    measure, is solved at every point.

    The grid itself takes no memory. The answer takes, for each point, 8 bytes for every class and measure, 16
    for every measure, 1 for every class, and 9 more; twice the first where play within a class may vary. With
    ``chunks`` only those chunks are held that are being evaluated.

    Examples
    --------
    >>> import deterrence as dt
    >>> game = dt.bimatrix([[0, 0], [1, -2]], [[0, 0], [-1, -2]])
    >>> dt.sweep(game)
    Traceback (most recent call last):
    ...
    deterrence.errors.ParameterError: A sweep needs at least one parameter with values, such as attribution=[0, 0.5, 1].
    """
    named = {"method": method, "select": select, "progress": progress, "chunks": chunks, "executor": executor}
    if named.keys() & set(getattr(game, "parameters", ())):
        refuse_values_as_options(game, "sweep", named)
    asked, grid = split_axes(measures, axes)
    if executor is not None:
        checked_executor(executor)
    options = {"method": method, "select": select, "chunks": chunks, "executor": executor}
    with reporting(progress, f"Sweep of {getattr(game, 'name', game)}") as report:
        answer: Sweep = sweep_of(game, asked, grid, options, report)
        return answer


@sweep_of.register(Game)
def _sweep(
    game: Game,
    measures: tuple[Any, ...],
    axes: Mapping[str, Iterable[Any]],
    options: Mapping[str, Any],
    report: Callable[[float], None] | None,
) -> Sweep:
    """Return the sweep of a finite game, from its closed forms."""
    method = chosen_method(game, options["method"])
    questions = tuple(map(as_measure, measures or game.outcomes))
    for question in questions:
        question.check(game)
    listed = checked_axes(game, axes)
    names, grid = tuple(dict(listed)), Grid(list(dict(listed).values()))
    if options["chunks"] is None:
        with Crew(options["executor"]) as crew:
            hired = crew if crew.given or game.has_continuum else None
            return _evaluated(Cover(game, method, names, grid, questions, report, hired), listed, options["select"])
    cover = Cover(game, method, names, grid, questions, report)
    refuse(options, ("executor", "select"), "chunks= evaluates each chunk on its own, through Dask")
    data, status = chunked(cover, listed, options["chunks"])
    return Sweep(game, method, questions, listed, data, False, status, lazy=True)


def _evaluated(cover: Cover, axes: tuple[Axis, ...], select: Any) -> Sweep:
    questions = cover.measures
    if select is not None:
        cover = with_measures(cover, needed_measures(select, cover.game))
    classes = cover.run()
    doubts = "; ".join(dict.fromkeys(cover.notes))
    status = "every class confirmed" if cover.complete else f"other classes may exist: {doubts}"
    status = "; ".join([status, *cover.remarks])
    data = dataset(cover, questions, axes, [kind.name for kind in classes])
    if select is not None:
        picked = selected(select, cover, classes, len(questions))
        data["selected"] = (data["low"].dims, picked.reshape(data["low"].shape))
    return Sweep(cover.game, cover.method, questions, axes, data, cover.complete, status, select)
