"""The map of the theory: the names of models in the cells of a table, a tint where there are any."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from matplotlib.patches import Rectangle

from deterrence.plot.canvas import axes_in_points
from deterrence.plot.lettering import LINE, Font, extent, wrapped, wrapped_title
from deterrence.plot.palette import FAINT, INK, LOW_TINT

if TYPE_CHECKING:
    from matplotlib.axes import Axes

NAME, HEAD, TITLE = Font(7.5), Font(8.5, bold=True), Font(11.0)
PAD = 5.0
HEAD_LETTERS = 16
NARROWEST = 64.0
"""The least width of a column, in points."""


def plot_theory_map(answer: Any, *, ax: Axes | None = None) -> Axes:
    """Draw the map of the theory: each model's name in the cell of its words.

    Parameters
    ----------
    answer
        What :func:`deterrence.models.theory_map` returned.
    ax
        Where to draw; by default new axes as large as the map needs.

    Returns
    -------
    Axes
        The axes drawn on.
    """
    rows, columns = answer.row_words, answer.column_words
    names = {place: _names(keys) for place, keys in answer.cells.items()}
    heads = [wrapped(word, HEAD_LETTERS) for word in columns]
    sides = [wrapped(word, HEAD_LETTERS) for word in rows]
    top = max((extent(head, HEAD)[1] for head in heads), default=0.0) + 2 * PAD
    left = max((extent(side, HEAD)[0] for side in sides), default=0.0) + 2 * PAD
    widths = [max(NARROWEST, _widest(names, head, column)) for head, column in zip(heads, columns, strict=True)]
    heights = [_highest(names, side, row) for side, row in zip(sides, rows, strict=True)]
    width, height = left + sum(widths), top + sum(heights)
    title = wrapped_title(f"{len(answer.listed)} models by {answer.rows} and {answer.columns}", width)
    ax = ax if ax is not None else axes_in_points(width, height, extent(title, TITLE)[1] + PAD)
    ax.set_title(title, fontsize=TITLE.size, loc="left", color=INK)
    ax.set_xlim(0, width)
    ax.set_ylim(height, 0)
    ax.axis("off")
    x = left
    for head, wide in zip(heads, widths, strict=True):
        ax.text(x + wide / 2, top / 2, head, ha="center", va="center", fontsize=HEAD.size, color=INK, **_bold())
        x += wide
    y = top
    for row, side, high in zip(rows, sides, heights, strict=True):
        ax.text(left - PAD, y + high / 2, side, ha="right", va="center", fontsize=HEAD.size, color=INK, **_bold())
        x = left
        for column, wide in zip(columns, widths, strict=True):
            text = names.get((row, column), "")
            ground = LOW_TINT if text else "none"
            box = Rectangle((x, y), wide, high, facecolor=ground, edgecolor=FAINT, linewidth=0.6, clip_on=False)
            ax.add_patch(box)
            ax.text(x + wide / 2, y + high / 2, text, ha="center", va="center", fontsize=NAME.size, linespacing=LINE)
            x += wide
        y += high
    return ax


def _names(keys: tuple[str, ...]) -> str:
    """Return the names of models, one a line, without their works."""
    return "\n".join(key.partition("/")[2].replace("_", " ") for key in keys)


def _widest(names: dict[tuple[str, str], str], head: str, column: str) -> float:
    texts = [extent(text, NAME)[0] for (_, own), text in names.items() if own == column]
    return max([extent(head, HEAD)[0], *texts]) + 2 * PAD


def _highest(names: dict[tuple[str, str], str], side: str, row: str) -> float:
    texts = [extent(text, NAME)[1] for (own, _), text in names.items() if own == row]
    return max([extent(side, HEAD)[1], *texts]) + 2 * PAD


def _bold() -> dict[str, Any]:
    return HEAD.keywords
