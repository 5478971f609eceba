"""Brinkmanship in which neither side knows the other's resolve: bluff, resist, and run a risk of disaster.

The Challenger may challenge, which runs no risk yet. The Defender submits or resists, at a risk ``f`` of disaster; a
Challenger that is resisted backs down, or escalates at a risk ``g``, and then prevails unless disaster strikes. Each
side is resolute or irresolute, and alone knows which. Only a resolute Challenger escalates, so that an irresolute one
bluffs if it challenges. It bluffs so often that a type of Defender is indifferent, and that type resists so often that
the bluff is worth the status quo. How often there is a challenge then depends on what the Defender has at stake, and
how often it is resisted on what the Challenger has.
"""

from __future__ import annotations

from typing import Any

from deterrence.answers.measure import payoff
from deterrence.games.notation import chance, end, game, move, where
from deterrence.games.parameter import param, share
from deterrence.games.tree import Assumed, Node
from deterrence.mechanisms.audience_costs import AudienceCosts
from deterrence.models import ask
from deterrence.models.claim import Claim
from deterrence.models.model import Model
from deterrence.models.theory import Theory
from deterrence.refinements import d1


@game("Challenger", "Defender", name="two-sided-brinkmanship")
def two_sided_brinkmanship(
    *,
    status_quo: Any = share(
        0.4,
        "what the Challenger has without a challenge, in units of the prize",
        symbol="q",
        plausible=(0.05, 0.95),
        why="from next to nothing to almost the whole prize",
    ),
    resist_risk: Any = param(
        0.1,
        "chance of disaster when the Defender resists",
        low=0,
        high="0.2",
        symbol="f",
        plausible=(0.02, 0.2),
        why="up to the risk of the Challenger's step, which is the later one",
    ),
    escalate_risk: Any = param(
        0.2,
        "chance of disaster when the Challenger escalates",
        low=0,
        high="0.5",
        symbol="g",
        plausible=("0.17", "0.24"),
        why="between the resolve of the two types, 1/6 and 1/4 at the defaults",
    ),
    resolute_disaster: Any = param(
        3,
        "what disaster costs a resolute side, in prizes",
        low=0,
        high=10,
        symbol="d_+",
        plausible=(1, "3.9"),
        why="up to 4 its resolve 1/(1 + d) is at least the default risk",
    ),
    challenger_disaster: Any = param(
        5,
        "what disaster costs an irresolute Challenger, in prizes",
        low=0,
        high=10,
        symbol="d_C",
        plausible=("4.1", 10),
        why="from 4 on its resolve 1/(1 + d) is at most the default risk",
    ),
    defender_disaster: Any = param(
        5,
        "what disaster costs an irresolute Defender, in prizes",
        low=0,
        high=10,
        symbol="d_D",
        plausible=("3.1", 10),
        why="holds 9, from which it never resists, whatever it believes",
    ),
    challenger_resolve: Any = share(
        0.25,
        "chance that the Challenger is resolute",
        symbol="r_C",
        plausible=(0.02, 0.6),
        why="holds 2/9 and 5/12, where irresolute and resolute Defenders cease to resist",
    ),
    defender_resolve: Any = share(
        0.5,
        "chance that the Defender is resolute",
        symbol="r_D",
        plausible=(0.05, 0.95),
        why="holds 0.4, up to which a bluff pays if the resolute Defender alone resists",
    ),
) -> Assumed:
    """Challenge or not; submit or resist at a risk; back down or escalate at a risk."""

    def risked(risk: Any, costs: tuple[Any, Any], held: Node) -> Node:
        ruin = end("disaster", -costs[0], -costs[1])
        return chance({"slips": (risk, ruin), "holds": (1 - risk, held)})

    def crisis(challenger: str, costs: tuple[Any, Any], defender: str) -> Node:
        prevails = end("Challenger prevails", 1, 0)
        escalated = risked(escalate_risk, costs, prevails)
        choices: dict[str, Node] = {"back down": end("Challenger backs down", 0, 1), "escalate": escalated}
        resisted = move("Challenger", choices, information=f"{challenger} Challenger, resisted")
        answers = {"submit": end("Defender submits", 1, 0), "resist": risked(resist_risk, costs, resisted)}
        challenged = move("Defender", answers, information=f"{defender} Defender")
        first: dict[str, Node] = {"accept": end("status quo", status_quo, 1 - status_quo), "challenge": challenged}
        return move("Challenger", first, information=f"{challenger} Challenger")

    of_challenger = {"Resolute": resolute_disaster, "Irresolute": challenger_disaster}
    of_defender = {"Resolute": resolute_disaster, "Irresolute": defender_disaster}
    odds_c = {"Resolute": challenger_resolve, "Irresolute": 1 - challenger_resolve}
    odds_d = {"Resolute": defender_resolve, "Irresolute": 1 - defender_resolve}
    draws = {
        f"{c.lower()} Challenger, {d.lower()} Defender": (odds_c[c] * odds_d[d], crisis(c, (cost_c, cost_d), d))
        for c, cost_c in of_challenger.items()
        for d, cost_d in of_defender.items()
    }
    inside = [status_quo > 0, status_quo < 1, resist_risk > 0, escalate_risk > 0]
    inside += [challenger_resolve > 0, challenger_resolve < 1, defender_resolve > 0, defender_resolve < 1]
    bold = escalate_risk * resolute_disaster < 1 - escalate_risk
    meek = escalate_risk * challenger_disaster > 1 - escalate_risk
    return where(chance(draws), *inside, resolute_disaster > 0, bold, meek, resolute_disaster < defender_disaster)


def _bluffs(p: Any, disaster: Any) -> Any:
    """Return how likely a challenge must be a bluff for a Defender to be indifferent: f d + (1 - f)(…) = 0."""
    stake = 1 + p.escalate_risk * disaster
    return (p.resist_risk * disaster / (1 - p.resist_risk) + p.escalate_risk * disaster) / stake


def _resolute_bound(p: Any) -> Any:
    return _bluffs(p, p.resolute_disaster)


def _irresolute_bound(p: Any) -> Any:
    return _bluffs(p, p.defender_disaster)


def _resistance(p: Any) -> Any:
    """Return how likely a challenge must be resisted for a bluff to be worth the status quo."""
    return (1 - p.status_quo) / (1 + p.resist_risk * p.challenger_disaster)


def _resisted(p: Any) -> Any:
    """Return what a resolute Challenger expects once it is resisted, the risk of that included."""
    wins = (1 - p.escalate_risk) - p.escalate_risk * p.resolute_disaster
    return (1 - p.resist_risk) * wins - p.resist_risk * p.resolute_disaster


def _risk_of_a_challenge(p: Any, bound: Any) -> Any:
    """Return the chance of disaster of a challenge that is a bluff with a probability and resisted as that asks."""
    later = (1 - p.resist_risk) * (1 - bound) * p.escalate_risk
    return _resistance(p) * (p.resist_risk + later)


def _prevails(one: Any) -> Any:
    """Return the chance that the Challenger gets its way, at once or in the end."""
    return one.probability("Defender submits") + one.probability("Challenger prevails")


def _map(model: Any, ax: Any) -> Any:
    """Draw which equilibria exist over the likely resolve of both sides."""
    from deterrence.analysis.regions import regions

    return regions(model.game, challenger_resolve=(0.02, 0.6), defender_resolve=(0.02, 0.98)).plot(ax=ax)


SUBMITS, FIRM = "the Defender submits", "every Challenger tries"
ONE, BOTH, NONE = "bluff", "both sides bluff", "deterrence by doubt"
ALL = {"Resolute Challenger": "challenge", "Irresolute Challenger": "challenge"}
LIKELY: dict[str, Any] = {"challenger_resolve": 0.2}

MODEL = Model(
    two_sided_brinkmanship,
    source="powell1988",
    relation="in the spirit of",
    changed="Not found in the work, whose game of sequential bargaining was not re-read: here each side has one step "
    "of risk and one of two types.",
    topic="brinkmanship",
    related=("powell1990",),
    note="Of the work its abstract alone was read. Payoffs in units of the prize; all numbers are illustrative.",
    assumptions=(
        "Each side is resolute or irresolute, and alone knows which; the two draws are independent.",
        "Every step runs a risk of a disaster that neither side chose.",
        "A resolute Challenger would rather run the risk of its step than back down, an irresolute one the reverse.",
        "Disaster costs an irresolute Defender more than a resolute one.",
        "After the Challenger's step the Defender gives way.",
    ),
    does_not_say="""\
The steps are few and their risks given: nobody chooses how hard to push. To have backed down costs nothing more than
the prize, and resolve is one of two numbers that nothing in the crisis changes.""",
    names={
        SUBMITS: ALL | {"Resolute Defender": "submit", "Irresolute Defender": "submit"},
        FIRM: ALL | {"Resolute Defender": "resist", "Irresolute Defender": "submit"},
        ONE: {
            "Resolute Challenger": "challenge",
            "Irresolute Challenger": "mixed",
            "Resolute Defender": "mixed",
            "Irresolute Defender": "submit",
        },
        BOTH: {
            "Resolute Challenger": "challenge",
            "Irresolute Challenger": "mixed",
            "Resolute Defender": "resist",
            "Irresolute Defender": "mixed",
        },
        NONE: {"Resolute Challenger": "accept", "Irresolute Challenger": "accept"},
    },
    axes=("challenger_resolve", "defender_resolve"),
    claims=(
        Claim(
            "Every Challenger tries and no Defender resists where even a challenge by all is too seldom a bluff, "
            "1 - r_C <= b_+. A Defender to which disaster costs d is indifferent where a challenge is a bluff with "
            "chance b = (f d/(1 - f) + g d)/(1 + g d), which is b_+ for a resolute and b_- for an irresolute one.",
            "",
            ask.condition_of(SUBMITS),
            lambda p: 1 - p.challenger_resolve <= _resolute_bound(p),
        ),
        Claim(
            "Every Challenger tries and the resolute Defender alone resists where 1 - r_C lies between b_+ and b_-, "
            "and r_D is at most x = (1 - q)/(1 + f d_C), the resistance that an irresolute Challenger bears.",
            "",
            ask.condition_of(FIRM),
            lambda p: (
                (_resolute_bound(p) <= 1 - p.challenger_resolve)
                & (1 - p.challenger_resolve <= _irresolute_bound(p))
                & (p.defender_resolve <= _resistance(p))
            ),
        ),
        Claim(
            "Irresolute Challengers bluff at times, and resolute Defenders resist at times, where 1 - r_C is at least "
            "b_+ and r_D at least x.",
            "",
            ask.condition_of(ONE),
            lambda p: (1 - p.challenger_resolve >= _resolute_bound(p)) & (p.defender_resolve >= _resistance(p)),
        ),
        Claim(
            "Both sides bluff where 1 - r_C is at least b_- and r_D at most x: irresolute Defenders resist at times.",
            "",
            ask.condition_of(BOTH),
            lambda p: (1 - p.challenger_resolve >= _irresolute_bound(p)) & (p.defender_resolve <= _resistance(p)),
        ),
        Claim(
            "At the defaults b_+ is 7/12, so that a bluff has chance 7/15, and x is 0.4, so that the resolute Defender "
            "resists with chance 0.8.",
            "",
            # b_+ = (0.1*3/0.9 + 0.6)/1.6 = 7/12, and b r_C/(1 - b) = 0.35 is the chance of an irresolute Challenger's
            # bluff, of its 0.75; x = 0.6/1.5 = 0.4, of the Defender's r_D = 0.5.
            lambda model: [
                ask.value_at(lambda one: one.strategies["Irresolute Challenger"]["challenge"], ONE)(model),
                ask.value_at(lambda one: one.strategies["Resolute Defender"]["resist"], ONE)(model),
            ],
            ["0.466667", "0.8"],
            basis="computed",
        ),
        Claim(
            "Disaster then has chance 0.042.",
            "",
            # A challenge: 0.25/(5/12) = 0.6. Resisted: 0.4. Then 0.1 + 0.9*(5/12)*0.2 = 0.175. Product: 0.042.
            ask.value_at("disaster", ONE),
            "0.042",
            basis="computed",
        ),
        Claim(
            "Where both sides bluff, at r_C = r_D = 0.2, an irresolute Challenger bluffs with chance 0.875, an "
            "irresolute Defender resists with chance 0.25, and disaster has chance 0.0504.",
            "",
            # b_- = (0.5/0.9 + 1)/2 = 7/9: 0.2*(7/2) = 0.7 of 0.8. x = 0.4 = 0.2 + 0.8*0.25. A challenge: 0.9.
            # Disaster: 0.9*0.4*(0.1 + 0.9*(2/9)*0.2) = 0.36*0.14.
            lambda model: [
                ask.value_at(measure, BOTH, defender_resolve=0.2, **LIKELY)(model)
                for measure in (
                    lambda one: one.strategies["Irresolute Challenger"]["challenge"],
                    lambda one: one.strategies["Irresolute Defender"]["resist"],
                    "disaster",
                )
            ],
            ["0.875", "0.25", "0.0504"],
            basis="computed",
        ),
        Claim(
            "Where irresolute Challengers alone bluff, the chance of disaster grows with the likely resolve of the "
            "Challenger and does not move with that of the Defender: it is "
            "r_C x (f/(1 - b_+) + (1 - f) g).",
            "",
            ask.formula_of("disaster", ONE),
            lambda p: p.challenger_resolve / (1 - _resolute_bound(p)) * _risk_of_a_challenge(p, _resolute_bound(p)),
        ),
        Claim(
            "Yet a Challenger that is likely enough resolute runs no risk: at r_C of 0.25, 0.4 and 0.45 disaster has "
            "chance 0.042, 0.0672 and 0.",
            "",
            # In proportion to r_C up to 5/12 = 1 - b_+, and nobody resists beyond.
            lambda model: [
                ask.value_at("disaster", name, challenger_resolve=share)(model)
                for name, share in ((ONE, 0.25), (ONE, 0.4), (SUBMITS, 0.45))
            ],
            ["0.042", "0.0672", 0],
            basis="computed",
        ),
        Claim(
            "A Defender that is likelier resolute may raise the risk: where every Challenger tries it is "
            "r_D (f + (1 - f) r_C g).",
            "",
            ask.formula_of("disaster", FIRM),
            lambda p: (
                p.defender_resolve * (p.resist_risk + (1 - p.resist_risk) * p.challenger_resolve * p.escalate_risk)
            ),
        ),
        Claim(
            "Or lower it: with r_C = 0.2 disaster has chance 0.0504 at r_D = 0.2 and 0.0336 at 0.5.",
            "",
            # At 0.5 resolute Defenders set the rate of bluffs: 0.2*12/5 = 0.48, and 0.48*0.4*0.175.
            lambda model: [
                ask.value_at("disaster", name, defender_resolve=share, **LIKELY)(model)
                for name, share in ((BOTH, 0.2), (ONE, 0.5))
            ],
            ["0.0504", "0.0336"],
            basis="computed",
        ),
        Claim(
            "A state may be less likely to prevail the greater its resolve: the less a disaster costs an irresolute "
            "Challenger, the less often the Challenger prevails, for it is resisted more.",
            "abstract",
            ask.sign_of("challenger_disaster", _prevails, ONE),
            "rises",
        ),
        Claim(
            "And it may expect less: the Challenger's payoff is r_C ((1 - x) + x v) + (1 - r_C) q, with v what the "
            "resolute one expects once it is resisted.",
            "abstract",
            ask.formula_of(payoff("Challenger"), ONE),
            lambda p: (
                p.challenger_resolve * (1 - _resistance(p) + _resistance(p) * _resisted(p))
                + (1 - p.challenger_resolve) * p.status_quo
            ),
        ),
        Claim(
            "That payoff rises with what a disaster costs the irresolute Challenger.",
            "",
            ask.sign_of("challenger_disaster", payoff("Challenger"), ONE),
            "rises",
        ),
        Claim(
            "More at stake in the status quo need not make a challenge less likely.",
            "abstract",
            ask.sign_of("status_quo", "challenge", ONE),
            "does not move",
        ),
        Claim(
            "The state of greater resolve may not prevail: at the defaults a resolute Defender submits to an "
            "irresolute Challenger with chance 0.2.",
            "abstract",
            ask.value_at(lambda one: one.strategies["Resolute Defender"]["submit"], ONE),
            "0.2",
            basis="computed",
        ),
        Claim(
            "The Defender's payoff is 1 - q times the chance that there is no challenge; to resist gains nothing.",
            "",
            ask.formula_of(payoff("Defender"), ONE),
            lambda p: (1 - p.status_quo) * (1 - p.challenger_resolve / (1 - _resolute_bound(p))),
        ),
        Claim(
            "Nobody challenges where that would be resisted often enough if taken for a likely bluff: v is at most q "
            "where irresolute Defenders could be brought to resist, and (1 - r_D) + r_D v where resolute ones alone.",
            "",
            # A Defender that is sure to face a bluff resists where f d <= 1 - f.
            ask.condition_of(NONE),
            lambda p: (
                ((p.resist_risk * (1 + p.defender_disaster) <= 1) & (_resisted(p) <= p.status_quo))
                | (
                    (p.resist_risk * (1 + p.resolute_disaster) <= 1)
                    & (1 - p.defender_resolve + p.defender_resolve * _resisted(p) <= p.status_quo)
                )
            ),
        ),
        Claim(
            "D1 does not let that stand, since a resolute Challenger has more to gain by a challenge than one that "
            "bluffs.",
            "",
            ask.survivors_at(d1),
            {ONE},
            basis="own",
        ),
        Claim(
            "An audience that punishes backing down by 0.1 makes resistance rarer and leaves bluffs as they are: "
            "disaster has chance 0.039623.",
            "",
            # x becomes 0.6/(1 + 0.5 + 0.9*0.1) = 20/53; disaster 0.6*(20/53)*0.175 = 0.0396226.
            ask.under(ask.value_at("disaster", ONE), AudienceCosts("back down", "Challenger", audience_cost=0.1)),
            "0.039623",
            basis="own",
        ),
        Claim(
            "One that punishes it by 0.5 leaves no bluff: nobody backs down, for an irresolute Challenger loses 0.2 "
            "by going on.",
            "",
            # 0.8 - 0.2*5 = -0.2.
            ask.under(ask.value_at("back down"), AudienceCosts("back down", "Challenger", audience_cost=0.5)),
            0,
            basis="own",
        ),
    ),
    draws=_map,
    theory=Theory(
        mechanism=("brinkmanship", "signalling", "escalation"),
        actors="two states",
        information=("two-sided",),
        result=("backfires", "several outcomes"),
        finding="Where both sides mix, each side's play makes the other indifferent, so that more resolve or a "
        "better status quo need neither lower the risk of disaster nor help whoever has it.",
        means=("punishment",),
        scope=("direct",),
        phase=("general", "immediate"),
        neighbours={
            "powell1990/ladder": "All know who is resolute, so that the weaker side gives way at once.",
            "nalebuff1986/risk_auction": "Resolve has many values and both sides choose how long to run the risk.",
            "zagare2000/unilateral_deterrence": "A fight is chosen by both sides, not a risk that one of them runs.",
        },
    ),
)
