"""Strike, retaliate or restrain: the smallest deterrence game.

By backward induction the Defender retaliates where retaliation costs it less than the unanswered strike,
``war < loss``; the Challenger, who sees this, strikes where ``prize > punishment``, or where no answer is
to be feared and ``prize > 0``.
"""

from __future__ import annotations

from typing import Any

from deterrence.notation import end, game, move
from deterrence.parameter import param
from deterrence.tree import Node

SOURCE = "Folklore; the rudimentary asymmetric deterrence game of Zagare and Kilgour (1993) has the same tree."

DOES_NOT_SAY = """\
It knows neither doubt nor error: each side knows what the other wants, and who struck. A threat is
credible or it is not; there is no reputation, no escalation beyond the answer, and no bargain instead of
the strike."""


@game("Challenger", "Defender")
def strike(
    *,
    prize: Any = param(4, "gain from a strike that goes unanswered", low=0, high=20),
    loss: Any = param(6, "harm of an unanswered strike", low=0, high=20),
    punishment: Any = param(9, "harm that retaliation does", low=0, high=20),
    war: Any = param(3, "cost of retaliating", low=-5, high=20),
) -> Node:
    """Strike, retaliate or restrain: the smallest deterrence game."""
    answered = end("war", prize - punishment, -war)
    answer = move("Defender", restrain=end("fait accompli", prize, -loss), retaliate=answered)
    return move("Challenger", restrain=end("status quo", 0, 0), strike=answer)


GAME = strike
