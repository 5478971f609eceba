"""Tied hands of any size: a price of backing down that all take on, and nobody pays.

A Defender alone knows what the prize is worth to it, anywhere between 0 and 1. It may bind itself to pay any amount
``m`` if it is attacked and yields; a Challenger attacks or not; a Defender that is attacked fights, at a cost ``c``, or
yields. Bound by ``m`` it fights if the prize is worth more than ``c - m``. A Challenger that loses ``k`` in war stays
away from who fights with chance ``1/(1 + k)``. So all bind themselves by ``c - k/(1 + k)`` or more: nobody is attacked.
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


@game("Defender", "Challenger", name="hands-of-any-size")
def hands_of_any_size(
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
    """Bind oneself as much as one likes; attack or not; then fight or yield."""

    def attacked(worth: Any, bound: Any) -> Any:
        return move(
            "Defender",
            information="attacked",
            concede=end("concession", -bound, 1),
            fight=end("war", worth - war, -challenger_war),
        )

    def seen(worth: Any, bound: Any) -> Any:
        return move("Challenger", leave=end("status quo", worth, 0), attack=attacked(worth, bound))

    def below(worth: Any) -> Any:
        return choose("Defender", 0, 1, then=lambda bound: seen(worth, bound))

    tree = draw(0, 1, seen_by="Defender", then=below, name="what the prize is worth to the Defender")
    return where(tree, (1 - war) * (1 + challenger_war) < 1)


def least(war: Fraction, challenger_war: Fraction) -> Fraction:
    """Return the least price of backing down at which enough types would fight."""
    return war - challenger_war / (1 + challenger_war)


PLACES = tuple((Fraction(c), Fraction(k)) for c, k in (("0.6", "0.5"), ("0.8", "1"), ("0.5", "0.25")))
"""What a war costs the two."""


def _at_places(*measures: Callable[[Any], Any]) -> ask.Question:
    """Ask for measures of the equilibrium at each of the places."""

    def asked(model: Any) -> list[Any]:
        found = (model.solve_without_certificate(war=c, challenger_war=k) for c, k in PLACES)
        return [[measure(one) for measure in measures] for solution in found for one in solution]

    return asked


def _least_and_reply(one: Any) -> list[Any]:
    """Return the least price, and the worth above which who took it on would fight."""
    price = one.choices["bound"]
    return [price, *one.strategies["attacked"].cutoffs_at({"bound": price})]


def _figure(model: Any, ax: Any) -> Any:
    """Draw the least price of backing down over what a war costs the Challenger."""
    from deterrence.plot.canvas import axes_or_new

    ax = axes_or_new(ax, 6, 4)
    costs = [Fraction(k, 10) for k in range(1, 15, 2)]
    bound = [float(model.solve_without_certificate(challenger_war=k)[0].choices["bound"]) for k in costs]
    ax.plot([float(k) for k in costs], bound)
    ax.set_xlabel("what a war costs the Challenger, $k$")
    ax.set_ylabel("the least price of backing down that deters")
    return ax


MODEL = Model(
    hands_of_any_size,
    source="fearon1997",
    relation="reduction",
    changed=(
        "The Challenger's payoffs are known, a war brings the Defender what the prize is worth less a cost, and all "
        "worths from 0 to 1 are equally likely."
    ),
    topic="signalling",
    related=("banks1987",),
    note="Illustrative payoffs. Solved under D1. Recalled, not re-read.",
    assumptions=(
        "The price is paid by who is attacked and yields, and by nobody else; it is seen before the attack.",
        "The Defender alone knows what the prize is worth to it; all values from 0 to 1 are equally likely.",
        "Without a price the Challenger would attack: (1 - c)(1 + k) is below 1.",
        "A price that nobody takes on is taken to be that of the types that would gain most by it (D1).",
    ),
    does_not_say="""\
Where a price of backing down comes from is not said, nor that any of the size that is needed can be had. As nobody is
attacked, nobody pays it: all do as well by any that is high enough. Where the Challenger's resolve is hidden, too, some
are attacked all the same, and then bound to fight.""",
    method=D1(),
    claims=(
        Claim(
            "The least price that keeps the Challenger away is c - k/(1 + k): bound by it, all to whom the prize is "
            "worth k/(1 + k) would fight.",
            "",
            _at_places(_least_and_reply),
            [[[least(c, k), k / (1 + k)]] for c, k in PLACES],
        ),
        Claim(
            "Nobody is attacked.",
            "",
            _at_places(lambda one: one.outcomes["status quo"]),
            [[1]] * len(PLACES),
        ),
        Claim(
            "The Defender keeps what the prize is worth, 1/2 on average, and the Challenger gets nothing.",
            "",
            _at_places(payoff("Defender"), payoff("Challenger")),
            [["0.5", 0]] * len(PLACES),
        ),
        Claim(
            "At the defaults the price is 0.2667, less than the sunk cost of 0.4 that deters as surely.",
            "",
            lambda model: [one.choices["bound"] for one in model.solve_without_certificate()],
            ["0.2667"],
            basis="computed",
        ),
        Claim(
            "Without a price there would be an attack.",
            "",
            ask.each_of(ask.admits(war=0.5, challenger_war=1), ask.admits(war=0.5, challenger_war=0.99)),
            [False, True],
            basis="own",
        ),
    ),
    draws=_figure,
    theory=Theory(
        mechanism=("audience costs", "signalling", "commitment"),
        actors="two states",
        information=("one-sided",),
        result=("deters",),
        finding="A price of backing down deters although all take it on, as it makes more of them fight.",
        means=("punishment",),
        phase=("general",),
        neighbours={
            "fearon1997/tying_hands": "There are two types and one price.",
            "fearon1997/costs_of_any_size": "There what is spent is gone in any case, and tells types apart.",
        },
    ),
)
