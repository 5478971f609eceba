"""What choices of a number are worth and lead to, and what each type chooses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from deterrence.answers.continuum.pieces import exact_or_float
from deterrence.games.expression import show_number
from deterrence.plot.curve import DASHES
from deterrence.plot.line_names import LineEnd, name_ends
from deterrence.plot.palette import INK, line_colour, player_styles

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from deterrence.answers.continuum.equilibrium import ContinuumEquilibrium
    from deterrence.answers.continuum.offer_curve import OfferCurve
    from deterrence.answers.continuum.strategies import Schedule

POINTS = 201
WIDTH = 2.0
SMALL = 8.5


def draw_worth(ax: Axes, answer: ContinuumEquilibrium, curve: OfferCurve) -> None:
    """Draw the chooser's expected payoff against the number, and a dot at what is chosen."""
    colour = player_styles(answer.game.players)[answer.game.players.index(curve.player)].colour
    ax.plot(curve.numbers, curve.payoffs, color=colour, linewidth=WIDTH)
    for x in curve.chosen:
        y = curve.payoffs[curve.numbers.index(x)]
        ax.plot([x], [y], "o", color=colour, markersize=7, markeredgecolor="white", zorder=5, clip_on=False)
        _note(ax, x, y, show_number(x, 4))
        ax.axvline(x, color=INK, linewidth=0.8, linestyle=":", zorder=1)
    ax.margins(x=0, y=0.18)
    ax.tick_params(labelsize=SMALL)
    ax.set_ylabel(f"payoff of {curve.player}", fontsize=9, parse_math=False)
    ax.set_title(f"{curve.player} chooses {curve.variable}", loc="left", fontsize=9.5, color=INK, parse_math=False)


def _note(ax: Axes, x: float, y: float, text: str) -> None:
    """Write a number above a dot, on the side where there is more room."""
    low, high = ax.get_xlim()
    left = x > (low + high) / 2
    place: dict[str, Any] = {"textcoords": "offset points", "xytext": (-6 if left else 6, 5), "va": "bottom"}
    ax.annotate(text.replace("-", "−"), (x, y), ha="right" if left else "left", fontsize=9, color=INK, **place)


def draw_outcomes(ax: Axes, curve: OfferCurve) -> None:
    """Draw the probability of each outcome against the number, named at the ends of the lines."""
    ends = []
    for k, (name, row) in enumerate(curve.outcomes):
        ax.plot(curve.numbers, row, color=line_colour(k), linewidth=1.6, linestyle=DASHES[k % len(DASHES)])
        ends.append(LineEnd(curve.numbers[-1], row[-1], name, line_colour(k)))
    for x in curve.chosen:
        ax.axvline(x, color=INK, linewidth=0.8, linestyle=":", zorder=1)
    ax.margins(x=0)
    ax.tick_params(labelsize=SMALL)
    ax.set_ylim(-0.04, 1.04)
    ax.set_ylabel("probability", fontsize=9)
    ax.set_xlabel(curve.variable, fontsize=9, parse_math=False)
    name_ends(ax, ends)


def draw_schedule(ax: Axes, answer: ContinuumEquilibrium, name: str, schedule: Schedule, ends: Any) -> None:
    """Draw what each type chooses against the type."""
    player = answer.game.variables[name].player
    colour = player_styles(answer.game.players)[answer.game.players.index(player)].colour if player else INK
    for low, high, value in schedule.pieces:
        begin, stop = (min(max(float(exact_or_float(end)), ends[0]), ends[1]) for end in (low, high))
        if begin < stop:
            xs = np.linspace(begin, stop, POINTS if callable(value) or getattr(value, "free_symbols", None) else 2)
            inside = np.clip(xs, begin + 1e-9 * (stop - begin), stop - 1e-9 * (stop - begin))
            ax.plot(xs, [float(exact_or_float(schedule(x))) for x in inside.tolist()], color=colour, linewidth=WIDTH)
    for x in (float(exact_or_float(cut)) for cut in schedule.cutoffs):
        ax.axvline(x, color=INK, linewidth=0.8, linestyle=":", zorder=1)
    ax.set_xlim(*ends)
    ax.margins(y=0.12)
    ax.tick_params(labelsize=SMALL)
    ax.set_xlabel(schedule.variable, fontsize=9, parse_math=False)
    ax.set_ylabel(name, fontsize=9, parse_math=False)
    ax.set_title(f"{player} chooses {name} by its type", loc="left", fontsize=9.5, color=INK, parse_math=False)
