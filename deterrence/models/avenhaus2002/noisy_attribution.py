"""Strike and retaliate under noisy attribution: an alarm may be missed or false.

The attacker, if it has an opportunity, strikes or waits. An alarm follows a strike with probability
``detection`` and all else with probability ``false_alarm``; the defender sees the alarm or its absence and
retaliates or not. At the default values there are three equilibria: the strike probability is 1/8 with
retaliation after 5/12 of the alarms, or 3/4 with retaliation after every alarm and 7/12 of the silences, or
both sides act whatever happens.
"""

from __future__ import annotations

from typing import Any

from deterrence.models.model import Model
from deterrence.notation import chance, end, game, move, where
from deterrence.parameter import param, share
from deterrence.tree import Assumed, Node


@game("Attacker", "Defender", name="noisy-attribution")
def noisy_attribution(
    *,
    benefit: Any = param(1, "attacker's gain from a strike", low=0, high=10, symbol="b"),
    punishment: Any = param(4, "what retaliation costs the attacker, guilty or not", low=0, high=20, symbol="c"),
    harm: Any = param(2, "what a strike costs the defender", low=0, high=20, symbol="K"),
    satisfaction: Any = param(1, "defender's gain from retaliating against the guilty", low=0, high=10, symbol="v"),
    error: Any = param(1, "what retaliating against the innocent costs the defender", low=0, high=10, symbol="w"),
    detection: Any = share(0.7, "chance of an alarm after a strike", symbol=r"\alpha"),
    false_alarm: Any = share(0.1, "chance of an alarm without a strike", symbol="f"),
    opportunity: Any = share(1, "chance that the attacker can strike at all", symbol="q"),
) -> Assumed:
    """Who struck is inferred from an alarm that may be missed or false."""

    def judged(alarm: Any, struck: bool) -> Node:
        gain, pain = (benefit, -harm) if struck else (0, 0)
        verdict = satisfaction if struck else -error
        outcomes = ("unanswered strike", "retaliation") if struck else ("quiet", "mistaken retaliation")

        def answer(seen: str) -> Node:
            spared = end(outcomes[0], gain, pain)
            punished = end(outcomes[1], gain - punishment, pain + verdict)
            return move("Defender", information=seen, restrain=spared, retaliate=punished)

        return chance({"alarm": (alarm, answer("alarm")), "no alarm": (1 - alarm, answer("no alarm"))})

    choice = move("Attacker", wait=judged(false_alarm, False), strike=judged(detection, True))
    tree = chance({"opportunity": (opportunity, choice), "none": (1 - opportunity, judged(false_alarm, False))})
    return where(tree, false_alarm <= detection)


MODEL = Model(
    noisy_attribution,
    source="avenhaus2002",
    topic="attribution",
    does_not_say="""\
There is one suspect, so that evidence never points from one to another. Retaliation is all or nothing,
and the attacker cannot make the alarm better or worse. Nothing is learnt over time: it is played once.""",
)
