"""Colours, markers and hatches for players and for the regions of maps.

The players' blue and red are those of Paul Tol's high-contrast scheme, made so that they stay apart for
every common kind of colour blindness and, by their lightness, in grey print; the others are from his
bright, medium-contrast and muted schemes, the yellow darkened until it reads as text on white. The tints
of regions are blue, yellow and rose at four lightnesses, computed in CIELAB. Colour never carries the meaning
alone: each player has a marker of its own, and each region its name.

References
----------
Tol, P. (2021). *Colour schemes*. Technical note SRON/EPS/TN/09-002, issue 3.2.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

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

WHOLE_TINT, PART_TINT, LOW_TINT, HIGH_TINT = "#CCDDAA", "#EEEEBB", "#BBCCEE", "#F5DDC0"
"""Grounds of text: what holds wholly and in part; below and above a curve."""


@dataclass(frozen=True, slots=True)
class Tint:
    """A region's colour, with its lightness in steps from the darkest and its hue."""

    colour: str
    level: int
    hue: str


MAP_TINTS = (
    Tint("#9DD6FC", 2, "blue"),
    Tint("#FFF0C3", 3, "yellow"),
    Tint("#E399AA", 1, "rose"),
    Tint("#4696C2", 0, "blue"),
    Tint("#E8CD77", 2, "yellow"),
    Tint("#FDEDEF", 3, "rose"),
    Tint("#D6A749", 1, "yellow"),
    Tint("#FDBFC9", 2, "rose"),
    Tint("#E3F3FF", 3, "blue"),
    Tint("#B88444", 0, "yellow"),
    Tint("#6AB6E4", 1, "blue"),
    Tint("#C4788A", 0, "rose"),
)
"""Colours of regions: three hues that stay apart for the colour-blind, at four lightnesses 12 apart in CIELAB."""
HATCHES = ("//", "..", "\\\\", "--", "oo", "||", "++", "**")
NO_ANSWER_HATCH = "xxx"


@dataclass(frozen=True, slots=True)
class PlayerStyle:
    """The look of a player: a colour, and a marker that tells it apart in grey."""

    colour: str
    marker: str


def player_styles(players: Sequence[str]) -> tuple[PlayerStyle, ...]:
    """Return a style for every player; with more than six, colours repeat under other markers."""
    return tuple(
        PlayerStyle(PLAYER_COLOURS[i % len(PLAYER_COLOURS)], PLAYER_MARKERS[i % len(PLAYER_MARKERS)])
        for i in range(len(players))
    )


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
