"""Where everything of a drawn tree stands: a tidy tree from left to right, in points at full size.

Every end has its own rows, from its branch across to the payoffs, which stand in one column for each
player. Subtrees are stacked as closely as their outlines allow, column by column, so that no two pieces
of text can meet. Nodes of one information set share a column if they can, and sets that interleave in a column
are moved apart to lanes of their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from deterrence.plot.lettering import extent
from deterrence.plot.trees.columns import columns as columns_of
from deterrence.plot.trees.fans import HALF

if TYPE_CHECKING:
    from deterrence.plot.trees.labels import Labels, Words

FAN = 16.0
"""Width of the slanted part of a branch."""
PAD = 5.0
"""Room around text."""
LANE = 11.0
"""Distance between information sets that interleave in one column."""
ROW_GAP = 5.0
NEARLY = 6.0
"""A branch that would slope less than this is drawn level."""
LIFT = 2.0
"""Room between a line and the text above or below it."""

Outline = dict[int, tuple[float, float]]
"""By column, the top and the bottom of what stands there, downwards from the node."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The places of a tree's nodes and payoffs, and the size of the whole.

    Attributes
    ----------
    x, y
        Place of each node drawn, by its number; y grows downwards.
    bar
        Where each node's column begins, to the left of its lanes: its name and branch label end there.
    beside
        Where the text of each end begins, right of its column's lanes.
    payoffs_x
        Where each player's payoffs begin.
    head
        Height of the players' names above the tree.
    width, height
        Size of the whole.
    """

    x: dict[int, float]
    y: dict[int, float]
    bar: dict[int, float]
    beside: dict[int, float]
    payoffs_x: tuple[float, ...]
    head: float
    width: float
    height: float


def arrange(labels: Labels) -> Layout:
    """Return the layout of a labelled tree."""
    columns = columns_of(labels.nodes, labels.parent, labels.joined)
    y, bottom = _rows(labels, columns)
    head = max(_height(words) for words in labels.heads) + 2 * PAD
    foot = _height(labels.foot) + 2 * PAD if labels.foot.text else 0.0
    y = {node: place + head for node, place in y.items()}
    lanes = _lanes(labels, columns, y)
    x, bar = _across(labels, columns, lanes)
    beside = _beside(labels, columns, x)
    payoffs_x, width = _payoff_columns(labels, beside)
    wide = max(width, PAD + _width(labels.foot))
    return Layout(x, y, bar, beside, payoffs_x, head, wide, head + bottom + foot)


def _width(words: Words) -> float:
    return extent(words.text, words.font)[0] if words.text else 0.0


def _height(words: Words) -> float:
    return extent(words.text, words.font)[1] if words.text else 0.0


# -- rows ------------------------------------------------------------------------------------------


def _rows(labels: Labels, columns: dict[int, int]) -> tuple[dict[int, float], float]:
    """Return each node's height below the first row, and the height of all."""
    last = max(columns.values()) + 1
    outlines: dict[int, Outline] = {}
    offset: dict[int, float] = {}
    for node in reversed(labels.nodes):
        outline = _stacked([(child, outlines.pop(child)) for child in labels.below[node]], offset)
        above, under = _reach(labels, node)
        parent = labels.parent[node]
        begin = columns[parent] + 1 if parent in columns else 0
        stop = columns[node] if labels.below[node] else last
        for column in range(begin, stop + 1):
            top, bottom = outline.get(column, (0.0, 0.0))
            outline[column] = (min(top, -above), max(bottom, under))
        outlines[node] = outline
    top = min(span[0] for span in outlines[labels.root].values())
    bottom = max(span[1] for span in outlines[labels.root].values())
    place = {labels.root: -top}
    for node in labels.nodes[1:]:
        place[node] = place[labels.parent[node]] + offset[node]
    return place, bottom - top


def _stacked(children: list[tuple[int, Outline]], offset: dict[int, float]) -> Outline:
    """Stack subtrees downwards, note each one's offset from their middle, and return the joint outline."""
    joint: Outline = {}
    places: list[float] = []
    for _, outline in children:
        # As high as the outlines allow in every column that both subtrees reach.
        below = [joint[c][1] - outline[c][0] + ROW_GAP for c in outline if c in joint]
        place = max(below, default=0.0)
        places.append(place)
        for column, (top, bottom) in outline.items():
            held = joint.get(column, (place + top, place + bottom))
            joint[column] = (min(held[0], place + top), max(held[1], place + bottom))
    middle = _middle(places)
    for (child, _), place in zip(children, places, strict=True):
        offset[child] = place - middle
    return {column: (top - middle, bottom - middle) for column, (top, bottom) in joint.items()}


def _middle(places: list[float]) -> float:
    """Return the height of the node above: half way, or level with a middle branch that is nearly there."""
    if not places:
        return 0.0
    half_way = (places[0] + places[-1]) / 2
    nearest = min(places, key=lambda place: abs(place - half_way))
    return nearest if abs(nearest - half_way) < NEARLY else half_way


def _reach(labels: Labels, node: int) -> tuple[float, float]:
    """Return how far a node's texts reach above and below its line."""
    name = sum(_height(words) for words in labels.names.get(node, ()))
    texts = [*labels.payoffs.get(node, ()), *([labels.ends[node]] if node in labels.ends else [])]
    beside = max((_height(words) / 2 for words in texts), default=0.0)
    if labels.parent[node] in labels.fans or node in labels.fans:
        beside = max(beside, HALF + LIFT)
    if node == labels.root:
        return max(name / 2, beside), max(name / 2, beside)
    label = _height(labels.branches[node][0]) + LIFT
    return max(label, beside), max(name + LIFT if name else 0.0, beside)


# -- from left to right ----------------------------------------------------------------------------


def _lanes(labels: Labels, columns: dict[int, int], y: dict[int, float]) -> dict[int, int]:
    """Return the lane of each node: no line of an information set meets another one or passes through a node."""
    lanes: dict[int, int] = {}
    taken: dict[int, list[tuple[int, float, float]]] = {}
    for members in labels.joined:
        low, high = min(y[n] for n in members), max(y[n] for n in members)
        held = taken.setdefault(columns[members[0]], [])
        # The first lane that no set at the same height stands in.
        used = {lane for lane, begin, stop in held if begin <= high and low <= stop}
        lane = next(i for i in range(len(used) + 1) if i not in used)
        held.append((lane, low, high))
        lanes.update(dict.fromkeys(members, lane))
    for node in labels.nodes:
        if node not in lanes:
            passing = {lane for lane, begin, stop in taken.get(columns[node], ()) if begin <= y[node] <= stop}
            end = max(passing, default=-1) + 1
            lanes[node] = end if not labels.below[node] else next(i for i in range(end + 1) if i not in passing)
    return lanes


def _across(
    labels: Labels, columns: dict[int, int], lanes: dict[int, int]
) -> tuple[dict[int, float], dict[int, float]]:
    """Return each node's place from the left, and where its column begins."""
    x: dict[int, float] = {}
    bar: dict[int, float] = {}
    by_column: dict[int, list[int]] = {}
    for node in labels.nodes:
        by_column.setdefault(columns[node], []).append(node)
    for column in sorted(by_column):
        nodes = by_column[column]
        begin = max(_least_x(labels, node, x) for node in nodes)
        most = max(lanes[node] for node in nodes)
        for node in nodes:
            bar[node] = begin
            x[node] = begin + LANE * (most if node in labels.payoffs else lanes[node])
    return x, bar


def _beside(labels: Labels, columns: dict[int, int], x: dict[int, float]) -> dict[int, float]:
    """Return where the texts of ends begin: right of every information set's line in their column."""
    most: dict[int, float] = {}
    for node in labels.nodes:
        most[columns[node]] = max(most.get(columns[node], 0.0), x[node])
    return {node: most[columns[node]] + PAD * (1 if node in labels.payoffs else 1.6) for node in labels.ends}


def _least_x(labels: Labels, node: int, x: dict[int, float]) -> float:
    name = max((_width(words) for words in labels.names.get(node, ())), default=0.0)
    if labels.parent[node] not in x:
        return name + 2 * PAD
    label = sum(_width(words) + PAD for words in labels.branches[node])
    return x[labels.parent[node]] + FAN + max(label, name + PAD) + PAD


def _payoff_columns(labels: Labels, beside: dict[int, float]) -> tuple[tuple[float, ...], float]:
    """Return where each player's payoffs begin, right of everything else, and where the last one ends."""
    begin = max(beside[node] + _width(words) for node, words in labels.ends.items()) + 3 * PAD
    places = []
    for i, head in enumerate(labels.heads):
        widest = max((_width(row[i]) for row in labels.payoffs.values()), default=0.0)
        places.append(begin)
        begin += max(widest, _width(head)) + 5 * PAD
    return tuple(places), begin - 2 * PAD
