"""Refinements: functions that keep, of a solution's equilibria, those that pass a further test."""

from __future__ import annotations

from deterrence.refinements.d1 import d1
from deterrence.refinements.distinct_outcomes import distinct_outcomes
from deterrence.refinements.intuitive_criterion import intuitive_criterion
from deterrence.refinements.payoff_dominant import payoff_dominant
from deterrence.refinements.risk_dominant import risk_dominant
from deterrence.refinements.trembling_hand_perfect import trembling_hand_perfect
from deterrence.refinements.undominated import undominated

__all__ = [
    "d1",
    "distinct_outcomes",
    "intuitive_criterion",
    "payoff_dominant",
    "risk_dominant",
    "trembling_hand_perfect",
    "undominated",
]
