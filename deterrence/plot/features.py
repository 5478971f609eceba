"""What features add: a panel a measure, a row a feature, from without it to its most."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from deterrence.plot.canvas import ShownAxes, new_figure
from deterrence.plot.lettering import wrapped
from deterrence.plot.palette import INK, PLAYER_COLOURS, QUIET

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

COLUMNS = 3
TITLE, NAME = 26, 24
APART, SAME = 0.24, 1e-9
"""How far apart the three marks of a feature are drawn where equilibria differ at one of them."""
SMALLEST = 0.01
"""A panel's scale ends no lower than this, so that what hardly moves looks so."""


def plot_features(rows: Sequence[tuple[Any, ...]], measures: Sequence[str]) -> Axes:
    """Draw what features add.

    Parameters
    ----------
    rows
        For each feature its words and, for each measure, the least and greatest value over all equilibria:
        without the feature, now, at its most, and on the whole way.
    measures
        What is asked, in words.

    Returns
    -------
    Axes
        The first panel.
    """
    columns = min(COLUMNS, len(measures))
    lines = -(-len(measures) // columns)
    figure = new_figure(2.2 + 2.1 * columns, lines * (1.2 + 0.4 * len(rows)) + 0.4, layout="constrained")
    panels = []
    for k, name in enumerate(measures):
        panel = figure.add_subplot(lines, columns, k + 1, axes_class=ShownAxes)
        _panel(panel, rows, k, named=k % columns == 0)
        panel.set_title(wrapped(name, TITLE), fontsize=8.5, color=INK, parse_math=False)
        panels.append(panel)
    figure.legend(
        *panels[0].get_legend_handles_labels(), loc="outside upper center", ncols=3, fontsize=8, frameon=False
    )
    first: Axes = panels[0]
    return first


def _panel(ax: Axes, rows: Sequence[tuple[Any, ...]], k: int, *, named: bool) -> None:
    at = np.arange(len(rows))[::-1]
    least, now, most, whole = (np.array([row[part][k] for row in rows], dtype=float) for part in (1, 2, 3, 4))
    apart = APART if max(float(np.nanmax(ends[:, 1] - ends[:, 0])) for ends in (least, now, most)) > SAME else 0.0
    if not apart:
        ax.hlines(at, whole[:, 0], whole[:, 1], color=PLAYER_COLOURS[4], linewidth=1.6, alpha=0.6, zorder=2)
    marks = (
        (least, "o", "white", "without it", apart),
        (now, "|", INK, "now", 0.0),
        (most, "o", PLAYER_COLOURS[0], "at its most", -apart),
    )
    for ends, marker, fill, label, shift in marks:
        style: dict[str, Any] = {
            "markeredgecolor": INK if marker == "|" else PLAYER_COLOURS[0],
            "markerfacecolor": fill,
        }
        size = (13 if not apart else 8) if marker == "|" else 5.5
        ax.hlines(
            at + shift, ends[:, 0], ends[:, 1], color=style["markeredgecolor"], linewidth=1.4, alpha=0.6, zorder=2
        )
        for end, words in ((0, label), (1, None)):
            ax.plot(ends[:, end], at + shift, marker, markersize=size, label=words, zorder=3, clip_on=False, **style)
    top = max(SMALLEST, float(np.nanmax(whole)) * 1.04)
    ax.set_xlim(-0.02 * top, top)
    ax.set_ylim(-0.6, len(rows) - 0.4)
    ax.set_yticks(at, [wrapped(row[0], NAME) for row in rows] if named else [""] * len(rows), fontsize=8)
    ax.grid(axis="y", color="#E4E4E4", linewidth=0.7, zorder=0)
    ax.spines[["top", "right", "left"]].set_visible(False)
    ax.tick_params(axis="y", length=0)
    ax.tick_params(axis="x", labelsize=8, colors=QUIET)
    ax.locator_params(axis="x", nbins=4)
