"""Signalling resolve, after beer and quiche: who gains by being thought resolute.

A State that is resolute with probability p mobilises or stays quiet, and its Rival attacks or refrains. A resolute
State likes to mobilise, an irresolute one likes to stay quiet, by the same amount ``x``; not to be attacked is worth
``y``. The Rival gains 1 by judging right: to attack an irresolute State, or to refrain from a resolute one. With
``p >= 1/2`` and ``y >= x`` both types mobilise, or both stay quiet, since the deviant would be thought irresolute. The
second is absurd: only a resolute State could gain by mobilising, and the intuitive criterion removes it.
"""

from __future__ import annotations

from typing import Any

from deterrence.games.notation import chance, end, game, move
from deterrence.games.parameter import param, share
from deterrence.games.tree import Node
from deterrence.models import ask
from deterrence.models.claim import Claim
from deterrence.models.model import Model
from deterrence.models.theory import Theory
from deterrence.refinements import intuitive_criterion


@game("State", "Rival", name="signalling-resolve")
def signalling_resolve(
    *,
    resolve: Any = share(
        0.9,
        "probability that the State is resolute",
        symbol="p",
        plausible=(0.05, 0.95),
        why="either side of 1/2, where bluffing gives way to pooling",
    ),
    taste: Any = param(
        1,
        "worth to the State of the signal that suits its type",
        low=0,
        high=10,
        symbol="x",
        plausible=(0.5, 3),
        why="may be less than being spared is worth, or more",
    ),
    spared: Any = param(
        2,
        "worth to the State of not being attacked",
        low=0,
        high=10,
        symbol="y",
        plausible=(0, 3),
        why="range of this model's figure: below the signal's worth and above it",
    ),
) -> Node:
    """Mobilise or stay quiet, before a Rival that would attack the irresolute."""

    def signal(resolute: bool, mobilised: bool) -> Node:
        worth = taste if resolute == mobilised else 0
        attacked = end(
            "attack on the resolute" if resolute else "attack on the irresolute", worth, 0 if resolute else 1
        )
        peace = end(
            "the resolute spared" if resolute else "the irresolute spared", worth + spared, 1 if resolute else 0
        )
        return move("Rival", attack=attacked, refrain=peace, information="mobilised" if mobilised else "quiet")

    def state(resolute: bool) -> Node:
        choices = {"mobilise": signal(resolute, True), "stay quiet": signal(resolute, False)}
        return move("State", choices, information="resolute" if resolute else "irresolute")

    return chance({"resolute": (resolve, state(True)), "irresolute": (1 - resolve, state(False))})


def _draw(model: Any, ax: Any) -> Any:
    from deterrence.analysis.regions import regions

    return regions(model.game, resolve=[0.01, 0.99], spared=[0, 3]).plot(ax)


def bluffs(one: Any) -> Any:
    """Measure how often an irresolute State mobilises."""
    return one.strategies["irresolute"]["mobilise"]


def attacked(one: Any) -> Any:
    """Measure how often a mobilised State is attacked."""
    return one.strategies["mobilised"]["attack"]


MODEL = Model(
    signalling_resolve,
    source="cho1987",
    relation="exact",
    changed="Its words alone are changed: beer and quiche are told as a show of resolve.",
    topic="signalling",
    note="The tree and the default payoffs are those of beer and quiche, recalled and not re-read.",
    assumptions=(
        "Only the State knows whether it is resolute.",
        "The signal costs a type that does not like it as much as it pleases the other.",
        "The Rival cares for nothing but to judge right.",
    ),
    does_not_say="""\
The signal changes nothing but beliefs: a mobilisation gives no advantage in war. Why resolute States should like to
mobilise is assumed, and the intuitive criterion is an argument about beliefs, not a fact about leaders.""",
    theory=Theory(
        mechanism=("signalling", "credibility"),
        actors="two states",
        information=("one-sided",),
        result=("several outcomes", "reveals"),
        finding=(
            "Both types mobilise or both stay quiet; the second rests on an absurd belief, and refinements remove it."
        ),
        means=("punishment",),
        neighbours={
            "fearon1997/sinking_costs": "There a signal costs the same whoever sends it.",
            "zagare2000/unilateral_deterrence": "There the challenge itself is the signal, and both sides have types.",
        },
    ),
    names={
        "both mobilise": {"resolute": "mobilise", "irresolute": "mobilise"},
        "both stay quiet": {"resolute": "stay quiet", "irresolute": "stay quiet"},
        "separating": {"resolute": "mobilise", "irresolute": "stay quiet"},
        "bluff": {"resolute": "mobilise", "irresolute": "mixed"},
    },
    claims=(
        Claim(
            "With a probable resolve there are two equilibria: both types mobilise, or both stay quiet.",
            "section on beer and quiche",
            ask.classes_at(),
            {"both mobilise", "both stay quiet"},
        ),
        Claim(
            "The intuitive criterion removes the one in which both stay quiet.",
            "section on beer and quiche",
            ask.survivors_at(intuitive_criterion),
            {"both mobilise"},
        ),
        Claim(
            "Both mobilise where resolve is at least as likely as not, and to be spared is worth more than the signal.",
            "",
            ask.condition_of("both mobilise"),
            lambda p: (2 * p.resolve >= 1) & (p.spared >= p.taste),
        ),
        Claim(
            "Both stay quiet under the same condition.",
            "",
            ask.condition_of("both stay quiet"),
            lambda p: (2 * p.resolve >= 1) & (p.spared >= p.taste),
        ),
        Claim(
            "If the signal is worth more than being spared, the types separate.",
            "",
            ask.condition_of("separating"),
            lambda p: p.taste >= p.spared,
        ),
        Claim(
            "Where resolve is unlikely, the irresolute mobilise with probability p/(1 - p).",
            "",
            ask.formula_of(bluffs, "bluff"),
            lambda p: p.resolve / (1 - p.resolve),
        ),
        Claim(
            "Mobilised States are then attacked with probability 1 - x/y.",
            "",
            ask.formula_of(attacked, "bluff"),
            lambda p: 1 - p.taste / p.spared,
        ),
        Claim(
            "At a resolve of 1/10 that is one attack in two, and one bluff in nine.",
            "",
            lambda model: tuple(ask.value_at(what, "bluff", resolve=0.1)(model) for what in (attacked, bluffs)),
            ("0.5", "0.111111"),
        ),
        Claim(
            "What both expect if both types mobilise and are spared or attacked, and if both stay quiet and are.",
            "",
            ask.each_of(
                ask.payoffs_of({"State": "mobilise", "Rival": "refrain"}),
                ask.payoffs_of({"State": "mobilise", "Rival": "attack"}),
                ask.payoffs_of({"State": "stay quiet", "Rival": "refrain"}),
                ask.payoffs_of({"State": "stay quiet", "Rival": "attack"}),
            ),
            # spared 2 for sure, the signal's 1 with 0.9 if both mobilise and with 0.1 if neither does; the Rival is
            # right with 0.9 if it refrains, with 0.1 if it attacks
            [("2.9", "0.9"), ("0.9", "0.1"), ("2.1", "0.9"), ("0.1", "0.1")],
            basis="computed",
        ),
    ),
    draws=_draw,
)
