"""Spans in which the play of each agent lies in every equilibrium: what is best against spans, again and again.

An agent with two plans is told by one number: the share of its types that follow the second. What the second is worth
less the first is affine in the own type and in each other agent's share, so that over a box of shares it is least and
greatest at the corners. Types for which it is above zero at all corners follow the second plan in every equilibrium
with shares in the box, and types for which it is below zero at all corners the first. That narrows the agent's span,
then those of others. Where all spans become points there is one equilibrium at most, and it is found.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import Any

from deterrence.games.continuum.law import Law
from deterrence.solvers.algebra import polynomials as poly
from deterrence.solvers.algebra.polynomials import Polynomial
from deterrence.solvers.continuum.cutoffs.agents import Agent
from deterrence.solvers.continuum.cutoffs.off_path import Solved
from deterrence.solvers.continuum.cutoffs.patterns import Pattern
from deterrence.solvers.continuum.cutoffs.reading import MEAN, Line, Reading, less

POINT = 1e-9
"""A span as narrow as this is a point, where best replies to spans about it shrink them further."""
SLACK = 1e-13
"""By so much spans are wider than computed, for rounding."""
MOST_SWEEPS = 400
SLOW = 0.98
"""Where a sweep leaves more than this of all spans together, no more are made."""
SHRINKS = 0.99
"""By so much every span must shrink where they are points; best replies are then a contraction there."""
MOST_OTHERS = 8
STEPS = 12
STEP = 1e-7
CLOSE = Fraction(1, 10**34)
"""How near shares at the point are to their best replies."""
GRID = 2**130
SIMPLE = 10**6
"""The greatest denominator of shares that are tried as exact ones."""

Share = tuple[Any, Any]
TWO = 2


@dataclass(frozen=True)
class Reply:
    """What decides an agent's share: the second plan's worth less the first's, in the shares of others.

    Attributes
    ----------
    height, slope
        Of that worth as a line in the own type; polynomials whose unknowns are the numbers of agents.
    others
        The agents on which it depends.
    """

    agent: Agent
    law: Law
    height: Polynomial
    slope: Polynomial
    others: tuple[int, ...]

    def in_floats(self) -> Reply:
        """Return the same with floats as coefficients."""
        height, slope = ({m: float(c) for m, c in p.items()} for p in (self.height, self.slope))
        return replace(self, height=height, slope=slope)

    def line(self, at: Mapping[int, Any]) -> tuple[Any, Any]:
        """Return the height and slope at others' shares."""
        return poly.value(self.height, at), poly.value(self.slope, at)

    def share(self, at: Mapping[int, Any]) -> Any:
        """Return the share of types for which the second plan is better, at others' shares."""
        return _mass(self.law, [self.line(at)])


class Narrowing:
    """The spans of the shares of agents with two plans, in every equilibrium.

    Attributes
    ----------
    spans
        By the agent's number; of other agents there is none.
    point
        Whether all are points, and all agents have one or are not reached.
    """

    def __init__(self, reading: Reading) -> None:
        self.reading, self.exact = reading, reading.uniform
        simple = {agent.number for agent in reading.agents if len(agent.plans) == TWO}
        self.replies = [reply for agent in reading.agents if (reply := self._reply(agent, simple)) is not None]
        self.spans: dict[int, Share] = {reply.agent.number: (0.0, 1.0) for reply in self.replies}
        self.point = False
        if self.replies:
            self._narrow()

    def allows(self, agent: Agent, pattern: Pattern | None) -> bool:
        """Tell whether an agent may follow a pattern; None stands for not being reached."""
        low, high = self.spans.get(agent.number, (0, 1))
        if pattern is None:
            return bool(low == 0 and high == 1)
        used = {s for groups in pattern for group in groups for s in group}
        return bool((1 in used or low == 0) and (0 in used or high == 1))

    # -- what decides a share --------------------------------------------------------------------------------

    def _reply(self, agent: Agent, simple: set[int]) -> Reply | None:
        """Return what decides an agent's share; None where it is not told by the shares of agents with two plans."""
        if agent.number not in simple or agent.variable is None or len(agent.segments) > 1:
            return None
        lines = self.reading.lines[agent.number]
        line = less(lines[1], lines[0])
        factors = {factor for key in line for factor in key}
        if any(counted or d not in simple for d, _, counted in factors):
            return None
        height, slope = (_in_shares(line, name) for name in (MEAN, agent.variable))
        others = tuple(sorted({v for p in (height, slope) for v in poly.variables(p)}))
        if len(others) > MOST_OTHERS:
            return None
        return Reply(agent, self.reading.laws[agent.variable], height, slope, others)

    # -- spans -----------------------------------------------------------------------------------------------

    def _narrow(self) -> None:
        rough = [reply.in_floats() for reply in self.replies]
        for _ in range(MOST_SWEEPS):
            before = self._widths()
            for reply in rough:
                self.spans[reply.agent.number] = self._narrowed(reply)
            after = self._widths()
            if max(after) <= POINT:
                shrunk = all(new <= max(SHRINKS * old, TWO * SLACK) for new, old in zip(after, before, strict=True))
                self.point = shrunk and self._shares is not None
                return
            if sum(after) > SLOW * sum(before):
                return

    def _widths(self) -> list[float]:
        return [high - low for low, high in self.spans.values()]

    def _narrowed(self, reply: Reply) -> Share:
        """Return the span of a share against the others' spans, within the one so far."""
        ends = [tuple(dict.fromkeys(self.spans.get(d, (0.0, 1.0)))) for d in reply.others]
        rows = [reply.line(dict(zip(reply.others, corner, strict=True))) for corner in itertools.product(*ends)]
        low, high = self.spans[reply.agent.number]
        second, first = _mass(reply.law, rows), _mass(reply.law, [(-a, -b) for a, b in rows])
        low, high = max(low, second - SLACK), min(high, 1 - first + SLACK)
        return (low, high) if low <= high else (high, low)

    # -- the point -------------------------------------------------------------------------------------------

    @property
    def pattern(self) -> tuple[Pattern, ...] | None:
        """The one pattern that is left where all agents are told by points, and reached; else None."""
        if not self.point or self._shares is None or len(self.spans) < len(self.reading.agents):
            return None
        if any(low <= 0 and high >= 1 for low, high in self.spans.values()):
            return None
        return tuple(self._pattern_of(reply, self._shares[0]) for reply in self.replies)

    def _pattern_of(self, reply: Reply, shares: Mapping[int, Any]) -> Pattern:
        share = shares[reply.agent.number]
        if share in (0, 1):
            return (((int(share),),),)
        return (((0,), (1,)),) if reply.line(shares)[1] > 0 else (((1,), (0,)),)

    def tells(self, chosen: Sequence[Pattern | None]) -> bool:
        """Tell whether all that a pattern leaves open is known, as all spans are points."""
        told = (p is None or (d in self.spans and max(map(len, _groups(p))) == 1) for d, p in enumerate(chosen))
        return self.point and all(told)

    def solved(self, chosen: Sequence[Pattern | None]) -> tuple[Solved, bool] | None:
        """Return the play at the point and whether it is exact; None where a pattern has it otherwise."""
        by_number = {reply.agent.number: reply for reply in self.replies}
        if any(p is not None and not self.allows(self.reading.agents[d], p) for d, p in enumerate(chosen)):
            return None
        assert self._shares is not None
        shares, exact = self._shares
        intervals: list[Any] = []
        for d, pattern in enumerate(chosen):
            rows = [] if pattern is None else _rows(by_number[d], pattern, shares[d])
            if rows is None:
                return None
            intervals.append(rows)
        return Solved(tuple(chosen), intervals), exact

    @cached_property
    def _shares(self) -> tuple[dict[int, Any], bool] | None:
        """The shares at the point, by Newton's method, and whether they are exact; None where it does not settle."""
        import numpy as np

        at: dict[int, Any] = {d: (low + high) / 2 for d, (low, high) in self.spans.items()}
        slopes = np.eye(len(at)) - self._slopes(at)
        at = {d: self._number(share) for d, share in at.items()}
        for _ in range(STEPS):
            off = [reply.share(at) - at[reply.agent.number] for reply in self.replies]
            largest = max(map(abs, off))
            if largest <= (CLOSE if self.exact else SLACK):
                break
            steps = np.linalg.solve(slopes, [float(x / largest) for x in off])
            for reply, step in zip(self.replies, steps, strict=True):
                at[reply.agent.number] = self._rounded(at[reply.agent.number] + self._number(step) * largest)
        else:
            return None
        simple = {d: Fraction(share).limit_denominator(SIMPLE) for d, share in at.items()}
        if self.exact and all(reply.share(simple) == simple[reply.agent.number] for reply in self.replies):
            return simple, True
        return at, False

    def _number(self, x: Any) -> Any:
        return Fraction(float(x)) if self.exact else float(x)

    def _rounded(self, share: Any) -> Any:
        if not self.exact:
            return min(max(share, 0.0), 1.0)
        return min(max(Fraction(round(share * GRID), GRID), Fraction(0)), Fraction(1))

    def _slopes(self, at: Mapping[int, float]) -> Any:
        """Return how each best reply moves with each share, by small differences."""
        import numpy as np

        rough = [reply.in_floats() for reply in self.replies]
        numbers = [reply.agent.number for reply in rough]
        here = np.array([float(reply.share(at)) for reply in rough])
        moved = [[float(reply.share({**at, d: at[d] + STEP})) for reply in rough] for d in numbers]
        return ((np.array(moved) - here) / STEP).T


def _in_shares(line: Line, name: str) -> Polynomial:
    """Return the coefficients of a line under a name as a polynomial in shares of agents with two plans."""
    total: Polynomial = {}
    for key, entry in line.items():
        weight: Polynomial = {(): entry.get(name, 0)}
        for d, plans, _ in key:
            parts = [poly.subtract({(): 1}, poly.variable(d)), poly.variable(d)]
            weight = poly.multiply(weight, poly.total(parts[s] for s in plans))
        total = poly.add(total, weight)
    return total


def _mass(law: Law, rows: Sequence[tuple[Any, Any]]) -> Any:
    """Return how many types there are for which all of some lines are above zero."""
    low, high = law.ends
    for height, slope in rows:
        if slope == 0:
            if height <= 0:
                return 0
            continue
        zero = -height / slope if isinstance(height + slope, float) else -Fraction(height) / slope
        if slope > 0:
            low = max(low, zero)
        else:
            high = min(high, zero)
    return _below(law, high) - _below(law, low) if low < high else 0


def _below(law: Law, x: Any) -> Any:
    ends = law.ends
    if x in ends:
        return int(x == ends[1])
    below = law.cdf(x)
    return below if isinstance(below, (int, Fraction)) else float(below)


def _groups(pattern: Pattern | None) -> list[tuple[int, ...]]:
    return [group for groups in pattern or () for group in groups]


def _rows(reply: Reply, pattern: Pattern, share: Any) -> list[Any] | None:
    """Return the intervals of types of a pattern at a share of the second plan; None where it has another share."""
    plans = [group[0] for group in _groups(pattern)]
    masses = {0: 1 - share, 1: share}
    if len(plans) == 1:
        return [(0, *reply.law.ends, {plans[0]: 1})] if masses[plans[0]] == 1 else None
    if not 0 < share < 1:
        return None
    low, high = reply.law.ends
    cut = reply.law.ppf(masses[plans[0]])
    cut = cut if isinstance(cut, (int, Fraction)) else float(cut)
    return [(0, low, cut, {plans[0]: masses[plans[0]]}), (0, cut, high, {plans[1]: masses[plans[1]]})]
