"""The classes over the points: where each exists, and the measures in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from deterrence.answers.measure import Measure
from deterrence.answers.play_in_words import short_names
from deterrence.answers.solution import Equilibrium
from deterrence.grid.filling import Filling, Part, union
from deterrence.grid.formulas import Formulas, Program
from deterrence.grid.points import Block, Points
from deterrence.grid.pointwise import Found
from deterrence.grid.scan import Key
from deterrence.grid.spread import Spread

Pair = tuple[np.ndarray, np.ndarray]
Piece = tuple[Block, Key | None]


@dataclass(eq=False)
class ClassOnPoints:
    """Hold one class of equilibria over the points: where it exists and its measures there.

    ``low`` and ``high`` have one row a measure; they are the same array where they differ nowhere.
    """

    name: str
    example: Equilibrium
    exists: np.ndarray
    low: np.ndarray
    high: np.ndarray


@dataclass(eq=False)
class Table:
    """Hold the classes over all points, in arrays that are filled block by block.

    ``exists`` is (class, point), ``value`` (measure, class, point) the least value; ``most`` has the greatest
    for the classes in which it differs somewhere. ``low``, ``high`` and ``count`` are over all classes.
    Without ``keep`` only these are held.
    """

    measures: tuple[Measure, ...]
    examples: dict[Any, Equilibrium]
    size: int
    keep: bool = True
    most: dict[int, np.ndarray] = field(default_factory=dict)

    def __post_init__(self) -> None:
        kinds, asked = len(self.examples), len(self.measures)
        held = self.size if self.keep else 0
        self.exists = np.empty((kinds, held), dtype=bool)
        self.value = np.empty((asked, kinds, held))
        self.low, self.high = np.empty((asked, self.size)), np.empty((asked, self.size))
        self.count = np.empty(self.size, dtype=np.int64)
        self._place = {key: k for k, key in enumerate(self.examples)}

    # -- by formulas -------------------------------------------------------------------------------------

    def fill(
        self, program: Program, active: Iterable[int], points: Points, pieces: Sequence[Piece], masked: np.ndarray
    ) -> None:
        """Write what the active forms say at all points, which come in blocks, with the key of all points in it."""
        forms: dict[int, list[int]] = {}
        for number in sorted(active):
            forms.setdefault(self._place[program.keys[number]], []).append(number)
        filling = Filling(program, forms, points, [block for block, _ in pieces])
        if self.keep:
            others = [k for k in range(len(self.examples)) if k not in forms]
            self.value[:, others], self.exists[others] = np.nan, False
            shape = len(self.measures), self.size
            self.most.update({k: np.empty(shape) for k in forms if filling.varies_within(k)})
        hidden = bool(masked.any())
        for block, key in pieces:
            parts = filling.parts(block, key, block.of(masked) if hidden else None)
            self._fill_block(filling, block, parts)

    def _fill_block(self, filling: Filling, block: Block, parts: Mapping[int, Sequence[Part]]) -> None:
        lows, highs = block.of(self.low), block.of(self.high)
        spreads = [Spread(low, high) for low, high in zip(lows, highs, strict=True)]
        wheres = []
        for k, some in parts.items():
            if some:
                filling.take(k)
                wheres.append(union(some))
                self._fill_class(k, block, wheres[-1], [filling.ends(some, m) for m in range(len(spreads))], spreads)
            elif self.keep:
                block.of(self.exists[k])[...] = False
                for array in self._arrays(k):
                    block.of(array)[...] = np.nan
        for spread in spreads:
            spread.close()
        count = block.of(self.count)
        count[...] = sum(where is None for where in wheres)
        for where in wheres:
            if where is not None:
                count += where

    def _fill_class(self, k: int, block: Block, where: Any, ends: Sequence[Pair], spreads: Sequence[Spread]) -> None:
        """Write one class in one block, given the ends of its measures there."""
        if self.keep:
            block.of(self.exists[k])[...] = True if where is None else where
        for m, pair in enumerate(ends):
            spreads[m].widen(*pair)
            if self.keep:
                for array, end in zip(self._arrays(k), pair, strict=False):
                    block.of(array[m])[...] = end

    def _arrays(self, k: int) -> list[np.ndarray]:
        """Return the arrays of a class's measures: the least values and, where they may differ, the greatest."""
        return [array for array in (self.value[:, k], self.most.get(k)) if array is not None]

    # -- by exact solutions ------------------------------------------------------------------------------

    def put(self, solved: Mapping[int, Sequence[Found]]) -> None:
        """Write exact solutions in place of what formulas say at their points."""
        at = np.fromiter(solved, dtype=int, count=len(solved))
        self.low[:, at] = self.high[:, at] = np.nan
        self.count[at] = [len({found.key for found in equilibria}) for equilibria in solved.values()]
        if self.keep:
            self.exists[:, at] = False
            self.value[:, :, at] = np.nan
            for array in self.most.values():
                array[:, at] = np.nan
        for i, equilibria in solved.items():
            for found in equilibria:
                self.low[:, i] = np.fmin(self.low[:, i], found.low)
                self.high[:, i] = np.fmax(self.high[:, i], found.high)
                if self.keep:
                    self._put_one(i, self._place[found.key], np.array(found.low), np.array(found.high))

    def _put_one(self, i: int, k: int, low: np.ndarray, high: np.ndarray) -> None:
        """Widen the range of a class at a point."""
        before = (self.most[k] if k in self.most else self.value[:, k])[:, i].copy()
        self.exists[k, i] = True
        self.value[:, k, i] = np.fmin(self.value[:, k, i], low)
        high = np.fmax(before, high)
        if k not in self.most and (high != self.value[:, k, i]).any():
            self.most[k] = self.value[:, k].copy()
        if k in self.most:
            self.most[k][:, i] = high

    # -- what was found ----------------------------------------------------------------------------------

    def classes(self) -> list[ClassOnPoints]:
        """Return the classes that exist somewhere, named."""
        kept = [k for k in range(len(self.examples)) if self.exists[k].any()]
        examples = [example for k, example in enumerate(self.examples.values()) if k in kept]
        found = []
        for k, example, name in zip(kept, examples, short_names(examples), strict=True):
            low = self.value[:, k]
            found.append(ClassOnPoints(name, example, self.exists[k], low, self.most.get(k, low)))
        return found

    def means(self) -> np.ndarray:
        """Return the middle of each measure's range in every class that exists somewhere."""
        kept = self.exists.any(axis=1)
        value = self.value if kept.all() and not self.most else self.value[:, kept]
        for to, k in enumerate(np.flatnonzero(kept)):
            if int(k) in self.most:
                value[:, to] = (value[:, to] + self.most[int(k)]) / 2
        return value


def tabulated(
    formulas: Formulas | None,
    active: Iterable[int],
    scanned: tuple[Points, Sequence[Piece], np.ndarray],
    solved: Mapping[int, Sequence[Found]],
    examples: Mapping[Any, Equilibrium],
    measures: tuple[Measure, ...],
    *,
    keep: bool = True,
) -> Table:
    """Return the classes over the points: by formulas where they hold, and as solved where it was.

    ``scanned`` are the points, the same in blocks with the key of all points in it, and where they are masked.
    """
    active = sorted(active)
    shown: dict[Any, Equilibrium] = {}
    if formulas is not None:
        program = formulas.program
        for k in active:
            shown.setdefault(program.keys[k], formulas.known[program.patterns[k]])
    for equilibria in solved.values():
        for found in equilibria:
            shown.setdefault(found.key, examples[found.pattern])
    table = Table(measures, shown, len(scanned[0]), keep)
    if formulas is not None:
        table.fill(formulas.program, active, *scanned)
    table.put(solved)
    return table
