"""Sweeps of two parameters as maps: of a measure, and of which equilibrium classes exist where."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.colors import to_rgb
from scipy import ndimage

from deterrence.errors import ParameterError, unknown
from deterrence.games.expression import show_number
from deterrence.plot.canvas import axes_or_new, figure_of, size_in_points
from deterrence.plot.lettering import axis_label, letters_along, wrapped
from deterrence.plot.maps.hatching import hatch, outline
from deterrence.plot.maps.marks import checked_points, mark
from deterrence.plot.maps.places import LARGE, Ground, name_beside, name_region
from deterrence.plot.maps.styles import RegionStyle, lettered, region_styles
from deterrence.plot.palette import EMPTY, INK, NO_ANSWER_HATCH, sequential
from deterrence.plot.sweeps import (
    NOTHING,
    TRACE,
    UNDEFINED,
    Measured,
    Scale,
    Swept,
    chosen,
    class_names,
    ends,
    gaps,
    presence,
    scales,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

Place = tuple[float, float]
Marked = Mapping[str, Place] | Place
SIZE = (6.4, 4.8)


def plot_map(sweep: Swept, measure: object = None, *, ax: Axes | None = None) -> Axes:
    """Draw a measure over two parameters: its least value over all equilibria as colour, ranges hatched.

    Where several equilibria give different values the map is hatched and says from what to what; where
    there is no equilibrium it is blank, cross-hatched and named.

    Parameters
    ----------
    sweep
        A sweep of two parameters; the first runs to the right, the second upwards.
    measure
        Which of its measures, by name; not needed where there is one.
    ax
        Where to draw; by default new axes.

    Returns
    -------
    Axes
        The axes drawn on.

    Raises
    ------
    ParameterError
        If the sweep does not vary two parameters, or has several measures and none is chosen.
    UnknownNameError
        If the sweep has no such measure.
    """
    across, upwards = scales(sweep, 2, "plot_map")
    shown = _one_measure(sweep, measure)
    axes = (upwards, across)
    low, high = ends(sweep, axes, shown)
    several = np.nan_to_num(high - low) > TRACE * max(1.0, _span(low, high))
    given, ax = ax, axes_or_new(ax, *SIZE, layout="constrained")
    _fill(ax, across, upwards, low, high, shown, bool(several.any()))
    missing = gaps(sweep, axes, np.isnan(low))
    kinds = several.astype(np.intp)
    hatch(ax, several, across.edges, upwards.edges, "///", INK, 0.45)
    for i, (_, mask) in enumerate(missing):
        hatch(ax, mask, across.edges, upwards.edges, NO_ANSWER_HATCH, EMPTY, 1.0)
        kinds[mask] = 2 + i
    outline(ax, kinds, across.edges, upwards.edges)
    ground = _ground(ax, across, upwards, settle=given is None)
    names = [(mask, name) for name, mask in missing] + _ranges(several, low, high)
    _name_all(ground, names)
    return ax


def plot_classes(
    sweep: Swept,
    *,
    ax: Axes | None = None,
    point: Marked | None = None,
    names: Mapping[str, str] | None = None,
) -> Axes:
    """Draw which equilibrium classes exist where, over two parameters, each region named in place.

    Every region has a tint of its own, neighbours of different lightness. Where several classes exist the region
    carries all their names.

    Parameters
    ----------
    sweep
        A sweep of two parameters; the first runs to the right, the second upwards.
    ax
        Where to draw; by default new axes.
    point
        A point of interest as (x, y), or several by name, such as ``{"today": (0.3, 5)}``.
    names
        Other names for some classes, by the class's name in the sweep.

    Returns
    -------
    Axes
        The axes drawn on.

    Raises
    ------
    ParameterError
        If the sweep does not vary two parameters.
    UnknownNameError
        If ``names`` renames a class that the sweep does not have.
    """
    across, upwards = scales(sweep, 2, "plot_classes")
    called = renamed(class_names(sweep), names or {})
    exists = presence(sweep, (upwards, across))
    given, ax = ax, axes_or_new(ax, *SIZE, layout="constrained")
    kinds, labels = _regions(exists, called)
    for name, mask in gaps(sweep, (upwards, across), np.logical_not(exists.any(axis=0))):
        hatch(ax, mask, across.edges, upwards.edges, NO_ANSWER_HATCH, EMPTY, 1.0)
        kinds[mask] = {UNDEFINED: -1, NOTHING: -2}.get(name, -3)
        labels.append((mask, name))
    styles = _tint(ax, kinds, across, upwards)
    outline(ax, kinds, across.edges, upwards.edges)
    _label_axes(ax, across, upwards)
    if given is None:
        labels = lettered(ax, labels, kinds, styles)
    ground = _ground(ax, across, upwards, settle=given is None)
    if point is not None:
        mark(ground, checked_points(point, across, upwards))
    _name_all(ground, labels)
    return ax


# -- a measure ----------------------------------------------------------------------------------------


def _one_measure(sweep: Swept, measure: object) -> Measured:
    measures = chosen(sweep, measure)
    if len(measures) != 1:
        names, first = ", ".join(repr(item.name) for item in measures), measures[0].name
        raise ParameterError(
            f"A map shows one measure; this sweep has {names}. Choose one, such as plot_map(sweep, {first!r})."
        )
    return measures[0]


def _span(low: NDArray[np.float64], high: NDArray[np.float64]) -> float:
    if np.isnan(low).all():
        return 0.0
    return float(np.nanmax(high) - np.nanmin(low))


def _fill(
    ax: Axes,
    across: Scale,
    upwards: Scale,
    low: NDArray[np.float64],
    high: NDArray[np.float64],
    shown: Measured,
    several: bool,
) -> None:
    _label_axes(ax, across, upwards)
    limits = (0.0, 1.0) if shown.kind == "probability" or np.isnan(low).all() else (np.nanmin(low), np.nanmax(high))
    if limits[0] == limits[1]:
        limits = (limits[0] - 0.5, limits[1] + 0.5)
    colours: dict[str, Any] = {"cmap": sequential(), "vmin": limits[0], "vmax": limits[1]}
    mesh = ax.pcolormesh(across.edges, upwards.edges, np.ma.masked_invalid(low), rasterized=True, **colours)
    figure = ax.get_figure(root=False)
    assert figure is not None
    bar = figure.colorbar(mesh, ax=ax)
    label = f"{shown.name}, least over all equilibria" if several else shown.name
    bar.set_label(wrapped(label, letters_along(size_in_points(ax)[1])), parse_math=False)


def _ranges(
    several: NDArray[np.bool_], low: NDArray[np.float64], high: NDArray[np.float64]
) -> list[tuple[NDArray[np.bool_], str]]:
    """Return where equilibria differ, with from what to what: large pieces each, small ones together."""
    pieces, number = ndimage.label(several)
    sizes = np.bincount(pieces.ravel(), minlength=number + 1)
    large = [i for i in range(1, number + 1) if sizes[i] >= LARGE * several.size]
    masks = [pieces == i for i in large] + [several & ~np.isin(pieces, large)]
    names = []
    for mask in masks:
        if mask.any():
            least, most = (show_number(float(v), 2).replace("-", "−") for v in (low[mask].min(), high[mask].max()))
            names.append((mask, f"several equilibria: {least} to {most}"))
    return names


# -- classes ------------------------------------------------------------------------------------------


def renamed(classes: tuple[str, ...], names: Mapping[str, str]) -> tuple[str, ...]:
    """Return the names of the classes on a drawing, or refuse a new name for a class that does not exist."""
    for name in names:
        if name not in classes:
            raise unknown("equilibrium class", name, classes)
    return tuple(names.get(name, name) for name in classes)


def _regions(
    exists: NDArray[np.bool_], called: tuple[str, ...]
) -> tuple[NDArray[np.intp], list[tuple[NDArray[np.bool_], str]]]:
    """Return a number at each grid point for the classes that exist there, and where each combination does."""
    shape = exists.shape[1:]
    combinations, at = np.unique(exists.reshape(len(exists), int(np.prod(shape))).T, axis=0, return_inverse=True)
    kinds = at.reshape(shape).astype(np.intp)
    named = [
        (kinds == i, " + ".join(called[k] for k in np.flatnonzero(row)))
        for i, row in enumerate(combinations)
        if row.any()
    ]
    return kinds, named


def _tint(ax: Axes, kinds: NDArray[np.intp], across: Scale, upwards: Scale) -> dict[int, RegionStyle]:
    """Colour every region, hatch those that their colours do not tell apart, and return how each looks."""
    colours, styles = np.ones((*kinds.shape, 3)), region_styles(kinds)
    for number, style in styles.items():
        colours[kinds == number] = to_rgb(style.tint.colour)
        if style.hatch:
            hatch(ax, kinds == number, across.edges, upwards.edges, style.hatch, INK, 0.28)
    ax.pcolormesh(across.edges, upwards.edges, colours, rasterized=True)
    return styles


# -- both ---------------------------------------------------------------------------------------------


def _label_axes(ax: Axes, across: Scale, upwards: Scale) -> None:
    width, height = size_in_points(ax)
    ax.set_xlabel(axis_label(across.parameter, width))
    ax.set_ylabel(axis_label(upwards.parameter, height))
    ax.set_xlim(across.edges[0], across.edges[-1])
    ax.set_ylim(upwards.edges[0], upwards.edges[-1])


def _ground(ax: Axes, across: Scale, upwards: Scale, *, settle: bool) -> Ground:
    """Return the raster for names, once new axes have their final size."""
    if settle:
        figure_of(ax).draw_without_rendering()
    return Ground.of(ax, across.edges, upwards.edges)


def _name_all(ground: Ground, names: list[tuple[NDArray[np.bool_], str]]) -> None:
    # Every region is named inside itself first: only then is it known what room is left for names beside theirs.
    unplaced = [name_region(ground, mask, text) for mask, text in names]
    left_out = name_beside(ground, [name for name in unplaced if name is not None], [mask for mask, _ in names])
    if left_out:
        words = "1 small region is" if left_out == 1 else f"{left_out} small regions are"
        ground.ax.set_title(f"{words} not named", loc="right", fontsize=8, color=INK)
