"""Equilibria in which nobody uses a weakly dominated strategy."""

from __future__ import annotations

from deterrence.answers.solution import Component, Equilibrium, Solution
from deterrence.games.strategic_form import StrategicForm
from deterrence.refinements._dominance import dominated_in_words, mixture
from deterrence.refinements._verdicts import Reason, checked, listed, with_verdicts


def undominated(solution: Solution) -> Solution:
    """Keep the equilibria in which no player's strategy is weakly dominated.

    A strategy is weakly dominated if another one, perhaps mixed, never does worse and sometimes better,
    whatever the others do.

    Parameters
    ----------
    solution
        What ``solve`` returned, for any number of players.

    Returns
    -------
    Solution
        The equilibria that pass; the status says which were removed and by what they are dominated.

    Raises
    ------
    MethodError
        If the strategic form is too large to be written.

    Notes
    -----
    Whole strategies are compared, in the strategic form; mixed ones too, since a mixture of undominated
    strategies may be dominated. Where something in an equilibrium is free, its inner member is tested: all
    members use no other strategies than it does, so they pass with it. Everything is exact.

    References
    ----------
    van Damme (1991), "Stability and perfection of Nash equilibria", section 3.2.
    """
    return without_dominated(checked(solution, "undominated"), "the test for weakly dominated strategies")


def without_dominated(solution: Solution, test: str) -> Solution:
    """Return the solution without equilibria in dominated strategies, under the name of a test."""
    strategic = StrategicForm.of(solution.game)
    reasons = [_reason(strategic, equilibrium) for equilibrium in listed(solution, test)]
    passed = tuple(c for c in solution.components if _is_undominated(strategic, c, solution, reasons))
    return with_verdicts(solution, test, reasons, components=passed)


def _reason(strategic: StrategicForm, equilibrium: Equilibrium) -> Reason:
    for player in range(len(strategic.plans)):
        reason = dominated_in_words(strategic, player, mixture(strategic, player, equilibrium))
        if reason:
            return reason
    return ""


def _is_undominated(strategic: StrategicForm, sets: Component, solution: Solution, reasons: list[Reason]) -> bool:
    """Tell whether all mixtures in a convex set pass: those in the middle use every strategy used in it."""
    if any(reasons[k] for k in sets.equilibria):
        return False
    for player in range(len(strategic.plans)):
        mixtures = [mixture(strategic, player, solution[k]) for k in sets.equilibria]
        middle = [sum(column) / len(mixtures) for column in zip(*mixtures, strict=True)]
        if dominated_in_words(strategic, player, middle):
            return False
    return True
