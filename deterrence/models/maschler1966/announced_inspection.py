"""Announced inspections: an inspector bound to inspect at random deters what it would otherwise only make rarer.

The Inspectee complies or violates, the Inspector inspects at an effort ``e`` or not, and neither sees the other first.
An inspection detects a violation with chance ``d``. Undetected, it brings ``g``; detected, it costs ``p``. It does the
harm ``h``, of which detection averts ``a``. Played at once there is a violation with chance ``e/(d a)``, whatever the
penalty. An Inspector that announces the rate ``g/(d (g + p))`` and is bound to it, inspects no more often, and there is
no violation at all.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import Any

from deterrence.answers.measure import payoff, probability
from deterrence.games.notation import chance, end, game, move, where
from deterrence.games.parameter import param, share
from deterrence.games.tree import Assumed, Node
from deterrence.models import ask
from deterrence.models.claim import Claim
from deterrence.models.model import Model
from deterrence.models.theory import Theory


@game("Inspector", "Inspectee", name="announced-inspection")
def announced_inspection(
    *,
    gain: Any = param(
        1,
        "what an undetected violation brings the Inspectee",
        low=0,
        high=10,
        symbol="g",
        plausible=(0.2, 6),
        why="holds 4, from which no rate of inspection deters",
    ),
    penalty: Any = param(
        1,
        "what a detected violation costs it",
        low=0,
        high=10,
        symbol="p",
        plausible=(0.1, 6),
        why="holds 1/4, below which no rate of inspection deters",
    ),
    harm: Any = param(
        5,
        "harm that an undetected violation does to the Inspector",
        low=0,
        high=20,
        symbol="h",
        plausible=(4.1, 15),
        why="more than what detection averts, up to three times as much",
    ),
    averted: Any = param(
        4,
        "how much of the harm detection averts",
        low=0,
        high=20,
        symbol="a",
        plausible=(0.5, 4.9),
        why="holds 5/4, below which inspecting is not worth the effort",
    ),
    effort: Any = param(
        1,
        "what an inspection costs the Inspector",
        low=0,
        high=20,
        symbol="e",
        plausible=(0.1, 6),
        why="holds 16/5, above which inspecting is not worth it",
    ),
    detection: Any = share(
        0.8,
        "chance that an inspection detects a violation",
        symbol="d",
        plausible=(0.1, 1),
        why="holds 1/4 and 1/2, below which it neither pays nor deters",
    ),
) -> Assumed:
    """Inspect or not, while the other complies or violates."""

    def inspectee(complied: Node, violated: Node) -> Node:
        return move("Inspectee", {"comply": complied, "violate": violated}, information="Inspectee")

    undetected = end("undetected violation", -harm, gain)
    inspected = chance(
        {
            "detects": (detection, end("detected violation", averted - harm - effort, -penalty)),
            "misses": (1 - detection, end("undetected violation", -harm - effort, gain)),
        }
    )
    choices = {
        "inspect": inspectee(end("compliance", -effort, 0), inspected),
        "wait": inspectee(end("compliance", 0, 0), undetected),
    }
    tree = move("Inspector", choices, information="Inspector")
    return where(tree, gain > 0, penalty > 0, effort > 0, averted > 0, averted < harm, detection > 0)


def _bound_to(rate: str, question: ask.Question) -> ask.Question:
    """Ask of the game in which the Inspector is bound to a rate of inspection, and known to be."""

    def asked(model: Any) -> Any:
        from deterrence.mechanisms.commitment import Commitment

        device = Commitment("Inspector", {"inspect": Fraction(rate), "wait": 1 - Fraction(rate)})
        return question(Model(model.game.under(device)))

    return asked


@lru_cache(maxsize=8)
def _announcement(of: Any) -> Any:
    from deterrence.analysis.commitment import commitment

    return commitment(of, "Inspector")


def _best(**values: object) -> Any:
    """Return a function that finds the best announcement at parameter values."""
    return lambda model: _announcement(model.game.at(values) if values else model.game)


def _deterring(model: Any) -> Any:
    """Return the announcement that is answered by compliance, as formulas."""
    (one,) = [one for one in _best()(model).classes if one.reply == "comply"]
    return one


def _needed(p: Any) -> Any:
    """Return the rate of inspection at which the Inspectee is indifferent."""
    return p.gain / (p.detection * (p.gain + p.penalty))


def _along(model: Any, ax: Any) -> Any:
    """Draw what the Inspector gets from each rate that it may announce."""
    return _best()(model).plot(ax=ax)


RANDOM, NONE, VAIN = "uncertain inspection", "no inspection", "inspection in vain"

MODEL = Model(
    announced_inspection,
    source="maschler1966",
    relation="in the spirit of",
    changed=(
        "Not found in the work, from which the idea is taken that the inspector announces its random plan and is bound "
        "to it: one period, with an effort and imperfect detection, and parameters of our own."
    ),
    topic="inspection",
    related=("avenhaus2002", "vonstengel2016"),
    note="The work was not re-read; later papers on inspections say what it is about. Illustrative payoffs.",
    assumptions=(
        "An alarm is never false: compliance is never punished.",
        "Without announcement neither side sees what the other does before it acts.",
        "The announcement is believed, and the Inspector cannot depart from it.",
        "The Inspector would rather see compliance than a violation that is detected.",
    ),
    does_not_say="""\
It does not say what makes an announcement binding: once the other complies, the Inspector would rather save the effort.
At exactly the rate announced the Inspectee is indifferent, so that a little more has to be announced. Several sites,
periods and inspectees, among which an announcement may shift violations, are left out.""",
    names={
        RANDOM: {"Inspector": "mixed", "Inspectee": "mixed"},
        NONE: {"Inspector": "wait", "Inspectee": "violate"},
        VAIN: {"Inspector": "inspect", "Inspectee": "violate"},
    },
    measures={
        "there is a violation": ("violate", "Inspectee"),
        "there is an inspection": ("inspect", "Inspector"),
        "a violation is detected": ("detected violation", None),
    },
    axes=("penalty", "effort"),
    claims=(
        Claim(
            "Without announcement both are unpredictable where inspecting a violation is worth the effort, e <= d a, "
            "and a violation is not worth an inspection, g <= d (g + p).",
            "",
            ask.condition_of(RANDOM),
            lambda p: (p.effort <= p.detection * p.averted) & (p.gain <= p.detection * (p.gain + p.penalty)),
        ),
        Claim(
            "There is then a violation with chance e/(d a).",
            "",
            ask.formula_of("violate", RANDOM),
            lambda p: p.effort / (p.detection * p.averted),
        ),
        Claim(
            "The penalty does not move that chance.",
            "",
            ask.sign_of("penalty", "violate", RANDOM),
            "does not move",
        ),
        Claim(
            "The Inspector inspects with chance g/(d (g + p)).",
            "",
            ask.formula_of("inspect", RANDOM),
            _needed,
        ),
        Claim(
            "It expects -e h/(d a).",
            "",
            ask.formula_of(payoff("Inspector"), RANDOM),
            lambda p: -p.effort * p.harm / (p.detection * p.averted),
        ),
        Claim(
            "The Inspectee gets no more than by complying.",
            "",
            ask.formula_of(payoff("Inspectee"), RANDOM),
            0,
        ),
        Claim(
            "Where inspecting is not worth the effort, e >= d a, nobody inspects, and there is a violation.",
            "",
            ask.condition_of(NONE),
            lambda p: p.effort >= p.detection * p.averted,
        ),
        Claim(
            "The Inspectee then gets g.",
            "",
            ask.formula_of(payoff("Inspectee"), NONE),
            lambda p: p.gain,
        ),
        Claim(
            "Where inspections do not deter, g >= d (g + p), but avert more than they cost, violations are inspected.",
            "",
            ask.condition_of(VAIN),
            lambda p: (p.effort <= p.detection * p.averted) & (p.gain >= p.detection * (p.gain + p.penalty)),
        ),
        Claim(
            "The Inspector then gets d a - e - h.",
            "",
            ask.formula_of(payoff("Inspector"), VAIN),
            lambda p: p.detection * p.averted - p.effort - p.harm,
        ),
        Claim(
            "The best rate to announce is the one at which it inspects without announcement, g/(d (g + p)).",
            "",
            lambda model: _deterring(model).mixture["inspect"],
            _needed,
        ),
        Claim(
            "It is answered by compliance, and gives the Inspector -e g/(d (g + p)).",
            "",
            lambda model: _deterring(model).payoffs["Inspector"],
            lambda p: -p.effort * _needed(p),
        ),
        Claim(
            "It is best wherever some rate deters, d (g + p) > g, and costs no more than the harm: the Inspector need "
            "not be willing to inspect a violation.",
            "",
            lambda model: _deterring(model).when,
            lambda p: (p.detection * (p.gain + p.penalty) > p.gain) & (p.effort * _needed(p) <= p.harm),
        ),
        # Without: 1 * 5/(0.8 * 4) = 1.5625. Announced: 1 * 1/(0.8 * 2) = 0.625.
        Claim(
            "At the defaults the Inspector loses 1.5625 without announcement and 0.625 with it: it is worth 0.9375.",
            "",
            lambda model: _best()(model).worth["as it is"],
            ("0.9375", "0.9375"),
            basis="computed",
        ),
        # An effort of 4 is more than 0.8 * 4 = 3.2: -5 without announcement, -4 * 0.625 with it.
        Claim(
            "At an effort of 4 the Inspector would never inspect a violation; still, an announcement is worth 2.5.",
            "",
            lambda model: [ask.classes_at(effort=4)(model), _best(effort=4)(model).worth["as it is"]],
            [{NONE}, ("2.5", "2.5")],
            basis="computed",
        ),
        Claim(
            "Bound to a rate of 0.6, less than 0.625, it deters nobody; bound to 0.65 there is no violation.",
            "",
            lambda model: [_bound_to(rate, ask.value_at("compliance"))(model) for rate in ("0.6", "0.65")],
            [0, 1],
            basis="own",
        ),
        Claim(
            "Once a rate r is announced the penalty does matter: from g (1 - d r)/(d r) on it deters, here for "
            "r = 3/4.",
            "",
            _bound_to("3/4", ask.threshold_of("penalty", "compliance")),
            lambda p: p.gain * (1 - p.detection * 3 / 4) / (p.detection * 3 / 4),
            basis="own",
        ),
        # Half of the time the device fails, and there is a violation with chance 1/(0.8 * 4) = 0.3125.
        Claim(
            "An announcement that holds half of the time, as is then known, halves violations from 0.3125 to 0.15625.",
            "",
            _bound_to("0.65", ask.value_at(probability("violate"), holds=0.5)),
            "0.15625",
            basis="own",
        ),
    ),
    draws=_along,
    theory=Theory(
        mechanism=("commitment", "inspection"),
        actors="state and violator",
        information=("hidden action",),
        result=("deters",),
        finding=(
            "An Inspector that is bound to inspect at random deters violations altogether, at the rate of inspection "
            "that otherwise only makes them rarer."
        ),
        means=("punishment", "denial"),
        phase=("general",),
        neighbours={
            "dresher1962/inspection": "Pure conflict over several periods, where an announcement is worth nothing.",
            "brams1985/committed_threats": "What is committed to is a chance of retaliation after an attack.",
            "baliga2020/commitment": "What is announced is which alarms will be answered.",
        },
    ),
)
