"""Make one attacker bolder, and the other attacks more as well.

The first attacker's gains are shifted up by ``b``. It attacks more often and is suspected more, so that the other
looks less guilty, fears less retaliation and attacks more often too. If every attack gives a signal that names
nobody, there are no false alarms and tastes for retaliation are spread on [0, 1], the cutoffs are ``(1 + b)/(2 + b)``
and ``1/(2 + b)``, until at ``b = 0.618``, the golden ratio less 1, the first attacks whenever it can.
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
SLACK = 1e-9


@continuous(
    *NAMES,
    "Defender",
    outcomes=ATTRIBUTED,
    actions=("attack", *(f"{name} attacks" for name in NAMES)),
    name="complementarity",
    concept="Bayesian equilibrium in cutoffs",
    assumes=lambda p: (p.correctness >= 0.5, p.false_alarm <= 2 * p.detection * (1 - p.correctness)),
)
def complementarity(
    *,
    boldness: Any = param(
        0,
        "by how much the first attacker's gains are shifted up",
        low=0,
        high=1,
        symbol="b",
        plausible=(0, 0.8),
        why="from two alike attackers to one that gains nearly twice as much",
    ),
    opportunity: Any = share(
        0.6,
        "chance that one of the attackers has an opportunity",
        symbol=r"\gamma",
        plausible=(0.2, 0.95),
        why="from quiet times to an almost permanent threat of attack",
    ),
    detection: Any = share(
        0.8,
        "chance that an attack gives a signal",
        symbol=r"\pi",
        plausible=(0.3, 0.99),
        why="from most attacks unseen to hardly any",
    ),
    correctness: Any = share(
        0.6,
        "chance that a signal of an attack names the attacker",
        symbol=r"\rho",
        plausible=(0.5, 0.9),
        why="from a coin toss to a rare mistake",
    ),
    false_alarm: Any = share(
        0.05,
        "chance that a signal names somebody though nobody attacked",
        symbol=r"\phi",
        plausible=(0, 0.15),
        why="up to a signal that names the wrong one as often after an attack as without",
    ),
    taste: Any = param(
        1,
        "the greatest taste for retaliation that the Defender may have",
        low=0.1,
        high=1,
        symbol="y",
        plausible=(0.2, 1),
        why="from reluctance to a taste that equals the cost of errors",
    ),
) -> Answer:
    """Two attackers, of whom the first has more to gain; a signal that names one of them, rightly or not."""
    right, wrong = detection * correctness, detection * (1 - correctness)
    told = np.array([[1 - detection, right, wrong], [1 - detection, wrong, right]])
    quiet = np.array([1 - false_alarm, false_alarm / 2, false_alarm / 2])
    gains = (Uniform(boldness, 1 + boldness), Uniform(0.0, 1.0))
    return Attribution(told, quiet, gains, Uniform(0.0, taste), opportunity).answer()


def _number(name: str) -> Any:
    return lambda equilibrium: equilibrium.strategies[name]


CUTOFFS = [_number(f"gain from which {name} attacks") for name in NAMES]
FIRST_SUSPECT = [_number(f"suspicion of Attacker 1 after signal {signal}") for signal in (1, 2)]
SECOND_NAMED = _number("suspicion of Attacker 2 after signal 2")
SECOND_NOT_NAMED = _number("suspicion of Attacker 2 after signal 1")
PLAIN: dict[str, Any] = {"detection": 1, "correctness": 0.5, "false_alarm": 0, "taste": 1}
"""Every attack is seen, nobody is named, and there are no false alarms: the cutoffs can be worked out by hand."""
AS_LIKELY: dict[str, Any] = {"detection": 0.5, "correctness": 0.8, "false_alarm": 0.2, "taste": 1}
"""The first names the second as often as nobody does, so that what then falls on the second rises in a_2 alone."""


def _numbers(*measures: Any, **values: Any) -> ask.Question:
    return lambda model: [ask.value_at(measure, **values)(model) for measure in measures]


def _bolder(*rise: Any, fall: Any = ()) -> ask.Question:
    """Ask whether some measures are no less, and others no greater, than where both attackers are alike."""

    def holds(game: Any, found: Any) -> bool:
        from deterrence.solvers.solve import solve

        alike = solve(game.at(boldness=0))[0]
        risen = all(measure(found[0]) >= measure(alike) - SLACK for measure in rise)
        return risen and all(measure(found[0]) <= measure(alike) + SLACK for measure in fall)

    return ask.always(holds)


def _attacks(name: str) -> Any:
    return lambda equilibrium: equilibrium.probability(name)


def _curve(model: Any, ax: Any) -> Any:
    """Draw how often each attacks as the first becomes bolder."""
    from deterrence.analysis.sweep import sweep

    grid = np.linspace(0, 0.8, 41).round(4)
    axes = sweep(model.game, *(f"{name} attacks" for name in NAMES), boldness=grid).plot(ax=ax)
    axes.set_ylim(0, 0.32)
    return axes


# The numbers by hand. With every attack seen and no name given the suspicion of each attacker is its share of the
# attacks, a_i / (a_1 + a_2), and so is the chance of retaliation, as tastes are spread on [0, 1]. Hence x_1 + x_2 = 1,
# with a_1 in proportion to 1 + b - x_1 and a_2 to 1 - x_2 = x_1, so that x_1 = (1 + b - x_1)/(1 + b). From
# b^2 + b = 1 on the first attacks whenever it can, and x_1 = 1/(1 + x_1).
# At b = 0 each attacks with 0.15, gains 0.3 * 3/8 = 0.1125 by it, and loses 1/2 after every signal, 0.3 * 1/2; the
# Defender loses 0.3 and gets 1/8, the mean of what the taste exceeds 1/2 by, for each attacker after every signal.
MODEL = Model(
    complementarity,
    source="baliga2020",
    relation="reduction",
    changed=(
        "Two attackers and evenly spread gains, of which the first one's may be shifted up, where the work has any "
        "number and any distributions; the numbers are ours."
    ),
    topic="attribution",
    note="The effect is in the paper's abstract; its model is recalled, not re-read, and the numbers are our own.",
    assumptions=(
        "At most one of two attackers has an opportunity, each with the same chance; its gain is private.",
        "No signal but silence becomes rarer by an attack, whoever attacks and whomever it names.",
        "The Defender's taste for retaliation is private; nobody is retaliated against after silence.",
    ),
    claims=(
        Claim(
            "If the first attacker becomes bolder the second attacks at least as often.",
            "abstract",
            _bolder(_attacks("Attacker 2 attacks")),
            basis="stated",
        ),
        Claim(
            "The first is then suspected at least as much after every signal, and the second at most as much after "
            "the signal that names the first.",
            "",
            _bolder(*FIRST_SUSPECT, fall=(SECOND_NOT_NAMED,)),
        ),
        Claim(
            "There is one equilibrium, whoever may gain how much.",
            "abstract",
            ask.always(lambda _, found: len(found) == 1 and found.complete),
            basis="stated",
        ),
        Claim(
            "If every attack is seen and no attacker named, alike attackers attack from a gain of 1/2; a boldness of "
            "1/2 raises the first one's cutoff to 0.6 and lowers the second's to 0.4.",
            "",
            lambda model: [*_numbers(*CUTOFFS, **PLAIN)(model), *_numbers(*CUTOFFS, boldness=0.5, **PLAIN)(model)],
            ["0.500000", "0.500000", "0.600000", "0.400000"],
            basis="computed",
        ),
        Claim(
            "The second then attacks with probability 0.18 instead of 0.15.",
            "",
            lambda model: [ask.value_at("Attacker 2 attacks", boldness=bold, **PLAIN)(model) for bold in (0, 0.5)],
            ["0.150000", "0.180000"],
            basis="computed",
        ),
        Claim(
            "The first attacks whenever it can from the golden ratio less 1 on; more boldness than that moves nobody.",
            "",
            lambda model: [
                *_numbers(*CUTOFFS, boldness=0.7, **PLAIN)(model),
                ask.value_at("Attacker 1 attacks", boldness=0.7, **PLAIN)(model),
            ],
            ["0.618034", "0.381966", "0.300000"],
            basis="computed",
        ),
        # The named one is suspected with 0.7 and the other with 0.3, so an attack adds 0.7 * 0.7 + 0.3 * 0.3.
        Claim(
            "Where seven names of ten are right alike attackers attack from a gain of 0.58.",
            "",
            _numbers(*CUTOFFS, **{**PLAIN, "correctness": 0.7}),
            ["0.580000", "0.580000"],
            basis="computed",
        ),
        Claim(
            "Without false alarms the cutoffs do not depend on how often there is an opportunity.",
            "",
            lambda model: [
                ask.value_at(CUTOFFS[0], boldness=0.5, opportunity=often, **PLAIN)(model) for often in (0.2, 0.9)
            ],
            ["0.600000", "0.600000"],
        ),
        Claim(
            "Alike attackers then expect -0.0375 each and the Defender -0.225.",
            "",
            _numbers(*(payoff(name) for name in (*NAMES, "Defender")), **PLAIN),
            ["-0.037500", "-0.037500", "-0.225000"],
            basis="computed",
        ),
        Claim(
            "What names the second need not clear it: where false alarms are as likely as wrong names, a bolder first "
            "attacker makes the second more suspect after the signal that names it, and less after the other.",
            "",
            lambda model: [
                ask.value_at(measure, boldness=0.5, **AS_LIKELY)(model) > ask.value_at(measure, **AS_LIKELY)(model)
                for measure in (SECOND_NAMED, SECOND_NOT_NAMED)
            ],
            [True, False],
        ),
    ),
    draws=_curve,
    does_not_say="""\
Why the first attacker gains more is outside the model. The others attack more because the Defender blames the bold
one, not because they copy it; where every signal is certain there is no such tie between them.""",
    theory=Theory(
        mechanism=("attribution",),
        actors="many challengers",
        information=("one-sided", "noisy signal"),
        result=("backfires",),
        finding="A bolder attacker draws suspicion from the others, who then attack more too.",
        means=("punishment",),
        phase=("general",),
        neighbours={
            "baliga2020/imperfect_attribution": "The attackers are alike, and what moves is the quality of signals.",
            "baliga2020/hard_to_attribute": "It is better detection of one that makes both attack more.",
        },
    ),
)
