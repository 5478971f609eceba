"""Sunk costs of any size: who would yield pays to look like who would fight.

A Defender alone knows what the prize is worth to it, anywhere between 0 and 1. It may spend any amount ``m``, which is
gone; a Challenger attacks or not; a Defender that is attacked fights, at a cost ``c``, or yields. Fighting is worth it
above ``c``. A Challenger that loses ``k`` in war and gains 1 by a concession stays away from who fights with chance
``1/(1 + k)``. So all types above ``1 - (1 - c)(1 + k)`` spend just that amount, and are left alone: some of them bluff.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from deterrence.answers.measure import payoff
from deterrence.games.continuum.notation import choose, draw
from deterrence.games.notation import end, game, move, where
from deterrence.games.parameter import param, share
from deterrence.games.tree import Assumed
from deterrence.models import ask
from deterrence.models.claim import Claim
from deterrence.models.model import Model
from deterrence.models.theory import Theory
from deterrence.refinements.d1 import D1


@game("Defender", "Challenger", name="costs-of-any-size")
def costs_of_any_size(
    *,
    war: Any = share(
        0.6,
        "what a war costs the Defender",
        symbol="c",
        plausible=(0.5, 0.7),
        why="some would fight, and too few to deter by themselves",
    ),
    challenger_war: Any = param(
        0.5,
        "what a war costs the Challenger, to which a concession is worth 1",
        low=0.01,
        high=5,
        symbol="k",
        plausible=(0.3, 0.9),
        why="less than what a concession brings",
    ),
) -> Assumed:
    """Spend as much as one likes; attack or not; then fight or yield."""

    def attacked(worth: Any, spent: Any) -> Any:
        return move(
            "Defender",
            information="attacked",
            concede=end("concession", -spent, 1),
            fight=end("war", worth - war - spent, -challenger_war),
        )

    def seen(worth: Any, spent: Any) -> Any:
        return move("Challenger", leave=end("status quo", worth - spent, 0), attack=attacked(worth, spent))

    def below(worth: Any) -> Any:
        return choose("Defender", 0, 1, then=lambda spent: seen(worth, spent))

    tree = draw(0, 1, seen_by="Defender", then=below, name="what the prize is worth to the Defender")
    return where(tree, (1 - war) * (1 + challenger_war) < 1)


def least(war: Fraction, challenger_war: Fraction) -> Fraction:
    """Return the least amount that keeps the Challenger away: above it so many types lie that enough would fight."""
    return 1 - (1 - war) * (1 + challenger_war)


PLACES = tuple((Fraction(c), Fraction(k)) for c, k in (("0.6", "0.5"), ("0.8", "1"), ("0.5", "0.25")))
"""What a war costs the two."""


def _at_places(*measures: Callable[[Any], Any]) -> ask.Question:
    """Ask for measures of the equilibrium at each of the places."""

    def asked(model: Any) -> list[Any]:
        found = (model.solve_without_certificate(war=c, challenger_war=k) for c, k in PLACES)
        return [[measure(one) for measure in measures] for solution in found for one in solution]

    return asked


def _range(one: Any) -> Any:
    return one.free[("Defender", "spent")]


def _figure(model: Any, ax: Any) -> Any:
    """Draw what is spent over what a war costs the Challenger."""
    from deterrence.plot.canvas import axes_or_new

    ax = axes_or_new(ax, 6, 4)
    costs = [Fraction(k, 10) for k in range(1, 15, 2)]
    spent = [float(model.solve_without_certificate(challenger_war=k)[0].choices["spent"](1)) for k in costs]
    ax.plot([float(k) for k in costs], spent)
    ax.set_xlabel("what a war costs the Challenger, $k$")
    ax.set_ylabel("what those who signal spend")
    return ax


MODEL = Model(
    costs_of_any_size,
    source="fearon1997",
    relation="reduction",
    changed=(
        "The Challenger's payoffs are known, a war brings the Defender what the prize is worth less a cost, and all "
        "worths from 0 to 1 are equally likely."
    ),
    topic="signalling",
    related=("banks1987",),
    note="Illustrative payoffs. Solved under D1: without it nearly any amount may be spent. Recalled, not re-read.",
    assumptions=(
        "What is spent is gone, whatever follows, and is seen.",
        "The Defender alone knows what the prize is worth to it; all values from 0 to 1 are equally likely.",
        "Without a signal the Challenger would attack: (1 - c)(1 + k) is below 1.",
        "An amount that nobody spends is taken to come from the types that would gain most by it (D1).",
    ),
    does_not_say="""\
That the least costly amount is spent is chosen for print: D1 leaves all amounts up to what a war costs. Nobody fights,
as the Challenger's resolve is known. Where it is hidden, too, a signal brings a risk of war.""",
    method=D1(),
    claims=(
        Claim(
            "Amounts from 1 - (1 - c)(1 + k) to c keep the Challenger away.",
            "",
            _at_places(_range),
            [[(least(c, k), c)] for c, k in PLACES],
        ),
        Claim(
            "Those to whom the prize is worth the least of these spend it; the others spend nothing, and concede.",
            "",
            _at_places(
                lambda one: one.choices["spent"](1),
                lambda one: one.choices["spent"](0),
                lambda one: one.outcomes["concession"],
            ),
            [[least(c, k), 0, least(c, k)] for c, k in PLACES],
        ),
        Claim(
            "There is no war.",
            "",
            _at_places(lambda one: one.outcomes["war"]),
            [[0]] * len(PLACES),
        ),
        Claim(
            "The Defender expects half the square of the share that signals, and the Challenger what is conceded.",
            "",
            _at_places(payoff("Defender"), payoff("Challenger")),
            [[(1 - least(c, k)) ** 2 / 2, least(c, k)] for c, k in PLACES],
        ),
        Claim(
            "At the defaults 0.6 of all types spend 0.4, of which a third would not have fought.",
            "",
            lambda model: [
                [one.choices["spent"](1), one.outcomes["status quo"]] for one in model.solve_without_certificate()
            ],
            [["0.4", "0.6"]],
            basis="computed",
        ),
        Claim(
            "Without a signal there would be an attack.",
            "",
            ask.each_of(ask.admits(war=0.5, challenger_war=1), ask.admits(war=0.5, challenger_war=0.99)),
            [False, True],
            basis="own",
        ),
    ),
    draws=_figure,
    theory=Theory(
        mechanism=("signalling",),
        actors="two states",
        information=("one-sided",),
        result=("reveals", "deters"),
        finding="A sunk cost deters if it is so high that enough of those who pay it would fight; some still bluff.",
        means=("punishment",),
        phase=("general",),
        neighbours={
            "fearon1997/sinking_costs": "There are two types and one amount.",
            "fearon1997/hands_of_any_size": "There only who is attacked and concedes pays.",
            "spence1973/strength_signal": "There the same amount costs a strong type less.",
        },
    ),
)
