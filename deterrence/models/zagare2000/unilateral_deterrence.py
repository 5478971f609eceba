"""Unilateral deterrence with private credibility: a challenge, resistance, and a fight or a climb-down.

Each side is Hard, and would rather fight than concede at its last choice, or Soft. With ``c1 = (cDC -
cSQ)/(cDC - cDD+)``, ``c2 = (cDC - cSQ)/(cDC - cCD)`` and ``d* = (dCD - dDC)/(dCD - dDD-)``, where the
letters are the parameters' LaTeX symbols, the perfect Bayesian equilibria are: certain deterrence if the
Defender's credibility is at least c1; steadfast deterrence, which rests on an implausible belief, below it;
a separating equilibrium between c2 and c1; bluff below c2 if the Challenger's credibility is below d*, and
attack above d*.
"""

from __future__ import annotations

from typing import Any

from deterrence.models import ask
from deterrence.models.claim import Claim
from deterrence.models.model import Model
from deterrence.notation import chance, end, game, move, where
from deterrence.parameter import param, share
from deterrence.tree import Assumed, Node


@game("Challenger", "Defender", name="unilateral-deterrence")
def unilateral_deterrence(
    *,
    challenger_gain: Any = param(1, "Challenger's payoff if the Defender concedes", symbol="c_{DC}"),
    challenger_status_quo: Any = param(0.5, "Challenger's payoff in the status quo", symbol="c_{SQ}"),
    challenger_hard_conflict: Any = param(0.1, "Hard Challenger's payoff from conflict", symbol="c_{DD+}"),
    challenger_defeat: Any = param(0, "Challenger's payoff if it backs off", symbol="c_{CD}"),
    challenger_soft_conflict: Any = param(-1, "Soft Challenger's payoff from conflict", symbol="c_{DD-}"),
    defender_status_quo: Any = param(1, "Defender's payoff in the status quo", symbol="d_{SQ}"),
    defender_victory: Any = param(0.8, "Defender's payoff if the Challenger backs off", symbol="d_{CD}"),
    defender_hard_conflict: Any = param(0.4, "Hard Defender's payoff from conflict", symbol="d_{DD+}"),
    defender_concession: Any = param(0.2, "Defender's payoff if it concedes", symbol="d_{DC}"),
    defender_soft_conflict: Any = param(-0.6, "Soft Defender's payoff from conflict", symbol="d_{DD-}"),
    challenger_credibility: Any = share(0.2, "probability that the Challenger is Hard", symbol="p_{Ch}"),
    defender_credibility: Any = share(0.3, "probability that the Defender is Hard", symbol="p_{Def}"),
) -> Assumed:
    """Challenge, resist, and in the end fight or climb down."""
    fights = {
        "Challenger": {"Hard": challenger_hard_conflict, "Soft": challenger_soft_conflict},
        "Defender": {"Hard": defender_hard_conflict, "Soft": defender_soft_conflict},
    }

    def crisis(one: str, other: str) -> Node:
        conflict = end("conflict", fights["Challenger"][one], fights["Defender"][other])
        climb_down = end("challenger defeated", challenger_defeat, defender_victory)
        last = {"back off": climb_down, "fight": conflict}
        resisted = move("Challenger", last, information=f"{one} Challenger, resisted")
        concession = end("defender concedes", challenger_gain, defender_concession)
        defender = move("Defender", concede=concession, resist=resisted, information=f"{other} Defender, challenged")
        peace = end("status quo", challenger_status_quo, defender_status_quo)
        return move("Challenger", accept=peace, challenge=defender, information=f"{one} Challenger")

    def types(one: str) -> Node:
        p = defender_credibility
        return chance({"Hard Defender": (p, crisis(one, "Hard")), "Soft Defender": (1 - p, crisis(one, "Soft"))})

    p = challenger_credibility
    tree = chance({"Hard Challenger": (p, types("Hard")), "Soft Challenger": (1 - p, types("Soft"))})
    return where(
        tree,
        challenger_soft_conflict < challenger_defeat,
        challenger_defeat < challenger_hard_conflict,
        challenger_hard_conflict < challenger_status_quo,
        challenger_status_quo < challenger_gain,
        defender_soft_conflict < defender_concession,
        defender_concession < defender_hard_conflict,
        defender_hard_conflict < defender_victory,
    )


def _c1(p: Any) -> Any:
    return (p.challenger_gain - p.challenger_status_quo) / (p.challenger_gain - p.challenger_hard_conflict)


def _c2(p: Any) -> Any:
    return (p.challenger_gain - p.challenger_status_quo) / (p.challenger_gain - p.challenger_defeat)


MODEL = Model(
    unilateral_deterrence,
    source="zagare2000",
    topic="credibility",
    note="Names of the classes and of c1, c2 and d* are recalled, not re-read; the payoffs are illustrative numbers.",
    assumptions=(
        "Each side is Hard or Soft, and alone knows which; the two draws are independent.",
        "A Hard side would rather fight than concede at its last choice, a Soft one the reverse.",
        "A challenge is seen, and so is its author.",
    ),
    names={
        "attack": {"Hard Challenger": "challenge", "Soft Challenger": "challenge"},
        "bluff": {"Hard Challenger": "challenge", "Soft Challenger": "mixed"},
        "separating": {"Hard Challenger": "challenge", "Soft Challenger": "accept"},
        "certain deterrence": {
            "Hard Challenger": "accept",
            "Soft Challenger": "accept",
            "Soft Defender, challenged": "concede",
        },
        "steadfast deterrence": {"Hard Challenger": "accept", "Soft Challenger": "accept"},
    },
    claims=(
        Claim(
            "Between c2 and c1 the types separate.",
            "ch. 5; re-derived",
            ask.condition_of("separating"),
            lambda p: (_c2(p) <= p.defender_credibility) & (p.defender_credibility <= _c1(p)),
        ),
        Claim(
            "At credibilities of 0.2 and 0.3 there is bluff, besides steadfast deterrence.",
            "vector 1",
            ask.classes_at(challenger_credibility=0.2, defender_credibility=0.3),
            {"bluff", "steadfast deterrence"},
        ),
        Claim(
            "There a Soft Challenger bluffs a third of the time.",
            "vector 1",
            ask.value_at(
                lambda one: one.strategies["Soft Challenger"]["challenge"],
                "bluff",
                challenger_credibility=0.2,
                defender_credibility=0.3,
            ),
            "0.333333",
        ),
    ),
    does_not_say="""\
A challenge is seen for what it is, and its author is known. Credibility is drawn once and is nobody's
choice: signals other than the challenge itself, costly or cheap, are left out, and so is the question
why there is something to challenge.""",
)
