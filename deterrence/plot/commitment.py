"""A leader's payoff along the mixtures that it may commit to, with the follower's replies marked."""

from __future__ import annotations

from textwrap import shorten
from typing import TYPE_CHECKING, Any

from deterrence.errors import MethodError
from deterrence.plot.canvas import axes_or_new
from deterrence.plot.palette import FAINT, INK, LOW_TINT, QUIET, line_colour

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SIZE = (6.6, 4.0)
LONGEST_NAME = 28
NARROW = 0.08
"""A reply that is best on a shorter stretch is named by its leader line's side alone."""


def plot_commitment(answer: Any, ax: Axes | None = None) -> Axes:
    """Draw the leader's payoff along the probability of its first action, reply by reply.

    Parameters
    ----------
    answer
        What :func:`deterrence.commitment` returned, for a leader who chooses once between two actions.
    ax
        Where to draw; by default new axes.

    Returns
    -------
    Axes
        The axes drawn on. Where the follower changes its reply the payoff jumps: a full dot is what the leader gets if
        the follower breaks the tie for it, an open one if against it. The dashed line, or the band, is what the leader
        gets in the game as it is.

    Raises
    ------
    MethodError
        If the leader has another choice than one between two actions.
    """
    if not answer.along:
        raise MethodError(
            f"The picture is for a leader who chooses once between two actions and may mix them; {answer.leader} in "
            f"{answer.game.name!r} is not asked so. Print the answer instead."
        )
    ax = axes_or_new(ax, *SIZE, layout="constrained")
    colour = line_colour(answer.game.players.index(answer.leader))
    for _, low, high in answer.along:
        ax.plot(
            *zip(_point(low), _point(high), strict=True), color=colour, linewidth=2.0, zorder=3, solid_capstyle="butt"
        )
    _mark_as_it_is(ax, answer)
    _mark_changes(ax, answer, colour)
    _mark_best(ax, answer, colour)
    _name_replies(ax, answer)
    (mixture,) = answer.strong.strategy.values()
    ax.set_xlim(-0.02, 1.02)
    ax.margins(y=0.14)
    ax.set_xlabel(f"probability of {next(iter(mixture))!r} to which {answer.leader} commits")
    ax.set_ylabel(f"payoff of {answer.leader}")
    ax.spines[["top", "right"]].set_visible(False)
    return ax


def _point(pair: tuple[Any, Any]) -> tuple[float, float]:
    return float(pair[0]), float(pair[1])


def _mark_as_it_is(ax: Axes, answer: Any) -> None:
    if answer.uncommitted is None:
        return
    low, high = map(float, answer.uncommitted)
    if low != high:
        ax.axhspan(low, high, color=LOW_TINT, alpha=0.5, linewidth=0, zorder=0.5)
    for value in {low, high}:
        ax.axhline(value, color=QUIET, linewidth=1.0, linestyle=(0, (5, 3)), zorder=1)
    ax.annotate(
        "without commitment",
        (1.0, high),
        xytext=(0, 3),
        textcoords="offset points",
        ha="right",
        va="bottom",
        fontsize=8,
        color=QUIET,
        zorder=4,
    )


def _mark_changes(ax: Axes, answer: Any, colour: str) -> None:
    """Mark where the follower changes its reply, by a dotted line with a full and an open dot."""
    ends: dict[Any, set[Any]] = {}
    for _, low, high in answer.along:
        for place, value in (low, high):
            ends.setdefault(place, set()).add(value)
    for place, values in ends.items():
        if 0 < place < 1:
            ax.axvline(float(place), color=FAINT, linewidth=0.9, linestyle=":", zorder=1)
        if len(values) > 1:
            x, bottom, top = float(place), float(min(values)), float(max(values))
            ax.plot([x, x], [bottom, top], color=colour, linewidth=0.8, linestyle=":", zorder=2)
            ax.plot(x, top, "o", color=colour, markersize=6, zorder=5)
            ax.plot(x, bottom, "o", color=colour, markerfacecolor="white", markersize=6, zorder=5)


def _mark_best(ax: Axes, answer: Any, colour: str) -> None:
    (mixture,) = answer.strong.strategy.values()
    place, value = float(next(iter(mixture.values()))), float(answer.value[1])
    ax.plot(place, value, "o", color=colour, markersize=9, markeredgecolor=INK, zorder=6)
    side = "left" if place < 0.5 else "right"
    shift = 10 if place < 0.5 else -10
    ax.annotate(
        "best commitment",
        (place, value),
        xytext=(shift, 6),
        textcoords="offset points",
        ha=side,
        va="bottom",
        fontsize=9,
        color=INK,
        zorder=6,
    )


def _name_replies(ax: Axes, answer: Any) -> None:
    """Name the follower's replies above the stretches where they are best; stretches of one place are left out."""
    (follower,) = (player for player in answer.game.players if player != answer.leader)
    begin = f"{follower}: "
    for words, low, high in answer.along:
        width = float(high[0] - low[0])
        if width > 0:
            name, begin = begin + shorten(words, LONGEST_NAME, placeholder=" …"), ""
            ax.annotate(
                name,
                ((float(low[0]) + float(high[0])) / 2, 1.0),
                xycoords=ax.get_xaxis_transform(),
                xytext=(0, 4),
                textcoords="offset points",
                ha="center",
                va="bottom",
                rotation=0 if width > NARROW else 45,
                fontsize=9,
                color=INK,
            )
