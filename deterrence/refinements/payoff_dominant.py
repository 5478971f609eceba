"""Payoff dominance: equilibria that no other equilibrium improves on for everyone."""

from __future__ import annotations

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
    payoffs = [tuple(equilibrium.payoffs.values()) for equilibrium in checked(solution, "payoff_dominant")]
    reasons: list[Reason] = []
    for row in payoffs:
        better = [k for k, other in enumerate(payoffs) if all(b > a for a, b in zip(row, other, strict=True))]
        reasons.append(f"everyone gets more in equilibrium {better[0] + 1}" if better else "")
    remark = "no one of them payoff-dominates all others" if reasons.count("") > 1 else ""
    return with_verdicts(solution, "the test of payoff dominance", reasons, remark=remark)
