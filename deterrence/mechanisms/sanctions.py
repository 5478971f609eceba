"""Sanctions: pressure that makes a target's lot worse, and may be lifted or tightened."""

from __future__ import annotations

from dataclasses import dataclass

from deterrence.games.game import Game
from deterrence.games.parameter import share
from deterrence.games.tree import Chance, Node, rewrite, with_children
from deterrence.mechanisms.algebra import Change, below, pay
from deterrence.mechanisms.requirements import (
    Mechanism,
    Number,
    cost,
    declare,
    listed,
    needed_action,
    needed_draw,
    needed_outcomes,
    needed_player,
    shown,
)


@dataclass(frozen=True)
class Sanctions(Mechanism):
    """Pressure on a target, relieved where it concedes and increased where it offends.

    Pressure makes the target's present situation worse, so what it might lose by acting is worth less to it:
    pressure provokes as well as restrains. Which of the two depends on the outcomes that it makes worse.

    Parameters
    ----------
    target
        The player under sanctions.
    outcomes
        Where the pressure bites: one outcome or several, such as the status quo; by default everywhere. What
        bites everywhere changes nobody's choice unless it is relieved somewhere.
    concession
        Outcomes at which pressure is lifted by the share ``relief``.
    offence
        An action of the target that draws the further sanctions ``penalty``, wherever it leads.
    evidence
        The branch of nature without which there is no penalty, such as ``proof`` under :class:`Deniability`.
        The penalty follows the evidence and not the truth: a target that did not order the attack pays where
        the evidence is mistaken. Without an offence it is the pressure that hangs on the evidence.
    sender
        Who imposes the sanctions and bears their ``expense``; nobody by default.
    pressure
        Harm to the target where sanctions bite, at least 0; neutral at 0.
    relief
        Share of the pressure lifted at a concession, in [0, 1]; neutral at 0; added with ``concession``.
    penalty
        Harm of the further sanctions, at least 0; neutral at 0; added with ``offence``.
    expense
        Cost to the sender for each unit of pressure that bites, at least 0; neutral at 0; added with
        ``sender``.
    prefix
        A word to put before the names of the parameters.

    Notes
    -----
    *Needs* the players, the outcomes, the action ``offence`` of the target and a draw with the branch
    ``evidence``, each where it is given. *Neutral* at ``pressure=0`` and ``penalty=0``.

    *Plausible*: ``relief`` from 0 to 1; ``pressure`` and ``penalty`` from none to twice the number given,
    since their unit is that of the game's payoffs; ``expense`` from 0 to 1, or to twice the number given.

    *Left out*: sanctions stand from the start and bite by the payoffs of whole outcomes. How they build up,
    are evaded or hit some groups rather than others is not captured; nor is the sender's choice to impose
    them.

    *Order*: with ``evidence`` it follows the mechanism that draws it. Without, it commutes with all
    mechanisms, but on an offence not with what copies the act, :class:`InnocentAttacks` and
    :class:`Delegation`, and on an offence or everywhere not with :class:`Brinkmanship`, whose disaster has a
    price of its own.

    References
    ----------
    Drezner (1999), for what conflict ahead does to the worth of a concession; Hovi, Huseby and Sprinz
    (2005), for sanctions that work after they are imposed.

    Examples
    --------
    >>> import deterrence as dt
    >>> from deterrence.mechanisms import Sanctions
    >>> from deterrence.models.folklore.strike import strike as GAME
    >>> squeezed = GAME.under(Sanctions("Challenger", outcomes="status quo", pressure=6))
    >>> dt.solve(GAME)[0].probability("strike"), dt.solve(squeezed)[0].probability("strike")
    (0, 1)
    """

    target: str
    outcomes: str | tuple[str, ...] = ()
    concession: str | tuple[str, ...] = ()
    offence: str | None = None
    evidence: str | None = None
    sender: str | None = None
    pressure: Number = cost(1, "harm that sanctions do to their target", symbol="p")
    relief: Number = share(
        1,
        "share of the pressure that a concession lifts",
        symbol="r",
        plausible=(0, 1),
        why="from no relief to all of it",
    )
    penalty: Number = cost(1, "harm of further sanctions after an offence", symbol="q")
    expense: Number = cost(0, "cost to the sender of a unit of pressure", symbol="e")
    prefix: str = ""

    __repr__ = shown

    def __call__(self, game: Game) -> Game:
        """Return the game under sanctions."""
        self._check(game)
        conditional = {"relief": self.concession, "penalty": self.offence, "expense": self.sender}
        new = declare(self, game, "pressure", *(name for name, condition in conditional.items() if condition))
        amounts = {self.target: -new["pressure"]}
        if self.sender is not None:
            amounts[self.sender] = -new["pressure"] * new["expense"]
        where = listed(self.outcomes) or game.outcomes
        eased = [name for name in where if name in listed(self.concession)]
        after = None if self.offence else self.evidence
        tree = pay(game.writing.tree, game.players, amounts, outcomes=[n for n in where if n not in eased], after=after)
        if eased:
            eased_amounts = {player: (1 - new["relief"]) * amount for player, amount in amounts.items()}
            tree = pay(tree, game.players, eased_amounts, outcomes=eased, after=after)
        if self.offence is not None:
            tree = self._penalised(tree, lambda part: pay(part, game.players, {self.target: -new["penalty"]}))
        return game.changed(tree=tree, parameters=new.parameters, mechanism=self)

    def _penalised(self, tree: Node, penalty: Change) -> Node:
        """Change what follows the offence, or the evidence of it, whoever it was that committed it."""
        if self.evidence is None:
            return below(tree, str(self.offence), penalty, by=self.target)

        def rule(node: Node, history: tuple[str, ...]) -> Node:
            if not isinstance(node, Chance) or self.offence not in history:
                return node
            parts = zip(node.labels, node.children, strict=True)
            return with_children(node, tuple(penalty(p) if name == self.evidence else p for name, p in parts))

        return rewrite(tree, rule)

    def _check(self, game: Game) -> None:
        for player in (self.target, *((self.sender,) if self.sender else ())):
            needed_player(self, game, player)
        needed_outcomes(self, game, (*listed(self.outcomes), *listed(self.concession)))
        if self.offence is not None:
            needed_action(self, game, self.offence, self.target)
        if self.evidence is not None:
            needed_draw(self, game, self.evidence)
