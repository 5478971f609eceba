"""Audience costs: a leader who threatens and then backs down pays for it at home."""

from __future__ import annotations

from dataclasses import dataclass

from deterrence.games.game import Game
from deterrence.games.tree import Node
from deterrence.mechanisms.algebra import below, pay
from deterrence.mechanisms.requirements import (
    Mechanism,
    Number,
    cost,
    declare,
    listed,
    needed_action,
    needed_answers,
    shown,
)


@dataclass(frozen=True)
class AudienceCosts(Mechanism):
    """Support that a leader loses by backing down from a threat made in public.

    Parameters
    ----------
    retreat
        The leader's actions that count as backing down: one name or several.
    player
        Whose leader it is; by default the one player who has those actions.
    threat
        The leader's action that makes the threat; by default the threat stands from the start.
    audience_cost
        Support lost by backing down, at least 0; neutral at 0.
    prefix
        A word to put before the parameter's name.

    Notes
    -----
    *Needs* the actions ``retreat`` of one player, and ``threat`` among that player's actions where it is
    given. *Neutral* at ``audience_cost=0``.

    *Plausible*: ``audience_cost`` from none to twice the number given, since its unit is that of the game's
    payoffs.

    *Left out*: the audience punishes the retreat and not the threat, for a fixed price. That the price grows
    with each escalation, that an audience also punishes foolish wars, and who the audience is, are not
    captured.

    *Order*: it changes payoffs alone and commutes with all mechanisms but :class:`Brinkmanship` on the
    retreat, whose disaster has a price of its own, and, where the retreat is the very choice beside which an
    attack is copied, :class:`InnocentAttacks` and :class:`Delegation`: applied after them it is paid there
    too.

    References
    ----------
    Fearon (1994); Fearon (1997), for tying hands against sinking costs.

    Examples
    --------
    >>> import deterrence as dt
    >>> from deterrence.mechanisms import AudienceCosts
    >>> from deterrence.models.folklore.strike import strike as GAME
    >>> weak = GAME.at(war=8)
    >>> bound = weak.under(AudienceCosts("restrain", "Defender", audience_cost=3))
    >>> dt.solve(weak)[0].probability("strike"), dt.solve(bound)[0].probability("strike")
    (1, 0)
    """

    retreat: str | tuple[str, ...]
    player: str | None = None
    threat: str | None = None
    audience_cost: Number = cost(2, "support lost by backing down from a threat", symbol="k")
    prefix: str = ""

    __repr__ = shown

    def __call__(self, game: Game) -> Game:
        """Return the game in which backing down costs support."""
        player = needed_answers(self, game, self.retreat, self.player)
        new = declare(self, game)

        def punished(part: Node) -> Node:
            cost = {player: -new["audience_cost"]}
            return pay(part, game.players, cost, after=listed(self.retreat), by=player)

        if self.threat is None:
            tree = punished(game.writing.tree)
        else:
            needed_action(self, game, self.threat, player)
            tree = below(game.writing.tree, self.threat, punished, by=player)
        return game.changed(tree=tree, parameters=new.parameters, mechanism=self)
