"""A graph of states: who can move from which to which, and where all would stay."""

from __future__ import annotations

import math
import textwrap
from typing import TYPE_CHECKING, Any

from matplotlib.lines import Line2D
from matplotlib.patches import FancyArrowPatch, Patch

from deterrence.plot.canvas import POINTS, axes_or_new, figure_of
from deterrence.plot.palette import FAINT, INK, PART_TINT, WHOLE_TINT, player_styles

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Place = tuple[float, float]

SIZE = (7.2, 6.6)
TINY = 1e-9
WIDTH = 13
"""Characters a line in a state's name."""
ROOM = (1.42, 1.2)
GAP = 5.0
"""Points that an arrow keeps from the box around a state's name."""
DASHES: tuple[Any, ...] = ("-", (0, (5, 1.6)), (0, (1.2, 1.2)), "-.")
"""How each decision maker's arrows are drawn, so that they stay apart in grey."""


def plot_states(answer: Any, *, ax: Axes | None = None) -> Axes:
    """Draw the states of a conflict, the moves between them, and the equilibria.

    Parameters
    ----------
    answer
        What :func:`deterrence.stability` returned.
    ax
        Where to draw; by default new axes.

    Returns
    -------
    Axes
        The axes drawn on. A dark arrow is an improvement for the one who moves, a faint one is not; a tinted
        state is an equilibrium, darker under more concepts.
    """
    conflict = answer.conflict
    ax = axes_or_new(ax, *SIZE, layout="constrained")
    ax.set(xlim=(-ROOM[0], ROOM[0]), ylim=(-ROOM[1], ROOM[1]), aspect="equal", title=conflict.name)
    turns = {state: 2 * math.pi * i / len(conflict.states) for i, state in enumerate(conflict.states)}
    places = {state: (math.cos(math.pi / 2 - turn), math.sin(math.pi / 2 - turn)) for state, turn in turns.items()}
    styles = player_styles(conflict.players)
    stable = {state.name: len(state.concepts) for state in answer}
    sizes = {state: _box(ax, state, places[state], stable.get(state, 0), len(answer.concepts)) for state in places}
    for number, player in enumerate(conflict.players):
        for state, reached in conflict.moves[player].items():
            for other in reached:
                better = conflict.prefers(player, other, state)
                colour = styles[number].colour if better else FAINT
                ends = (state, other)
                _arrow(ax, [places[s] for s in ends], [sizes[s] for s in ends], colour, number, better)
    _legend(ax, conflict.players, [style.colour for style in styles], answer)
    ax.set_axis_off()
    return ax


def _box(ax: Axes, state: str, place: Place, held: int, asked: int) -> Place:
    """Write a state's name in its box, and return half of the box's width and height in points."""
    tint = "white" if not held else WHOLE_TINT if held == asked else PART_TINT
    box = {"boxstyle": "round,pad=0.35", "facecolor": tint, "edgecolor": INK if held else FAINT}
    label = "\n".join(textwrap.wrap(state, WIDTH)) or state
    weight = "bold" if held else "normal"
    text = ax.text(*place, label, ha="center", va="center", fontsize=8, color=INK, weight=weight, bbox=box, zorder=4)
    around = text.get_window_extent()
    scale, pad = POINTS / figure_of(ax).dpi / 2, 0.35 * 8
    return around.width * scale + pad, around.height * scale + pad


def _arrow(ax: Axes, ends: list[Place], sizes: list[Place], colour: str, number: int, better: bool) -> None:
    """Draw an arrow from box to box; a dark one gains."""
    across, upwards = (abs(ends[1][i] - ends[0][i]) for i in (0, 1))
    length = math.hypot(across, upwards)
    keep = [
        GAP + min(width * length / max(across, TINY), height * length / max(upwards, TINY)) for width, height in sizes
    ]
    arrow = FancyArrowPatch(
        *ends,
        arrowstyle="-|>",
        mutation_scale=9 if better else 6,
        connectionstyle=f"arc3,rad={0.05 + 0.04 * number:.2f}",
        shrinkA=keep[0],
        shrinkB=keep[1],
        color=colour,
        linestyle=DASHES[number % len(DASHES)] if better else "-",
        linewidth=1.3 if better else 0.7,
        zorder=3 if better else 2,
    )
    ax.add_patch(arrow)


def _legend(ax: Axes, players: tuple[str, ...], colours: list[str], answer: Any) -> None:
    entries: list[Any] = [
        Line2D([], [], color=colour, linestyle=DASHES[i % len(DASHES)], linewidth=1.3, label=f"{player} gains")
        for i, (player, colour) in enumerate(zip(players, colours, strict=True))
        if any(answer.conflict.improvements(player, state) for state in answer.conflict.states)
    ]
    entries.append(Line2D([], [], color=FAINT, linewidth=0.7, label="a move that does not gain"))
    every, held = ", ".join(answer.concepts), [len(state.concepts) for state in answer]
    if len(answer.concepts) in held:
        entries.append(Patch(facecolor=WHOLE_TINT, edgecolor=INK, label=f"equilibrium under {every}"))
    if any(number < len(answer.concepts) for number in held):
        entries.append(Patch(facecolor=PART_TINT, edgecolor=INK, label="under some of these"))
    ax.legend(handles=entries, loc="upper center", bbox_to_anchor=(0.5, 0.0), ncols=2, frameon=False, fontsize=8)
