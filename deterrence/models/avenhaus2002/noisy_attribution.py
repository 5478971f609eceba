"""Strike and retaliate under noisy attribution: an alarm may be missed or false.

The attacker, if it has an opportunity, strikes or waits. An alarm follows a strike with probability ``alpha`` and
all else with probability ``f``; the defender sees the alarm or its absence and retaliates or not. With
``P_lo = f w/(f w + alpha v)`` and ``P_hi = (1 - f) w/((1 - f) w + (1 - alpha) v)``, strikes are deterred down to the
probability P_lo, set by what the defender gains and loses by retaliation, while ``b/(c (alpha - f))`` of the alarms
are answered, as the attacker's payoffs want it. There are also equilibria in which silence is answered too.
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


@game("Attacker", "Defender", name="noisy-attribution")
def noisy_attribution(
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
    """Who struck is inferred from an alarm that may be missed or false."""

    def judged(alarm: Any, struck: bool) -> Node:
        gain, pain = (benefit, -harm) if struck else (0, 0)
        verdict = satisfaction if struck else -error
        outcomes = ("unanswered strike", "retaliation") if struck else ("quiet", "mistaken retaliation")

        def answer(seen: str) -> Node:
            spared = end(outcomes[0], gain, pain)
            punished = end(outcomes[1], gain - punishment, pain + verdict)
            return move("Defender", information=seen, restrain=spared, retaliate=punished)

        return chance({"alarm": (alarm, answer("alarm")), "no alarm": (1 - alarm, answer("no alarm"))})

    choice = move("Attacker", wait=judged(false_alarm, False), strike=judged(detection, True))
    tree = chance({"opportunity": (opportunity, choice), "none": (1 - opportunity, judged(false_alarm, False))})
    return where(tree, false_alarm <= detection)


def low(p: Any) -> Any:
    """Return the probability of a strike at which an alarm makes the defender indifferent."""
    return p.false_alarm * p.error / (p.false_alarm * p.error + p.detection * p.satisfaction)


def high(p: Any) -> Any:
    """Return the probability of a strike at which the absence of an alarm makes the defender indifferent."""
    clear = (1 - p.false_alarm) * p.error
    return clear / (clear + (1 - p.detection) * p.satisfaction)


def answered(p: Any) -> Any:
    """Return the difference in retaliation after an alarm and without one that makes the attacker indifferent."""
    return p.benefit / (p.punishment * (p.detection - p.false_alarm))


def strikes(equilibrium: Any) -> Any:
    """Measure how often the attacker strikes when it can."""
    return equilibrium.strategies["Attacker"]["strike"]


def answers(seen: str) -> Any:
    """Return a measure: how often the defender retaliates, given what it sees."""
    return lambda equilibrium: equilibrium.strategies[seen]["retaliate"]


def in_class(name: str) -> ask.Question:
    """Ask for the probability of a strike and of retaliation after an alarm and without one, in a class."""

    def asked(model: Any) -> tuple[Any, ...]:
        equilibrium = ask.equilibrium_of(name, model.solve())
        return strikes(equilibrium), answers("alarm")(equilibrium), answers("no alarm")(equilibrium)

    return asked


def _moves_in_order(model: Any) -> tuple[str, ...]:
    """Return how the chance of a strike in the deterrent mixture moves with six parameters."""
    names = ("detection", "satisfaction", "false_alarm", "error", "benefit", "punishment")
    return tuple(ask.sign_of(name, strikes, "deterrent mixture")(model) for name in names)


def _answers_in_order(model: Any) -> tuple[str, ...]:
    """Return how the share of answered alarms in the deterrent mixture moves with five parameters."""
    names = ("detection", "punishment", "false_alarm", "benefit", "satisfaction")
    return tuple(ask.sign_of(name, answers("alarm"), "deterrent mixture")(model) for name in names)


def _draw(model: Any, ax: Any) -> Any:
    from deterrence.analysis.regions import regions

    return regions(model.game.at(opportunity=0.6), detection=[0.1, 1], benefit=[0, 4]).plot(ax)


MODEL = Model(
    noisy_attribution,
    source="avenhaus2002",
    relation="reduction",
    changed=(
        "One inspectee and one alarm with errors of both kinds, of the work's many inspection games, told as a "
        "strike and an answer."
    ),
    topic="attribution",
    related=("baliga2020",),
    note="Equilibria are re-derived in this form; defaults are reference numbers.",
    assumptions=(
        "There is one suspect, who may be innocent; retaliation hurts it all the same.",
        "To retaliate against the guilty is worth something, against the innocent it costs.",
        "The alarm depends on the strike alone.",
    ),
    does_not_say="""\
There is one suspect, so that evidence never points from one to another. Retaliation is all or nothing,
and the attacker cannot make the alarm better or worse. Nothing is learnt over time: it is played once.""",
    theory=Theory(
        mechanism=("attribution", "inspection"),
        actors="state and violator",
        information=("noisy signal", "hidden action"),
        result=("no effect", "several outcomes"),
        finding=(
            "Strikes are held down to a rate that the Defender's gains and losses from retaliation set, not the "
            "Attacker's."
        ),
        means=("punishment",),
        phase=("general",),
        neighbours={
            "avenhaus2002/alarm_only": (
                "There only an alarm can be answered, and the equilibrium is generically unique."
            ),
            "ma2024/disruption": "There some attackers can disrupt the evidence.",
            "baliga2020/imperfect_attribution": "There several may have attacked, each with a gain that only it knows.",
        },
    ),
    names={
        "deterrent mixture": {"Attacker": "mixed", "alarm": "mixed", "no alarm": "restrain"},
        "mixture without an alarm": {"Attacker": "mixed", "alarm": "retaliate", "no alarm": "mixed"},
        "no credibility": {"Attacker": "strike", "alarm": "restrain", "no alarm": "restrain"},
        "undeterred": {"Attacker": "strike", "alarm": "retaliate", "no alarm": "restrain"},
        "always strike, always retaliate": {"Attacker": "strike", "alarm": "retaliate", "no alarm": "retaliate"},
    },
    claims=(
        Claim(
            "In the deterrent mixture the attacker strikes with probability P_lo over the chance to strike.",
            "",
            ask.formula_of(strikes, "deterrent mixture"),
            lambda p: low(p) / p.opportunity,
        ),
        Claim(
            "There b/(c (alpha - f)) of the alarms are answered.",
            "",
            ask.formula_of(answers("alarm"), "deterrent mixture"),
            answered,
        ),
        Claim(
            "It exists where b is at most c (alpha - f), and P_lo at most the chance to strike.",
            "",
            ask.condition_of("deterrent mixture"),
            lambda p: (p.benefit < p.punishment * (p.detection - p.false_alarm)) & (low(p) < p.opportunity),
        ),
        Claim(
            "Retaliation is not credible, and strikes go unanswered, where P_lo exceeds the chance to strike.",
            "",
            ask.condition_of("no credibility"),
            lambda p: (low(p) >= p.opportunity) & (high(p) >= p.opportunity),
        ),
        Claim(
            "A benefit above c (alpha - f) undoes deterrence: strikes are certain and alarms answered.",
            "",
            ask.condition_of("undeterred"),
            lambda p: (
                (p.benefit >= p.punishment * (p.detection - p.false_alarm))
                & (low(p) <= p.opportunity)
                & (high(p) >= p.opportunity)
            ),
        ),
        Claim(
            "Where P_hi is at most the chance to strike, silence may be answered too, always or at times.",
            "",
            ask.condition_of("always strike, always retaliate"),
            lambda p: (high(p) <= p.opportunity) & (low(p) <= p.opportunity),
        ),
        Claim(
            "In the mixture without an alarm the attacker strikes with probability P_hi over the chance to strike.",
            "",
            ask.formula_of(strikes, "mixture without an alarm"),
            lambda p: high(p) / p.opportunity,
        ),
        Claim(
            "There 1 - b/(c (alpha - f)) of the silences are answered.",
            "",
            ask.formula_of(answers("no alarm"), "mixture without an alarm"),
            lambda p: 1 - answered(p),
        ),
        Claim(
            "Deterred strikes become rarer with detection and the gain from just retaliation, more frequent with false "
            "alarms and the cost of errors, and do not depend on the attacker's benefit and punishment.",
            "",
            _moves_in_order,
            ("falls", "falls", "rises", "rises", "does not move", "does not move"),
        ),
        Claim(
            "Better evidence means less retaliation: answers fall with detection and punishment, rise with false "
            "alarms and the benefit, and do not depend on the defender's satisfaction.",
            "",
            _answers_in_order,
            ("falls", "falls", "rises", "rises", "does not move"),
        ),
        Claim(
            "At the defaults the deterrent mixture is 1/8 with answers to 5/12 of the alarms.",
            "",
            in_class("deterrent mixture"),
            ("0.125000", "0.416667", "0"),
            basis="computed",
        ),
        Claim(
            "The mixture without an alarm is 3/4 with answers to 7/12 of the silences.",
            "",
            in_class("mixture without an alarm"),
            ("0.750000", "1", "0.583333"),
            basis="computed",
        ),
        Claim(
            "There are three equilibria at the defaults.",
            "",
            ask.classes_at(),
            {"deterrent mixture", "mixture without an alarm", "always strike, always retaliate"},
            basis="computed",
        ),
        Claim(
            "With hardly any false alarms strikes all but cease, and 0.357143 of the alarms are answered.",
            "",
            lambda model: in_class("deterrent mixture")(model.at(false_alarm=1e-9)),
            ("0.000000", "0.357143", "0"),
            basis="computed",
        ),
        Claim(
            "With hardly any false alarms and a detection of 0.6, 0.416667 are.",
            "",
            ask.value_at(answers("alarm"), "deterrent mixture", false_alarm=1e-9, detection=0.6),
            "0.416667",
            basis="computed",
        ),
        Claim(
            "A strike that can hardly be told from none is made with probability w/(w + v), here one half.",
            "",
            ask.value_at(strikes, "deterrent mixture", detection=0.5, false_alarm=0.499999, benefit=0.000001),
            "0.50000",
        ),
        Claim(
            "Milder sanctions that cost the defender half as much by mistake mean fewer strikes, 1/15 for 1/8, as long "
            "as they deter, and twice the answers where they hurt half as much.",
            "",
            lambda model: in_class("deterrent mixture")(model.at(punishment=2, error=0.5)),
            ("0.066667", "0.833333", "0"),
        ),
        Claim(
            "A strike without an answer pays b and -L, one that is answered b - c and v - L; an answer to an innocent "
            "costs the two c and w.",
            "",
            ask.each_of(
                ask.payoffs_of({"Attacker": "wait", "Defender": "restrain"}),
                ask.payoffs_of({"Attacker": "strike", "Defender": "restrain"}),
                ask.payoffs_of({"Attacker": "strike", "Defender": "retaliate"}),
                ask.payoffs_of({"Attacker": "wait", "Defender": "retaliate"}),
            ),
            [(0, 0), (1, -2), (-3, -1), (-4, -1)],  # 1 - 4 = -3 and 1 - 2 = -1
            basis="computed",
        ),
    ),
    draws=_draw,
)
