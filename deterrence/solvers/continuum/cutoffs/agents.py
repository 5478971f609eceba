"""The agents of a game: who decides where, by which own type, with which plans.

An agent is a player from one of its first information sets on: all sets of that player that follow it. What a player
does at sets that no own move joins is decided apart, so it is several agents there; on every path each player is one.
A plan says what is done at the first set and at each later one that it leads to.

Last moves, which nothing but chance and ends follows and that are told apart, need no belief: for each type the best
action there is known. They cut the type line into segments, in each of which only plans with these actions are left.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from deterrence.games.form import ExtensiveForm

Plan = tuple[tuple[int, int], ...]
"""Pairs of an information set and the action there."""


@dataclass(frozen=True)
class Segment:
    """Types between two ends, and the plans, by number, that are not ruled out by a last move there."""

    low: Any
    high: Any
    plans: tuple[int, ...]


@dataclass(frozen=True)
class Agent:
    """A player from one of its first information sets on.

    Attributes
    ----------
    number
        Its place among the agents.
    player
        The player's number.
    sets
        Its information sets, the first one first.
    plans
        Its plans.
    variable
        The drawn number that it decides by, or None.
    segments
        The parts of the type line between the cutoffs of last moves; one without ends where there is no type.
    last
        The last moves that are decided for every type: information set -> triples of two ends and the best action.
    """

    number: int
    player: int
    sets: tuple[int, ...]
    plans: tuple[Plan, ...]
    variable: str | None = None
    segments: tuple[Segment, ...] = ()
    last: Mapping[int, tuple[tuple[Any, Any, int], ...]] = field(default_factory=dict)

    @property
    def root(self) -> int:
        """Its first information set."""
        return self.sets[0]

    @cached_property
    def first_sets(self) -> tuple[int, ...]:
        """The sets that no own move comes before: those at which every plan says something."""
        return tuple(h for h in self.sets if all(h in dict(plan) for plan in self.plans))

    @cached_property
    def open_sets(self) -> tuple[int, ...]:
        """The sets at which it is not known at once what is best."""
        return tuple(h for h in self.sets if h not in self.last)

    def open_part(self, plan: int) -> Plan:
        """Return what a plan does where it is not known at once what is best."""
        return tuple(step for step in self.plans[plan] if step[0] not in self.last)

    def consistent(self, steps: Mapping[int, int]) -> frozenset[int]:
        """Return the plans that take given actions at the sets on a path."""
        return frozenset(
            k for k, plan in enumerate(self.plans) if all(dict(plan).get(h) == a for h, a in steps.items())
        )


def agents_of(form: ExtensiveForm) -> tuple[Agent, ...]:
    """Return the agents of a game, without types and segments."""
    after: dict[tuple[int, int], list[int]] = {}
    roots = []
    for h, steps in enumerate(form.own_steps):
        if steps:
            after.setdefault(steps[-1], []).append(h)
        else:
            roots.append(h)
    agents: list[Agent] = []
    for root in roots:
        plans = tuple(_plans(form, root, after))
        sets = tuple(sorted({h for plan in plans for h, _ in plan}, key=lambda h: (h != root, h)))
        agents.append(Agent(len(agents), form.player_of[root], sets, plans))
    return tuple(agents)


def _plans(form: ExtensiveForm, h: int, after: Mapping[tuple[int, int], Sequence[int]]) -> list[Plan]:
    plans: list[Plan] = []
    for action in range(len(form.actions_of[h])):
        further = [_plans(form, g, after) for g in after.get((h, action), ())]
        plans += [((h, action), *itertools.chain(*rest)) for rest in itertools.product(*further)]
    return plans


@dataclass(frozen=True)
class Path:
    """The way to a node: the chances of nature on it, and for each agent on it the actions that lead there.

    Attributes
    ----------
    node
        The node.
    chances
        Chance nodes with the branch, as pairs.
    steps
        Agent -> information set -> action.
    """

    node: int
    chances: tuple[tuple[int, int], ...]
    steps: Mapping[int, Mapping[int, int]]


def path_to(form: ExtensiveForm, node: int, agent_of: Sequence[int]) -> Path:
    """Return the way to a node; ``agent_of`` gives the agent that decides at each information set."""
    chances: list[tuple[int, int]] = []
    steps: dict[int, dict[int, int]] = {}
    for at, branch in form.path(node):
        h = form.infoset_of[at]
        if h < 0:
            chances.append((at, branch))
        else:
            steps.setdefault(agent_of[h], {})[h] = branch
    return Path(node, tuple(chances), steps)


def last_sets(form: ExtensiveForm) -> list[int]:
    """Return the information sets of one node below which nobody moves."""
    moves = [False] * form.size
    for node in range(form.size - 1, -1, -1):
        moves[node] = any(moves[c] or form.infoset_of[c] >= 0 for c in form.children[node])
    return [h for h, nodes in enumerate(form.nodes_of) if len(nodes) == 1 and not moves[nodes[0]]]
