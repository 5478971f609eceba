"""Where everything of a drawn tree stands, as data: what a page or another program needs to draw it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from deterrence.errors import ValueKindError
from deterrence.games.game import Game
from deterrence.plot.trees.labels import ACTION, WIDE, Labels, Words, label
from deterrence.plot.trees.layout import FAN, arrange
from deterrence.plot.trees.tree import depth_with_ends

MOST_ENDS = 150
"""Of a tree with more ends only the upper part is placed."""
PAYOFF_ROOM, MIX_ROOM = "−00.00", "0.00"
"""Texts as wide as the room kept for a payoff, and for a probability on a branch."""


@dataclass(frozen=True, slots=True)
class TreeNode:
    """A node of a drawn tree.

    Attributes
    ----------
    number
        Its number in the game's flat form; a node at which numbers are drawn or chosen, which is none there, has one
        beyond those.
    x, y
        Its place in points, from the left and from the top.
    parent
        The number of the node above; None at the root.
    action
        What is written on the branch that leads here, a line each.
    names
        What is written below the node or, at the root, left of it: who moves, what the mover knows. Once for each
        information set, or part of one that a line joins.
    names_x
        Where these end, on the right.
    text
        The outcome at an end, or how much of the tree is left out, a line each.
    text_x
        Where that begins, on the left; None at other nodes.
    fan
        Where numbers are drawn or chosen: the position of the player who chooses, -1 for nature; None elsewhere.
    """

    number: int
    x: float
    y: float
    parent: int | None
    action: tuple[str, ...]
    names: tuple[tuple[str, ...], ...]
    names_x: float
    text: tuple[str, ...]
    text_x: float | None
    fan: int | None = None


@dataclass(frozen=True, slots=True)
class TreeGeometry:
    """The places of a tree's nodes and texts, in points.

    Attributes
    ----------
    nodes
        The nodes, parents first.
    joined
        The nodes that a dashed line joins, from top to bottom: those of an information set in one column.
    payoffs_x
        Where each player's column of payoffs begins.
    head
        The height of the row above the tree, for the players' names.
    fan
        The width of the slanted part of a branch.
    width, height
        The size of the whole.
    letters
        The size of the letters for which it was made.
    """

    nodes: tuple[TreeNode, ...]
    joined: tuple[tuple[int, ...], ...]
    payoffs_x: tuple[float, ...]
    head: float
    fan: float
    width: float
    height: float
    letters: float


def tree_geometry(game: Game) -> TreeGeometry:
    """Return where a game's tree stands from left to right, with room for payoffs and probabilities in numbers.

    Parameters
    ----------
    game
        The game. Of a tree with more than 150 ends the upper part is placed, and what is left out is counted there.

    Raises
    ------
    ValueKindError
        If what is given is no game.

    Examples
    --------
    >>> from deterrence import models
    >>> from deterrence.plot import tree_geometry
    >>> places = tree_geometry(models.load("folklore/strike").game)
    >>> [node.action for node in places.nodes]
    [(), ('restrain',), ('strike',), ('restrain',), ('retaliate',)]
    """
    if not isinstance(game, Game):
        raise ValueKindError(f"A tree is drawn of a Game, such as a function under @game makes; got {game!r}.")
    labels = _with_room(label(game, None, depth_with_ends(game.form, MOST_ENDS), True, WIDE), game)
    layout = arrange(labels)

    def node(number: int) -> TreeNode:
        branch, end = labels.branches.get(number), labels.ends.get(number)
        return TreeNode(
            number,
            layout.x[number],
            layout.y[number],
            labels.parent[number] if number != labels.root else None,
            _lines(branch[0]) if branch else (),
            tuple(_lines(words) for words in labels.names.get(number, ())),
            layout.bar[number],
            _lines(end) if end else (),
            layout.beside.get(number),
            labels.fans[number].player if number in labels.fans else None,
        )

    joined = tuple(tuple(sorted(members, key=layout.y.__getitem__)) for members in labels.joined)
    return TreeGeometry(
        tuple(map(node, labels.nodes)),
        joined,
        layout.payoffs_x,
        layout.head,
        FAN,
        layout.width,
        layout.height,
        ACTION.size,
    )


def _with_room(labels: Labels, game: Game) -> Labels:
    """Return labels as wide as they may become: payoffs and probabilities move with the parameters."""
    form, room = game.form, Words(PAYOFF_ROOM)
    branches: dict[int, tuple[Words, ...]] = {}
    for number, (words, *_) in labels.branches.items():
        node, text = number, words.text
        while node in labels.fans:
            (node,) = labels.below[node]
        if labels.parent[number] not in labels.fans and form.infoset_of[form.parent[node]] < 0:
            text = form.labels[form.parent[node]][form.branch[node]]
        branches[number] = (replace(words, text=text), Words(MIX_ROOM))
    payoffs: dict[int, tuple[Words, ...]] = {number: (room,) * len(game.players) for number in labels.payoffs}
    return replace(labels, branches=branches, payoffs=payoffs)


def _lines(words: Words) -> tuple[str, ...]:
    return tuple(words.text.split("\n"))
