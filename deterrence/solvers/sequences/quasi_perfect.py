"""One sequential equilibrium of a game in which two players choose, exactly.

Information sets that nature excludes are solved after the others, as if it had made as few exceptions as lead there;
what is played elsewhere is then given.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from deterrence.games.form import ExtensiveForm
from deterrence.solvers.sequences import mistakes as vanishing
from deterrence.solvers.sequences.complementary import Weights
from deterrence.solvers.sequences.mistakes import Mistakes, leading
from deterrence.solvers.sequences.pivoting import equilibrium_weights
from deterrence.solvers.sequences.sequence_form import Choices, End, SequenceForm

Profile = tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]
"""Behaviour and beliefs at every information set."""
SMALL = Fraction(1, 1000)
"""How likely a mistake is where sets that nature excludes are solved; the result is tested without it."""


def choosing_players(form: ExtensiveForm) -> list[int]:
    """Return the players who have a choice anywhere."""
    return sorted({form.player_of[h] for h, actions in enumerate(form.actions_of) if len(actions) > 1})


def quasi_perfect(form: ExtensiveForm, numbers: Any) -> Profile | None:
    """Return an equilibrium's behaviour and beliefs, or None where it takes too many steps or more players choose."""
    players = choosing_players(form)
    if len(players) > 2:
        return None
    pair = (*players, *(i for i in range(len(form.players)) if i not in players))[:2]
    found: Mistakes = {}
    for draws, sets in _by_draws(form, numbers[1]).items():
        stage = _Stage(form, numbers, draws, sets, found)
        more = stage.mistakes((pair[0], pair[-1]))
        if more is None:
            return None
        found = found | more
    return vanishing.behaviour(form, found), list(vanishing.beliefs(form, numbers[1], found))


def _by_draws(form: ExtensiveForm, chances: Sequence[Any]) -> dict[int, set[int]]:
    """Return the information sets with a choice by how many branches of probability zero lead there at least."""
    draws = [0] * form.size
    for node, children in enumerate(form.children):
        for branch, child in enumerate(children):
            draws[child] = draws[node] + (form.infoset_of[node] < 0 and chances[node][branch] == 0)
    groups: dict[int, set[int]] = {}
    for h, nodes in enumerate(form.nodes_of):
        if len(form.actions_of[h]) > 1:
            groups.setdefault(min(draws[node] for node in nodes), set()).add(h)
    return dict(sorted(groups.items()))


@dataclass(slots=True)
class _Stage:
    """The information sets that so many branches of probability zero lead to; those before are solved."""

    form: ExtensiveForm
    numbers: Any
    draws: int
    sets: set[int]
    solved: Mistakes
    steps: dict[int, tuple[int, tuple[int, ...]]] = field(default_factory=dict)

    def mistakes(self, players: tuple[int, int]) -> Mistakes | None:
        """Return the likelihood of each action at the stage's sets in an equilibrium."""
        form = self.form
        own = [[h for h in self.sets if form.player_of[h] == player] for player in players]
        if players[0] == players[1]:
            own[1] = []
        first, second = (Choices.of(form, player, sets) for player, sets in zip(players, own, strict=True))
        self.steps = {h: (i, after) for i, c in enumerate((first, second)) for h, after in zip(c.sets, c.after, strict=True)}
        weights = equilibrium_weights(SequenceForm.of((first, second), self._ends()))
        if weights is None:
            return None
        return _likelihoods(first, weights[0]) | _likelihoods(second, weights[1])

    def _ends(self) -> Iterator[End]:
        """Yield the ends that the stage's choices may lead to."""
        form, payoffs = self.form, self.numbers[0]
        stack: list[tuple[int, tuple[int, int], Any, int]] = [(0, (0, 0), 1, self.draws)]
        while stack:
            node, pair, odds, spare = stack.pop()
            h, children = form.infoset_of[node], form.children[node]
            if not children:
                if spare <= 0:
                    yield pair, odds, payoffs[node]
            elif h in self.steps:
                side, after = self.steps[h]
                for child, s in zip(children, after, strict=True):
                    stack.append((child, (s, pair[1]) if side == 0 else (pair[0], s), odds, -1 if spare <= 0 else spare))
            else:
                started = spare < 0
                for child, weight in zip(children, self._weights(node, h, started), strict=True):
                    if weight:
                        stack.append((child, pair, odds * weight, spare))
                    elif h < 0 and spare > 0:
                        stack.append((child, pair, odds, spare - 1))

    def _weights(self, node: int, h: int, started: bool) -> Sequence[Any]:
        """Return how likely each branch is where the stage has no choice."""
        if h < 0:
            return self.numbers[1][node]
        if h not in self.solved:
            return (1,)
        if started:
            return [multiple if order == 0 else 0 for order, multiple in self.solved[h]]
        return [multiple * SMALL**order for order, multiple in self.solved[h]]


def _likelihoods(own: Choices, weights: Weights) -> Mistakes:
    """Return the likelihood of each action from the weights of the sequences."""
    parts = [leading(item) for item in weights]

    def action(before: int, after: int) -> tuple[int, Fraction]:
        return parts[after][0] - parts[before][0], Fraction(parts[after][1], parts[before][1])

    return {
        h: [action(before, sequence) for sequence in after]
        for h, before, after in zip(own.sets, own.before, own.after, strict=True)
    }
