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
    from collections.abc import Iterator, Sequence

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
EDGE = 2.0
"""Points between a name and the edge of the axes."""
DENSE = 3.0
"""Points between the places at which a line is looked at."""
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
    """A line, as its points, with the name and colour of what is written beside it, and how far off in points.

    With ``over`` the name stands over a part of the line, as where a line says for which values something exists.
    """

    name: str
    xs: Numbers
    ys: Numbers
    colour: str = QUIET
    gap: float = 3.0
    over: bool = True


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

    A name stands where its line is, and not before or behind it, unless the line is shorter than any way to write the
    name. A name for which there is no place is left out, and returned.
    """
    (left, right), (low, high) = ax.get_xlim(), ax.get_ylim()
    size = np.array(size_in_points(ax))
    to_points, origin = size / (right - left, high - low), np.array([left, low])
    drawn = [_dense(xs, ys, origin, to_points) for xs, ys in [*((line.xs, line.ys) for line in lines), *others]]
    sheet = _Sheet(size, np.concatenate(drawn) if drawn else np.empty((0, 2)), [])
    left_out = []
    for line, points in zip(lines, drawn, strict=False):
        written, box = sheet.fitted(line, points)
        if box is None:
            left_out.append(line.name)
            continue
        sheet.boxes.append(box)
        x, y = np.array([(box[0] + box[2]) / 2, (box[1] + box[3]) / 2]) / to_points + origin
        style: dict[str, Any] = {"fontsize": ALONG.size, "color": line.colour, "zorder": 5, "parse_math": False}
        ax.text(x, y, written, ha="center", va="center", **style)
    return left_out


def _dense(xs: Numbers, ys: Numbers, origin: Numbers, to_points: Numbers) -> Numbers:
    """Return a line as points of the page, close to each other."""
    points = (np.column_stack([xs, ys]) - origin) * to_points
    fine = [
        np.linspace(a, b, max(2, int(np.hypot(*(b - a)) / DENSE)))
        for a, b in pairwise(points)
        if np.isfinite([a, b]).all()
    ]
    return np.concatenate(fine) if fine else points[np.isfinite(points).all(axis=1)]


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The size of axes in points, what lines cover of it, and the boxes of names that are written."""

    size: Numbers
    obstacles: Numbers
    boxes: list[Box]

    def fitted(self, line: NamedLine, points: Numbers) -> tuple[str, Box | None]:
        """Return a line's name, wrapped as far as it must be, with the free place for it."""
        ways = list(dict.fromkeys((line.name, *(wrapped(line.name, letters) for letters in WRAPS))))
        last = [(way, False) for way in (reversed(ways) if line.over else ways)]
        for written, over_line in [*((way, True) for way in ways if line.over), *last]:
            for box in _boxes_beside(points, extent(written, ALONG), line.gap):
                if self.is_free(box) and (not over_line or _is_over(points[:, 0], box)):
                    return written, box
        return line.name, None

    def is_free(self, box: Box) -> bool:
        """Tell whether a box lies on the axes, and neither a line nor a name in it."""
        left, low, right, high = box
        if left < EDGE or low < EDGE or right > self.size[0] - EDGE or high > self.size[1] - EDGE:
            return False
        if any(left < b[2] and b[0] < right and low < b[3] and b[1] < high for b in self.boxes):
            return False
        inside = (self.obstacles > (left - CLEAR, low)) & (self.obstacles < (right + CLEAR, high))
        return not bool(inside.all(axis=1).any())


def _boxes_beside(points: Numbers, size: tuple[float, float], gap: float) -> Iterator[Box]:
    """Yield the boxes of a text of a size beside a line, the best places first."""
    for part in PLACES if len(points) else ():
        x, y = points[int(part * (len(points) - 1))]
        for right, up in SIDES:
            across, upwards = x + right * (size[0] / 2 + gap), y + up * (size[1] / 2 + gap - 1)
            yield across - size[0] / 2, upwards - size[1] / 2, across + size[0] / 2, upwards + size[1] / 2


def _is_over(xs: Numbers, box: Box) -> bool:
    """Tell whether a line runs from the left of a box to its right, without a break."""
    met = np.sort(xs[(xs > box[0] - DENSE) & (xs < box[2] + DENSE)])
    ends = np.concatenate([[box[0]], met, [box[2]]])
    return bool(np.abs(np.diff(ends)).max() <= 2 * DENSE)
