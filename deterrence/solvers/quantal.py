"""Logit quantal response equilibrium of the agent form, on any finite tree."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from deterrence.answers.solution import Equilibrium, Solution
from deterrence.errors import MethodError
from deterrence.games.expression import show_number
from deterrence.games.game import Game
from deterrence.solvers.logit import branch
from deterrence.solvers.logit.form import MOST_UNKNOWNS, Array, LogitForm, logit_form
from deterrence.solvers.logit.gap import logit_gap
from deterrence.solvers.logit.points import LogitPoints, numbers_of_game

__all__ = ["Quantal", "logit_gap", "quantal_path"]

OTHERS = "one point of the principal branch; other quantal response equilibria may exist"
ONLY = "the only one, since no choice depends on itself through others"


@dataclass(frozen=True, slots=True)
class Quantal:
    """The solution concept of quantal response equilibrium: better actions are likelier, but not certain.

    Players make errors, the costlier the rarer: each information set is an agent of its own and takes each
    action with a probability that rises with its expected payoff. ``rationality`` is the precision λ: at 0
    all actions are equally likely, and as it grows play approaches an equilibrium without errors. It is
    measured in one over the payoffs' unit: doubling all payoffs does what doubling λ does.

    Attributes
    ----------
    rationality
        The precision λ of choices, at least 0 and finite.
    tolerance
        How close the log-odds come to those that answer them, beside rounding (which grows with λ).
    correction
        The most that log-odds may be corrected after a step along the branch. Smaller is slower and safer:
        a branch that passes close by another asks for less.
    shortest_step
        Below this step length the branch counts as lost.
    most_steps
        The most steps along the branch.

    Notes
    -----
    At information set h with actions a, and u(h, a) the expected payoff of a given that h is reached,

        p(h, a) = exp(λ u(h, a)) / Σ_b exp(λ u(h, b)).

    Everything is reached with positive probability, so Bayes' rule gives all beliefs. Where nature itself
    excludes an information set (a branch of probability 0), the belief there is the limit as nature's zero
    branches share one probability that goes to 0.

    There may be several such equilibria. The one returned lies on the *principal branch*, which starts at
    uniform play at λ = 0 and is followed by tangent steps and Newton corrections in the log-odds,
    parametrised by arc length. Where it turns back in λ before the precision asked, the point returned is
    the first at which it comes to that precision, and the status says where it turned. Where another branch
    crosses (in symmetric games) the straight continuation is followed, and the status says so.

    ``Solution.complete`` is true only where there is provably one equilibrium: at λ = 0, and where no
    information set's payoffs depend, through others' choices, on its own choice, as in every game of perfect
    information. An equilibrium's ``regret`` is not zero here: it is what errors cost, the most that an
    error-free choice at one information set would gain. That the probabilities answer themselves is checked
    apart from the solver before they are returned; see :func:`logit_gap`.

    Each step solves a dense system in the number of free probabilities, of which there may be 2,000.

    References
    ----------
    McKelvey and Palfrey (1998), "Quantal response equilibria for extensive form games", section 3; Turocy
    (2005), "A dynamic homotopy interpretation of the logistic quantal response equilibrium correspondence",
    for the tracing.

    Examples
    --------
    >>> import deterrence as dt
    >>> from deterrence.models.folklore.strike import strike as GAME
    >>> solution = dt.solve(GAME, Quantal(rationality=1))
    >>> print(solution)
    One quantal response equilibrium of 'strike': the only one, since no choice depends on itself
    through others.
    <BLANKLINE>
    Equilibrium 1 (Challenger: mix of restrain and strike; Defender: mix of restrain and retaliate)
      Challenger: restrain with probability 0.9898, strike with probability 0.01022.
      Defender: restrain with probability 0.04743, retaliate with probability 0.9526.
      Outcome: status quo with probability 0.9898, fait accompli with probability 0.0004847,
               war with probability 0.009735.
      Payoffs: Challenger -0.04674, Defender -0.03211.
    >>> round(solution[0].regret, 4)
    0.1423
    """

    rationality: float
    tolerance: float = 1e-10
    correction: float = 0.1
    shortest_step: float = 1e-9
    most_steps: int = 20_000

    def __post_init__(self) -> None:
        object.__setattr__(self, "rationality", checked_precision(self.rationality))
        for name in ("tolerance", "correction", "shortest_step", "most_steps"):
            value = getattr(self, name)
            if not (isinstance(value, int | float) and 0 < value < math.inf):
                raise MethodError(f"The {name} of Quantal must be a positive number, not {value!r}.")

    @property
    def concept(self) -> str:
        """The concept in words."""
        return "quantal response equilibrium"

    @property
    def pace(self) -> branch.Pace:
        """How the branch is followed."""
        return branch.Pace(self.tolerance, self.correction, self.shortest_step, int(self.most_steps))

    def solve(self, game: Game) -> Solution:
        """Return the point of the principal branch at the precision asked.

        Raises
        ------
        MethodError
            If the tree is beyond the limits.
        """
        return next(_solutions(game, [self]))


def quantal_path(game: Game, rationalities: Iterable[Any], **options: Any) -> tuple[Solution, ...]:
    """Find the quantal response equilibria at several precisions in one pass along the principal branch.

    Parameters
    ----------
    game
        The game, at its present parameter values.
    rationalities
        The precisions, in any order.
    **options
        Tolerances and limits, as fields of :class:`Quantal`.

    Returns
    -------
    tuple of Solution
        One for each precision, in the order given, the same as ``Quantal(rationality).solve(game)``.

    Raises
    ------
    MethodError
        If a precision is negative or no number.

    Examples
    --------
    >>> from deterrence.models.folklore.strike import strike as GAME
    >>> path = quantal_path(GAME, [0, 0.5, 2])
    >>> [round(solution[0].probability("strike"), 4) for solution in path]
    [0.5, 0.1572, 0.0]
    """
    methods = [Quantal(rationality, **options) for rationality in rationalities]
    order = sorted(range(len(methods)), key=lambda k: methods[k].rationality)
    solutions = dict(zip(order, _solutions(game, [methods[k] for k in order]), strict=True))
    return tuple(solutions[k] for k in range(len(methods)))


def checked_precision(value: Any) -> float:
    """Return a precision as a float; raise MethodError where it is negative or not a number."""
    try:
        number = math.nan if isinstance(value, bool | str) else float(value)
    except (TypeError, ValueError, OverflowError):
        number = math.nan
    if not 0 <= number < math.inf:
        raise MethodError(
            "The rationality of Quantal is the precision of choices, a finite number of at least 0; "
            f"got {value!r}. At 0 all actions are equally likely; SubgamePerfect() or PerfectBayesian() "
            "stand for play without errors."
        )
    return number + 0.0


def check_size(tree: LogitForm) -> None:
    """Refuse a tree with so many free probabilities that a step along its branch would take too long."""
    if len(tree.free) > MOST_UNKNOWNS and not tree.recursive:
        raise MethodError(
            f"The game has {len(tree.free):,} free probabilities; Quantal() follows the branches of games "
            f"with at most {MOST_UNKNOWNS:,}."
        )


def settled(points: LogitPoints, precision: Array) -> Array:
    """Return the log-odds of games in which each choice depends on others that do not depend on it.

    Replies to replies come to rest after as many rounds as the longest chain of such dependence.
    """
    odds = np.zeros((len(points.tree.free), points.count))
    for _ in range(len(points.tree.first) + 1):
        reply = precision * points.advantages(points.values(points.logs(odds)))
        if np.array_equal(reply, odds):
            break
        odds = reply
    return odds


@dataclass(frozen=True)
class BranchPoint:
    """The point of the principal branch at one precision: log-odds, or None where it was lost, and what is known."""

    odds: Array | None
    status: str
    complete: bool


def branch_points(points: LogitPoints, methods: list[Quantal]) -> Iterator[BranchPoint]:
    """Yield the points of the principal branch at rising precisions, each traced on from the one before."""
    tree = points.tree
    check_size(tree)
    trail = branch.Trail.start(points)
    for method in methods:
        target = points.scale * method.rationality
        if tree.recursive or method.rationality == 0:
            odds = settled(points, target) if tree.recursive else trail.place[:, :-1].T
            yield BranchPoint(odds, ONLY if tree.recursive else "the only one, uniform play", True)
            continue
        if trail.state[0] in (branch.RUNNING, branch.ARRIVED):
            branch.follow(points, trail, target, method.pace)
        yield _traced(method, points, trail)


def _solutions(game: Game, methods: list[Quantal]) -> Iterator[Solution]:
    """Yield the solutions at rising precisions."""
    points = numbers_of_game(logit_form(game.form), game.numbers)
    for method, point in zip(methods, branch_points(points, methods), strict=True):
        if point.odds is None:
            yield Solution(game, method, (), point.status, complete=False)
        else:
            yield _solution(game, method, points, point.odds, point.status, complete=point.complete)


def _traced(method: Quantal, points: LogitPoints, trail: branch.Trail) -> BranchPoint:
    def shown(precision: Array) -> str:
        return show_number(float(precision[0] / points.scale[0]))

    if trail.state[0] != branch.ARRIVED:
        short = trail.state[0] == branch.STALLED
        why = "its steps became too short" if short else f"{method.most_steps} steps were taken"
        status = (
            f"not found: the principal branch was lost near rationality {shown(trail.place[:, -1])} on the "
            f"way to {show_number(method.rationality)}, as {why}; a smaller correction may help"
        )
        return BranchPoint(None, status, complete=False)
    status = OTHERS
    if trail.folds[0]:
        status += f". The branch turns back at rationality {shown(trail.turned_at)}"
        status += "; this is where it first comes to the rationality asked"
    if trail.crossings[0]:
        status += f". Another branch crosses it near rationality {shown(trail.crossed_at)}"
    return BranchPoint(trail.place[:, :-1].T, status, complete=False)


def _solution(
    game: Game, method: Quantal, points: LogitPoints, odds: Array, status: str, *, complete: bool
) -> Solution:
    equilibrium = equilibrium_at(game, points, odds)
    gap = logit_gap(equilibrium, method.rationality)
    allowed = 100 * max(method.tolerance, float(np.finfo(float).eps * points.scale[0] * method.rationality))
    if gap > allowed:
        status = f"not found: the probabilities miss the logit choice by {show_number(gap)}"
        return Solution(game, method, (), status, complete=False)
    return Solution(game, method, (equilibrium,), status, complete)


def equilibrium_at(game: Game, points: LogitPoints, odds: Array) -> Equilibrium:
    """Return the equilibrium of a game whose one point has the log-odds given."""
    tree, form = points.tree, game.form
    logs = points.logs(odds)
    choices = np.split(np.exp(logs[:, 0]), tree.first[1:])
    beliefs = np.split(points.beliefs(logs)[:, 0], tree.history_first[1:])
    count = range(len(form.nodes_of))
    behaviour: Any = tuple(tuple(map(float, choices[h])) for h in count)
    belief: Any = tuple(tuple(map(float, beliefs[h])) for h in count)
    return Equilibrium(game, Quantal(0).concept, behaviour, belief)
