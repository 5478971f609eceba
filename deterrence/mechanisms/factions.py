"""Factions: who prevails in a government, which others do not know."""

from __future__ import annotations

from dataclasses import dataclass

from deterrence.errors import MechanismError
from deterrence.games.game import Game
from deterrence.games.parameter import share
from deterrence.games.tree import Node
from deterrence.mechanisms.algebra import pay, split_type
from deterrence.mechanisms.requirements import (
    Mechanism,
    Number,
    cost,
    declare,
    listed,
    needed_action,
    needed_outcomes,
    needed_player,
    shown,
)


@dataclass(frozen=True)
class Factions(Mechanism):
    """Two hidden types of a player, such as hawk and dove; it alone knows which it is.

    Nature draws the type before all else: the first with probability ``prior``. At the named outcomes, or
    after the named actions of its own, the first type's payoff is higher by ``resolve``; the second type
    has the game's own payoffs. The others see what the player does, and infer what they can.

    Parameters
    ----------
    player
        Whose government it is.
    types
        The names of the two types; the first is the one that differs from the game.
    outcomes, actions
        Where the types differ: at these outcomes, or below these actions of the player; at least one of them.
    prior
        Probability of the first type, in [0, 1]; neutral at 0.
    resolve
        How much better the first type likes what is named, of any sign; neutral at 0.
    prefix
        A word to put before the names of the parameters, such as the player's.

    Notes
    -----
    *Needs* the player, and the ``outcomes`` and ``actions`` when it is applied. *Neutral* at ``prior=0`` and
    at ``resolve=0``, where the types are the same, though one could still use them to randomise.

    *Plausible*: ``prior`` from 0 to 1; ``resolve`` from none to twice the number given, since its unit is
    that of the game's payoffs.

    *Left out*: types are drawn once and for all, independently of every other draw. A struggle that goes on
    during the crisis, or one type for two players, is not captured.

    *Order*: with ``outcomes`` it commutes with all mechanisms as long as the outcomes are there when it is
    applied, two draws of types up to their order. With ``actions`` it does not commute with what copies
    those actions, :class:`InnocentAttacks` and :class:`Delegation`, nor with :class:`Brinkmanship`, whose
    disaster has a price of its own.

    References
    ----------
    Harsanyi (1967); Zagare and Kilgour (2000), for hard and soft types in deterrence.

    Examples
    --------
    >>> import deterrence as dt
    >>> from deterrence.mechanisms import Factions
    >>> from deterrence.models.folklore.strike import strike as GAME
    >>> weak = GAME.at(war=8)
    >>> hawks = Factions("Defender", outcomes="war", resolve=5)
    >>> for chance in (0.2, 0.8):
    ...     print(dt.solve(weak.under(hawks).at(prior=chance))[0].probability("strike"))
    1
    0
    """

    player: str
    types: tuple[str, str] = ("hawk", "dove")
    outcomes: str | tuple[str, ...] = ()
    actions: str | tuple[str, ...] = ()
    prior: Number = share(
        0.5,
        "probability that the first faction prevails",
        symbol=r"\pi",
        plausible=(0, 1),
        why="from certainty of one faction to certainty of the other",
    )
    resolve: Number = cost(1, "how much better the first faction likes what the types differ in", symbol="r", low=None)
    prefix: str = ""

    __repr__ = shown

    def __call__(self, game: Game) -> Game:
        """Return the game in which the player has a hidden type."""
        needed_player(self, game, self.player)
        self._check(game)
        new = declare(self, game)
        raised = {self.player: new["resolve"]}

        def resolute(tree: Node) -> Node:
            tree = pay(tree, game.players, raised, outcomes=listed(self.outcomes))
            return pay(tree, game.players, raised, after=listed(self.actions), by=self.player)

        first, second = self.types
        types = {first: (new["prior"], resolute), second: 1 - new["prior"]}
        return game.changed(
            tree=split_type(game.writing.tree, self.player, types), parameters=new.parameters, mechanism=self
        )

    def _check(self, game: Game) -> None:
        if len(set(self.types)) != 2 or len(self.types) != 2:
            raise MechanismError(f"Factions takes two types with names of their own, not {self.types!r}.")
        if not self.outcomes and not self.actions:
            raise MechanismError("Factions needs outcomes=… or actions=…: where the two types differ.")
        needed_outcomes(self, game, listed(self.outcomes))
        for action in listed(self.actions):
            needed_action(self, game, action, self.player)
