"""Elimination in an order: all dominated strategies of a round together, player by player, or one at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import cycle
from typing import Any

from deterrence.games.strategic_form import Plan
from deterrence.solvers.dominance import dominated
from deterrence.solvers.iterated.places import Kept, Place, Places


@dataclass(frozen=True, slots=True)
class Cut:
    """One step of an elimination, by positions.

    Attributes
    ----------
    player, place
        Whose choice it is, and from where on.
    part
        The way to go on that is dominated.
    by
        What dominates it: ways to go on with their probabilities.
    removed
        The plans that go on so and were left.
    round
        The number of its round, from one.
    kept
        The plans that were left when it was judged.
    strict
        Whether it is dominated strictly.
    """

    player: int
    place: Place
    part: Plan
    by: tuple[tuple[Plan, Fraction], ...]
    removed: tuple[int, ...]
    round: int
    kept: tuple[tuple[int, ...], ...]
    strict: bool = True


@dataclass(frozen=True, slots=True)
class Rule:
    """What counts as dominated: weakly or strictly, by mixtures or not, and at information sets or in the whole."""

    weak: bool = False
    mixed: bool = True
    conditional: bool = False

    def cuts(self, places: Places, player: int, kept: Kept, number: int) -> Iterator[Cut]:
        """Yield what is dominated of a player's choices among what is left, later places first."""
        gone: set[int] = set()
        left = tuple(map(tuple, kept))
        for place in places.own_places[player] if self.conditional else (None,):
            choice = places.choice(player, place, kept)
            for k, by in dominated(choice.rows, weak=self.weak, mixed=self.mixed) if choice is not None else ():
                assert choice is not None
                removed = tuple(member for member in choice.members[k] if member not in gone)
                if removed:
                    better = tuple((choice.parts[j], p) for j, p in by)
                    strict = not self.weak or _strictly(choice.rows, k, by)
                    yield Cut(player, place, choice.parts[k], better, removed, number, left, strict)
                    gone.update(removed)


def _strictly(rows: Any, k: int, by: Sequence[tuple[int, Fraction]]) -> bool:
    """Tell whether a mixture of rows exceeds a row everywhere."""
    return all(sum(p * column[j] for j, p in by) > column[k] for column in rows.T.tolist())


def without(kept: Kept, cuts: Sequence[Cut]) -> tuple[tuple[int, ...], ...]:
    """Return what is left once steps are taken."""
    gone = {(cut.player, k) for cut in cuts for k in cut.removed}
    return tuple(tuple(k for k in names if (i, k) not in gone) for i, names in enumerate(kept))


def whole(places: Places) -> tuple[tuple[int, ...], ...]:
    """Return all plans of each player."""
    return tuple(tuple(range(size)) for size in places.shape)


def in_rounds(places: Places, rule: Rule, told: Callable[[float], None]) -> tuple[Cut, ...]:
    """Take out, round by round, all that is dominated for any player among what the round before has left."""
    kept, steps, number = whole(places), list[Cut](), 1
    while True:
        cuts = [cut for i in range(len(kept)) for cut in rule.cuts(places, i, kept, number)]
        if not cuts:
            return tuple(steps)
        kept, number = without(kept, cuts), number + 1
        steps += cuts
        told(_share(places, kept))


def in_turn(places: Places, rule: Rule, players: Sequence[int], told: Callable[[float], None]) -> tuple[Cut, ...]:
    """Take out all that is dominated for one player, then for the next in the order given, until nobody has any."""
    kept, steps, idle, number = whole(places), list[Cut](), 0, 1
    for player in cycle(players):
        cuts = list(rule.cuts(places, player, kept, number))
        idle = 0 if cuts else idle + 1
        if idle == len(players):
            break
        kept, number = without(kept, cuts), number + bool(cuts)
        steps += cuts
        told(_share(places, kept))
    return tuple(steps)


def one_at_a_time(places: Places, rule: Rule, told: Callable[[float], None]) -> tuple[Cut, ...]:
    """Take out one strategy at a time, the first that is dominated in the order of players and strategies."""
    kept, steps = whole(places), list[Cut]()
    while True:
        cuts = (cut for i in range(len(kept)) for cut in rule.cuts(places, i, kept, len(steps) + 1))
        first = next(cuts, None)
        if first is None:
            return tuple(steps)
        kept = without(kept, [first])
        steps.append(first)
        told(_share(places, kept))


def _share(places: Places, kept: Kept) -> float:
    """Return how much of what can go is gone."""
    most = sum(places.shape) - len(places.shape)
    return 1 - (sum(map(len, kept)) - len(kept)) / most if most else 1.0
