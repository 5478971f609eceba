"""Sweeps of one parameter as curves: the range of a measure over all equilibria."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from deterrence.errors import ParameterError
from deterrence.plot.canvas import new_panels, size_in_points
from deterrence.plot.lettering import axis_label, letters_along, wrapped
from deterrence.plot.line_names import LineEnd, NamedLine, name_along, name_ends
from deterrence.plot.maps.hatching import hatch_span
from deterrence.plot.palette import QUIET, line_colour
from deterrence.plot.sweeps import (
    TRACE,
    Measured,
    Scale,
    Swept,
    chosen,
    class_names,
    ends,
    gaps,
    numbers,
    presence,
    scales,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

SIZE = (6.4, 4.0)
DASHES: tuple[Any, ...] = ("-", (0, (5, 2)), (0, (1, 1.3)), (0, (6, 2, 1, 2)), (0, (8, 2, 1, 2, 1, 2)))
BAND = 0.18
FEW_PLACES = 5
MOST_NAMES = 8
"""With more classes than this their lines go without names."""
STEEP = 4.0
"""A step so many times as high as its neighbours, where the classes change, is a jump and no slope."""


def plot_curve(sweep: Swept, measure: object = None, *, ax: Axes | None = None) -> Axes:
    """Draw a measure against one parameter: a line where all equilibria agree, a band where they do not.

    The band runs from the least to the greatest value over all equilibria, the equilibrium classes being
    thin lines in it. Values of the parameter without an answer are hatched and named.

    Parameters
    ----------
    sweep
        A sweep of one parameter.
    measure
        Which of its measures, by name, or several in a list; all of them by default. Measures of one
        kind share axes and are named at the ends of their lines; others get axes of their own, below
        each other.
    ax
        Where to draw; by default new axes.

    Returns
    -------
    Axes
        The axes drawn on, the uppermost where there are several.

    Raises
    ------
    ParameterError
        If the sweep varies more than one parameter, or measures of several kinds should share axes.
    UnknownNameError
        If the sweep has no such measure.
    """
    (along,) = scales(sweep, 1, "plot_curve")
    groups = _groups(chosen(sweep, measure))
    if ax is not None and len(groups) > 1:
        names = ", ".join(repr(item.name) for group in groups for item in group)
        raise ParameterError(
            f"The measures {names} have different scales and cannot share axes. Choose one, such as "
            f"plot_curve(sweep, {groups[0][0].name!r}, ax=ax), or leave out ax."
        )
    panels = [ax] if ax is not None else new_panels(len(groups), *SIZE)
    for panel, group in zip(panels, groups, strict=True):
        _draw(panel, sweep, along, group)
    panels[-1].set_xlabel(axis_label(along.parameter, size_in_points(panels[-1])[0]))
    return panels[0]


def _groups(measures: tuple[Measured, ...]) -> list[tuple[Measured, ...]]:
    """Put together what can share axes: all probabilities, all payoffs, anything else by itself."""
    shared = [tuple(item for item in measures if item.kind == kind) for kind in ("probability", "payoff")]
    return [*(group for group in shared if group), *((item,) for item in measures if item.kind == "other")]


def _draw(ax: Axes, sweep: Swept, along: Scale, group: tuple[Measured, ...]) -> None:
    """Draw measures of one kind on axes."""
    exists = presence(sweep, (along,))
    changes = np.asarray((exists[:, 1:] != exists[:, :-1]).any(axis=0))
    ranges = [ends(sweep, (along,), item) for item in group]
    ax.set_xlim(along.edges[0], along.edges[-1])
    _set_height(ax, group, ranges)
    missing = gaps(sweep, (along,), np.all([np.isnan(low) for low, _ in ranges], axis=0))
    for name, mask in missing:
        _hatch(ax, along, mask, name)
    for i, (low, high) in enumerate(ranges):
        _band(ax, along, low, high, changes, i)
    if len(group) == 1:
        _classes(ax, sweep, along, group[0], ranges[0])
    else:
        _name_ends(ax, along, group, ranges)
    label = group[0].name if len(group) == 1 else group[0].kind
    ax.set_ylabel(wrapped(label, letters_along(size_in_points(ax)[1])), parse_math=False)


def _set_height(ax: Axes, group: tuple[Measured, ...], ranges: list[tuple[Numbers, Numbers]]) -> None:
    if group[0].kind == "probability":
        ax.set_ylim(-0.03, 1.03)
        return
    values = np.concatenate([item for pair in ranges for item in pair])
    values = values[np.isfinite(values)]
    low, high = (values.min(), values.max()) if len(values) else (0.0, 1.0)
    room = 0.06 * (high - low) or 0.5
    ax.set_ylim(low - room, high + room)


# -- lines and bands ----------------------------------------------------------------------------------


def _jumps(values: Numbers, changes: NDArray[np.bool_]) -> NDArray[np.bool_]:
    # Where the classes change, a step is drawn as a jump only if it is steep beside its neighbours: a measure may
    # pass continuously from one class to the next.
    steps = np.abs(np.diff(values))
    beside = np.pad(np.nan_to_num(steps), 1)
    around = np.maximum(beside[:-2], beside[2:])
    jumps: NDArray[np.bool_] = changes & (np.nan_to_num(steps) > STEEP * around + TRACE)
    return jumps


def _with_breaks(along: Scale, ys: list[Numbers], changes: NDArray[np.bool_]) -> tuple[Numbers, list[Numbers]]:
    """Return points to draw through: values hold up to half way to a jump or to a missing neighbour."""
    finite = np.isfinite(ys[0])
    jumping = [_jumps(y, changes) for y in ys]
    broken = np.any(jumping, axis=0) | (finite[1:] != finite[:-1])
    joints = [int(i) + 1 for i in np.flatnonzero(broken)]
    places = np.array(joints, dtype=int)
    xs = np.insert(along.values, np.repeat(places, 2), np.repeat(along.edges[places], 2))
    appears = finite[1:] != finite[:-1]
    return xs, [_held(y, joints, jumps | appears) for y, jumps in zip(ys, jumping, strict=True)]


def _held(y: Numbers, joints: list[int], breaks: NDArray[np.bool_]) -> Numbers:
    """Put two values into each joint: those on either side at a break, their mean elsewhere."""
    values = [pair if breaks[i - 1] else [pair.mean()] * 2 for i in joints for pair in [y[i - 1 : i + 1]]]
    return np.insert(y, np.repeat(np.array(joints, dtype=int), 2), np.ravel(values))


def _band(ax: Axes, along: Scale, low: Numbers, high: Numbers, changes: NDArray[np.bool_], position: int) -> None:
    xs, (lower, upper) = _with_breaks(along, [low, high], changes)
    colour, dash = line_colour(position), DASHES[position % len(DASHES)]
    ax.fill_between(xs, lower, upper, color=colour, alpha=BAND, linewidth=0, zorder=2)
    style = {"color": colour, "linestyle": dash, "linewidth": 2.0, "zorder": 4, "solid_capstyle": "butt"}
    ax.plot(xs, lower, **style)
    if not np.array_equal(lower, upper, equal_nan=True):
        ax.plot(xs, upper, **style)


def _hatch(ax: Axes, along: Scale, mask: NDArray[np.bool_], name: str) -> None:
    """Hatch the values without an answer, and name the widest stretch of them."""
    ends = np.flatnonzero(np.diff(np.concatenate([[False], mask, [False]])))
    stretches = [(along.edges[a], along.edges[b]) for a, b in zip(ends[::2], ends[1::2], strict=True)]
    widest = max(stretches, key=lambda stretch: stretch[1] - stretch[0])
    for stretch in stretches:
        hatch_span(ax, *stretch, name if stretch == widest else "")


# -- names --------------------------------------------------------------------------------------------


def _classes(ax: Axes, sweep: Swept, along: Scale, measure: Measured, limits: tuple[Numbers, Numbers]) -> None:
    """Draw each class's own values as a thin line with its name; one that exists at a single place has none.

    A tie has classes of its own, which would crowd the names of those that it lies between.
    """
    values = numbers(sweep, "value", (along,), measure=measure.name)
    never = np.zeros(len(along.values) - 1, dtype=bool)
    lines = []
    for name, row in zip(class_names(sweep), values, strict=True):
        if np.isfinite(row).any():
            xs, (ys,) = _with_breaks(along, [row], never)
            ax.plot(xs, ys, color=QUIET, linewidth=0.9, zorder=3)
            if np.isfinite(row).sum() > 1 or len(row) < FEW_PLACES:
                lines.append(NamedLine(name, xs, ys))
    if len(lines) <= MOST_NAMES:
        name_along(ax, lines, [(along.values, limit) for limit in limits])


def _name_ends(ax: Axes, along: Scale, group: tuple[Measured, ...], ranges: list[tuple[Numbers, Numbers]]) -> None:
    """Name each measure where its line, or the middle of its band, ends."""
    ends = []
    for i, (item, (low, high)) in enumerate(zip(group, ranges, strict=True)):
        defined = np.flatnonzero(np.isfinite(low))
        if len(defined):
            last = defined[-1]
            ends.append(
                LineEnd(float(along.edges[last + 1]), float(low[last] + high[last]) / 2, item.name, line_colour(i))
            )
    if ends:
        name_ends(ax, ends)
