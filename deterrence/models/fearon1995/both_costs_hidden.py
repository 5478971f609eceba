"""Bargain or fight where each side alone knows what a war would cost it.

A Proposer demands a share; a Rival accepts, or fights and gets ``1 - p - c_B``. Against costs of the Rival spread
evenly from nothing to ``h_B`` a Proposer with cost ``c_A`` demands ``p + (h_B - c_A)/2``: the cheaper a war is for it,
the more. War comes with chance ``1/2 - h_A/(4 h_B)`` where the Proposer's own worst cost ``h_A`` is below ``h_B``, and
with ``h_B/(4 h_A)`` above. A demand tells the Rival what a war costs the Proposer, but that is nothing to the Rival.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any, NamedTuple

from deterrence.answers.measure import payoff
from deterrence.games.continuum.notation import choose, draw
from deterrence.games.notation import end, game, move, where
from deterrence.games.parameter import param, share
from deterrence.games.tree import Assumed
from deterrence.models import ask
from deterrence.models.claim import Claim
from deterrence.models.model import Model
from deterrence.models.theory import Theory


@game("Proposer", "Rival", name="both-costs-hidden")
def both_costs_hidden(
    *,
    strength: Any = share(
        0.5,
        "chance that the Proposer would win a war",
        symbol="p",
        plausible=(0.2, 0.7),
        why="from a weak to a strong Proposer that cannot ask for all",
    ),
    proposer_worst: Any = param(
        0.3,
        "the most that a war may cost the Proposer",
        low=0.01,
        high=1,
        symbol="h_A",
        plausible=(0.1, 0.8),
        why="from less than the Rival's worst cost to twice as much",
    ),
    rival_worst: Any = param(
        0.4,
        "the most that a war may cost the Rival",
        low=0.01,
        high=1,
        symbol="h_B",
        plausible=(0.1, 0.6),
        why="from little doubt to as much as a demand can make use of",
    ),
) -> Assumed:
    """Ask a rival for a share; what a war costs either side is hidden from the other."""

    def reply(own_cost: Any, war_cost: Any, demand: Any) -> Any:
        return move(
            "Rival",
            accept=end("settlement", demand, 1 - demand),
            fight=end("war", strength - own_cost, 1 - strength - war_cost),
        )

    def demanded(own_cost: Any, war_cost: Any) -> Any:
        return choose("Proposer", 0, 1, then=lambda demand: reply(own_cost, war_cost, demand))

    def below(own_cost: Any) -> Any:
        return draw(
            0,
            rival_worst,
            seen_by="Rival",
            then=lambda war_cost: demanded(own_cost, war_cost),
            name="what a war costs the Rival",
        )

    tree = draw(0, proposer_worst, seen_by="Proposer", then=below, name="what a war costs the Proposer")
    return where(tree, strength + rival_worst / 2 <= 1)


HALF, FOURTH = Fraction(1, 2), Fraction(1, 4)


class Place(NamedTuple):
    """Parameter values: strength, and the worst costs of the Proposer and of the Rival."""

    strength: Fraction
    own: Fraction
    rival: Fraction


def _left(p: Place) -> tuple[Fraction, Fraction]:
    """Return the means of z and of z^2, with z = (h_B - c)/2 the margin that a type demands, or nothing above h_B."""
    own, rival = min(p.own, p.rival), p.rival
    share_below = own / p.own
    first = HALF * (rival - own / 2) * share_below
    second = FOURTH * (rival**3 - (rival - own) ** 3) / (3 * own) * share_below
    return first, second


def _war(p: Place) -> Fraction:
    """Return how likely war is."""
    return HALF - p.own / (4 * p.rival) if p.own <= p.rival else p.rival / (4 * p.own)


PLACES = tuple(Place(*map(Fraction, row)) for row in ((".5", ".3", ".4"), (".5", ".6", ".4"), (".3", ".2", ".7")))
"""Where the Proposer's worst cost is less than the Rival's, where it is more, and with other numbers."""


def _at_places(measure: Callable[[Any], Any]) -> ask.Question:
    """Ask for a measure of the one equilibrium at each of the places."""

    def asked(model: Any) -> list[Any]:
        rows = [{"strength": p.strength, "proposer_worst": p.own, "rival_worst": p.rival} for p in PLACES]
        return [[measure(one) for one in model.solve_without_certificate(**row)] for row in rows]

    return asked


def _demands(one: Any) -> list[Any]:
    """Return what types with costs of 0.05 and 0.15 demand."""
    return [one.choices["demand"](cost) for cost in (Fraction(1, 20), Fraction(3, 20))]


def _figure(model: Any, ax: Any) -> Any:
    """Draw how likely war is over what it may cost the Proposer."""
    from deterrence.plot.canvas import axes_or_new

    ax = axes_or_new(ax, 6, 4)
    worst = [Fraction(k, 20) for k in range(2, 17, 2)]
    ax.plot(worst, [float(model.solve_without_certificate(proposer_worst=w)[0].outcomes["war"]) for w in worst])
    ax.set_xlabel("the most that a war may cost the Proposer, $h_A$")
    ax.set_ylabel("probability of war")
    return ax


MODEL = Model(
    both_costs_hidden,
    source="fearon1995",
    relation="reduction",
    changed="Costs of war that are spread evenly from nothing to a most on both sides, and one demand, which is final.",
    topic="bargaining",
    note="Illustrative payoffs; the formulas were derived again, and the work was not re-read for them.",
    assumptions=(
        "Each side alone knows what a war would cost it, and the costs of the two have nothing to do with each other.",
        "The chance of winning is known to both.",
        "No type demands more than there is: p + h_B/2 is at most 1.",
    ),
    does_not_say="""\
One demand is made, and a refusal is war. That the Proposer's cost is hidden changes what is demanded and nothing of how
it is answered, as the Rival does not care for it; where the strength of a side is hidden instead, an offer tells the
other what a war would bring, and all this changes.""",
    claims=(
        Claim(
            "A type with cost c demands p + (h_B - c)/2.",
            "",
            _at_places(_demands),
            [[[p.strength + (p.rival - c) / 2 for c in (Fraction(1, 20), Fraction(3, 20))]] for p in PLACES],
        ),
        Claim(
            "War comes with chance 1/2 - h_A/(4 h_B) where h_A is at most h_B, and h_B/(4 h_A) beyond.",
            "",
            _at_places(lambda one: one.outcomes["war"]),
            [[_war(p)] for p in PLACES],
        ),
        Claim(
            "A type of the Proposer with cost c expects p + (h_B - c)^2/(4 h_B), or p beyond h_B; on average p "
            "and the mean square of its margin over h_B.",
            "",
            _at_places(payoff("Proposer")),
            [[p.strength + _left(p)[1] / p.rival] for p in PLACES],
        ),
        Claim(
            "The Rival expects 1 - p less the mean margin, and half its mean square over h_B, which it saves by war.",
            "",
            _at_places(payoff("Rival")),
            [[1 - p.strength - _left(p)[0] + _left(p)[1] / (2 * p.rival)] for p in PLACES],
        ),
        Claim(
            "At the defaults war comes with chance 0.3125, the Proposer expects 0.54375 and the Rival 0.396875.",
            "",
            lambda model: [
                [one.outcomes["war"], one.payoffs["Proposer"], one.payoffs["Rival"]]
                for one in model.solve_without_certificate()
            ],
            [["0.3125", "0.54375", "0.396875"]],
            basis="computed",
        ),
        Claim(
            "Demands that could ask for more than all are ruled out.",
            "",
            ask.each_of(ask.admits(strength=0.81), ask.admits(strength=0.8)),
            [False, True],
            basis="own",
        ),
    ),
    draws=_figure,
    theory=Theory(
        mechanism=("bargaining",),
        actors="two states",
        information=("two-sided",),
        result=("trades off",),
        finding="A Proposer for which war is cheap asks for more; doubt about the rival's cost makes war likely.",
        phase=("general",),
        neighbours={
            "fearon1995/hidden_cost": "There the Proposer's cost of war is known.",
            "fearon1995/two_war_costs": "There the Rival has one of two costs.",
        },
    ),
)
