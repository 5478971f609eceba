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
        joined: list[tuple[set[int], set[int]]] = []
        for h, k in self._pairs():
            meeting = [pair for pair in joined if h in pair[0] or k in pair[1]]
            union = ({h}.union(*(pair[0] for pair in meeting)), {k}.union(*(pair[1] for pair in meeting)))
            joined = [pair for pair in joined if pair not in meeting] + [union]
        return tuple(self._place(*pair) for pair in sorted(joined, key=lambda pair: min(pair[0])))

    def _place(self, first: set[int], second: set[int]) -> Place:
        one, other = self.games[0].form, self.games[1].form
        fewest = [one.set_names[h] for h in sorted(first)]
        names = fewest if len(first) <= len(second) else [other.set_names[k] for k in sorted(second)]
        return Place(" or ".join(names), tuple(sorted(first)), tuple(sorted(second)))

    def _pairs(self) -> Iterator[tuple[int, int]]:
        """Yield the pairs of information sets that correspond."""
        one, other = (game.form for game in self.games)
        named = {(h, k) for h in _choices(one) for k in _choices(other) if _named_alike(one, h, other, k)}
        yield from named
        first, second = {h for h, _ in named}, {k for _, k in named}
        histories = [{h: self._histories(game.form, h) for h in _choices(game.form)} for game in self.games]
        for h, mine in histories[0].items():
            for k, theirs in histories[1].items():
                alike = (h not in first or k not in second) and mine & theirs
                if alike and _player(one, h) == _player(other, k) and set(one.actions_of[h]) & set(other.actions_of[k]):
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
        """Return what is played at the places that are reached, but for those at which all of some plays are alike."""
        order = {name: k for k, name in enumerate((*self.games[0].actions, *self.games[1].actions)[::-1])}
        ordered = [None if some is None else " or ".join(sorted(some, key=lambda n: -order.get(n, 0))) for some in play]
        if not self.places:
            return ordered[0] or NOTHING
        told = [len(among) < 2 or len({other[k] for other in among}) > 1 for k in range(len(play))]
        rows = zip(self.places, ordered, told, strict=True)
        parts = [f"{place.name}: {did}" for place, did, tell in rows if did is not None and tell]
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


def _named_alike(one: ExtensiveForm, h: int, other: ExtensiveForm, k: int) -> bool:
    same_player = _player(one, h) == _player(other, k)
    return same_player and one.set_names[h] == other.set_names[k] and _share(one.actions_of[h], other.actions_of[k])


def _share(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return bool(set(one) & set(other))
