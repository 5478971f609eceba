"""Posture: forward bases are within reach of the enemy, and the enemy is within theirs."""

from __future__ import annotations

from dataclasses import dataclass

from deterrence.games.game import Game
from deterrence.games.parameter import share
from deterrence.games.tree import Node
from deterrence.mechanisms.algebra import below, pay
from deterrence.mechanisms.requirements import Mechanism, Number, cost, declare, listed, needed_answers, shown, struck


@dataclass(frozen=True)
class Posture(Mechanism):
    """A player's forces within reach: a strike on them hurts more, and an answer from near by costs less.

    Parameters
    ----------
    action
        The strike on the forces, whoever carries it out.
    answers
        The victim's actions that its forward forces make cheaper: one name or several.
    victim
        Whose forces they are; by default the one player who has the answers.
    exposure
        Share of the forces that stand within reach, in [0, 1]; neutral at 0.
    vulnerability
        Harm that a strike does to forces wholly exposed, at least 0; neutral at 0.
    reach
        What forces wholly forward save on an answer, at least 0; neutral at 0.
    prefix
        A word to put before the names of the parameters.

    Notes
    -----
    *Needs* the action, taken by somebody other than the victim, and the actions ``answers`` of the victim.
    *Neutral* at ``exposure=0``, and where ``vulnerability`` and ``reach`` are both 0: the game's own payoffs
    are those of forces out of reach.

    *Plausible*: ``exposure`` from 0 to 1; ``vulnerability`` and ``reach`` from none to twice the number
    given, since their unit is that of the game's payoffs.

    *Left out*: whether to go forward is a parameter and no choice; what bases mean to an ally is not
    captured.

    *Order*: it changes payoffs alone, on strikes that are copied as well, and commutes with all mechanisms
    but :class:`Brinkmanship`, whose disaster has a price of its own.

    References
    ----------
    Schelling (1966), chapter 2, for forward forces as a stake.

    Examples
    --------
    >>> import deterrence as dt
    >>> from deterrence.mechanisms import Posture
    >>> from deterrence.models.folklore.strike import strike as GAME
    >>> forward = GAME.at(war=8).under(Posture("strike", "retaliate", reach=5))
    >>> [dt.solve(forward.at(exposure=share))[0].probability("strike") for share in (0.2, 0.6)]
    [1, 0]
    """

    action: str
    answers: str | tuple[str, ...]
    victim: str | None = None
    exposure: Number = share(
        0.5,
        "share of the forces within reach",
        symbol="x",
        plausible=(0, 1),
        why="from all forces out of reach to all within",
    )
    vulnerability: Number = cost(2, "harm of a strike on forces wholly exposed", symbol="v")
    reach: Number = cost(1, "what forces wholly forward save on an answer", symbol="s")
    prefix: str = ""

    __repr__ = shown

    def __call__(self, game: Game) -> Game:
        """Return the game with the forces exposed."""
        victim = needed_answers(self, game, self.answers, self.victim)
        struck(self, game, self.action, victim)
        new = declare(self, game)

        def exposed(part: Node) -> Node:
            harm, saving = new["exposure"] * new["vulnerability"], new["exposure"] * new["reach"]
            part = pay(part, game.players, {victim: -harm})
            return pay(part, game.players, {victim: saving}, after=listed(self.answers), by=victim)

        tree = below(game.writing.tree, self.action, exposed, unless=(victim,))
        return game.changed(tree=tree, parameters=new.parameters, mechanism=self)
