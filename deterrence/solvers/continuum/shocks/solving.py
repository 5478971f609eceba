"""Equilibria of games with private shocks on actions or on outcomes.

Shocks are draws that one player sees and that enter its payoffs linearly, two or more of them at one decision. What
others see is the probability of each action over the shocks. Where every decision looks ahead only, one pass from the
ends of the tree gives the one equilibrium; loops with one unknown are searched for all roots; of others one branch is
followed.

References
----------
signorino1999; signorino2003; signorino2006; lewis2003; mckelvey1998.
"""

from __future__ import annotations

from typing import Any

from deterrence.answers.solution import Solution
from deterrence.games.game import Game
from deterrence.solvers.continuum.shocks.answers import answer
from deterrence.solvers.continuum.shocks.branch_of_replies import followed, repeated
from deterrence.solvers.continuum.shocks.logit_shocks import logit_profile, spreads_of
from deterrence.solvers.continuum.shocks.loops import Loop, loops_of
from deterrence.solvers.continuum.shocks.one_unknown import CHANCES, ODDS, solutions
from deterrence.solvers.continuum.shocks.reading import Reading
from deterrence.solvers.continuum.shocks.recognised import objection, read
from deterrence.solvers.continuum.shocks.replies import Replies, reply, unreached
from deterrence.solvers.perfect_bayesian import PerfectBayesian

__all__ = ["objection", "solve"]

SHAKEN, LOGIT = "perfect Bayesian equilibrium with private shocks", "quantal response equilibrium"
ONLY = "the only one, since no decision depends on itself through others"
ONE_ROOT = "the only one, since each answer to the chance of an action falls as that chance rises"
ROOTS = (
    f"all found where a decision's chance answers itself, at sign changes between {len(ODDS)} log-odds of it; two "
    "equilibria closer to each other than these may be missing"
)
MIXED = (
    f"sure replies and all mixtures found of who has no shocks, at sign changes between {len(CHANCES)} chances; two "
    "equilibria closer to each other than these may be missing"
)
BRANCH = (
    "one, on the branch that begins where shocks alone decide and payoffs come to count as they do in the game; others "
    "may exist"
)
MISTAKES = "beliefs at {names}, where nobody comes, are those after rare mistakes; others may support other equilibria"
SETTLED = "one, to which replies to replies settle; others may exist"
LOST = "not found: the branch of replies was lost, and replies to replies do not settle"
TIE = "a decision without shocks is a tie, at which another choice may do as well"


def solve(game: Game, method: Any = None) -> Solution:
    """Return the equilibria of a game with private shocks, at its present parameter values."""
    reading = read(game)
    spreads = spreads_of(reading)
    if spreads is not None:
        profile, status, complete = logit_profile(reading, spreads)
        profiles = [] if profile is None else [profile]
    else:
        profiles, status, complete = _profiles(reading)
    if any(profile.tie for profile in profiles):
        status, complete = f"{status}; {TIE}", False
    loose = sorted({name for profile in profiles for name in unreached(reading, profile)})
    if loose:
        status, complete = f"{status}; {MISTAKES.format(names=', '.join(loose))}", False
    equilibria: Any = tuple(answer(reading, profile, SHAKEN if spreads is None else LOGIT) for profile in profiles)
    return Solution(game, method or PerfectBayesian(), equilibria, status, complete)


def _profiles(reading: Reading) -> tuple[list[Replies], str, bool]:
    """Return the profiles that answer themselves, loop after loop."""
    profiles, statuses, complete = [Replies.even(reading)], [], True
    for loop in loops_of(reading):
        found: list[Replies] = []
        for profile in profiles:
            further, status, proved = _through(reading, loop, profile)
            found += further
            statuses += [status] if status else []
            complete = complete and proved
        profiles = found
    return profiles, "; ".join(dict.fromkeys(statuses)) or ONLY, complete


def _through(reading: Reading, loop: Loop, profile: Replies) -> tuple[list[Replies], str, bool]:
    if not loop.round:
        place = loop.places[0]
        return [profile.with_decision(reading, place, reply(reading, place, profile))], "", True
    if loop.cut is not None:
        found, proved = solutions(reading, loop, profile)
        looked = ROOTS if reading.decisions[loop.cut].names else MIXED
        return found, ONE_ROOT if proved else looked, proved
    if any(not reading.decisions[place].names for place in loop.places):
        return [], _unsolved(reading, loop), False
    end, turned = followed(reading, loop, profile)
    if end is None:
        settled = repeated(reading, loop, profile)
        return ([], LOST, False) if settled is None else ([settled], SETTLED, False)
    return [end], f"{BRANCH}{'; the branch turns back on the way' if turned else ''}", False


def _unsolved(reading: Reading, loop: Loop) -> str:
    names = [reading.form.set_names[reading.decisions[place].top] for place in loop.places]
    return (
        f"not found: the decisions at {', '.join(names)} depend on each other, and players without shocks are among "
        "them; offered is one such decision, between two actions"
    )
