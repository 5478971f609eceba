"""Profiles that other packages find, as play in our game: what they pay, and whether they hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import isfinite
from typing import Any

from deterrence.games import play
from deterrence.games.game import Game
from deterrence.games.strategic_form import StrategicForm
from deterrence.values import Value

NOTHING = 1e-9
"""A weight below this counts as zero in an answer in floats."""


def number(entry: Any) -> Any:
    """Return an entry of an answer: exact where it is a text such as ``1/3``, else a float."""
    return Fraction(entry) if isinstance(entry, str) else float(entry)


@dataclass(frozen=True, eq=False)
class PeerPlay(Value):
    """Behaviour at each information set; ``None`` where the player's own earlier choices rule the set out."""

    game: Game
    rows: tuple[tuple[Any, ...] | None, ...]

    @classmethod
    def of(cls, form: StrategicForm, profile: Sequence[Sequence[Any]]) -> PeerPlay | None:
        """Return the play that mixed strategies amount to; None where they are no probabilities."""
        weights = [[number(entry) for entry in row] for row in profile]
        lengths = [len(plans) for plans in form.plans]
        if [len(row) for row in weights] != lengths or not all(map(_is_distribution, weights)):
            return None
        sets: list[tuple[Any, ...] | None] = []
        flat = form.game.form
        for h, actions in enumerate(flat.actions_of):
            i = flat.player_of[h]
            chosen = [(dict(plan)[h], w) for plan, w in zip(form.plans[i], weights[i], strict=True) if h in dict(plan)]
            total = sum(w for _, w in chosen)
            row = tuple(sum(w for a, w in chosen if a == action) for action in range(len(actions)))
            sets.append(tuple(_clean(w / total) for w in row) if total > NOTHING else None)
        return cls(form.game, tuple(sets))

    @classmethod
    def of_behaviour(cls, game: Game, listed: Sequence[Sequence[Any]]) -> PeerPlay | None:
        """Return the play that behaviour, by player and information set, amounts to; None where it is none."""
        form, rows = game.form, [[number(entry) for entry in row] for row in listed]
        order = sorted(range(len(form.nodes_of)), key=lambda h: form.player_of[h])
        if [len(row) for row in rows] != [len(form.actions_of[h]) for h in order]:
            return None
        at = dict(zip(order, rows, strict=True))
        sets: list[tuple[Any, ...] | None] = []
        for h, steps in enumerate(form.own_steps):
            ruled_out = any(sets[earlier] is None or at[earlier][a] <= NOTHING for earlier, a in steps)
            if not ruled_out and not _is_distribution(at[h]):
                return None
            sets.append(None if ruled_out else tuple(map(_clean, at[h])))
        return cls(game, tuple(sets))

    @cached_property
    def filled(self) -> list[tuple[Any, ...]]:
        """The play with the first action wherever it is silent, which changes nothing on the path."""
        actions = self.game.form.actions_of
        return [
            row if row is not None else (1, *[0] * (len(own_actions) - 1))
            for row, own_actions in zip(self.rows, actions, strict=True)
        ]

    @cached_property
    def values(self) -> list[tuple[Any, ...]]:
        """The expected payoffs at each node."""
        return play.node_values(self.game.form, self.game.numbers, self.filled)

    @cached_property
    def outcomes(self) -> tuple[float, ...]:
        """The probability of each outcome, in the game's order."""
        form = self.game.form
        chances = dict.fromkeys(self.game.outcomes, 0.0)
        for node, p in play.reach(form, self.game.numbers, self.filled).items():
            name = form.outcome[node]
            if name is not None:
                chances[name] += float(p)
        return tuple(chances.values())

    @cached_property
    def regret(self) -> Any:
        """The most that a player gains by changing its whole strategy."""
        return play.deviation_gain(self.game.form, self.game.numbers, self.filled)

    @cached_property
    def open_nodes(self) -> list[bool]:
        """Whether what follows a node rests on choices that the play leaves open."""
        form = self.game.form
        unsettled = [False] * form.size
        for node in range(form.size - 1, -1, -1):
            h = form.infoset_of[node]
            silent = h >= 0 and self.rows[h] is None
            weights = play.branch_weights(form, self.game.numbers, self.filled, node) if form.children[node] else ()
            below = zip(form.children[node], weights, strict=True)
            unsettled[node] = silent or any(unsettled[child] for child, w in below if w != 0)
        return unsettled

    def broken_promise(self, tolerance: float) -> tuple[int, int, int, float] | None:
        """Return a choice that no belief supports: information set, the action, a better one, what it gains.

        The play after it is taken as given; choices whose consequences the play leaves open are passed over.
        """
        for h in range(len(self.rows)):
            choice = self._unsupported(h, tolerance)
            if choice is not None:
                return h, *choice
        return None

    def _unsupported(self, h: int, tolerance: float) -> tuple[int, int, float] | None:
        form, row = self.game.form, self.rows[h]
        if row is None:
            return None
        player, nodes = form.player_of[h], form.nodes_of[h]
        closed = [a for a in range(len(row)) if not any(self.open_nodes[form.children[node][a]] for node in nodes)]
        worth = {a: [float(self.values[form.children[node][a]][player]) for node in nodes] for a in closed}
        for a in closed:
            if row[a] > NOTHING:
                gain, other = _least_gain(worth, a)
                if gain > tolerance:
                    return a, other, gain
        return None


def _is_distribution(row: Sequence[Any]) -> bool:
    return all(map(isfinite, row)) and abs(sum(row) - 1) <= 1e-6 and min(row) >= -1e-6


def _clean(weight: Any) -> Any:
    return weight if isinstance(weight, Fraction) else (0.0 if weight < NOTHING else float(weight))


def _least_gain(worth: dict[int, list[float]], action: int) -> tuple[float, int]:
    """Return what the best other action gains under the belief that favours the given one most."""
    others = [a for a in worth if a != action]
    if not others:
        return 0.0, action
    if len(worth[action]) == 1:
        best = max(others, key=lambda a: worth[a][0])
        return worth[best][0] - worth[action][0], best
    import numpy as np
    from scipy.optimize import linprog

    gains = np.array([np.subtract(worth[a], worth[action]) for a in others])
    count = gains.shape[1]
    optimum = linprog(
        [*[0.0] * count, 1.0],
        A_ub=np.hstack([gains, -np.ones((len(others), 1))]),
        b_ub=np.zeros(len(others)),
        A_eq=[[*[1.0] * count, 0.0]],
        b_eq=[1.0],
        bounds=[*[(0.0, 1.0)] * count, (None, None)],
    )
    if not optimum.success:
        return 0.0, action
    return float(optimum.x[-1]), others[int(np.argmax(gains @ optimum.x[:count]))]
