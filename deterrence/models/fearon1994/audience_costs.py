"""Wait, quit or attack while audience costs grow.

Time runs; whoever quits later pays more, ``a`` per unit of time, before its own audience. Whether war would be
worth it is private. In equilibrium there is a horizon ``t*``: types who would rather fight than pay ``a t*`` never
quit and attack then, and the others quit at a rate that keeps each indifferent. The side that is more likely to be
soft at the horizon concedes at once with positive probability.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from deterrence.answers.measure import payoff
from deterrence.continuous import (
    Answer,
    ContinuousGame,
    Play,
    Types,
    Uniform,
    all_roots,
    continuous,
    family,
    largest_gain,
    types_from,
)
from deterrence.continuous.search import greatest
from deterrence.continuous.types import midpoints, quantiles
from deterrence.errors import GameError
from deterrence.games.parameter import param
from deterrence.models import ask
from deterrence.models.claim import Claim
from deterrence.models.model import Model
from deterrence.models.theory import Theory

PLAYERS = ("First", "Second")
OUTCOMES = ("First concedes", "Second concedes", "war")
STEPS = 4000
TYPES = 41
NEARLY = 1e-6
FIRST_COST = param(
    1,
    "audience cost per unit of time of the first state",
    low=0.05,
    high=10,
    symbol="a_1",
    plausible=(0.1, 5),
    why="range of this model's figure: covert moves to public stands",
)
SECOND_COST = param(
    1,
    "audience cost per unit of time of the second state",
    low=0.05,
    high=10,
    symbol="a_2",
    plausible=(0.1, 5),
    why="as wide as the first state's: either may have more at stake",
)


def crisis(costs: tuple[float, float], resolve: tuple[Types, Types]) -> Play | Answer:
    """Return the equilibrium with a horizon.

    Parameters
    ----------
    costs
        Audience costs per unit of time.
    resolve
        Distributions of the payoff of war, relative to conceding at the start; the prize is worth 1.
    """
    horizons = [_horizon(costs, resolve, side) for side in (0, 1)]
    if min(horizons) == np.inf:
        return Answer((), "no equilibrium with a horizon: neither side ever runs out of types who quit", complete=False)
    end = min(horizons)
    stay = [float(1 - resolve[side].cdf(-costs[side] * end)) for side in (0, 1)]
    start = [min(1.0, stay[side] * (1 + costs[1 - side] * end)) for side in (0, 1)]
    time = np.linspace(0.0, end, STEPS + 1)
    survival = [start[side] / (1 + costs[1 - side] * time) for side in (0, 1)]
    quits = [_quits_first(time, survival[side], survival[1 - side], 1 - start[side]) for side in (0, 1)]
    payoffs = [_expected(resolve[side], -costs[side] * end, 1 - start[1 - side], stay[1 - side]) for side in (0, 1)]
    others = [(time, survival[1 - side], 1 - start[1 - side], stay[1 - side]) for side in (0, 1)]
    gains = [_gain(resolve[side], costs[side], *others[side]) for side in (0, 1)]
    again = [_again(resolve[side], costs[side], survival[side], *others[side]) for side in (0, 1)]
    strategies = {"horizon": end}
    for side, name in enumerate(PLAYERS):
        strategies[f"chance that {name} would quit before the horizon"] = 1 - stay[side]
        strategies[f"chance that {name} concedes at once"] = 1 - start[side]
    war = stay[0] * stay[1]
    return Play(
        outcomes={"First concedes": quits[0], "Second concedes": 1 - war - quits[0], "war": war},
        payoffs=dict(zip(PLAYERS, payoffs, strict=True)),
        strategies=strategies,
        gain={name: greatest(gains[side], abs(sum(quits) + war - 1)) for side, name in enumerate(PLAYERS)},
        recomputed=dict(zip(PLAYERS, again, strict=True)),
    )


def _horizon(costs: tuple[float, float], resolve: tuple[Types, Types], side: int) -> float:
    """Return when a state that never conceded at the start would have lost all types who quit."""

    def left(time: Any) -> Any:
        return (1 - resolve[side].cdf(-costs[side] * time)) * (1 + costs[1 - side] * time) - 1

    latest = 1.0
    while float(left(latest)) < 0 and latest < 1e6:
        latest *= 2
    roots = all_roots(left, 1e-9, latest)
    return roots[0] if roots else float("inf")


def _quits_first(time: Any, mine: Any, other: Any, at_once: float) -> float:
    from scipy.integrate import simpson

    rate = mine * (mine[0] / mine[-1] - 1) / time[-1] * mine / mine[0]
    return float(at_once + simpson(rate * other, x=time))


def _expected(resolve: Types, cutoff: float, at_once: float, stay: float) -> float:
    """Return the payoff before the type is known: soft types get ``at_once``; the others wait for war."""
    soft = float(resolve.cdf(cutoff))
    return soft * at_once + (1 - stay) * (1 - soft) + stay * resolve.mean_above(cutoff)


def _again(resolve: Types, cost: float, mine: Any, time: Any, other: Any, at_once: float, stay: float) -> float:
    """Return the payoff of a side over the times at which its soft types quit, and over its hard types one by one."""
    types = midpoints(resolve)
    quitting = 1 - other - other * cost * time
    soft = (1 - mine[0]) * at_once + float(np.sum((quitting[1:] + quitting[:-1]) / 2 * (mine[:-1] - mine[1:])))
    return soft + float(np.mean(np.where(types >= -cost * time[-1], 1 - stay + stay * types, 0.0)))


def _gain(resolve: Types, cost: float, time: Any, other: Any, at_once: float, stay: float) -> float:
    """Return what any type gains by quitting at any time, or by attacking at any time up to the horizon."""
    types = quantiles(resolve, TYPES)
    soft = types < -cost * time[-1]
    wait = 1 - stay + stay * types
    quitting = 1 - other - other * cost * time
    attack = 1 - other[:, None] + other[:, None] * types
    chosen = np.where(soft, at_once, wait)
    return largest_gain(chosen, (np.broadcast_to(quitting[:, None], attack.shape), attack, wait))


@continuous(*PLAYERS, outcomes=OUTCOMES, name="audience-costs", concept="perfect Bayesian equilibrium")
def audience_costs(
    *,
    first_cost: Any = FIRST_COST,
    second_cost: Any = SECOND_COST,
    first_range: Any = param(
        2,
        "how bad war may be for the first state: its payoff is spread from minus this to 0",
        low=0.1,
        high=20,
        symbol="W_1",
        plausible=(0.5, 6),
        why="the worst war costs half the prize, or six times it",
    ),
    second_range: Any = param(
        2,
        "how bad war may be for the second state: its payoff is spread from minus this to 0",
        low=0.1,
        high=20,
        symbol="W_2",
        plausible=(0.5, 6),
        why="lets either state be the one that fears war more",
    ),
) -> Play | Answer:
    """Wait, quit or attack, while the cost of backing down grows with time; resolve is hidden."""
    return crisis((first_cost, second_cost), (Uniform(-first_range, 0), Uniform(-second_range, 0)))


@family
def with_resolve(first: Any, second: Any) -> ContinuousGame:
    """Return the same model where the payoffs of war have any distributions.

    Parameters
    ----------
    first, second
        Frozen continuous SciPy distributions of the payoff of war, where conceding at the start gives 0 and the
        prize 1, such as ``scipy.stats.norm(-1.5, 0.4)``.

    Raises
    ------
    GameError
        If war may be worth more than the prize.
    """
    resolve = (types_from(first), types_from(second))
    for types in resolve:
        if types.cdf(1.0) < 1 - NEARLY:
            raise GameError(
                f"In {types!r} war may be worth more than the prize, which is 1; such types attack at once."
            )

    @continuous(*PLAYERS, outcomes=OUTCOMES, name="audience-costs", concept="perfect Bayesian equilibrium")
    def waiting(*, first_cost: Any = FIRST_COST, second_cost: Any = SECOND_COST) -> Play | Answer:
        """Wait, quit or attack, while the cost of backing down grows with time; resolve is hidden."""
        return crisis((first_cost, second_cost), resolve)

    return waiting


def _played(name: str) -> Any:
    return lambda equilibrium: equilibrium.strategies[name]


def _closed_horizon(p: Any) -> float:
    a, b = p.first_cost, p.second_cost
    ends = [
        (-own + np.sqrt(own**2 + 4 * a * b * width)) / (2 * a * b)
        for own, width in ((a, p.first_range), (b, p.second_range))
    ]
    return float(min(ends))


def _closed_war(p: Any) -> float:
    end = _closed_horizon(p)
    return float(p.first_cost * end / p.first_range * p.second_cost * end / p.second_range)


def _later(side: int) -> Any:
    """Return a measure: the chance that a state is the one to back down once the crisis has begun.

    It has begun if neither conceded at the start.
    """

    def measured(equilibrium: Any) -> float:
        at_once = [equilibrium.strategies[name] for name in AT_ONCE]
        conceded = equilibrium.probability(f"{PLAYERS[side]} concedes") - at_once[side]
        return float(conceded / ((1 - at_once[0]) * (1 - at_once[1])))

    return measured


def _closed_later(p: Any) -> float | None:
    """Return the same for the first state, from the two audience costs and the horizon alone.

    By the time t that state has not backed down with 1/(1 + b t) and its rival with 1/(1 + a t), where a and b are its
    own and its rival's costs. The integral of b/((1 + b t)^2 (1 + a t)) up to the horizon is by partial fractions.
    """
    a, b, end = p.first_cost, p.second_cost, _closed_horizon(p)
    if abs(a - b) < 0.05:  # there the fractions nearly cancel
        return None
    return float(a * b / (a - b) ** 2 * np.log((1 + a * end) / (1 + b * end)) - b * b / (a - b) * end / (1 + b * end))


def _likelier(equilibrium: Any) -> float:
    """Measure which state is likelier to back down in a crisis: 1 the first, -1 the second."""
    first, second = (_later(side)(equilibrium) for side in (0, 1))
    return float(np.sign(first - second))


def _cheaper(p: Any) -> float | None:
    """Return which state has clearly smaller audience costs: 1 the first, -1 the second."""
    return None if abs(p.first_cost - p.second_cost) < 0.01 else float(np.sign(p.second_cost - p.first_cost))


WOULD_QUIT = [f"chance that {name} would quit before the horizon" for name in PLAYERS]
AT_ONCE = [f"chance that {name} concedes at once" for name in PLAYERS]


def _together(*measures: Any, **values: Any) -> ask.Question:
    return lambda model: [ask.value_at(measure, "", **values)(model) for measure in measures]


def _curves(model: Any, ax: Any) -> Any:
    """Draw what happens as the first state's audience costs grow."""
    from deterrence.analysis.sweep import sweep

    return sweep(model.game, *OUTCOMES, first_cost=np.linspace(0.1, 5, 60).round(4)).plot(ax=ax)


MODEL = Model(
    audience_costs,
    source="fearon1994",
    relation="reduction",
    changed="What a war is worth is spread evenly, where the work lets it have any distribution.",
    topic="crisis games",
    note=(
        "The structure follows the paper's proposition as recalled; of the text the abstract was read, and pages are "
        "given as another account of it gives them. `with_resolve` takes any distribution."
    ),
    assumptions=(
        "A prize of 1 goes to the state whose rival quits first; each may attack at any time.",
        "Quitting costs a state in proportion to the time passed; its audience sees the crisis.",
        "The payoff of war is private to each state, and the two are independent.",
    ),
    claims=(
        Claim(
            "The horizon is the lesser of two closed forms, one for each state.",
            "",
            ask.matches(_played("horizon"), _closed_horizon),
        ),
        Claim(
            "The probability of war is the product of the two shares of types who never quit.",
            "",
            ask.matches("war", _closed_war),
        ),
        Claim(
            "Between equal states each expects 1/8, and concedes with 3/8.",
            "",
            _together(payoff("First"), payoff("Second"), "First concedes", "Second concedes"),
            # half its types quit for nothing, the others win against half and fight the rest: 1/4 - 1/2 1/4
            ["0.125000", "0.125000", "0.375000", "0.375000"],
            basis="computed",
        ),
        Claim(
            "Where the second state's audience costs are half as large the two expect 0.427051 and 0.059017.",
            "",
            _together(payoff("First"), payoff("Second"), second_cost=0.5),
            # with T = 1.236068 the first has 0.381966 of soft types, who get 0.309017; the others win against 0.690983
            # and fight 0.309017 for -T**2 / 4; the second's 0.309017 hard types win against 0.381966 and fight
            # 0.618034 for a sixteenth of -T**2
            ["0.427051", "0.059017"],
            basis="computed",
        ),
        Claim(
            "A state with larger audience costs is less likely to be the one that would quit.",
            "abstract; pp. 585-586",
            ask.moves("first_cost", _played(WOULD_QUIT[0]), "falls"),
            basis="stated",
        ),
        Claim(
            "Its rival then concedes more often.",
            "",
            ask.moves("first_cost", "Second concedes", "rises"),
        ),
        Claim(
            "Between equal states the horizon is 1 and war has probability 1/4.",
            "",
            _together(_played("horizon"), "war", *map(_played, AT_ONCE)),
            ["1.000000", "0.250000", "0.000000", "0.000000"],
            basis="computed",
        ),
        Claim(
            "Where the second state's audience costs are half as large the horizon is 1.236068, war has probability "
            "0.190983, and the second state concedes at once with probability 0.309017.",
            "",
            _together(_played("horizon"), "war", *map(_played, AT_ONCE), second_cost=0.5),
            ["1.236068", "0.190983", "0.000000", "0.309017"],
            basis="computed",
        ),
        Claim(
            "Equal states would each quit with probability 1/2.",
            "p. 586",
            _together(*map(_played, WOULD_QUIT)),
            ["0.5", "0.5"],
            basis="computed",
        ),
        Claim(
            "With twice its rival's audience costs a state would quit with 0.381966, its rival with 0.690983.",
            "",
            _together(*map(_played, WOULD_QUIT), first_cost=2),
            ["0.381966", "0.690983"],
            basis="computed",
        ),
        Claim(
            "A state that moves covertly, so that hardly any audience cost builds up, is the one that would quit.",
            "",
            lambda model: ask.value_at(_played(WOULD_QUIT[0]), "", first_cost=0.05)(model) > 0.9,
        ),
        Claim(
            "Once the crisis has begun the state with the larger audience costs is the less likely to back down, "
            "whatever a war is worth to either.",
            "abstract",
            ask.matches(_likelier, _cheaper),
            basis="stated",
        ),
        Claim(
            "How likely each then is to back down follows from the audience costs and the horizon alone; what a war "
            "is worth to whom does not enter beyond that.",
            "",
            ask.matches(_later(0), _closed_later),
        ),
        # By hand, at costs of 1: the horizon is the lesser of (-1 + sqrt(1 + 4 W))/2, so 1, 1, 2 and 2; each then backs
        # down with (1 - 1/(1 + horizon)^2)/2, that is 3/8 or 4/9. At W = (2, 6) the second state is not yet out with
        # 1/6 at the horizon, so that it stays at the start with 1/6 * 2; at (6, 12) with 2/12 * 3.
        Claim(
            "Where audience costs are equal, each is as likely to back down as the other, however unequal their "
            "prospects in war: 3/8 with ranges of 2 and 2 or 2 and 6, 4/9 with 6 and 12 or 12 and 6.",
            "abstract",
            lambda model: [
                _together(_later(0), _later(1), first_range=one, second_range=other)(model)
                for one, other in ((2, 2), (2, 6), (6, 12), (12, 6))
            ],
            [["0.375000", "0.375000"], ["0.375000", "0.375000"], ["0.444444", "0.444444"], ["0.444444", "0.444444"]],
            basis="computed",
        ),
        Claim(
            "Prospects in war work before the crisis: the state that would lose more concedes at once, the second with "
            "2/3 where its range is 6 against 2, with 1/2 where it is 12 against 6.",
            "",
            lambda model: [
                _together(*map(_played, AT_ONCE), first_range=one, second_range=other)(model)
                for one, other in ((2, 6), (6, 12))
            ],
            [["0.000000", "0.666667"], ["0.000000", "0.500000"]],
            basis="computed",
        ),
    ),
    draws=_curves,
    does_not_say="""\
Audience costs grow by themselves and cannot be chosen, hidden or renounced. What the audience wants, and why it
punishes, is outside the model. War comes at a horizon that both foresee. That capabilities do not decide who backs
down holds of crises that have begun: they decide who gives way at the start, and how long a crisis may last.""",
    theory=Theory(
        mechanism=("audience costs", "brinkmanship", "signalling"),
        actors="two states",
        information=("two-sided",),
        result=("reveals", "deters"),
        finding="Who pays more for backing down in public backs down less often, and its threats tell more.",
        means=("punishment",),
        neighbours={
            "nalebuff1986/risk_auction": "There staying costs a risk of disaster, not a price before an audience.",
            "smith1995/war_of_attrition": (
                "There staying costs both the same in every state of the world, and nothing is hidden."
            ),
            "fearon1997/tying_hands": "There the price is chosen once.",
        },
    ),
)
