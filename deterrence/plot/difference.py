"""A difference between two games as a picture: one measure along a parameter in both, or all measures in rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from deterrence.plot.canvas import axes_or_new, size_in_points
from deterrence.plot.lettering import axis_label, wrapped
from deterrence.plot.palette import INK, line_colour

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SIZE = (6.4, 4.2)
STYLES: tuple[dict[str, Any], ...] = ({"linestyle": "-", "linewidth": 2.4}, {"linestyle": "--", "linewidth": 1.8})
"""The first game's line is whole and the second's dashed, so that both are seen where they coincide."""
APART = 0.13
"""How far from the middle of its row each game's mark is."""


def plot_difference(answer: Any, *, ax: Axes | None = None) -> Axes:
    """Draw the first measure whose thresholds change along a parameter, in both games; else measures now, in rows.

    Parameters
    ----------
    answer
        What :func:`deterrence.difference` returned.
    ax
        Where to draw; by default new axes.

    Returns
    -------
    Axes
        The axes drawn on. Where equilibria differ, the range over all of them is shaded.
    """
    pair = _changed(answer)
    return _rows(answer, ax) if pair is None else _curves(answer, pair, ax)


def _changed(answer: Any) -> tuple[Any, Any] | None:
    """Return the thresholds of a measure in both games that are not the same; None where there are none."""
    for jump in answer.jumps:
        if jump.kind == "stays":
            continue
        (searched,) = (pair for pair in answer.searched if pair.parameter == jump.parameter)
        if searched.first and searched.second:
            name = jump.measures[0].rpartition(" ")[0]
            name = next((m.measure.name for m in searched.first if jump.measures[0].startswith(m.measure.name)), name)
            found = [[t for t in side if t.measure.name == name] for side in (searched.first, searched.second)]
            if all(found):
                return found[0][0], found[1][0]
    return None


def _curves(answer: Any, pair: tuple[Any, Any], ax: Axes | None) -> Axes:
    ax = axes_or_new(ax, *SIZE, layout="constrained")
    ax.spines[["top", "right"]].set_visible(False)
    for k, (threshold, label) in enumerate(zip(pair, answer.labels, strict=True)):
        data = threshold.curve.data
        x = np.asarray(data[threshold.parameter].values, float)
        low, high = (np.asarray(data[end].values, float).reshape(-1) for end in ("low", "high"))
        ax.plot(x, low, color=line_colour(k), label=wrapped(label, 40), zorder=3 + k, **STYLES[k])
        if np.nanmax(high - low) > 0:
            ax.plot(x, high, color=line_colour(k), zorder=3 + k, **STYLES[k])
            ax.fill_between(x, low, high, color=line_colour(k), alpha=0.15, linewidth=0, zorder=1)
        for boundary in threshold.jumps:
            ax.axvline(float(boundary.value), color=line_colour(k), linewidth=0.9, linestyle=":", zorder=2)
    width, height = size_in_points(ax)
    ax.set_xlabel(axis_label(pair[0].game.parameters[pair[0].parameter], width))
    ax.set_ylabel(wrapped(pair[0].measure.name, max(20, int(height / 5))), parse_math=False)
    ax.legend(fontsize=8, frameon=False, loc="best")
    return ax


def _rows(answer: Any, ax: Axes | None) -> Axes:
    rows = [row for row in answer.now if row.measure.kind == "probability" and row.first and row.second]
    ax = axes_or_new(ax, SIZE[0], 1.2 + 0.36 * max(2, len(rows)), layout="constrained")
    ax.spines[["top", "right"]].set_visible(False)
    places = np.arange(len(rows))[::-1]
    for k, label in enumerate(answer.labels):
        ends = np.array([(row.first, row.second)[k] for row in rows], float).reshape(-1, 2)
        heights = places + (APART if k == 0 else -APART)
        ax.hlines(heights, ends[:, 0], ends[:, 1], color=line_colour(k), linewidth=3, alpha=0.6, zorder=2)
        style: dict[str, Any] = {"markerfacecolor": "white" if k == 0 else line_colour(k), "markersize": 6}
        for end, words in ((0, label), (1, None)):
            ax.plot(ends[:, end], heights, "o" if k == 0 else "s", color=line_colour(k), label=words, zorder=3, **style)
    ax.set_yticks(places, [wrapped(row.measure.name.removeprefix("probability of "), 30) for row in rows], fontsize=8)
    ax.set_ylim(-0.6, max(len(rows), 1) - 0.4)
    ax.set_xlim(-0.04, 1.04)
    ax.set_xlabel("probability", color=INK)
    ax.legend(fontsize=8, frameon=False, loc="best")
    return ax
