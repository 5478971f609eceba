"""Take the steps of formulas over blocks of points, in memory that is used again and again."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import numpy as np

from deterrence.grid.schedule import COLUMNS, GIVEN, ROWS, schedule
from deterrence.grid.steps import Steps, choose, compiled_formula

BLOCK = 32768
"""Points a block: a few arrays of so many numbers fit a processor's cache."""


class Evaluation:
    """Take steps in stages over blocks of at most ``room`` rows, columns and points.

    Stage 0 comes first in every block, with what several stages need; each further stage may be taken or left
    out. ``sides`` says of every parameter whether it varies over a block's rows or its columns. Memory holds
    what is still needed: what the first stages want, as many as ``lasting``, to the end of a block, and what
    another stage wants until the next is taken.
    """

    def __init__(
        self,
        steps: Steps,
        stages: Sequence[Sequence[int]],
        sides: Sequence[int],
        room: tuple[int, int, int],
        lasting: int = 1,
    ) -> None:
        self.steps = steps
        self._schedule = schedule(steps, tuple(map(tuple, stages)), tuple(sides), lasting)
        size = dict(zip((ROWS, COLUMNS, ROWS | COLUMNS), room, strict=True)) | {0: 1}
        self._registers = [np.empty(size[over], bool if truth else float) for over, truth in self._schedule.kinds]
        self._bound: dict[tuple[int, int], tuple[list[list[Any]], dict[int, np.ndarray]]] = {}

    def start(self, columns: Sequence[np.ndarray]) -> None:
        """Take stage 0 at the points of a block: a column of shape (rows, 1) or (1, columns) a parameter."""
        rows, across = (max((column.shape[side] for column in columns), default=1) for side in (0, 1))
        shape = rows, across
        if shape not in self._bound:
            self._bound[shape] = self._bind(*shape)
        self.runs, self.views = self._bound[shape]
        for place, k in self._schedule.columns:
            self.views[place][...] = columns[k]
        self.take(0)

    def take(self, stage: int) -> None:
        """Take the steps of a stage."""
        with np.errstate(all="ignore"):
            for step in self.runs[stage]:
                step()

    def is_constant(self, place: int) -> bool:
        """Tell whether a step is the same at all points."""
        return self._schedule.varies[place] == 0

    def __getitem__(self, place: int) -> np.ndarray:
        return self.views[place]

    # -- one shape of block ---------------------------------------------------------------------------

    def _bind(self, rows: int, columns: int) -> tuple[list[list[Any]], dict[int, np.ndarray]]:
        """Return the steps as calls that are ready to be made, and the arrays they write, for blocks of a shape."""
        shapes = {0: (1, 1), ROWS: (rows, 1), COLUMNS: (1, columns), ROWS | COLUMNS: (rows, columns)}
        views, stages = {}, self._schedule.stages
        for place, number in self._schedule.registers.items():
            shape = shapes[self._schedule.varies[place]]
            views[place] = self._registers[number][: shape[0] * shape[1]].reshape(shape)
            if self.steps.rows[place][0] in {"number", "truth"}:
                views[place][...] = self.steps.rows[place][1]
        return [[self._call(place, views) for place in places if self._acts(place)] for places in stages], views

    def _acts(self, place: int) -> bool:
        return self.steps.rows[place][0] not in GIVEN

    def _call(self, place: int, views: dict[int, np.ndarray]) -> Any:
        kind, *rest = self.steps.rows[place]
        if kind == "formula":
            return partial(_formula, rest[0], rest[1], [views[i] for i in self.steps.inputs(place)], views[place])
        function: Any = choose if kind == "choose" else getattr(np, kind)
        return partial(function, *(views[i] for i in self.steps.inputs(place)), out=views[place])


def _formula(expression: Any, symbols: Any, columns: Sequence[np.ndarray], out: np.ndarray) -> None:
    """Write what a SymPy expression says at a block's points, which it is given one by one."""
    flat = [np.broadcast_to(column, out.shape).ravel() for column in columns]
    values = compiled_formula(expression, symbols)(*flat)
    out[...] = np.broadcast_to(np.asarray(values, dtype=float), (out.size,)).reshape(out.shape)
