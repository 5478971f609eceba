"""A threat of sanctions: threatened, resisted, and imposed or dropped.

The game of unilateral deterrence under other words: the sender threatens or leaves things as they are, the target
complies or resists, and the sender imposes the sanctions or backs down. A resolute sender would rather impose them
than back down, a resolute target would rather bear them than comply. Sanctions are imposed against targets that
resist them: where one sees them, they tend to fail, and where threats work one sees none.
"""

from __future__ import annotations

from typing import Any

from deterrence.games.parameter import param, share
from deterrence.models import ask
from deterrence.models.claim import Claim
from deterrence.models.model import Model
from deterrence.models.relabel import relabelled
from deterrence.models.theory import Theory
from deterrence.models.zagare2000.unilateral_deterrence import unilateral_deterrence

WORDS = {
    "Challenger": "Sender",
    "Defender": "Target",
    "Hard Challenger": "Resolute Sender",
    "Soft Challenger": "Irresolute Sender",
    "Hard Defender": "Resolute Target",
    "Soft Defender": "Irresolute Target",
    "accept": "leave",
    "challenge": "threaten",
    "concede": "comply",
    "fight": "impose",
    "back off": "drop",
    "conflict": "sanctions",
    "challenger defeated": "threat dropped",
    "defender concedes": "compliance",
}

PARAMETERS = {
    "challenger_gain": (
        "compliance_gain",
        param(
            1,
            "Sender's payoff if the Target complies",
            symbol="s_C",
            plausible=(0.52, 2),
            why="holds 0.55 and 0.58, above which threats begin to pay",
        ),
    ),
    "challenger_status_quo": (
        "sender_status_quo",
        param(
            0.5,
            "Sender's payoff in the status quo",
            symbol="s_Q",
            plausible=(0.42, 0.9),
            why="holds 0.84 and 0.86, from where the default Target deters threats",
        ),
    ),
    "challenger_hard_conflict": (
        "sender_resolute",
        param(
            0.3,
            "resolute Sender's payoff from imposing sanctions",
            symbol="s_+",
            plausible=(0.26, 0.41),
            why="better than dropping the threat, worse than the status quo",
        ),
    ),
    "challenger_defeat": (
        "sender_drops",
        param(
            0.2,
            "Sender's payoff if it drops its threat",
            symbol="s_D",
            plausible=(0.05, 0.25),
            why="an audience may make backing down almost as bad as sanctions",
        ),
    ),
    "challenger_soft_conflict": (
        "sender_irresolute",
        param(
            0,
            "irresolute Sender's payoff from imposing sanctions",
            symbol="s_-",
            plausible=(-1, 0.15),
            why="sanctions cost it up to the whole default prize",
        ),
    ),
    "defender_status_quo": (
        "target_status_quo",
        param(
            1,
            "Target's payoff in the status quo",
            symbol="t_Q",
            plausible=(0.8, 2),
            why="enters no condition; about as good as to be spared",
        ),
    ),
    "defender_victory": (
        "target_unharmed",
        param(
            0.9,
            "Target's payoff if the threat is dropped",
            symbol="t_D",
            plausible=(0.66, 1.5),
            why="spared, it fares better than under any sanctions",
        ),
    ),
    "defender_hard_conflict": (
        "target_resolute",
        param(
            0.5,
            "resolute Target's payoff under sanctions",
            symbol="t_+",
            plausible=(0.46, 0.65),
            why="bearing sanctions beats complying, by little or much",
        ),
    ),
    "defender_concession": (
        "target_complies",
        param(
            0.4,
            "Target's payoff from complying",
            symbol="t_C",
            plausible=(0.26, 0.45),
            why="complying lies between the two types' worths of sanctions",
        ),
    ),
    "defender_soft_conflict": (
        "target_irresolute",
        param(
            0.1,
            "irresolute Target's payoff under sanctions",
            symbol="t_-",
            plausible=(-1, 0.25),
            why="from bearable sanctions to ruinous ones",
        ),
    ),
    "challenger_credibility": (
        "sender_resolve",
        share(
            0.5,
            "chance that the Sender is resolute",
            symbol="p_S",
            plausible=(0.05, 0.95),
            why="holds d* of 0.625, above which irresolute Senders threaten, too",
        ),
    ),
    "defender_credibility": (
        "target_resolve",
        share(
            0.2,
            "chance that the Target is resolute",
            symbol="p_T",
            plausible=(0.05, 0.95),
            why="holds c2 and c1, 0.63 and 0.71, where threats end",
        ),
    ),
}

sanctions_threat = relabelled(
    unilateral_deterrence,
    WORDS,
    PARAMETERS,
    labels={"challenged": "threatened"},
    name="sanctions-threat",
    caption="Threaten, resist, and in the end impose sanctions or drop the threat.",
)


def _c1(p: Any) -> Any:
    return (p.compliance_gain - p.sender_status_quo) / (p.compliance_gain - p.sender_resolute)


def _c2(p: Any) -> Any:
    return (p.compliance_gain - p.sender_status_quo) / (p.compliance_gain - p.sender_drops)


def _enough(p: Any) -> Any:
    """Return the Sender's resolve at which an irresolute Target gives in."""
    return (p.target_unharmed - p.target_complies) / (p.target_unharmed - p.target_irresolute)


def _end_of(name: str, upper: bool) -> ask.Question:
    """Ask for the least or greatest resolve of the Target at which a class exists, as a number."""

    def asked(model: Any) -> Any:
        from deterrence.analysis.threshold import threshold

        boundaries = threshold(model.game, "target_resolve", "threaten").boundaries
        here = [boundary for boundary in boundaries if name in " ".join(boundary.gone if upper else boundary.new)]
        return here[0].value

    return asked


def _resisting(model: Any, **values: object) -> frozenset[str]:
    """Return the types of Target that resist where the types of Sender separate."""
    equilibrium = ask.equilibrium_of("separating", model.solve(**values))
    targets = (where for where in equilibrium.strategies if where.endswith("Target, threatened"))
    return frozenset(where for where in targets if equilibrium.strategies[where]["resist"] > 0)


def _if_all(sender: str, target: str, last: str) -> ask.Question:
    """Ask what the two expect if all types of each act alike."""
    kinds = ("Resolute", "Irresolute")
    senders = {f"{kind} Sender": sender for kind in kinds} | {f"{kind} Sender, resisted": last for kind in kinds}
    return ask.payoffs_of(senders | {f"{kind} Target, threatened": target for kind in kinds})


def _map(model: Any, ax: Any) -> Any:
    """Draw which equilibria exist over the resolve of both."""
    from deterrence.analysis.regions import regions

    return regions(model.game, target_resolve=(0.01, 0.99), sender_resolve=(0.01, 0.99)).plot(ax=ax)


BLUFF = {"sender_resolve": 0.5, "target_resolve": 0.2}

MODEL = Model(
    sanctions_threat,
    source="lacy2004",
    relation="reduction",
    changed="One issue, without the linkage of issues that the work adds; its exact preferences were not compared.",
    topic="sanctions",
    note="The tree is that of unilateral deterrence. Illustrative payoffs, those of the reference numbers.",
    related=("zagare2000",),
    assumptions=(
        "Each side is resolute or irresolute, and alone knows which; the two draws are independent.",
        "A resolute Sender would rather impose sanctions than drop its threat, an irresolute one the reverse.",
        "A resolute Target would rather bear sanctions than comply, an irresolute one the reverse.",
    ),
    does_not_say="""\
There is one issue: that a sender may tie it to another, which the work is named for, is left out. Sanctions do not
go on: what they bring is one number, and how long they last, or who at home pays for them, is not in it.""",
    theory=Theory(
        mechanism=("sanctions", "signalling", "credibility"),
        actors="senders and target",
        information=("two-sided",),
        result=("deters", "reveals"),
        finding="Where sanctions are seen they tend to fail, since threats that work are not carried out.",
        means=("punishment",),
        phase=("general", "immediate"),
        neighbours={
            "zagare2000/unilateral_deterrence": "The same tree, told of a challenge and a defence.",
            "whang2013/sanction_threats": "There private shocks to payoffs take the place of types.",
            "eaton1992/standing_threat": "There the threat is kept up over time.",
        },
    ),
    names={
        "threat by all": {"Resolute Sender": "threaten", "Irresolute Sender": "threaten"},
        "bluff": {"Resolute Sender": "threaten", "Irresolute Sender": "mixed"},
        "separating": {"Resolute Sender": "threaten", "Irresolute Sender": "leave"},
        "no threat": {
            "Resolute Sender": "leave",
            "Irresolute Sender": "leave",
            "Irresolute Target, threatened": "comply",
        },
        "steadfast": {"Resolute Sender": "leave", "Irresolute Sender": "leave"},
    },
    claims=(
        Claim(
            "The resolute Sender alone threatens where the Target's resolve lies between c2 and c1.",
            "",
            ask.condition_of("separating"),
            lambda p: (_c2(p) <= p.target_resolve) & (p.target_resolve <= _c1(p)),
        ),
        Claim(
            "Every Sender threatens where the Target's resolve is below c2 and the Sender's at least d*.",
            "",
            ask.condition_of("threat by all"),
            lambda p: (p.target_resolve <= _c2(p)) & (p.sender_resolve >= _enough(p)),
        ),
        Claim(
            "With the default payoffs c1 is 0.714286.",
            "",
            _end_of("separating", True),
            "0.714286",
            basis="computed",
        ),
        Claim(
            "And c2 is 0.625.",
            "",
            _end_of("separating", False),
            "0.625000",
            basis="computed",
        ),
        Claim(
            "And d*, from which an irresolute Sender need not fear to bluff, is 0.625.",
            "",
            ask.threshold_value("sender_resolve", "drop", target_resolve=0.2),
            "0.625000",
            basis="computed",
        ),
        Claim(
            "At resolves of 0.5 and 0.2 an irresolute Sender bluffs with chance 0.6.",
            "",
            ask.value_at(lambda equilibrium: equilibrium.strategies["Irresolute Sender"]["threaten"], "bluff", **BLUFF),
            "0.600000",
            basis="computed",
        ),
        Claim(
            "There an irresolute Target resists with chance 0.53125.",
            "",
            ask.value_at(
                lambda equilibrium: equilibrium.strategies["Irresolute Target, threatened"]["resist"], "bluff", **BLUFF
            ),
            "0.531250",
            basis="computed",
        ),
        Claim(
            "At 0.5 and 0.66 the types of Sender separate.",
            "",
            ask.is_equilibrium_at("separating", sender_resolve=0.5, target_resolve=0.66),
            basis="computed",
        ),
        Claim(
            "At 0.5 and 0.8 nobody threatens, in any equilibrium.",
            "",
            ask.value_at("threaten", sender_resolve=0.5, target_resolve=0.8),
            0,
            basis="computed",
        ),
        Claim(
            "Sanctions are imposed only on Targets that resist: where the types separate, on resolute ones alone.",
            "abstract",
            lambda model: _resisting(model, sender_resolve=0.5, target_resolve=0.66),
            {"Resolute Target, threatened"},
        ),
        Claim(
            "What the two expect if nobody threatens, or all threaten and the Target complies, resists a threat that "
            "is dropped, or one that is carried out.",
            "",
            ask.each_of(
                _if_all("leave", "resist", "drop"),
                _if_all("threaten", "comply", "drop"),
                _if_all("threaten", "resist", "drop"),
                _if_all("threaten", "resist", "impose"),
            ),
            # sanctions: 0.5 0.3 + 0.5 0 for the Sender, 0.2 0.5 + 0.8 0.1 for the Target
            [("0.5", 1), (1, "0.4"), ("0.2", "0.9"), ("0.15", "0.18")],
            basis="computed",
        ),
        Claim(
            "Each side's payoffs are in order: a value just inside it is admitted, one at its end is not.",
            "",
            ask.each_of(
                *(
                    ask.admits(**{name: value})
                    for name, values in {
                        "sender_irresolute": (0.19, 0.2),
                        "sender_drops": (0.29, 0.3),
                        "sender_resolute": (0.49, 0.5),
                        "compliance_gain": (0.51, 0.5),
                        "target_irresolute": (0.39, 0.4),
                        "target_complies": (0.49, 0.5),
                        "target_resolute": (0.89, 0.9),
                    }.items()
                    for value in values
                )
            ),
            [True, False] * 7,
        ),
    ),
    draws=_map,
)
