"""Tornado charts: one bar a parameter, the one that matters most on top."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING, Any

import numpy as np

from deterrence.errors import ParameterError
from deterrence.games.expression import show_number
from deterrence.games.words import percent
from deterrence.plot.canvas import axes_or_new, new_panels
from deterrence.plot.lettering import axis_label
from deterrence.plot.palette import INK, QUIET, line_colour

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

WIDTH = 6.6
ROW = 0.46
SCALE_WIDTH = 70
LABEL = 190.0
"""Points that a parameter's meaning may be wide."""
FIRM, LIGHT = line_colour(0), "#BBCCEE"


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
    if not np.isfinite(frame["total"]).any():
        ax.set_xlim(0, 1)
        ax.set_xlabel(f"share of the variance of the {frame['measure'].iloc[0]}", parse_math=False)
        _say(ax, "Sobol indices are not reported:\nthe measure is constant, or too few sample points are valid")
        return ax
    y = np.arange(len(frame))
    for column, height, style in (
        ("total", 0.66, {"facecolor": LIGHT, "edgecolor": FIRM, "hatch": "//", "linewidth": 0.8}),
        ("alone", 0.34, {"facecolor": FIRM, "edgecolor": FIRM}),
    ):
        values = frame[column].to_numpy()
        ax.barh(y, np.nan_to_num(values), height=height, label=_WORDS[column], zorder=2, **style)
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


def plot_outcome(sensitivity: Any, measure: Any = None, *, ax: Axes | None = None, bins: Any = 30) -> Axes:
    """Draw the distribution of the outcome over the random points, one outline a row of the answer.

    Parameters
    ----------
    sensitivity
        What :func:`deterrence.sensitivity` returned.
    measure
        Which of its rows, by label; by default all, probabilities, payoffs and other measures on axes of
        their own below each other.
    ax
        Where to draw; by default new axes.
    bins
        The number of bins, or their borders.

    Returns
    -------
    Axes
        The axes drawn on, the uppermost where there are several.

    Raises
    ------
    ParameterError
        If the bins are none, or measures of several kinds should share axes.
    """
    groups = _alike(sensitivity, None if measure is None else sensitivity.label(measure))
    if ax is not None and len(groups) > 1:
        raise ParameterError(
            f"The measures have different scales and cannot share axes. Choose one, such as "
            f"plot_outcome({sensitivity.labels[0]!r}, ax=ax), or leave out ax."
        )
    panels = [ax] if ax is not None else new_panels(len(groups), WIDTH, 3.6)
    for panel, (title, labels) in zip(panels, groups.items(), strict=True):
        _outlines(panel, {label: sensitivity.outcome(label) for label in labels}, bins)
        panel.set_xlabel(title, parse_math=False)
    return panels[0]


def _alike(sensitivity: Any, only: str | None) -> dict[str, list[str]]:
    """Return the labels that can share axes, by what the axis is called."""
    groups: dict[str, list[str]] = {}
    for label in sensitivity.labels if only is None else (only,):
        measure = next(measure for measure in sensitivity.measures if label.endswith(measure.name))
        groups.setdefault(measure.kind if measure.kind != "other" else measure.name, []).append(label)
    named = {}
    for kind, labels in groups.items():
        names = {label.removeprefix("least ").removeprefix("greatest ") for label in labels}
        named[names.pop() if len(names) == 1 else kind] = labels
    return named


def _outlines(ax: Axes, outcomes: dict[str, Any], bins: Any) -> None:
    """Draw the shares of points in bins, one outline a label, and name them where there are several."""
    try:
        borders = np.histogram_bin_edges(np.concatenate(list(outcomes.values())), bins=bins)
    except (ValueError, TypeError) as error:
        raise ParameterError(f"bins={bins!r} must be a whole number above zero, or rising borders.") from error
    for k, (label, values) in enumerate(outcomes.items()):
        shares = np.histogram(values, bins=borders)[0] / max(1, len(values))
        colour, dash = line_colour(k), ("-", "--", ":", "-.")[k % 4]
        ax.stairs(shares, borders, color=colour, linestyle=dash, linewidth=1.8, label=label, zorder=3)
    ax.set_ylabel("share of the points")
    ax.set_ylim(0, None)
    ax.spines[["top", "right"]].set_visible(False)
    if len(outcomes) > 1:
        ax.legend(fontsize=8, frameon=False)


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
        end of the parameter's plausible values, or of its range where none are declared.
    """
    radii = list(reversed(robustness.radii))
    ax = _axes(ax, robustness.game, [radius.parameter for radius in radii])
    for row, radius in enumerate(radii):
        parameter = robustness.game.parameters[radius.parameter]
        low, high = parameter.span
        for end, limit, way in ((radius.below, low, -1), (radius.above, high, 1)):
            share = way * max(0.0, way * _share(radius, end if end is not None else limit, way))
            style: Any = {"facecolor": LIGHT} if end is not None else {"facecolor": "#F2F2F2", "hatch": "..."}
            ax.barh(row, share, height=0.5, edgecolor="#C8C8C8", linewidth=0.4, zorder=2, **style)
            if end is not None:
                ax.plot([share, share], [row - 0.33, row + 0.33], color=INK, linewidth=2.2, zorder=4)
                _beside(ax, share, row, show_number(end), way)
    ax.axvline(0, color=INK, linewidth=0.8, zorder=3)
    joint = robustness.joint
    if joint is not None and robustness.norm == "max":
        ax.axvspan(-joint.distance, joint.distance, facecolor="none", edgecolor=QUIET, linestyle="--", zorder=3)
        whole = "plausible values" if any(p.plausible for p in robustness.game.parameter_list) else "range"
        note = f"grey: unchanged to the end of the {whole}; dashed: all together, {percent(joint.distance)}"
        ax.set_title(note, fontsize=8, loc="right", color=QUIET)
    ax.margins(x=0.14)
    ax.set_xlabel(_scale_label(robustness))
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
    if not requirement.values:
        ax = _axes(ax, game, list(reversed(requirement.parameters)))
        _say(ax, "nothing has to change" if requirement.holds else "no change within the ranges was found")
        ax.set_xlim(-1, 1)
        ax.set_xlabel(_scale_label(requirement))
        return ax
    names = [n for n in reversed(requirement.parameters) if n in requirement.alone or n in requirement.values]
    ax = _axes(ax, game, names)
    for row, name in enumerate(names):
        changes = ((requirement.alone.get(name), LIGHT, 0.6, -0.0), (requirement.change, FIRM, 0.26, 0.0))
        for change, colour, height, shift in changes:
            if change is None or name not in change.values:
                continue
            width = requirement.widths[name]
            share = float(change.values[name] - game.values[name]) / float(width)
            ax.barh(row + shift, share, height=height, color=colour, edgecolor=FIRM, linewidth=0.8, zorder=2)
            if colour == LIGHT or name not in requirement.alone:
                _beside(ax, share, row, show_number(float(change.values[name])), 1 if share > 0 else -1)
    ax.axvline(0, color=INK, linewidth=0.8, zorder=3)
    ax.margins(x=0.14)
    ax.set_xlabel(_scale_label(requirement))
    ax.set_title("light: alone; dark: in the cheapest change", fontsize=8, loc="right", color=QUIET)
    return ax


def _scale_label(answer: Any) -> str:
    """Say what the changes are shares of, on one line or two."""
    return "\n".join(wrap(f"change, in shares of {answer.scale_in_words}", SCALE_WIDTH))


def _axes(ax: Axes | None, game: Any, names: Sequence[str]) -> Axes:
    """Return axes with one row a parameter, each row labelled with what the parameter means."""
    ax = axes_or_new(ax, WIDTH, 1.1 + ROW * max(2, len(names)), layout="constrained")
    ax.set_yticks(range(len(names)), [axis_label(game.parameters[name], LABEL) for name in names], fontsize=8)
    ax.set_ylim(-0.6, len(names) - 0.4)
    ax.spines[["top", "right"]].set_visible(False)
    ax.tick_params(axis="y", length=0)
    return ax


def _say(ax: Axes, words: str) -> None:
    """Write in the middle of axes why nothing is drawn."""
    ax.text(0.5, 0.5, words, transform=ax.transAxes, ha="center", va="center", fontsize=9, color=QUIET)


def _share(radius: Any, end: Any, way: int) -> float:
    return float(way) if end is None else (float(end) - float(radius.value)) / float(radius.scale)


def _beside(ax: Axes, x: float, row: int, text: str, way: int) -> None:
    """Write a value just outside the end of a bar."""
    style: dict[str, Any] = {"va": "center", "fontsize": 8, "color": INK, "zorder": 5, "textcoords": "offset points"}
    ax.annotate(text.replace("-", "−"), (x, row), (4 * way, 0), ha="left" if way > 0 else "right", **style)
