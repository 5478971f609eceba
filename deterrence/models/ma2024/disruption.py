"""Noisy attribution against an attacker who may be able to disrupt the evidence.

The attacker, with probability p, can disrupt: its strike sets off the alarm with probability h, between those of a
false alarm, f, and of an undisrupted strike, alpha. Where disruption is unlikely, ``p h v <= (1 - p) f w``, those who
can disrupt always strike and the others at times; where it is likely, the others are deterred, the defender answers
more alarms, and those who can disrupt strike at times, or always if ``b > c (h - f)``.
"""

from __future__ import annotations

from typing import Any

from deterrence.answers.measure import payoff
from deterrence.games.notation import chance, game, move, where
from deterrence.games.parameter import param, share
from deterrence.games.tree import Assumed
from deterrence.models import ask
from deterrence.models.avenhaus2002.alarm_only import investigated
from deterrence.models.claim import Claim
from deterrence.models.model import Model
from deterrence.models.theory import Theory


@game("Attacker", "Defender", name="disruption")
def disruption(
    *,
    benefit: Any = param(
        1,
        "attacker's gain from a strike",
        low=0,
        high=10,
        symbol="b",
        plausible=(0.1, 3),
        why="holds 1.2 and 2.4, past which answering alarms no longer deters",
    ),
    punishment: Any = param(
        4,
        "what retaliation costs the attacker, guilty or not",
        low=0,
        high=20,
        symbol="c",
        plausible=(1, 10),
        why="holds 1.7 and 3.3, where it begins to deter each type",
    ),
    harm: Any = param(
        2,
        "what a strike costs the defender",
        low=0,
        high=20,
        symbol="K",
        plausible=(0, 6),
        why="moves the defender's payoff alone, up to three times the default",
    ),
    satisfaction: Any = param(
        1,
        "defender's gain from retaliating against the guilty",
        low=0,
        high=10,
        symbol="v",
        plausible=(0.2, 4),
        why="holds 2.25, from which disruption counts as likely",
    ),
    error: Any = param(
        1,
        "what retaliating against the innocent costs the defender",
        low=0,
        high=10,
        symbol="w",
        plausible=(0.2, 4),
        why="holds 0.44, below which disruption counts as likely",
    ),
    detection: Any = share(
        0.7,
        "chance of an alarm after an undisrupted strike",
        symbol=r"\alpha",
        plausible=(0.55, 0.95),
        why="most strikes set off the alarm, none for certain",
    ),
    false_alarm: Any = share(
        0.1,
        "chance of an alarm without a strike",
        symbol="f",
        plausible=(0.01, 0.2),
        why="a useful alarm is wrong once in five at most",
    ),
    disrupted_alarm: Any = share(
        0.4,
        "chance of an alarm after a disrupted strike",
        symbol="h",
        plausible=(0.25, 0.5),
        why="disruption halves detection or leaves little more than noise",
    ),
    ability: Any = share(
        0.1,
        "probability that the attacker can disrupt",
        symbol="p",
        plausible=(0.02, 0.9),
        why="holds 0.2, where disruption turns from unlikely to likely",
    ),
) -> Assumed:
    """Strike or wait, the evidence disrupted or not, and answer the alarm or not."""
    stakes = {"benefit": benefit, "punishment": punishment, "harm": harm, "just": satisfaction, "error": error}
    quiet = investigated(false_alarm, False, **stakes)
    hidden, plain = (investigated(alarm, True, **stakes) for alarm in (disrupted_alarm, detection))
    able = move("Attacker", wait=quiet, strike=hidden, information="able to disrupt")
    unable = move("Attacker", wait=quiet, strike=plain, information="unable to disrupt")
    tree = chance({"able": (ability, able), "unable": (1 - ability, unable)})
    return where(tree, false_alarm < disrupted_alarm, disrupted_alarm < detection)


def strikes(who: str) -> Any:
    """Return a measure: how often the attacker strikes if it is able, or unable, to disrupt."""
    return lambda one: one.strategies[f"{who} to disrupt"]["strike"]


def answers(one: Any) -> Any:
    """Measure how often an alarm is answered."""
    return one.strategies["alarm"]["retaliate"]


def _unlikely(p: Any) -> Any:
    return p.ability * p.disrupted_alarm * p.satisfaction < (1 - p.ability) * p.false_alarm * p.error


def _likely(p: Any) -> Any:
    return p.ability * p.disrupted_alarm * p.satisfaction > (1 - p.ability) * p.false_alarm * p.error


def _able_is_better_off(_game: Any, solution: Any) -> bool:
    able, unable = (ask.payoff_from(f"{who} to disrupt")(solution[0]) for who in ("able", "unable"))
    return bool(able >= unable)


SOMETIMES, RARELY = "disruptors strike, others at times", "only disruptors strike, at times"
UNDETERRED, ALL = "disruptors undeterred", "all undeterred"


def _defender_sometimes(p: Any) -> Any:
    """Return the Defender's payoff where it is indifferent to alarms: the harm of the strikes that make it so."""
    struck = p.false_alarm * p.error + p.ability * p.satisfaction * (p.detection - p.disrupted_alarm)
    return -p.harm * struck / (p.detection * p.satisfaction + p.false_alarm * p.error)


def _by_type(*abilities: Any, **values: Any) -> ask.Question:
    """Ask what each type of attacker and the Defender expect at some probabilities of disruption."""
    measures = (ask.payoff_from("able to disrupt"), ask.payoff_from("unable to disrupt"), payoff("Defender"))
    return lambda model: [
        [ask.value_at(measure, ability=ability, **values)(model) for measure in measures] for ability in abilities
    ]


def _draw(model: Any, ax: Any) -> Any:
    from deterrence.analysis.regions import regions

    return regions(model.game, ability=[0.01, 0.99], benefit=[0, 3]).plot(ax)


MODEL = Model(
    disruption,
    source="ma2024",
    relation="in the spirit of",
    changed=(
        "Only the abstract was read: the game is our own after it, with a quality of the disrupted signal, which "
        "is pure noise in the work."
    ),
    topic="attribution",
    related=("avenhaus2002",),
    note="Its agreement with the abstract is qualitative.",
    assumptions=(
        "Whether the attacker can disrupt is known to it alone; who can, does.",
        "Nobody retaliates without an alarm.",
        "Disruption leaves no trace and costs nothing.",
    ),
    does_not_say="""\
Disruption is an ability, not a decision: nobody invests in it, and the disrupted evidence does not betray itself.
There is one suspect, and the game is played once.""",
    theory=Theory(
        mechanism=("attribution",),
        actors="state and violator",
        information=("noisy signal", "one-sided"),
        result=("trades off", "no effect"),
        finding=(
            "If disruption is unlikely those who can always strike; if it is likely it is the others that are deterred."
        ),
        means=("punishment",),
        phase=("general",),
        neighbours={
            "avenhaus2002/alarm_only": "There nobody can disrupt the evidence.",
            "gannon2024/rising_attribution": "There evidence grows with the harm that is done.",
        },
    ),
    names={
        "disruptors strike, others at times": {
            "able to disrupt": "strike",
            "unable to disrupt": "mixed",
            "alarm": "mixed",
        },
        "only disruptors strike, at times": {"able to disrupt": "mixed", "unable to disrupt": "wait", "alarm": "mixed"},
        "disruptors undeterred": {"able to disrupt": "strike", "unable to disrupt": "wait", "alarm": "retaliate"},
        "all undeterred": {"able to disrupt": "strike", "unable to disrupt": "strike", "alarm": "retaliate"},
    },
    claims=(
        Claim(
            "The equilibrium is generically unique.",
            "abstract",
            ask.always(lambda _, found: len({one.name for one in found}) == 1 and bool(found[0].name)),
        ),
        Claim(
            "Where disruption is unlikely those who can disrupt strike, and the others at times.",
            "",
            ask.condition_of("disruptors strike, others at times"),
            lambda p: _unlikely(p) & (p.benefit < p.punishment * (p.detection - p.false_alarm)),
        ),
        Claim(
            "A strike without an answer pays b and -L; where alarms are answered strikes pay -1.68 and -1.33, and "
            "innocence -0.4 and -0.1.",
            "",
            ask.each_of(
                ask.payoffs_of({"Attacker": "wait", "Defender": "restrain"}),
                ask.payoffs_of({"Attacker": "strike", "Defender": "restrain"}),
                ask.payoffs_of({"Attacker": "strike", "Defender": "retaliate"}),
                ask.payoffs_of({"Attacker": "wait", "Defender": "retaliate"}),
            ),
            # an alarm follows a strike with 0.1 0.4 + 0.9 0.7 = 0.67: 1 - 4 0.67 and -2 + 0.67; else with 0.1
            [(0, 0), (1, -2), ("-1.68", "-1.33"), ("-0.4", "-0.1")],
            basis="computed",
        ),
        Claim(
            "A disrupted strike is less telling than another, and more than none.",
            "",
            ask.each_of(
                ask.admits(disrupted_alarm=0.11),
                ask.admits(disrupted_alarm=0.1),
                ask.admits(disrupted_alarm=0.69),
                ask.admits(disrupted_alarm=0.7),
            ),
            [True, False, True, False],
        ),
        Claim(
            "Where it is likely the others are deterred, and those who can disrupt strike at times.",
            "",
            ask.condition_of("only disruptors strike, at times"),
            lambda p: _likely(p) & (p.benefit < p.punishment * (p.disrupted_alarm - p.false_alarm)),
        ),
        Claim(
            "If the benefit exceeds c (h - f), all alarms are answered and those who can disrupt strike all the same.",
            "",
            ask.condition_of("disruptors undeterred"),
            lambda p: (
                _likely(p)
                & (p.benefit >= p.punishment * (p.disrupted_alarm - p.false_alarm))
                & (p.benefit <= p.punishment * (p.detection - p.false_alarm))
            ),
        ),
        Claim(
            "An attacker is better off able to disrupt than unable.",
            "abstract",
            ask.always(_able_is_better_off),
        ),
        Claim(
            "Better intelligence makes the defender answer fewer alarms.",
            "abstract",
            ask.sign_of("detection", answers, "disruptors strike, others at times"),
            "falls",
        ),
        Claim(
            "Those who cannot disrupt strike less as the belief in disruption rises.",
            "abstract",
            ask.sign_of("ability", strikes("unable"), "disruptors strike, others at times"),
            "falls",
        ),
        Claim(
            "So do those who can, once it is likely.",
            "abstract",
            ask.sign_of("ability", strikes("able"), "only disruptors strike, at times"),
            "falls",
        ),
        Claim(
            "With p = 0.02 those who cannot disrupt strike with probability 0.114796.",
            "",
            ask.value_at(strikes("unable"), ability=0.02),
            "0.114796",
            basis="computed",
        ),
        Claim(
            "There 0.416667 of the alarms are answered.",
            "",
            ask.value_at(answers, ability=0.02),
            "0.416667",
            basis="computed",
        ),
        Claim(
            "With p = 0.1 they strike with probability 0.069444.",
            "",
            ask.value_at(strikes("unable"), ability=0.1),
            "0.069444",
            basis="computed",
        ),
        Claim(
            "With p = 0.6 those who can disrupt strike with probability 0.333333.",
            "",
            ask.value_at(strikes("able"), ability=0.6),
            "0.333333",
            basis="computed",
        ),
        Claim(
            "There the defender is more aggressive: it answers 5/6 of the alarms.",
            "",
            ask.value_at(answers, ability=0.6),
            "0.833333",
        ),
        # The payoffs by hand. Where the others strike at times, alarms are answered with b/(c (alpha - f)), so that who
        # is unable expects -f b/(alpha - f) and who is able b - h b/(alpha - f). The Defender gains as much as it loses
        # by answering, so it expects -K times the chance of a strike, p + ((1 - p) f w - p h v)/(alpha v + f w). Where
        # only disruptors strike at times put h for alpha: both types expect -f b/(h - f), and strikes come with
        # f w/(h v + f w). Where all alarms are answered nothing is mixed.
        Claim(
            "Where the others strike at times the Attacker expects b (p (alpha - h) - f)/(alpha - f), and the Defender "
            "-K (f w + p v (alpha - h))/(alpha v + f w).",
            "",
            lambda model: tuple(ask.formula_of(payoff(who), SOMETIMES)(model) for who in ("Attacker", "Defender")),
            lambda p: (
                p.benefit
                * (p.ability * (p.detection - p.disrupted_alarm) - p.false_alarm)
                / (p.detection - p.false_alarm),
                _defender_sometimes(p),
            ),
        ),
        Claim(
            "Where only disruptors strike, at times, these are -f b/(h - f) and -K f w/(h v + f w).",
            "",
            lambda model: tuple(ask.formula_of(payoff(who), RARELY)(model) for who in ("Attacker", "Defender")),
            lambda p: (
                -p.false_alarm * p.benefit / (p.disrupted_alarm - p.false_alarm),
                -p.harm * p.false_alarm * p.error / (p.disrupted_alarm * p.satisfaction + p.false_alarm * p.error),
            ),
        ),
        Claim(
            "Where disruptors are undeterred they are p (b - c h) - (1 - p) c f and p (h v - K) - (1 - p) f w.",
            "",
            lambda model: tuple(ask.formula_of(payoff(who), UNDETERRED)(model) for who in ("Attacker", "Defender")),
            lambda p: (
                p.ability * (p.benefit - p.punishment * p.disrupted_alarm)
                - (1 - p.ability) * p.punishment * p.false_alarm,
                p.ability * (p.disrupted_alarm * p.satisfaction - p.harm) - (1 - p.ability) * p.false_alarm * p.error,
            ),
        ),
        Claim(
            "Where all are undeterred they are b - c (p h + (1 - p) alpha) and v (p h + (1 - p) alpha) - K.",
            "",
            lambda model: tuple(ask.formula_of(payoff(who), ALL)(model) for who in ("Attacker", "Defender")),
            lambda p: tuple(
                sign * (p.ability * p.disrupted_alarm + (1 - p.ability) * p.detection) * stake + rest
                for sign, stake, rest in ((-1, p.punishment, p.benefit), (1, p.satisfaction, -p.harm))
            ),
        ),
        Claim(
            "More accurate intelligence raises all expected payoffs where others strike at times.",
            "abstract",
            lambda model: [ask.sign_of("detection", payoff(who), SOMETIMES)(model) for who in ("Attacker", "Defender")],
            ["rises", "rises"],
            basis="stated",
        ),
        Claim(
            "A greater chance of disruption lowers the Defender's payoff.",
            "abstract",
            ask.sign_of("ability", payoff("Defender"), SOMETIMES),
            "falls",
            basis="stated",
        ),
        Claim(
            "It lowers those of both types of attacker too, once disruption is likely: from 1/3 and -1/6 at p = 0.02 "
            "and 0.1 to -1/3 at p = 0.6; the Defender expects -0.265, -0.325 and -0.4.",
            "",
            _by_type("0.02", "0.1", "0.6"),
            [
                ["0.333333", "-0.166667", "-0.265000"],
                ["0.333333", "-0.166667", "-0.325000"],
                ["-0.333333", "-0.333333", "-0.400000"],
            ],
            basis="computed",
        ),
        Claim(
            "So who can disrupt gains by it only while it is thought unlikely: if nobody could, an attacker would "
            "expect -1/6.",
            "abstract of the working paper",
            lambda model: [
                ask.value_at(ask.payoff_from("able to disrupt"), ability=ability)(model)
                > ask.value_at(payoff("Attacker"), ability=0)(model)
                for ability in ("0.02", "0.1", "0.6")
            ],
            [True, True, False],
            basis="stated",
        ),
        Claim(
            "At p = 0.6 a benefit of 2 leaves 0.4, -0.4 and -1 to the able, the unable and the Defender; one of 3 "
            "leaves 1.4, 0.2 and -1.48.",
            "",
            lambda model: [_by_type("0.6", benefit=benefit)(model)[0] for benefit in (2, 3)],
            [["0.4", "-0.4", "-1.00"], ["1.4", "0.2", "-1.48"]],
            basis="computed",
        ),
    ),
    draws=_draw,
)
