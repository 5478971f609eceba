"""Where a drawing goes: the axes given, or new ones that belong to no global state."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

if TYPE_CHECKING:
    from typing import Any

POINTS = 72.0
"""Points in an inch, Matplotlib's unit of text and line widths."""


class ShownAxes(Axes):
    """Be axes that a notebook shows as their picture, though no window knows of them."""

    def _repr_png_(self) -> bytes:
        figure = self.get_figure(root=True)
        picture = BytesIO()
        assert figure is not None
        figure.savefig(picture, format="png", dpi=120)
        return picture.getvalue()


def axes_or_new(ax: Axes | None, width: float, height: float, **layout: Any) -> Axes:
    """Return the axes given, or axes on a new figure of a size in inches."""
    if ax is not None:
        return ax
    figure = new_figure(width, height, **layout)
    return figure.add_subplot(axes_class=ShownAxes)


def new_figure(width: float, height: float, **layout: Any) -> Figure:
    """Return a figure that pyplot does not know, so that drawing leaves nothing behind."""
    figure = Figure(figsize=(width, height), **layout)
    FigureCanvasAgg(figure)
    return figure


def new_panels(number: int, width: float, height: float) -> list[Axes]:
    """Return axes below each other on a new figure, each of a size in inches, without the upper and right frame."""
    figure = new_figure(width, height * (1 if number == 1 else 0.75 * number), layout="constrained")
    panels: list[Axes] = [figure.add_subplot(number, 1, k + 1, axes_class=ShownAxes) for k in range(number)]
    for panel in panels:
        panel.spines[["top", "right"]].set_visible(False)
    return panels


def size_in_points(ax: Axes) -> tuple[float, float]:
    """Return the width and height of axes as they stand now, in points."""
    figure = ax.get_figure(root=True)
    assert figure is not None
    box = ax.get_window_extent()
    return box.width / figure.dpi * POINTS, box.height / figure.dpi * POINTS
