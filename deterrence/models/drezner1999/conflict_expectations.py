"""The sanctions paradox: rivals are sanctioned more readily than friends, and concede less.

A Sender may demand ``d`` and threaten sanctions that cost the Target ``c_T`` and itself ``c_S``. Who expects
conflicts to come counts the other's loss as a gain of its own, with a weight ``e``. The Sender carries the threat out
where ``e c_T - c_S >= -b``, with ``b`` what backing down costs it; so it is the more credible the more conflict is
expected. But the Target concedes only where ``(1 + e) d <= c_T - e c_S``: the greatest demand that is met, ``(c_T - e
c_S)/(1 + e)``, falls with ``e``.
"""

from __future__ import annotations

from typing import Any

from deterrence.answers.measure import payoff
from deterrence.games.notation import end, game, move, where
from deterrence.games.parameter import param
from deterrence.games.tree import Assumed
from deterrence.models import ask
from deterrence.models.claim import Claim
from deterrence.models.model import Model
from deterrence.models.theory import Theory


@game("Sender", "Target", name="conflict-expectations")
def conflict_expectations(
    *,
    demand: Any = param(
        1,
        "what is demanded",
        low=0,
        high=10,
        symbol="d",
        plausible=(0.25, 4),
        why="holds 7/3, the greatest demand that is met",
    ),
    sender_cost: Any = param(
        1,
        "what sanctions cost the Sender",
        low=0,
        high=10,
        symbol="c_S",
        plausible=(0.25, 4),
        why="from a quarter of 1 to as much as they cost the Target",
    ),
    target_cost: Any = param(
        4,
        "what they cost the Target",
        low=0,
        high=20,
        symbol="c_T",
        plausible=(1, 8),
        why="from as little as they cost the Sender to twice as much as now",
    ),
    expectations: Any = param(
        0.5,
        "weight of the other's loss, for the conflicts that are expected",
        low=0,
        high=3,
        symbol="e",
        plausible=(0, 2),
        why="from friends to rivals whose loss counts double",
    ),
    backing_down: Any = param(
        0.5,
        "what an empty threat costs the Sender",
        low=0,
        high=10,
        symbol="b",
        plausible=(0.1, 1.5),
        why="small beside the sanctions, up to more than their cost",
    ),
) -> Assumed:
    """Demand or leave things; concede or stand firm; impose sanctions or back down."""
    carried_out = move(
        "Sender",
        {
            "back down": end("empty threat", -backing_down, 0),
            "impose": end(
                "deadlock", expectations * target_cost - sender_cost, expectations * sender_cost - target_cost
            ),
        },
        information="Sender, after a refusal",
    )
    met = end("concession", (1 + expectations) * demand, -(1 + expectations) * demand)
    answered = move("Target", {"concede": met, "stand firm": carried_out}, information="Target")
    tree = move("Sender", {"leave": end("no demand", 0, 0), "demand": answered}, information="Sender")
    return where(tree, demand > 0, sender_cost > 0, backing_down > 0)


CONCESSION, DEADLOCK = "concession", "deadlock"
DEAR, EMPTY = "no demand: sanctions too dear", "no demand: threat empty"


def _willing(p: Any) -> Any:
    """Return what the Sender gains by a deadlock."""
    return p.expectations * p.target_cost - p.sender_cost


def _hurt(p: Any) -> Any:
    """Return what the Target loses by one."""
    return p.target_cost - p.expectations * p.sender_cost


def _stakes(p: Any) -> Any:
    """Return what the demand is worth to both."""
    return (1 + p.expectations) * p.demand


def _map(model: Any, ax: Any) -> Any:
    """Draw what happens over how much conflict is expected and how much is demanded."""
    from deterrence.analysis.regions import regions

    return regions(model.game, expectations=(0, 2), demand=(0.05, 4)).plot(ax=ax)


MODEL = Model(
    conflict_expectations,
    source="drezner1999",
    relation="in the spirit of",
    changed=(
        "The work's argument in a small game of our own; its model, with notation and terms of its own, was not "
        "re-read, "
        "and whether both agree word for word was not checked."
    ),
    topic="sanctions",
    related=("hovi2005", "lacy2004"),
    note="Illustrative payoffs.",
    assumptions=(
        "Who expects conflict counts a loss of the other as a gain, and both do so alike.",
        "Each knows what sanctions cost the other.",
        "What is demanded is worth as much to one side as to the other.",
    ),
    does_not_say="""\
Why a state expects conflict is left out, and so are allies and firms that go around sanctions. The demand is given:
what a Sender would ask for is not part of the model. Sanctions are imposed or not, once, at a known cost.""",
    theory=Theory(
        mechanism=("sanctions", "credibility", "bargaining"),
        actors="senders and target",
        information=("complete",),
        result=("trades off", "backfires"),
        finding=(
            "The more conflict is expected, the more credible is a threat of sanctions, and the less is conceded to it."
        ),
        means=("punishment",),
        phase=("general", "immediate"),
        neighbours={
            "lacy2004/sanctions_threat": "There resolve is hidden, and no future conflict weighs on the choice.",
            "hovi2005/imposed_sanctions": "There the Target may doubt the threat, and learn better.",
            "eaton1992/standing_threat": "There it is the future of the threat itself that makes it credible.",
        },
    ),
    names={
        CONCESSION: {"Sender": "demand", "Target": "concede"},
        DEADLOCK: {"Sender": "demand", "Target": "stand firm"},
        DEAR: {"Sender": "leave", "Sender, after a refusal": "impose"},
        EMPTY: {"Sender": "leave", "Sender, after a refusal": "back down"},
    },
    axes=("expectations", "demand"),
    claims=(
        Claim(
            "The demand is met where the threat is credible and sanctions would cost the Target more than it gives up.",
            "",
            ask.condition_of(CONCESSION),
            lambda p: (_willing(p) >= -p.backing_down) & (_stakes(p) <= _hurt(p)),
        ),
        Claim(
            "There is a deadlock where the demand is too great and the Sender gains more by the Target's loss "
            "than it loses.",
            "",
            ask.condition_of(DEADLOCK),
            lambda p: (_willing(p) >= 0) & (_stakes(p) >= _hurt(p)),
        ),
        Claim(
            "Nothing is demanded where sanctions would be imposed but are not worth it.",
            "",
            ask.condition_of(DEAR),
            lambda p: (_willing(p) >= -p.backing_down) & (_willing(p) <= 0) & (_stakes(p) >= _hurt(p)),
        ),
        Claim(
            "Nor where they would not be imposed: then the threat is empty, however small the demand.",
            "",
            ask.condition_of(EMPTY),
            lambda p: _willing(p) <= -p.backing_down,
        ),
        Claim(
            "The greatest demand that is met is (c_T - e c_S)/(1 + e).",
            "",
            ask.threshold_of("demand", CONCESSION),
            lambda p: _hurt(p) / (1 + p.expectations),
        ),
        Claim(
            "It falls as more conflict is expected: 3, 7/3 and 3/2 at weights of 1/4, 1/2 and 1.",
            "",
            lambda model: [ask.threshold_value("demand", CONCESSION, expectations=e)(model) for e in ("1/4", "1/2", 1)],
            # by hand: (4 - 1/4)/(5/4), then (4 - 1/2)/(3/2), then (4 - 1)/2
            ["3.000000", "2.333333", "1.500000"],
            basis="computed",
        ),
        Claim(
            "Concessions need some expectation of conflict, (c_S - b)/c_T, and not too much, (c_T - d)/(c_S + d).",
            "",
            ask.boundaries_of("expectations", CONCESSION),
            lambda p: (
                (p.sender_cost - p.backing_down) / p.target_cost,
                (p.target_cost - p.demand) / (p.sender_cost + p.demand),
            ),
        ),
        Claim(
            "The paradox: at a demand of 2 a friend is left alone, a cool partner concedes, and a rival is "
            "sanctioned in vain.",
            "",
            lambda model: [ask.classes_at(demand=2, expectations=e)(model) for e in (0.1, 0.5, 1.5)],
            # e c_T - c_S = -0.6, 1, 5 against -b = -0.5; (1 + e) d = 3, 5 against c_T - e c_S = 3.5, 2.5
            [{EMPTY}, {CONCESSION}, {DEADLOCK}],
            basis="computed",
        ),
        Claim(
            "Sanctions are never imposed where e c_T is below c_S; so between those who expect no conflict, never.",
            "",
            ask.verified("probability(deadlock) = 0", where="expectations*target_cost < sender_cost"),
        ),
        Claim(
            "A concession is worth as much to the Sender as it costs the Target, conflicts to come included.",
            "",
            lambda model: [ask.formula_of(payoff(player), CONCESSION)(model) for player in ("Sender", "Target")],
            lambda p: [_stakes(p), -_stakes(p)],
        ),
        Claim(
            "In a deadlock the Sender gets e c_T - c_S, and the Target e c_S - c_T.",
            "",
            lambda model: [ask.formula_of(payoff(player), DEADLOCK)(model) for player in ("Sender", "Target")],
            lambda p: [_willing(p), -_hurt(p)],
        ),
        Claim(
            "Sanctions that cost the Sender more make the Target firmer: the greatest demand that is met falls to 2.",
            "",
            ask.threshold_value("demand", CONCESSION, sender_cost=2),
            # (4 - 1)/(3/2); the threat stays credible: 2 - 2 >= -1/2
            2,
            basis="computed",
        ),
    ),
    draws=_map,
)
