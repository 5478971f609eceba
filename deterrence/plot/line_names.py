"""Names beside lines: at their right ends without overlap, or along them where nothing is in the way."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from deterrence.plot.canvas import figure_of, size_in_points
from deterrence.plot.lettering import Font, extent, wrapped
from deterrence.plot.palette import QUIET

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

Box = tuple[float, float, float, float]

AT_END = Font(9.0)
ALONG = Font(8.0)
ROOM = 8.0
"""Points between a line's end and its name."""
CLEAR = 2.0
"""Points between a name along a line and what it must not touch at its ends."""
WRAPS = (20, 12, 8)
WIDEST = 0.4
"""The part of the axes that names at the ends may use."""
PLACES = (0.5, 0.3, 0.7, 0.15, 0.85, 0.05, 0.95)
"""Where along a line its name is tried, as parts of the line's length."""
SIDES = ((0, 1), (0, -1), (1, -1), (-1, 1), (1, 1), (-1, -1))
"""On which side of its line a name is tried: to the right, and above."""


@dataclass(frozen=True, slots=True)
class LineEnd:
    """The right end of a line, with the line's name and colour."""

    x: float
    y: float
    name: str
    colour: str


@dataclass(frozen=True, slots=True)
class NamedLine:
    """A line, as its points, with the name and colour of what is written beside it, and how far off in points."""

    name: str
    xs: Numbers
    ys: Numbers
    colour: str = QUIET
    gap: float = 3.0


def name_ends(ax: Axes, ends: Sequence[LineEnd]) -> None:
    """Write each line's name to the right of all lines, at its end's height or as near as others allow.

    Where a layout engine makes room they stand outside the axes, otherwise the axes are lengthened for them.
    """
    width, height = size_in_points(ax)
    left, right = ax.get_xlim()
    written = [wrapped(end.name, 22) for end in ends]
    sizes = [extent(text, AT_END) for text in written]
    part = 0.0
    if figure_of(ax).get_layout_engine() is None:
        part = min(WIDEST, (1.1 * max(size[0] for size in sizes) + 2 * ROOM) / width)
        ticks = [tick for tick in ax.get_xticks() if left <= tick <= right]
        ax.set_xlim(left, left + (right - left) / (1 - part))
        ax.set_xticks(ticks)
    low, high = ax.get_ylim()
    wanted = [(end.y - low) / (high - low) * height for end in ends]
    heights = apart(wanted, [1.05 * size[1] for size in sizes], height)
    begin = right + 2 * (right - left) / (1 - part) * ROOM / width
    for end, text, place in zip(ends, written, heights, strict=True):
        y = low + place / height * (high - low)
        style: dict[str, Any] = {"color": end.colour, "linewidth": 0.7, "linestyle": (0, (1, 2)), "zorder": 1}
        ax.plot([end.x, right, begin], [end.y, end.y, y], clip_on=False, scalex=False, scaley=False, **style)
        name: dict[str, Any] = {"ha": "left", "va": "center", "fontsize": AT_END.size, "parse_math": False}
        ax.text(begin, y, f" {text}".replace("\n", "\n "), color=end.colour, **name)


def apart(wanted: Sequence[float], heights: Sequence[float], top: float) -> list[float]:
    """Return places near those wanted, between zero and a top where possible, at which boxes do not meet."""
    # Neighbours that meet push each other apart by half each, and the borders push back. Where there is not enough
    # room this never settles; after some rounds the rest is pushed upwards, over the top if need be.
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    places = list(wanted)
    for _ in range(60):
        moved = False
        for lower, upper in pairwise(order):
            overlap = (heights[lower] + heights[upper]) / 2 - (places[upper] - places[lower])
            if overlap > 1e-6:
                places[lower] -= overlap / 2
                places[upper] += overlap / 2
                moved = True
        for i in order:
            places[i] = min(max(places[i], heights[i] / 2), max(top - heights[i] / 2, heights[i] / 2))
        if not moved:
            break
    return _stacked(places, heights, order)


def _stacked(places: list[float], heights: Sequence[float], order: Sequence[int]) -> list[float]:
    """Push boxes up where they still meet."""
    for lower, upper in pairwise(order):
        places[upper] = max(places[upper], places[lower] + (heights[lower] + heights[upper]) / 2)
    return places


def name_along(ax: Axes, lines: Sequence[NamedLine], others: Sequence[tuple[Numbers, Numbers]]) -> list[str]:
    """Write names above or below their lines, each where no line and no other name is in the way.

    A name for which there is no such place is left out, and returned.
    """
    width, height = size_in_points(ax)
    (left, right), (low, high) = ax.get_xlim(), ax.get_ylim()
    to_points = np.array([width / (right - left), height / (high - low)])
    origin = np.array([left, low])
    drawn = [_dense(xs, ys, origin, to_points) for xs, ys in [*((line.xs, line.ys) for line in lines), *others]]
    obstacles = np.concatenate(drawn) if drawn else np.empty((0, 2))
    boxes: list[Box] = []
    left_out = []
    for line, points in zip(lines, drawn, strict=False):
        written, box = _fitted(line, points, obstacles, boxes, (width, height))
        if box is None:
            left_out.append(line.name)
            continue
        boxes.append(box)
        x, y = np.array([(box[0] + box[2]) / 2, (box[1] + box[3]) / 2]) / to_points + origin
        style: dict[str, Any] = {"fontsize": ALONG.size, "color": line.colour, "zorder": 5, "parse_math": False}
        ax.text(x, y, written, ha="center", va="center", **style)
    return left_out


def _fitted(
    line: NamedLine, points: Numbers, obstacles: Numbers, boxes: Sequence[Box], page: tuple[float, float]
) -> tuple[str, Box | None]:
    """Return a line's name, wrapped as far as it must be, with the free place for it."""
    box = None
    for written in dict.fromkeys((line.name, *(wrapped(line.name, letters) for letters in WRAPS))):
        box = _free_box(points, obstacles, boxes, extent(written, ALONG), line.gap, page)
        if box is not None:
            break
    return written, box


def _dense(xs: Numbers, ys: Numbers, origin: Numbers, to_points: Numbers) -> Numbers:
    """Return a line as points of the page, close to each other."""
    points = (np.column_stack([xs, ys]) - origin) * to_points
    fine = [
        np.linspace(a, b, max(2, int(np.hypot(*(b - a)) / 3))) for a, b in pairwise(points) if np.isfinite([a, b]).all()
    ]
    return np.concatenate(fine) if fine else points[np.isfinite(points).all(axis=1)]


def _free_box(
    line: Numbers,
    obstacles: Numbers,
    boxes: Sequence[Box],
    size: tuple[float, float],
    gap: float,
    page: tuple[float, float],
) -> Box | None:
    for part in PLACES if len(line) else ():
        x, y = line[int(part * (len(line) - 1))]
        for right, up in SIDES:
            middle = x + right * (size[0] / 2 + gap), y + up * (size[1] / 2 + gap - 1)
            low, high = (tuple(middle[i] + way * size[i] / 2 for i in (0, 1)) for way in (-1, 1))
            box = (*low, *high)
            inside = box[0] >= 2 and box[1] >= 2 and box[2] <= page[0] - 2 and box[3] <= page[1] - 2
            within = (obstacles > (low[0] - CLEAR, low[1])) & (obstacles < (high[0] + CLEAR, high[1]))
            crossed = within.all(axis=1).any()
            covered = any(box[0] < b[2] and b[0] < box[2] and box[1] < b[3] and b[1] < box[3] for b in boxes)
            if inside and not crossed and not covered:
                return box
    return None
