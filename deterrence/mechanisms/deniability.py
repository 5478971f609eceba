"""Deniability: evidence of who ordered a strike, which may be missing or wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from deterrence.games.game import Game
from deterrence.games.parameter import share
from deterrence.mechanisms.algebra import Change, below, insert_chance, pay, spell_out
from deterrence.mechanisms.requirements import (
    Mechanism,
    Number,
    cost,
    declare,
    listed,
    needed_action,
    needed_answers,
    needed_draw,
    shown,
    unordered,
)


@dataclass(frozen=True)
class Deniability(Mechanism):
    """A strike that is hard to prove: who ordered it has to be shown or inferred.

    *Evidence.* After the strike nature draws ``proof`` with probability ``attribution``, else ``no proof``,
    for all to see; a victim that did not know of the strike learns of it by proof alone. Without proof each
    of the victim's ``answers`` costs it ``doubt`` more, at home or among its allies.

    *Inference.* Where the same attack also happens without its author's order, which
    :class:`InnocentAttacks` or :class:`Delegation` bring about, there is evidence against the innocent
    author with probability ``false_alarm``, and an answer to an attack that the author did not order costs
    the victim ``mistake``. The victim does not know which it faces, and weighs what it believes.

    Parameters
    ----------
    action
        The deniable act.
    answers
        The victim's actions that need proof: one name or several.
    by, victim
        Who acts and who answers; by default the one player who has the action.
    upon
        Where nature draws the evidence: upon this branch of an earlier draw rather than upon the strike
        itself, such as ``deaths`` where nothing else is investigated.
    attribution
        Chance that the strike is proven, in [0, 1]; neutral at 1, if the victim sees the strike anyway.
    doubt
        Cost to the victim of an answer without proof, at least 0; neutral at 0 but for the public draw.
    false_alarm
        Chance of evidence against an author who ordered nothing, in [0, 1]. Where it equals ``attribution``
        the evidence says nothing.
    mistake
        Cost to the victim of answering an attack that the author did not order, at least 0; neutral at 0.
    prefix
        A word to put before the names of the parameters.

    Notes
    -----
    *Needs* the action of one player, the actions ``answers`` of another, and the branch ``upon`` where it is
    given. *Neutral* at ``attribution=1``, ``false_alarm=0`` and ``mistake=0`` if the victim sees the strike
    anyway. At ``doubt=0`` the evidence of a strike that nobody else commits is still a public draw, on which
    players may coordinate.

    *Plausible*: ``attribution`` from 0 to 1; ``false_alarm`` from 0 to 1/2; ``doubt`` and ``mistake`` from
    none to twice the number given, since their unit is that of the game's payoffs.

    *Left out*: evidence is public and points at one suspect. Private intelligence, forged evidence and a
    choice among several suspects are not captured.

    *Order*: ``false_alarm`` and ``mistake`` are added only where the action is also taken by nature or by a
    player who is neither author nor victim. So it comes after :class:`InnocentAttacks` and
    :class:`Delegation` on the same action, which do not commute with it, and before :class:`Sanctions` that
    hang on proof. Nor does it commute with :class:`Brinkmanship` on an answer, whose disaster has a price of
    its own.

    References
    ----------
    Baliga, Bueno de Mesquita and Wolitzky (2020); Avenhaus, von Stengel and Zamir (2002).

    Examples
    --------
    >>> import deterrence as dt
    >>> from deterrence.mechanisms import Deniability
    >>> from deterrence.models.folklore.strike import strike as GAME
    >>> for chance in (0.3, 0.7):
    ...     print(
    ...         dt.solve(GAME.under(Deniability("strike", "retaliate", attribution=chance)))[
    ...             0
    ...         ].probability("strike")
    ...     )
    1
    0
    """

    action: str
    answers: str | tuple[str, ...]
    by: str | None = None
    victim: str | None = None
    upon: str | None = None
    attribution: Number = share(
        0.5,
        "chance that the strike is proven",
        symbol="a",
        plausible=(0, 1),
        why="from no proof at all to certain proof",
    )
    doubt: Number = cost(10, "cost to the victim of an answer without proof", symbol="d")
    false_alarm: Number = share(
        0.1,
        "chance of evidence against an author who ordered nothing",
        symbol="f",
        plausible=(0, "1/2"),
        why="worse than a coin would be no evidence",
    )
    mistake: Number = cost(2, "cost to the victim of answering an attack that was not ordered", symbol="m")
    prefix: str = ""

    __repr__ = shown

    def __call__(self, game: Game) -> Game:
        """Return the game in which the strike is deniable."""
        by = needed_action(self, game, self.action, self.by)
        victim = needed_answers(self, game, self.answers, self.victim)
        others = unordered(game, self.action, by, victim)
        fields = ("attribution", "doubt", "false_alarm", "mistake") if others else ("attribution", "doubt")
        new = declare(self, game, *fields)

        def costly(cost: Any) -> Change:
            return lambda part: pay(part, game.players, {victim: -cost}, after=listed(self.answers), by=victim)

        def evidence(proven: Any, mistake: Any) -> dict[str, Any]:
            return {
                "proof": (proven, costly(mistake)),
                "no proof": (1 - proven, costly(new["doubt"] + mistake)),
            }

        def drawn(chances: dict[str, Any]) -> Change:
            return lambda part: insert_chance(part, chances, after=self.upon, silent=("no proof",))

        if self.upon is not None:
            needed_draw(self, game, self.upon)
        tree = below(game.writing.tree, self.action, drawn(evidence(new["attribution"], 0)), by=by)
        if others:
            wrong = drawn(evidence(new["false_alarm"], new["mistake"]))
            tree = below(tree, self.action, wrong, unless=(by, victim))
        tree = spell_out(tree, "no proof")
        return game.changed(tree=tree, parameters=new.parameters, mechanism=self)
