"""Regions of two parameters with smooth borders: which equilibrium classes exist where."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.colors import to_rgb
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from deterrence.errors import unknown
from deterrence.plot.canvas import axes_or_new
from deterrence.plot.maps import SIZE, _ground, _label_axes, _name_all
from deterrence.plot.palette import EMPTY, INK, NO_ANSWER_HATCH, class_styles
from deterrence.plot.places import checked_points, mark
from deterrence.plot.sweeps import NOTHING, OUTSIDE, UNDEFINED, Scale

if TYPE_CHECKING:
    from matplotlib.axes import Axes

RASTER = 200
"""Places a side on which names find room."""
THIN = 1e-9


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
    for name in names or {}:
        if name not in regions.classes:
            raise unknown("equilibrium class", name, regions.classes)
    given = ax
    ax = axes_or_new(ax, *SIZE, layout="constrained")
    groups, of = regions._groups
    styles = dict(zip(regions.classes, class_styles(len(regions.classes)), strict=True))
    for number, group in enumerate(groups):
        path = _path(regions, of == number)
        if group:
            tints = np.prod([to_rgb(styles[name].tint) for name in group], axis=0) ** (1 / np.sqrt(len(group)))
            ax.add_artist(PathPatch(path, facecolor=tuple(tints), linewidth=0, antialiased=False, zorder=1))
            for name in group:
                _hatch(ax, path, styles[name].hatch, INK, 0.28)
        else:
            _hatch(ax, path, NO_ANSWER_HATCH, EMPTY, 1.0)
    if (of < 0).any():
        _hatch(ax, _path(regions, of < 0), NO_ANSWER_HATCH, EMPTY, 1.0)
    _borders(ax, regions, of)
    across, upwards = _scales(regions)
    _label_axes(ax, across, upwards)
    ground = _ground(ax, across, upwards, settle=given is None)
    marked = _marked(regions, point, (across, upwards))
    if marked:
        mark(ground, marked)
    _name_all(ground, _labels(regions, groups, of, names or {}, (across, upwards)))
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


def _hatch(ax: Axes, path: Path, pattern: str, colour: str, alpha: float) -> None:
    style = {"facecolor": "none", "edgecolor": colour, "hatch": pattern, "linewidth": 0, "alpha": alpha}
    ax.add_artist(PathPatch(path, zorder=2, **style))


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
    made = []
    for name, values in regions.axes:
        edges = np.linspace(float(values[0]), float(values[-1]), RASTER + 1)
        made.append(Scale(regions.game.parameters[name], (edges[1:] + edges[:-1]) / 2))
    return _Fine(made[0]), _Fine(made[1])


class _Fine(Scale):
    """Be a raster whose outer edges are the rectangle's sides."""

    def __init__(self, scale: Scale) -> None:
        super().__init__(scale.parameter, scale.values)

    @property
    def edges(self) -> np.ndarray:
        half = (self.values[1] - self.values[0]) / 2
        return np.concatenate([self.values - half, self.values[-1:] + half])


def _labels(regions: Any, groups: Any, of: np.ndarray, names: Mapping[str, str], scales: tuple[Scale, Scale]) -> Any:
    across, upwards = scales
    cell = regions._cell_at(across.values, upwards.values)
    kinds = np.where(cell >= 0, of[cell], -2)
    found = [(kinds == k, " + ".join(names.get(n, n) for n in group) or NOTHING) for k, group in enumerate(groups)]
    outside = OUTSIDE if regions.game.assumptions else UNDEFINED
    return [item for item in [*found, (kinds == -1, outside)] if item[0].any()]


def _marked(regions: Any, point: Any, scales: tuple[Scale, Scale]) -> dict[str, tuple[float, float]]:
    """Return the points to mark: by default the game's own values, where they lie in the rectangle."""
    if point is None:
        return {}
    if not isinstance(point, str):
        return checked_points(point, *scales)
    (x, xs), (y, ys) = regions.axes
    here = float(regions.game.values[x]), float(regions.game.values[y])
    inside = float(xs[0]) <= here[0] <= float(xs[-1]) and float(ys[0]) <= here[1] <= float(ys[-1])
    return {point: here} if inside else {}
