"""Innocent attacks: what looks like a strike happens although its supposed author ordered none."""

from __future__ import annotations

from dataclasses import dataclass

from deterrence.games.expression import as_value
from deterrence.games.game import Game
from deterrence.games.parameter import share
from deterrence.games.tree import Chance, Node
from deterrence.mechanisms.algebra import graft, pay
from deterrence.mechanisms.requirements import Mechanism, Number, declare, expression, needed_action, shown


@dataclass(frozen=True)
class InnocentAttacks(Mechanism):
    """Attacks that happen with some probability although their supposed author did not order them.

    The author chose ``otherwise``; nature brings about what follows ``action`` all the same. The author
    knows that it gave no order. For everybody else the attack is the same one: their information sets join
    the guilty and the innocent, and they believe what Bayes' rule says. :class:`Deniability` adds evidence,
    and what it costs to answer the innocent; without it an attack costs the victim the same whoever ordered
    it.

    Parameters
    ----------
    action
        The act that is imitated.
    otherwise
        The author's action after which innocent attacks happen.
    by
        The supposed author; by default the one player who has the action.
    gain
        What the author has from striking by its own hand and not from an innocent attack: a number, the name
        of a parameter of the game, or an expression. It is 0 by default, as for a rocket that does the same
        damage whoever fires it; which part of a payoff is such a private gain, only the analyst can say.
    background
        Chance of an innocent attack, in [0, 1]; neutral at 0.
    prefix
        A word to put before the parameter's name.

    Notes
    -----
    *Needs* the actions ``action`` and ``otherwise`` at one move of the author. *Neutral* at
    ``background=0``.

    *Plausible*: ``background`` from 0 to 1/2.

    *Left out*: attackers behind innocent attacks have no aims here; :class:`Delegation` gives them some.

    *Order*: a mechanism that treats all strikes alike (:class:`Casualties`, :class:`MissileDefence`,
    :class:`Posture`) may come before or after, since the branch of nature carries the action's name. It does
    not commute with what pays the author for the act alone, :class:`SunkCosts`, :class:`Factions` by actions
    and :class:`Sanctions` on the action, which belong after it; nor with :class:`Delegation` or
    :class:`Brinkmanship`. It comes before :class:`Deniability`, which treats guilty and innocent
    differently, and after :class:`Signal`, so that the alarm is of the attack and not of its author's
    choice.

    References
    ----------
    Avenhaus, von Stengel and Zamir (2002); Baliga, Bueno de Mesquita and Wolitzky (2020).

    Examples
    --------
    >>> import deterrence as dt
    >>> from deterrence.mechanisms import InnocentAttacks
    >>> from deterrence.models.folklore.strike import strike as GAME
    >>> print(
    ...     *GAME.under(InnocentAttacks("strike", "restrain")).information_sets[1].histories,
    ...     sep="; ",
    ... )
    restrain, strike; strike
    """

    action: str
    otherwise: str
    by: str | None = None
    gain: object = 0
    background: Number = share(
        0.1,
        "chance of an attack that its supposed author did not order",
        symbol=r"\beta",
        plausible=(0, "1/2"),
        why="attacks of others are the exception, or the actor would be none",
    )
    prefix: str = ""

    __repr__ = shown

    def __call__(self, game: Game) -> Game:
        """Return the game in which attacks happen that the author did not order."""
        by = needed_action(self, game, self.action, self.by)
        needed_action(self, game, self.otherwise, by)
        new, gain = declare(self, game), expression(self, game, self.gain)
        chance = new["background"]

        def build(copy: Node, quiet: Node) -> Node:
            happens = pay(copy, game.players, {by: as_value(-gain)})
            return Chance((self.action, self.otherwise), (chance, 1 - chance), (happens, quiet))

        tree = graft(game.writing.tree, self.action, self.otherwise, build, by=by)
        return game.changed(tree=tree, parameters=new.parameters, mechanism=self)
