"""What a pattern asks, as equations and inequalities in the masses of plans.

Unknown is for each segment and plan in use the mass of types that follow it. Where the law is uniform a cutoff is
affine in the masses below it, and all conditions are polynomials:

- the masses of a segment sum to the share of types in it;
- at a cutoff the plans on its two sides are worth the same, and the one on the right has the greater slope;
- plans of one group have equal slope and equal height;
- at both ends of every interval no plan that is not in use is worth more. Differences are affine, so the ends decide.

Plans that lead through information sets which nobody reaches are compared later, with beliefs (``off_path``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Any

from deterrence.solvers.algebra import polynomials as poly
from deterrence.solvers.algebra.polynomials import Polynomial
from deterrence.solvers.continuum.cutoffs.agents import Agent
from deterrence.solvers.continuum.cutoffs.arithmetic import divided
from deterrence.solvers.continuum.cutoffs.patterns import Pattern, used_plans
from deterrence.solvers.continuum.cutoffs.reading import MEAN, Key, Line, Reading, less
from deterrence.solvers.supports.agent_form import System

Place = tuple[int, int, int]
"""An agent, one of its segments, a plan."""


@dataclass(frozen=True)
class Interval:
    """Types between two ends, as polynomials in the masses, and the group of plans they follow."""

    segment: int
    low: Polynomial
    high: Polynomial
    group: tuple[int, ...]


@dataclass
class Conditions:
    """The conditions of one pattern.

    Attributes
    ----------
    general
        Whether laws may be any: then integrals of types are unknowns as well, and there is no :meth:`system`.
    places
        Where each unknown mass stands.
    integrals
        Then: the agent, segment and position of the interval of each unknown integral, which follow the masses.
    replies
        The agents that nobody reaches whose share of types that take the second action is an unknown, by its number.
    """

    reading: Reading
    chosen: Sequence[Pattern | None]
    general: bool = False
    places: list[Place] = field(default_factory=list)
    integrals: list[tuple[int, int, int]] = field(default_factory=list)
    replies: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for agent, pattern in zip(self.reading.agents, self.chosen, strict=True):
            for k, groups in enumerate(pattern or ()):
                self.places += [(agent.number, k, s) for group in groups for s in group]
        self._number = {place: v for v, place in enumerate(self.places)}
        self.replies = {d: len(self.places) + k for k, d in enumerate(self.replies)}
        if self.general:
            for agent, pattern in zip(self.reading.agents, self.chosen, strict=True):
                self.integrals += [
                    (agent.number, k, j) for k, groups in enumerate(pattern or ()) for j in range(len(groups))
                ]

    def mass(self, agent: int, segment: int, plan: int) -> Polynomial:
        """Return the mass of types of a segment that follow a plan."""
        v = self._number.get((agent, segment, plan))
        return {} if v is None else poly.variable(v)

    @cached_property
    def intervals(self) -> list[list[Interval]]:
        """The intervals of each agent that is reached; of one without a type a single one."""
        return [list(self._intervals(agent)) for agent in self.reading.agents]

    def _intervals(self, agent: Agent) -> Iterator[Interval]:
        for k, groups in enumerate(self.chosen[agent.number] or ()):
            segment = agent.segments[k]
            low = poly.constant(segment.low)
            for position, group in enumerate(groups):
                last = position == len(groups) - 1
                share = poly.total(self.mass(agent.number, k, s) for s in group)
                high = poly.constant(segment.high) if last else poly.add(low, poly.scale(share, self.width(agent)))
                yield Interval(k, low, high, group)
                low = high

    def width(self, agent: Agent) -> Any:
        """Return the length of an agent's type line."""
        low, high = self.reading.ends(agent)
        return high - low

    # -- lines -------------------------------------------------------------------------------------------

    def line(self, agent: Agent, plan: int) -> tuple[Polynomial, Polynomial]:
        """Return what a plan is worth: its height at zero and its slope, on paths that play in use reaches."""
        return self._summed(agent, self.reading.lines[agent.number][plan])

    def difference(self, agent: Agent, plan: int, other: int) -> tuple[Polynomial, Polynomial]:
        """Return the height and slope of one plan's line less another's."""
        lines = self.reading.lines[agent.number]
        return self._summed(agent, less(lines[plan], lines[other]))

    def _summed(self, agent: Agent, line: Line) -> tuple[Polynomial, Polynomial]:
        height: Polynomial = {}
        slope: Polynomial = {}
        for key, entry in line.items():
            weight = self._product(key)
            height = poly.add(height, poly.scale(weight, entry.get(MEAN, 0)))
            if agent.variable is not None:
                slope = poly.add(slope, poly.scale(weight, entry.get(agent.variable, 0)))
        return height, slope

    def _product(self, key: Key) -> Polynomial:
        weight: Polynomial = {(): 1}
        for factor in key:
            weight = poly.multiply(weight, self.factor(*factor))
        return weight

    def factor(self, agent: int, plans: frozenset[int], counted: bool) -> Polynomial:
        """Return the mass of an agent's types whose plan is one of some, or the integral of the type over them."""
        if agent in self.replies and not counted:
            share = poly.variable(self.replies[agent])
            parts = [poly.subtract({(): 1}, share), share]
            return poly.total(parts[s] for s in plans)
        if counted:
            return self.integral(agent, plans)
        pattern = self.chosen[agent] or ()
        return poly.total(
            self.mass(agent, k, s) for k, groups in enumerate(pattern) for group in groups for s in group if s in plans
        )

    def integral(self, agent: int, plans: frozenset[int]) -> Polynomial:
        """Return the integral of an agent's type over the types whose plan is one of some."""
        total: Polynomial = {}
        if self.general:
            return self._unknown_integral(agent, plans)
        width = self.width(self.reading.agents[agent])
        for interval in self.intervals[agent]:
            inside = [s for s in interval.group if s in plans]
            if not inside:
                continue
            if len(inside) < len(interval.group):
                raise NotImplementedError
            squares = poly.subtract(
                poly.multiply(interval.high, interval.high), poly.multiply(interval.low, interval.low)
            )
            total = poly.add(total, poly.scale(squares, divided(1, 2 * width)))
        return total

    def _unknown_integral(self, agent: int, plans: frozenset[int]) -> Polynomial:
        total: Polynomial = {}
        for k, groups in enumerate(self.chosen[agent] or ()):
            for j, group in enumerate(groups):
                if not plans.isdisjoint(group):
                    if not plans.issuperset(group):
                        raise NotImplementedError
                    total = poly.add(total, poly.variable(len(self.places) + self.integrals.index((agent, k, j))))
        return total

    # -- the system --------------------------------------------------------------------------------------

    def system(self) -> System:
        """Return all conditions but those on plans through information sets that nobody reaches."""
        system = System()
        for agent, pattern in zip(self.reading.agents, self.chosen, strict=True):
            if pattern is None:
                continue
            for k in range(len(pattern)):
                segment = agent.segments[k]
                share = divided(segment.high - segment.low, self.width(agent))
                masses = [self.mass(agent.number, k, s) for group in pattern[k] for s in group]
                system.equations.append(poly.subtract(poly.total(masses), poly.constant(share)))
                system.strict += masses
            self._own(agent, pattern, system)
        return system

    def _own(self, agent: Agent, pattern: Pattern, system: System) -> None:
        intervals = self.intervals[agent.number]
        for interval in intervals:
            for s in interval.group[1:]:
                system.equations += [p for p in self.difference(agent, s, interval.group[0]) if p]
        for left, right in pairwise(intervals):
            if left.segment == right.segment:
                height, slope = self.difference(agent, right.group[0], left.group[0])
                system.equations.append(poly.add(height, poly.multiply(slope, left.high)))
                system.strict.append(slope)
        for interval in intervals:
            for other in agent.segments[interval.segment].plans:
                in_use = other in used_plans((pattern[interval.segment],))
                if not in_use and not self.beyond(agent, other):
                    system.weak += self._no_better(agent, interval, other)

    def _no_better(self, agent: Agent, interval: Interval, other: int) -> list[Polynomial]:
        height, slope = self.difference(agent, interval.group[0], other)
        if not slope:
            return [height]
        return [poly.add(height, poly.multiply(slope, end)) for end in (interval.low, interval.high)]

    def beyond(self, agent: Agent, plan: int) -> bool:
        """Tell whether a plan leads to an information set of another agent that nobody reaches."""
        line = self.reading.lines[agent.number][plan]
        return any(self.chosen[d] is None and d not in self.replies for key in line for d, _, _ in key)
