"""The D1 criterion: a surprising message is believed to come from who gains by it most readily."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from deterrence.answers.solution import Equilibrium, Solution
from deterrence.games.game import Game
from deterrence.refinements._signalling import Message, Signalling
from deterrence.refinements._verdicts import Reason, checked, refined
from deterrence.solvers.algebra import programs
from deterrence.solvers.continuum.plan import solved
from deterrence.solvers.perfect_bayesian import PerfectBayesian

Limit = tuple[int, Any, int]
"""A type, its payoff in the equilibrium, and +1 (it gets at most that) or -1 (at least that)."""


@dataclass(frozen=True)
class D1:
    """The solution concept of perfect Bayesian equilibrium that passes the criterion D1.

    If one type gains by a signal that nobody sends whenever another would, and also where the other would merely not
    lose, the signal is not attributed to the other. Signals chosen from a continuum have so many perfect Bayesian
    equilibria that only those are solved which pass it. For finite games this is :func:`deterrence.d1` of the perfect
    Bayesian equilibria.

    References
    ----------
    Banks and Sobel (1987), "Equilibrium selection in signaling games", Econometrica 55. Cho and Sobel (1990),
    "Strategic stability and uniqueness in signaling games", Journal of Economic Theory 50. Ramey (1996), "D1 signaling
    equilibria with multiple signals and a continuum of types", Journal of Economic Theory 69.
    """

    @property
    def concept(self) -> str:
        """The concept in words."""
        return "perfect Bayesian equilibrium that passes D1"

    @property
    def refined_by(self) -> str:
        """The criterion that equilibria pass."""
        return "D1"

    def solve(self, game: Game) -> Solution:
        """Return the equilibria that pass D1 at the parameter values."""
        if game.has_continuum:
            return solved(game, self)
        return replace(d1(PerfectBayesian().solve(game)), method=self)


def d1(solution: Solution) -> Solution:
    """Keep the equilibria of a signalling game that pass the D1 criterion.

    If one type gains by a message whenever another would, and also where the other would merely not lose,
    then the message is not attributed to the other. The equilibrium passes if best answers to such beliefs still
    keep every type from the message.

    Parameters
    ----------
    solution
        What ``solve`` returned for a signalling game, as for :func:`intuitive_criterion`.

    Returns
    -------
    Solution
        The equilibria that pass; the status says which were removed and why.

    Raises
    ------
    MethodError
        If the game has another shape; the sentence says where it differs.

    Notes
    -----
    For a message m that is not sent, let ``D(t)`` hold the mixed best answers (to any one belief over the
    types) by which type t gets more than in the equilibrium, and ``D0(t)`` those by which it gets as much.
    Type t is struck out if, for another type t', D(t') is not empty and contains D(t) and D0(t). The
    equilibrium passes if for every such m some best answer to a belief over the types left gives no type
    more than it has. The test concerns outcomes: what types get, not the beliefs listed. Where several
    information sets answer one message, their beliefs come from one likelihood of each type, as vanishing
    mistakes imply. Best answers are a finite union of polytopes; each condition is a linear program in
    fractions on each of them.

    References
    ----------
    Banks and Sobel (1987), "Equilibrium selection in signaling games", Econometrica 55. Cho and Kreps
    (1987), "Signaling games and stable equilibria", Quarterly Journal of Economics 102.
    """
    game = checked(solution, "D1").game
    signalling = Signalling(game, "D1")
    return refined(solution, "D1", lambda equilibrium: _reason(signalling, equilibrium))


def _reason(signalling: Signalling, equilibrium: Equilibrium) -> Reason:
    present = signalling.present(equilibrium)
    for message in signalling.unsent(equilibrium):
        types = tuple(message.sure)
        struck = _struck(signalling, message, types, present)
        remaining = tuple(t for t in types if t not in struck)
        keeps: list[Limit] = [(t, present[t], 1) for t in types]
        if not _exists(signalling, message, remaining, keeps):
            return _in_words(signalling, message, struck)
    return ""


def _struck(signalling: Signalling, message: Message, types: Sequence[int], present: Mapping[int, Any]) -> list[int]:
    """Return the types that a message is not blamed on."""
    pure = signalling.answers(message, types)
    eager = [t for t in types if any(signalling.payoff(message, t, r) > present[t] for r in pure)]
    struck = []
    for t in types:
        for other in eager:
            apart: list[Limit] = [(t, present[t], -1), (other, present[other], 1)]
            if other != t and not _exists(signalling, message, types, apart):
                struck.append(t)
                break
    return struck


def _exists(signalling: Signalling, message: Message, types: Iterable[int], limits: Sequence[Limit]) -> bool:
    """Tell whether some mixed best answer to a belief over the types keeps payoffs within the limits."""
    return any(_fits(signalling, message, supports, limits) for supports in signalling.supports(message, types))


def _fits(
    signalling: Signalling, message: Message, supports: Sequence[tuple[int, ...]], limits: Sequence[Limit]
) -> bool:
    places = [(h, a) for h, support in zip(message.sets, supports, strict=True) for a in support]
    equal: list[programs.Row] = [([int(h == g) for h, _ in places], 1) for g in message.sets]
    at_most: list[programs.Row] = []
    for t, level, sign in limits:
        row = [sign * signalling.worth(message, t, h, a) for h, a in places]
        at_most.append((row, sign * (level - message.sure[t] / signalling.prior[t])))
    return programs.feasible(len(places), equal, at_most) is not None


def _in_words(signalling: Signalling, message: Message, struck: list[int]) -> str:
    if not struck:
        return f"no best answer keeps every type from {message.name!r}"
    blamed = " or ".join(map(signalling.name, struck))
    return f"{message.name!r} cannot be blamed on {blamed}, and then no best answer keeps every type from it"
