"""What types gain by other plans than theirs: the best from each decision on, less what the strategy brings there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from deterrence.solvers.continuum.certificate.reading import Array
from deterrence.solvers.continuum.certificate.walk import NODES_AXIS, TRIED, Decision, Walk

LEAST_REACH = 1e-11
"""A decision that is reached with less counts as not reached, where reach is a float."""


@dataclass(eq=False)
class Gains:
    """The gains at every decision of a walk.

    Attributes
    ----------
    of
        Decision -> the gain of each type there, and where it is reached.
    options
        Decision -> action -> what it is worth to each type if play follows the strategies below.
    """

    walk: Walk
    of: dict[tuple[Any, ...], tuple[Array, Array]] = field(default_factory=dict)
    options: dict[tuple[Any, ...], dict[Any, Array]] = field(default_factory=dict)
    highest: dict[tuple[Any, ...], Array] = field(default_factory=dict)

    def from_start(self) -> Gains:
        """Compute them all, the last decisions first."""
        self.worth((), False)
        return self

    def worth(self, step: tuple[Any, ...], revealed: bool) -> tuple[Array, Array]:
        """Return what a step brings each type with the best plan from there, and with its strategy."""
        best = followed = self.walk.leaves.get(step, 0)
        for decision in self.walk.below.get(step, ()):
            values = self._decided(decision)
            if decision.revealed and not revealed and not self.walk.keep:
                values = tuple(_over_nodes(value) for value in values)
            best, followed = best + values[0], followed + values[1]
        return best, followed

    def _decided(self, decision: Decision) -> tuple[Array, Array]:
        import numpy as np

        actions = [*decision.chances, *([TRIED] if decision.tried is not None else [])]
        values = {a: self.worth((decision.key, a), decision.revealed) for a in actions}
        best: Array = None
        for action, (most, _) in values.items():
            top = most
            if action == TRIED:
                top = _over_tried(most, decision)
                self.highest[decision.key] = most
            best = top if best is None else np.maximum(best, top)
        followed = sum(p * values[a][1] for a, p in decision.chances.items())
        self.options[decision.key] = {a: values[a][1] for a in actions}
        worst = 0 * best
        for action, p in decision.chances.items():
            lost = best - values[action][1]
            worst = np.maximum(worst, np.where(np.asarray(p > 0, dtype=bool), lost, 0 * lost))
        self.of[decision.key] = worst, decision.reach
        return best, followed


def conditional(gain: Array, reach: Array, exact: bool) -> tuple[Array, Array]:
    """Return the gains of those who are at a decision, zero where nobody is, and where somebody is."""
    import numpy as np

    gain, reach = np.broadcast_arrays(np.asarray(gain), np.asarray(reach))
    here = np.asarray(reach > (0 if exact else LEAST_REACH), dtype=bool)
    safe = np.where(here, reach, 1)
    return np.where(here, gain / safe, 0 * gain), here


def _over_tried(value: Array, decision: Decision) -> Array:
    import numpy as np

    value = np.asarray(value)
    return value.max(axis=decision.axis, keepdims=True) if value.ndim > decision.axis else value


def _over_nodes(value: Array) -> Array:
    import numpy as np

    value = np.asarray(value)
    return value.sum(axis=NODES_AXIS, keepdims=True) if value.ndim > NODES_AXIS else value
