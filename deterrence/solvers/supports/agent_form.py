"""The agent form: what optimality at each information set asks of probabilities and beliefs.

For a choice of support at every information set the conditions are polynomials in the unknown
probabilities and beliefs. The coefficients are fractions at one point, or rational functions of the
parameters for all points at once; nothing here depends on which.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Any

from deterrence.games.form import ExtensiveForm
from deterrence.solvers.algebra import polynomials as poly
from deterrence.solvers.algebra.polynomials import Polynomial

Support = tuple[int, ...]
Pattern = tuple[Support, ...]
Step = tuple[int, int, bool]
"""A branch on the way to a node: (information set, action, False) or (chance node, branch, True)."""


@dataclass(slots=True)
class System:
    """Conditions on unknowns: equations (= 0), weak (>= 0) and strict (> 0) inequalities.

    ``weights`` gives, for each information set, the unnormalised belief in each of its nodes.
    """

    equations: list[Polynomial] = field(default_factory=list)
    weak: list[Polynomial] = field(default_factory=list)
    strict: list[Polynomial] = field(default_factory=list)
    weights: dict[int, list[Polynomial]] = field(default_factory=dict)

    def copy(self) -> System:
        """Return a system that can be changed apart from this one."""
        return System(list(self.equations), list(self.weak), list(self.strict), dict(self.weights))


class AgentForm:
    """A game's flat form with payoffs and probabilities in one field of coefficients."""

    def __init__(self, form: ExtensiveForm, payoffs: Sequence[Any], chances: Sequence[Any], one: Any = 1) -> None:
        self.form, self.payoffs, self.chances, self.one = form, payoffs, chances, one
        self.names: list[tuple[str, int, int]] = []
        self._number: dict[tuple[str, int, int], int] = {}
        self._values: dict[Any, Polynomial] = {}
        self.members: dict[tuple[int, int], tuple[int, ...]] = {}
        self._weights: dict[Any, list[Polynomial]] = {}
        self._gaps: dict[Any, Polynomial] = {}

    def variable(self, kind: str, h: int, of: int) -> int:
        """Return the number of an unknown.

        Kind "p" is the probability of an action of h, "mu" the belief in a node of h by position, "group" the
        weight of a group of nodes of h that starts with that one.
        """
        key = (kind, h, of)
        if key not in self._number:
            self._number[key] = len(self.names)
            self.names.append(key)
        return self._number[key]

    # -- the ways to the nodes ---------------------------------------------------------------------

    @cached_property
    def sets_below(self) -> list[tuple[int, ...]]:
        """The information sets in the subtree at each node."""
        below: list[set[int]] = [set() for _ in range(self.form.size)]
        for node in range(self.form.size - 1, -1, -1):
            for child in self.form.children[node]:
                below[node] |= below[child]
            if self.form.infoset_of[node] >= 0:
                below[node].add(self.form.infoset_of[node])
        return [tuple(sorted(sets)) for sets in below]

    @cached_property
    def interplay(self) -> list[set[int]]:
        """For each information set, those whose play matters to the choice there, and those to which it matters."""
        matters: list[set[int]] = [set() for _ in self.form.nodes_of]
        for h, nodes in enumerate(self.form.nodes_of):
            below = itertools.chain(*(self.sets_below[node] for node in nodes))
            before = (place for way in self.telling_steps[h] for place, _, by_chance in way if not by_chance)
            for g in {*below, *before} - {h}:
                matters[h].add(g)
                matters[g].add(h)
        return matters

    def steps(self, node: int) -> tuple[Step, ...]:
        """Return the branches on the way from the root to a node."""
        steps = ((self.form.infoset_of[at], at, branch) for at, branch in self.form.path(node))
        return tuple((at, branch, True) if h < 0 else (h, branch, False) for h, at, branch in steps)

    @cached_property
    def telling_steps(self) -> list[list[tuple[Step, ...]]]:
        """For each node of each information set, the steps that not all of its nodes share.

        Shared steps do not tell the nodes apart, whoever took them and however unlikely they were: as factors of
        every node's weight they cancel in Bayes' rule.
        """
        ways = [[self.steps(node) for node in nodes] for nodes in self.form.nodes_of]
        common = [set.intersection(*map(set, set_ways)) for set_ways in ways]
        return [
            [tuple(step for step in way if step not in steps) for way in set_ways]
            for set_ways, steps in zip(ways, common, strict=True)
        ]

    @cached_property
    def sets_telling(self) -> list[tuple[int, ...]]:
        """For each information set, the earlier ones whose play tells its nodes apart."""
        return [
            tuple(sorted({place for steps in ways for place, _, by_chance in steps if not by_chance}))
            for ways in self.telling_steps
        ]

    @cached_property
    def sets_after(self) -> list[tuple[int, ...]]:
        """For each information set, those that lie below one of its nodes."""
        return [
            tuple(sorted({g for node in nodes for g in self.sets_below[node]} - {h}))
            for h, nodes in enumerate(self.form.nodes_of)
        ]

    @cached_property
    def sources(self) -> list[list[tuple[int, list[tuple[int, tuple[Step, ...]]]]]]:
        """For each information set, the earlier ones whose belief may determine the belief in it.

        An entry is (earlier set, for each node: (position of its ancestor there, telling steps since)),
        latest first. All nodes of the set descend from nodes of the earlier one.
        """
        return [self._sources(h, nodes) if len(nodes) > 1 else [] for h, nodes in enumerate(self.form.nodes_of)]

    def _sources(self, h: int, nodes: Sequence[int]) -> list[tuple[int, list[tuple[int, tuple[Step, ...]]]]]:
        passed = [self._passed(node) for node in nodes]
        common = set.intersection(*map(set, passed)) - {h}
        entries = []
        for g in sorted(common, key=lambda g: -self.depth[g]):
            if len(self.form.nodes_of[g]) < 2:
                continue
            since = [ancestors[g][1] for ancestors in passed]
            common_steps = set.intersection(*since)
            ways = [
                (ancestors[g][0], tuple(s for s in self.steps(node) if s in steps - common_steps))
                for ancestors, steps, node in zip(passed, since, nodes, strict=True)
            ]
            entries.append((g, ways))
        return entries

    def _passed(self, node: int) -> dict[int, tuple[int, set[Step]]]:
        """Return the sets passed on the way to a node: (position of the node there, steps from there on)."""
        path, steps = self.form.path(node), self.steps(node)
        passed = {}
        for i, (at, _) in enumerate(path):
            h = self.form.infoset_of[at]
            if h >= 0:
                passed[h] = (self.form.nodes_of[h].index(at), set(steps[i:]))
        return passed

    @cached_property
    def order(self) -> list[int]:
        """The information sets, earlier ones first."""
        return sorted(range(len(self.form.nodes_of)), key=lambda h: self.depth[h])

    @cached_property
    def depth(self) -> list[int]:
        """How many branches lead to each information set, at its node nearest to the root."""
        return [min(len(self.form.path(node)) for node in nodes) for nodes in self.form.nodes_of]

    def played(self, pattern: Pattern, unknowns: Sequence[int]) -> set[int]:
        """Return the unknowns that are probabilities of actions at information sets that play reaches."""
        reached = self.reached(pattern)
        return {v for v in unknowns if self.names[v][0] == "p" and self.names[v][1] in reached}

    def reached(self, pattern: Pattern) -> set[int]:
        """Return the information sets that play reaches."""
        reached, stack = set(), [0]
        while stack:
            node = stack.pop()
            h = self.form.infoset_of[node]
            if h >= 0:
                reached.add(h)
            for branch, child in enumerate(self.form.children[node]):
                if branch in pattern[h] if h >= 0 else self.chances[node][branch]:
                    stack.append(child)
        return reached

    # -- polynomials -------------------------------------------------------------------------------

    def probability(self, pattern: Pattern, h: int, action: int) -> Polynomial:
        """Return the probability of an action, the last one of a support being what the others leave."""
        support = pattern[h]
        if action not in support:
            return {}
        if len(support) == 1:
            return {(): self.one}
        if action != support[-1]:
            return poly.variable(self.variable("p", h, action), self.one)
        rest: Polynomial = {(): self.one}
        for other in support[:-1]:
            rest[(self.variable("p", h, other),)] = -self.one
        return rest

    def value(self, pattern: Pattern, node: int, player: int) -> Polynomial:
        """Return a player's expected payoff from a node on."""
        key = (node, player, tuple(pattern[h] for h in self.sets_below[node]))
        if key not in self._values:
            self._values[key] = self._value(pattern, node, player)
        return self._values[key]

    def _value(self, pattern: Pattern, node: int, player: int) -> Polynomial:
        children, h = self.form.children[node], self.form.infoset_of[node]
        if not children:
            return poly.constant(self.payoffs[node][player])
        total: Polynomial = {}
        if h < 0:
            for p, child in zip(self.chances[node], children, strict=True):
                if p:
                    total = poly.add(total, poly.scale(self.value(pattern, child, player), p))
            return total
        for action in pattern[h]:
            part = self.value(pattern, children[action], player)
            total = poly.add(total, poly.multiply(part, self.probability(pattern, h, action)))
        return total

    def _product(self, pattern: Pattern, steps: Sequence[Step]) -> Polynomial:
        product: Polynomial = {(): self.one}
        for place, branch, by_chance in steps:
            factor = (
                poly.constant(self.chances[place][branch]) if by_chance else self.probability(pattern, place, branch)
            )
            if not factor:
                return {}
            product = poly.multiply(product, factor)
        return product

    # -- the conditions of one pattern ---------------------------------------------------------------

    def systems(self, pattern: Pattern, sets: Collection[int] | None = None) -> Iterator[System]:
        """Yield the conditions for a pattern of supports, one for each way to tie beliefs to earlier ones.

        With ``sets`` only what is optimal at those information sets is asked, given play at the others.
        """
        asked = range(len(pattern)) if sets is None else sets
        start = System()
        needed = {*asked, *(g for h in asked for g, _ in self.sources[h])}
        start.weights.update({h: [] for h in range(len(pattern)) if h not in needed})
        for h in sorted(needed):
            support = pattern[h]
            if len(self.form.nodes_of[h]) == 1:
                start.weights[h] = self._bayes_weights(pattern, h)
            for action in support if len(support) > 1 and h in asked else ():
                start.strict.append(self.probability(pattern, h, action))
        for system in self._with_beliefs(pattern, start, 0):
            self._add_optimality(pattern, system, asked)
            yield system

    def _with_beliefs(self, pattern: Pattern, system: System, position: int) -> Iterator[System]:
        while position < len(self.order) and self.order[position] in system.weights:
            position += 1
        if position == len(self.order):
            yield system
            return
        h = self.order[position]
        # On the path, beliefs are the nodes' weights by Bayes' rule. Off it they follow from those at an earlier set,
        # if these leave any weight; that total may be zero or not, so each case is a system of its own.
        weights = self._bayes_weights(pattern, h)
        if any(weights):
            system.weights[h] = weights
            yield from self._with_beliefs(pattern, system, position + 1)
            return
        relative = self._relative_weights(pattern, system, h)
        if relative is not None:
            tied = system.copy()
            total: Polynomial = {}
            for weight in relative:
                total = poly.add(total, weight)
            tied.strict.append(total)
            tied.weights[h] = relative
            yield from self._with_beliefs(pattern, tied, position + 1)
            if list(total) == [()]:  # a number, and no case in which it is zero
                return
            system = system.copy()
            system.equations.extend(weight for weight in relative if weight)
        self._add_grouped_belief(pattern, system, h)
        yield from self._with_beliefs(pattern, system, position + 1)

    def _bayes_weights(self, pattern: Pattern, h: int) -> list[Polynomial]:
        """Return the weights that play gives the nodes of h: the same object wherever the supports that matter are."""
        key = h, tuple(pattern[g] for g in self.sets_telling[h])
        if key not in self._weights:
            self._weights[key] = [self._product(pattern, steps) for steps in self.telling_steps[h]]
        return self._weights[key]

    def _relative_weights(self, pattern: Pattern, system: System, h: int) -> list[Polynomial] | None:
        for g, ways in self.sources[h]:
            weights = [
                poly.multiply(system.weights[g][position], self._product(pattern, steps)) for position, steps in ways
            ]
            if any(weights):
                return weights
        return None

    def _add_free_belief(self, system: System, h: int) -> None:
        last: Polynomial = {(): self.one}
        weights = []
        for k in range(len(self.form.nodes_of[h]) - 1):
            belief = poly.variable(self.variable("mu", h, k), self.one)
            weights.append(belief)
            last = poly.subtract(last, belief)
        system.weights[h] = [*weights, last]
        system.weak.extend(system.weights[h])

    def _add_grouped_belief(self, pattern: Pattern, system: System, h: int) -> None:
        """Group the nodes by the deviations that lead to them: groups have free weights, nodes within one follow Bayes.

        Nodes reached by the same unplayed moves differ only in draws and played moves, so that their weights are
        in proportion to the probabilities of those.
        """
        groups: dict[tuple[Step, ...], list[int]] = {}
        shares: list[Polynomial] = []
        for k, steps in enumerate(self.telling_steps[h]):
            unplayed = tuple(sorted(step for step in steps if not self._product(pattern, [step])))
            groups.setdefault(unplayed, []).append(k)
            shares.append(self._product(pattern, [step for step in steps if step not in unplayed]))
        if len(groups) == len(shares):
            self._add_free_belief(system, h)
            return
        system.weights[h] = [{}] * len(shares)
        last: Polynomial = {(): self.one}
        for number, members in enumerate(groups.values()):
            mass = last
            if number < len(groups) - 1:
                mass = poly.variable(self.variable("group", h, members[0]), self.one)
                last = poly.subtract(last, mass)
            if len(groups) > 1:
                system.weak.append(mass)
            for k, share in zip(members, _normalized([shares[k] for k in members]), strict=True):
                system.weights[h][k] = poly.multiply(mass, share)
            self.members[h, members[0]] = tuple(members)

    def worth(self, pattern: Pattern, weights: Sequence[Polynomial], h: int, action: int) -> Polynomial:
        """Return what an action is worth at an information set, summed over its nodes by weight."""
        total: Polynomial = {}
        player = self.form.player_of[h]
        for weight, node in zip(weights, self.form.nodes_of[h], strict=True):
            if weight:
                value = self.value(pattern, self.form.children[node][action], player)
                total = poly.add(total, poly.multiply(weight, value))
        return total

    def _add_optimality(self, pattern: Pattern, system: System, sets: Iterable[int]) -> None:
        # Only changes at one set are compared. By the one-shot deviation principle several then do not gain either,
        # where beliefs follow each player's own earlier ones by Bayes' rule (Hendon, Jacobsen and Sloth 1996). Weights
        # need not sum to one: their total is positive, so multiplying by it keeps the comparison and avoids a ratio.
        for h in sets:
            self._add_best(pattern, system, h, system.weights[h])

    def _add_best(self, pattern: Pattern, system: System, h: int, weights: list[Polynomial]) -> None:
        support = pattern[h]
        for action in range(len(self.form.actions_of[h])):
            if action != support[0]:
                gap = self._gap(pattern, weights, h, support[0], action)
                (system.equations if action in support else system.weak).append(gap)

    def part_on_path(self, pattern: Pattern, decided: Sequence[int], complete: Sequence[int]) -> System:
        """Return what optimality asks at the sets of a part of a pattern, those that play tells apart for certain.

        ``decided`` are the sets with a support in the pattern, ``complete`` those of them at which optimality depends
        on decided ones alone.
        """
        system = System()
        for h in complete:
            weights = self._bayes_weights(pattern, h)
            if any(weights):
                self._add_best(pattern, system, h, weights)
        for h in decided:
            if len(pattern[h]) > 1:
                system.strict.extend(self.probability(pattern, h, action) for action in pattern[h])
        return system

    def _gap(self, pattern: Pattern, weights: list[Polynomial], h: int, a: int, b: int) -> Polynomial:
        """Return what action a is worth more than b at an information set, at a point up to a positive factor."""
        if weights is not self._bayes_weights(pattern, h):
            return poly.subtract(self.worth(pattern, weights, h, a), self.worth(pattern, weights, h, b))
        key = h, a, b, *(tuple(pattern[g] for g in sets[h]) for sets in (self.sets_telling, self.sets_after))
        if key not in self._gaps:
            gap = poly.subtract(self.worth(pattern, weights, h, a), self.worth(pattern, weights, h, b))
            self._gaps[key] = poly.primitive(gap) if isinstance(self.one, int) else gap
        return self._gaps[key]


def _normalized(shares: Sequence[Polynomial]) -> Sequence[Polynomial]:
    """Return weights that sum to one where they are numbers, else as they are; a single one counts as one."""
    if len(shares) == 1:
        c = next(iter(shares[0].values()))
        return [{(): 1 if isinstance(c, (int, Fraction)) else (c.ring if hasattr(c, "ring") else c.field).one}]
    numbers = [share[()] for share in shares if list(share) == [()] and isinstance(share[()], (int, Fraction))]
    if len(numbers) < len(shares):
        return shares
    return [{(): Fraction(number) / sum(numbers)} for number in numbers]
