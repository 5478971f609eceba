"""Replies off the path as unknowns of a pattern, for formulas: the share of types, and what some belief must say.

The share r is supported by beliefs if, at some end of a cell, the marginal type of the share would at least as soon
take the second action (or nobody takes it), and at some end it would at most as soon (or everybody takes it).
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from deterrence.solvers.algebra import polynomials as poly
from deterrence.solvers.algebra.polynomials import Polynomial
from deterrence.solvers.continuum.cutoffs.agents import Agent
from deterrence.solvers.continuum.cutoffs.arithmetic import Formulas
from deterrence.solvers.continuum.cutoffs.conditions import Conditions
from deterrence.solvers.continuum.cutoffs.off_path import OffPath, Solved, UndecidedError
from deterrence.solvers.continuum.cutoffs.patterns import Pattern, Patterns
from deterrence.solvers.continuum.cutoffs.reading import MEAN, Reading
from deterrence.solvers.supports.agent_form import System

TWO = 2
Gap = tuple[Polynomial, Polynomial]
Belief = tuple[list[Polynomial], list[Polynomial]]
"""Equations and rows that a kind of belief asks for."""


@dataclass(frozen=True)
class Marginal:
    """What an agent off the path is asked for: its share as an unknown, whether it rises, and gaps at ends of cells."""

    agent: Agent
    share: int
    rising: bool | None
    gaps: tuple[Gap, ...]


def systems(
    reading: Reading, patterns: Patterns, chosen: Sequence[Pattern | None], formulas: Formulas
) -> Iterator[tuple[Conditions, System]]:
    """Yield the conditions of a pattern with its replies off the path, one system for each kind of belief.

    Raises
    ------
    UndecidedError
        If beliefs off the path are of a kind that is not decided.
    """
    off = [agent for agent, pattern in zip(reading.agents, chosen, strict=True) if pattern is None]
    conditions = Conditions(reading, chosen, replies={agent.number: 0 for agent in off})
    if not off:
        yield conditions, conditions.system()
        return
    search = OffPath(reading, patterns, Solved(chosen, [[] for _ in chosen]))
    marginals = [_marginal(conditions, search, agent, formulas) for agent in off]
    for choice in itertools.product(*(list(_beliefs(conditions, m, formulas)) for m in marginals)):
        system = conditions.system()
        for equations, weak in choice:
            system.equations += equations
            system.weak += weak
        for m in marginals:
            share = poly.variable(m.share)
            system.weak += [share, poly.subtract({(): 1}, share)]
        yield conditions, system


def _marginal(conditions: Conditions, search: OffPath, agent: Agent, formulas: Formulas) -> Marginal:
    name = conditions.reading.form.set_names[agent.root]
    if len(agent.plans) != TWO or len(agent.segments) != 1:
        raise UndecidedError(f"what {name!r}, which nobody reaches, may reply has more than two ways")
    gaps = tuple(dict.fromkeys(_frozen(_gap(conditions, agent, s)) for s in search.scenarios(agent)))
    thawed = tuple((dict(a), dict(b)) for a, b in gaps)
    if not thawed:
        raise UndecidedError(f"nobody's deviation leads to {name!r}")
    rising: bool | None = None
    if agent.variable is not None:
        if any(poly.variables(b) for _, b in thawed):
            raise UndecidedError(f"which types of {name!r} reply depends on play")
        slopes = [b.get((), 0) for _, b in thawed]
        up = not any(formulas.positive(-b) for b in slopes)
        down = not any(formulas.positive(b) for b in slopes)
        if not (up or down):
            raise UndecidedError(f"which types of {name!r} reply depends on beliefs")
        rising = up
    return Marginal(agent, conditions.replies[agent.number], rising, thawed)


def _frozen(gap: Gap) -> Any:
    return tuple(tuple(sorted(p.items(), key=lambda item: item[0])) for p in gap)


def _gap(conditions: Conditions, agent: Agent, scenario: Mapping[int, tuple[int, Any]]) -> Gap:
    """Return what the second plan is worth less the first, height and slope, if some have deviated."""
    height: Polynomial = {}
    slope: Polynomial = {}
    for plan, sign in ((1, 1), (0, -1)):
        for key, entry in conditions.reading.lines[agent.number][plan].items():
            weight: Polynomial = {(): sign}
            for d, plans, counted in key:
                if d in scenario:
                    s, own = scenario[d]
                    weight = poly.scale(weight, own if counted else 1) if s in plans else {}
                elif conditions.chosen[d] is None:
                    raise UndecidedError("a reply that nobody reaches depends on another such")
                else:
                    weight = poly.multiply(weight, conditions.factor(d, plans, counted))
            height = poly.add(height, poly.scale(weight, entry.get(MEAN, 0)))
            slope = poly.add(slope, poly.scale(weight, entry.get(agent.variable or "-", 0)))
    return height, slope


def _beliefs(
    conditions: Conditions, m: Marginal, formulas: Formulas
) -> Iterator[tuple[list[Polynomial], list[Polynomial]]]:
    """Yield equations and rows of each kind of belief: one end that supports so many, and one that supports so few."""
    values = [_at_margin(conditions, m, gap) for gap in m.gaps]
    share = poly.variable(m.share)
    nobody: tuple[list[Polynomial], list[Polynomial]] = ([share], [])
    everybody: tuple[list[Polynomial], list[Polynomial]] = ([poly.subtract(share, {(): 1})], [])
    if len(values) == 1 and m.rising is not None:  # beliefs do not matter
        yield values, []
        yield nobody[0], [poly.scale(values[0], -1)]
        yield everybody[0], values
        return
    uppers: list[Belief] = [([], [value]) for value in values]
    lowers: list[Belief] = [([], [poly.scale(value, -1)]) for value in values]
    most = _extreme(m.gaps, formulas, 1)
    least = _extreme(m.gaps, formulas, -1)
    uppers = uppers if most is None else [uppers[most]]
    lowers = lowers if least is None else [lowers[least]]
    for upper, lower in itertools.product(uppers, lowers):
        yield [], [*upper[1], *lower[1]]
    for lower in lowers:
        yield nobody[0], lower[1]
    for upper in uppers:
        yield everybody[0], upper[1]


def _extreme(gaps: Sequence[Gap], formulas: Formulas, sign: int) -> int | None:
    """Return the gap that is surely the greatest (or least) whatever the marginal type; None where none is."""
    for k, (a, b) in enumerate(gaps):
        rest = [(poly.scale(poly.subtract(a, c), sign), poly.scale(poly.subtract(b, d), sign)) for c, d in gaps]
        if all(not q and _never_negative(p, formulas) for p, q in rest):
            return k
    return None


def _never_negative(p: Polynomial, formulas: Formulas) -> bool:
    return not any(poly.variables(p)) and not formulas.positive(-p.get((), 0))


def _at_margin(conditions: Conditions, m: Marginal, gap: Gap) -> Polynomial:
    """Return a gap for the type at which the share is cut."""
    height, slope = gap
    if m.rising is None:
        return height
    low, high = conditions.reading.ends(m.agent)
    share = poly.variable(m.share)
    width = high - low
    own = (
        poly.subtract(poly.constant(high), poly.scale(share, width))
        if m.rising
        else poly.add(poly.constant(low), poly.scale(share, width))
    )
    return poly.add(height, poly.multiply(slope, own))
