"""Strike, retaliate or restrain: the smallest deterrence game.

By backward induction the Defender retaliates where retaliation costs it less than the unanswered strike,
``war < loss``; the Challenger, who sees this, strikes where ``prize > punishment``, or where no answer is
to be feared and ``prize > 0``.
"""

from __future__ import annotations

from typing import Any

from deterrence.games.notation import end, game, move
from deterrence.games.parameter import param
from deterrence.games.tree import Node
from deterrence.models import ask
from deterrence.models.claim import Claim
from deterrence.models.model import Model
from deterrence.models.theory import Theory


@game("Challenger", "Defender")
def strike(
    *,
    prize: Any = param(
        4,
        "gain from a strike that goes unanswered",
        low=0,
        high=20,
        plausible=(0, 10),
        why="from no temptation to more than the punishment takes",
    ),
    loss: Any = param(
        6,
        "harm of an unanswered strike",
        low=0,
        high=20,
        plausible=(0, 12),
        why="from a trifle to four times the cost of answering",
    ),
    punishment: Any = param(
        9,
        "harm that retaliation does",
        low=0,
        high=20,
        plausible=(0, 15),
        why="from a token answer to several times the prize",
    ),
    war: Any = param(
        3,
        "cost of retaliating",
        low=-5,
        high=20,
        plausible=(-2, 10),
        why="from a Defender eager to answer to an empty threat",
    ),
) -> Node:
    """Strike, retaliate or restrain: the smallest deterrence game."""
    answered = end("war", prize - punishment, -war)
    answer = move("Defender", restrain=end("fait accompli", prize, -loss), retaliate=answered)
    return move("Challenger", restrain=end("status quo", 0, 0), strike=answer)


MODEL = Model(
    strike,
    source="zagare1993",
    relation="in the spirit of",
    changed=(
        "Folklore; the work's rudimentary game of asymmetric deterrence has the same tree, but hides the "
        "Defender's payoffs."
    ),
    topic="credibility",
    note="Illustrative payoffs.",
    assumptions=(
        "Both sides know what the other wants.",
        "Who struck is known.",
        "There is one strike and one answer.",
    ),
    does_not_say="""\
It knows neither doubt nor error: each side knows what the other wants, and who struck. A threat is
credible or it is not; there is no reputation, no escalation beyond the answer, and no bargain instead of
the strike.""",
    theory=Theory(
        mechanism=("credibility",),
        actors="two states",
        information=("complete",),
        result=("deters",),
        finding=(
            "A threat deters where carrying it out costs less than the unanswered strike, and it outweighs the prize."
        ),
        means=("punishment",),
        phase=("general", "immediate"),
        neighbours={
            "zagare1993/rudimentary_deterrence": "There it is doubtful whether the Defender would answer.",
            "schelling1966/tripwire": "There a force may be stationed first.",
            "avenhaus2002/noisy_attribution": "There it is doubtful who struck.",
        },
    ),
    names={
        "deterrence": {"Challenger": "restrain", "Defender": "retaliate"},
        "fait accompli": {"Challenger": "strike", "Defender": "restrain"},
        "war": {"Challenger": "strike", "Defender": "retaliate"},
    },
    claims=(
        Claim(
            "Deterrence holds where the answer costs less than the loss, and the punishment outweighs the prize.",
            "",
            ask.condition_of("deterrence"),
            lambda p: (p.war <= p.loss) & (p.prize <= p.punishment),
        ),
        Claim("At the defaults nobody strikes.", "", ask.value_at("strike"), 0),
        Claim(
            "The threat is empty as soon as the answer costs more than the loss.",
            "",
            ask.threshold_of("war", "strike"),
            lambda p: p.loss,
        ),
        Claim(
            "Every end pays what it says: nothing without a strike, g and -l where it goes unanswered, g - d and -c in "
            "war.",
            "",
            ask.each_of(
                ask.payoffs_of({"Challenger": "restrain", "Defender": "restrain"}),
                ask.payoffs_of({"Challenger": "strike", "Defender": "restrain"}),
                ask.payoffs_of({"Challenger": "strike", "Defender": "retaliate"}),
            ),
            [(0, 0), (4, -6), (-5, -3)],  # 4 - 9 = -5
            basis="computed",
        ),
    ),
)
