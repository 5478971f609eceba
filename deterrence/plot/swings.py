"""What parameters do alone: a bar from one end of each plausible range to the other, the longest on top."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from deterrence.plot.canvas import axes_or_new
from deterrence.plot.lettering import axis_label
from deterrence.plot.palette import PLAYER_COLOURS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

APART, SAME = 0.17, 1e-9
"""How far apart the two ends of a parameter are drawn where equilibria differ at either."""
LABEL = 200.0
"""Points that a parameter's meaning may be wide."""


def plot_swings(rows: Sequence[tuple[Any, Any, Any]], *, ax: Axes | None = None) -> Axes:
    """Draw a tornado of one-at-a-time changes.

    Parameters
    ----------
    rows
        For each parameter itself, and the range of what is asked over all equilibria at the low and at the high
        end; the first row is drawn on top. Where equilibria differ a line runs from the least to the greatest.
    ax
        Where to draw; by default new axes.

    Returns
    -------
    Axes
        The axes drawn on.
    """
    ax = axes_or_new(ax, 6.6, 1.2 + 0.42 * max(2, len(rows)), layout="constrained")
    apart = APART if any(pair[1] - pair[0] > SAME for row in rows for pair in row[1:]) else 0.0
    for row, (_, first, last) in enumerate(reversed(rows)):
        middles = (sum(first) / 2, sum(last) / 2)
        ax.plot(middles, (row + apart, row - apart), color=PLAYER_COLOURS[4], linewidth=1.2, alpha=0.55, zorder=1)
        ends = ((first, "white", "low end", apart), (last, PLAYER_COLOURS[0], "high end", -apart))
        for pair, fill, label, shift in ends:
            words = label if row == 0 else None
            style: dict[str, Any] = {"markeredgecolor": PLAYER_COLOURS[0], "markerfacecolor": fill, "markersize": 6.0}
            ax.plot(pair, (row + shift,) * 2, color=PLAYER_COLOURS[4], linewidth=3.0, zorder=2)
            ax.plot(pair, (row + shift,) * 2, "o", label=words, zorder=3, clip_on=False, **style)
    ax.set_yticks(range(len(rows)), [axis_label(row[0], LABEL) for row in reversed(rows)], fontsize=8)
    ax.set_ylim(-0.6, len(rows) - 0.4)
    ax.set_xlabel("probability")
    ax.grid(axis="y", color="#E4E4E4", linewidth=0.7, zorder=0)
    ax.spines[["top", "right"]].set_visible(False)
    ax.tick_params(axis="y", length=0)
    figure = ax.get_figure(root=True)
    assert figure is not None
    figure.legend(loc="outside upper center", ncols=2, fontsize=8, frameon=False)
    return ax
