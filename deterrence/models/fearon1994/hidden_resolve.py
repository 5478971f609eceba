"""Audience costs in three moves, when neither side knows what a war would cost the other.

A Challenger may challenge, a Defender may resist, and a Challenger that is resisted fights or backs down before an
audience, at a cost ``a``. It fights where war costs it less than ``a``. Those who would back down bluff so often that
resistance comes with chance ``1/(1 + a)`` and is met by war with chance ``(1 + a)/(1 + a + V)``, with ``V`` the most
that a war may cost the Defender. Greater audience costs make a challenge more telling, and war more likely.
"""

from __future__ import annotations

from typing import Any

from deterrence.answers.measure import payoff
from deterrence.games.continuum.notation import draw
from deterrence.games.notation import end, game, move, where
from deterrence.games.parameter import param
from deterrence.games.tree import Assumed
from deterrence.models import ask
from deterrence.models.claim import Claim
from deterrence.models.model import Model
from deterrence.models.theory import Theory


@game("Challenger", "Defender", name="hidden-resolve")
def hidden_resolve(
    *,
    audience: Any = param(
        0.5,
        "what it costs the Challenger to back down",
        low=0,
        high=5,
        symbol="a",
        plausible=(0.1, 1),
        why="from a small part of the prize to all of it",
    ),
    challenger_war: Any = param(
        2,
        "the most that a war may cost the Challenger",
        low=0,
        high=10,
        symbol="W",
        plausible=(1.2, 4),
        why="from little more than the prize to four times it",
    ),
    defender_war: Any = param(
        2,
        "the most that a war may cost the Defender",
        low=0,
        high=10,
        symbol="V",
        plausible=(0.5, 4),
        why="from half the prize to four times it",
    ),
) -> Assumed:
    """Challenge or not; concede or resist; then fight or back down."""

    def resisted(own: Any, other: Any) -> Any:
        return move(
            "Challenger",
            information="resisted",
            back_down=end("retreat", -audience, 1),
            fight=end("war", -own, -other),
        )

    def crisis(own: Any, other: Any) -> Any:
        answered = move("Defender", concede=end("concession", 1, 0), resist=resisted(own, other))
        return move("Challenger", information="Challenger", wait=end("status quo", 0, 1), challenge=answered)

    tree = draw(
        0,
        challenger_war,
        seen_by="Challenger",
        name="what a war costs the Challenger",
        then=lambda own_cost: draw(
            0,
            defender_war,
            seen_by="Defender",
            name="what a war costs the Defender",
            then=lambda its_cost: crisis(own_cost, its_cost),
        ),
    )
    return where(tree, audience > 0, audience < challenger_war)


def challenged(one: Any) -> Any:
    """Measure how likely a challenge is."""
    return 1 - one.outcomes["status quo"]


def resisted_if_challenged(one: Any) -> Any:
    """Measure how likely resistance is, given a challenge."""
    return (one.outcomes["retreat"] + one.outcomes["war"]) / challenged(one)


def fought_if_resisted(one: Any) -> Any:
    """Measure how likely war is, given resistance."""
    return one.outcomes["war"] / (one.outcomes["retreat"] + one.outcomes["war"])


def _kept(p: Any) -> Any:
    """Return what the Defender expects: 1 where nobody challenges; else the mean over its types of what they get.

    A type with cost y gains 1 - q - q y by resistance where q is the chance of war, and does so up to V/(1 + a), where
    that is nothing: on average q V/(2 (1 + a)^2).
    """
    fights = p.audience / p.challenger_war
    challenged = fights * (1 + p.audience + p.defender_war) / (1 + p.audience)
    return 1 - challenged + fights * p.defender_war / (2 * (1 + p.audience) ** 2)


def _figure(model: Any, ax: Any) -> Any:
    """Draw how likely war is over the cost of backing down."""
    from deterrence.analysis.sweep import sweep

    return sweep(model.game, "war", audience=[number / 20 for number in range(1, 37)]).plot(ax=ax)


MODEL = Model(
    hidden_resolve,
    source="fearon1994",
    relation="reduction",
    changed=(
        "Three moves instead of a contest over time; audience costs that are given and fall on the Challenger alone; "
        "costs of war that are spread evenly from nothing to a most."
    ),
    topic="audience costs",
    note="Illustrative payoffs. Worked out from the model's equations; the work was recalled, not re-read.",
    assumptions=(
        "Each side alone knows what a war would cost it; all costs up to a most are equally likely.",
        "The prize is worth 1 to both, and a war brings it to nobody.",
        "To back down costs a known amount, less than the most that a war may cost.",
    ),
    does_not_say="""\
Why an audience punishes who backs down it does not say, nor whether it does. Only the Challenger has an audience. Time,
in which costs grow and one side locks itself in, is left out. That nobody challenges is an equilibrium too: it rests on
a Defender who takes any challenger for one that would not fight, which a type with no cost of war belies.""",
    names={
        "bluffing": {"Challenger": "wait + challenge", "Defender": "concede + resist"},
        "all challenge": {"Challenger": "challenge", "Defender": "concede + resist"},
        "nobody challenges": {"Challenger": "wait"},
    },
    claims=(
        Claim(
            "A challenge is resisted with chance 1/(1 + a), which leaves those who would back down indifferent.",
            "",
            ask.formula_of(resisted_if_challenged, "bluffing"),
            lambda p: 1 / (1 + p.audience),
        ),
        Claim(
            "Resistance is met by war with chance (1 + a)/(1 + a + V).",
            "",
            ask.formula_of(fought_if_resisted, "bluffing"),
            lambda p: (1 + p.audience) / (1 + p.audience + p.defender_war),
        ),
        Claim(
            "A challenge comes with chance a (1 + a + V)/(W (1 + a)).",
            "",
            ask.formula_of(challenged, "bluffing"),
            lambda p: p.audience * (1 + p.audience + p.defender_war) / (p.challenger_war * (1 + p.audience)),
        ),
        Claim(
            "War comes with chance a/(W (1 + a)): what a war may cost the Defender does not move it.",
            "",
            ask.formula_of("war", "bluffing"),
            lambda p: p.audience / (p.challenger_war * (1 + p.audience)),
        ),
        Claim(
            "Greater audience costs make war more likely, and bluffs a smaller part of challenges.",
            "",
            ask.each_of(
                ask.sign_of("audience", "war", "bluffing"),
                ask.sign_of("audience", fought_if_resisted, "bluffing"),
            ),
            ["rises", "rises"],
            basis="own",
        ),
        Claim(
            "The Challenger expects a^2/(2 W (1 + a)).",
            "",
            ask.formula_of(payoff("Challenger"), "bluffing"),
            lambda p: p.audience**2 / (2 * p.challenger_war * (1 + p.audience)),
        ),
        Claim(
            "The Defender keeps the prize unless challenged, and then expects what its types gain by resistance.",
            "",
            ask.formula_of(payoff("Defender"), "bluffing"),
            _kept,
        ),
        Claim(
            "There are bluffs as long as few enough types would fight: a/W <= (1 + a)/(1 + a + V).",
            "",
            ask.condition_of("bluffing"),
            lambda p: p.audience * (1 + p.audience + p.defender_war) < p.challenger_war * (1 + p.audience),
        ),
        Claim(
            "Beyond that all challenge, and resistance comes with chance (W - a)/(a V).",
            "",
            ask.formula_of(resisted_if_challenged, "all challenge"),
            lambda p: (p.challenger_war - p.audience) / (p.audience * p.defender_war),
        ),
        Claim(
            "At the defaults war comes with chance 1/6, and 7/12 challenge.",
            "",
            ask.each_of(ask.value_at("war", "bluffing"), ask.value_at(challenged, "bluffing")),
            ["0.166667", "0.583333"],
            basis="computed",
        ),
        Claim(
            "At a = 1, W = 1.2 and V = 2 all challenge: a tenth is resisted, and war comes with chance 1/12.",
            "",
            ask.each_of(
                ask.value_at("concession", "all challenge", audience=1, challenger_war="6/5"),
                ask.value_at("war", "all challenge", audience=1, challenger_war="6/5"),
            ),
            ["0.9", "0.083333"],
            basis="computed",
        ),
        Claim(
            "That nobody challenges is an equilibrium whatever the numbers: the Defender would always resist.",
            "",
            ask.condition_of("nobody challenges"),
            True,
        ),
        Claim(
            "It leaves the Challenger nothing and the Defender the prize.",
            "",
            ask.each_of(
                ask.formula_of(payoff("Challenger"), "nobody challenges"),
                ask.formula_of(payoff("Defender"), "nobody challenges"),
            ),
            [0, 1],
        ),
        Claim(
            "To back down costs something, and less than the worst war; a war may cost the Defender something.",
            "",
            ask.each_of(
                ask.admits(audience=0),
                ask.admits(audience=2),
                ask.admits(audience=1.9),
                ask.admits(defender_war=0),
            ),
            [False, False, True, False],
            basis="own",
        ),
    ),
    draws=_figure,
    theory=Theory(
        mechanism=("audience costs", "signalling"),
        actors="two states",
        information=("two-sided",),
        result=("reveals", "several outcomes"),
        finding="Greater audience costs make a challenge more telling, and war more likely.",
        means=("punishment",),
        phase=("immediate",),
        neighbours={
            "fearon1994/audience_costs": "There costs grow with time, and both sides have an audience.",
            "fearon1997/tying_hands": "There the Defender has two types, and the signal is its own.",
            "schultz1998/opposition": "There an opposition speaks before the crisis.",
        },
    ),
)
