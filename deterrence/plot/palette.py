"""Colours, markers and hatches for players and equilibrium classes.

The players' blue and red are those of Paul Tol's high-contrast scheme, made so that they stay apart for
every common kind of colour blindness and, by their lightness, in grey print; the others are from his
bright, medium-contrast and muted schemes, the yellow darkened until it reads as text on white. The tints
of the classes are his pale scheme, light enough for black text. Colour never carries the meaning alone:
each player has a marker of its own, each class a hatch.

References
----------
Tol, P. (2021). *Colour schemes*. Technical note SRON/EPS/TN/09-002, issue 3.2.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.colors import Colormap

INK = "#222222"
"""Text that belongs to nobody: outcomes, titles."""
QUIET = "#6B6B6B"
"""Chance nodes, guide lines and notes."""
FAINT = "#9A9A9A"
"""What is not played."""
EMPTY = "#B4B4B4"
"""The hatch of regions without an answer."""

PLAYER_COLOURS = ("#004488", "#BB5566", "#805000", "#222222", "#4477AA", "#882255")
PLAYER_MARKERS = ("s", "o", "^", "P", "v", "X", "p", "h", "*", ">", "<")
CHANCE_MARKER = "D"

TINTS = ("#BBCCEE", "#EEEEBB", "#FFCCCC", "#CCDDAA", "#CCEEFF", "#E6D5EA", "#F5DDC0", "#DDDDDD")
HATCHES = ("//", "..", "\\\\", "--", "oo", "||", "++", "**")
NO_ANSWER_HATCH = "xxx"


@dataclass(frozen=True, slots=True)
class PlayerStyle:
    """The look of a player: a colour, and a marker that tells it apart in grey."""

    colour: str
    marker: str


@dataclass(frozen=True, slots=True)
class ClassStyle:
    """The look of an equilibrium class: a light tint, and a hatch that tells it apart in grey."""

    tint: str
    hatch: str


def player_styles(players: Sequence[str]) -> tuple[PlayerStyle, ...]:
    """Return a style for every player; with more than six, colours repeat under other markers."""
    return tuple(
        PlayerStyle(PLAYER_COLOURS[i % len(PLAYER_COLOURS)], PLAYER_MARKERS[i % len(PLAYER_MARKERS)])
        for i in range(len(players))
    )


def class_styles(number: int) -> tuple[ClassStyle, ...]:
    """Return a style for each of a number of classes; with more than eight, hatches grow denser."""
    return tuple(
        ClassStyle(TINTS[i % len(TINTS)], HATCHES[i % len(HATCHES)] * (1 + i // len(TINTS))) for i in range(number)
    )


def blended(tints: Sequence[str]) -> Any:
    """Return the colour where several tints lie over each other: their product, lightened so that it stays a tint."""
    import numpy as np
    from matplotlib.colors import to_rgb

    return np.prod([to_rgb(tint) for tint in tints], axis=0) ** (1 / np.sqrt(len(tints)))


def line_colour(position: int) -> str:
    """Return the colour of the line at a position among several."""
    return PLAYER_COLOURS[position % len(PLAYER_COLOURS)]


@cache
def sequential() -> Colormap:
    """Return the map from numbers to colours: light for low, dark for high, evenly in lightness.

    It is Matplotlib's *magma*, reversed and without its darkest part, so that black hatches can be seen
    on all of it. Its lightness falls evenly, which keeps it true in grey print and to the colour-blind.

    References
    ----------
    Smith, N. and van der Walt, S. (2015). A better default colormap for Matplotlib. *SciPy 2015*.
    """
    import matplotlib as mpl
    import numpy as np
    from matplotlib.colors import ListedColormap

    return ListedColormap(mpl.colormaps["magma"](np.linspace(0.98, 0.42, 256)), name="deterrence")
