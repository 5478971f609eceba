"""Provoke only so hard that one may still deny it.

The harder the provocation, the likelier it is traced: with probability ``a_0 + a_1 e``, and then retaliation is
certain. The best intensity is ``(v (1 - a_0) - L a_1) / (2 v a_1)``; deniability sets a ceiling of its own. Provoking
at all exposes the Aggressor to a_0, so that it stays out where the best provocation pays less than nothing.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from deterrence.continuous import Play, best_choice, continuous, largest_gain
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
    concept="subgame perfect equilibrium",
    name="rising-attribution",
    hidden_information=True,
)
def rising_attribution(
    *,
    gain: Any = param(
        1,
        "what each unit of provocation gains the Aggressor",
        low=0.1,
        high=10,
        symbol="v",
        plausible=(0.2, 3),
        why="holds 0.4, up to which the default retaliation deters",
    ),
    retaliation: Any = param(
        0.5,
        "harm that retaliation does to the Aggressor",
        low=0,
        high=10,
        symbol="L",
        plausible=(0, 2),
        why="holds 1.25, from which the Aggressor is deterred",
    ),
    least_attribution: Any = share(
        0,
        "chance that the mildest provocation is traced",
        symbol="a_0",
        plausible=(0, 0.3),
        why="holds 0.14, from which the risk deters; mild ones rarely traced",
    ),
    trace: Any = param(
        0.8,
        "how much likelier each unit of provocation is traced",
        low=0.1,
        high=5,
        symbol="a_1",
        plausible=(0.3, 2.5),
        why="holds 2, from which the default retaliation deters",
    ),
) -> Play:
    """Choose how hard to provoke where harder provocations are easier to trace, and traced ones are answered."""
    ceiling = (1 - least_attribution) / trace

    def payoff(intensity: Any) -> Any:
        answered = np.minimum(1.0, least_attribution + trace * np.asarray(intensity))
        return gain * np.asarray(intensity) * (1 - answered) - retaliation * answered

    intensity = best_choice(payoff, 0.0, ceiling)
    if float(payoff(intensity)) <= 0:
        intensity = 0.0
    answered = least_attribution + trace * intensity if intensity > 0 else 0.0
    paid = float(payoff(intensity)) if intensity > 0 else 0.0
    others = payoff(np.linspace(0, max(ceiling, 1e-9), GRID))
    untraced = np.array([1 - answered, answered]) @ [[gain * intensity, -intensity], [-retaliation, 0.0]]
    return Play(
        outcomes=outcomes(intensity, answered),
        payoffs={"Aggressor": paid, "Defender": -intensity * (1 - answered)},
        strategies={INTENSITY: intensity, "ceiling of deniability": ceiling},
        gain={"Aggressor": largest_gain(paid, (others, 0.0)), "Defender": 0.0},
        recomputed=dict(zip(PLAYERS, map(float, untraced), strict=True)),
        name="deterred" if intensity <= 0 else "calibrated",
    )


def _best(p: Any) -> float | None:
    a, b = p.least_attribution, p.trace
    inner = float(np.clip((p.gain * (1 - a) - p.retaliation * b) / (2 * p.gain * b), 0, (1 - a) / b))
    traced = a + b * inner
    return inner if p.gain * inner * (1 - traced) - p.retaliation * traced > 0 else 0.0


def _deterred_from(model: Any) -> Any:
    from deterrence.analysis.threshold import threshold

    boundaries = threshold(model.game, "retaliation", intensity_of, between=(0, 3)).boundaries
    return next((boundary.value for boundary in boundaries if "deterred" in boundary.new), None)


def _map(model: Any, ax: Any) -> Any:
    """Draw how often provocation is answered over how easily it is traced and how much an answer harms."""
    from deterrence.analysis.sweep import sweep

    trace, harm = np.linspace(0.3, 2, 41).round(4), np.linspace(0, 3, 41).round(4)
    return sweep(model.game, "retaliation", trace=trace, retaliation=harm).plot(ax=ax)


MODEL = Model(
    rising_attribution,
    source="gannon2024",
    relation="in the spirit of",
    changed=(
        "Not found in the work, which reasons about conflict short of war: a reduced form in which a harder blow "
        "is easier to trace."
    ),
    topic="grey zone",
    assumptions=(
        "How likely a provocation is traced rises with its intensity and is known to the Aggressor.",
        "The Defender answers whatever it can trace, and nothing else.",
    ),
    claims=(
        Claim(
            "The best intensity is (v (1 - a_0) - L a_1) / (2 v a_1), at least 0, where provoking pays at all.",
            "",
            ask.matches(intensity_of, _best),
        ),
        Claim(
            "At v = 1, L = 1/2, a_0 = 0, a_1 = 0.8 the intensity is 0.375 and the payoff 0.1125.",
            "",
            together(intensity_of, payoff_of("Aggressor")),
            ["0.375000", "0.112500"],
            basis="computed",
        ),
        Claim(
            "Without a_0 the Aggressor is deterred from a_1 L = v on, here L = 1.25.",
            "",
            _deterred_from,
            "1.2500",
        ),
        Claim(
            "A steeper trace never makes provocation harsher.",
            "",
            ask.moves("trace", intensity_of, "does not rise"),
        ),
        Claim(
            "There the Defender expects -0.2625; at v = 2 and a_0 = 0.1 the intensity is 0.4375, and the two expect "
            "0.25625 and -0.240625.",
            "",
            lambda model: [
                together(payoff_of("Defender"))(model),
                together(
                    intensity_of,
                    payoff_of("Aggressor"),
                    payoff_of("Defender"),
                    "retaliation",
                    gain=2,
                    least_attribution=0.1,
                )(model),
            ],
            # traced with 0.3, so -0.375 0.7; (2 0.9 - 0.4) / 3.2 = 0.4375, traced with 0.1 + 0.8 0.4375 = 0.45, so 2
            # 0.4375 0.55 - 0.5 0.45 and -0.4375 0.55
            [["-0.262500"], ["0.437500", "0.256250", "-0.240625", "0.450000"]],
            basis="computed",
        ),
        Claim(
            "A deterred Aggressor leaves both with nothing.",
            "",
            together("peace", payoff_of("Aggressor"), payoff_of("Defender"), retaliation=1.3),
            [1, 0, 0],
        ),
    ),
    draws=_map,
    does_not_say="""\
How well provocations can be traced is nature's; an Aggressor that works on deniability, and a Defender that works on
tracing, would need moves of their own.""",
    theory=Theory(
        mechanism=("attribution", "escalation"),
        actors="two states",
        information=("noisy signal",),
        result=("deters",),
        finding="The wish to be able to deny sets a ceiling on provocation by itself.",
        means=("punishment",),
        phase=("general",),
        neighbours={
            "gannon2024/calibrated_provocation": (
                "There the chance of attribution is given, and the threshold of an answer is hidden."
            ),
            "ma2024/disruption": "There the evidence may be disrupted at no cost.",
        },
    ),
    related=("schram2021",),
)
