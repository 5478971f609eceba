"""Scenarios side by side: a panel a measure, a row a scenario."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from deterrence.plot.canvas import ShownAxes, new_figure
from deterrence.plot.lettering import wrapped
from deterrence.plot.palette import INK, PLAYER_COLOURS, QUIET

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COLUMNS = 3
RARE = 0.2
"""A panel in which no probability is higher than this has a scale of its own."""
TITLE, NAME = 24, 22
"""How many letters a line of a panel's title, or of a scenario's name, has."""


def plot_comparison(comparison: Any, *, ax: Axes | None = None) -> Axes:
    """Draw what is asked in every scenario: a point, or a bar from the least to the greatest value.

    Parameters
    ----------
    comparison
        What :func:`deterrence.compare` returned.
    ax
        Where to draw, for a comparison of one measure; by default new axes, a panel a measure.

    Returns
    -------
    Axes
        The axes drawn on, the first where there are several. Panels of probabilities share the scale from
        0 to 1, but for those in which all are small.
    """
    names = [measure.name for measure in comparison.measures]
    if ax is not None:
        _panel(ax, comparison, 0, named=True)
        return ax
    columns = min(COLUMNS, len(names))
    rows = -(-len(names) // columns)
    height = 0.8 + 0.36 * len(comparison.games)
    figure = new_figure(2.2 + 2.1 * columns, rows * (height + 0.5), layout="constrained")
    panels = []
    for k in range(len(names)):
        panel = figure.add_subplot(rows, columns, k + 1, axes_class=ShownAxes)
        _panel(panel, comparison, k, named=k % columns == 0)
        panels.append(panel)
    first: Axes = panels[0]
    return first


def _panel(ax: Axes, comparison: Any, k: int, *, named: bool) -> None:
    titles = list(comparison.games)
    low, high = (comparison.data[end].values[:, k] for end in ("low", "high"))
    rows = np.arange(len(titles))[::-1]
    ax.hlines(rows, low, high, color=PLAYER_COLOURS[4], linewidth=5, alpha=0.45, zorder=2)
    for ends in (low, high):
        ax.plot(ends, rows, "o", color=PLAYER_COLOURS[0], markersize=5, zorder=3, clip_on=False)
    for row in rows[np.isnan(low)]:
        ax.text(0.5, row, "not in this game", color=QUIET, fontsize=7, ha="center", va="center")
    if comparison.measures[k].kind == "probability":
        most = float(np.nanmax([*high, 0.0]))
        if most > RARE or most == 0:
            ax.set_xlim(0, 1)
            ax.set_xticks([0, 0.5, 1], ["0", "0.5", "1"])
        else:
            ax.set_xlim(0, 1.15 * most)
            ax.locator_params(axis="x", nbins=3)
    ax.set_ylim(-0.6, len(titles) - 0.4)
    ax.set_yticks(rows, [wrapped(title, NAME) for title in titles] if named else [""] * len(titles), fontsize=8)
    ax.set_title(wrapped(comparison.measures[k].name, TITLE), fontsize=8.5, color=INK, parse_math=False)
    ax.grid(axis="y", color="#E4E4E4", linewidth=0.7, zorder=0)
    ax.spines[["top", "right", "left"]].set_visible(False)
    ax.tick_params(axis="y", length=0)
    ax.tick_params(axis="x", labelsize=8)
