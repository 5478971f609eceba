"""Threats and assurances: a demand works if defiance is punished and compliance is not.

A demands what leaves B a margin ``m`` above war. If B complies, power shifts by ``D`` and A may attack all the same,
at a price ``S`` for breaking its assurance; if B defies, A may attack, or stand down at a price ``T`` for its empty
threat. B complies where both are credible, ``p - c_A >= q - T`` and, as the margin vanishes, ``D <= c_A + c_B + S``.
With a credible threat but no credible assurance the demand brings war.
"""

from __future__ import annotations

from typing import Any

from deterrence.games.notation import end, game, move, where
from deterrence.games.parameter import param, share
from deterrence.games.tree import Assumed
from deterrence.models import ask
from deterrence.models.claim import Claim
from deterrence.models.model import Model
from deterrence.models.theory import Theory


@game("A", "B", name="threats-and-assurances")
def threats_and_assurances(
    *,
    strength: Any = share(
        0.5,
        "chance that A would win a war",
        symbol="p",
        plausible=(0.25, 0.6),
        why="from a weak A to one that would rather win than lose",
    ),
    shift: Any = param(
        0.1,
        "by how much compliance strengthens A",
        low=0,
        high=1,
        symbol="D",
        plausible=(0, 0.4),
        why="holds 0.2, both sides' costs of war, where assurance fails",
    ),
    cost_a: Any = param(
        0.1,
        "A's cost of war",
        low=0,
        high=1,
        symbol="c_A",
        plausible=(0.02, 0.42),
        why="above 0.4 A's threat is empty at the defaults",
    ),
    cost_b: Any = param(
        0.1,
        "B's cost of war",
        low=0,
        high=1,
        symbol="c_B",
        plausible=(0.02, 0.2),
        why="from cheap to a fifth of what is disputed",
    ),
    status_quo: Any = share(
        0.3,
        "A's share in the status quo",
        symbol="q",
        plausible=(0.05, 0.5),
        why="A dissatisfied, but not without anything; at most half",
    ),
    threat: Any = param(
        0.2,
        "price that A pays for an empty threat",
        low=0,
        high=1,
        symbol="T",
        plausible=(0, 0.4),
        why="from cheap talk to more than the status quo's worth",
    ),
    assurance: Any = param(
        0,
        "price that A pays for a broken assurance",
        low=0,
        high=1,
        symbol="S",
        plausible=(0, 0.3),
        why="from empty words to a price like that of war",
    ),
    attribution: Any = share(
        1,
        "chance that a broken assurance is laid at A's door",
        symbol="a",
        plausible=(0.3, 1),
        why="from mostly deniable breaches to manifest ones",
    ),
    margin: Any = param(
        0.001,
        "what the demand leaves B above war",
        low=0,
        high=0.1,
        symbol="m",
        plausible=(0.0005, 0.01),
        why="breaks B's indifference alone, so small beside all costs",
    ),
) -> Assumed:
    """Demand, comply or defy, and attack or not."""
    demanded = strength + cost_b - margin
    betrayal = end(
        "attack in spite of compliance",
        strength + shift - cost_a - attribution * assurance,
        1 - strength - shift - cost_b,
    )
    complied = move(
        "A", refrain=end("peaceful coercion", demanded, 1 - demanded), attack=betrayal, information="complied"
    )
    climb_down = end("empty threat", status_quo - threat, 1 - status_quo)
    defied = move(
        "A", refrain=climb_down, attack=end("war", strength - cost_a, 1 - strength - cost_b), information="defied"
    )
    answer = move("B", comply=complied, defy=defied, information="B")
    tree = move("A", {"demand": answer, "leave it": end("status quo", status_quo, 1 - status_quo)}, information="A")
    return where(tree, margin > 0, status_quo < demanded, demanded <= 1, margin < cost_a + cost_b)


def _if_played(first: str, answer: str, last: str) -> ask.Question:
    """Ask what the two get if A begins and ends like this, where costs and prices differ."""
    played = {"A": first, "B": answer, "complied": last, "defied": last}
    return ask.payoffs_of(played, cost_b=0.15, assurance=0.05, attribution=0.8)


def _map(model: Any, ax: Any) -> Any:
    """Draw where the demand brings peaceful coercion and where war."""
    from deterrence.analysis.regions import regions

    return regions(model.game, shift=(0, 0.5), assurance=(0, 0.4)).plot(ax=ax)


WAR: dict[str, Any] = {
    "strength": 0.5,
    "shift": 0.3,
    "cost_a": 0.1,
    "cost_b": 0.1,
    "status_quo": 0.3,
    "threat": 0.2,
    "assurance": 0,
}
IDLE: dict[str, Any] = {
    "strength": 0.3,
    "shift": 0.1,
    "cost_a": 0.2,
    "cost_b": 0.1,
    "status_quo": 0.3,
    "threat": 0,
    "assurance": 0,
}
COERCION = "peaceful coercion"

MODEL = Model(
    threats_and_assurances,
    source="kydd2017",
    relation="reduction",
    changed=(
        "The one demand that can be best, with a margin that breaks B's indifference, and the choice to make "
        "none, in place of demands from a continuum."
    ),
    topic="assurance",
    note=(
        "That it agrees with the work's model word for word was not checked. Illustrative payoffs, those of the "
        "reference numbers."
    ),
    assumptions=(
        "Both sides know each other's costs and strength.",
        "B cannot take back what it gave up.",
        "A pays for an empty threat and for a broken assurance, at home or among its allies.",
    ),
    does_not_say="""\
Prices for broken words are given, not chosen; B has no doubts of which it could be disabused. Where a demand
would be made but for its price, this model says that A makes none.""",
    theory=Theory(
        mechanism=("bargaining", "shifting power", "reassurance"),
        actors="two states",
        information=("complete",),
        result=("backfires", "deters"),
        finding="A credible threat without a credible assurance brings the war that both were to avoid.",
        means=("punishment",),
        neighbours={
            "fearon1995/shifting_power": "There power shifts by itself, not by the demand.",
            "folklore/strike": "There is a threat and no assurance.",
        },
    ),
    names={
        COERCION: {"A": "demand", "B": "comply", "complied": "refrain", "defied": "attack"},
        "war for want of assurance": {"A": "demand", "B": "defy", "complied": "attack", "defied": "attack"},
        "threat not made": {"A": "leave it", "defied": "attack"},
        "threat not credible": {"A": "leave it", "defied": "refrain"},
        "empty threat": {"A": "demand", "defied": "refrain"},
    },
    claims=(
        Claim(
            "A coerces peacefully where its threat is credible and, as the margin vanishes, D <= c_A + c_B + S.",
            "",
            ask.condition_of(COERCION),
            lambda p: (
                (p.strength - p.cost_a >= p.status_quo - p.threat)
                & (p.shift <= p.cost_a + p.cost_b + p.attribution * p.assurance - p.margin)
            ),
        ),
        Claim(
            "The least price of a broken assurance that makes it credible is (D - c_A - c_B)/a, where a is 1 "
            "if breaking it cannot be denied.",
            "",
            ask.vanishing(ask.threshold_of("assurance", COERCION, **WAR | {"assurance": 0.2}), "margin"),
            lambda p: (p.shift - p.cost_a - p.cost_b) / p.attribution,
        ),
        Claim(
            "The least price of an empty threat that makes it credible is q - p + c_A.",
            "",
            ask.threshold_of("threat", COERCION, strength=0.3, cost_a=0.2),
            lambda p: p.status_quo - p.strength + p.cost_a,
        ),
        Claim(
            "With p = 0.5, D = 0.1, costs of 0.1, q = 0.3 and T = 0.2 A gets 0.6 in peace, as the margin vanishes.",
            "",
            lambda model: model.solve()[0].payoffs["A"] + model.game.values["margin"],
            "0.6",
            basis="computed",
        ),
        Claim(
            "There it coerces peacefully.",
            "",
            ask.classes_at(),
            {COERCION},
            basis="computed",
        ),
        Claim(
            "Threats alone cause war where the shift of power is large: with D = 0.3 there is war.",
            "abstract",
            ask.value_at("war", **WAR),
            1,
            basis="computed",
        ),
        Claim(
            "A then gets 0.4.",
            "",
            ask.value_at(lambda equilibrium: equilibrium.payoffs["A"], **WAR),
            "0.4",
            basis="computed",
        ),
        Claim(
            "With p = 0.3 and c_A = 0.2 the threat is not credible; without a price A may make it or not, or mix.",
            "",
            ask.classes_at(**IDLE),
            {"threat not credible", "empty threat", "A: demand or leave it; B: defy; defied: refrain"},
            basis="computed",
        ),
        Claim(
            "A keeps 0.3.",
            "",
            ask.value_at(lambda equilibrium: equilibrium.payoffs["A"], **IDLE),
            "0.3",
            basis="computed",
        ),
        Claim(
            "Deniability destroys assurances as well as threats: an assurance that is broken unseen needs "
            "a S >= D - c_A - c_B.",
            "",
            ask.vanishing(ask.threshold_of("attribution", COERCION, **WAR | {"assurance": 0.2}), "margin"),
            lambda p: (p.shift - p.cost_a - p.cost_b) / p.assurance,
        ),
        Claim(
            "With c_B = 0.15, S = 0.05 and a = 0.8 the demand met pays 0.649 and 0.351, an attack in spite of it 0.46 "
            "and 0.25, an empty threat 0.1 and 0.7, war 0.4 and 0.35, and the status quo 0.3 and 0.7.",
            "",
            ask.each_of(
                _if_played("demand", "comply", "refrain"),
                _if_played("demand", "comply", "attack"),
                _if_played("demand", "defy", "refrain"),
                _if_played("demand", "defy", "attack"),
                _if_played("leave it", "defy", "refrain"),
            ),
            # 0.5 + 0.15 - 0.001; 0.5 + 0.1 - 0.1 - 0.8 0.05 and 1 - 0.6 - 0.15; 0.3 - 0.2; 0.5 - 0.1 and 0.5 - 0.15
            [("0.649", "0.351"), ("0.46", "0.25"), ("0.1", "0.7"), ("0.4", "0.35"), ("0.3", "0.7")],
            basis="computed",
        ),
        Claim(
            "The demand lies between the status quo and everything, and leaves B something above war, less than the "
            "costs.",
            "",
            ask.each_of(
                ask.admits(status_quo=0.59),
                ask.admits(status_quo=0.6),
                ask.admits(strength=0.9),
                ask.admits(strength=0.91),
                ask.admits(margin=0),
                ask.admits(margin=0.1, cost_a=0.06, cost_b=0.05),
                ask.admits(margin=0.1, cost_a=0.05, cost_b=0.04),
            ),
            # the demand is 0.5 + 0.1 - 0.001 = 0.599, and 0.999 or 1.009 at a strength of 0.9 or 0.91
            [True, False, True, False, False, True, False],
            basis="computed",
        ),
    ),
    draws=_map,
)
