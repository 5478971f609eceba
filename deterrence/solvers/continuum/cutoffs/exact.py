"""Solving patterns of games whose types are uniform: equations and inequalities in fractions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from deterrence.solvers.algebra import elimination
from deterrence.solvers.algebra import polynomials as poly
from deterrence.solvers.continuum.cutoffs.conditions import Conditions
from deterrence.solvers.continuum.cutoffs.off_path import Solved
from deterrence.solvers.continuum.cutoffs.patterns import Pattern
from deterrence.solvers.continuum.cutoffs.reading import Reading
from deterrence.solvers.supports.family import family_of


def solved_exactly(
    reading: Reading, chosen: Sequence[Pattern | None], gaps: list[str]
) -> Iterator[tuple[Solved, bool, bool]]:
    """Yield the solutions of a pattern: play on the path, whether it is exact, and whether masses are free in it."""
    conditions = Conditions(reading, chosen)
    system = conditions.system()
    for reduced in elimination.reduce(system, elimination.Fractions()):
        family = family_of(None, (), system, reduced, gaps)  # type: ignore[arg-type]
        if family is None or (conditions.places and not family.point):
            continue
        yield _in_numbers(conditions, family.point), reduced.exact, bool(reduced.free(system))


def _in_numbers(conditions: Conditions, at: dict[int, Any]) -> Solved:
    """Return play at the masses that were found."""
    intervals = [
        [
            (
                interval.segment,
                poly.value(interval.low, at),
                poly.value(interval.high, at),
                {s: at[conditions.places.index((agent.number, interval.segment, s))] for s in interval.group},
            )
            for interval in conditions.intervals[agent.number]
        ]
        for agent in conditions.reading.agents
    ]
    return Solved(conditions.chosen, intervals)
