"""The ends that two players' choices may lead to, and the sequence form made of them.

A stage is the information sets that the same least number of branches of probability zero leads to. Most games have
one, without such branches. A later stage is solved as if nature had made so many exceptions before it, and none
within it; what is done at the sets of earlier stages is given then.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from deterrence.games.form import ExtensiveForm
from deterrence.solvers.sequences.mistakes import Mistakes
from deterrence.solvers.sequences.sequence_form import Choices, End, SequenceForm

SMALL = Fraction(1, 1000)
"""How likely a mistake is at an earlier stage; what comes of it is tested without it."""


def choosing_players(form: ExtensiveForm) -> list[int]:
    """Return the players who have a choice anywhere."""
    return sorted({form.player_of[h] for h, actions in enumerate(form.actions_of) if len(actions) > 1})


def pair_of_players(form: ExtensiveForm) -> tuple[int, int]:
    """Return the two players who choose, filled up with others where fewer do; the same twice if there is one."""
    choosing = choosing_players(form)
    pair = [*choosing, *(i for i in range(len(form.players)) if i not in choosing)]
    return pair[0], pair[1] if len(pair) > 1 else pair[0]


def choices_at(form: ExtensiveForm, pair: tuple[int, int], sets: Sequence[int]) -> tuple[Choices, Choices]:
    """Return two players' choices at some information sets; the second one's are none where both are the same."""
    own = [[h for h in sets if form.player_of[h] == player and len(form.actions_of[h]) > 1] for player in pair]
    return Choices.of(form, pair[0], own[0]), Choices.of(form, pair[1], own[1] if pair[0] != pair[1] else [])


@dataclass(frozen=True, slots=True)
class Stage:
    """Two players' choices that so many branches of probability zero lead to, and what is given elsewhere."""

    form: ExtensiveForm
    numbers: Any
    choices: tuple[Choices, Choices]
    draws: int
    given: Mistakes

    @property
    def sequence_form(self) -> SequenceForm:
        """What the choices pay."""
        return SequenceForm.of(self.choices, self._ends())

    def _ends(self) -> Iterator[End]:
        """Yield the ends that the choices may lead to."""
        steps = {
            h: (side, after)
            for side, own in enumerate(self.choices)
            for h, after in zip(own.sets, own.after, strict=True)
        }
        # The last item of a place is how many branches of probability zero are still to come before the stage; it is
        # negative once the stage has begun.
        places: list[tuple[int, tuple[int, int], Any, int]] = [(0, (0, 0), 1, self.draws)]
        while places:
            node, pair, odds, draws = places.pop()
            h, children = self.form.infoset_of[node], self.form.children[node]
            if h in steps:
                side, after = steps[h]
                pairs = [(s, pair[1]) if side == 0 else (pair[0], s) for s in after]
                places += [(child, both, odds, draws or -1) for child, both in zip(children, pairs, strict=True)]
            elif children:
                weights = zip(children, self._weights(node, h, draws), strict=True)
                places += [
                    (child, pair, odds * p, draws) if p else (child, pair, odds, draws - 1)
                    for child, p in weights
                    if p or (h < 0 and draws > 0)
                ]
            elif draws <= 0:
                yield pair, odds, self.numbers[0][node]

    def _weights(self, node: int, h: int, draws: int) -> Sequence[Any]:
        """Return how likely each branch is where the stage has no choice."""
        if h < 0:
            return self.numbers[1][node]
        if h not in self.given:
            return (1,)
        if draws < 0:
            return [multiple if order == 0 else 0 for order, multiple in self.given[h]]
        return [multiple * SMALL**order for order, multiple in self.given[h]]
