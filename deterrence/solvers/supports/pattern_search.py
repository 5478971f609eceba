"""All equilibria of one game or local game, pattern by pattern, with what the search has to say of itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from deterrence.answers.solution import Equilibrium
from deterrence.solvers.supports.agent_form import AgentForm, Pattern
from deterrence.solvers.supports.search import SearchLimitError, SupportSearch

OfPattern = Callable[[AgentForm, Pattern, list[str]], Iterable[Equilibrium]]
"""The equilibria of one choice of supports; what it could not decide it adds to the list of gaps."""
PARTIAL = 10
"""So many partial patterns of play are visited for each equilibrium that may be listed."""


@dataclass(slots=True)
class Found:
    """What a search found: equilibria, what stayed open, remarks, and how many partial patterns it visited."""

    equilibria: list[Equilibrium] = field(default_factory=list)
    gaps: list[str] = field(default_factory=list)
    unmixed: list[int] = field(default_factory=list)
    visited: int = 0


def equilibria_by_patterns(
    game: Any,
    equilibria_of: OfPattern,
    limit: int,
    settled: Mapping[int, int] | None = None,
    most: int = 0,
    enough: Callable[[], bool] = lambda: False,
) -> Found:
    """Return the equilibria of all patterns of supports, visiting so many partial patterns at most.

    ``settled`` gives the action at information sets where it is known, ``most`` the most equilibria to list, if any.
    ``enough`` is asked where the limit is far too low for the whole search and nothing was found yet.
    """
    found = Found()
    agent = AgentForm(game.form, *game.numbers)
    search = SupportSearch.at_point(agent, game.numbers, max(limit, PARTIAL * most))
    search.enough = lambda: not found.equilibria and enough()
    try:
        for pattern in search.patterns(settled, most):
            found.equilibria.extend(equilibria_of(agent, pattern, found.gaps))
            if most and len(found.equilibria) > most:
                del found.equilibria[most:]
                found.gaps.append(f"no more than the limit of {most} equilibria are listed")
                break
    except SearchLimitError:
        found.gaps.append(search.stopped)
    found.unmixed, found.visited = search.unmixed, search.visited
    return found


def order(equilibrium: Equilibrium) -> Any:
    """Return the key by which equilibria are listed: those with fewer mixtures first."""
    return sum(len(row) for row in equilibrium.pattern), [tuple(-p for p in row) for row in equilibrium.behaviour]
