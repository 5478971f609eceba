"""Ambiguity on purpose: a commitment strong enough to deter the foe and too weak to embolden the friend.

A Defender promises its Protégé nothing, help for certain, or help that comes with chance ``a``. The Protégé
provokes a Challenger or not, and the Challenger attacks or not. With help of chance ``s`` it refrains unprovoked
from ``s_1 = 1/(1 + d)`` on, and provoked only from ``s_2 = (1 + n)/(1 + d)`` on, as to let a provocation pass costs
it ``n``. The Protégé provokes where that goes unanswered, beyond ``s_2``. A promise between the two,
``s_1 <= a <= s_2``, keeps the peace on both sides, which firm help does only where the Challenger would answer a
provocation at any price, ``n >= d``.
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

PLAYERS = ("Challenger", "Protégé", "Defender")


@game(*PLAYERS)
def ambiguous_commitment(
    *,
    ambiguity: Any = share(
        0.6,
        "chance that help comes after an ambiguous promise",
        symbol="a",
        plausible=(0.05, 0.95),
        why="holds 1/2 and 0.7, between which it deters and restrains",
    ),
    damage: Any = param(
        1,
        "what war with both costs the Challenger; victory over the Protégé alone brings it 1",
        low=0,
        high=5,
        symbol="d",
        plausible=(0.2, 3),
        why="holds 2/3 and 4/3, between which the default promise deters and restrains",
    ),
    insult: Any = param(
        0.4,
        "what it costs the Challenger to let a provocation pass",
        low=0,
        high=5,
        symbol="n",
        plausible=(0.05, 2),
        why="holds 0.2 and 1, from where ambiguous and then firm help restrains",
    ),
    provocation_gain: Any = param(
        0.5,
        "what a provocation without an answer brings the Protégé; an attack alone costs it 1",
        low=0,
        high=5,
        symbol="g",
        plausible=(0.05, 2),
        why="any gain tempts it where no attack follows",
    ),
    reprisal: Any = param(
        0.2,
        "what an attack costs the Protégé in addition if it has provoked it",
        low=0,
        high=5,
        symbol="y",
        plausible=(0.02, 1),
        why="from a little to as much as a lost war",
    ),
    war: Any = param(
        0.6,
        "what war beside the Protégé costs the Defender; its loss costs 1",
        low=0,
        high=5,
        symbol="w",
        plausible=(0.1, 2),
        why="from a small war to one worse than the loss",
    ),
    entanglement: Any = param(
        0.5,
        "what a provocation without an answer costs the Defender",
        low=0,
        high=5,
        symbol="e",
        plausible=(0.05, 2),
        why="from a nuisance to more than the Protégé's loss",
    ),
    upkeep: Any = param(
        0.2,
        "what a firm commitment costs; an ambiguous one costs the share a of it",
        low=0,
        high=5,
        symbol="f",
        plausible=(0.02, 2),
        why="holds 5/3, from which no promise is worth its price",
    ),
) -> Assumed:
    """Promise nothing, something or all; provoke or not; attack or not."""

    def attacked(help_comes: Any, spent: Any, extra: Any) -> Node:
        alone = end("Protégé lost", 1, -1 - extra, -1 - spent)
        together = end("war with both", -damage, -extra, -war - spent)
        if help_comes in ("never", "always"):
            return alone if help_comes == "never" else together
        return chance({"help comes": (help_comes, together), "no help": (1 - help_comes, alone)})

    def faced(help_comes: Any, spent: Any, extra: Any, peace: Node, seen: str) -> Node:
        choices = {"refrain": peace, "attack": attacked(help_comes, spent, extra)}
        return move("Challenger", choices, information=f"Challenger, {seen}")

    def promised(help_comes: Any, spent: Any, promise: str) -> Node:
        quiet, passed = end("peace", 0, 0, -spent), end("provocation", -insult, provocation_gain, -entanglement - spent)
        choices = {
            "keep quiet": faced(help_comes, spent, 0, quiet, promise),
            "provoke": faced(help_comes, spent, reprisal, passed, f"{promise}, provoked"),
        }
        return move("Protégé", choices, information=f"Protégé, {promise}")

    choices = {
        "promise nothing": promised("never", 0, "no promise"),
        "promise ambiguously": promised(ambiguity, ambiguity * upkeep, "ambiguous promise"),
        "promise firmly": promised("always", upkeep, "firm promise"),
    }
    tree = move("Defender", choices, information="Defender")
    inside = (ambiguity > 0, ambiguity < 1, damage > 0, insult > 0, provocation_gain > 0, reprisal > 0)
    return where(tree, *inside, war > 0, entanglement > 0, upkeep > 0)


def _weak(p: Any) -> Any:
    """Return where an ambiguous promise does not deter."""
    return p.ambiguity * (1 + p.damage) <= 1


def _middling(p: Any) -> Any:
    """Return where it deters an unprovoked Challenger, and not a provoked one."""
    return (p.ambiguity * (1 + p.damage) >= 1) & (p.ambiguity * (1 + p.damage) <= 1 + p.insult)


def _strong(p: Any) -> Any:
    """Return where it deters even a provoked Challenger."""
    return p.ambiguity * (1 + p.damage) >= 1 + p.insult


def _tested(p: Any) -> Any:
    """Return what an ambiguous promise costs the Defender where it does not deter."""
    return (1 - p.ambiguity) + p.ambiguity * (p.war + p.upkeep)


def _no_window_for_firmness(_game: Any, solution: Any) -> bool:
    """Return whether no firm promise is made where an ambiguous one keeps the peace."""
    return all(
        one.probability("promise firmly") == 0
        for one in solution
        if one.strategies["Challenger, ambiguous promise"]["refrain"] == 1
        and one.strategies["Protégé, ambiguous promise"]["keep quiet"] == 1
    )


def _map(model: Any, ax: Any) -> Any:
    """Draw what happens over how likely help is after an ambiguous promise and what a provocation costs."""
    from deterrence.analysis.regions import regions

    return regions(model.game, ambiguity=(0.02, 0.98), insult=(0.02, 1.5)).plot(ax=ax)


PEACE, TESTED, EMBOLDENS = "ambiguity keeps the peace", "ambiguity is tested", "ambiguity emboldens"
FIRM, FIRM_EMBOLDENS, NOTHING = "firmness keeps the peace", "firmness emboldens", "no promise"
AMBIGUOUS = {"Defender": "promise ambiguously"}

MODEL = Model(
    ambiguous_commitment,
    source="benson2012",
    relation="in the spirit of",
    changed=(
        "Not found in the work, in this form: that commitments are made conditional or ambiguous so as to deter "
        "without emboldening is its subject; three promises that bind, and the payoffs, are ours."
    ),
    topic="alliances",
    related=("snyder1984", "crawford2003"),
    note="The work was not re-read. Illustrative payoffs.",
    assumptions=(
        "A promise is kept as it was given: firm help always comes, ambiguous help with the chance that all know.",
        "A promise costs something in peacetime, the more the firmer it is.",
        "With help the Protégé is saved; without, it is lost.",
        "The Challenger would attack a Protégé that nobody helps.",
    ),
    does_not_say="""\
Promises are believed: how ambiguity of just this size is told to friend and foe is left out, and so are promises on
conditions, such as that the friend did not begin. The Protégé cannot ask for more, or turn elsewhere.""",
    names={
        PEACE: AMBIGUOUS | {"Protégé, ambiguous promise": "keep quiet", "Challenger, ambiguous promise": "refrain"},
        TESTED: AMBIGUOUS | {"Protégé, ambiguous promise": "keep quiet", "Challenger, ambiguous promise": "attack"},
        EMBOLDENS: AMBIGUOUS | {"Protégé, ambiguous promise": "provoke"},
        FIRM: {"Defender": "promise firmly", "Protégé, firm promise": "keep quiet"},
        FIRM_EMBOLDENS: {"Defender": "promise firmly", "Protégé, firm promise": "provoke"},
        NOTHING: {"Defender": "promise nothing"},
    },
    axes=("ambiguity", "insult"),
    theory=Theory(
        mechanism=("alliance", "commitment", "credibility"),
        actors="alliance",
        information=("complete",),
        result=("deters", "trades off"),
        finding=(
            "A promise of help that is strong enough to deter an unprovoked attack and too weak to deter a "
            "provoked one restrains friend and foe at once; a firmer one emboldens the friend."
        ),
        means=("punishment",),
        scope=("extended",),
        phase=("general",),
        neighbours={
            "crawford2003/pivotal": "The third party may join either side, and doubt is about which.",
            "snyder1984/alliance": "How reliable the Defender is, it does not choose, and the Protégé provokes nobody.",
            "kuperman2008/moral_hazard": "Help that is not promised but hoped for emboldens, and nobody means it to.",
        },
    ),
    claims=(
        Claim(
            "Ambiguity keeps the peace where it deters the Challenger and restrains the Protégé, 1 <= a (1 + d) <= "
            "1 + n, and is worth its price, a f <= 1.",
            "",
            ask.condition_of(PEACE),
            lambda p: _middling(p) & (p.ambiguity * p.upkeep <= 1),
        ),
        Claim(
            "It emboldens the Protégé, and is borne, where a (1 + d) >= 1 + n and e + a f <= 1.",
            "",
            ask.condition_of(EMBOLDENS),
            lambda p: _strong(p) & (p.entanglement + p.ambiguity * p.upkeep <= 1),
        ),
        Claim(
            "It is given and tested where a (1 + d) <= 1, help is worth more than it costs, w + f <= 1, and "
            "firmness would cost more: f if the Challenger answers provocation at any price, n >= d, else e + f.",
            "",
            ask.condition_of(TESTED),
            lambda p: (
                _weak(p)
                & (p.war + p.upkeep <= 1)
                & (
                    ((p.insult >= p.damage) & (_tested(p) <= p.upkeep))
                    | ((p.insult <= p.damage) & (_tested(p) <= p.entanglement + p.upkeep))
                )
            ),
        ),
        Claim(
            "Firmness keeps the peace where ambiguity is too weak and n >= d, if f costs less than the Protégé, or "
            "the test.",
            "",
            ask.condition_of(FIRM),
            lambda p: _weak(p) & (p.insult >= p.damage) & (p.upkeep <= 1) & (p.upkeep <= _tested(p)),
        ),
        Claim(
            "Where n <= d it emboldens, and is chosen if e + f costs less than the Protégé, or the test.",
            "",
            ask.condition_of(FIRM_EMBOLDENS),
            lambda p: (
                _weak(p)
                & (p.insult <= p.damage)
                & (p.entanglement + p.upkeep <= 1)
                & (p.entanglement + p.upkeep <= _tested(p))
            ),
        ),
        Claim(
            "Nothing is promised where all that would be better costs more than the Protégé is worth.",
            "",
            ask.condition_of(NOTHING),
            lambda p: (
                (_middling(p) & (p.ambiguity * p.upkeep >= 1))
                | (_strong(p) & (p.entanglement + p.ambiguity * p.upkeep >= 1))
                | (
                    _weak(p)
                    & (p.war + p.upkeep >= 1)
                    & (
                        ((p.insult >= p.damage) & (p.upkeep >= 1))
                        | ((p.insult <= p.damage) & (p.entanglement + p.upkeep >= 1))
                    )
                )
            ),
        ),
        Claim(
            "At the defaults ambiguity keeps the peace between 1/(1 + d) and (1 + n)/(1 + d).",
            "",
            ask.boundaries_of("ambiguity", "peace"),
            lambda p: (1 / (1 + p.damage), (1 + p.insult) / (1 + p.damage)),
        ),
        Claim(
            "That is between 1/2 and 0.7: at 0.4 firm help is promised and emboldens, at 0.6 there is peace, at 0.8 "
            "ambiguity emboldens.",
            "",
            lambda model: [ask.classes_at(ambiguity=a)(model) for a in (0.4, 0.6, 0.8)],
            [{FIRM_EMBOLDENS}, {PEACE}, {EMBOLDENS}],
            # firm 0.5 + 0.2 = 0.7 < 1 and < 0.6 + 0.4 * 0.8; ambiguous 0.12; 0.5 + 0.16 = 0.66 < 0.7
            basis="computed",
        ),
        Claim(
            "Where an ambiguous promise keeps the peace no firm one is made.",
            "",
            ask.always(_no_window_for_firmness),
        ),
        Claim(
            "A Challenger that more resents provocation makes for peace: at 0.1 and 0.3 ambiguity of 0.6 "
            "emboldens, and keeps the peace.",
            "",
            lambda model: [ask.classes_at(insult=n)(model) for n in (0.1, 0.3)],
            [{EMBOLDENS}, {PEACE}],
            basis="computed",  # 0.6 * 2 = 1.2 = 1 + 0.2
        ),
        Claim(
            "Peace by ambiguity costs the Defender a f, and the others nothing.",
            "",
            lambda model: [ask.formula_of(payoff(player), PEACE)(model) for player in PLAYERS],
            lambda p: (0 * p.damage, 0 * p.damage, -p.ambiguity * p.upkeep),
        ),
        Claim(
            "A provocation under a firm promise costs the Challenger n, brings the Protégé g, and costs the "
            "Defender e + f.",
            "",
            lambda model: [ask.formula_of(payoff(player), FIRM_EMBOLDENS)(model) for player in PLAYERS],
            lambda p: (-p.insult, p.provocation_gain, -p.entanglement - p.upkeep),
        ),
        Claim(
            "A promise that is tested brings the Challenger (1 - a) - a d, and costs the Protégé 1 - a.",
            "",
            lambda model: [ask.formula_of(payoff(player), TESTED)(model) for player in PLAYERS[:2]],
            lambda p: ((1 - p.ambiguity) - p.ambiguity * p.damage, p.ambiguity - 1),
        ),
        Claim(
            "It costs the Defender (1 - a) + a (w + f).",
            "",
            ask.formula_of(payoff("Defender"), TESTED),
            lambda p: -_tested(p),
        ),
        Claim(
            "Without a promise the Protégé is lost.",
            "",
            lambda model: [ask.formula_of(payoff(player), NOTHING)(model) for player in PLAYERS],
            [1, -1, -1],
        ),
        Claim(
            "Sanctions of 0.6 on a Protégé that provokes, more than it gains, let a firm promise keep the peace where "
            "ambiguity of 0.4 is too weak.",
            "",
            ask.under(
                ask.classes_at(ambiguity=0.4),
                Sanctions("Protégé", outcomes=("provocation",), pressure=0.6),
            ),
            {FIRM},
            basis="own",
        ),
    ),
    draws=_map,
)
