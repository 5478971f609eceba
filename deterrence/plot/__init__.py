"""Drawings of games and answers, in Matplotlib: trees, curves, and maps of two parameters.

Every function draws on the axes given or makes new ones, and returns them. None of them shows, saves or
sets a style: new axes stand on a figure that pyplot does not know, which a notebook shows by itself and
``ax.figure.savefig("tree.pdf")`` saves.
"""

from deterrence.plot.along import plot_statics
from deterrence.plot.curve import plot_curve
from deterrence.plot.maps import plot_classes, plot_map
from deterrence.plot.regions import plot_regions
from deterrence.plot.rows import plot_comparison
from deterrence.plot.threshold import plot_threshold, plot_threshold_curve
from deterrence.plot.tornado import plot_changes, plot_outcome, plot_radii, plot_tornado
from deterrence.plot.trees.tree import plot_tree, tree_as_html

__all__ = [
    "plot_changes",
    "plot_classes",
    "plot_comparison",
    "plot_curve",
    "plot_map",
    "plot_outcome",
    "plot_radii",
    "plot_regions",
    "plot_statics",
    "plot_threshold",
    "plot_threshold_curve",
    "plot_tornado",
    "plot_tree",
    "tree_as_html",
]
