"""The classes over the points: where each exists, and the measures in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from deterrence.analysis._class_names import short_names
from deterrence.analysis._formulas import Formulas, Program
from deterrence.analysis._points import Block, Points
from deterrence.analysis._pointwise import Found
from deterrence.analysis.measure import Measure
from deterrence.solution import Equilibrium
from deterrence.solvers._blocks import BLOCK, Evaluation
from deterrence.solvers._on_grid import Places


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
    Without ``keep`` only these are held, and ``value`` has room for one block.
    """

    measures: tuple[Measure, ...]
    examples: dict[Any, Equilibrium]
    size: int
    keep: bool = True
    most: dict[int, np.ndarray] = field(default_factory=dict)

    def __post_init__(self) -> None:
        kinds, asked = len(self.examples), len(self.measures)
        self._room = self.size if self.keep else min(self.size, BLOCK)
        self.exists = np.zeros((kinds, self._room), dtype=bool)
        self.value = np.empty((asked, kinds, self._room))
        self.low, self.high = np.empty((asked, self.size)), np.empty((asked, self.size))
        self.count = np.zeros(self.size, dtype=np.int64)
        self._place = {key: k for k, key in enumerate(self.examples)}

    # -- by formulas -------------------------------------------------------------------------------------

    def fill(self, program: Program, active: Iterable[int], points: Points, masked: np.ndarray) -> None:
        """Write what the active forms say at all points."""
        forms: dict[int, list[Places]] = {}
        for k in sorted(active):
            forms.setdefault(self._place[program.keys[k]], []).append(program.places[k])
        for k, places in forms.items():
            ends = {(place.low, place.high) for place in places}
            if len(ends) > 1 or any(low != high for low, high in ends):
                self.most[k] = np.empty((len(self.measures), self._room))
        self.value[:, [k for k in range(len(self.examples)) if k not in forms]] = np.nan
        stages: list[list[int]] = [[place.exists for places in forms.values() for place in places]]
        stages += [[i for place in places for i in (*place.low, *place.high)] for places in forms.values()]
        run = Evaluation(program.steps, stages, program.sides(points), *points.block)
        hidden = bool(masked.any())
        for block in points.blocks():
            run.start([block.columns[k] for k in program.order])
            shown = ~masked[block.at].reshape(block.shape) if hidden else None
            self._start(block)
            for stage, (k, places) in enumerate(forms.items(), 1):
                self._fill_class(k, places, stage, run, block, shown)

    def _start(self, block: Block) -> None:
        self.low[:, block.at] = np.nan
        self.high[:, block.at] = np.nan

    def _fill_class(self, k: int, places: Any, stage: int, run: Evaluation, block: Block, shown: Any) -> None:
        """Write one class in one block; its measures are computed only where it exists at all."""
        at = block.at if self.keep else slice(0, block.size)
        wheres = [run[place.exists] if shown is None else run[place.exists] & shown for place in places]
        arrays = [array for array in (self.value[:, k], self.most.get(k)) if array is not None]
        if not any(where.any() for where in wheres):
            for array in arrays:
                array[:, at] = np.nan
            return
        run.take(stage)
        exists = self.exists[k, at].reshape(block.shape)
        exists[...] = wheres[0]
        for where in wheres[1:]:
            exists |= where
        self.count[block.at].reshape(block.shape)[...] += exists
        blanks = [np.where(where, 0.0, np.nan) for where in wheres]
        for m in range(len(self.measures)):
            views = [array[m, at].reshape(block.shape) for array in arrays]
            self._write(views, [(run[p.low[m]], run[p.high[m]]) for p in places], blanks)
            low, high = (end[m, block.at].reshape(block.shape) for end in (self.low, self.high))
            np.fmin(low, views[0], out=low)
            np.fmax(high, views[-1], out=high)

    def _write(self, views: Any, ends: Sequence[tuple[np.ndarray, np.ndarray]], blanks: Sequence[np.ndarray]) -> None:
        (low, high), *others = ends
        for view, end in zip(views, (low, high), strict=False):
            np.add(end, blanks[0], out=view)
        for (low, high), blank in zip(others, blanks[1:], strict=True):
            np.fmin(views[0], low + blank, out=views[0])
            np.fmax(views[-1], high + blank, out=views[-1])

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
    points: Points,
    masked: np.ndarray,
    solved: Mapping[int, Sequence[Found]],
    examples: Mapping[Any, Equilibrium],
    measures: tuple[Measure, ...],
    *,
    keep: bool = True,
) -> Table:
    """Return the classes over the points: by formulas where they hold, and as solved where it was."""
    active = sorted(active)
    shown: dict[Any, Equilibrium] = {}
    if formulas is not None:
        program = formulas.program
        for k in active:
            shown.setdefault(program.keys[k], formulas.known[program.patterns[k]])
    for equilibria in solved.values():
        for found in equilibria:
            shown.setdefault(found.key, examples[found.pattern])
    table = Table(measures, shown, len(points), keep)
    if formulas is not None:
        table.fill(formulas.program, active, points, masked)
    table.put(solved)
    return table
