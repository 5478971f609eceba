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

from deterrence.answers.measure import payoff
from deterrence.continuous import Play, best_choice, continuous, largest_gain
from deterrence.continuous.search import greatest
from deterrence.games.parameter import param, share
from deterrence.models import ask
from deterrence.models.claim import Claim
from deterrence.models.model import Model
from deterrence.models.theory import Theory

PLAYERS = ("Declining", "Rising")
OUTCOMES = ("peace", "hassling", "war")
OFFER, HASSLING = "offer that would just keep the declining state from war", "hassling if there is no war"
GRID = 2001
ROUNDING = 1e-12


@continuous(
    *PLAYERS,
    outcomes=OUTCOMES,
    kind="continuous action",
    concept="subgame perfect equilibrium",
    hidden_information=False,
    name="hassling",
    assumes=lambda p: (p.decline <= p.strength,),
)
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
        "the most hassling that is possible",
        symbol=r"\bar{h}",
        plausible=(0, 1),
        why="from none, where war comes, to as much as it takes",
    ),
) -> Play:
    """Offer, hassle or fight: today's war, or tomorrow's weakness."""
    war_now = (1 + future) * strength - declining_cost

    def later(h: Any) -> Any:
        return future * (strength - decline + h - declining_cost) - hassling_cost * np.square(h) / 2

    h = best_choice(later, 0.0, min(decline, most_hassling))
    offer = war_now - float(later(h))
    given = min(1.0, max(0.0, offer))
    peace = {
        "Declining": given + float(later(h)),
        "Rising": 1 - given + future * (1 - (strength - decline + h - declining_cost)),
    }
    war = {"Declining": war_now, "Rising": (1 + future) * (1 - strength) - rising_cost}
    feasible, wanted = offer <= 1 + ROUNDING, peace["Rising"] >= war["Rising"] - ROUNDING
    happens = peace if feasible and wanted else war
    kept = "hassling" if h > 0 else "peace"
    values = (strength, decline, declining_cost, rising_cost, future, hassling_cost)
    name = (
        kept
        if happens is peace
        else "war that no offer prevents"
        if not feasible
        else "war that the rising state prefers"
    )
    return Play(
        outcomes={outcome: float(outcome == (kept if happens is peace else "war")) for outcome in OUTCOMES},
        payoffs=happens,
        strategies={OFFER: offer, HASSLING: h},
        gain=_gains(happens, (peace, war), (float(later(h)), later), (war_now, min(decline, most_hassling))),
        recomputed=_again(happens is peace, given, h, values),
        name=name,
    )


def _again(peace: bool, given: float, h: float, values: tuple[float, ...]) -> dict[str, float]:
    """Return the payoffs period by period: the division of each by the offer or by war, and what it costs."""
    strength, decline, declining_cost, rising_cost, future, hassling_cost = values
    if not peace:  # war divides both periods by today's strength
        return {
            "Declining": sum(weight * strength for weight in (1, future)) - declining_cost,
            "Rising": sum(weight * (1 - strength) for weight in (1, future)) - rising_cost,
        }
    taken = strength - (decline - h) - declining_cost  # tomorrow the most that the other would not fight over
    hassled = hassling_cost * h**2 / 2
    return {"Declining": given + future * taken - hassled, "Rising": (1 - given) + future * (1 - taken)}


def _gains(
    happens: Any, ends: tuple[Any, Any], values: tuple[float, Any], limits: tuple[float, float]
) -> dict[str, float]:
    """Return what each gains: by another amount of hassling, by war instead of the offer, by another offer."""
    (peace, war), (mine, later), (war_now, most) = ends, values, limits
    better_h = largest_gain(mine, (later(np.linspace(0, most, GRID)),))
    if happens is peace:
        declining = greatest(better_h, war_now - peace["Declining"])
        return {"Declining": declining, "Rising": greatest(0.0, war["Rising"] - peace["Rising"])}
    offers = np.linspace(0, 1, GRID)
    kept = offers[offers + mine > war_now + ROUNDING]
    total = peace["Rising"] + min(1.0, max(0.0, war_now - mine))
    return {"Declining": better_h, "Rising": greatest(0.0, *(total - kept - war["Rising"]))}


def number(name: str) -> Any:
    """Return the measure that reads the offer or the hassling."""
    return lambda equilibrium: equilibrium.strategies[name]


def _can_be_kept(**values: Any) -> ask.Question:
    """Ask whether some offer of at most everything keeps the declining state from war, without and with hassling."""

    def asked(model: Any) -> list[bool]:
        offers = [ask.value_at(number(OFFER), "", **values, most_hassling=most)(model) for most in (0, 1)]
        return [offer <= 1 + ROUNDING for offer in offers]

    return asked


def _worth(p: Any) -> float:
    h = min(p.decline, p.most_hassling, p.future / p.hassling_cost)
    return float(p.future * h - p.hassling_cost * h**2 / 2)


def _war_formula(p: Any) -> float | None:
    """Return 1 if no offer prevents war, which the rising state's costs do not enter; else 0 where it wants peace."""
    gap = p.future * p.decline - (1 - p.strength + p.declining_cost * (1 - p.future) + _worth(p))
    if gap > 0:
        return 1.0
    h = min(p.decline, p.most_hassling, p.future / p.hassling_cost)
    spare = p.declining_cost + p.rising_cost - p.hassling_cost * h**2 / 2
    return None if abs(gap) < 1e-9 or spare <= 0 else 0.0


def _values(**values: Any) -> ask.Question:
    return lambda model: [ask.value_at(number(name), "", **values)(model) for name in (HASSLING, OFFER)]


def _map(model: Any, ax: Any) -> Any:
    """Draw what happens over the decline and the cost of hassling."""
    from deterrence.analysis.sweep import sweep

    decline, cost = np.linspace(0.05, 0.7, 45).round(4), np.linspace(0.5, 15, 45).round(4)
    return sweep(model.game, "war", decline=decline, hassling_cost=cost).plot_classes(ax=ax)


EQUAL = {"declining_cost": 0.05, "rising_cost": 0.05, "future": 1}
TWO = {"strength": 0.8, "decline": 0.6, "declining_cost": 0.02, "rising_cost": 0.05, "future": 1}

MODEL = Model(
    hassling,
    source="schram2021",
    relation="reduction",
    changed="Two periods, where the work's relation has no last one.",
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
            lambda model: [*_can_be_kept(**TWO, hassling_cost=2)(model), _values(**TWO, hassling_cost=2)(model)[0]],
            [False, False, "0.5"],
            basis="computed",
        ),
        Claim(
            "At k = 20 hassling of 0.05 is too little too.",
            "",
            lambda model: [
                *_can_be_kept(**EQUAL, hassling_cost=20)(model),
                _values(**EQUAL, hassling_cost=20)(model)[0],
            ],
            [False, False, "0.05"],
            basis="computed",
        ),
        Claim(
            "At the defaults hassling is what prevents the war.",
            "abstract",
            lambda model: [ask.value_at("war", most_hassling=most)(model) for most in (0, 1)],
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
            ask.each_of(*(ask.value_at(payoff(player), "", most_hassling=0) for player in PLAYERS)),
            # 2 0.7 - 0.05 and 2 0.3 - 0.1
            ["1.350000", "0.500000"],
            basis="computed",
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
