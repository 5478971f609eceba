"""What the models of provocation share: intensity, retaliation, and how the outcomes are told."""

from __future__ import annotations

from typing import Any

from deterrence.models import ask

PLAYERS = ("Aggressor", "Defender")
OUTCOMES = ("peace", "unanswered provocation", "retaliation")
INTENSITY = "intensity"


def outcomes(intensity: float, answered: float) -> dict[str, float]:
    """Return the outcomes' probabilities: there is peace if the intensity is nothing."""
    if intensity <= 0:
        return dict(zip(OUTCOMES, (1.0, 0.0, 0.0), strict=True))
    return dict(zip(OUTCOMES, (0.0, 1 - answered, answered), strict=True))


def intensity_of(equilibrium: Any) -> float:
    """Return how hard the Aggressor provokes."""
    return float(equilibrium.strategies[INTENSITY])


def payoff_of(player: str) -> Any:
    """Return the measure: a player's payoff."""
    return lambda equilibrium: equilibrium.payoffs[player]


def together(*measures: Any, **values: Any) -> ask.Question:
    """Ask for several measures at parameter values."""
    return lambda model: [ask.value_at(measure, "", **values)(model) for measure in measures]
