"""A labelled and arranged tree, drawn with any pen: on axes, or as SVG."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from matplotlib.lines import Line2D

from deterrence.plot.lettering import LINE, extent
from deterrence.plot.palette import CHANCE_MARKER, FAINT, INK, QUIET, player_styles
from deterrence.plot.trees.fans import outline
from deterrence.plot.trees.labels import OFF_PATH, ON_PATH, PLAIN, UNPLAYED, Labels, Words
from deterrence.plot.trees.layout import FAN, LIFT, PAD, Layout

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from deterrence.games.form import ExtensiveForm

LINE_WIDTHS = {ON_PATH: 3.4, OFF_PATH: 2.0, PLAIN: 1.2, UNPLAYED: 0.7}
MARKER = 7.0
FAN_LINE = 1.0
Point = tuple[float, float]
Dashes = tuple[float, ...]
"""Lengths of dashes and gaps in line widths; none for a whole line."""
LEFT: dict[str, Any] = {"ha": "left", "va": "center"}


class Pen(Protocol):
    """What puts lines, markers and texts at places of a layout, y growing downwards."""

    def line(
        self, xs: list[float], ys: list[float], colour: str, width: float, dashes: Dashes, *, level: float
    ) -> None:
        """Draw a line through points; higher levels cover lower ones."""

    def point(self, x: float, y: float, marker: str, size: float, face: str, edge: str) -> None:
        """Draw a marker."""

    def write(self, words: Words, anchor: Point, offset: Point, *, ha: str, va: str) -> None:
        """Write at a distance from a place, to the right and upwards, in points of full size."""


@dataclass(frozen=True, slots=True)
class AxesPen:
    """A pen on axes whose data coordinates are the points of a layout, at a scale of letters and lines."""

    ax: Axes
    scale: float

    def line(
        self, xs: list[float], ys: list[float], colour: str, width: float, dashes: Dashes, *, level: float
    ) -> None:
        """Draw a line through points; higher levels cover lower ones."""
        style: dict[str, Any] = {"linestyle": (0, dashes) if dashes else "-", "solid_joinstyle": "round"}
        line = Line2D(xs, ys, color=colour, linewidth=width * self.scale, zorder=level, **style)
        line.set_clip_on(False)
        self.ax.add_line(line)

    def point(self, x: float, y: float, marker: str, size: float, face: str, edge: str) -> None:
        """Draw a marker."""
        style: dict[str, Any] = {"marker": marker, "markersize": size * self.scale, "markeredgewidth": 1.2 * self.scale}
        colours: dict[str, Any] = {"markerfacecolor": face, "markeredgecolor": edge}
        self.ax.add_line(Line2D([x], [y], linestyle="none", clip_on=False, zorder=4, **style, **colours))

    def write(self, words: Words, anchor: Point, offset: Point, *, ha: Any, va: Any) -> None:
        """Write at a distance from a place, to the right and upwards, in points of full size."""
        self.ax.annotate(
            words.text,
            anchor,
            (offset[0] * self.scale, offset[1] * self.scale),
            textcoords="offset points",
            annotation_clip=False,
            color=words.colour,
            fontsize=words.font.size * self.scale,
            linespacing=LINE / 1.2,
            parse_math=False,
            usetex=False,
            zorder=1.8,
            bbox={"facecolor": self.ax.get_facecolor(), "edgecolor": "none", "pad": 0.4 * self.scale},
            ha=ha,
            va=va,
            **words.font.keywords,
        )


@dataclass(frozen=True, slots=True)
class Drawing:
    """A tree that a pen draws."""

    pen: Pen
    form: ExtensiveForm
    labels: Labels
    layout: Layout

    def draw(self) -> None:
        """Draw everything."""
        for node in self.labels.nodes:
            if node != self.labels.root:
                self._branch(node)
            self._marker(node)
            self._name(node)
            if node in self.labels.ends:
                self._end(node)
        for members in self.labels.joined:
            self._joined(members)
        self._heads()
        if self.labels.foot.text:
            self.pen.write(self.labels.foot, (0, self.layout.height), (PAD, 0), ha="left", va="bottom")

    def _colour(self, node: int) -> str:
        player = self._player(node)
        return player_styles(self.form.players)[player].colour if player >= 0 else QUIET

    def _player(self, node: int) -> int:
        """Return the position of the player who moves or chooses; -1 for nature and at ends."""
        if node in self.labels.fans:
            return self.labels.fans[node].player
        h = self.form.infoset_of[node]
        return self.form.player_of[h] if h >= 0 else -1

    def _branch(self, node: int) -> None:
        x, y, parent = self.layout.x, self.layout.y, self.labels.parent[node]
        weight = self.labels.weight[node]
        colour = FAINT if weight == UNPLAYED else self._colour(parent)
        turn = x[parent] + FAN
        xs, ys = [x[parent], turn, x[node]], [y[parent], y[node], y[node]]
        self.pen.line(xs, ys, colour, LINE_WIDTHS[weight], (), level=2 + weight / 10)
        if node in self.labels.struck:
            self._stroke((x[parent] + turn) / 2, (y[parent] + y[node]) / 2)
        right = PAD / 2
        for words in self.labels.branches[node]:
            self.pen.write(words, (turn, y[node]), (right, LIFT), ha="left", va="bottom")
            right += extent(words.text, words.font)[0] + PAD

    def _stroke(self, x: float, y: float) -> None:
        """Draw a short double line across a branch."""
        for shift in (-1.8, 1.8):
            self.pen.line([x - 5, x + 5], [y + shift, y + shift], INK, 1.4, (), level=3)

    def _marker(self, node: int) -> None:
        place, player = (self.layout.x[node], self.layout.y[node]), self._player(node)
        if node in self.labels.fans:
            self.pen.line(*outline(*place), self._colour(node), FAN_LINE, (), level=2.5)
        elif not self.form.children[node]:
            self.pen.point(*place, ".", 4.0, QUIET, QUIET)
            return
        if player < 0:
            self.pen.point(*place, CHANCE_MARKER, MARKER - 1, "white", QUIET)
        else:
            style = player_styles(self.form.players)[player]
            self.pen.point(*place, style.marker, MARKER, style.colour, style.colour)

    def _name(self, node: int) -> None:
        """Write who moves: left of the root, under the branch that leads to any other node."""
        texts = self.labels.names.get(node, ())
        heights = [extent(words.text, words.font)[1] for words in texts]
        place = self.layout.bar[node], self.layout.y[node]
        up = -LIFT if node != self.labels.root else sum(heights) / 2
        for words, height in zip(texts, heights, strict=True):
            self.pen.write(words, place, (-1.5 * PAD, up), ha="right", va="top")
            up -= height

    def _end(self, node: int) -> None:
        words, x, y = self.labels.ends[node], self.layout.beside[node], self.layout.y[node]
        self.pen.write(words, (x, y), (0, 0), **LEFT)
        if node not in self.labels.payoffs:
            return
        begin, stop = x + extent(words.text, words.font)[0] + PAD, self.layout.payoffs_x[0]
        self.pen.line([begin, stop], [y, y], FAINT, 0.6, (1, 3), level=1)
        for payoff, place in zip(self.labels.payoffs[node], self.layout.payoffs_x, strict=True):
            self.pen.write(payoff, (place, y), (2 * PAD, 0), **LEFT)

    def _joined(self, members: tuple[int, ...]) -> None:
        nodes = sorted(members, key=self.layout.y.__getitem__)
        xs, ys = [self.layout.x[n] for n in nodes], [self.layout.y[n] for n in nodes]
        self.pen.line(xs, ys, self._colour(nodes[0]), 1.3, (3, 2.2), level=1.5)

    def _heads(self) -> None:
        middle = self.layout.head / 2
        styles = player_styles(self.form.players)
        for words, style, x in zip(self.labels.heads, styles, self.layout.payoffs_x, strict=True):
            self.pen.point(x, middle, style.marker, MARKER, style.colour, style.colour)
            self.pen.write(words, (x, middle), (2 * PAD, 0), **LEFT)
