"""Brinkmanship: a risk of disaster that nobody chooses."""

from __future__ import annotations

from dataclasses import dataclass

from deterrence.games.game import Game
from deterrence.games.parameter import share
from deterrence.games.tree import End, Node
from deterrence.mechanisms.algebra import insert_chance
from deterrence.mechanisms.requirements import Mechanism, Number, cost, declare, needed_action, shown


@dataclass(frozen=True)
class Brinkmanship(Mechanism):
    """A risk, run by an action, that the crisis gets out of control and ends in disaster for all.

    Parameters
    ----------
    action
        The action that runs the risk, each time it is taken.
    by
        Whose action; by default the one player who has it.
    outcome
        The name of the disaster; it may be an outcome that the game has, such as ``war``.
    risk
        Chance of disaster, in [0, 1]; neutral at 0.
    disaster
        What the disaster costs each player, at least 0.
    prefix
        A word to put before the names of the parameters.

    Notes
    -----
    *Needs* the action, of one player. *Neutral* at ``risk=0``.

    *Plausible*: ``risk`` from 0 to 1/2; ``disaster`` from none to twice the number given, since its unit is
    that of the game's payoffs.

    *Left out*: the risk is the same each time and for all to know; whoever escalates cannot choose how much
    of it to run. A disaster that costs some more than others is written with ``insert_chance``.

    *Order*: a disaster ends the game at its own price. Applied last it keeps that price; what is applied
    later and pays wherever the action leads is paid in the disaster as well. So it does not commute with
    :class:`SunkCosts`, :class:`Posture`, :class:`MissileDefence`, :class:`Delegation`,
    :class:`InnocentAttacks`, :class:`Factions` by actions or :class:`Sanctions` on the action or everywhere;
    on the victim's answer not with :class:`Deniability`, on a retreat not with :class:`AudienceCosts` or
    :class:`Casualties`.

    References
    ----------
    Schelling (1960), chapter 8; Schelling (1966), chapter 3; Powell (1990).

    Examples
    --------
    >>> import deterrence as dt
    >>> from deterrence.mechanisms import Brinkmanship
    >>> from deterrence.models.folklore.strike import strike as GAME
    >>> risky = GAME.at(war=8).under(Brinkmanship("strike", disaster=20))
    >>> [dt.solve(risky.at(risk=chance))[0].probability("strike") for chance in (0.1, 0.2)]
    [1, 0]
    """

    action: str
    by: str | None = None
    outcome: str = "disaster"
    risk: Number = share(
        0.1,
        "chance that the crisis slips out of hand",
        symbol="r",
        plausible=(0, "1/2"),
        why="from no risk to even odds",
    )
    disaster: Number = cost(20, "what disaster costs each side", symbol="D")
    prefix: str = ""

    __repr__ = shown

    def __call__(self, game: Game) -> Game:
        """Return the game in which the action runs the risk."""
        by = needed_action(self, game, self.action, self.by)
        new = declare(self, game)
        ruin = End(self.outcome, (-new["disaster"],) * len(game.players))

        def lost(_: Node) -> Node:
            return ruin

        draw = {"slips": (new["risk"], lost), "holds": 1 - new["risk"]}
        tree = insert_chance(game.writing.tree, draw, after=self.action, by=by, silent=("holds",))
        return game.changed(tree=tree, parameters=new.parameters, mechanism=self)
