"""The answer of `regions`: which equilibrium classes exist where, over two parameters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from deterrence.analysis.questions import Axis
from deterrence.analysis.search.cells import Cell
from deterrence.analysis.search.region_borders import border_equations, upright_borders
from deterrence.errors import ParameterError, unknown
from deterrence.games.expression import exact_number, show_number, show_value
from deterrence.games.game import Game
from deterrence.games.words import listed
from deterrence.views import Shown, page, picture

Group = tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Regions(Shown):
    """The regions of a rectangle of two parameters in which the same equilibrium classes exist.

    Attributes
    ----------
    game, method
        The question: the game and the solution concept.
    axes
        The two parameters with the values given; the least and greatest span the rectangle.
    classes
        The names of the classes, by what is played where it is reached.
    cells
        The cells of the rectangle, on each of which the same classes exist.
    present
        Which class exists in which cell, as (class, cell).
    masked
        The cells in which the game's assumptions fail.
    exact
        Whether the cells' borders are zeros of the exact conditions; otherwise they are a plain grid.
    complete, status
        Whether every class was found or confirmed, and the same in words.
    """

    game: Game
    method: Any
    axes: tuple[Axis, Axis]
    classes: tuple[str, ...]
    cells: tuple[Cell, ...] = field(repr=False)
    present: np.ndarray = field(repr=False)
    masked: np.ndarray = field(repr=False)
    curves: tuple[Any, ...] = field(repr=False, compare=False)
    exact: bool = True
    complete: bool = True
    status: str = ""

    # -- numbers -----------------------------------------------------------------------------------

    @cached_property
    def _areas(self) -> np.ndarray:
        return np.array([cell.area for cell in self.cells])

    def area(self, name: str | None = None) -> Any:
        """Return each class's share of the rectangle, or that of one class.

        Shares are of the part in which the game's assumptions hold. Where several classes exist together,
        each counts; :attr:`shares` tells the combinations apart.

        Raises
        ------
        UnknownNameError
            If there is no such class.

        Notes
        -----
        With exact boundaries each cell between two curves is integrated by Gauss's rule on 64 places, in a
        variable in which curves that end upright are smooth; shares are then right to about 1e-9. On a plain
        grid they are right to about the share of cells that a boundary crosses.
        """
        if name is not None and name not in self.classes:
            raise unknown("equilibrium class", name, self.classes)
        admitted = np.where(self.masked, 0, self._areas)
        shares = self.present @ admitted / admitted.sum() if len(self.classes) else np.zeros(0)
        areas = {known: float(share) for known, share in zip(self.classes, shares, strict=True)}
        return areas if name is None else areas[name]

    @cached_property
    def _groups(self) -> tuple[tuple[Group, ...], np.ndarray]:
        """The combinations of classes, and which one each cell has; -1 where assumptions fail."""
        rows = self.present.T if len(self.classes) else np.zeros((len(self.cells), 0), dtype=bool)
        number: dict[Group, int] = {}
        of = np.full(len(self.cells), -1)
        for k, row in enumerate(rows):
            if not self.masked[k]:
                names = tuple(name for name, there in zip(self.classes, row, strict=True) if there)
                of[k] = number.setdefault(names, len(number))
        return tuple(number), of

    @property
    def shares(self) -> Mapping[Group, float]:
        """The share of each combination of classes that exist together; the empty one where there is none."""
        groups, of = self._groups
        admitted = self._areas[of >= 0].sum()
        return {group: float(self._areas[of == k].sum() / admitted) for k, group in enumerate(groups)}

    def at(self, x: float, y: float) -> Group:
        """Return the classes that exist at a point inside the rectangle, as told by the cell it lies in.

        Raises
        ------
        ParameterError
            If the point lies outside the rectangle or where the game's assumptions fail.
        """
        x, y = (
            float(exact_number(value, f"{name} at the point"))
            for value, (name, _) in zip((x, y), self.axes, strict=True)
        )
        cell = int(self._cell_at(np.array([x]), np.array([y]))[0, 0])
        if cell < 0 or self.masked[cell]:
            why = "outside the rectangle" if cell < 0 else "where the game's assumptions fail"
            raise ParameterError(f"The point ({show_number(x)}, {show_number(y)}) lies {why}.")
        groups, of = self._groups
        return groups[of[cell]]

    def _cell_at(self, xs: np.ndarray, ys: np.ndarray) -> np.ndarray:
        """Return the cell at each point of a grid, as (y, x); -1 outside."""
        cells = np.full((len(ys), len(xs)), -1)
        for k, cell in enumerate(self.cells):
            columns = np.flatnonzero((cell.x[0] <= xs) & (xs <= cell.x[-1]))
            low = np.interp(xs[columns], cell.x, cell.low)
            high = np.interp(xs[columns], cell.x, cell.high)
            inside = (low <= ys[:, None]) & (ys[:, None] <= high)
            cells[:, columns] = np.where(inside, k, cells[:, columns])
        return cells

    @cached_property
    def data(self) -> Any:
        """An ``xarray.Dataset`` at the grid points given: ``exists`` (class, x, y), ``count`` and ``masked``.

        A grid point on a boundary counts to one of the cells that meet there.
        """
        import xarray as xr

        (x_name, xs), (y_name, ys) = self.axes
        cell = self._cell_at(np.array(xs, dtype=float), np.array(ys, dtype=float)).T
        masked = self.masked[cell] | (cell < 0)
        exists = (self.present[:, cell] & ~masked) if len(self.classes) else np.zeros((0, *cell.shape), dtype=bool)
        names = [x_name, y_name]
        coordinates = {x_name: [float(v) for v in xs], y_name: [float(v) for v in ys], "class": list(self.classes)}
        return xr.Dataset(
            {"exists": (["class", *names], exists), "count": (names, exists.sum(axis=0)), "masked": (names, masked)},
            coords=coordinates,
        )

    def to_frame(self) -> Any:
        """Return a data frame with one row a combination of classes, and its share of the rectangle."""
        import pandas as pd

        rows = sorted(self.shares.items(), key=lambda item: -item[1])
        return pd.DataFrame(
            {
                "classes": [" + ".join(names) or "no equilibrium" for names, _ in rows],
                "number of classes": [len(names) for names, _ in rows],
                "share": [share for _, share in rows],
            }
        )

    # -- boundaries -----------------------------------------------------------------------------------

    @cached_property
    def boundaries(self) -> tuple[Any, ...]:
        """The equations, in SymPy, of the curves that part regions: solved for y where that is linear.

        A boundary across which nothing changes is left out; so are the limits of the game's assumptions. On a plain
        grid there are none, since the borders of its cells are none.
        """
        return border_equations(self) if self.exact else ()

    @property
    def upright_borders(self) -> list[tuple[float, float, float, int, int]]:
        """The pieces (x, low, high, left, right) of vertical lines at which the combination of classes changes."""
        return upright_borders(self)

    # -- views -----------------------------------------------------------------------------------------

    def explore(self, **options: Any) -> Any:
        """Make a page on which the equilibria move as parameters are moved; see :func:`deterrence.explore`."""
        return page("Regions.explore", self, **options)

    def plot(self, ax: Any = None, *, point: Any = "today", names: Mapping[str, str] | None = None) -> Any:
        """Draw the regions with smooth borders, every one named in place.

        Parameters
        ----------
        ax
            Where to draw; by default new axes.
        point
            The marked point: by default the game's own values, labelled *today*; or a pair, or several by
            name; ``None`` for no mark.
        names
            Other names for some classes, by their names here.
        """
        return picture("Regions.plot", self, ax=ax, point=point, names=names)

    def __str__(self) -> str:
        spans = " and ".join(f"{n} from {show_number(v[0])} to {show_number(v[-1])}" for n, v in self.axes)
        lines = [f"Regions of {self.game.name!r} over {spans}: {self.status}."]
        for names, share in sorted(self.shares.items(), key=lambda item: -item[1]):
            held = listed([repr(name) for name in names]) if names else ""
            what = (
                f"{held} {'exist together' if len(names) > 1 else 'exists alone'}"
                if names
                else "There is no equilibrium"
            )
            lines.append(f"{what} in {_percent(share)}.")
        if self.masked.any():
            outside = float(self._areas[self.masked].sum() / self._areas.sum())
            lines.append(f"The game's assumptions fail in {_percent(outside)} of the rectangle, which is left out.")
        equations = ", ".join(f"{show_value(e.lhs)} = {show_value(e.rhs)}" for e in self.boundaries)
        if equations:
            lines.append(f"The regions meet at {equations}.")
        accuracy = "exact boundaries, shares to about 1e-9" if self.exact else "a plain grid, so shares are rough"
        lines.append(f"Computed from {accuracy}.")
        return "\n".join(lines)

    def __repr__(self) -> str:
        return f"<Regions of {self.game.name!r}: {len(self.classes)} class{'es' if len(self.classes) != 1 else ''}>"


def _percent(share: float) -> str:
    return f"{100 * share:.3g} %"
