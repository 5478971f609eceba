"""Game trees in LaTeX: TikZ pictures with the places, colours and markers of the drawn tree."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from deterrence.exchange.latex.letters import in_text
from deterrence.exchange.latex.page import Piece
from deterrence.exchange.latex.words import Script, script
from deterrence.plot.lettering import extent
from deterrence.plot.palette import FAINT, INK, QUIET, player_styles
from deterrence.plot.trees.drawing import FAN_LINE, LINE_WIDTHS
from deterrence.plot.trees.fans import outline
from deterrence.plot.trees.labels import UNPLAYED, Words
from deterrence.plot.trees.layout import FAN, LIFT, PAD, Layout, arrange
from deterrence.plot.trees.tree import readable_depth

if TYPE_CHECKING:
    from deterrence.answers.solution import Equilibrium
    from deterrence.games.form import ExtensiveForm
    from deterrence.games.game import Game

NEEDS = (r"\usepackage{tikz}",)
STYLES = {
    (10.0, False, False): ("words", r"\fontsize{10}{12}\selectfont"),
    (10.0, True, False): ("played words", r"\fontsize{10}{12}\selectfont\bfseries"),
    (9.5, True, False): ("player words", r"\fontsize{9}{11}\selectfont\bfseries"),
    (9.0, False, True): ("known words", r"\fontsize{9}{11}\selectfont\itshape"),
    (8.5, False, True): ("note words", r"\fontsize{8}{10}\selectfont\itshape"),
}
"""By size, weight and slant of the drawn tree: a style, in the nearest size that LaTeX's own fonts have."""
BEGIN = r"\begin{tikzpicture}[x=1bp,y=-1bp,inner sep=0pt,outer sep=0pt,line join=round]"


def tree(game: Game, equilibrium: Equilibrium | None, values: bool) -> Piece:
    """Return a game's tree as a TikZ picture, with an equilibrium on it where one is given."""
    written = script(game, equilibrium, values)
    picture = _Picture(game.form, written, arrange(written.labels))
    colours = {f"player{i}": style.colour for i, style in enumerate(player_styles(game.players), 1)}
    named = {**colours, "quiet": QUIET, "faint": FAINT, "ink": INK}
    depth, full = readable_depth(game.form), max(game.form.ends_depths)
    lines = [
        *([f"% Drawn to depth {depth} of {full}."] if depth < full else []),
        BEGIN,
        *(rf"\tikzset{{{name}/.style={{fill=white,font={font}}}}}" for name, font in STYLES.values()),
        *(rf"\definecolor{{{name}}}{{HTML}}{{{colour[1:]}}}" for name, colour in named.items()),
        rf"\useasboundingbox (0,0) rectangle ({_pair(picture.layout.width, picture.layout.height)});",
        *picture.lines(),
        r"\end{tikzpicture}%",
    ]
    return Piece("\n".join(lines), NEEDS, (picture.layout.width, picture.layout.height))


@dataclass(frozen=True, slots=True)
class _Picture:
    """A tree as a TikZ picture: what is written on it, and where."""

    form: ExtensiveForm
    script: Script
    layout: Layout

    def lines(self) -> Iterable[str]:
        """Yield the picture from what lies lowest to what lies on top."""
        nodes, labels = self.script.labels.nodes, self.script.labels
        yield from (self._leader(node) for node in labels.payoffs)
        yield from (self._joined(members) for members in labels.joined)
        for node in nodes:
            yield from self._words(node)
        yield from self._foot()
        yield from (self._branch(node) for node in nodes[1:])
        yield from map(self._fan, filter(self.script.labels.fans.__contains__, nodes))
        yield from (self._marker(node) for node in nodes)
        yield from self._heads()

    # -- lines and markers -----------------------------------------------------------------------

    def _leader(self, node: int) -> str:
        begin, stop, y = self.layout.beside[node], self.layout.payoffs_x[0], self.layout.y[node]
        style = "faint,line width=0.6bp,dash pattern=on 0.6bp off 1.8bp"
        return rf"\draw[{style}] ({_pair(begin, y)}) -- ({_pair(stop, y)});"

    def _joined(self, members: tuple[int, ...]) -> str:
        nodes = sorted(members, key=self.layout.y.__getitem__)
        places = " -- ".join(f"({self._place(node)})" for node in nodes)
        return rf"\draw[{self._colour(nodes[0])},line width=1.3bp,dash pattern=on 3.9bp off 2.9bp] {places};"

    def _branch(self, node: int) -> str:
        weight, parent = self.script.labels.weight[node], self.script.labels.parent[node]
        colour = "faint" if weight == UNPLAYED else self._colour(parent)
        turn = _pair(self.layout.x[parent] + FAN, self.layout.y[node])
        width = f"line width={LINE_WIDTHS[weight]}bp"
        return rf"\draw[{colour},{width}] ({self._place(parent)}) -- ({turn}) -- ({self._place(node)});"

    def _marker(self, node: int) -> str:
        x, y, player = self.layout.x[node], self.layout.y[node], self._player(node)
        if node not in self.script.labels.fans and not self.form.children[node]:
            return rf"\fill[quiet] ({_pair(x, y)}) circle[radius=1bp];"
        if player < 0:
            return rf"\draw[quiet,fill=white,line width=1.2bp] {_shape('D', x, y, 4.0)};"
        return self._player_marker(player, x, y)

    def _fan(self, node: int) -> str:
        places = zip(*outline(self.layout.x[node], self.layout.y[node]), strict=True)
        line = " -- ".join(f"({_pair(*place)})" for place in places)
        return rf"\draw[{self._colour(node)},line width={FAN_LINE}bp] {line};"

    def _player_marker(self, player: int, x: float, y: float) -> str:
        marker = player_styles(self.form.players)[player].marker
        return rf"\fill[player{player + 1}] {_shape(marker, x, y, 4.0)};"

    def _colour(self, node: int) -> str:
        player = self._player(node)
        return f"player{player + 1}" if player >= 0 else "quiet"

    def _player(self, node: int) -> int:
        """Return the position of the player who moves or chooses; -1 for nature and at ends."""
        fans, h = self.script.labels.fans, self.form.infoset_of
        if node in fans:
            return fans[node].player
        return self.form.player_of[h[node]] if h[node] >= 0 else -1

    def _place(self, node: int) -> str:
        return _pair(self.layout.x[node], self.layout.y[node])

    # -- words -----------------------------------------------------------------------------------

    def _words(self, node: int) -> Iterable[str]:
        """Yield what stands at a node: who moves, the branch that leads there, the outcome, the payoffs."""
        labels, layout, y = self.script.labels, self.layout, self.layout.y[node]
        names = labels.names.get(node, ())
        heights = [extent(words.text, words.font)[1] for words in names]
        inner = node != labels.root
        below = y + LIFT if inner else y - sum(heights) / 2
        for words, height in zip(names, heights, strict=True):
            yield self._node(words, _spelt(words), layout.bar[node] - 1.5 * PAD, below, "north east", "right")
            below += height
        right = PAD / 2 + layout.x[labels.parent[node]] + FAN if inner else 0.0
        for words, lines in zip(labels.branches.get(node, ()), self.script.branches.get(node, ()), strict=True):
            yield self._node(words, lines, right, y - LIFT, "south west")
            right += extent(words.text, words.font)[0] + PAD
        if node in labels.ends:
            outcome = [rf"{line}\enspace{{}}" for line in _spelt(labels.ends[node])]
            yield self._node(labels.ends[node], outcome, layout.beside[node], y)
        pairs = zip(labels.payoffs.get(node, ()), self.script.payoffs.get(node, ()), strict=True)
        for place, (words, lines) in zip(layout.payoffs_x, pairs, strict=False):
            yield self._node(words, lines, place + 2 * PAD, y)

    def _heads(self) -> Iterable[str]:
        middle = self.layout.head / 2
        for i, (words, x) in enumerate(zip(self.script.labels.heads, self.layout.payoffs_x, strict=True)):
            yield self._player_marker(i, x, middle)
            yield self._node(words, _spelt(words), x + 2 * PAD, middle)

    def _foot(self) -> Iterable[str]:
        foot = self.script.labels.foot
        if foot.text:
            line = r" \qquad ".join(map(in_text, re.split(" {2,}", foot.text)))
            yield self._node(foot, [line], PAD, self.layout.height, "south west")

    def _node(
        self, words: Words, lines: Iterable[str], x: float, y: float, anchor: str = "west", align: str = "left"
    ) -> str:
        text = r"\\".join(rf"\strut {line}" for line in lines)
        font, _ = STYLES[words.font.size, words.font.bold, words.font.slanted]
        style = f"{font},text={self._name_of(words.colour)},anchor={anchor},align={align}"
        return rf"\node[{style}] at ({_pair(x, y)}) {{{text}}};"

    def _name_of(self, colour: str) -> str:
        if colour in (INK, QUIET):
            return "ink" if colour == INK else "quiet"
        colours = [style.colour for style in player_styles(self.form.players)]
        return f"player{colours.index(colour) + 1}"


def _spelt(words: Words) -> list[str]:
    return [in_text(line) for line in words.text.split("\n")]


def _pair(x: float, y: float) -> str:
    return f"{x:.2f},{y:.2f}"


# -- markers ---------------------------------------------------------------------------------------

CORNERS = {"s": (4, 45), "D": (4, 0), "^": (3, -90), "v": (3, 90), "p": (5, -90), "h": (6, -90), ">": (3, 0)}
"""The polygon that stands for each of Matplotlib's markers: corners, and where the first stands in degrees."""
POINTED = {"P": (4, 0, 0.45), "X": (4, 45, 0.45), "*": (5, -90, 0.4)}
"""The stars: points, where the first stands, and how far in the corners between them lie."""


def _shape(marker: str, x: float, y: float, radius: float) -> str:
    if marker in CORNERS:
        corners, start = CORNERS[marker]
        rays = [(360 * k / corners + start, radius) for k in range(corners)]
    elif marker in POINTED:
        points, start, inner = POINTED[marker]
        rays = [(180 * k / points + start, radius * (inner if k % 2 else 1.2)) for k in range(2 * points)]
    elif marker == "<":
        rays = [(120 * k + 180, radius) for k in range(3)]
    else:
        return f"({_pair(x, y)}) circle[radius={radius * 0.9:.2f}bp]"
    turned = [(x + r * math.cos(math.radians(a)), y + r * math.sin(math.radians(a))) for a, r in rays]
    return " -- ".join(f"({_pair(*point)})" for point in turned) + " -- cycle"
