"""Equilibria grouped by what an observer sees."""

from __future__ import annotations

from collections.abc import Sequence

from deterrence.answers.solution import Equilibrium, Solution
from deterrence.refinements._verdicts import checked


def distinct_outcomes(solution: Solution) -> tuple[Sequence[Equilibrium], ...]:
    """Return the equilibria grouped by the probability of each outcome.

    Equilibria in one group differ only in what is not observed: choices and beliefs off the path of play.

    Parameters
    ----------
    solution
        What ``solve`` returned; the groups are those of its ``distinct_outcomes()``.
    """
    return checked(solution, "distinct_outcomes").distinct_outcomes()
