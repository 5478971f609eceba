"""Names written in place: where in a region a text fits, or beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import ndimage

from deterrence.plot.canvas import size_in_points
from deterrence.plot.lettering import Font, extent, wrapped
from deterrence.plot.palette import INK, QUIET

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    Mask = NDArray[np.bool_]
    Numbers = NDArray[np.float64]

SIZES = (9.0, 8.0, 7.0)
WRAPS = (60, 30, 20, 13, 8)
ROOM = 6.0
"""Points kept free around a name."""
FINEST = 2.0
"""Points between the places that are tried."""
LEAST_LINE = 6.0
"""Points of a line from a name to its region, so that it is seen."""
LARGE = 0.06
"""A separate piece of a region gets the region's name again from this part of the axes on."""
BACKING = {"facecolor": "white", "edgecolor": "none", "alpha": 0.82, "boxstyle": "round,pad=0.15"}


@dataclass(frozen=True, slots=True)
class Ground:
    """A fine raster over axes, on which names find free places.

    Attributes
    ----------
    ax
        The axes.
    rows, columns
        For each raster row and column, the cell of the grid that lies there.
    step
        Points from one raster place to the next, upwards and to the right.
    taken
        What names cover already; names written are added.
    box
        Left, right, lower and upper end of the axes.
    """

    ax: Axes
    rows: NDArray[np.intp]
    columns: NDArray[np.intp]
    step: tuple[float, float]
    taken: Mask
    box: tuple[float, float, float, float]

    @classmethod
    def of(cls, ax: Axes, x_edges: Numbers, y_edges: Numbers) -> Ground:
        """Lay a raster over axes that show a grid of cells with these borders."""
        width, height = size_in_points(ax)
        shape = (max(2, min(400, int(height / FINEST))), max(2, min(400, int(width / FINEST))))
        columns = _cells(x_edges, shape[1])
        rows = _cells(y_edges, shape[0])
        box = (float(x_edges[0]), float(x_edges[-1]), float(y_edges[0]), float(y_edges[-1]))
        return cls(ax, rows, columns, (height / shape[0], width / shape[1]), np.zeros(shape, dtype=bool), box)

    def spread(self, mask: Mask) -> Mask:
        """Return a mask of grid cells on the raster."""
        return mask[np.ix_(self.rows, self.columns)]

    def point(self, row: float, column: float) -> tuple[float, float]:
        """Return the data coordinates of a raster place."""
        left, right, low, high = self.box
        rows, columns = self.taken.shape
        return left + (right - left) * (column + 0.5) / columns, low + (high - low) * (row + 0.5) / rows

    def place(self, x: float, y: float) -> tuple[int, int]:
        """Return the raster place of data coordinates, the nearest one if they lie outside."""
        left, right, low, high = self.box
        rows, columns = self.taken.shape
        row, column = int((y - low) / (high - low) * rows), int((x - left) / (right - left) * columns)
        return min(max(row, 0), rows - 1), min(max(column, 0), columns - 1)

    def cells_of(self, text: str, size: float) -> tuple[int, int]:
        """Return how many raster rows and columns a text needs, with room around it."""
        width, height = extent(text, Font(size))
        return int((height + ROOM) / self.step[0]) + 1, int((width + ROOM) / self.step[1]) + 1

    def centres(self, allowed: Mask, cells: tuple[int, int]) -> Mask:
        """Return where the middle of a box may lie so that all of it is allowed and free."""
        # A box fits around a place exactly where the minimum over a window of the box's size is free.
        free = allowed & ~self.taken
        fits: Mask = ndimage.minimum_filter(free.astype(np.uint8), size=cells, mode="constant") > 0
        return fits

    def take(self, row: int, column: int, cells: tuple[int, int]) -> None:
        """Mark a box around a place as covered."""
        top, left = max(0, row - cells[0] // 2), max(0, column - cells[1] // 2)
        self.taken[top : row + cells[0] // 2 + 1, left : column + cells[1] // 2 + 1] = True


def _cells(edges: Numbers, number: int) -> NDArray[np.intp]:
    middles = edges[0] + (edges[-1] - edges[0]) * (np.arange(number) + 0.5) / number
    cells: NDArray[np.intp] = np.clip(np.searchsorted(edges, middles, side="right") - 1, 0, len(edges) - 2)
    return cells


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A name that did not fit into its region, with the region's largest piece and a point inside it."""

    text: str
    piece: Mask
    row: int
    column: int


def name_region(ground: Ground, mask: Mask, text: str) -> Unplaced | None:
    """Write a name into every large piece of a region, or return it where even the largest is too small."""
    pieces, number = ndimage.label(ground.spread(mask))
    if number == 0:
        return None
    areas = np.bincount(pieces.ravel())[1:]
    order = np.argsort(-areas)
    largest = pieces == order[0] + 1
    inside = _name_piece(ground, largest, text)
    for i in order[1:]:
        if areas[i] >= LARGE * pieces.size:
            _name_piece(ground, pieces == i + 1, text)
    if inside:
        return None
    row, column = _deepest(largest, largest)
    return Unplaced(text, largest, row, column)


def _name_piece(ground: Ground, piece: Mask, text: str) -> bool:
    # The largest letters first, and long lines before short ones: the first that fits is the most readable.
    for size in SIZES:
        for letters in WRAPS:
            written = wrapped(text, letters)
            cells = ground.cells_of(written, size)
            centres = ground.centres(piece, cells)
            if centres.any():
                row, column = _deepest(piece, centres)
                ground.take(row, column, cells)
                write(ground.ax, written, ground.point(row, column), size)
                return True
    return False


def _deepest(piece: Mask, among: Mask) -> tuple[int, int]:
    """Return the place, among those given, that lies farthest from the border of a piece."""
    depth = ndimage.distance_transform_edt(np.pad(piece, 1))[1:-1, 1:-1]
    row, column = np.unravel_index(int(np.argmax(np.where(among, depth, -1.0))), piece.shape)
    return int(row), int(column)


def write(ax: Axes, text: str, point: tuple[float, float], size: float = SIZES[0], **more: Any) -> None:
    """Write a text around a point, readable on any ground."""
    style = {"ha": "center", "va": "center", "color": INK, "bbox": BACKING, "zorder": 6, "parse_math": False}
    ax.text(*point, text, fontsize=size, **{**style, **more})


def name_beside(ground: Ground, unplaced: list[Unplaced], regions: Sequence[Mask]) -> int:
    """Write names beside their regions, each with a line to its own; return how many found no place."""
    borders = _borders(ground, regions)
    small = np.any([name.piece for name in unplaced], axis=0) if unplaced else borders
    left_out = 0
    for name in unplaced:
        written = wrapped(name.text, 20)
        cells = ground.cells_of(written, SIZES[1])
        # Inside one other region if possible; else over borders but over no small region; then over its own not.
        for allowed in (~borders & ~small, ~small, ~name.piece, np.ones_like(ground.taken)):
            centres = ground.centres(allowed, cells)
            if centres.any():
                _point_out(ground, name, written, cells, centres)
                break
        else:
            left_out += 1
    return left_out


def _borders(ground: Ground, regions: Sequence[Mask]) -> Mask:
    """Return where regions meet on the raster."""
    kinds = np.zeros(ground.taken.shape, dtype=int)
    for number, mask in enumerate(regions, 1):
        kinds[ground.spread(mask)] = number
    borders = np.zeros(ground.taken.shape, dtype=bool)
    borders[:, 1:] |= kinds[:, 1:] != kinds[:, :-1]
    borders[1:] |= kinds[1:] != kinds[:-1]
    return borders


def _point_out(ground: Ground, name: Unplaced, written: str, cells: tuple[int, int], centres: Mask) -> None:
    """Write a name at the place nearest to its region, with a line that ends in a dot on the region."""
    rows, columns = np.nonzero(centres)
    gaps = [
        np.maximum(np.abs(at - own) - size / 2, 0) * step
        for at, own, size, step in zip((rows, columns), (name.row, name.column), cells, ground.step, strict=True)
    ]
    away = np.hypot(*gaps)
    best = int(np.argmin(np.where(away < LEAST_LINE, np.inf, away) if (away >= LEAST_LINE).any() else away))
    row, column = int(rows[best]), int(columns[best])
    ground.take(row, column, cells)
    style: dict[str, Any] = {
        "bbox": {**BACKING, "alpha": 1.0, "edgecolor": QUIET, "linewidth": 0.6},
        "arrowprops": {"arrowstyle": "-", "color": INK, "linewidth": 0.9, "shrinkB": 0},
        "ha": "center",
        "va": "center",
        "fontsize": SIZES[1],
        "color": INK,
        "parse_math": False,
        "zorder": 7,
    }
    end = ground.point(name.row, name.column)
    ground.ax.annotate(written, end, ground.point(row, column), **style)
    ground.ax.scatter(*end, s=9, color=INK, zorder=7)
