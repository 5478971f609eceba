"""Moral hazard: the hope of rescue makes rebels provoke what the rescue was to prevent.

Rebels rise or not; a State that is challenged grants autonomy or retaliates against the rebels' people; an outside
Power then rescues them, if it is willing, as it is with chance ``q``. Retaliation costs the rebels ``h`` of what
autonomy is worth to them, so that they rise in spite of it from ``q = h`` on. The State retaliates up to
``q_S = (1 - s)/(1 - s + d)``, where ``s`` is what it costs unanswered and ``d`` what defeat costs beside autonomy.
Where ``h < q_S`` a rescue that is half promised brings the atrocities that none would have brought and that a
certain one would have deterred.
"""

from __future__ import annotations

from typing import Any

from deterrence.answers.measure import payoff
from deterrence.games.notation import chance, end, game, move, where
from deterrence.games.parameter import param, share
from deterrence.games.tree import Assumed, Node
from deterrence.mechanisms.sanctions import Sanctions
from deterrence.models import ask
from deterrence.models.claim import Claim
from deterrence.models.model import Model
from deterrence.models.theory import Theory


@game("Rebels", "State", "Power")
def moral_hazard(
    *,
    willingness: Any = share(
        0.5,
        "chance that the Power is willing to rescue",
        symbol="q",
        plausible=(0.05, 0.95),
        why="holds 2/5 and 7/9, where rebellion begins and retaliation ends",
    ),
    harm: Any = param(
        0.4,
        "what retaliation costs the Rebels; autonomy is worth 1 to them",
        low=0,
        high=3,
        symbol="h",
        plausible=(0.05, 1.2),
        why="holds 1/2, from which the Rebels keep still at the defaults",
    ),
    repression: Any = share(
        0.3,
        "what retaliation costs a State that nobody stops; autonomy costs it 1",
        symbol="s",
        plausible=(0.05, 0.9),
        why="holds 0.8, from which the State grants autonomy at the defaults",
    ),
    defeat: Any = param(
        0.2,
        "what a rescue costs the State beside autonomy",
        low=0,
        high=5,
        symbol="d",
        plausible=(0.02, 2),
        why="holds 0.7 and 1.05, where retaliation ends and where no rescue provokes any",
    ),
    rescue_cost: Any = param(
        1,
        "what a rescue costs the Power",
        low=0,
        high=5,
        symbol="w",
        plausible=(0.2, 1.9),
        why="less than a willing Power's conscience",
    ),
    conscience: Any = param(
        2,
        "what it costs a willing Power to look on",
        low=0,
        high=10,
        symbol="m",
        plausible=(1.1, 6),
        why="more than a rescue",
    ),
) -> Assumed:
    """Rise or keep still; grant autonomy or retaliate; rescue or look on."""

    def called(kind: str, price: Any) -> Node:
        choices = {
            "look on": end("atrocities", -harm, -repression, -price),
            "rescue": end("rescue after atrocities", 1 - harm, -1 - defeat, -rescue_cost),
        }
        return move("Power", choices, information=f"{kind} Power")

    retaliated = chance(
        {
            "willing": (willingness, called("Willing", conscience)),
            "unwilling": (1 - willingness, called("Unwilling", 0)),
        }
    )
    challenged: dict[str, Node] = {"grant autonomy": end("autonomy", 1, -1, 0), "retaliate": retaliated}
    choices: dict[str, Node] = {
        "keep still": end("status quo", 0, 0, 0),
        "rise": move("State", challenged, information="State"),
    }
    tree = move("Rebels", choices, information="Rebels")
    inside = (willingness > 0, willingness < 1, harm > 0, repression > 0, repression < 1, defeat > 0)
    return where(tree, *inside, rescue_cost > 0, rescue_cost < conscience)


def _retaliates(p: Any) -> Any:
    return p.willingness * (1 + p.defeat) + (1 - p.willingness) * p.repression <= 1


def _no_provocation(present: Any, solution: Any) -> bool:
    """Return whether a rescue that is punishing enough, d h >= (1 - s)(1 - h), leaves no atrocities."""
    p = present.values
    punishing = p["defeat"] * p["harm"] >= (1 - p["repression"]) * (1 - p["harm"])
    return not punishing or all(one.probability("retaliate") == 0 for one in solution)


def _emboldens(present: Any, solution: Any) -> bool:
    """Return whether rebellion is no rarer where the Power is halfway from its willingness to certainty."""
    from deterrence.solvers.solve import solve

    surer = solve(present.at(willingness=(1 + present.values["willingness"]) / 2))
    return all(later.probability("rise") >= one.probability("rise") for one in solution for later in surer)


def _map(model: Any, ax: Any) -> Any:
    """Draw what happens over the Power's willingness and the harm that retaliation does."""
    from deterrence.analysis.regions import regions

    return regions(model.game, willingness=(0.01, 0.99), harm=(0.02, 1.2)).plot(ax=ax)


QUIET, PROVOCATION, CONCESSION = "rebels deterred", "provocation", "state deterred"

MODEL = Model(
    moral_hazard,
    source="kuperman2008",
    relation="in the spirit of",
    changed=(
        "Not found in the work, which argues in words and by cases: the game is ours, after its idea that an expected "
        "intervention may provoke rebellion and, with it, the retaliation that it was to prevent."
    ),
    topic="alliances",
    related=("snyder1984",),
    note="The work was not re-read. Illustrative payoffs. Whether the effect is found in the record is disputed.",
    assumptions=(
        "Nobody but the Power itself knows whether it is willing, and it shows only after retaliation.",
        "The Rebels count the harm to their people as a cost, and decide for them.",
        "A rescue brings the Rebels the autonomy that they ask for.",
        "To retaliate unanswered is better for the State than to grant autonomy.",
    ),
    does_not_say="""\
It does not say that rescues cause rebellions: grievances, and states that kill without a rebellion, are left out.
Nobody here counts the dead but the Rebels. The State cannot repress less, and the Power cannot mediate.""",
    names={
        QUIET: {"Rebels": "keep still"},
        PROVOCATION: {"Rebels": "rise", "State": "retaliate"},
        CONCESSION: {"Rebels": "rise", "State": "grant autonomy"},
    },
    axes=("willingness", "harm"),
    theory=Theory(
        mechanism=("alliance", "credibility"),
        actors="alliance",
        information=("one-sided",),
        result=("backfires", "trades off", "deters"),
        finding=(
            "A rescue that is likely enough to embolden the rebels and not likely enough to deter the state brings the "
            "atrocities that it was to prevent."
        ),
        means=("punishment",),
        scope=("extended",),
        phase=("general", "immediate"),
        neighbours={
            "snyder1984/alliance": "The Protégé is challenged and does not rise itself; entrapment is the same danger.",
            "smith1995alliance/alliance_and_war": "The Challenger moves first, and sees a sign of the Ally's mind.",
            "kydd2002/spoilers": "Rebels provoke as well, but to break a peace and not to bring in a third party.",
        },
    ),
    claims=(
        Claim(
            "The Rebels keep still where the State would retaliate, q (1 + d) + (1 - q) s <= 1, and a rescue is "
            "too unlikely to make up for it, q <= h.",
            "",
            ask.condition_of(QUIET),
            lambda p: _retaliates(p) & (p.willingness <= p.harm),
        ),
        Claim(
            "They rise and are struck where the State would retaliate and q >= h.",
            "",
            ask.condition_of(PROVOCATION),
            lambda p: _retaliates(p) & (p.willingness >= p.harm),
        ),
        Claim(
            "Where a rescue is so likely that the State would not retaliate, it grants autonomy, and the Rebels "
            "rise for that.",
            "",
            ask.condition_of(CONCESSION),
            lambda p: p.willingness * (1 + p.defeat) + (1 - p.willingness) * p.repression >= 1,
        ),
        Claim(
            "Retaliation begins at a willingness of h and ends at one of (1 - s)/(1 - s + d).",
            "",
            ask.boundaries_of("willingness", "retaliate"),
            lambda p: (p.harm, (1 - p.repression) / (1 - p.repression + p.defeat)),
        ),
        Claim(
            "At the defaults that is between 2/5 and 7/9: 0.39, 0.41, 0.77 and 0.78 bring peace, atrocities twice, and "
            "autonomy.",
            "",
            lambda model: [ask.classes_at(willingness=q)(model) for q in (0.39, 0.41, 0.77, 0.78)],
            [{QUIET}, {PROVOCATION}, {PROVOCATION}, {CONCESSION}],
            basis="computed",  # 0.7/0.9 = 0.778
        ),
        Claim(
            "A more willing Power first brings retaliation and then ends it: at 0.2, 0.6 and 0.9 its chance is 0, "
            "1 and 0.",
            "",
            lambda model: [ask.value_at("retaliate", willingness=q)(model) for q in (0.2, 0.6, 0.9)],
            [0, 1, 0],
            # rebels rise from 0.4 on, the State retaliates up to 7/9
            basis="computed",
        ),
        Claim(
            "A more willing Power, halfway to certainty, never makes rebellion less likely.",
            "",
            ask.always(_emboldens),
        ),
        Claim(
            "A rescue that punishes enough, d h >= (1 - s)(1 - h), provokes no retaliation at any willingness.",
            "",
            ask.always(_no_provocation),
        ),
        Claim(
            "At the defaults that is a defeat of 1.05: at 1.1 no willingness of 0.3, 0.39, 0.41 or 0.5 brings "
            "retaliation.",
            "",
            lambda model: [ask.value_at("retaliate", defeat=1.1, willingness=q)(model) for q in (0.3, 0.39, 0.41, 0.5)],
            [0, 0, 0, 0],
            basis="computed",  # 0.7 * 0.6/0.4; with 1.1 the State retaliates up to 0.7/1.8 = 0.389, below 0.4
        ),
        Claim(
            "Provocation brings the Rebels q - h.",
            "",
            ask.formula_of(payoff("Rebels"), PROVOCATION),
            lambda p: p.willingness - p.harm,
        ),
        Claim(
            "It costs the State q (1 + d) + (1 - q) s.",
            "",
            ask.formula_of(payoff("State"), PROVOCATION),
            lambda p: -p.willingness * (1 + p.defeat) - (1 - p.willingness) * p.repression,
        ),
        Claim(
            "It costs the Power q w.",
            "",
            ask.formula_of(payoff("Power"), PROVOCATION),
            lambda p: -p.willingness * p.rescue_cost,
        ),
        Claim(
            "With a chance of 1 - q nobody comes: the atrocities are then for nothing.",
            "",
            ask.formula_of("atrocities", PROVOCATION),
            lambda p: 1 - p.willingness,
        ),
        Claim(
            "A deterred State grants autonomy: the Rebels have 1, the State -1, and the Power nothing to do.",
            "",
            lambda model: [ask.formula_of(payoff(player), CONCESSION)(model) for player in model.game.players],
            [1, -1, 0],
        ),
        Claim(
            "Support for Rebels that is cut by 0.3 if they had to be rescued makes provocation begin later, at "
            "0.4/0.7: not at 0.57, at 0.58.",
            "",
            lambda model: [
                ask.under(
                    ask.classes_at(willingness=q),
                    Sanctions("Rebels", outcomes=("rescue after atrocities",), pressure=0.3),
                )(model)
                for q in (0.57, 0.58)
            ],
            [{QUIET}, {PROVOCATION}],
            basis="own",  # 0.4/0.7 = 0.571
        ),
        Claim(
            "Where the Rebels keep still nobody gains or loses anything.",
            "",
            lambda model: [ask.formula_of(payoff(player), QUIET)(model) for player in model.game.players],
            [0, 0, 0],
        ),
    ),
    draws=_map,
)
