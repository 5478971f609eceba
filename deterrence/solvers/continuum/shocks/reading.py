"""Where shocks stand in a tree: which draws a player knows and cares about at each of its decisions.

A draw *matters* at an information set where it stands above, its player sees it, and its weight in the player's
payoff is not the same at all ends below. Sets of one player along one path at which the same draw matters are solved
as one decision among plans; all others are decisions of their own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Any

from deterrence.games.continuum.variables import Variable
from deterrence.games.form import ExtensiveForm
from deterrence.games.game import Game
from deterrence.solvers.continuum.shocks.known_laws import Shock
from deterrence.solvers.continuum.shocks.linear_payoffs import linear_payoffs

MOST_PLANS = 64
Plan = tuple[tuple[int, int], ...]
"""What a player does at the sets of one decision that it comes to: pairs of an information set and an action."""


@dataclass(frozen=True)
class Step:
    """A branch on the way to an end: the information set and the action, or nature's probability where it is -1."""

    node: int
    infoset: int
    action: int
    chance: float


@dataclass(frozen=True)
class Decision:
    """One decision: an information set, or several of one player at which the same shocks matter.

    Attributes
    ----------
    player
        Whose decision.
    sets
        The information sets, the first above the others.
    plans
        The ways to play.
    names, shocks
        The draws that matter and their laws.
    """

    player: int
    sets: tuple[int, ...]
    plans: tuple[Plan, ...]
    names: tuple[str, ...]
    shocks: tuple[Shock, ...]

    @property
    def top(self) -> int:
        """The first of its information sets."""
        return self.sets[0]


class Reading:
    """A game's tree in numbers: payoffs at the ends with the weights of draws, paths, and decisions."""

    def __init__(self, game: Game) -> None:
        self.game, self.form = game, game.form
        self.values = dict(game.values)

    @cached_property
    def ends(self) -> tuple[int, ...]:
        """The nodes at which the tree ends."""
        return tuple(node for node in range(self.form.size) if self.form.outcome[node] is not None)

    @cached_property
    def payoffs(self) -> dict[tuple[int, int], tuple[float, dict[str, float]]]:
        """The payoff at each end, by (node, player): the part without draws, and the weights of draws."""
        written = linear_payoffs(self.form)
        return {key: item.at(self.values) for key, item in written.items() if item is not None}

    @cached_property
    def paths(self) -> dict[int, tuple[Step, ...]]:
        """The steps to each end."""
        return {end: tuple(self._step(*step) for step in self.form.path(end)) for end in self.ends}

    def _step(self, node: int, branch: int) -> Step:
        h = self.form.infoset_of[node]
        return Step(node, h, branch, 1.0 if h >= 0 else self.chances[node][branch])

    @cached_property
    def chances(self) -> dict[int, tuple[float, ...]]:
        """The probabilities at each chance node."""
        from deterrence.games.expression import compile_exact

        rows = enumerate(self.form.written_probabilities)
        return {node: tuple(float(compile_exact(p)(self.values)) for p in row) for node, row in rows if row}

    @cached_property
    def below(self) -> dict[int, tuple[int, ...]]:
        """The ends below each node of an information set."""
        found: dict[int, list[int]] = {}
        for end, steps in self.paths.items():
            for step in steps:
                found.setdefault(step.node, []).append(end)
        return {node: tuple(ends) for node, ends in found.items()}

    @cached_property
    def laws(self) -> dict[str, Shock]:
        """The law of each draw by name; of the first of a name."""
        found: dict[str, Shock] = {}
        for variable in self.form.variables:
            if variable.law is not None:
                found.setdefault(variable.name, Shock(variable.law.at(self.values)))
        return found

    # -- which draws matter where ----------------------------------------------------------------------------

    def known(self, node: int, player: int) -> dict[str, int]:
        """Return the draws above a node that a player sees, by name, as places among the game's variables."""
        name = self.form.players[player]
        places = self.form.variables_above.get(node, ())
        return {self.form.variables[k].name: k for k in places if name in self.form.variables[k].known_to}

    @cached_property
    def matters(self) -> tuple[dict[str, frozenset[int]], ...]:
        """For each information set the draws that matter there, by name, with their places."""
        return tuple(self._matters(h) for h in range(len(self.form.nodes_of)))

    def _matters(self, h: int) -> dict[str, frozenset[int]]:
        player, nodes = self.form.player_of[h], self.form.nodes_of[h]
        known = [self.known(node, player) for node in nodes]
        rows = [self.payoffs[end, player][1] for node in nodes for end in self.below[node]]
        names = list(dict.fromkeys(name for here in known for name in here))
        caring = [name for name in names if len({row.get(name, 0.0) for row in rows}) > 1]
        return {name: frozenset(here[name] for here in known if name in here) for name in caring}

    # -- decisions -------------------------------------------------------------------------------------------

    @cached_property
    def decisions(self) -> tuple[Decision, ...]:
        """The decisions of all players."""
        return tuple(self._decision(group) for group in self.groups)

    @cached_property
    def place_of(self) -> dict[int, int]:
        """The number of each information set's decision."""
        return {h: k for k, group in enumerate(self.groups) for h in group}

    @cached_property
    def groups(self) -> tuple[tuple[int, ...], ...]:
        """Information sets of one player that lie on one path and share a draw that matters, joined."""
        head = list(range(len(self.form.nodes_of)))

        def find(h: int) -> int:
            while head[h] != h:
                h = head[h]
            return h

        places = [frozenset().union(*here.values()) if here else frozenset[int]() for here in self.matters]
        for h, steps in enumerate(self.form.own_steps):
            for earlier, _ in steps:
                if places[h] & places[earlier]:
                    head[find(h)] = find(earlier)
        groups: dict[int, list[int]] = {}
        for h in range(len(head)):
            groups.setdefault(find(h), []).append(h)
        order = self.form.own_steps
        return tuple(tuple(sorted(group, key=lambda h: len(order[h]))) for group in groups.values())

    def _decision(self, group: tuple[int, ...]) -> Decision:
        names = tuple(self.matters[group[0]])
        plans = tuple(self._plans(group[0], group))
        return Decision(self.form.player_of[group[0]], group, plans, names, tuple(self.laws[name] for name in names))

    def _plans(self, h: int, group: tuple[int, ...]) -> list[Plan]:
        found: list[Plan] = []
        for action in range(len(self.form.actions_of[h])):
            after = [g for g in group if self.last_step(g, group) == (h, action)]
            further = product(*(self._plans(g, group) for g in after))
            found += [((h, action), *(step for plan in plans for step in plan)) for plans in further]
        return found

    def last_step(self, h: int, group: tuple[int, ...]) -> tuple[int, int] | None:
        """Return the player's last step before a set among those of one decision."""
        steps = [step for step in self.form.own_steps[h] if step[0] in group]
        return steps[-1] if steps else None


def draws_of(form: ExtensiveForm) -> tuple[Variable, ...]:
    """Return the draws of a tree."""
    return tuple(variable for variable in form.variables if variable.is_draw)


def same_laws(reading: Reading) -> Mapping[str, Any]:
    """Return the draws whose name stands for two laws or for draws that different players see."""
    first: dict[str, Variable] = {}
    clashes: dict[str, Any] = {}
    for variable in draws_of(reading.form):
        other = first.setdefault(variable.name, variable)
        same = other.known_to == variable.known_to and other.law == variable.law
        if not same:
            clashes[variable.name] = (other, variable)
    return clashes
