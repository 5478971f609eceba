"""The course of learning as lines: each strategy's share over time."""

from __future__ import annotations

from textwrap import shorten
from typing import TYPE_CHECKING, Any

import numpy as np

from deterrence.plot.canvas import axes_or_new
from deterrence.plot.line_names import LineEnd, name_ends
from deterrence.plot.palette import FAINT, line_colour

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from deterrence.exchange.peers.learning_course import Learning

SIZE = (6.8, 4.0)
DASHES: tuple[Any, ...] = ("-", (0, (5, 2)), (0, (1, 1.3)), (0, (6, 2, 1, 2)))
MOST_NAMES = 8
"""With more strategies than this, those played least on average are thin and go without names."""
LEAST_NAMED = 0.01
"""A strategy played less than this on average is thin and goes without a name."""
LONGEST_NAME = 60
MOST_POINTS = 2000
"""A longer course is drawn from points spread evenly over it."""


def plot_learning(learning: Learning, ax: Axes | None = None) -> Axes:
    """Draw each strategy's share over time: a colour for each player, a dash for each strategy.

    Parameters
    ----------
    learning
        What :func:`fictitious_play` or :func:`replicator_dynamics` returned.
    ax
        Where to draw; by default new axes.
    """
    ax = axes_or_new(ax, *SIZE, layout="constrained")
    moments = np.unique(np.linspace(0, len(learning.times) - 1, MOST_POINTS).astype(int))
    rows = [
        (float(shares[:, k].mean()), i, k, shares[moments, k])
        for i, shares in enumerate(learning.shares)
        for k in range(shares.shape[1])
    ]
    named = {row[1:3] for row in sorted(rows, key=lambda row: -row[0])[:MOST_NAMES] if row[0] >= LEAST_NAMED}
    times = learning.times[moments]
    ends = []
    for _, i, k, share in rows:
        labelled = (i, k) in named
        style: dict[str, Any] = {"color": line_colour(i) if labelled else FAINT, "linewidth": 1.6 if labelled else 0.6}
        ax.plot(times, share, linestyle=DASHES[k % len(DASHES)], zorder=3 if labelled else 2, **style)
        if labelled:
            name = shorten(f"{learning.game.players[i]}: {learning.strategies[i][k]}", LONGEST_NAME, placeholder=" …")
            ends.append(LineEnd(float(times[-1]), float(share[-1]), name, line_colour(i)))
    ax.set_ylim(-0.02, 1.02)
    ax.set_xlim(float(times[0]), float(times[-1]))
    ax.set_xlabel(learning.clock)
    ax.set_ylabel("how often played so far" if learning.clock == "round" else "share of the population")
    ax.spines[["top", "right"]].set_visible(False)
    name_ends(ax, ends)
    return ax
