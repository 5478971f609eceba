"""Which patterns of play a proof leaves possible somewhere: by bounds over boxes, else by signs that are proved."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection
from typing import Any

from deterrence.solvers.algebra.signs import Domain
from deterrence.solvers.discovery.box_proof import can_be_boxed, left_by_boxes
from deterrence.solvers.discovery.cloud import OutOfTimeError, TooManySupportsError
from deterrence.solvers.discovery.tables import CloudTables
from deterrence.solvers.supports.agent_form import AgentForm, Pattern
from deterrence.solvers.supports.range_search import RangeSearch
from deterrence.solvers.supports.search import SearchLimitError

VISITS = 5_000
"""The most partial patterns of play that the proof by exclusion visits."""


def left_by_proof(
    agent: AgentForm,
    domain: Domain,
    tables: CloudTables,
    known: Collection[Pattern],
    note: Callable[[Any], None],
    over: Callable[[], bool],
) -> set[Pattern] | None:
    """Return the patterns that a proof leaves beyond the known ones, or None where it does not end in time.

    ``note`` takes in the polynomials at whose zeros the proof may not hold.
    """
    if can_be_boxed(domain):
        _note_draws(agent, note)
        try:
            return left_by_boxes(agent, tables, known, over)
        except TooManySupportsError:
            pass
        except OutOfTimeError:
            return None
    search = RangeSearch(agent, domain, VISITS, over=over)
    try:
        left = set(search.patterns())
    except SearchLimitError:
        return None
    for polynomial in search.struck:
        note(polynomial)
    return left - set(known)


def _note_draws(agent: AgentForm, note: Callable[[Any], None]) -> None:
    """Note where a draw has no chance: there sets may be off the path that bounds over boxes take to be on it."""
    for c in itertools.chain(*agent.chances):
        if hasattr(c, "ring") or hasattr(c, "numer"):
            note(getattr(c, "numer", c))
