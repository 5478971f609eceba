"""What plans pay from a place in a tree on: from its start, or from an information set, given that it is reached.

A row is what a player does from there on; a column is what the others do, as far as it lets the place be reached. The
beliefs that a player may hold at an information set are the mixtures of columns, since nature's odds are given.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import Any

import numpy as np
import numpy.typing as npt

from deterrence.games.strategic_form import Plan, StrategicForm

Place = int | None
"""An information set, or the start of the game."""
Kept = Sequence[Sequence[int]]
"""The positions of the plans of each player that are left."""
SMALL = 2**62


@dataclass(frozen=True, eq=False, slots=True)
class Choice:
    """What a player may do at a place among what is left.

    Attributes
    ----------
    parts
        The different ways to go on from the place, each as a part of a plan.
    members
        For each of them, the plans left that go on so.
    rows
        Its payoffs, multiplied by a positive number: a row for each part, a column for each way in which the others
        let the place be reached.
    """

    parts: tuple[Plan, ...]
    members: tuple[tuple[int, ...], ...]
    rows: npt.NDArray[Any]


class Places:
    """The plans of a game and what they pay, from each place on."""

    def __init__(self, strategic: StrategicForm) -> None:
        self.strategic, self.form, self.numbers = strategic, strategic.game.form, strategic.game.numbers
        self.plans, self.shape = strategic.plans, tuple(map(len, strategic.plans))
        self._tables: dict[tuple[Place, int], Any] = {}
        self._reached: dict[int, Any] = {}

    @cached_property
    def _following(self) -> dict[tuple[int, int], npt.NDArray[np.bool_]]:
        """For each action at an information set, which of its player's plans take it."""
        taken: dict[tuple[int, int], npt.NDArray[np.bool_]] = {}
        for plans in self.plans:
            for k, plan in enumerate(plans):
                for step in plan:
                    taken.setdefault(step, np.zeros(len(plans), dtype=bool))[k] = True
        return taken

    @cached_property
    def _odds(self) -> list[Fraction]:
        """Nature's odds of the way to each node."""
        odds = [Fraction(1)] * self.form.size
        for node in range(1, self.form.size):
            above = self.form.parent[node]
            drawn = self.form.infoset_of[above] < 0
            odds[node] = odds[above] * (self.numbers[1][above][self.form.branch[node]] if drawn else 1)
        return odds

    def _leading(self, node: int) -> tuple[npt.NDArray[np.intp], ...]:
        """Return for each player the plans that lead to a node, as an index of tables."""
        masks = [np.ones(size, dtype=bool) for size in self.shape]
        for at, branch in self.form.path(node):
            h = self.form.infoset_of[at]
            if h >= 0:
                player = self.form.player_of[h]
                masks[player] = masks[player] & self._following[h, branch]
        return np.ix_(*map(np.flatnonzero, masks))

    def _ends_below(self, place: Place) -> list[int]:
        """Return the ends that may be reached by way of a place."""
        nodes = {0} if place is None else set(self.form.nodes_of[place])
        inside = [False] * self.form.size
        for node in range(self.form.size):
            inside[node] = node in nodes or (node > 0 and inside[self.form.parent[node]])
        return [n for n in range(self.form.size) if inside[n] and not self.form.children[n] and self._odds[n]]

    def _table(self, place: Place, player: int) -> Any:
        """Return a player's payoffs by plans, from the ends below a place alone, as integers."""
        if (place, player) not in self._tables:
            ends = self._ends_below(place)
            worth = [self._odds[end] * self.numbers[0][end][player] for end in ends]
            scale = lcm(*(item.denominator for item in worth))
            entries = [int(item * scale) for item in worth]
            fits = sum(map(abs, entries)) < SMALL
            table: Any = np.zeros(self.shape, dtype=np.int64 if fits else object)
            for end, entry in zip(ends, entries, strict=True):
                table[self._leading(end)] += entry
            self._tables[place, player] = table
        return self._tables[place, player]

    def reached(self, h: int) -> npt.NDArray[np.bool_]:
        """Return which combinations of plans may reach an information set."""
        if h not in self._reached:
            mask = np.zeros(self.shape, dtype=bool)
            for node in self.form.nodes_of[h]:
                if self._odds[node]:
                    mask[self._leading(node)] = True
            self._reached[h] = mask
        return self._reached[h]

    def part(self, plan: Plan, place: Place) -> Plan:
        """Return what a plan does from a place on."""
        if place is None:
            return plan
        return tuple((h, a) for h, a in plan if h == place or any(g == place for g, _ in self.form.own_steps[h]))

    def left_to(self, player: int, place: Place, kept: Kept) -> list[Plan]:
        """Return the plans left of a player that let a place be reached."""
        plans = (self.plans[player][k] for k in kept[player])
        return [plan for plan in plans if place is None or any(h == place for h, _ in plan)]

    def one_with(self, part: Plan, player: int, place: Place, kept: Kept) -> int:
        """Return a plan left that goes on from a place as a part of a plan says."""
        plans = self.plans[player]
        return next(
            k
            for k in kept[player]
            if (place is None or any(h == place for h, _ in plans[k])) and self.part(plans[k], place) == part
        )

    def choice(self, player: int, place: Place, kept: Kept) -> Choice | None:
        """Return what a player may do at a place among the plans left; None where there is nothing to choose."""
        members: dict[Plan, list[int]] = {}
        for k in kept[player]:
            plan = self.plans[player][k]
            if place is None or any(h == place for h, _ in plan):
                members.setdefault(self.part(plan, place), []).append(k)
        if len(members) < 2:
            return None
        chosen = [list(names) for names in kept]
        chosen[player] = [group[0] for group in members.values()]
        rows = self._rows(self._table(place, player)[np.ix_(*chosen)], player)
        if place is not None:
            rows = rows[:, self._rows(self.reached(place)[np.ix_(*chosen)], player)[0]]
        if not rows.shape[1]:
            return None
        return Choice(tuple(members), tuple(map(tuple, members.values())), rows)

    @staticmethod
    def _rows(table: Any, player: int) -> Any:
        return np.moveaxis(table, player, 0).reshape(table.shape[player], -1)

    @cached_property
    def own_places(self) -> tuple[tuple[Place, ...], ...]:
        """Each player's information sets with a choice, later ones first, and the start of the game last."""
        form = self.form
        sets = [[h for h in range(len(form.nodes_of)) if form.player_of[h] == i] for i in range(len(form.players))]
        return tuple(
            (*sorted((h for h in own if len(form.actions_of[h]) > 1), key=lambda h: -len(form.own_steps[h])), None)
            for own in sets
        )
