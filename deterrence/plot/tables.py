"""A simultaneous game of two players as a table of payoffs, with the cells that an equilibrium plays."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, product
from typing import TYPE_CHECKING, Any

from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from deterrence.games.expression import show_number
from deterrence.plot.canvas import axes_in_points, size_in_points
from deterrence.plot.lettering import Font, extent, value_in_words, wrapped, wrapped_formula, wrapped_title
from deterrence.plot.palette import FAINT, INK, LOW_TINT, QUIET, player_styles
from deterrence.plot.trees.labels import ACTION, NAME, NOTE, PLAYED, Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from deterrence.answers.solution import Equilibrium
    from deterrence.games.game import Game

PAD = 7.0
GAP = 12.0
"""Between the payoffs in a cell."""
MOST = 12
"""Of a player with more actions than this, those that are played are shown, and others up to this number."""
LEAST_SCALE = 0.45
TITLE = Font(11.0)
LOWER = 2.5
BADGE = 14.0
"""The room for the number of a struck row or column."""
LETTERS = 20
Key = tuple[int, int]


def is_table(game: Game) -> bool:
    """Tell whether a game is one simultaneous move of two players."""
    return game.form.simultaneous and len(game.form.nodes_of) == 2


@dataclass(frozen=True)
class Table:
    """What is written in a payoff table, and how much room it needs."""

    game: Game
    equilibrium: Equilibrium | None
    values: bool
    struck: tuple[tuple[int, int], ...] = ()

    @cached_property
    def shown(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The rows and the columns that are shown, as positions of actions."""
        first, second = (self._shown(h) for h in (0, 1))
        return first, second

    def _shown(self, h: int) -> tuple[int, ...]:
        number = len(self.game.form.actions_of[h])
        played = [a for a in range(number) if self.chance(h, a)]
        rest = [a for a in range(number) if a not in played]
        return tuple(sorted([*played, *rest[: max(0, MOST - len(played))]]))

    def chance(self, h: int, a: int) -> Any:
        """Return the probability of a row or column; zero where no equilibrium is given."""
        return self.equilibrium.behaviour[h][a] if self.equilibrium is not None else 0

    @cached_property
    def cells(self) -> dict[Key, tuple[Words, ...]]:
        """The payoffs in each cell that is shown, in the players' colours."""
        form, styles = self.game.form, player_styles(self.game.players)
        payoffs = self.game.numbers[0] if self.values else form.payoffs
        words: dict[Key, tuple[Words, ...]] = {}
        for node, below in enumerate(form.children):
            if not below:
                row, column = (branch for _, branch in form.path(node))
                font = PLAYED if self.is_played((row, column)) else ACTION
                texts = [wrapped_formula(value_in_words(value), LETTERS) for value in payoffs[node]]
                words[row, column] = tuple(Words(t, font, s.colour) for t, s in zip(texts, styles, strict=True))
        return {key: words[key] for key in product(*self.shown)}

    def is_played(self, key: Key) -> bool:
        """Tell whether a cell is reached with a probability above zero."""
        return bool(self.chance(0, key[0]) and self.chance(1, key[1]))

    def head(self, h: int, a: int) -> tuple[Words, ...]:
        """Return a row's or column's action, and below it its probability where it is mixed."""
        chance = self.chance(h, a)
        colour = INK if (chance or self.equilibrium is None) and (h, a) not in self.struck else QUIET
        action = Words(wrapped(self.game.form.actions_of[h][a], LETTERS), PLAYED if chance else ACTION, colour)
        return (action, Words(show_number(chance), PLAYED, INK)) if 0 < chance < 1 else (action,)

    def chooser(self, h: int) -> Words:
        """Return the name of the player who chooses rows or columns."""
        player = self.game.form.player_of[h]
        return Words(wrapped(self.game.players[player], LETTERS), NAME, player_styles(self.game.players)[player].colour)

    @cached_property
    def note(self) -> Words:
        """What is left out."""
        left_out = [
            f"{hidden} more of {self.game.players[self.game.form.player_of[h]]}"
            for h in (0, 1)
            if (hidden := len(self.game.form.actions_of[h]) - len(self.shown[h]))
        ]
        return Words(f"not shown, since not played: {' and '.join(left_out)}" if left_out else "", NOTE, QUIET)

    # -- room, in points ------------------------------------------------------------------------------

    @cached_property
    def left(self) -> tuple[float, float]:
        """Where the row player's name and the row heads end."""
        name = _size((self.chooser(0),))[0] + 2 * PAD
        return name, name + max(_size(self.head(0, a))[0] for a in self.shown[0]) + 2 * PAD

    @cached_property
    def top(self) -> tuple[float, float]:
        """Where the column player's name and the column heads end, from the top."""
        name = _size((self.chooser(1),))[1] + PAD
        return name, name + max(_size(self.head(1, a))[1] for a in self.shown[1]) + PAD

    @cached_property
    def xs(self) -> list[float]:
        """The borders of the columns."""
        widths = [max(_beside(self.cells[row, a]) for row in self.shown[0]) for a in self.shown[1]]
        wide = [max(w, _size(self.head(1, a))[0]) + 3 * PAD for w, a in zip(widths, self.shown[1], strict=True)]
        return list(accumulate(wide, initial=self.left[1]))

    @cached_property
    def ys(self) -> list[float]:
        """The borders of the rows, from the top."""
        heights = [
            max(extent(words.text, words.font)[1] for column in self.shown[1] for words in self.cells[a, column])
            for a in self.shown[0]
        ]
        high = [max(h, _size(self.head(0, a))[1]) + 2 * PAD for h, a in zip(heights, self.shown[0], strict=True)]
        return list(accumulate(high, initial=self.top[1]))

    @property
    def size(self) -> tuple[float, float]:
        """The width and height of the whole."""
        width, height = _size((self.note,)) if self.note.text else (0.0, 0.0)
        beyond = BADGE + PAD if self.struck else 0.0
        return max(self.xs[-1] + beyond, width) + PAD, self.ys[-1] + beyond + PAD + height


def _size(words: tuple[Words, ...]) -> tuple[float, float]:
    """Return the width and height of texts below each other."""
    sizes = [extent(w.text, w.font) for w in words]
    return max(width for width, _ in sizes), sum(height for _, height in sizes)


def _beside(words: tuple[Words, ...]) -> float:
    """Return the width of texts beside each other."""
    return sum(extent(w.text, w.font)[0] for w in words) + GAP * (len(words) - 1)


def plot_table(
    game: Game,
    equilibrium: Equilibrium | None = None,
    *,
    ax: Axes | None = None,
    values: bool = False,
    title: str = "",
    struck: Sequence[tuple[int, int]] = (),
) -> Axes:
    """Draw a simultaneous game of two players as a table, the cells that are played heavy and tinted.

    Parameters
    ----------
    game
        The game, for which :func:`is_table` holds.
    equilibrium
        One of its equilibria. Mixed actions carry their probabilities.
    ax
        Where to draw; by default new axes as large as the table needs.
    values
        Whether to write payoffs as numbers, not as expressions in parameters.
    title
        What stands above it; by default the game's name.
    struck
        Rows (0) and columns (1) that are struck out, with their positions; they are numbered in this order.

    Returns
    -------
    Axes
        The axes drawn on.
    """
    table = Table(game, equilibrium, values, tuple(struck))
    width, height = table.size
    title = wrapped_title(title or game.name, width)
    if ax is None:
        ax, scale = axes_in_points(width, height, extent(title, TITLE)[1]), 1.0
    else:
        room = size_in_points(ax)
        scale = max(LEAST_SCALE, min(1.0, room[0] / width, room[1] / height))
    ax.set_title(title, loc="left", fontsize=TITLE.size * scale, color=INK, parse_math=False)
    ax.set(xlim=(0, width), ylim=(height, 0))
    ax.set_axis_off()
    _Pen(ax, table, scale).draw()
    return ax


@dataclass(frozen=True, slots=True)
class _Pen:
    """A table on axes whose data coordinates are points, at a scale of letters and lines."""

    ax: Axes
    table: Table
    scale: float

    def draw(self) -> None:
        table = self.table
        (name, heads), (over, below) = table.left, table.top
        middle = (table.xs[0] + table.xs[-1]) / 2, (table.ys[0] + table.ys[-1]) / 2
        self._write((table.chooser(1),), middle[0], over / 2)
        self._write((table.chooser(0),), name / 2, middle[1])
        for j, a in enumerate(table.shown[1]):
            self._write(table.head(1, a), (table.xs[j] + table.xs[j + 1]) / 2, (over + below) / 2)
        for i, a in enumerate(table.shown[0]):
            self._write(table.head(0, a), (name + heads) / 2, (table.ys[i] + table.ys[i + 1]) / 2)
        for i, j in product(range(len(table.shown[0])), range(len(table.shown[1]))):
            self._cell(i, j)
        for number, (h, a) in enumerate(table.struck, start=1):
            self._strike(number, h, table.shown[h].index(a))
        if table.note.text:
            self._write((table.note,), PAD, table.size[1] - PAD, ha="left")

    def _cell(self, i: int, j: int) -> None:
        table, key = self.table, (self.table.shown[0][i], self.table.shown[1][j])
        left, right, top, bottom = table.xs[j], table.xs[j + 1], table.ys[i], table.ys[i + 1]
        played = table.is_played(key)
        style: dict[str, Any] = {
            "facecolor": LOW_TINT if played else "none",
            "edgecolor": INK if played else FAINT,
            "linewidth": (2.2 if played else 0.7) * self.scale,
            "zorder": 2 if played else 1,
        }
        self.ax.add_patch(Rectangle((left, top), right - left, bottom - top, clip_on=False, **style))
        words = table.cells[key]
        x = (left + right - _beside(words)) / 2
        for item in words:
            width = extent(item.text, item.font)[0]
            self._write((item,), x + width / 2, (top + bottom) / 2)
            x += width + GAP

    def _strike(self, number: int, h: int, at: int) -> None:
        """Draw a line through a row or a column, from its head on, with its number at the end."""
        table, rows = self.table, h == 0
        sides = (table.ys if rows else table.xs)[at : at + 2]
        begin = table.left[0] + PAD if rows else table.top[0]
        stop, middle = (table.xs if rows else table.ys)[-1] + PAD, sum(sides) / 2
        # A little below the middle of a row, so that it hides no minus sign.
        along, across = [begin, stop], [middle + (LOWER if rows else 0)] * 2
        xs, ys = (along, across) if rows else (across, along)
        self.ax.add_line(Line2D(xs, ys, color=INK, linewidth=1.2 * self.scale, clip_on=False, zorder=2.5))
        place = (stop + BADGE / 2, middle) if rows else (middle, stop + BADGE / 2)
        self._write((Words(str(number), PLAYED, INK),), *place)

    def _write(self, words: tuple[Words, ...], x: float, y: float, ha: Any = "center") -> None:
        """Write texts below each other around a place."""
        y -= _size(words)[1] / 2
        for item in words:
            height = extent(item.text, item.font)[1]
            style: dict[str, Any] = {"color": item.colour, "fontsize": item.font.size * self.scale, "zorder": 3}
            place: dict[str, Any] = {"ha": ha, "va": "center", "parse_math": False, **item.font.keywords}
            self.ax.text(x, y + height / 2, item.text, **style, **place)
            y += height
