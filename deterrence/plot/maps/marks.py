"""Points of interest on a map: checked, marked with a star, and named."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from deterrence.errors import ParameterError
from deterrence.games.expression import show_number
from deterrence.plot.maps.places import Ground, write
from deterrence.plot.palette import INK


def checked_points(point: Any, across: Any, upwards: Any) -> dict[str, tuple[float, float]]:
    """Return points of interest by name, or refuse what is no pair of numbers or lies outside the drawing.

    Raises
    ------
    ParameterError
        If a point is none, or would not be seen.
    """
    points = dict(point) if isinstance(point, Mapping) else {"": point}
    for name, pair in points.items():
        called = f" called {name!r}" if name else ""
        try:
            x, y = (float(value) for value in pair)
        except (TypeError, ValueError) as error:
            raise ParameterError(
                f"The point{called} is {pair!r}; give a pair ({across.name}, {upwards.name}), or several by name, such "
                "as {'today': (0.3, 5)}."
            ) from error
        for value, axis in ((x, across), (y, upwards)):
            low, high = axis.edges[0], axis.edges[-1]
            if not low <= value <= high:
                raise ParameterError(
                    f"The point{called} has {axis.name} {show_number(value)}, outside what is drawn, "
                    f"{show_number(float(low))} to {show_number(float(high))}."
                )
        points[name] = (x, y)
    return points


def mark(ground: Ground, points: Mapping[str, tuple[float, float]]) -> None:
    """Draw the points of interest, each with its name beside it."""
    for name, (x, y) in points.items():
        style: dict[str, Any] = {"markersize": 13, "markerfacecolor": INK, "markeredgecolor": "white"}
        ground.ax.plot([float(x)], [float(y)], marker="*", linestyle="none", zorder=8, clip_on=False, **style)
        row, column = ground.place(float(x), float(y))
        ground.take(row, column, (int(16 / ground.step[0]), int(16 / ground.step[1])))
        if name:
            _name_point(ground, name, (row, column))


def _name_point(ground: Ground, name: str, at: tuple[int, int]) -> None:
    """Write a point's name on the side of it that has room."""
    cells = ground.cells_of(name, 9.0)
    high, wide = (cells[0] + 12 / ground.step[0]) / 2, (cells[1] + 12 / ground.step[1]) / 2
    rows, columns = ground.taken.shape
    for up, right in ((0, 1), (0, -1), (1, 0), (-1, 0), (-1, 1), (-1, -1), (1, 1), (1, -1)):
        row, column = int(at[0] + up * high), int(at[1] + right * wide)
        if cells[0] / 2 <= row <= rows - cells[0] / 2 and cells[1] / 2 <= column <= columns - cells[1] / 2:
            break
    row, column = min(max(row, 0), rows - 1), min(max(column, 0), columns - 1)
    ground.take(row, column, cells)
    write(ground.ax, name, ground.point(row, column), 9.0, fontweight="bold", zorder=8)
