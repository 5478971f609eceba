"""Where the cutoffs of last moves lie, for all parameter values at once: a case for each order, with its conditions."""

from __future__ import annotations

import copy
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from deterrence.solvers.continuum.cutoffs.agents import Agent
from deterrence.solvers.continuum.cutoffs.arithmetic import Formulas, RefusedError
from deterrence.solvers.continuum.cutoffs.reading import Reading, with_segments

Row = tuple[Any, bool]
"""A coefficient that is not negative, and whether it is above zero."""
TWO = 2


@dataclass(frozen=True)
class Case:
    """A reading whose segments are those of one order of the cutoffs, and when that is the order."""

    reading: Reading
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class _Way:
    """What is best at one last move: one action for all types, or a cutoff between two."""

    set: int
    below: int
    above: int
    at: Any
    rows: tuple[Row, ...]


def cases(reading: Reading, formulas: Formulas) -> Iterator[Case]:
    """Yield the cases of a reading without segments that signs leave possible."""
    per_agent = [list(_agent_cases(reading, formulas, agent)) for agent in reading.agents]
    for combination in itertools.product(*per_agent):
        other = copy.copy(reading)
        other.agents = tuple(agent for agent, _ in combination)
        yield Case(other, tuple(row for _, rows in combination for row in rows))


def _agent_cases(reading: Reading, formulas: Formulas, agent: Agent) -> Iterator[tuple[Agent, tuple[Row, ...]]]:
    ends = reading.ends(agent)
    ways = [list(_ways(reading, formulas, agent, h)) for h in reading.last_sets(agent)]
    for choice in itertools.product(*ways):
        rows = tuple(row for way in choice for row in way.rows)
        inner = [way.at for way in choice if way.at is not None]
        different = list(dict.fromkeys(inner))
        for order in itertools.permutations(different):
            between = tuple((b - a, True) for a, b in itertools.pairwise(order))
            if not all(_possible(formulas, row) for row in between):
                continue
            line = [ends[0], *order, ends[1]]
            last = {way.set: _rows(way, line) for way in choice}
            yield with_segments(agent, line, last), (*rows, *between)


def _rows(way: _Way, line: Sequence[Any]) -> tuple[tuple[Any, Any, int], ...]:
    if way.at is None:
        return ((line[0], line[-1], way.below),)
    return (line[0], way.at, way.below), (way.at, line[-1], way.above)


def _ways(reading: Reading, formulas: Formulas, agent: Agent, h: int) -> Iterator[_Way]:
    lines = reading.last_lines(agent, h) or []
    if len(lines) != TWO:
        name = reading.form.set_names[h]
        raise RefusedError(f"the last move at {name!r} has {len(lines)} actions, and formulas are given for two.")
    height, slope = (second - first for first, second in zip(*lines, strict=True))
    low, high = reading.ends(agent)
    if slope == 0 or agent.variable is None:
        yield from _kept(formulas, (_Way(h, k, k, None, ((height * sign, False),)) for k, sign in ((0, -1), (1, 1))))
        return
    for sign, below, above in ((1, 0, 1), (-1, 1, 0)):
        up = (slope * sign, True)
        if not _possible(formulas, up):
            continue
        gaps = [(height + slope * end) * sign for end in (low, high)]
        yield from _kept(
            formulas,
            (
                _Way(h, above, above, None, (up, (gaps[0], False))),
                _Way(h, below, below, None, (up, (-gaps[1], False))),
                _Way(h, below, above, -height / slope, (up, (-gaps[0], True), (gaps[1], True))),
            ),
        )


def _kept(formulas: Formulas, ways: Iterator[_Way] | Sequence[_Way]) -> Iterator[_Way]:
    """Yield the ways that signs leave possible, without the rows that always hold."""
    for way in ways:
        if all(_possible(formulas, row) for row in way.rows):
            yield replace(way, rows=tuple(row for row in way.rows if formulas.sign(row[0]) != 1))


def _possible(formulas: Formulas, row: Row) -> bool:
    value, strict = row
    return formulas.positive(value) or (not strict and value == 0)
