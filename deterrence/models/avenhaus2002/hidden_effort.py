"""Inspection as an effort that nobody sees, at a cost that rises ever faster.

An Inspector chooses how hard to look, ``e``, which is the chance that a violation is found; that costs it
``k e^2 / 2``. A Violator that does not see it complies or violates. The effort leaves the Violator indifferent,
``e = g/(g + L)``, and violations are as frequent as repay it, ``v = k e/D``. So a higher fine makes looking lighter
and, unlike where an inspection has one price, violations rarer; dearer effort only makes violations more frequent.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from deterrence.answers.measure import payoff
from deterrence.games.continuum.notation import choose
from deterrence.games.notation import chance, end, game, move
from deterrence.games.parameter import param
from deterrence.mechanisms.hidden import Hidden
from deterrence.models import ask
from deterrence.models.claim import Claim
from deterrence.models.model import Model
from deterrence.models.theory import Theory


@game("Inspector", "Violator", name="hidden-effort")
def hidden_effort(
    *,
    effort_cost: Any = param(
        0.5,
        "how dear effort is: the cost of a sure discovery is half of it",
        low=0.01,
        high=5,
        symbol="k",
        plausible=(0.1, 2),
        why="from cheap to dearer than any discovery repays",
    ),
    discovery: Any = param(
        1,
        "what finding a violation is worth to the Inspector",
        low=0.01,
        high=5,
        symbol="D",
        plausible=(0.5, 2),
        why="half to twice the gain from a violation",
    ),
    fine: Any = param(
        1,
        "what a violation that is found costs the Violator",
        low=0.01,
        high=10,
        symbol="L",
        plausible=(0.5, 4),
        why="from half of what a violation gains to four times it",
    ),
    gain: Any = param(
        1,
        "what a violation that is not found brings the Violator",
        low=0,
        high=5,
        symbol="g",
        plausible=(0.5, 2),
        why="half to twice the fine",
    ),
) -> Any:
    """Look as hard as one likes, unseen; comply or violate."""

    def below(effort: Any) -> Any:
        spent = effort_cost * effort**2 / 2
        found = (effort, end("found", discovery - spent, -fine))
        missed = (1 - effort, end("not found", -spent, gain))
        return move("Violator", comply=end("compliance", -spent, 0), violate=chance(found=found, missed=missed))

    return choose("Inspector", 0, 1, seen_by=(), then=below)


def effort_of(one: Any) -> Any:
    """Measure how hard the Inspector looks."""
    return one.choices["effort"]


def violated(one: Any) -> Any:
    """Measure how likely a violation is."""
    return one.outcomes["found"] + one.outcomes["not found"]


def _repays(p: Any) -> bool:
    """Tell whether violations of less than certainty repay the effort that holds them there."""
    return bool(p.effort_cost * p.gain < p.discovery * (p.gain + p.fine))


def _if_repaid(formula: Callable[[Any], float]) -> Callable[[Any], float | None]:
    return lambda p: formula(p) if _repays(p) else None


def _if_not(formula: Callable[[Any], float]) -> Callable[[Any], float | None]:
    return lambda p: None if _repays(p) else formula(p)


def _gains_hidden(model: Any) -> list[Any]:
    """Return effort and violations where only the Violator knows its gain, even from 0 to 2, and k = 0.8."""
    from dataclasses import replace

    hidden = model.game.at(effort_cost="4/5").under(Hidden("gain", seen_by="Violator", low=0, high=2))
    (one,) = replace(model, game=hidden, names={}).solve_without_certificate()
    return [effort_of(one), violated(one)]


def _figure(model: Any, ax: Any) -> Any:
    """Draw how likely a violation is over the fine."""
    from deterrence.analysis.sweep import sweep

    return sweep(model.game, "violate", fine=[number / 4 for number in range(1, 17)]).plot(ax=ax)


# With a hidden gain, even from 0 to 2, all who gain more than L e/(1 - e) violate, 1 - L e/(2 (1 - e)) of all, and
# effort repays itself where that is k e/D: at k = 0.8 and D = L = 1, 1.6 e (1 - e) = 2 - 3 e,
# so that e = (4.6 - 8.36^(1/2))/3.2.
MODEL = Model(
    hidden_effort,
    source="avenhaus2002",
    relation="in the spirit of",
    changed=(
        "The Inspector chooses an effort from a continuum, at a cost that is its square, where the inspection games of "
        "the work let it choose between looking and not."
    ),
    topic="inspection",
    related=("tsebelis1990",),
    note="Illustrative payoffs, and a cost of effort that is assumed. The work was recalled, not re-read.",
    assumptions=(
        "The effort is the chance that a violation is found, and nobody is accused who complies.",
        "Its cost rises with its square, and is paid whether or not there is a violation.",
        "The Violator does not see the effort before it decides; both know all payoffs.",
    ),
    does_not_say="""\
There is one inspection and no alarm that may be false. That a higher fine makes violations rarer rests on a cost of
effort that rises ever faster: with one price for looking, as in most inspection games, violations stay as they are and
only the looking becomes rarer. An Inspector that announces its effort is another game.""",
    names={
        "some violate": {"Violator": "comply + violate"},
        "all violate": {"Violator": "violate"},
    },
    claims=(
        Claim(
            "Effort leaves the Violator indifferent: g/(g + L), whatever it costs and brings the Inspector.",
            "",
            ask.matches(effort_of, _if_repaid(lambda p: p.gain / (p.gain + p.fine))),
        ),
        Claim(
            "Violations are as frequent as repay it: k e/D.",
            "",
            ask.matches(violated, _if_repaid(lambda p: p.effort_cost * p.gain / (p.gain + p.fine) / p.discovery)),
        ),
        Claim(
            "Where even certain violations do not repay that effort, all violate and effort is D/k.",
            "",
            ask.matches(effort_of, _if_not(lambda p: p.discovery / p.effort_cost)),
        ),
        Claim(
            "Then the chance of a violation is 1.",
            "",
            ask.matches(violated, _if_not(lambda p: 1.0)),
        ),
        Claim(
            "The Inspector expects half of k e^2: what it finds is worth twice what it spends.",
            "",
            ask.matches(
                payoff("Inspector"),
                lambda p: p.effort_cost * min(p.gain / (p.gain + p.fine), p.discovery / p.effort_cost) ** 2 / 2,
            ),
        ),
        Claim(
            "The Violator expects nothing, or what it gains by a violation against the effort that is worth while.",
            "",
            ask.matches(
                payoff("Violator"),
                lambda p: max(0.0, p.gain - (p.gain + p.fine) * p.discovery / p.effort_cost),
            ),
        ),
        Claim(
            "At the defaults effort is 1/2 and a quarter violates; at a fine of 3 it is 1/4 and an eighth.",
            "",
            ask.each_of(
                ask.value_at(effort_of),
                ask.value_at(violated),
                ask.value_at(effort_of, fine=3),
                ask.value_at(violated, fine=3),
            ),
            ["0.5", "0.25", "0.25", "0.125"],
            basis="computed",
        ),
        Claim(
            "A higher fine makes violations rarer at the defaults, and dearer effort makes them more frequent.",
            "",
            ask.each_of(
                lambda model: [float(violated(model.solve(fine=fine)[0])) for fine in ("1/2", 1, 2)],
                lambda model: [float(violated(model.solve(effort_cost=cost)[0])) for cost in ("1/4", "1/2", 1)],
            ),
            [["0.3333", "0.25", "0.1667"], ["0.125", "0.25", "0.5"]],
            basis="own",
        ),
        Claim(
            "If gains lie between 0 and 2 and only the Violator knows its own, effort at k = 0.8 is 0.533948, and "
            "0.427158 violate.",
            "",
            _gains_hidden,
            ["0.53395", "0.42716"],
            basis="computed",
        ),
    ),
    draws=_figure,
    theory=Theory(
        mechanism=("inspection", "credibility"),
        actors="state and violator",
        information=("hidden action",),
        result=("deters",),
        finding="With effort that costs ever more, a higher fine makes inspections lighter and violations rarer.",
        means=("punishment",),
        phase=("general",),
        neighbours={
            "tsebelis1990/penalty": "There an inspection has one price, and fines move the looking alone.",
            "avenhaus2002/noisy_attribution": "There what is seen is an alarm that may be false.",
        },
    ),
)
