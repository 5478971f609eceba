"""Run risks until one side gives way, or disaster comes.

Two sides compete in taking risks. How much each values the prize is private; both lose if there is a disaster, whose
cumulative probability grows for as long as both stay. Each type stays up to a risk of its own, ``1 - exp(-s(v))``
with ``s(v) = (1/d) int_0^v x f(x) / (1 - F(x)) dx``. How fast the risk grows does not matter: whoever is bolder is so
in risk, not in time.
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

import numpy as np

from deterrence.continuous import ContinuousGame, Play, Types, Uniform, continuous, family, largest_gain, types_from
from deterrence.continuous.types import midpoints
from deterrence.games.parameter import param
from deterrence.models import ask
from deterrence.models.claim import Claim
from deterrence.models.model import Model
from deterrence.models.theory import Theory

PLAYERS = ("First", "Second")
OUTCOMES = ("First prevails", "Second prevails", "disaster")
TOLD = (0.1, 0.25, 0.5, 0.75, 0.9)
LAST = 36.0
STEPS = 14_400
TYPES = 120
HARM = param(
    1,
    "harm of a disaster, where the prize is worth at most 1",
    low=0.1,
    high=20,
    symbol="d",
    plausible=(0.2, 10),
    why="from a fifth to ten times the greatest prize",
)
SPEED = param(
    1,
    "how fast the risk grows while both stay",
    low=0.1,
    high=10,
    symbol="r",
    plausible=(0.2, 5),
    why="slow and fast crises, which end alike in this model",
)


def auction(values: Types, harm: float, speed: float) -> Play:
    """Return the symmetric equilibrium.

    Types are told by ``h = -ln(1 - F(v))``, in which the bid is a plain integral of a bounded function.
    """
    from scipy.integrate import cumulative_simpson, simpson

    h = np.linspace(0.0, LAST, STEPS + 1)
    value = np.asarray(values.ppf(-np.expm1(-h)), dtype=float)
    time = cumulative_simpson(value, x=h, initial=0) / (harm * speed)
    clear = np.exp(-speed * time)
    safe = float(simpson(2 * np.exp(-2 * h) * clear, x=h))
    won = cumulative_simpson(np.exp(-h) * clear, x=h, initial=0)
    lost = cumulative_simpson(np.exp(-h) * (1 - clear), x=h, initial=0)

    def payoff(worth: Any) -> Any:
        """Return what staying up to each bid gives types of these values, as (type, bid)."""
        return np.multiply.outer(worth, won) - harm * (lost + np.exp(-h) * (1 - clear))

    mine = value * won - harm * (lost + np.exp(-h) * (1 - clear))
    some = np.unique(np.linspace(0, STEPS * 20 / LAST, TYPES).astype(int))
    expected = float(simpson(np.exp(-h) * mine, x=h))
    strategies = {f"risk run at quantile {q}": float(np.interp(-np.log1p(-q), h, 1 - clear)) for q in TOLD}
    strategies["time that the median type stays"] = float(np.interp(np.log(2), h, time))
    return Play(
        outcomes=dict(zip(OUTCOMES, (safe / 2, safe / 2, 1 - safe), strict=True)),
        payoffs=dict.fromkeys(PLAYERS, expected),
        strategies=strategies,
        gain=dict.fromkeys(
            PLAYERS, largest_gain(mine[some], (payoff(value[some])[:, ::4].max(axis=1), np.zeros(len(some))))
        ),
        recomputed=dict.fromkeys(PLAYERS, _again(values, harm, h, clear)),
    )


def _again(values: Types, harm: float, h: Any, clear: Any) -> float:
    """Return what each side expects, one pair of types after the other: who stays longer wins unless disaster comes."""
    worth = midpoints(values)
    count = len(worth)
    safe = np.interp(-np.log1p(-(np.arange(count) + 0.5) / count), h, clear)
    against_lower = np.cumsum(safe) - safe / 2  # half of those of the same type
    lower = np.arange(count) + 0.5
    won, survived = worth * against_lower, against_lower + (count - lower) * safe
    return float(np.mean(won - harm * (count - survived))) / count


@continuous(*PLAYERS, outcomes=OUTCOMES, name="risk-auction", concept="symmetric Bayesian equilibrium")
def risk_auction(*, harm: Any = HARM, speed: Any = SPEED) -> Play:
    """Stay or give way while the risk of disaster grows; the value of the prize is private, spread on [0, 1]."""
    return auction(Uniform(0.0, 1.0), harm, speed)


@family
def with_values(values: Any) -> ContinuousGame:
    """Return the same model where the value of the prize has any distribution.

    Parameters
    ----------
    values
        A frozen continuous SciPy distribution of non-negative values with a finite upper end or a light tail, such
        as ``scipy.stats.beta(2, 5)``.
    """
    known = types_from(values)

    @continuous(*PLAYERS, outcomes=OUTCOMES, name="risk-auction", concept="symmetric Bayesian equilibrium")
    def staying(*, harm: Any = HARM, speed: Any = SPEED) -> Play:
        """Stay or give way while the risk of disaster grows; the value of the prize is private."""
        return auction(known, harm, speed)

    return staying


def risk(quantile: float) -> Any:
    """Return the measure: what risk the type at a quantile of the values runs."""
    return lambda equilibrium: equilibrium.strategies[f"risk run at quantile {quantile}"]


def _risk_formula(v: float) -> Any:
    return lambda p: 1 - ((1 - v) * np.exp(v)) ** (1 / p.harm)


def _three(harm: float) -> ask.Question:
    return lambda model: [ask.value_at(measure, "", harm=harm)(model) for measure in (risk(0.5), risk(0.9), "disaster")]


def _curve(model: Any, ax: Any) -> Any:
    """Draw how likely a disaster is, and that one side prevails, as the harm of a disaster grows."""
    from deterrence.analysis.sweep import sweep

    return sweep(model.game, "disaster", "First prevails", harm=np.linspace(0.1, 10, 45).round(4)).plot(ax=ax)


def _rises_with_value(equilibrium: Any) -> bool:
    risks = [risk(quantile)(equilibrium) for quantile in TOLD]
    return all(less < more for less, more in pairwise(risks))


MODEL = Model(
    risk_auction,
    source="nalebuff1986",
    relation="reduction",
    changed="Values are spread evenly on [0, 1], and only the symmetric equilibrium is given.",
    topic="brinkmanship",
    note="The form of the auction is recalled, not re-read. `with_values` takes any distribution.",
    assumptions=(
        "The risk grows for as long as both stay, and nobody controls it; a disaster destroys both.",
        "The value of the prize is private to each side, drawn alike for both.",
        "Giving way costs nothing but the prize.",
    ),
    claims=(
        Claim(
            "A type of value v stays up to the risk 1 - ((1 - v) exp(v))**(1/d): at v = 0.5.",
            "",
            ask.matches(risk(0.5), _risk_formula(0.5)),
        ),
        Claim("The same at v = 0.9.", "", ask.matches(risk(0.9), _risk_formula(0.9))),
        Claim(
            "At d = 1/2 the types at 0.5 and 0.9 run risks of 0.320430 and 0.939504, and a disaster has 0.208208.",
            "",
            _three(0.5),
            ["0.320430", "0.939504", "0.208208"],
            basis="computed",
        ),
        Claim(
            "At d = 1 these are 0.175639, 0.754040 and 0.126873.",
            "",
            _three(1),
            ["0.175639", "0.754040", "0.126873"],
            basis="computed",
        ),
        Claim(
            "At d = 1 a disaster has probability 11 - 4e.",
            "",
            ask.value_at("disaster", harm=1),
            11 - 4 * math.e,
        ),
        Claim(
            "At d = 10 a disaster has probability 0.016133.",
            "",
            ask.value_at("disaster", harm=10),
            "0.016133",
            basis="computed",
        ),
        Claim(
            "Who values the prize more runs more risk.",
            "",
            ask.always(lambda _, solution: all(map(_rises_with_value, solution))),
        ),
        Claim(
            "A worse disaster is less likely.",
            "",
            ask.moves("harm", "disaster", "falls"),
        ),
        Claim(
            "How fast the risk grows does not change how likely a disaster is.",
            "the neutrality of escalation",
            ask.moves("speed", "disaster", "stays"),
            basis="stated",
        ),
        Claim(
            "It changes how long each type stays.",
            "the neutrality of escalation",
            ask.moves("speed", lambda equilibrium: equilibrium.strategies["time that the median type stays"], "falls"),
            basis="stated",
        ),
        Claim(
            "At d = 1 each side expects 3e - 8, and at d = 1/2 (3e**2 - 21) / 8.",
            "",
            ask.each_of(
                *(
                    ask.value_at(lambda it, player=player: it.payoffs[player], "", harm=d)
                    for d in (1, 0.5)
                    for player in PLAYERS
                )
            ),
            # the prize of who stays longer, in safety, is int c(w) (1 - w**2) / 2 dw with c(w) = ((1 - w)
            # exp(w))**(1/d): 3 - e, or 1/4; the disaster costs 11 - 4e, or half of (23 - 3e**2) / 4
            ["0.154845", "0.154845", "0.145896", "0.145896"],
            basis="computed",
        ),
        Claim(
            "The median type stays until the time (ln 2 - 1/2) / (d r): 0.193147 at the defaults, 0.048287 at d = r = "
            "2.",
            "",
            ask.each_of(
                ask.value_at(lambda it: it.strategies["time that the median type stays"]),
                ask.value_at(lambda it: it.strategies["time that the median type stays"], "", harm=2, speed=2),
            ),
            ["0.193147", "0.048287"],
            basis="computed",
        ),
    ),
    draws=_curve,
    does_not_say="""\
Nobody chooses how dangerous the crisis is, and nobody learns anything but that the other is still there. The risk is
of one disaster, equally bad for both.""",
    theory=Theory(
        mechanism=("brinkmanship",),
        actors="two states",
        information=("two-sided",),
        result=("no effect",),
        finding="How fast the risk grows does not matter: resolve is a limit on risk, not on time.",
        means=("punishment",),
        neighbours={
            "powell1990/ladder": "There the ladder is finite and nothing is hidden.",
            "fearon1994/audience_costs": "There waiting has a price for who gives way alone.",
        },
    ),
    related=("powell1990", "schelling1960"),
)
