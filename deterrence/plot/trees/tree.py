"""A game's tree as a drawing, with an equilibrium on it where one is given."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from itertools import accumulate
from typing import TYPE_CHECKING

from deterrence.errors import GameError, ValueKindError
from deterrence.games.expression import show_number
from deterrence.games.game import Game
from deterrence.plot.canvas import axes_in_points, size_in_points
from deterrence.plot.lettering import Font, extent, wrapped_title
from deterrence.plot.palette import INK
from deterrence.plot.trees.drawing import AxesPen, Drawing
from deterrence.plot.trees.labels import NARROW, WIDE, Labels, Words, label
from deterrence.plot.trees.layout import PAD, Layout, arrange
from deterrence.plot.trees.svg import SvgPen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.axes import Axes

    from deterrence.answers.solution import Equilibrium
    from deterrence.games.form import ExtensiveForm

Size = tuple[float, float]

MOST_ENDS = 64
"""More ends than this are not drawn, whatever the axes."""
LARGEST: Size = (2000.0, 2600.0)
"""Greatest width and height of a new drawing, in points."""
LEAST_SCALE = 0.45
"""Smallest size of the letters on given axes, as a part of their full size."""
GOOD_SCALE = 0.85
"""Below this, long texts are wrapped more narrowly if that makes the letters larger."""
TITLE = Font(11.0)
LEAST_TITLE = 0.75
NEW_LINE = "\n"


@dataclass(frozen=True, slots=True)
class _Sketch:
    """A tree labelled and arranged down to a depth, and the scale at which it fits."""

    labels: Labels
    layout: Layout
    depth: int
    scale: float


def plot_tree(
    game: Game, equilibrium: Equilibrium | None = None, *, ax: Axes | None = None, values: bool = False, title: str = ""
) -> Axes:
    """Draw a game's tree from left to right, its payoffs in a column for each player.

    Moves carry their player's colour and marker, draws of chance an open diamond; nodes that a player
    cannot tell apart are joined by a dashed line, their information label written once; nodes that cannot stand
    below each other carry it each. A tree that would
    be too small to read is drawn to a depth, and the title says so.

    Parameters
    ----------
    game
        The game.
    equilibrium
        One of its equilibria. The path of play is then drawn heavy, what would be played where play does
        not come of medium weight, so that threats show, and mixed actions carry their probabilities.
    ax
        Where to draw; by default new axes as large as the tree needs. Text is fitted to the axes' present
        size, so settle the figure's size and layout first.
    values
        Whether to write payoffs and probabilities as numbers, not as expressions in parameters.
    title
        What stands above it; by default the game's name and what the equilibrium is called.

    Returns
    -------
    Axes
        The axes drawn on.

    Raises
    ------
    ValueKindError
        If what is given is no game.
    GameError
        If the equilibrium belongs to a game with another tree.

    Examples
    --------
    >>> import deterrence as dt
    >>> from deterrence.plot import plot_tree
    >>> chicken = dt.bimatrix([[3, 2], [4, 1]], [[3, 4], [2, 1]], name="chicken")
    >>> plot_tree(chicken).get_title(loc="left")
    'chicken'
    """
    _check(game, equilibrium)
    return drawn_tree(game, equilibrium, ax, values, title)


def drawn_tree(
    game: Game,
    equilibrium: Equilibrium | None,
    ax: Axes | None,
    values: bool,
    title: str,
    struck: Mapping[int, int] | None = None,
) -> Axes:
    """Draw a tree as :func:`plot_tree` does, the branches that lead to some nodes struck and numbered."""
    sketch = _fitting(game, equilibrium, values, size_in_points(ax) if ax is not None else None, struck)
    layout, title = sketch.layout, _titled(game, equilibrium, sketch, title)
    if ax is None:
        ax = axes_in_points(layout.width, layout.height, extent(title, TITLE)[1])
    ax.set_title(
        title,
        loc="left",
        fontsize=TITLE.size * max(sketch.scale, LEAST_TITLE),
        color=INK,
        parse_math=False,
    )
    Drawing(AxesPen(ax, sketch.scale), game.form, sketch.labels, layout).draw()
    ax.set(xlim=(0, layout.width), ylim=(layout.height, 0))
    ax.set_axis_off()
    return ax


def size_of_tree(game: Game, equilibrium: Equilibrium | None, values: bool) -> Size:
    """Return the width and height in points of a tree that is drawn on new axes."""
    layout = _fitting(game, equilibrium, values, None).layout
    return layout.width, layout.height


def _check(game: Game, equilibrium: Equilibrium | None) -> None:
    if not isinstance(game, Game):
        raise ValueKindError(f"A tree is drawn of a Game, such as a function under @game makes; got {game!r}.")
    if equilibrium is not None:
        check_same_tree(game, equilibrium, " Draw it on its own game: plot_tree(equilibrium.game, equilibrium).")


def check_same_tree(game: Game, equilibrium: Equilibrium, hint: str = "") -> None:
    """Refuse an equilibrium of a game with another tree.

    Raises
    ------
    GameError
        If the trees differ.
    """
    mine, theirs = game.form, equilibrium.game.form
    if (mine.parent, mine.labels, mine.infoset_of) != (theirs.parent, theirs.labels, theirs.infoset_of):
        raise GameError(
            f"The equilibrium belongs to the game {equilibrium.game.name!r}, whose tree is not that of "
            f"{game.name!r}.{hint}"
        )


def _titled(game: Game, equilibrium: Equilibrium | None, sketch: _Sketch, title: str = "") -> str:
    """Return the title of a drawn tree, which says where the tree is cut."""
    full, title = max(game.form.ends_depths), title or title_of(game, equilibrium)
    title += "" if sketch.depth == full else f" (drawn to depth {sketch.depth} of {full})"
    return wrapped_title(title, sketch.layout.width)


def title_of(game: Game, equilibrium: Equilibrium | None) -> str:
    """Return the game's name and what the equilibrium is called."""
    if equilibrium is None:
        return game.name
    varying = " (one of a set)" if equilibrium.free_list else ""
    return f"{game.name}: {equilibrium.name}{varying}"


# -- how much of the tree fits ----------------------------------------------------------------------


def _fitting(
    game: Game,
    equilibrium: Equilibrium | None,
    values: bool,
    size: Size | None,
    struck: Mapping[int, int] | None = None,
) -> _Sketch:
    """Return the deepest sketch whose letters can be read, in a size in points or without one."""
    depth = readable_depth(game.form)
    while True:
        sketch = _sketch(game, equilibrium, values, size, depth, struck)
        if depth <= 1 or sketch.scale >= (1.0 if size is None else LEAST_SCALE):
            return sketch
        # Width grows about in proportion to depth, so the depth that would fit is a good next guess.
        most = (LARGEST[0] if size is None else size[0] / LEAST_SCALE) / sketch.layout.width
        depth = max(1, min(depth - 1, int(depth * most) + 1))


def _sketch(
    game: Game,
    equilibrium: Equilibrium | None,
    values: bool,
    size: Size | None,
    depth: int,
    struck: Mapping[int, int] | None,
) -> _Sketch:
    sketches: list[_Sketch] = []
    for wraps in (WIDE, NARROW):
        labels = label(game, equilibrium, depth, values, wraps, struck)
        layout = arrange(labels)
        width, height = size or LARGEST
        scale = min(1.0, width / layout.width, height / layout.height)
        sketches.append(_Sketch(labels, layout, depth, scale))
        if size is None or scale >= GOOD_SCALE:
            break
    return max(sketches, key=lambda sketch: sketch.scale)


def readable_depth(form: ExtensiveForm) -> int:
    """Return the greatest depth at which no more ends show than can be read; at least one."""
    return depth_with_ends(form, MOST_ENDS)


def depth_with_ends(form: ExtensiveForm, most: int) -> int:
    """Return the greatest depth at which no more than so many ends show; at least one."""
    level = [0] * form.size
    for node in range(1, form.size):
        level[node] = level[form.parent[node]] + 1
    full = max(level)
    # A tree cut at a depth shows the ends above the cut, and one stub for each inner node at it.
    ends, inner = [0] * (full + 1), [0] * (full + 1)
    for node in range(form.size):
        (inner if form.children[node] else ends)[level[node]] += 1
    shown = [above + cut for above, cut in zip(accumulate(ends), inner, strict=True)]
    return max([depth for depth in range(full + 1) if shown[depth] <= most] + [min(1, full)])


# -- as SVG -----------------------------------------------------------------------------------------


def tree_as_svg(
    game: Game,
    equilibrium: Equilibrium | None = None,
    *,
    values: bool = False,
    description: str = "",
    more: str = "",
) -> str:
    """Return a game's tree as one SVG element, whose letters are text.

    Parameters
    ----------
    game, equilibrium, values
        As for :func:`plot_tree`.
    description
        What the drawing shows, for those who cannot see it.
    more
        Further attributes of the element.

    Returns
    -------
    str
        The element.

    Raises
    ------
    ValueKindError
        If what is given is no game.
    GameError
        If the equilibrium belongs to a game with another tree.
    """
    _check(game, equilibrium)
    sketch = _fitting(game, equilibrium, values, None)
    title, pen = _titled(game, equilibrium, sketch), SvgPen()
    head = Words(title, TITLE)
    above = extent(title, TITLE)[1] + PAD
    Drawing(pen, game.form, sketch.labels, sketch.layout).draw()
    pen.write(head, (0, -PAD), (0, 0), ha="left", va="bottom")
    described = f"<title>{escape(title.replace(NEW_LINE, ' '))}</title>"
    described += f"<desc>{escape(description)}</desc>" if description else ""
    size = sketch.layout.width + 2 * PAD, sketch.layout.height + above + PAD
    return pen.element(*size, described, more, corner=(-PAD, -above))


# -- for notebooks ----------------------------------------------------------------------------------


def tree_as_html(game: Game) -> str:
    """Return a game as a piece of HTML: its tree as an inline SVG, and the table of its parameters.

    Parameters
    ----------
    game
        The game.

    Returns
    -------
    str
        HTML that needs nothing else: no script, no style sheet, no font.

    Raises
    ------
    ValueKindError
        If what is given is no game.

    Examples
    --------
    >>> import deterrence as dt
    >>> from deterrence.plot import tree_as_html
    >>> chicken = dt.bimatrix([[3, 2], [4, 1]], [[3, 4], [2, 1]], name="chicken")
    >>> "<svg" in tree_as_html(chicken)
    True
    """
    parts = [tree_as_svg(game, more=' style="max-width:100%;height:auto"')]
    if game.caption:
        parts.append(f"<p>{escape(game.caption.split(chr(10) * 2)[0])}</p>")
    if game.parameter_list:
        parts.append(_parameter_table(game))
    if game.assumptions:
        parts.append(f"<p>Assumed: {escape(', '.join(map(str, game.assumptions)))}</p>")
    return f'<div style="background:white;color:{INK};padding:0.5em">{"".join(parts)}</div>'


def _parameter_table(game: Game) -> str:
    def row(tag: str, *cells: str) -> str:
        style = 'style="text-align:left;padding-right:1em"'
        return f"<tr>{''.join(f'<{tag} {style}>{escape(cell)}</{tag}>' for cell in cells)}</tr>"

    declared = any(p.plausible for p in game.parameter_list)
    rows = (
        row(
            "td",
            *(p.name, show_number(p.value), p.range, p.meaning),
            *((p.plausible_range, p.why) if declared else ()),
        )
        for p in game.parameter_list
    )
    head = row("th", "parameter", "value", "range", "meaning", *(("plausible", "why") if declared else ()))
    return f"<table><thead>{head}</thead><tbody>{''.join(rows)}</tbody></table>"
