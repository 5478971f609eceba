"""Rows of points and bars: scenarios compared, features added, and parameters varied one at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from deterrence.plot.canvas import ShownAxes, axes_or_new, figure_of, new_figure
from deterrence.plot.lettering import axis_label, wrapped
from deterrence.plot.palette import INK, PLAYER_COLOURS, QUIET

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

FIRM, LIGHT = PLAYER_COLOURS[0], PLAYER_COLOURS[4]
COLUMNS = 3
"""Panels beside each other."""
BESIDE = 0.05
"""Room beside the ends of a scale, so that marks there are whole and keep apart from the next panel."""
RARE = 0.2
"""A panel in which no probability is higher than this has a scale of its own."""
SMALLEST = 0.01
"""The scale of a feature's panel ends no lower than this, so that small effects look small."""
SAME = 1e-9
FEATURES_APART, SWINGS_APART = 0.24, 0.17
"""How far apart the marks of a row are drawn where equilibria differ at one of them."""
APART: dict[str, Any] = {"wspace": 0.06, "hspace": 0.08, "h_pad": 0.08}
"""What the layout leaves between panels."""
LABEL = 200.0
"""The width of a parameter's meaning, in points."""


def plot_comparison(comparison: Any, *, ax: Axes | None = None) -> Axes:
    """Draw what is asked in every scenario: a point, or a bar from the least to the greatest value.

    Parameters
    ----------
    comparison
        What :func:`deterrence.compare` returned.
    ax
        Where to draw, for a comparison of one measure; by default new axes, a panel a measure.

    Returns
    -------
    Axes
        The axes drawn on, the first where there are several. Panels of probabilities share the scale from
        0 to 1, but for those in which all are small.
    """
    scenarios = list(comparison.games)
    if ax is not None:
        panels = [ax]
        _name_panel(ax, comparison.measures[0].name, scenarios, 24)
    else:
        titles = [measure.name for measure in comparison.measures]
        panels = _panels(titles, scenarios, 24, 1.3 + 0.36 * len(scenarios))
    for k, panel in enumerate(panels):
        _compare(panel, comparison, k)
    return panels[0]


def _compare(ax: Axes, comparison: Any, k: int) -> None:
    ends = np.column_stack([comparison.data[end].values[:, k] for end in ("low", "high")])
    rows = np.arange(len(ends))[::-1]
    _marks(ax, rows, ends, (LIGHT, 5, 0.45), markersize=5, markerfacecolor=FIRM, markeredgecolor=FIRM)
    for row in rows[np.isnan(ends[:, 0])]:
        ax.text(0.5, row, "not in this game", color=QUIET, fontsize=7, ha="center", va="center")
    if comparison.measures[k].kind == "probability":
        most = float(np.nanmax([*ends[:, 1], 0.0]))
        if most > RARE or most == 0:
            ax.set_xlim(-BESIDE, 1 + BESIDE)
            ax.set_xticks([0, 0.5, 1], ["0", "0.5", "1"])
        else:
            ax.set_xlim(-BESIDE * most, 1.15 * most)
            ax.locator_params(axis="x", nbins=3)


def plot_features(features: Sequence[tuple[Any, ...]], measures: Sequence[str]) -> Axes:
    """Draw what features add: a panel a measure, a row a feature, from without it to its maximum.

    Parameters
    ----------
    features
        For each feature its words and, for each measure, the least and greatest value over all equilibria:
        without the feature, now, at its maximum, and over its whole range.
    measures
        The names of the measures.

    Returns
    -------
    Axes
        The first panel.
    """
    panels = _panels(measures, [words for words, *_ in features], 26, 1.2 + 0.4 * len(features), above=0.4)
    for k, panel in enumerate(panels):
        _add_features(panel, [np.array([feature[part][k] for feature in features], float) for part in (1, 2, 3, 4)])
    _legend(panels[0], 3)
    return panels[0]


def _add_features(ax: Axes, ranges: Sequence[Any]) -> None:
    without, now, most, whole = ranges
    rows = np.arange(len(whole))[::-1]
    apart = FEATURES_APART if max(float(np.nanmax(ends[:, 1] - ends[:, 0])) for ends in ranges[:3]) > SAME else 0.0
    if not apart:
        ax.hlines(rows, whole[:, 0], whole[:, 1], color=LIGHT, linewidth=1.6, alpha=0.6, zorder=2)
    for ends, marker, face, label, shift in (
        (without, "o", "white", "without it", apart),
        (now, "|", INK, "now", 0.0),
        (most, "o", FIRM, "at its most", -apart),
    ):
        edge, size = (INK, 8 if apart else 13) if marker == "|" else (FIRM, 5.5)
        style = {"markeredgecolor": edge, "markerfacecolor": face, "markersize": size}
        _marks(ax, rows + shift, ends, (edge, 1.4, 0.6), marker, label, **style)
    top = max(SMALLEST, float(np.nanmax(whole)) * 1.04)
    ax.set_xlim(-BESIDE * top, (1 + BESIDE / 2) * top)
    ax.tick_params(axis="x", colors=QUIET)
    ax.locator_params(axis="x", nbins=4)


def plot_swings(swings: Sequence[tuple[Any, Any, Any]], *, ax: Axes | None = None) -> Axes:
    """Draw what parameters do alone, a row a parameter: a bar from one end of its plausible range to the other.

    Parameters
    ----------
    swings
        For each parameter itself, and the range of the prediction over all equilibria at the low and at the high
        end; the first is drawn on top. Where equilibria differ a line runs from the least to the greatest.
    ax
        Where to draw; by default new axes.

    Returns
    -------
    Axes
        The axes drawn on.
    """
    ax = axes_or_new(ax, 6.6, 1.2 + 0.42 * max(2, len(swings)), layout="constrained")
    first, last = (np.array([swing[part] for swing in swings], float).reshape(-1, 2) for part in (1, 2))
    apart = SWINGS_APART if any((ends[:, 1] - ends[:, 0] > SAME).any() for ends in (first, last)) else 0.0
    rows = np.arange(len(swings))[::-1]
    for row, *middles in zip(rows, first.mean(axis=1), last.mean(axis=1), strict=True):
        ax.plot(middles, (row + apart, row - apart), color=LIGHT, linewidth=1.2, alpha=0.55, zorder=1)
    for ends, face, label, shift in ((first, "white", "low end", apart), (last, FIRM, "high end", -apart)):
        style: dict[str, Any] = {"markeredgecolor": FIRM, "markerfacecolor": face, "markersize": 6.0}
        _marks(ax, rows + shift, ends, (LIGHT, 3.0, None), label=label, **style)
    _name_rows(ax, [axis_label(parameter, LABEL) for parameter, *_ in swings], ("top", "right"))
    ax.set_xlabel("probability")
    _legend(ax, 2)
    return ax


# -- rows and panels ----------------------------------------------------------------------------------


def _panels(titles: Sequence[str], names: Sequence[str], letters: int, height: float, above: float = 0) -> list[Axes]:
    """Return a panel for each title, of a height in inches, with a row for each name; names stand on the left alone."""
    columns = min(COLUMNS, len(titles))
    lines = -(-len(titles) // columns)
    figure = new_figure(2.2 + 2.1 * columns, lines * height + above, layout="constrained")
    figure.get_layout_engine().set(**APART)  # type: ignore[union-attr]  # there is one: constrained
    panels: list[Axes] = []
    for k, title in enumerate(titles):
        panels.append(figure.add_subplot(lines, columns, k + 1, axes_class=ShownAxes))
        _name_panel(panels[-1], title, names if k % columns == 0 else [""] * len(names), letters)
    return panels


def _name_panel(ax: Axes, title: str, names: Sequence[str], letters: int) -> None:
    ax.set_title(wrapped(title, letters), fontsize=8.5, color=INK, parse_math=False)
    _name_rows(ax, [wrapped(name, letters - 2) for name in names], ("top", "right", "left"))
    ax.tick_params(axis="x", labelsize=8)


def _name_rows(ax: Axes, names: Sequence[str], unframed: Sequence[str]) -> None:
    """Make a row for each name, the first on top, without the frame on some sides."""
    ax.set_yticks(np.arange(len(names))[::-1], names, fontsize=8)
    ax.set_ylim(-0.6, len(names) - 0.4)
    ax.grid(axis="y", color="#E4E4E4", linewidth=0.7, zorder=0)
    ax.spines[list(unframed)].set_visible(False)
    ax.tick_params(axis="y", length=0)


def _marks(ax: Axes, rows: Any, ends: Any, line: Any, marker: str = "o", label: Any = None, **style: Any) -> None:
    """Draw a line (of a colour, width and opacity) in each row from the low to the high end, and a mark at both."""
    colour, width, alpha = line
    ax.hlines(rows, ends[:, 0], ends[:, 1], color=colour, linewidth=width, alpha=alpha, zorder=2)
    for end, words in ((0, label), (1, None)):
        ax.plot(ends[:, end], rows, marker, label=words, zorder=3, clip_on=False, **style)


def _legend(ax: Axes, columns: int) -> None:
    """Explain the marks above all panels, once."""
    handles, labels = ax.get_legend_handles_labels()
    figure_of(ax).legend(handles, labels, loc="outside upper center", ncols=columns, fontsize=8, frameon=False)
