"""Sweeps: how measures move over a grid of parameter values, over all equilibria."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from deterrence.analysis._continuous_sweep import continuous_sweep
from deterrence.analysis.answers.notebook import sentences_as_html
from deterrence.analysis.answers.sweep_words import in_words
from deterrence.analysis.progress import reporting
from deterrence.analysis.select import needed_measures, only_selected, selected, with_measures
from deterrence.answers.measure import Measure, as_measure
from deterrence.continuous import ContinuousGame
from deterrence.errors import ParameterError, nearest
from deterrence.games.expression import Exact, exact_number
from deterrence.games.game import Game
from deterrence.grid.cover import Cover, on_boundary
from deterrence.grid.dataset import dataset
from deterrence.grid.decimals import decimals
from deterrence.grid.points import Grid
from deterrence.grid.pointwise import checked_executor
from deterrence.solvers.solve import chosen_method

Axis = tuple[str, tuple[Exact, ...]]


@dataclass(frozen=True, eq=False)
class Sweep:
    """Hold how measures move over a grid, as the range over all equilibria at each point.

    Attributes
    ----------
    game, method
        The question: the game and the solution concept.
    measures
        What was asked of each equilibrium.
    axes
        The swept parameters with their values.
    data
        An ``xarray.Dataset``: ``low`` and ``high`` (measure, axes…) over all equilibria, ``count`` (axes…) of
        classes, ``exists`` (class, axes…), ``value`` (measure, class, axes…), ``masked`` (axes…) where the
        game's assumptions fail. A class gathers equilibria with the same play where it is reached.
    complete
        Whether every class at every point was found or confirmed.
    status
        The same in words.
    lazy
        Whether the data are Dask arrays that are still to be evaluated; see :meth:`load`. They have two more
        variables (axes…): ``boundary`` where classes meet and their mixtures are not told, and
        ``unconfirmed`` where an equilibrium may have been missed.
    select
        The rule that picked one equilibrium a point, or ``None``; what it picked is ``data["selected"]``.
    """

    game: Game
    method: Any
    measures: tuple[Measure, ...]
    axes: tuple[Axis, ...]
    data: Any
    complete: bool
    status: str
    select: Any = None
    lazy: bool = False

    def load(self, progress: Any = None) -> Sweep:
        """Return the same sweep with its numbers in memory; one that was evaluated already is returned as it is.

        Parameters
        ----------
        progress
            ``True`` for a bar, or a callable that is told the share done, from 0 to 1.
        """
        if not self.lazy:
            return self
        from deterrence.grid.chunks import loaded

        with reporting(progress, f"Sweep of {self.game.name}") as told:
            data = loaded(self.data, told or (lambda share: None))
        doubtful, unmixed = int(data["unconfirmed"].sum()), int(data["boundary"].sum())
        status = f"other classes may exist at {doubtful} points" if doubtful else "every class confirmed"
        status += f"; {on_boundary(unmixed)}" if unmixed else ""
        return replace(self, data=data, complete=not doubtful, status=status, lazy=False)

    def to_frame(self) -> Any:
        """Return a data frame with one row a point and measure: low, high and the number of classes."""
        frame = self.data[["low", "high"]].to_dataframe()
        counts = self.data["count"].to_dataframe()
        return frame.join(counts, on=[name for name, _ in self.axes]).reset_index()

    def plot(self, measure: Any = None, ax: Any = None) -> Any:
        """Draw the sweep on axes: a curve with the band between equilibria, or a map for two parameters."""
        from deterrence import plot

        shown = self if self.select is None else replace(self, data=only_selected(self.data))
        if len(self.axes) == 1:
            return plot.plot_curve(shown, measure, ax=ax)
        return plot.plot_map(shown, measure, ax=ax)

    def plot_classes(self, ax: Any = None, **options: Any) -> Any:
        """Draw which classes exist where, for two parameters."""
        from deterrence import plot

        return plot.plot_classes(self, ax=ax, **options)

    def __str__(self) -> str:
        return in_words(self)

    def __repr__(self) -> str:
        return f"<Sweep of {self.game.name!r} over {', '.join(name for name, _ in self.axes)}>"

    def _repr_html_(self) -> str:
        return sentences_as_html(self)


def sweep(
    game: Game | ContinuousGame,
    *measures: Any,
    method: Any = None,
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
        For each swept parameter its values, in its range, all different, in the order in which they are shown.

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
    asked = {"chunks": chunks, "executor": checked_executor(executor), "select": select}
    with reporting(progress, f"Sweep of {getattr(game, 'name', game)}") as told:
        if isinstance(game, ContinuousGame):
            refuse(
                asked,
                ("chunks", "executor"),
                "a continuous (or infinitely repeated) model is solved point by point, here",
            )
            return continuous_sweep(game, measures, axes, method=method, select=select, progress=told)
        chosen = chosen_method(game, method)
        questions = tuple(as_measure(question) for question in measures) or tuple(map(as_measure, game.outcomes))
        for question in questions:
            question.check(game)
        listed = checked_axes(game, axes)
        names, grid = tuple(name for name, _ in listed), Grid([values for _, values in listed])
        cover = Cover(game, chosen, names, grid, questions, told, executor)
        if chunks is None:
            return _evaluated(cover, listed, select)
        refuse(asked, ("executor", "select"), "chunks= evaluates each chunk on its own, through Dask")
        from deterrence.grid.chunks import chunked

        data, status = chunked(cover, listed, chunks)
        return Sweep(game, chosen, questions, listed, data, False, status, lazy=True)


def refuse(asked: Mapping[str, Any], names: Iterable[str], why: str) -> None:
    """Refuse options that have no effect where they are given."""
    for name in names:
        if asked[name] is not None:
            raise ParameterError(f"{name}= cannot be given here, since {why}. Leave it out.")


def _evaluated(cover: Cover, axes: tuple[Axis, ...], select: Any) -> Sweep:
    questions = cover.measures
    cover = with_measures(cover, needed_measures(select, cover.game))
    classes = cover.run()
    picked = None if select is None else selected(select, cover, classes, len(questions))
    doubts = "; ".join(dict.fromkeys(cover.notes))
    status = "every class confirmed" if cover.complete else f"other classes may exist: {doubts}"
    status = "; ".join([status, *cover.remarks])
    data = dataset(cover, questions, axes, [some.name for some in classes])
    if picked is not None:
        data["selected"] = (data["low"].dims, picked.reshape(data["low"].shape))
    return Sweep(cover.game, cover.method, questions, axes, data, cover.complete, status, select)


def checked_axes(game: Game, axes: dict[str, Iterable[Any]]) -> tuple[Axis, ...]:
    """Return the axes with exact values, or refuse them with a sentence."""
    if not axes:
        raise ParameterError("A sweep needs at least one parameter with values, such as attribution=[0, 0.5, 1].")
    listed = []
    for name, given in axes.items():
        if name not in game.parameters:
            raise ParameterError(f"The game {game.name!r} has no parameter {name!r}. {nearest(name, game.parameters)}")
        values, floats = _exact_values(name, given)
        if not values:
            raise ParameterError(f"The axis {name!r} has no values.")
        if len(set(floats)) < len(floats) and len(set(values)) < len(values):
            raise ParameterError(f"The axis {name!r} contains duplicate values.")
        for value in _extremes(values, floats):
            game.parameters[name].at(value)
        listed.append((name, values))
    return tuple(listed)


def _exact_values(name: str, given: Iterable[Any]) -> tuple[tuple[Exact, ...], list[float]]:
    """Return the values of an axis as exact numbers, and rounded to floats."""
    try:
        listed = given.tolist() if isinstance(given, np.ndarray) and given.dtype == np.float64 else list(given)
        if all(type(value) is float and math.isfinite(value) for value in listed):
            return decimals(listed), listed
        values = tuple(exact_number(value, f"value of {name!r}") for value in listed)
    except TypeError as error:
        raise ParameterError(f"The axis {name!r} needs a list of numbers: {error}") from error
    return values, [float(value) for value in values]


def _extremes(values: tuple[Exact, ...], floats: Sequence[float]) -> list[Exact]:
    """Return the values that are least or greatest as floats, among which the very ends are."""
    ends = (min(floats), max(floats))
    return [value for value, number in zip(values, floats, strict=True) if number in ends]
