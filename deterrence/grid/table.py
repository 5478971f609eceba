"""The classes over the points: where each exists, and the measures in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from typing import Any

import numpy as np

from deterrence.answers.continuum.equilibrium import of_class
from deterrence.answers.measure import Measure
from deterrence.answers.naming import class_names
from deterrence.answers.solution import Equilibrium
from deterrence.grid.compile import either
from deterrence.grid.formulas import Formulas
from deterrence.grid.points import Points
from deterrence.grid.pointwise import PointEquilibrium
from deterrence.grid.scan import Scan

Ends = list[tuple[Any, Any]]
"""The least and greatest value of each measure."""
Shown = tuple[Any, Ends]
"""Where a class exists, and its measures."""


@dataclass(eq=False)
class ClassOnPoints:
    """One class of equilibria over the points: where it exists and its measures there.

    ``low`` and ``high`` have one row a measure; they are the same array where they differ nowhere.
    """

    name: str
    example: Equilibrium
    exists: np.ndarray
    low: np.ndarray
    high: np.ndarray


@dataclass(eq=False)
class Table:
    """The classes over all points, in arrays that are filled block by block.

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
        kinds, asked, held = len(self.examples), len(self.measures), self.size if self.keep else 0
        self.exists = np.empty((kinds, held), dtype=bool)
        self.value = np.empty((asked, kinds, held))
        self.low, self.high = np.empty((2, asked, self.size))
        self.count = np.empty(self.size, dtype=np.int64)
        self._place = dict(zip(self.examples, range(kinds), strict=True))

    def fill(self, formulas: Formulas, scanned: Scan, points: Points) -> None:
        """Write what the forms say at all points."""
        forms_of: dict[int, list[int]] = {}
        for number in scanned.active:
            forms_of.setdefault(self._place[scanned.forms[number].key], []).append(number)
        for block in points.blocks():
            at, where, shown = formulas.at(block.columns), scanned.holding(block), {}
            with np.errstate(all="ignore"):
                for k, numbers in forms_of.items():
                    parts = [(where[n], scanned.forms[n].formula.ranges(at)) for n in numbers if n in where]
                    if parts:
                        shown[k] = _joined(parts, block.shape)
            self._write(block.places, shown)

    def put(self, solved: Mapping[int, Sequence[PointEquilibrium]]) -> None:
        """Write exact solutions in place of what formulas say at their points."""
        for i, equilibria in solved.items():
            shown = {}
            for key in dict.fromkeys(equilibrium.key for equilibrium in equilibria):
                same = [equilibrium for equilibrium in equilibria if equilibrium.key == key]
                low = np.fmin.reduce([equilibrium.low for equilibrium in same])
                high = np.fmax.reduce([equilibrium.high for equilibrium in same])
                shown[self._place[key]] = True, list(zip(low, high, strict=True))
            self._write(slice(i, i + 1), shown)

    def _write(self, places: slice, shown: Mapping[int, Shown]) -> None:
        """Write at neighbouring points where classes exist, with the ends of each measure; the others do not."""
        self.count[places] = sum((exists for exists, _ in shown.values()), np.int64(0))
        for m in range(len(self.measures)):
            self.low[m, places] = reduce(np.fmin, [ends[m][0] for _, ends in shown.values()] or [np.nan])
            self.high[m, places] = reduce(np.fmax, [ends[m][1] for _, ends in shown.values()] or [np.nan])
        if not self.keep:
            return
        absent = [k for k in range(len(self.examples)) if k not in shown]
        self.exists[absent, places], self.value[:, absent, places] = False, np.nan
        for k, (exists, ends) in shown.items():
            self.exists[k, places] = exists
            if k not in self.most and any(high is not low and np.any(low < high) for low, high in ends):
                self.most[k] = self.value[:, k].copy()
            for m, (low, _) in enumerate(ends):
                self.value[m, k, places] = low
        for k, array in self.most.items():
            for m, row in enumerate(array):
                row[places] = shown[k][1][m][1] if k in shown else np.nan

    def classes(self) -> list[ClassOnPoints]:
        """Return the classes that exist somewhere, named."""
        kept = [k for k in range(len(self.examples)) if self.exists[k].any()]
        examples = [example for k, example in enumerate(self.examples.values()) if k in kept]
        classes = []
        for k, example, name in zip(kept, examples, class_names(map(of_class, examples)), strict=True):
            low = self.value[:, k]
            classes.append(ClassOnPoints(name, example, self.exists[k], low, self.most.get(k, low)))
        return classes

    def means(self) -> np.ndarray:
        """Return the middle of each measure's range in every class that exists somewhere."""
        kept = self.exists.any(axis=1)
        value = self.value if kept.all() and not self.most else self.value[:, kept]
        for to, k in enumerate(np.flatnonzero(kept)):
            if int(k) in self.most:
                value[:, to] = (value[:, to] + self.most[int(k)]) / 2
        return value


def _joined(parts: Sequence[tuple[Any, Ends]], shape: tuple[int, int]) -> Shown:
    """Return where any of a class's forms holds and the ends of each measure over them; NaN where none holds."""
    joined = []
    for m, (first_low, first_high) in enumerate(parts[0][1]):
        low = high = reduce(np.fmin, (_within(where, ends[m][0], shape) for where, ends in parts))
        if len(parts) > 1 or first_high is not first_low:
            high = reduce(np.fmax, (_within(where, ends[m][1], shape) for where, ends in parts))
        joined.append((low, high))
    return _within(np.True_, either(where for where, _ in parts), shape), joined


def _within(where: Any, values: Any, shape: tuple[int, int]) -> Any:
    """Return values in a block, point by point, where something holds; one for all points where they are the same."""
    values = values if where is np.True_ else np.where(where, values, np.nan)
    return np.broadcast_to(values, shape).reshape(-1) if np.ndim(values) else values


def tabulated(
    scanned: Scan | None,
    formulas: Formulas,
    points: Points,
    solved: Mapping[int, Sequence[PointEquilibrium]],
    examples: Mapping[Any, Equilibrium],
    *,
    keep: bool = True,
) -> Table:
    """Return the classes over the points: by formulas where some were scanned, and as solved where it was."""
    shown: dict[Any, Equilibrium] = {}
    for form in [scanned.forms[k] for k in scanned.active] if scanned else ():
        shown.setdefault(form.key, formulas.known[form.pattern])
    for equilibria in solved.values():
        for equilibrium in equilibria:
            shown.setdefault(equilibrium.key, examples[equilibrium.pattern])
    table = Table(formulas.measures, shown, len(points), keep)
    if scanned is not None:
        table.fill(formulas, scanned, points)
    table.put(solved)
    return table
