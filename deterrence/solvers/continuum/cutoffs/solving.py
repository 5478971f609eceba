"""All perfect Bayesian equilibria of a game in which each player privately knows one number."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from deterrence.answers.continuum.equilibrium import ContinuumEquilibrium
from deterrence.answers.solution import Solution
from deterrence.games.game import Game
from deterrence.solvers.continuum.cutoffs.any_law.roots import solved_by_bounds
from deterrence.solvers.continuum.cutoffs.arithmetic import RefusedError
from deterrence.solvers.continuum.cutoffs.exact import solved_exactly
from deterrence.solvers.continuum.cutoffs.off_path import OffPath, Solved, UndecidedError
from deterrence.solvers.continuum.cutoffs.patterns import Pattern, Patterns
from deterrence.solvers.continuum.cutoffs.reading import Reading
from deterrence.solvers.continuum.cutoffs.written import written
from deterrence.solvers.perfect_bayesian import PerfectBayesian

FLOATS = 1e-9
"""How far a number may be from the exact one where laws are not uniform."""
FEW = 2
MANY = 8
"""The most plans of one agent for which all patterns are gone through."""
DEEP = "Three players move one after another; the game is solved backward first where it falls into parts."
ROUNDING = 1e-30
"""How far a number with an irrational root in it may be from the exact one."""


def objection(game: Game, method: Any = None) -> str:  # noqa: ARG001  (all solvers are asked alike)
    """Return why the game is not taken at once; an empty text where it is."""
    reading, why = read(game)
    if reading is None:
        return why
    if any(len(agent.plans) > MANY for agent in reading.agents):
        return (
            "So many plans are not gone through in all combinations; the game is solved part by part where it can be."
        )
    return DEEP if _is_deep(reading) else ""


def read(game: Game) -> tuple[Reading | None, str]:
    """Return a game as it is read for the search, or None and why it is not taken."""
    try:
        return Reading(game), ""
    except RefusedError as refused:
        return None, refused.why[0].upper() + refused.why[1:]


def _is_deep(reading: Reading) -> bool:
    """Tell whether three players move one after another, so that replies off the path may depend on one another."""
    agents = reading.agents
    return any(
        len({agents[d].player for d, steps in path.steps.items() if set(steps) & set(agents[d].open_sets)}) > FEW
        for path in reading.paths
    )


def _solutions(reading: Reading, chosen: tuple[Pattern | None, ...], gaps: list[str]) -> Iterator[tuple[Solved, float]]:
    """Yield the solutions of a pattern, each with how far its numbers may be from exact ones."""
    if reading.uniform:
        for solved, exact, _ in solved_exactly(reading, chosen, gaps):
            yield solved, 0.0 if exact else ROUNDING
    else:
        for solved in solved_by_bounds(reading, chosen, gaps):
            yield solved, FLOATS


def solve(game: Game, method: Any = None) -> Solution:
    """Return all perfect Bayesian equilibria in cutoffs."""
    reading = Reading(game)
    patterns = Patterns(reading)
    gaps: list[str] = []
    found: list[ContinuumEquilibrium] = []
    for chosen in patterns.combinations():
        for solved, error in _solutions(reading, chosen, gaps):
            try:
                replies = OffPath(reading, patterns, solved).replies()
            except UndecidedError as undecided:
                gaps.append(f"beliefs off the path were not decided: {undecided}")
                continue
            if replies is not None:
                found.append(written(reading, solved, replies, error))
    status = "solved" if not gaps else "incomplete: " + "; ".join(dict.fromkeys(gaps))
    unique: Any = tuple(dict.fromkeys(found))
    return Solution(game, method or PerfectBayesian(), unique, status, not gaps)
