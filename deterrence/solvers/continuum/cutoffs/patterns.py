"""Patterns: how the types of each agent may be cut into intervals, each with a group of plans.

By the proposition of the upper envelope the types at which a plan is best form an interval, and intervals are ordered
by rising slope; plans of one slope and height share an interval (a flat). So an equilibrium is, up to single types, a
list of groups for each segment of each agent. Patterns that no play of the others can make best are left out here, by
bounds over all that the others may do; the rest is decided by equations.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from deterrence.solvers.continuum.cutoffs.agents import Agent, Segment
from deterrence.solvers.continuum.cutoffs.arithmetic import Arithmetic
from deterrence.solvers.continuum.cutoffs.reading import MEAN, Line, Reading

Groups = tuple[tuple[int, ...], ...]
"""The groups of plans of one segment, from the lowest types to the highest."""
Pattern = tuple[Groups, ...]
"""The groups of each segment of an agent."""
HUGE = 10**9
"""What stands for an end of the type line that is infinite, in bounds."""


@dataclass(frozen=True)
class Bounds:
    """What the worth of one plan less another's may be, over all that the others may do.

    ``rows`` are pairs of the two coefficients, one for each combination of the others' plans. Where ``used`` is set
    each combination has some weight: a sum of numbers that are not negative is zero only if each of them is.
    """

    rows: tuple[tuple[Any, Any], ...]
    arithmetic: Arithmetic
    used: bool = False

    def rises(self, own: Any) -> bool:
        """Tell whether the difference may be above zero for a type."""
        return any(self.arithmetic.positive(a + b * own) for a, b in self.rows)

    def falls(self, own: Any) -> bool:
        """Tell whether the difference may be below zero for a type."""
        return any(self.arithmetic.positive(-(a + b * own)) for a, b in self.rows)

    def ties(self, own: Any) -> bool:
        """Tell whether the difference may be zero for a type."""
        return self._may_be_zero([a + b * own for a, b in self.rows])

    @property
    def steeper(self) -> bool:
        """Whether the slope may be above zero."""
        return any(self.arithmetic.positive(b) for _, b in self.rows)

    @property
    def parallel(self) -> bool:
        """Whether the slope may be zero."""
        return self._may_be_zero([b for _, b in self.rows])

    def _may_be_zero(self, values: list[Any]) -> bool:
        zero, positive = self.arithmetic.zero, self.arithmetic.positive
        together = all if self.used else any
        return together(map(zero, values)) or (any(map(positive, values)) and any(positive(-v) for v in values))


class Patterns:
    """The patterns of a game that bounds leave possible."""

    def __init__(self, reading: Reading) -> None:
        self.reading, self.agents = reading, reading.agents
        self._bounds: dict[Any, Bounds | None] = {}

    def combinations(self) -> Iterator[tuple[Pattern | None, ...]]:
        """Yield for each agent its pattern, or None where others' play does not reach it."""
        alone = [self.of_agent(agent) for agent in self.agents]

        def deeper(chosen: tuple[Pattern | None, ...]) -> Iterator[tuple[Pattern | None, ...]]:
            if len(chosen) == len(self.agents):
                if self._fits(chosen):
                    yield chosen
                return
            for pattern in (*alone[len(chosen)], None):
                yield from deeper((*chosen, pattern))

        yield from deeper(())

    def _fits(self, chosen: Sequence[Pattern | None]) -> bool:
        """Tell whether exactly the agents with a pattern are reached, and bounds leave each of them possible."""
        used = [None if p is None else used_plans(p) for p in chosen]
        for agent, pattern in zip(self.agents, chosen, strict=True):
            if self.is_reached(agent, used) != (pattern is not None):
                return False
        return all(
            pattern is None or self.possible(agent, pattern, used)
            for agent, pattern in zip(self.agents, chosen, strict=True)
        )

    def is_reached(self, agent: Agent, used: Sequence[frozenset[int] | None]) -> bool:
        """Tell whether some node of an agent's first set is reached by plans in use."""
        return any(
            all(
                (used[d] is not None and bool(self.agents[d].consistent(steps) & (used[d] or frozenset())))
                for d, steps in path.steps.items()
            )
            for path in self.root_paths[agent.number]
            if self.reading.weight(path) != 0
        )

    @cached_property
    def root_paths(self) -> list[list[Any]]:
        """The ways to the nodes of each agent's first sets."""
        from deterrence.solvers.continuum.cutoffs.agents import path_to

        reading = self.reading
        return [
            [
                path_to(reading.form, node, reading.agent_of)
                for h in agent.first_sets
                for node in reading.form.nodes_of[h]
            ]
            for agent in self.agents
        ]

    # -- one agent -----------------------------------------------------------------------------------------

    def of_agent(self, agent: Agent) -> list[Pattern]:
        """Return the patterns of one agent that bounds over all play of the others leave possible."""
        nobody = [None] * len(self.agents)
        ways = [
            [groups for groups in self._of_segment(agent, segment) if self._possible(agent, segment, groups, nobody)]
            for segment in agent.segments
        ]
        return [pattern for pattern in itertools.product(*ways) if self._continuous(agent, pattern)]

    def _continuous(self, agent: Agent, pattern: Pattern) -> bool:
        """Tell whether the segments of a pattern fit together where they meet.

        What two first choices are worth differs by a continuous function of the type, affine in each segment. Where it
        has a zero at a cutoff inside a segment it has none at that segment's end, so that both cannot be best there.
        """

        def choices(groups: Groups) -> list[set[Any]]:
            return [{agent.open_part(s) for s in group} for group in groups]

        for left, right in itertools.pairwise(map(choices, pattern)):
            if right[0] & set().union(*left[:-1]) - left[-1] or left[-1] & set().union(*right[1:]) - right[0]:
                return False
        return True

    def _of_segment(self, agent: Agent, segment: Segment) -> Iterator[Groups]:
        plans = segment.plans
        if agent.variable is None:
            for size in range(1, len(plans) + 1):
                yield from (((subset),) for subset in itertools.combinations(plans, size))
            return
        for size in range(1, len(plans) + 1):
            for subset in itertools.combinations(plans, size):
                yield from _ordered_partitions(subset)

    def possible(self, agent: Agent, pattern: Pattern, used: Sequence[frozenset[int] | None]) -> bool:
        """Tell whether bounds over the play in use leave a pattern possible."""
        return all(
            self._possible(agent, segment, groups, used)
            for segment, groups in zip(agent.segments, pattern, strict=True)
        )

    def _possible(self, agent: Agent, segment: Segment, groups: Groups, used: Sequence[frozenset[int] | None]) -> bool:
        low, high = _finite(segment.low), _finite(segment.high)
        for group in groups:
            for s, other in itertools.combinations(group, 2):
                bounds = self.bounds(agent, s, other, used)
                if bounds and not (bounds.parallel and bounds.ties(low) and bounds.ties(high)):
                    return False
        for left, right in itertools.combinations(groups, 2):
            bounds = self.bounds(agent, right[0], left[0], used)
            if bounds and not (bounds.steeper and bounds.falls(low) and bounds.rises(high)):
                return False
        return self._not_beaten(agent, segment, groups[0], low, used) and self._not_beaten(
            agent, segment, groups[-1], high, used
        )

    def _not_beaten(
        self, agent: Agent, segment: Segment, group: Sequence[int], own: Any, used: Sequence[frozenset[int] | None]
    ) -> bool:
        """Tell whether a group may be best for a type."""
        for other in segment.plans:
            bounds = None if other in group else self.bounds(agent, group[0], other, used)
            if bounds and not (bounds.rises(own) or bounds.ties(own)):
                return False
        return True

    def bounds(self, agent: Agent, s: int, other: int, used: Sequence[frozenset[int] | None]) -> Bounds | None:
        """Return what one plan is worth less another, over play in use; None where others' types count."""
        lines = self.reading.lines[agent.number]
        others = sorted({d for line in (lines[s], lines[other]) for key in line for d, _, _ in key})
        key = (agent.number, s, other, tuple(used[d] for d in others))
        if key not in self._bounds:
            self._bounds[key] = self._bounded(agent, lines[s], lines[other], others, used)
        return self._bounds[key]

    def _bounded(
        self, agent: Agent, first: Line, second: Line, others: Sequence[int], used: Sequence[frozenset[int] | None]
    ) -> Bounds | None:
        if any(counted for line in (first, second) for key in line for _, _, counted in key):
            return None
        plans = [sorted(used[d] or range(len(self.agents[d].plans))) for d in others]
        rows = []
        for profile in itertools.product(*plans):
            taken = dict(zip(others, profile, strict=True))
            totals = {MEAN: 0, agent.variable: 0}
            for line, sign in ((first, 1), (second, -1)):
                for key, entry in line.items():
                    if all(taken[d] in allowed for d, allowed, _ in key):
                        for name in totals:
                            totals[name] += sign * entry.get(name, 0) if name is not None else 0
            rows.append((totals[MEAN], totals[agent.variable] if agent.variable else 0))
        known = all(used[d] is not None for d in others)
        return Bounds(tuple(dict.fromkeys(rows)), self.reading.arithmetic, known)


def used_plans(pattern: Pattern) -> frozenset[int]:
    """Return the plans that some types follow."""
    return frozenset(s for groups in pattern for group in groups for s in group)


def _finite(x: Any) -> Any:
    if isinstance(x, float) and x in (float("inf"), -float("inf")):
        return HUGE if x > 0 else -HUGE
    return x


def _ordered_partitions(items: Sequence[int]) -> Iterator[Groups]:
    """Yield all ways to put items into groups that are in order."""
    if not items:
        yield ()
        return
    first, rest = items[0], items[1:]
    for groups in _ordered_partitions(rest):
        for k in range(len(groups)):
            yield (*groups[:k], (first, *groups[k]), *groups[k + 1 :])
        for k in range(len(groups) + 1):
            yield (*groups[:k], (first,), *groups[k:])
