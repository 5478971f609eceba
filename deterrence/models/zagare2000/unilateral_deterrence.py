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

from deterrence.games.notation import chance, end, game, move, where
from deterrence.games.parameter import param, share
from deterrence.games.tree import Assumed, Node
from deterrence.models import ask
from deterrence.models.claim import Claim
from deterrence.models.model import Model
from deterrence.models.theory import Theory
from deterrence.refinements import d1


@game("Challenger", "Defender", name="unilateral-deterrence")
def unilateral_deterrence(
    *,
    challenger_gain: Any = param(
        1,
        "Challenger's payoff if the Defender concedes",
        symbol="c_{DC}",
        plausible=(0.6, 2),
        why="spans prizes that the default threat deters and greater ones",
    ),
    challenger_status_quo: Any = param(
        0.5,
        "Challenger's payoff in the status quo",
        symbol="c_{SQ}",
        plausible=(0.25, 0.8),
        why="from dissatisfied to content enough for the default threat to deter",
    ),
    challenger_hard_conflict: Any = param(
        0.1,
        "Hard Challenger's payoff from conflict",
        symbol="c_{DD+}",
        plausible=(0.03, 0.3),
        why="a Hard Challenger fights rather than backs off, if barely",
    ),
    challenger_defeat: Any = param(
        0,
        "Challenger's payoff if it backs off",
        symbol="c_{CD}",
        plausible=(-0.9, 0.05),
        why="from a humiliation that ends bluffs to a cheap climb-down",
    ),
    challenger_soft_conflict: Any = param(
        -1,
        "Soft Challenger's payoff from conflict",
        symbol="c_{DD-}",
        plausible=(-3, -0.4),
        why="enters no condition; conflict that it would never choose",
    ),
    defender_status_quo: Any = param(
        1,
        "Defender's payoff in the status quo",
        symbol="d_{SQ}",
        plausible=(0.8, 2),
        why="enters no condition; about as good as a victory",
    ),
    defender_victory: Any = param(
        0.8,
        "Defender's payoff if the Challenger backs off",
        symbol="d_{CD}",
        plausible=(0.65, 1.5),
        why="better than any conflict, above or below the status quo",
    ),
    defender_hard_conflict: Any = param(
        0.4,
        "Hard Defender's payoff from conflict",
        symbol="d_{DD+}",
        plausible=(0.31, 0.6),
        why="a Hard Defender fights rather than concedes, by little or much",
    ),
    defender_concession: Any = param(
        0.2,
        "Defender's payoff if it concedes",
        symbol="d_{DC}",
        plausible=(-0.05, 0.3),
        why="from nothing to close to a Hard Defender's conflict",
    ),
    defender_soft_conflict: Any = param(
        -0.6,
        "Soft Defender's payoff from conflict",
        symbol="d_{DD-}",
        plausible=(-3, -0.1),
        why="holds -2.2, below which bluff becomes attack",
    ),
    challenger_credibility: Any = share(
        0.2,
        "probability that the Challenger is Hard",
        symbol="p_{Ch}",
        plausible=(0.05, 0.95),
        why="holds d*, 0.43, where bluff becomes attack",
    ),
    defender_credibility: Any = share(
        0.3,
        "probability that the Defender is Hard",
        symbol="p_{Def}",
        plausible=(0.05, 0.95),
        why="spans c2 and c1, between which challenges end; never certain",
    ),
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


def c1(p: Any) -> Any:
    """Return the credibility of the Defender that deters Hard Challengers."""
    return (p.challenger_gain - p.challenger_status_quo) / (p.challenger_gain - p.challenger_hard_conflict)


def c2(p: Any) -> Any:
    """Return the credibility of the Defender that deters Soft Challengers."""
    return (p.challenger_gain - p.challenger_status_quo) / (p.challenger_gain - p.challenger_defeat)


def d_star(p: Any) -> Any:
    """Return the belief in a Hard Challenger at which a Soft Defender is indifferent."""
    return (p.defender_victory - p.defender_concession) / (p.defender_victory - p.defender_soft_conflict)


def if_all(first: str, answer: str, last: str, **values: float) -> ask.Question:
    """Ask what the two expect if both types of each act alike."""
    kinds = ("Hard", "Soft")
    challenger = {f"{kind} Challenger": first for kind in kinds} | {
        f"{kind} Challenger, resisted": last for kind in kinds
    }
    return ask.payoffs_of(challenger | {f"{kind} Defender, challenged": answer for kind in kinds}, **values)


NAMES = {
    "attack": {"Hard Challenger": "challenge", "Soft Challenger": "challenge", "Soft Defender, challenged": "concede"},
    "bluff": {"Hard Challenger": "challenge", "Soft Challenger": "mixed"},
    "separating": {"Hard Challenger": "challenge", "Soft Challenger": "accept"},
    "certain deterrence": {
        "Hard Challenger": "accept",
        "Soft Challenger": "accept",
        "Soft Defender, challenged": "concede",
    },
    "steadfast deterrence": {"Hard Challenger": "accept", "Soft Challenger": "accept"},
}
STEADFAST = "steadfast deterrence"


def soft_challenges(one: Any) -> Any:
    """Measure how often a Soft Challenger challenges."""
    return one.strategies["Soft Challenger"]["challenge"]


def soft_resists(one: Any) -> Any:
    """Measure how often a Soft Defender resists."""
    return one.strategies["Soft Defender, challenged"]["resist"]


def belief_in_hard(one: Any) -> Any:
    """Measure a Soft Defender's belief, once challenged, that the Challenger is Hard."""
    held = one.beliefs["Soft Defender, challenged"]
    return next(p for history, p in held.items() if history.startswith("Hard Challenger"))


def _changes(model: Any) -> tuple[Any, ...]:
    """Return the Defender's credibilities at which the set of equilibria changes."""
    from deterrence.analysis.threshold import threshold

    return tuple(row["defender_credibility"] for row in threshold(model.game, "defender_credibility", "challenge").data)


def all_resist(one: Any) -> Any:
    """Measure how often a challenge is resisted by Defenders of either type, as a formula."""
    credibility = one.game.parameters["defender_credibility"].expression
    return credibility + (1 - credibility) * soft_resists(one)


def _one_class_but_steadfast(_game: Any, solution: Any) -> bool:
    return len({one.name for one in solution} - {STEADFAST}) == 1 and all(one.name for one in solution)


def _least_steadfast_resistance(model: Any) -> Any:
    """Return how often a Soft Defender must resist, at least, to keep steadfast deterrence standing."""
    conceding = [
        one.free.get(("Soft Defender, challenged", "concede")) for one in model.solve() if one.name == STEADFAST
    ]
    return 1 - max(ends[1] for ends in conceding if ends is not None)


def draw_regions(model: Any, ax: Any) -> Any:
    """Draw which equilibria exist over the two credibilities."""
    from deterrence.analysis.regions import regions

    return regions(model.game, challenger_credibility=[0, 1], defender_credibility=[0, 1]).plot(ax)


MODEL = Model(
    unilateral_deterrence,
    source="zagare2000",
    relation="exact",
    changed="Its moves, hidden types and order of payoffs are the work's; their sizes are free.",
    topic="credibility",
    related=("zagare1993",),
    note="Names of the classes and of c1, c2 and d* are recalled, not re-read; the payoffs are illustrative numbers.",
    assumptions=(
        "Each side is Hard or Soft, and alone knows which; the two draws are independent.",
        "A Hard side would rather fight than concede at its last choice, a Soft one the reverse.",
        "A challenge is seen, and so is its author.",
    ),
    names=NAMES,
    claims=(
        Claim(
            "There is certain deterrence where the Defender's credibility is at least c1.",
            "ch. 5",
            ask.condition_of("certain deterrence"),
            lambda p: p.defender_credibility >= c1(p),
        ),
        Claim(
            "Between c2 and c1 the types separate.",
            "ch. 5",
            ask.condition_of("separating"),
            lambda p: (c2(p) <= p.defender_credibility) & (p.defender_credibility <= c1(p)),
        ),
        Claim(
            "Below c2 all attack if the Challenger's credibility is at least d*.",
            "ch. 5",
            ask.condition_of("attack"),
            lambda p: (p.defender_credibility <= c2(p)) & (p.challenger_credibility >= d_star(p)),
        ),
        Claim(
            "Below c2 Soft Challengers bluff at times if it is less than d*.",
            "ch. 5",
            ask.condition_of("bluff"),
            lambda p: (p.defender_credibility < c2(p)) & (p.challenger_credibility < d_star(p)),
        ),
        Claim("Steadfast deterrence is available everywhere.", "", ask.condition_of(STEADFAST)),
        Claim(
            "Besides it there is exactly one class at every generic point.",
            "",
            ask.always(_one_class_but_steadfast),
        ),
        Claim(
            "Steadfast deterrence rests on a belief that D1 rules out: bluff alone passes.",
            "",
            ask.survivors_at(d1),
            {"bluff"},
        ),
        Claim(
            "A Soft Challenger bluffs with probability p(1 - d*)/((1 - p) d*).",
            "",
            ask.formula_of(soft_challenges, "bluff"),
            lambda p: p.challenger_credibility * (1 - d_star(p)) / ((1 - p.challenger_credibility) * d_star(p)),
        ),
        Claim(
            "In bluff a challenge is resisted with probability c2 in all.",
            "",
            ask.formula_of(all_resist, "bluff"),
            c2,
        ),
        Claim("A Soft Defender then believes d*.", "", ask.formula_of(belief_in_hard, "bluff"), d_star),
        Claim(
            "The more credible the Challenger, the more its Soft type bluffs.",
            "",
            ask.sign_of("challenger_credibility", soft_challenges, "bluff"),
            "rises",
        ),
        Claim(
            "A better status quo for the Challenger lowers c2, so deterrence gets easier.",
            "",
            ask.sign_of("challenger_status_quo", all_resist, "bluff"),
            "falls",
        ),
        Claim(
            "A greater prize raises c2, so deterrence gets harder.",
            "",
            ask.sign_of("challenger_gain", all_resist, "bluff"),
            "rises",
        ),
        Claim(
            "A penalty on a Challenger that backs off lowers c2 with its payoff.",
            "",
            ask.sign_of("challenger_defeat", all_resist, "bluff"),
            "rises",
        ),
        Claim(
            "The worse conflict is for a Soft Defender, the lower d*, and bluff gives way to attack.",
            "",
            ask.sign_of("defender_soft_conflict", belief_in_hard, "bluff"),
            "rises",
        ),
        Claim(
            "What conflict is worth to a Soft Challenger enters no condition.",
            "",
            lambda model: any("challenger_soft_conflict" in str(one.when) for one in model.characterize()),
            False,
        ),
        Claim(
            "As the Defender's credibility grows, the equilibria change at c2 and then at c1.",
            "",
            ask.boundaries_of("defender_credibility", "challenge"),
            lambda p: (c2(p), c1(p)),
        ),
        Claim(
            "With the payoffs of the example c2 is 0.5 and c1 is 0.555556.",
            "",
            _changes,
            ("0.500000", "0.555556"),
            basis="computed",
        ),
        Claim(
            "There d* is 0.428571.",
            "",
            ask.value_at(belief_in_hard, "bluff"),
            "0.428571",
            basis="computed",
        ),
        Claim(
            "At credibilities of 0.2 and 0.3 there is bluff, besides steadfast deterrence.",
            "",
            ask.classes_at(),
            {"bluff", STEADFAST},
            basis="computed",
        ),
        Claim(
            "There a Soft Challenger bluffs a third of the time.",
            "",
            ask.value_at(soft_challenges, "bluff"),
            "0.333333",
            basis="computed",
        ),
        Claim(
            "A Soft Defender resists with probability 0.285714.",
            "",
            ask.value_at(soft_resists, "bluff"),
            "0.285714",
            basis="computed",
        ),
        Claim(
            "Steadfast deterrence needs 0.365079 of it.",
            "",
            _least_steadfast_resistance,
            "0.365079",
            basis="computed",
        ),
        Claim(
            "At credibilities of 0.5 and 0.7 there is certain deterrence.",
            "",
            ask.is_equilibrium_at("certain deterrence", challenger_credibility=0.5, defender_credibility=0.7),
            basis="computed",
        ),
        Claim(
            "At 0.5 and 0.52 the types separate, unless there is steadfast deterrence.",
            "",
            ask.classes_at(challenger_credibility=0.5, defender_credibility=0.52),
            {"separating", STEADFAST},
            basis="computed",
        ),
        Claim(
            "What the two expect if nobody challenges, or all challenge and the Defender concedes, or resists a "
            "Challenger that backs off or fights.",
            "",
            ask.each_of(
                if_all("accept", "resist", "back off"),
                if_all("challenge", "concede", "back off"),
                if_all("challenge", "resist", "back off"),
                if_all("challenge", "resist", "fight"),
            ),
            # conflict: 0.2 0.1 - 0.8 1 = -0.78 for the Challenger, 0.3 0.4 - 0.7 0.6 = -0.3 for the Defender
            [("0.5", 1), (1, "0.2"), (0, "0.8"), ("-0.78", "-0.3")],
            basis="computed",
        ),
        Claim(
            "Each side's payoffs are in the order of the text: a value just inside it is admitted, one at its end is "
            "not.",
            "",
            ask.each_of(
                *(
                    ask.admits(**{name: value})
                    for name, values in {
                        "challenger_soft_conflict": (-0.01, 0),
                        "challenger_defeat": (0.09, 0.1),
                        "challenger_hard_conflict": (0.49, 0.5),
                        "challenger_gain": (0.51, 0.5),
                        "defender_soft_conflict": (0.19, 0.2),
                        "defender_concession": (0.39, 0.4),
                        "defender_hard_conflict": (0.79, 0.8),
                    }.items()
                    for value in values
                )
            ),
            [True, False] * 7,
        ),
    ),
    does_not_say="""\
A challenge is seen for what it is, and its author is known. Credibility is drawn once and is nobody's
choice: signals other than the challenge itself, costly or cheap, are left out, and so is the question
why there is something to challenge.""",
    theory=Theory(
        mechanism=("credibility", "signalling"),
        actors="two states",
        information=("two-sided",),
        result=("deters", "several outcomes"),
        finding=(
            "Credibility above a threshold deters for certain; below it there are bluffs, attacks and one "
            "deterrence by an implausible belief."
        ),
        means=("punishment",),
        phase=("general", "immediate"),
        neighbours={
            "zagare1993/rudimentary_deterrence": "There the Challenger cannot back off.",
            "zagare2000/generalized_mutual_deterrence": "There both sides are tempted.",
            "lacy2004/sanctions_threat": "The same tree, told of sanctions.",
            "kilgour2007/asymmetric_escalation": "There the answer has degrees.",
        },
    ),
    draws=draw_regions,
)
