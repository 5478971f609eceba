"""Extreme value shocks to all actions: the logit equilibrium of the game without the draws is what answers.

The logit branch knows one precision. Payoffs are therefore divided by their player's spread, and the precision is one.
"""

from __future__ import annotations

import numpy as np

from deterrence.solvers.continuum.shocks.own_shocks import is_logit, own_shocks
from deterrence.solvers.continuum.shocks.reading import Reading
from deterrence.solvers.continuum.shocks.replies import Replies, reply
from deterrence.solvers.continuum.shocks.ways import pay_at, ways_of
from deterrence.solvers.logit.form import logit_form
from deterrence.solvers.logit.points import LogitPoints
from deterrence.solvers.quantal import Quantal, branch_points

NEAR = 1e-13


def spreads_of(reading: Reading) -> dict[int, float] | None:
    """Return each player's spread, where choice is logit everywhere; else None.

    It is where every decision is one information set with an extreme value shock to each action, of the same spread
    at all sets of a player and the same place, and no player moves again on a path: who does looks ahead to the best
    of its later shocks, and the logit equilibrium of the agent form does not.
    """
    if any(reading.form.own_steps):
        return None
    spreads: dict[int, float] = {}
    for place, decision in enumerate(reading.decisions):
        if len(decision.plans) == 1:
            continue
        spread = _spread(reading, place)
        if spread is None or abs(spreads.setdefault(decision.player, spread) - spread) > NEAR * spread:
            return None
    return spreads


def _spread(reading: Reading, place: int) -> float | None:
    """Return the spread at a decision, or None where its choice is not logit in the payoffs without draws."""
    decision, through = reading.decisions[place], ways_of(reading)[place].through
    rows = []
    for s in range(len(decision.plans)):
        weights = np.array([way.weights for way in through if way.plans[s]])
        if len(weights) == 0 or np.ptp(weights, axis=0).max(initial=0.0) > 0:
            return None
        rows.append(weights[0])
    own = own_shocks(np.array(rows), decision.shocks)
    if own is None or not is_logit(own):
        return None
    pairs = [pair for pair in own if pair is not None]
    places = [weight * shock.place for weight, shock in pairs]
    spread = pairs[0][0] * pairs[0][1].scale
    return spread if max(places) - min(places) <= NEAR * spread else None


def logit_profile(reading: Reading, spreads: dict[int, float]) -> tuple[Replies | None, str, bool]:
    """Return the point of the principal branch of logit equilibria, its status, and whether it is the only one."""
    tree = logit_form(reading.form)
    count = range(len(reading.form.players))
    payoffs = [[pay_at(reading, end, i).fixed / spreads.get(i, 1.0) for i in count] for end in tree.ends]
    draws = [reading.chances[node][branch] for node, branch in tree.draws]
    points = LogitPoints(tree, np.array(payoffs)[:, :, None], np.array(draws)[:, None])
    point = next(branch_points(points, [Quantal(rationality=1)]))
    if point.odds is None:
        return None, point.status, False
    logs = points.logs(point.odds)[:, 0]
    profile = Replies(tuple(np.split(np.exp(logs), tree.first[1:])), {})
    answered = profile
    for place in range(len(reading.decisions)):
        answered = answered.with_decision(reading, place, reply(reading, place, profile))
    return answered, point.status, point.complete
