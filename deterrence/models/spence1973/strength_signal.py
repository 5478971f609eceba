"""A signal that costs the strong less: strength is told in full, and paid for.

A Sender alone knows its strength ``t``, anywhere from ``t_0`` to 1. It spends any amount ``m``, which costs it ``m/t``;
an Opponent whose caution is hidden then stays out or enters. It would gain by an entry against a strength below 1 less
its caution, so that a strength ``t`` that is known is left alone with chance ``t``. Each strength spends
``(t^2 - t_0^2)/2``: so much that the weaker would rather be known. The weakest spends nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import log
from typing import Any

from deterrence.answers.measure import payoff
from deterrence.games.continuum.notation import choose, draw
from deterrence.games.notation import end, game, move
from deterrence.games.parameter import param
from deterrence.models import ask
from deterrence.models.claim import Claim
from deterrence.models.model import Model
from deterrence.models.theory import Theory
from deterrence.refinements.d1 import D1


@game("Sender", "Opponent", name="strength-signal")
def strength_signal(
    *,
    weakest: Any = param(
        0.5,
        "the least strength that the Sender may have",
        low=0.05,
        high=0.95,
        symbol="t_0",
        plausible=(0.2, 0.8),
        why="from much to little doubt about strength",
    ),
) -> Any:
    """Spend as much as one likes on a show of strength; stay out or enter."""

    def answered(strength: Any, caution: Any, shown: Any) -> Any:
        return move(
            "Opponent",
            stay_out=end("deterred", 1 - shown / strength, 0),
            enter=end("challenged", -shown / strength, 1 - strength - caution),
        )

    def below(strength: Any) -> Any:
        return draw(
            0,
            1,
            seen_by="Opponent",
            then=lambda caution: choose("Sender", 0, 1, then=lambda shown: answered(strength, caution, shown)),
            name="the Opponent's caution",
        )

    return draw(weakest, 1, seen_by="Sender", then=below, name="the Sender's strength")


PLACES = (Fraction(1, 2), Fraction(1, 4), Fraction(4, 5))


def _at_places(measure: Callable[[Any, Fraction], Any]) -> ask.Question:
    """Ask for a measure of the equilibrium at each least strength of a few."""

    def asked(model: Any) -> list[Any]:
        found = [(model.solve_without_certificate(weakest=t), t) for t in PLACES]
        return [measure(one, t) for solution, t in found for one in solution]

    return asked


def _shown(one: Any, weakest: Fraction) -> list[Any]:
    """Return what the weakest, one in the middle and the strongest spend."""
    return [one.choices["shown"](strength) for strength in (weakest, (weakest + 1) / 2, Fraction(1))]


def _sender(t: Fraction) -> str:
    """Return the Sender's payoff: the mean of t/2 + t_0^2/(2 t) over strengths."""
    mean = ((1 - float(t) ** 2) / 4 - float(t) ** 2 * log(float(t)) / 2) / (1 - float(t))
    return f"{mean:.6f}"


def _figure(model: Any, ax: Any) -> Any:
    """Draw what each strength spends."""
    from deterrence.plot.canvas import axes_or_new

    ax = axes_or_new(ax, 6, 4)
    one = model.solve_without_certificate()[0]
    strengths = [Fraction(k, 40) for k in range(20, 41)]
    ax.plot([float(t) for t in strengths], [float(one.choices["shown"](t)) for t in strengths])
    ax.set_xlabel("strength, $t$")
    ax.set_ylabel("what is spent, $m$")
    return ax


MODEL = Model(
    strength_signal,
    source="spence1973",
    relation="in the spirit of",
    changed="Strength instead of ability, and an entry that is held off instead of a wage; the payoffs are our own.",
    topic="signalling",
    related=("cho1987", "fearon1997"),
    note="Illustrative payoffs. Solved under D1, under which all strengths part. The work was not re-read.",
    assumptions=(
        "What is spent changes nothing but what is thought of the Sender.",
        "The same amount costs a strong Sender less.",
        "The Opponent's caution is hidden, so that each bit of strength deters a little more.",
        "An amount that nobody spends is taken to come from the strengths that would gain most by it (D1).",
    ),
    does_not_say="""\
That shows of strength cost the strong less is assumed, and all rests on it. The Opponent learns the strength in full;
if strength could be proved, nothing would be spent. Weapons that also change a war are another matter.""",
    method=D1(),
    claims=(
        Claim(
            "A strength t spends (t^2 - t_0^2)/2.",
            "",
            _at_places(_shown),
            [[0, (((t + 1) / 2) ** 2 - t**2) / 2, (1 - t**2) / 2] for t in PLACES],
        ),
        Claim(
            "It is left alone with chance t: (1 + t_0)/2 on average.",
            "",
            _at_places(lambda one, _: one.outcomes["deterred"]),
            [(1 + t) / 2 for t in PLACES],
        ),
        Claim(
            "The Sender expects the mean of t/2 + t_0^2/(2 t).",
            "",
            _at_places(lambda one, _: payoff("Sender")(one)),
            [_sender(t) for t in PLACES],
        ),
        Claim(
            "The Opponent expects (1 - t_0)^2/6, as if it knew the strength.",
            "",
            _at_places(lambda one, _: payoff("Opponent")(one)),
            [(1 - t) ** 2 / 6 for t in PLACES],
        ),
        Claim(
            "At the defaults strengths of 0.6, 0.8 and 1 spend 0.055, 0.195 and 0.375.",
            "",
            lambda model: [model.solve_without_certificate()[0].choices["shown"](Fraction(k, 10)) for k in (6, 8, 10)],
            ["0.055", "0.195", "0.375"],
            basis="computed",
        ),
    ),
    draws=_figure,
    theory=Theory(
        mechanism=("signalling",),
        actors="two states",
        information=("two-sided",),
        result=("reveals",),
        finding="Where a show of strength costs the strong less, it tells strength in full, at a loss.",
        phase=("general",),
        neighbours={
            "fearon1997/costs_of_any_size": "There the same amount costs all types the same.",
            "cho1987/signalling_resolve": "There are two types, and one likes the act.",
        },
    ),
)
