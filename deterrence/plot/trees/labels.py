"""What is written on a drawn tree: every text with its font, for the part of the tree that is drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from deterrence.games import play
from deterrence.games.expression import show_number
from deterrence.plot.lettering import Font, value_in_words, wrapped, wrapped_formula
from deterrence.plot.palette import INK, QUIET, player_styles
from deterrence.plot.trees.columns import Set, joinable

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


def label(
    game: Game,
    equilibrium: Equilibrium | None,
    depth: int,
    values: bool,
    wraps: Wraps,
    struck: Mapping[int, int] | None = None,
) -> Labels:
    """Return what is written on a game's tree drawn to a depth, with branches struck where nodes have numbers."""
    form, struck = game.form, struck or {}
    nodes, below = visible(form, depth)
    weight = _weights(form, equilibrium, nodes)
    for node in nodes[1:]:
        if node in struck or weight.get(form.parent[node], PLAIN) == UNPLAYED:
            weight[node] = UNPLAYED if struck else weight[node]
    sets = [tuple(node for node in members if node in below) for members in form.nodes_of]
    joined = joinable(form.parent, [members for members in sets if len(members) > 1])
    heads = zip(form.players, player_styles(form.players), strict=True)
    return Labels(
        nodes=nodes,
        parent=form.parent,
        below=below,
        joined=joined,
        weight=weight,
        names=_names(form, nodes, sets, joined, wraps),
        branches=_struck(_branches(game, equilibrium, weight, values, wraps), struck),
        ends=_ends(form, [node for node in nodes if not below[node]], weight, wraps),
        payoffs=_payoffs(game, nodes, values, wraps),
        heads=tuple(Words(wrapped(player, wraps.name), NAME, style.colour) for player, style in heads),
        foot=_foot(equilibrium, wraps, struck),
        struck=struck,
    )


def _foot(equilibrium: Equilibrium | None, wraps: Wraps, struck: Mapping[int, int]) -> Words:
    if struck:
        return Words(wrapped(STRUCK, 60 if wraps is WIDE else 30), NOTE, QUIET)
    return Words("\n".join(FOOT) if wraps is NARROW else "     ".join(FOOT), NOTE, QUIET) if equilibrium else Words()


def _struck(branches: dict[int, tuple[Words, ...]], struck: Mapping[int, int]) -> dict[int, tuple[Words, ...]]:
    """Return the texts on branches with the numbers of those that are struck."""
    numbers = {node: (Words(f"× {number}", PLAYED, INK),) for node, number in struck.items()}
    return {node: (*texts, *numbers.get(node, ())) for node, texts in branches.items()}


def visible(form: ExtensiveForm, depth: int) -> tuple[tuple[int, ...], dict[int, tuple[int, ...]]]:
    """Return the nodes down to a depth, parents first, and the children drawn below each."""
    nodes, below = [], {}
    stack = [(0, 0)]
    while stack:
        node, level = stack.pop()
        children = form.children[node] if level < depth else ()
        nodes.append(node)
        below[node] = children
        stack.extend((child, level + 1) for child in reversed(children))
    return tuple(nodes), below


def _weights(form: ExtensiveForm, equilibrium: Equilibrium | None, nodes: tuple[int, ...]) -> dict[int, int]:
    if equilibrium is None:
        return dict.fromkeys(nodes[1:], PLAIN)
    reached = play.reach(form, equilibrium.game.numbers, equilibrium.behaviour)
    weight = {}
    for node in nodes[1:]:
        h = form.infoset_of[form.parent[node]]
        if node in reached:
            weight[node] = ON_PATH
        elif h < 0:
            weight[node] = PLAIN
        else:
            weight[node] = OFF_PATH if equilibrium.behaviour[h][form.branch[node]] != 0 else UNPLAYED
    return weight


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
        if form.children[node] and form.infoset_of[node] < 0:
            names[node] = (Words("chance", KNOWN, QUIET),)
    return names


def _branches(
    game: Game, equilibrium: Equilibrium | None, weight: dict[int, int], values: bool, wraps: Wraps
) -> dict[int, tuple[Words, ...]]:
    form = game.form
    chances = game.numbers[1] if values else form.probabilities
    branches: dict[int, tuple[Words, ...]] = {}
    for node, strength in weight.items():
        above, branch = form.parent[node], form.branch[node]
        written, h = form.labels[above][branch], form.infoset_of[above]
        if h < 0:
            written += f" ({value_in_words(chances[above][branch])})"
        font = PLAYED if strength == ON_PATH and h >= 0 else ACTION
        colour = QUIET if h < 0 or strength == UNPLAYED else INK
        texts = [Words((wrapped_formula if h < 0 else wrapped)(written, wraps.action), font, colour)]
        if h >= 0 and equilibrium is not None and 0 < equilibrium.behaviour[h][branch] < 1:
            texts.append(Words(show_number(equilibrium.behaviour[h][branch]), PLAYED, INK))
        branches[node] = tuple(texts)
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
    payoffs = game.numbers[0] if values else game.form.payoffs
    return {
        node: tuple(
            Words(wrapped_formula(value_in_words(value), wraps.payoff), ACTION, style.colour)
            for value, style in zip(payoffs[node], styles, strict=True)
        )
        for node in nodes
        if game.form.outcome[node] is not None
    }
