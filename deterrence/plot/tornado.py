"""Tornado charts: one bar a parameter, the one that matters most on top."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from deterrence.expression import show_number
from deterrence.plot.canvas import axes_or_new
from deterrence.plot.lettering import axis_label
from deterrence.plot.palette import INK, PLAYER_COLOURS, QUIET

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

WIDTH = 6.6
ROW = 0.46
LABEL = 190.0
"""Points that a parameter's meaning may be wide."""
FIRM, LIGHT = PLAYER_COLOURS[0], "#BBCCEE"


def plot_tornado(sensitivity: Any, measure: Any = None, *, ax: Axes | None = None) -> Axes:
    """Draw Sobol indices: a light bar for the total effect, a dark one for the effect alone, with intervals.

    Parameters
    ----------
    sensitivity
        What :func:`deterrence.sensitivity` returned.
    measure
        Which of its rows, by name; the first by default.
    ax
        Where to draw; by default new axes.

    Returns
    -------
    Axes
        The axes drawn on.
    """
    frame = sensitivity.rows(measure).sort_values("total", ascending=True)
    ax = _axes(ax, sensitivity.game, list(frame["parameter"]))
    y = np.arange(len(frame))
    for column, height, style in (
        ("total", 0.66, {"facecolor": LIGHT, "edgecolor": FIRM, "hatch": "//", "linewidth": 0.8}),
        ("alone", 0.34, {"facecolor": FIRM, "edgecolor": FIRM}),
    ):
        values = frame[column].to_numpy()
        ax.barh(y, np.nan_to_num(values), height=height, label=f"{_WORDS[column]}", zorder=2, **style)
        below, above = values - frame[f"{column} low"].to_numpy(), frame[f"{column} high"].to_numpy() - values
        shift = 0.0 if column == "alone" else 0.25
        bars = np.maximum(np.nan_to_num([below, above]), 0)
        colour = QUIET if column == "alone" else INK
        ax.errorbar(values, y + shift, xerr=bars, fmt="none", ecolor=colour, elinewidth=1.0, capsize=2, zorder=3)
    ax.set_xlim(min(0.0, float(frame["alone low"].min()) - 0.02), max(1.0, float(frame["total high"].max()) + 0.02))
    ax.set_xlabel(f"share of the variance of the {frame['measure'].iloc[0]}", parse_math=False)
    ax.legend(loc="lower right", fontsize=8, frameon=False)
    return ax


_WORDS = {"total": "with its interactions", "alone": "alone"}


def plot_outcome(sensitivity: Any, *, ax: Axes | None = None, bins: Any = 30) -> Axes:
    """Draw the distribution of the outcome over the random points, one outline a row of the answer.

    Parameters
    ----------
    sensitivity
        What :func:`deterrence.sensitivity` returned.
    ax
        Where to draw; by default new axes.
    bins
        The number of bins, or their borders.

    Returns
    -------
    Axes
        The axes drawn on.
    """
    ax = axes_or_new(ax, WIDTH, 3.6, layout="constrained")
    values = [sensitivity.outcome(label) for label in sensitivity.labels]
    borders = np.histogram_bin_edges(np.concatenate(values), bins=bins)
    for k, (label, row) in enumerate(zip(sensitivity.labels, values, strict=True)):
        shares = np.histogram(row, bins=borders)[0] / max(1, len(row))
        colour, dash = PLAYER_COLOURS[k % len(PLAYER_COLOURS)], ("-", "--", ":", "-.")[k % 4]
        ax.stairs(shares, borders, color=colour, linestyle=dash, linewidth=1.8, label=label, zorder=3)
    ax.set_ylabel("share of the points")
    ax.set_xlabel(sensitivity.labels[0] if len(values) == 1 else "value", parse_math=False)
    ax.spines[["top", "right"]].set_visible(False)
    if len(values) > 1:
        ax.legend(fontsize=8, frameon=False)
    return ax


def plot_radii(robustness: Any, *, ax: Axes | None = None) -> Axes:
    """Draw for each parameter how far it may move, either way, before the prediction is overturned.

    Parameters
    ----------
    robustness
        What :func:`deterrence.robustness` returned.
    ax
        Where to draw; by default new axes.

    Returns
    -------
    Axes
        The axes drawn on. A bar ends in a firm line where the prediction is overturned, and fades out at the
        end of the parameter's range.
    """
    radii = list(reversed(robustness.radii))
    ax = _axes(ax, robustness.game, [radius.parameter for radius in radii])
    for row, radius in enumerate(radii):
        parameter = robustness.game.parameters[radius.parameter]
        for end, limit, way in ((radius.below, parameter.low, -1), (radius.above, parameter.high, 1)):
            share = _share(radius, end if end is not None else limit, way)
            style: dict[str, Any] = (
                {"facecolor": LIGHT} if end is not None else {"facecolor": "#F2F2F2", "hatch": "..."}
            )
            ax.barh(row, share, height=0.5, edgecolor="#C8C8C8", linewidth=0.4, zorder=2, **style)
            if end is not None:
                ax.plot([share, share], [row - 0.33, row + 0.33], color=INK, linewidth=2.2, zorder=4)
                _beside(ax, share, row, show_number(end), way)
    ax.axvline(0, color=INK, linewidth=0.8, zorder=3)
    joint = robustness.joint
    if joint is not None and robustness.norm == "max":
        ax.axvspan(-joint.distance, joint.distance, facecolor="none", edgecolor=QUIET, linestyle="--", zorder=3)
        ax.set_title(
            f"grey: stands to the end of the range; dashed: all together, {joint.distance:.1%}",
            fontsize=8,
            loc="right",
            color=QUIET,
        )
    ax.margins(x=0.14)
    ax.set_xlabel("change, in shares of the declared range")
    return ax


def plot_changes(requirement: Any, *, ax: Axes | None = None) -> Axes:
    """Draw the changes that would do: in the cheapest one, and of each parameter alone.

    Parameters
    ----------
    requirement
        What :func:`deterrence.what_would_it_take` returned.
    ax
        Where to draw; by default new axes.

    Returns
    -------
    Axes
        The axes drawn on.
    """
    game = requirement.game
    names = [n for n in reversed(requirement.parameters) if n in requirement.alone or n in requirement.values]
    ax = _axes(ax, game, names)
    for row, name in enumerate(names):
        made = ((requirement.alone.get(name), LIGHT, 0.6, -0.0), (requirement.change, FIRM, 0.26, 0.0))
        for change, colour, height, shift in made:
            if change is None or name not in change.values:
                continue
            width = requirement.widths[name]
            share = float(change.values[name] - game.values[name]) / float(width)
            ax.barh(row + shift, share, height=height, color=colour, edgecolor=FIRM, linewidth=0.8, zorder=2)
            if colour == LIGHT or name not in requirement.alone:
                _beside(ax, share, row, show_number(float(change.values[name])), 1 if share > 0 else -1)
    ax.axvline(0, color=INK, linewidth=0.8, zorder=3)
    ax.margins(x=0.14)
    ax.set_xlabel("change, in shares of the declared range")
    ax.set_title("light: alone; dark: in the cheapest change", fontsize=8, loc="right", color=QUIET)
    return ax


def _axes(ax: Axes | None, game: Any, names: Sequence[str]) -> Axes:
    """Return axes with one row a parameter, each row labelled with what the parameter means."""
    ax = axes_or_new(ax, WIDTH, 1.1 + ROW * max(2, len(names)), layout="constrained")
    ax.set_yticks(range(len(names)), [axis_label(game.parameters[name], LABEL) for name in names], fontsize=8)
    ax.set_ylim(-0.6, len(names) - 0.4)
    ax.spines[["top", "right"]].set_visible(False)
    ax.tick_params(axis="y", length=0)
    return ax


def _share(radius: Any, end: Any, way: int) -> float:
    return float(way) if end is None else (float(end) - float(radius.value)) / float(radius.scale)


def _beside(ax: Axes, x: float, row: int, text: str, way: int) -> None:
    """Write a value just outside the end of a bar."""
    ax.annotate(
        text.replace("-", "−"),
        (x, row),
        xytext=(4 * way, 0),
        textcoords="offset points",
        ha="left" if way > 0 else "right",
        va="center",
        fontsize=8,
        color=INK,
        zorder=5,
    )


def plot_threshold_curve(curve: Any, *, ax: Axes | None = None) -> Axes:
    """Draw a threshold against a second parameter; a gap where there is none.

    Parameters
    ----------
    curve
        What :func:`deterrence.threshold` returned with ``given``.
    ax
        Where to draw; by default new axes.

    Returns
    -------
    Axes
        The axes drawn on.
    """
    ax = axes_or_new(ax, WIDTH, 4.2, layout="constrained")
    x = [float(value) for value in curve.at]
    y = [float("nan") if value is None else float(value) for value in curve.values]
    ax.plot(x, y, color=FIRM, linewidth=2.0, marker="o", markersize=3)
    ax.set_xlabel(axis_label(curve.game.parameters[curve.given], 6.6 * 60))
    ax.set_ylabel(f"threshold: {axis_label(curve.game.parameters[curve.parameter], 4.2 * 60)}")
    if len(curve.pieces) == 1 and curve.exact is not None and curve.exact.free_symbols:
        from deterrence.expression import show_value

        ax.set_title(f"{curve.parameter} = {show_value(curve.exact)}", fontsize=9, loc="right", parse_math=False)
    ax.spines[["top", "right"]].set_visible(False)
    return ax
