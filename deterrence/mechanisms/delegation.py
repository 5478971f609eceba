"""Delegation: a proxy that strikes for its sponsor, and sometimes for itself."""

from __future__ import annotations

from dataclasses import dataclass

from deterrence.errors import MechanismError
from deterrence.games.game import Game
from deterrence.games.parameter import share
from deterrence.games.tree import Chance, End, Move, Node, rewrite
from deterrence.mechanisms.algebra import graft, pay
from deterrence.mechanisms.requirements import (
    Added,
    Mechanism,
    Number,
    cost,
    declare,
    expression,
    listed,
    needed_action,
    shown,
)


@dataclass(frozen=True)
class Delegation(Mechanism):
    """A proxy through which a sponsor acts, and which it controls imperfectly.

    The sponsor's ``action`` is now an order. Where the sponsor chooses ``otherwise``, the proxy slips its
    control with probability ``autonomy``: without a name it then strikes; as a player of its own it chooses
    whether to. An order it carries out. The victim sees the same strike and cannot tell whether it was
    ordered. So the sponsor is blamed for both, and pays the ``price`` of delegation only for what it
    ordered.

    Parameters
    ----------
    action
        What the sponsor orders.
    otherwise
        The sponsor's action that orders the proxy to hold.
    sponsor
        Who gives the order; by default the one player who has the action.
    proxy
        The name of the proxy as a player, added to the game with payoff 0 everywhere but for ``zeal`` and
        ``toll``; without a name nature moves for it.
    blows
        Others' actions that hit the proxy (with ``proxy``): one name or several.
    gain
        What the sponsor has from a strike that it ordered and not from one that the proxy chose: a number,
        the name of a parameter, or an expression; 0 by default.
    autonomy
        Chance that the proxy slips the sponsor's control when told to hold, in [0, 1]; neutral at 0.
    price
        Cost to the sponsor of an order: pay, weapons, favours; any sign, below 0 where others foot the bill;
        neutral at 0.
    slippage, mishap
        Chance in [0, 1] that an ordered strike serves the proxy's ends instead, and what the sponsor then
        loses, at least 0; added where either is set, neutral where either is 0. Nobody acts on it, so it
        enters as the expected cost.
    zeal, toll
        What a proxy with a name gains from a strike of its own, of any sign, and loses by each blow, at least
        0; without a name they are not added.
    prefix
        A word to put before the names of the parameters.

    Notes
    -----
    *Needs* the actions ``action`` and ``otherwise`` at one move of the sponsor, and with ``proxy`` the
    others' actions ``blows``. *Neutral* at ``autonomy=0``, ``price=0`` and ``slippage=0``.

    *Plausible*: ``autonomy`` from 0 to 1/2; ``slippage`` from 0 to 1/2; ``zeal`` from none to twice the
    number given, since its unit is that of the game's payoffs; ``price``, ``mishap`` and ``toll`` from 0 to
    1, or to twice the number given.

    *Left out*: bargaining between sponsor and proxy, and rewards or punishment by which control is kept.
    Nobody sees who gave the order: the sponsor is blamed for every strike, as by a victim that holds
    sponsors to account.

    *Order*: a mechanism that pays the sponsor below the action, applied before, is copied to the strikes
    that were not ordered; applied after, it is paid for orders alone. So it does not commute with
    :class:`SunkCosts`, :class:`Factions` by actions or :class:`Sanctions` on the action, nor with
    :class:`InnocentAttacks` or :class:`Brinkmanship`. It comes before :class:`Deniability`, which tells
    apart what was ordered and what was not, and after :class:`Signal`, so that the alarm is of the strike
    and not of the order.

    References
    ----------
    Padró i Miquel and Yared (2012), for indirect control; Bapat (2012), for sponsorship; Salehyan (2010),
    for delegation and slippage.

    Examples
    --------
    >>> import deterrence as dt
    >>> from deterrence.mechanisms import Delegation
    >>> from deterrence.models.folklore.strike import strike as GAME
    >>> loose = GAME.under(Delegation("strike", "restrain", proxy="Militia", autonomy=0.5))
    >>> dt.solve(loose)[0].probability("war")
    Fraction(1, 2)
    """

    action: str
    otherwise: str
    sponsor: str | None = None
    proxy: str | None = None
    blows: str | tuple[str, ...] = ()
    gain: object = 0
    autonomy: Number = share(
        0.2,
        "chance that the proxy slips control when told to hold",
        symbol=r"\alpha",
        plausible=(0, "1/2"),
        why="a proxy that slips more often than it obeys is none",
    )
    price: Number = cost(0, "cost to the sponsor of an order to its proxy", symbol="c", low=None)
    slippage: Number = share(
        0,
        "chance that an ordered strike serves the proxy instead",
        symbol="s",
        plausible=(0, "1/2"),
        why="a proxy that slips more often than it obeys is none",
    )
    mishap: Number = cost(0, "what the sponsor loses when an order goes astray", symbol="z")
    zeal: Number = cost(1, "what the proxy gains from a strike of its own", symbol="g", low=None)
    toll: Number = cost(0, "what the proxy loses by each blow", symbol="t")
    prefix: str = ""

    __repr__ = shown

    def __call__(self, game: Game) -> Game:
        """Return the game in which the sponsor acts through a proxy."""
        sponsor = needed_action(self, game, self.action, self.sponsor)
        needed_action(self, game, self.otherwise, sponsor)
        astray = (self.slippage, self.mishap) != (type(self).slippage, type(self).mishap)
        proxy_fields = () if self.proxy is None else ("zeal", "toll")
        new = declare(self, game, "autonomy", "price", *(("slippage", "mishap") if astray else ()), *proxy_fields)
        cost = new["price"] + (new["slippage"] * new["mishap"] if astray else 0)
        bonus = expression(self, game, self.gain)
        game = game if self.proxy is None else self._joined(game, self.proxy)

        def build(copy: Node, hold: Node) -> Node:
            return self._slips(pay(copy, game.players, {sponsor: -bonus}), hold, game.players, new)

        knowing = () if self.proxy is None else (self.proxy,)
        tree = graft(game.writing.tree, self.action, self.otherwise, build, by=sponsor, known_to=knowing)
        tree = pay(tree, game.players, {sponsor: -cost}, after=self.action, by=sponsor)
        if self.proxy is not None:
            tree = pay(tree, game.players, {self.proxy: -new["toll"]}, after=listed(self.blows))
        return game.changed(tree=tree, parameters=new.parameters, mechanism=self)

    def _slips(self, strike: Node, hold: Node, players: tuple[str, ...], new: Added) -> Node:
        """Return what follows the order to hold."""
        chances, names = (new["autonomy"], 1 - new["autonomy"]), (self.action, self.otherwise)
        if self.proxy is None:
            return Chance(names, chances, (strike, hold))
        choice = Move(self.proxy, names, (pay(strike, players, {self.proxy: new["zeal"]}), hold))
        return Chance(("loose", "held"), chances, (choice, hold))

    def _joined(self, game: Game, proxy: str) -> Game:
        """Return the game with the proxy among its players, to whom nothing matters yet."""
        if proxy in game.players:
            raise MechanismError(f"Delegation adds {proxy!r} as a player, and the game {game.name!r} already has one.")
        for blow in listed(self.blows):
            needed_action(self, game, blow)

        def rule(node: Node, _: tuple[str, ...]) -> Node:
            return End(node.outcome, (*node.payoffs, 0)) if isinstance(node, End) else node

        return game.changed(tree=rewrite(game.writing.tree, rule), players=(*game.players, proxy))
