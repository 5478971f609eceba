"""What a drawing asks of a sweep: its measures, its axes, and its numbers as plain arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from deterrence.errors import ParameterError, unknown

if TYPE_CHECKING:
    import xarray as xr
    from numpy.typing import NDArray

    from deterrence.games.game import Game
    from deterrence.games.parameter import Parameter

NOTHING = "no equilibrium"
UNDEFINED = "no answer"
OUTSIDE = "assumptions fail"
TRACE = 1e-6
"""Low and high closer than this part of the range shown are taken as one."""


class Measured(Protocol):
    """A measure: a function from an equilibrium to a number."""

    @property
    def name(self) -> str:
        """What is measured, in words."""

    @property
    def kind(self) -> str:
        """Either ``"probability"``, ``"payoff"`` or ``"other"``."""


class Swept(Protocol):
    """A sweep: measures of a game's equilibria on a grid of one or more of its parameters."""

    @property
    def game(self) -> Game:
        """The game."""

    @property
    def measures(self) -> Sequence[Any]:
        """The measures, each :class:`Measured`."""

    @property
    def axes(self) -> Sequence[tuple[str, Sequence[Any]]]:
        """The parameters varied, each with its values."""

    @property
    def data(self) -> xr.Dataset:
        """The numbers: ``low``, ``high``, ``count``, ``exists`` and ``value``."""


@dataclass(frozen=True, slots=True)
class Scale:
    """An axis of a sweep: a parameter with its values, in rising order."""

    parameter: Parameter
    values: NDArray[np.float64]

    @property
    def name(self) -> str:
        """The parameter's name, which is the dimension's too."""
        return self.parameter.name

    @property
    def edges(self) -> NDArray[np.float64]:
        """The borders of the cells that the values stand for; the outer ones are the outer values."""
        if len(self.values) == 1:
            return np.array([self.values[0] - 0.5, self.values[0] + 0.5])
        middles = (self.values[1:] + self.values[:-1]) / 2
        return np.concatenate([self.values[:1], middles, self.values[-1:]])


def scales(sweep: Swept, number: int, verb: str) -> tuple[Scale, ...]:
    """Return the sweep's axes, having checked that there are as many as the drawing shows."""
    if len(sweep.axes) != number:
        names = ", ".join(repr(name) for name, _ in sweep.axes)
        fit = {1: "plot_curve", 2: "plot_map or plot_classes"}.get(len(sweep.axes))
        hint = f" Use {fit}." if fit else " Sweep one or two parameters, the others fixed with game.at(…)."
        count = "one parameter" if number == 1 else f"{number} parameters"
        raise ParameterError(f"{verb} shows a sweep of {count}; this one varies {names}.{hint}")
    return tuple(
        Scale(sweep.game.parameters[name], np.sort(np.array([float(value) for value in values])))
        for name, values in sweep.axes
    )


def chosen(sweep: Swept, measure: object) -> tuple[Measured, ...]:
    """Return the measures asked for, by name or by themselves; all of the sweep's by default."""
    if measure is None:
        return tuple(sweep.measures)
    asked = measure if isinstance(measure, (list, tuple)) else (measure,)
    by_name = {item.name: item for item in sweep.measures}
    names = [getattr(item, "name", item) for item in asked]
    for name in names:
        if name not in by_name:
            raise unknown("measure", name, by_name)
    return tuple(by_name[name] for name in names)


def numbers(sweep: Swept, variable: str, axes: Sequence[Scale], **at: str) -> NDArray[np.float64]:
    """Return a variable on the grid, its last dimensions the axes in the order given, rising."""
    data = sweep.data[variable].sel(at)
    data = data.sortby([axis.name for axis in axes]).transpose(..., *(axis.name for axis in axes))
    return np.asarray(data.values, dtype=float)


def ends(sweep: Swept, axes: Sequence[Scale], measure: Measured) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the least and the greatest value of a measure over all equilibria, on the grid."""
    low, high = (numbers(sweep, variable, axes, measure=measure.name) for variable in ("low", "high"))
    return low, high


def presence(sweep: Swept, axes: Sequence[Scale]) -> NDArray[np.bool_]:
    """Return which class exists where: first the class, then the axes in the order given."""
    data = sweep.data["exists"].sortby([axis.name for axis in axes])
    return np.asarray(data.transpose("class", *(axis.name for axis in axes)).values, dtype=bool)


def class_names(sweep: Swept) -> tuple[str, ...]:
    """Return the names of the equilibrium classes, in the order of the data."""
    return tuple(str(name) for name in sweep.data["class"].values)


def gaps(sweep: Swept, axes: Sequence[Scale], missing: NDArray[np.bool_]) -> list[tuple[str, NDArray[np.bool_]]]:
    """Sort the points without an answer by what is missing there, in words."""
    # Where the game's assumptions fail; nowhere, if the data do not say.
    masked = numbers(sweep, "masked", axes) > 0 if "masked" in sweep.data else np.zeros(missing.shape, dtype=bool)
    outside = missing & masked
    empty = missing & ~outside & (numbers(sweep, "count", axes) == 0)
    named = ((OUTSIDE, outside), (NOTHING, empty), (UNDEFINED, missing & ~outside & ~empty))
    return [(name, mask) for name, mask in named if mask.any()]
