"""Which formulas hold where, told by the few sets of them that occur and not point by point."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from deterrence.analysis._formulas import Program
from deterrence.analysis._points import Block, Points
from deterrence.solvers._blocks import Evaluation

OUTSIDE, SPECIAL, EDGE = 1, 2, 4
FLAGS = 3
WORD = 64
Key = tuple[int, ...]


@dataclass(eq=False)
class Scan:
    """Hold what the formulas say over many points.

    A key codes which forms hold, and whether the point lies outside the assumptions, where a formula
    divides by zero (special), or on a boundary (edge). ``inside`` gives for each key the middle of the
    longest run of points with it, and the run's length; ``special`` and ``edges`` the numbers of the points
    that formulas do not settle.
    """

    program: Program
    inside: dict[Key, tuple[int, int]] = field(default_factory=dict)
    special: list[np.ndarray] = field(default_factory=list)
    edges: list[np.ndarray] = field(default_factory=list)

    def shown(self, key: Key) -> frozenset[Any]:
        """Return the patterns whose formulas hold."""
        return frozenset(p for k, p in enumerate(self.program.patterns) if _bit(key, k + FLAGS))

    def forms(self) -> set[int]:
        """Return the numbers of the forms that hold somewhere within the assumptions."""
        inner = [key for key in self.inside if not key[0] & OUTSIDE]
        return {k for k in range(len(self.program.patterns)) if any(_bit(key, k + FLAGS) for key in inner)}

    def open(self) -> list[Key]:
        """Return the keys of points inside regions."""
        return [key for key in self.inside if not key[0] & (OUTSIDE | SPECIAL | EDGE)]


def _bit(key: Key, k: int) -> bool:
    return bool(key[k // WORD] >> (k % WORD) & 1)


def scan(
    program: Program,
    points: Points,
    masked: np.ndarray,
    admits: Callable[[int], bool],
    report: Callable[[float], None],
) -> Scan:
    """Return what formulas say over points, and mark in ``masked`` those outside the assumptions.

    ``admits`` decides exactly, by number, where rounding could.
    """
    found = Scan(program)
    for block, code in _codes(program, points, admits):
        masked[block.at] = (code[0] & OUTSIDE).astype(bool)
        starts = np.flatnonzero((code[:, 1:] != code[:, :-1]).any(axis=0)) + 1
        starts = np.concatenate([[0], starts])
        lengths = np.diff(np.append(starts, code.shape[1]))
        keys, which = _distinct(code[:, starts])
        for k, key in enumerate(map(tuple, keys.T.tolist())):
            runs = np.flatnonzero(which == k)
            best = runs[int(np.argmax(lengths[runs]))]
            if int(lengths[best]) > found.inside.get(key, (0, 0))[1]:
                found.inside[key] = block.start + int(starts[best] + lengths[best] // 2), int(lengths[best])
            _note(found, key, block, code)
        report(block.at.stop / len(points))
    return found


def _distinct(code: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the different columns of an array, and which of them each column is."""
    if len(code) == 1:
        found, which = np.unique(code[0], return_inverse=True)
        return found[None], which.reshape(-1)
    found, which = np.unique(code, axis=1, return_inverse=True)
    return found, which.reshape(-1)


def _note(found: Scan, key: Key, block: Block, code: np.ndarray) -> None:
    """Write down the numbers of points that formulas do not settle."""
    if key[0] & OUTSIDE or not key[0] & (SPECIAL | EDGE):
        return
    numbers = block.start + np.flatnonzero((code == np.array(key, dtype=code.dtype)[:, None]).all(axis=0))
    (found.special if key[0] & SPECIAL else found.edges).append(numbers)


def numbers_with(program: Program, points: Points, key: Key, admits: Callable[[int], bool]) -> np.ndarray:
    """Return the numbers of all points with a key."""
    parts = [
        block.start + np.flatnonzero((code == np.array(key, dtype=code.dtype)[:, None]).all(axis=0))
        for block, code in _codes(program, points, admits)
    ]
    return joined(parts)


def joined(parts: list[np.ndarray]) -> np.ndarray:
    """Return numbers of points in one array, in order."""
    return np.sort(np.concatenate(parts)) if parts else np.zeros(0, dtype=int)


def keys_of(program: Program, points: Points, admits: Callable[[int], bool]) -> list[Key]:
    """Return the key of every point."""
    return [key for _, code in _codes(program, points, admits) for key in map(tuple, code.T.tolist())]


def is_settled(key: Key) -> bool:
    """Tell whether formulas apply at points with a key."""
    return not key[0] & (OUTSIDE | SPECIAL)


def _codes(program: Program, points: Points, admits: Callable[[int], bool]) -> Iterator[tuple[Block, np.ndarray]]:
    """Yield blocks of points with the key of each point, as (word, point)."""
    steps, places = program.steps, program.places
    tests = [program.special, program.edge, *(place.exists for place in places)]
    wanted = [[program.holds, program.fails, *tests]]
    run = Evaluation(steps, wanted, program.sides(points), *points.block)
    bits = len(tests) + 1
    words = -(-bits // WORD)
    kind = next(kind for kind in (np.uint8, np.uint16, np.uint32, np.uint64) if 8 * kind().itemsize >= min(bits, WORD))
    for block in points.blocks():
        run.start([block.columns[k] for k in program.order])
        code = np.zeros((words, *block.shape), dtype=kind)
        for k, place in enumerate(tests, 1):
            if steps.truth_of(place) is not False:
                code[k // WORD] |= run[place].view(np.uint8) * kind(1 << k % WORD)
        outside = _outside(run[program.holds], run[program.fails], block, admits)
        if outside is not None:
            code[:, outside] = 0
            code[0, outside] = OUTSIDE
        yield block, code.reshape(words, -1)


def _outside(holds: np.ndarray, fails: np.ndarray, block: Block, admits: Callable[[int], bool]) -> np.ndarray | None:
    """Return where the assumptions fail in a block, decided exactly where rounding could decide; None if nowhere."""
    if holds.all():
        return None
    outside = np.array(np.broadcast_to(~holds, block.shape))
    for i in np.flatnonzero(np.broadcast_to(~(holds | fails), block.shape)):
        outside.reshape(-1)[i] = not admits(block.start + int(i))
    return outside
