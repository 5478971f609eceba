"""A coalition of senders: sanctions bite only if both impose them.

A Leader and a Partner decide at once whether to impose sanctions, each at a cost ``c``. If one does so alone, the
Target turns to the other, which earns ``t`` by the trade. If both do, the Target gives in where a concession ``k``
costs it less than their bite ``b``. There are then three equilibria: both impose, neither does, or they mix, with
probability ``c/(g - t)`` where both gain the same ``g``. The Leader's public pledge makes the coalition the only one
as soon as breaking it costs more than the sanctions; a side payment carries a Partner that gains too little.
"""

from __future__ import annotations

from typing import Any

from deterrence.answers.measure import payoff, probability
from deterrence.games.notation import end, game, move, where
from deterrence.games.parameter import param
from deterrence.games.tree import Assumed, Node
from deterrence.models import ask
from deterrence.models.claim import Claim
from deterrence.models.model import Model
from deterrence.models.theory import Theory


@game("Leader", "Partner", "Target", name="senders-coalition")
def senders_coalition(
    *,
    leader_gain: Any = param(
        4,
        "what the Target's concession is worth to the Leader",
        low=0,
        high=10,
        symbol="g_L",
        plausible=(1.2, 8),
        why="holds 2, below which the Leader would rather trade",
    ),
    partner_gain: Any = param(
        4,
        "what it is worth to the Partner",
        low=0,
        high=10,
        symbol="g_P",
        plausible=(0.5, 8),
        why="below 2 it joins only if paid for it",
    ),
    cost: Any = param(
        1,
        "what it costs a sender to impose sanctions",
        low=0,
        high=5,
        symbol="c",
        plausible=(0.1, 4),
        why="above 3 neither sender would bear it",
    ),
    trade: Any = param(
        1,
        "what a sender earns while the other imposes them alone",
        low=0,
        high=10,
        symbol="t",
        plausible=(0, 3.5),
        why="above 3 undercutting the other beats the coalition",
    ),
    bite: Any = param(
        5,
        "harm to the Target where both impose them",
        low=0,
        high=10,
        symbol="b",
        plausible=(0.5, 8),
        why="below 2 the Target would rather resist",
    ),
    concession: Any = param(
        2,
        "what giving in costs the Target",
        low=0,
        high=10,
        symbol="k",
        plausible=(0.5, 7),
        why="above 5 giving in is worse than sanctions",
    ),
    pledge: Any = param(
        0,
        "what it costs the Leader to break a public pledge",
        low=0,
        high=5,
        symbol="a",
        plausible=(0, 4),
        why="holds 1, from which breaking it costs more than sanctions",
    ),
    side_payment: Any = param(
        0,
        "what the Leader pays the Partner after a success",
        low=0,
        high=10,
        symbol="s",
        plausible=(0, 2.5),
        why="above 2 a success leaves the Leader nothing",
    ),
) -> Assumed:
    """Impose sanctions or hold back; if both impose them, the Target complies or resists."""
    success = end("success", leader_gain - cost - side_payment, partner_gain - cost + side_payment, -concession)
    joint = {"comply": success, "resist": end("sanctions resisted", -cost, -cost, -bite)}
    undercut = end("Leader undercut", -cost, trade, 0)

    def partner(imposed: Node, held_back: Node) -> Node:
        return move("Partner", {"impose": imposed, "hold back": held_back}, information="Partner")

    choices = {
        "impose": partner(move("Target", joint, information="Target"), undercut),
        "hold back": partner(end("Partner undercut", trade - pledge, -cost, 0), end("no sanctions", -pledge, 0, 0)),
    }
    tree = move("Leader", choices, information="Leader")
    return where(tree, cost > 0, concession > 0, bite > 0, side_payment + trade < leader_gain)


def _if_played(leader: str, partner: str, target: str) -> ask.Question:
    """Ask what the three get if they act like this, where no two of the numbers are the same."""
    played = {"Leader": leader, "Partner": partner, "Target": target}
    gains = {"leader_gain": 5, "partner_gain": 3, "cost": 0.5, "trade": 1.5}
    return ask.payoffs_of(played, **gains, bite=6, concession=2, pledge=0.25, side_payment=0.75)


def _map(model: Any, ax: Any) -> Any:
    """Draw which equilibria exist over the price of a broken pledge and the cost of sanctions."""
    from deterrence.analysis.regions import regions

    return regions(model.game, pledge=(0, 4), cost=(0.02, 4)).plot(ax=ax)


def _both_willing(p: Any) -> Any:
    """Return where each sender would rather impose than not if the other imposes, and the Target then gives in."""
    leader = p.leader_gain - p.side_payment - p.cost >= p.trade - p.pledge
    partner = p.partner_gain + p.side_payment - p.cost >= p.trade
    return leader & partner & (p.concession <= p.bite)


COALITION, NONE, MIXED = "coalition", "no coalition", "uncertain coalition"
TOOTHLESS, ALONE = "toothless sanctions", "Leader alone"

MODEL = Model(
    senders_coalition,
    source="martin1992",
    relation="in the spirit of",
    changed=(
        "Not found in the work, whose own games were not re-read: a small game after its question, how senders "
        "come to cooperate."
    ),
    topic="sanctions",
    related=("snyder1977",),
    note="Pledge and side payment are simple forms of the commitments that it studies. Illustrative payoffs.",
    assumptions=(
        "The senders decide at once, and each knows what the other has to gain.",
        "Sanctions by one sender do the Target no harm: the trade goes to the other.",
        "The Leader keeps its promise of a side payment, which is due only after a success.",
        "The pledge binds the Leader alone, and is made before.",
    ),
    does_not_say="""\
How the senders come to expect the one equilibrium or the other is left open: there is no talk and no institution.
Sanctions are all or nothing, and are imposed once. Where the Target gives in, the senders have paid all the same.""",
    theory=Theory(
        mechanism=("sanctions", "coordination", "commitment"),
        actors="senders and target",
        information=("complete",),
        result=("several outcomes",),
        finding=(
            "Sanctions that bite only together are imposed by both, by neither or at random; a public pledge "
            "settles it."
        ),
        means=("punishment",),
        phase=("general",),
        neighbours={
            "snyder1977/stag_hunt": "The same kind of choice between two rivals.",
            "lacy2004/sanctions_threat": "There is one sender, and the target answers.",
        },
    ),
    names={
        COALITION: {"Leader": "impose", "Partner": "impose"},
        NONE: {"Leader": "hold back", "Partner": "hold back", "Target": "comply"},
        TOOTHLESS: {"Leader": "hold back", "Partner": "hold back", "Target": "resist"},
        ALONE: {"Leader": "impose", "Partner": "hold back"},
        MIXED: {"Leader": "mixed", "Partner": "mixed"},
    },
    axes=("pledge", "cost"),
    claims=(
        Claim(
            "Both impose where the Target gives in and each gains more by that than its cost and the trade it forgoes.",
            "",
            ask.condition_of(COALITION),
            _both_willing,
        ),
        Claim(
            "Neither does, though the Target would give in, wherever a broken pledge costs no more than the sanctions.",
            "",
            ask.condition_of(NONE),
            lambda p: (p.pledge <= p.cost) & (p.concession <= p.bite),
        ),
        Claim(
            "Where both are equilibria there is a mixed one.",
            "",
            ask.condition_of(MIXED),
            lambda p: _both_willing(p) & (p.pledge <= p.cost),
        ),
        Claim(
            "The Leader then imposes with probability c/(g_P + s - t), which makes the Partner indifferent.",
            "",
            ask.formula_of(probability("impose", "Leader"), MIXED),
            lambda p: p.cost / (p.partner_gain + p.side_payment - p.trade),
        ),
        Claim(
            "The Partner imposes with probability (c - a)/(g_L - s - t).",
            "",
            ask.formula_of(probability("impose", "Partner"), MIXED),
            lambda p: (p.cost - p.pledge) / (p.leader_gain - p.side_payment - p.trade),
        ),
        Claim(
            "At the defaults there are all three.",
            "",
            ask.classes_at(),
            {COALITION, NONE, MIXED},
            basis="computed",
        ),
        Claim(
            "There sanctions are jointly imposed with probability 1/9 in the mixed one.",
            "",
            ask.value_at("success", MIXED),
            "0.111111",
            basis="computed",
        ),
        Claim(
            "A pledge that costs more to break than the sanctions cost leaves the coalition alone.",
            "",
            ask.classes_at(pledge=1.5),
            {COALITION},
            basis="computed",
        ),
        Claim(
            "The least pledge that rules out that nobody acts is c.",
            "",
            ask.threshold_of("pledge", "no sanctions"),
            lambda p: p.cost,
        ),
        Claim(
            "In the mixed equilibrium the Leader imposes costlier sanctions more often.",
            "",
            ask.sign_of("cost", probability("impose", "Leader"), MIXED),
            "rises",
        ),
        Claim(
            "A Partner that gains too little, g_P = 1.5, joins from a side payment of c + t - g_P on, and the Leader "
            "gains by it up to g_L + a - c - t.",
            "",
            ask.boundaries_of("side_payment", "success", partner_gain=1.5),
            lambda p: (p.cost + p.trade - p.partner_gain, p.leader_gain + p.pledge - p.cost - p.trade),
        ),
        Claim(
            "That is between 0.5 and 2: at 0.4, 1 and 2.1 there is a coalition in the second case alone.",
            "",
            lambda model: [
                ask.is_equilibrium_at(COALITION, partner_gain=1.5, side_payment=paid)(model) for paid in (0.4, 1, 2.1)
            ],
            [False, True, False],
            basis="computed",
        ),
        Claim(
            "No side payment makes a coalition where the two gain too little together: g_L + g_P + a < 2 (c + t).",
            "",
            ask.always(
                lambda game, solution: (
                    game.values["leader_gain"] + game.values["partner_gain"] + game.values["pledge"]
                    >= 2 * (game.values["cost"] + game.values["trade"])
                    or all(one.name != COALITION for one in solution)
                )
            ),
        ),
        Claim(
            "A Target that would rather bear the sanctions meets none, unless the pledge makes the Leader act alone.",
            "",
            ask.condition_of(TOOTHLESS),
            lambda p: (p.bite <= p.concession) & (p.pledge <= p.cost),
        ),
        Claim(
            "The Leader acts alone where its pledge binds and the Target would resist or the Partner gains too little.",
            "",
            ask.condition_of(ALONE),
            lambda p: (
                (p.pledge >= p.cost)
                & ((p.bite <= p.concession) | (p.partner_gain + p.side_payment <= p.cost + p.trade))
            ),
        ),
        Claim(
            "In the mixed equilibrium the Partner gets c t/(g_P + s - t): the worth of holding back.",
            "",
            ask.formula_of(payoff("Partner"), MIXED),
            lambda p: p.cost * p.trade / (p.partner_gain + p.side_payment - p.trade),
        ),
        Claim(
            "With g_L = 5, g_P = 3, c = 0.5, t = 1.5, h = 6, x = 2, a = 0.25 and s = 0.75 the ends pay the Leader, the "
            "Partner and the Target as their words say.",
            "",
            ask.each_of(
                _if_played("impose", "impose", "comply"),
                _if_played("impose", "impose", "resist"),
                _if_played("impose", "hold back", "comply"),
                _if_played("hold back", "impose", "comply"),
                _if_played("hold back", "hold back", "comply"),
            ),
            # 5 - 0.5 - 0.75 and 3 - 0.5 + 0.75; 1.5 - 0.25 for a Leader that breaks its pledge and trades
            [
                ("3.75", "3.25", -2),
                ("-0.5", "-0.5", -6),
                ("-0.5", "1.5", 0),
                ("1.25", "-0.5", 0),
                ("-0.25", 0, 0),
            ],
            basis="computed",
        ),
        Claim(
            "Sanctions and concessions cost something, and the Leader's gain is more than trade and side payment.",
            "",
            ask.each_of(
                *(ask.admits(**{name: 0}) for name in ("cost", "concession", "bite")),
                ask.admits(side_payment=2.9),
                ask.admits(side_payment=3),
            ),
            [False, False, False, True, False],
        ),
        Claim(
            "At the defaults sanctions that are resisted cost the senders 1 each and the Target 5.",
            "",
            ask.payoffs_of({"Leader": "impose", "Partner": "impose", "Target": "resist"}),
            (-1, -1, -5),
            basis="computed",
        ),
    ),
    draws=_map,
)
