"""Noisy attribution where only an alarm can be answered.

The game of noisy attribution without retaliation after silence. There is generically one equilibrium: with
``P_lo = f w/(f w + alpha v)``, the attacker strikes with probability ``P_lo`` over its chance to strike and
``b/(c (alpha - f))`` of the alarms are answered, where that is at most one; strikes are certain and unanswered where
P_lo exceeds the chance to strike, and certain and answered where the benefit exceeds ``c (alpha - f)``.
"""

from __future__ import annotations

from typing import Any

from deterrence.answers.measure import payoff
from deterrence.games.notation import chance, end, game, move, where
from deterrence.games.parameter import param, share
from deterrence.games.tree import Assumed, Node
from deterrence.models import ask
from deterrence.models.avenhaus2002.noisy_attribution import answered, answers, low, strikes
from deterrence.models.claim import Claim
from deterrence.models.model import Model
from deterrence.models.theory import Theory


def investigated(alarm: Any, struck: bool, *, benefit: Any, punishment: Any, harm: Any, just: Any, error: Any) -> Node:
    """Return what follows a strike, or none: an alarm that is answered or not, or silence."""
    gain, pain = (benefit, -harm) if struck else (0, 0)
    names = ("unanswered strike", "retaliation") if struck else ("quiet", "mistaken retaliation")
    spared = end(names[0], gain, pain)
    punished = end(names[1], gain - punishment, pain + (just if struck else -error))
    answer = move("Defender", restrain=spared, retaliate=punished, information="alarm")
    return chance({"alarm": (alarm, answer), "no alarm": (1 - alarm, spared)})


@game("Attacker", "Defender", name="alarm-only")
def alarm_only(
    *,
    benefit: Any = param(
        1,
        "attacker's gain from a strike",
        low=0,
        high=10,
        symbol="b",
        plausible=(0, 4),
        why="range of this model's figure: past what alarms and punishment can deter",
    ),
    punishment: Any = param(
        4,
        "what retaliation costs the attacker, guilty or not",
        low=0,
        high=20,
        symbol="c",
        plausible=(0, 8),
        why="from a harmless answer to eight times the gain",
    ),
    harm: Any = param(
        2,
        "what a strike costs the defender",
        low=0,
        high=20,
        symbol="K",
        plausible=(0, 5),
        why="up to five times the gain; it changes no choice",
    ),
    satisfaction: Any = param(
        1,
        "defender's gain from retaliating against the guilty",
        low=0,
        high=10,
        symbol="v",
        plausible=(0.2, 3),
        why="from lukewarm to three times what an error costs",
    ),
    error: Any = param(
        1,
        "what retaliating against the innocent costs the defender",
        low=0,
        high=10,
        symbol="w",
        plausible=(0.2, 3),
        why="errors that hardly matter, to those that forbid an answer",
    ),
    detection: Any = share(
        0.7,
        "chance of an alarm after a strike",
        symbol=r"\alpha",
        plausible=(0.3, 0.99),
        why="from hardly better than false alarms to nearly certain",
    ),
    false_alarm: Any = share(
        0.1,
        "chance of an alarm without a strike",
        symbol="f",
        plausible=(0.01, 0.5),
        why="from a telling alarm to one that is nearly noise",
    ),
    opportunity: Any = share(
        1,
        "chance that the attacker can strike at all",
        symbol="q",
        plausible=(0.05, 1),
        why="from openings too rare for suspicion to a standing one",
    ),
) -> Assumed:
    """Strike or wait, and answer the alarm or not."""
    stakes = {"benefit": benefit, "punishment": punishment, "harm": harm, "just": satisfaction, "error": error}
    quiet = investigated(false_alarm, False, **stakes)
    choice = move("Attacker", wait=quiet, strike=investigated(detection, True, **stakes))
    return where(
        chance({"opportunity": (opportunity, choice), "none": (1 - opportunity, quiet)}), false_alarm <= detection
    )


def _draw(model: Any, ax: Any) -> Any:
    from deterrence.analysis.regions import regions

    return regions(model.game.at(opportunity=0.5), detection=[0.11, 1], benefit=[0, 4]).plot(ax)


MODEL = Model(
    alarm_only,
    source="avenhaus2002",
    relation="reduction",
    changed=(
        "One inspectee and one alarm of the work's inspection games, told as a strike; that nobody retaliates "
        "without an alarm is our restriction."
    ),
    topic="attribution",
    related=("baliga2020", "ma2024"),
    note="Equilibria are re-derived in this form; defaults are reference numbers.",
    assumptions=(
        "Nobody retaliates without an alarm.",
        "There is one suspect, who may be innocent; retaliation hurts it all the same.",
        "The alarm depends on the strike alone.",
    ),
    does_not_say="""\
The rule that silence is not answered is assumed, not derived. There is one suspect, and the quality of the
evidence is nobody's choice.""",
    theory=Theory(
        mechanism=("attribution", "inspection"),
        actors="state and violator",
        information=("noisy signal", "hidden action"),
        result=("no effect",),
        finding=(
            "How often there is a strike is set by the Defender's doubts: what a strike is worth to the Attacker "
            "does not move it."
        ),
        means=("punishment",),
        phase=("general",),
        neighbours={
            "avenhaus2002/noisy_attribution": "There silence may be answered too, which adds equilibria.",
            "zagare1993/rudimentary_deterrence": (
                "There who challenged is known, and what is hidden is whether the Defender would answer."
            ),
        },
    ),
    names={
        "deterrent mixture": {"Attacker": "mixed", "alarm": "mixed"},
        "no credibility": {"Attacker": "strike", "alarm": "restrain"},
        "undeterred": {"Attacker": "strike", "alarm": "retaliate"},
    },
    claims=(
        Claim(
            "There is generically one equilibrium.",
            "",
            ask.always(lambda _, found: len({one.name for one in found}) == 1 and bool(found[0].name)),
        ),
        Claim(
            "Strikes are deterred down to P_lo.",
            "",
            ask.formula_of(strikes, "deterrent mixture"),
            lambda p: low(p) / p.opportunity,
        ),
        Claim(
            "The answer to an alarm has the probability b/(c (alpha - f)).",
            "",
            ask.formula_of(answers("alarm"), "deterrent mixture"),
            answered,
        ),
        Claim(
            "Retaliation is not credible where P_lo exceeds the chance to strike.",
            "",
            ask.condition_of("no credibility"),
            lambda p: low(p) >= p.opportunity,
        ),
        Claim(
            "Strikes are certain, and alarms answered, where the benefit exceeds c (alpha - f).",
            "",
            ask.condition_of("undeterred"),
            lambda p: (p.benefit >= p.punishment * (p.detection - p.false_alarm)) & (low(p) <= p.opportunity),
        ),
        Claim(
            "False alarms hurt the attacker too: at the defaults it loses 1/6.",
            "",
            ask.value_at(payoff("Attacker")),
            "-0.166667",
            basis="computed",
        ),
        Claim(
            "The defender loses 1/4.",
            "",
            ask.value_at(payoff("Defender")),
            "-0.250000",
            basis="computed",
        ),
        Claim(
            "The defender loses the harm of the strikes that are left, and nothing by its answers.",
            "",
            ask.formula_of(payoff("Defender"), "deterrent mixture"),
            lambda p: -p.harm * low(p),
        ),
    ),
    draws=_draw,
)
