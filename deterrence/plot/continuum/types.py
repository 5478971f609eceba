"""What the types of one player do, as a line cut into coloured intervals below the density of the type."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import isfinite
from typing import TYPE_CHECKING, Any

import numpy as np

from deterrence.answers.continuum.pieces import Piece, exact_or_float, pieces_within
from deterrence.games.expression import show_number
from deterrence.plot.canvas import size_in_points
from deterrence.plot.lettering import Font, extent
from deterrence.plot.line_names import apart
from deterrence.plot.palette import INK, MAP_TINTS, QUIET

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from deterrence.answers.continuum.equilibrium import ContinuumEquilibrium
    from deterrence.games.continuum.law import Law

BAR, FOOT, TOP, ROOF = 0.36, 0.42, 0.86, 0.3
"""Heights: of the bar, of the foot and the top of the density, and of names for which the bar has no room."""
BESIDE = 0.04
"""How far a drawing goes on beyond the last cutoff, in its width, where a law has no end."""
NAME = Font(9.0)
SMALL = 8.0
POINTS = 241
TAIL = 0.002
"""Of a law without ends the part that is left out on either side."""
NARROWEST = 1.5
"""A piece is drawn at least so wide, in points, so that it is seen."""


@dataclass(frozen=True, slots=True)
class TypeLine:
    """What is drawn of one information set: its pieces between two ends, and how the type is drawn.

    Attributes
    ----------
    name, variable
        The information set and the name of its player's type.
    pieces
        Triples of two ends and the actions that are taken between them, with their probabilities.
    ends
        The ends of the drawing.
    law
        The law of the type in numbers; None where it depends on another drawn number or gives no density.
    reached
        Whether play reaches the set.
    """

    name: str
    variable: str
    pieces: tuple[tuple[float, float, tuple[tuple[str, float], ...]], ...]
    ends: tuple[float, float]
    law: Law | None
    reached: bool

    @property
    def top(self) -> float:
        """The height of what is drawn below the names."""
        return BAR if self.law is None else TOP


def type_lines(answer: ContinuumEquilibrium) -> Iterator[TypeLine]:
    """Yield the line of each information set whose player has a type that matters there."""
    for (name, rule), reached in zip(answer.strategy_list, answer.reached, strict=True):
        if rule.variable is None or rule.variable not in answer.game.variables:
            continue
        if rule.depends_on <= answer.certain_choices.keys():
            pieces = rule.after(answer.certain_choices).pieces if rule.depends_on else rule.pieces
            law, kept = law_of(answer, rule.variable), pieces_within(pieces, answer.span_of(rule.variable))
            ends = ends_of(answer, rule.variable, [float(exact_or_float(piece.low)) for piece in kept[1:]])
            yield TypeLine(name, rule.variable, tuple(_drawn(kept, ends)), ends, law, reached)


def law_of(answer: ContinuumEquilibrium, variable: str) -> Law | None:
    """Return the law of a type in numbers; None where it depends on another drawn number or gives no density."""
    found = answer.game.variables[variable]
    if found.law is None or not found.names <= answer.game.values.keys() or type(found.law).__name__ == "Flat":
        return None
    return found.law.at(answer.game.values)


def ends_of(answer: ContinuumEquilibrium, variable: str, cutoffs: Sequence[float]) -> tuple[float, float]:
    """Return the ends of a drawing: those of the law, or so far out that all cutoffs and nearly all types are there."""
    law = law_of(answer, variable)
    low, high = (float(exact_or_float(end)) for end in answer.span_of(variable))
    if law is not None:
        usual = [low if isfinite(low) else float(law.ppf(TAIL)), high if isfinite(high) else float(law.ppf(1 - TAIL))]
        far = BESIDE * (max(*usual, *cutoffs) - min(*usual, *cutoffs))
        return (
            low if isfinite(low) else min([usual[0], *(c - far for c in cutoffs)]),
            high if isfinite(high) else max([usual[1], *(c + far for c in cutoffs)]),
        )
    if isfinite(low) and isfinite(high):
        return low, high
    width = max(cutoffs) - min(cutoffs) if len(cutoffs) > 1 else 1.0
    return min(cutoffs, default=0.0) - width, max(cutoffs, default=0.0) + width


def _drawn(pieces: Sequence[Piece], ends: tuple[float, float]) -> Iterator[tuple[float, float, Any]]:
    cuts = [ends[0], *(float(exact_or_float(piece.low)) for piece in pieces[1:]), ends[1]]
    for piece, (low, high) in zip(pieces, pairwise(cuts), strict=True):
        yield low, high, tuple((action, float(exact_or_float(p))) for action, p in piece.actions)


def tints_of(answer: ContinuumEquilibrium) -> dict[str, str]:
    """Return a colour for each action of the game, the same in all of its lines."""
    return {action: MAP_TINTS[k % len(MAP_TINTS)].colour for k, action in enumerate(answer.game.actions)}


def draw_line(ax: Axes, line: TypeLine, tints: Mapping[str, str]) -> None:
    """Draw the line of one information set on axes."""
    low, high = line.ends
    ax.set_xlim(low, high)
    ax.set_ylim(0, line.top + 0.02)
    ax.set_yticks([])
    ax.spines[["left", "right", "top"]].set_visible(False)
    for begin, stop, actions in line.pieces:
        _fill(ax, line, (begin, stop), tints[actions[0][0]], mixed=len(actions) > 1)
    _names(ax, line, tints)
    _ticks(ax, line)
    where = "" if line.reached else " (not reached)"
    ax.set_title(f"{line.name}{where}", loc="left", fontsize=9.5, color=INK, parse_math=False)
    law = "" if line.law is None else str(line.law).replace("-", "−")
    ax.set_title(law, loc="right", fontsize=SMALL, color=QUIET, parse_math=False)


def _fill(ax: Axes, line: TypeLine, span: tuple[float, float], tint: str, *, mixed: bool) -> None:
    begin, stop = span
    least = NARROWEST * (line.ends[1] - line.ends[0]) / size_in_points(ax)[0]
    style: dict[str, Any] = {
        "facecolor": tint,
        "edgecolor": "white",
        "linewidth": 0.8,
        "hatch": "//" if mixed else None,
    }
    ax.bar((begin + stop) / 2, BAR, max(stop - begin, least), **style)
    if line.law is not None:
        xs = np.linspace(begin, stop, POINTS)
        most = _most(line)
        heights = np.clip(np.asarray(line.law.pdf(xs), dtype=float) / most, 0, 1)
        ax.fill_between(xs, FOOT, FOOT + (TOP - FOOT) * heights, color=tint, linewidth=0)
        ax.plot(xs, FOOT + (TOP - FOOT) * heights, color=QUIET, linewidth=0.8)


def _most(line: TypeLine) -> float:
    """Return the greatest density in the drawing, but for where it has no end."""
    assert line.law is not None
    low, high = line.ends
    inside = low + (high - low) * (np.arange(POINTS) + 0.5) / POINTS
    return float(np.max(np.asarray(line.law.pdf(inside), dtype=float))) or 1.0


def _names(ax: Axes, line: TypeLine, tints: Mapping[str, str]) -> None:
    """Write the actions in their pieces, and those that have no room there above, with a line to their piece."""
    width, (low, high) = size_in_points(ax)[0], line.ends
    narrow: list[tuple[float, str]] = []
    for begin, stop, actions in line.pieces:
        text = _done(actions)
        if extent(text, NAME)[0] + 4 <= width * (stop - begin) / (high - low):
            place: dict[str, Any] = {"ha": "center", "va": "center", "fontsize": NAME.size, "parse_math": False}
            if len(actions) > 1:
                place["bbox"] = {"facecolor": tints[actions[0][0]], "edgecolor": "none", "pad": 1.5}
            ax.text((begin + stop) / 2, BAR / 2, text, color=INK, **place)
        else:
            narrow.append(((begin + stop) / 2, text))
    if narrow:
        ax.set_ylim(0, line.top + ROOF)
    sizes = [extent(text, NAME)[0] + 8 for _, text in narrow]
    wanted = [width * (x - low) / (high - low) for x, _ in narrow]
    for (x, text), middle in zip(narrow, apart(wanted, sizes, width), strict=True):
        at = low + (high - low) * middle / width
        ax.plot([x, x, at], [BAR / 2, line.top + 0.02, line.top + ROOF - 0.16], color=INK, linewidth=0.7, clip_on=False)
        style: dict[str, Any] = {"ha": "center", "va": "bottom", "fontsize": NAME.size, "parse_math": False}
        ax.text(at, line.top + ROOF - 0.15, text, color=INK, clip_on=False, **style)


def _done(actions: Sequence[tuple[str, float]]) -> str:
    if len(actions) == 1:
        return actions[0][0]
    return " or ".join(f"{action} ({show_number(p, 2)})" for action, p in actions)


def _ticks(ax: Axes, line: TypeLine) -> None:
    """Mark the ends and the cutoffs with their numbers, the cutoffs lower where numbers would meet."""
    width, (low, high) = size_in_points(ax)[0], line.ends
    cutoffs = [stop for _, stop, _ in line.pieces[:-1]]
    ax.set_xticks([])
    taken: list[tuple[float, float, int]] = []
    for x in (*(line.ends if line.law is not None else ()), *cutoffs):  # else the line goes on beyond the drawing
        text = show_number(float(x), 3).replace("-", "−")
        middle, half = width * (x - low) / (high - low), extent(text, Font(SMALL))[0] / 2 + 2
        met = {row for begin, stop, row in taken if begin < middle + half and middle - half < stop}
        row = next(k for k in range(len(met) + 1) if k not in met)
        taken.append((middle - half, middle + half, row))
        ax.plot([x, x], [0, BAR if x in cutoffs else 0.06], color=INK, linewidth=1.0, clip_on=False)
        style: dict[str, Any] = {"ha": "center", "va": "top", "fontsize": SMALL, "annotation_clip": False}
        ax.annotate(text, (x, 0), xytext=(0, -3 - 10 * row), textcoords="offset points", color=INK, **style)
    label = 10 * (1 + max((row for *_, row in taken), default=0))
    ax.set_xlabel(line.variable, fontsize=9, labelpad=label, parse_math=False)
