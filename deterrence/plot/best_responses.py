"""Best responses in the square of probabilities, and the equilibria at which they meet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.patches import Rectangle

from deterrence.answers.best_responses import BestResponses, Meeting
from deterrence.games.expression import show_number
from deterrence.games.kinds import checked_game
from deterrence.games.strategic_form import StrategicForm
from deterrence.plot.canvas import axes_or_new, figure_of, size_in_points
from deterrence.plot.lettering import letters_along, wrapped
from deterrence.plot.line_names import NamedLine, name_along
from deterrence.plot.palette import INK, PlayerStyle, player_styles

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from deterrence.games.game import Game

SIZE = (5.4, 5.2)
DASHES: tuple[Any, ...] = ("-", (0, (5, 2)))
ROOM = 0.1
"""What is left free around the square, for names beside its corners."""
SQUARE = (np.array([0.0, 1.0, 1.0, 0.0, 0.0]), np.array([0.0, 0.0, 1.0, 1.0, 0.0]))
HEAVY = 7.0
LETTERS = 22
RADIUS = 0.022
"""Of the ring around a dot beside which its name stands."""
APART = 0.09
"""A tie nearer than this to an end of its axis has no tick of its own."""


def plot_best_responses(game: Game | StrategicForm, *, ax: Axes | None = None) -> Axes:
    """Draw each player's best responses in a game of two strategies each, and the equilibria where they meet.

    To the right runs the probability with which the first player plays its first strategy, upwards that of the
    second player. A player's line shows what is best against every mixture of the other's; a player to whom both
    strategies are worth the same throughout has the whole square. Where the lines meet neither gains by deviating:
    every Nash equilibrium is a dot with its name, or a heavy line where there are infinitely many.

    Parameters
    ----------
    game
        The game, with two players who have two strategies each, or its strategic form. What is drawn is for the
        present parameter values; ``game.at(…)`` gives others.
    ax
        Where to draw; by default new axes.

    Returns
    -------
    Axes
        The axes drawn on.

    Raises
    ------
    ValueKindError
        If what is given is no game.
    MethodError
        If the game has not two players with two strategies each.

    References
    ----------
    Osborne, M. J. (2004). *An introduction to game theory*. Oxford University Press. Section 4.3.

    Examples
    --------
    >>> import deterrence as dt
    >>> chicken = dt.bimatrix([[3, 2], [4, 1]], [[3, 4], [2, 1]], name="chicken")
    >>> ax = dt.plot_best_responses(chicken)
    >>> sorted(text.get_text() for text in ax.texts)[:3]
    ["Column's best response", "Row's best response", 'mixed: 0.5, 0.5']
    """
    answer = BestResponses.of(game.game if isinstance(game, StrategicForm) else checked_game(game))
    given, ax = ax, axes_or_new(ax, *SIZE, layout="constrained")
    _frame(ax, answer)
    if given is None:
        figure_of(ax).draw_without_rendering()
    styles = player_styles(answer.game.players)
    names = [_draw_line(ax, answer, i, style) for i, style in enumerate(styles)]
    dots = [_draw_meeting(ax, meeting) for meeting in answer.equilibria]
    left_out = name_along(ax, [*(dot for dot in dots if dot is not None), *names], [SQUARE])
    if left_out:
        ax.set_title("\n".join([ax.get_title(), wrapped("not named: " + "; ".join(left_out), 60)]), fontsize=9)
    return ax


def _frame(ax: Axes, answer: BestResponses) -> None:
    """Set limits, ticks at ties, and what the axes mean."""
    ax.set(xlim=(-ROOM, 1 + ROOM), ylim=(-ROOM, 1 + ROOM), aspect="equal")
    ax.set_title(answer.game.name, fontsize=10, parse_math=False)
    letters = letters_along(size_in_points(ax)[0])
    labels = [
        wrapped(f"probability that {player} plays {pair[0]!r}", letters)
        for player, pair in zip(answer.game.players, answer.strategies, strict=True)
    ]
    ax.set_xlabel(labels[0], parse_math=False)
    ax.set_ylabel(labels[1], parse_math=False)
    for axis, line in ((ax.xaxis, answer.lines[1]), (ax.yaxis, answer.lines[0])):
        ties = {place: show_number(place) for _, place in line if APART < place < 1 - APART}
        ticks = {0: "0", **ties, 1: "1"}
        axis.set_ticks([float(tick) for tick in ticks], list(ticks.values()))
    ax.add_patch(Rectangle((0, 0), 1, 1, facecolor="none", edgecolor="#D0D0D0", linewidth=0.7, zorder=1))
    ax.spines[:].set_visible(False)
    ax.tick_params(length=0)


def _draw_line(ax: Axes, answer: BestResponses, i: int, style: PlayerStyle) -> NamedLine:
    """Draw a player's best responses, and return what is to be named."""
    name = wrapped(f"{answer.game.players[i]}'s best response", LETTERS)
    places = answer.places[i]
    if not places:
        hatch = ("//", "\\\\")[i]
        patch = Rectangle((0, 0), 1, 1, facecolor="none", edgecolor=style.colour, hatch=hatch, alpha=0.35, linewidth=0)
        ax.add_patch(patch)
        side = np.array([0.0, 1.0])
        return NamedLine(f"{name}:\nanything", side, 1 - side, style.colour, over=False)
    xs, ys = (np.array([float(place[axis]) for place in places]) for axis in (0, 1))
    look: dict[str, Any] = {"linestyle": DASHES[i], "dash_capstyle": "butt", "solid_capstyle": "projecting"}
    ax.plot(xs, ys, color=style.colour, linewidth=2.4, zorder=3 + i / 10, clip_on=False, **look)
    return NamedLine(name, xs, ys, style.colour, over=False)


def _draw_meeting(ax: Axes, meeting: Meeting) -> NamedLine | None:
    """Draw a dot, or a heavy line or area where there are infinitely many equilibria; return what is to be named."""
    (left, right), (low, high) = ([float(end) for end in span] for span in (meeting.x, meeting.y))
    if meeting.is_point:
        ax.plot([left], [low], "o", markersize=9, color=INK, clip_on=False, zorder=5)
        turns = np.linspace(0, 2 * np.pi, 17)
        return NamedLine(meeting.name, left + RADIUS * np.cos(turns), low + RADIUS * np.sin(turns), INK, over=False)
    if left == right or low == high:
        ax.plot([left, right], [low, high], color=INK, linewidth=HEAVY, alpha=0.75, clip_on=False, zorder=4)
        return NamedLine(meeting.name, np.array([left, right]), np.array([low, high]), INK, HEAVY, over=False)
    ax.add_patch(Rectangle((left, low), right - left, high - low, facecolor=INK, alpha=0.15, linewidth=0, zorder=2))
    return None
