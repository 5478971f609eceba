"""Cheap talk: words that cost nothing tell something where interests are close enough.

A Sender knows a state, anywhere between 0 and 1, and says something; a Receiver chooses a reply. The Receiver wants the
reply to be the state, the Sender wants it ``b`` higher, and both lose the square of the distance. Words then tell only in
which of a few intervals the state lies; the ``i``-th of ``N`` ends at ``i/N - 2 b i (N - i)``, so that each interval is
``4 b`` longer than the one before, and there are at most as many as fit. Beyond ``b = 1/4`` words tell nothing.
"""

from __future__ import annotations

from typing import Any

from deterrence.answers.measure import payoff
from deterrence.games.continuum.notation import choose, draw
from deterrence.games.notation import end, game
from deterrence.games.parameter import param
from deterrence.models import ask
from deterrence.models.claim import Claim
from deterrence.models.model import Model
from deterrence.models.theory import Theory


@game("Sender", "Receiver", name="cheap-talk")
def cheap_talk(
    *,
    bias: Any = param(
        0.05,
        "how much higher a reply the Sender wants than the Receiver",
        low=0.01,
        high=0.5,
        symbol="b",
        plausible=(0.02, 0.3),
        why="from seven intervals to none but the whole",
    ),
) -> Any:
    """Say something about a state; choose a reply to it."""

    def answered(state: Any, reply: Any) -> Any:
        return end("answered", -((reply - state - bias) ** 2), -((reply - state) ** 2))

    def below(state: Any) -> Any:
        return choose(
            "Sender", 0, 1, then=lambda message: choose("Receiver", 0, 1, then=lambda reply: answered(state, reply))
        )

    return draw(0, 1, seen_by="Sender", then=below)


MODEL = Model(cheap_talk, names={})
