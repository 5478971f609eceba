"""How the regions of a map look: tints that differ between neighbours, and a key to names that are long."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.patches import Patch

from deterrence.plot.canvas import figure_of
from deterrence.plot.lettering import wrapped
from deterrence.plot.palette import HATCHES, MAP_TINTS, Tint

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from matplotlib.axes import Axes
    from numpy.typing import NDArray

LONGEST = 90
"""A map with a longer name than this has letters on its regions, and a key."""
KEY_LETTERS = 88
KEY_LINE = 0.17
"""Inches that a line of the key needs."""


@dataclass(frozen=True, slots=True)
class RegionStyle:
    """The look of a region: a tint, and a hatch where the tint alone does not tell it from all others."""

    tint: Tint
    hatch: str = ""


STYLES = tuple(
    RegionStyle(tint, hatch) for hatch in ("", *HATCHES, *(2 * hatch for hatch in HATCHES)) for tint in MAP_TINTS
)


Labelled = tuple["NDArray[np.bool_]", str]


def region_styles(kinds: NDArray[np.intp]) -> dict[int, RegionStyle]:
    """Return a style for every region of a raster, by its number; those below zero have no answer and no style.

    The largest region comes first, so that it has the same tint in every map. Each next one takes the first tint
    that no region has and whose lightness, and hue if possible, no neighbour has. Where there is none left, a hatch
    tells the region apart.
    """
    numbers, sizes = np.unique(kinds[kinds >= 0], return_counts=True)
    beside = _neighbours(kinds)
    styles: dict[int, RegionStyle] = {}
    for k in np.argsort(-sizes, kind="stable"):
        number = int(numbers[k])
        around = [styles[other] for other in beside[number] if other in styles]
        styles[number] = _free_style(list(styles.values()), around)
    return styles


def _neighbours(kinds: NDArray[np.intp]) -> dict[int, set[int]]:
    """Return the regions that touch each region of a raster."""
    beside: dict[int, set[int]] = defaultdict(set)
    for one, other in ((kinds[:, 1:], kinds[:, :-1]), (kinds[1:], kinds[:-1])):
        apart = one != other
        for a, b in set(zip(one[apart].tolist(), other[apart].tolist(), strict=True)):
            beside[a].add(b)
            beside[b].add(a)
    return beside


def _free_style(held: Collection[RegionStyle], around: Collection[RegionStyle]) -> RegionStyle:
    """Return the first style that fits beside others and that no other region has."""
    levels, hues = {style.tint.level for style in around}, {style.tint.hue for style in around}
    hatches = {style.hatch for style in around}
    unused = [style for style in STYLES if style not in held] or list(STYLES)
    apart = [style for style in unused if style.tint.level not in levels]
    wholly = [style for style in apart if style.tint.hue not in hues and not style.hatch]
    hatched = [style for style in unused if style.hatch not in hatches]
    return [*wholly, *apart, *hatched, *unused][0]


def lettered(
    ax: Axes, labels: Sequence[Labelled], kinds: NDArray[np.intp], styles: Mapping[int, RegionStyle]
) -> list[Labelled]:
    """Return what is written on each region: its name, or a letter if names are long, with a key below the map.

    The figure grows by what the key needs.
    """
    regions = [(mask, name, styles.get(int(kinds[mask][0]))) for mask, name in labels]
    named = sorted((item for item in regions if item[2] is not None), key=lambda item: -int(item[0].sum()))
    if max((len(name) for _, name, _ in named), default=0) <= LONGEST:
        return list(labels)
    letters = [chr(ord("A") + k) if k < 26 else str(k) for k in range(len(named))]
    texts = [wrapped(f"{letter}: {name}", KEY_LETTERS) for letter, (_, name, _) in zip(letters, named, strict=True)]
    patches = [
        Patch(facecolor=style.tint.colour, hatch=style.hatch, edgecolor="#444444", linewidth=0.5, label=text)
        for text, (_, _, style) in zip(texts, named, strict=True)
        if style is not None
    ]
    figure = figure_of(ax)
    width, height = figure.get_size_inches()
    figure.set_size_inches(width, height + KEY_LINE * (1 + sum(text.count("\n") + 1 for text in texts)))
    key = figure.legend(handles=patches, loc="outside lower left", fontsize=8, frameon=False, alignment="left")
    for text in key.get_texts():
        text.set_parse_math(False)
    unnamed = [(mask, name) for mask, name, style in regions if style is None]
    return [*((mask, letter) for letter, (mask, _, _) in zip(letters, named, strict=True)), *unnamed]
