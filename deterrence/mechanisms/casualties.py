"""Casualties: a strike kills or it does not, and restraint after deaths costs support at home."""

from __future__ import annotations

from dataclasses import dataclass

from deterrence.games.game import Game
from deterrence.games.parameter import share
from deterrence.games.tree import Node
from deterrence.mechanisms.algebra import below, insert_chance, pay, spell_out
from deterrence.mechanisms.requirements import (
    Mechanism,
    Number,
    cost,
    declare,
    listed,
    needed_answers,
    needed_draw,
    shown,
    struck,
)


@dataclass(frozen=True)
class Casualties(Mechanism):
    """Deaths that a strike causes with some probability, for all to see; restraint after deaths costs support.

    Parameters
    ----------
    action
        The strike, whoever carries it out; a branch of nature of that name counts.
    restraint
        The victim's actions that its public takes for weakness once there are deaths: one name or several.
    victim
        Who is struck; by default the one player who has those actions.
    upon
        Where nature draws: upon this branch of an earlier draw rather than upon the strike itself, such as
        ``hit`` in a game that already draws whether a strike is intercepted.
    lethality
        Chance that the strike kills, in [0, 1]; neutral at 0.
    outrage
        Support that the victim's government loses by restraint after deaths, at least 0; neutral at 0, if the
        victim sees the strike anyway.
    prefix
        A word to put before the names of the parameters.

    Notes
    -----
    *Needs* the action, taken by somebody other than the victim, the actions ``restraint`` of the victim, and
    the branch ``upon`` where it is given. *Neutral* at ``lethality=0``; at ``outrage=0`` too if the victim
    sees the strike anyway, though the draw is still public, so that players may coordinate on it.

    *Plausible*: ``lethality`` from 0 to 1; ``outrage`` from none to twice the number given, since its unit
    is that of the game's payoffs.

    *Left out*: the deaths themselves change no payoff but this one: their harm is part of the strike's.
    Deaths are seen and counted alike by all; a death toll, or a toll that is disputed, is not captured.

    *Order*: strikes that :class:`InnocentAttacks` or :class:`Delegation` add, before or after, kill with the
    same probability. It commutes with all mechanisms, up to the order of two draws, but with
    :class:`Brinkmanship` on the restraint, whose disaster has a price of its own.

    References
    ----------
    Mueller (1973), for what casualties do to a president's support.

    Examples
    --------
    >>> import deterrence as dt
    >>> from deterrence.mechanisms import Casualties
    >>> from deterrence.models.folklore.strike import strike as GAME
    >>> deaths = Casualties("strike", "restrain", victim="Defender", outrage=4)
    >>> answered = GAME.at(war=8).under(deaths)
    >>> for chance in (0.3, 0.6):
    ...     print(dt.solve(answered.at(lethality=chance))[0].probability("strike"))
    1
    0
    """

    action: str
    restraint: str | tuple[str, ...]
    victim: str | None = None
    upon: str | None = None
    lethality: Number = share(
        0.3,
        "chance that a strike kills",
        symbol=r"\ell",
        plausible=(0, 1),
        why="from strikes on empty ground to strikes that always kill",
    )
    outrage: Number = cost(2, "support lost by restraint after deaths", symbol="o")
    prefix: str = ""

    __repr__ = shown

    def __call__(self, game: Game) -> Game:
        """Return the game in which the strike may kill."""
        victim = needed_answers(self, game, self.restraint, self.victim)
        struck(self, game, self.action, victim)
        new = declare(self, game)
        kills = new["lethality"]

        def mourned(part: Node) -> Node:
            return pay(part, game.players, {victim: -new["outrage"]}, after=listed(self.restraint), by=victim)

        draw = {"deaths": (kills, mourned), "no deaths": 1 - kills}
        where = None if self.upon is None else needed_draw(self, game, self.upon)

        def struck_down(part: Node) -> Node:
            return insert_chance(part, draw, after=where, silent=("no deaths",))

        tree = below(game.writing.tree, self.action, struck_down, unless=(victim,))
        tree = spell_out(tree, "no deaths")
        return game.changed(tree=tree, parameters=new.parameters, mechanism=self)
