"""Where a drawing goes: the axes given, or new ones that belong to no global state."""

from __future__ import annotations

from io import BytesIO, StringIO
from typing import TYPE_CHECKING

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

if TYPE_CHECKING:
    from typing import Any

POINTS = 72.0
"""Points in an inch, Matplotlib's unit of text and line widths."""


class ShownAxes(Axes):
    """Axes that a notebook shows as a picture, although pyplot does not know them."""

    def _repr_png_(self) -> bytes:
        picture = BytesIO()
        figure_of(self).savefig(picture, format="png", dpi=120)
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
    box, dpi = ax.get_window_extent(), figure_of(ax).dpi
    return box.width / dpi * POINTS, box.height / dpi * POINTS


def figure_of(ax: Axes) -> Figure:
    """Return the whole figure on which axes stand."""
    figure = ax.get_figure(root=True)
    assert figure is not None
    return figure


def as_svg(ax: Axes, salt: str | None = None, **options: Any) -> str:
    """Return a figure as an SVG element whose letters are shapes; equal salts give equal names to its parts."""
    text = StringIO()
    with mpl.rc_context({"svg.fonttype": "path", "svg.hashsalt": salt or mpl.rcParams["svg.hashsalt"]}):
        figure_of(ax).savefig(text, format="svg", **options)
    svg = text.getvalue()
    return svg[svg.index("<svg") :]
