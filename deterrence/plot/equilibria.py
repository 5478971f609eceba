"""Equilibria on their game: a tree with the path of play, or a table with the cells that are played."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from deterrence.errors import ParameterError
from deterrence.plot.canvas import axes_at, figure_of
from deterrence.plot.continuum.equilibria import parts_of, plot_plays
from deterrence.plot.lettering import extent, wrapped_title
from deterrence.plot.palette import QUIET
from deterrence.plot.tables import TITLE, Table, is_table, plot_table
from deterrence.plot.trees.tree import plot_tree, size_of_tree, title_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from deterrence.answers.solution import Equilibrium, Solution
    from deterrence.games.game import Game

MOST = 6
"""Equilibria drawn on one figure."""
WIDEST = 1000.0
"""Points: a drawing that would end farther right begins a new line."""
MARGIN = 12.0


def plot_equilibrium(equilibrium: Equilibrium, *, ax: Axes | None = None, values: bool = False) -> Axes:
    """Draw an equilibrium on its game: the path of play on the tree, or the cells played in a table of two players.

    Parameters
    ----------
    equilibrium
        The equilibrium.
    ax
        Where to draw; by default new axes as large as the drawing needs.
    values
        Whether to write payoffs and probabilities as numbers, not as expressions in parameters.

    Returns
    -------
    Axes
        The axes drawn on.
    """
    return _draw(equilibrium.game, equilibrium, ax, values)


def _draw(game: Game, equilibrium: Equilibrium | None, ax: Axes | None, values: bool, more: str = "") -> Axes:
    title = title_of(game, equilibrium) + more
    draw = plot_table if is_table(game) else plot_tree
    return draw(game, equilibrium, ax=ax, values=values, title=title)


def plot_solution(solution: Solution, *, ax: Axes | None = None, values: bool = False) -> Axes:
    """Draw every equilibrium of a solution on its game, up to six; the game alone where there is none.

    Parameters
    ----------
    solution
        What :func:`deterrence.solve` returned.
    ax
        Where to draw, for a single equilibrium; by default a new figure with one drawing for each.
    values
        Whether to write payoffs and probabilities as numbers, not as expressions in parameters.

    Returns
    -------
    Axes
        The axes drawn on, the first where there are several.

    Raises
    ------
    ParameterError
        If several equilibria should share axes.
    """
    equilibria = solution.listed[:MOST]
    if not equilibria:
        words = solution.number_in_words
        return _draw(solution.game, None, ax, values, f": {words[0].lower()}{words[1:]}")
    if len(equilibria) == 1:
        if solution.game.has_continuum:
            return equilibria[0].plot(ax, values=values)
        return _draw(solution.game, equilibria[0], ax, values)
    if ax is not None:
        raise ParameterError(
            f"The {solution.count:,} equilibria cannot share axes. Draw one, such as solution[0].plot(ax=ax), or leave "
            "out ax."
        )
    if solution.game.has_continuum and any(parts_of(each) for each in equilibria):  # type: ignore[arg-type]  # its kind
        return plot_plays(solution)
    return _draw_all(solution, equilibria, values)


def _draw_all(solution: Solution, equilibria: Sequence[Equilibrium], values: bool) -> Axes:
    """Draw equilibria beside each other where they fit, else below each other."""
    game, count = solution.game, solution.count
    mores = [f" ({k}\xa0of\xa0{count:,})" for k in range(1, len(equilibria) + 1)]
    sizes = [
        _size(game, equilibrium, values, title_of(game, equilibrium) + more)
        for equilibrium, more in zip(equilibria, mores, strict=True)
    ]
    panels = axes_at(_flow(sizes))
    for panel, equilibrium, more in zip(panels, equilibria, mores, strict=True):
        _draw(game, equilibrium, panel, values, more)
    if len(equilibria) < count:
        note = f"the first {len(equilibria)} of {count:,} are drawn"
        style: dict[str, Any] = {"ha": "left", "va": "bottom", "fontsize": 8.5, "color": QUIET, "style": "italic"}
        figure_of(panels[0]).text(0.01, 0.005, note, **style)
    return panels[0]


def _size(game: Game, equilibrium: Equilibrium, values: bool, title: str) -> tuple[float, float, float]:
    """Return the width and height that a drawing needs in points, and the height of its title."""
    table = is_table(game)
    width, height = Table(game, equilibrium, values).size if table else size_of_tree(game, equilibrium, values)
    return width, height, extent(wrapped_title(title, width), TITLE)[1]


def _flow(sizes: Sequence[tuple[float, float, float]]) -> list[tuple[float, float, float, float]]:
    """Return boxes of some sizes in lines: left, top, width and height, with room for titles."""
    boxes, x, top, bottom = [], MARGIN, MARGIN, MARGIN
    for width, height, title in sizes:
        if x > MARGIN and x + width > WIDEST:
            x, top = MARGIN, bottom
        boxes.append((x, top + title + MARGIN / 2, width, height))
        x += width + 2 * MARGIN
        bottom = max(bottom, top + title + height + 2 * MARGIN)
    return boxes
