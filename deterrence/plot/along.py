"""Answers along parameters as pictures: sweeps, comparative statics and profiles."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from deterrence.plot.canvas import figure_of
from deterrence.plot.curve import plot_curve
from deterrence.plot.maps.grids import plot_map
from deterrence.plot.palette import INK
from deterrence.plot.threshold import mark_jumps

if TYPE_CHECKING:
    from matplotlib.axes import Axes

ARROWS = {1: "↗", -1: "↘", 0: "→", None: "↕"}


def plot_sweep(sweep: Any, measure: Any = None, *, ax: Axes | None = None) -> Axes:
    """Draw a sweep: a curve for one parameter, a map for two; of what was selected alone where a rule selects."""
    plot = plot_curve if len(sweep.axes) == 1 else plot_map
    return plot(sweep.selected_alone, measure, ax=ax)


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
    curve = statics.threshold.curve
    arrows = {effect.name: ARROWS[effect.sign] for effect in statics.effects}
    names = [str(name) for name in curve.data["class"].values]
    with_arrows = [f"{name} {arrows[name]}" if name in arrows else name for name in names]
    axes: Axes = plot_curve(replace(curve, data=curve.data.assign_coords({"class": with_arrows})), ax=ax)
    mark_jumps(axes, statics.jumps)
    return axes


def plot_profile(profile: Any) -> Axes:
    """Draw a profile's measure and the payoffs below each other, dotted where the set of classes changes."""
    axes: Axes = plot_sweep(profile.sweep)
    mark_jumps(axes, profile.thresholds[0].jumps)
    for panel in figure_of(axes).axes[1:]:
        for boundary in profile.thresholds[0].boundaries:
            panel.axvline(float(boundary.value), color=INK, linewidth=0.9, linestyle=":", zorder=2.5)
    return axes
