"""Sunk costs: an action that has its price whatever follows."""

from __future__ import annotations

from dataclasses import dataclass

from deterrence.games.game import Game
from deterrence.mechanisms.algebra import pay
from deterrence.mechanisms.requirements import Mechanism, Number, cost, declare, needed_action, shown


@dataclass(frozen=True)
class SunkCosts(Mechanism):
    """A cost that an action, such as a mobilisation, has for its player whatever follows.

    Once paid it changes no later choice. It matters before, through who is willing to pay it, and so may reveal a type.

    Parameters
    ----------
    action
        The costly action.
    by
        Who pays for it; by default the one player who has the action.
    sunk_cost
        The cost, at least 0; neutral at 0.
    prefix
        A word to put before the parameter's name.

    Notes
    -----
    *Needs* the action, of one player. *Neutral* at ``sunk_cost=0``.

    *Plausible*: ``sunk_cost`` from none to twice the number given, since its unit is that of the game's
    payoffs.

    *Left out*: it is paid once for every time the action is taken, and does nothing but cost. What a
    mobilisation adds to the odds of a war is not captured.

    *Order*: it changes payoffs alone. It does not commute with what copies the action,
    :class:`InnocentAttacks` and :class:`Delegation`, since a copy made later has the cost in it; nor with
    :class:`Brinkmanship`, whose disaster has a price of its own.

    References
    ----------
    Fearon (1997); Spence (1973), for costs that reveal a type.

    Examples
    --------
    >>> import deterrence as dt
    >>> from deterrence.mechanisms import SunkCosts
    >>> from deterrence.models.folklore.strike import strike as GAME
    >>> for cost in (3, 5):
    ...     costly = GAME.at(war=8).under(SunkCosts("strike", sunk_cost=cost))
    ...     print(dt.solve(costly)[0].probability("strike"))
    1
    0
    """

    action: str
    by: str | None = None
    sunk_cost: Number = cost(1, "cost of the action, whatever follows", symbol="k")
    prefix: str = ""

    __repr__ = shown

    def __call__(self, game: Game) -> Game:
        """Return the game in which the action has its price."""
        by = needed_action(self, game, self.action, self.by)
        new = declare(self, game)
        tree = pay(game.writing.tree, game.players, {by: -new["sunk_cost"]}, after=self.action, by=by)
        return game.changed(tree=tree, parameters=new.parameters, mechanism=self)
