"""Payoff dominance: equilibria that no other equilibrium improves on for everyone."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from deterrence.answers.many import ManyEquilibria
from deterrence.answers.solution import Solution
from deterrence.refinements._verdicts import Reason, checked, with_verdicts


def payoff_dominant(solution: Solution) -> Solution:
    """Keep the equilibria to which no other equilibrium found is preferred by every player.

    Parameters
    ----------
    solution
        What ``solve`` returned.

    Returns
    -------
    Solution
        The equilibria that pass. More than one passes where players disagree on which is best.

    Notes
    -----
    One equilibrium payoff-dominates another if every player gets strictly more in it. Where something in an
    equilibrium is free, the payoffs of its listed member are compared.

    References
    ----------
    Harsanyi and Selten (1988), "A general theory of equilibrium selection in games", section 3.6.
    """
    if checked(solution, "payoff_dominant").stand_in:
        return _by_payoffs(solution)
    payoffs = [tuple(equilibrium.payoffs.values()) for equilibrium in solution]
    reasons: list[Reason] = []
    for row in payoffs:
        better = [k for k, other in enumerate(payoffs) if all(b > a for a, b in zip(row, other, strict=True))]
        reasons.append(f"everyone gets more in equilibrium {better[0] + 1}" if better else "")
    remark = "no one of them payoff-dominates all others" if reasons.count("") > 1 else ""
    return with_verdicts(solution, "the test of payoff dominance", reasons, remark=remark)


def _by_payoffs(solution: Solution) -> Solution:
    """Return the same of equilibria that are too many to list: whole groups with the same payoffs pass or fail."""
    rows = [tuple(payoffs.values()) for payoffs in solution.distinct_payoffs()]
    kept = {row for row in rows if not any(all(b > a for a, b in zip(row, other, strict=True)) for other in rows)}
    equilibria = cast(ManyEquilibria, solution.equilibria).with_payoffs(kept)
    status = f"{equilibria.number:,} of {solution.count:,} pass the test of payoff dominance"
    status += "" if solution.status == "solved" else f"; before that: {solution.status}"
    return replace(solution, equilibria=equilibria, status=status)
