"""Iraq in spring 2020 under alternative assumptions: variants of the game, scenarios, and features side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from deterrence.games.game import Game
from deterrence.games.parameter import param, share
from deterrence.mechanisms import AudienceCosts, Brinkmanship, Delegation, MissileDefence, Posture
from deterrence.mechanisms.algebra import pay
from deterrence.mechanisms.requirements import Number, declare, shown
from deterrence.models.escalation import provocation
from deterrence.models.relabel import relabelled

US = "United States"
CALM = ("status quo", "intercepted", "strike absorbed", "open strike absorbed")
BLOWS_IN_IRAQ = ("militia hit", "Iran struck", "war")

SCENARIOS: Mapping[str, tuple[str, Mapping[str, object]]] = MappingProxyType(
    {
        "April": ("the game as it stands: batteries arriving, the militia's leadership contested", {}),
        "January": (
            (
                "before: no batteries in Iraq, the militia under its old leaders, an American strike just ordered, oil "
                "and epidemic not yet felt"
            ),
            {"interception": 0, "autonomy": 0.1, "hawks": 0.7, "pressure": 3},
        ),
        "with Patriots": ("the batteries are in place", {"interception": 0.6}),
        "without Patriots": ("the batteries never come", {"interception": 0}),
        "sanctions relieved": ("breathing space, for the epidemic's sake", {"pressure": 1}),
        "sanctions tightened": ("the price of oil falls, and nothing else is left to take", {"pressure": 7}),
        "a hawkish Washington": ("the cabinet prevails over the commander in Iraq", {"hawks": 0.9}),
    }
)
"""Scenario -> what changed and why, and the parameters that say so; all illustrative."""


@dataclass(frozen=True)
class Premiership:
    """An office at stake: the course of the crisis decides, in part, who becomes Iraq's prime minister.

    A mechanism of this case alone. A prime minister whom Washington likes may be stopped, the likelier after
    American blows on Iraq's soil; that is worth ``office`` to Iran and costs the United States as much. Neutral
    at ``office=0``.
    """

    office: Number = param(
        3,
        "what it is worth that a US-friendly prime minister is stopped",
        low=0,
        high=20,
        symbol="v",
        plausible=(0, 8),
        why="illustrative scale: an office of no account to a great prize",
    )
    stopped: Number = share(
        0.4,
        "chance that he is stopped if the crisis stays calm",
        symbol="q",
        plausible=(0.1, 0.7),
        why="illustrative: calm leaves the appointment open either way",
    )
    backlash: Number = share(
        0.8,
        "chance that he is stopped after American blows in Iraq",
        symbol="b",
        plausible=(0.4, 0.95),
        why="illustrative: blows in Iraq make it likelier, never certain",
    )

    __repr__ = shown

    def __call__(self, game: Game) -> Game:
        """Return the game in which the office is at stake."""
        new = declare(self, game)
        tree = game.writing.tree
        for outcomes, chance in ((CALM, new["stopped"]), (BLOWS_IN_IRAQ, new["backlash"])):
            amount = new["office"] * chance
            tree = pay(tree, game.players, {"Iran": amount, US: -amount}, outcomes=outcomes)
        return game.changed(tree=tree, parameters=new.parameters, mechanism=self)


def exposed(game: Game, strike: str, answer: str) -> Game:
    """Return the game with a share of the American forces within reach, of whom none is at first."""
    return game.under(Posture(strike, answer, victim=US, exposure=0, vulnerability=2, reach=2))


def features_of(game: Game, strike: str, answer: str) -> tuple[tuple[str, str, Game], ...]:
    """Return what question 5 puts side by side: parameter, its meaning, and the game that has it."""
    return (
        ("lethality", "deaths", game),
        ("interception", "interception", game),
        ("exposure", "exposed bases", exposed(game, strike, answer)),
        ("hawks", "hawks", game),
        ("autonomy", "loose control", game),
        ("false_alarm", "false signs of an order", game),
    )


def variants_of(game: Game, stages: Mapping[str, Any], strike: str, open_strike: str, answer: str) -> dict[str, Any]:
    """Return the variants: name -> (sentence, game)."""
    return {
        "a public warning": (
            (
                "The president has warned in public, and absorbing a strike after that costs him support at home: a "
                "threat that is believed, or is not."
            ),
            game.under(
                AudienceCosts(
                    "absorb",
                    US,
                    audience_cost=param(
                        3,
                        "support lost by an empty threat",
                        low=0,
                        high=20,
                        plausible=(0, 10),
                        why="illustrative scale: an idle warning, to dearer than a campaign",
                    ),
                )
            ),
        ),
        "exposed bases": (
            "Half of the forces stand within reach; a strike hurts more, and an answer costs less.",
            exposed(game, strike, answer).at(exposure=0.5),
        ),
        "a shield for all": (
            "Batteries may stop an open strike of Iran as they may stop the militia's rockets.",
            game.under(
                MissileDefence(
                    open_strike, US, by="Iran", gain="leverage", harm="harm", interception=0.4, prefix="open"
                )
            ),
        ),
        "itchy fingers": (
            "Each time the United States hits the militia the crisis may slip into a war that nobody chose.",
            game.under(
                Brinkmanship(
                    "hit the militia",
                    US,
                    outcome="war",
                    risk=share(
                        0.05,
                        "chance that a raid slips into war",
                        plausible=(0, 0.3),
                        why="illustrative: from firm control to three raids in ten",
                    ),
                    disaster=param(
                        20,
                        "what such a war costs each side",
                        low=0,
                        high=60,
                        plausible=(10, 40),
                        why="illustrative scale: as grave as a war that was chosen",
                    ),
                )
            ),
        ),
        "the premiership": (
            "Who becomes prime minister depends on the course of the crisis, and American blows help Iran's cause.",
            game.under(Premiership()),
        ),
        "a militia with a will": (
            "The militia is a player: slipped from control, it strikes if it gains by a fight of its own.",
            stages["Hawks and doves in Washington"].under(_militia(strike)),
        ),
        "graded force": (
            (
                "Iran chooses how hard to provoke, and Washington's patience is not known: how large is the largest "
                "provocation below the threshold of retaliation?"
            ),
            _graded(),
        ),
    }


def _militia(strike: str) -> Delegation:
    return Delegation(
        strike,
        "restrain",
        proxy="Militia",
        blows="hit the militia",
        autonomy=share(
            0.2,
            "chance that the militia slips Iran's control",
            plausible=(0, 0.6),
            why="illustrative: from a militia on a leash to its own master",
        ),
        price=param(
            0,
            "cost to Iran of an order to the militia",
            low=-5,
            high=20,
            plausible=(-1, 4),
            why="illustrative scale: orders that please, to twice the leverage",
        ),
        zeal=param(
            2,
            "what the militia gains from a fight of its own",
            low=0,
            high=20,
            plausible=(0, 6),
            why="illustrative scale: below and above the raid's toll",
        ),
        toll=param(
            3,
            "what the militia loses by a raid",
            low=0,
            high=20,
            plausible=(0, 8),
            why="illustrative scale: raids that hardly hurt, to several times the zeal",
        ),
    )


def _graded() -> Game:
    levels = 5
    words = {"Aggressor": "Iran", "Defender": US}
    parameters = {
        "gain": (
            "leverage",
            param(
                2,
                "what provocation at full force gains Iran",
                low=0,
                high=20,
                plausible=(0.5, 5),
                why="illustrative scale: half the harm that is done, to five times",
            ),
        ),
        "punishment": (
            "blow",
            param(
                1.5,
                "harm that retaliation does to Iran",
                low=0,
                high=40,
                plausible=(0, 6),
                why="illustrative scale: only the gain is lost, to thrice it",
            ),
        ),
        "patience": (
            "patience",
            param(
                1,
                "the most that Washington might let pass",
                low=0.1,
                high=5,
                plausible=(0.5, 2),
                why="illustrative: full force always answered, or only half the time",
            ),
        ),
        "attribution": (
            "attribution",
            share(
                0.6,
                "chance that a provocation is attributed",
                plausible=(0.1, 0.95),
                why="illustrative: nearly deniable, to nearly open",
            ),
        ),
    }
    return relabelled(
        provocation(levels),
        words,
        parameters,
        name="iraq-2020-graded",
        caption="How far to provoke while the other side's patience is not known; illustrative payoffs.",
    )
