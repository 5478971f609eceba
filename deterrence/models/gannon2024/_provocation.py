"""What the models of provocation share: how hard the Aggressor provokes, and questions about it."""

from __future__ import annotations

from typing import Any

from deterrence.models import ask

PLAYERS = ("Aggressor", "Defender")
INTENSITY = "intensity"


def intensity_of(equilibrium: Any) -> Any:
    """Return how hard the Aggressor provokes: nothing where it keeps the peace."""
    return 0 if equilibrium.outcomes.get("peace") == 1 else equilibrium.choices[INTENSITY]


def payoff_of(player: str) -> Any:
    """Return the measure: a player's payoff."""
    return lambda equilibrium: equilibrium.payoffs[player]


def together(*measures: Any, **values: Any) -> ask.Question:
    """Ask for several measures at parameter values."""
    return lambda model: [ask.value_at(measure, "", **values)(model) for measure in measures]


def deterred_from(model: Any) -> Any:
    """Return the harm of retaliation from which on the Aggressor is deterred."""
    from deterrence.analysis.threshold import threshold

    boundaries = threshold(model.game, "retaliation", intensity_of, between=(0, 3)).boundaries
    return next((boundary.value for boundary in boundaries if "deterred" in boundary.new), None)
