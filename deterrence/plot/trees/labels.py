"""What is written on a drawn tree: every text with its font, for the part of the tree that is drawn."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from deterrence.games import play
from deterrence.games.expression import show_number
from deterrence.plot.lettering import Font, value_in_words, wrapped, wrapped_formula
from deterrence.plot.palette import INK, QUIET, player_styles
from deterrence.plot.trees.columns import Set, joinable
from deterrence.plot.trees.fans import Fan, Skeleton, chances_shown, payoffs_shown, skeleton

if TYPE_CHECKING:
    from deterrence.answers.solution import Equilibrium
    from deterrence.games.form import ExtensiveForm
    from deterrence.games.game import Game

ACTION = Font(10)
PLAYED = Font(10, bold=True)
NAME = Font(9.5, bold=True)
KNOWN = Font(9, slanted=True)
NOTE = Font(8.5, slanted=True)

ON_PATH, OFF_PATH, PLAIN, UNPLAYED = 3, 2, 1, 0
STRUCK = "×: dominated, with the number of the step; thin: not reached by what is left"
FOOT = ("heavy: the path of play", "medium: what would be played off the path", "thin: not played")


@dataclass(frozen=True, slots=True)
class Words:
    """A text with its font and colour."""

    text: str = ""
    font: Font = ACTION
    colour: str = INK


@dataclass(frozen=True, slots=True)
class Wraps:
    """The most letters on a line, for each kind of text."""

    action: int
    name: int
    outcome: int
    payoff: int


WIDE = Wraps(action=24, name=20, outcome=26, payoff=26)
NARROW = Wraps(action=13, name=12, outcome=14, payoff=14)


@dataclass(frozen=True, slots=True)
class Labels:
    """The nodes drawn, parents first, and the texts at each.

    Attributes
    ----------
    nodes, parent, below
        The nodes drawn, and each one's parent and children among them.
    joined
        The nodes of each information set that are drawn, where the set has several in one column.
    weight
        Of each branch, by the node it leads to: 3 on the path, 2 played off it, 1 plain, 0 not played.
    names
        Under a node: who moves and what the mover knows, once for each information set whose nodes are joined.
    branches
        On the branch to each node: its label, and the probability with which it is mixed.
    ends
        The outcome at each end, or how much is left out there.
    payoffs
        At each end, every player's payoff.
    heads
        The players' names above the payoffs.
    foot
        The note below the tree.
    struck
        The nodes to which struck branches lead, with the numbers that stand on these.
    fans
        The nodes, numbered after those of the game, at which numbers are drawn or chosen.
    """

    nodes: tuple[int, ...]
    parent: list[int]
    below: dict[int, tuple[int, ...]]
    joined: tuple[tuple[int, ...], ...]
    weight: dict[int, int]
    names: dict[int, tuple[Words, ...]]
    branches: dict[int, tuple[Words, ...]]
    ends: dict[int, Words]
    payoffs: dict[int, tuple[Words, ...]]
    heads: tuple[Words, ...]
    foot: Words
    struck: Mapping[int, int] = field(default_factory=dict)
    fans: Mapping[int, Fan] = field(default_factory=dict)

    @property
    def root(self) -> int:
        """The first node."""
        return self.nodes[0]


def label(
    game: Game,
    equilibrium: Equilibrium | None,
    depth: int,
    values: bool,
    wraps: Wraps,
    struck: Mapping[int, int] | None = None,
) -> Labels:
    """Return what is written on a game's tree drawn to a depth, with branches struck where nodes have numbers."""
    form, struck, frame = game.form, struck or {}, skeleton(game.form)
    nodes, below = visible(frame, depth)
    weight = _weights(form, frame, equilibrium, nodes)
    for node in nodes[1:]:
        if node in struck or weight.get(frame.parent[node], PLAIN) == UNPLAYED:
            weight[node] = UNPLAYED if struck else weight[node]
    sets = [tuple(node for node in members if node in below) for members in form.nodes_of]
    joined = joinable(frame.parent, [members for members in sets if len(members) > 1])
    heads = zip(form.players, player_styles(form.players), strict=True)
    return Labels(
        nodes=nodes,
        parent=frame.parent,
        below=below,
        joined=joined,
        weight=weight,
        names=_names(form, nodes, sets, joined, wraps) | _fan_names(form, frame, nodes, wraps),
        branches=_struck(_branches(game, frame, equilibrium, weight, values, wraps), struck),
        ends=_ends(form, [node for node in nodes if not below[node]], weight, wraps),
        payoffs=_payoffs(game, nodes, values, wraps),
        heads=tuple(Words(wrapped(player, wraps.name), NAME, style.colour) for player, style in heads),
        foot=_foot(equilibrium, wraps, struck),
        struck=struck,
        fans=frame.fans,
    )


def _foot(equilibrium: Equilibrium | None, wraps: Wraps, struck: Mapping[int, int]) -> Words:
    if struck:
        return Words(wrapped(STRUCK, 60 if wraps is WIDE else 30), NOTE, QUIET)
    return Words("\n".join(FOOT) if wraps is NARROW else "     ".join(FOOT), NOTE, QUIET) if equilibrium else Words()


def _struck(branches: dict[int, tuple[Words, ...]], struck: Mapping[int, int]) -> dict[int, tuple[Words, ...]]:
    """Return the texts on branches with the numbers of those that are struck."""
    numbers = {node: (Words(f"× {number}", PLAYED, INK),) for node, number in struck.items()}
    return {node: (*texts, *numbers.get(node, ())) for node, texts in branches.items()}


def visible(frame: Skeleton, depth: int) -> tuple[tuple[int, ...], dict[int, tuple[int, ...]]]:
    """Return the nodes down to a depth, parents first, and the children drawn below each; a fan adds no depth."""
    nodes, below = [], {}
    stack = [(frame.root, 0)]
    while stack:
        node, level = stack.pop()
        inner = node not in frame.fans
        children = frame.children[node] if level < depth or not inner else ()
        nodes.append(node)
        below[node] = children
        stack.extend((child, level + inner) for child in reversed(children))
    return tuple(nodes), below


def _weights(
    form: ExtensiveForm, frame: Skeleton, equilibrium: Equilibrium | None, nodes: tuple[int, ...]
) -> dict[int, int]:
    if equilibrium is None:
        return dict.fromkeys(nodes[1:], PLAIN)
    reached = _reached(form, equilibrium)
    weight = {}
    for drawn in nodes[1:]:
        node = frame.below(drawn)
        h = form.infoset_of[form.parent[node]] if node else -1
        weight[drawn] = _weight(form, equilibrium, node, h, node in reached)
    return weight


def _reached(form: ExtensiveForm, equilibrium: Equilibrium) -> Container[int]:
    if not form.variables:
        return play.reach(form, equilibrium.game.numbers, equilibrium.behaviour)
    reached = {0}
    for node in range(1, form.size):
        h = form.infoset_of[form.parent[node]]
        if form.parent[node] in reached and (h < 0 or equilibrium.behaviour[h][form.branch[node]] != 0):
            reached.add(node)
    return reached


def _weight(form: ExtensiveForm, equilibrium: Equilibrium, node: int, h: int, reached: bool) -> int:
    if reached:
        return ON_PATH
    if h < 0:
        return PLAIN
    return OFF_PATH if equilibrium.behaviour[h][form.branch[node]] != 0 else UNPLAYED


def _names(
    form: ExtensiveForm, nodes: tuple[int, ...], sets: list[Set], joined: tuple[Set, ...], wraps: Wraps
) -> dict[int, tuple[Words, ...]]:
    names: dict[int, tuple[Words, ...]] = {}
    styles = player_styles(form.players)
    for h, members in enumerate(sets):
        if members:
            player, information = form.player_of[h], form.label_of[h]
            colour = styles[player].colour
            texts = [Words(wrapped(form.players[player], wraps.name), NAME, colour)]
            if information is not None and information != form.players[player]:
                texts.append(Words(wrapped(information, wraps.name), KNOWN, colour))
            # Nodes that no line joins are known by their common name.
            names |= dict.fromkeys(members[:1] if members in joined else members, tuple(texts))
    for node in nodes:
        if node < form.size and form.children[node] and form.infoset_of[node] < 0:
            names[node] = (Words("chance", KNOWN, QUIET),)
    return names


def _fan_names(
    form: ExtensiveForm, frame: Skeleton, nodes: tuple[int, ...], wraps: Wraps
) -> dict[int, tuple[Words, ...]]:
    """Return who draws or chooses at each fan, and who sees the number."""
    styles = player_styles(form.players)
    names = {}
    for node in nodes:
        if node in frame.fans:
            fan = frame.fans[node]
            who, *known = fan.who(form.players)
            colour = styles[fan.player].colour if fan.player >= 0 else QUIET
            first = Words(wrapped(who, wraps.name), NAME if fan.player >= 0 else KNOWN, colour)
            names[node] = (first, *(Words(wrapped(text, wraps.name), KNOWN, colour) for text in known))
    return names


def is_mixed(probability: Any) -> bool:
    """Tell whether an action is taken sometimes; under a flat prior no share of types has a number, and it is None."""
    return probability is not None and bool(0 < probability < 1)


def _branches(
    game: Game,
    frame: Skeleton,
    equilibrium: Equilibrium | None,
    weight: dict[int, int],
    values: bool,
    wraps: Wraps,
) -> dict[int, tuple[Words, ...]]:
    form = game.form
    chances = chances_shown(game, values)
    branches: dict[int, tuple[Words, ...]] = {}
    for drawn, strength in weight.items():
        if frame.parent[drawn] in frame.fans:
            fan = frame.fans[frame.parent[drawn]]
            law = fan.what(game, values, 4 * wraps.action // 3)
            branches[drawn] = (Words(law, ACTION, QUIET if fan.player < 0 else INK),)
            continue
        node = frame.below(drawn)
        above, branch = form.parent[node], form.branch[node]
        written, h = form.labels[above][branch], form.infoset_of[above]
        if h < 0:
            written += f" ({value_in_words(chances[above][branch])})"
        font = PLAYED if strength == ON_PATH and h >= 0 else ACTION
        colour = QUIET if h < 0 or strength == UNPLAYED else INK
        texts = [Words((wrapped_formula if h < 0 else wrapped)(written, wraps.action), font, colour)]
        if h >= 0 and equilibrium is not None and is_mixed(equilibrium.behaviour[h][branch]):
            texts.append(Words(show_number(equilibrium.behaviour[h][branch]), PLAYED, INK))
        branches[drawn] = tuple(texts)
    return branches


def _ends(form: ExtensiveForm, last: list[int], weight: dict[int, int], wraps: Wraps) -> dict[int, Words]:
    ends = {}
    for node in last:
        outcome = form.outcome[node]
        font = PLAYED if weight.get(node) == ON_PATH else ACTION
        if outcome is None:
            ends[node] = Words(f"… {_ends_below(form, node)} ends", NOTE, QUIET)
        else:
            ends[node] = Words(wrapped(outcome, wraps.outcome), font, INK)
    return ends


def _ends_below(form: ExtensiveForm, node: int) -> int:
    count, stack = 0, [node]
    while stack:
        children = form.children[stack.pop()]
        count += not children
        stack.extend(children)
    return count


def _payoffs(game: Game, nodes: tuple[int, ...], values: bool, wraps: Wraps) -> dict[int, tuple[Words, ...]]:
    styles = player_styles(game.players)
    payoffs = payoffs_shown(game, values)
    return {
        node: tuple(
            Words(wrapped_formula(value_in_words(value), wraps.payoff), ACTION, style.colour)
            for value, style in zip(payoffs[node], styles, strict=True)
        )
        for node in nodes
        if node < game.form.size and game.form.outcome[node] is not None
    }
