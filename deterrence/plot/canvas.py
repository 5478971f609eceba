"""Where a drawing goes: the axes given, or new ones on a figure that pyplot knows."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
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


_ASIDE: ContextVar[bool] = ContextVar("aside", default=False)


@contextmanager
def aside() -> Iterator[None]:
    """Keep new figures from pyplot, for a drawing that is written out and never shown."""
    before = _ASIDE.set(True)
    try:
        yield
    finally:
        _ASIDE.reset(before)


class ShownAxes(Axes):
    """Axes that a notebook shows as a picture and without their address in memory."""

    def _ipython_display_(self) -> None:
        if _is_shown_by_pyplot(figure_of(self)):
            return
        from IPython.display import display

        picture = BytesIO()
        figure_of(self).savefig(picture, format="png", dpi=120)
        display({"image/png": picture.getvalue()}, raw=True)  # type: ignore[no-untyped-call]  # not typed there


def _is_shown_by_pyplot(figure: Figure) -> bool:
    """Tell whether pyplot shows a figure by itself: it knows it, and has somewhere to show it."""
    from matplotlib._pylab_helpers import Gcf
    from matplotlib.backends.registry import BackendFilter, backend_registry

    known = any(manager.canvas.figure is figure for manager in Gcf.get_all_fig_managers())
    silent = backend_registry.list_builtin(BackendFilter.NON_INTERACTIVE)  # type: ignore[no-untyped-call]  # ditto
    return known and mpl.get_backend().lower() not in silent


def axes_or_new(ax: Axes | None, width: float, height: float, **layout: Any) -> Axes:
    """Return the axes given, or axes on a new figure of a size in inches."""
    if ax is not None:
        return ax
    figure = new_figure(width, height, **layout)
    return figure.add_subplot(axes_class=ShownAxes)


def new_figure(width: float, height: float, **layout: Any) -> Figure:
    """Return a new figure of a size in inches, pyplot's current one unless drawing is set aside."""
    if _ASIDE.get():
        figure = Figure(figsize=(width, height), **layout)
        FigureCanvasAgg(figure)
        return figure
    import matplotlib.pyplot as plt

    return plt.figure(figsize=(width, height), **layout)


MARGIN = 10.0
"""Points around a drawing that knows its own size."""


def axes_in_points(width: float, height: float, title: float) -> Axes:
    """Return axes of a size in points on a new figure, with room for a title of a height."""
    whole = width + 2 * MARGIN, height + title + 2 * MARGIN
    ax = axes_or_new(None, whole[0] / POINTS, whole[1] / POINTS)
    ax.set_position((MARGIN / whole[0], MARGIN / whole[1], width / whole[0], height / whole[1]))
    return ax


def axes_at(boxes: list[tuple[float, float, float, float]]) -> list[Axes]:
    """Return axes on a new figure at boxes in points: left, top, width and height each."""
    width = max(left + wide for left, _, wide, _ in boxes) + MARGIN
    height = max(top + high for _, top, _, high in boxes) + 2 * MARGIN
    figure = new_figure(width / POINTS, height / POINTS)
    return [
        figure.add_axes((x / width, 1 - (top + high) / height, wide / width, high / height), axes_class=ShownAxes)
        for x, top, wide, high in boxes
    ]


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
    """Return a figure as an SVG element whose letters are shapes, and close it.

    Equal salts give equal names to its parts.
    """
    text = StringIO()
    with mpl.rc_context({"svg.fonttype": "path", "svg.hashsalt": salt or mpl.rcParams["svg.hashsalt"]}):
        figure_of(ax).savefig(text, format="svg", **options)
    close(figure_of(ax))
    svg = text.getvalue()
    return svg[svg.index("<svg") :]


def close(figure: Figure) -> None:
    """Have pyplot forget a figure that nobody will look at any more."""
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close(figure)
