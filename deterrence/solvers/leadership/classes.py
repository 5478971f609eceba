"""The best commitment as formulas: for a leader with two actions, every mixture that may be best, and when it is.

Between two mixtures at which the follower changes its reply both payoffs are linear in the mixture, so that the best is
an action for certain or a mixture that leaves the follower just indifferent. Each has a formula, and each is best under
a condition on the parameters: it is possible, and no other possible one gives the leader more.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from deterrence.games.expression import compile_condition, show_value, to_sympy
from deterrence.games.game import Game
from deterrence.games.named import Named
from deterrence.solvers.algebra.signs import Domain, TooMuchWorkError
from deterrence.solvers.discovery.clauses import Branch, absorbed, alternatives
from deterrence.solvers.discovery.conditions import Conditions, as_condition, shortened
from deterrence.solvers.leadership.problem import Leadership, Reply
from deterrence.solvers.supports.closed_form import Parametric
from deterrence.values import Value

MOST_REPLIES = 3
"""With more replies of the follower no formulas are sought."""
MOST_PARAMETERS = 16
MOST_CERTIFICATES = 300


@dataclass(frozen=True, eq=False)
class CommitmentClass(Value):
    """A commitment that is best for a follower who breaks ties for the leader, as a formula, and when it is.

    Attributes
    ----------
    mixture
        The leader's action -> probability, as an expression in parameters.
    reply
        The follower's reply, in words.
    payoffs
        Player -> payoff, as an expression.
    when
        The condition on the parameters, up to values at which payoffs tie.
    """

    mixture: Mapping[str, Any]
    reply: str
    payoffs: Mapping[str, Any]
    when: Any

    def holds(self, values: Mapping[str, Any]) -> bool:
        """Tell whether the condition holds at parameter values."""
        return compile_condition(self.when)(values)

    def __str__(self) -> str:
        from deterrence.answers.when_in_words import when_in_words

        played = [(action, p) for action, p in self.mixture.items() if p != 0]
        mixed = ", ".join(f"{action} with probability {show_value(p)}" for action, p in played)
        mixed = played[0][0] if len(played) == 1 else mixed
        pays = ", ".join(f"{player} {show_value(value)}" for player, value in self.payoffs.items())
        return f"{mixed}, answered by {self.reply}: {pays}; best {when_in_words(self.when)}."


@dataclass(frozen=True, eq=False, slots=True)
class _Candidate:
    """A probability of the first action, a reply, both payoffs, and what must be at least (or above) zero."""

    first: Any
    reply: Reply
    payoffs: tuple[Any, Any]
    exists: tuple[tuple[Any, bool], ...]


def commitment_classes(game: Game, leader: int) -> tuple[CommitmentClass, ...]:
    """Return the commitments that may be best, each with its condition; none where the game is of another kind.

    The leader chooses once between two actions, and the follower has two or three replies.
    """
    form, problem = game.form, _problem(game, leader)
    if problem is None:
        return ()
    domain = Domain(game, Parametric.of(game))
    candidates = _candidates(problem, domain)
    try:
        with domain.limited(MOST_CERTIFICATES, lambda: False):
            conditions = [_condition(k, candidates, domain) for k in range(len(candidates))]
    except TooMuchWorkError:
        return ()
    names = form.actions_of[problem.choices.sets[0]]
    classes = []
    for candidate, when in zip(candidates, conditions, strict=True):
        if when is not None:
            mixture = dict(zip(names, (candidate.first, _shown(1 - candidate.first)), strict=True))
            payoffs = {form.players[i]: _shown(candidate.payoffs[int(i != leader)]) for i in range(2)}
            reply = "; ".join(form.actions_of[h][a] for h, a in candidate.reply.plan)
            classes.append(CommitmentClass(Named(mixture), reply, Named(payoffs), when))
    return _merged(classes)


def _merged(classes: Sequence[CommitmentClass]) -> tuple[CommitmentClass, ...]:
    """Put together what differs in the reply alone: in what the follower would do elsewhere, or between equals."""
    replies: dict[Any, list[str]] = {}
    for item in classes:
        replies.setdefault((item.mixture, item.payoffs, item.when), []).append(item.reply)
    return tuple(CommitmentClass(key[0], " or ".join(words), *key[1:]) for key, words in replies.items())


def _problem(game: Game, leader: int) -> Leadership | None:
    """Return the problem in formulas, or None where it is of another kind."""
    form = game.form
    own = [h for h in range(len(form.nodes_of)) if form.player_of[h] == leader]
    small = len(form.players) == 2 and len(own) == 1 and len(form.actions_of[own[0]]) == 2
    if not small or not 0 < len(game.parameter_list) <= MOST_PARAMETERS or form.rounded or not form.symbolic:
        return None
    problem = Leadership.of(form, (form.payoffs, form.probabilities), leader)
    return problem if len(problem.parts) == 1 and 1 < len(problem.parts[0]) <= MOST_REPLIES else None


def _shown(value: Any) -> Any:
    import sympy as sp

    return sp.factor_terms(sp.cancel(sp.together(to_sympy(value))))


def _at(vector: Sequence[Any], first: Any) -> Any:
    """Return a payoff where the first action is taken with a probability."""
    return vector[0] + vector[1] * first + vector[2] * (1 - first)


def _candidates(problem: Leadership, domain: Domain) -> list[_Candidate]:
    import sympy as sp

    (replies,) = problem.parts
    fixed = problem.fixed
    found = []

    def add(first: Any, reply: Reply, *strict: Any) -> None:
        others = [_at(reply.own, first) - _at(other.own, first) for other in replies if other is not reply]
        exists = [(item, True) for item in strict] + [(item, False) for item in others if _shown(item) != 0]
        elements = tuple((domain.parametric.element(sp.together(to_sympy(item))), flag) for item, flag in exists)
        payoffs = tuple(
            _at(side, first) + _at(base, first) for side, base in zip((reply.gains, reply.own), fixed, strict=True)
        )
        found.append(_Candidate(_shown(first), reply, (payoffs[0], payoffs[1]), elements))

    for first, reply in itertools.product((1, 0), replies):
        add(sp.Integer(first), reply)
    for one, other in itertools.combinations(replies, 2):
        at_first, at_second = (sp.expand(_at(one.own, k) - _at(other.own, k)) for k in (1, 0))
        if sp.expand(at_second - at_first) != 0:
            first = at_second / (at_second - at_first)
            for reply in (one, other):
                add(first, reply, -at_first * at_second)
    return found


def _condition(k: int, candidates: Sequence[_Candidate], domain: Domain) -> Any:
    """Return when a candidate is possible and no other possible one is better; None where that is never."""
    import sympy as sp

    own = candidates[k]
    clauses: list[list[Branch]] = [alternatives(item, strict, domain) for item, strict in own.exists]
    for other in candidates:
        if other is own:
            continue
        gap = domain.parametric.element(sp.together(to_sympy(own.payoffs[0] - other.payoffs[0])))
        ways = alternatives(gap, False, domain)
        for item, strict in other.exists:
            ways = ways + alternatives(-item, not strict, domain)
        clauses.append(absorbed(ways))
    conditions = shortened(Conditions(clauses, None), domain)
    return None if conditions.empty else as_condition(conditions, domain)
