"""The page inside a brief on which the reader moves what the brief is about."""

from __future__ import annotations

from collections.abc import Callable

from deterrence.explorer.explore import explore
from deterrence.models.model import Model

BUDGET = 20.0
"""Seconds for finding the classes of equilibria that the page shows."""


def touch(model: Model) -> Callable[[], str] | None:
    """Return what makes a page on a model's axes; None of a model that has none, or no formulas."""
    if not model.axes or model.game.has_continuum:
        return None
    x, *more = model.axes[:2]
    return lambda: explore(model, x=x, y=more[0] if more else None, parameters=model.axes, budget=BUDGET).html
