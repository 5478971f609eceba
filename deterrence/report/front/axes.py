"""How the figures of a brief draw a parameter: deniability grows to the right, and meanings stand on the axes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from deterrence.analysis.answers.regions import Regions
from deterrence.analysis.answers.trends import Trend
from deterrence.games.game import Game
from deterrence.report.sections.asking import Asking
from deterrence.report.sections.axes import turned

WIDE, SMALL, LARGE = (6.6, 4.2), (3.6, 2.4), (6.6, 4.8)


def drawn_map(asking: Asking, regions: Regions, size: tuple[float, float] = WIDE) -> Callable[[], Any]:
    """Return a function that draws a map of regions for a brief."""

    def draw() -> Any:
        from deterrence.plot.canvas import axes_or_new, figure_of

        ax = axes_or_new(None, *size, layout="constrained")
        regions.plot(ax=ax, point=None)  # so that labels take their room before names are placed
        figure_of(ax).draw_without_rendering()
        ax.clear()
        regions.plot(ax=ax, point="now")
        turn(ax, asking.game, *(name for name, _ in regions.axes))
        return ax

    return draw


def drawn_along(
    asking: Asking, trend: Trend, size: tuple[float, float] = SMALL, *, whole: bool = False
) -> Callable[[], Any]:
    """Return a function that draws one measure along a parameter, or all of them where ``whole``."""

    def draw() -> Any:
        from deterrence.plot.canvas import axes_or_new

        ax = axes_or_new(None, *size, layout="constrained")
        ax.spines[["top", "right"]].set_visible(False)
        trend.sweep.plot(None if whole else trend.measure, ax=ax)
        ax.axvline(float(asking.game.values[trend.parameter]), color="0.4", linewidth=0.8, linestyle=(0, (2, 2)))
        turn(ax, asking.game, trend.parameter)
        return ax

    return draw


def turn(ax: Any, game: Game, across: str, upwards: str = "") -> None:
    """Turn axes on which less is more: less proof is more deniability."""
    if across in turned(game):
        _move_names(ax)
        ax.set_xlim(*sorted(ax.get_xlim(), reverse=True))
        ax.set_xlabel(f"{ax.get_xlabel()}\n{turned(game)[across]} →")
    if upwards in turned(game):
        ax.invert_yaxis()


def _move_names(ax: Any) -> None:
    """Let names that stand beyond the right end stand beyond the left one, and the scale on the right."""
    beyond = [text for text in ax.texts if text.get_position()[0] > max(ax.get_xlim())]
    for text in beyond:
        text.set_horizontalalignment("right")
        text.set_text(f"{text.get_text().strip()} ")
    if beyond:
        ax.yaxis.tick_right()
        ax.yaxis.set_label_position("right")
        ax.spines["left"].set_visible(False)
        ax.spines["right"].set_visible(True)
