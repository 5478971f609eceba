"""Weaken a rising rival a little, instead of fighting it now.

A declining state fights a preventive war if what it loses by waiting outweighs what the rising state can offer today.
Low-level operations slow the rise: of ``h``, at a cost of ``k h**2 / 2``. They are worth ``G = max (delta h - k h**2 /
2)`` to the declining state, so that an offer can keep it from war as long as ``delta D <= 1 - p + c_A (1 - delta) +
G``, and without them only up to ``1 - p + c_A (1 - delta)``. The rising state makes the offer only if peace with
hassling is worth more to it than the war.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from deterrence.answers.measure import as_measure, payoff
from deterrence.games.continuum.notation import choose
from deterrence.games.notation import end, game, move, where
from deterrence.games.parameter import param, share
from deterrence.models import ask
from deterrence.models.claim import Claim
from deterrence.models.model import Model
from deterrence.models.theory import Theory
from deterrence.solvers.solve import solve

PLAYERS = ("Declining", "Rising")


def offered(later: Any, war: tuple[Any, Any]) -> Any:
    """Write the tree: an offer of today's good, which is taken or answered with war, and what comes later.

    Parameters
    ----------
    later
        Called with the offer; what follows where it is taken.
    war
        What the declining and the rising state have in a war, today and later.
    """
    return choose(
        "Rising",
        0,
        1,
        then=lambda offer: move("Declining", accept=later(offer), fight=end("war", *war)),
        name="what the declining state is offered of today's good",
    )


@game(*PLAYERS)
def hassling(
    *,
    strength: Any = share(
        0.7,
        "chance that the declining state wins a war now",
        symbol="p",
        plausible=(0.45, 0.95),
        why="a declining state that is still about as strong or stronger",
    ),
    decline: Any = share(
        0.4,
        "how much less that chance is later, unhindered",
        symbol="D",
        plausible=(0.05, 0.7),
        why="from a slight shift of power to a turned balance",
    ),
    declining_cost: Any = param(
        0.05,
        "cost of war to the declining state",
        low=0,
        high=0.5,
        symbol="c_A",
        plausible=(0, 0.2),
        why="holds 0.025, from which peace by hassling beats war",
    ),
    rising_cost: Any = param(
        0.1,
        "cost of war to the rising state",
        low=0,
        high=0.5,
        symbol="c_B",
        plausible=(0, 0.3),
        why="holds 0.075, from which the rising state buys peace",
    ),
    future: Any = param(
        1,
        "weight of the future against today",
        low=0,
        high=3,
        symbol=r"\delta",
        plausible=(0.25, 2),
        why="from a short look ahead to twice today's weight",
    ),
    hassling_cost: Any = param(
        4,
        "how fast hassling becomes costly",
        low=0.5,
        high=40,
        symbol="k",
        plausible=(0.5, 20),
        why="above 5 hassling no longer prevents the war",
    ),
    most_hassling: Any = share(
        1,
        "the most hassling that is possible, as a part of the decline",
        symbol="m",
        plausible=(0, 1),
        why="from none, where war comes, to as much as it takes",
    ),
) -> Any:
    """Offer, hassle or fight: today's war, or tomorrow's weakness."""
    war = (1 + future) * strength - declining_cost, (1 + future) * (1 - strength) - rising_cost

    def hassle(offer: Any) -> Any:
        def shared(effort: Any) -> Any:
            taken = strength - (decline - effort) - declining_cost  # the most that the other would not fight over
            paid = hassling_cost * effort**2 / 2
            return end("hassling", offer + future * taken - paid, 1 - offer + future * (1 - taken))

        return choose("Declining", 0, most_hassling * decline, then=lambda effort: shared(effort), name="hassling")  # noqa: PLW0108  (its argument names the number)

    return where(offered(hassle, war), decline <= strength)


@game(*PLAYERS, name="no hassling")
def without_hassling(
    *,
    strength: Any = share(0.7, "chance that the declining state wins a war now", symbol="p"),
    decline: Any = share(0.4, "how much less that chance is later", symbol="D"),
    declining_cost: Any = param(0.05, "cost of war to the declining state", low=0, high=0.5, symbol="c_A"),
    rising_cost: Any = param(0.1, "cost of war to the rising state", low=0, high=0.5, symbol="c_B"),
    future: Any = param(1, "weight of the future against today", low=0, high=3, symbol=r"\delta"),
) -> Any:
    """Offer or fight: the same without a way to slow the rise."""
    war = (1 + future) * strength - declining_cost, (1 + future) * (1 - strength) - rising_cost
    taken = strength - decline - declining_cost

    def peace(offer: Any) -> Any:
        return end("peace", offer + future * taken, 1 - offer + future * (1 - taken))

    return where(offered(peace, war), decline <= strength)


def hassling_in(equilibrium: Any) -> Any:
    """Return how much the declining state hassles where it takes an offer, on the path or off it."""
    return equilibrium.choices["effort"]


def least_accepted(equilibrium: Any) -> Any:
    """Return the least offer that keeps the declining state from war, or None where there is none."""
    cases = equilibrium.strategies["Declining"].cases
    taken = [case for case in cases if any(action == "accept" for action, _ in case.pieces[0].actions)]
    return min((low for case in taken for _, low, _ in case.given), default=0) if taken else None


def _can_be_kept(**values: Any) -> ask.Question:
    """Ask whether some offer keeps the declining state from war, without and with hassling."""

    def asked(model: Any) -> list[bool]:
        solutions = [
            without_hassling.at({k: v for k, v in values.items() if k != "hassling_cost"}),
            model.game.at(values),
        ]
        return [least_accepted(solve(game)[0]) is not None for game in solutions]

    return asked


def _without(measure: Any) -> Any:
    """Return a measure at the defaults where nothing can slow the rise."""
    (value,) = {as_measure(measure)(one) for one in solve(without_hassling)}
    return value


def _most(p: Any) -> float:
    """Return how much it pays to hassle."""
    return float(min(p.decline * p.most_hassling, p.future / p.hassling_cost))


def _worth(p: Any) -> float:
    return float(p.future * _most(p) - p.hassling_cost * _most(p) ** 2 / 2)


def _war_formula(p: Any) -> float | None:
    """Return 1 if no offer prevents war, which the rising state's costs do not enter; else 0 where it wants peace."""
    gap = p.future * p.decline - (1 - p.strength + p.declining_cost * (1 - p.future) + _worth(p))
    if gap > 0:
        return 1.0
    spare = p.declining_cost + p.rising_cost - p.hassling_cost * _most(p) ** 2 / 2
    return None if abs(gap) < 1e-9 or spare <= 0 else 0.0


def _values(**values: Any) -> ask.Question:
    return lambda model: [ask.value_at(measure, "", **values)(model) for measure in (hassling_in, least_accepted)]


def _map(model: Any, ax: Any) -> Any:
    """Draw what happens over the decline and the cost of hassling."""
    from deterrence.analysis.sweep import sweep

    decline, cost = np.linspace(0.05, 0.7, 14).round(4), np.linspace(0.5, 15, 15).round(4)
    return sweep(model.game, "war", decline=decline, hassling_cost=cost).plot_classes(ax=ax)


EQUAL = {"declining_cost": 0.05, "rising_cost": 0.05, "future": 1}
TWO = {"strength": 0.8, "decline": 0.6, "declining_cost": 0.02, "rising_cost": 0.05, "future": 1}

MODEL = Model(
    hassling,
    source="schram2021",
    relation="reduction",
    changed="Two periods, where the work's relation has no last one; hassling is at most a part of the decline.",
    topic="grey zone",
    note=(
        "Recalled, not re-read; not the full model. Numbers are illustrative. Whether the rising state wants the "
        "peace it could buy is part of the answer here."
    ),
    assumptions=(
        "Everything is known to both; the rising state offers, the declining one takes the offer or fights.",
        "Hassling lowers the rise one for one, at an increasing cost to the declining state alone.",
        "War settles both periods.",
    ),
    claims=(
        Claim(
            "No offer prevents war where delta D > 1 - p + c_A (1 - delta) + G, and one does below.",
            "",
            ask.matches("war", _war_formula),
        ),
        Claim(
            "At p = 0.7, D = 0.4, costs of 0.05, delta = 1 and k = 4 no offer keeps the peace without hassling; with "
            "it one does.",
            "",
            _can_be_kept(**EQUAL),
            [False, True],
            basis="computed",
        ),
        Claim(
            "The hassling is then 0.25 and the offer 0.975.",
            "",
            _values(**EQUAL),
            ["0.25", "0.975"],
            basis="computed",
        ),
        Claim(
            "At p = 0.8, D = 0.6, c_A = 0.02 and k = 2 no offer does either way; the hassling would be 0.5.",
            "",
            lambda model: [
                *_can_be_kept(**TWO, hassling_cost=2)(model),
                ask.value_at(hassling_in, "", **TWO, hassling_cost=2)(model),
            ],
            [False, False, "0.5"],
            basis="computed",
        ),
        Claim(
            "At k = 20 hassling of 0.05 is too little too.",
            "",
            lambda model: [
                *_can_be_kept(**EQUAL, hassling_cost=20)(model),
                ask.value_at(hassling_in, "", **EQUAL, hassling_cost=20)(model),
            ],
            [False, False, "0.05"],
            basis="computed",
        ),
        Claim(
            "At the defaults hassling is what prevents the war.",
            "abstract",
            lambda model: [_without("war"), ask.value_at("war")(model)],
            [1, 0],
        ),
        Claim(
            "There the rising state buys that peace at a cost of war of 0.08 and not at 0.07: hassling must cost less "
            "than war does both, k h**2 / 2 <= c_A + c_B.",
            "",
            lambda model: [ask.value_at("war", rising_cost=cost)(model) for cost in (0.07, 0.08)],
            [1, 0],
        ),
        Claim(
            "At the defaults the two expect 1.35 and 0.525, and 1.35 and 0.53 in the war at c_B = 0.07; at delta = 0.5 "
            "and k = 2 they expect 1 and 0.4375.",
            "",
            ask.each_of(
                *(
                    ask.value_at(payoff(player), "", **values)
                    for values in ({}, {"rising_cost": 0.07}, {"future": 0.5, "hassling_cost": 2})
                    for player in PLAYERS
                )
            ),
            # an offer leaves the declining state what war does, 2 0.7 - 0.05; the other keeps 1 - 0.975 and half of
            # tomorrow, or 2 0.3 - 0.07; at delta = 0.5: 1.5 0.7 - 0.05, an offer of 1 - 0.1875, and 0.1875 + 0.5 0.5
            ["1.350000", "0.525000", "1.350000", "0.530000", "1.000000", "0.437500"],
            basis="computed",
        ),
        Claim(
            "Without hassling there would be a war at the defaults, which leaves the two 1.35 and 0.5.",
            "",
            lambda _: [_without(payoff(player)) for player in PLAYERS],
            # 2 0.7 - 0.05 and 2 0.3 - 0.1
            ["1.350000", "0.500000"],
            basis="computed",
        ),
        Claim(
            "A state can lose all the power it has, and no more.",
            "",
            ask.each_of(ask.admits(strength=0.5, decline=0.5), ask.admits(strength=0.5, decline=0.6)),
            [True, False],
            basis="own",
        ),
    ),
    draws=_map,
    does_not_say="""\
Hassling is open and cannot be answered in kind or mistaken for the start of a war. The offer is about one good that
can be divided at will. That hassling wastes resources does not show in who wins.""",
    theory=Theory(
        mechanism=("shifting power", "bargaining"),
        actors="two states",
        information=("complete",),
        result=("deters", "trades off"),
        finding="To weaken a rising rival a little can keep the peace that its rise would end.",
        means=("denial",),
        neighbours={
            "fearon1995/shifting_power": "There the rise cannot be slowed.",
            "gannon2024/calibrated_provocation": "There low violence is for gain, not for delay.",
        },
    ),
    related=("gannon2024",),
)
