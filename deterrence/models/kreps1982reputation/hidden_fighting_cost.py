"""Reputation where nobody knows what a fight costs: the second entrant is deterred in part, by types that hate to fight.

An incumbent meets two entrants in turn. What a fight costs it lies anywhere between ``-l``, for one that likes to fight,
and ``h``. In the last market it fights where that is below nothing. In the first it also fights at costs up to ``l/b``
(at most 1, what the second market is worth), to be taken for one that likes to fight; after a fight the second entrant
stays out with that chance. The first stays out where those who like to fight are more than ``(b/(1 + b))^2`` of all.
"""

from __future__ import annotations

from typing import Any

from deterrence.answers.measure import payoff
from deterrence.games.continuum.notation import draw
from deterrence.games.notation import end, game, move
from deterrence.games.parameter import param
from deterrence.models import ask
from deterrence.models.claim import Claim
from deterrence.models.model import Model
from deterrence.models.theory import Theory


@game("Incumbent", "First", "Second", name="hidden-fighting-cost")
def hidden_fighting_cost(
    *,
    prize: Any = param(
        0.5,
        "what an entry brings that is not fought; one that is fought brings -1",
        low=0.05,
        high=3,
        symbol="b",
        plausible=(0.2, 1),
        why="no more than a fight costs an entrant",
    ),
    liking: Any = param(
        0.2,
        "what a fight is worth to the incumbent that likes it best",
        low=0.01,
        high=2,
        symbol="l",
        plausible=(0.02, 0.6),
        why="from hardly a chance that one likes to fight to a fair one",
    ),
    highest_cost: Any = param(
        2,
        "the most that a fight may cost the incumbent; a market to itself is worth 1 to it",
        low=1.01,
        high=6,
        symbol="h",
        plausible=(1.2, 4),
        why="some types would not fight for the second market",
    ),
) -> Any:
    """Two entries in turn, each fought or not by an incumbent whose cost of fighting is hidden."""

    def second(kept: Any, first: Any, cost: Any, seen: str) -> Any:
        answers = {"fight": end("second fought", kept - cost, first, -1), "share": end("both there", kept, first, prize)}
        entered = move("Incumbent", answers, information=f"second entered, {seen}")
        stayed = end("second stays out", kept + 1, first, 0)
        return move("Second", {"stay out": stayed, "enter": entered}, information=f"Second, {seen}")

    def below(cost: Any) -> Any:
        answers = {"fight": second(-cost, -1, cost, "first fought"), "share": second(0, prize, cost, "first shared")}
        entered = move("Incumbent", answers, information="first entered")
        return move("First", {"stay out": second(1, 0, cost, "first out"), "enter": entered}, information="First")

    return draw(-liking, highest_cost, seen_by="Incumbent", then=below, name="what a fight costs the incumbent")


MODEL = Model(hidden_fighting_cost, names={})
