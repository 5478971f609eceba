"""What known classes say in one block of points after the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from deterrence.grid.blocks import Evaluation
from deterrence.grid.formulas import Program
from deterrence.grid.points import Block, Points, room
from deterrence.grid.scan import Key, has_form

Where = np.ndarray | None
"""Where in a block something exists; None stands for everywhere."""
Part = tuple[int, Where]


class Filling:
    """Evaluate classes block by block, each of them only where it exists at all.

    ``forms`` gives for each class, by number, the numbers of its forms in the program; those whose measures
    are the same everywhere come first.
    """

    def __init__(
        self, program: Program, forms: Mapping[int, Sequence[int]], points: Points, blocks: Sequence[Block]
    ) -> None:
        self.program, places = program, program.places
        stages = [[], [places[number].exists for numbers in forms.values() for number in numbers]]
        stages += [[i for f in numbers for i in (*places[f].low, *places[f].high)] for numbers in forms.values()]
        self.run = Evaluation(program.steps, stages, program.sides(points), room(blocks), lasting=2)
        self._stage = {k: stage for stage, k in enumerate(forms, 2)}
        self.forms = dict(sorted(forms.items(), key=lambda item: not self._is_constant(item[1])))

    def _is_constant(self, numbers: Sequence[int]) -> bool:
        places = [self.program.places[number] for number in numbers]
        return all(self.run.is_constant(i) for place in places for i in (*place.low, *place.high))

    def varies_within(self, k: int) -> bool:
        """Tell whether a measure may differ within a class at a point."""
        ends = {(place.low, place.high) for place in (self.program.places[number] for number in self.forms[k])}
        return len(ends) > 1 or any(low != high for low, high in ends)

    def parts(self, block: Block, key: Key | None, masked: np.ndarray | None) -> dict[int, list[Part]]:
        """Go to a block and return the forms of each class that hold in it, with where they do.

        With a key, all points of the block have it; ``masked`` are those that count as if nothing held there.
        """
        self.run.start([block.columns[k] for k in self.program.order])
        if key is None:
            self.run.take(1)
        return {k: [*self._parts_of(numbers, key, masked)] for k, numbers in self.forms.items()}

    def _parts_of(self, numbers: Sequence[int], key: Key | None, masked: np.ndarray | None) -> list[Part]:
        if key is not None:
            return [(number, None) for number in numbers if has_form(key, number)]
        found: list[Part] = []
        for number in numbers:
            where = self.run[self.program.places[number].exists]
            where = where if masked is None else where & ~masked
            if where.any():
                found.append((number, None if where.all() else where))
        return found

    def take(self, k: int) -> None:
        """Work out the measures of a class in the present block."""
        self.run.take(self._stage[k])

    def ends(self, parts: Sequence[Part], m: int) -> tuple[np.ndarray, np.ndarray]:
        """Return the least and greatest value of a measure in the class taken last; NaN where it does not exist."""
        found: list[np.ndarray] = []
        for number, where in parts:
            place = self.program.places[number]
            low = _within(where, self.run[place.low[m]])
            high = low if place.low[m] == place.high[m] else _within(where, self.run[place.high[m]])
            found = [low, high] if not found else [np.fmin(found[0], low), np.fmax(found[1], high)]
        return found[0], found[1]


def _within(where: Where, values: np.ndarray) -> np.ndarray:
    return values if where is None else np.where(where, values, np.nan)


def union(parts: Sequence[Part]) -> Where:
    """Return where any of some forms holds."""
    wheres = [where for _, where in parts if where is not None]
    if len(wheres) < len(parts):
        return None
    joined = wheres[0]
    for where in wheres[1:]:
        joined = joined | where
    return joined
