"""Missile defence: a strike may be intercepted."""

from __future__ import annotations

from dataclasses import dataclass

from deterrence.games.game import Game
from deterrence.games.parameter import share
from deterrence.games.tree import Node
from deterrence.mechanisms.algebra import below, insert_chance, pay, spell_out
from deterrence.mechanisms.requirements import (
    Mechanism,
    Number,
    declare,
    expression,
    needed_action,
    needed_player,
    shown,
)


@dataclass(frozen=True)
class MissileDefence(Mechanism):
    """A defence that intercepts a strike with some probability, for all to see; the victim may still answer.

    Parameters
    ----------
    action
        The strike; a branch of nature of that name counts.
    victim
        Who is struck.
    by
        Who strikes; by default the one player who has the action.
    gain
        What the striker loses where the strike is intercepted: a number, the name of a parameter of the game,
        or an expression. Only the analyst knows which part of a payoff is the strike's gain.
    harm
        What the victim is spared, in the same forms.
    interception
        Chance that the strike is intercepted, in [0, 1]; neutral at 0.
    prefix
        A word to put before the parameter's name.

    Notes
    -----
    *Needs* the action, of one player, and the victim. *Neutral* at ``interception=0``.

    *Plausible*: ``interception`` from 0 to 9/10.

    *Left out*: interception does not wear out, and the striker cannot swamp it by striking harder. What an
    intercepted strike does not gain and not harm is given back wherever it leads, so that by itself
    interception does not change whether an answer pays. That the victim may dare more behind its shield follows
    from the game and is not assumed.

    *Order*: it commutes with all mechanisms, up to the order of two draws, but with :class:`Brinkmanship`,
    whose disaster has a price of its own.

    References
    ----------
    Powell (2003).

    Examples
    --------
    >>> import deterrence as dt
    >>> from deterrence.mechanisms import MissileDefence, SunkCosts
    >>> from deterrence.models.folklore.strike import strike as GAME
    >>> tried = GAME.at(war=8).under(SunkCosts("strike", sunk_cost=1))
    >>> shielded = tried.under(MissileDefence("strike", "Defender", gain="prize", harm="loss"))
    >>> [
    ...     dt.solve(shielded.at(interception=share))[0].probability("strike")
    ...     for share in (0.7, 0.8)
    ... ]
    [1, 0]
    """

    action: str
    victim: str
    by: str | None = None
    gain: object = 0
    harm: object = 0
    interception: Number = share(
        0.5,
        "chance that a strike is intercepted",
        symbol=r"\iota",
        plausible=(0, "9/10"),
        why="from no defence to one that few strikes get through; none stops all",
    )
    prefix: str = ""

    __repr__ = shown

    def __call__(self, game: Game) -> Game:
        """Return the game in which the strike may be intercepted."""
        by = needed_action(self, game, self.action, self.by)
        victim = needed_player(self, game, self.victim)
        new = declare(self, game)
        amounts = {by: -expression(self, game, self.gain), victim: expression(self, game, self.harm)}

        def spared(part: Node) -> Node:
            return pay(part, game.players, amounts)

        stopped = new["interception"]
        draw = {"intercepted": (stopped, spared), "hit": 1 - stopped}

        def shielded(part: Node) -> Node:
            return insert_chance(part, draw, silent=("hit",))

        tree = spell_out(below(game.writing.tree, self.action, shielded, unless=(victim,)), "hit")
        return game.changed(tree=tree, parameters=new.parameters, mechanism=self)
