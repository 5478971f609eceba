"""Regions of two parameters with smooth borders: which equilibrium classes exist where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from deterrence.plot.canvas import axes_or_new
from deterrence.plot.maps.grids import SIZE, _ground, _label_axes, _name_all, renamed
from deterrence.plot.maps.hatching import hatched
from deterrence.plot.maps.marks import checked_points, mark
from deterrence.plot.maps.styles import RegionStyle, lettered, region_styles
from deterrence.plot.palette import EMPTY, INK, NO_ANSWER_HATCH
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
    across, upwards = _scales(regions)
    kinds = _kinds(regions, of, across, upwards)
    styles = _tint(ax, regions, groups, of, kinds)
    _borders(ax, regions, of)
    _label_axes(ax, across, upwards)
    labels = _labels(regions, groups, kinds, called)
    if given is None:
        labels = lettered(ax, labels, kinds, styles)
    ground = _ground(ax, across, upwards, settle=given is None)
    marked = _marked(regions, point, (across, upwards))
    if marked:
        mark(ground, marked)
    _name_all(ground, labels)
    return ax


def _kinds(regions: Any, of: np.ndarray, across: Scale, upwards: Scale) -> np.ndarray:
    """Return which combination of classes exists on a fine raster: -1 where assumptions fail, -2 outside."""
    cell = regions._cell_at(across.values, upwards.values)
    return np.where(cell >= 0, of[cell], -2)


def _tint(ax: Axes, regions: Any, groups: Any, of: np.ndarray, kinds: np.ndarray) -> dict[int, RegionStyle]:
    """Colour every region, hatch those without an answer or that need it, and return how each looks."""
    empty = [number for number, group in enumerate(groups) if not group]
    styles = region_styles(np.where(np.isin(kinds, empty), -1, kinds))
    for number, style in styles.items():
        path = _path(regions, of == number)
        ax.add_artist(PathPatch(path, facecolor=style.tint.colour, linewidth=0, antialiased=False, zorder=1))
        if style.hatch:
            ax.add_artist(hatched(path, style.hatch, INK, 0.28))
    for number in [*empty, -1]:
        if (of == number).any():
            ax.add_artist(hatched(_path(regions, of == number), NO_ANSWER_HATCH, EMPTY, 1.0))
    return styles


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


def _labels(regions: Any, groups: Any, kinds: np.ndarray, called: dict[str, str]) -> Any:
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
