"""Cheap talk: words that cost nothing tell something where interests are close enough.

A Sender knows a state, anywhere between 0 and 1, and says something; a Receiver chooses a reply. The Receiver wants
the reply to be the state, the Sender wants it ``b`` higher, and both lose the square of the distance. Words then tell
only in which of a few intervals the state lies; the ``i``-th of ``N`` ends at ``i/N - 2 b i (N - i)``, so that each
interval is ``4 b`` longer than the one before, and there are at most as many as fit. From ``b = 1/4`` on words tell
nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import count
from typing import Any

from deterrence.answers.measure import payoff
from deterrence.games.continuum.notation import choose, draw
from deterrence.games.notation import end, game
from deterrence.games.parameter import param
from deterrence.models import ask
from deterrence.models.claim import Claim
from deterrence.models.model import Model
from deterrence.models.theory import Theory


@game("Sender", "Receiver", name="cheap-talk")
def cheap_talk(
    *,
    bias: Any = param(
        0.05,
        "how much higher a reply the Sender wants than the Receiver",
        low=0.01,
        high=0.5,
        symbol="b",
        plausible=(0.02, 0.3),
        why="from five intervals to one, where words tell nothing",
    ),
) -> Any:
    """Say something about a state; choose a reply to it."""

    def answered(state: Any, reply: Any) -> Any:
        return end("answered", -((reply - state - bias) ** 2), -((reply - state) ** 2))

    def below(state: Any) -> Any:
        return choose(
            "Sender", 0, 1, then=lambda message: choose("Receiver", 0, 1, then=lambda reply: answered(state, reply))
        )

    return draw(0, 1, seen_by="Sender", then=below)


def most_intervals(bias: Fraction) -> int:
    """Return how many intervals fit: the least number N with 2 b N (N + 1) >= 1."""
    return next(n for n in count(1) if 2 * bias * n * (n + 1) >= 1)


def _ends(bias: Fraction, n: int) -> list[Fraction]:
    """Return where all but the last of so many intervals end."""
    return [Fraction(i, n) - 2 * bias * i * (n - i) for i in range(1, n)]


def _loss(bias: Fraction, n: int) -> Fraction:
    """Return what the Receiver loses: the mean variance of the state in an interval."""
    return Fraction(1, 12 * n**2) + bias**2 * Fraction(n**2 - 1, 3)


BIASES = (Fraction(1, 20), Fraction(2, 25), Fraction(1, 10), Fraction(3, 10))


def _found(measure: Callable[[Any], Any]) -> ask.Question:
    """Ask for a measure in every equilibrium at each of a few biases, from few intervals to many."""
    return lambda model: [[measure(one) for one in model.solve_without_certificate(bias=bias)] for bias in BIASES]


def _each(formula: Callable[[Fraction, int], Any]) -> list[list[Any]]:
    """Return what a formula says of every number of intervals that fits, at each of the biases."""
    return [[formula(bias, n) for n in range(1, most_intervals(bias) + 1)] for bias in BIASES]


def _interval_ends(one: Any) -> list[Any]:
    said = one.choices["message"]
    return list(said.cutoffs) if hasattr(said, "cutoffs") else []


def _figure(model: Any, ax: Any) -> Any:
    """Draw where the finest intervals end over the bias."""
    from deterrence.plot.canvas import axes_or_new

    ax = axes_or_new(ax, 6, 4)
    for k in range(3, 61):
        bias = Fraction(k, 200)
        ends = _interval_ends(model.solve_without_certificate(bias=bias)[-1])
        ax.plot([float(bias)] * len(ends), [float(end) for end in ends], "k.", markersize=3)
    ax.set_xlabel("how much higher a reply the Sender wants, $b$")
    ax.set_ylabel("states at which another word is said")
    ax.set_ylim(0, 1)
    return ax


MODEL = Model(
    cheap_talk,
    source="crawford1982",
    relation="reduction",
    changed="The work's example: equally likely states, losses that are squares, and a bias that is the same for all.",
    topic="signalling",
    related=("fearon1995",),
    note="The example was recalled, not re-read, and its formulas were derived again.",
    assumptions=(
        "All states are equally likely; the Sender alone knows which it is.",
        "Words cost nothing, cannot be checked and bind nobody.",
        "Both lose the square of the distance between the reply and what they want.",
    ),
    does_not_say="""\
Which equilibrium is played it does not say: that words tell nothing is always one. It is about what to reply, not
about threats or war: who claims to be resolute for what it gains by being believed has no interest in common with its
rival, and of its words the model says only that they may be empty.""",
    claims=(
        Claim(
            "There are as many equilibria as intervals fit: one with each number of intervals up to the greatest N "
            "with 2 b N (N - 1) < 1.",
            "",
            _found(lambda one: len(_interval_ends(one)) + 1),
            _each(lambda bias, n: n),
        ),
        Claim(
            "The i-th of N intervals ends at i/N - 2 b i (N - i).",
            "",
            _found(_interval_ends),
            _each(_ends),
        ),
        Claim(
            "The Receiver loses 1/(12 N^2) + b^2 (N^2 - 1)/3.",
            "",
            _found(payoff("Receiver")),
            _each(lambda bias, n: -_loss(bias, n)),
        ),
        Claim(
            "The Sender loses b^2 more, however much is told.",
            "",
            _found(payoff("Sender")),
            _each(lambda bias, n: -_loss(bias, n) - bias**2),
        ),
        Claim(
            "At a bias of 1/4 words tell nothing, and of a little less they tell something.",
            "",
            lambda model: [len(model.solve_without_certificate(bias=bias)) for bias in ("1/4", "6/25")],
            [1, 2],
        ),
        Claim(
            "At the defaults there are at most three intervals, that end at 0.1333 and 0.4667.",
            "",
            lambda model: _interval_ends(model.solve_without_certificate()[-1]),
            ["0.1333", "0.4667"],
            basis="computed",
        ),
    ),
    draws=_figure,
    theory=Theory(
        mechanism=("signalling",),
        actors="two states",
        information=("one-sided",),
        result=("reveals", "several outcomes"),
        finding="Words that cost nothing tell the less, the further apart wishes are, and nothing beyond a distance.",
        phase=("general",),
        neighbours={
            "fearon1997/sinking_costs": "There what is said costs something, and tells the more for it.",
            "kydd2005/costly_reassurance": "There a costly first step tells of motives.",
        },
    ),
)
