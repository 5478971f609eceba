"""Be certain of some attacks and be less able to answer the others.

A share of the true attacks gives a signal that proves who did it. What is left for the noisy signals is then less
telling; where the Defender's taste for retaliation is nearly known, they fall below what it takes to retaliate. More
certainty first deters less, then more.
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
    name="certain-signals",
    concept="Bayesian equilibrium in cutoffs",
    assumes=lambda p: (p.least_taste < p.greatest_taste,),
)
def certain_signals(
    *,
    opportunity: Any = share(
        0.6,
        "chance that one of the attackers has an opportunity",
        symbol=r"\gamma",
        plausible=(0.2, 0.95),
        why="from quiet times to an almost permanent threat of attack",
    ),
    certainty: Any = param(
        0,
        "share of attacks that are proved beyond doubt",
        low=0,
        high=0.72,
        symbol=r"\lambda",
        plausible=(0, 0.7),
        why="range of this model's figure: through the dip and beyond it",
    ),
    least_taste: Any = param(
        0.3,
        "the least taste for retaliation that the Defender may have",
        low=0,
        high=0.9,
        symbol="y_0",
        plausible=(0, 0.32),
        why="from no known readiness to one that is nearly known",
    ),
    greatest_taste: Any = param(
        0.35,
        "the greatest taste for retaliation that the Defender may have",
        low=0.1,
        high=1,
        symbol="y_1",
        plausible=(0.33, 0.6),
        why="up to 0.6, where more certainty deters throughout",
    ),
) -> Answer:
    """Two attackers; of the attacks that were named rightly a share is now proved."""
    named = 0.72 - certainty
    told = np.array([[0.2, named, 0.08, certainty, 0.0], [0.2, 0.08, named, 0.0, certainty]])
    quiet = np.array([0.9, 0.05, 0.05, 0.0, 0.0])
    return Attribution(told, quiet, Uniform(0, 1), Uniform(least_taste, greatest_taste), opportunity).answer()


def _cutoff(equilibrium: Any) -> float:
    return float(equilibrium.strategies["gain from which Attacker 1 attacks"])


def _along(*shares: float, **values: Any) -> ask.Question:
    return lambda model: [ask.value_at(_cutoff, "", certainty=share, **values)(model) for share in shares]


def _curve(model: Any, ax: Any) -> Any:
    """Draw how likely an attack is, and one that is answered, as more attacks are proved."""
    from deterrence.analysis.sweep import sweep

    axes = sweep(model.game, "attack", "answered attack", certainty=np.linspace(0, 0.7, 71).round(4)).plot(ax=ax)
    axes.set_ylim(0, 0.6)
    return axes


MODEL = Model(
    certain_signals,
    source="baliga2020",
    relation="reduction",
    changed=(
        "Two attackers, three signals and evenly spread gains, where the work has any number and any "
        "distribution; the numbers are ours."
    ),
    topic="attribution",
    note="The effect is the paper's; its numbers here are our own illustration, recomputed and not found there.",
    assumptions=(
        "At most one of two attackers has an opportunity; its gain is private and spread evenly on [0, 1].",
        "The Defender's taste for retaliation is private, and lies between two ends that are known.",
    ),
    claims=(
        Claim(
            "Where the taste is nearly known more certainty first weakens deterrence: the cutoffs are 0.517677, "
            "0.461464, 0.394612 and 0.316708 for shares of 0, 0.1, 0.2 and 0.3.",
            "",
            _along(0, 0.1, 0.2, 0.3),
            ["0.517677", "0.461464", "0.394612", "0.316708"],
            basis="computed",
        ),
        Claim(
            "Then only proof is answered, and more of it deters more: 0.4 and 0.6.",
            "",
            _along(0.4, 0.6),
            ["0.400000", "0.600000"],
            basis="computed",
        ),
        Claim(
            "Where 0.6 are proved and nothing else is answered each attacker expects 0.024 and the Defender -0.1932; "
            "0.144 of the attacks are answered, 0.096 not.",
            "",
            lambda model: [
                ask.value_at(measure, "", certainty=0.6)(model)
                for measure in (payoff("Attacker 1"), payoff("Attacker 2"), payoff("Defender"), *ATTRIBUTED)
            ],
            # each attacks with 0.3 0.4 = 0.12: it gains 0.3 (1 - 0.36) / 2 and is hit with 0.12 0.6 = 0.072; the
            # Defender's taste for that is 0.325 in the mean, and every attack costs it 1
            ["0.024000", "0.024000", "-0.193200", "0.760000", "0.000000", "0.096000", "0.144000"],
            basis="computed",
        ),
        Claim(
            "The effect is not monotone.",
            "abstract",
            ask.moves("certainty", _cutoff, "rises and falls", others=0),
            basis="stated",
        ),
        Claim(
            "With tastes spread on [0, 0.6] more certainty deters more throughout.",
            "",
            lambda model: ask.moves("certainty", _cutoff, "rises", others=0)(
                model.at(least_taste=0, greatest_taste=0.6)
            ),
            basis="computed",
        ),
        Claim(
            "The cutoff then runs from 0.382340 to 0.600000.",
            "",
            _along(0, 0.6, least_taste=0, greatest_taste=0.6),
            ["0.382340", "0.600000"],
            basis="computed",
        ),
    ),
    draws=_curve,
    does_not_say="""\
Proof is not worthless: enough of it deters more than any noisy signal. The dip comes from a Defender whose
readiness to retaliate is nearly known, and vanishes where that is uncertain.""",
    theory=Theory(
        mechanism=("attribution",),
        actors="many challengers",
        information=("noisy signal", "one-sided"),
        result=("backfires", "trades off"),
        finding=(
            "To be certain of some attacks makes the other signals less telling, so that more certainty may first "
            "deter less."
        ),
        means=("punishment",),
        phase=("general",),
        neighbours={
            "baliga2020/hard_to_attribute": "There it is one attacker's attacks that are seen better.",
            "baliga2020/imperfect_attribution": "There no signal is certain.",
        },
    ),
)
