"""What a leader may commit to and how a follower may answer: payoffs of both by the leader's sequences.

A leader's strategy is a vector of weights on its sequences (see ``sequence_form``). Against a plan of the follower both
payoffs are linear in the weights. What the follower plans from one of its first information sets on is independent of
what it plans from another, so that its plans are combinations of one *reply* a *part*, and payoffs are sums over parts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from deterrence.errors import MethodError
from deterrence.games.form import ExtensiveForm
from deterrence.games.play import Numbers
from deterrence.games.strategic_form import Plan, plan_parts
from deterrence.solvers.algebra.programs import Row
from deterrence.solvers.sequences.sequence_form import Choices

Vector = tuple[Any, ...]
"""One number or formula for each sequence of the leader, the empty one first."""

MOST_REPLIES = 2000
"""So many replies of a follower are looked at, in all parts together."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What the follower may plan in one part: its choices, and what the leader and itself get by it.

    ``kind`` is the same for replies between which the follower is indifferent whatever the leader does.
    """

    plan: Plan
    gains: Vector
    own: Vector
    kind: int


@dataclass(frozen=True, eq=False, slots=True)
class Leadership:
    """A leader's sequences, a follower's replies, and what both get where the follower does not choose."""

    form: ExtensiveForm
    leader: int
    follower: int
    choices: Choices
    parts: tuple[tuple[Reply, ...], ...]
    fixed: tuple[Vector, Vector]

    @classmethod
    def of(cls, form: ExtensiveForm, numbers: Numbers, leader: int) -> Leadership:
        """Return the problem of a leader in a tree of two players; numbers may be formulas."""
        follower = 1 - leader
        choices = Choices.of(form, leader, [h for h in range(len(form.nodes_of)) if form.player_of[h] == leader])
        plans = plan_parts(form, follower)
        _check_count(plans)
        place = {plan[0][0]: k for k, group in enumerate(plans) for plan in group}
        ends: list[list[Any]] = [[] for _ in (*plans, ())]
        for end in _ends(form, numbers, choices, follower):
            ends[place[end[0][0][0]] if end[0] else -1].append(end)
        parts = tuple(
            _with_kinds([_totals(choices, part, plan) for plan in group], choices, group)
            for group, part in zip(plans, ends, strict=False)
        )
        return cls(form, leader, follower, choices, parts, _totals(choices, ends[-1], ()))

    @property
    def is_choice_of_two(self) -> bool:
        """Whether the leader chooses once, between two actions."""
        return len(self.choices.sets) == 1 and len(self.choices.after[0]) == 2

    @property
    def equal(self) -> list[Row]:
        """What makes weights a strategy: after each information set they sum to the weight before, at first to one."""
        rows: list[Row] = [([int(k == 0) for k in range(self.choices.size)], 1)]
        for before, after in zip(self.choices.before, self.choices.after, strict=True):
            row = [0] * self.choices.size
            row[before] = -1
            for sequence in after:
                row[sequence] = 1
            rows.append((row, 0))
        return rows

    def weights(self, plan: Plan) -> tuple[int, ...]:
        """Return a pure plan of the leader as weights on its sequences."""
        chosen, weights = dict(plan), [1] + [0] * (self.choices.size - 1)
        for h, before, after in zip(self.choices.sets, self.choices.before, self.choices.after, strict=True):
            if weights[before]:
                weights[after[chosen[h]]] = 1
        return tuple(weights)

    def behaviour(self, weights: Sequence[Any]) -> dict[int, tuple[Any, ...]]:
        """Return the probabilities of actions at the leader's information sets that its own choices leave reachable."""
        return {
            h: tuple(Fraction(weights[k]) / weights[before] for k in after)
            for h, before, after in zip(self.choices.sets, self.choices.before, self.choices.after, strict=True)
            if weights[before]
        }


def _check_count(plans: Sequence[Sequence[Plan]]) -> None:
    count = sum(map(len, plans))
    if count > MOST_REPLIES:
        raise MethodError(
            f"The follower has {count:,} plans from its first information sets on; at most {MOST_REPLIES:,} are "
            "compared. To find the best strategy to commit to is NP-hard in general (Conitzer and Sandholm 2006); ask "
            "of a smaller game, or solve it under Commitment(player, action)."
        )


def _ends(form: ExtensiveForm, numbers: Numbers, choices: Choices, follower: int) -> Iterable[Any]:
    """Yield for each end the follower's steps to it, the leader's sequence, nature's odds, and the payoffs."""
    sequence = {(h, a): k for h, after in zip(choices.sets, choices.after, strict=True) for a, k in enumerate(after)}
    for node in range(form.size):
        if form.children[node]:
            continue
        steps, own, odds = [], 0, Fraction(1)
        for above, branch in form.path(node):
            h = form.infoset_of[above]
            if h < 0:
                odds = odds * numbers[1][above][branch]
            elif form.player_of[h] == follower:
                steps.append((h, branch))
            else:
                own = sequence[h, branch]
        yield tuple(steps), own, odds, numbers[0][node]


def _totals(choices: Choices, ends: Iterable[Any], plan: Plan) -> tuple[Vector, Vector]:
    """Return what the ends to which a plan of the follower leads pay the leader and the follower."""
    chosen, leader = set(plan), choices.player
    gains, own = [Fraction(0)] * choices.size, [Fraction(0)] * choices.size
    for steps, sequence, odds, payoffs in ends:
        if chosen.issuperset(steps):
            gains[sequence] = gains[sequence] + odds * payoffs[leader]
            own[sequence] = own[sequence] + odds * payoffs[1 - leader]
    return tuple(gains), tuple(own)


def _with_kinds(totals: Sequence[tuple[Vector, Vector]], choices: Choices, plans: Sequence[Plan]) -> tuple[Reply, ...]:
    kinds: dict[Vector, int] = {}
    replies = []
    for plan, (gains, own) in zip(plans, totals, strict=True):
        kind = kinds.setdefault(_free(own, choices), len(kinds))
        replies.append(Reply(plan, gains, own, kind))
    return tuple(replies)


def _free(vector: Vector, choices: Choices) -> Vector:
    """Return a linear function of weights in a form that two such functions share exactly if all strategies agree."""
    free = list(vector)
    # The last weight after each set is what the others leave of the weight before; later sets first.
    for before, after in reversed(list(zip(choices.before, choices.after, strict=True))):
        last = free[after[-1]]
        for sequence in after:
            free[sequence] = free[sequence] - last
        free[before] = free[before] + last
    return tuple(free)
