"""Provoke as hard as it pays, below a threshold only the Defender knows.

The Aggressor picks an intensity e; the Defender retaliates if it learns who did it and e reaches its private
threshold, spread on [0, k]. If it retaliates the gain is lost and L is paid. The best intensity is
``k / (2 a) - L / (2 v)``, where a is the chance of attribution; the Aggressor is deterred where ``a L >= v k``. Better
attribution makes provocation milder. Retaliation it makes rarer only from some point on: before that, what is learned
more often outweighs what is done more mildly.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from deterrence.continuous import Play, Uniform, best_choice, continuous, largest_gain
from deterrence.continuous.types import midpoints
from deterrence.games.parameter import param, share
from deterrence.models import ask
from deterrence.models.claim import Claim
from deterrence.models.gannon2024._provocation import (
    INTENSITY,
    OUTCOMES,
    PLAYERS,
    intensity_of,
    outcomes,
    payoff_of,
    together,
)
from deterrence.models.model import Model
from deterrence.models.theory import Theory

GRID = 20_001


@continuous(
    *PLAYERS,
    outcomes=OUTCOMES,
    kind="continuous action",
    concept="perfect Bayesian equilibrium",
    name="calibrated-provocation",
)
def calibrated_provocation(
    *,
    gain: Any = param(
        1,
        "what each unit of provocation gains the Aggressor",
        low=0.1,
        high=10,
        symbol="v",
        plausible=(0.25, 4),
        why="holds 0.5, up to which the default retaliation deters",
    ),
    retaliation: Any = param(
        0.5,
        "harm that retaliation does to the Aggressor",
        low=0,
        high=10,
        symbol="L",
        plausible=(0, 3),
        why="from harmless to three times what full provocation gains",
    ),
    tolerance: Any = param(
        1,
        "the greatest threshold that the Defender may have",
        low=0.1,
        high=3,
        symbol="k",
        plausible=(0.2, 2),
        why="at 2 half of all Defenders bear even full provocation",
    ),
    attribution: Any = share(
        1,
        "chance that the Defender learns who did it",
        symbol="a",
        plausible=(0.2, 1),
        why="from mostly deniable to done in the open",
    ),
    sanction_only: Any = share(
        0,
        "how much of the gain the Aggressor keeps when it is answered",
        symbol=r"\kappa",
        plausible=(0, 1),
        why="from an answer that takes all back to mere sanctions",
    ),
) -> Play:
    """Choose how hard to provoke a Defender whose threshold for an answer is hidden."""
    thresholds = Uniform(0.0, tolerance)

    def payoff(intensity: Any) -> Any:
        answered = attribution * thresholds.cdf(intensity)
        return gain * intensity * (1 - answered * (1 - sanction_only)) - retaliation * answered

    intensity = best_choice(payoff, 0.0, 1.0, corners=(tolerance,))
    answered = float(attribution * thresholds.cdf(intensity))
    paid, limits = float(payoff(intensity)), midpoints(thresholds)
    answers = limits <= intensity
    kept, lost = gain * intensity, gain * intensity * sanction_only - retaliation
    suffered = np.where(answers, -attribution * limits - (1 - attribution) * intensity, -intensity)
    return Play(
        outcomes=outcomes(intensity, answered),
        payoffs={
            "Aggressor": paid,
            "Defender": -intensity * (1 - answered) - attribution * thresholds.mean_below(intensity),
        },
        strategies={INTENSITY: intensity},
        gain={
            "Aggressor": largest_gain(paid, (payoff(np.linspace(0, 1, GRID)),)),
            "Defender": attribution
            * largest_gain(np.where(answers, -limits, -intensity), (-limits, np.full(len(limits), -intensity))),
        },
        recomputed={
            "Aggressor": float(np.mean(np.where(answers, attribution * lost + (1 - attribution) * kept, kept))),
            "Defender": float(np.mean(suffered)),
        },
        name="deterred" if intensity <= 0 else "all out" if intensity >= 1 else "calibrated",
    )


def _best(p: Any) -> float | None:
    """Return the best intensity: inside, at nothing, or all out."""
    lost = 1 - p.sanction_only
    if lost < 1e-3 or p.attribution < 1e-3:
        return None
    inner = p.tolerance / (2 * p.attribution * lost) - p.retaliation / (2 * p.gain * lost)

    def worth(e: float) -> float:
        answered = p.attribution * min(1.0, e / p.tolerance)
        return float(p.gain * e * (1 - answered * lost) - p.retaliation * answered)

    return max(0.0, float(np.clip(inner, 0, min(p.tolerance, 1))), 1.0, key=worth)


def _deterred_from(model: Any) -> Any:
    from deterrence.analysis.threshold import threshold

    boundaries = threshold(model.game, "retaliation", intensity_of, between=(0, 3)).boundaries
    return next((boundary.value for boundary in boundaries if "deterred" in boundary.new), None)


def _curves(model: Any, ax: Any) -> Any:
    """Draw what happens as attribution improves."""
    from deterrence.analysis.sweep import sweep

    return sweep(model.game, *OUTCOMES, attribution=np.linspace(0, 1, 81).round(4)).plot(ax=ax)


MODEL = Model(
    calibrated_provocation,
    source="gannon2024",
    relation="in the spirit of",
    changed=(
        "Not found in the work, which reasons about conflict short of war: a reduced form in which one intensity "
        "is chosen."
    ),
    topic="grey zone",
    note="That the Defender's threshold is what an answer costs it is our reading.",
    assumptions=(
        "The Aggressor commits to one intensity between 0 and 1, in which its gain is linear.",
        "The Defender's threshold is private and spread evenly; it answers if it knows whom and is pushed so far.",
        "If answered, the Aggressor loses what it gained.",
    ),
    claims=(
        Claim(
            "The best intensity is k / (2 a) - L / (2 v), both terms over the share of the gain that an answer takes, "
            "or it is nothing, or all out.",
            "",
            ask.matches(intensity_of, _best),
        ),
        Claim(
            "At v = 1, L = 1/2, k = 1 and certain attribution: intensity 0.25, payoff 0.0625, retaliation 0.25.",
            "",
            together(intensity_of, payoff_of("Aggressor"), "retaliation"),
            ["0.250000", "0.062500", "0.25"],
            basis="computed",
        ),
        Claim(
            "With attribution of 0.6: 0.583333, 0.204167 and 0.35.",
            "",
            together(intensity_of, payoff_of("Aggressor"), "retaliation", attribution=0.6),
            ["0.583333", "0.204167", "0.35"],
            basis="computed",
        ),
        Claim(
            "With L = 2 as well the Aggressor is deterred.",
            "",
            together(intensity_of, payoff_of("Aggressor"), "retaliation", retaliation=2, attribution=0.6),
            [0, 0, 0],
            basis="computed",
        ),
        Claim(
            "Better attribution never makes provocation harsher.",
            "",
            ask.moves("attribution", intensity_of, "does not rise"),
        ),
        Claim(
            "It makes retaliation rarer.",
            "",
            ask.moves("attribution", "retaliation", "falls"),
        ),
        Claim(
            "The Aggressor is deterred from a L = v k on, here L = 1.",
            "",
            _deterred_from,
            "1.0000",
        ),
        Claim(
            "Sanctions that leave the gain deter only from a L = v k on, and up to there not at all.",
            "",
            lambda model: [
                ask.value_at(intensity_of, sanction_only=1, retaliation=loss)(model) for loss in (0.5, 0.99, 1.01, 2)
            ],
            [1, 1, 0, 0],
        ),
        Claim(
            "The Defender then expects -0.21875 with certain attribution, and -0.48125 with one of 0.6.",
            "",
            ask.each_of(ask.value_at(payoff_of("Defender")), ask.value_at(payoff_of("Defender"), "", attribution=0.6)),
            # e (1 - r) + a e**2 / (2 k): 0.25 0.75 + 0.03125; 7/12 0.65 + 0.6 (49/144) / 2
            ["-0.218750", "-0.481250"],
            basis="computed",
        ),
        Claim(
            "At v = 2, k = 0.8, a = 0.9 and where an answer takes 3/4 of the gain: intensity 23/54, and the two expect "
            "0.306134 and -0.323881.",
            "",
            together(
                intensity_of,
                payoff_of("Aggressor"),
                payoff_of("Defender"),
                gain=2,
                tolerance=0.8,
                attribution=0.9,
                sanction_only=0.25,
            ),
            # 0.8 / 1.35 - 0.5 / 3 = 23/54, answered with 0.9 23/54 / 0.8 = 23/48; 2 23/54 (1 - 3/4 23/48) - 23/96;
            # -23/54 25/48 - 0.9 (23/54)**2 / 1.6
            ["0.425926", "0.306134", "-0.323881"],
            basis="computed",
        ),
        Claim(
            "The Aggressor provokes with measure at the defaults, goes all out where it keeps what it gained, and does "
            "nothing where retaliation costs it 2.",
            "",
            ask.each_of(ask.classes_at(), ask.classes_at(sanction_only=1), ask.classes_at(retaliation=2)),
            [{"calibrated"}, {"all out"}, {"deterred"}],
        ),
    ),
    draws=_curves,
    does_not_say="""\
One provocation at one intensity: how the Aggressor would feel its way, and what the Defender would learn from it, is
left out, and so is a Defender who hides or moves its threshold.""",
    theory=Theory(
        mechanism=("attribution", "escalation"),
        actors="two states",
        information=("one-sided", "noisy signal"),
        result=("trades off",),
        finding="Better attribution makes provocation milder, but answers rarer only from some point on.",
        means=("punishment",),
        phase=("general",),
        neighbours={
            "gannon2024/rising_attribution": (
                "There a harder provocation is easier to trace, and the answer is certain."
            ),
            "bapat2012/direct_or_proxy": "There the channel is chosen, not the intensity.",
        },
    ),
    related=("schram2021", "altman2017"),
)
