"""Thresholds as pictures: the measure with the values at which it jumps, and a threshold as a curve."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from deterrence.games.expression import show_number, show_value
from deterrence.plot.canvas import axes_or_new, size_in_points
from deterrence.plot.curve import plot_curve
from deterrence.plot.lettering import Font, axis_label, extent, letters_along, wrapped
from deterrence.plot.maps.hatching import hatch_span
from deterrence.plot.maps.places import write
from deterrence.plot.palette import HIGH_TINT, INK, LOW_TINT, QUIET, line_colour

if TYPE_CHECKING:
    from collections.abc import Iterable

    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

SIZE = (6.4, 4.2)
SMALL = 8.0
LONGEST_TITLE = 110
"""Formulas of more letters are left out of the title."""


def plot_threshold(threshold: Any, *, ax: Axes | None = None) -> Axes:
    """Draw a measure over the range looked at, with a dotted line and the value wherever it jumps.

    Parameters
    ----------
    threshold
        What :func:`deterrence.threshold` returned.
    ax
        Where to draw; by default new axes.

    Returns
    -------
    Axes
        The axes drawn on. The curve is drawn through points on either side of every boundary, so that jumps
        and kinks stand where they are and not on a grid.
    """
    axes = plot_curve(threshold.curve, ax=ax)
    mark_jumps(axes, threshold.jumps)
    return axes


def mark_jumps(ax: Axes, boundaries: Iterable[Any]) -> None:
    """Draw a dotted line at each boundary with its value on top, values that would meet on lines of their own."""
    width = size_in_points(ax)[0]
    low, high = ax.get_xlim()
    ends: list[float] = []
    for boundary in sorted(boundaries, key=lambda boundary: float(boundary.value)):
        x, text = float(boundary.value), show_number(boundary.value).replace("-", "−")
        ax.axvline(x, color=INK, linewidth=0.9, linestyle=":", zorder=2.5)
        middle, half = width * (x - low) / (high - low), extent(text, Font(SMALL))[0] / 2 + 2
        # The lowest line of text whose last value ends before this one begins, else a new line above.
        row = next((k for k, end in enumerate(ends) if end <= middle - half), len(ends))
        ends[row:] = [middle + half, *ends[row + 1 :]]
        lifted: dict[str, Any] = {"textcoords": "offset points", "xytext": (0, 2 + 10 * row), "annotation_clip": False}
        place: dict[str, Any] = {"ha": "center", "va": "bottom", "fontsize": SMALL}
        ax.annotate(text, (x, 1.0), xycoords=("data", "axes fraction"), **place, **lifted)


def plot_threshold_curve(curve: Any, *, ax: Axes | None = None) -> Axes:
    """Draw a threshold against a second parameter, and what the measure is on either side of it.

    Parameters
    ----------
    curve
        What :func:`deterrence.threshold` returned with ``given``.
    ax
        Where to draw; by default new axes.

    Returns
    -------
    Axes
        The axes drawn on. Small circles are further jumps of the measure; values of the second parameter at
        which there is no jump are hatched and named.
    """
    x = np.array([float(value) for value in curve.at])
    y = np.array([np.nan if value is None else float(value) for value in curve.values])
    ax = axes_or_new(ax, *SIZE, layout="constrained")
    ax.spines[["top", "right"]].set_visible(False)
    _frame(ax, curve, x)
    _sides(ax, curve, x, y)
    others = _lines(ax, curve, x, y)
    _hatch(ax, x, curve)
    _title(ax, curve, others)
    return ax


def _frame(ax: Axes, curve: Any, x: Numbers) -> None:
    """Set the limits: all values of the second parameter, and the whole range searched."""
    low, high = curve.between
    room = 0.5 if x[0] == x[-1] else 0.0
    ax.set_xlim(x[0] - room, x[-1] + room)
    ax.set_ylim(float(low), float(high))
    width, height = size_in_points(ax)
    ax.set_xlabel(axis_label(curve.game.parameters[curve.given], width))
    ax.set_ylabel(axis_label(curve.game.parameters[curve.parameter], height))


def _lines(ax: Axes, curve: Any, x: Numbers, y: Numbers) -> bool:
    """Draw the threshold, or a line a formula where the measure jumps at several places; tell of other jumps."""
    jumps = {(float(a), float(b)) for a, more in zip(curve.at, curve.further, strict=True) for b in more}
    if not jumps:
        ax.plot(x, y, color=line_colour(0), linewidth=2.0, marker="o", markersize=3, zorder=4)
        return False
    others = jumps | {(a, b) for a, b in zip(x.tolist(), y.tolist(), strict=True) if np.isfinite(b)}
    for k, branch in enumerate(curve.branches):
        ax.plot(*zip(*branch, strict=True), color=line_colour(k), linewidth=2.0, marker="o", markersize=3, zorder=4)
        others -= set(branch)
    if others:
        ax.plot(*zip(*others, strict=True), "o", color=QUIET, markerfacecolor="white", markersize=4, zorder=3)
    return bool(others)


def _sides(ax: Axes, curve: Any, x: Numbers, y: Numbers) -> None:
    """Tint what lies below and above the curve, and write what the measure is there."""
    for k, (edge, words) in enumerate(zip(ax.get_ylim(), curve.sides, strict=True)):
        if words:
            ax.fill_between(x, y, edge, color=(LOW_TINT, HIGH_TINT)[k], alpha=0.55, linewidth=0, zorder=1)
            _write_side(ax, f"{curve.measure.name}: {words}", x, y, edge)


def _write_side(ax: Axes, text: str, x: Numbers, y: Numbers, edge: float) -> None:
    """Write a text where there is most room for it between the curve and an edge, if it fits anywhere."""
    low, high = ax.get_ylim()
    wide, tall = size_in_points(ax)
    fine = np.linspace(*ax.get_xlim(), 201)
    room = np.abs(np.interp(fine, x, y) - edge) / (high - low) * tall
    room[fine < x[np.isfinite(y)].min()] = 0
    for letters in (60, 24, 14):
        written = wrapped(text, letters)
        width, height = extent(written, Font(9.0))
        half = int(np.ceil((width / 2 + 6) / wide * 200))
        fits = [(np.nan_to_num(room[k - half : k + half + 1]).min(), k) for k in range(half, 201 - half)]
        best, at = max(fits, default=(0.0, 0))
        if best > height + 10:
            depth = best / 2 / tall * (high - low)
            write(ax, written, (fine[at], edge + depth if edge == low else edge - depth), 9.0)
            return


def _hatch(ax: Axes, x: Numbers, curve: Any) -> None:
    """Hatch the stretches without a threshold and name them."""
    edges = np.concatenate([ax.get_xlim()[:1], (x[1:] + x[:-1]) / 2, ax.get_xlim()[1:]])
    for first, last, words in curve.gaps:
        hatch_span(ax, float(edges[first]), float(edges[last + 1]), words, 1.4)


def _title(ax: Axes, curve: Any, further: bool) -> None:
    """Write the formulas above the curve, where they are short."""
    formulas = [f"{curve.parameter} = {show_value(formula)}" for formula, _ in curve.pieces if formula.free_symbols]
    words = "; ".join(formulas) if len("; ".join(formulas)) <= LONGEST_TITLE else ""
    if further:
        words += f"{'; ' if words else ''}circles: further jumps"
    if words:
        letters = letters_along(size_in_points(ax)[0])
        ax.set_title(wrapped(words, letters), fontsize=9, loc="right", parse_math=False)
