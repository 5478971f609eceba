"""Where two games can be compared: the information sets that they share, and what is played at them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from deterrence.answers.measure import Measure, probability
from deterrence.games.form import ExtensiveForm
from deterrence.games.game import Game

Play = tuple[frozenset[str] | None, ...]
"""The actions played at each place; None where it is not reached."""
Steps = tuple[str, ...]
NOTHING = "no choice is reached"


@dataclass(frozen=True)
class Place:
    """An information set of one game with those of the other that stand for it, by number."""

    name: str
    first: tuple[int, ...]
    second: tuple[int, ...]

    def sets(self, side: int) -> tuple[int, ...]:
        """Return the information sets of the first game (side 0) or the second (side 1)."""
        return self.second if side else self.first


@dataclass(frozen=True)
class Shared:
    """What two games have in common: players, outcomes, actions, and information sets.

    Information sets correspond that have one name; and where a name is missing in the other game, those of one player
    with an action in common whose histories are the same but for steps that the other game does not have.
    """

    games: tuple[Game, Game]

    @cached_property
    def players(self) -> tuple[str, ...]:
        """The players of both games."""
        return _common(self.games[0].players, self.games[1].players)

    @cached_property
    def outcomes(self) -> tuple[str, ...]:
        """The outcomes of both games."""
        return _common(self.games[0].outcomes, self.games[1].outcomes)

    @cached_property
    def measures(self) -> tuple[Measure, ...]:
        """The probabilities that both games have: of outcomes, and of actions whose name is no outcome's."""
        ends = {*self.games[0].outcomes, *self.games[1].outcomes}
        one, other = (_steps(game) for game in self.games)
        players = {name: {player for player, action in (*one, *other) if action == name} for _, name in one}
        actions = [
            probability(name, by=None if len(players[name]) == 1 else player)
            for player, name in one
            if (player, name) in other and name not in ends
        ]
        return (*map(probability, self.outcomes), *actions)

    @cached_property
    def steps(self) -> frozenset[str]:
        """The names of branches that occur in both games."""
        one, other = ({label for row in game.form.labels for label in row} for game in self.games)
        return frozenset(one & other)

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """The information sets in common, in the order of the first game; sets with one action are left out."""
        parent: dict[tuple[int, int], tuple[int, int]] = {}
        for h, k in self._pairs():
            parent[_root(parent, (0, h))] = _root(parent, (1, k))
        groups: dict[tuple[int, int], tuple[set[int], set[int]]] = {}
        for side, game in enumerate(self.games):
            for h in _choices(game.form):
                groups.setdefault(_root(parent, (side, h)), (set(), set()))[side].add(h)
        joined = [pair for pair in groups.values() if all(pair)]
        return tuple(self._place(*pair) for pair in sorted(joined, key=lambda pair: min(pair[0])))

    def _place(self, first: set[int], second: set[int]) -> Place:
        one, other = self.games[0].form, self.games[1].form
        fewest = [one.set_names[h] for h in sorted(first)]
        names = fewest if len(first) <= len(second) else [other.set_names[k] for k in sorted(second)]
        return Place(" or ".join(names), tuple(sorted(first)), tuple(sorted(second)))

    def _pairs(self) -> Iterator[tuple[int, int]]:
        """Yield the pairs of information sets that correspond."""
        one, other = (game.form for game in self.games)
        named = [(h, other.set_number.get(name, -1)) for h, name in enumerate(one.set_names)]
        named = [(h, k) for h, k in named if k >= 0 and _alike(one, h, other, k)]
        yield from named
        first, second = {h for h, _ in named}, {k for _, k in named}
        after: dict[Steps, list[int]] = {}
        for k in _choices(other):
            for steps in self._histories(other, k):
                after.setdefault(steps, []).append(k)
        for h in _choices(one):
            for k in {k for steps in self._histories(one, h) for k in after.get(steps, ())}:
                if (h not in first or k not in second) and _alike(one, h, other, k):
                    yield h, k

    def _histories(self, form: ExtensiveForm, h: int) -> set[Steps]:
        return {self.steps_to(form, node) for node in form.nodes_of[h]}

    def steps_to(self, form: ExtensiveForm, node: int) -> Steps:
        """Return the branches that lead to a node, but for those that only one game has."""
        labels = (form.labels[at][branch] for at, branch in form.path(node))
        return tuple(label for label in labels if label in self.steps)

    def play(self, side: int, assessment: Any) -> Play:
        """Return what an equilibrium, or a class of them, plays at each place; without places, what it leads to."""
        if not self.places:
            likely = {name for name, p in assessment.outcomes.items() if p != 0}
            return (frozenset(likely & set(self.outcomes)),)
        return tuple(self._played(place.sets(side), side, assessment) for place in self.places)

    def _played(self, sets: tuple[int, ...], side: int, assessment: Any) -> frozenset[str] | None:
        actions, path = self.games[side].form.actions_of, assessment.path_pattern
        reached = [h for h in sets if path[h] is not None]
        return frozenset(actions[h][a] for h in reached for a in path[h]) if reached else None

    def in_words(self, play: Play, among: Sequence[Play] = ()) -> str:
        """Return what is played at the places that are reached; as little as tells it apart among some plays."""
        order = {name: k for k, name in enumerate((*self.games[0].actions, *self.games[1].actions)[::-1])}
        ordered = [None if some is None else " or ".join(sorted(some, key=lambda n: -order.get(n, 0))) for some in play]
        if not self.places:
            return ordered[0] or NOTHING
        told = _telling(among) if len(among) > 1 else range(len(play))
        rows = enumerate(zip(self.places, ordered, strict=True))
        parts = [f"{place.name}: {did}" for k, (place, did) in rows if did is not None and k in told]
        return "; ".join(parts) or NOTHING


def _steps(game: Game) -> dict[tuple[str, str], None]:
    """Return all players with their actions, in the order of the tree."""
    sets = zip(game.form.player_of, game.form.actions_of, strict=True)
    return dict.fromkeys((game.players[player], action) for player, actions in sets for action in actions)


def _common(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in one if name in other)


def _choices(form: ExtensiveForm) -> list[int]:
    return [h for h, actions in enumerate(form.actions_of) if len(actions) > 1]


def _player(form: ExtensiveForm, h: int) -> str:
    return form.players[form.player_of[h]]


def _alike(one: ExtensiveForm, h: int, other: ExtensiveForm, k: int) -> bool:
    """Tell whether two information sets are choices of one player with an action in common."""
    choices = min(len(one.actions_of[h]), len(other.actions_of[k])) > 1
    common = set(one.actions_of[h]) & set(other.actions_of[k])
    return choices and bool(common) and _player(one, h) == _player(other, k)


def _root(parent: dict[tuple[int, int], tuple[int, int]], member: tuple[int, int]) -> tuple[int, int]:
    while member in parent and parent[member] != member:
        member = parent[member]
    return member


def _telling(plays: Sequence[Play]) -> list[int]:
    """Return as few places as tell some plays apart, the first place among them."""
    chosen = [0]
    while len(_seen(plays, chosen)) < len(set(plays)):
        chosen.append(max(range(len(plays[0])), key=lambda k: len(_seen(plays, [*chosen, k]))))
    return chosen


def _seen(plays: Sequence[Play], places: Sequence[int]) -> set[Play]:
    return {tuple(play[k] for k in places) for play in plays}
