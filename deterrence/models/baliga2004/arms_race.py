"""Build weapons for fear that the other builds them.

Each country privately knows what weapons cost it. Being alone with weapons gains ``mu``, being alone without loses
``d``. A country builds if its cost is at most ``P d + (1 - P) mu``, where P is the chance that the other builds; so a
few who would build anyway make others build, and those still others. With costs spread on [0, c] the cutoff is
``mu c / (c - d + mu)`` if ``mu < d < c``; if d is at least c everybody builds.
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
from deterrence.games.parameter import param
from deterrence.models import ask
from deterrence.models.claim import Claim
from deterrence.models.model import Model
from deterrence.models.theory import Theory

PLAYERS = ("First", "Second")
OUTCOMES = ("no weapons", "First alone builds", "Second alone builds", "arms race")
ADVANTAGE = param(
    0.1,
    "gain from being the only one with weapons",
    low=0,
    high=3,
    symbol=r"\mu",
    plausible=(0.01, 0.4),
    why="range of this model's map: fear counts for more than greed",
)
FEAR = param(
    0.5,
    "loss from being the only one without weapons",
    low=0,
    high=3,
    symbol="d",
    plausible=(0.02, 1.4),
    why="range of this model's map: past the greatest cost, where everybody builds",
)
NEARLY = 1 - 1e-9


def arms_races(advantage: float, fear: float, costs: Types) -> Answer:
    """Return every equilibrium: pairs of chances to build, each the best answer to the other."""

    def builds(chance: Any) -> Any:
        return np.asarray(costs.cdf(np.asarray(chance) * fear + (1 - np.asarray(chance)) * advantage), dtype=float)

    roots = all_roots(lambda chance: builds(builds(chance)) - chance, 0.0, 1.0)
    plays = tuple(_play((first, float(builds(first))), (advantage, fear), costs) for first in roots)
    return Answer(plays)


def _play(chances: tuple[float, float], stakes: tuple[float, float], costs: Types) -> Play:
    advantage, fear = stakes
    cutoffs = [other * fear + (1 - other) * advantage for other in reversed(chances)]
    first, second = chances
    numbers = ((1 - first) * (1 - second), first * (1 - second), second * (1 - first), first * second)
    payoffs, gains, again = {}, {}, {}
    types, drawn = quantiles(costs), midpoints(costs)
    for side, name in enumerate(PLAYERS):
        mine, other, cutoff = chances[side], chances[1 - side], cutoffs[side]
        payoffs[name] = mine * (1 - other) * advantage - costs.mean_below(cutoff) - (1 - mine) * other * fear
        arm, wait = (1 - other) * advantage - types, np.full(len(types), -other * fear)
        gain = largest_gain(np.where(types <= cutoff, arm, wait), (arm, wait))
        gains[name] = greatest(gain, abs(float(costs.cdf(cutoff)) - mine))
        built = np.mean(drawn <= cutoffs[1 - side])
        again[name] = float(np.mean(np.where(drawn <= cutoff, (1 - built) * advantage - drawn, -built * fear)))
    return Play(
        outcomes=dict(zip(OUTCOMES, numbers, strict=True)),
        payoffs=payoffs,
        strategies={f"cost up to which {name} builds": cutoffs[side] for side, name in enumerate(PLAYERS)},
        gain=gains,
        recomputed=again,
        name="everybody builds" if min(chances) > NEARLY else "some build" if max(chances) > 0 else "nobody builds",
        actions={f"{name} builds": chances[side] for side, name in enumerate(PLAYERS)},
    )


WRITTEN = continuous(
    *PLAYERS,
    outcomes=OUTCOMES,
    actions=tuple(f"{name} builds" for name in PLAYERS),
    name="arms-race",
    concept="Bayesian equilibrium in cutoffs",
)


@WRITTEN
def arms_race(
    *,
    advantage: Any = ADVANTAGE,
    fear: Any = FEAR,
    highest_cost: Any = param(
        1,
        "the greatest cost that weapons may have",
        low=0.1,
        high=3,
        symbol="c",
        plausible=(0.3, 2),
        why="from less than fear, so that all build, to twice 1",
    ),
) -> Answer:
    """Build or not, at the same time; what weapons cost is private and spread evenly from 0."""
    return arms_races(advantage, fear, Uniform(0.0, highest_cost))


@family
def with_costs(costs: Any) -> ContinuousGame:
    """Return the same model where the cost of weapons has any distribution.

    Parameters
    ----------
    costs
        A frozen continuous SciPy distribution, the same for both countries.
    """
    known = types_from(costs)

    @WRITTEN
    def race(*, advantage: Any = ADVANTAGE, fear: Any = FEAR) -> Answer:
        """Build or not, at the same time; what weapons cost is private."""
        return arms_races(advantage, fear, known)

    return race


def _interior(p: Any) -> float | None:
    inside = p.advantage < p.fear < p.highest_cost
    return p.advantage / (p.highest_cost - p.fear + p.advantage) if inside else None


def _contagion(p: Any) -> float | None:
    return 1.0 if p.fear >= p.highest_cost and p.advantage > 0 else None


def _at(advantage: float, fear: float, highest: float) -> ask.Question:
    return ask.value_at("First builds", advantage=advantage, fear=fear, highest_cost=highest)


def _boundary(model: Any) -> Any:
    from deterrence.analysis.threshold import threshold

    return threshold(model.game, "fear", "arms race").boundaries[0].value


def _map(model: Any, ax: Any) -> Any:
    """Draw how likely an arms race is over fear and advantage."""
    from deterrence.analysis.sweep import sweep

    fear, advantage = np.linspace(0.02, 1.4, 35).round(4), np.linspace(0.01, 0.4, 27).round(4)
    return sweep(model.game, "arms race", fear=fear, advantage=advantage).plot(ax=ax)


MODEL = Model(
    arms_race,
    source="baliga2004",
    relation="reduction",
    changed="The arms race without the talk that is the work's subject, and with costs spread evenly.",
    topic="security dilemma",
    note="Recalled, not re-read. `with_costs` takes any distribution.",
    assumptions=(
        "Both decide at the same time, once, and each knows its own cost alone.",
        "Costs are drawn alike and independently; weapons on both sides bring nothing but their cost.",
    ),
    claims=(
        Claim(
            "With mu < d < c each country builds with probability mu / (c - d + mu), and no other equilibrium exists.",
            "",
            ask.matches("First builds", _interior),
        ),
        Claim(
            "With d at least c fear spreads until everybody builds, however small mu is.",
            "abstract",
            ask.matches("First builds", _contagion),
        ),
        Claim(
            "At mu = 0.1, d = 0.5, c = 1 it is 0.166667.",
            "",
            _at(0.1, 0.5, 1),
            "0.166667",
            basis="computed",
        ),
        Claim(
            "At mu = 0.1, d = 0.8, c = 1 it is 0.333333.",
            "",
            _at(0.1, 0.8, 1),
            "0.333333",
            basis="computed",
        ),
        Claim(
            "At mu = 0.2, d = 1.2 and at mu = 0.01, d = 1, both with c = 1, everybody builds.",
            "",
            lambda model: [_at(0.2, 1.2, 1)(model), _at(0.01, 1, 1)(model)],
            ["1", "1"],
            basis="computed",
        ),
        Claim(
            "More fear means more weapons.",
            "",
            ask.moves("fear", "First builds", "rises"),
        ),
        Claim(
            "More to gain means more weapons.",
            "",
            ask.moves("advantage", "First builds", "rises"),
        ),
        Claim("Everybody builds once fear reaches the greatest cost.", "", _boundary, "1.000000"),
        Claim(
            "With mu < d < c each expects b (1 - b) (mu - d) - b**2 c / 2, where b = mu / (c - d + mu) is the chance "
            "to build: -0.069444 at the defaults, -0.059375 at mu = 0.2, d = 0.6, c = 2.",
            "",
            ask.each_of(
                *(
                    ask.value_at(payoff(player), "", **values)
                    for values in ({}, {"advantage": 0.2, "fear": 0.6, "highest_cost": 2})
                    for player in PLAYERS
                )
            ),
            # b = 1/6: 5/36 (-0.4) - 1/72; b = 1/8: 7/64 (-0.4) - 1/64
            ["-0.069444", "-0.069444", "-0.059375", "-0.059375"],
            basis="computed",
        ),
        Claim(
            "There, with b = 1/8, nobody has weapons in 49 of 64 cases, one side alone in 7 each, both in one.",
            "",
            ask.each_of(*(ask.value_at(name, "", advantage=0.2, fear=0.6, highest_cost=2) for name in OUTCOMES)),
            ["0.765625", "0.109375", "0.109375", "0.015625"],
            basis="computed",
        ),
        Claim(
            "Where everybody builds each pays what weapons cost in the mean, c/2, and gains nothing by them.",
            "",
            ask.each_of(
                *(ask.value_at(payoff(player), "", advantage=0.2, fear=1.2, highest_cost=0.9) for player in PLAYERS)
            ),
            ["-0.45", "-0.45"],
            basis="computed",
        ),
        Claim(
            "So some build at the defaults, everybody there, and nobody where there is nothing to gain by it.",
            "",
            ask.each_of(
                ask.classes_at(), ask.classes_at(advantage=0.2, fear=1.2, highest_cost=0.9), ask.classes_at(advantage=0)
            ),
            [{"some build"}, {"everybody builds"}, {"nobody builds"}],
        ),
    ),
    draws=_map,
    does_not_say="""\
Weapons are bought once and cannot be seen before; there is no talk, no treaty and no inspection. The war that
weapons might lead to stands in the payoffs and is not modelled.""",
    theory=Theory(
        mechanism=("arms", "pre-emption"),
        actors="two states",
        information=("two-sided",),
        result=("backfires",),
        finding="A few who would build weapons anyway make others build, and those still others: fear arms nearly all.",
        phase=("general",),
        neighbours={
            "schelling1960/surprise_attack": "There a chance of madness or mistake does what a hidden cost does here.",
            "chassang2010/preemption": "There what peace is worth is uncertain, not what weapons cost.",
            "snyder1977/stag_hunt": "There nothing is hidden, and peace is one of two equilibria.",
        },
    ),
)
