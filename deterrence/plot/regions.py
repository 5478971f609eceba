"""Regions of two parameters with smooth borders: which equilibrium classes exist where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from deterrence.plot.canvas import axes_or_new
from deterrence.plot.maps import SIZE, _ground, _label_axes, _name_all, renamed
from deterrence.plot.palette import EMPTY, INK, NO_ANSWER_HATCH, blended, class_styles
from deterrence.plot.places import checked_points, hatched, mark
from deterrence.plot.sweeps import NOTHING, OUTSIDE, UNDEFINED, Scale

if TYPE_CHECKING:
    from matplotlib.axes import Axes

RASTER = 200
"""Places a side on which names find room."""
THIN = 1e-9
UNNAMED = 0.002
"""A region with no more of the picture than this goes without a name."""


def plot_regions(regions: Any, *, ax: Axes | None = None, point: Any = "today", names: Any = None) -> Axes:
    """Draw which equilibrium classes exist where, with smooth borders and every region named in place.

    Parameters
    ----------
    regions
        What :func:`deterrence.regions` returned.
    ax
        Where to draw; by default new axes.
    point
        The marked point: by default the game's own values; a pair, or several by name; ``None`` for none.
    names
        Other names for some classes, by their names in the answer.

    Returns
    -------
    Axes
        The axes drawn on.

    Raises
    ------
    UnknownNameError
        If ``names`` renames a class that does not exist.
    """
    called = dict(zip(regions.classes, renamed(regions.classes, names or {}), strict=True))
    given, ax = ax, axes_or_new(ax, *SIZE, layout="constrained")
    groups, of = regions._groups
    styles = dict(zip(regions.classes, class_styles(len(regions.classes)), strict=True))
    for number, group in enumerate(groups):
        path = _path(regions, of == number)
        if group:
            tint = tuple(blended([styles[name].tint for name in group]))
            ax.add_artist(PathPatch(path, facecolor=tint, linewidth=0, antialiased=False, zorder=1))
            for name in group:
                ax.add_artist(hatched(path, styles[name].hatch, INK, 0.28))
        else:
            ax.add_artist(hatched(path, NO_ANSWER_HATCH, EMPTY, 1.0))
    if (of < 0).any():
        ax.add_artist(hatched(_path(regions, of < 0), NO_ANSWER_HATCH, EMPTY, 1.0))
    _borders(ax, regions, of)
    across, upwards = _scales(regions)
    _label_axes(ax, across, upwards)
    ground = _ground(ax, across, upwards, settle=given is None)
    marked = _marked(regions, point, (across, upwards))
    if marked:
        mark(ground, marked)
    _name_all(ground, _labels(regions, groups, of, called, (across, upwards)))
    return ax


def _path(regions: Any, chosen: np.ndarray) -> Path:
    """Return the outlines of the chosen cells as one path."""
    corners, codes = [], []
    for k in np.flatnonzero(chosen):
        cell = regions.cells[k]
        outline = [*zip(cell.x, cell.low, strict=True), *zip(cell.x[::-1], cell.high[::-1], strict=True)]
        corners += [*outline, outline[0]]
        codes += [Path.MOVETO, *([Path.LINETO] * (len(outline) - 1)), Path.CLOSEPOLY]
    return Path(corners, codes)


def _borders(ax: Axes, regions: Any, of: np.ndarray) -> None:
    """Draw the curves and upright lines at which the set of classes changes."""
    style: dict[str, Any] = {"color": INK, "linewidth": 1.0, "zorder": 3, "solid_capstyle": "round"}
    cells = regions.cells
    for k in range(len(cells) - 1):
        if cells[k].strip == cells[k + 1].strip and of[k] != of[k + 1]:
            ax.plot(cells[k].x, cells[k].high, **style)
    for x, low, high, *_ in regions.upright_borders:
        ax.plot([x, x], [low, high], **style)


def _scales(regions: Any) -> tuple[Scale, Scale]:
    """Return the axes as a fine raster, on which names find room."""
    across, upwards = (
        _Raster(regions.game.parameters[name], (edges[1:] + edges[:-1]) / 2)
        for name, values in regions.axes
        for edges in [np.linspace(float(values[0]), float(values[-1]), RASTER + 1)]
    )
    return across, upwards


class _Raster(Scale):
    """An axis of equal cells, whose outer edges are the rectangle's sides."""

    @property
    def edges(self) -> np.ndarray:
        half = (self.values[1] - self.values[0]) / 2
        return np.concatenate([self.values - half, self.values[-1:] + half])


def _labels(regions: Any, groups: Any, of: np.ndarray, called: dict[str, str], scales: tuple[Scale, Scale]) -> Any:
    across, upwards = scales
    cell = regions._cell_at(across.values, upwards.values)
    kinds = np.where(cell >= 0, of[cell], -2)
    labels = [(kinds == k, " + ".join(called[name] for name in group) or NOTHING) for k, group in enumerate(groups)]
    labels.append((kinds == -1, OUTSIDE if regions.game.assumptions else UNDEFINED))
    return [(mask, label) for mask, label in labels if mask.mean() > UNNAMED]


def _marked(regions: Any, point: Any, scales: tuple[Scale, Scale]) -> dict[str, tuple[float, float]]:
    """Return the points to mark: by default the game's own values, where they lie in the rectangle."""
    if point is None:
        return {}
    if not isinstance(point, str):
        return checked_points(point, *scales)
    (x, xs), (y, ys) = regions.axes
    now = float(regions.game.values[x]), float(regions.game.values[y])
    inside = float(xs[0]) <= now[0] <= float(xs[-1]) and float(ys[0]) <= now[1] <= float(ys[-1])
    return {point: now} if inside else {}
