"""Many points cut into blocks, so that most tests say the same throughout a block and need not be taken there."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from deterrence.grid.blocks import BLOCK, Evaluation
from deterrence.grid.bounds import Pair, throughout
from deterrence.grid.formulas import Program
from deterrence.grid.points import Block, Grid, Points
from deterrence.grid.schedule import COLUMNS, ROWS, varying
from deterrence.grid.steps import TURNED, Steps

MOST = 4, 2
"""Cutting may make so many blocks, and so many times the blocks that are needed at least."""
LARGE = 4 * BLOCK
"""The most points of a block in which every test says the same throughout."""
FROM = 8192
"""Fewer points are not cut."""


Lines = dict[int, np.ndarray]
Tiled = tuple[list[Block], list[Pair]]


def tiled(program: Program, tests: Sequence[int], points: Points) -> Tiled:
    """Return points in blocks, and for every test in which blocks it holds throughout, and in which it may hold.

    The blocks are large where every test says the same throughout each.
    """
    if not isinstance(points, Grid) or len(points) < FROM:
        blocks = list(points.blocks())
        return blocks, [(np.zeros(len(blocks), dtype=bool), np.ones(len(blocks), dtype=bool))] * len(tests)
    if points.tiled is None or points.tiled[0] is not program:
        points.tiled = program, _cut(program, tests, points)
    found: Tiled = points.tiled[1]
    return found


def all_settled(program: Program, tests: Sequence[int], points: Points) -> bool:
    """Tell whether every test says the same throughout each block."""
    return all((sure == may).all() for sure, may in tiled(program, tests, points)[1])


def _cut(program: Program, tests: Sequence[int], points: Grid) -> Tiled:
    lines = _lines(program, _comparisons(program.steps, tests), points)
    cuts = _changes([*lines[0].values()]), _changes([*lines[1].values()])
    parts = (len(cuts[0]) + 1) * (len(cuts[1]) + 1)
    if parts > MOST[0] + MOST[1] * len(points) // BLOCK:
        return _judged(program, tests, list(points.blocks()), ())
    large = _judged(program, tests, list(points.blocks(cuts, LARGE)), lines)
    if all((sure == may).all() for sure, may in large[1]):
        return large
    return _judged(program, tests, list(points.blocks(cuts)), lines)


def _judged(program: Program, tests: Sequence[int], blocks: list[Block], lines: Sequence[Lines]) -> Tiled:
    """Return blocks with what tests say in them, given what comparisons say along rows and columns they keep to."""
    corners = np.array([divmod(block.start, block.across) for block in blocks]).T
    known = {place: row[at] for said, at in zip(lines, corners, strict=False) for place, row in said.items()}
    found = throughout(program.steps, tests, known, lambda k: _ends(blocks, program.order[k]))
    wide = [(np.broadcast_to(low, len(blocks)), np.broadcast_to(high, len(blocks))) for low, high in found]
    return blocks, wide


def _lines(program: Program, comparisons: Sequence[int], points: Grid) -> tuple[Lines, Lines]:
    """Return what comparisons say that vary along rows alone, row by row, and along columns alone."""
    steps, sides, found = program.steps, program.sides(points), []
    along = _along(steps, sides)
    down, across = points.lines()
    for side, size in zip((ROWS, COLUMNS), points.sizes, strict=True):
        wanted = [place for place in comparisons if along[place] == side]
        columns = [some[:, None] if side == ROWS else some[:1, None] for some in down]
        columns += [some[None] if side == COLUMNS else some[None, :1] for some in across]
        run = Evaluation(steps, [wanted], sides, (size, size, size))
        run.start([columns[k] for k in program.order])
        found.append({place: run[place].reshape(-1) for place in wanted})
    return found[0], found[1]


def _comparisons(steps: Steps, tests: Sequence[int]) -> list[int]:
    """Return the comparisons that tests are made of."""
    found: list[int] = steps.told(("comparisons", *tests), lambda: _searched(steps, tests))
    return found


def _searched(steps: Steps, tests: Sequence[int]) -> list[int]:
    found, left = set(), list(tests)
    while left:
        place = left.pop()
        if steps.rows[place][0] in TURNED:
            found.add(place)
        else:
            left += steps.inputs(place)
    return sorted(found)


def _along(steps: Steps, sides: Sequence[int]) -> list[int | None]:
    """Return over which sides each step varies, and None if it needs a SymPy expression.

    Such an expression may be rounded otherwise in another block.
    """
    found: list[int | None] = steps.told(("along", *sides), lambda: _followed(steps, sides))
    return found


def _followed(steps: Steps, sides: Sequence[int]) -> list[int | None]:
    plain: list[bool] = []
    for place, (kind, *_) in enumerate(steps.rows):
        plain.append(kind != "formula" and all(plain[i] for i in steps.inputs(place)))
    return [over if fits else None for over, fits in zip(varying(steps, sides), plain, strict=True)]


def _changes(said: Sequence[np.ndarray]) -> list[int]:
    """Return where any of some tests along a line changes."""
    if not said:
        return []
    rows = np.array(said)
    places: list[int] = (np.flatnonzero((rows[:, 1:] != rows[:, :-1]).any(axis=0)) + 1).tolist()
    return places


def _ends(blocks: Sequence[Block], k: int) -> Pair:
    """Return the least and greatest value of a parameter in each block."""
    low, high = (np.array([function(block.columns[k]) for block in blocks]) for function in (np.min, np.max))
    return low, high
