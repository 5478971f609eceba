"""Signal: a noisy alarm about an action that is not seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from deterrence.games.game import Game
from deterrence.games.parameter import share
from deterrence.games.tree import Move, Node, rewrite, with_children
from deterrence.mechanisms.algebra import insert_chance, share_information
from deterrence.mechanisms.requirements import Mechanism, Number, declare, needed_action, shown


@dataclass(frozen=True)
class Signal(Mechanism):
    """A public alarm after an action, with some probability, and a false one where it is not taken.

    It suits a game in which the others move without seeing the action: a simultaneous move, or a label that
    joins what follows the action and what follows its alternatives. What was simultaneous is then in
    sequence, with the alarm between.

    Parameters
    ----------
    action
        What the alarm is about.
    by
        Whose action; by default the one player who has it. That player must choose first.
    detection
        Chance of an alarm after the action, in [0, 1].
    false_alarm
        Chance of an alarm after any other choice at the same move, in [0, 1].
    prefix
        A word to put before the names of the parameters.

    Notes
    -----
    *Needs* the action, of one player, who must choose first. *Neutral* at ``detection=0`` and
    ``false_alarm=0``; where they are equal the alarm says nothing, though players may coordinate on it.

    *Plausible*: ``detection`` from 0 to 1; ``false_alarm`` from 0 to 1/2.

    *Left out*: the alarm says that something was done and not by whom: that is for :class:`Deniability`. The
    quality of the alarm is nobody's choice.

    *Order*: the alarm is about a choice. :class:`InnocentAttacks` and :class:`Delegation`, which do not
    commute with it, come after it if an attack is to raise the alarm whoever ordered it. It commutes with
    all other mechanisms, up to the order of two draws.

    References
    ----------
    Avenhaus, von Stengel and Zamir (2002).

    Examples
    --------
    >>> import deterrence as dt
    >>> from deterrence.mechanisms import Signal
    >>> blind = dt.bimatrix(
    ...     [[0, -4], [1, -3]],
    ...     [[0, -1], [-2, -1]],
    ...     actions=[["wait", "strike"], ["restrain", "retaliate"]],
    ... )
    >>> len(dt.solve(blind.under(Signal("strike", detection=0.7, false_alarm=0.1))))
    3
    """

    action: str
    by: str | None = None
    detection: Number = share(
        0.7,
        "chance of an alarm after the action",
        symbol=r"\alpha",
        plausible=(0, 1),
        why="from a blind sensor to one that misses nothing",
    )
    false_alarm: Number = share(
        0.1,
        "chance of an alarm without the action",
        symbol="f",
        plausible=(0, "1/2"),
        why="worse than a coin would be no alarm",
    )
    prefix: str = ""

    __repr__ = shown

    def __call__(self, game: Game) -> Game:
        """Return the game in which an alarm may sound."""
        by = needed_action(self, game, self.action, self.by)
        new = declare(self, game)
        tree = rewrite(share_information(game.writing.tree, unless=(by,)), _in_sequence)

        def heard(chance: Any, part: Node) -> Node:
            return insert_chance(part, {"alarm": chance, "no alarm": 1 - chance})

        def rule(node: Node, _: tuple[str, ...]) -> Node:
            if not isinstance(node, Move) or node.player != by or self.action not in node.actions:
                return node
            chances = [new["detection" if action == self.action else "false_alarm"] for action in node.actions]
            return with_children(node, tuple(map(heard, chances, node.children)))

        return game.changed(tree=rewrite(tree, rule), parameters=new.parameters, mechanism=self)


def _in_sequence(node: Node, _: tuple[str, ...]) -> Node:
    if not isinstance(node, Move):
        return node
    return Move(node.player, node.actions, node.children, node.information, None)
