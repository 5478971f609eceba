"""Areas without colour, hatched, and the borders between the cells of a grid."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from deterrence.plot.canvas import size_in_points
from deterrence.plot.lettering import Font, extent
from deterrence.plot.maps.places import SIZES, write
from deterrence.plot.palette import EMPTY, INK, NO_ANSWER_HATCH

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    Mask = NDArray[np.bool_]
    Numbers = NDArray[np.float64]


def hatch_span(ax: Axes, begin: float, stop: float, name: str = "", spare: float = 0.0) -> None:
    """Hatch a stretch of the horizontal axis, and name it where it is wide enough, upright where it is narrow.

    ``spare`` is the least width in heights (or lengths) of the name; by default the name is always written.
    """
    ax.axvspan(begin, stop, facecolor="none", edgecolor=EMPTY, hatch=NO_ANSWER_HATCH, linewidth=0, zorder=1)
    if name:
        left, right = ax.get_xlim()
        room = size_in_points(ax)[0] * (stop - begin) / (right - left)
        length, height = extent(name, Font(SIZES[0]))
        upright = length > room
        if room > spare * (height if upright else length):
            write(ax, name, ((begin + stop) / 2, sum(ax.get_ylim()) / 2), rotation=90 if upright else 0)


def hatch(ax: Axes, mask: Mask, x_edges: Numbers, y_edges: Numbers, pattern: str, colour: str, alpha: float) -> None:
    """Hatch the cells of a grid where a mask holds."""
    corners: list[tuple[float, float]] = []
    for row, cells in enumerate(mask):
        ends = np.flatnonzero(np.diff(np.concatenate([[False], cells, [False]])))
        for begin, stop in zip(ends[::2], ends[1::2], strict=True):
            left, right, low, high = x_edges[begin], x_edges[stop], y_edges[row], y_edges[row + 1]
            corners += [(left, low), (right, low), (right, high), (left, high), (left, low)]
    if corners:
        codes = [Path.MOVETO, Path.LINETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY] * (len(corners) // 5)
        ax.add_patch(hatched(Path(corners, codes), pattern, colour, alpha))


def hatched(path: Path, pattern: str, colour: str, alpha: float) -> PathPatch:
    """Return a hatched area without colour or border."""
    style: dict[str, Any] = {"facecolor": "none", "edgecolor": colour, "hatch": pattern, "linewidth": 0}
    return PathPatch(path, alpha=alpha, zorder=2, **style)


def outline(ax: Axes, kinds: NDArray[np.intp], x_edges: Numbers, y_edges: Numbers) -> None:
    """Draw the borders between cells of different kinds."""
    rows, columns = np.nonzero(kinds[:, 1:] != kinds[:, :-1])
    upright = [
        [(x_edges[c + 1], y_edges[r]), (x_edges[c + 1], y_edges[r + 1])] for r, c in zip(rows, columns, strict=True)
    ]
    rows, columns = np.nonzero(kinds[1:] != kinds[:-1])
    level = [
        [(x_edges[c], y_edges[r + 1]), (x_edges[c + 1], y_edges[r + 1])] for r, c in zip(rows, columns, strict=True)
    ]
    lines = LineCollection([*upright, *level], colors=INK, linewidths=0.9, capstyle="projecting", zorder=3)
    ax.add_collection(lines, autolim=False)
