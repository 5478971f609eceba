"""Which patterns of play can occur nowhere over a game's ranges: proved by bounds over boxes of parameter values."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection, Container, Sequence

import numpy as np

from deterrence.solvers.algebra.signs import Domain
from deterrence.solvers.discovery.affine import polynomial
from deterrence.solvers.discovery.cloud import CloudSearch, OutOfTimeError, never
from deterrence.solvers.discovery.tables import CloudTables
from deterrence.solvers.supports.agent_form import AgentForm, Pattern

MOST_PARAMETERS = 3
"""With more parameters boxes would have to be too many."""
START = {0: 1, 1: 64, 2: 24, 3: 12}
"""Into so many parts each range is cut at first, by the number of parameters."""
SLACK = 1e-9
"""An assumption is broken where it fails by more than this, its largest coefficient being one."""
MOST_BOXES = 60_000
FEW = 600
"""So few patterns are left to algebra, which decides each by itself."""
WORTH = 0.7
"""Halving the boxes twice must leave at most this share of the patterns, or it is not worth its time."""


def can_be_boxed(domain: Domain) -> bool:
    """Tell whether the ranges have ends, are few, and payoffs are ratios of polynomials."""
    parameters = domain.parameters
    bounded = all(p is not None and p.low is not None and p.high is not None for p in parameters)
    return bounded and len(parameters) <= MOST_PARAMETERS


def left_by_boxes(
    agent: AgentForm,
    tables: CloudTables,
    known: Container[Pattern],
    over: Callable[[], bool] = never,
    actions: Sequence[Collection[int]] | None = None,
    most_boxes: int = MOST_BOXES,
) -> set[Pattern]:
    """Return the patterns beyond the known ones that bounds over ever smaller boxes do not exclude.

    A box is done when it leaves no pattern beyond the known ones, so that borders between classes are not refined.
    Boxes are not halved where more than ``most_boxes`` would come of it. ``actions`` are those that may be played at
    each information set, by default all.
    """
    low, high = _whole(tables.domain)
    counts: list[int] = []
    while True:
        low, high = _admissible(tables.domain, low, high)
        search = CloudSearch(agent, tables.over(low, high), tables.payoffs, tables.chances, over, actions)
        open_boxes, unknown = np.zeros(len(low), dtype=bool), set()
        for pattern, boxes in search.patterns():
            if over():
                raise OutOfTimeError
            if pattern not in known:
                unknown.add(pattern)
                open_boxes[boxes] = True
        halved = int(open_boxes.sum()) * 2 ** low.shape[1]
        counts.append(len(unknown))
        idle = len(counts) > 2 and counts[-1] > WORTH * counts[-3]
        if len(unknown) <= FEW or halved > most_boxes or idle:
            return unknown
        low, high = _halved(low[open_boxes], high[open_boxes])


def _whole(domain: Domain) -> tuple[np.ndarray, np.ndarray]:
    size = len(domain.parameters)
    parts = START[size]
    cells = np.array(list(itertools.product(range(parts), repeat=size)), dtype=float)
    return cells / parts, (cells + 1) / parts


def _halved(low: np.ndarray, high: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    middle = (low + high) / 2
    corners = np.array(list(itertools.product((False, True), repeat=low.shape[1])))
    lows = [np.where(corner, middle, low) for corner in corners]
    highs = [np.where(corner, high, middle) for corner in corners]
    return np.concatenate(lows), np.concatenate(highs)


def _admissible(domain: Domain, low: np.ndarray, high: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the boxes in which no assumption is surely broken."""
    kept = np.ones(len(low), dtype=bool)
    for row in domain.assumed_rows:
        terms = domain.box.of(row).float_terms
        _, most = polynomial(terms, (low + high) / 2, (high - low) / 2).range
        kept &= most >= -SLACK
    return low[kept], high[kept]
