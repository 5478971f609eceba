"""Replies to what nobody does: which of them some belief supports, and which keep everybody from it.

At an information set that nobody reaches any belief about those who would have had to deviate is allowed. It enters
linearly: as weights on their types, cell by cell of what they do afterwards, of which the ends of the cells suffice.
So the share of the replying player's types that take an action is any number between two ends, and an equilibrium
without the deviation exists where some of these numbers leave no type of anybody a gain: inequalities linear in them,
at the ends of every interval.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from deterrence.solvers.continuum.cutoffs.agents import Agent
from deterrence.solvers.continuum.cutoffs.patterns import Pattern, Patterns
from deterrence.solvers.continuum.cutoffs.reading import MEAN, Key, Line, Reading

TWO = 2
FINITE = 10**12


@dataclass(frozen=True)
class Solved:
    """Play on the path: for each agent its intervals with the mass of every plan, in numbers.

    Attributes
    ----------
    chosen
        The patterns; None for an agent that nobody reaches.
    intervals
        By agent: lists of (segment, low, high, plan -> mass).
    """

    chosen: Sequence[Pattern | None]
    intervals: Sequence[Sequence[tuple[int, Any, Any, Mapping[int, Any]]]]


@dataclass(frozen=True)
class Reply:
    """What an agent that nobody reaches may do: the share of its types that takes the second of two actions.

    Attributes
    ----------
    agent
        The agent's number.
    low, high
        The ends of the share.
    rising
        Whether it is the higher types that take the second action; None where there is no type.
    value
        The share that stands for all of them.
    """

    agent: int
    low: Any
    high: Any
    rising: bool | None
    value: Any


class UndecidedError(Exception):
    """Raised where beliefs off the path are of a kind that is not decided; the sentence says which."""


class OffPath:
    """The play of agents that nobody reaches, given play on the path."""

    def __init__(self, reading: Reading, patterns: Patterns, solved: Solved) -> None:
        self.reading, self.patterns, self.solved = reading, patterns, solved
        self.off = [agent for agent, p in zip(reading.agents, solved.chosen, strict=True) if p is None]

    def replies(self) -> tuple[Reply, ...] | None:
        """Return what the agents that nobody reaches may do; None where no reply keeps everybody from deviating.

        Raises
        ------
        UndecidedError
            If the game is of a kind for which this is not decided.
        """
        if not self.off:
            return ()
        ranges = [self._range(agent) for agent in self.off]
        rows = list(self._rows())
        number = {agent.number: k for k, agent in enumerate(self.off)}
        if len(self.off) == 1 or all(len(row[1]) <= 1 for row in rows):
            return self._apart(ranges, rows, number)
        return self._together(ranges, rows, number)

    # -- replies that some belief supports ------------------------------------------------------------------

    def _range(self, agent: Agent) -> Reply:
        """Return between which ends the share of types that take the second action lies, over all beliefs."""
        if len(agent.plans) != TWO or len(agent.segments) != 1:
            name = self.reading.form.set_names[agent.root]
            raise UndecidedError(f"what {name!r}, which nobody reaches, may reply has more than two ways")
        gaps = [self._gap(agent, scenario) for scenario in self.scenarios(agent)]
        if not gaps:
            raise UndecidedError(f"nobody's deviation leads to {self.reading.form.set_names[agent.root]!r}")
        if agent.variable is None:
            heights = [a for a, _ in gaps]
            low = Fraction(min(heights) > 0)
            high = Fraction(max(heights) >= 0)
            return Reply(agent.number, low, high, None, high)
        slopes = {(b > 0) - (b < 0) for _, b in gaps}
        if {1, -1} <= slopes:
            name = self.reading.form.set_names[agent.root]
            raise UndecidedError(f"which types of {name!r} reply depends on beliefs")
        rising = -1 not in slopes
        shares = [self._share(agent, a, b, rising=rising) for a, b in gaps]
        return Reply(agent.number, min(s for s, _ in shares), max(s for _, s in shares), rising, shares[0][0])

    def _share(self, agent: Agent, a: Any, b: Any, *, rising: bool) -> tuple[Any, Any]:
        """Return the least and greatest share of types for which the second action is best."""
        law = self.reading.laws[str(agent.variable)]
        low, high = law.ends
        if b == 0:
            return (Fraction(a > 0), Fraction(a >= 0))
        cut = -a / b if isinstance(a, float) or isinstance(b, float) else Fraction(-a) / b
        below = law.cdf(min(max(cut, low), high))
        share = 1 - below if rising else below
        return share, share

    def scenarios(self, agent: Agent) -> Iterator[Mapping[int, tuple[int, Any]]]:
        """Yield who would have deviated to reach an agent: other agent -> (plan, type), at the ends of cells."""
        seen = set()
        used = [None if p is None else {s for g in p for x in g for s in x} for p in self.solved.chosen]
        for path in self.patterns.root_paths[agent.number]:
            deviators = []
            for d, steps in path.steps.items():
                plans = self.reading.agents[d].consistent(steps)
                if used[d] is None:
                    raise UndecidedError(f"two deviations in a row lead to {self.reading.form.set_names[agent.root]!r}")
                if not plans & (used[d] or set()):
                    deviators.append((d, plans))
            for ways in itertools.product(*(list(self._ways(d, plans)) for d, plans in deviators)):
                scenario = {d: way for (d, _), way in zip(deviators, ways, strict=True)}
                key = tuple(sorted(scenario.items()))
                if key not in seen:
                    seen.add(key)
                    yield scenario

    def _ways(self, d: int, plans: frozenset[int]) -> Iterator[tuple[int, Any]]:
        other = self.reading.agents[d]
        if len(other.open_sets) > 1:
            raise UndecidedError(f"{self.reading.form.players[other.player]} would move again after deviating")
        for segment in other.segments:
            for s in segment.plans:
                if s in plans:
                    yield from ((s, end) for end in (segment.low, segment.high))

    def _gap(self, agent: Agent, scenario: Mapping[int, tuple[int, Any]]) -> tuple[Any, Any]:
        """Return what the second plan is worth less the first: height and slope, if some have deviated."""
        lines = self.reading.lines[agent.number]
        height: Any = 0
        slope: Any = 0
        for plan, sign in ((1, 1), (0, -1)):
            for key, entry in lines[plan].items():
                weight = self._weight(key, scenario)
                height = height + sign * weight * entry.get(MEAN, 0)
                slope = slope + sign * weight * entry.get(agent.variable or "-", 0)
        return height, slope

    def _weight(self, key: Key, scenario: Mapping[int, tuple[int, Any]]) -> Any:
        weight: Any = 1
        for d, plans, counted in key:
            if d in scenario:
                plan, own = scenario[d]
                weight = weight * (own if counted else 1) if plan in plans else 0
            elif self.solved.chosen[d] is None:
                raise UndecidedError("a reply that nobody reaches depends on another such")
            else:
                weight = weight * factor_of(self.reading, self.solved, d, plans, counted=counted)
        return weight

    # -- what keeps everybody from deviating ------------------------------------------------------------------

    def _rows(self) -> Iterator[tuple[Any, dict[int, Any]]]:
        """Yield what deviations gain: a constant, and the coefficient of each agent's share; at most 0 is asked."""
        for agent in self.reading.agents:
            for segment, low, high, group in self.solved.intervals[agent.number]:
                s = next(iter(group))
                for other in agent.segments[segment].plans:
                    line = self.reading.lines[agent.number][other]
                    if any(self.solved.chosen[d] is None for key in line for d, _, _ in key):
                        for own in (low, high):
                            yield self._gain(agent, s, other, own)

    def _gain(self, agent: Agent, s: int, other: int, own: Any) -> tuple[Any, dict[int, Any]]:
        own = _finite(own)
        lines = self.reading.lines[agent.number]
        constant: Any = -self._worth(lines[s], agent, own)
        shares: dict[int, Any] = {}
        for key, entry in lines[other].items():
            value = entry.get(MEAN, 0) + entry.get(agent.variable or "-", 0) * own
            off = [(d, plans, counted) for d, plans, counted in key if self.solved.chosen[d] is None]
            if len(off) > 1 or any(counted for _, _, counted in off):
                raise UndecidedError("a deviation leads to two replies that nobody reaches")
            for d, plans, counted in key:
                if self.solved.chosen[d] is not None:
                    value = value * factor_of(self.reading, self.solved, d, plans, counted=counted)
            if not off:
                constant = constant + value
                continue
            d, plans, _ = off[0]
            constant = constant + (value if 0 in plans else 0)
            shares[d] = shares.get(d, 0) + (value if 1 in plans else 0) - (value if 0 in plans else 0)
        return constant, {d: c for d, c in shares.items() if c != 0}

    def _worth(self, line: Line, agent: Agent, own: Any) -> Any:
        total: Any = 0
        for key, entry in line.items():
            value = entry.get(MEAN, 0) + entry.get(agent.variable or "-", 0) * own
            for d, plans, counted in key:
                value = value * factor_of(self.reading, self.solved, d, plans, counted=counted)
            total = total + value
        return total

    def _apart(
        self, ranges: Sequence[Reply], rows: Sequence[tuple[Any, dict[int, Any]]], number: Mapping[int, int]
    ) -> tuple[Reply, ...] | None:
        """Narrow each range by the rows in which it stands; None where one is empty."""
        ends = [[reply.low, reply.high] for reply in ranges]
        for constant, shares in rows:
            if not shares:
                if constant > slack(constant):
                    return None
                continue
            ((d, c),) = shares.items()
            bound = -constant / c if isinstance(constant, float) or isinstance(c, float) else Fraction(-constant) / c
            k = number[d]
            ends[k] = [ends[k][0], min(ends[k][1], bound)] if c > 0 else [max(ends[k][0], bound), ends[k][1]]
        if any(low > high + slack(low) for low, high in ends):
            return None
        return tuple(
            Reply(reply.agent, low, high, reply.rising, min(max(reply.value, low), high))
            for reply, (low, high) in zip(ranges, ends, strict=True)
        )

    def _together(
        self, ranges: Sequence[Reply], rows: Sequence[tuple[Any, dict[int, Any]]], number: Mapping[int, int]
    ) -> tuple[Reply, ...] | None:
        """Find shares that meet all rows at once, by linear programmes: each one's ends, and a middle."""
        import numpy as np
        from scipy.optimize import linprog

        table = np.zeros((len(rows), len(ranges)))
        for k, (_, shares) in enumerate(rows):
            for d, c in shares.items():
                table[k, number[d]] = float(c)
        limits = [float(-constant) + 1e-12 for constant, _ in rows]
        within = [(float(reply.low), float(reply.high)) for reply in ranges]
        points = []
        for k in range(len(ranges)):
            for sign in (1, -1):
                goal = np.zeros(len(ranges))
                goal[k] = sign
                found = linprog(goal, A_ub=table, b_ub=limits, bounds=within)
                if found.status != 0:
                    return None
                points.append(found.x)
        middle = np.mean(points, axis=0)
        return tuple(
            Reply(reply.agent, _short(points[2 * k][k]), _short(points[2 * k + 1][k]), reply.rising, _short(middle[k]))
            for k, reply in enumerate(ranges)
        )


def factor_of(reading: Reading, solved: Solved, d: int, plans: frozenset[int], *, counted: bool) -> Any:
    """Return the mass of an agent's types whose plan is one of some, or the integral of the type over them."""
    total: Any = 0
    for _, low, high, masses in solved.intervals[d]:
        inside = [s for s in masses if s in plans]
        if not inside:
            continue
        if not counted:
            total = total + sum(masses[s] for s in inside)
        else:
            law = reading.laws[str(reading.agents[d].variable)]
            whole = sum(masses.values())
            total = total + law.mean_between(low, high) * sum(masses[s] for s in inside) / whole
    return total


def slack(number: Any) -> Any:
    """Return what a comparison may miss by: nothing in fractions, rounding in floats."""
    return 1e-12 if isinstance(number, float) else Fraction(1, 10**20)


def _finite(x: Any) -> Any:
    return (FINITE if x > 0 else -FINITE) if isinstance(x, float) and x in (float("inf"), -float("inf")) else x


def _short(x: float) -> Any:
    return Fraction(float(x)).limit_denominator(10**9)
