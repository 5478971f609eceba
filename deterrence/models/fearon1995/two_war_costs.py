"""Bargain or fight: an offer to a rival whose cost of war is hidden.

The Proposer may ask for little, which even a rival with a low cost of war prefers to fighting, or for much, which
only a rival with a high cost does. Each demand leaves the rival a margin ``m`` above what war would give it; as it
shrinks, the Proposer asks for much where the chance of a low cost is below ``(c_h - c_l)/(c_h + c_A)``, and war
then comes with exactly that chance. With the cost known there is no war.
"""

from __future__ import annotations

from typing import Any

from deterrence.games.notation import chance, end, game, move, where
from deterrence.games.parameter import param, share
from deterrence.games.tree import Assumed, Node
from deterrence.models import ask
from deterrence.models.claim import Claim
from deterrence.models.model import Model
from deterrence.models.theory import Theory


@game("Proposer", "Rival", name="two-war-costs")
def two_war_costs(
    *,
    strength: Any = share(
        0.5,
        "chance that the Proposer would win a war",
        symbol="p",
        plausible=(0.2, 0.6),
        why="low enough that a large demand leaves the Rival something",
    ),
    proposer_cost: Any = param(
        0.1,
        "the Proposer's cost of war",
        low=0,
        high=1,
        symbol="c_A",
        plausible=(0.05, 0.8),
        why="above the margin, up to where no risk pays",
    ),
    low_cost: Any = param(
        0.05,
        "the Rival's cost of war if it is low",
        low=0,
        high=1,
        symbol="c_l",
        plausible=(0, 0.25),
        why="a rival that hardly minds war, to one that does",
    ),
    high_cost: Any = param(
        0.35,
        "the Rival's cost of war if it is high",
        low=0,
        high=1,
        symbol="c_h",
        plausible=(0.1, 0.5),
        why="mostly above the low one, up to half the pie",
    ),
    low_cost_chance: Any = share(
        0.3,
        "chance that the Rival's cost of war is low",
        symbol="q",
        plausible=(0.05, 0.95),
        why="across the chance up to which risking war pays",
    ),
    margin: Any = param(
        0.01,
        "what a demand leaves the Rival above war",
        low=0,
        high=0.5,
        symbol="m",
        plausible=(0.001, 0.03),
        why="small: it only breaks the Rival's indifference",
    ),
) -> Assumed:
    """Ask for little or for much of a rival whose cost of war is hidden."""

    def facing(cost: Any, kind: str) -> Node:
        def demand(share_asked: Any, size: str) -> Node:
            fight = end("war", strength - proposer_cost, 1 - strength - cost)
            deal = end(f"{size} demand met", share_asked, 1 - share_asked)
            return move("Rival", accept=deal, fight=fight, information=f"{kind} cost, {size} demand")

        little, much = strength + low_cost - margin, strength + high_cost - margin
        choices = {"ask for little": demand(little, "small"), "ask for much": demand(much, "large")}
        return move("Proposer", choices, information="Proposer")

    q = low_cost_chance
    tree = chance({"low cost": (q, facing(low_cost, "low")), "high cost": (1 - q, facing(high_cost, "high"))})
    return where(tree, low_cost + margin < high_cost, margin > 0, margin < low_cost + proposer_cost)


def _limit(measure: str) -> ask.Question:
    """Ask for the threshold in the chance of a low cost, as the margin vanishes."""
    return ask.vanishing(ask.threshold_of("low_cost_chance", measure), "margin")


def _chances(model: Any, ax: Any) -> Any:
    """Draw the chance of war over the chance that the Rival's cost is low."""
    from deterrence.analysis.sweep import sweep

    grid = [number / 100 for number in range(1, 100)]
    return sweep(model.game, "war", low_cost_chance=grid).plot(ax=ax)


MODEL = Model(
    two_war_costs,
    source="fearon1995",
    relation="reduction",
    changed=(
        "Two possible costs in place of a continuum, and only the two demands that can be best; a margin, which "
        "breaks the Rival's indifference, is ours."
    ),
    topic="bargaining",
    note="Recalled, not re-read; illustrative payoffs.",
    assumptions=(
        "There is something to divide, worth 1 to both.",
        "The Rival alone knows what war would cost it; the chance of winning is known to both.",
        "One offer is made, and a refusal is war.",
    ),
    does_not_say="""\
It says nothing of commitment: nobody's power shifts. The Rival cannot signal its cost before the offer, and
there is no second offer. The Proposer's own cost is known.""",
    theory=Theory(
        mechanism=("bargaining",),
        actors="two states",
        information=("one-sided",),
        result=("trades off",),
        finding="Whoever risks war by a high demand has it with just the chance of a rival that would rather fight.",
        neighbours={
            "fearon1995/hidden_cost": "There the cost lies anywhere between two ends.",
            "kydd2002/spoilers": "There it is trust that is uncertain.",
        },
    ),
    names={
        "safe offer": {"Proposer": "ask for little"},
        "risky offer": {"Proposer": "ask for much"},
    },
    claims=(
        Claim(
            "As the margin vanishes, the Proposer risks war where a low cost is less likely than "
            "(c_h - c_l)/(c_h + c_A).",
            "",
            _limit("ask for much"),
            lambda p: (p.high_cost - p.low_cost) / (p.high_cost + p.proposer_cost),
        ),
        Claim(
            "With a margin the risky offer is made where q(c_h - m + c_A) is at most c_h - c_l.",
            "",
            ask.condition_of("risky offer"),
            lambda p: p.low_cost_chance * (p.high_cost - p.margin + p.proposer_cost) <= p.high_cost - p.low_cost,
        ),
        Claim(
            "After a risky offer war comes with the chance that the cost is low.",
            "",
            ask.formula_of("war", "risky offer"),
            lambda p: p.low_cost_chance,
        ),
        Claim("After a safe offer there is no war.", "", ask.formula_of("war", "safe offer"), 0),
        Claim(
            "Where the Rival's cost is known to be high there is no war.",
            "",
            ask.value_at("war", low_cost_chance=0),
            0,
        ),
        Claim(
            "Where it is known to be low there is none either.",
            "",
            ask.value_at("war", low_cost_chance=1),
            0,
        ),
        Claim(
            "Who is stronger does not matter to the chance of war: only what is gained by asking for more does.",
            "",
            ask.moves("strength", "war", "stays"),
        ),
        Claim(
            "Sanctions that raise both of the Rival's costs of war by 0.1 leave fewer cases in which the Proposer "
            "risks war.",
            "",
            lambda model: tuple(
                ask.threshold_value("low_cost_chance", "ask for much", low_cost=low, high_cost=high)(model)
                for low, high in ((0.05, 0.35), (0.15, 0.45))
            ),
            ("0.681818", "0.555556"),
        ),
        Claim(
            "The margin is something, and less than what parts the two costs.",
            "",
            ask.each_of(ask.admits(margin=0), ask.admits(low_cost=0.33), ask.admits(low_cost=0.34)),
            [False, True, False],
        ),
        Claim(
            "At the defaults a small demand that all accept pays 0.54 and 0.46, a large one that only a high cost "
            "accepts 0.708 and 0.247.",
            "",
            ask.each_of(
                ask.payoffs_of({"Proposer": "ask for little", "Rival": "accept"}),
                ask.payoffs_of(
                    {
                        "Proposer": "ask for much",
                        "low cost, small demand": "accept",
                        "high cost, small demand": "accept",
                        "low cost, large demand": "fight",
                        "high cost, large demand": "accept",
                    }
                ),
            ),
            # 0.5 + 0.05 - 0.01; with 0.3 a war, worth 0.4 and 0.45, else 0.5 + 0.35 - 0.01 and what is left
            [("0.54", "0.46"), ("0.708", "0.247")],
            basis="computed",
        ),
    ),
    draws=_chances,
)
