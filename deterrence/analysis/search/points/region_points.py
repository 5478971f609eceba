"""The regions of a game without formulas: cells solved from coarse to fine, each where its neighbours differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from deterrence.grid.cover import Cover
from deterrence.grid.crew import Crew

SIDE = 49
"""Cells a side."""
FIRST = 8
"""Every so many cells one is solved first, either way."""

Block = tuple[int, int, int]
"""A square of cells: those of its first corner, across and upwards, and how far the others are."""


def filled(cover: Cover, crew: Crew) -> int:
    """Solve the cells of a rectangle, numbered upwards and then across, and return how many were solved.

    A square whose four corners have the same classes is taken to have them throughout; any other is cut into four. So
    a region smaller than the first squares, between their corners, is missed.
    """
    blocks = [(i, j, FIRST) for i in range(0, SIDE - 1, FIRST) for j in range(0, SIDE - 1, FIRST)]
    while blocks:
        cover._solve(sorted({number for block in blocks for number in _corners(block)}), crew)
        further: list[Block] = []
        for block in blocks:
            if len({_classes(cover, number) for number in _corners(block)}) > 1:
                further += _quarters(block)
        blocks = further
    solved = len(cover.solved)
    _fill(cover)
    return solved


def _corners(block: Block) -> Sequence[int]:
    i, j, far = block
    return [(i + a) * SIDE + j + b for a in (0, far) for b in (0, far)]


def _quarters(block: Block) -> list[Block]:
    i, j, far = block
    half = far // 2
    return [(i + a, j + b, half) for a in (0, half) for b in (0, half)] if half else []


def _classes(cover: Cover, number: int) -> Any:
    """Return which classes exist in a cell, and how many equilibria of each; None outside the assumptions."""
    if cover.masked[number]:
        return None
    return frozenset(Counter(each.key for each in cover.solved[number]).items())


def _fill(cover: Cover) -> None:
    """Give every cell that was not solved what the solved corner of its square has."""
    known = set(cover.solved)
    for i in range(SIDE):
        for j in range(SIDE):
            number, far = i * SIDE + j, 1
            if number in known:
                continue
            while number not in cover.solved:
                far *= 2
                corner = i // far * far * SIDE + j // far * far
                if corner in known:
                    cover.solved[number], cover.masked[number] = cover.solved[corner], cover.masked[corner]
