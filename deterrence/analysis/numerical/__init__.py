"""Questions about continuous models, which have no closed forms: solved at each point, numerically."""

from __future__ import annotations

from deterrence.analysis.numerical import sensitivity, sweep, threshold

__all__ = ["sensitivity", "sweep", "threshold"]
