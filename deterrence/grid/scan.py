"""Which formulas hold where, told by the few sets of them that occur and not point by point."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from deterrence.grid.blocks import Evaluation
from deterrence.grid.formulas import Program
from deterrence.grid.points import Block, Points, room
from deterrence.grid.tiles import all_settled, tiled

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
    that formulas do not settle; ``pieces`` the blocks in which the points were looked at, with their key where
    all points of a block have the same.
    """

    program: Program
    inside: dict[Key, tuple[int, int]] = field(default_factory=dict)
    special: list[np.ndarray] = field(default_factory=list)
    edges: list[np.ndarray] = field(default_factory=list)
    pieces: list[tuple[Block, Key | None]] = field(default_factory=list)

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


def has_form(key: Key, number: int) -> bool:
    """Tell whether a form holds at points with a key, within the assumptions."""
    return not key[0] & OUTSIDE and _bit(key, number + FLAGS)


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
    found, done = Scan(program), 0
    for block, code in _codes(program, points, admits):
        block.of(masked)[...] = (code[0] & OUTSIDE).astype(bool).reshape(block.shape if code.shape[1] > 1 else (1, 1))
        alike = code.shape[1] == 1 or bool((code == code[:, :1]).all())
        if alike:
            key = tuple(code[:, 0].tolist())
            _keep_longest(found, key, block.middle, block.size)
            _note(found, key, block, None)
        else:
            _sort_out(found, block, code)
        found.pieces.append((block, key if alike else None))
        done += block.size
        report(done / len(points))
    return found


def _sort_out(found: Scan, block: Block, code: np.ndarray) -> None:
    """Take in a block with points of several keys."""
    starts = np.flatnonzero((code[:, 1:] != code[:, :-1]).any(axis=0)) + 1
    starts = np.concatenate([[0], starts])
    lengths = np.diff(np.append(starts, code.shape[1]))
    keys, which = _distinct(code[:, starts])
    for k, key in enumerate(map(tuple, keys.T.tolist())):
        runs = np.flatnonzero(which == k)
        best = runs[int(np.argmax(lengths[runs]))]
        middle = block.numbers(starts[best] + lengths[best] // 2)
        _keep_longest(found, key, int(middle), int(lengths[best]))
        _note(found, key, block, code)


def _keep_longest(found: Scan, key: Key, middle: int, length: int) -> None:
    if length > found.inside.get(key, (0, 0))[1]:
        found.inside[key] = middle, length


def _distinct(code: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the different columns of an array, and which of them each column is."""
    if len(code) == 1:
        found, which = np.unique(code[0], return_inverse=True)
        return found[None], which.reshape(-1)
    found, which = np.unique(code, axis=1, return_inverse=True)
    return found, which.reshape(-1)


def _note(found: Scan, key: Key, block: Block, code: np.ndarray | None) -> None:
    """Write down the numbers of points that formulas do not settle."""
    if key[0] & OUTSIDE or not key[0] & (SPECIAL | EDGE):
        return
    (found.special if key[0] & SPECIAL else found.edges).append(_numbers(block, key, code))


def _numbers(block: Block, key: Key, code: np.ndarray | None) -> np.ndarray:
    """Return the numbers of a block's points with a key; of all without a code."""
    if code is None:
        return block.numbers(np.arange(block.size))
    return block.numbers(np.flatnonzero((code == np.array(key, dtype=code.dtype)[:, None]).all(axis=0)))


def numbers_with(program: Program, points: Points, key: Key, admits: Callable[[int], bool]) -> np.ndarray:
    """Return the numbers of all points with a key."""
    parts = []
    for block, code in _codes(program, points, admits):
        whole = np.broadcast_to(code, (len(code), block.size))
        parts.append(_numbers(block, key, whole))
    return joined(parts)


def joined(parts: list[np.ndarray]) -> np.ndarray:
    """Return numbers of points in one array, in order."""
    return np.sort(np.concatenate(parts)) if parts else np.zeros(0, dtype=int)


def keys_of(program: Program, points: Points, admits: Callable[[int], bool]) -> list[Key]:
    """Return the key of every point."""
    found: list[Key] = []
    for block, code in _codes(program, points, admits):
        found += map(tuple, np.broadcast_to(code, (len(code), block.size)).T.tolist())
    return found


def is_cheap(program: Program, points: Points) -> bool:
    """Tell whether all tests are settled in whole blocks of a grid."""
    return all_settled(program, [program.holds, *_tests(program)], points)


def _tests(program: Program) -> list[int]:
    return [program.special, program.edge, *(place.exists for place in program.places)]


def is_settled(key: Key) -> bool:
    """Tell whether formulas apply at points with a key."""
    return not key[0] & (OUTSIDE | SPECIAL)


def _codes(program: Program, points: Points, admits: Callable[[int], bool]) -> Iterator[tuple[Block, np.ndarray]]:
    """Yield blocks of points with the key of each point, as (word, point), or as (word, 1) where all have one."""
    steps = program.steps
    tests = _tests(program)
    blocks, (holding, *said) = tiled(program, [program.holds, *tests], points)
    settled = np.array([surely == maybe for surely, maybe in said]) & holding[0]
    bits = len(tests) + 1
    words = -(-bits // WORD)
    kind = next(kind for kind in (np.uint8, np.uint16, np.uint32, np.uint64) if 8 * kind().itemsize >= min(bits, WORD))
    coded = np.zeros((words, len(blocks)), dtype=kind)
    for k, (surely, _) in enumerate(said, 1):
        coded[k // WORD] |= (surely & holding[0]).view(np.uint8) * kind(1 << k % WORD)
    left = [test for k, test in enumerate(tests) if not settled[k].all()]
    run = Evaluation(steps, [[program.holds, program.fails, *left]], program.sides(points), room(blocks))
    for i, block in enumerate(blocks):
        if settled[:, i].all():
            yield block, coded[:, i : i + 1]
            continue
        run.start([block.columns[k] for k in program.order])
        code = np.zeros((words, *block.shape), dtype=kind)
        code += coded[:, i, None, None]
        for k, test in enumerate(tests, 1):
            if not settled[k - 1, i] and steps.truth_of(test) is not False:
                code[k // WORD] |= run[test].view(np.uint8) * kind(1 << k % WORD)
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
        outside.reshape(-1)[i] = not admits(int(block.numbers(np.array(i))))
    return outside
