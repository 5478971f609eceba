"""Comparative statics as a picture: the measure in every class, with the way it moves, and the jumps."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from deterrence.plot.curve import plot_curve
from deterrence.plot.threshold import mark_jumps

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.axes import Axes

ARROWS = {1: "↗", -1: "↘", 0: "→", None: "↕"}


def plot_statics(statics: Any, *, ax: Axes | None = None) -> Axes:
    """Draw a measure against a parameter, every class named with an arrow for the sign of its slope.

    Parameters
    ----------
    statics
        What :func:`deterrence.statics` returned.
    ax
        Where to draw; by default new axes.

    Returns
    -------
    Axes
        The axes drawn on. Dotted lines mark the values at which the measure jumps.
    """
    from deterrence.analysis.answers.boundary import drawn_values
    from deterrence.analysis.sweep import sweep

    low, high = statics.between
    values = drawn_values(low, high, statics.boundaries)
    grid: Mapping[str, Any] = {statics.parameter: values}
    swept = sweep(statics.game, statics.measure, method=statics.method, **grid)
    arrows = {effect.name: ARROWS[effect.sign] for effect in statics.effects}
    names = [str(name) for name in swept.data["class"].values]
    named = [f"{name} {arrows[name]}" if name in arrows else name for name in names]
    axes: Axes = plot_curve(replace(swept, data=swept.data.assign_coords({"class": named})), ax=ax)
    mark_jumps(axes, statics.jumps)
    return axes
