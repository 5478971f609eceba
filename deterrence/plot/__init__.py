"""Drawings of games and answers, in Matplotlib: trees, curves, and maps of two parameters.

Every function draws on the axes given or makes new ones, and returns them. None of them shows, saves or
sets a style: new axes stand on a figure that pyplot does not know, which a notebook shows by itself and
``ax.figure.savefig("tree.pdf")`` saves.
"""

from deterrence.plot.curve import plot_curve
from deterrence.plot.maps import plot_classes, plot_map
from deterrence.plot.tree import plot_tree, tree_as_html

__all__ = ["plot_classes", "plot_curve", "plot_map", "plot_tree", "tree_as_html"]
