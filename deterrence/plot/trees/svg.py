"""A pen that writes SVG: letters stay text, which can be selected, searched and read aloud, and files stay small."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from html import escape
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from deterrence.plot.lettering import LINE, extent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from deterrence.plot.lettering import Font
    from deterrence.plot.trees.drawing import Dashes, Point
    from deterrence.plot.trees.labels import Words

FAMILY = "DejaVu Sans,Verdana,Arial,sans-serif"
"""The font in which texts were measured, one as wide, and narrower ones, so that no text outgrows its place."""
ASCENT = 1.03
"""From the top of a line of text to its baseline, in font sizes."""
DESCENT = 0.1
"""The part of a line below its letters, which text on a line does not leave free."""
MARKERS, TEXT = 4.0, 5.0
"""The levels of markers and, above all, of text."""
EDGE = 1.2
FEW = 4
ENDS = {"left": "", "right": ' text-anchor="end"', "center": ' text-anchor="middle"'}
PLUS = ((-1, -3), (1, -3), (1, -1), (3, -1), (3, 1), (1, 1), (1, 3), (-1, 3), (-1, 1), (-3, 1), (-3, -1), (-1, -1))
CORNERS = {"s": (4, 45), "D": (4, 0), "^": (3, -90), "v": (3, 90), "<": (3, 180), ">": (3, 0), "p": (5, -90)}
"""The number of a marker's corners, and the direction of the first."""
CORNERS |= {"h": (6, -90)}
WIDEST = 0.71
"""The distance of a square's corners from its middle, in its width; that of all markers."""


@dataclass(frozen=True, slots=True)
class SvgPen:
    """A pen that writes SVG elements in points; places are rounded to whole ones, which keeps files small.

    Outlines of several corners, such as fans, are rounded to tenths.
    """

    parts: list[tuple[float, str, str]] = field(default_factory=list)

    def line(
        self, xs: list[float], ys: list[float], colour: str, width: float, dashes: Dashes, *, level: float
    ) -> None:
        """Draw a line through points; higher levels cover lower ones."""
        broken = f' stroke-dasharray="{" ".join(_number(d * width) for d in dashes)}"' if dashes else ""
        group = f'fill="none" stroke="{colour}" stroke-width="{_number(width)}"{broken}'
        digits = 1 if len(xs) > FEW else None
        self.parts.append((level, group, f"M{_path([round(x, digits) for x in xs], [round(y, digits) for y in ys])}"))

    def point(self, x: float, y: float, marker: str, size: float, face: str, edge: str) -> None:
        """Draw a marker."""
        if marker in ("o", "."):  # a line without length and with a round cap is a dot
            dot = size + EDGE if marker == "o" else size / 2 + EDGE
            group = f'fill="none" stroke="{edge}" stroke-width="{_number(dot)}" stroke-linecap="round"'
            self.parts.append((MARKERS, group, f"M{x:.0f},{y:.0f}h0"))
        else:
            group = f'fill="{face}" stroke="{edge}" stroke-width="{EDGE}"'
            self.parts.append((MARKERS, group, f"M{x:.0f},{y:.0f}{_outline(marker, size)}"))

    def write(self, words: Words, anchor: Point, offset: Point, *, ha: str, va: str) -> None:
        """Write at a distance from a place, to the right and upwards, in points."""
        if not words.text:
            return
        height, line = extent(words.text, words.font)[1], LINE * words.font.size
        x, y = anchor[0] + offset[0], anchor[1] - offset[1]
        top = y - {"top": 0.0, "center": height / 2, "bottom": height - DESCENT * words.font.size}[va]
        group = f'fill="{words.colour}" {_font(words.font)}{ENDS[ha]}'
        for k, text in enumerate(words.text.split("\n")):
            y = top + k * line + ASCENT * words.font.size
            self.parts.append((TEXT, group, f'<text x="{x:.0f}" y="{y:.0f}">{escape(_spaced(text))}</text>'))

    def element(self, width: float, height: float, described: str, more: str = "", *, corner: Point = (0, 0)) -> str:
        """Return all of it as one SVG element of a size in points."""
        box = " ".join(map(_number, (*corner, width, height)))
        size = f'viewBox="{box}" width="{_number(width)}pt" height="{_number(height)}pt"'
        halo = 'stroke="#fff" stroke-width="2.5" paint-order="stroke"'
        shapes, texts = "", ""
        for (level, group), parts in groupby(sorted(self.parts, key=_place), key=_place):
            whole = "".join(part for *_, part in parts)
            if level < TEXT:
                shapes += f'<path {group} d="{whole}"/>'
            else:
                texts += f"<g {group}>{whole}</g>"
        text = f'<g font-family="{FAMILY}" {halo}>{texts}</g>'
        head = f'<svg xmlns="http://www.w3.org/2000/svg" role="img" {size}{more}>'
        return f'{head}{described}<g stroke-linejoin="round">{shapes}{text}</g></svg>'


def _place(part: tuple[float, str, str]) -> tuple[float, str]:
    return part[:2]


def _path(xs: Sequence[float], ys: Sequence[float]) -> str:
    """Return points as the path through them, level pieces written short."""
    path = f"{_number(xs[0])},{_number(ys[0])}"
    for (_, before), (x, y) in pairwise(zip(xs, ys, strict=True)):
        path += f"H{_number(x)}" if y == before else f"L{_number(x)},{_number(y)}"
    return path


def _spaced(text: str) -> str:
    """Return a text with plain blanks, but for those beside another, which SVG would drop."""
    return text.replace("\xa0", " ").replace("  ", "\xa0 ")


def _font(font: Font) -> str:
    weight, style = ' font-weight="bold"' if font.bold else "", ' font-style="italic"' if font.slanted else ""
    return f'font-size="{_number(font.size)}"{weight}{style}'


def _outline(marker: str, size: float) -> str:
    """Return a marker as a path from its middle, in steps."""
    corners = _corners(marker, size)
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(corners)]
    return f"m{_number(corners[0][0])},{_number(corners[0][1])}{''.join(_step(*step) for step in steps)}z"


def _step(dx: float, dy: float) -> str:
    across, down = _number(dx), _number(dy)
    if across in ("0", "-0"):
        return f"v{down}"
    return f"h{across}" if down in ("0", "-0") else f"l{across},{down}"


def _corners(marker: str, size: float) -> list[Point]:
    """Return a marker's corners around its middle."""
    if marker in ("P", "X"):
        turn = math.radians(45 if marker == "X" else 0)
        corners = [(x * size / 6, y * size / 6) for x, y in PLUS]
        return [(x * math.cos(turn) - y * math.sin(turn), x * math.sin(turn) + y * math.cos(turn)) for x, y in corners]
    number, first = CORNERS.get(marker, (10, -90))  # else a star
    radii = [WIDEST * size * (0.45 if marker not in CORNERS and k % 2 else 1) for k in range(number)]
    turns = [math.radians(first + 360 * k / number) for k in range(number)]
    return [(r * math.cos(turn), r * math.sin(turn)) for r, turn in zip(radii, turns, strict=True)]


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
