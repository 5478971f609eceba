"""Commitment: the best strategy to be bound to beforehand, and what the power to commit is worth."""

from __future__ import annotations

from math import prod
from typing import Any

from deterrence.analysis.answers.commitment import CommitmentValue, Interval
from deterrence.answers.measure import payoff
from deterrence.answers.method import Method
from deterrence.answers.solution import ROUNDED
from deterrence.errors import MethodError, unknown
from deterrence.games.expression import shortest
from deterrence.games.game import Game
from deterrence.games.kinds import checked_game
from deterrence.games.named import Named
from deterrence.games.strategic_form import plan_parts
from deterrence.progress import reporting
from deterrence.solvers.leadership.best import guarantee, induced
from deterrence.solvers.leadership.classes import commitment_classes
from deterrence.solvers.leadership.named import committed, stretches
from deterrence.solvers.leadership.problem import Leadership
from deterrence.solvers.leadership.pure import Pure, pure_commitments
from deterrence.solvers.leadership.regions import Induced, spread
from deterrence.solvers.leadership.several import bound_games
from deterrence.solvers.nash import Nash
from deterrence.solvers.solve import chosen_method

MOST_AT_ONCE = 400
"""Of a tree with more cells in its table the Nash equilibria in whole plans are not sought."""


def commitment(
    game: Game, leader: str, *, mixed: bool = True, method: Method | None = None, progress: Any = None
) -> CommitmentValue:
    """Find the best strategy for a player to commit to, and what a commitment device is worth.

    The player is bound to a whole strategy before play; the other knows it and answers as suits it best
    (Stackelberg). The answer tells the case in which a follower who is indifferent does what the leader would like
    (strong), that in which it does the opposite (weak), and the leader's payoffs without the device.

    Parameters
    ----------
    game
        The game, at its present parameter values.
    leader
        Who commits.
    mixed
        Whether it may commit to mixtures; else to single actions, or plans without chance, alone.
    method
        The concept in which the game as it is is solved; the game's default one otherwise.
    progress
        ``True`` for a bar, or a callable that is told the share done.

    Returns
    -------
    CommitmentValue
        The commitments, the follower's reply, all payoffs, and ``worth`` against the alternatives.

    Raises
    ------
    UnknownNameError
        If there is no such player.
    MethodError
        If the leader has no choice or nobody follows, if mixtures are asked for against several followers, or if the
        players have too many plans.

    Notes
    -----
    One exact linear programme is solved for each plan of the follower that some strategy of the leader makes a best
    reply (Conitzer and Sandholm 2006), in a tree over the weights of the leader's sequences. What a follower plans for
    one of its types does not bear on what it plans for another, so that plans are built type by type and given up where
    no strategy makes them best. The number of programmes may still grow fast: the problem is NP-hard in general.

    Against several followers a plan without chance leaves a game among them, which is solved in the concept asked for.

    References
    ----------
    Conitzer and Sandholm (2006); von Stengel and Zamir (2010), for the weak value and its limits.

    Examples
    --------
    >>> import deterrence as dt
    >>> table = dt.bimatrix([[2, 4], [1, 3]], [[1, 0], [0, 1]], players=("Leader", "Follower"))
    >>> found = dt.commitment(table, "Leader")
    >>> found.value[1], found.first_mover[1], found.uncommitted
    (Fraction(7, 2), 3, (2, 2))
    >>> found.strong.strategy
    {'Leader': {'row 1': Fraction(1, 2), 'row 2': Fraction(1, 2)}}
    """
    checked_game(game).require_finite_tree()
    number = _checked_leader(game, leader, mixed)
    chosen = chosen_method(game, method)
    with reporting(progress, "commitments") as told:
        if len(game.players) > 2:
            return _against_several(game, leader, chosen, told)
        return _against_one(game, number, mixed, chosen, told)


def _checked_leader(game: Game, leader: Any, mixed: Any) -> int:
    """Return the leader's position, or say why the question cannot be asked."""
    if leader not in game.players:
        raise unknown("player", leader, game.players)
    number = game.players.index(leader)
    movers = set(game.form.player_of)
    if number not in movers or len(movers) < 2:
        who = f"{leader} has no choice" if number not in movers else "Nobody else has a choice"
        raise MethodError(f"{who} in {game.name!r}: a commitment needs a leader who is bound and another who answers.")
    if mixed and len(game.players) > 2:
        raise MethodError(
            f"{game.name!r} has {len(game.players)} players. After a mixture of {leader} the others play a game among "
            "themselves, whose equilibria no linear programme gives, so that the best mixture is not sought. Ask with "
            f"mixed=False, or try one mixture: dt.solve(game.under(dt.Commitment({leader!r}, {{…}})))."
        )
    return number


def _against_one(game: Game, number: int, mixed: bool, method: Any, told: Any) -> CommitmentValue:
    """Return the answer for one follower, whose best replies to a strategy are all known."""
    problem = Leadership.of(game.form, game.numbers, number)
    singles = pure_commitments(problem, told)
    pure, weak_pure = (committed(problem, item.weights, item.replies) for item in singles)
    uncommitted, complete = _range(game, number, method)
    asked = (game, game.players[number], mixed)
    at_once = _at_once(game, number, method, uncommitted)
    rest = (method, uncommitted, at_once)
    status = _status(game, method, complete)
    if not mixed:
        return CommitmentValue(*asked, pure, weak_pure, pure, weak_pure, True, Named({}), *rest, (), complete, status)
    # A picture shows all replies of a leader with two actions; else those will do that it may like best.
    pictured = problem.is_choice_of_two
    found = induced(problem, told, most=None if pictured else singles[0].value)
    greatest = _simplest(found, singles[0])
    weak, attained, limit = _weak(problem, found, greatest.value, singles[1]) or (weak_pure, True, ())
    return CommitmentValue(
        *asked,
        committed(problem, greatest.weights, greatest.replies),
        weak,
        pure,
        weak_pure,
        attained,
        _spread(problem, greatest),
        *rest,
        commitment_classes(game, number),
        complete,
        status,
        stretches(problem, found) if pictured else (),
        limit,
    )


def _weak(problem: Leadership, found: list[Induced], strong: Any, single: Pure) -> Any:
    """Return the weak commitment, whether it is reached, and the way to its limit; None where a single plan is it."""
    if single.value == strong:
        return None
    lowest = guarantee(problem, found, single.value)
    if single.value == lowest.value:
        return None
    return committed(problem, lowest.weights, lowest.replies), lowest.attained, (lowest.weights, lowest.inner)


def _simplest(found: list[Induced], single: Pure) -> Induced:
    """Return the best of what strategies bring about: a plan without chance where that is as good."""
    greatest = max(found, key=lambda item: item.value)
    return Induced(single.replies, single.value, single.weights) if single.value == greatest.value else greatest


def _against_several(game: Game, leader: str, method: Any, told: Any) -> CommitmentValue:
    """Return the answer for several followers, who play a game among themselves after each plan of the leader."""
    strong, weak, found_all = bound_games(game, leader, method, told)
    uncommitted, complete = _range(game, game.players.index(leader), method)
    status = _status(game, method, complete)
    if not found_all:
        status += "; after some plans the followers may have other equilibria"
    rest = (method, uncommitted, None, (), complete and found_all, status)
    return CommitmentValue(game, leader, False, strong, weak, strong, weak, True, Named({}), *rest)


def _range(game: Game, number: int, method: Any) -> tuple[Interval | None, bool]:
    """Return the least and greatest payoff of a player over all equilibria, and whether all are known."""
    solution = method.solve(game)
    if not solution:
        return None, solution.complete
    return payoff(game.players[number]).over(solution), solution.complete


def _at_once(game: Game, number: int, method: Any, uncommitted: Interval | None) -> Interval | None:
    """Return the range over the Nash equilibria in whole plans, where the table of plans is small."""
    if isinstance(method, Nash):
        return uncommitted
    parts = [plan_parts(game.form, player) for player in range(2)]
    if prod(len(part) for group in parts for part in group) > MOST_AT_ONCE:
        return None
    found, complete = _range(game, number, Nash())
    return found if complete else None


def _status(game: Game, method: Any, complete: bool) -> str:
    words = ["exact" if not game.form.rounded else ROUNDED]
    if not complete:
        words.append(f"the game as it is may have another {method.concept}")
    return "; ".join(words)


def _spread(problem: Leadership, best: Induced) -> Named[str, Interval]:
    """Return each action's range among mixtures as good as the best, for a leader who chooses once."""
    if len(problem.choices.sets) != 1:
        return Named({})
    names = problem.form.actions_of[problem.choices.sets[0]]
    ends = ((shortest(low), shortest(high)) for low, high in spread(problem, best)[1:])
    return Named(dict(zip(names, ends, strict=True)))
