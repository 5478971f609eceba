"""Bargain with a rival whose cost of war lies hidden between two ends.

The Proposer asks for a share x; the Rival accepts if its cost of war is at least ``x - p``, where p is the
Proposer's chance to win. Asking for more gains more from those who accept, and meets more who fight. With costs
spread evenly from l to h the best demand is ``p + max(l, (h - c_A) / 2)``, at most 1, so war is possible exactly
where the Proposer's own cost is below ``h - 2 l``. With the Rival's cost known there would be none.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from deterrence.answers.measure import payoff
from deterrence.continuous import ContinuousGame, Play, Types, Uniform, best_choice, continuous, family, largest_gain
from deterrence.continuous.types import midpoints
from deterrence.games.parameter import param, share
from deterrence.models import ask
from deterrence.models.claim import Claim
from deterrence.models.model import Model
from deterrence.models.theory import Theory

PLAYERS = ("Proposer", "Rival")
OUTCOMES = ("settlement", "war")
FINE = 4001
NEVER = 1e-9


def bargain(strength: float, proposer_cost: float, costs: Types) -> Play:
    """Return the equilibrium: the demand that pays best against all costs of war the Rival may have."""

    def payoff(demand: Any) -> Any:
        fight = costs.cdf(demand - strength)
        return demand * (1 - fight) + (strength - proposer_cost) * fight

    ends = [strength + float(costs.ppf(q)) for q in (0, 1)]
    demand = best_choice(payoff, 0.0, 1.0, corners=ends)
    war = float(costs.cdf(demand - strength))
    rival = (1 - demand) * (1 - war) + (1 - strength) * war - costs.mean_below(demand - strength)
    mine, types, cutoff = float(payoff(demand)), midpoints(costs), demand - strength
    fight, accept = 1 - strength - types, np.full(len(types), 1 - demand)
    fights = types < cutoff
    return Play(
        outcomes={"settlement": 1 - war, "war": war},
        payoffs={"Proposer": mine, "Rival": rival},
        strategies={"demand": demand, "cost below which the Rival fights": demand - strength},
        gain={
            "Proposer": largest_gain(mine, (payoff(np.linspace(0.0, 1.0, FINE)),)),
            "Rival": largest_gain(np.where(fights, fight, accept), (fight, accept)),
        },
        recomputed={
            "Proposer": float(np.mean(np.where(fights, strength - proposer_cost, demand))),
            "Rival": float(np.mean(np.where(fights, fight, accept))),
        },
        name="risky demand" if war > NEVER else "safe demand",
    )


@continuous(*PLAYERS, outcomes=OUTCOMES, name="hidden-cost", assumes=lambda p: (p.lowest_cost < p.highest_cost,))
def hidden_cost(
    *,
    strength: Any = share(
        0.5,
        "chance that the Proposer would win a war",
        symbol="p",
        plausible=(0.1, 0.9),
        why="from a weak to a strong Proposer, neither sure to win",
    ),
    proposer_cost: Any = param(
        0.1,
        "the Proposer's cost of war",
        low=0,
        high=1,
        symbol="c_A",
        plausible=(0, 0.6),
        why="range of this model's map: past h - 2l, without war",
    ),
    lowest_cost: Any = param(
        0,
        "the least cost of war that the Rival may have",
        low=0,
        high=1,
        symbol="l",
        plausible=(0, 0.2),
        why="low: some rivals hardly mind war, or all mind somewhat",
    ),
    highest_cost: Any = param(
        0.4,
        "the greatest cost of war that the Rival may have",
        low=0,
        high=1,
        symbol="h",
        plausible=(0.05, 1),
        why="range of this model's map: hardly any doubt, to the whole pie",
    ),
) -> Play:
    """Ask a rival for a share; its cost of war is hidden and spread evenly between two ends."""
    return bargain(strength, proposer_cost, Uniform(lowest_cost, highest_cost))


@family
def with_costs(costs: Any) -> ContinuousGame:
    """Return the same model where the Rival's cost of war has any distribution.

    Parameters
    ----------
    costs
        A frozen continuous SciPy distribution, such as ``scipy.stats.norm(0.2, 0.05)``.

    Examples
    --------
    >>> import deterrence as dt
    >>> from scipy import stats
    >>> from deterrence.models.fearon1995.hidden_cost import with_costs
    >>> round(dt.solve(with_costs(stats.norm(0.2, 0.05)))[0].probability("war"), 4)
    0.109
    """
    from deterrence.continuous import types_from

    known = types_from(costs)

    @continuous(*PLAYERS, outcomes=OUTCOMES, name="hidden-cost")
    def bargaining(
        *,
        strength: Any = share(
            0.5,
            "chance that the Proposer would win a war",
            symbol="p",
            plausible=(0.1, 0.9),
            why="from a weak to a strong Proposer, neither sure to win",
        ),
        proposer_cost: Any = param(
            0.1,
            "the Proposer's cost of war",
            low=0,
            high=1,
            symbol="c_A",
            plausible=(0, 0.6),
            why="from a free war to one that costs most of the pie",
        ),
    ) -> Play:
        """Ask a rival for a share; its cost of war is hidden."""
        return bargain(strength, proposer_cost, known)

    return bargaining


def demand(equilibrium: Any) -> float:
    """Return what the Proposer asks for."""
    return float(equilibrium.strategies["demand"])


def _best_demand(p: Any) -> float:
    return min(1.0, p.strength + max(p.lowest_cost, (p.highest_cost - p.proposer_cost) / 2))


def _war(p: Any) -> float:
    return float(np.clip((_best_demand(p) - p.strength - p.lowest_cost) / (p.highest_cost - p.lowest_cost), 0, 1))


def _war_in_the_interior(p: Any) -> float | None:
    """Return the chance of war where the demand lies between what all types accept and everything."""
    beyond = (p.highest_cost - p.proposer_cost) / 2
    inside = p.lowest_cost < beyond < 1 - p.strength
    return (beyond - p.lowest_cost) / (p.highest_cost - p.lowest_cost) if inside else None


def _at(measure: Any, p: float, c: float, low: float, high: float) -> ask.Question:
    values = {"strength": p, "proposer_cost": c, "lowest_cost": low, "highest_cost": high}
    return ask.value_at(measure, "", **values)


def _with_normal_costs(measure: Any) -> ask.Question:
    def asked(_model: Any) -> Any:
        from scipy import stats

        from deterrence.solvers.solve import solve

        return measure(solve(with_costs(stats.norm(0.2, 0.05)))[0])

    return asked


def _last_cost_with_war(model: Any) -> Any:
    from deterrence.analysis.threshold import threshold

    game = model.game.at(lowest_cost=0.05, highest_cost=0.4)
    return threshold(game, "proposer_cost", "war").boundaries[0].value


def _map(model: Any, ax: Any) -> Any:
    """Draw the chance of war over the Proposer's cost and the greatest cost of the Rival."""
    from deterrence.analysis.sweep import sweep

    costs, greatest = np.linspace(0, 0.6, 31), np.linspace(0.05, 1, 31)
    swept = sweep(model.game, "war", proposer_cost=costs.round(4), highest_cost=greatest.round(4))
    return swept.plot(ax=ax)


MODEL = Model(
    hidden_cost,
    source="fearon1995",
    relation="reduction",
    changed=(
        "The work's ultimatum with one private cost of war, which is spread evenly here and has any distribution there."
    ),
    topic="bargaining",
    note=(
        "Recalled, not re-read; pages are those that another account of the article gives. `with_costs` takes any "
        "distribution. The defaults are reference numbers."
    ),
    assumptions=(
        "The Proposer makes one demand, which the Rival accepts or answers with war.",
        "The Rival's cost of war is known to it alone; all else is known to both.",
        "A war is won with a known chance, and both pay for it.",
    ),
    claims=(
        Claim(
            "The best demand is p + max(l, (h - c_A) / 2), at most 1.",
            "",
            ask.matches(demand, _best_demand),
        ),
        Claim(
            "The chance of war is the share of costs that the demand exceeds.",
            "pp. 394-395; Claim 2, pp. 410-411",
            ask.matches("war", _war),
        ),
        Claim(
            "In the interior the chance of war is ((h - c_A) / 2 - l) / (h - l), with l = 0 (1 - c_A / h) / 2, "
            "whatever the balance of power.",
            "",
            ask.matches("war", _war_in_the_interior),
        ),
        Claim(
            "More uncertainty, a higher greatest cost, means more war.",
            "",
            ask.moves("highest_cost", "war", "rises"),
        ),
        Claim(
            "A costlier war for the Proposer never means more war.",
            "",
            ask.moves("proposer_cost", "war", "does not rise"),
        ),
        Claim("There is no war once the Proposer's cost reaches h - 2 l.", "", _last_cost_with_war, "0.300000"),
        Claim(
            "At the defaults the demand is 0.65.",
            "",
            ask.value_at(demand),
            "0.650000",
            basis="computed",
        ),
        Claim(
            "At the defaults war has probability 0.375.",
            "",
            ask.value_at("war"),
            "0.375000",
            basis="computed",
        ),
        Claim(
            "At the defaults the Proposer expects 0.55625.",
            "",
            ask.value_at(lambda equilibrium: equilibrium.payoffs["Proposer"]),
            "0.556250",
            basis="computed",
        ),
        Claim(
            "A Proposer whose own war costs 0.5 asks for what all accept.",
            "",
            lambda model: (_at(demand, 0.5, 0.5, 0, 0.4)(model), _at("war", 0.5, 0.5, 0, 0.4)(model)),
            ("0.500000", "0.000000"),
            basis="computed",
        ),
        Claim(
            "A strong Proposer asks for everything.",
            "",
            lambda model: (
                *(
                    _at(measure, 0.9, 0, 0, 0.4)(model)
                    for measure in (demand, "war", lambda it: it.payoffs["Proposer"])
                ),
            ),
            ("1.000000", "0.250000", "0.975000"),
            basis="computed",
        ),
        Claim(
            "With normal costs of mean 0.2 and standard deviation 0.05 the demand is 0.638416.",
            "",
            _with_normal_costs(demand),
            "0.638416",
            basis="computed",
        ),
        Claim(
            "With them war has probability 0.109036.",
            "",
            _with_normal_costs(lambda equilibrium: equilibrium.probability("war")),
            "0.109036",
            basis="computed",
        ),
        Claim(
            "Sanctions that raise the Rival's cost of refusing by the same amount raise the demand.",
            "",
            lambda model: [
                ask.value_at(demand, "", lowest_cost=extra, highest_cost=0.4 + extra)(model) for extra in (0, 0.1)
            ],
            ["0.650000", "0.700000"],
        ),
        Claim(
            "At the defaults the Rival expects 0.378125; if the Proposer is strong, p = 0.9 and c_A = 0, it expects "
            "0.0125.",
            "",
            ask.each_of(
                ask.value_at(payoff("Rival")),
                ask.value_at(payoff("Rival"), "", strength=0.9, proposer_cost=0),
            ),
            # 0.625 0.35 + 0.375 0.5 - (0.15**2 / 2) / 0.4; 0.25 0.1 - (0.1**2 / 2) / 0.4
            ["0.378125", "0.012500"],
            basis="computed",
        ),
        Claim(
            "With costs between 0.05 and 0.45, p = 0.4 and c_A = 0.1, the demand is 0.575, war has 0.3125, and the two "
            "expect 0.489063 and 0.444531.",
            "",
            ask.each_of(
                *(
                    _at(measure, 0.4, 0.1, 0.05, 0.45)
                    for measure in (demand, "war", payoff("Proposer"), payoff("Rival"))
                )
            ),
            # 0.6875 0.575 + 0.3125 0.3; 0.6875 0.425 + 0.3125 0.6 - (0.175**2 - 0.05**2) / 2 / 0.4
            ["0.575000", "0.312500", "0.489063", "0.444531"],
            basis="computed",
        ),
        Claim(
            "So the demand is risky at the defaults, and safe where the Proposer's own war costs 0.5.",
            "",
            ask.each_of(ask.classes_at(), ask.classes_at(proposer_cost=0.5)),
            [{"risky demand"}, {"safe demand"}],
        ),
    ),
    draws=_map,
    does_not_say="""\
There is one demand and one answer: no counter-offer, no delay from which one might learn, and no war that can
be stopped. That the stakes can be divided, and that both know the balance of power, is assumed.""",
    theory=Theory(
        mechanism=("bargaining",),
        actors="two states",
        information=("one-sided",),
        result=("war without a mistake",),
        finding=(
            "A demand that gains most on average meets some rivals who fight: the price of asking one who knows its "
            "cost."
        ),
        neighbours={
            "fearon1995/two_war_costs": "There the cost is one of two.",
            "fearon1995/shifting_power": "There nothing is hidden, and war comes from the shift of power.",
            "schram2021/hassling": "There power shifts and nothing is hidden.",
        },
    ),
    related=("fearon1997",),
)
