"""Keep sanctions up, or keep bearing them, until one side gives in.

The Sender pays k_S, the Target k_T, per unit of time for as long as sanctions last; whoever outlasts the other gains
v_S or v_T. In the mixed equilibrium each gives in at a rate that makes the other indifferent: the Target at
``k_S / v_S``, the Sender at ``k_T / v_T``. So the Target gives in first with probability
``(k_S / v_S) / (k_S / v_S + k_T / v_T)``, more often the more sanctions cost the Sender. There are two equilibria in
which one side gives in at once.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from deterrence.answers.measure import payoff
from deterrence.continuous import Answer, Play, continuous, largest_gain
from deterrence.games.parameter import param
from deterrence.models import ask
from deterrence.models.claim import Claim
from deterrence.models.model import Model
from deterrence.models.theory import Theory

PLAYERS = ("Sender", "Target")
OUTCOMES = ("Target gives in", "Sender gives in")
RATES = {name: f"rate at which the {name} gives in" for name in PLAYERS}
DURATION = "mean duration"
STATUS = "solved; between these lie equilibria in which one side gives in at the start with some probability"
STEPS = 20_001
NEVER = 100.0
LONG = 40.0
"""How many mean durations the certificate looks ahead."""


def payoffs_of_waiting(prize: float, cost: float, rate: float, discount: float) -> Any:
    """Return what giving in at each of many times pays against a rival that gives in at a rate."""
    from scipy.integrate import cumulative_simpson

    time = np.linspace(0, LONG / max(rate, 1e-9), STEPS)
    kept = np.exp(-(rate + discount) * time)
    return cumulative_simpson(kept * (rate * prize - cost), x=time, initial=0)


@continuous(
    *PLAYERS,
    outcomes=OUTCOMES,
    kind="war of attrition",
    concept="Nash equilibrium in stopping times",
    hidden_information=False,
    name="war-of-attrition",
)
def war_of_attrition(
    *,
    sender_prize: Any = param(
        2,
        "what the Sender gains if the Target gives in",
        low=0.1,
        high=20,
        symbol="v_S",
        plausible=(0.5, 8),
        why="holds 2/3, where both are equally likely to give in",
    ),
    target_prize: Any = param(
        1,
        "what the Target gains if the Sender gives in",
        low=0.1,
        high=20,
        symbol="v_T",
        plausible=(0.25, 4),
        why="holds 3, up to which the Sender gives in more often",
    ),
    sender_cost: Any = param(
        0.2,
        "what sanctions cost the Sender per unit of time",
        low=0.01,
        high=5,
        symbol="k_S",
        plausible=(0.02, 1),
        why="holds 0.6, above which the Target gives in more often",
    ),
    target_cost: Any = param(
        0.3,
        "what sanctions cost the Target per unit of time",
        low=0.01,
        high=5,
        symbol="k_T",
        plausible=(0.03, 1.5),
        why="sanctions eat up the Target's prize quickly or very slowly",
    ),
    discount: Any = param(
        0.05,
        "rate at which later payoffs count less",
        low=0,
        high=1,
        symbol="r",
        plausible=(0, 0.2),
        why="from full patience to a fifth lost per period",
    ),
) -> Answer:
    """Keep on or give in, at any time, while both pay."""
    rates = {"Target": sender_cost / sender_prize, "Sender": target_cost / target_prize}
    total = rates["Target"] + rates["Sender"]
    waiting = (
        payoffs_of_waiting(sender_prize, sender_cost, rates["Target"], discount),
        payoffs_of_waiting(target_prize, target_cost, rates["Sender"], discount),
    )
    mixed = Play(
        outcomes={"Target gives in": rates["Target"] / total, "Sender gives in": rates["Sender"] / total},
        payoffs=dict.fromkeys(PLAYERS, 0),
        strategies={RATES[name]: rates[name] for name in PLAYERS} | {DURATION: 1 / total},
        gain={name: largest_gain(np.zeros(1), (paid,)) for name, paid in zip(PLAYERS, waiting, strict=True)},
        recomputed={
            name: _averaged(paid, rates[name], rates[other])
            for name, other, paid in zip(PLAYERS, PLAYERS[::-1], waiting, strict=True)
        },
        name="mixed",
    )
    return Answer((mixed, *_at_once(sender_prize, target_prize, sender_cost, target_cost)), STATUS, complete=False)


def _averaged(paid: Any, mine: float, other: float) -> float:
    """Return the mean of what giving in at each time pays, over the times at which a side that has a rate does."""
    time = np.linspace(0, LONG / max(other, 1e-9), STEPS)
    left = np.exp(-np.minimum(mine * time, NEVER))
    return float(((paid[1:] + paid[:-1]) / 2) @ (left[:-1] - left[1:]) + paid[-1] * left[-1])


def _at_once(sender_prize: float, target_prize: float, sender_cost: float, target_cost: float) -> tuple[Play, ...]:
    """Return the equilibria in which one side gives in at once and the other never would."""
    prizes = {"Sender": sender_prize, "Target": target_prize}
    time = np.linspace(0, LONG, 401)
    alone = {"Sender": -sender_cost * time, "Target": -target_cost * time}
    plays = []
    for loser, winner in (("Target", "Sender"), ("Sender", "Target")):
        plays.append(
            Play(
                outcomes={f"{loser} gives in": 1, f"{winner} gives in": 0},
                payoffs={winner: prizes[winner], loser: 0},
                strategies={RATES[winner]: 0, RATES[loser]: np.inf, DURATION: 0},
                gain={
                    loser: largest_gain(np.zeros(1), (alone[loser],)),
                    winner: largest_gain(np.array([prizes[winner]]), (np.zeros(1),)),
                },
                recomputed={winner: prizes[winner], loser: float(alone[loser][0])},
                name=f"{loser} gives in at once",
            )
        )
    return tuple(plays)


def number(name: str) -> Any:
    """Return the measure that reads a rate or the duration."""
    return lambda equilibrium: equilibrium.strategies[name]


def _all(**values: Any) -> ask.Question:
    wanted = (number(RATES["Target"]), number(RATES["Sender"]), "Target gives in", number(DURATION))
    return lambda model: [ask.value_at(measure, "mixed", **values)(model) for measure in wanted]


def _curve(model: Any, ax: Any) -> Any:
    """Draw how often the Target gives in first against what sanctions cost the Sender."""
    from deterrence.analysis.sweep import sweep

    swept = sweep(model.game, "Target gives in", sender_cost=np.linspace(0.01, 2, 60).round(4))
    return swept.plot(ax=ax)


MODEL = Model(
    war_of_attrition,
    source="smith1995",
    relation="reduction",
    changed="Complete information, where the work hides how long each can last.",
    topic="sanctions",
    note="Recalled, not re-read. The perverse effect of the Sender's cost belongs to the mixed equilibrium.",
    assumptions=(
        "Both pay for as long as sanctions last and may give in at any time.",
        "Prizes and costs are known to both.",
    ),
    claims=(
        Claim(
            "The Target gives in first with probability (k_S/v_S) / (k_S/v_S + k_T/v_T).",
            "",
            ask.matches(
                "Target gives in",
                lambda p: (
                    (p.sender_cost / p.sender_prize) / (p.sender_cost / p.sender_prize + p.target_cost / p.target_prize)
                ),
                "mixed",
            ),
        ),
        Claim(
            "At prizes of 2 and 1 and costs of 0.2 and 0.3 the rates are 0.1 and 0.3, the Target gives in first with "
            "probability 1/4, and sanctions last 2.5 on average.",
            "",
            _all(),
            ["0.100000", "0.300000", "0.250000", "2.5"],
            basis="computed",
        ),
        Claim(
            "With twice the cost to the Sender the probability is 0.4 and the duration 2.",
            "",
            lambda model: _all(sender_cost=0.4)(model)[2:],
            ["0.400000", "2.0"],
            basis="computed",
        ),
        Claim(
            "Sanctions that cost the Sender more succeed more often.",
            "",
            ask.moves("sender_cost", "Target gives in", "rises", "mixed"),
        ),
        Claim(
            "Discounting changes nothing in it.",
            "",
            ask.moves("discount", "Target gives in", "stays", "mixed"),
        ),
        Claim(
            "In other equilibria one side gives in at once.",
            "",
            ask.classes_at(),
            {"mixed", "Target gives in at once", "Sender gives in at once"},
        ),
        Claim(
            "In the mixed equilibrium both expect nothing; where one side gives in at once the other has its prize.",
            "",
            ask.each_of(
                *(
                    ask.value_at(payoff(player), name, sender_prize=3)
                    for name in ("mixed", "Target gives in at once", "Sender gives in at once")
                    for player in PLAYERS
                )
            ),
            [0, 0, 3, 0, 0, 1],
        ),
        Claim(
            "There nobody waits, and the one who gives in is certain.",
            "",
            ask.each_of(
                *(
                    ask.value_at(measure, f"{loser} gives in at once")
                    for loser in ("Target", "Sender")
                    for measure in ("Target gives in", number(DURATION))
                )
            ),
            [1, 0, 0, 0],
        ),
    ),
    draws=_curve,
    does_not_say="""\
With everything known there is no reason why sanctions should last but the mixing; doubt about the other's costs,
which would give one, is left out. That costlier sanctions succeed more often is an artefact of indifference and
no advice.""",
    theory=Theory(
        mechanism=("sanctions",),
        actors="senders and target",
        information=("complete",),
        result=("several outcomes", "backfires"),
        finding="In the mixed equilibrium the Target gives in more often the more sanctions cost the Sender.",
        means=("punishment",),
        neighbours={
            "eaton1992/standing_threat": "There sanctions are a threat and are hardly seen.",
            "fearon1994/audience_costs": "There staying is paid for only by who gives way.",
        },
    ),
)
