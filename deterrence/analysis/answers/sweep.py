"""The answer of `sweep`: measures over a grid of parameter values, over all equilibria."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from deterrence.analysis.answers.sweep_words import in_words
from deterrence.analysis.questions import Axis
from deterrence.answers.measure import Measure
from deterrence.continuous import ContinuousGame
from deterrence.games.game import Game
from deterrence.grid.cover import on_boundary
from deterrence.progress import reporting
from deterrence.views import Shown, picture

if TYPE_CHECKING:
    import xarray as xr


@dataclass(frozen=True, eq=False)
class Sweep(Shown):
    """Measures over a grid of parameter values, as the range over all equilibria at each point.

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

    game: Game | ContinuousGame
    method: Any
    measures: tuple[Measure, ...]
    axes: tuple[Axis, ...]
    data: xr.Dataset
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

    @property
    def selected_alone(self) -> Sweep:
        """The sweep with what was selected in place of the range, as it is drawn; itself where nothing was."""
        if self.select is None:
            return self
        picked, nowhere = self.data["selected"], self.data["value"] * float("nan")
        return replace(self, data=self.data.assign(low=picked, high=picked, value=nowhere))

    def to_frame(self) -> Any:
        """Return a data frame with one row a point and measure: low, high and the number of classes."""
        frame = self.data[["low", "high"]].to_dataframe()
        counts = self.data["count"].to_dataframe()
        return frame.join(counts, on=[name for name, _ in self.axes]).reset_index()

    def plot(self, measure: Any = None, ax: Any = None) -> Any:
        """Draw the sweep on axes: a curve with the band between equilibria, or a map for two parameters."""
        return picture("Sweep.plot", self, measure, ax=ax)

    def plot_classes(self, ax: Any = None, **options: Any) -> Any:
        """Draw which classes exist where, for two parameters."""
        return picture("Sweep.plot_classes", self, ax=ax, **options)

    def __str__(self) -> str:
        return in_words(self)

    def __repr__(self) -> str:
        return f"<Sweep of {self.game.name!r} over {', '.join(name for name, _ in self.axes)}>"
