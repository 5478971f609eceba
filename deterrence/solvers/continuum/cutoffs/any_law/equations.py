"""Patterns of games with laws of any kind: the conditions as functions, of numbers or of spans of numbers.

Unknown are the quantiles of cutoffs and the masses in flats. Against others' masses an agent's cutoffs are explicit:
c = -A/B, and its quantile is F(c). So the cutoffs of some agents follow from the rest, and what is left to be solved
is often one equation in one unknown. Everything is made of sums, products, ratios and distribution functions, which
rise: bounds over a box are computed with the same formulas.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from deterrence.games.continuum.law import Law
from deterrence.solvers.algebra.polynomials import Polynomial
from deterrence.solvers.continuum.cutoffs.agents import Agent
from deterrence.solvers.continuum.cutoffs.any_law.spans import Span
from deterrence.solvers.continuum.cutoffs.conditions import Conditions
from deterrence.solvers.continuum.cutoffs.off_path import Solved
from deterrence.solvers.continuum.cutoffs.patterns import Pattern, used_plans
from deterrence.solvers.continuum.cutoffs.reading import Reading

Number = Any
"""A float, or a span of them."""
TOLERANCE = 1e-9
"""What inequalities may miss by in floats."""


@dataclass(frozen=True)
class Cut:
    """A cutoff between two groups of a segment."""

    agent: int
    segment: int
    position: int


@dataclass(frozen=True)
class Flat:
    """The mass of a plan that shares its interval with others."""

    agent: int
    segment: int
    position: int
    plan: int


Unknown = Cut | Flat


class Equations:
    """The conditions of one pattern as functions of its unknowns."""

    def __init__(self, reading: Reading, chosen: Sequence[Pattern | None]) -> None:
        self.reading, self.chosen = reading, chosen
        self.conditions = Conditions(reading, chosen, general=True)
        self.laws: dict[int, Law | None] = {
            agent.number: None if agent.variable is None else reading.laws[agent.variable] for agent in reading.agents
        }
        self.ends = {
            agent.number: [self._quantiles(agent, k) for k in range(len(agent.segments))] for agent in self.agents
        }
        self.compiled: dict[Any, tuple[Any, Any]] = {}

    @cached_property
    def agents(self) -> list[Agent]:
        """The agents that are reached."""
        return [agent for agent in self.reading.agents if self.chosen[agent.number] is not None]

    def groups(self, agent: int, segment: int) -> tuple[tuple[int, ...], ...]:
        """Return the groups of a segment."""
        pattern = self.chosen[agent]
        return () if pattern is None else pattern[segment]

    def _quantiles(self, agent: Agent, segment: int) -> tuple[float, float]:
        law = self.laws[agent.number]
        if law is None:
            return 0.0, 1.0
        return float(law.cdf(float(agent.segments[segment].low))), float(law.cdf(float(agent.segments[segment].high)))

    # -- unknowns ----------------------------------------------------------------------------------------

    @cached_property
    def cuts(self) -> list[Cut]:
        """All cutoffs."""
        return [
            Cut(agent.number, k, j)
            for agent in self.agents
            for k in range(len(agent.segments))
            for j in range(len(self.groups(agent.number, k)) - 1)
        ]

    @cached_property
    def flats(self) -> list[Flat]:
        """The masses in flats, but for the first plan of each."""
        return [
            Flat(agent.number, k, j, s)
            for agent in self.agents
            for k in range(len(agent.segments))
            for j, group in enumerate(self.groups(agent.number, k))
            for s in group[1:]
        ]

    @cached_property
    def explicit(self) -> list[int]:
        """The agents whose cutoffs follow from the rest: as many cutoffs as may be, none on another's masses."""
        chosen: list[int] = []
        counts = {agent.number: sum(cut.agent == agent.number for cut in self.cuts) for agent in self.agents}
        for number in sorted(counts, key=lambda d: -counts[d]):
            if counts[number] and all(not self._meet(number, d) for d in chosen):
                chosen.append(number)
        return chosen

    def _meet(self, one: int, other: int) -> bool:
        """Tell whether what one agent's plans are worth depends on another's play, or the other way round."""
        pairs = ((one, other), (other, one))
        return any(d == b for a, b in pairs for line in self.reading.lines[a] for key in line for d, _, _ in key)

    @cached_property
    def driving(self) -> list[Unknown]:
        """The unknowns that the rest follows from."""
        return [*(cut for cut in self.cuts if cut.agent not in self.explicit), *self.flats]

    def span_of(self, unknown: Unknown) -> tuple[float, float]:
        """Return between which ends an unknown lies."""
        low, high = self.ends[unknown.agent][unknown.segment]
        return (low, high) if isinstance(unknown, Cut) else (0.0, high - low)

    # -- evaluation ---------------------------------------------------------------------------------------

    def play(self, driving: Sequence[Number]) -> tuple[dict[int, Number], dict[Cut, Number]] | None:
        """Return all masses and integrals, and the quantiles of cutoffs, from driving unknowns; None if impossible."""
        quantiles: dict[Cut, Number] = {}
        flats: dict[Flat, Number] = {}
        for unknown, value in zip(self.driving, driving, strict=True):
            if isinstance(unknown, Cut):
                quantiles[unknown] = value
            else:
                flats[unknown] = value
        values: dict[int, Number] = {}
        for agent in self.agents:
            if agent.number not in self.explicit and not self._fill(agent, quantiles, flats, values):
                return None
        for agent in self.agents:
            if agent.number in self.explicit:
                for cut in self.cuts:
                    if cut.agent == agent.number:
                        implied = self.implied(cut, values)
                        if implied is None:
                            return None
                        quantiles[cut] = implied
        for agent in self.agents:
            if agent.number in self.explicit and not self._fill(agent, quantiles, flats, values):
                return None
        return values, quantiles

    def implied(self, cut: Cut, values: dict[int, Number]) -> Number | None:
        """Return the quantile at which a cutoff's neighbours are worth the same; None where there is none inside."""
        left, right = (self.groups(cut.agent, cut.segment)[cut.position + i][0] for i in (0, 1))
        height, slope = self.difference(cut.agent, right, left, values)
        low, high = self.ends[cut.agent][cut.segment]
        law = self.laws[cut.agent]
        assert law is not None
        if isinstance(height, Span) or isinstance(slope, Span):
            height, slope = _as_span(height), _as_span(slope)
            if slope.high <= 0:
                return None
            at = (-height).over(slope)
            return Span(_share(law, at.low), _share(law, at.high)).meet(Span(low, high))
        if slope <= 0:
            return None
        q = _share(law, -height / slope)
        return q if low - TOLERANCE <= q <= high + TOLERANCE else None

    def _fill(
        self, agent: Agent, quantiles: dict[Cut, Number], flats: dict[Flat, Number], values: dict[int, Number]
    ) -> bool:
        """Enter the masses and integrals of one agent; tell whether all masses may be above zero."""
        for k in range(len(agent.segments)):
            low, high = self.ends[agent.number][k]
            groups = self.groups(agent.number, k)
            inner = [quantiles[Cut(agent.number, k, j)] for j in range(len(groups) - 1)]
            ends = [low, *inner, high]
            for j, group in enumerate(groups):
                share = ends[j + 1] - ends[j]
                for s in group[1:]:
                    mass = flats[Flat(agent.number, k, j, s)]
                    values[self._place(agent.number, k, s)] = mass
                    share = share - mass
                if (share.high if isinstance(share, Span) else share) < 0:
                    return False
                values[self._place(agent.number, k, group[0])] = _clipped(share)
                self._integrate(agent, k, j, (ends[j], ends[j + 1]), values)
        return True

    def _integrate(
        self, agent: Agent, segment: int, position: int, ends: tuple[Number, Number], values: dict[int, Number]
    ) -> None:
        law = self.laws[agent.number]
        if law is None or not self.reading.others_matter:
            return
        v = len(self.conditions.places) + self.conditions.integrals.index((agent.number, segment, position))
        if isinstance(ends[0], Span) or isinstance(ends[1], Span):
            first, last = map(_as_span, ends)
            values[v] = Span(float(law.ppf(first.low)), float(law.ppf(last.high))) * _clipped(last - first)
        else:
            values[v] = law.mean_between(law.ppf(ends[0]), law.ppf(ends[1]))

    def _place(self, agent: int, segment: int, plan: int) -> int:
        return self.conditions.places.index((agent, segment, plan))

    def difference(self, agent: int, plan: int, other: int, values: dict[int, Number]) -> tuple[Number, Number]:
        """Return the height and slope of one plan's line less another's."""
        key = (agent, plan, other)
        if key not in self.compiled:
            self.compiled[key] = self.conditions.difference(self.reading.agents[agent], plan, other)
        height, slope = self.compiled[key]
        return _value(height, values), _value(slope, values)

    def residuals(self, values: dict[int, Number], quantiles: dict[Cut, Number]) -> list[Number] | None:
        """Return what must be zero, for each driving cutoff and each plan in a flat; None if impossible.

        There may be more equations than unknowns.
        """
        rest: list[Number] = []
        for unknown in self.driving:
            if isinstance(unknown, Cut):
                implied = self.implied(unknown, values)
                if implied is None:
                    return None
                rest.append(quantiles[unknown] - implied)
            else:
                first = self.groups(unknown.agent, unknown.segment)[unknown.position][0]
                rest += self.difference(unknown.agent, unknown.plan, first, values)
        return rest

    # -- at a point ---------------------------------------------------------------------------------------

    def holds(self, values: dict[int, Number], quantiles: dict[Cut, Number]) -> bool:
        """Tell whether a point meets all inequalities: masses above zero, slopes in order, nobody better off."""
        masses = [values[v] for v in range(len(self.conditions.places))]
        if any(m <= 0 for m in masses):
            return False
        for agent in self.agents:
            pattern = self.chosen[agent.number]
            for k, low, high, group in self.intervals(agent, quantiles):
                for s in group[1:]:
                    if max(map(abs, self.difference(agent.number, s, group[0], values))) > TOLERANCE:
                        return False
                for other in agent.segments[k].plans:
                    if other not in used_plans(((pattern or ())[k],)) and not self.conditions.beyond(agent, other):
                        height, slope = self.difference(agent.number, group[0], other, values)
                        if not all(_at_least(height, slope, end) for end in (low, high)):
                            return False
        return True

    def intervals(self, agent: Agent, quantiles: dict[Cut, Number]) -> list[tuple[int, Any, Any, tuple[int, ...]]]:
        """Return the intervals of an agent's types in numbers, with the plans they follow."""
        law, rows = self.laws[agent.number], []
        for k, segment in enumerate(agent.segments):
            groups = self.groups(agent.number, k)
            inner = (
                []
                if law is None
                else [float(law.ppf(quantiles[Cut(agent.number, k, j)])) for j in range(len(groups) - 1)]
            )
            ends = [segment.low, *inner, segment.high]
            rows += [(k, ends[j], ends[j + 1], group) for j, group in enumerate(groups)]
        return rows

    def solved(self, values: dict[int, Number], quantiles: dict[Cut, Number]) -> Solved:
        """Return play on the path."""
        return Solved(
            self.chosen,
            [
                [
                    (k, low, high, {s: values[self._place(agent.number, k, s)] for s in group})
                    for k, low, high, group in self.intervals(agent, quantiles)
                ]
                if self.chosen[agent.number] is not None
                else []
                for agent in self.reading.agents
            ],
        )


def _as_span(value: Number) -> Span:
    return value if isinstance(value, Span) else Span(float(value), float(value))


def _clipped(value: Number) -> Number:
    return Span(max(value.low, 0.0), max(value.high, 0.0)) if isinstance(value, Span) else max(value, 0.0)


def _share(law: Law, x: float) -> float:
    low, high = law.ends
    if x <= low:
        return 0.0
    return 1.0 if x >= high else float(law.cdf(x))


def _value(p: Polynomial, values: dict[int, Number]) -> Number:
    total: Number = 0.0
    for monomial, c in p.items():
        term: Number = float(c)
        for v in monomial:
            term = values[v] * term
        total = term + total
    return total


def _at_least(height: float, slope: float, end: Any) -> bool:
    """Tell whether a line is not below zero at an end, which may be infinite."""
    if isinstance(end, float) and end in (float("inf"), -float("inf")):
        rising = slope if end > 0 else -slope
        return rising > TOLERANCE or (rising >= -TOLERANCE and height >= -TOLERANCE)
    return height + slope * float(end) >= -TOLERANCE
