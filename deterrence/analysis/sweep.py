"""Sweeps: how measures move over a grid of parameter values, over all equilibria."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from deterrence.analysis._cover import ClassOnPoints, Cover
from deterrence.analysis.measure import Measure, as_measure
from deterrence.analysis.select import needed_measures, only_selected, select_name, selected, with_measures
from deterrence.errors import ParameterError, nearest
from deterrence.expression import Exact, exact_number, show_number
from deterrence.games import Game
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
        names = " and ".join(f"{name} ({len(values)} values)" for name, values in self.axes)
        lines = [f"Sweep of {self.game.name!r} over {names}: {self.status}."]
        several = int((self.data["count"] > 1).sum())
        points = int(np.prod([len(values) for _, values in self.axes]))
        for k, measure in enumerate(self.measures):
            low, high = self.data["low"][k], self.data["high"][k]
            if bool(np.isnan(low).all()):
                lines.append(f"The {measure.name} is defined nowhere on the grid.")
                continue
            least, most = show_number(float(low.min())), show_number(float(high.max()))
            lines.append(f"The {measure.name} runs from {least} to {most}.")
        if self.select is not None:
            lines += self._selected_in_words()
        lines.append(f"Several classes of equilibrium exist at {several} of {points} points.")
        masked = int(self.data["masked"].sum())
        if masked:
            lines.append(f"At {masked} points the game's assumptions fail; they are left out.")
        return "\n".join(lines)

    def _selected_in_words(self) -> list[str]:
        lines = []
        for measure, row in zip(self.measures, self.data["selected"], strict=True):
            known = row.values[np.isfinite(row.values)]
            told = (
                f"runs from {show_number(float(known.min()))} to {show_number(float(known.max()))}"
                if len(known)
                else ""
            )
            where = f"; nothing is selected at {row.size - len(known)} of {row.size} points"
            lines.append(
                f"Selected by {select_name(self.select)!r} the {measure.name} {told or 'has no value'}{where}."
            )
        return lines

    def __repr__(self) -> str:
        return f"<Sweep of {self.game.name!r} over {', '.join(name for name, _ in self.axes)}>"


def sweep(
    game: Game,
    *measures: Any,
    method: Any = None,
    select: Any = None,
    progress: Callable[[float], None] | None = None,
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
        Called now and then with the share done, from 0 to 1.
    **axes
        For each swept parameter its values, in its range, all different.

    Raises
    ------
    ParameterError
        If a name is no parameter, or values are missing, repeated or out of range.
    UnknownNameError
        If a measure names no outcome, action or player of the game.

    Notes
    -----
    The equilibria are solved exactly at a sample of points; each class found is derived in closed form and
    evaluated over the whole grid, and every region in which the same classes hold is confirmed by an exact
    solution inside it. Points on a boundary of the parameters, where formulas divide by zero, are solved one
    by one.

    Examples
    --------
    >>> import deterrence as dt
    >>> game = dt.bimatrix([[0, 0], [1, -2]], [[0, 0], [-1, -2]])
    >>> dt.sweep(game)
    Traceback (most recent call last):
    ...
    deterrence.errors.ParameterError: A sweep needs at least one parameter with values, such as attribution=[0, 0.5, 1].
    """
    chosen = chosen_method(game, method)
    questions = tuple(as_measure(question) for question in measures) or tuple(map(as_measure, game.outcomes))
    for question in questions:
        question.check(game)
    listed = checked_axes(game, axes)
    points = list(itertools.product(*(values for _, values in listed)))
    cover = Cover(game, chosen, tuple(name for name, _ in listed), points, questions, progress)
    cover = with_measures(cover, needed_measures(select, game))
    classes = cover.run()
    picked = None if select is None else selected(select, cover, classes, len(questions))
    doubts = "; ".join(dict.fromkeys(cover.notes))
    status = "every class confirmed" if cover.complete else f"other classes may exist: {doubts}"
    status = "; ".join([status, *cover.remarks])
    for some in classes:
        some.low, some.high = some.low[: len(questions)], some.high[: len(questions)]
    data = _dataset(questions, listed, classes, cover.masked)
    if picked is not None:
        data["selected"] = (data["low"].dims, picked.reshape(data["low"].shape))
    return Sweep(game, chosen, questions, listed, data, cover.complete, status, select)


def checked_axes(game: Game, axes: dict[str, Iterable[Any]]) -> tuple[Axis, ...]:
    """Return the axes with exact values, or refuse them with a sentence."""
    if not axes:
        raise ParameterError("A sweep needs at least one parameter with values, such as attribution=[0, 0.5, 1].")
    listed = []
    for name, given in axes.items():
        if name not in game.parameters:
            raise ParameterError(f"The game {game.name!r} has no parameter {name!r}. {nearest(name, game.parameters)}")
        try:
            values = tuple(exact_number(value, f"value of {name!r}") for value in given)
        except TypeError as error:
            raise ParameterError(f"The axis {name!r} needs a list of numbers: {error}") from error
        if not values:
            raise ParameterError(f"The axis {name!r} has no values.")
        if len(set(values)) < len(values):
            raise ParameterError(f"The axis {name!r} holds a value twice; every value may stand once.")
        for value in values:
            game.parameters[name].at(value)
        listed.append((name, values))
    return tuple(listed)


def _dataset(measures: Any, axes: tuple[Axis, ...], classes: list[ClassOnPoints], masked: np.ndarray) -> Any:
    import xarray as xr

    shape = [len(values) for _, values in axes]
    names = [name for name, _ in axes]
    size = (len(measures), int(np.prod(shape)))
    low, high = np.full(size, np.nan), np.full(size, np.nan)
    for some in classes:
        low, high = np.fmin(low, some.low), np.fmax(high, some.high)
    exists = np.array([some.exists for some in classes]).reshape(len(classes), *shape)
    value = np.array([(some.low + some.high) / 2 for some in classes]).reshape(len(classes), len(measures), *shape)
    coordinates: dict[str, Any] = {name: [float(v) for v in values] for name, values in axes}
    coordinates |= {
        "measure": [measure.name for measure in measures],
        "class": [some.name for some in classes],
    }
    return xr.Dataset(
        {
            "low": (["measure", *names], low.reshape(len(measures), *shape)),
            "high": (["measure", *names], high.reshape(len(measures), *shape)),
            "count": (names, exists.sum(axis=0)),
            "exists": (["class", *names], exists),
            "value": (["measure", "class", *names], np.moveaxis(value, 0, 1)),
            "masked": (names, masked.reshape(shape)),
        },
        coords=coordinates,
    )
