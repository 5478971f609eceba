"""See more of one attacker's attacks and be attacked more often.

A part of the attacks by the first attacker that went unseen now gives a signal, but the one that points at the
second. The second attacker looks less guilty whenever that signal comes, so it attacks more; and since more of the
alarms are now its own, the first attacker looks less guilty too. Better detection of one raises all attacks.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from deterrence.answers.measure import payoff
from deterrence.continuous import Answer, Uniform, continuous
from deterrence.games.parameter import param, share
from deterrence.models import ask
from deterrence.models.baliga2020._signals import ATTRIBUTED, Attribution, attacker_names
from deterrence.models.claim import Claim
from deterrence.models.model import Model
from deterrence.models.theory import Theory

NAMES = attacker_names(2)


@continuous(
    *NAMES,
    "Defender",
    outcomes=ATTRIBUTED,
    actions=("attack", *(f"{name} attacks" for name in NAMES)),
    name="hard-to-attribute",
    concept="Bayesian equilibrium in cutoffs",
)
def hard_to_attribute(
    *,
    opportunity: Any = share(
        0.6,
        "chance that one of the attackers has an opportunity",
        symbol=r"\gamma",
        plausible=(0.2, 0.95),
        why="from quiet times to an almost permanent threat of attack",
    ),
    extra_detection: Any = param(
        0,
        "attacks by the first attacker that are newly seen, but point at the second",
        low=0,
        high=0.4,
        symbol=r"\epsilon",
        plausible=(0, 0.2),
        why="range of this model's figure: up to half of what went unseen",
    ),
    taste: Any = param(
        0.6,
        "the greatest taste for retaliation that the Defender may have",
        low=0.1,
        high=1,
        symbol="y",
        plausible=(0.2, 1),
        why="from reluctance to a taste that equals the cost of errors",
    ),
) -> Answer:
    """Two attackers, one of whom is seen better, through a signal that points at the other."""
    told = np.array([[0.4 - extra_detection, 0.5, 0.1 + extra_detection], [0.4, 0.1, 0.5]])
    return Attribution(told, np.array([0.9, 0.05, 0.05]), Uniform(0, 1), Uniform(0, taste), opportunity).answer()


def _cutoff(name: str) -> Any:
    return lambda equilibrium: equilibrium.strategies[f"gain from which {name} attacks"]


def _cutoffs(**values: Any) -> ask.Question:
    return lambda model: [ask.value_at(_cutoff(name), "", **values)(model) for name in NAMES]


def _curve(model: Any, ax: Any) -> Any:
    """Draw each attacker's attacks, and all of them, as more of the first one's are seen."""
    from deterrence.analysis.sweep import sweep

    grid = np.linspace(0, 0.2, 41).round(4)
    axes = sweep(model.game, "attack", *(f"{name} attacks" for name in NAMES), extra_detection=grid).plot(ax=ax)
    axes.set_ylim(0, 0.6)
    return axes


MODEL = Model(
    hard_to_attribute,
    source="baliga2020",
    relation="reduction",
    changed=(
        "Two attackers and evenly spread gains, where the work has any number and any distribution; the numbers "
        "are ours."
    ),
    topic="attribution",
    note="The effect is the paper's; its numbers here are our own illustration, recomputed and not found there.",
    assumptions=(
        "At most one of two attackers has an opportunity; its gain is private and spread evenly on [0, 1].",
        "The Defender's taste for retaliation is private; nobody is retaliated against after silence.",
    ),
    claims=(
        Claim(
            "Before, both cutoffs are 0.224531.",
            "",
            _cutoffs(),
            ["0.224531", "0.224531"],
            basis="computed",
        ),
        Claim(
            "Once a tenth of the first attacker's attacks are newly seen they are 0.222597 and 0.173132.",
            "",
            _cutoffs(extra_detection=0.1),
            ["0.222597", "0.173132"],
            basis="computed",
        ),
        Claim(
            "Before, each attacker expects 0.059451 and the Defender -0.440437; then the three expect 0.059785, "
            "0.069860 and -0.460266.",
            "",
            lambda model: [
                ask.value_at(payoff(player), "", extra_detection=extra)(model)
                for extra in (0, 0.1)
                for player in (*NAMES, "Defender")
            ],
            # by iterating the replies: an attacker expects 0.3 (1 - x**2) / 2 less the chance of being hit, the
            # Defender (0.6 - (1 - b))**2 / 1.2 for each signal and suspect that it may answer, less the chance of an
            # attack
            ["0.059451", "0.059451", "-0.440437", "0.059785", "0.069860", "-0.460266"],
            basis="computed",
        ),
        Claim(
            "The outcomes are then 0.495911 quiet, 0.022808 wrongful retaliation, 0.375880 unanswered and 0.105402 "
            "answered attack.",
            "",
            lambda model: [ask.value_at(name, "", extra_detection=0.1)(model) for name in ATTRIBUTED],
            ["0.495911", "0.022808", "0.375880", "0.105402"],
            basis="computed",
        ),
        Claim(
            "An attack then has probability 0.481281 instead of 0.465281.",
            "",
            lambda model: [ask.value_at("attack", "", extra_detection=extra)(model) for extra in (0, 0.1)],
            ["0.465281", "0.481281"],
            basis="computed",
        ),
        Claim(
            "Better detection of one attacker never lowers the attacks of the other, and raises them here.",
            "abstract",
            ask.moves("extra_detection", "Attacker 2 attacks", "does not fall"),
            basis="stated",
        ),
        Claim(
            "It may raise those of the attacker that is seen better too.",
            "abstract",
            lambda model: (
                ask.value_at("Attacker 1 attacks", extra_detection=0.1)(model)
                > ask.value_at("Attacker 1 attacks")(model)
            ),
            basis="stated",
        ),
    ),
    draws=_curve,
    does_not_say="""\
Better detection does not always backfire: detecting all attackers better, in proportion, deters all of them. What
matters is to whom the new signals point.""",
    theory=Theory(
        mechanism=("attribution",),
        actors="many challengers",
        information=("noisy signal", "one-sided"),
        result=("backfires",),
        finding="To see more of one attacker's attacks can make all attackers attack more.",
        means=("punishment",),
        phase=("general",),
        neighbours={
            "baliga2020/certain_signals": "There a part of the attacks is proved beyond doubt.",
            "baliga2020/imperfect_attribution": "There detection is not varied.",
        },
    ),
)
