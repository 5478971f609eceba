"""Take the steps of formulas over blocks of points, in memory that is used again and again."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import numpy as np

from deterrence.solvers._straight_line import TRUTHS, Steps, choose, compiled_formula

BLOCK = 32768
"""Points a block: a few arrays of so many numbers fit a processor's cache."""
ROWS, COLUMNS = 1, 2


class Evaluation:
    """Take steps in stages over blocks of at most ``rows`` by ``columns`` points.

    Stage 0 comes first in every block; each further stage may be taken or left out. ``sides`` says of every
    parameter whether it varies over a block's rows or its columns. Memory holds what is still needed.
    """

    def __init__(
        self, steps: Steps, stages: Sequence[Sequence[int]], sides: Sequence[int], rows: int, columns: int
    ) -> None:
        self.steps, self.sides, self.wanted = steps, sides, stages
        self._size = {0: 1, ROWS: rows, COLUMNS: columns, ROWS | COLUMNS: rows * columns}
        self._varies = self._varying()
        self.stages = self._scheduled(stages)
        self._registers = self._assigned()
        self._bound: dict[tuple[int, int], tuple[list[list[Any]], dict[int, np.ndarray]]] = {}

    def start(self, columns: Sequence[np.ndarray]) -> None:
        """Take stage 0 at the points of a block: a column of shape (rows, 1) or (1, columns) a parameter."""
        shape = np.broadcast_shapes((1, 1), *(column.shape for column in columns))
        if shape not in self._bound:
            self._bound[shape] = self._bind(*shape)
        self.runs, self.views = self._bound[shape]
        for place, row in enumerate(self.steps.rows):
            if row[0] == "column" and place in self.views:
                self.views[place][...] = columns[row[1]]
        self.take(0)

    def take(self, stage: int) -> None:
        """Take the steps of a stage."""
        with np.errstate(all="ignore"):
            for step in self.runs[stage]:
                step()

    def __getitem__(self, place: int) -> np.ndarray:
        return self.views[place]

    # -- the order of steps ---------------------------------------------------------------------------

    def _scheduled(self, stages: Sequence[Sequence[int]]) -> list[list[int]]:
        """Return the steps of each stage in order; what several stages need belongs to the first."""
        owner: dict[int, int] = {}
        for stage, wanted in enumerate(stages):
            open_steps, seen = list(wanted), set(wanted)
            while open_steps:
                place = open_steps.pop()
                owner[place] = stage if owner.get(place, stage) == stage else 0
                more = [i for i in self.steps.inputs(place) if i not in seen]
                seen.update(more)
                open_steps += more
        ordered: list[list[int]] = [[] for _ in stages]
        for place in sorted(owner):  # a step stands after what it needs
            ordered[owner[place]].append(place)
        return ordered

    def _varying(self) -> list[int]:
        """Return over which sides of a block each step varies."""
        found: list[int] = []
        for place, (kind, *rest) in enumerate(self.steps.rows):
            sides = self.sides[rest[0]] if kind == "column" else 0
            for i in self.steps.inputs(place):
                sides |= found[i]
            found.append(sides)
        return found

    def _assigned(self) -> dict[int, np.ndarray]:
        """Give every step memory, again that of steps which nothing after them needs."""
        order = [(stage, place) for stage, places in enumerate(self.stages) for place in places]
        last: dict[int, int] = {}
        ends = np.cumsum([len(places) for places in self.stages])
        for at, (_, place) in enumerate(order):
            last[place] = max(last.get(place, at), at)
            for i in self.steps.inputs(place):
                last[i] = at
        for stage, wanted in enumerate(self.wanted):
            for place in wanted:
                last[place] = max(last[place], len(order) if stage == 0 else int(ends[stage]))
        leaving: dict[int, list[int]] = {}
        for place, at in last.items():
            leaving.setdefault(at, []).append(place)
        free: dict[Any, list[np.ndarray]] = {}
        registers: dict[int, np.ndarray] = {}
        for at, (_, place) in enumerate(order):
            kind = self.steps.rows[place][0]
            key = self._varies[place], kind in TRUTHS
            lent = free.get(key, []) if kind not in {"column", "number", "truth"} else []
            registers[place] = lent.pop() if lent else np.empty(self._size[key[0]], bool if key[1] else float)
            for gone in leaving.get(at, ()):
                if self.steps.rows[gone][0] not in {"column", "number", "truth"}:
                    self._release(free, gone, registers[gone])
        return registers

    def _release(self, free: dict[Any, list[np.ndarray]], place: int, register: np.ndarray) -> None:
        free.setdefault((self._varies[place], register.dtype == bool), []).append(register)

    # -- one shape of block ---------------------------------------------------------------------------

    def _bind(self, rows: int, columns: int) -> tuple[list[list[Any]], dict[int, np.ndarray]]:
        """Return the steps as calls that are ready to be made, and the arrays they write, for blocks of a shape."""
        shapes = {0: (1, 1), ROWS: (rows, 1), COLUMNS: (1, columns), ROWS | COLUMNS: (rows, columns)}
        views = {}
        for place, register in self._registers.items():
            shape = shapes[self._varies[place]]
            views[place] = register[: shape[0] * shape[1]].reshape(shape)
            if self.steps.rows[place][0] in {"number", "truth"}:
                views[place][...] = self.steps.rows[place][1]
        return [[self._call(place, views) for place in places if self._acts(place)] for places in self.stages], views

    def _acts(self, place: int) -> bool:
        return self.steps.rows[place][0] not in {"number", "truth", "column"}

    def _call(self, place: int, views: dict[int, np.ndarray]) -> Any:
        kind, *rest = self.steps.rows[place]
        if kind == "formula":
            return partial(_formula, rest[0], rest[1], [views[i] for i in self.steps.inputs(place)], views[place])
        function: Any = choose if kind == "choose" else getattr(np, kind)
        return partial(function, *(views[i] for i in self.steps.inputs(place)), views[place])


def _formula(expression: Any, symbols: Any, columns: Sequence[np.ndarray], out: np.ndarray) -> None:
    """Write what a SymPy expression says at a block's points, which it is given one by one."""
    flat = [np.broadcast_to(column, out.shape).ravel() for column in columns]
    values = compiled_formula(expression, symbols)(*flat)
    out[...] = np.broadcast_to(np.asarray(values, dtype=float), (out.size,)).reshape(out.shape)
