"""Restraint among allies: a Target that values its alliance listens, and is asked for more.

A Challenger demands something or not. The Target's Ally stands firm or advises it to concede; the Target concedes
or resists. If it resists beside a firm Ally, the Challenger backs down or escalates; against advice it fights
alone, and loses the alliance as well, which is worth ``v``. It listens where conceding costs it no more than that,
``k <= 1 + v``. Against a Challenger that would escalate, the Ally stands firm only where war costs it less than the
concession, ``c <= m``, or, if nobody would listen, than the loss of the Target, ``c <= 1``. So a valued alliance
turns war alone into a concession, and where ``m < c < 1`` it turns deterrence into one.
"""

from __future__ import annotations

from typing import Any

from deterrence.answers.measure import payoff
from deterrence.games.notation import end, game, move, where
from deterrence.games.parameter import param, share
from deterrence.games.tree import Assumed
from deterrence.mechanisms.audience_costs import AudienceCosts
from deterrence.models import ask
from deterrence.models.claim import Claim
from deterrence.models.model import Model
from deterrence.models.theory import Theory

PLAYERS = ("Challenger", "Target", "Ally")


@game(*PLAYERS)
def restraint(
    *,
    gain: Any = param(
        2,
        "what a demand that is granted brings the Challenger; backing down costs it 1",
        low=0,
        high=10,
        symbol="g",
        plausible=(0.2, 5),
        why="any gain makes a demand worthwhile that is granted",
    ),
    damage: Any = param(
        0.5,
        "what war with both costs the Challenger",
        low=0,
        high=5,
        symbol="d",
        plausible=(0.1, 2),
        why="holds 1, up to which it would rather escalate than back down",
    ),
    concession: Any = param(
        1.2,
        "what conceding costs the Target; war alone costs it 1",
        low=0,
        high=5,
        symbol="k",
        plausible=(0.7, 3),
        why="holds 1.5, up to which the Target listens at the defaults",
    ),
    war: Any = param(
        0.6,
        "what war beside the Ally costs the Target",
        low=0,
        high=5,
        symbol="w",
        plausible=(0.05, 1.1),
        why="less than the concession",
    ),
    alliance: Any = param(
        0.5,
        "what the alliance is worth to the Target; war alone costs it 1",
        low=0,
        high=5,
        symbol="v",
        plausible=(0.02, 2),
        why="holds 0.2, from which the Target listens at the defaults",
    ),
    discredit: Any = share(
        0.4,
        "what the Target's concession costs the Ally; the Target's loss costs it 1",
        symbol="m",
        plausible=(0.05, 0.95),
        why="holds 0.7, from which the Ally stands firm at the defaults",
    ),
    help_cost: Any = param(
        0.7,
        "what war beside the Target costs the Ally",
        low=0,
        high=5,
        symbol="c",
        plausible=(0.1, 2),
        why="holds 0.4 and 1, up to which it stands firm for one that listens and one that does not",
    ),
) -> Assumed:
    """Demand or leave; stand firm or advise to concede; concede or resist; back down or escalate."""
    conceded = end("concession", gain, -concession, -discredit)
    met = move(
        "Challenger",
        {
            "back down": end("Challenger backs down", -1, 0, 0),
            "escalate": end("war with both", -damage, -war, -help_cost),
        },
        information="Challenger, resisted",
    )
    ignored = end("war alone", gain, -1 - alliance, -1)
    choices = {
        "advise to concede": move("Target", {"concede": conceded, "resist": ignored}, information="Target, advised"),
        "stand firm": move("Target", {"concede": conceded, "resist": met}, information="Target, supported"),
    }
    demanded = move("Ally", choices, information="Ally")
    tree = move("Challenger", {"leave": end("status quo", 0, 0, 0), "demand": demanded}, information="Challenger")
    worth = (gain > 0, damage > 0, war > 0, war < concession, alliance > 0)
    return where(tree, *worth, discredit > 0, discredit < 1, help_cost > 0)


def _determined(p: Any) -> Any:
    return p.damage <= 1


def _listens(p: Any) -> Any:
    return p.concession <= 1 + p.alliance


def _deaf(p: Any) -> Any:
    return p.concession >= 1 + p.alliance


def _less_war(present: Any, solution: Any) -> bool:
    """Return whether an alliance that is worth twice as much, up to the most in range, never brings a war."""
    from deterrence.solvers.solve import solve

    dearer = solve(present.at(alliance=min(2 * present.values["alliance"], 5)))
    return all(later.outcomes["war alone"] <= one.outcomes["war alone"] for one in solution for later in dearer)


def _map(model: Any, ax: Any) -> Any:
    """Draw what happens over the worth of the alliance to the Target and the cost of war to the Ally."""
    from deterrence.analysis.regions import regions

    return regions(model.game, alliance=(0.02, 0.6), help_cost=(0.02, 1.5)).plot(ax=ax)


HESITANT, FIRM, RESTRAINT, ALONE = "hesitant Challenger", "firm Ally", "restraint", "unheeded advice"
DETERMINED = {"Challenger, resisted": "escalate"}

MODEL = Model(
    restraint,
    source="fang2014",
    relation="in the spirit of",
    changed=(
        "Not found in the work, in this form: the three players, the ally's recommendation and the part that the "
        "worth of the alliance plays are the abstract's; one size of demand, complete information and the payoffs "
        "are ours."
    ),
    topic="alliances",
    related=("benson2012", "snyder1984"),
    note="The abstract was read, not the article. Illustrative payoffs, each in units of the player's own.",
    assumptions=(
        "The Target would rather fight beside its Ally than concede.",
        "A Target that resists against advice is left alone, beaten, and out of the alliance.",
        "An Ally that stands firm fights.",
        "For the Ally the Target's loss is worse than its concession.",
    ),
    does_not_say="""\
All is known, so that advice tells nothing: its weight is the alliance that is lost by ignoring it. The size of the
demand is given, where the work lets alliances move it. An Ally cannot promise to stand firm before the demand.""",
    names={
        HESITANT: {"Challenger": "leave", "Challenger, resisted": "back down"},
        FIRM: DETERMINED | {"Challenger": "leave", "Ally": "stand firm"},
        RESTRAINT: {"Challenger": "demand", "Ally": "advise to concede", "Target, advised": "concede"},
        ALONE: {"Challenger": "demand", "Ally": "advise to concede", "Target, advised": "resist"},
    },
    axes=("alliance", "help_cost"),
    theory=Theory(
        mechanism=("alliance", "credibility"),
        actors="alliance",
        information=("complete",),
        result=("trades off", "backfires"),
        finding=(
            "A Target that values its alliance can be restrained: that spares it a war alone, and costs it the "
            "firm support by which one that would not listen deters."
        ),
        means=("punishment",),
        scope=("extended",),
        phase=("general", "immediate"),
        neighbours={
            "zagare2003/tripartite_crisis": "The Protégé's threat is to change sides, and not to be deaf.",
            "benson2012/ambiguous_commitment": "The friend is restrained by doubt, before anything is demanded.",
            "snyder1984/alliance": "The Defender gives no advice, and nobody knows whether it will come.",
        },
    ),
    claims=(
        Claim(
            "The Ally restrains the Target where the Challenger would escalate, d <= 1, the Target listens, k <= 1 "
            "+ v, and war costs the Ally more than the concession, c >= m.",
            "",
            ask.condition_of(RESTRAINT),
            lambda p: _determined(p) & _listens(p) & (p.help_cost >= p.discredit),
        ),
        Claim(
            "A firm Ally deters a Challenger that would escalate where c <= m, or where the Target would not "
            "listen, c <= 1.",
            "",
            ask.condition_of(FIRM),
            lambda p: _determined(p) & ((_listens(p) & (p.help_cost <= p.discredit)) | (_deaf(p) & (p.help_cost <= 1))),
        ),
        Claim(
            "The Target fights alone where it would not listen and war costs the Ally more than its loss, c >= 1.",
            "",
            ask.condition_of(ALONE),
            lambda p: _determined(p) & _deaf(p) & (p.help_cost >= 1),
        ),
        Claim(
            "Against a Challenger that would back down, d >= 1, every Ally stands firm, and nothing is demanded.",
            "",
            ask.condition_of(HESITANT),
            lambda p: p.damage >= 1,
        ),
        Claim(
            "At the defaults deterrence ends where the alliance comes to be worth k - 1 to the Target: one that "
            "listens is not supported.",
            "",
            ask.threshold_of("alliance", "status quo"),
            lambda p: p.concession - 1,
        ),
        Claim(
            "That is 0.2: at 0.1 a firm Ally deters, at 0.3 the Target is restrained.",
            "",
            lambda model: [ask.classes_at(alliance=v)(model) for v in (0.1, 0.3)],
            [{FIRM}, {RESTRAINT}],
            # 1.2 > 1 + 0.1, 0.7 < 1; 1.2 < 1 + 0.3, 0.7 > 0.4
            basis="computed",
        ),
        Claim(
            "Where war costs the Ally 1.2 the same worth of the alliance ends a war that the Target would fight alone.",
            "",
            lambda model: [ask.classes_at(alliance=v, help_cost=1.2)(model) for v in (0.1, 0.3)],
            [{ALONE}, {RESTRAINT}],
            # 1.2 > 1 and > 0.4
            basis="computed",
        ),
        Claim(
            "An alliance that is worth twice as much to the Target never brings a war.",
            "",
            ask.always(_less_war),
        ),
        Claim(
            "There is no war with both allies: where it would come the Challenger demands nothing, or is conceded to.",
            "",
            ask.always(lambda _game, solution: all(one.outcomes["war with both"] == 0 for one in solution)),
        ),
        Claim(
            "Restraint brings the Challenger g, and costs the Target k and the Ally m.",
            "",
            lambda model: [ask.formula_of(payoff(player), RESTRAINT)(model) for player in PLAYERS],
            lambda p: (p.gain, -p.concession, -p.discredit),
        ),
        Claim(
            "Unheeded advice brings the Challenger g, costs the Target 1 + v, and the Ally the Target.",
            "",
            lambda model: [ask.formula_of(payoff(player), ALONE)(model) for player in PLAYERS],
            lambda p: (p.gain, -1 - p.alliance, 0 * p.gain - 1),
        ),
        Claim(
            "A firm Ally leaves all three as they were.",
            "",
            lambda model: [ask.formula_of(payoff(player), FIRM)(model) for player in PLAYERS],
            [0, 0, 0],
        ),
        Claim(
            "The Target fares worse at the defaults for valuing its alliance: 0 where v = 0.1, -1.2 where v = 0.3.",
            "",
            lambda model: [ask.value_at(payoff("Target"), alliance=v)(model) for v in (0.1, 0.3)],
            [0, "-1.2"],
            # the concession costs 1.2
            basis="computed",
        ),
        Claim(
            "A price of 0.4 on advice to concede, in the eyes of the Ally's own audience, brings firmness and "
            "deterrence back: 0.4 + 0.4 is more than the 0.7 that a war costs.",
            "",
            ask.under(
                ask.classes_at(),
                AudienceCosts(retreat="advise to concede", player="Ally", audience_cost=0.4),
            ),
            {FIRM},
            basis="own",
        ),
    ),
    draws=_map,
)
